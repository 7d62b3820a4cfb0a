import type { Occurrence } from '../program/effect.ts';
import { leavesOf } from '../program/origins.ts';
import type { Root } from '../program/roots.ts';
import { sameValue } from '../program/value.ts';
import { fromMessage } from './bounds.ts';

/** After a failure the consumer puts what it was given back into its own queue, where it comes at once. */
export function requeuedAtOnce({ effect, inHandler, guards }: Occurrence, { entry, fn }: Root): boolean {
  if (entry === null || effect.kind !== 'publish' || effect.shape.later === undefined || effect.later !== undefined) return false;
  const isOwnQueue = effect.resource !== null ? effect.resource === entry.source : entry.from !== undefined && effect.resourceValue !== null && sameValue(entry.from, effect.resourceValue);
  return isOwnQueue && (inHandler !== null || guards.some(({ test }) => leavesOf(test).some((leaf) => leaf.k === 'caught'))) && [...effect.values.map(({ value }) => value), ...effect.rest].some((value) => fromMessage(value, fn.ir));
}
