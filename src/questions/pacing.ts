import type { Occurrence, Region } from '../program/effect.ts';
import { overOf } from './bounds.ts';
import type { Machine } from '../program/machine.ts';

/** The loop around a call that makes as many of them as the data has, as fast as they are answered. */
export function unpaced(m: Machine, occurrence: Occurrence, entryFn: object | null): Region | null {
  const { regions } = occurrence;
  if (regions.some((region) => region.kind === 'limit' || region.kind === 'lock')) return null;
  const loop = regions.findLast((region) => region.kind === 'each' && (region.stream === true || overOf(region, entryFn).is === 'data'));
  if (loop === undefined || regions.slice(regions.indexOf(loop)).some((region) => region.kind === 'background')) return null;
  return m.walk.pauses.some((pause) => pause.regions.includes(loop)) ? null : loop;
}

const known = new WeakMap<Machine, boolean>();

/** The program holds calls back elsewhere: whoever wrote it thought of that. */
export function pacesElsewhere(m: Machine): boolean {
  let paces = known.get(m);
  if (paces === undefined) {
    const { host, catalog } = m.program;
    const specs = host.imports?.().specs ?? host.files().flatMap((file) => host.ir(file)?.module.specs ?? []);
    known.set(m, (paces = [...specs].some((spec) => catalog.libraries(spec).some((library) => library.paces === true))));
  }
  return paces;
}
