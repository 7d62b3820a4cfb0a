import type { Criterion, Effect, FieldValue, Occurrence } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { comesFrom, fieldOf, leavesOf, originsOf, sourcesIn, withinField } from '../program/origins.ts';
import { selectionsOf } from './selections.ts';
import { type Decision, type Feeding, STORES, exclusive, sameName, sameRecord, sameResource, writtenFields } from './records.ts';
import { type Value, isFixed, optionsOf, sameValue, settled, UNDEFINED } from '../program/value.ts';

export type Verdict =
  /** The row is not there: insert it. */
  | { readonly kind: 'absent'; readonly columns: readonly string[] }
  /** No row has this name: give it to one. */
  | { readonly kind: 'renamed'; readonly field: string; readonly columns: readonly string[] }
  /** A count or sum is below a bound: add one more. */
  | { readonly kind: 'count'; /** There is none at all yet, of anybody: only whoever sets the system up meets that. */ readonly first?: true }
  /** Enough are left: take one of them away. */
  | { readonly kind: 'last' }
  /** What this execution is a part of is complete, as counted after its own part: end it. */
  | { readonly kind: 'complete' }
  /** A field has the value that allows this step: take it. */
  | { readonly kind: 'state'; readonly field: string; readonly irreversible: boolean; /** Only tested for being set, or changed nowhere here. */ readonly weak: boolean; /** It is a part of what the field holds, by its name within: the rest is written back as it was read. */ readonly part?: string; /** It was asked for in the look-up, and not tested after. */ readonly asked?: true; /** It was unset and gets the moment. */ readonly stamped?: true; /** All that is tested is whether it is already as it is written. */ readonly already?: true }
  /** The row is there: use it up. */
  | { readonly kind: 'consume' }
  /** A field has the value in which the row may go: delete it. */
  | { readonly kind: 'removed'; readonly field: string };

/** Reads off a guard what the read decides about the effect; null when the decision is none of the three. */
export function decisionKind(m: Machine, decision: Decision, act: Occurrence): Verdict | null {
  const { read, origin, part } = decision;
  const { effect } = act;
  if (read.effect.kind !== 'read' || origin.path.length > 6) return null;
  const field = fieldOf(read.effect, origin.path);
  const tells = field === null ? undefined : read.effect.shape.tells?.[field];
  const test = testOf(part.test, read);
  const together = decision.guard.together !== undefined;
  // What else the write gives does not hang on it.
  const giving = decision.guard.by === 'value' ? decision.guard.test : null;
  if (giving !== null) return givenState(m, decision, act, field, giving);
  // Searched in the rows that came along with another: `project.environments.find(…)`.
  if (!together && origin.path.at(-1) === '[]' && effect.kind === 'write' && effect.action === 'insert' && effect.resource !== null && polarity(part.test, part.holds, read) === 'absent') {
    const table = tableAt(m, read.effect, origin.path);
    if (table !== null && sameName(table, effect.resource)) return { kind: 'absent', columns: [] };
  }
  if (!together && isComplete(m, decision, act)) return { kind: 'complete' };
  // How many came along with another: `event._count.tickets`, `event.tickets.length`.
  if (!together && effect.kind === 'write' && effect.action === 'insert' && effect.conditional === 'no' && effect.resource !== null && isRelatedCount(m, read, origin.path, part.test, effect.resource)) return { kind: 'count' };
  if (entersCounted(m, decision, act, field)) return { kind: 'count' };
  if (isCount(read, field, origin.path, part.test)) {
    if (leavesCounted(m, decision, act)) return { kind: 'last' };
    if (effect.kind !== 'write' || effect.weight !== 'business' || !['insert', 'increment', 'upsert'].includes(effect.action) && !(effect.action === 'update' && effect.values.some((value) => value.how === 'atomic'))) return null;
    // One more because there are some: that sets no bound.
    if (!together && polarity(part.test, part.holds, read) === 'present') return null;
    // Whether the name is that of one alone.
    if (read.effect.action !== 'count' && asksForOne(part.test, read)) return null;
    // What was counted is what this adds to: a counter of something else is no part of the bound.
    if (sameResource(read.effect, effect) !== true || (effect.action === 'insert' && effect.conditional === 'yes')) return null;
    // Counted to see whether there is one, and then one of those that are there is changed.
    if (effect.action === 'update' && !ranged(part.test, read)) return null;
    if (together || polarity(part.test, part.holds, read) !== 'absent') return { kind: 'count' };
    if (read.effect.where.length === 0 && !read.effect.whereOpen) return { kind: 'count', first: true };
    const searched = searchedBy(read);
    return searched === null ? null : searched.length === 0 || effect.action !== 'insert' ? { kind: 'count' } : { kind: 'absent', columns: searched.map((criterion) => criterion.field) };
  }
  // Those of a list that are there go all at once: nobody takes one of them for himself.
  if (effect.action === 'delete' && read.effect.shape.cardinality === 'many' && read.effect.limit === null && (origin.path.length === 0 || asksLength(part.test))) return null;
  const rowItself = field === null || field === 'length' || tells !== undefined || test === 'absent-row';
  if (rowItself) {
    const absent = !together && polarity(part.test, part.holds, read) === (tells === 'none' ? 'present' : 'absent');
    // A cache that is filled with what was fetched elsewhere: twice is no harm.
    const keyed = effect.system === 'redis' || (effect.system === 'store' && effect.weight === 'business');
    if (absent && keyed && (effect.values.some((written) => originsOf(written.value).length > 0 || isFetched(written.value, 8)) || keepsAbsence(m, act))) return null;
    if (absent && effect.kind === 'write' && (effect.action === 'insert' || effect.action === 'save' || ((effect.action === 'replace' || (effect.action === 'upsert' && keyed)) && sameRecord(read.effect, effect).is === 'yes')) && effect.conditional === 'no' && sameResource(read.effect, effect) === true) {
      const searched = searchedBy(read);
      if (searched === null) return null;
      // What was found is copied.
      if (effect.values.some((written) => originsOf(written.value).some((source) => source.effect === read.effect && source.how === 'same' && source.path.includes('[]')))) return null;
      // After a loop that ended with nothing found, what is inserted must be what was searched.
      if (decision.guard.by === 'way' && !searched.some((criterion) => effect.values.some((written) => written.field === criterion.field && optionsOf(written.value).some((option) => optionsOf(criterion.value).some((other) => sameValue(option, other)))))) return null;
      return { kind: 'absent', columns: [...new Set([...searched.map((criterion) => criterion.field), ...comparedIn(part.test, read).filter((column) => effect.values.some((written) => written.field === column)), ...(effect.rest.length > 0 ? searchedFor(part.test, read) : [])])] };
    }
    if (absent && effect.kind === 'write' && effect.action === 'update' && effect.conditional === 'no' && sameResource(read.effect, effect) === true && sameRecord(read.effect, effect).is === 'no') {
      const searched = read.effect.where.filter((criterion) => criterion.op === '=');
      const named = searched.find(({ field: column, value }) => !isConstant(value) && effect.values.some((written) => written.field === column && written.how === 'set' && sameValue(settled(written.value), settled(value))));
      return named === undefined ? null : { kind: 'renamed', field: named.field, columns: searched.map((criterion) => criterion.field) };
    }
    if (!absent && effect.kind === 'write' && effect.action === 'delete' && sameRecord(read.effect, effect).is === 'yes') return { kind: 'consume' };
    // Attempts, points: a number under a key.
    if (effect.kind === 'write' && effect.action === 'increment' && ranged(part.test, read) && sameRecord(read.effect, effect).is === 'yes') return { kind: 'count' };
    const listed = act.regions.some((region) => region.over !== null && ofRead(region.over, read));
    const picked = absent || together || listed ? null : movesOn(m, act, read);
    if (picked !== null && part.test.k !== 'unknown' && polarity(part.test, part.holds, read) === 'present') return { kind: 'state', field: picked, irreversible: false, weak: true, asked: true, ...(isStamped(m, act, read, picked) ? { stamped: true } : {}) };
    return null;
  }
  if (field === null) return null;
  const related = together ? null : relatedField(m, read, origin.path, act);
  if (related !== null && compared(part.test, read) && writtenFields(m, effect).some((written) => written.field === related && (written.how === 'atomic' || isStep(written.value)))) return { kind: 'state', field: related, irreversible: false, weak: polarity(part.test, part.holds, read) !== 'other' };
  if (effect.kind === 'charge' || effect.kind === 'send') {
    // Cases of a field that nothing here changes are kinds, no states.
    const moves = m.walk.occurrences.some((other) => other.effect.kind === 'write' && sameResource(read.effect, other.effect) === true && !exclusive(other, act) && writtenFields(m, other.effect).some((written) => written.field === field && isStep(written.value)));
    if (!moves && (decision.guard.branch as { branch?: object }).branch !== undefined) return null;
    // A setting or a fact about the receiver: sending twice is not what it keeps from.
    if (!moves && effect.kind === 'send') return null;
    return compared(part.test, read) ? { kind: 'state', field, irreversible: true, weak: !moves } : null;
  }
  if (effect.kind !== 'write' || sameRecord(read.effect, effect).is !== 'yes') return null;
  if (effect.action === 'insert') return null;
  if (effect.action === 'delete') return compared(part.test, read) && isMoved(m, effect, field) ? { kind: 'removed', field } : null;
  // What was given or computed takes the place of the old value: an edit, and no step from one state to the next, unless there was none.
  const within = withinField(read.effect, origin.path);
  const given = givenTo(m, effect, read).flatMap((written) => partGiven(written, field, within));
  const inside = given.length > 0 && within.length > 0 && given.every((written) => written.part) ? within.join('.') : undefined;
  const moves = given.some((written) => written.how === 'atomic' || isStep(written.value) || isUnset(part.test, part.holds, read, field) || isLater(part.test, written.value));
  if (moves && compared(part.test, read)) return { kind: 'state', field, irreversible: false, weak: polarityOf(field, part.test, part.holds, read) !== 'other', ...(inside === undefined ? {} : { part: inside }), ...(given.every(({ value }) => isOther(part.test, part.holds, read, field, value)) ? { already: true } : {}) };
  // Handed on by whoever holds it: `row.owner === user` and then another owner.
  // Counted on, after it was what whoever asks had seen: a version that the write itself does not ask for.
  const handedOn = !together && writtenFields(m, effect).some((written) => written.field === field && (written.how === 'set' || written.repeatable !== true) && demandsAnother(part.test, part.holds, read, field, written.value));
  return handedOn ? { kind: 'state', field, irreversible: false, weak: true } : null;
}

/** What the write gives to the field, or to the part of it that was tested: `{ ...row.settings, state: 'on' }`, `'settings.state'`. */
function partGiven(written: FieldValue, field: string, within: readonly string[]): readonly (FieldValue & { readonly part: boolean })[] {
  if (within.length > 0 && written.field === [field, ...within].join('.')) return [{ ...written, part: true }];
  if (written.field !== field) return [];
  const held = within.length > 0 && written.how === 'set' ? heldAt(written.value, within) : null;
  return [held === null ? { ...written, part: false } : { ...written, value: held, part: true }];
}

function heldAt(given: Value, path: readonly string[]): Value | null {
  const value = settled(given);
  const [key, ...more] = path;
  if (key === undefined) return value;
  const held = value.k === 'object' ? value.props.get(key) : undefined;
  return held === undefined ? null : heldAt(held, more);
}

/** That another store has no such row is kept for a while: a mark that there is nothing to be had. */
const keepsAbsence = (m: Machine, { effect, guards }: Occurrence): boolean =>
  guards.some(({ test, holds, together }) => together === undefined && originsOf(test).some((origin) => {
    const other = origin.effect.kind === 'read' && origin.effect.system !== effect.system && STORES.has(origin.effect.system) ? m.walk.occurrences.find((occurrence) => occurrence.effect === origin.effect) : undefined;
    return other !== undefined && polarity(test, holds, other) === 'absent';
  }));

/** Of several tests, the one that asks for the field. */
function polarityOf(field: string, test: Value, holds: boolean, read: Occurrence): 'absent' | 'present' | 'other' {
  const value = settled(test);
  if (value.k === 'derived' && (value.op === '!' || value.op === 'Boolean')) return polarityOf(field, value.from[0]!, value.op === '!' ? !holds : holds, read);
  const asking = value.k === 'derived' && value.op === (holds ? '&&' : '||') ? value.from.find((part) => originsOf(part).some((origin) => origin.effect === read.effect && fieldOf(origin.effect, origin.path) === field)) : undefined;
  return asking === undefined ? polarity(test, holds, read) : polarityOf(field, asking, holds, read);
}

/** Fields that the write gives to the row of the read: where it saves one of several entities, what the others were given does not count. */
function givenTo(m: Machine, effect: Effect, read: Occurrence): readonly FieldValue[] {
  const fields = writtenFields(m, effect);
  const others = effect.entity === null ? [] : optionsOf(settled(effect.entity)).filter((option) => !comesFrom(option, read.effect));
  const set = others.flatMap((option) => setsOf(option));
  return set.length === 0 ? fields : fields.filter(({ field, value }) => !set.some(([name, other]) => name === field && other === value));
}

const setsOf = (option: Value): readonly (readonly [string, Value])[] => [...('sets' in option ? (option.sets ?? []) : []), ...(option.k === 'library' ? (option.row?.sets ?? []) : option.k === 'object' ? option.props : [])];

/** The field was null when the row was looked up, and gets the time it is. */
const isStamped = (m: Machine, act: Occurrence, read: Occurrence, field: string): boolean =>
  read.effect.where.some((picked) => picked.field === field && picked.op === 'null') && writtenFields(m, act.effect).every((written) => written.field !== field || settled(written.value).k === 'source');

/** The test holds (with this polarity) when the field is not yet what is written there. */
function isOther(test: Value, holds: boolean, read: Occurrence, field: string, written: Value): boolean {
  return equated(test, !holds, read).some(({ path, other }) => fieldOf(read.effect, path) === field && sameValue(other, settled(written)));
}

const COMMON: ReadonlySet<Value['k']> = new Set(['literal', 'undefined', 'external', 'source', 'row']);

/** Whoever takes this step writes the same: a state, the moment, what was read; nothing that one caller has and another has not. */
export const writesAlike = (m: Machine, { effect }: Occurrence): boolean =>
  (effect.rest.length === 0 || effect.entity !== null) && writtenFields(m, effect).every(({ value, how }) => how === 'set' && leavesOf(value).every((leaf) => COMMON.has(leaf.k)));

/** Somewhere in the program rows that are there get another constant in this field: other steps than this one lead on from where it starts. Null: nobody can say. */
export function movesOtherwise(m: Machine, { effect }: Occurrence, field: string): boolean | null {
  if (effect.resource === null) return null;
  const selections = selectionsOf(m, effect.resource, field);
  const own = writtenFields(m, effect).filter((written) => written.field === field).map(({ value }) => settled(value));
  return selections === null ? null : selections.some((other) => ['update', 'save', 'replace', 'upsert'].includes(other.effect.action) && writtenFields(m, other.effect).some((written) => written.field === field && written.onInsert !== true && isConstant(written.value) && !own.some((value) => sameValue(value, settled(written.value)))));
}

/** The test holds (with this polarity) when the field equals something that is not what is written there. */
function demandsAnother(test: Value, holds: boolean, read: Occurrence, field: string, written: Value): boolean {
  return originsOf(written).every((origin) => origin.effect !== read.effect) && equated(test, holds, read).some(({ path, other }) => fieldOf(read.effect, path) === field && !sameValue(other, settled(written)));
}

/** What the read gave is what somebody brings along to be let through: a code that was sent, a token. */
export const isMatched = (decisions: readonly Decision[], read: Occurrence): boolean =>
  decisions.some(({ read: decides, part }) => decides === read && equated(part.test, part.holds, read).some(({ other }) => !isConstant(other)));

/** Parts of what was read that, where the test holds (with this polarity), equal something else. */
function equated(test: Value, holds: boolean, read: Occurrence): readonly { readonly path: readonly string[]; readonly other: Value }[] {
  const value = settled(test);
  // `a || b` that does not hold: neither does.
  if (value.k === 'phi') return holds ? [] : value.options.flatMap((option) => equated(option, holds, read));
  if (value.k !== 'derived') return [];
  if (value.op === '!' || value.op === 'Boolean') return equated(value.from[0]!, value.op === '!' ? !holds : holds, read);
  if (value.op === (holds ? '&&' : '||')) return value.from.flatMap((part) => equated(part, holds, read));
  if (!['===', '==', '!==', '!='].includes(value.op) || value.op.startsWith('=') !== holds) return [];
  return value.from.flatMap((given, i) => {
    const [part, other] = [settled(given), settled(value.from[1 - i]!)];
    return part.k === 'row' && part.effect === read.effect && !isNothing(other) ? [{ path: part.path, other }] : [];
  });
}

const isNothing = (value: Value): boolean => value.k === 'undefined' || (value.k === 'literal' && value.value === null);

/** Some of the fields are given because of a state that the record was read in: that state is left by them, or by another write of the same execution while one more is counted here. */
function givenState(m: Machine, { read, part }: Decision, act: Occurrence, field: string | null, giving: Value): Verdict | null {
  if (field === null || act.effect.kind !== 'write' || act.effect.action === 'insert' || !compared(part.test, read)) return null;
  const given = act.effect.values.filter((written) => written.when === giving);
  if (sameRecord(read.effect, act.effect).is === 'yes') return given.some((written) => written.field === field && isStep(written.value)) ? { kind: 'state', field, irreversible: false, weak: polarity(part.test, part.holds, read) !== 'other' } : null;
  if (!given.some((written) => written.how === 'atomic' && written.repeatable !== true)) return null;
  const moves = m.walk.occurrences.some((other) => other.effect.kind === 'write' && !exclusive(other, act) && sameRecord(read.effect, other.effect).is === 'yes' && writtenFields(m, other.effect).some((written) => written.field === field && (written.how === 'atomic' || isStep(written.value))));
  return moves ? { kind: 'state', field, irreversible: true, weak: false } : null;
}

/** Made of nothing but what an insert gave. */
function isOfInserted(value: Value): boolean {
  const origins = originsOf(value);
  return origins.length > 0 && origins.every(({ effect }) => effect.kind === 'write' && effect.action === 'insert');
}

function asksLength(test: Value): boolean {
  const value = settled(test);
  return value.k === 'derived' && (value.op === 'length' || (['!', 'Boolean', '>', '>=', '<', '<=', '===', '!==', '==', '!='].includes(value.op) && value.from.some(asksLength)));
}

/** What something out of view made of something. */
function isFetched(given: Value, depth: number): boolean {
  const value = settled(given);
  if (depth === 0) return false;
  switch (value.k) {
    case 'derived': return (value.op === 'call' && !isFixed(value)) || value.from.some((part) => isFetched(part, depth - 1));
    case 'access': case 'item': return isFetched(value.of, depth - 1);
    case 'phi': return value.options.some((option) => isFetched(option, depth - 1));
    case 'object': return [...value.props.values(), ...value.spreads].some((part) => isFetched(part, depth - 1));
    case 'array': return [...value.items, ...value.spreads, ...value.pushed.map((push) => push.value)].some((part) => isFetched(part, depth - 1));
    default: return false;
  }
}

/** What is written was compared with what is stored, for which of the two is further on: a version, a revision, a high-water mark. */
function isLater(test: Value, written: Value): boolean {
  const value = settled(test);
  if (value.k !== 'derived') return false;
  if (['!', '&&', '||', 'Boolean'].includes(value.op)) return value.from.some((part) => isLater(part, written));
  return ['<', '<=', '>', '>='].includes(value.op) && value.from.some((part) => sameValue(settled(part), settled(written)));
}

/** Something in the program changes the field of rows that are there: it is a state, no kind. */
function isMoved(m: Machine, { resource }: Effect, field: string): boolean {
  if (resource === null) return false;
  const selections = selectionsOf(m, resource, field);
  return selections === null || selections.some(({ effect }) => ['update', 'save', 'replace', 'upsert'].includes(effect.action) && writtenFields(m, effect).some((written) => written.field === field));
}

/** The table of the related rows that a path within a read's rows leads to; null when it stays in the read's own, or no schema tells. */
function tableAt(m: Machine, read: Effect, path: readonly string[]): string | null {
  let at = read.resource;
  for (const part of path) {
    if (part === '[]' || /^\d+$/.test(part)) continue;
    at = at === null ? null : (m.program.host.table(at)?.relations?.[part] ?? null);
  }
  return at === read.resource ? null : at;
}

/** A column of a row that continues what the newest row, or the number of rows, was when it was read. */
export function continues(act: Occurrence, { read, fields, from }: Feeding): string | null {
  if (act.effect.kind !== 'write' || sameResource(read.effect, act.effect) !== true) return null;
  const { action, order } = read.effect;
  // A row that is there gets the next number: what it continues is another one.
  if (act.effect.action === 'update') return sameRecord(read.effect, act.effect).is === 'no' && act.effect.where.some(({ op }) => op === '=') ? (fields.find((field) => from.includes(field) && (action === 'aggregate' || order?.[0]?.field === field && order[0].descending)) ?? null) : null;
  if (act.effect.action !== 'insert') return null;
  if (action === 'count' || action === 'aggregate') return fields[0] ?? null;
  return order === null || order.length === 0 ? null : (fields.find((field) => from.includes(field) && act.effect.values.some((written) => written.field === field && isNext(written.value, read, field))) ?? null);
}

/** Made of that field of one row: what each row of a list has is copied, and not continued. */
const isNext = (value: Value, read: Occurrence, field: string): boolean =>
  originsOf(value).some(({ effect, path, how }) => effect === read.effect && how === 'derived' && !path.includes('[]') && fieldOf(effect, path) === field);

/** The field by which a read picked its rows and which the write then moves on to another constant, naming the row by its key alone. */
export function movesOn(m: Machine, act: Occurrence, read: Occurrence): string | null {
  if (!['update', 'save', 'replace'].includes(act.effect.action) || read.effect.where.length === 0) return null;
  for (const { field, value, how } of writtenFields(m, act.effect)) {
    if (how === 'set' && isStep(value) && read.effect.where.some((picked) => picked.field === field && ['=', 'in', 'null'].includes(picked.op) && isConstant(picked.value) && !sameValue(picked.value, value))) return sameRecord(read.effect, act.effect).is === 'yes' ? field : null;
  }
  return null;
}

/** By what a row was looked for; null where nobody else makes up the same identifier in that moment, or knows the row yet that was just inserted. */
function searchedBy({ effect }: Occurrence): readonly Criterion[] | null {
  const searched = effect.where.filter((criterion) => criterion.op === '=' || criterion.op === 'in');
  return searched.some((criterion) => sourcesIn(criterion.value, ['id', 'random']).length > 0 || isOfInserted(criterion.value)) ? null : searched;
}

/** The test looks at the read's own rows: absent, a field, a count. */
function testOf(test: Value, read: Occurrence): 'absent-row' | 'other' {
  const value = strip(test);
  if (value.k === 'row' && value.effect === read.effect && fieldOf(read.effect, value.path) === null) return 'absent-row';
  return 'other';
}

const strip = (value: Value): Value => {
  let at = settled(value);
  while (at.k === 'derived' && (at.op === '!' || at.op === 'Boolean')) at = settled(at.from[0]!);
  return at.k === 'library' && at.row !== undefined ? at.row : at;
};

function isCount(read: Occurrence, field: string | null, path: readonly string[], test: Value): boolean {
  // `rows.length >= 5`: a list that was read to be counted; not `take: 2`, to see whether the name is that of one alone.
  const { limit } = read.effect;
  const most = typeof limit === 'number' ? limit : limit?.k === 'literal' ? Number(limit.value) : Infinity;
  if (read.effect.shape.cardinality === 'many' && most > 2 && path.length <= 1 && (path.length === 0 || path[0] === 'length') && boundsLength(test, read)) return true;
  if (read.effect.shape.total !== undefined && path.join('.') === read.effect.shape.total) return true;
  if (field !== null && read.effect.counts.includes(field)) return true;
  return (read.effect.action === 'count' && (field === null || field === 'count' || read.effect.shape.sql !== undefined)) || read.effect.action === 'aggregate';
}

/** The field of a row that came along with another, where the write names that row: `where: { id: user.wallet.id }`. */
function relatedField(m: Machine, read: Occurrence, path: readonly string[], { effect }: Occurrence): string | null {
  const to = path.slice(0, -1);
  if (effect.kind !== 'write' || effect.action === 'insert' || effect.action === 'delete' || effect.resource === null || to.length === 0 || to.includes('[]')) return null;
  const table = tableAt(m, read.effect, to) ?? (read.effect.resource !== null && m.program.host.table(read.effect.resource) === undefined ? to.at(-1)! : null);
  if (table === null || !sameName(table, effect.resource)) return null;
  const named = effect.where.some(({ op, value }) => op === '=' && originsOf(value).some((origin) => origin.effect === read.effect && origin.how === 'same' && origin.path.slice(0, -1).join() === to.join()));
  return named ? path.at(-1)! : null;
}

/** None are left of what was counted, or as many are done as there are, after this execution did one of them itself: whoever counts next sees the same. */
function isComplete(m: Machine, { read, part }: Decision, act: Occurrence): boolean {
  const { effect } = act;
  if (read.effect.action !== 'count' || effect.weight !== 'business' || !isMoreTwice(effect)) return false;
  if (!(polarity(part.test, part.holds, read) === 'absent' || asMany(part.test, part.holds, read))) return false;
  return m.walk.occurrences.some((own) => own.index < read.index && own.effect.kind === 'write' && own.effect.action !== 'increment' && !exclusive(own, act) && own.inHandler === null && isCounted(own, read));
}

/** Done twice, it is more than done once: a request that changes something, a row of another table. */
const isMoreTwice = (effect: Effect): boolean =>
  effect.kind === 'publish' || effect.kind === 'send' || effect.kind === 'charge' || (effect.kind === 'call' && effect.system === 'http' && effect.method !== null && effect.method !== 'PUT' && effect.method !== 'DELETE') || (effect.kind === 'write' && effect.system !== 'redis' && effect.conditional === 'no' && (effect.action === 'insert' || effect.action === 'increment'));

/** In SQL a row of the table that is counted, in Redis a member of the set. */
const isCounted = (own: Occurrence, read: Occurrence): boolean => (read.effect.system === 'redis' ? sameRecord(read.effect, own.effect).is === 'yes' : own.effect.action === 'update' && sameResource(read.effect, own.effect) === true && writesCounted(own.effect, read.effect));

/** It gives a column by which rows are counted another value than those have. */
const writesCounted = (write: Effect, read: Effect): boolean => write.values.some(({ field, value }) => read.where.some((counted) => counted.field === field && !sameValue(counted.value, value)));

/** Two counts are the same. */
function asMany(test: Value, holds: boolean, read: Occurrence): boolean {
  const value = settled(test);
  if (value.k !== 'derived') return false;
  if (value.op === '!' || value.op === 'Boolean') return asMany(value.from[0]!, value.op === '!' ? !holds : holds, read);
  if (!['===', '==', '!==', '!='].includes(value.op) || value.op.startsWith('=') !== holds) return false;
  return value.from.every((side) => originsOf(side).some(({ effect }) => effect.action === 'count')) && value.from.some((side) => ofRead(side, read));
}

/** `rows.length > 1` */
function asksForOne(test: Value, read: Occurrence): boolean {
  const value = settled(test);
  if (value.k !== 'derived') return false;
  if (['!', 'Boolean', '&&', '||'].includes(value.op)) return value.from.some((part) => asksForOne(part, read));
  const [left, right] = value.from.map((part) => settled(part));
  return (value.op === '>' && isLength(left!, read) && right!.k === 'literal' && right!.value === 1) || (value.op === '<' && isLength(right!, read) && left!.k === 'literal' && left!.value === 1);
}

/** The number of the rows is compared with a bound; not whether there are any. */
function boundsLength(test: Value, read: Occurrence): boolean {
  const value = settled(test);
  if (value.k === 'phi') return value.options.some((option) => boundsLength(option, read));
  if (value.k !== 'derived') return false;
  if (['!', 'Boolean', '&&', '||'].includes(value.op)) return value.from.some((part) => boundsLength(part, read));
  if (!['<', '<=', '>', '>='].includes(value.op)) return false;
  const [left, right] = value.from.map((part) => settled(part));
  // `seats - members.length <= 0`, `members.length + invited.length >= seats`
  const sums = [left!, right!].map((side) => sumWith(side, (term) => isLength(term, read)));
  if (sums.includes('left') || (sums.includes('sum') && ![left!, right!].some((side) => side.k === 'literal' && side.value === 0))) return true;
  const [length, bound] = isLength(left!, read) ? [left, right] : [right, left];
  return isLength(length!, read) && !(bound!.k === 'literal' && (bound!.value === 0 || (bound!.value === 1 && ['<', '>='].includes(value.op) === (length === left))));
}

const KEEPS_SUM = new Set(['max', 'min', 'Number', 'Math.max', 'Math.min']);

/** The value adds to what is counted, or takes it away from something: what is left. */
function sumWith(given: Value, counted: (term: Value) => boolean, depth = 0): 'left' | 'sum' | null {
  const value = settled(given);
  if (depth > 4) return null;
  if (value.k === 'phi') return value.options.map((option) => sumWith(option, counted, depth + 1)).find((found) => found !== null) ?? null;
  if (value.k !== 'derived') return null;
  const holds = (term: Value): boolean => {
    const at = settled(term);
    return counted(at) || (at.k === 'phi' && at.options.some(holds)) || sumWith(at, counted, depth + 1) !== null;
  };
  if (value.op === '-' && value.from.length === 2) return holds(value.from[1]!) ? 'left' : holds(value.from[0]!) ? 'sum' : null;
  if (value.op === '+') return value.from.some(holds) ? 'sum' : null;
  return KEEPS_SUM.has(value.op) ? (value.from.map((part) => sumWith(part, counted, depth + 1)).find((found) => found !== null) ?? null) : null;
}

/** The write makes one more row one of those that were counted: `count({ where: { active: true } })`, and then `active: true`. */
function entersCounted(m: Machine, { read, part, guard }: Decision, { effect }: Occurrence, field: string | null): boolean {
  if (effect.kind !== 'write' || (effect.action !== 'update' && effect.action !== 'save') || effect.conditional === 'yes' || sameResource(read.effect, effect) !== true) return false;
  if (effect.entity === null && !effect.where.some((key) => key.op === '=' && read.effect.where.every((counted) => counted.field !== key.field))) return false;
  const holds = guard.together === undefined ? part.holds : !part.holds;
  const becomes = (is: (column: string, value: Value) => boolean): boolean => writtenFields(m, effect).some(({ field: column, value, how }) => how === 'set' && isConstant(value) && is(column, settled(value)));
  if (read.effect.action === 'count') {
    if (!(field === null || field === 'count' || read.effect.counts.includes(field)) || !(isBelow(part.test, holds, (term) => ofRead(term, read)) || polarity(part.test, holds, read) === 'absent')) return false;
    return becomes((column, value) => read.effect.where.some((counted) => counted.field === column && (counted.op === '=' ? sameValue(counted.value, value) : counted.op === 'in' && counted.value.k === 'array' && counted.value.items.some((item) => sameValue(item, value)))));
  }
  if (read.effect.shape.cardinality !== 'many') return false;
  const kept: Value[] = [];
  const isPart = (term: Value): boolean => {
    const list = term.k === 'derived' && term.op === 'length' ? settled(term.from[0]!) : null;
    if (list?.k !== 'derived' || list.op !== 'filter' || list.keeps === undefined || rowsOf(list.from[0]!) !== read.effect) return false;
    kept.push(list.keeps);
    return true;
  };
  return isBelow(part.test, holds, isPart) && becomes((column, value) => kept.some((test) => passes(test, true, read, column, value)));
}

/** The test holds (with this polarity) when less is counted than may be: `taken < seats`, `seats - taken > 0`. */
function isBelow(test: Value, holds: boolean, counted: (term: Value) => boolean): boolean {
  const value = settled(test);
  if (value.k === 'phi') return !holds && value.options.some((option) => isBelow(option, holds, counted));
  if (value.k !== 'derived') return false;
  if (value.op === '!' || value.op === 'Boolean') return isBelow(value.from[0]!, value.op === '!' ? !holds : holds, counted);
  if (value.op === (holds ? '&&' : '||')) return value.from.some((side) => isBelow(side, holds, counted));
  if (!['<', '<=', '>', '>='].includes(value.op)) return false;
  const less = value.op.startsWith('<') === holds;
  return value.from.some((given, i) => {
    const side = settled(given);
    const sum = sumWith(side, counted);
    return sum === 'left' ? less === (i === 1) : (sum === 'sum' || counted(side)) && less === (i === 0);
  });
}

/** A row of which this field has this value is one of those that the test lets through, as far as it asks for the field. */
function passes(test: Value, holds: boolean, read: Occurrence, column: string, written: Value): boolean {
  const value = settled(test);
  const asks = (part: Value): boolean => part.k === 'row' && part.effect === read.effect && fieldOf(read.effect, part.path) === column;
  if (asks(value)) return written.k === 'literal' && Boolean(written.value) === holds;
  if (value.k !== 'derived') return false;
  if (value.op === '!' || value.op === 'Boolean') return passes(value.from[0]!, value.op === '!' ? !holds : holds, read, column, written);
  if (value.op === (holds ? '&&' : '||')) return value.from.some((part) => passes(part, holds, read, column, written));
  if (!['===', '==', '!==', '!='].includes(value.op) || value.op.startsWith('=') !== holds) return false;
  return value.from.some((part, i) => asks(settled(part)) && sameValue(settled(value.from[1 - i]!), written));
}

/** Of the rows as they were read: a part of them is chosen by more than the store was asked for. */
const isLength = (value: Value, read: Occurrence): boolean =>
  value.k === 'row' ? value.effect === read.effect && value.path.length === 1 && value.path[0] === 'length' : value.k === 'derived' && value.op === 'length' && rowsOf(value.from[0]!) === read.effect;

const rowsOf = (given: Value): Effect | null => {
  const value = settled(given);
  return value.k === 'row' && value.path.length === 0 ? value.effect : value.k === 'library' && value.row !== undefined && value.row.path.length === 0 ? value.row.effect : null;
};

/** The number of the related rows, compared with a bound, is the number of those of which one more is inserted. */
function isRelatedCount(m: Machine, read: Occurrence, path: readonly string[], test: Value, inserted: string): boolean {
  if (path.length < 2 || !(path.at(-1) === 'length' || path.includes('_count')) || !ranged(test, read)) return false;
  const relation = path.filter((part) => part !== '_count' && part !== 'length');
  const table = tableAt(m, read.effect, relation);
  return table !== null ? sameName(table, inserted) : read.effect.resource !== null && m.program.host.table(read.effect.resource) === undefined && sameName(relation.at(-1) ?? '', inserted);
}

/** At least so many were counted, and the write takes one of them out of what was counted: deletes it, or moves it on. */
function leavesCounted(m: Machine, { read, part, guard }: Decision, act: Occurrence): boolean {
  const { effect } = act;
  if (effect.kind !== 'write' || sameResource(read.effect, effect) !== true || !(effect.entity !== null || effect.where.some((criterion) => criterion.op === '='))) return false;
  // One of those that were counted is named by more than what they have in common.
  if (sameRecord(read.effect, effect).is === 'yes' && !effect.where.some((key) => key.op === '=' && !read.effect.where.some((counted) => counted.field === key.field))) return false;
  // Asked where something else holds: `if (row.role === ADMIN) await mustNotBeLast()`.
  const holds = guard.together === undefined ? part.holds : !part.holds;
  if (!atLeast(part.test, holds, read)) return false;
  // That there are any is enough for whoever works them off; that there are others is not.
  if (polarity(part.test, holds, read) === 'present' && !read.effect.where.some(({ op }) => op === '!=' || op === '!in' || op === '?')) return false;
  if (effect.action === 'delete') return true;
  return writtenFields(m, effect).some(({ field, value, how }) => how === 'set' && read.effect.where.some((counted) => counted.field === field && isConstant(counted.value) && leaves(effect, field, value, counted.value)));
}

/** The field gets, or may get, another value than those that count have; of an entity, on one of the ways on which it is changed. */
function leaves(write: Effect, field: string, given: Value, counted: Value): boolean {
  const options = optionsOf(given).filter((option) => write.entity === null || !(option.k === 'row' && option.path.at(-1) === field));
  const stays = counted.k === 'array' ? counted.items : [counted];
  return options.length > 0 && options.some((option) => !isConstant(option) || !stays.some((state) => sameValue(option, state)));
}

/** The test holds (with this polarity) when there are enough. */
function atLeast(test: Value, holds: boolean, read: Occurrence): boolean {
  const value = settled(test);
  if (value.k !== 'derived') return (value.k === 'row' || value.k === 'access') && holds;
  if (value.op === '!') return atLeast(value.from[0]!, !holds, read);
  if (value.op === 'Boolean') return atLeast(value.from[0]!, holds, read);
  if (value.op === (holds ? '&&' : '||')) return value.from.some((part) => ofRead(part, read) && atLeast(part, holds, read));
  const counted = value.from.findIndex((part) => ofRead(part, read));
  // One has to stay, or two: above a higher bound it is the surplus that goes.
  const bound = settled(value.from[1 - counted] ?? UNDEFINED);
  if (counted < 0 || bound.k !== 'literal' || Number(bound.value) > 2) return false;
  const more = counted === 0 ? ['>', '>='] : ['<', '<='];
  const less = counted === 0 ? ['<', '<='] : ['>', '>='];
  return holds ? more.includes(value.op) || value.op === '!==' || value.op === '!=' : less.includes(value.op) || value.op === '===' || value.op === '==';
}

/** Columns of the read's rows that its test compares: `rows.some((row) => row.name === name)`. */
const comparedIn = (test: Value, read: Occurrence): string[] => originsOf(test).filter((origin) => origin.effect === read.effect).map((origin) => fieldOf(origin.effect, origin.path)).filter((field) => field !== null);

/** Columns by which one row was looked for among those that were read: `rows.find((row) => row.id === id)`. What is inserted is open: it may well have them. */
function searchedFor(test: Value, read: Occurrence): readonly string[] {
  const value = settled(test);
  if (value.k !== 'derived') return [];
  if (['===', '=='].includes(value.op)) return comparedIn(value, read);
  return ['!', 'Boolean', '&&', '||', 'some', 'find', 'findIndex', 'filter', 'length'].includes(value.op) ? value.from.flatMap((part) => searchedFor(part, read)) : [];
}

/** What the read gave is compared with a bound. */
function ranged(test: Value, read: Occurrence): boolean {
  const value = settled(test);
  if (value.k !== 'derived') return false;
  if (['<', '<=', '>', '>='].includes(value.op)) return value.from.some((part) => ofRead(part, read));
  return ['!', 'Boolean', '&&', '||'].includes(value.op) && value.from.some((part) => ranged(part, read));
}

/** The test holds (with this polarity) when the row is not there. */
export function polarity(test: Value, holds: boolean, read: Occurrence): 'absent' | 'present' | 'other' {
  const value = settled(test);
  if (value.k === 'derived' && value.op === '!') return polarity(value.from[0]!, !holds, read);
  if (value.k === 'derived' && ['===', '==', '!==', '!='].includes(value.op)) {
    const [left, right] = value.from.map((part) => settled(part!));
    const nothing = [left, right].some((side) => side!.k === 'undefined' || (side!.k === 'literal' && (side!.value === null || side!.value === 0 || side!.value === false)));
    const equal = value.op.startsWith('=');
    if ([left, right].some((side) => side!.k === 'literal' && (side!.value === true || side!.value === 1))) return equal === holds ? 'present' : 'absent';
    if (!nothing) return 'other';
    return equal === holds ? 'absent' : 'present';
  }
  if (value.k === 'derived' && (value.op === '>' || value.op === '<') ) {
    const right = settled(value.from[1]!);
    if (right.k === 'literal' && (right.value === 0 || right.value === 1)) {
      const some = value.op === '>' && right.value === 0;
      const none = value.op === '<' && right.value === 1;
      if (some) return holds ? 'present' : 'absent';
      if (none) return holds ? 'absent' : 'present';
    }
    return 'other';
  }
  if (value.k === 'derived' && value.op === 'Boolean') return polarity(value.from[0]!, holds, read);
  // All parts of what holds, hold; no part of what does not.
  if (value.k === 'derived' && value.op === (holds ? '&&' : '||')) return polarity(value.from.find((part) => ofRead(part, read)) ?? value.from[0]!, holds, read);
  if (value.k === 'derived' && (value.op === '&&' || value.op === '||')) return 'other';
  // What a function answers in one of several ways: by what was asked of the read, where that was asked at all.
  const asked = value.k === 'phi' ? value.options.filter((option) => ofRead(option, read)) : [];
  const ways = asked.some((option) => ASKS.has(opOf(option))) ? new Set(asked.map((option) => polarity(option, holds, read))) : null;
  if (ways?.size === 1) return [...ways][0]!;
  if (ways?.has('present') === true && !ways.has('absent')) return 'present';
  if (value.k === 'row' || value.k === 'library' || value.k === 'access' || value.k === 'item' || value.k === 'phi') return holds ? 'present' : 'absent';
  if (value.k === 'derived' && value.op === 'length') return holds ? 'present' : 'absent';
  if (value.k === 'derived' && ['some', 'includes', 'find', 'has'].includes(value.op)) return holds ? 'present' : 'absent';
  return 'other';
}

const ASKS = new Set(['!', '===', '==', '!==', '!=', '<', '<=', '>', '>=', '&&', '||', 'Boolean', 'some', 'every', 'includes', 'has']);
const opOf = (given: Value): string => {
  const value = settled(given);
  return value.k === 'derived' ? value.op : '';
};

const ofRead = (value: Value, read: Occurrence): boolean => comesFrom(value, read.effect);

/** The field is compared with a constant or tested for presence: a state. Compared with a new value it only tells whether there is anything to change. */
function compared(test: Value, read: Occurrence): boolean {
  const value = settled(test);
  if (value.k !== 'derived') return value.k === 'row' || value.k === 'access' || value.k === 'phi';
  switch (value.op) {
    case '!': case 'Boolean': return compared(value.from[0]!, read);
    case '===': case '==': case '!==': case '!=': return value.from.some((part, i) => ofRead(part, read) && isConstant(value.from[1 - i]!));
    case '&&': case '||': return value.from.some((part) => ofRead(part, read) && compared(part, read));
    case 'some': case 'every': return value.from.slice(1).some((part) => ofRead(part, read) && compared(part, read));
    case '<': case '<=': case '>': case '>=': case 'in-cases': case 'includes': case 'has': case 'none-of': return value.from.some((part) => ofRead(part, read));
    default: return false;
  }
}

/** The test holds (with this polarity) when the field itself has no value yet. */
function isUnset(test: Value, holds: boolean, read: Occurrence, field: string): boolean {
  const value = settled(test);
  const tells = (part: Value): boolean => originsOf(part).some((origin) => origin.effect === read.effect && fieldOf(origin.effect, origin.path) === field);
  if (value.k === 'row' || value.k === 'access') return !holds && tells(value);
  if (value.k !== 'derived') return false;
  if (value.op === '!' || value.op === 'Boolean') return isUnset(value.from[0]!, value.op === '!' ? !holds : holds, read, field);
  if (value.op === (holds ? '&&' : '||')) return value.from.some((part) => isUnset(part, holds, read, field));
  if (!['===', '==', '!==', '!='].includes(value.op) || !value.from.some(tells)) return false;
  return value.from.some((part) => { const side = settled(part); return side.k === 'undefined' || (side.k === 'literal' && side.value === null); }) && value.op.startsWith('=') === holds;
}

/** A state of its own, or the moment it was reached. */
const isStep = (value: Value): boolean => isConstant(value) || settled(value).k === 'source';

const isConstant = (given: Value): boolean => {
  const value = settled(given);
  if (value.k === 'phi') return value.options.every(isConstant);
  if (value.k === 'array') return value.spreads.length + value.pushed.length === 0 && value.items.every(isConstant);
  return value.k === 'literal' || value.k === 'undefined' || value.k === 'external' || (value.k === 'access' && typeof value.key === 'string' && isConstant(value.of));
};
