import { type Machine, MAX_TESTS } from '../program/machine.ts';
import type { Criterion, Effect, FieldValue, Guard, Occurrence, Region } from '../program/effect.ts';
import { fieldsOf } from '../program/dialects/shared.ts';
import { comesFrom, fieldOf, leavesOf, type Origin, originsOf, testedOriginsOf } from '../program/origins.ts';
import { handleOf, rootOf } from '../program/operation.ts';
import { told } from '../program/told.ts';
import { isOuterClient } from './transactions.ts';
import { type Value, optionsOf, sameSought, sameValue, settled } from '../program/value.ts';

/** Three-valued; `likely` marks an answer that stands on an assumption. */
export interface Answer { readonly is: 'yes' | 'no' | 'unknown'; readonly likely?: true }
export const YES: Answer = { is: 'yes' };
export const NO: Answer = { is: 'no' };
export const UNSURE: Answer = { is: 'unknown' };
export const LIKELY_NO: Answer = { is: 'no', likely: true };

const singulars = new Map<string, string>();

export function singular(name: string): string {
  let known = singulars.get(name);
  if (known === undefined) singulars.set(name, (known = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '').replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '')));
  return known;
}

export const sameName = (a: string, b: string): boolean => a === b || singular(a) === singular(b);

/** The same table, collection or key space. */
export function sameResource(a: Effect, b: Effect): boolean | null {
  if (a.system !== b.system && !(a.library === b.library)) return a.resource !== null && b.resource !== null && sameName(a.resource, b.resource) && a.system === b.system;
  if (a.resource !== null && b.resource !== null) return sameName(a.resource, b.resource);
  if (a.resourceValue !== null && b.resourceValue !== null && sameValue(a.resourceValue, b.resourceValue)) return isGivenOnWiring(a.resourceValue) ? null : true;
  if (a.resource === null && b.resource === null && a.resourceValue === null && b.resourceValue === null && a.library === b.library) return true;
  return null;
}

/** A table that whoever made the service named: two services may have been made over two tables. */
const isGivenOnWiring = (resource: Value): boolean => {
  const root = rootOf(resource);
  return root.k === 'param' && root.wired === true;
};

/** One can follow the other on one path: not on opposite sides of a branch. */
export function exclusive(a: Occurrence, b: Occurrence): boolean {
  if (a.guards.length === 0 || b.guards.length === 0) return false;
  const sides = sidesOf(b);
  if (sides.unlike.length > 0 && sides.unlike.some((parts) => holdsAll(sidesOf(a), parts))) return true;
  for (let i = 0; i < a.guards.length; i += 1) {
    const guard = a.guards[i]!;
    if (guard.together !== undefined) {
      if (holdsAll(sides, guard.together)) return true;
      continue;
    }
    if ((sides.held.get(guard.branch) ?? 0) & (guard.holds ? 1 : 2)) return true;
    // Cases of one switch, implementations of one call: the one that was taken; of another it may only be said that it is not.
    const { branch } = guard.branch as { branch?: object };
    const taken = branch === undefined || !guard.holds ? undefined : sides.cases.get(branch);
    if (taken !== undefined && (taken.size > 1 || !taken.has(guard.branch))) return true;
  }
  return false;
}

/** One stands where all of these hold, after which the other is not reached. */
const holdsAll = ({ held }: Sides, parts: readonly Guard[]): boolean => parts.every(({ branch, holds }) => ((held.get(branch) ?? 0) & (holds ? 2 : 1)) !== 0);

interface Sides {
  /** By branch: 1 where its test does not hold, 2 where it holds. */
  readonly held: ReadonlyMap<object, number>;
  /** By statement: the cases taken. */
  readonly cases: ReadonlyMap<object, ReadonlySet<object>>;
  /** Tests that do not all hold. */
  readonly unlike: readonly (readonly Guard[])[];
}

const sides = told<Occurrence, Sides>();

/** The branches an effect stands in: it is asked for once for each other effect of the execution. */
function sidesOf(occurrence: Occurrence): Sides {
  const known = sides.get(occurrence);
  if (known !== undefined) return known;
  const held = new Map<object, number>();
  const cases = new Map<object, Set<object>>();
  for (const guard of occurrence.guards) {
    if (guard.together === undefined) held.set(guard.branch, (held.get(guard.branch) ?? 0) | (guard.holds ? 2 : 1));
    const { branch } = guard.branch as { branch?: object };
    if (branch === undefined || !guard.holds || guard.together !== undefined) continue;
    const taken = cases.get(branch);
    if (taken === undefined) cases.set(branch, new Set([guard.branch]));
    else taken.add(guard.branch);
  }
  const found = { held, cases, unlike: occurrence.guards.flatMap(({ together }) => (together === undefined ? [] : [together])) };
  sides.set(occurrence, found);
  return found;
}

/** The last of what is tried, and what is done when it fails: when the second happens, the first has not. */
const isFailureOf = (first: Occurrence, { inHandler }: Occurrence): boolean => inHandler !== null && first.attempts.includes(inHandler) && inHandler.handler[0] === first.index + 1;

export const before = (a: Occurrence, b: Occurrence): boolean => a.index < b.index && !exclusive(a, b) && !isFailureOf(a, b) && !(a.inHandler !== null && a.inHandler !== b.inHandler) && !a.regions.some((region) => isLater(region) && !b.regions.includes(region));

/** A closure that was handed over and that nobody waits for: when it runs, the code does not show. */
const isLater = (region: Region): boolean => region.kind === 'background' || region.kind === 'deferred' || (region.kind === 'opaque' && region.waited !== true);

/** A field value that a write gives and reads that it was computed from. */
export interface Feeding { readonly read: Occurrence; readonly fields: readonly string[]; readonly from: readonly string[] }

const written = told<Effect, readonly FieldValue[]>();

/** Fields as written: of the values, and of an entity's changed properties. */
export function writtenFields(m: Machine, write: Effect): readonly FieldValue[] {
  if (write.entity === null) return write.values;
  let found = written.get(write);
  if (found === undefined) written.set(write, (found = withEntity(m, write, write.entity)));
  return found;
}

function withEntity(m: Machine, write: Effect, given: Value): readonly FieldValue[] {
  const written: FieldValue[] = [...write.values];
  for (const option of optionsOf(settled(given))) {
    if (option.k === 'object' || option.k === 'instance') for (const [field, value] of fieldsOf(m, option).fields) written.push({ field, value, how: 'set' });
    else {
      for (const [field, value] of option.sets ?? []) written.push({ field, value, how: 'set' });
      if (option.k === 'library' && option.row !== undefined && option.sets === undefined) for (const [field, value] of option.row.sets ?? []) written.push({ field, value, how: 'set' });
    }
  }
  return written;
}

/** The reads whose fields a write's absolute values are computed from. */
export function readsFeeding(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, write: Occurrence): readonly Feeding[] {
  const found = new Map<Occurrence, { fields: Set<string>; from: Set<string> }>();
  const note = (origin: Origin, field: string, cut: boolean): void => {
    const read = occurrences.get(origin.effect);
    if (read === undefined || read.effect.kind !== 'read' || (origin.how !== 'derived' && !(cut && fieldOf(origin.effect, origin.path) !== null)) || read.index >= write.index) return;
    const entry = found.get(read) ?? { fields: new Set(), from: new Set() };
    entry.fields.add(field);
    entry.from.add(fieldOf(origin.effect, origin.path) ?? '*');
    found.set(read, entry);
  };
  for (const { field, value, how, onInsert } of writtenFields(m, write.effect)) {
    if (how === 'atomic' || onInsert === true) continue;
    for (const origin of originsOf(value)) note(origin, field, isCut(value));
  }
  return [...found].map(([read, { fields, from }]) => ({ read, fields: [...fields], from: [...from] }));
}

/** `row.tags.filter(…)`: the list that the record holds, without some. */
const isCut = (given: Value): boolean => {
  const value = settled(given);
  return value.k === 'derived' && (value.op === 'filter' || value.op === 'slice' || value.op === 'concat');
};

/** A value names the record that the read returned. */
/** `id` of a look-up by id is `_id` of the stored document. */
const sameField = (a: string, b: string): boolean => a === b || ((a.startsWith('_') || b.startsWith('_')) && a.replace(/^_/, '') === b.replace(/^_/, ''));

function namesRowOf(value: Value, read: Effect): boolean {
  for (const origin of originsOf(value)) if (origin.effect === read && origin.how === 'same') return true;
  return false;
}

/** What stands under one key of Redis is mostly a copy that is made again: there, a key has to be the same beyond doubt. */
const keyComparison = (read: Effect): typeof sameSought => (read.system === 'redis' ? sameValue : sameSought);

function looksFor(read: Effect, criterion: Criterion): boolean {
  const sameKey = keyComparison(read);
  for (const other of read.where) if ((other.op === '=' || other.op === 'in') && sameField(other.field, criterion.field) && sameKey(other.value, criterion.value)) return true;
  return false;
}

const records = told<Effect, Map<Effect, Answer>>();

/** Whether the write changes the record that the read returned. Asked by most rules, of each write with each read. */
export function sameRecord(read: Effect, write: Effect): Answer {
  let known = records.get(write);
  if (known === undefined) records.set(write, (known = new Map()));
  let answer = known.get(read);
  if (answer === undefined) known.set(read, (answer = compareRecords(read, write)));
  return answer;
}

function compareRecords(read: Effect, write: Effect): Answer {
  if (write.entity !== null) {
    for (const origin of originsOf(write.entity)) if (origin.effect === read && (origin.path.every((part) => part === '[]' || /^\d+$/.test(part)) || fieldOf(origin.effect, origin.path) === null)) return YES;
  }
  const same = sameResource(read, write);
  if (same === false) return NO;
  if (same === null && (!(read.resource === null || write.resource === null) || (read.resourceValue !== null && isGivenOnWiring(read.resourceValue)))) return NO;
  const sameKey = keyComparison(read);
  let matched = 0;
  for (const criterion of write.where) {
    if (criterion.op !== '=' && criterion.op !== 'in') continue;
    if (namesRowOf(criterion.value, read)) return same === true ? YES : UNSURE;
    if (looksFor(read, criterion)) matched += 1;
  }
  if (matched > 0) return same === true ? YES : UNSURE;
  if (write.where.length === 0 && read.where.length === 0 && write.entity === null && same === true && write.values.length > 0 && write.action !== 'insert') return YES;
  // An upsert or put names its record by the fields it gives.
  if (write.where.length === 0 && (write.action === 'replace' || write.action === 'upsert' || write.action === 'save')) {
    for (const { field, value } of write.values) {
      if (read.where.some((other) => other.field === field && sameKey(other.value, value))) return same === true ? YES : UNSURE;
    }
    if (write.entity !== null && comesFrom(write.entity, read)) return same === true ? YES : UNSURE;
  }
  return same === true && write.whereOpen ? UNSURE : NO;
}

/** The write is refused, or recomputed by the store, when what the read saw has changed. */
export function verifies(m: Machine, write: Occurrence, read: Occurrence, fields: readonly string[]): Answer {
  const { effect } = write;
  const answer = conditionOf(m, write, read, fields);
  // A condition that fails in silence guards nothing: someone must look at how many rows changed.
  return answer.is === 'yes' && effect.conditional === 'no' && effect.shape.affected !== undefined && effect.shape.throwsWhenUnmatched !== true && effect.where.length > 0 && !isConsumed(m, effect) ? NO : answer;
}

/** Some test or the caller looks at what the effect returned. */
export function isConsumed(m: Machine, effect: Effect): boolean {
  return m.walk.tests.length >= MAX_TESTS || [...m.walk.tests, ...m.walk.returned].some((value) => comesFrom(value, effect));
}

/** The write's own condition on what the read saw, whether or not anyone looks at its outcome. */
export function conditionOf(m: Machine, write: Occurrence, read: Occurrence, fields: readonly string[]): Answer {
  const { effect } = write;
  if (effect.conditional === 'yes') return YES;
  if (effect.shape.versioned === true) return YES;
  if (effect.resource !== null && (effect.shape.scope === 'dirty' || effect.action === 'save') && m.program.host.table(effect.resource)?.comparedVersion !== undefined) return YES;
  const wanted = new Set(fields.map((field) => field.toLowerCase()));
  let open = effect.whereOpen;
  for (const criterion of effect.where) {
    const field = criterion.field.toLowerCase();
    if (criterion.op === '?' && field === '?') open = true;
    if (wanted.has(field)) return YES;
    if (/^(version|rev|revision|etag|__v|lock_?version)$/.test(field)) return YES;
    // A column of the read row that is not its key: `where id = row.id and updatedAt = row.updatedAt`.
    const own = originsOf(criterion.value).find((origin) => origin.effect === read.effect && origin.how === 'same');
    const from = own === undefined ? null : fieldOf(own.effect, own.path);
    if (own !== undefined && from !== null && from.toLowerCase() === field && !isKey(m, effect, field) && !read.effect.where.some((other) => other.field.toLowerCase() === field)) return YES;
  }
  if (effect.conditional === 'unknown' || open) return UNSURE;
  return NO;
}

export function isKey(m: Machine, effect: Effect, field: string): boolean {
  if (/^_?id$/i.test(field) || /(_id|Id|uuid|Uuid|slug|pk|sk)$/.test(field)) return true;
  return effect.resource !== null && m.program.host.isUnique(effect.resource, [field]) === 'yes';
}

/** Goes through the transaction, or it cannot be told that it does not. */
const isMember = (occurrence: Occurrence, region: Region): boolean => region.ambient || region.handle === null || occurrence.effect.handle === null || handleOf(occurrence.effect.handle) !== handleOf(region.client) && !isOuterClient(occurrence.effect.handle, region);

const enclosing = (a: Occurrence, b: Occurrence, kind: Region['kind']): readonly Region[] => a.regions.filter((region) => region.kind === kind && b.regions.includes(region));

/** Nobody else can change the record between the read and the write. */
export function excludes(m: Machine, all: readonly Occurrence[], read: Occurrence, write: Occurrence): Answer {
  const transactions = enclosing(read, write, 'transaction');
  for (const region of transactions) {
    const isolation = region.value;
    const text = isolation === null ? '' : isolation.k === 'literal' ? String(isolation.value) : isolation.k === 'external' ? isolation.path : isolation.k === 'access' && typeof isolation.key === 'string' ? isolation.key : isolation.k === 'unknown' || isolation.k === 'param' ? '?' : '';
    if (/serializable|snapshot/i.test(text)) return YES;
    if (text === '?') return UNSURE;
    if (['mongo', 'firestore'].includes(read.effect.system) && read.effect.system === write.effect.system) return YES;
    // Rows locked earlier in the same transaction: SELECT … FOR UPDATE, then the ORM's own read.
    if (all.some((other) => other.effect.locking && other.index <= read.index && other.regions.includes(region) && isMember(other, region) && !exclusive(other, write) && (sameResource(other.effect, read.effect) !== false || other.effect.kind === 'read') && !locksOneOf(other.effect, read.effect))) return YES;
    // The row that was changed before, or the one that what is read belongs to, is locked until the end.
    if (all.some((other) => other.effect.kind === 'write' && other.index < read.index && other.regions.includes(region) && other.effect.action === 'update' && (sameRecord(read.effect, other.effect).is === 'yes' || (isMember(other, region) && namesOwner(other.effect, read.effect))) && !exclusive(other, write))) return YES;
  }
  if (read.effect.locking) {
    const handle = handleOf(read.effect.handle);
    if (handle !== null && handle === handleOf(write.effect.handle)) return YES;
    if (transactions.length === 0 && handle !== null && (handle.k === 'param' || isTransaction(read.effect.handle))) return YES;
    if (transactions.some((region) => isMember(read, region) && isMember(write, region))) return YES;
  }
  for (const region of enclosing(read, write, 'lock')) if (!region.local) return YES;
  if (all.some((other) => other.effect.kind === 'lock' && other.index < read.index && !exclusive(other, write) && !all.some((later) => later.effect.kind === 'unlock' && later.index > other.index && later.index < write.index && later.inHandler === null && !exclusive(later, write)))) return YES;
  // A once-marker or mutex: `if (!(await redis.set(key, 1, 'NX'))) return` ahead of the read.
  for (const guard of read.guards) if (winnersOf(all, guard).some((winner) => winner.index < read.index && keepsOthersOut(winner, read, write))) return YES;
  for (const guard of [...write.guards, ...givingOf(write)]) if (winnersOf(all, guard).some((winner) => winner.index < write.index && keepsOthersOut(winner, read, write))) return YES;
  if (enclosing(read, write, 'idempotent').length > 0) return YES;
  // The caller may have opened a transaction with any isolation.
  if (transactions.length === 0 && (isOpenHandle(m, read.effect.handle) || isOpenHandle(m, write.effect.handle))) return LIKELY_NO;
  if (enclosing(read, write, 'opaque').length > 0) return LIKELY_NO;
  return NO;
}

/** One of the rows that are read together is locked, by a key that they do not share: whoever takes another one of them does not wait for it. */
const locksOneOf = (lock: Effect, read: Effect): boolean =>
  lock !== read && (read.action === 'count' || read.action === 'aggregate' || (read.shape.cardinality === 'many' && read.limit === null)) && lock.where.length > 0 && sameResource(lock, read) === true && lock.where.some((key) => key.op === '=' && !read.where.some((other) => sameField(other.field, key.field)));

/** The rows that are read refer to the record that is written, by the value that names it. */
const namesOwner = (write: Effect, read: Effect): boolean =>
  write.where.some((key) => key.op === '=' && key.value.k !== 'literal' && read.where.some((reference) => reference.op === '=' && sameSought(reference.value, key.value)));

/** Having won this write keeps others from the record: it is a mutex or marker, a change of the record itself, or a claim under its identity. */
function keepsOthersOut(winner: Occurrence, read: Occurrence, write: Occurrence): boolean {
  const { effect } = winner;
  if (effect.system === 'redis' && effect.action !== 'increment' && effect.action !== 'delete') return true;
  if (sameResource(effect, write.effect) === true || sameResource(effect, read.effect) === true) return true;
  if (effect.action === 'increment') return false;
  const identity = [...read.effect.where, ...write.effect.where].map((criterion) => criterion.value);
  return [...effect.where, ...effect.values].some((part) => identity.some((value) => sameValue(part.value, value)));
}

/** The handle came in as a parameter that may be a client or a transaction of any isolation: only a caller tells. A parameter of a client's own type is taken for one. */
export function isOpenHandle(m: Machine, handle: Value | null): boolean {
  const own = handle?.k === 'library' && handle.handle !== null && handle.handle !== handle ? handle.handle : handle;
  return own !== null && leavesOf(own).some((leaf) => {
    if (leaf.k !== 'param') return false;
    if (leaf.type === undefined) return true;
    const type = m.program.catalog.annotated(leaf.type.spec, leaf.type.name);
    return type === undefined || m.program.catalog.trait(type, 'role') === 'transaction' || m.program.catalog.trait(type, 'role') === 'session';
  });
}

export const isTransaction = (handle: Value | null): boolean => handle?.k === 'library' && (handle.type.shape.role === 'transaction' || handle.type.shape.role === 'session');

const winners = told<Guard, readonly Occurrence[]>();

/** Conditional writes whose outcome a guard tests: only one of several callers passes. */
export function winnersOf(all: readonly Occurrence[], guard: Guard): readonly Occurrence[] {
  let found = winners.get(guard);
  if (found === undefined) winners.set(guard, (found = findWinners(all, guard)));
  return found;
}

function findWinners(all: readonly Occurrence[], guard: Guard): readonly Occurrence[] {
  const effects = new Set<Effect>();
  for (const part of guard.together ?? [guard]) for (const { effect } of originsOf(part.test)) if (effect.kind === 'write') effects.add(effect);
  return effects.size === 0 ? [] : all.filter((occurrence) => effects.has(occurrence.effect) && (occurrence.effect.conditional !== 'no' || occurrence.effect.onConflict === 'ignore' || occurrence.effect.action === 'insert' || occurrence.effect.action === 'delete' || occurrence.effect.action === 'increment' || (occurrence.effect.shape.affected !== undefined && occurrence.effect.where.length > 1)));
}

/** Tests that decide whether a write gives some of its fields. */
const givingOf = ({ effect, span, frame }: Occurrence): readonly Guard[] => effect.values.flatMap(({ when }): Guard[] => (when === undefined ? [] : [{ test: when, holds: true, branch: when, span, frame, by: 'value' }]));

/** Reads whose result decides whether an effect is reached, or what it writes, with the test. */
export interface Decision { readonly guard: Guard; readonly read: Occurrence; readonly origin: Origin; readonly part: Guard }

const decisions = told<Occurrence, readonly Decision[]>();

/** Asked by several rules of each effect: found once. */
export function decisionsOf(occurrences: ReadonlyMap<Effect, Occurrence>, occurrence: Occurrence): readonly Decision[] {
  let found = decisions.get(occurrence);
  if (found === undefined) decisions.set(occurrence, (found = findDecisions(occurrences, occurrence)));
  return found;
}

function findDecisions(occurrences: ReadonlyMap<Effect, Occurrence>, occurrence: Occurrence): readonly Decision[] {
  const found: Decision[] = [];
  /** Reads before the effect, by whether a way leads from one to the other: long ways test the same ones again and again. */
  const precedes = new Map<Effect, boolean>();
  const note = (guard: Guard, part: Guard): void => {
    const origins = testedOriginsOf(part.test);
    for (let i = 0; i < origins.length; i += 1) {
      const { effect } = origins[i]!;
      if (effect.kind !== 'read') continue;
      const read = occurrences.get(effect);
      if (read === undefined) continue;
      let leads = precedes.get(effect);
      if (leads === undefined) precedes.set(effect, (leads = read.index < occurrence.index && !exclusive(read, occurrence)));
      if (leads) found.push({ guard, read, origin: origins[i]!, part });
    }
  };
  for (let i = 0; i < occurrence.guards.length; i += 1) {
    const guard = occurrence.guards[i]!;
    if (guard.together === undefined) note(guard, guard);
    else for (const part of guard.together) note(guard, part);
  }
  for (const guard of givingOf(occurrence)) note(guard, guard);
  return found;
}

/** Where records are kept. */
export const STORES: ReadonlySet<Effect['system']> = new Set(['sql', 'mongo', 'dynamo', 'firestore', 'cosmos']);

const UNREAD: ReadonlySet<Effect['system']> = new Set([...STORES, 'redis', 'clickhouse', 'search']);

/** A statement as text that is out of view: it may read, write, or change tables. */
export const isUnread = (effect: Effect): boolean => effect.kind === 'call' && UNREAD.has(effect.system);
