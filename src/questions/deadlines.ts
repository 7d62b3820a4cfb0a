import type { Occurrence } from '../program/effect.ts';
import type { Frame } from '../program/frame.ts';
import { type Value, optionsOf, settled } from '../program/value.ts';

export type Deadline = 'given' | 'none' | 'ignored' | 'unknown' | 'long';

/** Longest default that still counts as a deadline. */
const LONG = 120_000;

/** What ends the call when the other side does not answer. */
export function deadlineOf({ effect, regions, bounded }: Occurrence): Deadline {
  const { shape } = effect;
  if (shape.deadline === undefined || (shape.deadline !== null && shape.deadline <= LONG)) return 'given';
  if (bounded !== undefined || regions.some((region) => region.kind === 'timeout')) return 'given';
  if (effect.deadline !== null) {
    const options = optionsOf(effect.deadline).map(settled);
    // `timeout: 0` stands for none.
    const none = options.filter((option) => option.k === 'undefined' || (option.k === 'literal' && (option.value === 0 || option.value === null || option.value === false || option.value === Infinity)));
    if (none.length < options.length) return none.length > 0 ? 'unknown' : 'given';
  }
  if (configured(effect.handle)) return 'unknown';
  return shape.deadline !== null ? 'long' : effect.ignoredDeadline ? 'ignored' : 'none';
}

/** The call's own deadline, where what waits for it gives up before: milliseconds of both. */
export function outlasts({ effect, regions, bounded }: Occurrence): { readonly inner: number; readonly outer: number } | null {
  const inner = millisecondsOf(effect.deadline);
  const outers = [bounded?.after ?? null, ...regions.map((region) => (region.kind === 'timeout' ? region.value : null))].flatMap((value) => millisecondsOf(value) ?? []);
  const outer = Math.min(...outers);
  return inner !== null && inner > outer ? { inner, outer } : null;
}

/** `5000`, `{ request: 5000 }`, `AbortSignal.timeout(5000)`. */
function millisecondsOf(given: Value | null): number | null {
  const value = given === null ? null : settled(given);
  if (value?.k === 'literal') return typeof value.value === 'number' && value.value > 0 ? value.value : null;
  if (value?.k === 'object') return value.spreads.length === 0 && value.props.size === 1 ? millisecondsOf(value.props.get('request') ?? null) : null;
  return value?.k === 'derived' && value.op === 'timeout' && value.from.length === 1 ? millisecondsOf(value.from[0]!) : null;
}

/** `void poll()`, which asks others in an endless loop: when one of them never answers, there is no next round. */
export const stopsWorker = ({ detached, frame, span, regions }: Occurrence): boolean =>
  !detached.some((dropped) => dropped.frame === frame && dropped.span === span) && regions.some(({ kind, over }) => kind === 'loop' && (over === null || (over.k === 'literal' && Boolean(over.value))));

/** `client.defaults.timeout = 5000`, or an interceptor that may set it. */
const configured = (handle: Value | null): boolean => handle !== null && [...(handle.members ?? [])].some(([name, held]) => name === 'defaults' && held.sets !== undefined);

/** The activation that made the options of the call: wrappers that hand theirs on, or were given none, do not decide. */
export function optionsMadeIn({ effect, frame }: Occurrence): Frame {
  let at = frame;
  const { options } = effect;
  if (effect.shape.deadlineOption === undefined) return frame;
  const parts = options === null ? [] : partsOf(options, 0);
  while (at.caller !== null) {
    const given = at.args.some((arg) => parts.includes(arg));
    const left = (parts.length === 0 || options?.k === 'undefined' || parts.length > 1) && at.args.length < at.fn.params.length;
    if (!given && !left) break;
    at = at.caller.frame;
  }
  return at;
}

/** The options and the objects they were merged from. */
const partsOf = (options: Value, depth: number): readonly Value[] => (options.k === 'undefined' ? [] : [options, ...(options.k === 'object' && depth < 4 ? (options.merged ?? []).flatMap((merged) => partsOf(merged, depth + 1)) : [])]);
