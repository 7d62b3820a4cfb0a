import type { Attempt, Occurrence, Region } from './effect.ts';
import { evaluate, itemOf, received } from './evaluate.ts';
import { boundedInside, raced } from './timers.ts';
import { type Frame, isResident } from './frame.ts';
import { isMadeHere } from './idle.ts';
import type { Machine } from './machine.ts';
import { flush } from './operation.ts';
import { originsOf } from './origins.ts';
import { type Call, attach, collectedBy, enclosed, inline, keeps, kept, loopFilling, makeRegion, markDropped, rethrowing, runHandler, selected, waitsIn, within } from './run.ts';
import { type ArrayValue, type FunctionValue, type Value, derived, eachOf, literal, optionsOf, phi, pickedBy, settled, UNDEFINED, UNKNOWN } from './value.ts';
import type { Use, V } from '../vocabulary/ir.ts';

/** What modules hold lives as long as the program: each execution would put the same things in once more. */
const MAX_PUSHED = 12;

/** What a map holds that was made of pairs: `new Map(rows.map((row) => [row.id, row]))`. */
const entriesOf = (m: Machine, map: ArrayValue): Value[] => map.spreads.flatMap((pairs) => {
  const many = pairs.k === 'array' && pairs.items.length > 1;
  const held = (many ? pairs.items : [itemOf(m, pairs)]).flatMap((pair) => (pair.k === 'array' && pair.items.length === 2 && pair.spreads.length === 0 ? [pair.items[1]!] : []));
  // What is looked up in a list of settings is one of them; what is looked up in one of handlers is called.
  return many && !held.every(({ k }) => k === 'function' || k === 'class' || k === 'instance' || k === 'library' || k === 'operation') ? [] : held;
});

/** What the language itself provides: arrays, promises, collections. Null when the call is none of it. */
export function builtin(m: Machine, call: Call, receiverV: V | null): Value | null {
  const { callee, receiver } = call;
  if (callee.k === 'external' && callee.spec === '<global>') return globalCall(m, call, callee.path);
  if (receiver === null || call.isNew) return null;
  const project = receiver.k === 'instance' || receiver.k === 'class' || receiver.k === 'module' || receiver.k === 'interface' || receiver.k === 'namespace';
  if (project) return null;
  const fn = functionOf(call.args[0]);
  switch (call.name) {
    case 'then': {
      const start = m.walk.occurrences.length;
      flush(m, receiver, call.frame, call.span, 'collected');
      // What the first callback does, the second does not hear of.
      const flushed = m.walk.occurrences.slice(start);
      m.walk.chained?.push(receiver);
      const fulfilled = fn === null ? settled(receiver) : inline(m, call, fn, [settled(receiver)], null);
      const rejected = functionOf(call.args[1]);
      if (rejected === null && call.args[1] !== undefined && call.args[1].k !== 'undefined') handledOutOfView(m, call, receiverV, flushed);
      const value = rejected === null ? fulfilled : phi([fulfilled, handle(m, call, rejected, receiverV, flushed)]);
      if (call.use === 'awaited' || call.use === 'returned') attach(m, call.frame, receiverV, (occurrence) => { if (occurrence.use === 'unknown') occurrence.use = call.use === 'awaited' ? 'awaited' : 'returned'; });
      return receiver.k === 'derived' && receiver.op === 'timer' ? receiver : value;
    }
    case 'catch': {
      const start = m.walk.occurrences.length;
      flush(m, receiver, call.frame, call.span, call.use === 'awaited' ? 'awaited' : 'unknown');
      attach(m, call.frame, receiverV, (occurrence) => { if (occurrence.use === 'unknown') occurrence.use = call.use === 'awaited' ? 'awaited' : call.use === 'returned' ? 'returned' : call.use === 'dropped' ? 'dropped' : 'unknown'; });
      const flushed = m.walk.occurrences.slice(start);
      if (fn === null && call.args.length > 0) handledOutOfView(m, call, receiverV, flushed);
      const value = fn === null ? UNDEFINED : handle(m, call, fn, receiverV, flushed);
      return phi([settled(receiver), value]);
    }
    case 'finally':
      flush(m, receiver, call.frame, call.span, 'unknown');
      if (fn !== null) inline(m, call, fn, [], null);
      return settled(receiver);
    case 'map': case 'flatMap': {
      if (fn === null) return derived(call.name, receiver, ...call.args);
      flush(m, receiver, call.frame, call.span, 'awaited');
      const start = m.walk.occurrences.length;
      const value = each(m, call, receiver, fn, call.name);
      if (call.use === 'dropped' && fn.ir.async) markDropped(m, call, start);
      return value;
    }
    case 'forEach': {
      const start = m.walk.occurrences.length;
      if (fn !== null) each(m, call, receiver, fn, 'forEach');
      if (fn?.ir.async === true) markDropped(m, call, start);
      return UNDEFINED;
    }
    case 'filter': {
      const kept = fn === null ? null : each(m, call, receiver, fn, 'filter');
      return kept?.k === 'derived' && kept.from[1] !== undefined ? { k: 'derived', op: 'filter', from: [receiver], keeps: kept.from[1] } : derived('filter', receiver);
    }
    case 'find': case 'findLast': {
      if (fn === null) return null;
      each(m, call, receiver, fn, 'find');
      return itemOf(m, receiver);
    }
    case 'some': case 'every': case 'findIndex': {
      if (fn === null) return derived(call.name, receiver, ...call.args);
      const value = each(m, call, receiver, fn, call.name);
      return derived(call.name, receiver, ...(value.k === 'derived' ? value.from.slice(1) : []));
    }
    case 'reduce': {
      if (fn === null) return derived('reduce', receiver);
      const start = call.args[1] ?? itemOf(m, receiver);
      const region = makeRegion(m, 'each', call.span, call.frame, { over: receiver });
      const value = within(m, region, () => inline(m, call, fn, [start, itemOf(m, receiver)], null));
      return start.k === 'object' || start.k === 'array' ? value : derived('reduce', receiver, phi([start, value]));
    }
    case 'sort': case 'toSorted':
      if (fn !== null) inline(m, call, fn, [itemOf(m, receiver), itemOf(m, receiver)], null);
      return derived('sort', receiver);
    case 'at': case 'pop': case 'shift': return call.args.length === 0 || call.args[0]!.k === 'literal' ? itemOf(m, receiver) : null;
    case 'push': case 'unshift': case 'add': return pushed(m, call, receiver, receiverV);
    case 'set': {
      if (call.args[1] !== undefined) kept(call.args[1]);
      m.walk.left += 1;
      if (receiver.k !== 'array' && receiver.k !== 'derived') return null;
      if (call.args[1] !== undefined && receiver.k === 'array' && receiver.pushed.length < MAX_PUSHED) receiver.pushed.push({ value: call.args[1], key: call.args[0]!, region: loopFilling(m, call.frame, receiverV) });
      return receiver;
    }
    case 'get': return receiver.k === 'array' ? pickedBy(derived('get', receiver, ...call.args), [derived('get', receiver, ...call.args), ...receiver.pushed.map((push) => push.value), ...entriesOf(m, receiver)]) : receiver.k === 'derived' || receiver.k === 'access' || receiver.k === 'param' ? derived('get', receiver, ...call.args) : null;
    case 'pipe': {
      // Operators written in the call work on what flows through it.
      for (const occurrence of m.walk.occurrences) {
        for (const region of occurrence.regions) if (region.kind === 'each' && region.over === null && region.frame === call.frame && region.span[0] >= call.span[0] && region.span[1] <= call.span[1]) Object.assign(region, { over: receiver });
      }
      return null;
    }
    case 'bind': return bound(receiver, call.args);
    case 'call': return receiver.k === 'function' ? inline(m, call, { ...receiver, self: call.args[0] ?? null }, call.args.slice(1), null) : null;
    case 'apply': {
      const [self = null, args = UNDEFINED] = call.args;
      return receiver.k === 'function' ? inline(m, call, { ...receiver, self }, args.k === 'array' ? args.items : args.k === 'undefined' ? [] : received(m, receiver, self), null) : null;
    }
    case 'slice': case 'splice': case 'concat': case 'flat': case 'reverse': case 'toReversed': case 'subarray': case 'values': case 'keys': case 'entries':
      return call.name === 'concat' && receiver.k === 'array' ? { k: 'array', items: [...receiver.items], spreads: [...receiver.spreads, ...call.args], pushed: [...receiver.pushed] } : derived(call.name, receiver, ...call.args);
    default:
      if (receiver.k === 'operation' || receiver.k === 'library' || receiver.k === 'external' || receiver.k === 'function' || receiver.k === 'object') return null;
      return PURE.has(call.name) ? derived(call.name, receiver, ...call.args) : null;
  }
}

const PURE = new Set('toString valueOf toISOString toJSON getTime getFullYear getMonth getDate getHours getMinutes getSeconds getMilliseconds trim trimStart trimEnd split join replace replaceAll toLowerCase toUpperCase startsWith endsWith includes indexOf lastIndexOf has match matchAll test exec padStart padEnd charAt charCodeAt codePointAt substring substr substr toFixed localeCompare fill copyWithin hasOwnProperty normalize repeat search toLocaleString toSpliced'.split(' '));

export const functionOf = (value: Value | undefined): FunctionValue | null => {
  if (value === undefined) return null;
  for (const option of optionsOf(value)) if (option.k === 'function') return option;
  return null;
};

/** A callback for each element. Array methods do not wait for what it returns: its effects overlap. */
function each(m: Machine, call: Call, over: Value, fn: FunctionValue, op: string): Value {
  const region = makeRegion(m, 'each', call.span, call.frame, { over, parallel: true });
  const value = enclosed(m, () => selected(m, over, call, () => within(m, region, () => inline(m, call, fn, [itemOf(m, over), derived('index'), over], null))));
  return { k: 'derived', op, from: [over, value], region };
}

/** `.catch(report)`: what the function does with the failure is not in view. */
function handledOutOfView(m: Machine, call: Call, receiverV: V | null, flushed: readonly Occurrence[]): void {
  const at = m.walk.occurrences.length;
  const attempt: Attempt = { span: call.span, frame: call.frame, rethrows: 'unknown', recognises: new Set(), handler: [at, at], returns: [], keeps: false, leaves: false, caught: call.span, waits: 0 };
  attach(m, call.frame, receiverV, (occurrence) => { occurrence.attempts = [...occurrence.attempts, attempt]; });
  for (const occurrence of flushed) occurrence.attempts = [...occurrence.attempts, attempt];
}

/** What an arrow function gives back need not be a promise. */
const AWAITED = new Set<Use>(['awaited']);

function handle(m: Machine, call: Call, fn: FunctionValue, receiverV: V | null, flushed: readonly Occurrence[]): Value {
  const attempt: Attempt = { span: call.span, frame: call.frame, rethrows: 'unknown', recognises: new Set(), handler: [0, 0], returns: [], keeps: keeps(fn.ir, fn.ir.body), leaves: false, caught: fn.ir.span, waits: waitsIn(fn.ir.body, AWAITED) };
  attach(m, call.frame, receiverV, (occurrence) => { occurrence.attempts = [...occurrence.attempts, attempt]; });
  // A query that runs because its chain of promises was asked for.
  for (const occurrence of flushed) occurrence.attempts = [...occurrence.attempts, attempt];
  let value: Value = UNDEFINED;
  const completion = enclosed(m, () => runHandler(m, attempt, () => {
    value = inline(m, call, fn, [{ k: 'caught', attempt }], null);
    attempt.returns = [value];
    return m.walk.thrown ? 'exit' : 'normal';
  }));
  attempt.rethrows = rethrowing(fn.ir.body, completion);
  return value;
}

/** What a list may be that was not made in view. */
const OUT_OF_VIEW: ReadonlySet<Value['k']> = new Set(['row', 'access', 'item']);

function pushed(m: Machine, call: Call, receiver: Value, receiverV: V | null): Value {
  const lists = optionsOf(receiver).filter((option): option is ArrayValue => option.k === 'array');
  const open = loopFilling(m, call.frame, receiverV);
  const stays = lists.length > 0 || OUT_OF_VIEW.has(receiver.k) || call.args.some(({ k }) => k === 'library' || k === 'instance');
  if (stays && (receiverV === null || !isMadeHere(call.frame, receiverV))) m.walk.left += 1;
  for (const arg of call.args) kept(arg);
  // A list that is awaited in the same loop, when it is full or in every round, holds the loop back.
  const loop = open !== null && lists.some((list) => list.limited?.has(open)) ? null : open;
  const started = call.argVs.flatMap((arg) => (typeof arg === 'number' ? collectedBy(m, call.frame, arg, loop) : []));
  // Put into a list of the function around: whoever drops this call's own promise leaves that list where it is.
  if (receiverV !== null && call.frame.fn.values[receiverV]?.[0] === 'cap') for (const arg of call.argVs) if (typeof arg === 'number' && call.frame.fn.values[arg]?.[0] !== 'await') attach(m, call.frame, arg, (occurrence) => { occurrence.handedOut = true; });
  const [arg] = call.argVs;
  const spread = call.argVs.length === 1 && typeof arg === 'object' ? evaluate(m, call.frame, arg[0]) : undefined;
  for (const list of lists) for (const value of call.args) if (list.pushed.length < MAX_PUSHED) list.pushed.push({ value, region: open, started, ...(spread !== undefined && { spread }), ...pagesOf(m, call.frame, value) });
  if (OUT_OF_VIEW.has(receiver.k)) (receiver.sets ??= new Map()).set('[]', derived('append', receiver, ...call.args));
  return derived('length', receiver);
}

/** `while (token) { const page = await list(token); all.push(...page.items) }`. */
function pagesOf(m: Machine, frame: Frame, value: Value): { readonly pages?: Region } {
  const around: Frame[] = [];
  for (let at: Frame | null = frame; at !== null; at = at.up) around.push(at);
  const loops = m.walk.regions.filter((region) => region.kind === 'loop' && around.includes(region.frame!));
  if (loops.length === 0) return {};
  const read = originsOf(value).map(({ effect }) => effect);
  const pages = loops.find((loop) => m.walk.occurrences.some((occurrence) => read.includes(occurrence.effect) && occurrence.regions.includes(loop)));
  return pages === undefined ? {} : { pages };
}

/** The promises of a list are awaited here: by the loop that fills it, or after it. */
function gathered(m: Machine, call: Call, given: Value, depth: number): void {
  for (const list of optionsOf(given)) {
    if (list.k === 'derived' && depth < 3) for (const from of list.from) gathered(m, call, from, depth + 1);
    if (list.k !== 'array') continue;
    for (const spread of depth < 3 ? list.spreads : []) gathered(m, call, spread, depth + 1);
    const loops = m.walk.regions.filter((region) => region.kind === 'each' || region.kind === 'loop');
    for (const loop of loops) (list.limited ??= new Set()).add(loop);
    for (const { region, started } of list.pushed) {
      for (const occurrence of started ?? []) {
        if (region !== null && loops.includes(region)) occurrence.overlaps.delete(region);
        else occurrence.collector ??= { frame: call.frame, span: call.span };
      }
    }
  }
}

function bound(receiver: Value, args: readonly Value[]): Value {
  if (receiver.k === 'function') return { ...receiver, self: receiver.ir.kind === 'arrow' ? receiver.self : (args[0] ?? null), bound: args.slice(1) };
  return receiver;
}

function globalCall(m: Machine, call: Call, path: string): Value | null {
  const [first] = call.args;
  const fn = functionOf(call.args[1]);
  switch (path) {
    case 'Promise.all': case 'Promise.allSettled': case 'Promise.race': case 'Promise.any': {
      if (first === undefined) return UNDEFINED;
      flush(m, first, call.frame, call.span, 'collected');
      const [arg] = call.argVs;
      if (typeof arg === 'number') collectedBy(m, call.frame, arg, null);
      gathered(m, call, first, 0);
      if (path === 'Promise.race') raced(m, call, first);
      const settle = (value: Value): Value => (path === 'Promise.allSettled' ? { k: 'object', props: new Map<string, Value>([['status', UNKNOWN], ['value', settled(value)], ['reason', UNKNOWN]]), spreads: [], computed: [] } : settled(value));
      if (path === 'Promise.race' || path === 'Promise.any') return settled(itemOf(m, first));
      if (first.k === 'array') return eachOf(first, settle);
      if (first.k === 'derived' && (first.op === 'map' || first.op === 'flatMap')) return { ...first, from: [first.from[0]!, settle(first.from[1] ?? UNKNOWN)], members: undefined as never, written: undefined as never };
      return derived('values', first);
    }
    // A module that is not known by name: one of those beside this one.
    case 'require': return derived('required', literal(call.frame.file));
    case 'Promise.resolve': return first ?? UNDEFINED;
    case 'Promise.reject': return UNKNOWN;
    case 'Promise': {
      const executor = functionOf(first);
      const { timers, chained } = m.walk;
      const start = m.walk.occurrences.length;
      m.walk.chained = [];
      if (executor !== null) inline(m, call, executor, [derived('resolve'), derived('reject')], null);
      // Whoever holds the promise waits for what settles it.
      for (const occurrence of m.walk.occurrences.slice(start)) {
        [occurrence.use, occurrence.detached.length] = ['unknown', 0];
        delete occurrence.handedOut;
      }
      if (m.walk.timers > timers) boundedInside(m, start, m.walk.chained, m.walk.timer);
      m.walk.chained = chained;
      return m.walk.timers > timers ? derived('timer', ...(m.walk.timer === null ? [] : [m.walk.timer])) : { k: 'unknown' };
    }
    case 'Array.from': {
      if (first === undefined) return null;
      if (fn !== null) return each(m, call, first, fn, 'map');
      return derived('values', first);
    }
    case 'Array': return derived('sized', first ?? literal(0));
    case 'Array.isArray': return derived('isArray', first ?? UNDEFINED);
    case 'Set': case 'Map': case 'WeakMap': case 'WeakSet': return { k: 'array', items: [], spreads: first === undefined ? [] : [first], pushed: [], ...(path !== 'WeakMap' && isResident(call.frame) ? { resident: true } : {}) };
    case 'Object.keys': return derived('keys', first ?? UNDEFINED);
    case 'Object.values': return derived('values', first ?? UNDEFINED);
    case 'Object.entries': return derived('entries', first ?? UNDEFINED);
    case 'Object.freeze': case 'Object.seal': return first ?? UNDEFINED;
    case 'Object.assign': {
      if (first === undefined) return UNDEFINED;
      if (first.k === 'object') {
        for (const part of call.args.slice(1)) {
          if (part.k === 'object') for (const [key, value] of part.props) first.props.set(key, value);
          else if (part.k !== 'undefined') first.spreads.push(part);
        }
        return first;
      }
      for (const part of call.args.slice(1)) if (part.k === 'object') for (const [key, value] of part.props) (first.sets ??= new Map()).set(key, value);
      return first;
    }
    case 'Object.fromEntries': return derived('fromEntries', first ?? UNDEFINED);
    case 'structuredClone': return derived('clone', first ?? UNDEFINED);
    default:
  }
  if (path.startsWith('console.')) return UNDEFINED;
  if (/^(JSON|Math|Number|String|Boolean|BigInt|Symbol|Object|Reflect|parseInt|parseFloat|isNaN|isFinite|encodeURI|decodeURI|encodeURIComponent|decodeURIComponent|Error|TypeError|RangeError|URL|URLSearchParams|Buffer|Uint8Array|RegExp|Intl|TextEncoder|TextDecoder|AbortController|AbortSignal|btoa|atob|FormData|Headers|Request|Response)\b/.test(path)) return derived(path, ...call.args);
  return null;
}
