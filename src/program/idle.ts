import type { V } from '../vocabulary/ir.ts';
import type { Frame } from './frame.ts';
import type { Machine, Walk } from './machine.ts';
import type { Call } from './run.ts';
import type { FunctionValue, Value } from './value.ts';

/** Calls in one execution after which a function that does nothing is known for it. */
const IN_VAIN = 3;

/**
 * Half of what real programs do is to write logs, which no rule asks about: a function whose result nobody takes, and that was followed
 * in vain several times in this execution, is followed no more. Not where it is handed a callback, which may do something, or a client or
 * what an effect gave, of which it matters whether somebody looks at it.
 */
export function isIdle(m: Machine, { use }: { readonly use?: Call['use'] }, { ir }: FunctionValue, args: readonly Value[]): boolean {
  return use === 'dropped' && m.handlers === null && (m.walk.idle.get(ir) ?? 0) >= IN_VAIN && !args.some(matters);
}

const MATTERS: ReadonlySet<Value['k']> = new Set(['function', 'row', 'library', 'instance']);
const matters = (value: Value): boolean => MATTERS.has(value.k) || (value.k === 'object' && [...value.props.values()].some((held) => held.k === 'function' || held.k === 'library' || (held.k === 'row' && held.path.length === 0)));

/** Grows with everything that what follows could notice. */
export const traces = ({ occurrences, opened, pauses, timers, rejected, left, regions, scopes }: Walk): number =>
  occurrences.length + opened.length + pauses.length + timers + rejected + left + regions.length + (scopes.at(-1)?.held?.length ?? 0);

/** The object is a literal of the function that sets its member. */
export function isMadeHere({ fn }: Frame, v: V): boolean {
  const kind = fn.values[v]?.[0];
  return kind === 'obj' || kind === 'arr';
}
