import type { Effect, Occurrence } from '../program/effect.ts';
import { fieldOf } from '../program/origins.ts';
import { STORES, before, sameRecord } from './records.ts';
import { type Value, settled } from '../program/value.ts';

/** The same thing in another form. */
const CARRIES = new Set(['stringify', 'JSON.stringify', 'from', 'Buffer.from', 'encode', 'clone', 'toJSON', 'toObject', 'map', 'filter', 'values', '&&', '??', '||', 'parse']);

/** Rows of a store that a value holds whole, not just some of their fields. */
export function wholeRows(given: Value): readonly Effect[] {
  const found = new Set<Effect>();
  const visit = (part: Value, depth: number): void => {
    const value = settled(part);
    if (depth > 7 || found.size > 8) return;
    switch (value.k) {
      case 'row': if (STORES.has(value.effect.system) && value.effect.action !== 'count' && value.effect.action !== 'exists' && fieldOf(value.effect, value.path) === null) found.add(value.effect); break;
      case 'library': if (value.row !== undefined) visit(value.row, depth + 1); break;
      case 'item': visit(value.of, depth + 1); break;
      case 'object': for (const held of [...value.props.values(), ...value.spreads]) visit(held, depth + 1); break;
      case 'array': for (const held of [...value.items, ...value.spreads, ...value.pushed.map((push) => push.value)]) visit(held, depth + 1); break;
      case 'phi': for (const option of value.options) visit(option, depth + 1); break;
      case 'derived': if (CARRIES.has(value.op)) for (const from of value.from) visit(from, depth + 1); break;
      default:
    }
  };
  visit(given, 0);
  return [...found];
}

/** What the message, or the function called in its place, is given. */
const payloadOf = ({ effect }: Occurrence): readonly Value[] => (effect.kind === 'delegate' ? effect.args : [...effect.values.map((field) => field.value), ...effect.rest]);

export interface Carried {
  /** The row that the message holds whole. */
  readonly read: Occurrence;
  /** A change of the same record after it was read. */
  readonly changed: Occurrence | null;
}

/** Rows as they were read, in a message. A row that a write returned, and an entity that was changed in place, is as it is now. */
export function carriedRows(byEffect: ReadonlyMap<Effect, Occurrence>, all: readonly Occurrence[], message: Occurrence): readonly Carried[] {
  const rows = payloadOf(message).flatMap((value) => wholeRows(value));
  const found: Carried[] = [];
  for (const effect of new Set(rows)) {
    const read = byEffect.get(effect);
    if (read === undefined || effect.kind !== 'read' || !before(read, message)) continue;
    const changed = all.findLast((write) => write.effect.kind === 'write' && write.effect.action !== 'insert' && before(read, write) && before(write, message) && sameRecord(effect, write.effect).is === 'yes') ?? null;
    // Nobody can read it any more.
    if (changed?.effect.action === 'delete') continue;
    if (changed !== null && (holds(changed.effect.entity, effect) || rows.includes(changed.effect))) continue;
    // Both are told: how it was and how it is.
    if (changed !== null && rows.some((other) => other !== effect && (byEffect.get(other)?.index ?? -1) > changed.index)) continue;
    found.push({ read, changed });
  }
  return found;
}

const holds = (entity: Value | null, effect: Effect): boolean => entity !== null && wholeRows(entity).includes(effect);
