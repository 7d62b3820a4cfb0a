import type { Effect } from './effect.ts';
import { told } from './told.ts';
import { type OperationValue, type SourceValue, type Value, settled } from './value.ts';

/** Where a value comes from: a field of what an effect returned. `derived`: computed from it, with whatever else. */
export interface Origin {
  readonly effect: Effect;
  readonly path: readonly string[];
  readonly how: 'same' | 'derived';
}

const MAX_ORIGINS = 24;
/** Operations whose result holds the same things. */
const SAME = new Set(['filter', 'sort', 'slice', 'reverse', 'values', 'entries', 'concat', 'flat', '&&', 'super', 'unique', 'toSorted', 'toReversed', 'chunk', 'clone', 'rest', 'find', 'map']);

const settledOrigins = told<Value, readonly Origin[]>();
const testedOrigins = told<Value, readonly Origin[]>();

/** The reads (and other effects) that a value was made from. */
export const originsOf = (value: Value): readonly Origin[] => origins(value, settledOrigins, true);

/** What a test looks at: whether a row is there says nothing of what is put into it later. */
export const testedOriginsOf = (test: Value): readonly Origin[] => origins(test, testedOrigins, false);

const NO_ORIGINS: readonly Origin[] = [];

function origins(value: Value, all: Map<Value, readonly Origin[]>, changes: boolean): readonly Origin[] {
  if (isNone(value)) return NO_ORIGINS;
  const known = all.get(value);
  if (known !== undefined) return known;
  const found: Origin[] = [];
  visit(value, NONE, 'same', { into: found, seen: new Map(), changes }, 0);
  all.set(value, found);
  return found;
}

interface Visit { readonly into: Origin[]; readonly seen: Map<Value, Origin['how']>; readonly changes: boolean }

const NONE: readonly string[] = [];
const isNone = ({ k }: Value): boolean => k === 'literal' || k === 'undefined' || k === 'unknown' || k === 'function' || k === 'class';

function visit(given: Value, path: readonly string[], how: Origin['how'], to: Visit, depth: number): void {
  if (to.into.length >= MAX_ORIGINS || depth > 12) return;
  const value = settled(given);
  if (isNone(value)) return;
  // The value itself is more than what is computed from it.
  const before = to.seen.get(value);
  if (path.length === 0 && before !== undefined && (before === 'same' || how === 'derived')) return;
  if (before !== 'same') to.seen.set(value, how);
  switch (value.k) {
    case 'row':
      to.into.push({ effect: value.effect, path: path.length === 0 ? value.path : [...value.path, ...path], how });
      if (to.changes && path.length === 0 && value.sets !== undefined) for (const set of value.sets.values()) visit(set, path, 'derived', to, depth + 1);
      break;
    case 'library':
      if (value.row !== undefined) visit(value.row, path, how, to, depth + 1);
      else if (value.args.length > 0 && value.type.shape.role === undefined) visitAll(value.args, NONE, 'derived', to, depth + 1);
      if (to.changes && path.length === 0 && value.sets !== undefined) for (const set of value.sets.values()) visit(set, path, 'derived', to, depth + 1);
      break;
    case 'access':
      visit(value.of, typeof value.key === 'string' ? [value.key, ...path] : path, how, to, depth + 1);
      if (typeof value.key === 'object') visit(value.key, NONE, 'derived', to, depth + 1);
      break;
    case 'item': visit(value.of, ['[]', ...path], how, to, depth + 1); break;
    case 'derived': {
      const same = SAME.has(value.op);
      for (let i = 0; i < value.from.length; i += 1) visit(value.from[i]!, path, same && (i === 0 || value.op === '&&') ? how : 'derived', to, depth + 1);
      break;
    }
    case 'phi':
      visitAll(value.options, path, how, to, depth + 1);
      if (value.by !== undefined) visit(value.by, NONE, 'derived', to, depth + 1);
      break;
    case 'template': visitAll(value.values, NONE, 'derived', to, depth + 1); break;
    case 'object': {
      const head = path[0];
      const named = head === undefined ? undefined : value.props.get(head);
      if (named !== undefined) visit(named, path.slice(1), how, to, depth + 1);
      else {
        const whole = value.props.size === 0 && value.spreads.length === 1 && value.computed.length === 0;
        for (const held of value.props.values()) visit(held, NONE, 'derived', to, depth + 1);
        visitAll(value.spreads, path, whole ? how : 'derived', to, depth + 1);
        visitAll(value.computed, NONE, 'derived', to, depth + 1);
      }
      break;
    }
    case 'array':
      visitAll(value.items, NONE, 'derived', to, depth + 1);
      visitAll(value.spreads, path, value.items.length + value.pushed.length === 0 && value.spreads.length === 1 ? how : 'derived', to, depth + 1);
      for (const push of value.pushed) visit(push.value, NONE, 'derived', to, depth + 1);
      break;
    case 'operation': if (isPart(value)) visit(value.self!, NONE, 'derived', to, depth + 1); break;
    case 'instance': if (!value.ambient) for (const held of value.fields.values()) visit(held, NONE, 'derived', to, depth + 1); break;
    default:
  }
}

function visitAll(values: readonly Value[], path: readonly string[], how: Origin['how'], to: Visit, depth: number): void {
  for (let i = 0; i < values.length; i += 1) visit(values[i]!, path, how, to, depth);
}

/** `url.hostname`, read and not called: a part of what it is read from. */
export const isPart = (value: OperationValue): boolean => value.self !== null && value.operations.every((operation) => operation.pure === true);

/** Leaves of a value: parameters, clocks, random values, externals. */
export function leavesOf(value: Value): readonly Value[] {
  const found: Value[] = [];
  const seen = new Set<Value>();
  const go = (given: Value, depth: number): void => {
    const at = settled(given);
    if (seen.has(at) || depth > 12 || found.length > 40) return;
    seen.add(at);
    switch (at.k) {
      case 'access': case 'item': go(at.of, depth + 1); if (at.k === 'access' && typeof at.key === 'object') go(at.key, depth + 1); break;
      case 'derived': for (const from of at.from) go(from, depth + 1); break;
      case 'phi': for (const option of at.options) go(option, depth + 1); break;
      case 'template': for (const part of at.values) go(part, depth + 1); break;
      case 'object': for (const held of [...at.props.values(), ...at.spreads, ...at.computed]) go(held, depth + 1); break;
      case 'array': for (const held of [...at.items, ...at.spreads, ...at.pushed.map((push) => push.value)]) go(held, depth + 1); break;
      case 'library': if (at.row !== undefined) found.push(at.row); else { found.push(at); for (const arg of at.args) go(arg, depth + 1); } break;
      case 'operation': if (isPart(at)) go(at.self!, depth + 1); else found.push(at); break;
      default: found.push(at);
    }
  };
  go(value, 0);
  return found;
}

export const sourcesIn = (value: Value, yields: readonly SourceValue['yields'][]): readonly SourceValue[] => leavesOf(value).filter((leaf): leaf is SourceValue => leaf.k === 'source' && yields.includes(leaf.yields));

/** Field that a path of a row names: row containers (`rows`, indices) left out. */
export function fieldOf(effect: Effect, path: readonly string[]): string | null {
  const at = fieldAt(effect, path);
  if (at < 0) return null;
  const selected = effect.selects?.get(path[at]!);
  return selected !== undefined && selected.column !== null && (selected.table === effect.resource || selected.table === null) ? selected.column : path[at]!;
}

/** What lies within the field that a path of a row names: keys of a document in a column. */
export function withinField(effect: Effect, path: readonly string[]): readonly string[] {
  const at = fieldAt(effect, path);
  return at < 0 ? NONE : path.slice(at + 1);
}

function fieldAt(effect: Effect, path: readonly string[]): number {
  if (path.length === 0) return -1;
  const container = effect.shape.rows === undefined ? NO_CONTAINER : containerOf(effect.shape.rows);
  let from = container.length;
  for (let i = 0; i < container.length; i += 1) if (path[i] !== container[i]) from = 0;
  for (let i = from; i < path.length; i += 1) {
    const part = path[i]!;
    const selected = effect.selects?.get(part);
    if (selected !== undefined && (selected.table === effect.resource || selected.table === null)) {
      if (selected.column !== null) return i;
      continue;
    }
    // Rows of a join lie under the names of their tables.
    if (part === effect.resource && effect.shape.joined === true && i + 1 < path.length) continue;
    if (part !== '[]' && part !== 'rows' && part !== 'recordset' && !isIndex(part)) return i;
  }
  return -1;
}

const NO_CONTAINER: readonly string[] = [];
const containers = new Map<string, readonly string[]>();
function containerOf(rows: string): readonly string[] {
  let known = containers.get(rows);
  if (known === undefined) containers.set(rows, (known = rows.split('.')));
  return known;
}

const isIndex = (part: string): boolean => part.charCodeAt(0) <= 57 && /^\d+$/.test(part);

/** Whether what an effect gave, or a part of it, is in the value or behind it. */
export const comesFrom = (value: Value, effect: Effect): boolean => originsOf(value).some((origin) => origin.effect === effect);
