import type { Criterion, FieldValue, OrderKey } from '../effect.ts';
import { member } from '../evaluate.ts';
import type { Machine } from '../machine.ts';
import { type Value, UNDEFINED, optionsOf } from '../value.ts';

export interface Criteria { readonly where: Criterion[]; open: boolean }
export interface Values { readonly values: FieldValue[]; readonly rest: Value[] }
export interface Order { readonly keys: OrderKey[]; open: boolean }

/** The fields of an object value in order; what else it may hold goes to `rest`. */
export function fieldsOf(m: Machine, value: Value): { readonly fields: [string, Value][]; readonly rest: Value[] } {
  switch (value.k) {
    case 'object': return { fields: [...value.props], rest: [...value.spreads, ...value.computed] };
    case 'undefined': return { fields: [], rest: [] };
    case 'phi': {
      const objects = optionsOf(value).filter((option) => option.k === 'object');
      if (objects.length === 0) return { fields: [], rest: [value] };
      const names = [...new Set(objects.flatMap((object) => [...object.props.keys()]))];
      return { fields: names.map((name) => [name, member(m, value, name)]), rest: optionsOf(value).filter((option) => option.k !== 'object' && option.k !== 'undefined') };
    }
    case 'instance': return { fields: [...new Map([...value.fields, ...(m.walk.changed.get(value) ?? [])])], rest: [] };
    case 'derived': return value.op === '&&' ? fieldsOf(m, value.from[1] ?? UNDEFINED) : { fields: [], rest: [value] };
    default: {
      const sets = value.sets === undefined ? [] : [...value.sets];
      return { fields: sets, rest: [value] };
    }
  }
}

export const listOf = (value: Value): readonly Value[] => (value.k === 'array' ? [...value.items, ...value.pushed.map((push) => push.value)] : value.k === 'undefined' ? [] : [value]);

/** An array whose members are all in view. */
export const isClosedList = (value: Value): boolean => value.k === 'array' && value.spreads.length === 0 && value.pushed.length === 0;
