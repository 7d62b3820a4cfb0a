import type { Occurrence } from '../program/effect.ts';
import type { Machine, Walk } from '../program/machine.ts';
import { fieldOf, originsOf, sourcesIn } from '../program/origins.ts';
import type { Value } from '../program/value.ts';
import { sameRecord, writtenFields } from './records.ts';

/** A row that is taken when its time has come, and put off when its work fails; the counter says how often. */
export interface PutOff {
  readonly read: Occurrence;
  readonly counter: string;
}

const CLOCKS = ['clock', 'server-clock'] as const;

/** The write puts the row off once more however often it did so before: nothing looks at what it counts. */
export function putOffForEver(m: Machine, { occurrences, tests }: Walk, write: Occurrence): PutOff | null {
  if (write.inHandler === null) return null;
  const fields = writtenFields(m, write.effect);
  for (const read of occurrences) {
    if (read.index > write.index || read.effect.kind !== 'read' || sameRecord(read.effect, write.effect).is !== 'yes') continue;
    const isDue = read.effect.where.some(({ field, op, value }) => (op === '<=' || op === '<') && isTime(value) && fields.some((written) => written.field === field && isTime(written.value)));
    if (!isDue || isPickedNoMore(read, fields)) continue;
    const counter = fields.find(({ field, how, value }) => how === 'atomic' || isMoreOf(read, field, value))?.field;
    if (counter === undefined || read.effect.where.some(({ field, op }) => field === counter || op === '>' || op === '>=') || write.effect.where.some(({ field }) => field === counter)) continue;
    const looksAt = (test: Value): boolean => originsOf(test).some(({ effect, path }) => (effect === read.effect || effect === write.effect) && fieldOf(effect, path) === counter);
    const decides = fields.flatMap(({ value, when }) => [...(when === undefined ? [] : [when]), ...(value.k === 'phi' ? (value.ways ?? []).flatMap((way) => (way.when === null ? [] : [way.when])) : [])]);
    if (![...tests, ...decides].some(looksAt)) return { read, counter };
  }
  return null;
}

const isTime = (value: Value): boolean => sourcesIn(value, CLOCKS).length > 0;

/** `row.attempts + 1` for `attempts`. */
const isMoreOf = (read: Occurrence, name: string, value: Value): boolean =>
  value.k === 'derived' && value.op === '+' && value.from.some((part) => originsOf(part).some(({ effect, path }) => effect === read.effect && fieldOf(effect, path) === name));

/** Given a state that is not sought. */
const isPickedNoMore = (read: Occurrence, fields: ReturnType<typeof writtenFields>): boolean =>
  read.effect.where.some(({ field, op, value }) => op === '=' && value.k === 'literal' && fields.some((written) => written.field === field && written.value.k === 'literal' && written.value.value !== value.value));
