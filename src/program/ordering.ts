import type { Effect, Occurrence, OrderKey } from './effect.ts';
import type { Machine } from './machine.ts';
import { fieldOf, originsOf, sourcesIn } from './origins.ts';
import { decisionsOf, isKey, sameRecord, sameResource, writtenFields } from './records.ts';
import { type Value, sameValue, settled } from './value.ts';

/** Whether no two rows share the sort key. */
export function uniqueOrder(m: Machine, read: Occurrence, keys: readonly OrderKey[]): 'yes' | 'no' | 'unknown' {
  const { effect } = read;
  const fields = keys.map((key) => key.field);
  if (fields.some((field) => isKey(m, effect, field) || /^(id|_id|rowid|ctid|sequence|seq|cursor|uid|pk|sk|oid|key|name|email|username|slug|code|number|version|position|score)$/i.test(field) || field.includes('.'))) return 'yes';
  if (effect.resource !== null && m.program.host.isUnique(effect.resource, [...fields, ...effect.where.filter((criterion) => criterion.op === '=').map((criterion) => criterion.field)]) === 'yes') return 'yes';
  return 'no';
}

/** One row of several is asked for: `first`, `LIMIT 1`, `[0]` of the result. */
export const takesOne = (read: Occurrence): boolean => read.effect.order !== null && read.effect.order.length > 0 && (read.effect.shape.cardinality === 'one' || isOne(read.effect.limit));

const isOne = (limit: Effect['limit']): boolean => limit !== null && typeof limit === 'object' && limit.k === 'literal' && Number(limit.value) === 1;

/** What the read returned decides or feeds a later write. */
export function decidesWrite(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, all: readonly Occurrence[], read: Occurrence): boolean {
  return all.some((other) => other.index > read.index && other.effect.kind === 'write' && (decisionsOf(occurrences, other).some((decision) => decision.read === read) || writtenFields(m, other.effect).some((field) => originsOf(field.value).some((origin) => origin.effect === read.effect)) || sameRecord(read.effect, other.effect).is === 'yes'));
}

const TIME = /(_at|At|_date|Date|[tT]imestamp|_time|Time|^date|^ts|_ts|Ts|modified|updated|created)$/;
export const isTimeField = (field: string): boolean => TIME.test(field);

/** An id or key that is nothing but a clock reading. `likely` when something weak stands beside it. */
export function clockIdentity(m: Machine, write: Occurrence, field: string, value: Value): 'proven' | 'likely' | null {
  const { effect } = write;
  if (effect.action !== 'insert' && effect.action !== 'replace' && effect.action !== 'save' && effect.action !== 'upsert') return null;
  if (!(isKey(m, effect, field) || /(^|_)(id|key|code|number|ref|reference)$|(Id|Key|Number|Code|Reference)$/.test(field))) return null;
  if (sourcesIn(value, ['clock']).length === 0 || sourcesIn(value, ['id', 'sortable-id']).length > 0) return null;
  const at = settled(value);
  if (at.k === 'source' || at.k === 'template' || at.k === 'derived' || at.k === 'literal') {
    if (at.k === 'derived' && (at.op === 'get' || at.op === 'call')) return null;
    const random = sourcesIn(value, ['random']).length > 0;
    const more = originsOf(value).length > 0;
    return more ? null : random ? 'likely' : 'proven';
  }
  return null;
}

export interface ClockComparison { readonly fields: readonly string[]; readonly read: Occurrence | null; readonly likely: boolean }

/** A guard of the write compares a stored time with one that came with the message, or with our own clock, to tell which version is newer. */
export function clockComparison(occurrences: ReadonlyMap<Effect, Occurrence>, write: Occurrence): ClockComparison | null {
  // `where changedAt < now`, and `changedAt` becomes that now: the later clock keeps the record.
  const { where, values } = write.effect;
  const own = where.find(({ field, op, value }) => (op === '<' || op === '<=') && sourcesIn(value, ['clock']).length > 0 && values.some((written) => written.field === field && written.how === 'set' && sameValue(written.value, value)));
  if (own !== undefined) return { fields: [own.field], read: null, likely: false };
  for (const guard of write.guards) {
    for (const part of guard.together ?? [guard]) {
      const found = comparisonIn(part.test, occurrences, write, 0);
      if (found !== null) return found;
    }
  }
  return null;
}

function comparisonIn(test: Value, occurrences: ReadonlyMap<Effect, Occurrence>, write: Occurrence, depth: number): ClockComparison | null {
  const value = settled(test);
  if (value.k !== 'derived' || depth > 4) return null;
  if (['<', '>', '<=', '>=', 'isAfter', 'isBefore'].includes(value.op) && value.from.length >= 2) {
    const [left, right] = [value.from[0]!, value.from[1]!];
    const [a, b] = [timeField(left), timeField(right)];
    if (a === null || b === null || arithmetic(left) || arithmetic(right)) return null;
    const stored = [left, right].flatMap((side) => originsOf(side)).map((origin) => occurrences.get(origin.effect)).find((read) => read !== undefined && read.effect.kind === 'read' && sameResource(read.effect, write.effect) === true && sameRecord(read.effect, write.effect).is !== 'no');
    if (stored === undefined) return null;
    const both = [left, right].every((side) => originsOf(side).some((origin) => origin.effect === stored.effect));
    return both ? null : { fields: [...new Set([a, b])], read: stored, likely: false };
  }
  for (const part of value.from) {
    const found = comparisonIn(part, occurrences, write, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Durations and deadlines add to a time; versions are compared bare. */
const arithmetic = (value: Value): boolean => value.k === 'derived' && (value.op === '-' || value.op === '+') ;

/** The field that a time was taken from, through `new Date(x)`, `x.getTime()`. */
function timeField(given: Value, depth = 0): string | null {
  const value = settled(given);
  if (depth > 5) return null;
  if (value.k === 'row') {
    const field = fieldOf(value.effect, value.path);
    return field !== null && isTimeField(field) ? field : null;
  }
  if (value.k === 'access' && typeof value.key === 'string') return isTimeField(value.key) ? value.key : timeField(value.of, depth + 1);
  if (value.k === 'param') return value.fn.params[value.index]?.name !== undefined && isTimeField(value.fn.params[value.index]!.name) ? value.fn.params[value.index]!.name : null;
  if (value.k === 'derived') for (const part of value.from) { const found = timeField(part, depth + 1); if (found !== null) return found; }
  if (value.k === 'library') for (const part of value.args) { const found = timeField(part, depth + 1); if (found !== null) return found; }
  if (value.k === 'phi') for (const part of value.options) { const found = timeField(part, depth + 1); if (found !== null) return found; }
  return null;
}

/** A sync read that continues after the greatest time seen so far. */
export function clockCursor(read: Occurrence): string | null {
  const { effect } = read;
  if (effect.order === null || effect.order.length !== 1) return null;
  const key = effect.order[0]!;
  if (!isTimeField(key.field) || key.descending) return null;
  const cursor = effect.where.find((criterion) => criterion.field === key.field && (criterion.op === '>' || criterion.op === '>='));
  if (cursor === undefined) return null;
  return originsOf(cursor.value).length > 0 && sourcesIn(cursor.value, ['clock']).length === 0 ? key.field : null;
}
