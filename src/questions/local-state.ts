import type { Guard, Occurrence } from '../program/effect.ts';
import { fromMessage } from './bounds.ts';
import { leavesOf, originsOf } from '../program/origins.ts';
import { type ArrayValue, type Value, sameValue, settled } from '../program/value.ts';

/** What a process remembers for itself decides: whether it has seen something, how often, whether somebody is at it. */
export interface LocalDecision {
  readonly guard: Guard;
  readonly kind: 'seen' | 'limit';
}

export function localDecision(occurrence: Occurrence, entryFn: object | null): LocalDecision | null {
  for (const guard of occurrence.guards) {
    for (const part of guard.together ?? [guard]) {
      const found = decidedByTest(part.test);
      // Named by what came in; a constant is the process's own affair.
      if (found === null || !remembers(found) || !fromMessage(found.key, entryFn)) continue;
      return { guard, kind: found.compared ? 'limit' : 'seen' };
    }
  }
  return null;
}

/** One test stands before many effects. */
const known = new WeakMap<Value, LookUp | null>();

function decidedByTest(test: Value): LookUp | null {
  let found = known.get(test);
  if (found === undefined) known.set(test, (found = lookUp(test, false, 0)));
  return found;
}

interface LookUp { readonly state: ArrayValue; readonly key: Value; readonly compared: boolean }

/** `seen.has(key)`, or a number kept under the key that is compared. */
function lookUp(given: Value, compared: boolean, depth: number): LookUp | null {
  const value = settled(given);
  if (depth > 6) return null;
  switch (value.k) {
    case 'derived': {
      const [of, key] = value.from;
      if ((value.op === 'has' || value.op === 'get') && of?.k === 'array' && of.resident === true && key !== undefined) return { state: of, key, compared };
      return first(value.from, compared || COMPARES.has(value.op), depth);
    }
    case 'phi': return first(value.options, compared, depth);
    case 'access': case 'item': return lookUp(value.of, compared, depth + 1);
    default: return null;
  }
}

const COMPARES = new Set(['<', '<=', '>', '>=']);

function first(parts: readonly Value[], compared: boolean, depth: number): LookUp | null {
  for (const part of parts) {
    const found = lookUp(part, compared, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

/** Filled under the same keys, with marks and counts: what was fetched elsewhere is a copy, and functions, sockets and promises are of this process anyway. */
function remembers({ state, key }: LookUp): boolean {
  const own = state.pushed.filter((push) => sameValue(push.key ?? push.value, key) || leavesOf(push.key ?? push.value).some((leaf) => leavesOf(key).includes(leaf)));
  return own.length > 0 && state.pushed.every(({ value, key: name }) => name === undefined || isMark(value));
}

function isMark(given: Value, depth = 0): boolean {
  const value = settled(given);
  if (depth > 4 || originsOf(value).length > 0) return false;
  const next = (part: Value): boolean => isMark(part, depth + 1);
  switch (value.k) {
    case 'literal': case 'undefined': case 'source': case 'param': case 'template': return true;
    case 'derived': return COUNTS.has(value.op) || (value.op === 'get' ? value.from[0]?.k === 'array' : value.op !== 'call' && value.from.every(next));
    case 'access': return next(value.of);
    case 'library': return value.type.shape.role === 'message' || value.args.every(next);
    case 'phi': return value.options.every(next);
    case 'object': return value.spreads.length === 0 && [...value.props.values()].every(next);
    default: return false;
  }
}

const COUNTS = new Set(['+', '-', '++', '*']);
