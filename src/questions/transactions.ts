import type { Detached, Effect, Occurrence, Region } from '../program/effect.ts';
import { isDefaultClient } from '../program/evaluate.ts';
import { handleOf } from '../program/operation.ts';
import { type Frame, isWithin } from '../program/frame.ts';
import { isTransaction } from './records.ts';
import { type FunctionValue, type LibraryValue, type Value, sameValue } from '../program/value.ts';

/** A transaction that has begun and not ended when the effect happens. */
export interface OpenTransaction {
  /** Where it was opened; null when only a parameter's type proves it. */
  readonly region: Region | null;
  /** The effect is part of it, is not, or it cannot be told. */
  readonly member: 'yes' | 'no' | 'unknown';
  /** Whether it is certain that the effect runs while the transaction is open. */
  readonly likely: boolean;
}

const DATABASES = new Set(['sql', 'mongo', 'firestore', 'dynamo', 'cosmos']);

export function openTransaction(occurrence: Occurrence): OpenTransaction | null {
  const { regions, effect } = occurrence;
  const at = regions.findLastIndex((region) => region.kind === 'transaction');
  if (at >= 0) {
    const region = regions[at]!;
    const after = regions.slice(at + 1);
    // Runs after commit, after the response, in another tick: not while it is open.
    if (after.some((inner) => inner.kind === 'deferred' || inner.kind === 'background')) return null;
    return { region, member: memberOf(effect, region), likely: after.some((inner) => inner.kind === 'opaque') };
  }
  let parameter = transactionParameter(occurrence.frame);
  for (let i = 0; parameter === null && i < occurrence.stack.length; i += 1) parameter = transactionParameter(occurrence.stack[i]!.frame);
  return parameter === null ? null : { region: null, member: effect.handle !== null && handleOf(effect.handle) === handleOf(parameter) ? 'yes' : 'unknown', likely: false };
}

/**
 * The transaction that is open around the one that the effect is part of, where both were begun on one client, neither within the other:
 * the inner one commits by itself. An entity manager may pass on the transaction that is open.
 */
export function apartFrom({ effect, regions }: Occurrence): Region | null {
  const at = regions.findLastIndex((region) => region.kind === 'transaction');
  const inner = regions[at];
  if (inner === undefined || inner.ambient || memberOf(effect, inner) !== 'yes') return null;
  return regions.slice(0, at).findLast((region, i) => region.kind === 'transaction' && !region.ambient && isApart(region, inner) && !regions.slice(i + 1, at).some(({ kind }) => kind === 'deferred' || kind === 'background')) ?? null;
}

function isApart(outer: Region, inner: Region): boolean {
  const [client, again] = [handleOf(outer.client), handleOf(inner.client)];
  if (client?.k !== 'library' || again === null || !(client === again || sameValue(client, again)) || client.type.shape.role !== 'client') return false;
  const [open, opened] = [handleOf(outer.handle), handleOf(inner.handle)];
  return open?.k === 'library' && open !== opened && open !== client && open.type.id !== client.type.id;
}

/** Part of an open transaction, and dropped within: the transaction may end first. */
export function overtaken(occurrence: Occurrence): Detached | null {
  const open = openTransaction(occurrence);
  const region = open?.member === 'yes' ? open.region : null;
  return region === null ? null : (occurrence.detached.find((dropped) => isInside(dropped, region)) ?? null);
}

function isInside({ frame, span }: Detached, region: Region): boolean {
  if (region.frame === null || !isWithin(frame, region.frame)) return false;
  // Between the statements that begin and end it, or in the body of the method that it is put around.
  return frame !== region.frame || span[0] >= region.span[1] || (span[0] > region.span[0] && span[1] < region.span[1]);
}

const parameters = new WeakMap<Frame, LibraryValue | null>();

/** The first parameter that is a transaction by its type. Asked when the execution has ended. */
function transactionParameter(frame: Frame): LibraryValue | null {
  let found = parameters.get(frame);
  if (found !== undefined) return found;
  found = null;
  for (let i = 0; i < frame.fn.params.length && found === null; i += 1) {
    found = (frame.values.find((value) => value?.k === 'library' && isTransaction(value) && value.handle?.k === 'param' && value.handle.index === i && value.handle.fn === frame.fn) as LibraryValue | undefined) ?? null;
  }
  parameters.set(frame, found);
  return found;
}

function memberOf(effect: Effect, region: Region): OpenTransaction['member'] {
  if (region.ambient) return DATABASES.has(effect.system) ? 'yes' : 'no';
  if (effect.handle === null) return DATABASES.has(effect.system) ? 'unknown' : 'no';
  const mine = handleOf(effect.handle);
  const open = handleOf(region.handle);
  // An adapter made over the transaction: `{ executeSql: (text) => trx.raw(text) }`.
  if (open !== null && mine?.k === 'object' && [...mine.props.values()].some((held) => held.k === 'function' && closesOver(held, open))) return 'yes';
  if (mine !== null && open !== null && (mine === open || sameValue(mine, open))) return 'yes';
  if (isTransaction(effect.handle)) return 'yes';
  // The very value that the transaction was opened on, whatever it is.
  if (mine !== null && open !== null && region.client !== null && sameValue(mine, handleOf(region.client)!)) return 'no';
  if (mine?.k === 'param' || mine?.k === 'unknown' || mine?.k === 'derived' || mine?.k === 'access') return 'unknown';
  if (region.handle === null) return region.client !== null && mine !== null && mine === handleOf(region.client) ? 'yes' : 'unknown';
  return 'no';
}

function closesOver(fn: FunctionValue, handle: Value): boolean {
  for (let at = fn.up; at !== null; at = at.up) if (at.fn.kind !== 'module' && [...at.args, ...at.values].some((value) => value !== undefined && (value === handle || handleOf(value) === handle))) return true;
  return false;
}

/** Both go to one database, so that one transaction could hold them. */
export function sameStore(a: Effect, b: Effect): boolean {
  if (a.system !== b.system) return false;
  if (!DATABASES.has(a.system)) return a.system === b.system && a.library === b.library;
  return a.library === b.library || a.system === 'sql';
}

/** The outer client of a transaction: what its callback was opened on. Models and injected repositories work through their library's default client. */
export const isOuterClient = (handle: Value | null, region: Region): boolean => {
  const mine = handleOf(handle);
  const outer = handleOf(region.client);
  const pool = region.handle?.k === 'library' ? (region.handle.parent ?? null) : null;
  if (mine !== null && pool !== null && mine === pool && mine !== handleOf(region.handle)) return true;
  if (mine === null || outer === null) return false;
  if (mine === outer || sameValue(mine, outer)) return true;
  return mine.k === 'library' && outer.k === 'library' && mine.type.library === outer.type.library && (isDefaultClient(mine) || isDefaultClient(outer)) && !isTransaction(mine);
};
