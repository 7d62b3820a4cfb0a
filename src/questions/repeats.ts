import type { Attempt, Effect, Guard, Occurrence } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { fromMessage } from './bounds.ts';
import { changesWith } from './freshness.ts';
import { polarity } from './decisions.ts';
import { isIdentity } from './ordering.ts';
import { comesFrom, fieldOf, leavesOf, originsOf, sourcesIn } from '../program/origins.ts';
import { type Value, optionsOf, settled } from '../program/value.ts';
import { type Answer, LIKELY_NO, NO, UNSURE, YES, decisionsOf, exclusive, isKey, isUnread, readsFeeding, sameRecord, sameResource, winnersOf, writtenFields } from './records.ts';
import { openTransaction } from './transactions.ts';

/** Doing it twice with the same input leaves what doing it once leaves. */
export function convergent(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, occurrence: Occurrence, entryFn: object | null): Answer {
  const { effect } = occurrence;
  if (occurrence.regions.some((region) => region.kind === 'step' || region.kind === 'idempotent')) return YES;
  switch (effect.kind) {
    case 'write': return convergentWrite(m, occurrences, occurrence, entryFn);
    case 'publish': case 'send': case 'charge': case 'call': {
      if (effect.key !== null) return changesWith(effect.key, occurrence.regions[0]!) === 'yes' ? NO : YES;
      if (effect.method === 'PUT' || effect.method === 'DELETE' || effect.method === 'HEAD' || effect.method === 'OPTIONS') return YES;
      if (effect.shape.repeatable === true) return YES;
      if (isUnread(effect)) return UNSURE;
      return effect.kind === 'call' && effect.method !== 'POST' ? LIKELY_NO : NO;
    }
    default: return YES;
  }
}

function convergentWrite(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, occurrence: Occurrence, entryFn: object | null): Answer {
  const { effect } = occurrence;
  // A condition on a key that is made anew each time never finds the earlier row.
  if (effect.conditional === 'yes' || effect.onConflict !== 'fail') return freshKey(m, effect) ? NO : YES;
  const atomic = writtenFields(m, effect).filter((field) => field.how === 'atomic' && field.onInsert !== true && field.repeatable !== true);
  if (effect.action === 'increment' || effect.action === 'append' || atomic.length > 0) {
    // `where status = 'pending'` with the status set by the same write: the second time matches nothing.
    return selfGuarded(m, effect) ? YES : NO;
  }
  switch (effect.action) {
    case 'upsert': case 'replace': return adds(effect) ? NO : YES;
    case 'delete': case 'expire': return YES;
    case 'insert': {
      const handled = handledConflict(occurrence);
      if (handled.is === 'yes') return handled;
      // Every error is caught: a second row that nothing refuses is added all the same.
      if (handled.is === 'unknown') {
        const stays = writtenFields(m, effect).filter((field) => sourcesIn(field.value, FRESH).length === 0).map((field) => field.field);
        const unique = effect.resource === null || effect.rest.length > 0 ? 'unknown' : m.program.host.isUnique(effect.resource, stays);
        return unique === 'no' ? NO : unique === 'yes' ? LIKELY_NO : UNSURE;
      }
      // A key of the message in a unique column: the second insert fails instead of repeating.
      const named = writtenFields(m, effect).filter((field) => fromMessage(field.value, entryFn)).map((field) => field.field);
      if (effect.resource !== null && named.length > 0 && m.program.host.isUnique(effect.resource, named) === 'yes') return LIKELY_NO;
      if (effect.shape.repeatable === true) return YES;
      return NO;
    }
    default: {
      if (effect.shape.repeatable === false) return NO;
      const fed = readsFeeding(m, occurrences, occurrence).filter((feeding) => sameRecord(feeding.read.effect, effect).is === 'yes');
      return fed.length > 0 && !selfGuarded(m, effect) && writtenFields(m, effect).some(({ value }) => accumulates(value, fed.map(({ read }) => read.effect), 0)) ? NO : YES;
    }
  }
}

const SAME = new Set(['&&', '||', '??', 'stringify', 'JSON.stringify', 'parse', 'JSON.parse', 'clone', 'filter', 'sort']);

/** Counts on from what was read, or turns it over; the stored object with some members replaced is the same when they are replaced again. */
function accumulates(given: Value, reads: readonly Effect[], depth: number): boolean {
  const value = settled(given);
  if (depth > 8) return false;
  const next = (part: Value): boolean => accumulates(part, reads, depth + 1);
  const ofRead = (part: Value): boolean => originsOf(part).some((origin) => reads.includes(origin.effect));
  switch (value.k) {
    case 'object': return [...value.props.values(), ...(value.sets?.values() ?? [])].some(next);
    case 'phi': return value.options.some(next);
    case 'array': return value.items.length + value.pushed.length > 0 && value.spreads.some(ofRead);
    case 'template': return value.values.some(ofRead);
    case 'derived': return SAME.has(value.op) ? value.from.some(next) : value.from.some(ofRead);
    case 'library': return value.row === undefined ? value.args.some(next) : [...(value.sets?.values() ?? [])].some(next);
    case 'row': return [...(value.sets?.values() ?? [])].some(next);
    default: return false;
  }
}

const FRESH = ['random', 'id', 'sortable-id', 'clock'] as const;

/** Makes a record that was not there: an insert, or a put under an identity that is made here and now. */
export const adds = (effect: Effect): boolean =>
  effect.action === 'insert' || ((effect.action === 'replace' || effect.action === 'upsert') && effect.values.some(({ field, value }) => isIdentity(effect, field) && sourcesIn(value, FRESH).length > 0));

/** The row's identity is made here and now: a repeat makes another. */
function freshKey(m: Machine, effect: Effect): boolean {
  const keys = new Set(effect.where.filter((criterion) => criterion.op === 'null' || criterion.op === '=').map((criterion) => criterion.field));
  const identity = writtenFields(m, effect).filter((field) => keys.has(field.field) || (keys.size === 0 && isKey(m, effect, field.field)));
  return identity.length > 0 && identity.every((field) => sourcesIn(field.value, FRESH).length > 0);
}

/** The criteria demand a value that the write itself replaces. One less of what has to be above nothing may well still be above it. */
function selfGuarded(m: Machine, effect: Effect): boolean {
  const written = new Map(writtenFields(m, effect).map(({ field, how }) => [field, how]));
  return effect.where.some(({ field, op }) => op !== '?' && written.has(field) && (written.get(field) === 'set' || !RANGES.has(op)));
}

const RANGES = new Set(['<', '<=', '>', '>=']);

/** What happens when the row is there already. */
export function handledConflict(occurrence: Occurrence): Answer {
  if (occurrence.effect.onConflict !== 'fail' || occurrence.effect.conditional === 'yes') return YES;
  for (const attempt of occurrence.attempts.toReversed()) {
    if (attempt.recognises.has('unique')) return YES;
    if (attempt.rethrows === 'never') return UNSURE;
  }
  return NO;
}

/** Of two calls at once that give the same values, a unique key refuses the second, and its error is thrown on, as it is or as another: that call gets no further. */
export function refusesSecond(m: Machine, occurrence: Occurrence): boolean {
  const { effect } = occurrence;
  if (effect.kind !== 'write' || effect.action !== 'insert' || effect.resource === null || effect.onConflict !== 'fail' || effect.conditional === 'yes' || occurrence.inHandler !== null) return false;
  if (!occurrence.attempts.every(({ rethrows, recognises }) => rethrows === 'always' || (rethrows !== 'never' && !recognises.has('unique')))) return false;
  const stays = writtenFields(m, effect).filter((field) => sourcesIn(field.value, FRESH).length === 0).map((field) => field.field);
  return stays.length > 0 && m.program.host.isUnique(effect.resource, stays) === 'yes';
}

/** What ends the handler before the effect when the message was handled already. */
export const dedupedBy = (occurrences: ReadonlyMap<Effect, Occurrence>, all: readonly Occurrence[], occurrence: Occurrence, entryFn: object | null): Occurrence | null =>
  looksBefore(occurrences, occurrence, entryFn).next().value ?? claimedBefore(all, occurrence);

/** Look-ups that decide about the effect by what the message carries, or of the state that the effect produces. */
function* looksBefore(occurrences: ReadonlyMap<Effect, Occurrence>, occurrence: Occurrence, entryFn: object | null): Generator<Occurrence, undefined> {
  for (const { read, guard, part } of decisionsOf(occurrences, occurrence)) {
    const { effect } = read;
    if (effect.weight === 'telemetry' || effect.system === 'files' || effect.kind !== 'read' || isDrained(read, guard, occurrence)) continue;
    if (demands(part.test, guard.together === undefined ? part.holds : !part.holds, effect)) continue;
    const named = effect.where.some((criterion) => fromMessage(criterion.value, entryFn) || originsOf(criterion.value).length > 0);
    if (named || effect.system === 'redis' || effect.system === 'payment' || (effect.system === 'http' && effect.args.some((arg) => fromMessage(arg, entryFn)))) yield read;
  }
  return undefined;
}

/** A loop reads on until there is nothing left, as it does the second time: what comes after it is reached whatever it read. */
const isDrained = (read: Occurrence, guard: Guard, occurrence: Occurrence): boolean =>
  guard.by === 'way' && read.regions.some((region) => region.kind === 'loop' && !occurrence.regions.includes(region));

/** The effect is reached only where what was read is there: a second delivery finds it there as well. */
function demands(given: Value, holds: boolean, read: Effect): boolean {
  const test = settled(given);
  switch (test.k) {
    case 'row': case 'library': case 'access': case 'item': return holds;
    case 'phi': return holds && test.options.every((option) => option.k !== 'derived');
    case 'derived':
      switch (test.op) {
        case '!': return demands(test.from[0]!, !holds, read);
        case 'Boolean': return demands(test.from[0]!, holds, read);
        case '>': return holds && test.from[0]!.k === 'derived' && test.from[0].op === 'length' && isNothing(test.from[1]!);
        case '!=': case '!==': return holds && test.from.some(isNothing);
        case '==': case '===': return !holds && test.from.some(isNothing);
        case '&&': case '||': return (test.op === '&&') === holds && test.from.every((part) => demands(part, holds, read) || !comesFrom(part, read));
        default: return false;
      }
    default: return false;
  }
}

const isNothing = (value: Value): boolean => value.k === 'undefined' || (value.k === 'literal' && (value.value === null || value.value === 0));

/** A conditional write on the way that only one of several deliveries gets past. */
export function claimedBefore(all: readonly Occurrence[], occurrence: Occurrence): Occurrence | null {
  for (const guard of occurrence.guards) {
    const winner = winnersOf(all, guard).find((candidate) => candidate.index < occurrence.index);
    if (winner !== undefined) return winner;
  }
  return all.find((other) => (other.index < occurrence.index || isUndoneWith(occurrence, other)) && other.effect !== occurrence.effect && claims(other, occurrence) && !exclusive(other, occurrence)) ?? null;
}

/** One transaction holds both writes: when the other is refused, this one is rolled back as well, although it came first. */
const isUndoneWith = (write: Occurrence, other: Occurrence): boolean =>
  write.effect.kind === 'write' && write.effect.system === other.effect.system && openTransaction(write)?.member === 'yes' && write.regions.some((region) => region.kind === 'transaction' && other.regions.includes(region));

/** The state that the handler itself leaves behind is looked at on the way, so that a second run finds it; or only the first passes a write. */
export function doneBefore(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, all: readonly Occurrence[], occurrence: Occurrence): Occurrence | null {
  for (const { read, origin, guard, part } of decisionsOf(occurrences, occurrence)) {
    const { effect } = read;
    if (effect.kind !== 'read' || effect.weight === 'telemetry' || effect.action === 'count' || effect.action === 'aggregate' || isDrained(read, guard, occurrence)) continue;
    if (demands(part.test, guard.together === undefined ? part.holds : !part.holds, effect)) continue;
    const field = fieldOf(effect, origin.path);
    if (all.some((write) => write.effect.kind === 'write' && sameResource(effect, write.effect) !== false && (field === null || write.effect.action === 'insert' || write.effect.action === 'delete' || writtenFields(m, write.effect).some((written) => written.field === field)))) return read;
  }
  const claim = claimedBefore(all, occurrence);
  // A counter of requests says nothing about which, nor does a claim that only one of several ways makes.
  return claim === null || (claim.effect.action === 'increment' && claim.effect.weight !== 'business') || isOneWay(occurrence, claim) ? null : claim;
}

const isOneWay = (occurrence: Occurrence, claim: Occurrence): boolean =>
  claim.effect.action === 'upsert' && occurrence.guards.some((guard) => {
    const writes = (guard.together ?? [guard]).flatMap((part) => originsOf(part.test)).filter(({ effect }) => effect.kind === 'write');
    return writes.some(({ effect }) => effect === claim.effect) && writes.some(({ effect }) => effect !== claim.effect && effect.conditional === 'no');
  });

/** The key of the new record came with the request, so that a repeat names the same record. */
export const namedByCaller = (m: Machine, { effect }: Occurrence, entryFn: object | null): boolean =>
  effect.kind === 'write' && writtenFields(m, effect).some(({ field, value }) => isIdentity(effect, field) && fromMessage(value, entryFn) && sourcesIn(value, FRESH).length === 0);

/** A lock that is no process's own is held, or a claim was won, where the effect is reached. */
export const isAlone = (all: readonly Occurrence[], occurrence: Occurrence): boolean =>
  occurrence.regions.some((region) => (region.kind === 'lock' && !region.local) || region.kind === 'idempotent') || all.some((other) => other.effect.kind === 'lock' && other.index < occurrence.index && !exclusive(other, occurrence)) || claimedBefore(all, occurrence) !== null;

/** Only the first of several deliveries gets past this write: it fails for the others, and the failure keeps them from the effect. */
function claims(write: Occurrence, effect: Occurrence): boolean {
  if (write.effect.kind !== 'write') return false;
  const conditional = write.effect.conditional === 'yes' && write.effect.onConflict === 'fail';
  const handled = write.attempts.find((attempt) => attempt.recognises.has('unique') || attempt.recognises.has('condition'));
  if (handled === undefined) return conditional && write.attempts.every((attempt) => attempt.rethrows === 'always') && write.effect.shape.affected === undefined;
  if (!conditional && write.effect.action !== 'insert') return false;
  // What follows the `try` is reached only where the handler did not leave.
  return effect.attempts.includes(handled) || effect.guards.some((guard) => guard.by === 'exit' && leavesRefused(guard, handled));
}

/** The way out is that of the failure which the handler knows, not that of all others: `if (!(error instanceof AlreadyThere)) throw error`. */
function leavesRefused(guard: Guard, handled: Attempt): boolean {
  const parts = guard.together ?? [guard];
  const isCaught = (test: Value): boolean => leavesOf(test).some((leaf) => leaf.k === 'caught' && leaf.attempt === handled);
  return parts.some(({ test }) => isCaught(test)) && !parts.some(({ test, holds }) => isCaught(test) && isOfOthers(test, guard.together === undefined ? !holds : holds));
}

function isOfOthers(given: Value, holds: boolean): boolean {
  const test = settled(given);
  if (test.k !== 'derived') return false;
  switch (test.op) {
    case '!': return isOfOthers(test.from[0]!, !holds);
    case '&&': case '||': return (test.op === '&&') === holds && test.from.some((part) => isOfOthers(part, holds));
    case '!=': case '!==': return holds;
    case '==': case '===': case 'instanceof': case 'includes': case 'has': return !holds;
    default: return false;
  }
}

/** When the handler runs again for a message whose first write is done, it still comes to the second: nothing that it has left behind by then ends it before, and no look-up of the message in the same store may. */
export function reachedOnReplay(m: Machine, occurrences: ReadonlyMap<Effect, Occurrence>, all: readonly Occurrence[], first: Occurrence, second: Occurrence, entryFn: object | null): boolean {
  if (claims(first, second) || doneBefore(m, occurrences, all.slice(0, second.index), second) !== null) return false;
  if (claimedBefore(all, second)?.effect.system === first.effect.system) return false;
  // Looked for among the rows that it then adds one to: what came of it went out of view on the way.
  if (first.effect.action === 'insert' && all.some((look) => look.index < first.index && look.effect.kind === 'read' && sameResource(look.effect, first.effect) === true && look.effect.where.some(({ value }) => fromMessage(value, entryFn)) && !exclusive(look, first))) return false;
  const written = all.filter(({ effect, index }) => index < second.index && effect.kind === 'write');
  return ![...looksBefore(occurrences, second, entryFn)].some(({ effect: look }) => look.system === first.effect.system && written.some(({ effect }) => mayBeSeenBy(effect, look)));
}

/** Two clients may call one table by two names; one client calls two tables so. */
const mayBeSeenBy = (write: Effect, look: Effect): boolean => write.system === look.system && (write.library !== look.library || sameResource(look, write) !== false);

/** The write only sees to it that the record, or a field of it, is there, as far as it was not: the next to come finds it so and goes on to what follows. */
export function ensures(occurrences: ReadonlyMap<Effect, Occurrence>, write: Occurrence, second: Occurrence): boolean {
  const { effect } = write;
  if (effect.action === 'upsert' && effect.rest.length === 0 && effect.entity === null && effect.values.every(({ onInsert }) => onInsert === true)) return true;
  return decisionsOf(occurrences, write).some(({ read, guard, part, origin }) => {
    // Whether it was made just now is asked afterwards: what follows may well be for that alone.
    if (second.guards.some(({ test }) => { const origins = originsOf(test); return origins.length > 0 && origins.every((at) => at.effect === effect); })) return false;
    if (guard.together !== undefined || guard.by === 'value' || second.guards.some(({ branch }) => branch === guard.branch) || sameResource(read.effect, effect) !== true || polarity(part.test, part.holds, read) !== 'absent') return false;
    const field = fieldOf(read.effect, origin.path);
    return field === null ? effect.action === 'insert' : effect.values.some((written) => written.field === field) && sameRecord(read.effect, effect).is === 'yes';
  });
}

/** A new row that holds a document: what is to be said or done, kept for whoever does it. The id of any other new row in a message makes no outbox. */
export const recordsIntention = (m: Machine, { effect }: Occurrence): boolean =>
  effect.kind === 'write' && effect.action === 'insert' && writtenFields(m, effect).some(({ value }) => optionsOf(value).some((option) => option.k === 'object' || (option.k === 'derived' && /stringify$/.test(option.op))));
