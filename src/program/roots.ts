import type { Event, FileIR, FunctionIR, TypeRef, V } from '../vocabulary/ir.ts';
import type { Convention, Decoration, EntryShape, RegionShape } from '../vocabulary/model.ts';
import { anyEvent } from './events.ts';
import { ambientInstance, evaluate, library, moduleFrame, moduleValue, received, recover, throughDecorators } from './evaluate.ts';
import { heldAs } from './containers.ts';
import { type Frame, frameOf } from './frame.ts';
import { type Entry, type Machine, type Start, type Walk, newWalk } from './machine.ts';
import { addEntry, flush, resourceName } from './operation.ts';
import { FOLLOWED, makeRegion, runFrame, runFunction, shallowly } from './run.ts';
import type { Role } from './program.ts';
import { everyAt, sourceValue } from './sources.ts';
import { type FunctionValue, type LibraryValue, type Value, UNDEFINED, UNKNOWN, optionsOf, settled } from './value.ts';

/** Where an execution begins: a handler that a framework calls, or a function that nothing in view calls. */
export interface Root {
  readonly fn: FunctionValue;
  readonly entry: Entry | null;
  /** Something leads here, too far away to be followed: what it holds meanwhile is out of view. */
  readonly cut?: true;
}

const ANALYSED: ReadonlySet<Role> = new Set<Role>(['source', 'script']);

/** Whether executions are followed that begin in files of this role. */
export const isAnalysed = (role: Role): boolean => ANALYSED.has(role);

/** Functions that can be called from outside of their function: of the module, of classes, of object literals in modules. */
function outerFunctions(m: Machine, file: string): FunctionValue[] {
  const ir = m.program.ir(file);
  const module = moduleFrame(m, file);
  if (ir === undefined || module === null) return [];
  return ir.functions.flatMap((fn, id): FunctionValue[] => {
    if (id === 0 || fn.up !== 0 || fn.kind === 'fields' || fn.kind === 'static' || fn.kind === 'constructor') return [];
    return [{ k: 'function', file, ir: fn, id, up: module, self: selfOf(m, file, fn) }];
  });
}

function selfOf(m: Machine, file: string, fn: FunctionIR): Value | null {
  if (fn.class === undefined) return null;
  const known = m.program.ir(file)!.classes[fn.class]!;
  const of = { k: 'class' as const, file, id: fn.class, up: moduleFrame(m, file) };
  const isStatic = known.methods.some((method) => method.static && m.program.ir(file)!.functions[method.fn] === fn);
  return isStatic ? of : ambientInstance(m, of, []);
}

/** First pass: runs every function a single call deep to see which functions are called and which are registered as handlers. */
export function discover(m: Machine, files: readonly string[]): void {
  const { maxDepth } = m;
  m.maxDepth = 1;
  m.handlers = new Set(m.entries.map((entry) => entry.fn.ir));
  for (const file of files) {
    if (!ANALYSED.has(m.program.host.role(file))) continue;
    const module = moduleFrame(m, file);
    if (module === null) continue;
    unlessTooDeep(m, () => {
      byConvention(m, file);
      byDecorator(m, file);
    });
    m.walk = newWalk();
    m.maxDepth = maxDepth;
    unlessTooDeep(m, () => runFrame(m, module));
    m.maxDepth = 1;
    module.returned.length = 0;
    unlessTooDeep(m, () => byType(m, file));
    for (const fn of outerFunctions(m, file)) {
      if (!acts(fn.ir.body)) continue;
      m.walk = newWalk();
      unlessTooDeep(m, () => {
        const value = runFunction(m, fn, [], fn.self, null);
        // What is made to be awaited happens with the caller; whoever listens for effects wants to hear of it here.
        if (m.onEffect !== null) flush(m, value, module, fn.ir.span, 'returned');
      });
    }
  }
  m.maxDepth = maxDepth;
  m.handlers = null;
}

/** Whether running it can do anything but give a value. */
const acts = (events: readonly Event[]): boolean => anyEvent(events, ([kind]) => ACTS.has(kind));
const ACTS: ReadonlySet<Event[0]> = new Set(['call', 'new', 'tag', 'set', 'assign', 'await']);

/** Entry points first, then what nothing calls; in the order of files and positions. */
export function rootsOf(m: Machine, files: readonly string[]): Root[] {
  const wanted = new Set(files);
  const registered = new Set(m.entries.map((entry) => entry.fn.ir));
  const entries = m.entries.filter((entry) => wanted.has(entry.fn.file) || wanted.has(entry.file) || wraps(entry.fn, wanted)).map((entry): Root => ({ fn: entry.fn, entry }));
  const rest = files.filter((file) => ANALYSED.has(m.program.host.role(file))).flatMap((file) => outerFunctions(m, file)).filter((fn) => !registered.has(fn.ir) && !m.called.has(fn.ir)).map((fn): Root => ({ fn, entry: null }));
  const position = (root: Root): string => `${root.fn.file}\0${String(root.fn.ir.span[0]).padStart(9, '0')}`;
  return [...entries.sort((a, b) => (position(a) < position(b) ? -1 : 1)), ...rest];
}

/** Around a handler of one of these files, which some set-up hands to it. */
const wraps = ({ up }: FunctionValue, files: ReadonlySet<string>): boolean =>
  up !== null && up.args.some((arg) => {
    const given = settled(arg);
    return given.k === 'function' && files.has(given.file);
  });

/**
 * Functions that no execution was followed into: too long or too deep a way leads there, or whoever was handed them is out of view. Each begins
 * one of its own. A function within one of them is reached by it.
 */
export function unreached(m: Machine, files: readonly string[]): Root[] {
  const roots: Root[] = [];
  for (const file of files) {
    const module = ANALYSED.has(m.program.host.role(file)) ? moduleFrame(m, file) : null;
    if (module === null) continue;
    const { ir } = module;
    ir.functions.forEach((fn, id) => {
      if (id === 0 || m.entered.has(fn) || !(fn.async || m.cut.has(fn)) || !acts(fn.body)) return;
      const up = fn.up === 0 ? module : m.entered.has(ir.functions[fn.up]!) ? around(ir, file, fn.up, module) : null;
      if (up !== null) roots.push({ fn: { k: 'function', file, ir: fn, id, up, self: selfOf(m, file, fn) }, entry: null, cut: true });
    });
  }
  for (const { fn } of roots) m.entered.add(fn.ir);
  return roots;
}

/** An activation of the function of which nothing is known but its text. */
function around(ir: FileIR, file: string, id: number, module: Frame): Frame {
  const fn = ir.functions[id]!;
  return frameOf(file, ir, fn, [], UNDEFINED, fn.up === 0 ? module : around(ir, file, fn.up, module), null);
}

/** Code that is nested more deeply than the stack holds is as unknown as code out of sight. */
function unlessTooDeep(m: Machine, body: () => unknown): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    recover(m);
    m.walk = { ...newWalk(), truncated: true };
  }
}

/** Longer tables are a registry of everything, not what one entry point is for. */
const MAX_HANDLERS = 48;

/** Follows one execution in full; where it calls one of many handlers by the kind of message, once for every few of them. */
export function* walksOf(m: Machine, root: Root): Generator<Walk> {
  const starts = root.entry === null ? m.started.get(root.fn.ir) : undefined;
  if (starts !== undefined) {
    for (const start of starts) yield walkRoot(m, root, 0, start);
    return;
  }
  let handlers = 1;
  for (let first = 0; first < handlers; first += FOLLOWED) {
    const walk = walkRoot(m, root, first);
    yield walk;
    if (root.entry !== null && walk.handlers <= MAX_HANDLERS) handlers = Math.max(handlers, walk.handlers);
  }
}

function walkRoot(m: Machine, root: Root, firstHandler: number, start?: Start): Walk {
  m.walk = { ...newWalk(), firstHandler, consumes: root.entry !== null && root.entry.shape.kind !== 'http' && root.entry.shape.kind !== 'rpc' };
  unlessTooDeep(m, () => follow(m, root, start));
  return m.walk;
}

function follow(m: Machine, root: Root, start?: Start): void {
  const { entry } = root;
  const fn = root.fn.ir.decorators === undefined ? root.fn : throughDecorators(m, root.fn);
  const region = makeRegion(m, 'entry', fn.ir.span, null);
  m.walk.regions = [region];
  const ir = m.program.ir(fn.file);
  if (ir === undefined) return;
  const args = fn !== root.fn && fn.ir.params[0]?.rest === true ? handedOn(m, root) : entry === null ? (start?.args ?? []) : handlerArguments(m, fn, entry);
  const frame = frameOf(fn.file, ir, fn.ir, args as Value[], start?.self ?? fn.self ?? UNDEFINED, fn.up, null);
  for (const shape of decoratedRegions(m, fn)) m.walk.regions = [...m.walk.regions, makeRegion(m, shape.kind, fn.ir.span, frame, { ambient: true, reruns: shape.reruns === true })];
  const own = entry?.shape.region;
  // Who calls it, and whether in a transaction of its own, is out of view.
  if (own !== undefined) m.walk.regions = [...m.walk.regions, makeRegion(m, own.kind, fn.ir.span, frame, { ambient: own.ambient === true }), makeRegion(m, 'opaque', fn.ir.span, frame)];
  const value = runFrame(m, frame);
  flush(m, value, frame, fn.ir.span, 'returned');
  m.walk.returned = frame.returned;
}

/** A decorator's `(...args) => original.apply(this, args)` receives what the method declares. */
function handedOn(m: Machine, { fn, entry }: Root): Value[] {
  const given = entry === null ? [] : handlerArguments(m, fn, entry);
  return received(m, fn, fn.self).map((value, i) => given[i] ?? value);
}

/** What the framework passes; a declared type says more than the registration. */
function handlerArguments(m: Machine, fn: FunctionValue, entry: Entry): (Value | undefined)[] {
  return fn.ir.params.map((param, i) => {
    if (entry.hands?.as === i && param.type === undefined) return heldAs(m, entry.hands.key, fn.file) ?? undefined;
    const given = entry.args[i] ?? undefined;
    if (given === undefined || given === null) return undefined;
    return param.type !== undefined && given.k !== 'library' ? undefined : given;
  });
}

/** Regions that decorators put around a method's body (`@Transactional()`). */
export function decoratedRegions(m: Machine, fn: FunctionValue): readonly RegionShape[] {
  if (fn.ir.decorators === undefined || fn.ir.decorators.length === 0) return [];
  return decorationsOf(m, fn.file, fn.ir.decorators.map((decorator) => decorator.callee)).flatMap(({ decoration }) => (decoration.region === undefined ? [] : [decoration.region]));
}

function decorationsOf(m: Machine, file: string, callees: readonly V[]): { readonly decoration: Decoration; readonly index: number; readonly library: LibraryValue['type']['library'] }[] {
  const module = moduleFrame(m, file);
  if (module === null) return [];
  return callees.flatMap((callee, index) => {
    const value = moduleValue(m, module, callee);
    return value.k === 'operation' ? value.operations.flatMap((operation) => (operation.decorates === undefined ? [] : [{ decoration: operation.decorates, index, library: value.library }])) : [];
  });
}

/** Handlers by decorator, of the method, or of the class and the method's name; and by the class that is extended. */
function byDecorator(m: Machine, file: string): void {
  const ir = m.program.ir(file)!;
  const module = moduleFrame(m, file)!;
  ir.classes.forEach((known, id) => {
    const onClass = known.decorators.length === 0 ? [] : decorationsOf(m, file, known.decorators.map((decorator) => decorator.callee));
    for (const method of known.methods) {
      const fn = ir.functions[method.fn]!;
      const value: FunctionValue = { k: 'function', file, ir: fn, id: method.fn, up: module, self: selfOf(m, file, fn) };
      const decorators = fn.decorators ?? [];
      const onMethod = decorationsOf(m, file, decorators.map((decorator) => decorator.callee)).filter(({ decoration }) => decoration.on === 'method' && decoration.entry !== undefined);
      const named = onClass.filter(({ decoration }) => decoration.entry !== undefined && decoration.method === method.name);
      for (const { decoration, index, library: model } of [...onMethod, ...named]) {
        const list = onMethod.some((found) => found.decoration === decoration) ? decorators : known.decorators;
        const args = (list[index]?.args ?? []).map((arg) => (typeof arg === 'number' ? moduleValue(m, module, arg) : UNKNOWN));
        const context = { args, self: null, library: model, result: UNDEFINED, typeArgs: [], file };
        const name = decoration.entry!.source === undefined ? null : sourceValue(m, decoration.entry!.source, context);
        addEntry(m, { shape: decoration.entry!, fn: value, args: (decoration.args ?? []).map((arg) => sourceValue(m, arg, context)), message: 0, file, span: fn.nameSpan, source: decoration.entry!.source === 'class' ? known.name : resourceName(m, name), ...(name?.k === 'class' && { of: name }) });
      }
    }
    const base = known.extends === undefined ? undefined : m.program.catalog.annotated(known.superType?.spec, known.superType?.name ?? '');
    const overrides = base === undefined ? undefined : m.program.catalog.trait(base, 'overrides');
    for (const method of overrides === undefined ? [] : known.methods) {
      const over = Object.hasOwn(overrides!, method.name) ? overrides![method.name] : undefined;
      if (over === undefined) continue;
      const fn = ir.functions[method.fn]!;
      const context = { args: [], self: null, library: base!.library, result: UNDEFINED, typeArgs: [], file };
      addEntry(m, { shape: over.entry, fn: { k: 'function', file, ir: fn, id: method.fn, up: module, self: selfOf(m, file, fn) }, args: (over.args ?? []).map((arg) => sourceValue(m, arg, context)), message: 0, file, span: fn.nameSpan, source: over.entry.source === 'class' ? known.name : null });
    }
    void id;
  });
}

/** Handlers by place: exported functions of files that a framework finds. */
function byConvention(m: Machine, file: string): void {
  const ir = m.program.ir(file)!;
  for (const convention of m.program.catalog.conventions) {
    if (!mayHold(ir, convention) || !globPattern(convention.files).test(file)) continue;
    const { imports, library } = convention;
    if (imports !== undefined && !ir.module.imports.some(({ spec, name, typeOnly }) => !typeOnly && imports.includes(name) && m.program.catalog.libraries(spec).includes(library))) continue;
    const whole = convention.directive === undefined || ir.directives.includes(convention.directive);
    for (const [name, fn] of conventional(m, file, convention.exports)) {
      if (!whole && !(fn.ir.directives ?? []).includes(convention.directive!)) continue;
      if (convention.first !== undefined && fn.ir.params[0]?.type?.name !== convention.first) continue;
      addEntry(m, { shape: convention.entry, fn, args: (convention.args ?? []).map((arg) => sourceValue(m, arg, { args: [], self: null, library: convention.library, result: UNDEFINED, typeArgs: [], file })), message: 0, file, span: fn.ir.nameSpan, source: file }, name);
    }
  }
}

/** Whether the file has what the convention asks for, as far as names and directives tell without a look at a value. */
const mayHold = (ir: FileIR, { exports, directive }: Convention): boolean =>
  (directive === undefined || ir.directives.includes(directive) || ir.functions.some((fn) => fn.directives?.includes(directive) === true)) &&
  exports.some((wanted) => {
    const dot = wanted.indexOf('.');
    const last = wanted.slice(wanted.lastIndexOf('.') + 1);
    return wanted === '*' || (Object.hasOwn(ir.module.exports, dot < 0 ? wanted : wanted.slice(0, dot)) && (dot < 0 || last === '*' || ir.functions.some(({ name }) => name === last || name.endsWith(`.${last}`))));
  });

/** Functions exported under these names; under `actions.*`, each of those in an exported map. */
function conventional(m: Machine, file: string, names: readonly string[]): (readonly [string, FunctionValue])[] {
  const exported = Object.entries(m.program.ir(file)!.module.exports);
  return names.flatMap((wanted) => {
    const [name = '', ...path] = wanted.split('.');
    return exported.filter(([key]) => name === '*' || key === name).flatMap(([key, v]): (readonly [string, FunctionValue])[] => {
      if (path.length === 0) {
        const fn = shallowly(m, 0, m.walk.silent + 1, () => exportedFunction(m, file, v));
        return fn === null ? [] : [[key, fn]];
      }
      const context = { args: [shallowly(m, 0, m.walk.silent + 1, () => moduleValue(m, moduleFrame(m, file)!, v))], self: null, library: m.program.catalog.models[0]!, result: UNDEFINED, typeArgs: [], file };
      return everyAt(m, `a0.${path.join('.')}`, context).filter((value): value is FunctionValue => value.k === 'function').map((fn) => [`${key}.${fn.ir.name}`, fn] as const);
    });
  });
}

/** The function that an export is, or that wrappers around it were given. */
function exportedFunction(m: Machine, file: string, v: V): FunctionValue | null {
  const module = moduleFrame(m, file)!;
  const value = moduleValue(m, module, v);
  const direct = optionsOf(value).map((option) => (option.k === 'derived' && option.wraps !== undefined ? option.wraps : option)).find((option): option is FunctionValue => option.k === 'function');
  if (direct !== undefined) return direct;
  return wrappedFunction(m, module, v, 0);
}

/** `withAuth(async (req) => …)`, `middy(handle).use(…).use(…)`: what the wrapper was given is the handler, and not what the others in the chain were given. */
function wrappedFunction(m: Machine, module: Frame, v: V, depth: number): FunctionValue | null {
  const term = module.fn.values[v];
  const event = term?.[0] === 'res' && depth < MAX_WRAPPERS ? module.fn.body.find((candidate) => candidate[0] === 'call' && candidate[1] === term[1]) : undefined;
  if (event?.[0] !== 'call') return null;
  const callee = module.fn.values[event[2]];
  const before = callee?.[0] === 'get' && module.fn.values[callee[1]]?.[0] === 'res' ? wrappedFunction(m, module, callee[1], depth + 1) : null;
  if (before !== null) return before;
  const args = event[3].filter((arg): arg is V => typeof arg === 'number');
  for (const arg of args) {
    const given = evaluate(m, module, arg);
    if (given.k === 'function') return given;
  }
  const inner = args.find((arg) => module.fn.values[arg]?.[0] === 'res');
  return inner === undefined ? null : wrappedFunction(m, module, inner, depth + 1);
}

const MAX_WRAPPERS = 12;

/** Handlers by declared type: `export const handler: SQSHandler`, `(event: SQSEvent) => …`. */
function byType(m: Machine, file: string): void {
  const ir = m.program.ir(file)!;
  const module = moduleFrame(m, file)!;
  const modelled = (ref: TypeRef): { shape: EntryShape; library: LibraryValue['type'] } | null => {
    const entry = m.program.catalog.annotated(ref.spec, ref.name);
    if (entry === undefined) return null;
    const shape = m.program.catalog.trait(entry, 'handler') ?? m.program.catalog.trait(entry, 'event');
    if (shape !== undefined) return { shape, library: entry };
    return ref.args?.[0] === undefined ? null : modelled(ref.args[0]);
  };
  for (const [v, ref] of module.fn.types ?? []) {
    const found = modelled(ref);
    if (found === null || m.program.catalog.trait(found.library, 'handler') === undefined && !/Handler$/.test(ref.name)) continue;
    const fn = exportedFunction(m, file, v);
    if (fn !== null) addEntry(m, { shape: found.shape, fn, args: [], message: 0, file, span: fn.ir.nameSpan, source: null });
  }
  // `function createHandler(deps): SQSHandler { return async (event) => … }`: with what it is given where its result is exported, else with nothing.
  const shapeMade = (factory: FunctionIR): EntryShape | null => {
    const found = factory.returns === undefined ? null : modelled(factory.returns);
    return found === null || m.program.catalog.trait(found.library, 'handler') === undefined ? null : found.shape;
  };
  const made = (shape: EntryShape, results: Value): void => {
    for (const fn of optionsOf(results)) if (fn.k === 'function') addEntry(m, { shape, fn, args: [], message: 0, file: fn.file, span: fn.ir.nameSpan, source: null });
  };
  for (const v of Object.values(ir.module.exports)) {
    const term = module.fn.values[v];
    const call = term?.[0] === 'res' ? module.fn.body.find((event) => event[0] === 'call' && event[1] === term[1]) : undefined;
    const factory = call?.[0] === 'call' ? moduleValue(m, module, call[2]) : null;
    const shape = factory?.k === 'function' ? shapeMade(factory.ir) : null;
    if (shape !== null) made(shape, moduleValue(m, module, v));
  }
  ir.functions.forEach((fn, id) => {
    const shape = fn.up === 0 ? shapeMade(fn) : null;
    if (shape === null) return;
    m.walk = newWalk();
    made(shape, runFunction(m, { k: 'function', file, ir: fn, id, up: module, self: selfOf(m, file, fn) }, [], null, null));
  });
  ir.functions.forEach((fn, id) => {
    if (fn.up !== 0 || fn.params.length === 0) return;
    const type = fn.params[0]!.type;
    const entry = type === undefined ? undefined : m.program.catalog.annotated(type.spec, type.name) ?? generated(m, file, type);
    const shape = entry === undefined ? undefined : m.program.catalog.trait(entry, 'event');
    if (shape === undefined || entry === undefined) return;
    const isExported = Object.entries(ir.module.exports).some(([name, v]) => exportedFunction(m, file, v)?.ir === fn || (name === 'default' && isMember(moduleValue(m, module, v), fn)));
    if (!isExported) return;
    addEntry(m, { shape, fn: { k: 'function', file, ir: fn, id, up: module, self: selfOf(m, file, fn) }, args: [library(entry, { file })], message: 0, file, span: fn.nameSpan, source: null });
  });
}

/** A type that a tool writes into the project, or the platform declares without an import. */
function generated(m: Machine, file: string, type: TypeRef): LibraryValue['type'] | undefined {
  const { catalog } = m.program;
  const target = m.program.typeNamed(file, type);
  if (target !== null && target.kind !== 'external') return undefined;
  return type.spec === undefined ? catalog.globalType(type.name) : catalog.generatedType(type.name);
}

/** `export default { async queue(batch: MessageBatch) {…} }` */
const isMember = (value: Value, fn: FunctionIR): boolean => value.k === 'object' && [...value.props.values()].some((held) => held.k === 'function' && held.ir === fn);

const patterns = new Map<string, RegExp>();
function globPattern(glob: string): RegExp {
  const known = patterns.get(glob);
  if (known !== undefined) return known;
  const body = glob
    .replaceAll(/[.+^$()|\\]/g, '\\$&')
    .replaceAll(/\{([^}]*)\}/g, (_, list: string) => `(?:${list.split(',').join('|')})`)
    .replaceAll(/\[/g, '\\[').replaceAll(/\]/g, '\\]')
    .replaceAll('**/', '\0').replaceAll('**', '\u0001').replaceAll('*', '[^/]*').replaceAll('\0', '(?:.*/)?').replaceAll('\u0001', '.*');
  const pattern = new RegExp(`(?:^|/)${body}$`);
  patterns.set(glob, pattern);
  return pattern;
}
