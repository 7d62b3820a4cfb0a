import { UNIQUE_VIOLATIONS, UNMET_CONDITIONS } from '../catalog/violations.ts';
import type { Attempt } from './effect.ts';
import type { Machine } from './machine.ts';
import { leavesOf } from './origins.ts';
import type { Value } from './value.ts';

/** A test of a caught error against a known code or class: the handler tells this failure from others. */
export function recognise({ walk }: Machine, operand: Value, others: readonly Value[]): void {
  let tells = mayTell(operand);
  for (let i = 0; i < others.length; i += 1) if (mayTell(others[i]!)) tells = true;
  if (!tells) return;
  const unique = isAnyNamed(operand, UNIQUE_VIOLATIONS) || anyNamed(others, UNIQUE_VIOLATIONS);
  const condition = isAnyNamed(operand, UNMET_CONDITIONS) || anyNamed(others, UNMET_CONDITIONS);
  if (!unique && !condition) return;
  for (const leaf of [operand, ...others].flatMap((value) => leavesOf(value))) {
    if (leaf.k !== 'caught') continue;
    const { recognises } = leaf.attempt as Attempt;
    if (unique) recognises.add('unique');
    if (condition) recognises.add('condition');
    walk.left += 1;
  }
}

const mayTell = ({ k }: Value): boolean => k === 'access' || k === 'caught' || k === 'derived' || k === 'phi';

/** Asked for every comparison and every call there is. */
function anyNamed(values: readonly Value[], names: ReadonlySet<string>): boolean {
  for (let i = 0; i < values.length; i += 1) if (isAnyNamed(values[i]!, names)) return true;
  return false;
}

const isAnyNamed = (value: Value, names: ReadonlySet<string>): boolean => (value.k === 'phi' ? anyNamed(value.options, names) : isNamed(value, names));

function isNamed(value: Value, names: ReadonlySet<string>): boolean {
  switch (value.k) {
    case 'literal': return typeof value.value === 'boolean' || value.value === null ? false : names.has(String(value.value));
    case 'external': return names.has(value.path.slice(value.path.lastIndexOf('.') + 1));
    case 'access': return typeof value.key === 'string' && names.has(value.key);
    case 'operation': return names.has(value.name);
    case 'library': return names.has(value.type.id.slice(value.type.id.indexOf('#') + 1));
    // `[…]`, and a `Set` of it.
    case 'array': return holdsNamed(value.items, names) || holdsNamed(value.spreads, names);
    default: return false;
  }
}

function holdsNamed(values: readonly Value[], names: ReadonlySet<string>): boolean {
  for (let i = 0; i < values.length; i += 1) if (isNamed(values[i]!, names)) return true;
  return false;
}
