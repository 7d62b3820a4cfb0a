import type { Value } from '../value.ts';
import { type Criteria, listOf } from './shared.ts';

/** One of several conditions holds. Of a column that each of them asks for, the row must have one of the values asked for. */
export function readAlternatives(name: string, whole: Value, parts: readonly Value[], read: (part: Value, into: Criteria) => void, into: Criteria): void {
  const ways = parts.map((part): Criteria => {
    const way: Criteria = { where: [], open: false };
    read(part, way);
    return way;
  }).filter(({ where, open }) => where.length > 0 || open);
  const [first] = ways;
  if (first !== undefined && ways.every(({ where, open }) => !open && where.length === 1 && where[0]!.field === first.where[0]!.field && (where[0]!.op === '=' || where[0]!.op === 'in'))) {
    const items = ways.flatMap(({ where: [only] }) => (only!.op === 'in' ? (only!.value.k === 'array' ? listOf(only!.value) : [only!.value]) : [only!.value]));
    into.where.push(ways.length === 1 ? first.where[0]! : { field: first.where[0]!.field, op: 'in', value: { k: 'array', items, spreads: [], pushed: [] } });
    return;
  }
  into.where.push({ field: name, op: '?', value: whole });
  into.open = true;
  for (const field of new Set(first?.where.map((criterion) => criterion.field))) {
    if (field !== '?' && field !== name && ways.every(({ where }) => where.some((criterion) => criterion.field === field))) into.where.push({ field, op: 'or', value: whole });
  }
}
