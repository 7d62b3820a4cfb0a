import { isSecretName } from '../catalog/secret-names.ts';
import type { Occurrence } from '../program/effect.ts';
import type { Machine, Walk } from '../program/machine.ts';
import { refusesTooMany, refusesWithin } from '../program/refusals.ts';
import { type Root, isAnalysed } from '../program/roots.ts';
import type { RowValue, Value } from '../program/value.ts';
import { fromMessage } from './bounds.ts';

/** Requests are limited elsewhere, in handlers that were followed or `anywhere` in the program, and nothing limits those that come here. */
export function isUnlimited(m: Machine, walk: Walk, root: Root, anywhere: boolean): boolean {
  const expected = m.program.host.closed === true || (m.throttles && limitsElsewhere(m) !== 'unseen') || (anywhere && limitsElsewhere(m) === 'some');
  return expected && root.entry !== null && root.entry.throttled !== true && !isLimited(m, walk, root.entry.by);
}

const limited = new WeakMap<Walk, boolean>();

/** On the way, or in front of all handlers of that library. */
function isLimited(m: Machine, walk: Walk, by: string | undefined): boolean {
  let found = limited.get(walk);
  if (found === undefined) limited.set(walk, (found = walk.refuses || walk.occurrences.some(counts) || isLimitedInFront(m, by)));
  return found;
}

/** A limiter, the project's own included: a counter in a cache, under a key of whoever asks. */
const counts = ({ effect }: Occurrence): boolean => effect.shape.throttles === true || (effect.kind === 'write' && effect.action === 'increment' && effect.system === 'redis');

/** By the library that the handler is registered with; middleware that a framework finds by its file stands in front of all. */
const isLimitedInFront = (m: Machine, by: string | undefined): boolean => (by === undefined ? m.limitedInFront.size > 0 : m.limitedInFront.has(by)) || m.entries.some(({ shape, name, fn }) => shape.kind === 'middleware' && name !== undefined && name !== '' && refusesWithin(m.program.ir(fn.file)!, fn.ir));

const known = new WeakMap<Machine, 'none' | 'some' | 'unseen'>();

/** A limiter is imported, or a function answers that there are too many requests, anywhere in the program. */
function limitsElsewhere(m: Machine): 'none' | 'some' | 'unseen' {
  let limits = known.get(m);
  if (limits === undefined) {
    const { host, catalog } = m.program;
    const specs = [...(host.imports?.().specs ?? host.files().flatMap((file) => host.ir(file)?.module.specs ?? []))];
    const imports = (which: 'limits' | 'limitsUnseen'): boolean => specs.some((spec) => catalog.libraries(spec).some((library) => library[which]?.includes(spec) === true));
    const refuses = (): boolean => (host.naming?.(/\b(?:429|TOO_MANY_REQUESTS|TooManyRequests)\b/) ?? host.files()).some((file) => isAnalysed(host.role(file)) && host.ir(file)?.functions.some(refusesTooMany) === true);
    known.set(m, (limits = imports('limitsUnseen') ? 'unseen' : imports('limits') || refuses() ? 'some' : 'none'));
  }
  return limits;
}

/** The request says what the stored password or code may be, and learns whether it is. */
export function letsGuess(walk: Walk, { effect, guards }: Occurrence, entryFn: object | null): boolean {
  if (guards.flatMap((guard) => guard.together ?? [guard]).some(({ test }) => mayLimit(test, entryFn, 0))) return false;
  if (effect.kind === 'verify') return effect.shape.guessable === true && effect.args.some((arg) => fromMessage(arg, entryFn));
  if (effect.kind !== 'read') return false;
  return secretsCompared(walk).some(({ stored, given }) => stored.effect === effect && fromMessage(given, entryFn));
}

interface Compared { readonly stored: RowValue; readonly given: Value }
const compared = new WeakMap<Walk, readonly Compared[]>();

/** Stored passwords and codes, and what they are compared with. */
function secretsCompared(walk: Walk): readonly Compared[] {
  let found = compared.get(walk);
  if (found === undefined) {
    const pairs: Compared[] = [];
    for (const test of walk.tests) addCompared(test, 0, pairs);
    compared.set(walk, (found = pairs));
  }
  return found;
}

/** A number is compared on the way, or somebody out of view says of the request whether it goes on: a counter, a captcha. */
const mayLimit = (test: Value, entryFn: object | null, depth: number): boolean => {
  if (depth > 5) return false;
  switch (test.k) {
    case 'derived': return ORDERS.has(test.op) || (test.op === 'call' && test.from.some((from) => fromMessage(from, entryFn))) || test.from.some((from) => mayLimit(from, entryFn, depth + 1));
    case 'phi': return test.options.some((option) => mayLimit(option, entryFn, depth + 1));
    case 'access': return mayLimit(test.of, entryFn, depth + 1);
    default: return false;
  }
};

const ORDERS = new Set(['<', '<=', '>', '>=']);

/** The equalities that a test is made of. */
function addCompared(test: Value, depth: number, pairs: Compared[]): void {
  if (depth > 4 || (test.k !== 'phi' && test.k !== 'derived')) return;
  if (test.k === 'derived' && test.from.length === 2 && EQUALITIES.has(test.op)) {
    test.from.forEach((stored, side) => {
      if (stored.k === 'row' && isSecretName(stored.path.at(-1) ?? '')) pairs.push({ stored, given: test.from[1 - side]! });
    });
  } else for (const part of test.k === 'phi' ? test.options : test.from) addCompared(part, depth + 1, pairs);
}

const EQUALITIES = new Set(['===', '==', '!==', '!=']);

