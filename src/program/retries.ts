import type { Event, Span } from '../vocabulary/ir.ts';
import { failedWhere, statusesIn } from './answers.ts';
import type { Attempt, Effect, Occurrence, Region, Retry } from './effect.ts';
import { evaluate } from './evaluate.ts';
import { anyEvent } from './events.ts';
import type { Frame } from './frame.ts';
import type { Machine, Walk } from './machine.ts';
import { type Value, settled } from './value.ts';

/** A loop that tries: the `try` whose success leaves it, and everything else in it. */
export interface Tried {
  readonly span: Span;
  readonly rest: readonly Event[];
}

const known = new WeakMap<readonly Event[], { readonly tried: Tried | null }>();

/** Whether the loop goes on after a failure and ends with success. One that goes on after success as well polls, or works a list off. */
export function retried(body: readonly Event[]): Tried | null {
  let found = known.get(body);
  if (found === undefined) known.set(body, (found = { tried: findTried(body) }));
  return found.tried;
}

function findTried(body: readonly Event[]): Tried | null {
  for (const [i, event] of body.entries()) {
    if (event[0] !== 'try' || event[3] === null || leaves(event[3])) continue;
    const after = body.slice(i + 1);
    // `catch { …; continue }` and then `return result`.
    if (!leavesLoop(event[2]) && !(leavesLoop(after) && event[3].at(-1)?.[0] === 'continue')) continue;
    return { span: event[5], rest: [...body.slice(0, i), ...event[3], ...after] };
  }
  return null;
}

const leavesLoop = (events: readonly Event[]): boolean => {
  const last = events.at(-1);
  return last !== undefined && (last[0] === 'return' || last[0] === 'break');
};

const leaves = (events: readonly Event[]): boolean => {
  const last = events.at(-1);
  if (last === undefined) return false;
  return last[0] === 'throw' || leavesLoop(events) || (last[0] === 'if' && leaves(last[2]) && leaves(last[3]));
};

const canLeave = (events: readonly Event[]): boolean => anyEvent(events, (event) => event[0] === 'throw' || event[0] === 'return' || event[0] === 'break');

export type Pause = Retry['pause'];
type Paused = readonly { readonly for: Value; readonly regions: readonly Region[] }[];

const forEver = ({ over }: Region): boolean => over === null || (over.k === 'literal' && Boolean(over.value));

export function loopRetry(m: Machine, frame: Frame, region: Region, tried: Tried, pauses: Paused): Retry {
  const waits = pauses.filter((pause) => pause.regions.includes(region)).map((pause) => pause.for);
  const isTried = (occurrence: Occurrence): boolean => occurrence.attempts.some((attempt) => attempt.span === tried.span && attempt.frame === frame);
  const pause = waits.length > 0 ? pauseOf(waits) : mayPause(m, frame, region, tried.rest, isTried) ? 'unknown' : 'none';
  return { tries: tried.span, endless: forEver(region) && !canLeave(tried.rest), pause, waits };
}

/** A loop that ends when the answer says that the call went well: `if (response.ok) return response`. */
export function answered(m: Machine, frame: Frame, region: Region, body: readonly Event[], pauses: Paused): Retry | null {
  if (m.walk.silent > 0 || m.handlers !== null) return null;
  const failing = new Set(goingOn(m, frame, body));
  const answers = m.walk.occurrences.filter((occurrence) => occurrence.regions.includes(region) && failing.has(occurrence.effect)).map((occurrence) => occurrence.effect);
  if (answers.length === 0) return null;
  const waits = pauses.filter((pause) => pause.regions.includes(region)).map((pause) => pause.for);
  const pause = waits.length > 0 ? pauseOf(waits) : mayPause(m, frame, region, body, (occurrence) => answers.includes(occurrence.effect)) ? 'unknown' : 'none';
  return { tries: null, answers, endless: false, pause, waits, ...(m.walk.tests.some((test) => statusesIn(test).some((effect) => answers.includes(effect))) ? {} : { blind: true as const }) };
}

/** Calls after whose failure the loop goes on, read off the branches that leave it. */
function goingOn(m: Machine, frame: Frame, events: readonly Event[]): readonly Effect[] {
  return events.flatMap((event, i) => {
    if (event[0] === 'try') return goingOn(m, frame, event[2]);
    if (event[0] !== 'if') return [];
    const [, test, then, otherwise] = event;
    if (leavesLoop(then)) return failedWhere(evaluate(m, frame, test), false);
    if (leavesLoop(otherwise) || (then.at(-1)?.[0] === 'continue' && leavesLoop(events.slice(i + 1)))) return failedWhere(evaluate(m, frame, test), true);
    return [];
  });
}

/** Of several pauses, one that grows is enough. */
export function pauseOf(waits: readonly Value[]): Pause {
  const all = waits.map((value) => lengthens(value, 0));
  return all.includes('growing') ? 'growing' : all.includes('unknown') ? 'unknown' : 'constant';
}

/** Something out of view is waited for, or the failure is dealt with by calling somebody: neither a pause for certain, nor none. */
function mayPause(m: Machine, frame: Frame, region: Region, rest: readonly Event[], isTried: (occurrence: Occurrence) => boolean): boolean {
  const waits = anyEvent(rest, (event) => {
    // What failed is tried in another way.
    if (event[0] === 'set') return true;
    if (event[0] !== 'call' && event[0] !== 'new') return false;
    const result = frame.results[event[1]];
    return (event[4] === 'awaited' || event[4] === 'returned') && (result === undefined || result.k === 'unknown' || (result.k === 'derived' && result.op === 'call'));
  });
  return waits || m.walk.occurrences.some((occurrence) => occurrence.regions.includes(region) && occurrence.effect.weight !== 'telemetry' && !isTried(occurrence));
}

type Lengthens = 'growing' | 'constant' | 'unknown';

/** Whether a pause is longer from one attempt to the next, or told by the other side. */
function lengthens(given: Value, depth: number): Lengthens {
  const value = settled(given);
  if (depth > 8) return 'unknown';
  const parts = (values: readonly Value[]): Lengthens => {
    const answers = values.map((part) => lengthens(part, depth + 1));
    return answers.includes('growing') ? 'growing' : answers.includes('unknown') ? 'unknown' : 'constant';
  };
  switch (value.k) {
    case 'phi':
      // What the loop itself changes: `delay *= 2`, `attempt + 1`.
      if (value.options.some((option) => option.k === 'derived' && option.from.some((from) => from.k === 'unknown'))) return 'growing';
      // `PAUSES[attempt]`
      if (value.options.filter((option) => option.k === 'literal').length > 1) return 'growing';
      return parts(value.options);
    case 'derived': return value.op === 'call' || value.from.some((from) => from.k === 'unknown') ? (parts(value.from) === 'growing' ? 'growing' : 'unknown') : parts(value.from);
    case 'template': return parts(value.values);
    case 'array': return value.items.length > 1 ? 'growing' : 'unknown';
    case 'access': return value.of.k === 'array' || (typeof value.key === 'object' && lengthens(value.key, depth + 1) === 'growing') ? 'growing' : lengthens(value.of, depth + 1);
    case 'row': case 'caught': case 'item': return 'growing';
    // Spread at random: whoever failed together does not come back together.
    case 'source': return 'growing';
    case 'unknown': return 'unknown';
    case 'library': return value.row !== undefined ? 'growing' : 'constant';
    default: return 'constant';
  }
}

/** `given`: where a pause, or how it grows, could have been given; null: the library lengthens it by itself. `growth`: by what it then multiplies the pause. */
export function libraryRetry(attempts: Value | null, given: readonly Value[] | null, otherwise: 'none' | 'constant', growth: Value | null = null): Retry {
  const endless = (attempts?.k === 'literal' && (attempts.value === Infinity || attempts.value === 'Infinity')) || (attempts?.k === 'external' && /(^|\.)(Infinity|POSITIVE_INFINITY)$/.test(attempts.path));
  if (given === null) return { tries: null, endless, pause: growth?.k === 'literal' && Number(growth.value) === 1 ? 'constant' : 'growing' };
  const isNone = (value: Value): boolean => value.k === 'undefined' || (value.k === 'literal' && Number(value.value) === 0);
  const told = given.filter((value) => !isNone(value));
  // How long, or by what it grows, and nothing that says how it grows from one attempt to the next.
  const isSteady = told.every((value) => value.k === 'literal' && typeof value.value === 'number' && (otherwise === 'none' || value.value === 1));
  return { tries: null, endless, pause: told.length === 0 ? otherwise : isSteady ? 'constant' : 'unknown' };
}

/** The innermost retry that does this effect again when it fails. */
export const retryAround = (walk: Walk, occurrence: Occurrence): Region | null => retriesAround(walk, occurrence).at(-1) ?? null;

/** All of them, the innermost last. */
export function retriesAround({ recursions }: Walk, occurrence: Occurrence): readonly Region[] {
  // Whoever takes the failure for himself within the attempt leaves nothing to try again.
  const taken = (attempts: readonly Attempt[]): boolean => attempts.some(({ rethrows }) => rethrows === 'never');
  const does = ({ retry, frame }: Region): boolean => retry !== undefined && (retry.answers?.includes(occurrence.effect) ?? (retry.tries === null || occurrence.attempts.some((attempt, i) => attempt.span === retry.tries && attempt.frame === frame && !taken(occurrence.attempts.slice(i + 1)))));
  const depth = ({ frame }: Region): number => frame?.depth ?? 0;
  return [...occurrence.regions.filter(does), ...recursions.filter(does)].sort((a, b) => depth(a) - depth(b));
}

/** Pauses that are told by a counter alone: whoever failed at the same time tries again at the same time. */
export const inLockstep = ({ waits }: Retry): boolean => waits !== undefined && waits.length > 0 && waits.every((value) => isCounted(value, 0));

function isCounted(given: Value, depth: number): boolean {
  const value = settled(given);
  if (depth > 8) return false;
  switch (value.k) {
    case 'literal': case 'undefined': return true;
    case 'derived': return value.op !== 'call' && value.from.every((from) => isCounted(from, depth + 1));
    case 'phi': return value.options.every((option) => isCounted(option, depth + 1));
    // What the loop counts.
    case 'unknown': return depth > 0;
    default: return false;
  }
}

/** One of several that try again for the same failure, each all that are within it. */
export interface Layer {
  readonly by: 'loop' | 'function' | 'library' | 'client' | 'queue';
  /** Attempts in all, where the code or the documentation tells. */
  readonly times: number | null;
  readonly region: Region | null;
  /** That it is as it is by default is assumed: the client was made out of view. */
  readonly assumed: boolean;
}

/** From the outermost. The client's own comes last. */
export function layersOf(m: Machine, occurrence: Occurrence, source: string | null): readonly Layer[] {
  const { recursions } = m.walk;
  const { shape, retries } = occurrence.effect;
  const found: Layer[] = retriesAround(m.walk, occurrence).map((region) => ({ by: recursions.includes(region) ? 'function' : region.kind === 'loop' ? 'loop' : 'library', times: timesOf(region), region, assumed: false }));
  const attempts = source === null ? undefined : m.retried.get(source);
  if (typeof attempts === 'number') found.unshift({ by: 'queue', times: attempts, region: null, assumed: false });
  const given = retries === null || retries.k === 'unknown' ? (shape.retries ?? 0) + 1 : numberIn(retries, shape.attemptsOption === undefined ? 1 : 0);
  if (given !== null && given > 1) found.push({ by: 'client', times: given, region: null, assumed: retries?.k === 'unknown' });
  return found;
}

/** `maxRetries: 3`, `retry: { limit: 3 }` come to four attempts, `maxAttempts: 3` to three. */
function numberIn(given: Value, first: number): number | null {
  const value = given.k === 'object' ? given.props.get('limit') : given;
  return value?.k === 'literal' && value.value !== true ? Number(value.value) + first : null;
}

function timesOf({ over, value }: Region): number | null {
  if (value?.k === 'literal') return Number(value.value);
  const limit = over?.k === 'derived' && (over.op === '<' || over.op === '<=') ? over.from[1] : undefined;
  return limit?.k === 'literal' ? Number(limit.value) + (over?.k === 'derived' && over.op === '<=' ? 1 : 0) : null;
}
