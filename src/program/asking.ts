import type { FileIR, FunctionIR, V } from '../vocabulary/ir.ts';
import { anyEvent } from './events.ts';

/** Whether a file calls a member of one of these names on something that syntax alone does not tell: its receivers may have to be asked for. */
export function asks(ir: FileIR, names: ReadonlySet<string>, isOwn: (spec: string) => boolean): boolean {
  return ir.functions.some((fn) => anyEvent(fn.body, (event) => {
    if (event[0] !== 'call') return false;
    const callee = fn.values[event[2]];
    return callee?.[0] === 'get' && typeof callee[2] === 'string' && names.has(callee[2]) && mayBeAsked(fn, callee[1], isOwn);
  }));
}

/** What is rarely anything but what the web platform gives it. */
const PLATFORM = new Set('searchParams headers params cookies formData query session classList style dataset'.split(' '));

/** Not something that the same function shows to be a package's, a literal or made of a global class. */
export function mayBeAsked(fn: FunctionIR, v: V, isOwn: (spec: string) => boolean, depth = 6): boolean {
  const term = fn.values[v];
  if (term === undefined || depth === 0) return false;
  switch (term[0]) {
    case 'get': return !(typeof term[2] === 'string' && PLATFORM.has(term[2])) && mayBeAsked(fn, term[1], isOwn, depth - 1);
    case 'await': return mayBeAsked(fn, term[1], isOwn, depth - 1);
    case 'res': return !madeGlobally(fn, term[1]);
    case 'import': return isOwn(term[1]);
    case 'global': case 'lit': case 'tpl': case 'obj': case 'arr': case 'regex': case 'fn': case 'class': case 'bin': case 'un': case 'rest': case 'key': case 'undef': case 'caught': return false;
    default: return true;
  }
}

const made = new WeakMap<FunctionIR, Set<number>>();

/** `new Map()`. */
function madeGlobally(fn: FunctionIR, ev: number): boolean {
  let known = made.get(fn);
  if (known === undefined) {
    made.set(fn, (known = new Set()));
    const found = known;
    anyEvent(fn.body, (event) => {
      if (event[0] === 'new' && fn.values[event[2]]?.[0] === 'global') found.add(event[1]);
      return false;
    });
  }
  return known.has(ev);
}
