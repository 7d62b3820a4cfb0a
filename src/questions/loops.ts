import { boundOf, inputOf, listOfLength } from './bounds.ts';
import type { Criterion, Effect, Guard, Occurrence, Region } from '../program/effect.ts';
import { itemOf } from '../program/evaluate.ts';
import { type Frame, isWithin } from '../program/frame.ts';
import type { Machine, Walk } from '../program/machine.ts';
import { comesFrom, isPart, originsOf } from '../program/origins.ts';
import { type Descent, given } from '../program/recursion.ts';
import { exclusive } from './records.ts';
import type { Root } from '../program/roots.ts';
import { type Value, optionsOf, sameValue, settled } from '../program/value.ts';

/** One call for each element of a list, where the store or service takes many at once. */
export interface PerItem {
  readonly region: Region;
  /** What does many at once; null: a list in the condition. */
  readonly counterpart: string | null;
  /** For each node of a tree, by a function that calls itself for the children: as often as there are nodes, few as the children of one may be. */
  readonly deep?: true;
  /** It counts or sums: one query does so for all, grouped by the element. */
  readonly grouped?: true;
}

/** A list as short as this is written down, not counted. */
const FEW = 5;
/** The element is a unit of its own: its calls belong together, and not to those of the next. */
const UNITS = new Set(['transaction', 'lock', 'step', 'idempotent']);

export function perItem(m: Machine, { occurrences, descents }: Walk, occurrence: Occurrence, root: Root): PerItem | null {
  return perElement(m, occurrences, occurrence, root) ?? perNode(m, occurrences, descents, occurrence, root);
}

/** The node that the function was called for is the one that is asked for, and it calls itself for others. */
function perNode(m: Machine, all: readonly Occurrence[], descents: readonly Descent[], occurrence: Occurrence, root: Root): PerItem | null {
  const { effect, frame, regions } = occurrence;
  if (effect.kind !== 'read' || occurrence.inHandler !== null || regions.some(({ kind }) => UNITS.has(kind))) return null;
  for (const { around, args, region } of descents) {
    if (!isWithin(frame, around) || regions.includes(region) || region.over === null || region.left === true || region.stream === true || few(region.over, root)) continue;
    const isElement = madeFrom(m, region.over);
    const nodes = args.flatMap((arg, i) => (isElement(arg) ? [i] : []));
    const made: Made = (value) => anyPart(value, (part) => nodes.some((i) => given(around, i, part)), 10);
    if (!effect.where.some(({ value }) => made(value)) || isJob(all, occurrence, region)) continue;
    const counterpart = counterpartOf(all, occurrence, made);
    if (counterpart !== undefined) return { region, counterpart, deep: true };
  }
  return null;
}

function perElement(m: Machine, all: readonly Occurrence[], occurrence: Occurrence, root: Root): PerItem | null {
  const { regions, effect } = occurrence;
  // Asked only for the element that failed: those are few, and not known before.
  if (occurrence.inHandler !== null && effect.kind === 'read') return null;
  for (let i = regions.length - 1; i >= 0; i -= 1) {
    const region = regions[i]!;
    if (UNITS.has(region.kind) || region.kind === 'entry') return null;
    if (region.kind === 'loop' && indexed(region) === null) return null;
    if (region.kind !== 'each' && region.kind !== 'loop') continue;
    const list = indexed(region) ?? region.over;
    // A loop that is left early may do with the first.
    if (list === null || region.left === true || region.stream === true) return null;
    const made = madeFrom(m, list);
    if (few(list, root) || !dependsOn(effect, made)) continue;
    if (root.entry?.shape.batch !== undefined && inputOf(list, root.fn.ir, 0) === 'message') return null;
    if (occurrence.guards.some((guard) => within(guard, region, occurrence) && decidesByLookUp(guard, region, all))) return null;
    if (effect.kind !== 'read' && occurrence.attempts.some((attempt) => attempt.rethrows === 'never' && inside(attempt.frame, attempt.span, region, occurrence))) return null;
    if (isJob(all, occurrence, region) || marksProgress(all, occurrence, region)) return null;
    const counterpart = counterpartOf(all, occurrence, made);
    return counterpart === undefined ? null : { region, counterpart, ...(occurrence.effect.action === 'count' || occurrence.effect.action === 'aggregate' ? { grouped: true } : {}) };
  }
  return null;
}

/** The list of `for (let i = 0; i < list.length; i += 1)`. */
function indexed({ kind, over }: Region): Value | null {
  if (kind !== 'loop' || over?.k !== 'derived' || (over.op !== '<' && over.op !== '<=')) return null;
  return listOfLength(over.from[1]!);
}

function few(given: Value, root: Root): boolean {
  const list = settled(given);
  if (list.k === 'array' && list.spreads.length + list.pushed.length === 0) return true;
  if (list.k === 'object' || (list.k === 'derived' && list.from[0]?.k === 'object')) return true;
  const bound = boundOf(list, root.entry === null ? null : root.fn.ir);
  return bound.is === 'bounded' && bound.max !== undefined && bound.max <= FEW;
}

/** Deeper down is a service that does one thing, and has no way to do many; unless all of these calls only hand on the one. */
const DEEP = 3;
const LAYERS = 6;
const CHANGES = new Set(['write', 'publish', 'send', 'charge', 'call']);

/** The loop calls a function that reads and changes this and that for its element: a job of its own, not a query that was not batched. */
function isJob(all: readonly Occurrence[], occurrence: Occurrence, region: Region): boolean {
  const { stack } = occurrence;
  const frames = [...stack.map((site) => site.frame), occurrence.frame];
  let at = frames.indexOf(region.frame!);
  // Callbacks that stand in the loop's own text.
  while (at + 1 < frames.length && lexically(frames[at + 1]!, region.frame!)) at += 1;
  // `withLog(() => redis.get(key))` adds no layer: neither the wrapper nor the callback.
  const callbacks = frames.slice(at + 2).filter((frame, i) => lexically(frame, frames[at + i]!)).length;
  const calls = stack.length - at - 2 * callbacks;
  // A message, acknowledged by itself.
  const alone = !all.some((other) => other !== occurrence && other.stack[at] === stack[at] && other.effect.weight !== 'telemetry');
  if (calls > (alone ? LAYERS : DEEP) || all.some(({ effect, regions }) => (effect.kind === 'ack' || effect.kind === 'nack') && regions.includes(region))) return true;
  return calls >= 2 && all.some((other) => other !== occurrence && other.stack[at] === stack[at] && CHANGES.has(other.effect.kind) && other.effect.weight === 'business' && !exclusive(other, occurrence));
}

const SENDS = new Set(['publish', 'send', 'charge', 'call']);

/** Says that what was done for the element before is done: it must not wait for the others. */
const marksProgress = (all: readonly Occurrence[], { effect, index }: Occurrence, region: Region): boolean =>
  effect.kind === 'write' && all.some((other) => other.index < index && other.regions.includes(region) && SENDS.has(other.effect.kind) && other.effect.weight === 'business');

function lexically(inner: Frame, outer: Frame): boolean {
  for (let up = inner.up; up !== null; up = up.up) if (up === outer) return true;
  return false;
}

type Made = (value: Value) => boolean;

/** Tells whether a value is made from an element of the list. */
function madeFrom(m: Machine, list: Value): Made {
  const elements = optionsOf(settled(itemOf(m, list))).flatMap((element) => withParts(element, 3))
    .filter((element) => element.k !== 'literal' && element.k !== 'undefined' && element.k !== 'unknown' && element.k !== 'function');
  const rows = elements.flatMap((element) => (element.k === 'row' ? [element] : element.k === 'library' && element.row !== undefined ? [element.row] : []));
  const isPart = (value: Value): boolean =>
    (elements as readonly Value[]).includes(value) ||
    (value.k === 'row' && rows.some((row) => row.effect === value.effect && row.path.every((part, i) => value.path[i] === part))) ||
    (value.k === 'item' && sameValue(value.of, list)) ||
    // Its place in the list is no less its own.
    (value.k === 'derived' && value.op === 'index') ||
    (value.k === 'access' && typeof value.key === 'object' && sameValue(value.of, list));
  return (value) => anyPart(value, isPart, 10);
}

const withParts = (value: Value, depth: number): readonly Value[] => (depth === 0 || (value.k !== 'object' && value.k !== 'array') ? [value] : [value, ...partsOf(value).flatMap((part) => withParts(part, depth - 1))]);

const partsOf = (value: Value): readonly Value[] => (value.k === 'object' ? [...value.props.values(), ...value.spreads, ...value.computed] : value.k === 'array' ? [...value.items, ...value.spreads] : []);

function anyPart(given: Value, holds: (value: Value) => boolean, depth: number): boolean {
  if (holds(given)) return true;
  const value = settled(given);
  if (value !== given && holds(value)) return true;
  if (depth === 0) return false;
  const next = (part: Value): boolean => anyPart(part, holds, depth - 1);
  switch (value.k) {
    case 'access': return next(value.of) || (typeof value.key === 'object' && next(value.key));
    case 'item': return next(value.of);
    case 'derived': return value.from.some(next);
    case 'phi': return value.options.some(next);
    case 'template': return value.values.some(next);
    case 'object': case 'array': return partsOf(value).some(next);
    case 'library': return value.row !== undefined ? next(value.row) : value.args.some(next);
    case 'operation': return isPart(value) && next(value.self!);
    default: return false;
  }
}

const dependsOn = (effect: Effect, made: Made): boolean => effect.where.some(({ value }) => made(value)) || carriedBy(effect).some(made) || (isRequest(effect) && effect.args.some(made));

/** A service is asked for one thing by its name: `GetParameter`. */
const isRequest = ({ action, kind }: Effect): boolean => action === 'request' && (kind === 'read' || kind === 'call');

/** What a write or message carries. */
const carriedBy = (effect: Effect): readonly Value[] => [...effect.values.map(({ value }) => value), ...effect.rest, ...(effect.entity === null ? [] : [effect.entity]), ...(effect.kind === 'read' ? [] : effect.args)];

const inside = (frame: object, [start, end]: readonly number[], region: Region, { stack, frame: own }: Occurrence): boolean => {
  if (frame === region.frame) return start! >= region.span[0] && end! <= region.span[1];
  const chain = [...stack.map((site) => site.frame), own];
  return chain.indexOf(frame as never) > chain.indexOf(region.frame as never);
};

const within = (guard: Guard, region: Region, occurrence: Occurrence): boolean => inside(guard.frame, guard.span, region, occurrence);

/** Only for what a map or cache does not hold, or as another call of the same round decides. */
function decidesByLookUp(guard: Guard, region: Region, all: readonly Occurrence[]): boolean {
  return (guard.together ?? [guard]).some(({ test }) =>
    anyPart(test, (part) => (part.k === 'derived' && (part.op === 'get' || part.op === 'has')) || (part.k === 'access' && typeof part.key === 'object'), 6) ||
    originsOf(test).some((origin) => all.some((other) => other.effect === origin.effect && other.regions.includes(region))));
}

/** Stores whose conditions take a list where they take a value. */
const LISTING = new Set(['sql', 'mongo']);

/** Undefined: nothing does many of these at once. */
function counterpartOf(all: readonly Occurrence[], { effect }: Occurrence, made: Made): string | null | undefined {
  const { shape } = effect;
  const named = shape.batchCounterpart;
  if (effect.locking || effect.weight === 'telemetry') return undefined;
  if (shape.items !== undefined && effect.items !== null) return isListOfOne(effect, made) ? effect.label.slice(effect.label.lastIndexOf('.') + 1) : undefined;
  if (isRequest(effect)) return named;
  const keys = effect.where.filter(({ value }) => made(value));
  // `where: { a: row.a, b: row.b }` would have to become a list of pairs.
  const byOneKey = keys.length === 1 && (keys[0]!.op === '=' || isListOfItsOwn(keys[0]!) || isOfRelation(effect, keys[0]!, made)) && !effect.where.some((criterion) => criterion.op === '?' && criterion !== keys[0]);
  switch (effect.kind) {
    case 'read': {
      // Of each by itself, not of a list.
      if ((effect.action === 'count' || effect.action === 'aggregate') && LISTING.has(effect.system)) return byOneKey && keys[0]!.op === '=' && effect.limit === null && effect.offset === null && shape.cardinality !== 'many' ? null : undefined;
      // All that belong to an element, sorted, are some of those that belong to all of them, sorted; the first of them are not.
      if (effect.action !== 'find' || ((effect.order !== null || effect.orderOpen) && !(effect.limit === null && shape.cardinality === 'many')) || effect.offset !== null || effect.cursor !== null) return undefined;
      if (!LISTING.has(effect.system)) return keys.length > 0 ? named : undefined;
      if (!byOneKey || (effect.limit !== null && shape.cardinality !== 'one')) return undefined;
      return named ?? (shape.cardinality !== undefined || shape.sql !== undefined ? null : undefined);
    }
    case 'write':
      if (effect.conditional !== 'no' || shape.versioned === true) return undefined;
      if (named === undefined) return shape.sql !== undefined && effect.action === 'insert' && effect.values.some(({ value }) => made(value)) && !all.some((other) => uses(other.effect, effect)) ? 'INSERT … VALUES (…), (…)' : undefined;
      if (effect.action === 'insert') return effect.onConflict === 'fail' && !isNested(effect) && !all.some((other) => uses(other.effect, effect)) ? named : undefined;
      if (effect.action === 'update' && effect.system === 'sql' && carriedBy({ ...effect, args: [] }).some(made)) return undefined;
      return !LISTING.has(effect.system) || (byOneKey && keys[0]!.op === '=') ? named : undefined;
    case 'publish': return named;
    // One key covers a whole batch.
    case 'send': return effect.key === null ? named : undefined;
    default: return undefined;
  }
}

/** `messages: [message]`: what takes a list is given one element at a time, and all of them to the same place. */
const isListOfOne = ({ items, resourceValue }: Effect, made: Made): boolean =>
  items?.k === 'array' && items.items.length === 1 && items.spreads.length + items.pushed.length === 0 && made(items.items[0]!) && (resourceValue === null || !made(resourceValue));

/** `id in post.tagIds`: one list for each element, which together make one list. A piece of a list is the element itself. */
function isListOfItsOwn({ op, value }: Criterion): boolean {
  let at = settled(value);
  while (at.k === 'derived' && at.from[0] !== undefined && OF_LIST.has(at.op)) at = settled(at.from[0]);
  return op === 'in' && at.k === 'row' && at.path.some((part) => part !== '[]');
}

const OF_LIST = new Set(['map', 'filter', 'flatMap', 'uniq', 'uniqBy', 'compact', 'values', 'keys', 'split', 'flat', 'substring', 'trim', 'toLowerCase']);

/** `tags: { some: { postId: post.id } }`: a key of related rows, which takes a list as well. */
function isOfRelation({ shape }: Effect, { op, value }: Criterion, made: Made): boolean {
  if (op !== '?' || shape.criteria?.[0] !== 'prisma' || value.k !== 'object' || value.props.size !== 1) return false;
  const [[quantifier, related]] = [...value.props] as [[string, Value]];
  if ((quantifier !== 'some' && quantifier !== 'is') || related.k !== 'object' || related.spreads.length > 0) return false;
  const parts = [...related.props.values()];
  return parts.filter(made).length === 1 && parts.every((part) => part.k !== 'object' && part.k !== 'array');
}

const uses = (other: Effect, effect: Effect): boolean => other !== effect && [...other.where.map(({ value }) => value), ...carriedBy(other)].some((value) => comesFrom(value, effect));

const NESTED = new Set(['create', 'connect', 'connectOrCreate', 'createMany']);
const OF_RELATED = new Set([...NESTED, 'disconnect', 'delete', 'deleteMany', 'update', 'updateMany', 'upsert']);

/** What is to be done to rows of another table, each by itself, and no value that takes the place of another. */
export const isOfRelated = ({ shape, values }: Effect, field: string): boolean => shape.values?.[0] === 'prisma' && values.some((written) => written.field === field && written.value.k === 'object' && written.value.props.size > 0 && [...written.value.props.keys()].every((key) => OF_RELATED.has(key)));

/** Related rows are written with it, which a list of rows cannot say. */
const isNested = ({ shape, values }: Effect): boolean => shape.values?.[0] === 'prisma' && values.some(({ value }) => value.k === 'object' && [...value.props.keys()].some((key) => NESTED.has(key)));
