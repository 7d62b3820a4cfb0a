import type { Guard, Occurrence } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { overOf } from './bounds.ts';
import { polarity } from './decisions.ts';
import { handleOf } from '../program/operation.ts';
import { comesFrom, leavesOf, originsOf } from '../program/origins.ts';
import { exclusive, isConsumed, isOpenHandle, isTransaction, sameRecord } from './records.ts';
import { openTransaction } from './transactions.ts';
import { type Value, presence, sameValue, settled } from '../program/value.ts';

/** A key or row that is there while somebody works, and is taken away afterwards. */
export interface Lock {
  readonly acquired: Occurrence;
  /** Ordinary ends of the work; what only undoes after a failure is none. */
  readonly released: readonly Occurrence[];
  /** `no`: stays for ever when the process dies. */
  readonly expires: 'yes' | 'no' | 'unknown';
  /** Milliseconds, when the code says. */
  readonly lifetime: number | null;
  /** Looked at, and set only then. */
  readonly lookedAt: Occurrence | null;
  /** Given its expiry, or a new one, after it was taken. */
  readonly prolonged: readonly Occurrence[];
}

/** Locks taken in an execution: a library's, and keys set where there were none, whose outcome somebody looks at. */
export function locksOf(m: Machine, all: readonly Occurrence[]): readonly Lock[] {
  return all.flatMap((acquired): Lock[] => {
    const lookedAt = takesKey(m, acquired) ? null : lookedAtBefore(all, acquired);
    if (lookedAt === null && !takesKey(m, acquired) && acquired.effect.kind !== 'lock') return [];
    const later = all.filter((other) => other.index > acquired.index && !exclusive(acquired, other) && isOf(acquired, other));
    const released = later.filter((other) => isRelease(all, acquired, other));
    const prolonged = later.filter(({ effect, inHandler }) => effect.action === 'expire' && inHandler === acquired.inHandler);
    return [{ acquired, released, expires: expiresOf(acquired), lifetime: lifetimeOf(acquired), lookedAt, prolonged }];
  });
}

/** `SET key value NX`: only a whole key can be a lock. */
const takesKey = (m: Machine, { effect }: Occurrence): boolean =>
  effect.kind === 'write' && effect.system === 'redis' && effect.action === 'insert' && effect.conditional === 'yes' && effect.shape.expiry !== undefined && isConsumed(m, effect);

/** `if (!(await get(key))) await set(key, …)`: what is stored there was made up, not fetched. */
function lookedAtBefore(all: readonly Occurrence[], write: Occurrence): Occurrence | null {
  const { effect } = write;
  if (effect.kind !== 'write' || effect.system !== 'redis' || effect.action !== 'upsert' || effect.conditional !== 'no' || effect.shape.expiry === undefined) return null;
  if (effect.values.some(({ value }) => originsOf(value).length > 0)) return null;
  return all.find((read) => read.index < write.index && read.effect.kind === 'read' && sameRecord(read.effect, effect).is === 'yes' && write.guards.some((guard) => guard.together === undefined && comesFrom(guard.test, read.effect) && (polarity(guard.test, guard.holds, read) === 'absent' || isOther(guard.test, guard.holds, read, write)))) ?? null;
}

/** The test holds (with this polarity) when something else stands there than what is written: `(await get(key)) === 'held'`. */
function isOther(test: Value, holds: boolean, read: Occurrence, write: Occurrence): boolean {
  const value = settled(test);
  if (value.k === 'phi') return value.options.some((option) => isOther(option, holds, read, write));
  if (value.k !== 'derived') return false;
  if (value.op === '!' || value.op === 'Boolean') return isOther(value.from[0]!, value.op === '!' ? !holds : holds, read, write);
  if (!['===', '==', '!==', '!='].includes(value.op) || value.op.startsWith('=') === holds) return false;
  return value.from.some((part, i) => comesFrom(part, read.effect) && write.effect.values.some((written) => sameValue(settled(written.value), settled(value.from[1 - i]!))));
}

const isOf = (acquired: Occurrence, other: Occurrence): boolean =>
  acquired.effect.kind === 'lock' ? [...(other.effect.entity === null ? [] : [other.effect.entity]), ...other.effect.where.map(({ value }) => value)].some((named) => comesFrom(named, acquired.effect)) : other.effect.system === 'redis' && sameRecord(acquired.effect, other.effect).is === 'yes';

/** Takes the key away at the end of the work, whatever came of it. Only after a failure, it lets somebody try again: the key is a marker then. */
function isRelease(all: readonly Occurrence[], acquired: Occurrence, other: Occurrence): boolean {
  if (other.effect.kind === 'unlock') return other.inHandler === acquired.inHandler;
  if (other.effect.kind !== 'write' || other.effect.action !== 'delete' || other.effect.shape.atomic === true || other.effect.conditional !== 'no' || other.inHandler !== acquired.inHandler) return false;
  const own = new Set(acquired.guards.map((guard) => guard.branch));
  return other.guards.every((guard) => guard.by === 'exit' || own.has(guard.branch) || tellsHolder(all, acquired, guard));
}

/** Tests who holds the lock, or nothing that happened since. */
function tellsHolder(all: readonly Occurrence[], acquired: Occurrence, guard: Guard): boolean {
  const origins = originsOf(guard.test);
  if (origins.length > 0) return origins.every(({ effect }) => effect === acquired.effect || (effect.kind === 'read' && all.some((read) => read.effect === effect && isOf(acquired, read))));
  const leaves = leavesOf(guard.test);
  const isFlag = leaves.length > 0 && leaves.every((leaf) => leaf.k === 'literal' || leaf.k === 'undefined');
  return !leaves.some((leaf) => leaf.k === 'caught') && (!isFlag || (guard.holds && guard.test.k !== 'derived'));
}

/** The read by which a release finds out whether the lock is still its own. */
export const comparedBefore = (all: readonly Occurrence[], lock: Lock, release: Occurrence): Occurrence | null =>
  all.find((read) => read.index > lock.acquired.index && read.index < release.index && read.effect.kind === 'read' && isOf(lock.acquired, read) && release.guards.some((guard) => (guard.together ?? [guard]).some((part) => comesFrom(part.test, read.effect)))) ?? null;

function expiresOf({ effect }: Occurrence): Lock['expires'] {
  const { expiry, shape } = effect;
  if (expiry === null) return shape.expiry === undefined ? 'unknown' : 'no';
  // Whoever hands a variable on means to set it.
  return presence(expiry) === 'no' ? 'no' : 'yes';
}

/** Options by their names count seconds or milliseconds. */
function lifetimeOf({ effect }: Occurrence): number | null {
  const value = effect.expiry?.k === 'literal' ? Number(effect.expiry.value) : NaN;
  if (!Number.isFinite(value)) return null;
  const inMilliseconds = effect.kind === 'lock' || effect.args.some((arg) => (arg.k === 'literal' && /^px/i.test(String(arg.value))) || (arg.k === 'object' && [...arg.props.keys()].some((name) => /^px/i.test(name))));
  return inMilliseconds ? value : value * 1000;
}

/** Remote work under the lock, once for each of a list as long as the data is: nobody knows how long it takes. */
export function endlessWork(all: readonly Occurrence[], lock: Lock, entryFn: object | null): Occurrence | null {
  const end = lock.released.at(-1)?.index ?? 0;
  for (const work of all) {
    if (work.index <= lock.acquired.index || work.index >= end || work.inHandler !== null || work.use === 'dropped' || exclusive(lock.acquired, work)) continue;
    for (const region of work.regions) {
      if (lock.acquired.regions.includes(region) || (region.kind !== 'each' && region.kind !== 'loop')) continue;
      if (overOf(region, entryFn).is === 'data') return work;
    }
  }
  return null;
}

/** A lock of the database belongs to a connection or a transaction; through a pool, with no transaction open, it has neither. */
export function misheld(m: Machine, occurrence: Occurrence): 'statement' | 'connection' | null {
  const { advisory } = occurrence.effect;
  const handle = handleOf(occurrence.effect.handle);
  if (advisory === null || handle?.k !== 'library' || m.program.catalog.trait(handle.type, 'pooled') !== true || isTransaction(handle) || isOpenHandle(m, occurrence.effect.handle)) return null;
  if (openTransaction(occurrence) !== null || occurrence.regions.some((region) => region.kind === 'transaction')) return null;
  return advisory === 'transaction' ? 'statement' : 'connection';
}
