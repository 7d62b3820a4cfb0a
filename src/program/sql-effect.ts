import type { Action, EffectKind } from '../vocabulary/model.ts';
import type { Criterion, FieldValue, OrderKey } from './effect.ts';
import { member } from './evaluate.ts';
import type { Machine } from './machine.ts';
import { readSql, readSqlCondition } from './sql/read.ts';
import type { SqlExpr, SqlParam, SqlStatement, SqlValue } from './sql/statement.ts';
import { type Value, asText, derived, literal, UNKNOWN } from './value.ts';

/** What a statement's text says of the effect. */
export interface SqlReading {
  readonly statement: SqlStatement;
  readonly kind: EffectKind | 'begin' | 'commit' | 'rollback';
  readonly action: Action;
  readonly where: readonly Criterion[];
  readonly values: readonly FieldValue[];
  readonly order: readonly OrderKey[] | null;
  readonly offset: Value | null;
  readonly picks: readonly string[] | null;
}

/** Text with holes: literals, templates, and their concatenation. */
function pieces(value: Value): { readonly text: (string | { param: number })[]; readonly holes: Value[] } | null {
  const text: (string | { param: number })[] = [];
  const holes: Value[] = [];
  const add = (part: Value): boolean => {
    if (part.k === 'literal') text.push(String(part.value));
    else if (part.k === 'template') {
      part.quasis.forEach((quasi, i) => {
        text.push(quasi);
        if (i < part.values.length) {
          // `sql` within `sql`: an identifier, a fragment.
          const inner = part.values[i]!;
          const fragment = inner.k === 'template' ? inner : inner.k === 'library' && inner.args[0]?.k === 'template' ? inner.args[0] : null;
          if (fragment === null || !add(fragment)) {
            text.push({ param: holes.length });
            holes.push(inner);
          }
        }
      });
    } else if (part.k === 'derived' && part.op === '+') return part.from.every(add);
    else if (part.k === 'phi') return add(part.options[0]!);
    else if (part.k === 'derived' && isTagged(part)) return add(part.from[0]!);
    else if (part.k === 'library' && part.args[0]?.k === 'template') return add(part.args[0]);
    else {
      text.push({ param: holes.length });
      holes.push(part);
    }
    return true;
  };
  if (!isTagged(value) && value.k !== 'literal' && value.k !== 'template' && value.k !== 'phi' && !(value.k === 'derived' && value.op === '+') && !(value.k === 'library' && value.args[0]?.k === 'template')) return null;
  add(value.k === 'library' ? value.args[0]! : value);
  return { text, holes };
}

/** Text that a tag of the library has made ready: `Prisma.sql`. */
const isTagged = (value: Value): boolean => value.k === 'derived' && value.op === 'sql' && value.from[0]?.k === 'template';

const readings = new WeakMap<object, SqlStatement | null>();

export function readSqlEffect(m: Machine, sql: Value, params: Value): SqlReading | null {
  const found = pieces(sql);
  if (found === null) return null;
  let statement = readings.get(sql);
  if (statement === undefined) {
    statement = readSql(found.text)?.[0] ?? null;
    readings.set(sql, statement);
  }
  if (statement === null) return null;
  const valueOf = (given: SqlValue | 'unknown'): Value => {
    if (given === 'unknown') return UNKNOWN;
    if ('param' in given) return found.holes[given.param] ?? UNKNOWN;
    if ('bind' in given) return boundValue(m, params, given);
    if ('literal' in given) return literal(given.literal);
    return derived('column', literal(given.column));
  };
  const where: Criterion[] = statement.where.map((condition) => ({
    field: condition.columnParam === undefined ? condition.column : (columnOf(valueOf(condition.columnParam)) ?? '?'),
    op: condition.op === 'is null' ? 'null' : condition.op === 'is not null' ? 'not-null' : condition.op,
    value: valueOf(condition.value),
  }));
  const values: FieldValue[] = statement.set.map((assignment) => ({
    field: assignment.columnParam === undefined ? assignment.column : (columnOf(valueOf(assignment.columnParam)) ?? '?'),
    value: exprValue(valueOf, assignment.expr),
    how: assignment.selfReference ? 'atomic' : 'set',
  }));
  if (statement.kind === 'insert' && statement.rows !== undefined) {
    for (const row of statement.rows.slice(0, 3)) row.forEach((expr, i) => values.push({ field: statement.columns?.[i] ?? '?', value: exprValue(valueOf, expr), how: 'set', ...(statement.set.length > 0 ? { onInsert: true as const } : {}) }));
  }
  // Rows of `DISTINCT ON` and of groups are as distinct as what they are picked by, which is not read.
  const picked = found.text.some((part) => typeof part === 'string' && /\b(?:distinct\s+on|group\s+by)\b/i.test(part));
  const order = statement.orderBy.length > 0 && !picked ? statement.orderBy.map((key) => ({ field: key.column, descending: key.desc })) : null;
  const start = statement.offset;
  const offset = start === undefined ? null : typeof start === 'number' ? literal(start) : valueOf(start);
  return { statement, ...kindOf(statement), where, values, order, offset, picks: picksOf(statement) };
}

/** `update … where id in (select id from … where … limit n) returning …`: the query is run once, whatever becomes of its rows before they are changed. */
function picksOf({ kind, table, where, returning, forUpdate, subqueries }: SqlStatement): readonly string[] | null {
  if (kind !== 'update' || table === undefined || !returning || forUpdate) return null;
  const inner = subqueries.find((query) => query.kind === 'select' && query.table === table && query.limit !== undefined);
  return inner === undefined ? null : inner.whereColumns.filter((column) => !where.some((condition) => condition.column === column));
}

/** A piece of SQL that stands for a condition: sql`${seats.left} >= ${n}`. False where it is none in view. */
export function readSqlCriteria(sql: Value, into: { readonly where: Criterion[]; open: boolean }): boolean {
  const found = pieces(sql);
  if (found === null) return false;
  const read = readSqlCondition(found.text);
  const valueOf = (given: SqlValue | 'unknown'): Value => (given === 'unknown' ? UNKNOWN : 'param' in given ? (found.holes[given.param] ?? UNKNOWN) : 'literal' in given ? literal(given.literal) : 'bind' in given ? UNKNOWN : derived('column', literal(given.column)));
  for (const condition of read.where) {
    const field = condition.columnParam === undefined ? condition.column : columnOf(valueOf(condition.columnParam));
    if (field === null) into.open = true;
    else into.where.push({ field, op: condition.op === 'is null' ? 'null' : condition.op === 'is not null' ? 'not-null' : condition.op, value: valueOf(condition.value) });
  }
  if (!read.whereUnknown && read.where.length > 0) return true;
  into.where.push({ field: '?', op: '?', value: sql });
  into.open = true;
  // What else it says, it says of these columns.
  for (const field of new Set([...read.whereColumns, ...found.holes.flatMap((hole) => (hole.k === 'library' && hole.type.shape.resource === 'member' ? [columnOf(hole) ?? '?'] : []))])) if (field !== '?' && !into.where.some((known) => known.field === field)) into.where.push({ field, op: 'or', value: sql });
  return true;
}

const columnOf = (value: Value): string | null =>
  asText(value) ?? (value.k === 'access' && typeof value.key === 'string' ? value.key : value.k === 'library' ? (asText(value.resource) ?? null) : null);

function boundValue(m: Machine, params: Value, given: Extract<SqlParam, { readonly bind: unknown }>): Value {
  if (params.k === 'undefined') return UNKNOWN;
  return member(m, params, String(given.bind));
}

function exprValue(valueOf: (value: SqlValue | 'unknown') => Value, expr: SqlExpr): Value {
  if (expr === 'unknown') return UNKNOWN;
  if ('call' in expr) return derived(expr.call, ...expr.args.map((arg) => exprValue(valueOf, arg)));
  if ('op' in expr) return derived(expr.op, ...expr.args.map((arg) => exprValue(valueOf, arg)));
  if ('list' in expr) return derived('list', ...expr.list.map((arg) => exprValue(valueOf, arg)));
  if ('subquery' in expr) return UNKNOWN;
  return valueOf(expr);
}

function kindOf(statement: SqlStatement): { readonly kind: SqlReading['kind']; readonly action: Action } {
  switch (statement.kind) {
    case 'select': return statement.advisoryLock !== undefined ? { kind: 'lock', action: 'execute' } : statement.advisoryUnlock === true ? { kind: 'unlock', action: 'execute' } : { kind: 'read', action: statement.aggregates.some((aggregate) => aggregate.fn === 'count') ? 'count' : statement.aggregates.length > 0 ? 'aggregate' : 'find' };
    case 'insert': return { kind: 'write', action: statement.onConflict?.action === 'update' ? 'upsert' : 'insert' };
    case 'update': return { kind: 'write', action: 'update' };
    case 'delete': return { kind: 'write', action: 'delete' };
    case 'begin': case 'commit': case 'rollback': return { kind: statement.kind, action: 'execute' };
    case 'lock': return { kind: 'lock', action: 'execute' };
    default: return { kind: 'call', action: 'execute' };
  }
}
