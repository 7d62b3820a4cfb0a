import type { Occurrence } from '../program/effect.ts';
import type { Machine } from '../program/machine.ts';
import { comesFrom, fieldOf, originsOf } from '../program/origins.ts';
import { writtenFields } from './records.ts';

/**
 * The only field that the write computes from the read, when it is that very field with something added or taken away that the read
 * does not tell: the store can do that by itself. A default (`n ?? 0`) is not so, for adding to nothing gives nothing in SQL.
 */
export function counted(m: Machine, write: Occurrence, read: Occurrence): string | null {
  const fed = writtenFields(m, write.effect).filter(({ value, how }) => how === 'set' && originsOf(value).some((origin) => origin.effect === read.effect && origin.how === 'derived'));
  const [only] = fed;
  if (only === undefined || fed.length > 1 || only.value.k !== 'derived' || !['+', '-'].includes(only.value.op)) return null;
  const [base, delta] = only.value.from;
  const isField = base!.k !== 'phi' && originsOf(base!).some((origin) => origin.effect === read.effect && origin.how === 'same' && fieldOf(origin.effect, origin.path) === only.field);
  return isField && !comesFrom(delta!, read.effect) ? only.field : null;
}
