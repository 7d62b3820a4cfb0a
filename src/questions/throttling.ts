import { isSecretName } from '../catalog/secret-names.ts';
import type { Occurrence } from '../program/effect.ts';
import type { Machine, Walk } from '../program/machine.ts';
import { refusesTooMany, refusesWithin } from '../program/refusals.ts';
import { type Root, isAnalysed } from '../program/roots.ts';
import { type RowValue, type Value, optionsOf } from '../program/value.ts';
import { fromMessage } from './bounds.ts';

/** Requests are limited elsewhere, in handlers that were followed or `anywhere` in the program, and nothing limits those that come here. */
export function isUnlimited(m: Machine, walk: Walk, root: Root, anywhere: boolean): boolean {
  if (root.entry === null || root.entry.throttled === true || walk.refuses || walk.occurrences.some(counts) || isLimitedInFront(m, root.entry.by)) return false;
  return m.program.host.closed === true || (m.throttles && limitsElsewhere(m) !== 'unseen') || (anywhere && limitsElsewhere(m) === 'some');
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
    const pairs = walk.tests.flatMap((test) => comparisons(test, 0)).flatMap(([one, other]) => [[one, other], [other, one]] as const);
    compared.set(walk, (found = pairs.flatMap(([stored, given]) => (stored.k === 'row' && isSecretName(stored.path.at(-1) ?? '') ? [{ stored, given }] : []))));
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

/** The two sides of each equality that a test is made of. */
function comparisons(test: Value, depth: number): readonly (readonly [Value, Value])[] {
  if (depth > 4) return [];
  if (test.k === 'phi') return optionsOf(test).flatMap((option) => comparisons(option, depth + 1));
  if (test.k !== 'derived') return [];
  return EQUALITIES.has(test.op) && test.from.length === 2 ? [[test.from[0]!, test.from[1]!]] : test.from.flatMap((part) => comparisons(part, depth + 1));
}

const EQUALITIES = new Set(['===', '==', '!==', '!=']);

