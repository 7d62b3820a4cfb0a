import type { Arg, Event, FunctionIR, Span, TypeRef, Use, V } from '../vocabulary/ir.ts';
import type { RegionShape } from '../vocabulary/model.ts';
import { declared, PROJECT } from '../catalog/declared.ts';
import { builtin } from './builtins.ts';
import type { Attempt, Detached, Guard, Occurrence, Region, RegionKind } from './effect.ts';
import { ambientInstance, asTest, construct, constructSuper, declaredResult, evaluate, exportedWhole, giveContext, isGlobalObject, itemOf, libraryBase, member, thisOf, truth, typed, typeOf } from './evaluate.ts';
import { anyEvent } from './events.ts';
import { type CallSite, type Frame, frameOf } from './frame.ts';
import { isIdle, isMadeHere, traces } from './idle.ts';
import { MAX_STEPS, MAX_TESTS, type Machine, type Scope, type Walk, stackOf } from './machine.ts';
import { recognise } from './recognise.ts';
import { refusesTooMany } from './refusals.ts';
import { flush, perform, recordDelegate, rootOf } from './operation.ts';
import { isOpen, toldByType } from './receivers.ts';
import { decoratedRegions } from './roots.ts';
import { activationOf, descends, recurs } from './recursion.ts';
import { answered, loopRetry, retried } from './retries.ts';
import { type FunctionValue, type InstanceValue, type PhiValue, type Value, type Way, asText, decided, derived, literal, not, optionsOf, phi, sameValue, settled, UNDEFINED, UNKNOWN } from './value.ts';

type Completion = 'normal' | 'exit';

/** A call as the interpreter sees it. */
export interface Call {
  readonly frame: Frame;
  readonly callee: Value;
  /** Receiver of a method call. */
  readonly receiver: Value | null;
  readonly name: string;
  readonly args: readonly Value[];
  /** The arguments as numbered in the frame. */
  readonly argVs: readonly Arg[];
  readonly use: Use;
  readonly span: Span;
  readonly isNew: boolean;
  readonly typeArgs: readonly TypeRef[];
  /** `tag` calls: the template. */
  readonly template?: Value;
}

/** Runs a function with these arguments in the current walk; the value is what it returns. */
export function runFunction(m: Machine, fn: FunctionValue, args: readonly Value[], self: Value | null, caller: CallSite | null): Value {
  const ir = m.program.ir(fn.file);
  if (ir === undefined) return UNKNOWN;
  const frame = frameOf(fn.file, ir, fn.ir, fn.bound === undefined ? args : [...fn.bound, ...args], fn.self ?? self ?? UNDEFINED, fn.up, caller);
  return runFrame(m, frame);
}

export function runFrame(m: Machine, frame: Frame): Value {
  const { walk } = m;
  walk.files.add(frame.file);
  walk.refuses ||= refusesTooMany(frame.fn);
  if (walk.silent === 0 && m.handlers === null) m.entered.add(frame.fn);
  const scope: Scope = { kind: 'function', guards: walk.guards.length, exits: [], label: null };
  walk.scopes.push(scope);
  const regions = walk.regions;
  const completion = runEvents(m, frame, frame.fn.body);
  walk.thrown = completion === 'exit' && frame.returned.length === 0;
  // A transaction begun here and left open stays open for the caller; everything else is closed with the function.
  if (walk.regions !== regions) walk.regions = stillOpen(walk.regions, regions);
  walk.scopes.splice(walk.scopes.indexOf(scope), 1);
  // Whatever it waited for has come to be: `while (!(await take())) await pause()`.
  if (completion === 'normal' && scope.exits.length === 0 && scope.held !== undefined) hold(m, scope.held);
  if (frame.returned.length === 0) return UNDEFINED;
  // One way out of the function: what held there holds from now on.
  const [only] = scope.exits;
  if (completion === 'exit' && scope.exits.length === 1 && only!.length > 0) hold(m, only!);
  if (completion === 'exit' && frame.returned.length === 1 && frame.returned[0]!.k !== 'phi') return frame.returned[0]!;
  return returnedBy(frame.returned, scope.exits, completion);
}

function returnedBy(returned: readonly Value[], exits: Scope['exits'], completion: Completion): Value {
  if (exits.length !== returned.length) return phi([...new Set(returned)]);
  const ways = returned.map((value, i): Way => ({ when: conjunction(exits[i]!), value }));
  return decided(completion === 'exit' ? [...ways.slice(0, -1), { when: null, value: ways.at(-1)!.value }] : [...ways, { when: null, value: UNDEFINED }], returned);
}

const stillOpen = (now: readonly Region[], before: readonly Region[]): Region[] => now.filter((region) => before.includes(region) || region.kind === 'transaction');

/** All of these tests hold. */
const conjunction = (guards: readonly Guard[]): Value | null => guards.reduce<Value | null>((test, guard) => {
  const part = guard.together !== undefined ? not(conjunction(guard.together)!) : guard.holds ? guard.test : not(guard.test);
  return test === null ? part : derived('&&', test, part);
}, null);

/** The only way on leads through these tests: they hold in what comes after. */
function hold(m: Machine, guards: readonly Guard[]): void {
  const scope = m.walk.scopes.at(-1)!;
  (scope.held ??= []).push(...guards.slice(0, 6).map((guard): Guard => ({ ...guard, branch: {}, by: 'way' })));
}

function runEvents(m: Machine, frame: Frame, events: readonly Event[]): Completion {
  for (let i = 0; i < events.length; i += 1) if (runEvent(m, frame, events[i]!) === 'exit') return 'exit';
  return 'normal';
}

type EventOf<K extends Event[0]> = Extract<Event, readonly [K, ...unknown[]]>;

/** Small, with a function for each kind of event: what is large is compiled again and again. */
export function runEvent(m: Machine, frame: Frame, event: Event): Completion {
  m.walk.steps += 1;
  switch (event[0]) {
    case 'call': case 'new': return runCall(m, frame, event);
    case 'tag': return runTag(m, frame, event);
    case 'await': {
      const value = evaluate(m, frame, event[1]);
      flush(m, value, frame, event[2], 'awaited');
      awaited(m, frame, event[1]);
      return 'normal';
    }
    case 'yield': return runYield(m, frame, event);
    case 'set': return runSet(m, frame, event);
    case 'assign': return runAssign(m, frame, event);
    case 'return': return runReturn(m, frame, event);
    case 'throw': {
      evaluate(m, frame, event[1]);
      m.walk.left += 1;
      exit(m, 'try');
      return 'exit';
    }
    case 'break': case 'continue':
      if (event[0] === 'break' && m.walk.scopes.at(-1)?.label !== 'switch') leave(m, frame);
      exit(m, event[0] === 'break' ? 'break' : 'loop');
      return 'exit';
    case 'if': return runIf(m, frame, event);
    case 'loop': return runLoop(m, frame, event);
    case 'try': return runTry(m, frame, event);
    case 'switch': return runSwitch(m, frame, event);
    case 'label': {
      runEvents(m, frame, event[2]);
      return 'normal';
    }
  }
}

function runCall(m: Machine, frame: Frame, event: EventOf<'call' | 'new'>): Completion {
  const { walk } = m;
  const [kind, ev, calleeV, args, use, span] = event;
  const term = frame.fn.values[calleeV];
  let receiver: Value | null = null;
  let name = '';
  let callee: Value;
  if (term?.[0] === 'get') {
    receiver = evaluate(m, frame, term[1]);
    const key = typeof term[2] === 'string' ? term[2] : evaluate(m, frame, term[2]);
    const text = typeof key === 'string' ? key : key.k === 'literal' ? String(key.value) : null;
    name = text ?? '';
    callee = member(m, receiver, text ?? (key as Value));
    if (receiver.k === 'derived' && receiver.op === 'super') receiver = thisOf(frame);
    const told = toldByType(m, frame, receiver, term[1], name, callee, span);
    if (told !== null) ({ receiver, callee } = told);
  } else {
    callee = evaluate(m, frame, calleeV);
    name = term === undefined ? '' : nameOf(term, frame);
  }
  const start = walk.occurrences.length;
  walk.thrown = false;
  const call: Call = { frame, callee, receiver, name, args: argumentsOf(m, frame, args), argVs: args, use, span, isNew: kind === 'new', typeArgs: frame.fn.typeArgs === undefined ? NO_TYPES : typeArgsOf(frame.fn.typeArgs, ev) };
  if (term?.[0] === 'get' && CHAINS.has(name)) (frame.chained ??= new Map()).set(ev, term[1]);
  frame.results[ev] = invokeCall(m, call, term?.[0] === 'get' ? term[1] : null);
  frame.ranges[ev] = [start, walk.occurrences.length];
  markUse(m, frame, start, use, callee, call);
  if (use === 'dropped' && frame.chained?.has(ev) === true) for (const before of eventsOf(frame, frame.chained.get(ev)!, 6)) markDropped(m, call, frame.ranges[before]?.[0] ?? start);
  return callee.k === 'function' && walk.thrown && use === 'awaited' === callee.ir.async ? 'exit' : 'normal';
}

const NO_TYPES: readonly TypeRef[] = [];

const typeArgsOf = (all: NonNullable<FunctionIR['typeArgs']>, ev: number): readonly TypeRef[] => all.find(([at]) => at === ev)?.[1] ?? NO_TYPES;

const CHAINS = new Set(['then', 'catch', 'finally']);

function runTag(m: Machine, frame: Frame, event: EventOf<'tag'>): Completion {
  const { walk } = m;
  const [, ev, calleeV, quasis, values, use, span] = event;
  const callee = evaluate(m, frame, calleeV);
  const term = frame.fn.values[calleeV];
  const receiver = term?.[0] === 'get' ? evaluate(m, frame, term[1]) : null;
  const template: Value = { k: 'template', quasis, values: values.map((v) => evaluate(m, frame, v)) };
  const start = walk.occurrences.length;
  const call: Call = { frame, callee, receiver, name: term === undefined ? '' : nameOf(term, frame), args: [template, ...template.values], argVs: [], use, span, isNew: false, typeArgs: [], template };
  frame.results[ev] = invokeCall(m, call, null);
  frame.ranges[ev] = [start, walk.occurrences.length];
  markUse(m, frame, start, use, callee, call);
  return 'normal';
}

function runYield(m: Machine, frame: Frame, event: EventOf<'yield'>): Completion {
  const { walk } = m;
  const value = evaluate(m, frame, event[1]);
  // As many as the loop around the `yield` has rounds.
  const loop = walk.regions.findLast((region) => (region.kind === 'each' || region.kind === 'loop') && region.frame === frame) ?? null;
  frame.returned.push(loop === null ? { k: 'array', items: [value], spreads: [], pushed: [] } : { k: 'array', items: [], spreads: [], pushed: [{ value, region: loop }] });
  return 'normal';
}

function runSet(m: Machine, frame: Frame, event: EventOf<'set'>): Completion {
  const [, objectV, key, valueV, , before] = event;
  const object = evaluate(m, frame, objectV);
  if (!isMadeHere(frame, objectV)) m.walk.left += 1;
  // What was read before the change keeps the value it had.
  if (typeof key === 'string') for (const v of readsOf(frame.fn, objectV, key)) if (v < before) evaluate(m, frame, v);
  const value = evaluate(m, frame, valueV);
  const keyText = typeof key === 'string' ? key : (() => { const k = evaluate(m, frame, key); return k.k === 'literal' ? String(k.value) : null; })();
  if (m.setOn !== null && m.setOn.instance === object && m.setOn.key === keyText) m.setOn.values.push(settled(value));
  setMember(m, object, keyText, value);
  if (keyText === null && object.k === 'object') {
    const loop = loopFilling(m, frame, objectV);
    if (loop !== null) (object.filled ??= new Set()).add(loop);
  }
  if (m.handlers !== null && keyText !== null && isGlobalObject(object) && optionsOf(settled(value)).every(({ k }) => k === 'library' || k === 'instance')) m.globals.set(keyText, m.globals.has(keyText) && m.globals.get(keyText) !== value ? null : value);
  changeOwners(m, frame, objectV, object);
  return 'normal';
}

/** The loop that fills a collection: of this activation, or, where it belongs to a function around, `rows.forEach((row) => all.push(row))`, one that calls this one. */
export function loopFilling(m: Machine, frame: Frame, collection: V | null): Region | null {
  const term = collection === null ? undefined : frame.fn.values[collection];
  const frames = [frame];
  for (let depth = term?.[0] === 'cap' ? term[1] : 0; depth > 0 && frames.at(-1)!.up !== null; depth -= 1) frames.push(frames.at(-1)!.up!);
  return m.walk.regions.findLast((region) => (region.kind === 'each' || region.kind === 'loop') && frames.includes(region.frame!)) ?? null;
}

function runAssign(m: Machine, frame: Frame, event: EventOf<'assign'>): Completion {
  const [, depth, slot, valueV] = event;
  let owner: Frame | null = frame;
  for (let i = 0; i < depth && owner !== null; i += 1) owner = owner.up;
  if (owner !== null) {
    m.walk.left += 1;
    const value = evaluate(m, frame, valueV);
    if (owner.fn.kind === 'module' || !isCalledBy(frame, owner)) kept(value);
    owner.inner ??= new Map();
    let known = owner.inner.get(frame.fn);
    if (known === undefined) owner.inner.set(frame.fn, (known = new Map()));
    known.set(valueV, withLatest(known.get(valueV), value));
    (owner.assigned ??= new Map()).set(slot, withLatest(owner.assigned.get(slot), value));
  }
  return 'normal';
}

/** A client that is made once is set back to null in many places: nulls push nothing out. */
const withLatest = (before: readonly Value[] | undefined, value: Value): Value[] => [...(before ?? []).filter((known) => known !== value && !(sameValue(known, value) && (known.k === 'literal' || known.k === 'undefined'))), value].slice(-4);

function runReturn(m: Machine, frame: Frame, event: EventOf<'return'>): Completion {
  const value = event[1] === -1 ? UNDEFINED : evaluate(m, frame, event[1]);
  if (frame.fn.async) flush(m, value, frame, event[2], 'returned');
  frame.returned.push(settled(value));
  leave(m, frame);
  exit(m, 'function');
  return 'exit';
}

function runIf(m: Machine, frame: Frame, event: EventOf<'if'>): Completion {
  const { walk } = m;
  const [, testV, then, otherwise, span] = event;
  const test = asTest(evaluate(m, frame, testV));
  if (walk.silent === 0 && walk.tests.length < MAX_TESTS) walk.tests.push(test);
  noteLimit(m, test, 0);
  const known = truth(test);
  if (known !== null) return runEvents(m, frame, known ? then : otherwise);
  const branch = {};
  const steps = walk.steps;
  const holds: Guard = { test, holds: true, branch, span, frame, by: 'if' };
  const first = guarded(m, holds, frame, then);
  if (isOfKind(test)) giveBack(walk, steps);
  const fails: Guard = { ...holds, holds: false };
  const second = otherwise.length === 0 ? 'normal' : guarded(m, fails, frame, otherwise);
  if (first !== second) close(walk, first === 'exit' ? holds : fails, first === 'exit' ? then : otherwise);
  return first === 'exit' && second === 'exit' ? 'exit' : 'normal';
}

/** `if (row) { if (row.isMine) return row; throw … }`: each way out says less than both together. */
function close({ scopes, guards }: Walk, guard: Guard, body: readonly Event[]): void {
  if (!body.some(([kind]) => BRANCHES.has(kind))) return;
  const scope = scopes.at(-1)!;
  (scope.closed ??= []).push([...guards.slice(scope.guards), guard]);
}

const BRANCHES: ReadonlySet<Event[0]> = new Set(['if', 'switch', 'try', 'loop', 'label']);

/** `message.type === 'placed'` */
const isOfKind = (test: Value): boolean => test.k === 'derived' && test.op === '===' && test.from.some((side) => asText(side) !== undefined);

/** Of a consumer of many kinds of messages each kind is as long as a consumer of one: what the first take is not missing to the last. */
const MAX_GIVEN_BACK = 72_000;

function giveBack(walk: Walk, from: number): void {
  if (!walk.consumes && !walk.occurrences.some(({ effect }) => effect.kind === 'verify')) return;
  const steps = Math.min(walk.steps - from, MAX_GIVEN_BACK - walk.givenBack);
  walk.steps -= steps;
  walk.givenBack += steps;
}

function runLoop(m: Machine, frame: Frame, event: EventOf<'loop'>): Completion {
  const { walk } = m;
  const [, kind, overV, body, span] = event;
  const isCollection = kind === 'of' || kind === 'in' || kind === 'await-of';
  const over = overV === -1 ? null : evaluate(m, frame, overV);
  if (isCollection && over !== null) flush(m, over, frame, span, 'awaited');
  const region = makeRegion(m, isCollection ? 'each' : 'loop', span, frame, kind === 'await-of' && !isList(over) ? { over, stream: true } : { over });
  const scope: Scope = { kind: 'loop', guards: walk.guards.length, exits: [], label: null };
  walk.scopes.push(scope);
  const tried = isCollection ? null : retried(body);
  const pauses = walk.pauses.length;
  selected(m, over, { frame, span }, () => within(m, region, () => runEvents(m, frame, body)));
  walk.scopes.pop();
  const retry = tried !== null ? loopRetry(m, frame, region, tried, walk.pauses.slice(pauses)) : isCollection ? null : answered(m, frame, region, body, walk.pauses.slice(pauses));
  if (retry !== null) region.retry = retry;
  if (isCollection || kind === 'for' && overV !== -1) return 'normal';
  // The test as it came out in the last round.
  const test = overV === -1 ? null : asTest(evaluate(m, frame, overV));
  const endless = test === null || truth(test) === true;
  if (endless && scope.breaks?.length === 1) hold(m, scope.breaks[0]!);
  if (!endless && scope.breaks === undefined) hold(m, [{ test, holds: false, branch: region, span, frame, by: 'way' }]);
  return endless && scope.breaks === undefined ? 'exit' : 'normal';
}

/** `for await` over a list of values is a loop like another. */
const isList = (over: Value | null): boolean => over?.k === 'array' || (over?.k === 'derived' && (over.op === 'map' || over.op === 'filter')) || (over?.k === 'param' && over.type?.name === 'Array');

function runSwitch(m: Machine, frame: Frame, event: EventOf<'switch'>): Completion {
  const { walk } = m;
  const [, subjectV, cases, span] = event;
  const subject = evaluate(m, frame, subjectV);
  walk.scopes.push({ kind: 'loop', guards: walk.guards.length, exits: [], label: 'switch' });
  const branch = {};
  let exits = 0;
  let pending: Value[] = [];
  const tested: Value[] = [];
  let hasDefault = false;
  for (const [tests, body] of cases) {
    if (tests !== null) pending.push(...tests.map((v) => evaluate(m, frame, v)));
    else hasDefault = true;
    if (body.length === 0) continue;
    const test = tests === null && pending.length === 0 ? derived('none-of', subject, ...tested) : derived('===', subject, pending.length === 1 ? pending[0]! : phi(pending));
    recognise(m, subject, pending);
    tested.push(...pending);
    pending = [];
    const matches = subject.k === 'literal' && test.op === '===' && test.from[1]!.k === 'literal' ? subject.value === test.from[1]!.value : null;
    if (matches === false) continue;
    const steps = walk.steps;
    if (guarded(m, { test, holds: true, branch: { branch, test }, span, frame, by: 'if' }, frame, body) === 'exit' && !body.some((last) => last[0] === 'break')) exits += 1;
    if (isOfKind(test)) giveBack(walk, steps);
  }
  walk.scopes.pop();
  return hasDefault && exits > 0 && exits === cases.filter(([, body]) => body.length > 0).length ? 'exit' : 'normal';
}

const nameOf = (term: readonly unknown[], frame: Frame): string =>
  term[0] === 'import' ? String(term[2]) : term[0] === 'global' ? String(term[1]) : term[0] === 'fn' ? (frame.ir.functions[term[1] as number]?.name.split('.').at(-1) ?? '') : '';

function argumentsOf(m: Machine, frame: Frame, args: readonly Arg[]): Value[] {
  const values: Value[] = [];
  for (const arg of args) {
    if (typeof arg === 'number') values.push(evaluate(m, frame, arg));
    else {
      const spread = evaluate(m, frame, arg[0]);
      if (spread.k === 'array' && spread.spreads.length === 0) values.push(...spread.items);
      else values.push(itemOf(m, spread));
    }
  }
  return values;
}

function guarded(m: Machine, guard: Guard, frame: Frame, events: readonly Event[]): Completion {
  const { walk } = m;
  const { regions } = walk;
  walk.guards.push(guard);
  const completion = runEvents(m, frame, events);
  walk.guards.pop();
  // What a branch that left early closed is still open for the other path.
  if (completion === 'exit') walk.regions = regions;
  return completion;
}

/** Operations on a list that let through only elements of it. */
const THINS = new Set(['filter', 'map', 'flatMap', 'sort', 'slice', 'reverse', 'toSorted', 'toReversed', 'values', 'unique', 'uniqBy', 'chunk', 'splitEvery', 'take', 'compact']);

/** Runs the body of an iteration: for the elements of `xs.filter(isDue)`, `isDue` held when the list was made. */
export const selected = <T>(m: Machine, over: Value | null, at: Pick<Call, 'frame' | 'span'>, body: () => T): T => passing(m, over === null ? [] : [over], at, body);

/** Does something with lists as a whole: what all of their elements passed holds. */
export function passing<T>(m: Machine, lists: readonly Value[], at: Pick<Call, 'frame' | 'span'>, body: () => T): T {
  const { guards } = m.walk;
  const before = guards.length;
  for (const given of lists) {
    for (let list: Value | null = given; list !== null; list = list.k === 'item' ? list.of : list.k === 'derived' && THINS.has(list.op) ? (list.from[0] ?? null) : null) {
      if (list.k === 'derived' && list.keeps !== undefined && list.keeps.k === 'derived') guards.push({ test: list.keeps, holds: true, branch: list.keeps, span: at.span, frame: at.frame, by: 'if' });
    }
  }
  const result = body();
  guards.length = Math.min(guards.length, before);
  return result;
}

export function makeRegion(m: Machine, kind: RegionKind, span: Span, frame: Frame | null, more: Partial<Region> = {}): Region {
  return { id: m.nextRegionId(), kind, span, frame, handle: null, value: null, ambient: false, reruns: false, local: false, over: null, parallel: false, client: null, ...more };
}

export function within<T>(m: Machine, region: Region, body: () => T): T {
  const { walk } = m;
  const before = walk.regions;
  walk.regions = [...before, region];
  const inside = walk.regions;
  const result = body();
  walk.regions = walk.regions === inside ? before : walk.regions.filter((open) => open !== region);
  return result;
}

/** The innermost loop of this activation is not always run to its end. */
function leave(m: Machine, frame: Frame): void {
  const loop = m.walk.regions.findLast((region) => region.frame === frame && (region.kind === 'each' || region.kind === 'loop'));
  if (loop !== undefined) loop.left = true;
}

/** Records that control leaves here: the rest of the scope runs only where the guards of this place do not hold. */
function exit(m: Machine, to: 'function' | 'try' | 'loop' | 'break'): void {
  const { scopes, guards } = m.walk;
  for (let i = scopes.length - 1; i >= 0; i -= 1) {
    const scope = scopes[i]!;
    const matches = scope.kind === 'root' || scope.kind === to || (to === 'break' && scope.kind === 'loop') || (to === 'loop' && scope.kind === 'loop' && scope.label === null);
    if (!matches) continue;
    const here = guards.slice(scope.guards);
    // `if (version) try { … } catch { throw … }`: not every version leads out here.
    if (i < m.walk.handling && here.length > 0) here.push(failureOf(m.walk.inHandler!));
    if (scope.exits.length < 40) scope.exits.push(here);
    if (to === 'break' && scope.kind === 'loop') (scope.breaks ??= []).push(here);
    return;
  }
}

const failures = new WeakMap<Attempt, Guard>();

/** What was tried has failed. */
function failureOf(attempt: Attempt): Guard {
  let known = failures.get(attempt);
  if (known === undefined) failures.set(attempt, (known = { test: { k: 'caught', attempt }, holds: true, branch: attempt, span: attempt.caught, frame: attempt.frame, by: 'if' }));
  return known;
}

function runTry(m: Machine, frame: Frame, event: Extract<Event, readonly ['try', ...unknown[]]>): Completion {
  const { walk } = m;
  const [, index, body, handler, finalizer, span] = event;
  let completion: Completion;
  if (handler === null) completion = runEvents(m, frame, body);
  else {
    const attempt: Attempt = { span, frame, rethrows: 'unknown', recognises: new Set(), handler: [0, 0], returns: [], keeps: event[6] === true || keeps(frame.fn, handler), leaves: false, caught: firstSpan(handler) ?? span, waits: waitsIn(handler, WAITS), isStatement: true };
    walk.scopes.push({ kind: 'try', guards: walk.guards.length, exits: [], label: null });
    const before = walk.attempts;
    walk.attempts = [...before, attempt];
    const open = walk.regions;
    const first = runEvents(m, frame, body);
    walk.attempts = before;
    walk.scopes.pop();
    const after = walk.regions;
    walk.regions = open.filter((region) => after.includes(region) || region.kind !== 'transaction');
    const second = runHandler(m, attempt, () => {
      (frame.results as unknown as Record<string, Value>)[`caught${index}`] = { k: 'caught', attempt };
      const before = frame.returned.length;
      const left = runEvents(m, frame, handler);
      attempt.returns = frame.returned.slice(before);
      return left;
    });
    attempt.leaves = second === 'exit';
    attempt.rethrows = rethrowing(handler, second);
    // What it calls was too deep to be followed, and may throw.
    if (attempt.rethrows === 'never' && (frame.depth >= m.depthLimit || walk.steps > MAX_STEPS)) attempt.rethrows = 'unknown';
    if (first !== 'exit') walk.regions = after;
    completion = first === 'exit' && second === 'exit' ? 'exit' : 'normal';
    if (first === 'normal' && second === 'exit') completion = 'normal';
  }
  if (finalizer !== null && runEvents(m, frame, finalizer) === 'exit') return 'exit';
  return completion;
}

export function runHandler(m: Machine, attempt: Attempt, body: () => Completion): Completion {
  const { walk } = m;
  const start = walk.occurrences.length;
  const { inHandler: outer, handling } = walk;
  walk.inHandler = attempt;
  walk.handling = walk.scopes.length;
  const guards = walk.guards.length;
  const completion = body();
  walk.guards.length = guards;
  walk.inHandler = outer;
  walk.handling = handling;
  attempt.handler = [start, walk.occurrences.length];
  return completion;
}

const COLLECTS = new Set(['push', 'unshift', 'add', 'set']);

/** Members set, captured variables assigned, things put in lists: what comes after may look at it. */
export const keeps = (fn: FunctionIR, events: readonly Event[]): boolean => events.some((event) => {
  switch (event[0]) {
    case 'set': case 'assign': return true;
    case 'call': {
      const callee = fn.values[event[2]];
      return callee?.[0] === 'get' && typeof callee[2] === 'string' && COLLECTS.has(callee[2]);
    }
    case 'if': return keeps(fn, event[2]) || keeps(fn, event[3]);
    case 'loop': return keeps(fn, event[3]);
    case 'try': return event[6] === true || keeps(fn, event[2]) || keeps(fn, event[3] ?? []) || keeps(fn, event[4] ?? []);
    case 'switch': return event[2].some(([, body]) => keeps(fn, body));
    default: return false;
  }
});

const WAITS: ReadonlySet<Use> = new Set(['awaited', 'returned']);

export const waitsIn = (events: readonly Event[], uses: ReadonlySet<Use>): number => events.reduce((sum, event) => {
  switch (event[0]) {
    case 'call': return sum + (uses.has(event[4]) ? 1 : 0);
    case 'if': return sum + waitsIn(event[2], uses) + waitsIn(event[3], uses);
    case 'loop': return sum + waitsIn(event[3], uses);
    case 'try': return sum + waitsIn(event[2], uses) + waitsIn(event[3] ?? [], uses) + waitsIn(event[4] ?? [], uses);
    case 'switch': return sum + event[2].reduce((inner, [, body]) => inner + waitsIn(body, uses), 0);
    default: return sum;
  }
}, 0);

function firstSpan(events: readonly Event[]): Span | null {
  for (const event of events) {
    switch (event[0]) {
      case 'call': case 'new': return event[5];
      case 'tag': return event[6];
      case 'await': case 'return': case 'throw': return event[2];
      case 'if': case 'loop': return event[4];
      case 'try': return event[5];
      case 'switch': return event[3];
      default:
    }
  }
  return null;
}

export function rethrowing(events: readonly Event[], completion: Completion): Attempt['rethrows'] {
  let throws = false;
  let returns = false;
  const visit = (list: readonly Event[]): void => {
    for (const event of list) {
      if (event[0] === 'throw') throws = true;
      else if (event[0] === 'return' || event[0] === 'continue' || event[0] === 'break') returns = true;
      else if (event[0] === 'if') { visit(event[2]); visit(event[3]); }
      else if (event[0] === 'switch') for (const [, body] of event[2]) visit(body);
      else if (event[0] === 'loop') visit(event[3]);
    }
  };
  visit(events);
  // It may be a function it calls that throws, and never returns.
  return completion === 'exit' && !returns ? 'always' : throws ? 'sometimes' : 'never';
}

const reads = new WeakMap<FunctionIR, Map<string, V[]>>();
function readsOf(fn: FunctionIR, object: V, key: string): readonly V[] {
  let index = reads.get(fn);
  if (index === undefined) {
    reads.set(fn, (index = new Map()));
    for (let v = 0; v < fn.values.length; v += 1) {
      const term = fn.values[v]!;
      if (term[0] === 'get' && typeof term[2] === 'string') {
        const at = `${term[1]}.${term[2]}`;
        const list = index.get(at);
        if (list === undefined) index.set(at, [v]);
        else list.push(v);
      }
    }
  }
  return index.get(`${object}.${key}`) ?? [];
}

export function setMember(m: Machine, object: Value, key: string | null, value: Value): void {
  if (object.k === 'phi') {
    for (const option of object.options) setMember(m, option, key, phi([key === null ? UNKNOWN : member(m, option, key), value]));
    return;
  }
  if (object === UNKNOWN || object === UNDEFINED || object.k === 'literal' || object.k === 'undefined') return;
  if (key === null) {
    if (object.k === 'object') object.computed.push(value);
    else (object.sets ??= new Map()).set('[]', value);
    return;
  }
  if (object.k !== 'instance' || object.passing !== m.walk.mark) kept(value);
  const old = m.walk.guards.length > 0 && object.k !== 'instance' ? member(m, object, key) : null;
  const held = old === null || old.k === 'undefined' || old.k === 'external' ? value : phi([old, value]);
  // An injected instance is the same in every execution, and one that comes in with a request stands for any of its class: what one execution gives it is none of the others'.
  if (object.k === 'instance' && object.ambient && m.walk.silent === 0 && !optionsOf(value).some(({ k }) => LASTING.has(k))) changedFields(m, object).set(key, value);
  else if (object.k === 'instance') object.fields.set(key, besideOther(m, object, key, value));
  else if (object.k === 'object') object.props.set(key, held);
  else if (object.k === 'library' && object.row !== undefined) ((object.sets ??= new Map()).set(key, held), (object.row.sets ??= new Map()).set(key, held));
  else (object.sets ??= new Map()).set(key, held);
}

/** What services are set up with when they start: the rest is of one execution. */
const LASTING: ReadonlySet<Value['k']> = new Set(['library', 'instance', 'interface', 'function', 'class', 'object', 'array', 'operation', 'namespace', 'module', 'external']);

/** `if (…) this.redis = new Redis(…); else this.redis = await load(driver)`, or null: a client that one branch makes is not lost to the other. */
function besideOther(m: Machine, instance: InstanceValue, key: string, value: Value): Value {
  const old = m.walk.guards.length > 0 && (isOpen(value) || value.k === 'undefined' || (value.k === 'literal' && value.value === null)) ? instance.fields.get(key) : undefined;
  return old !== undefined && optionsOf(old).some((option) => option.k === 'library' && option.row === undefined) ? phi([old, value]) : value;
}

function changedFields(m: Machine, instance: InstanceValue): Map<string, Value> {
  let fields = m.walk.changed.get(instance);
  if (fields === undefined) m.walk.changed.set(instance, (fields = new Map()));
  return fields;
}

/** Put where the next execution finds it: in a variable or member that this one did not make. What it works through lives as long. */
export function kept(value: Value, depth = 5): void {
  if (depth === 0) return;
  for (const option of optionsOf(value)) {
    if (option.k === 'library') option.fate ??= 'kept';
    for (const part of option.k === 'library' ? option.args : option.k === 'object' ? [...option.props.values(), ...option.spreads] : option.k === 'instance' ? option.fields.values() : []) kept(part, depth - 1);
  }
}

function isCalledBy(frame: Frame, outer: Frame): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.caller?.frame ?? null) if (at === outer) return true;
  return false;
}

/** `order.totals.sum = x` changes `totals` of the row as well. */
function changeOwners(m: Machine, frame: Frame, v: V, changed: Value): void {
  let [at, held] = [v, changed];
  for (let term = frame.fn.values[at]; term?.[0] === 'get' && typeof term[2] === 'string'; term = frame.fn.values[at]) {
    const owner = evaluate(m, frame, term[1]);
    if (owner.k === 'row' || (owner.k === 'library' && owner.row !== undefined)) setMember(m, owner, term[2], held);
    [at, held] = [term[1], owner];
  }
}

/** Syntax says how the result of a call is used; an `await` on the way up, or none, decides for the effects below. */
function markUse(m: Machine, frame: Frame, start: number, use: Use, callee: Value, call: Call): void {
  const { occurrences } = m.walk;
  if (start === occurrences.length) return;
  // What is handed a callback gives no promise: to drop what comes back is to drop nothing.
  const tells = callee.k !== 'function' && call.args.at(-1)?.k === 'function';
  const promises = callee.k === 'function' ? callee.ir.async || returnsPromise(callee) : callee.k === 'operation' || callee.k === 'phi';
  for (let i = start; i < occurrences.length; i += 1) {
    const occurrence = occurrences[i]!;
    if (use === 'dropped' && occurrence.handedOut === true) continue;
    const isOwn = (callee.k === 'operation' || occurrence.effect.kind === 'delegate') && occurrence.frame === frame && occurrence.span === call.span;
    if (tells && use !== 'awaited' && occurrence.frame === frame && occurrence.span === call.span) occurrence.handedOut = true;
    if (isOwn) occurrence.use = use === 'awaited' ? 'awaited' : use === 'returned' ? 'returned' : use === 'dropped' ? 'dropped' : 'unknown';
    else if (!promises && !(use === 'dropped' && occurrence.use === 'returned')) continue;
    else if (use === 'dropped') occurrence.use = 'dropped';
    else if (use !== 'awaited' && use !== 'returned' && occurrence.use !== 'dropped') occurrence.use = 'unknown';
    if (use === 'dropped' && promises) overlap(m, frame, occurrence);
    if (use === 'dropped' && !tells) detach(occurrence, { frame, span: call.span, from: start, to: occurrences.length });
  }
}

/** Where a callback is left early, only it is: whoever calls it goes on. */
export function enclosed<Result>(m: Machine, body: () => Result): Result {
  const { scopes, guards } = m.walk;
  const open = scopes.length;
  scopes.push({ kind: 'try', guards: guards.length, exits: [], label: null });
  const result = body();
  scopes.length = open;
  return result;
}

/** Of a function that tells a callback instead of giving a promise. */
export const CALLBACKIFIED = 'callbackify';

/** `export default callbackifyAll(Orders)`: an asynchronous function that is given a callback which it does not declare was wrapped out of view. */
const takesOneMore = ({ ir }: FunctionValue, { args, use, isNew }: Call): boolean =>
  ir.async && !isNew && (use === 'dropped' || use === 'returned') && args.length === ir.params.length + 1 && CALLABLE.has(args.at(-1)!.k) && ir.params.every(({ rest }) => rest !== true);
const CALLABLE = new Set<Value['k']>(['function', 'param', 'derived', 'unknown']);

/** What the promise of the function comes to, the callback hears: nobody else has to wait. */
function callingBack(m: Machine, call: Call, fn: FunctionValue): Value {
  const { occurrences } = m.walk;
  const start = occurrences.length;
  const value = inline(m, call, fn, call.args.slice(0, -1), fn.self);
  for (const occurrence of occurrences.slice(start)) {
    occurrence.handedOut = true;
    if (occurrence.use === 'returned') occurrence.use = 'awaited';
  }
  const callback = call.args.at(-1);
  if (callback?.k === 'function') inline(m, call, callback, [UNKNOWN, value], callback.self);
  return UNDEFINED;
}

/** Nobody waits for what this call, or the chain of promises that it ends, has started. */
export function markDropped(m: Machine, { frame, span }: Call, from: number): void {
  const { occurrences } = m.walk;
  for (let i = from; i < occurrences.length; i += 1) {
    if (occurrences[i]!.effect.shape.immediate === true) continue;
    occurrences[i]!.use = 'dropped';
    overlap(m, frame, occurrences[i]!);
    detach(occurrences[i]!, { frame, span, from, to: occurrences.length });
  }
}

function detach(occurrence: Occurrence, stretch: Detached): void {
  if (occurrence.effect.shape.immediate !== true) occurrence.detached.push(stretch);
}

const returnsPromise = ({ ir }: FunctionValue): boolean => ir.returns?.name === 'Promise' || (ir.kind === 'arrow' && anyEvent(ir.body, ([kind, v]) => kind === 'return' && v !== -1));

/** The iterations of the innermost loop of this activation do not wait for the effect. */
function overlap(m: Machine, frame: Frame, occurrence: { readonly regions: readonly Region[]; readonly overlaps: Set<Region> }): void {
  const loop = m.walk.regions.findLast((region) => (region.kind === 'each' || region.kind === 'loop') && region.frame === frame);
  if (loop !== undefined) occurrence.overlaps.add(loop);
}

/** A promise that was made earlier is awaited now. */
const awaited = (m: Machine, frame: Frame, v: V): void => attach(m, frame, v, (occurrence) => { if (occurrence.use === 'unknown') occurrence.use = 'awaited'; });

function eventsOf(frame: Frame, v: V, depth: number): number[] {
  const term = frame.fn.values[v];
  if (term === undefined || depth === 0) return [];
  if (term[0] === 'res') return frame.chained?.has(term[1]) === true ? [term[1], ...eventsOf(frame, frame.chained.get(term[1])!, depth - 1)] : [term[1]];
  if (term[0] === 'await') return eventsOf(frame, term[1], depth - 1);
  if (term[0] === 'phi') return (term.slice(1) as V[]).flatMap((part) => eventsOf(frame, part, depth - 1));
  if (term[0] === 'cond') return [...eventsOf(frame, term[2], depth - 1), ...eventsOf(frame, term[3], depth - 1)];
  if (term[0] === 'logic') return [...eventsOf(frame, term[2], depth - 1), ...eventsOf(frame, term[3], depth - 1)];
  return [];
}

/** Applies to every effect that the events behind a value brought about. */
export function attach(m: Machine, frame: Frame, v: V | null, apply: (occurrence: Occurrence) => void): void {
  for (const ev of v === null ? [] : eventsOf(frame, v, 4)) {
    const range = frame.ranges[ev];
    for (let i = range?.[0] ?? 0; i < (range?.[1] ?? 0); i += 1) {
      const occurrence = m.walk.occurrences[i];
      if (occurrence !== undefined) apply(occurrence);
    }
  }
}

/** Promises handed to a combinator, or pushed to a list in a loop: its iterations do not wait for them. The effects that were started so. */
export function collectedBy(m: Machine, frame: Frame, v: V, loop: Region | null): readonly Occurrence[] {
  const started: Occurrence[] = [];
  if (loop !== null && frame.fn.values[v]?.[0] === 'await') return started;
  attach(m, frame, v, (occurrence) => {
    if (occurrence.use !== 'awaited' || loop === null) occurrence.use = 'collected';
    if (loop === null) return;
    occurrence.overlaps.add(loop);
    started.push(occurrence);
  });
  return started;
}

/** `if (batch.length >= SIZE)` in a loop that fills the list: it never gets longer. */
function noteLimit(m: Machine, test: Value, depth: number): void {
  if (test.k !== 'derived' || depth > 3) return;
  if (COMPARES.has(test.op)) {
    const left = test.from[0]!;
    const right = test.from[1]!;
    limit(m, left, right);
    limit(m, right, left);
  } else for (const part of test.from) noteLimit(m, part, depth + 1);
}

const COMPARES = new Set(['===', '==', '>=', '>', '<', '<=']);

function limit(m: Machine, length: Value, by: Value): void {
  if (by.k === 'literal' && Number(by.value) < 2) return;
  for (const option of optionsOf(length)) {
    const list = option.k === 'derived' && option.op === 'length' ? option.from[0] : option.k === 'access' && option.key === 'size' ? option.of : undefined;
    if (list?.k === 'array') for (const region of m.walk.regions) (list.limited ??= new Set()).add(region);
  }
}

/** What a call does and gives. */
export function invokeCall(m: Machine, call: Call, receiverV: V | null): Value {
  const { callee } = call;
  if (callee.k === 'derived' && callee.op === 'reject') m.walk.rejected += 1;
  switch (callee.k) {
    case 'function': {
      if (takesOneMore(callee, call)) return callingBack(m, call, callee);
      const told = declared(callee.ir);
      if (told === null) return inline(m, call, callee, call.args, call.receiver);
      if ('operation' in told) return perform(m, call, { k: 'operation', name: call.name, library: PROJECT, operations: [told.operation], self: null, owner: null });
      m.misread.set(callee.ir, { file: callee.file, span: callee.ir.nameSpan, message: told.problem });
      return inline(m, call, callee, call.args, call.receiver);
    }
    case 'operation': return perform(m, call, callee);
    case 'library': {
      const entry = m.program.catalog.callable(callee.type) ;
      if (entry !== undefined && !call.isNew) return perform(m, call, { k: 'operation', name: call.name, library: entry.library, operations: Array.isArray(entry.member) ? entry.member : [entry.member as never], self: callee, owner: callee.type });
      if (call.isNew) {
        const made = m.program.catalog.constructor_(callee.type);
        if (made !== undefined) return perform(m, call, { k: 'operation', name: call.name, library: made.library, operations: Array.isArray(made.member) ? made.member : [made.member as never], self: callee, owner: callee.type });
      }
      break;
    }
    case 'namespace': {
      // `const express = require('express')`: the module itself is what it exports by default.
      const whole = member(m, callee, 'default');
      if (whole.k !== 'external' && whole.k !== 'namespace') return invokeCall(m, { ...call, callee: whole }, receiverV);
      break;
    }
    case 'module': {
      const whole = exportedWhole(m, callee.file);
      if (whole !== null && whole.k !== 'module' && whole.k !== 'unknown') return invokeCall(m, { ...call, callee: whole }, receiverV);
      break;
    }
    case 'class': if (call.isNew) return instantiate(m, call, callee); break;
    case 'phi': {
      const callable = callablesOf(callee);
      if (callable.length === 1) return invokeCall(m, { ...call, callee: callable[0]! }, receiverV);
      const options = followedNow(m, callee, callable);
      if (options.length > 0) return dispatched(m, call, options, receiverV);
      break;
    }
    case 'derived':
      if (callee.op === 'required') return derived('made', ...callee.from, ...call.args);
      if (callee.wraps !== undefined && callee.op === CALLBACKIFIED) return callingBack(m, call, callee.wraps);
      if (callee.wraps !== undefined) return inline(m, call, callee.wraps, call.args, callee.wraps.self);
      if (callee.op === 'super') {
        constructSuper(m, call.frame, call.argVs.every((arg) => typeof arg === 'number') ? call.args : null, call.span);
        return UNDEFINED;
      }
      break;
    default:
  }
  if (call.receiver !== null && call.args.length > 0) recognise(m, call.receiver, call.args);
  const native = builtin(m, call, receiverV);
  if (native !== null) return native;
  return unknownCall(m, call);
}

/** What one execution follows of the functions that a call may be of. */
export const FOLLOWED = 3;

const callablesOf = ({ options, table = options }: PhiValue): Value[] => {
  const callable = table.filter((option) => option.k === 'function' || option.k === 'operation' || option.k === 'class' || option.k === 'library');
  return callable.filter((option, i) => option.k === 'function' || !callable.slice(0, i).some((other) => isSameClient(option, other)));
};

/** Of a table of handlers a few are followed at a time: the execution is followed again for those after them. */
function followedNow(m: Machine, { by }: PhiValue, callable: readonly Value[]): readonly Value[] {
  const { walk } = m;
  if (by === undefined || walk.silent > 0) return callable.slice(0, FOLLOWED);
  walk.handlers = Math.max(walk.handlers, callable.length);
  const from = walk.firstHandler < callable.length ? walk.firstHandler : 0;
  return callable.slice(from, from + FOLLOWED);
}

/** One of these is called. */
function dispatched(m: Machine, call: Call, options: readonly Value[], receiverV: V | null): Value {
  const branch = {};
  return phi(options.map((option) => {
    m.walk.guards.push({ test: derived('dispatch', call.callee), holds: true, branch: { branch, option }, span: call.span, frame: call.frame, by: 'if' });
    const value = invokeCall(m, { ...call, callee: option }, receiverV);
    m.walk.guards.pop();
    return value;
  }));
}

/** One client, seen made again by each way that leads to it: calls of it are one call. */
function isSameClient(a: Value, b: Value): boolean {
  if (a.k === 'operation' && b.k === 'operation') return a.name === b.name && a.self !== null && b.self !== null && isSameClient(a.self, b.self);
  if (a.k !== 'library' || b.k !== 'library' || a.type.id !== b.type.id || a.pending !== undefined || a.row !== undefined) return false;
  if (a.handle === a || b.handle === b) return a.handle === a && b.handle === b && a.inView === true && b.inView === true;
  return a.handle?.k === 'library' && b.handle?.k === 'library' && a.resource?.k === b.resource?.k && (a.resource === null || sameValue(a.resource, b.resource!)) && isSameClient(a.handle, b.handle);
}

/** Follows the call into the project's function. */
export function inline(m: Machine, call: Pick<Call, 'frame' | 'span' | 'args'> & { readonly use?: Use }, fn: FunctionValue, args: readonly Value[], self: Value | null): Value {
  const { walk } = m;
  if (isStarted(call, fn)) starts(m, call, fn, args, self);
  else if (!isOfText(call.frame, fn)) m.called.add(fn.ir);
  m.onCall?.(fn.ir, call.frame);
  for (let i = 0; i < args.length; i += 1) {
    const type = fn.ir.params[i]?.type;
    if (type !== undefined) giveContext(m, fn.file, type, args[i]!);
  }
  const receiver = fn.self ?? self;
  const spent = walk.spent.get(call.span);
  if (walk.steps > MAX_STEPS || (spent !== undefined && spent > MAX_SPENT) || call.frame.depth >= (m.handlers !== null && isOwnCallback(fn) ? Math.max(3, m.depthLimit) : m.depthLimit)) {
    walk.truncated = true;
    if (walk.silent === 0 && m.handlers === null) m.cut.add(fn.ir);
    return declaredResult(m, fn, derived('call', ...(receiver === null ? [] : [receiver]), ...args));
  }
  const again = activationOf(call.frame, fn, receiver);
  if (again !== null) {
    recurs(m, call, again, args);
    descends(m, again, args);
    return derived('call', ...args);
  }
  if (isIdle(m, call, fn, args)) return derived('call', ...args);
  const shapes = decoratedRegions(m, fn);
  const { steps } = walk;
  const before = traces(walk);
  const value = shapes.length === 0 && m.handlers?.has(fn.ir) !== true ? enter(m, call, fn, args, receiver) : enterDecorated(m, call, fn, args, receiver, shapes);
  walk.idle.set(fn.ir, traces(walk) === before ? (walk.idle.get(fn.ir) ?? 0) + 1 : -Infinity);
  if (walk.steps > steps) walk.spent.set(call.span, (spent ?? 0) + walk.steps - steps);
  return value;
}

/** It calls itself, if from a callback in its text: that is no other caller. */
function isOfText(frame: Frame, { ir }: FunctionValue): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.up) if (at.fn === ir) return true;
  return false;
}

function enter(m: Machine, call: Pick<Call, 'frame' | 'span'>, fn: FunctionValue, args: readonly Value[], receiver: Value | null): Value {
  const value = runFunction(m, fn, args, receiver, { frame: call.frame, span: call.span, to: fn.ir.name });
  // What the body does not show, its declared result may: `getClient(): PrismaClient`.
  const declared = fn.ir.returns !== undefined && (value.k === 'unknown' || value.k === 'external' || (value.k === 'derived' && value.op === 'call')) ? typed(m, fn.file, fn.ir.returns, value) : null;
  return declared ?? value;
}

function enterDecorated(m: Machine, call: Pick<Call, 'frame' | 'span'>, fn: FunctionValue, args: readonly Value[], receiver: Value | null, shapes: readonly RegionShape[]): Value {
  const run = shapes.reduce((body, shape) => () => within(m, makeRegion(m, shape.kind, call.span, call.frame, { ambient: true, reruns: shape.reruns === true }), body), () => enter(m, call, fn, args, receiver));
  return m.handlers?.has(fn.ir) === true ? shallowly(m, call.frame.depth, m.walk.silent, run) : run();
}

/** What a module starts when it is loaded, or an object when it is made, begins there: nobody follows these as executions. */
function isStarted({ frame, use }: { readonly frame: Frame; readonly use?: Use }, { ir }: FunctionValue): boolean {
  switch (frame.fn.kind) {
    case 'module': return ir.async || use === 'dropped';
    case 'constructor': return use === 'dropped' && ir.class === frame.fn.class;
    // `port.on('message', () => this.start())` in a constructor
    default: return frame.up?.fn.kind === 'constructor' && ir.class === frame.up.fn.class && ir.class !== undefined;
  }
}

/** More than these begin alike. */
const MAX_STARTS = 6;

function starts(m: Machine, call: Pick<Call, 'span'>, fn: FunctionValue, args: readonly Value[], self: Value | null): void {
  if (m.handlers === null || fn.ir.up !== 0) return;
  const known = m.started.get(fn.ir) ?? [];
  if (known.length < MAX_STARTS && !known.some(({ span }) => span === call.span)) m.started.set(fn.ir, [...known, { args, self, span: call.span }]);
}

/** Steps for one call in the text that is reached again and again: what comes after it is to be followed too. */
const MAX_SPENT = 4_000;

/** A function that stands in the text of the one that is run: what it calls is called by that one, through whatever it is handed to. */
const isOwnCallback = (fn: FunctionValue): boolean => fn.up !== null && fn.up.caller === null && fn.up.fn.kind !== 'module';

/** While roots are looked for: calls a few levels deep, which reach the handler within its wrappers. */
export function shallowly<T>(m: Machine, depth: number, silent: number, body: () => T): T {
  const { shallow } = m;
  m.shallow ??= { depth: depth + 3, silent };
  try {
    return body();
  } finally {
    m.shallow = shallow;
  }
}

function instantiate(m: Machine, call: Call, of: Extract<Value, { k: 'class' }>): Value {
  const instance: InstanceValue = { k: 'instance', of, fields: new Map(), ambient: false, typeArgs: call.typeArgs };
  if ((stackOf(call.frame)[0]?.frame ?? call.frame).fn.kind !== 'module') instance.passing = m.walk.mark;
  if (call.frame.depth < m.depthLimit && m.walk.steps <= MAX_STEPS) construct(m, instance, of, call.args, { frame: call.frame, span: call.span, to: 'constructor' });
  // `new User({...})` of a modelled superclass is that library's instance, with the values given.
  const base = libraryBase(m, instance);
  if (base !== null && call.args.length > 0) instance.base = { ...base, args: call.args };
  return instance;
}

/** Of `new Promise((resolve, reject) => …)`. */
const SETTLES = new Set(['resolve', 'reject']);

/** `this.handlers[message.type]`, or a member declared as a function: out of a table or options that were handed in. */
const isHandler = (callee: Extract<Value, { k: 'access' }>): boolean => rootOf(callee).k === 'param' && (typeof callee.key === 'object' || typeOf(callee)?.type.name === '=>');

/**
 * A function that is not in view: what it was given may be called. Its closures count as run (now, or who knows when), in an opaque
 * region; the result depends on everything that went in.
 */
function unknownCall(m: Machine, call: Call): Value {
  // `waitUntil(prisma.user.update(…))`: who takes a promise sees to it that it runs.
  for (const arg of call.args) {
    flush(m, arg, call.frame, call.span, 'collected');
    if (arg.k === 'row') arg.escaped = true;
  }
  const closures: FunctionValue[] = [];
  for (const arg of call.args) {
    if (arg.k === 'function') closures.push(arg);
    else if (arg.k === 'object') for (const held of arg.props.values()) if (held.k === 'function') closures.push(held);
  }
  if (call.callee.k === 'param' || (call.callee.k === 'derived' && SETTLES.has(call.callee.op)) || (call.callee.k === 'access' && isHandler(call.callee))) recordDelegate(m, call);
  const inputs = [...(call.receiver === null ? [] : [call.receiver]), ...call.args.filter((arg) => arg.k !== 'function' && arg.k !== 'class')];
  const by = call.name === '' ? {} : { by: call.name };
  if (closures.length === 0) return { k: 'derived', op: 'call', from: inputs, ...by };
  const results: Value[] = [];
  const region = makeRegion(m, 'opaque', call.span, call.frame, call.use === 'awaited' || call.use === 'returned' ? { waited: true } : {});
  for (const closure of closures.slice(0, 4)) results.push(enclosed(m, () => within(m, region, () => inline(m, call, closure, closure.ir.params.map((_, i) => derived('given', ...inputs, literal(i))), closure.self))));
  const returned = results.filter((value) => value.k !== 'undefined');
  const only = closures.length === 1 ? closures[0]! : null;
  // `await trace('name', async () => …)` gives what the function gives; `withLogging(async (request) => …)` gives a handler.
  if (only !== null && returned.length === 1 && (call.use === 'awaited' || only.ir.params.length === 0)) return returned[0]!;
  return { k: 'derived', op: 'call', from: [...inputs, ...returned], ...by, ...(only === null ? {} : { wraps: only }) };
}

export { ambientInstance };
