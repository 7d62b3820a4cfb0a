import { type Bound, boundOf, handedIn, limitedByGuard } from './bounds.ts';
import type { Effect, Occurrence } from '../program/effect.ts';
import { itemOf } from '../program/evaluate.ts';
import type { Machine } from '../program/machine.ts';
import { type Value, settled } from '../program/value.ts';

/** A list that one call carries, and how much of it the call takes. */
export interface Batch {
  readonly list: Value;
  readonly bound: Bound;
  /** What runs out: elements, bind parameters for the fields of rows or for a list in a condition, the length of a URL; `rows`: nothing, one statement changes them all. */
  readonly of: 'items' | 'binds' | 'listed' | 'url' | 'rows';
  readonly max: number | null;
  /** Of those, how many an element needs. */
  readonly each: number;
  /** It is what callers out of view hand in. */
  readonly open: boolean;
}

/** Servers and proxies refuse longer request lines; an id and its comma take about forty. */
const URL_LENGTH = 8_000;
const ID_LENGTH = 40;

export function batchesOf(m: Machine, occurrence: Occurrence, rootFn: object, entryFn: object | null): readonly Batch[] {
  const { effect } = occurrence;
  const { shape } = effect;
  const found: Batch[] = [];
  const add = (list: Value, of: Batch['of'], max: number | null, each = 1): void => {
    if (!limitedByGuard(list, occurrence.guards) && !(of === 'items' && max !== null && pageOf(list) <= max)) found.push({ list, bound: boundOf(list, entryFn, 0, occurrence.regions), of, max, each, open: entryFn === null && handedIn(list, rootFn) });
  };
  const binds = shape.maxBinds === undefined ? undefined : Math.min(shape.maxBinds, bindsOf(m, effect.handle));
  if (effect.items !== null && shape.maxItems !== undefined) add(effect.items, 'items', shape.maxItems);
  if (effect.items !== null && binds !== undefined) add(effect.items, 'binds', binds, columnsOf(m, effect.items));
  if (binds !== undefined && shape.sql !== undefined) for (const { list, each } of [...boundRows(effect), ...fragmentRows(m, effect)]) add(list, 'binds', binds, each);
  for (const { op, value } of effect.where) {
    if (op !== 'in' && op !== '!in') continue;
    if (shape.maxListed !== undefined) add(value, 'items', shape.maxListed);
    // `= ANY($1)`: the list is one parameter.
    else if (binds !== undefined && shape.sql === undefined) add(value, 'listed', binds);
    else if (shape.inUrl === true) add(value, 'url', URL_LENGTH, ID_LENGTH);
    else if (effect.kind === 'write' && effect.system === 'sql' && op === 'in') add(value, 'rows', null);
  }
  if (effect.system === 'http' && effect.resourceValue !== null) for (const list of joinedIn(effect.resourceValue, 0)) add(list, 'url', URL_LENGTH, ID_LENGTH);
  if (effect.query !== undefined) for (const list of listedIn(effect.query)) add(list, 'url', URL_LENGTH, ID_LENGTH);
  return found;
}

/** `VALUES (?, ?), (?, ?), …`, written by hand: what is bound is gathered row by row. */
function boundRows({ shape, args }: Effect): readonly { readonly list: Value; readonly each: number }[] {
  const at = /^a(\d)((?:\.\w+)?)$/.exec(typeof shape.params === 'string' ? shape.params : '');
  const whole = at === null ? undefined : args[Number(at[1])];
  const given = whole === undefined ? undefined : at![2] === '' ? settled(whole) : whole.k === 'object' ? whole.props.get(at![2]!.slice(1)) : undefined;
  if (given?.k === 'derived' && given.op === 'flatMap' && given.from[0] !== undefined) {
    const row = given.from[1] === undefined ? undefined : settled(given.from[1]);
    return [{ list: given.from[0], each: row?.k === 'array' && row.items.length > 0 ? row.items.length : 1 }];
  }
  // `IN ($1, $2, …)`, with the list itself as parameters.
  if (given !== undefined && isList(given) && given.k !== 'array') return [{ list: given, each: 1 }];
  if (given?.k !== 'array') return [];
  const loops = new Map<Value, number>();
  for (const { region } of given.pushed) if (region?.kind === 'each' && region.over !== null && given.limited?.has(region) !== true) loops.set(region.over, (loops.get(region.over) ?? 0) + 1);
  return [...[...loops].map(([list, each]) => ({ list, each })), ...given.spreads.map((list) => ({ list, each: 1 }))];
}

/** `sql`INSERT INTO boats ${sql(rows)}``: a piece of the statement that was made of a list. */
const fragmentRows = (m: Machine, { args }: Effect): readonly { readonly list: Value; readonly each: number }[] =>
  args.flatMap((arg) => {
    const list = arg.k === 'library' && arg.pending?.settled === null && arg.pending.steps.length === 1 ? arg.pending.steps[0]!.args[0] : undefined;
    return list !== undefined && (isList(settled(list)) || settled(list).k === 'row') ? [{ list, each: columnsOf(m, list) }] : [];
  });

/** More goes in than the call takes: by the data, or by the number that the code shows. */
export const overflows = ({ bound, max, each, of, open }: Batch): boolean => bound.is === 'data' || (bound.is === 'unknown' && open && of === 'items') || (bound.is === 'bounded' && bound.max !== undefined && max !== null && bound.max * each > max);

/** Most rows that one answer holds, where the list is what one read gave. */
function pageOf(given: Value): number {
  const value = settled(given);
  if (value.k === 'derived' && (value.op === 'map' || value.op === 'filter')) return value.from[0] === undefined ? Infinity : pageOf(value.from[0]);
  return value.k === 'row' ? (value.effect.shape.pageSize ?? Infinity) : Infinity;
}

/** Of the client, where it takes fewer than others. */
function bindsOf(m: Machine, handle: Value | null): number {
  const { catalog } = m.program;
  const type = handle?.k === 'library' ? handle.type : handle?.k === 'param' && handle.type !== undefined ? catalog.annotated(handle.type.spec, handle.type.name) : undefined;
  return type === undefined ? Infinity : (catalog.trait(type, 'maxBinds') ?? Infinity);
}

/** Fields of a row, as far as they are in view. */
function columnsOf(m: Machine, rows: Value): number {
  const row = settled(itemOf(m, rows));
  return row.k === 'object' && row.props.size > 0 ? row.props.size : 1;
}

/** `{ params: { ids: ids.join(',') } }`, `{ params: { ids } }`: each element is written out. */
function listedIn(given: Value): readonly Value[] {
  const query = settled(given);
  if (query.k !== 'object') return joinedIn(query, 0);
  return [...query.props.values()].flatMap((part) => (isList(settled(part)) ? [part] : joinedIn(part, 0)));
}

const isList = (value: Value): boolean => value.k === 'array' || (value.k === 'derived' && (value.op === 'map' || value.op === 'filter'));

/** `ids.join(',')` within a text. */
function joinedIn(given: Value, depth: number): readonly Value[] {
  const value = settled(given);
  if (depth > 6) return [];
  if (value.k === 'template') return value.values.flatMap((part) => joinedIn(part, depth + 1));
  if (value.k === 'phi') return value.options.flatMap((part) => joinedIn(part, depth + 1));
  if (value.k !== 'derived' || value.op === 'call') return [];
  if (value.op === 'join') return value.from.slice(0, 1);
  return value.from.flatMap((part) => joinedIn(part, depth + 1));
}
