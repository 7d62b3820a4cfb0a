import type { Effect } from './effect.ts';
import { type SourceValue, type Value, settled } from './value.ts';

/** Where a value comes from: a field of what an effect returned. `derived`: computed from it, with whatever else. */
export interface Origin {
  readonly effect: Effect;
  readonly path: readonly string[];
  readonly how: 'same' | 'derived';
}

const MAX_ORIGINS = 24;
/** Operations whose result holds the same things. */
const SAME = new Set(['filter', 'sort', 'slice', 'reverse', 'values', 'entries', 'concat', 'flat', '&&', 'super', 'unique', 'toSorted', 'toReversed', 'chunk', 'clone', 'rest', 'find', 'map']);

/** Origins are asked for once an execution has ended, many times for the same values: nothing changes them until the next one. */
let settledOrigins = new Map<Value, readonly Origin[]>();
let testedOrigins = new Map<Value, readonly Origin[]>();
export function forgetOrigins(): void {
  settledOrigins = new Map();
  testedOrigins = new Map();
}

/** The reads (and other effects) that a value was made from. */
export const originsOf = (value: Value): readonly Origin[] => origins(value, settledOrigins, true);

/** What a test looks at: whether a row is there says nothing of what is put into it later. */
export const testedOriginsOf = (test: Value): readonly Origin[] => origins(test, testedOrigins, false);

function origins(value: Value, all: Map<Value, readonly Origin[]>, changes: boolean): readonly Origin[] {
  const known = all.get(value);
  if (known !== undefined) return known;
  const found: Origin[] = [];
  visit(value, [], 'same', found, new Set(), 0, changes);
  all.set(value, found);
  return found;
}

function visit(given: Value, path: readonly string[], how: Origin['how'], into: Origin[], seen: Set<Value>, depth: number, changes: boolean): void {
  if (into.length >= MAX_ORIGINS || depth > 12) return;
  const value = settled(given);
  if (value.k === 'literal' || value.k === 'undefined' || value.k === 'unknown' || value.k === 'function' || value.k === 'class') return;
  if (seen.has(value) && path.length === 0) return;
  seen.add(value);
  const next = (part: Value, more: readonly string[] = path, as: Origin['how'] = how): void => visit(part, more, as, into, seen, depth + 1, changes);
  switch (value.k) {
    case 'row':
      into.push({ effect: value.effect, path: [...value.path, ...path], how });
      if (changes && path.length === 0) for (const set of value.sets?.values() ?? []) next(set, path, 'derived');
      break;
    case 'library':
      if (value.row !== undefined) next(value.row);
      else if (value.args.length > 0 && value.type.shape.role === undefined) for (const arg of value.args) next(arg, [], 'derived');
      if (changes && path.length === 0) for (const set of value.sets?.values() ?? []) next(set, path, 'derived');
      break;
    case 'access': next(value.of, typeof value.key === 'string' ? [value.key, ...path] : path); if (typeof value.key === 'object') next(value.key, [], 'derived'); break;
    case 'item': next(value.of, ['[]', ...path]); break;
    case 'derived': value.from.forEach((from, i) => next(from, path, SAME.has(value.op) && (i === 0 || value.op === '&&') ? how : 'derived')); break;
    case 'phi':
      for (const option of value.options) next(option);
      if (value.by !== undefined) next(value.by, [], 'derived');
      break;
    case 'template': for (const part of value.values) next(part, [], 'derived'); break;
    case 'object': {
      const [head, ...tail] = path;
      if (head !== undefined && value.props.has(head)) next(value.props.get(head)!, tail);
      else {
        const whole = value.props.size === 0 && value.spreads.length === 1;
        for (const held of value.props.values()) next(held, [], 'derived');
        for (const spread of value.spreads) next(spread, path, whole ? how : 'derived');
        for (const held of value.computed) next(held, [], 'derived');
      }
      break;
    }
    case 'array':
      for (const item of value.items) next(item, [], 'derived');
      for (const spread of value.spreads) next(spread, path, value.items.length + value.pushed.length === 0 ? how : 'derived');
      for (const push of value.pushed) next(push.value, [], 'derived');
      break;
    case 'instance': for (const held of value.fields.values()) if (!value.ambient) next(held, [], 'derived'); break;
    default:
  }
}

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
      default: found.push(at);
    }
  };
  go(value, 0);
  return found;
}

export const sourcesIn = (value: Value, yields: readonly SourceValue['yields'][]): readonly SourceValue[] => leavesOf(value).filter((leaf): leaf is SourceValue => leaf.k === 'source' && yields.includes(leaf.yields));

/** Field that a path of a row names: row containers (`rows`, indices) left out. */
export function fieldOf(effect: Effect, path: readonly string[]): string | null {
  const container = effect.shape.rows === undefined ? [] : effect.shape.rows.split('.');
  const rest = container.every((part, i) => path[i] === part) ? path.slice(container.length) : path;
  const named = rest.filter((part) => part !== '[]' && !/^\d+$/.test(part) && part !== 'rows' && part !== 'recordset');
  return named[0] ?? null;
}
