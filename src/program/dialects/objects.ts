import type { Dialect } from '../../vocabulary/model.ts';
import type { Machine } from '../machine.ts';
import { type Value, asText, conditionThat, derived, phi, settled } from '../value.ts';
import { readAlternatives } from './alternatives.ts';
import { type Criteria, type Order, type Values, fieldsOf, isClosedList, listOf } from './shared.ts';

/** Operators that the criteria objects of each dialect spell as keys. */
const OPERATORS: Record<string, string> = {
  equals: '=', not: '!=', in: 'in', notIn: '!in', lt: '<', lte: '<=', gt: '>', gte: '>=',
  $eq: '=', $ne: '!=', $in: 'in', $nin: '!in', $lt: '<', $lte: '<=', $gt: '>', $gte: '>=', $exists: 'exists',
  '[Op.eq]': '=', '[Op.ne]': '!=', '[Op.is]': '=', '[Op.not]': '!=', '[Op.in]': 'in', '[Op.notIn]': '!in', '[Op.lt]': '<', '[Op.lte]': '<=', '[Op.gt]': '>', '[Op.gte]': '>=',
};
const NEGATED = new Set(['not', '$ne', '[Op.ne]', '[Op.not]']);

/** TypeORM's operators are functions. */
const TYPEORM_OPERATORS: Record<string, string> = { In: 'in', Not: '!=', LessThan: '<', LessThanOrEqual: '<=', MoreThan: '>', MoreThanOrEqual: '>=', IsNull: 'null', Equal: '=', Between: '?', Like: '?', ILike: '?', Any: 'in', Raw: '?' };

/** Of lists, what is a list again. */
const LISTS = new Set(['map', 'filter', 'flatMap', 'uniq', 'uniqBy', 'compact', 'slice', 'concat']);

const operatorOf = (key: string): string | undefined => OPERATORS[key];

/** `{ a: 1, b: { in: […] }, AND: […] }` and its relatives. */
export function readObjectCriteria(m: Machine, dialect: Dialect, value: Value, into: Criteria): void {
  if (value.k === 'array') {
    // An array is a disjunction in TypeORM, a list of ids elsewhere.
    if (value.items.length === 1 && value.items[0]!.k === 'object') readObjectCriteria(m, dialect, value.items[0]!, into);
    else if (dialect === 'typeorm' && value.items.every((item) => item.k !== 'object')) into.where.push({ field: 'id', op: 'in', value });
    else if (isClosedList(value)) readAlternatives('OR', value, value.items, (part, way) => readObjectCriteria(m, dialect, part, way), into);
    else {
      into.where.push({ field: 'OR', op: '?', value });
      into.open = true;
    }
    return;
  }
  if (value.k !== 'object' && value.k !== 'phi' && value.k !== 'undefined' && (dialect === 'typeorm' || dialect === 'key')) {
    into.where.push({ field: 'id', op: '=', value });
    return;
  }
  const { fields, rest } = fieldsOf(m, value);
  if (rest.length > 0) into.open = true;
  for (const [field, held] of fields) {
    if (field === 'AND' || field === '$and' || field === '[Op.and]') {
      for (const part of listOf(held)) readObjectCriteria(m, dialect, part, into);
      continue;
    }
    if ((field === 'OR' || field === '$or' || field === '[Op.or]') && isClosedList(held)) {
      readAlternatives(field, held, listOf(held), (part, way) => readObjectCriteria(m, dialect, part, way), into);
      continue;
    }
    if (field === 'OR' || field === 'NOT' || field === '$or' || field === '$nor' || field === '$expr' || field === '[Op.or]' || field === '[Op.not]') {
      into.where.push({ field, op: '?', value: held });
      into.open = true;
      continue;
    }
    readCondition(m, dialect, field, held, into);
  }
  if (value.k === 'object') for (const held of value.computed) into.where.push({ field: '?', op: '?', value: held });
}

function readCondition(m: Machine, dialect: Dialect, field: string, given: Value, into: Criteria): void {
  // `cursor ? { gt: cursor } : undefined`: where it is given, this is what it says.
  const held = given.k === 'phi' && given.options.some((option) => option.k === 'undefined') ? phi(given.options.filter((option) => option.k !== 'undefined')) : given;
  if (held.k === 'literal' && held.value === null) into.where.push({ field, op: 'null', value: held });
  else if (held.k === 'undefined') return;
  else if (held.k === 'object') {
    const { fields, rest } = fieldsOf(m, held);
    const operators = fields.filter(([key]) => operatorOf(key) !== undefined);
    for (const [key, operand] of operators) into.where.push({ field, op: operand.k === 'literal' && operand.value === null ? (NEGATED.has(key) ? 'not-null' : 'null') : operatorOf(key)!, value: operand });
    if (operators.length === 0) {
      // Prisma names a compound unique key by one object: { a_b: { a, b } }; other objects are relation filters.
      if (dialect === 'prisma' && field.includes('_') && fields.some(([key]) => field.split('_').includes(key))) for (const [key, part] of fields) into.where.push({ field: key, op: '=', value: part });
      else into.where.push({ field, op: '?', value: held });
    }
    if (rest.length > 0) into.where.push({ field, op: '?', value: held });
  } else if (held.k === 'derived' && TYPEORM_OPERATORS[held.op] !== undefined && dialect === 'typeorm') into.where.push({ field, op: TYPEORM_OPERATORS[held.op]!, value: held.from[0] ?? held });
  else if (dialect === 'sequelize' && (held.k === 'array' || (held.k === 'derived' && LISTS.has(held.op)))) into.where.push({ field, op: 'in', value: held });
  else into.where.push({ field, op: '=', value: held });
}

/** What a field is given, and the test that decides whether it is given anything. */
function givenWhen(held: Value): { readonly value: Value; readonly when: Value | null } {
  if (held.k !== 'phi' || !held.options.some((option) => option.k === 'undefined')) return { value: held, when: null };
  return { value: phi(held.options.filter((option) => option.k !== 'undefined')), when: conditionThat(held, (option) => option.k !== 'undefined') };
}

const ATOMIC_UPDATES = new Set(['increment', 'decrement', 'multiply', 'divide', 'push']);

const SETTLING = new Set(['$addToSet', '$pull', '$pullAll', '$min', '$max', '$currentDate']);

/** `data: { n: { increment: 1 } }`, `{ $inc: { n: 1 }, $set: { … } }`, plain field objects, lists of them. */
export function readObjectValues(m: Machine, dialect: Dialect, value: Value, into: Values, onInsert?: true): void {
  if (value.k === 'array') {
    for (const item of listOf(value)) readObjectValues(m, dialect, item, into, onInsert);
    for (const spread of value.spreads) {
      if (mappedTo(spread) === null) into.rest.push(spread);
      else readObjectValues(m, dialect, spread, into, onInsert);
    }
    return;
  }
  const mapped = mappedTo(value);
  if (mapped !== null) return readObjectValues(m, dialect, mapped, into, onInsert);
  const { fields, rest } = fieldsOf(m, value);
  into.rest.push(...rest);
  for (const [field, given] of fields) {
    if (dialect === 'mongo' && field.startsWith('$')) {
      const inner = fieldsOf(m, given);
      into.rest.push(...inner.rest);
      const how = field === '$set' || field === '$setOnInsert' || field === '$unset' ? 'set' : 'atomic';
      for (const [name, given] of inner.fields) {
        const { value: part, when } = givenWhen(given);
        into.values.push({ field: name, value: field === '$unset' ? derived('unset') : part, how, ...(when === null ? {} : { when }), ...(SETTLING.has(field) ? { repeatable: true as const } : {}), ...(field === '$setOnInsert' || onInsert ? { onInsert: true as const } : {}) });
      }
      continue;
    }
    const { value: held, when } = givenWhen(given);
    if (held.k === 'undefined') continue;
    const atomic = dialect === 'prisma' && held.k === 'object' && held.props.size === 1 && ATOMIC_UPDATES.has([...held.props.keys()][0]!);
    const set = dialect === 'prisma' && held.k === 'object' && held.props.size === 1 && held.props.has('set') ? held.props.get('set')! : held;
    const isSqlText = held.k === 'library' && held.type.shape.role === undefined && /sql|raw/i.test(held.type.id);
    into.values.push({ field, value: set, how: atomic || isSqlText ? 'atomic' : 'set', ...(when === null ? {} : { when }), ...(onInsert ? { onInsert } : {}) });
  }
}

const THINS = new Set(['filter', 'slice', 'sort', 'unique']);

/** `names.map((name) => (isFree(name) ? { name } : null)).filter(Boolean)`: each that is left is like this. */
function mappedTo(value: Value): Value | null {
  if (value.k !== 'derived' || value.from[0] === undefined) return null;
  if (THINS.has(value.op)) return mappedTo(settled(value.from[0]));
  if ((value.op !== 'map' && value.op !== 'flatMap') || value.from[1] === undefined) return null;
  const each = settled(value.from[1]);
  return each.k === 'phi' ? phi(each.options.filter((option) => option.k !== 'undefined' && option.k !== 'literal')) : each;
}

/** `orderBy: { a: 'asc' }`, lists of such objects, `[['a', 'ASC']]`, `{ a: -1 }`, `'-createdAt'`. */
export function readObjectOrder(m: Machine, value: Value, into: Order): void {
  if (value.k === 'undefined') return;
  if (value.k === 'array') {
    if (!isClosedList(value)) into.open = true;
    const [first, second] = value.items;
    if (value.items.length <= 2 && asText(first) !== undefined && (second === undefined || /^(asc|desc)/i.test(asText(second) ?? ''))) {
      into.keys.push({ field: asText(first)!, descending: /^desc/i.test(asText(second) ?? '') });
      return;
    }
    for (const item of value.items) readObjectOrder(m, item, into);
    return;
  }
  const text = asText(value);
  if (text !== undefined) {
    for (const part of text.split(/[\s,]+/).filter((word) => word !== '' && !/^(asc|desc)$/i.test(word))) into.keys.push({ field: part.replace(/^[-+]/, ''), descending: part.startsWith('-') });
    return;
  }
  if (value.k === 'object') {
    const { fields, rest } = fieldsOf(m, value);
    if (rest.length > 0 || value.computed.length > 0) into.open = true;
    const column = asText(fields.find(([key]) => key === 'column')?.[1]);
    if (column !== undefined) {
      into.keys.push({ field: column, descending: /^desc/i.test(asText(fields.find(([key]) => key === 'order')?.[1]) ?? '') });
      return;
    }
    for (const [field, direction] of fields) {
      if (direction.k === 'object') {
        const sort = direction.props.get('sort');
        if (sort !== undefined) into.keys.push({ field, descending: isDescending(sort) });
        else into.keys.push({ field: `${field}.${[...direction.props.keys()].join('.')}`, descending: isDescending([...direction.props.values()][0] ?? phi([])) });
      } else into.keys.push({ field, descending: isDescending(direction) });
    }
    return;
  }
  into.open = true;
}

const isDescending = (value: Value): boolean => value.k === 'literal' && (value.value === -1 || /^desc/i.test(String(value.value)));
