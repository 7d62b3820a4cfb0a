import { type Value, asText, derived, literal } from '../value.ts';
import { readSqlCriteria } from '../sql-effect.ts';
import { readAlternatives } from './alternatives.ts';
import type { Criteria, Order, Values } from './shared.ts';
import { fieldsOf, listOf } from './shared.ts';
import type { Machine } from '../machine.ts';
import { readObjectCriteria, readObjectValues } from './objects.ts';

/** A column as code writes it: `'orders.id'`, `t.id`, `sql.ref('id')`. */
export function columnName(value: Value): string | null {
  const text = asText(value);
  if (text !== undefined) return text.split('.').at(-1)!.replaceAll(/["`]/g, '').split(/\s+as\s+/i)[0]!;
  if (value.k === 'access' && typeof value.key === 'string') return value.key;
  if (value.k === 'library') return asText(value.resource) ?? (value.args[0]?.k === 'template' ? foldedColumn(value.args[0]) : null);
  if (value.k === 'derived') return value.op === 'sql' && value.from[0]?.k === 'template' ? foldedColumn(value.from[0]) : null;
  if (value.k === 'row') return value.path.at(-1) ?? null;
  if (value.k === 'operation') return value.name;
  return null;
}

/** `lower(email)`, as SQL in text, with the column in it or in a hole of it: what is unique by the column is still told apart by it. */
function foldedColumn({ quasis, values }: Extract<Value, { k: 'template' }>): string | null {
  const folded = /^\s*(?:lower|upper|trim)\s*\(\s*(?:["`]?\w+["`]?\.)?(?:["`]?(\w+)["`]?)?\s*\)\s*$/i.exec(quasis.join(''));
  if (folded === null || values.length > 1) return null;
  return folded[1] ?? (values[0] === undefined ? null : columnName(values[0]));
}

const comparison = (value: Value | undefined): string => {
  const op = asText(value)?.toLowerCase();
  return op === undefined ? '?' : op === '==' || op === '===' ? '=' : op === 'is' ? 'is' : op === 'not in' ? '!in' : op;
};

/** Knex, Kysely, Supabase, Firestore: `where('a', v)`, `where('a', '<', v)`, `where({ a: v })`, `whereNull('a')`. The step's name tells the operator where it is part of it. */
export function readStepCriteria(m: Machine, step: string, args: readonly Value[], into: Criteria): void {
  const [first, second, third] = args;
  if (first === undefined) return;
  if (/^or/i.test(step) || first.k === 'function') {
    into.where.push({ field: 'OR', op: '?', value: first });
    into.open = true;
    return;
  }
  if (first.k === 'object' || (first.k === 'phi' && second === undefined)) {
    readObjectCriteria(m, 'object', first, into);
    return;
  }
  const field = columnName(first);
  if (field === null) {
    into.where.push({ field: '?', op: '?', value: first });
    into.open = true;
    return;
  }
  if (/null$/i.test(step)) into.where.push({ field, op: /not/i.test(step) ? 'not-null' : 'null', value: literal(null) });
  else if (/^(wherein|in)$/i.test(step)) into.where.push({ field, op: 'in', value: second ?? first });
  else if (/^(wherenotin|notin)$/i.test(step)) into.where.push({ field, op: '!in', value: second ?? first });
  else if (/^(wherenot|neq)$/i.test(step)) into.where.push({ field, op: '!=', value: third ?? second ?? first });
  else if (/^(lt|lte|gt|gte)$/.test(step)) into.where.push({ field, op: { lt: '<', lte: '<=', gt: '>', gte: '>=' }[step]!, value: second ?? first });
  else if (third !== undefined) {
    const op = comparison(second);
    const isNull = third.k === 'literal' && third.value === null;
    into.where.push({ field, op: isNull ? (op === 'is' || op === '=' ? 'null' : 'not-null') : op, value: third });
  } else if (second !== undefined) into.where.push({ field, op: '=', value: second });
  else into.open = true;
}

const DRIZZLE: Record<string, string> = { eq: '=', ne: '!=', lt: '<', lte: '<=', gt: '>', gte: '>=', inArray: 'in', notInArray: '!in' };

/** `and(eq(t.a, v), isNull(t.b))`. */
export function readDrizzleCriteria(m: Machine, value: Value, into: Criteria): void {
  if (value.k === 'undefined') return;
  if (value.k === 'phi') {
    into.open = true;
    return;
  }
  if (value.k === 'library' && readSqlCriteria(value, into)) return;
  if (value.k !== 'derived') {
    into.where.push({ field: '?', op: '?', value });
    into.open = true;
    return;
  }
  const [column, operand] = value.from;
  const field = column === undefined ? null : columnName(column);
  if (value.op === 'and') for (const part of value.from.flatMap((from) => (from.k === 'array' ? [...listOf(from), ...from.spreads] : [from]))) readDrizzleCriteria(m, part, into);
  else if (value.op === 'or') readAlternatives('or', value, value.from.flatMap((from) => (from.k === 'array' ? [...listOf(from), ...from.spreads] : [from])), (part, way) => readDrizzleCriteria(m, part, way), into);
  else if (DRIZZLE[value.op] !== undefined && field !== null) into.where.push({ field, op: DRIZZLE[value.op]!, value: operand ?? value });
  else if ((value.op === 'isNull' || value.op === 'isNotNull') && field !== null) into.where.push({ field, op: value.op === 'isNull' ? 'null' : 'not-null', value: literal(null) });
  else {
    into.where.push({ field: value.op, op: '?', value });
    into.open = true;
  }
}

/** TypeORM: `where('u.id = :id AND u.status = :status', { id, status })`. */
export function readTextCriteria(m: Machine, args: readonly Value[], into: Criteria): void {
  const [first, params] = args;
  if (first === undefined) return;
  const text = asText(first);
  if (text === undefined) {
    if (first.k === 'object') readObjectCriteria(m, 'typeorm', first, into);
    else into.open = true;
    return;
  }
  if (/\bor\b/i.test(text)) into.open = true;
  const given = params === undefined ? [] : fieldsOf(m, params).fields;
  for (const part of text.split(/\band\b/i)) {
    const match = /([\w.]+)["`]?\s*(=|!=|<>|<=|>=|<|>|\bin\b|\bis\b)\s*(\(?:?\.*\s*:?\.{0,3}(\w+))?/i.exec(part);
    if (match === null) {
      into.open = true;
      continue;
    }
    const field = match[1]!.split('.').at(-1)!;
    const op = match[2]!.toLowerCase();
    if (op === 'is') into.where.push({ field, op: /not\s+null/i.test(part) ? 'not-null' : 'null', value: literal(null) });
    else into.where.push({ field, op, value: given.find(([name]) => name === match[4])?.[1] ?? literal(match[4] ?? null) });
  }
}

/** Knex: `whereRaw('hash = sha256(?)', [text])`: as a column's value counts whatever is computed from what is bound. */
export function readRawCriteria(args: readonly Value[], into: Criteria): void {
  const text = asText(args[0]);
  const given = args[1];
  const bound = given === undefined ? [] : given.k === 'array' && given.spreads.length + given.pushed.length === 0 ? [...given.items] : null;
  if (text === undefined || bound === null || /\bor\b/i.test(text)) {
    into.open = true;
    return;
  }
  for (const part of text.split(/\band\b/i)) {
    const values = bound.splice(0, part.split('?').length - 1);
    const field = /^[\s("`]*(?:[\w"`]+\.)?(\w+)["`]?\s*=\s*(?!\s*any\b)[\w\s(),?:]+$/i.exec(part)?.[1];
    if (field !== undefined && values.length === 1) into.where.push({ field, op: '=', value: /=\s*\?[\s)]*$/.test(part) ? values[0]! : derived('raw', values[0]!) });
    else into.open = true;
  }
}

/** Table, key and condition of a DynamoDB input. */
export function readDynamoCriteria(m: Machine, input: Value, into: Criteria): void {
  if (input.k !== 'object') {
    into.open = true;
    return;
  }
  const key = input.props.get('Key');
  if (key !== undefined) readObjectCriteria(m, 'object', key, into);
  for (const name of ['ConditionExpression', 'KeyConditionExpression', 'FilterExpression']) {
    const condition = input.props.get(name);
    if (condition === undefined || condition.k === 'undefined') continue;
    const text = asText(condition);
    if (text === undefined) {
      into.open = true;
      continue;
    }
    for (const part of text.split(/\b(?:and|or)\b/i)) {
      const absent = /attribute_not_exists\s*\(\s*([#\w.]+)/i.exec(part);
      const present = /attribute_exists\s*\(\s*([#\w.]+)/i.exec(part);
      const compared = /([#\w.]+)\s*(=|<>|<=|>=|<|>)\s*(:?[\w.]+)/.exec(part);
      if (absent !== null) into.where.push({ field: dynamoName(input, absent[1]!), op: 'null', value: literal(null) });
      else if (present !== null) into.where.push({ field: dynamoName(input, present[1]!), op: 'not-null', value: literal(null) });
      else if (compared !== null) into.where.push({ field: dynamoName(input, compared[1]!), op: compared[2]!, value: dynamoValue(input, compared[3]!) });
      else into.open = true;
    }
  }
}

const dynamoName = (input: Value, name: string): string => {
  if (!name.startsWith('#')) return name;
  const names = input.k === 'object' ? input.props.get('ExpressionAttributeNames') : undefined;
  return (names?.k === 'object' ? asText(names.props.get(name)) : undefined) ?? name.slice(1);
};

const dynamoValue = (input: Value, name: string): Value => {
  const values = input.k === 'object' ? input.props.get('ExpressionAttributeValues') : undefined;
  const held = values?.k === 'object' ? values.props.get(name) : undefined;
  // The low-level client wraps values by type: { N: '1' }.
  return held?.k === 'object' && held.props.size === 1 && /^(S|N|B|BOOL|NULL|L|M|SS|NS|BS)$/.test([...held.props.keys()][0]!) ? [...held.props.values()][0]! : (held ?? literal(name));
};

/** `Item` of a put, `UpdateExpression` of an update: `SET a = :a, n = n + :one ADD c :d`. */
export function readDynamoValues(m: Machine, input: Value, into: Values): void {
  if (input.k !== 'object') {
    if (input.k !== 'undefined') into.rest.push(input);
    return;
  }
  const item = input.props.get('Item');
  if (item !== undefined) readObjectValues(m, 'object', item, into);
  const update = input.props.get('UpdateExpression');
  if (update === undefined) return;
  const text = asText(update);
  if (text === undefined) {
    into.rest.push(update);
    return;
  }
  for (const clause of text.matchAll(/\b(SET|ADD|DELETE|REMOVE)\b([^]*?)(?=\b(?:SET|ADD|DELETE|REMOVE)\b|$)/gi)) {
    const verb = clause[1]!.toUpperCase();
    for (const part of clause[2]!.split(/,(?![^(]*\))/)) {
      const words = part.trim();
      if (words === '') continue;
      if (verb === 'SET') {
        const [target, ...expression] = words.split('=');
        const raw = target!.trim();
        const right = expression.join('=').trim();
        const refersToItself = new RegExp(`(^|[^\\w#:])${raw.replaceAll(/[#.$]/g, '\\$&')}(?![\\w])`).test(right);
        into.values.push({ field: dynamoName(input, raw), value: dynamoValue(input, right.match(/:\w+/)?.[0] ?? right), how: refersToItself ? 'atomic' : 'set' });
      } else if (verb === 'REMOVE') into.values.push({ field: dynamoName(input, words), value: literal(null), how: 'set' });
      else into.values.push({ field: dynamoName(input, words.split(/\s+/)[0]!), value: dynamoValue(input, words.match(/:\w+/)?.[0] ?? ''), how: 'atomic' });
    }
  }
}

/** `[{ field, operator, value }]`: adapters that take their conditions as data. */
export function readFilterCriteria(m: Machine, value: Value, into: Criteria): void {
  if (value.k !== 'array') {
    if (value.k !== 'undefined') into.open = true;
    return;
  }
  if (value.spreads.length > 0) into.open = true;
  for (const filter of listOf(value)) {
    const { fields } = fieldsOf(m, filter);
    const get = (name: string): Value | undefined => fields.find(([key]) => key === name)?.[1];
    const field = asText(get('field') ?? get('column') ?? get('key'));
    const operand = get('value');
    if (field === undefined || operand === undefined) into.open = true;
    else into.where.push({ field, op: operand.k === 'literal' && operand.value === null ? 'null' : (asText(get('operator') ?? get('op')) ?? 'eq').replace(/^eq$/, '='), value: operand });
  }
}

/** Steps: `orderBy('a', 'desc')`, `orderBy(desc(t.a), t.b)`, `orderBy([{ column: 'a' }])`, `addOrderBy('u.a', 'ASC')`. */
export function readStepOrder(m: Machine, args: readonly Value[], into: Order, fallback: (value: Value) => void): void {
  void m;
  const [first, second] = args;
  if (first === undefined) return;
  const direction = asText(second);
  if (asText(first) !== undefined && (second === undefined || direction !== undefined || second.k !== 'literal')) {
    const [name, word] = asText(first)!.trim().split(/\s+/);
    into.keys.push({ field: columnName(literal(name!)) ?? name!, descending: /^desc/i.test(direction ?? word ?? '') });
    return;
  }
  for (const arg of args.flatMap((value) => (value.k === 'array' && value.items.every((item) => item.k !== 'object' && asText(item) === undefined) ? value.items : [value]))) {
    if (arg.k === 'derived' && (arg.op === 'asc' || arg.op === 'desc')) {
      const field = columnName(arg.from[0]!);
      if (field === null) into.open = true;
      else into.keys.push({ field, descending: arg.op === 'desc' });
    } else if (arg.k === 'array' || arg.k === 'object') fallback(arg);
    else {
      const written = writtenOrder(arg);
      const field = columnName(written?.column ?? arg);
      if (field === null || arg.k === 'function') into.open = true;
      else into.keys.push({ field, descending: written?.descending ?? false });
    }
  }
}

/** sql`${seats.number} DESC NULLS LAST` */
function writtenOrder(value: Value): { readonly column: Value; readonly descending: boolean } | null {
  const text = value.k === 'library' ? value.args[0] : undefined;
  if (text?.k !== 'template' || text.values.length !== 1) return null;
  const words = /^\s*(asc|desc)?(\s+nulls\s+(first|last))?\s*$/i.exec(text.quasis.join(''));
  return words === null ? null : { column: text.values[0]!, descending: words[1]?.toLowerCase() === 'desc' };
}
