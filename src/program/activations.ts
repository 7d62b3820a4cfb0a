import { ambientInstance, evaluate, moduleFrame, typed } from './evaluate.ts';
import { type Frame, frameOf } from './frame.ts';
import { type Machine, wired } from './machine.ts';
import type { ObjectRef } from './program.ts';
import { runFrame } from './run.ts';
import { type ObjectValue, UNDEFINED } from './value.ts';

const making = new Set<object>();

/**
 * A function as whoever wires the program up would have run it, once, before any execution: its parameters are what their types say.
 * The functions that it gives out see its variables.
 */
function activation(m: Machine, file: string, id: number): Frame | null {
  const ir = m.program.ir(file);
  const fn = ir?.functions[id];
  if (ir === undefined || fn === undefined) return null;
  if (fn.kind === 'module') return moduleFrame(m, file);
  const known = m.activations.get(fn);
  if (known !== undefined || making.has(fn)) return known ?? null;
  const up = activation(m, file, fn.up);
  if (up === null) return null;
  making.add(fn);
  try {
    return wired(m, () => {
      const self = fn.class === undefined ? UNDEFINED : ambientInstance(m, { k: 'class', file, id: fn.class, up: moduleFrame(m, file) }, []);
      const args = fn.params.map((param) => (param.type === undefined ? undefined : typed(m, file, param.type, null) ?? undefined));
      const frame = frameOf(file, ir, fn, args as never, self, up, null);
      frame.wired = true;
      runFrame(m, frame);
      m.activations.set(fn, frame);
      return frame;
    });
  } finally {
    making.delete(fn);
  }
}

/** The object that code in view makes to a type. */
export function madeObject(m: Machine, { file, fn, v }: ObjectRef): ObjectValue | null {
  const frame = activation(m, file, fn);
  const value = frame === null ? null : evaluate(m, frame, v);
  return value?.k === 'object' ? value : null;
}
