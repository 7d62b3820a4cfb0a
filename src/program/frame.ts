import type { FileIR, FunctionIR, Span, V } from '../vocabulary/ir.ts';
import type { Value } from './value.ts';

/** One activation of a function: its arguments and what its terms and events came to. */
export interface Frame {
  readonly file: string;
  readonly ir: FileIR;
  readonly fn: FunctionIR;
  readonly args: readonly Value[];
  readonly self: Value;
  /** Lexically enclosing activation. */
  readonly up: Frame | null;
  /** Values by number, filled as they are asked. */
  readonly values: (Value | undefined)[];
  /** Results by event number. */
  readonly results: (Value | undefined)[];
  /** Occurrences that each event brought about: [start, end) of the walk. */
  readonly ranges: (readonly [number, number] | undefined)[];
  readonly caller: CallSite | null;
  readonly depth: number;
  /** Values assigned to our captured variables by inner functions. */
  assigned: Map<number, Value[]> | null;
  /** The same, by the function that assigns and the value as numbered there. */
  inner: Map<FunctionIR, Map<V, readonly Value[]>> | null;
  /** By event of a `.then`, `.catch` or `.finally`: the promise it was called on. */
  chained: Map<number, V> | null;
  /** It makes a service, and was run as whoever wires the program up would have run it. */
  wired?: true;
  /** What `return` gave. */
  readonly returned: Value[];
}

/** A call on the way from the entry point to an effect. */
export interface CallSite {
  readonly frame: Frame;
  readonly span: Span;
  /** Name of what is called. */
  readonly to: string;
}

export const frameOf = (file: string, ir: FileIR, fn: FunctionIR, args: readonly Value[], self: Value, up: Frame | null, caller: CallSite | null): Frame => ({
  file, ir, fn, args, self, up, caller, values: new Array<Value | undefined>(fn.values.length), results: [], ranges: [], assigned: null, inner: null, chained: null, returned: [], depth: caller === null ? 0 : caller.frame.depth + 1,
});

/** What is made here lives as long as the process: in a module, or as a part of a service that a container or a module makes once. */
export function isResident(frame: Frame): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.caller?.frame ?? null) {
    if (at.fn.kind === 'module' || at.fn.kind === 'static') return true;
    if (at.fn.kind !== 'fields' && at.fn.kind !== 'constructor') return false;
    if (at.self.k === 'instance' && at.self.ambient) return true;
  }
  return false;
}

/** The activation itself, or one that it called, however far. */
export function isWithin(frame: Frame, outer: Frame): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.caller?.frame ?? null) if (at === outer) return true;
  return false;
}
