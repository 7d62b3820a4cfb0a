import { UNIQUE_VIOLATIONS, UNMET_CONDITIONS } from '../catalog/violations.ts';
import type { Attempt } from './effect.ts';
import { leavesOf } from './origins.ts';
import { type Value, optionsOf } from './value.ts';

/** A test of a caught error against a known code or class: the handler tells this failure from others. */
export function recognise(...operands: readonly Value[]): void {
  if (!operands.some((operand) => operand.k === 'access' || operand.k === 'caught' || operand.k === 'derived' || operand.k === 'phi')) return;
  const unique = operands.some((operand) => optionsOf(operand).some((option) => isNamed(option, UNIQUE_VIOLATIONS)));
  const condition = operands.some((operand) => optionsOf(operand).some((option) => isNamed(option, UNMET_CONDITIONS)));
  if (!unique && !condition) return;
  for (const leaf of operands.flatMap((operand) => leavesOf(operand))) {
    if (leaf.k !== 'caught') continue;
    const { recognises } = leaf.attempt as Attempt;
    if (unique) recognises.add('unique');
    if (condition) recognises.add('condition');
  }
}

/** Asked for every comparison there is. */
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
