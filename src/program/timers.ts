import type { Arg, V } from '../vocabulary/ir.ts';
import type { Occurrence } from './effect.ts';
import type { Frame } from './frame.ts';
import type { Machine } from './machine.ts';
import { originsOf } from './origins.ts';
import { type Call, attach } from './run.ts';
import { type Value, optionsOf } from './value.ts';

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
