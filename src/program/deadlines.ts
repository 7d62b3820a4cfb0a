import type { Arg, V } from '../vocabulary/ir.ts';
import type { Occurrence } from './effect.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import { originsOf } from './origins.ts';
import { type Call, attach } from './run.ts';
import { type Value, optionsOf, settled } from './value.ts';

/** A call that a timer races: whoever waits for the race waits no longer than the timer. */
export function raced(m: Machine, call: Call, list: Value): void {
  if (list.k !== 'array') return;
  const held = [...list.items, ...list.pushed.map((push) => push.value)];
  const timer = held.flatMap(optionsOf).find(isTimer);
  if (timer !== undefined) boundedBy(m, call, list, call.argVs, timer.k === 'derived' ? (timer.from[0] ?? null) : null);
}

/** `new Promise((resolve, reject) => { work.then(resolve, reject); setTimeout(reject, ms); })`: the timer may settle it first. */
export function boundedInside(m: Machine, start: number, promises: readonly Value[], after: Value | null): void {
  const effects = new Set(promises.flatMap((value) => [...originsOf(value)]).map((origin) => origin.effect));
  m.walk.occurrences.forEach((occurrence, i) => {
    if (effects.has(occurrence.effect) || (i >= start && occurrence.regions.every((region) => region.kind !== 'background'))) occurrence.bounded = { after };
  });
}

const isTimer = (value: Value): boolean => value.k === 'derived' && value.op === 'timer';

/** The effects behind the promises: started in the arguments, or those whose results they are. */
export function boundedBy(m: Machine, call: Call, promises: Value, args: readonly Arg[], after: Value | null): void {
  const bound = (occurrence: Occurrence): void => { occurrence.bounded = { after }; };
  for (const v of args) if (typeof v === 'number') for (const item of itemsOf(call.frame, v)) attach(m, call.frame, item, bound);
  const effects = new Set((promises.k === 'array' ? promises.items : [promises]).flatMap((value) => [...originsOf(value)]).map((origin) => origin.effect));
  for (const occurrence of m.walk.occurrences) if (effects.has(occurrence.effect)) bound(occurrence);
}

const itemsOf = (frame: Frame, v: V): readonly V[] => {
  const term = frame.fn.values[v];
  return term?.[0] === 'arr' ? term.slice(1).filter((item): item is V => typeof item === 'number') : [v];
};

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
