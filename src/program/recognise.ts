import { UNIQUE_VIOLATIONS, UNMET_CONDITIONS } from '../catalog/violations.ts';
import type { Attempt } from './effect.ts';
import { leavesOf } from './origins.ts';
import { type Value, optionsOf } from './value.ts';

/** A test of a caught error against a known code or class: the handler tells this failure from others. */
export function recognise(...operands: readonly Value[]): void {
  if (!operands.some((operand) => operand.k === 'access' || operand.k === 'caught' || operand.k === 'derived' || operand.k === 'phi')) return;
  const names = operands.flatMap((operand) => optionsOf(operand)).flatMap(namesOf);
  const unique = names.some((name) => UNIQUE_VIOLATIONS.has(name));
  const condition = names.some((name) => UNMET_CONDITIONS.has(name));
  if (!unique && !condition) return;
  for (const leaf of operands.flatMap((operand) => leavesOf(operand))) {
    if (leaf.k !== 'caught') continue;
    const { recognises } = leaf.attempt as Attempt;
    if (unique) recognises.add('unique');
    if (condition) recognises.add('condition');
  }
}

function namesOf(value: Value): string[] {
  if (value.k === 'literal') return [String(value.value)];
  if (value.k === 'external') return [value.path.split('.').at(-1)!];
  if (value.k === 'access' && typeof value.key === 'string') return [value.key];
  if (value.k === 'operation') return [value.name];
  if (value.k === 'library') return [value.type.id.split('#')[1]!];
  // `[…]`, and a `Set` of it.
  if (value.k === 'array') return [...value.items, ...value.spreads].flatMap(namesOf);
  return value.k === 'derived' && value.op === 'regex' ? [] : [];
}
