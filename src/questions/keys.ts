import { keyName } from '../catalog/key-names.ts';
import type { Effect, Occurrence, Region } from '../program/effect.ts';
import type { Frame } from '../program/frame.ts';
import { changesWith } from './freshness.ts';
import type { Machine } from '../program/machine.ts';
import { leavesOf, originsOf } from '../program/origins.ts';
import { isKey, writtenFields } from './records.ts';
import { type Value, optionsOf, settled } from '../program/value.ts';

/** What the other side can tell a repeat by. */
export type KeyVerdict =
  | { readonly is: 'absent' | 'unknown' | 'stable' }
  | { readonly is: 'fresh'; /** What differs. */ readonly made: Value }
  /** Given under a name that this library does not read. */
  | { readonly is: 'misplaced'; readonly path: string };

/** The key that an effect is given, as the regions that repeat it see it. */
export function keyVerdict({ effect }: Occurrence, region: Region): KeyVerdict {
  if (effect.key !== null) return quality(effect.key, region);
  const found = namedKeys(effect);
  if (effect.system === 'http') {
    // Where an unknown service looks for it, nobody can tell: in a header or in the body, under whatever name.
    const own = found.keys.find((key) => key.exact);
    if (own !== undefined) return quality(own.value, region);
    return found.keys.length > 0 || found.open ? { is: 'unknown' } : { is: 'absent' };
  }
  const stray = effect.kind === 'send' || effect.kind === 'charge' ? found.keys.find((key) => key.exact && !key.path.includes('metadata')) : undefined;
  if (stray !== undefined) return { is: 'misplaced', path: stray.path.join('.') };
  return optionsOpen(effect) ? { is: 'unknown' } : { is: 'absent' };
}

function quality(key: Value, region: Region): KeyVerdict {
  // `key ? { idempotencyKey: key } : {}`: who calls without one has none.
  const given = optionsOf(key).filter((option) => option.k !== 'undefined' && !(option.k === 'literal' && (option.value === null || option.value === '')));
  if (given.length === 0) return { is: 'absent' };
  if (given.length < optionsOf(key).length) return { is: 'unknown' };
  const changes = changesWith(key, region);
  return changes === 'yes' ? { is: 'fresh', made: freshPart(key) } : { is: changes === 'no' ? 'stable' : 'unknown' };
}

/** The last argument is one that comes from elsewhere, and may hold anything. */
const optionsOpen = ({ args, shape }: Effect): boolean => {
  const at = [shape.idempotencyKey ?? []].flat()[0];
  const index = at === undefined ? -1 : at.startsWith('last') ? (args.length > 1 ? args.length - 1 : -1) : Number(/^a(\d+)/.exec(at)?.[1] ?? -1);
  const options = args[index];
  return options !== undefined && (isOpaque(options) || (options.k === 'object' && options.spreads.some(isOpaque)));
};

const isOpaque = (given: Value): boolean => {
  const value = settled(given);
  return value.k === 'unknown' || value.k === 'param' || value.k === 'access' || value.k === 'item' || value.k === 'external' || (value.k === 'derived' && value.op === 'call') || (value.k === 'phi' && value.options.some(isOpaque));
};

interface Named { readonly path: readonly string[]; readonly value: Value; readonly exact: boolean }

/** Properties, anywhere in the arguments, that are called as keys are called. `open`: there may be more of them. */
function namedKeys(effect: Effect): { readonly keys: readonly Named[]; readonly open: boolean } {
  const keys: Named[] = [];
  let open = false;
  const seen = new Set<Value>();
  const visit = (given: Value, path: readonly string[], depth: number): void => {
    const value = settled(given);
    if (seen.has(value) || depth > 7) return;
    seen.add(value);
    if (value.k === 'object') {
      for (const [name, held] of [...value.props, ...(value.sets ?? [])]) {
        const called = keyName(name);
        if (held.k === 'undefined') continue;
        if (called !== null) keys.push({ path: [...path, name], value: held, exact: called === 'exact' });
        else visit(held, [...path, name], depth + 1);
      }
      for (const spread of value.spreads) visit(spread, path, depth + 1);
      if (value.computed.length > 0) open = true;
    } else if (value.k === 'array') for (const item of [...value.items, ...value.spreads, ...value.pushed.map((push) => push.value)]) visit(item, path, depth + 1);
    else if (value.k === 'phi') for (const option of value.options) visit(option, path, depth + 1);
    else if (value.k === 'derived' && value.op !== 'call') for (const from of value.from) visit(from, path, depth + 1);
    else if (value.k === 'library' && value.row === undefined) for (const arg of value.args) visit(arg, path, depth + 1);
    else if (value.k === 'derived' || value.k === 'param' || value.k === 'unknown') open ||= path.length === 0 || path.at(-1) === 'headers' || path.at(-1) === 'body';
  };
  for (const arg of effect.args) visit(arg, [], 0);
  return { keys, open };
}

/** What the call carries: who made it is who would give the key. */
export function carried({ effect }: Occurrence): Value | null {
  const at = effect.system === 'http' ? (effect.args.flatMap((arg) => (arg.k === 'object' ? [arg.props.get('body') ?? arg.props.get('data') ?? arg.props.get('json') ?? null] : [])).find((body) => body !== null) ?? effect.args[1]) : effect.args[0];
  let value: Value | undefined = at;
  while (value?.k === 'derived' && value.op.endsWith('stringify')) value = value.from[0];
  return value === undefined || value.k === 'literal' ? null : value;
}

/** Where the call was made that leaves out the key which a wrapper would hand on. */
export function leftOutIn({ effect, frame }: Occurrence): Frame | null {
  const forwards = effect.args.some((arg) => arg.k === 'undefined' || (arg.k === 'object' && [...arg.props.values()].some((held) => held.k === 'undefined')));
  let at: Frame = frame;
  while (forwards && at.caller !== null && at.args.length < at.fn.params.length) at = at.caller.frame;
  return at === frame ? null : at;
}

/** Where a key that is made anew comes from. */
const freshPart = (key: Value): Value => leavesOf(key).find((leaf) => leaf.k === 'source') ?? key;

/** The answer's own identity is kept, or handed on: a call that made something on the other side. */
export function makesRecord(m: Machine, all: readonly Occurrence[], returned: readonly Value[], { index, effect }: Occurrence): boolean {
  const kept = all.filter((later) => later.index > index && (later.effect.kind === 'write' || later.effect.kind === 'publish')).flatMap((later) => writtenFields(m, later.effect).map((field) => field.value));
  return [...kept, ...returned].some((value) => originsOf(value).some((origin) => origin.effect === effect && isKey(m, { ...effect, resource: null }, origin.path.at(-1) ?? '')));
}
