import type { Event, FileIR, FunctionIR, TypeRef, V } from '../vocabulary/ir.ts';
import { anyEvent } from './events.ts';

/** An object with methods that a function makes to a type, as it is written there. */
export interface TypedObject { readonly fn: number; readonly v: V; readonly type: TypeRef }

/** `const clock: Clock = { now() {} }`, `{ … } satisfies Clock`, `(pool: Pool): Orders => ({ find: … })`. */
export const objectsWithTypes = (ir: FileIR): TypedObject[] => ir.functions.flatMap((fn, id) => {
  const found: TypedObject[] = [];
  for (const [v, type] of fn.types ?? []) if (hasMethods(fn, v)) found.push({ fn: id, v, type });
  if (fn.returns === undefined) return found;
  const type = fn.returns.name === 'Promise' && fn.returns.args?.[0] !== undefined ? fn.returns.args[0] : fn.returns;
  for (const v of returnedBy(fn.body)) for (const option of optionsIn(fn, v, 4)) if (hasMethods(fn, option) && !found.some((known) => known.v === option && known.type.name === type.name)) found.push({ fn: id, v: option, type });
  return found;
});

function hasMethods(fn: FunctionIR, v: V): boolean {
  const term = fn.values[v];
  return term?.[0] === 'obj' && term.slice(1).some((prop) => Array.isArray(prop) && prop.length === 2 && fn.values[prop[1] as V]?.[0] === 'fn');
}

function optionsIn(fn: FunctionIR, v: V, depth: number): readonly V[] {
  const term = fn.values[v];
  if (term === undefined || depth === 0) return [];
  const parts: readonly V[] = term[0] === 'phi' ? (term.slice(1) as V[]) : term[0] === 'cond' || term[0] === 'logic' ? [term[2], term[3]] : [];
  return parts.length === 0 ? [v] : parts.flatMap((part) => optionsIn(fn, part, depth - 1));
}

function returnedBy(events: readonly Event[]): V[] {
  const found: V[] = [];
  anyEvent(events, (event) => {
    if (event[0] === 'return' && event[1] !== -1) found.push(event[1]);
    return false;
  });
  return found;
}
