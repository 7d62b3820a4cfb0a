import { operationsOf, type TypeEntry } from '../catalog/catalog.ts';
import type { Span } from '../vocabulary/ir.ts';
import type { ArgCondition, EffectShape, Operation, RegionShape } from '../vocabulary/model.ts';
import { countedColumns } from './dialects/counts.ts';
import { columnName, readDrizzleCriteria, readDynamoCriteria, readDynamoValues, readFilterCriteria, readStepCriteria, readRawCriteria, readStepOrder, readTextCriteria } from './dialects/builders.ts';
import { readObjectCriteria, readObjectOrder, readObjectValues } from './dialects/objects.ts';
import { selectedAs } from './dialects/selection.ts';
import type { Criteria, Order, Values } from './dialects/shared.ts';
import type { Effect, Guard, Occurrence, Region } from './effect.ts';
import { itemOf, library, member } from './evaluate.ts';
import { type Frame, frameOf, isResident } from './frame.ts';
import { type Entry, type Machine, stackOf } from './machine.ts';
import { hold, keyOf, resolved } from './containers.ts';
import { tell, wrote } from './listeners.ts';
import { refusesWithin } from './refusals.ts';
import { boundedBy } from './timers.ts';
import { libraryRetry } from './retries.ts';
import { CALLBACKIFIED, type Call, enclosed, inline, makeRegion, passing, setMember, within } from './run.ts';
import { type SourceContext, everyAt, source, sourceValue, typeArgsOf } from './sources.ts';
import { readSqlEffect, type SqlReading } from './sql-effect.ts';
import {
  type CallPlace, type FunctionValue, type LibraryValue, type OperationValue, type PendingStep, type Resending, type RowValue, type Value,
  asText, derived, eachOf, literal, optionsOf, phi, presence, settled, UNDEFINED, UNKNOWN,
} from './value.ts';

/** Calls a library's operation: what happens, what is called back, what it gives. */
export function perform(m: Machine, call: Call, callee: OperationValue): Value {
  const context = contextOf(call, callee);
  const operation = operationFor(m, callee, context);
  if (operation === undefined) return derived('call', ...(call.receiver === null ? [] : [call.receiver]), ...call.args);
  const value = carriedOut(m, call, operation, context, callee);
  const callback = operation.effect === undefined || call.use === 'awaited' || operation.invokes !== undefined || operation.registers !== undefined ? undefined : call.args.at(-1);
  return callback?.k === 'function' && hears(callback, value) ? heard(m, call, callback, value) : value;
}

/** `(error, row) => …`: what is still a builder takes functions of one parameter, to add to it. */
const hears = ({ ir }: FunctionValue, value: Value): boolean => ir.params.length > (value.k === 'library' && value.pending !== undefined ? 1 : 0);

/** Nothing is given back: the callback hears what came of it, and whatever happens then happens in it. */
function heard(m: Machine, call: Call, callback: FunctionValue, value: Value): Value {
  flush(m, value, call.frame, call.span, 'unknown');
  enclosed(m, () => inline(m, call, callback, [UNKNOWN, settled(value)], callback.self));
  return UNDEFINED;
}

function carriedOut(m: Machine, call: Call, operation: Operation, context: SourceContext, callee: OperationValue): Value {
  const { catalog } = m.program;
  if (operation.command !== undefined) {
    const command = settled(source(m, operation.command, context));
    const shape = command.k === 'library' ? catalog.trait(command.type, 'command') : undefined;
    if (command.k === 'library' && shape !== undefined) {
      const commandContext: SourceContext = { ...context, args: command.args, library: command.type.library };
      const name = command.type.id.split('#')[1]!;
      const made: PendingStep = { operation: shape, args: command.args, name, self: context.self, library: command.type.library, typeArgs: [], at: { frame: call.frame, span: call.span } };
      const steps = operation.command === 'this' && shape.effect?.sql !== undefined ? [made, { ...made, operation: BINDS, args: call.args }] : [made];
      return performed(m, call, shape, commandContext, { ...callee, library: command.type.library, name }, steps);
    }
    return derived('call', ...call.args);
  }

  const selfLazy = context.self === null ? undefined : catalog.trait(context.self.type, 'lazy');
  const step: PendingStep = { operation, args: call.args, name: callee.name, self: context.self, library: callee.library, typeArgs: call.typeArgs, at: { frame: call.frame, span: call.span } };
  if (selfLazy !== undefined && context.self !== null) {
    const pending = (context.self.pending ??= { steps: [], settled: null });
    if (pending.settled === null) pending.steps.push(step);
    if (operation.run === true) return run(m, context.self, call.frame, call.span, call.use === 'dropped' ? 'dropped' : call.use === 'returned' ? 'returned' : call.use === 'awaited' ? 'awaited' : 'unknown', operation, context);
    invoke(m, call, operation, context);
    if (operation.returns === undefined || operation.returns === 'this') return context.self;
    const next = sourceValue(m, operation.returns, context);
    if (next?.k === 'library' && catalog.trait(next.type, 'lazy') !== undefined) {
      next.pending = pending;
      if (next.resource === null && context.self.resource !== null) return { ...next, resource: context.self.resource, pending };
    }
    return next ?? context.self;
  }
  return performed(m, call, operation, context, callee, [step]);
}

/** `bus.execute(new Moor(berth))`: the handler of that class of commands is called as any function is. */
function dispatched(m: Machine, call: Call, message: Value): Value {
  const { of } = message.k === 'instance' ? message : { of: null };
  const handlers = of === null || m.handlers !== null ? [] : m.entries.filter((entry) => entry.of?.file === of.file && entry.of.id === of.id);
  return handlers.length === 1 ? inline(m, call, handlers[0]!.fn, [message], handlers[0]!.fn.self) : derived('call', ...call.args);
}

/** A statement that was prepared is run with what stands for its parameters: in a row, in a list, or by name. */
const BINDS: Operation = { effect: { params: 'args' } };

const operationFor = (m: Machine, callee: OperationValue, context: SourceContext): Operation | undefined => callee.operations.find(({ before, when = [] }) => (before === undefined || isOlder(m, context, before)) && when.every((condition) => matches(m, condition, context)));

const packageName = (specifier: string): string => specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');

/** A package is installed as a whole: `aws-sdk/clients/s3` has no version of its own. */
function isOlder({ program: { host } }: Machine, { file, library }: SourceContext, major: number): boolean {
  for (const name of new Set(library.packages.map(packageName))) {
    const installed = host.majorOf?.(file, name);
    if (installed !== undefined) return installed < major;
  }
  return false;
}

function contextOf(call: Call, callee: OperationValue): SourceContext {
  const self = callee.self ?? (call.receiver?.k === 'library' ? call.receiver : null);
  return { args: call.args, self, library: callee.library, result: UNDEFINED, typeArgs: call.typeArgs, file: call.frame.file };
}

/** What changes values, clients or the program, though it is no effect. */
const LEAVING = ['declares', 'resends', 'closes', 'paces', 'joinsTransactions', 'bounds', 'holds', 'checks', 'registers', 'tells', 'transaction'] as const satisfies readonly (keyof Operation)[];

function performed(m: Machine, call: Call, operation: Operation, context: SourceContext, callee: OperationValue, steps: readonly PendingStep[]): Value {
  const { catalog } = m.program;
  if (LEAVING.some((key) => operation[key] !== undefined)) m.walk.left += 1;
  if (operation.declares !== undefined) noteAttempts(m, source(m, operation.declares.queue, context), source(m, operation.declares.attempts, context));
  if (operation.resends !== undefined) resend(m, call, operation.resends, context);
  if (operation.closes === true && context.self !== null) closed(context.self);
  if (operation.paces !== undefined) for (const at of [handleOf(source(m, operation.paces, context)), call.frame.file]) if (at !== null) m.paced.add(at);
  if (operation.effect?.throttles === true) m.throttles = true;
  if (operation.joinsTransactions === true) m.joining.add(callee.library.name);
  const { rejected } = m.walk;
  if (operation.mutates !== undefined) assign(m, source(m, operation.mutates, context), call.args);
  if (operation.timer !== undefined) [m.walk.timers, m.walk.timer] = [m.walk.timers + 1, source(m, operation.timer, context)];
  if (operation.bounds !== undefined) boundedBy(m, call, source(m, operation.bounds, context), call.argVs, operation.after === undefined ? null : source(m, operation.after, context));
  if (operation.yields !== undefined) {
    return { k: 'source', yields: operation.yields, at: call.span, file: call.frame.file, regions: m.walk.regions.map((region) => region.id), ...(m.walk.regions.some((region) => region.kind === 'step') ? { kept: true } : {}) };
  }
  if (operation.callsBack !== undefined) return calledBack(source(m, operation.callsBack, context));
  if (operation.holds !== undefined) hold(m, call, operation.holds, context);
  if (operation.keeps === true) return { k: 'array', items: [], spreads: [], pushed: [], ...(isResident(call.frame) ? { resident: true } : {}) };
  if (operation.resolves !== undefined) return resolved(m, source(m, operation.resolves, context), context) ?? derived('held', ...(call.receiver === null ? [] : [call.receiver]), ...call.args);
  if (operation.dispatches !== undefined) return dispatched(m, call, source(m, operation.dispatches, context));
  if (operation.checks !== undefined) return checked(m, call, operation.checks, context, callee);
  if (operation.timer !== undefined && operation.pure === true) pausedFor(m, source(m, operation.timer, context));
  if (operation.pure === true && operation.returns === undefined) return derived(operation.timer !== undefined ? 'timer' : callee.name || 'call', ...(call.receiver === null || isToolbox(call.receiver) ? [] : [call.receiver]), ...call.args);
  const returned = typeof operation.returns === 'object' || (typeof operation.returns === 'string' && /^[A-Z]/.test(operation.returns)) ? sourceValue(m, operation.returns, context) : null;
  if (operation.schema !== undefined && returned?.k === 'library') {
    const parts = Object.entries(operation.schema).map(([part, at]) => [part, source(m, at, context)] as const);
    returned.schema = Object.fromEntries(parts.filter(([, value]) => value.k !== 'undefined'));
  }
  if (returned?.k === 'library' && context.self?.limited === true) returned.limited = true;
  if (operation.opens === true && returned?.k === 'library') opened(m, returned, call, callee);
  const lazy = returned?.k === 'library' ? catalog.trait(returned.type, 'lazy') : undefined;
  if (lazy !== undefined && returned?.k === 'library') {
    returned.pending = { steps: [...steps], settled: null };
    return returned;
  }
  if (operation.context !== undefined) return inContext(m, call, operation.context, context, callee);
  for (const registration of operation.registers ?? []) {
    const each = registration.each === true ? everyAt(m, 'a0', context) : [null];
    for (const one of each) register(m, call, registration, one === null ? context : { ...context, args: [one, ...context.args.slice(1)] }, returned?.k === 'library' ? returned : null);
  }
  if (operation.transaction !== undefined) manualTransaction(m, call, operation.transaction, context, returned);
  if (operation.batch !== undefined) runBatch(m, call, source(m, operation.batch, context), context);
  if (operation.awaits !== undefined) flush(m, source(m, operation.awaits, context), call.frame, call.span, 'collected');
  const { delay } = m.walk;
  if (operation.timer !== undefined) m.walk.delay = source(m, operation.timer, context);
  const before = operation.effect?.kind === 'lock' ? null : invoke(m, call, operation, context);
  m.walk.delay = delay;
  // `setTimeout(resolve, ms)` in a promise is a pause; `setTimeout(reject, ms)` is a deadline.
  if (operation.timer !== undefined && m.walk.chained !== null && m.walk.rejected === rejected && !call.args.some((arg) => arg.k === 'derived' && arg.op === 'reject')) pausedFor(m, source(m, operation.timer, context));
  let result: Value | null = null;
  if (operation.effect !== undefined) {
    const use = call.use === 'awaited' ? 'awaited' : call.use === 'returned' ? 'returned' : call.use === 'dropped' ? 'dropped' : 'unknown';
    result = emit(m, steps, context.self, call.frame, call.span, use, callee);
  }
  if (operation.tells !== undefined) tell(m, call, source(m, operation.tells, context));
  const invoked = operation.effect?.kind === 'lock' ? invoke(m, call, operation, { ...context, result: result ?? UNDEFINED }) : before;
  if (returned !== null) {
    if (returned.k === 'library' && result?.k === 'row') {
      returned.row = result;
      if (returned.resource === null && context.self?.resource != null) return { ...returned, resource: context.self.resource };
    }
    return returned;
  }
  if (operation.returns === 'invoked') return invoked ?? UNKNOWN;
  const batch = operation.batch === undefined || operation.returns !== undefined ? null : source(m, operation.batch, context);
  if (batch?.k === 'array') return eachOf(batch, settled);
  if (operation.returns === undefined) return result ?? (operation.invokes !== undefined && invoked !== null ? invoked : derived('call', ...(call.receiver === null ? [] : [call.receiver]), ...call.args));
  const value = sourceValue(m, operation.returns, { ...context, result: result ?? UNDEFINED });
  return value === null || value.k === 'undefined' ? (result ?? UNKNOWN) : settled(value);
}

const isShared = (m: Machine, table: Value | null, column: string): boolean => {
  const name = resourceName(m, table);
  return name !== null && m.program.host.isUnique(name, [column]) === 'no';
};

/** `axiosRetry(client, { retries: 3 })`. */
function resend(m: Machine, { frame, span }: Call, { client: at, times, otherwise, pause }: NonNullable<Operation['resends']>, context: SourceContext): void {
  const client = source(m, at, context);
  const given = source(m, times, context);
  if (client.k === 'library') client.resent = { times: given.k === 'undefined' ? literal(otherwise) : given, pause: source(m, pause, context), at: { frame, span } };
}

/** `row.set({ state: 'open' })`, `row.set('state', 'open')`, `repository.merge(row, changes)`. */
function assign(m: Machine, target: Value, args: readonly Value[]): void {
  if (target.k !== 'row' && !(target.k === 'library' && target.row !== undefined)) return;
  m.walk.left += 1;
  const [first, second] = args.filter((arg) => arg !== target);
  const name = asText(first);
  if (name !== undefined && second !== undefined) setMember(m, target, name, second);
  else if (first?.k === 'object') for (const [field, value] of first.props) setMember(m, target, field, value);
}

const pausedFor = (m: Machine, time: Value): void => void m.walk.pauses.push({ for: time, regions: m.walk.regions, handler: m.walk.inHandler, after: m.walk.occurrences.length });

function calledBack(fn: Value): Value {
  const wraps = optionsOf(fn).find((option): option is FunctionValue => option.k === 'function');
  return { k: 'derived', op: CALLBACKIFIED, from: [fn], ...(wraps === undefined ? {} : { wraps }) };
}

/** The value is the same; that it follows the schema is known from here on. */
function checked(m: Machine, call: Call, { schema, value: at, at: path }: NonNullable<Operation['checks']>, context: SourceContext, callee: OperationValue): Value {
  const value = source(m, at, context);
  if (value.k !== 'unknown' && value.k !== 'undefined' && value.k !== 'literal') value.checked = source(m, schema, context);
  if (path === undefined) return value;
  const result = derived(callee.name, ...(context.self === null ? [] : [context.self]), ...call.args);
  result.members = new Map([[path, value]]);
  return result;
}

/** `JSON`, `Math`, lodash's `_`: functions under a name, no state of its own. */
const isToolbox = (value: Value): boolean => value.k === 'namespace' || value.k === 'external' || (value.k === 'library' && value.handle === null && value.args.length === 0 && value.row === undefined && value.pending === undefined);

/** Async-local storage: what `run` was given is what `getStore` gives below it. */
function inContext(m: Machine, call: Call, shape: NonNullable<Operation['context']>, context: SourceContext, callee: OperationValue): Value {
  if (shape.is === 'read') {
    const open = m.walk.regions.findLast((region) => region.kind === 'context' && region.handle === callee.self);
    return open?.value ?? { k: 'access', of: callee.self ?? UNKNOWN, key: 'store' };
  }
  const region = makeRegion(m, 'context', call.span, call.frame, { handle: callee.self, value: source(m, shape.value, context) });
  const fn = optionsOf(source(m, shape.fn, context)).find((option): option is FunctionValue => option.k === 'function');
  return fn === undefined ? UNKNOWN : within(m, region, () => inline(m, call, fn, [], fn.self));
}

function matches(m: Machine, condition: ArgCondition, context: SourceContext): boolean {
  const value = source(m, condition.at, context);
  if (condition.equals !== undefined) {
    const constant = value.k === 'literal' ? value.value : value.k === 'external' ? value.path.split('.').at(-1)! : value.k === 'access' && typeof value.key === 'string' && rootOf(value).k === 'external' ? value.key : undefined;
    if (constant === undefined) return false;
    const wanted = Array.isArray(condition.equals) ? condition.equals : [condition.equals];
    return wanted.some((one: unknown) => one === constant || (typeof one === 'string' && typeof constant === 'string' && one.toLowerCase() === constant.toLowerCase()));
  }
  switch (condition.kind) {
    case 'absent': return value.k === 'undefined';
    case 'present': return !['undefined', 'unknown', 'param', 'access'].includes(value.k);
    case 'function': return optionsOf(value).some((option) => option.k === 'function' || (option.k === 'derived' && option.op === 'bound'));
    case 'array': return value.k === 'array' || (value.k === 'derived' && ['map', 'filter', 'flatMap', 'concat', 'slice'].includes(value.op)) || isArrayTyped(value);
    case 'object': return ['object', 'instance', 'library'].includes(value.k) || (value.k === 'phi' && value.options.some((option) => option.k === 'object'));
    case 'string': return value.k === 'template' || asText(value) !== undefined || (value.k === 'derived' && value.op === '+') || (value.k === 'phi' && value.options.every((option) => asText(option) !== undefined || option.k === 'template')) || (value.k === 'param' && value.type?.name === 'string');
    default: return true;
  }
}

const isArrayTyped = (value: Value): boolean => value.k === 'param' && (value.type?.name === 'Array' || value.type?.name === 'ReadonlyArray');

/** Calls the functions that the operation is given. The value is what the last of them returned. */
function invoke(m: Machine, call: Call, operation: Operation, context: SourceContext): Value | null {
  let returned: Value | null = null;
  for (const invocation of operation.invokes ?? []) {
    const fn = source(m, invocation.fn, context);
    const functions = optionsOf(fn).filter((option): option is FunctionValue => option.k === 'function');
    if (functions.length === 0) continue;
    const over = invocation.over === undefined ? null : source(m, invocation.over, context);
    const regions: Region[] = [];
    if (invocation.times === 'per-item') {
      if (over !== null) flush(m, over, call.frame, call.span, 'awaited');
      const concurrency = invocation.concurrency === undefined ? 'unbounded' : typeof invocation.concurrency === 'string' && invocation.concurrency !== 'unbounded' && invocation.concurrency !== 'sequential' ? source(m, invocation.concurrency, context) : invocation.concurrency;
      const parallel = concurrency === 'unbounded' || (typeof concurrency === 'object' && (concurrency.k === 'undefined' || (concurrency.k === 'literal' && concurrency.value === Infinity)));
      regions.push(makeRegion(m, 'each', call.span, call.frame, { over, parallel }));
    }
    if (invocation.region !== undefined) regions.push(regionOf(m, invocation.region, call, context));
    if (invocation.when === 'later') regions.push(makeRegion(m, 'background', call.span, call.frame));
    if (invocation.when === 'after-commit') regions.push(makeRegion(m, 'deferred', call.span, call.frame));
    if (invocation.times === 'retried' && invocation.region?.kind !== 'retry') regions.push(makeRegion(m, 'retry', call.span, call.frame, { reruns: true }));
    const transaction = regions.find((region) => region.kind === 'transaction');
    const args = (invocation.args ?? []).map((arg) => (arg === null ? null : sourceValue(m, arg, context)));
    const handle = args.find((arg): arg is LibraryValue => arg?.k === 'library' && arg.handle === arg);
    if (transaction !== undefined && handle !== undefined) Object.assign(transaction, { handle });
    for (const callback of functions.slice(0, 2)) {
      const values = callback.ir.params.map((_, i) => args[i] ?? (i === 0 && over !== null && invocation.args === undefined ? itemOf(m, over) : derived('given', ...call.args.filter((arg) => arg.k !== 'function'), literal(i))));
      const base = m.walk.scopes.length;
      if (invocation.when !== undefined && invocation.when !== 'now') m.walk.scopes.push({ kind: 'try', guards: m.walk.guards.length, exits: [], label: null });
      const go = (index: number): Value => {
        if (index < regions.length) return within(m, regions[index]!, () => go(index + 1));
        const value = settled(inline(m, call, callback, values, callback.self));
        if (value.k === 'library') flush(m, value, call.frame, call.span, 'awaited');
        return settled(value);
      };
      returned = go(0);
      m.walk.scopes.length = base;
    }
  }
  return returned;
}

function regionOf(m: Machine, shape: RegionShape, call: Call, context: SourceContext): Region {
  const value = shape.value === undefined ? null : source(m, shape.value, context);
  const retry = shape.kind === 'retry' ? { retry: libraryRetry(value, shape.pause !== undefined || shape.steady !== undefined ? [shape.pause ?? shape.steady ?? []].flat().map((at) => source(m, at, context)) : null, shape.steady === undefined ? 'none' : 'constant', shape.growth === undefined ? null : source(m, shape.growth, context)) } : {};
  return makeRegion(m, shape.kind, call.span, call.frame, { value: value?.k === 'undefined' ? null : value, ambient: shape.ambient === true || m.joining.has(context.library.name), reruns: shape.reruns === true, local: shape.local === true, ...(shape.everywhere === true ? { everywhere: true } : {}), client: openedOn(m, shape.within, context), ...retry });
}

/** The client, or the transaction that it is begun within; null where that is not in view. */
function openedOn(m: Machine, within: string | undefined, context: SourceContext): Value | null {
  const outer = within === undefined ? UNDEFINED : source(m, within, context);
  if (outer.k === 'undefined') return context.self?.handle ?? context.self;
  return outer.k === 'library' ? (outer.handle ?? outer) : null;
}

function manualTransaction(m: Machine, call: Call, what: NonNullable<Operation['transaction']>, context: SourceContext, returned: Value | null): void {
  const handle = what.handle === undefined ? (returned ?? context.self) : source(m, what.handle, context);
  if (what.is === 'begin') {
    m.walk.regions = [...m.walk.regions, makeRegion(m, 'transaction', call.span, call.frame, { handle, value: what.isolation === undefined ? null : source(m, what.isolation, context), client: openedOn(m, what.within, context) })];
  } else closeTransaction(m, handle);
}

function closeTransaction(m: Machine, handle: Value | null): void {
  const open = m.walk.regions.findLast((region) => region.kind === 'transaction' && (region.handle === handle || handleOf(region.handle) === handleOf(handle)));
  if (open !== undefined) m.walk.regions = m.walk.regions.filter((region) => region !== open);
}

export const handleOf = (value: Value | null): Value | null => (value?.k === 'library' ? (value.handle ?? value) : value);

/** `prisma.$transaction([a, b])`: the builders run here, together. */
function runBatch(m: Machine, call: Call, list: Value, context: SourceContext): void {
  const region = makeRegion(m, 'transaction', call.span, call.frame, { client: context.self?.handle ?? context.self });
  within(m, region, () => flush(m, list, call.frame, call.span, 'awaited'));
}

function register(m: Machine, call: Call, registration: NonNullable<Operation['registers']>[number], context: SourceContext, through: LibraryValue | null): void {
  const given = registration.fn === 'functions' ? context.args.flatMap((arg) => (arg.k === 'array' ? arg.items : [arg])) : registration.fn.includes('.*') ? everyAt(m, registration.fn, context) : [source(m, registration.fn, context)];
  const functions = given.flatMap((value) => optionsOf(value)).map((option) => (option.k === 'derived' && option.wraps !== undefined ? option.wraps : option)).filter((option): option is FunctionValue => option.k === 'function');
  const isLimiter = given.some((value) => value.k === 'library' && value.type.shape.throttles === true) || functions.some((fn) => refusesWithin(m.program.ir(fn.file)!, fn.ir));
  const inFront = isLimiter && registration.entry.kind === 'middleware';
  // A step of a chain limits what is built on it.
  if (inFront && registration.fn === 'a0' && through !== null) through.limited = true;
  const throttled = (isLimiter && registration.fn === 'functions') || context.self?.limited === true;
  if (inFront && registration.fn === 'functions') m.limitedInFront.add(context.library.name);
  else if (throttled) m.throttles = true;
  functions.forEach((fn) => {
    const name = registration.entry.source === undefined ? undefined : source(m, registration.entry.source, context);
    const method = registration.entry.method === undefined ? undefined : asText(source(m, registration.entry.method, context));
    addEntry(m, {
      shape: registration.entry, by: context.library.name, fn, message: registration.message ?? 0, file: call.frame.file, span: call.span, source: name === undefined ? null : resourceName(m, name), ...(name === undefined || name.k === 'literal' ? {} : { from: name }), ...(method === undefined ? {} : { method: method.toUpperCase() }), ...(throttled ? { throttled: true } : {}), ...(registration.hands === undefined ? {} : { hands: { key: keyOf(context, registration.hands.held), as: registration.hands.as } }), ...(registration.entry.pushes === true || registration.entry.hears === 'events' ? { through: context.self?.handle ?? context.self } : {}),
      args: (registration.args ?? []).map((arg) => (arg === null ? null : sourceValue(m, arg, { ...context, self: null, ...typeArgsOf(context) }))).map((arg, i) => (i === (registration.message ?? 0) ? following(m, arg, registration, context) : arg)),
    });
  });
}

/** `procedure.input(schema).mutation(({ input }) => …)`: what comes in has passed the schema. */
function following(m: Machine, message: Value | null, { follows }: NonNullable<Operation['registers']>[number], context: SourceContext): Value | null {
  if (message === null || follows === undefined) return message;
  const schema = source(m, follows.schema, context);
  if (schema.k === 'library' && schema.schema !== undefined) member(m, message, follows.at).checked = schema;
  return message;
}

/** `name`: of the export, where one wrapper's closure is the handler of several. */
export function addEntry(m: Machine, entry: Entry, name = ''): void {
  // The file that a framework finds says more of a handler than the call in it that made it; but what it is called with, only the call says.
  const found = name === '' ? m.entries.findIndex((other) => other.fn.ir === entry.fn.ir && other.shape.kind === entry.shape.kind && other.name !== '' && other.file === entry.file) : -1;
  if (found >= 0) {
    const { args } = m.entries[found]!;
    m.entries[found] = { ...m.entries[found]!, args: args.length > 0 ? args : entry.args };
    return;
  }
  const same = m.entries.filter((other) => other.fn.ir === entry.fn.ir && other.shape.kind === entry.shape.kind && other.name === name && (name === '' || other.file === entry.file));
  if (same.length > 0) {
    const setup = setupOf(entry.fn);
    if (name !== '' || setup === null || same.length >= MAX_SETUPS || same.some((other) => setupOf(other.fn) === setup)) return;
    // What was registered with nothing handed in was read off the wrapper alone.
    const bare = same.find((other) => setupOf(other.fn) === null);
    if (bare !== undefined) m.entries.splice(m.entries.indexOf(bare), 1);
  }
  m.entries.push({ ...entry, name });
  if (entry.shape.redelivers === true) m.delivered.add(entry.fn.ir);
  if (typeof entry.shape.hears === 'object') m.hooks.add(entry.fn.ir);
  m.handlers?.add(entry.fn.ir);
  // `app.post(path, guarded(async (req, res) => …))`: reached through the closure that the wrapper made.
  for (const arg of setupFrame(entry.fn)?.args ?? []) if (arg.k === 'function') m.called.add(arg.ir);
}

/** Calls of one wrapper whose handlers are each followed. */
const MAX_SETUPS = 1000;

/** `subscribe(queue, handle)`: the call that handed in what the registered closure calls. */
function setupFrame(fn: FunctionValue): Frame | null {
  for (let at = fn.up; at !== null; at = at.up) if (isSetup(at)) return at;
  return null;
}

const isSetup = (frame: Frame): boolean => frame.caller !== null && frame.args.some((arg) => arg.k === 'function' || holdsFunction(arg));

const holdsFunction = (arg: Value): boolean => arg.k === 'object' && [...arg.props.values()].some((part) => part.k === 'function');

/** Where it was handed in; through wrappers of wrappers, where each of them was. */
function setupOf(fn: FunctionValue): string | null {
  const places: string[] = [];
  for (let at = setupFrame(fn); at !== null && isSetup(at); at = at.caller!.frame) places.push(`${at.caller!.frame.file}\0${at.caller!.span[0]}`);
  return places.length === 0 ? null : places.join('\0');
}

// --- Effects ----------------------------------------------------------------------------------------------------------

/** Runs builders that were only gathered: by awaiting, returning or collecting them. */
export function flush(m: Machine, value: Value, frame: Frame, span: Span, use: Occurrence['use'], depth = 0): void {
  if (depth > 3) return;
  if (value.k === 'library') {
    if (value.pending !== undefined && value.pending.settled === null && m.program.catalog.trait(value.type, 'lazy') === 'await') run(m, value, frame, span, use, null, null, depth > 0);
  } else if (value.k === 'array') {
    for (const item of [...value.items, ...value.spreads]) flush(m, item, frame, span, use, depth + 1);
    for (const push of value.pushed) again(m, push.region, use, () => flush(m, push.value, frame, span, use, depth + 1));
  } else if (value.k === 'phi') for (const option of value.options) flush(m, option, frame, span, use, depth + 1);
  else if (value.k === 'object' && depth > 0) for (const held of value.props.values()) flush(m, held, frame, span, use, depth + 2);
  else if (value.k === 'derived' && (value.op === 'map' || value.op === 'flatMap')) for (const from of value.from.slice(1)) again(m, value.region ?? null, use, () => flush(m, from, frame, span, use, depth + 1));
}

/** Builders made in an iteration run where they are collected: all at once when a combinator starts them, in turn in a batch. */
function again(m: Machine, region: Region | null, use: Occurrence['use'], body: () => void): void {
  if (region === null) body();
  else within(m, use === 'collected' ? { ...region, parallel: true } : { ...region, parallel: false }, body);
}

function run(m: Machine, value: LibraryValue, frame: Frame, span: Span, use: Occurrence['use'], last: Operation | null, context: SourceContext | null, listed = false): Value {
  const pending = value.pending!;
  if (pending.settled !== null) return pending.settled;
  const at = placeOf(pending.steps, { frame, span }, listed);
  const result = emit(m, pending.steps, value, at.frame, at.span, use, null);
  // The type that rows have is said by the step that knew it, or by the last.
  let answer: Value = result ?? UNKNOWN;
  const typed = [last, ...pending.steps.map((step) => step.operation).reverse()].find((operation) => operation?.returns !== undefined && operation.run === true && operation.returns !== 'this');
  const rows = m.program.catalog.trait(value.type, 'members')?.['#row'];
  if (typed?.returns !== undefined && context !== null) {
    const given = sourceValue(m, typed.returns, { ...context, result: answer });
    if (given?.k === 'library' && answer.k === 'row') given.row = answer;
    if (given !== null && given.k !== 'undefined') answer = given;
  } else if (typeof rows === 'string' && answer.k === 'row') {
    const type = m.program.catalog.named(value.type.library, rows);
    if (type !== undefined) {
      const row = library(type, { handle: value.handle, resource: value.resource, file: value.file });
      row.row = answer;
      answer = row;
    }
  }
  pending.settled = answer;
  return answer;
}

/** A query that a function returned unawaited runs in its caller, but is what the function wrote. */
function placeOf(steps: readonly PendingStep[], awaited: CallPlace, listed: boolean): CallPlace {
  const built = steps.at(-1)?.at;
  // Returned by the function where the execution began, or one of a list that is awaited as a whole.
  if (built !== undefined && built.frame === awaited.frame && (listed || awaited.span === awaited.frame.fn.span)) return built;
  for (let site = built?.frame.caller ?? null; site !== null; site = site.frame.caller) if (site.frame === awaited.frame) return built!;
  return awaited;
}

function noteAttempts(m: Machine, queue: Value | null, attempts: Value): void {
  const name = resourceName(m, queue);
  // A number that the code does not show is one that somebody chose to set.
  if (name !== null && attempts.k !== 'undefined' && !(attempts.k === 'literal' && Number(attempts.value) <= 1)) m.retried.set(name, attempts.k === 'literal' ? Number(attempts.value) : null);
}

/** The name under which stores, queues and hosts are told apart; null when the code does not fix it. */
export function resourceName(m: Machine, value: Value | null): string | null {
  if (value === null) return null;
  switch (value.k) {
    case 'literal': return value.value === null ? null : String(value.value);
    // A class that a function makes goes by its own name.
    case 'class': return m.program.ir(value.file)?.classes[value.id]?.name.split('.').at(-1) ?? null;
    case 'template': return value.quasis[0] !== '' && value.quasis[0] !== undefined ? `${value.quasis[0]}*` : null;
    case 'library': return resourceName(m, value.resource);
    case 'instance': return m.program.ir(value.of.file)?.classes[value.of.id]?.name ?? null;
    case 'external': return value.path === '' ? value.spec : value.path.split('.').at(-1)!;
    case 'access': {
      // `process.env.QUEUE_URL` names it as well as any constant does.
      const root = rootOf(value);
      return root.k === 'external' && typeof value.key === 'string' ? value.key : null;
    }
    case 'phi': return resourceName(m, value.options[0]!);
    case 'derived': return value.from.length > 0 && (value.op === '||' || value.op === '??') ? resourceName(m, value.from[0]!) : null;
    default: return null;
  }
}

export function rootOf(value: Value): Value {
  let at = value;
  while (at.k === 'access' || at.k === 'item') at = at.of;
  return at;
}

/** `pipe(map(…), retry(3))`. */
function begunAgain(m: Machine, steps: readonly PendingStep[]): Resending | undefined {
  for (const { args, at } of steps) {
    for (const piece of args) {
      const again = piece.k === 'library' ? m.program.catalog.trait(piece.type, 'again') : undefined;
      if (again === undefined || piece.k !== 'library') continue;
      const context = { args: piece.args, self: null, library: piece.type.library, result: UNDEFINED, typeArgs: [], file: piece.file };
      // A number has no members.
      const isNumber = piece.args[0]?.k === 'literal';
      const told = [again.times].flat().filter((times) => !isNumber || !times.includes('.')).map((times) => source(m, times, context)).find((value) => value.k !== 'undefined');
      return { times: told === undefined || told.k === 'object' ? literal('Infinity') : told, pause: isNumber ? UNDEFINED : source(m, again.pause, context), at };
    }
  }
  return undefined;
}

/** Makes the effect that these steps describe, in its place. Null when the text of a statement only opens or closes a transaction. */
function emit(m: Machine, steps: readonly PendingStep[], self: LibraryValue | null, frame: Frame, span: Span, use: Occurrence['use'], callee: OperationValue | null): Value | null {
  const shape: EffectShape = steps.length === 1 ? (steps[0]!.operation.effect ?? {}) as EffectShape : Object.assign({}, ...steps.map((step) => step.operation.effect ?? {})) as EffectShape;
  const criteria: Criteria = { where: [], open: false };
  const values: Values = { values: [], rest: [] };
  const order: Order = { keys: [], open: false };
  let ordered = false;
  let orderValue: Value | null = null;
  const pick = new Map<keyof EffectShape, Value>();
  let sql: SqlReading | null = null;
  let sqlText: Value | null = null;
  const counts: string[] = [];
  let selects: ReturnType<typeof selectedAs> = null;
  const chosen: Value[] = [];
  for (const step of steps) {
    const effect = step.operation.effect;
    if (effect === undefined) continue;
    const context: SourceContext = { args: step.args, self: step.self, library: step.library, result: UNDEFINED, typeArgs: step.typeArgs, file: frame.file };
    for (const key of ['resource', 'handle', 'method', 'limit', 'offset', 'cursor', 'lock', 'skipLocked', 'conditional', 'items', 'conflictTarget', 'query'] as const) {
      const at = effect[key];
      if (typeof at === 'string') {
        const value = source(m, at, context);
        if (value.k !== 'undefined') pick.set(key, value);
      } else if (typeof at === 'number') pick.set(key, literal(at));
      else if (at === true) pick.set(key, literal(true));
    }
    for (const key of ['idempotencyKey', 'expiry'] as const) {
      const places = effect[key];
      for (const at of places === undefined ? [] : typeof places === 'string' ? [places] : places) {
        const value = source(m, at, context);
        if (value.k !== 'undefined' && !pick.has(key)) pick.set(key, value);
      }
    }
    for (const at of [effect.deadlineOption ?? []].flat()) {
      const value = source(m, at, context);
      const before = pick.get('deadlineOption');
      if (before?.k === 'array' && value.k === 'array') pick.set('deadlineOption', { k: 'array', items: [...before.items, ...value.items], spreads: [], pushed: [] });
      else if (value.k !== 'undefined' && before === undefined) pick.set('deadlineOption', value);
      if (!at.startsWith('client') && at.includes('.') && !pick.has('deadline')) pick.set('deadline', source(m, at.split('.')[0]!, context));
    }
    for (const key of ['attempts', 'pause', 'later'] as const) {
      for (const at of [effect[key] ?? []].flat()) {
        const value = source(m, at, context);
        if (value.k !== 'undefined' && !pick.has(key)) pick.set(key, value);
      }
    }
    for (const at of [effect.retryOption ?? effect.attemptsOption ?? []].flat()) {
      const value = source(m, at, context);
      if (value.k !== 'undefined' && !pick.has('retryOption')) pick.set('retryOption', value);
    }
    if (effect.deadlineIgnored !== undefined && source(m, effect.deadlineIgnored, context).k !== 'undefined') pick.set('deadlineIgnored', UNKNOWN);
    if (effect.criteria !== undefined) readCriteria(m, effect.criteria, step, context, criteria);
    if (effect.values !== undefined) {
      readValues(m, effect.values, context, values);
      chosen.push(source(m, effect.values[1], context));
    }
    if (effect.counts !== undefined) {
      const columns = source(m, effect.counts, context);
      counts.push(...countedColumns(m, columns, step.self?.handle ?? step.self, effect.action !== undefined && effect.action !== 'find'));
      if (step.args.length > 0) selects ??= selectedAs(columns);
    }
    if (effect.order !== undefined) {
      const before = order.keys.length;
      const value = source(m, effect.order[1], context);
      if (value.k !== 'undefined') readOrder(m, effect.order, value, step, order);
      if (value.k !== 'undefined') orderValue ??= value;
      ordered ||= order.keys.length > before || order.open;
    }
    if (effect.sql !== undefined) {
      const text = source(m, effect.sql, context);
      sqlText = text;
      sql = readSqlEffect(m, text, effect.params === undefined ? boundBy(m, steps, frame.file) : source(m, effect.params, context));
    }
  }
  const label = labelOf(self, steps, callee);
  const handle = pick.get('handle') ?? (self === null ? null : (self.handle ?? self));
  if (sql !== null && (sql.kind === 'begin' || sql.kind === 'commit' || sql.kind === 'rollback')) {
    if (sql.kind === 'begin') m.walk.regions = [...m.walk.regions, makeRegion(m, 'transaction', span, frame, { handle, value: sql.statement.isolation === undefined ? null : literal(sql.statement.isolation), client: self?.parent ?? null })];
    else closeTransaction(m, handle);
    return null;
  }
  const entity = entityOf(self, steps);
  if (entity?.k === 'object') entity.stored = true;
  const named = pick.get('resource') ?? self?.resource ?? null;
  const kind = sql?.kind as Effect['kind'] | undefined ?? shape.kind ?? (shape.sql !== undefined ? 'call' : 'call');
  const method = pick.get('method');
  const verb = asText(method)?.toUpperCase() ?? (kind === 'call' && shape.system === 'http' ? (method === undefined || method.k === 'undefined' ? 'GET' : null) : null);
  const limit = pick.get('limit') ?? (sql?.statement.limit === undefined ? null : typeof sql.statement.limit === 'number' ? literal(sql.statement.limit) : UNKNOWN);
  const resent = self?.resent ?? (handle?.k === 'library' ? handle.resent : undefined) ?? begunAgain(m, steps);
  const effect: Effect = {
    kind: kind === 'call' && (verb === 'GET' || (verb === 'POST' && shape.system === 'http' && asksForToken(steps.flatMap((step) => step.args)))) ? 'read' : kind,
    action: sql?.action ?? shape.action ?? (kind === 'read' ? 'find' : kind === 'write' ? 'update' : 'request'),
    system: shape.system ?? 'store', library: (steps[0]?.library ?? callee!.library).name, label,
    resource: sql?.statement.table ?? resourceName(m, named), resourceValue: named, handle,
    where: [...criteria.where, ...(sql?.where ?? [])].map((criterion) => (criterion.op === 'in' && kind === 'read' && isShared(m, named, criterion.field) ? { ...criterion, many: true as const } : criterion)), whereOpen: criteria.open || (sql?.statement.whereUnknown ?? false),
    values: [...values.values, ...(sql?.values ?? [])],
    rest: [...values.rest, ...(sqlText !== null && sql === null ? [sqlText] : [])],
    entity, order: sql?.order ?? (ordered && shape.distinct !== true ? order.keys : null), orderOpen: order.open, orderValue,
    limit, items: pick.get('items') ?? null, ...(pick.has('query') ? { query: pick.get('query')! } : {}), offset: pick.get('offset') ?? sql?.offset ?? null, cursor: pick.get('cursor') ?? null,
    locking: sql?.statement.forUpdate === true || (pick.has('lock') && presence(pick.get('lock')) !== 'no'),
    skipLocked: sql?.statement.skipLocked === true || (pick.has('skipLocked') && presence(pick.get('skipLocked')) !== 'no'),
    ...(sql?.picks == null || (steps[0]?.library ?? callee!.library).oneWriter === true ? {} : { picks: sql.picks }),
    advisory: sql?.statement.advisoryLock ?? null,
    conditional: pick.has('conditional') ? presence(pick.get('conditional')) : 'no',
    onConflict: sql?.statement.onConflict === undefined ? (shape.onConflict ?? 'fail') : sql.statement.onConflict.action === 'nothing' ? 'ignore' : 'update',
    method: verb, key: pick.get('idempotencyKey') ?? null, expiry: pick.get('expiry') ?? null, shape,
    attempts: pick.get('attempts') ?? null, pause: pick.get('pause') ?? null, ...(pick.has('later') ? { later: pick.get('later')! } : {}),
    deadline: pick.get('deadlineOption') ?? null, retries: pick.get('retryOption') ?? resent?.times ?? null, ...(resent === undefined ? {} : { resent }), ignoredDeadline: pick.has('deadlineIgnored'), options: pick.get('deadline') ?? null, args: steps.at(-1)?.args ?? [], counts, ...(selects === null ? {} : { selects }), weight: shape.weight ?? 'business', result: UNDEFINED,
  };
  if (effect.attempts !== null && effect.attempts.k !== 'unknown') noteAttempts(m, named, effect.attempts);
  const result: RowValue = { k: 'row', effect, path: [] };
  effect.result = result;
  if (m.walk.silent === 0) passing(m, chosen, { frame, span }, () => record(m, effect, frame, span, use));
  wrote(m, effect, frame, span);
  return result;
}

/** `prepare(text).bind(id)`, `request.input('id', id).query(text)`: parameters of a statement that other steps gave. */
function boundBy(m: Machine, steps: readonly PendingStep[], file: string): Value {
  const named = new Map<string, Value>();
  for (const { operation, args, self, library: model, typeArgs } of steps) {
    const { bind, params, sql } = operation.effect ?? {};
    const context: SourceContext = { args, self, library: model, result: UNDEFINED, typeArgs, file };
    if (params !== undefined && sql === undefined) return args.length === 1 && (args[0]!.k === 'array' || args[0]!.k === 'object') ? args[0]! : source(m, params, context);
    const name = bind === undefined ? undefined : asText(source(m, bind[0], context));
    if (name !== undefined) named.set(name, source(m, bind![1], context));
  }
  return named.size === 0 ? UNDEFINED : { k: 'object', props: named, spreads: [], computed: [] };
}

/** An OAuth client fetches a token: each is as good as the other. */
function asksForToken(args: readonly Value[]): boolean {
  const named = (given: Value, depth: number): boolean => {
    const value = settled(given);
    if (depth > 7) return false;
    switch (value.k) {
      case 'literal': return typeof value.value === 'string' && value.value.includes('grant_type');
      case 'template': return value.quasis.some((text) => text.includes('grant_type')) || value.values.some((part) => named(part, depth + 1));
      case 'object': return value.props.has('grant_type') || [...value.props.values(), ...value.spreads].some((part) => named(part, depth + 1));
      case 'array': return [...value.items, ...value.spreads, ...value.pushed.map((push) => push.value)].some((part) => named(part, depth + 1));
      case 'derived': return value.from.some((part) => named(part, depth + 1));
      case 'phi': return value.options.some((part) => named(part, depth + 1));
      case 'library': return value.args.some((part) => named(part, depth + 1));
      default: return false;
    }
  };
  return args.some((arg) => named(arg, 0));
}

/** The record that a method of the entity itself saves or deletes. */
const entityOf = (self: LibraryValue | null, steps: readonly PendingStep[]): Value | null => {
  const last = steps.at(-1);
  if (last?.self?.row !== undefined) return last.self;
  if (self?.row !== undefined) return self;
  const scope = last?.operation.effect?.scope;
  // `repository.save(entity)`: the values are the entity; `save(Class, entity)` too.
  if (scope === 'dirty' || scope === 'whole') return last!.args.find((arg) => arg.k !== 'class' && arg.k !== 'function' && !(arg.k === 'library' && arg.type.shape.role === undefined && arg.row === undefined)) ?? null;
  return null;
};

function labelOf(self: LibraryValue | null, steps: readonly PendingStep[], callee: OperationValue | null): string {
  const resource = self === null ? undefined : asText(self.resource);
  const name = (steps.length > 0 ? steps[0]!.name : (callee?.name ?? '')).split(':')[0]!;
  return [steps[0]?.library.name ?? callee?.library.name, resource, name].filter((part) => part !== undefined && part !== '').join('.');
}

function readCriteria(m: Machine, [dialect, at]: NonNullable<EffectShape['criteria']>, step: PendingStep, context: SourceContext, into: Criteria): void {
  switch (dialect) {
    case 'knex': case 'kysely': case 'firestore': readStepCriteria(m, step.name, step.args, into); break;
    case 'drizzle': readDrizzleCriteria(m, source(m, at, context), into); break;
    case 'querybuilder': readTextCriteria(m, step.args, into); break;
    case 'raw': readRawCriteria(step.args, into); break;
    case 'dynamo': readDynamoCriteria(m, source(m, at, context), into); break;
    case 'filters': readFilterCriteria(m, source(m, at, context), into); break;
    case 'key': {
      const given = source(m, at, context);
      const value = given.k === 'array' && given.items.length === 1 && given.spreads.length === 0 ? given.items[0]! : given;
      if (value.k !== 'undefined') into.where.push({ field: 'id', op: value.k === 'array' ? 'in' : '=', value });
      break;
    }
    default: readObjectCriteria(m, dialect, source(m, at, context), into);
  }
}

function readCounters(given: Value, into: Values): void {
  const names = given.k === 'object' ? [...given.props].map(([name, value]) => [name, value] as const) : (given.k === 'array' ? given.items : [given]).map((value) => [asText(value) ?? 'value', value] as const);
  for (const [field, value] of names) into.values.push({ field: field.split('.').at(-1)!, value, how: 'atomic' });
}

function readValues(m: Machine, [dialect, at]: NonNullable<EffectShape['values']>, context: SourceContext, into: Values): void {
  const value = source(m, at, context);
  if (dialect === 'dynamo') readDynamoValues(m, value, into);
  else if (dialect === 'key') into.values.push({ field: 'value', value, how: 'set' });
  else if (dialect === 'counter') readCounters(value, into);
  else readObjectValues(m, dialect, value, into);
}

function readOrder(m: Machine, [dialect]: NonNullable<EffectShape['order']>, value: Value, step: PendingStep, into: Order): void {
  if (dialect === 'knex' || dialect === 'kysely' || dialect === 'drizzle' || dialect === 'querybuilder' || dialect === 'firestore') readStepOrder(m, step.args.length > 0 && dialect !== 'drizzle' ? step.args : value.k === 'array' ? value.items : [value], into, (arg) => readObjectOrder(m, arg, into));
  else readObjectOrder(m, value, into);
}

/** Calls a function that was handed in from out of view. */
export function recordDelegate(m: Machine, call: Call): void {
  if (m.walk.silent > 0 || m.handlers !== null) return;
  record(m, bareEffect('delegate', '', call.name === '' ? 'the function handed in' : call.name, call.callee, call), call.frame, call.span, call.use === 'awaited' ? 'awaited' : call.use === 'returned' ? 'returned' : call.use === 'dropped' ? 'dropped' : 'unknown');
}

/** An effect of which no more is known than that it happens. */
const bareEffect = (kind: Effect['kind'], library: string, label: string, resourceValue: Value | null, call: Call): Effect => ({
  kind, action: 'request', system: 'process', library, label, resource: null, resourceValue, handle: null, where: [], whereOpen: false, values: [], rest: [],
  entity: null, order: null, orderOpen: false, orderValue: null, limit: null, offset: null, cursor: null, locking: false, skipLocked: false, conditional: 'no', onConflict: 'fail', method: null, items: null, advisory: null, expiry: null, deadline: null, attempts: null, pause: null, retries: null, ignoredDeadline: false, options: null, key: null, shape: {}, args: call.args, counts: [], weight: 'business', result: UNDEFINED,
});

function opened(m: Machine, client: LibraryValue, call: Call, callee: OperationValue): void {
  if (m.walk.silent > 0 || m.handlers !== null) return;
  m.walk.opened.push(occurrenceOf(m, { ...bareEffect('open', callee.library.name, client.type.id.replace('#', '.'), null, call), handle: client }, call.frame, call.span, 'unknown'));
}

function closed(given: LibraryValue): void {
  const client = handleOf(given);
  if (client?.k === 'library') client.fate ??= 'closed';
}

const occurrenceOf = (m: Machine, effect: Effect, frame: Frame, span: Span, use: Occurrence['use']): Occurrence => ({
  index: m.walk.occurrences.length, effect, frame, span, stack: stackOf(frame), guards: pathCondition(m), regions: m.walk.regions, attempts: m.walk.attempts, inHandler: m.walk.inHandler, use, detached: [], overlaps: new Set(),
});

function record(m: Machine, effect: Effect, frame: Frame, span: Span, use: Occurrence['use']): void {
  const { walk } = m;
  walk.occurrences.push(occurrenceOf(m, effect, frame, span, use));
  m.onEffect?.(walk.occurrences.at(-1)!);
}

/** Everything known to hold here: the branches we are in, and the negation of each condition under which control left before. */
export function pathCondition(m: Machine): Guard[] {
  const { guards, scopes } = m.walk;
  const held: Guard[] = [...guards];
  if (!scopes.some((scope) => scope.exits.length > 0 || scope.held !== undefined || scope.closed !== undefined)) return held;
  const holding = [new Set<object>(), new Set<object>()] as const;
  const hold = (guard: Guard): void => void holding[guard.holds ? 1 : 0].add(guard.branch);
  held.forEach(hold);
  for (const scope of scopes) {
    for (const left of scope.closed === undefined ? scope.exits : [...scope.closed, ...scope.exits]) {
      const open = left.filter((guard) => !holding[guard.holds ? 1 : 0].has(guard.branch));
      if (open.length === 0) continue;
      const more = afterExit(left, open);
      held.push(more);
      // That not all of several hold, says nothing of the first of them.
      if (more.together === undefined) hold(more);
    }
    held.push(...(scope.held ?? []));
  }
  return held;
}

const afterExits = new WeakMap<readonly Guard[], Guard[]>();

/** What holds once control did not leave under these tests, of `left`: one object for all that comes after, so that what is told of it is told once. */
function afterExit(left: readonly Guard[], open: readonly Guard[]): Guard {
  let known = afterExits.get(left);
  if (known === undefined) afterExits.set(left, (known = []));
  const parts = (guard: Guard): number => guard.together?.length ?? 1;
  let found = known.find((guard) => parts(guard) === open.length && (guard.together === undefined ? guard.branch === open[0]!.branch && guard.test === open[0]!.test && guard.holds !== open[0]!.holds : guard.together.every((part, i) => part === open[i])));
  if (found === undefined) known.push((found = open.length === 1 ? { ...open[0]!, holds: !open[0]!.holds, by: 'exit' } : { ...open[0]!, by: 'exit', together: open }));
  return found;
}

export { columnName, frameOf, member, operationsOf, phi };
export type { TypeEntry };
