import type { Effect, Guard, Occurrence, Region } from '../program/effect.ts';
import { leavesOf, originsOf } from '../program/origins.ts';
import { type ArrayValue, type DerivedValue, type ParamValue, type RowValue, type Value, sameValue, settled } from '../program/value.ts';

/** How long a collection can get. `data`: as long as the data is, the code sets no limit. `max`: the limit, where the code shows the number. */
export type Bound =
  | { readonly is: 'bounded'; readonly max?: number }
  | { readonly is: 'data'; readonly why: 'query' | 'message' | 'response' | 'file'; readonly likely: boolean; /** What belongs to one parent: the calendars of a user, the members of a team. That these are few, only the data shows. */ readonly owned?: true }
  | { readonly is: 'unknown' };

const BOUNDED: Bound = { is: 'bounded' };
const UNKNOWN: Bound = { is: 'unknown' };
const atMost = (limit: Value | number | null | undefined): Bound => {
  const max = typeof limit === 'number' ? limit : asCount(limit);
  return max === null ? BOUNDED : { is: 'bounded', max };
};
const asCount = (value: Value | null | undefined): number | null => (value?.k === 'literal' && value.value !== null && Number.isInteger(Number(value.value)) ? Number(value.value) : null);

/** Operations that leave the length, or shorten it by the data. */
const KEEPS = new Set(['filter', 'sort', 'toSorted', 'reverse', 'toReversed', 'values', 'entries', 'keys', 'map', 'rest', 'clone', 'unique', 'uniq', 'uniqBy', 'parse', 'JSON.parse', 'flat', 'flatMap', 'compact', 'groupBy', 'keyBy', 'indexBy', 'countBy', 'orderBy', 'sortBy', 'difference', 'without', 'reject', 'concat', 'chunk', 'splitEvery', 'fromEntries', 'shuffle', 'Object.keys', 'Object.values', 'Object.entries', '&&', 'split']);
/** Of these the result can be longer than what it was made from. */
const GROWS = new Set(['flat', 'flatMap', 'concat', 'split']);

/** Of these the result is surely a list: an ORM takes it for alternatives. */
const LISTS = new Set(['map', 'filter', 'flatMap', 'uniq', 'uniqBy', 'compact', 'values', 'keys']);
const isConstants = (value: Value): boolean => value.k === 'array' && value.spreads.length + value.pushed.length === 0 && value.items.every((item) => item.k === 'literal' || item.k === 'external' || (item.k === 'access' && item.of.k === 'external'));

const NOWHERE: readonly Region[] = [];

/** `message`: the parameter that carries what a client or queue sent; undefined when the root is no handler. `around`: where the list is used: what a loop around that gathers is what it gathered in one round. */
export function boundOf(given: Value, entryFn: object | null, depth = 0, around: readonly Region[] = NOWHERE): Bound {
  const value = settled(given);
  if (depth > 10) return UNKNOWN;
  const next = (part: Value): Bound => boundOf(part, entryFn, depth + 1, around);
  const schema = schemaOf(value, 0);
  if (schema !== null) {
    const max = partOf(schema, 'max');
    if (max !== null) return atMost(max);
    if (partOf(schema, 'items') !== null && inputOf(value, entryFn, 0) === 'message') return { is: 'data', why: 'message', likely: false };
  }
  switch (value.k) {
    case 'array': {
      const parts = value.pushed.map((push): Bound => {
        const isLimited = (region: Region | null | undefined): boolean => region != null && value.limited?.has(region) === true;
        if (isLimited(push.region)) return BOUNDED;
        const one = push.spread === undefined ? atMost(1) : next(push.spread);
        const paged = push.pages === undefined || isLimited(push.pages) || around.includes(push.pages) ? null : inPages(push.pages, push, entryFn, depth);
        return paged ?? (push.region === null ? one : times(overOf(push.region, entryFn, depth, around), one));
      });
      return sum([atMost(value.items.length), ...gathered(value, value.spreads, next), ...parts]);
    }
    case 'object': {
      // `Array.from({ length: n })`: as many as the number says.
      const length = value.props.get('length');
      if (length !== undefined) return sized(length, entryFn, depth);
      return sum([atMost(value.props.size), ...value.spreads.map(next), ...(value.computed.length === 0 ? [] : value.filled === undefined ? [UNKNOWN] : [...value.filled].map((loop) => overOf(loop, entryFn, depth, around)))]);
    }
    case 'row': {
      const { effect } = value;
      const below = value.path.filter((part) => part !== '[]');
      const container = effect.shape.rows?.split('.') ?? [];
      const inRows = below.length === 0 || (container.length > 0 && below.join('.') === container.join('.')) || (effect.system === 'sql' && below.join('.') === 'rows');
      if (effect.system === 'files') return { is: 'data', why: 'file', likely: false };
      if (effect.kind !== 'read') return UNKNOWN;
      if (effect.system === 'http' || effect.system === 'rpc') return { is: 'data', why: 'response', likely: true };
      if (!inRows) return UNKNOWN;
      if (value.path.includes('[]')) return UNKNOWN;
      if (effect.limit !== null) return effect.limit instanceof Object && effect.limit.k === 'param' ? UNKNOWN : atMost(effect.limit);
      if (effect.shape.cardinality === 'one') return UNKNOWN;
      if (effect.shape.cardinality !== 'many' && effect.system !== 'sql') return UNKNOWN;
      // As many rows as the list of their keys is long; a list of constants is a set of states.
      const listed = effect.where.filter(({ op, value: given, many }) => (op === 'in' && many !== true && !isConstants(given)) || (op === '=' && given.k === 'derived' && LISTS.has(given.op))).map((criterion) => next(criterion.value));
      const [bound] = listed.filter(({ is }) => is === 'bounded').concat(listed.filter(({ is }) => is === 'unknown'), listed);
      if (bound !== undefined) return bound;
      if (effect.orderOpen && effect.whereOpen) return UNKNOWN;
      return selected(effect);
    }
    case 'derived':
      if (BODIES.has(value.op)) return receivedAs(value, entryFn);
      if (value.op === 'slice' || value.op === 'splice' || value.op === 'subarray') return cut(value.op, value.from, next);
      if (value.op === 'take' || value.op === 'takeRight' || value.op === 'sampleSize' || value.op === 'first') return atMost(value.from[1]);
      if (value.op === 'sized') return sized(value.from[0]!, entryFn, depth);
      if (value.op === 'range' || value.op === 'times') return value.from[0] === undefined ? UNKNOWN : sized(value.from[0], entryFn, depth);
      if (value.op === 'concat') return sum(gathered(value, value.from, next));
      if (KEEPS.has(value.op)) {
        if (value.from[0] === undefined) return UNKNOWN;
        const bound = next(value.op === '&&' ? value.from[1]! : value.from[0]);
        return bound.is === 'bounded' && GROWS.has(value.op) ? BOUNDED : bound;
      }
      return UNKNOWN;
    case 'item':
      if (value.of.k === 'derived' && (value.of.op === 'chunk' || value.of.op === 'splitEvery')) return atMost(value.of.from.find((part) => part.k === 'literal'));
      return receivedAs(value, entryFn);
    case 'access': case 'param': return isText(value) ? UNKNOWN : receivedAs(value, entryFn);
    case 'phi': {
      const parts = value.options.filter((option) => option.k !== 'undefined' && !(option.k === 'literal') && !isEmpty(option)).map(next);
      return worst(parts);
    }
    case 'literal': return BOUNDED;
    case 'library': return value.row === undefined ? UNKNOWN : next(value.row);
    default: return UNKNOWN;
  }
}

/** As many as there are. */
const selected = (effect: Effect): Extract<Bound, { is: 'data' }> => ({ is: 'data', why: 'query', likely: effect.whereOpen || effect.rest.length > 0, ...(effect.shape.related === true || effect.where.some(({ op, value: given, many }) => (op === '=' || op === '?' || many === true) && leavesOf(given).some((leaf) => isGiven(leaf) || leaf.k === (op === '=' ? 'unknown' : 'undefined'))) ? { owned: true } : {}) });

/** `all = [...all, ...page.items]`: pages that are put behind each other, round by round. */
function gathered(whole: Value, lists: readonly Value[], boundOfOne: (list: Value) => Bound): readonly Bound[] {
  // In the round that is followed, what the round before left is not known yet.
  const grows = lists.some((list) => list.k === 'phi' && list.options.some(isEmpty) && list.options.some((option) => option === whole || option.k === 'unknown'));
  return lists.map((list): Bound => {
    const bound = boundOfOne(list);
    const page = grows && bound.is === 'bounded' ? pageIn(list) : undefined;
    return page === undefined ? bound : { ...allOf(page), likely: true };
  });
}

const isEmpty = (value: Value): boolean => value.k === 'array' && value.items.length + value.spreads.length + value.pushed.length === 0;

const pageIn = (value: Value): RowValue | undefined => leavesOf(value).find((leaf): leaf is RowValue => leaf.k === 'row' && leaf.effect.kind === 'read' && (leaf.effect.cursor !== null || leaf.effect.offset !== null || leaf.effect.limit !== null));

const allOf = ({ effect }: RowValue): Extract<Bound, { is: 'data' }> => (effect.system === 'http' || effect.system === 'rpc' ? { is: 'data', why: 'response', likely: true } : selected(effect));

/** What a loop gathers page by page: all there is, unless the loop counts. Null where the pages are none: the same is asked for again. */
function inPages(loop: Region, { value, spread }: ArrayValue['pushed'][number], entryFn: object | null, depth: number): Bound | null {
  const { over } = loop;
  const counted = overOf(loop, entryFn, depth);
  if (counted.is !== 'unknown') return counted;
  if (over?.k === 'derived' && ORDERED.has(over.op)) {
    const [left, right] = over.op.startsWith('<') ? over.from : [...over.from].reverse();
    // `while (read < total)`: the total is what the answer says.
    if (originsOf(right!).length === 0) return spread !== undefined && addsUp(left!) ? atMost(right) : BOUNDED;
  }
  const page = pageIn(value);
  return page === undefined ? null : allOf(page);
}

const ORDERED = new Set(['<', '<=', '>', '>=']);

/** `read += page.length`, seen before the page is: by an unknown number, and not by one for each round. */
const addsUp = (given: Value): boolean => given.k === 'phi' && given.options.some((option) => option.k === 'derived' && option.op === '+' && option.from.every(({ k }) => k !== 'literal'));

/** Names a parent: neither a state nor the clock. */
const isGiven = (leaf: Value): boolean => leaf.k !== 'literal' && leaf.k !== 'undefined' && leaf.k !== 'external' && leaf.k !== 'source' && leaf.k !== 'unknown';

/** `slice(i, i + 100)`, `splice(0, 100)`, `slice(-100)`; a slice with one end open is as long as the list. */
function cut(op: string, [list, start, end]: readonly Value[], whole: (list: Value) => Bound): Bound {
  if (end === undefined) {
    const last = start?.k === 'literal' && Number(start.value) < 0;
    return last ? atMost(-Number(start.value)) : start?.k === 'derived' && start.op === '-' ? BOUNDED : list === undefined ? UNKNOWN : whole(list);
  }
  if (op === 'splice') return atMost(end);
  if (end.k === 'derived' && end.op === '+') return atMost(end.from.find((part) => part.k === 'literal'));
  const [from, to] = [asCount(start), asCount(end)];
  return from === null || to === null || to < from ? BOUNDED : atMost(to - from);
}

/** The body of a response or request, read. */
const BODIES = new Set(['json', 'text', 'formData']);

function receivedAs(value: Value, entryFn: object | null): Bound {
  const why = inputOf(value, entryFn, 0);
  return why === null ? UNKNOWN : { is: 'data', why, likely: true };
}

/** What a value is a part of, as it came in: what was computed from it by calls out of view is no part. */
export function inputOf(given: Value, entryFn: object | null, depth: number): 'message' | 'response' | null {
  const value = settled(given);
  if (depth > 10) return null;
  switch (value.k) {
    case 'param': return entryFn !== null && value.fn === entryFn ? 'message' : null;
    case 'access': return typeof value.key === 'string' ? inputOf(value.of, entryFn, depth + 1) : null;
    case 'item': return inputOf(value.of, entryFn, depth + 1);
    case 'row': return value.effect.kind === 'read' && (value.effect.system === 'http' || value.effect.system === 'rpc') ? 'response' : null;
    case 'library': return value.row !== undefined ? inputOf(value.row, entryFn, depth + 1) : value.type.shape.role === 'message' || (entryFn !== null && value.type.shape.event !== undefined) ? 'message' : null;
    case 'derived': return (KEEPS.has(value.op) || BODIES.has(value.op)) && value.from[0] !== undefined ? inputOf(value.op === '&&' ? value.from[1]! : value.from[0], entryFn, depth + 1) : null;
    case 'phi': {
      for (const option of value.options) {
        const found = inputOf(option, entryFn, depth + 1);
        if (found !== null) return found;
      }
      return null;
    }
    default: return null;
  }
}

/** The list is what the source hands to the handler in one call, or some of it. */
export function isDelivery(given: Value, path: readonly string[], fn: object): boolean {
  const value = settled(given);
  if (value.k === 'derived') return KEEPS.has(value.op) && !GROWS.has(value.op) && value.from[0] !== undefined && isDelivery(value.from[0], path, fn);
  if (path.length === 0) return (value.k === 'param' && value.fn === fn) || (value.k === 'library' && value.type.shape.event !== undefined);
  return value.k === 'access' && value.key === path.at(-1) && isDelivery(value.of, path.slice(0, -1), fn);
}

/** The list is what a caller hands to this function, whole. */
export function handedIn(given: Value, fn: object): boolean {
  const value = settled(given);
  if (value.k === 'derived') return KEEPS.has(value.op) && value.from[0] !== undefined && handedIn(value.from[0], fn);
  if (value.k === 'array') return value.spreads.length === 1 && handedIn(value.spreads[0]!, fn);
  if (value.k === 'access') return value.of.k !== 'item' && handedIn(value.of, fn);
  return value.k === 'param' && value.fn === fn;
}

/** `if (ids.length > MAX) throw …` on the way: the list is no longer than that. */
export function limitedByGuard(over: Value, guards: readonly Guard[]): boolean {
  const lists = wholesOf(over, 0);
  return anyGuard(guards, ({ op, from }, holds) => {
    const upper = holds ? ['<', '<='] : ['>', '>='];
    const lower = holds ? ['>', '>='] : ['<', '<='];
    const [length, limit] = upper.includes(op) ? [from[0]!, from[1]!] : lower.includes(op) ? [from[1]!, from[0]!] : [null, null];
    return length !== null && !(limit.k === 'literal' && Number(limit.value) < 2) && lengthsIn(length, 0).some((list) => lists.some((whole) => sameValue(list, whole)));
  });
}

/** `if (!ids.every((id) => parent.items.some((item) => item.id === id))) throw …` on the way: as many as the parent has, as a rule. */
export function ownedByGuard(over: Value, guards: readonly Guard[]): boolean {
  const lists = wholesOf(over, 0);
  return anyGuard(guards, ({ op, from }, holds) =>
    op === 'every' && holds && lists.some((whole) => sameValue(from[0]!, whole)) && from.slice(1).some((each) => leavesOf(each).some((leaf) => leaf.k === 'row' && leaf.effect.kind === 'read')));
}

/** Whether something is so of one of the tests that certainly came out, with how it did. */
function anyGuard(guards: readonly Guard[], isSo: (test: DerivedValue, holds: boolean) => boolean): boolean {
  const any = (given: Value, holds: boolean, depth: number): boolean => {
    const test = settled(given);
    // `!Array.isArray(ids) || ids.length > MAX`: one of both, and where that does not hold, neither does.
    if (test.k === 'phi' && depth <= 3) return !holds && test.options.some((option) => any(option, holds, depth + 1));
    if (test.k !== 'derived' || depth > 3) return false;
    if (test.op === '!' || test.op === 'Boolean') return test.from[0] !== undefined && any(test.from[0], holds !== (test.op === '!'), depth + 1);
    if (test.op === (holds ? '&&' : '||')) return test.from.some((part) => any(part, holds, depth + 1));
    return isSo(test, holds);
  };
  return guards.some((guard) => guard.together === undefined && any(guard.test, guard.holds, 0));
}

/** The list whose length this is. */
export function listOfLength(value: Value): Value | null {
  // `rows.length`; a column of that name stands in a row.
  if (value.k === 'row') return value.path.at(-1) === 'length' && value.path.at(-2) !== '[]' ? { k: 'row', effect: value.effect, path: value.path.slice(0, -1) } : null;
  return value.k === 'access' && value.key === 'length' ? value.of : value.k === 'derived' && value.op === 'length' ? (value.from[0] ?? null) : null;
}

/** Lists whose lengths are added up in a number. */
function lengthsIn(value: Value, depth: number): readonly Value[] {
  const list = listOfLength(value);
  return list !== null ? [list] : value.k === 'derived' && value.op === '+' && depth <= 3 ? value.from.flatMap((part) => lengthsIn(part, depth + 1)) : [];
}

/** The list, and those it was filtered or mapped from. */
const wholesOf = (given: Value, depth: number): readonly Value[] => {
  const value = settled(given);
  if (depth > 6) return [];
  if (value.k === 'derived' && KEEPS.has(value.op) && value.from[0] !== undefined) return [value, ...wholesOf(value.from[0], depth + 1)];
  if (value.k === 'array') return [value, ...value.spreads.flatMap((spread) => wholesOf(spread, depth + 1))];
  return [value];
};

/** The validation schema that a value, or what it is a part of, has passed. */
function schemaOf(value: Value, depth: number): Value | null {
  if (value.checked !== undefined) return value.checked;
  if (depth > 6 || (value.k !== 'access' && value.k !== 'item')) return null;
  const whole = schemaOf(value.of, depth + 1);
  if (whole === null) return null;
  if (value.k === 'item') return partOf(whole, 'items');
  for (let at: Value | undefined = whole; at?.k === 'library'; at = at.schema?.like) {
    const field = at.schema?.fields?.k === 'object' && typeof value.key === 'string' ? at.schema.fields.props.get(value.key) : undefined;
    if (field !== undefined) return field;
  }
  return null;
}

function partOf(schema: Value, part: 'items' | 'max'): Value | null {
  for (let at: Value | undefined = schema; at?.k === 'library'; at = at.schema?.like) if (at.schema?.[part] !== undefined) return at.schema[part];
  return null;
}

/** Iterations of a loop. */
export function overOf({ kind, over, stream }: Region, entryFn: object | null, depth = 0, around: readonly Region[] = NOWHERE): Bound {
  if (over === null) return UNKNOWN;
  // `for await (const plan of client.list({ limit: 100 }))`: the answer, which holds a page, asks for the next one by itself.
  const answer = over.k === 'library' ? over.row : settled(over);
  if (stream === true && answer?.k === 'row' && answer.path.length === 0 && answer.effect.kind === 'read' && answer.effect.shape.rows !== undefined) return allOf(answer);
  if (kind === 'each') return boundOf(over, entryFn, depth + 1, around);
  // `for (let i = 0; i < xs.length; i += 1)`.
  const list = over.k === 'derived' && (over.op === '<' || over.op === '<=') ? listOfLength(over.from[1]!) : null;
  return list === null ? UNKNOWN : boundOf(list, entryFn, depth + 1, around);
}

/** So many of so many each. */
const times = (rounds: Bound, each: Bound): Bound => together([rounds, each], (all) => all.reduce((product, one) => product * one, 1));

/** One of these. */
const worst = (parts: readonly Bound[]): Bound => together(parts, (all) => Math.max(...all));
/** All of these, one behind the other. */
const sum = (parts: readonly Bound[]): Bound => together(parts, (all) => all.reduce((total, one) => total + one, 0));

function together(parts: readonly Bound[], of: (all: readonly number[]) => number): Bound {
  if (parts.length === 0) return BOUNDED;
  const open = parts.find((part) => part.is === 'data') ?? parts.find((part) => part.is === 'unknown');
  if (open !== undefined) return open;
  const all = parts.flatMap((part) => (part.is === 'bounded' && part.max !== undefined ? [part.max] : []));
  return all.length === parts.length ? { is: 'bounded', max: of(all) } : BOUNDED;
}

/** A count: a number of workers, a page size; `xs.length` when nothing limits it. */
function sized(length: Value, entryFn: object | null, depth: number): Bound {
  if (length.k === 'literal') return atMost(length);
  if (length.k === 'derived') {
    if (/min$/i.test(length.op)) return atMost(length.from.find((part) => part.k === 'literal'));
  }
  const list = listOfLength(length);
  return list === null ? UNKNOWN : boundOf(list, entryFn, depth + 1);
}

const isText = (value: Value): boolean => value.k === 'param' && ['string', 'number', 'boolean'].includes(value.type?.name ?? '');

/** Came with the request or message that the handler was called for. */
export function fromMessage(value: Value, entryFn: object | null): boolean {
  return entryFn !== null && leavesOf(value).some((leaf) => (leaf.k === 'param' && (leaf as ParamValue).fn === entryFn) || (leaf.k === 'library' && (leaf.type.shape.role === 'message' || leaf.type.shape.event !== undefined)));
}

/** The iterations whose runs overlap at this effect, with nothing between that limits them; innermost first. `around`: only those that hold this region. */
export function fanOutsOf(occurrence: Occurrence, around: Region | null = null): readonly Region[] {
  const found: Region[] = [];
  for (let i = (around === null ? occurrence.regions.length : occurrence.regions.indexOf(around)) - 1; i >= 0; i -= 1) {
    const region = occurrence.regions[i]!;
    if (region.kind === 'limit' || region.kind === 'lock' || region.kind === 'background') break;
    if (occurrence.overlaps.has(region)) found.push(occurrence.collector === undefined ? region : { ...region, ...occurrence.collector });
    else if (region.kind === 'each' && region.parallel) found.push(region);
  }
  return found;
}
