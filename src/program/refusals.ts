import type { FileIR, FunctionIR, V } from '../vocabulary/ir.ts';
import { anyEvent } from './events.ts';

/** Of HTTP, for whoever asks too often. */
const STATUS = 429;
/** The same in words: tRPC's code, and how lists of status codes name it. */
const WORDS = new Set(['TOO_MANY_REQUESTS', 'TooManyRequests']);
const CARRIES = new Set(['status', 'statusCode', 'code', 'httpStatus']);

const known = new WeakMap<FunctionIR, boolean>();

/** Somewhere in its own text it answers that there are too many requests: it counts them. Who compares with that status asks others. */
export function refusesTooMany(fn: FunctionIR): boolean {
  let refuses = known.get(fn);
  if (refuses === undefined) known.set(fn, (refuses = answersTooMany(fn)));
  return refuses;
}

/** It, or a function that stands in its text. */
export function refusesWithin(ir: FileIR, fn: FunctionIR, depth = 3): boolean {
  return refusesTooMany(fn) || (depth > 0 && fn.values.some((term) => term[0] === 'fn' && refusesWithin(ir, ir.functions[term[1]]!, depth - 1)));
}

function answersTooMany(fn: FunctionIR): boolean {
  const said = new Set<V>();
  let compares = false;
  let answers = false;
  fn.values.forEach((term, v) => {
    switch (term[0]) {
      case 'lit': if (term[1] === STATUS || (typeof term[1] === 'string' && WORDS.has(term[1]))) said.add(v); break;
      case 'get': if (typeof term[2] === 'string' && WORDS.has(term[2])) said.add(v); break;
      case 'cond': if (said.has(term[2]) || said.has(term[3])) said.add(v); break;
      case 'bin': compares ||= said.has(term[2]) || said.has(term[3]); break;
      case 'obj': for (const prop of term.slice(1) as (readonly [string | V, V] | readonly [V])[]) answers ||= prop.length === 2 && typeof prop[0] === 'string' && CARRIES.has(prop[0]) && said.has(prop[1]); break;
      default:
    }
  });
  if (said.size === 0 || compares) return false;
  return answers || anyEvent(fn.body, (event) =>
    ((event[0] === 'call' || event[0] === 'new') && event[3].some((arg) => typeof arg === 'number' && said.has(arg)))
    || (event[0] === 'set' && typeof event[2] === 'string' && CARRIES.has(event[2]) && said.has(event[3])));
}
