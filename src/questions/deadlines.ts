import type { FileIR } from '../vocabulary/ir.ts';
import type { Occurrence } from '../program/effect.ts';
import type { Frame } from '../program/frame.ts';
import type { Machine } from '../program/machine.ts';
import { isAnalysed } from '../program/roots.ts';
import { type Value, optionsOf, settled } from '../program/value.ts';

export type Deadline = 'given' | 'none' | 'ignored' | 'unknown' | 'long';

/** Longest default that still counts as a deadline. */
const LONG = 120_000;

/** What ends the call when the other side does not answer. */
export function deadlineOf(m: Machine, { effect, regions, bounded }: Occurrence): Deadline {
  const { shape } = effect;
  if (shape.deadline === undefined || (shape.deadline !== null && shape.deadline <= LONG)) return 'given';
  if (bounded !== undefined || regions.some((region) => region.kind === 'timeout')) return 'given';
  if (effect.deadline !== null) {
    const options = effect.deadline.k === 'array' ? endings(m, effect.deadline.items) : optionsOf(effect.deadline).map(settled);
    // `timeout: 0` stands for none.
    const none = options.filter((option) => option.k === 'undefined' || (option.k === 'literal' && (option.value === 0 || option.value === null || option.value === false || option.value === Infinity)));
    if (none.length < options.length) return none.length > 0 || options.some(({ k }) => k === 'unknown') ? 'unknown' : 'given';
  }
  if (configured(effect.handle) || (shape.deadlineBy !== undefined && !isBare(m, shape.deadlineBy))) return 'unknown';
  return shape.deadline !== null ? 'long' : effect.ignoredDeadline ? 'ignored' : 'none';
}

/** The call's own deadline, where what waits for it gives up before: milliseconds of both. */
export function outlasts({ effect, regions, bounded }: Occurrence): { readonly inner: number; readonly outer: number } | null {
  const inner = millisecondsOf(effect.deadline);
  const outers = [bounded?.after ?? null, ...regions.map((region) => (region.kind === 'timeout' ? region.value : null))].flatMap((value) => millisecondsOf(value) ?? []);
  const outer = Math.min(...outers);
  return inner !== null && inner > outer ? { inner, outer } : null;
}

/** `5000`, `{ request: 5000 }`, `AbortSignal.timeout(5000)`. */
function millisecondsOf(given: Value | null): number | null {
  const value = given === null ? null : settled(given);
  if (value?.k === 'literal') return typeof value.value === 'number' && value.value > 0 ? value.value : null;
  if (value?.k === 'object') return value.spreads.length === 0 && value.props.size === 1 ? millisecondsOf(value.props.get('request') ?? null) : null;
  return value?.k === 'derived' && value.op === 'timeout' && value.from.length === 1 ? millisecondsOf(value.from[0]!) : null;
}

/** `void poll()`, which asks others in an endless loop: when one of them never answers, there is no next round. */
export const stopsWorker = ({ detached, frame, span, regions }: Occurrence): boolean =>
  !detached.some((dropped) => dropped.frame === frame && dropped.span === span) && regions.some(({ kind, over }) => kind === 'loop' && (over === null || (over.k === 'literal' && Boolean(over.value))));

/** `client.defaults.timeout = 5000`, or an interceptor that may set it. */
const configured = (handle: Value | null): boolean => handle !== null && [...(handle.members ?? [])].some(([name, held]) => name === 'defaults' && held.sets !== undefined);

/** Of the pieces of a pipe, those that end it, or may: what they are is out of view. */
const endings = (m: Machine, pieces: readonly Value[]): readonly Value[] =>
  pieces.map(settled).filter((piece) => (piece.k === 'library' ? m.program.catalog.trait(piece.type, 'ends') === true : piece.k !== 'undefined' && (piece.k !== 'derived' || piece.op === 'call')));

const bare = new WeakMap<Machine, Map<string, boolean>>();

/** The program names what sets the clients up, and nowhere calls a member of it, makes such a client itself, or changes defaults where they are used. */
function isBare(m: Machine, name: string): boolean {
  let known = bare.get(m);
  if (known === undefined) bare.set(m, (known = new Map()));
  let found = known.get(name);
  if (found === undefined) {
    const { host } = m.program;
    const files = (host.naming?.(new RegExp(`\\b${name}\\b|\\bdefaults\\b`)) ?? host.files()).filter((file) => isAnalysed(host.role(file)));
    const uses = files.flatMap((file) => usesOf(host.ir(file), name));
    known.set(name, (found = uses.includes('named') && !uses.includes('called')));
  }
  return found;
}

function usesOf(ir: FileIR | undefined, name: string): readonly ('named' | 'called')[] {
  if (ir === undefined) return [];
  const isNamed = ir.module.imports.some((record) => record.name === name && !record.typeOnly);
  const isCalled = ir.functions.some(({ values }) => values.some((term) => term[0] === 'get' && (term[2] === 'defaults' || (values[term[1]]?.[0] === 'import' && values[term[1]]![2] === name))));
  return [...(isNamed ? ['named' as const] : []), ...(isCalled ? ['called' as const] : [])];
}

/** The activation that made the options of the call: wrappers that hand theirs on, or were given none, do not decide. */
export function optionsMadeIn({ effect, frame }: Occurrence): Frame {
  let at = frame;
  const { options } = effect;
  if (effect.shape.deadlineOption === undefined) return frame;
  const parts = options === null ? [] : partsOf(options, 0);
  while (at.caller !== null) {
    const given = at.args.some((arg) => parts.includes(arg));
    const left = (parts.length === 0 || options?.k === 'undefined' || parts.length > 1) && at.args.length < at.fn.params.length;
    if (!given && !left) break;
    at = at.caller.frame;
  }
  return at;
}

/** The options and the objects they were merged from. */
const partsOf = (options: Value, depth: number): readonly Value[] => (options.k === 'undefined' ? [] : [options, ...(options.k === 'object' && depth < 4 ? (options.merged ?? []).flatMap((merged) => partsOf(merged, depth + 1)) : [])]);
