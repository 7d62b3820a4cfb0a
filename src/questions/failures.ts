import type { Occurrence } from '../program/effect.ts';
import type { Frame } from '../program/frame.ts';
import type { Walk } from '../program/machine.ts';
import { leavesOf, originsOf } from '../program/origins.ts';
import { type Value, optionsOf } from '../program/value.ts';

/** Items of the batch can fail although the call does not, and nothing looks which. The activation that lets the answer go. */
export function unreadFailures(walk: Walk, occurrence: Occurrence): Frame | null {
  const { effect } = occurrence;
  const { shape, result } = effect;
  if (shape.partialFailure === undefined || shape.partialFailure.startsWith('[]') || effect.items === null || result.escaped === true || occurrence.inHandler !== null) return null;
  if (shape.failsWhole === true && isOne(effect.items)) return null;
  const tell = [shape.partialFailure.split(/[.[]/)[0]!, ...(shape.outcome ?? [])];
  const read = [...(result.members?.keys() ?? [])];
  if (read.some((field) => tell.includes(field))) return null;
  const looksAt = (value: Value): boolean => originsOf(value).some((origin) => origin.effect === effect && (origin.path.length === 0 || tell.includes(origin.path[0]!)));
  if (walk.tests.some(looksAt) || walk.returned.some(looksAt)) return null;
  if (walk.occurrences.some((other) => other !== occurrence && [...other.effect.args, ...other.effect.rest, ...other.effect.values.map(({ value }) => value)].some(looksAt))) return null;
  const holder = holderOf(occurrence);
  const frames = [...occurrence.stack.map((site) => site.frame), occurrence.frame];
  // `pending = answer.UnprocessedKeys`, for the next round of a loop that is followed once.
  return frames.slice(frames.indexOf(holder)).some((frame) => frame.fn.values.some((term) => term[0] === 'get' && typeof term[2] === 'string' && tell.includes(term[2]))) ? null : holder;
}

const isOne = (list: Value): boolean => list.k === 'array' && list.items.length === 1 && list.spreads.length + list.pushed.length === 0;

/** The last of the callers that the answer was returned to. */
function holderOf(occurrence: Occurrence): Frame {
  let frame = occurrence.frame;
  for (const site of [...occurrence.stack].reverse()) {
    if (!frame.returned.some((value) => value === occurrence.effect.result || leavesOf(value).includes(occurrence.effect.result))) break;
    frame = site.frame;
  }
  return frame;
}

/** What the handler returns has that property, or may have it. */
export const mayReport = (returned: readonly Value[], property: string): boolean => returned.some((value) => optionsOf(value).some((option) => !(option.k === 'undefined' || option.k === 'literal' || (option.k === 'object' && option.spreads.length === 0 && !option.props.has(property)))));

/** A failure of the effect leaves the function it began in: nothing on the way keeps it. */
export const failsAll = (occurrence: Occurrence): boolean => occurrence.inHandler === null && occurrence.detached.length === 0 && occurrence.attempts.every((attempt) => attempt.rethrows === 'always');

/** Of the failure of the second alone nothing comes but a line in a log: whoever wrote it can do without. */
export const isBestEffort = (all: readonly Occurrence[], first: Occurrence, second: Occurrence): boolean =>
  second.attempts.some((attempt) => attempt.rethrows === 'never' && !attempt.keeps && !first.attempts.includes(attempt) && all.slice(...attempt.handler).every(({ effect }) => effect.weight === 'telemetry'));
