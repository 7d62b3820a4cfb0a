import { UNIQUE_VIOLATIONS, UNMET_CONDITIONS } from '../catalog/violations.ts';
import type { Attempt } from './effect.ts';
import { leavesOf } from './origins.ts';
import type { Value } from './value.ts';

/** A test of a caught error against a known code or class: the handler tells this failure from others. */
export function recognise(...operands: readonly Value[]): void {
  let tells = false;
  for (const { k } of operands) if (k === 'access' || k === 'caught' || k === 'derived' || k === 'phi') tells = true;
  if (!tells) return;
  const unique = anyNamed(operands, UNIQUE_VIOLATIONS);
  const condition = anyNamed(operands, UNMET_CONDITIONS);
  if (!unique && !condition) return;
  for (const leaf of operands.flatMap((operand) => leavesOf(operand))) {
    if (leaf.k !== 'caught') continue;
    const { recognises } = leaf.attempt as Attempt;
    if (unique) recognises.add('unique');
    if (condition) recognises.add('condition');
  }
}

/** Asked for every comparison and every call there is. */
function anyNamed(values: readonly Value[], names: ReadonlySet<string>): boolean {
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i]!;
    if (value.k === 'phi' ? anyNamed(value.options, names) : isNamed(value, names)) return true;
  }
  return false;
}

function isNamed(value: Value, names: ReadonlySet<string>): boolean {
  switch (value.k) {
    case 'literal': return typeof value.value === 'boolean' || value.value === null ? false : names.has(String(value.value));
    case 'external': return names.has(value.path.slice(value.path.lastIndexOf('.') + 1));
    case 'access': return typeof value.key === 'string' && names.has(value.key);
    case 'operation': return names.has(value.name);
    case 'library': return names.has(value.type.id.slice(value.type.id.indexOf('#') + 1));
    // `[…]`, and a `Set` of it.
    case 'array': return value.items.some((item) => isNamed(item, names)) || value.spreads.some((spread) => isNamed(spread, names));
    default: return false;
  }
}
