import type { Occurrence } from '../program/effect.ts';
import { itemOf } from '../program/evaluate.ts';
import type { Machine } from '../program/machine.ts';
import { originsOf } from '../program/origins.ts';
import { type Value, optionsOf, sameValue, settled } from '../program/value.ts';

/** A batch for a store that spreads its rows, cut from a list whatever shard the rows belong to. */
export interface Scattered {
  /** The column that decides where a row goes. */
  readonly key: string;
  /** In which order the list comes, only who hands it in knows. */
  readonly given: boolean;
}

const CUTS = new Set(['chunk', 'splitEvery', 'slice', 'splice', 'subarray']);
/** The order stays as it was. */
const THROUGH = new Set(['map', 'filter', 'flatMap', 'flat', 'values', 'entries', 'unique', 'uniq', 'uniqBy', 'compact', 'concat', 'rest', 'clone', 'parse', 'JSON.parse', 'Object.values', 'Object.entries']);

export function scattered(m: Machine, { effect }: Occurrence): Scattered | null {
  if (effect.items === null || effect.kind !== 'write' || effect.resource === null) return null;
  const [key] = m.program.host.table(effect.resource)?.shardKey ?? [];
  if (key === undefined || effect.where.some(({ field, op }) => field === key && op === '=')) return null;
  const list = cutFrom(effect.items, 0);
  if (list === null || !differs(m, effect.items, list, key)) return null;
  const order = orderOf(list, key, 0);
  return order === 'sorted' ? null : { key, given: order === 'given' };
}

/** The whole that a batch is a piece of; null where it is no piece. */
function cutFrom(given: Value, depth: number): Value | null {
  const value = settled(given);
  if (depth > 6) return null;
  if (value.k === 'item' && value.of.k === 'derived' && CUTS.has(value.of.op)) return value.of.from[0] ?? null;
  if (value.k !== 'derived') return null;
  if (CUTS.has(value.op)) return isMoving(value.from[1]) ? value.from[0]! : null;
  return THROUGH.has(value.op) && value.from[0] !== undefined ? cutFrom(value.from[0], depth + 1) : null;
}

/** `slice(i, i + 100)`, not `slice(0, 100)`. */
const isMoving = (start: Value | undefined): boolean => start !== undefined && start.k !== 'literal' && start.k !== 'undefined';

/** The rows of one batch have their own value of the key each. */
function differs(m: Machine, items: Value, list: Value, key: string): boolean {
  const element = settled(itemOf(m, items));
  const [row] = optionsOf(element).filter((option) => option.k === 'object');
  const held = row?.k === 'object' ? row.props.get(key) : undefined;
  if (row?.k === 'object' && held === undefined) return false;
  const whole = optionsOf(settled(itemOf(m, list)));
  const reads = originsOf(list).map((origin) => origin.effect);
  const isOf = (value: Value, depth: number): boolean => {
    if (whole.includes(value) || (value.k === 'item' && sameValue(value.of, list))) return true;
    if (depth > 6) return false;
    switch (value.k) {
      case 'row': return reads.includes(value.effect) && value.path.includes('[]');
      case 'access': return isOf(value.of, depth + 1);
      case 'item': return isOf(value.of, depth + 1);
      case 'derived': return value.from.some((from) => isOf(from, depth + 1));
      case 'phi': return value.options.some((option) => isOf(option, depth + 1));
      default: return false;
    }
  };
  return held === undefined ? isOf(element, 0) : isOf(held, 0);
}

function orderOf(given: Value, key: string, depth: number): 'sorted' | 'unsorted' | 'given' {
  const value = settled(given);
  if (depth > 8) return 'given';
  switch (value.k) {
    case 'row': {
      const { order, orderOpen, where } = value.effect;
      if (value.effect.kind !== 'read' || orderOpen || where.some(({ field, op }) => field === key && op === '=')) return 'sorted';
      return order?.[0]?.field === key ? 'sorted' : 'unsorted';
    }
    case 'library': return value.row === undefined ? 'given' : orderOf(value.row, key, depth + 1);
    case 'derived':
      // Sorted, grouped, or given by what is not in view.
      return (THROUGH.has(value.op) || CUTS.has(value.op)) && value.from[0] !== undefined ? orderOf(value.from[0], key, depth + 1) : 'sorted';
    // One list for each group.
    case 'item': return 'sorted';
    case 'param': case 'access': return 'given';
    default: return 'sorted';
  }
}
