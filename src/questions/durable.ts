import type { Guard, Occurrence, Region } from '../program/effect.ts';
import { sourcesIn } from '../program/origins.ts';
import type { SourceValue, Value } from '../program/value.ts';

/** Every time it goes on, a durable execution runs again what stands outside of its steps. */
export const stepOf = ({ regions }: Occurrence): Region | null => regions.findLast((region) => region.kind === 'step') ?? null;

const CHANCE = ['clock', 'monotonic', 'random', 'id', 'sortable-id'] as const;
const NAMES = ['random', 'id', 'sortable-id'] as const;

/** Read in this execution, and not kept as the result of a step. */
const isFresh = (occurrence: Occurrence) => (source: SourceValue): boolean => source.kept !== true && source.regions.includes(occurrence.regions[0]!.id);

/** A clock or random value that may say otherwise the next time decides whether the effect is reached. */
export const chanceBefore = (occurrence: Occurrence): Guard | null =>
  occurrence.guards.find((guard) => (guard.together ?? [guard]).some((part) => sourcesIn(part.test, CHANCE).some(isFresh(occurrence)))) ?? null;

const written = ({ effect }: Occurrence): readonly Value[] => [...effect.values.map(({ value }) => value), ...effect.where.map(({ value }) => value), ...effect.rest, ...effect.args];

/** An earlier step was given the same random value: when the execution goes on after it, this one gets another. */
export function namedApart(all: readonly Occurrence[], occurrence: Occurrence): Occurrence | null {
  const step = stepOf(occurrence);
  if (step === null) return null;
  const names = written(occurrence).flatMap((value) => sourcesIn(value, NAMES)).filter(isFresh(occurrence));
  if (names.length === 0) return null;
  return all.find((other) => other.index < occurrence.index && stepOf(other) !== null && stepOf(other) !== step && written(other).some((value) => sourcesIn(value, NAMES).some((name) => names.includes(name)))) ?? null;
}
