import { failedWhere } from './answers.ts';
import type { Region } from './effect.ts';
import { type Frame, isWithin } from './frame.ts';
import type { Machine } from './machine.ts';
import { type Pause, pauseOf } from './retries.ts';
import { type Call, makeRegion } from './run.ts';
import { type FunctionValue, type Value, optionsOf, sameValue } from './value.ts';

/** Activations of one function within each other that are followed where each is called for something else. */
const MAX_ACTIVE = 3;

/**
 * The activation of the function that calls it again. Null where it is another use of the same text: a wrapper around what a callback does
 * that was handed to the wrapper (`traced(() => save())`, and `save` is traced itself), or a method that classes share, of another class.
 */
export function activationOf(from: Frame, fn: FunctionValue, self: Value | null): Frame | null {
  let active = 0;
  for (let frame: Frame | null = from; frame !== null; frame = frame.caller?.frame ?? null) {
    if (frame.fn !== fn.ir) continue;
    active += 1;
    if (active === MAX_ACTIVE || !(isOfOtherClass(frame.self, self) || leadsThroughCallback(frame, from))) return frame;
  }
  return null;
}

const isOfOtherClass = (a: Value, b: Value | null): boolean => a.k === 'instance' && b?.k === 'instance' && (a.of.file !== b.of.file || a.of.id !== b.of.id);

/** On the way from the activation stands a function that was made before it began. */
function leadsThroughCallback(activation: Frame, from: Frame): boolean {
  for (let frame = from; frame !== activation; frame = frame.caller!.frame) if (frame.up !== null && frame.up.fn.kind !== 'module' && frame.up.depth < activation.depth && isWithin(activation, frame.up)) return true;
  return false;
}

/** A function that calls itself again with the same work: what failed in `around` is tried again. */
export function recurs(m: Machine, call: Pick<Call, 'frame' | 'span'>, around: Frame, args: readonly Value[]): void {
  const { walk } = m;
  // Through other functions it may come back for anything.
  if (walk.silent > 0 || m.handlers !== null || !standsIn(call.frame, around)) return;
  const changed = around.fn.params.flatMap((_, i) => (sameGiven(around, i, args[i]) ? [] : [{ before: around.args[i], i, now: args[i] }]));
  // `load(url, { again: true })`, `load(url, false)`: once more, and no further. Another url: something else is tried.
  if (changed.some(({ i, now }) => now !== undefined && (now.k === 'literal' ? typeof now.value === 'boolean' : !continuesFrom(around, i, now, 0)))) return;
  const attempt = walk.inHandler !== null && standsIn(walk.inHandler.frame, around) ? walk.inHandler : null;
  const answers = attempt !== null ? [] : walk.guards.filter((guard) => isWithin(guard.frame, around)).flatMap((guard) => failedWhere(guard.test, guard.holds));
  if (attempt === null && answers.length === 0) return;
  const since = Math.min(...answers.map((effect) => walk.occurrences.find((occurrence) => occurrence.effect === effect)?.index ?? Infinity));
  const pauses = walk.pauses.filter((pause) => (attempt === null ? pause.after > since : pause.handler === attempt)).map((pause) => pause.for);
  if (walk.delay !== null) pauses.push(walk.delay);
  // Something else is done first: a token is renewed, a connection opened anew.
  const other = walk.occurrences.some((occurrence) => (attempt === null ? occurrence.index > since && !answers.includes(occurrence.effect) : occurrence.inHandler === attempt) && occurrence.effect.weight !== 'telemetry');
  const counted = changed.some(({ before }) => before?.k === 'literal') && grows(around);
  const pause: Pause = pauses.length === 0 ? (other || (attempt?.waits ?? 0) > 1 ? 'unknown' : 'none') : counted || pauses.some((value) => changed.some(({ before, i }) => isMadeOf(around, i, before, value, 0))) ? 'growing' : pauseOf(pauses);
  const free = walk.guards.every((guard) => !isWithin(guard.frame, around) || failedWhere(guard.test, guard.holds).length > 0);
  const region = makeRegion(m, 'retry', attempt?.span ?? call.span, attempt?.frame ?? around, {
    retry: { tries: attempt?.span ?? null, ...(attempt === null ? { answers } : {}), endless: free && changed.length === 0 && walk.scopes.every((scope) => scope.exits.length === 0), pause, waits: pauses },
  });
  walk.recursions.push(region);
}

/** A function that calls itself for each element of a list: what it does, it does for every node of a tree. */
export interface Descent {
  readonly around: Frame;
  readonly args: readonly Value[];
  /** The iteration, of the function itself, in which it does so. */
  readonly region: Region;
}

export function descends({ walk, handlers }: Machine, around: Frame, args: readonly Value[]): void {
  const region = walk.silent > 0 || handlers !== null ? undefined : walk.regions.findLast(({ kind, frame }) => (kind === 'each' || kind === 'loop') && frame !== null && isWithin(frame, around));
  if (region !== undefined) walk.descents.push({ around, args, region });
}

/** The value of a parameter, as the function was called with it or with its default. */
export const given = (frame: Frame, i: number, value: Value | undefined): boolean => value !== undefined && (frame.args[i] === undefined ? optionsOf(value).some((option) => option.k === 'param' && option.fn === frame.fn && option.index === i) : value === frame.args[i]);

const sameGiven = (frame: Frame, i: number, now: Value | undefined): boolean => now === undefined || given(frame, i, now) || (frame.args[i] !== undefined && sameValue(frame.args[i]!, now));

/** A counter that goes on, options with one more. */
function continuesFrom(frame: Frame, i: number, now: Value, depth: number): boolean {
  if (given(frame, i, now)) return true;
  if (depth > 4) return false;
  switch (now.k) {
    case 'derived': return now.op !== 'call' && now.from.some((from) => continuesFrom(frame, i, from, depth + 1));
    case 'object': return [...now.spreads, ...(now.merged ?? []), ...now.props.values()].some((part) => continuesFrom(frame, i, part, depth + 1));
    case 'phi': return now.options.some((option) => continuesFrom(frame, i, option, depth + 1));
    case 'access': return continuesFrom(frame, i, now.of, depth + 1);
    default: return false;
  }
}

function isMadeOf(frame: Frame, i: number, before: Value | undefined, value: Value, depth: number): boolean {
  if (given(frame, i, value) && (before === undefined || before === value)) return true;
  if (depth > 8) return false;
  const next = (part: Value): boolean => isMadeOf(frame, i, before, part, depth + 1);
  switch (value.k) {
    case 'derived': return value.from.some(next);
    case 'phi': return value.options.some(next);
    case 'access': return next(value.of) || (typeof value.key === 'object' && next(value.key));
    case 'item': return next(value.of);
    case 'template': return value.values.some(next);
    default: return false;
  }
}

/** Literals that are multiplied are one literal: a pause that grows with a counter whose first value is known looks like any number. */
const grows = (frame: Frame): boolean => frame.ir.functions.filter(({ span }) => span[0] >= frame.fn.span[0] && span[1] <= frame.fn.span[1]).some(({ values }) => values.some((term) => {
  if (term[0] === 'bin') return (term[1] === '*' || term[1] === '**' || term[1] === '<<') && [term[2], term[3]].some((v) => values[v]?.[0] !== 'lit');
  return term[0] === 'get' && term[2] === 'pow';
}));

/** The function itself, or a callback in its text. */
function standsIn(frame: Frame, outer: Frame): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.up) if (at === outer) return true;
  return false;
}
