import type { Occurrence } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { comesFrom, originsOf } from '../program/origins.ts';
import { exclusive, sameRecord, sameResource, writtenFields } from './records.ts';
import { type Value, optionsOf, sameValue, settled } from '../program/value.ts';

/** Pages read by offset in a loop whose body changes which rows are on them. */
export interface Scan {
  readonly read: Occurrence;
  readonly how: 'leaves' | 'removed' | 'moves';
  readonly field: string | null;
  readonly likely: boolean;
}

export function scanUnder(m: Machine, all: readonly Occurrence[], write: Occurrence): Scan | null {
  const { effect } = write;
  if (effect.kind !== 'write' || effect.action === 'insert' || write.inHandler !== null) return null;
  for (const read of all) {
    const { offset } = read.effect;
    if (read.effect.kind !== 'read' || offset === null || exclusive(read, write) || !goesOn(offset, read)) continue;
    // The innermost loop around the read is the one that turns the pages; the offset belongs to its rounds.
    const loop = read.regions.findLast((region) => region.kind === 'loop' || region.kind === 'each');
    if (loop === undefined || !write.regions.includes(loop) || !all.some((page) => (page === read || isPageOf(page, read)) && sameRecord(page.effect, effect).is === 'yes')) continue;
    const likely = write.regions.some((region) => region.kind === 'opaque');
    if (effect.action === 'delete') return { read, how: 'removed', field: null, likely };
    const written = writtenFields(m, effect).filter(({ onInsert }) => onInsert !== true);
    const picked = written.find(({ field, value, how }) => read.effect.where.some((criterion) => criterion.field === field && leaves(criterion.op, criterion.value, how === 'set' ? value : null)));
    if (picked !== undefined) return { read, how: 'leaves', field: picked.field, likely: likely || optionsOf(settled(picked.value)).some(mayBeNothing) };
    const moved = written.find(({ field, value }) => read.effect.order?.some((key) => key.field === field) === true && !isUnchanged(read, value));
    if (moved !== undefined) return { read, how: 'moves', field: moved.field, likely };
  }
  return null;
}

/** The first page may be read ahead of the loop. */
const isPageOf = (page: Occurrence, read: Occurrence): boolean =>
  page.effect.kind === 'read' && page.effect.offset !== null && sameResource(page.effect, read.effect) === true && page.effect.where.length === read.effect.where.length && page.effect.where.every(({ field }, i) => read.effect.where[i]!.field === field);

/** Grows by a page, or by the rows that were read, each round. What is counted one by one, or is the length of another list, are the rows that stayed behind: the right offset. */
function goesOn(offset: Value, read: Occurrence): boolean {
  const grows = (given: Value, isPage: boolean, depth: number): boolean => {
    const value = settled(given);
    if (value.k === 'phi') return value.options.some((option) => grows(option, isPage, depth + 1));
    if (value.k !== 'derived' || depth > 4) return false;
    if (value.op === '*' || value.op === '-') return value.from.some((part) => grows(part, true, depth + 1));
    if (value.op === '++') return isPage;
    return value.op === '+' && (value.from.some((part) => grows(part, isPage, depth + 1)) || value.from.every((part) => isStride(part, isPage, read)));
  };
  return grows(offset, false, 0);
}

/** The offset so far, a page's size, or as many as were read. */
function isStride(given: Value, isPage: boolean, read: Occurrence): boolean {
  const value = settled(given);
  if (value.k === 'literal') return isPage || value.value !== 1;
  return value.k !== 'derived' || value.op !== 'length' || comesFrom(value, read.effect);
}

/** A row with the new value is certainly not picked again. */
function leaves(op: string, picked: Value, written: Value | null): boolean {
  if (written === null) return false;
  const now = optionsOf(settled(written));
  switch (op) {
    case '=': return now.every((value) => isKnown(value) && isKnown(picked) && !sameValue(value, picked));
    case 'in': return picked.k === 'array' && picked.spreads.length === 0 && picked.items.every(isKnown) && now.every((value) => isKnown(value) && !picked.items.some((item) => sameValue(item, value)));
    case '!=': return now.every((value) => sameValue(value, picked));
    case 'null': return now.every((value) => !(value.k === 'literal' && value.value === null) && value.k !== 'undefined' && value.k !== 'unknown');
    case 'not-null': return now.every((value) => value.k === 'literal' && value.value === null);
    default: return false;
  }
}

/** What a caller or another row gives may be null, and the row then stays where it is. */
const mayBeNothing = (value: Value): boolean => value.k === 'param' || value.k === 'access' || value.k === 'item' || value.k === 'row';

const isKnown = (value: Value): boolean => value.k === 'literal' || value.k === 'external' || (value.k === 'access' && typeof value.key === 'string' && isKnown(value.of)) || value.k === 'source';

const isUnchanged = (read: Occurrence, value: Value): boolean => originsOf(value).length > 0 && originsOf(value).every((origin) => origin.effect === read.effect && origin.how === 'same');
