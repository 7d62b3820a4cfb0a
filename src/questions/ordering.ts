import type { Effect, Occurrence, OrderKey } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { typeOf } from '../program/evaluate.ts';
import { type Origin, comesFrom, fieldOf, leavesOf, originsOf, sourcesIn } from '../program/origins.ts';
import { type Answer, LIKELY_NO, NO, UNSURE, YES, decisionsOf, exclusive, sameRecord, sameResource, writtenFields } from './records.ts';
import { type Value, optionsOf, sameValue, settled } from '../program/value.ts';

/** Whether no two rows share the sort key: what the schema says, or, where none was found, that a plain column can repeat. */
export function uniqueOrder(m: Machine, read: Occurrence, keys: readonly OrderKey[]): Answer {
  const { effect } = read;
  const fields = keys.map((key) => key.field);
  if (fields.some((field) => isIdentity(effect, field))) return YES;
  // Expressions, and columns of joined tables.
  if (fields.some((field) => !/^\w+$/.test(field))) return UNSURE;
  if (effect.resource === null) return LIKELY_NO;
  const { host } = m.program;
  const fixed = effect.where.filter((criterion) => criterion.op === '=').map((criterion) => criterion.field);
  if (host.isUnique(effect.resource, [...fields, ...fixed]) === 'yes' || host.isUnique(effect.resource, fields) === 'yes') return YES;
  return host.isUnique(effect.resource, fields) === 'no' ? NO : LIKELY_NO;
}

/** What stores call a row's own identity. */
const ROW_IDENTITY = new Set(['id', '_id', '__name__', 'rowid', 'ctid']);
const plain = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

/** `id`, or `orderId` of a table of orders. */
export function isIdentity(effect: Effect, field: string): boolean {
  if (ROW_IDENTITY.has(field.toLowerCase())) return true;
  const table = effect.resource === null ? '' : plain(effect.resource).replace(/s$/, '');
  return table !== '' && [`${table}id`, `${table}uuid`].includes(plain(field));
}

/**
 * A page that starts after a value of its first sort key, which two rows can share: rows with the same value as the last one of a page
 * are not on the next. Null when the read is no such page, or compares the later keys as well.
 */
export function skippedByCursor(m: Machine, read: Occurrence): { readonly key: OrderKey; readonly likely: boolean } | null {
  const { effect } = read;
  const [key, ...others] = effect.order ?? [];
  if (key === undefined || effect.limit === null || effect.orderOpen || effect.whereOpen || isOne(effect.limit)) return null;
  const start = effect.where.find((criterion) => criterion.field === key.field && criterion.op === (key.descending ? '<' : '>'));
  if (start === undefined || others.some((other) => effect.where.some((criterion) => criterion.field === other.field && criterion.op !== '='))) return null;
  // A time window is no cursor.
  if (start.value.k === 'literal' || sourcesIn(start.value, ['clock', 'server-clock']).length > 0) return null;
  const unique = uniqueOrder(m, read, [key]);
  if (unique.is !== 'no') return null;
  const looped = read.regions.some((region) => region.kind === 'loop');
  return { key, likely: unique.likely === true || (others.length === 0 && !looped) };
}

/** A page that is sorted by one key and starts after a value of another, the row's identity or a later key: where the two do not grow alike, rows are passed over. */
export function missedByCursor(read: Occurrence): { readonly key: OrderKey; readonly cursor: string } | null {
  const { effect } = read;
  const [key, ...others] = effect.order ?? [];
  if (key === undefined || effect.limit === null || effect.orderOpen || effect.whereOpen || isOne(effect.limit) || isIdentity(effect, key.field)) return null;
  if (effect.where.some((criterion) => criterion.field === key.field)) return null;
  const start = effect.where.find(({ field, op, value }) => (op === '<' || op === '>') && (isIdentity(effect, field) || others.some((other) => other.field === field)) && value.k !== 'literal' && sourcesIn(value, ['clock', 'server-clock']).length === 0);
  return start === undefined ? null : { key, cursor: start.field };
}

/** It starts at an offset or after a cursor that is not always the first. */
export const pages = ({ offset, cursor }: Effect): boolean => [offset, cursor].some((start) => start !== null && !(start.k === 'literal' && Number(start.value) === 0));

/** One row of several is asked for: `first`, `LIMIT 1`, `[0]` of the result. */
export const takesOne = (read: Occurrence): boolean => read.effect.order !== null && read.effect.order.length > 0 && (read.effect.shape.cardinality === 'one' || isOne(read.effect.limit));

/** `LIMIT 1` */
export const isOne = (limit: Effect['limit']): boolean => limit === 1 || (limit !== null && typeof limit === 'object' && limit.k === 'literal' && Number(limit.value) === 1);

/** What the read returned decides or feeds a later write. */
export function decidesWrite(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, all: readonly Occurrence[], read: Occurrence): boolean {
  // Neither that there is such a row nor the value that it was sorted by depends on which one it is.
  const keys = new Set(read.effect.order?.map((key) => key.field));
  const field = (origin: Origin): boolean => {
    const name = origin.effect === read.effect ? fieldOf(origin.effect, origin.path) : null;
    return name !== null && !keys.has(name);
  };
  return all.some((other) => other.index > read.index && other.effect.kind === 'write' && (decisionsOf(occurrences, other).some((decision) => decision.read === read && field(decision.origin)) || writtenFields(m, other.effect).some((written) => originsOf(written.value).some(field)) || sameRecord(read.effect, other.effect).is === 'yes'));
}

/**
 * A record's name that is nothing but a clock reading beside constants: the id of an inserted row, a key of the object store, a token
 * like `order-1700000000000` in any field. `likely` when something weak stands beside it, or no key is known to hold it.
 */
export function clockIdentity(m: Machine, write: Occurrence, field: string, value: Value): 'proven' | 'likely' | null {
  const { effect } = write;
  if (effect.action !== 'insert' && effect.action !== 'replace' && effect.action !== 'save' && effect.action !== 'upsert') return null;
  const at = settled(value);
  const parts = at.k === 'template' ? at.values : at.k === 'derived' && at.op === '+' ? at.from.filter((part) => part.k !== 'literal') : [at];
  const others = parts.filter((part) => !isClock(part));
  if (others.length === parts.length || sourcesIn(value, ['id', 'sortable-id']).length > 0 || originsOf(value).length > 0) return null;
  const isName = isIdentity(effect, field) || effect.system === 'objects' || (effect.resource !== null && m.program.host.isUnique(effect.resource, [field]) === 'yes');
  // Further parts tell records of one moment apart.
  if (others.some((part) => sourcesIn(part, ['random']).length > 0)) return others.length > 1 ? null : 'likely';
  if (others.length > 1) return null;
  if (isName) return 'proven';
  const text = at.k === 'template' ? at.quasis.join('') : at.k === 'derived' && at.op === '+' ? at.from.map((part) => (part.k === 'literal' ? String(part.value) : '')).join('') : '';
  return others.length === 0 && /^\S*\w\S*$/.test(text) ? 'likely' : null;
}

export interface ClockComparison { readonly fields: readonly string[]; readonly read: Occurrence | null; readonly likely: boolean; /** The reading that decides. */ readonly reading: Value | null }

/** A guard or the condition of the write compares a stored time with one that came with the message, or with our own clock, to tell which version is newer. */
export function clockComparison(occurrences: ReadonlyMap<Effect, Occurrence>, write: Occurrence): ClockComparison | null {
  // `where changedAt < now`, and `changedAt` becomes that now: the later clock keeps the record.
  const { where, values } = write.effect;
  const inserted = (value: Value): Value => (value.k === 'derived' && value.op === 'column' ? (values.find((given) => given.onInsert === true && given.field === (value.from[0] as { readonly value?: unknown } | undefined)?.value)?.value ?? value) : value);
  for (const { field, op, value: compared } of where) {
    if (op !== '<' && op !== '<=') continue;
    const value = inserted(compared);
    if (isClock(value) && values.some((written) => written.field === field && written.how === 'set' && isClock(inserted(written.value)))) return { fields: [field], read: null, likely: false, reading: value };
  }
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
    if (hasArithmetic(left, 0) || hasArithmetic(right, 0)) return null;
    const stored = [left, right].flatMap((side) => originsOf(side)).map((origin) => occurrences.get(origin.effect)).find((read) => read !== undefined && read.effect.kind === 'read' && sameResource(read.effect, write.effect) === true && sameRecord(read.effect, write.effect).is !== 'no');
    if (stored === undefined) return null;
    const isStored = (side: Value): boolean => comesFrom(side, stored.effect);
    if (isStored(left) && isStored(right)) return null;
    const [mine, other] = isStored(left) ? [left, right] : [right, left];
    if (leavesOf(mine).some((leaf) => leaf.k === 'param' || leaf.k === 'source' || (leaf.k === 'library' && leaf.type.id !== 'platform#Date' && leaf.row === undefined))) return null;
    const named = [mine, other].map((side) => memberName(side, 0)).filter((name) => name !== null);
    const fields = named.length > 0 ? [...new Set(named)] : ['the clock'];
    // Our own clock decides when the reading is what is stored: against an expiry it only measures.
    if (sourcesIn(other, ['clock']).length > 0) {
      const reading = sourcesIn(other, ['clock'])[0]!;
      const field = write.effect.values.find((written) => written.how === 'set' && isClock(written.value) && sourcesIn(written.value, ['clock']).includes(reading));
      return field === undefined || !originsOf(mine).some((origin) => origin.effect === stored.effect && [null, field.field].includes(fieldOf(origin.effect, origin.path))) ? null : { fields: [field.field], read: stored, likely: false, reading };
    }
    // Two versions of one time: the incoming one has its name, or takes its place.
    const [stores, comes] = [memberName(mine, 0), memberName(other, 0)];
    if (stores === null || !(comes !== null && plain(stores) === plain(comes)) && !write.effect.values.some((written) => plain(written.field) === plain(stores) && written.how === 'set' && sameValue(bare(written.value, 0), bare(other, 0)))) return null;
    const times = [isTime(mine, 0), isTime(other, 0)];
    if (times.includes('yes')) return { fields, read: stored, likely: false, reading: null };
    return named.length === 2 && named.every(isTimeField) ? { fields, read: stored, likely: true, reading: null } : null;
  }
  for (const part of value.from) {
    const found = comparisonIn(part, occurrences, write, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Steps from one writing of a time to another. */
const NOTATIONS = new Set(['getTime', 'valueOf', 'toISOString', 'toString', 'toJSON', 'Number', 'String', 'parse', 'unix']);

/** The time itself, however written. */
function bare(given: Value, depth: number): Value {
  const value = settled(given);
  if (depth > 4) return value;
  if (value.k === 'library' && value.row === undefined && isTime(value, 0) === 'yes' && value.args[0] !== undefined) return bare(value.args[0], depth + 1);
  return value.k === 'derived' && NOTATIONS.has(value.op) && value.from.length > 0 ? bare(value.from.at(-1)!, depth + 1) : value;
}

/** A bare reading of the wall clock, however written: nothing was added to it and nothing rounded off. */
export function isClock(given: Value, depth = 0): boolean {
  const value = settled(given);
  if (value.k === 'source') return value.yields === 'clock';
  if (depth > 4) return false;
  if (value.k === 'library') return value.args.length > 0 && isTime(value, 0) === 'yes' && isClock(value.args[0]!, depth + 1);
  return value.k === 'derived' && NOTATIONS.has(value.op) && value.from.length > 0 && isClock(value.from[0]!, depth + 1);
}

/** Durations and deadlines add to a time; versions are compared bare. */
function hasArithmetic(given: Value, depth: number): boolean {
  const value = settled(given);
  if (depth > 4) return false;
  if (value.k === 'derived') return ['-', '+', '*', '/'].includes(value.op) || value.from.some((part) => hasArithmetic(part, depth + 1));
  return value.k === 'library' && value.row === undefined && value.args.some((part) => hasArithmetic(part, depth + 1));
}

/** A point in time, by what made it, what is asked of it, or its declared type. */
function isTime(given: Value, depth: number): 'yes' | 'unknown' {
  const value = settled(given);
  if (depth > 4) return 'unknown';
  if (value.k === 'library') return value.type.id === 'platform#Date' ? 'yes' : 'unknown';
  if (value.k === 'source') return value.yields === 'clock' ? 'yes' : 'unknown';
  if (typeOf(value)?.type.name === 'Date') return 'yes';
  if (value.k === 'derived' && (value.op === 'getTime' || value.op === 'toISOString')) return 'yes';
  if (value.k === 'derived' && NOTATIONS.has(value.op)) return value.from.some((part) => isTime(part, depth + 1) === 'yes') ? 'yes' : 'unknown';
  return value.k === 'phi' && value.options.some((part) => isTime(part, depth + 1) === 'yes') ? 'yes' : 'unknown';
}

const WORDS = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])/g;
/** As code writes times: `updatedAt`, `event_time`, `timestamp`. */
export const isTimeField = (field: string): boolean => ['at', 'date', 'time', 'timestamp', 'ts'].includes((field.match(WORDS) ?? []).at(-1)?.toLowerCase() ?? '');

/** The member that a value was taken from, through `new Date(x)`, `x.getTime()`. */
function memberName(given: Value, depth: number): string | null {
  const value = settled(given);
  if (depth > 5) return null;
  if (value.k === 'row') return fieldOf(value.effect, value.path);
  if (value.k === 'access') return typeof value.key === 'string' ? value.key : null;
  if (value.k === 'param') return value.fn.params[value.index]?.name || null;
  const parts = value.k === 'derived' ? value.from : value.k === 'library' ? value.args : value.k === 'phi' ? value.options : [];
  for (const part of parts) {
    const found = memberName(part, depth + 1);
    if (found !== null) return found;
  }
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

/**
 * A time that is kept for the next execution to read on from, and that is taken only after the rows were read: what arrives in between is read
 * by neither.
 */
export function lateWindow(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, all: readonly Occurrence[], read: Occurrence): { readonly field: string; readonly kept: Occurrence } | null {
  if (read.effect.shape.cardinality === 'one' || isOne(read.effect.limit)) return null;
  for (const { field, op, value } of read.effect.where) {
    if (op !== '>' && op !== '>=') continue;
    for (const since of optionsOf(settled(value)).map((option) => bare(option, 0))) {
      const row = since.k === 'row' ? since : since.k === 'library' ? since.row : undefined;
      const state = row === undefined ? undefined : occurrences.get(row.effect);
      if (state === undefined || state.effect.kind !== 'read' || sameResource(state.effect, read.effect) === true) continue;
      const mark = fieldOf(row!.effect, row!.path) ?? (state.effect.system === 'redis' ? 'value' : null);
      const kept = all.find((write) => write.index > read.index && write.effect.kind === 'write' && !exclusive(read, write) && sameRecord(state.effect, write.effect).is === 'yes' && writtenFields(m, write.effect).some((written) => written.field === mark && written.how === 'set' && isClock(written.value) && isTakenAfter(written.value, read)));
      if (kept !== undefined) return { field, kept };
    }
  }
  return null;
}

/** The clock is read further down in a function that the read is in, or is called from. */
function isTakenAfter(value: Value, read: Occurrence): boolean {
  const [reading] = sourcesIn(value, ['clock']);
  return reading !== undefined && [...read.stack, read].some(({ frame, span }) => frame.file === reading.file && frame.fn.span[0] <= reading.at[0] && reading.at[0] < frame.fn.span[1] && reading.at[0] > span[1]);
}
