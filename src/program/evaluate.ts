import { operationsOf, type MemberEntry, type TypeEntry } from '../catalog/catalog.ts';
import type { Arg, ClassIR, Event, FunctionIR, Key, Span, TypeDecl, TypeRef, V } from '../vocabulary/ir.ts';
import type { Operation } from '../vocabulary/model.ts';
import { madeObject } from './activations.ts';
import { anyEvent } from './events.ts';
import { type Frame, frameOf } from './frame.ts';
import { fill, named } from './gathered.ts';
import type { Machine } from './machine.ts';
import { putOnRequest } from './middleware.ts';
import type { ObjectRef } from './program.ts';
import { fieldOf } from './origins.ts';
import { isOpen } from './receivers.ts';
import { recognise } from './recognise.ts';
import { runFunction, runEvent } from './run.ts';
import { sourceValue } from './sources.ts';
import {
  type ArrayValue, type ClassValue, type FunctionValue, type InstanceValue, type LibraryValue, type ObjectValue, type ParamValue, type PhiValue, type RowValue, type Value, type Written,
  asText, conditionThat, decided, derived, literal, not, optionsOf, phi, pickedBy, settled, UNDEFINED, UNKNOWN,
} from './value.ts';

/** The activation of a module: one for the whole program; its events are evaluated when a value asks for them. */
export function moduleFrame(m: Machine, file: string): Frame | null {
  const known = m.modules.get(file);
  if (known !== undefined) return known;
  const ir = m.program.ir(file);
  if (ir === undefined || ir.functions.length === 0) return null;
  const frame = frameOf(file, ir, ir.functions[0]!, [], UNDEFINED, null, null);
  m.modules.set(file, frame);
  return frame;
}

/** Counts what could not be told yet, so that a value that may become known is not remembered. */
let missing = 0;
/** Values that refer to each other in circles, or very long chains, end as unknown. */
const MAX_NESTING = 600;
/** `y = y + y`, often: two to the power of it are the ways through what is not remembered. From here on all is remembered, and at last nothing is computed. */
const MANY_EVALUATED = 200_000;
const MAX_EVALUATED = 2_000_000;

/** Stands for a value while it is computed. */
const OPEN: Value = Object.freeze({ k: 'unknown' });

/** The value of a term in an activation. */
export function evaluate(m: Machine, frame: Frame, v: V): Value {
  const known = frame.values[v];
  if (known !== undefined && known !== OPEN) return known;
  m.walk.evaluated += 1;
  if (m.nesting > MAX_NESTING || m.walk.evaluated > MAX_EVALUATED || known === OPEN) {
    missing += 1;
    return UNKNOWN;
  }
  frame.values[v] = OPEN;
  m.nesting += 1;
  const before = missing;
  const computed = compute(m, frame, v);
  const type = frame.fn.types === undefined || !(computed.k === 'function' || isOpen(computed)) ? undefined : typesOf(frame.fn).get(v);
  if (type !== undefined) giveContext(m, frame.file, type, computed);
  const value = type === undefined || computed.k === 'function' ? computed : declared(m, frame.file, type, computed, thisOf(frame));
  m.nesting -= 1;
  if (missing === before || m.walk.evaluated > MANY_EVALUATED) frame.values[v] = value;
  else if (frame.values[v] === OPEN) frame.values[v] = undefined;
  return value;
}

const annotations = new WeakMap<FunctionIR, ReadonlyMap<V, TypeRef>>();

/** Annotations of variables and casts, by value. */
function typesOf(fn: FunctionIR): ReadonlyMap<V, TypeRef> {
  let known = annotations.get(fn);
  if (known === undefined) annotations.set(fn, (known = new Map(fn.types)));
  return known;
}

function compute(m: Machine, frame: Frame, v: V): Value {
  const term = frame.fn.values[v];
  if (term === undefined) return UNKNOWN;
  switch (term[0]) {
    case 'param': return argument(m, frame, term[1]);
    case 'default': {
      const given = evaluate(m, frame, term[1]);
      if (given.k === 'undefined') return evaluate(m, frame, term[2]);
      if (given.k === 'param' || given.k === 'access' || given.k === 'unknown') return phi([given, evaluate(m, frame, term[2])], true);
      return given;
    }
    case 'this': return thisOf(frame);
    case 'super': return superOf(m, frame);
    case 'import': return imported(m, frame.file, term[1], term[2]);
    case 'global': return globalValue(m, frame, term[1]);
    case 'cap': {
      let owner: Frame | null = frame;
      for (let depth = 0; depth < term[1] && owner !== null; depth += 1) owner = owner.up;
      if (owner === null) return UNKNOWN;
      const slot = owner.fn.slots[term[2]];
      const assigned = owner.assigned?.get(term[2]);
      const value = slot === undefined ? UNKNOWN : evaluate(m, owner, slot);
      if (assigned !== undefined) missing += 1;
      return assigned === undefined ? value : phi([value, ...assigned]);
    }
    case 'lit': return literal(term[1]);
    case 'undef': return UNDEFINED;
    case 'regex': return derived('regex');
    case 'tpl': return templateOf(term[1], evaluateAll(m, frame, term as readonly unknown[] as readonly V[], 2));
    case 'obj': {
      const value: ObjectValue = { k: 'object', props: new Map(), spreads: [], computed: [] };
      frame.values[v] = value;
      for (const prop of term.slice(1) as (readonly [Key, V] | readonly [V])[]) {
        if (prop.length === 1) spreadInto(value, evaluate(m, frame, prop[0]));
        else if (typeof prop[0] === 'string') value.props.set(prop[0], evaluate(m, frame, prop[1]));
        else {
          const key = evaluate(m, frame, prop[0]);
          const text = key.k === 'literal' ? String(key.value) : symbolIn(m, key);
          const held = evaluate(m, frame, prop[1]);
          if (text !== undefined) value.props.set(text, held);
          else value.computed.push(held);
        }
      }
      return value;
    }
    case 'arr': {
      const value: ArrayValue = { k: 'array', items: [], spreads: [], pushed: [] };
      frame.values[v] = value;
      for (const part of term.slice(1) as Arg[]) {
        if (typeof part === 'number') value.items.push(evaluate(m, frame, part));
        else spreadItems(value, evaluate(m, frame, part[0]));
      }
      return value;
    }
    case 'get': {
      const base = evaluate(m, frame, term[1]);
      if (typeof term[2] !== 'string') return member(m, base, keyOf(evaluate(m, frame, term[2])));
      return (isGlobalObject(base) ? putOnGlobal(m, frame, term[2]) : null) ?? member(m, base, term[2]);
    }
    case 'item': return itemOf(m, evaluate(m, frame, term[1]));
    case 'key': return derived('key', evaluate(m, frame, term[1]));
    case 'rest': return restOf(evaluate(m, frame, term[1]), term[2]);
    case 'res': return resultOf(m, frame, term[1]);
    case 'await': {
      const value = settled(evaluate(m, frame, term[1]));
      if (value.k === 'library' && value.pending !== undefined) missing += 1;
      return value;
    }
    case 'bin': {
      const [left, right] = [evaluate(m, frame, term[2]), evaluate(m, frame, term[3])];
      recognise(m, left, [right]);
      return binary(term[1], left, right);
    }
    case 'un': return unary(term[1], evaluate(m, frame, term[2]));
    case 'logic': return logic(term[1], evaluate(m, frame, term[2]), evaluate(m, frame, term[3]));
    case 'cond': {
      const test = evaluate(m, frame, term[1]);
      const holds = truth(test);
      if (holds !== null) return evaluate(m, frame, holds ? term[2] : term[3]);
      return decided([{ when: asTest(test), value: evaluate(m, frame, term[2]) }, { when: null, value: evaluate(m, frame, term[3]) }]);
    }
    case 'phi': return phi(evaluateAll(m, frame, term as readonly unknown[] as readonly V[], 1));
    case 'fn': return { k: 'function', file: frame.file, ir: frame.ir.functions[term[1]]!, id: term[1], up: frame, self: frame.ir.functions[term[1]]!.kind === 'arrow' ? thisOf(frame) : null };
    case 'class': return classValue(m, frame, term[1]);
    case 'in': {
      missing += 1; // an inner function may assign again
      const assigned = frame.inner?.get(frame.ir.functions[term[1]]!)?.get(term[2]) ?? [];
      return assigned.length > 0 ? phi(assigned) : UNKNOWN;
    }
    case 'caught': return (frame.results as unknown as Record<string, Value>)[`caught${term[1]}`] ?? UNKNOWN;
    case 'unknown': return { k: 'unknown' };
  }
}

function evaluateAll(m: Machine, frame: Frame, term: readonly V[], from: number): Value[] {
  const values: Value[] = [];
  for (let i = from; i < term.length; i += 1) values.push(evaluate(m, frame, term[i]!));
  return values;
}

function templateOf(quasis: readonly string[], values: readonly Value[]): Value {
  if (values.every((value) => value.k === 'literal')) return literal(quasis.reduce((text, quasi, i) => text + quasi + (i < values.length ? String((values[i] as { value: unknown }).value) : ''), ''));
  return { k: 'template', quasis, values };
}

function argument(m: Machine, frame: Frame, index: number): Value {
  const param = frame.fn.params[index];
  if (param?.rest === true) {
    if (frame.caller === null && frame.args[index] === undefined) return paramValue(m, frame, index, undefined, thisOf(frame));
    return { k: 'array', items: frame.args.slice(index), spreads: [], pushed: [] };
  }
  const given = frame.args[index];
  if (given !== undefined && isOpen(given)) {
    if (param?.type !== undefined) return declared(m, frame.file, param.type, given, thisOf(frame));
    const context = m.contextual.get(frame.fn);
    const type = context?.params[index];
    if (type !== undefined) return contextually(m, context!.file, type, given);
  }
  if (given !== undefined) return given;
  if (frame.caller !== null && frame.args.length <= index && !frame.args.some((value) => value.k === 'unknown')) return UNDEFINED;
  return paramValue(m, frame, index, param?.type, thisOf(frame));
}

/** The value of a parameter without annotation, of a function that stands as an argument. */
function contextually(m: Machine, file: string, type: TypeRef, given: Value): Value {
  const value = declared(m, file, type, given, null);
  if (value === given && typeOf(given) === null && given.k !== 'unknown' && given.k !== 'phi' && given.k !== 'param') given.written = { file, type };
  return value;
}

/** A function without annotations that is written where one of a declared type is wanted has the parameters of that type. */
export function giveContext(m: Machine, file: string, type: TypeRef, given: Value): void {
  if (given.k !== 'function' || m.contextual.has(given.ir) || given.ir.params.every((param) => param.type !== undefined)) return;
  const found = functionType(m, file, type);
  if (found?.type.params !== undefined) m.contextual.set(given.ir, { file: found.file, params: found.type.params });
}

/** The type of a function: as written, or behind a name. */
function functionType(m: Machine, file: string, type: TypeRef, depth = 4): { readonly file: string; readonly type: TypeRef } | null {
  if (type.name === '=>') return { file, type };
  if (depth === 0) return null;
  if (type.name === '|') {
    const parts = (type.args ?? []).map((part) => functionType(m, file, part, depth - 1)).filter((part) => part !== null);
    return parts.length === 1 ? parts[0]! : null;
  }
  const target = m.program.typeNamed(file, type);
  return target?.kind === 'declaration' && target.decl.alias !== undefined ? functionType(m, target.file, substitute(target.decl.alias, target.decl.params, type.args ?? []), depth - 1) : null;
}

/** The client that a declared type promises, where the code shows only where it came from; what a container holds under a name is what it is declared to be. */
function declared(m: Machine, file: string, type: TypeRef, given: Value, self: Value | null): Value {
  const value = typed(m, file, type, given, self);
  // `const berths: Berths = container.resolve('berths')`
  if (given.k === 'derived' && given.op === 'held' && (value?.k === 'instance' || value?.k === 'interface')) return value;
  if (value?.k !== 'library' || m.program.catalog.trait(value.type, 'lazy') !== undefined) return given;
  // A record is worth more as what it was computed from.
  const role = m.program.catalog.trait(value.type, 'role');
  if (role === 'entity' || role === 'message') return given;
  // `link: URL`, of which nothing more is known than what it was made of.
  return given.k === 'derived' && tellsNothing(value.type) ? { ...value, args: [given] } : value;
}

const tellsNothing = ({ shape: { members = {}, role } }: TypeEntry): boolean => role === undefined && Object.keys(members).length === 1 && (members['*'] as Operation | undefined)?.pure === true;

function paramValue(m: Machine, { file, fn, wired }: Pick<Frame, 'file' | 'fn' | 'wired'>, index: number, type: TypeRef | undefined, self: Value | null): Value {
  const value: ParamValue = { k: 'param', file, fn, index, type, ...(wired === undefined ? {} : { wired }) };
  return (type && typed(m, file, type, value, self)) ?? value;
}

/** What a function receives from callers that are out of view. */
export const received = (m: Machine, fn: FunctionValue, self: Value | null): Value[] => fn.ir.params.map((param, i) => paramValue(m, { file: fn.file, fn: fn.ir }, i, param.type, self));

/** `this` of an arrow function is that of the function around it. */
export function thisOf(frame: Frame): Value {
  let at: Frame = frame;
  while (at.fn.kind === 'arrow' && at.up !== null) at = at.up;
  return at.self;
}

function superOf(m: Machine, frame: Frame): Value {
  const self = thisOf(frame);
  const owner = methodOwner(frame);
  const parent = owner === null ? null : superclass(m, owner.file, owner.ir.classes[owner.fn.class!]!, owner);
  if (parent === null) return UNKNOWN;
  return { k: 'derived', op: 'super', from: [self, parent] };
}

const methodOwner = (frame: Frame): Frame | null => {
  for (let at: Frame | null = frame; at !== null; at = at.up) if (at.fn.class !== undefined) return at;
  return null;
};

export function imported(m: Machine, file: string, spec: string, name: string): Value {
  const found = m.program.imported(file, spec, name);
  if (found === null) {
    const generated = m.program.catalog.generated(name);
    return generated === undefined ? { k: 'external', spec, path: name } : memberValue(m, generated, null, file, name, null);
  }
  if (found.kind === 'module') return wholeModule(m, found.file);
  if (found.kind === 'value') {
    const frame = moduleFrame(m, found.file);
    return frame === null ? UNKNOWN : moduleValue(m, frame, found.v);
  }
  const entry = m.program.catalog.imported(found.spec, found.name);
  if (entry !== undefined) return memberValue(m, entry, null, file, found.name, null);
  if (found.name !== '*' && found.name !== 'default') {
    const whole = m.program.catalog.generated(found.name);
    if (whole !== undefined && !m.program.catalog.knows(found.spec)) return memberValue(m, whole, null, file, found.name, null);
  }
  return { k: 'external', spec: found.spec, path: found.name };
}

/** `module.exports = create`: the module is the function, class or client itself; where it has further exports as well, it is so when it is called. */
function wholeModule(m: Machine, file: string): Value {
  const module: Value = { k: 'module', file };
  const exports = m.program.ir(file)?.module;
  if (exports === undefined || exports.esm || !Object.hasOwn(exports.exports, '=') || Object.keys(exports.exports).length > 1) return module;
  const value = exportedWhole(m, file);
  return value === null || value.k === 'object' || value.k === 'unknown' ? module : value;
}

/** What `module.exports` was set to, or `export =` names. */
export function exportedWhole(m: Machine, file: string): Value | null {
  const exports = m.program.ir(file)?.module.exports;
  const frame = exports === undefined || !Object.hasOwn(exports, '=') ? null : moduleFrame(m, file);
  return frame === null ? null : moduleValue(m, frame, exports!['=']!);
}

function memberOfWhole(m: Machine, file: string, key: string): Value {
  const whole = exportedWhole(m, file);
  return whole === null ? UNKNOWN : member(m, whole, key);
}

/** A value of a module: what it is, without anything happening. */
export function moduleValue(m: Machine, frame: Frame, v: V): Value {
  const known = frame.values[v];
  const value = known !== undefined && known !== OPEN ? known : apart(m, () => evaluate(m, frame, v));
  if (value.k === 'object') fill(m, frame, value);
  return value;
}

/** What is remembered for the whole program is computed apart from the execution that first asks for it: nothing happens, and it has a budget of its own. */
export function apart<Result>(m: Machine, compute: () => Result): Result {
  const { guards, regions, attempts, inHandler, steps } = m.walk;
  m.walk.steps = 0;
  m.walk.silent += 1;
  m.walk.regions = [];
  const value = compute();
  m.walk.silent -= 1;
  m.walk.steps = steps;
  m.walk.regions = regions;
  m.walk.attempts = attempts;
  m.walk.inHandler = inHandler;
  m.walk.guards.length = Math.min(m.walk.guards.length, guards.length);
  return value;
}

function globalValue(m: Machine, frame: Frame, name: string): Value {
  if (name === 'undefined') return UNDEFINED;
  if (name === 'globalThis' || name === 'global') return { k: 'external', spec: '<global>', path: '' };
  const entry = m.program.catalog.global(name);
  if (entry !== undefined) return memberValue(m, entry, null, frame.file, name, null);
  return onGlobal(m, name) ?? { k: 'external', spec: '<global>', path: name };
}

/** What the start of the program put there for all handlers. While that is found out, nothing is. */
const onGlobal = (m: Machine, name: string): Value | null => (m.handlers === null ? (m.globals.get(name) ?? null) : null);

export const isGlobalObject = (value: Value): boolean => value.k === 'external' && value.spec === '<global>' && value.path === '';

const putThere = new WeakMap<FunctionIR, ReadonlyMap<string, readonly [object: V, value: V]>>();

/** What a function puts on objects, by key: the last one of each. */
function puts(fn: FunctionIR): ReadonlyMap<string, readonly [object: V, value: V]> {
  let found = putThere.get(fn);
  if (found === undefined) {
    const map = new Map<string, readonly [V, V]>();
    anyEvent(fn.body, (event) => {
      if (event[0] === 'set' && typeof event[2] === 'string') map.set(event[2], [event[1], event[3]]);
      return false;
    });
    putThere.set(fn, (found = map));
  }
  return found;
}

/** `if (!global.prisma) global.prisma = new PrismaClient()`: what this code puts there is what it finds there. */
function putOnGlobal(m: Machine, frame: Frame, key: string): Value | null {
  for (const at of [frame, moduleFrame(m, frame.file)]) {
    const put = at === null ? undefined : puts(at.fn).get(key);
    if (put !== undefined && isGlobalObject(evaluate(m, at!, put[0]))) {
      const value = evaluate(m, at!, put[1]);
      if (value.k === 'library' || value.k === 'instance') return value;
    }
  }
  return null;
}

function spreadInto(target: ObjectValue, source: Value): void {
  if (source.k === 'object') {
    (target.merged ??= []).push(source);
    for (const [key, value] of [...source.props, ...(source.sets ?? [])]) target.props.set(key, value);
    target.spreads.push(...source.spreads);
    target.computed.push(...source.computed);
  } else if (source.k === 'derived' && source.op === '&&' && source.from[1] !== undefined) {
    const [test, part] = [source.from[0]!, source.from[1]];
    if (part.k === 'object') for (const [key, value] of part.props) target.props.set(key, decided([{ when: test, value }, { when: null, value: target.props.get(key) ?? UNDEFINED }]));
    else target.spreads.push(part);
  } else if (source.k === 'phi' && source.ways?.every(({ value }) => value.k === 'object' && value.spreads.length + value.computed.length === 0 || value.k === 'undefined' || value.k === 'literal') === true) {
    for (const key of new Set(source.options.flatMap((option) => (option.k === 'object' ? [...option.props.keys()] : [])))) {
      const before = target.props.get(key) ?? UNDEFINED;
      target.props.set(key, decided(source.ways.map(({ when, value }) => ({ when, value: value.k === 'object' ? value.props.get(key) ?? before : before }))));
    }
  } else if (source.k === 'phi') {
    for (const part of source.options) {
      if (part.k === 'object') for (const [key, value] of part.props) target.props.set(key, phi([target.props.get(key) ?? UNDEFINED, value]));
      else if (part.k !== 'undefined' && part.k !== 'literal') target.spreads.push(part);
    }
  } else if (source.k !== 'undefined' && source.k !== 'literal') target.spreads.push(source);
}

function spreadItems(target: ArrayValue, source: Value): void {
  if (source.k === 'array') {
    target.items.push(...source.items);
    target.spreads.push(...source.spreads);
    target.pushed.push(...source.pushed);
  } else if (source.k !== 'undefined') target.spreads.push(source);
}

function restOf(value: Value, omitted: readonly string[]): Value {
  if (value.k === 'object') return { k: 'object', merged: [value], props: new Map([...value.props, ...(value.sets ?? [])].filter(([key]) => !omitted.includes(key))), spreads: [...value.spreads], computed: [...value.computed] };
  if (value.k === 'array') return { k: 'array', items: value.items.slice(omitted.length), spreads: value.spreads, pushed: value.pushed };
  return derived('rest', value);
}

export const keyOf = (value: Value): string | Value => (value.k === 'literal' ? String(value.value) : value);

/** `[Op.in]`: a key that only its library has. */
function symbolIn(m: Machine, key: Value): string | undefined {
  if (key.k !== 'external' || !key.path.includes('.')) return undefined;
  const registry = key.path.slice(0, key.path.indexOf('.'));
  return m.program.catalog.libraries(key.spec).some(({ symbols }) => symbols?.includes(registry) === true) ? `[${key.path}]` : undefined;
}

/** The result of an event; in a module, computed on demand. */
function resultOf(m: Machine, frame: Frame, ev: number): Value {
  const known = frame.results[ev];
  if (known !== undefined) return known;
  if (frame.fn.kind === 'module' && m.walk.silent > 0) {
    const event = eventIndex(frame.fn).get(ev);
    if (event !== undefined && !running.has(event)) {
      running.add(event);
      runEvent(m, frame, event);
      running.delete(event);
      const value = frame.results[ev];
      if (value !== undefined) return value;
    }
  } else if (frame.fn.kind === 'module') {
    m.walk.silent += 1;
    const value = resultOf(m, frame, ev);
    m.walk.silent -= 1;
    return value;
  }
  missing += 1;
  return UNKNOWN;
}

const running = new Set<Event>();
const indices = new WeakMap<FunctionIR, Map<number, Event>>();
function eventIndex(fn: FunctionIR): Map<number, Event> {
  const known = indices.get(fn);
  if (known !== undefined) return known;
  const index = new Map<number, Event>();
  const visit = (events: readonly Event[]): void => {
    for (const event of events) {
      switch (event[0]) {
        case 'call': case 'new': case 'tag': index.set(event[1], event); break;
        case 'if': visit(event[2]); visit(event[3]); break;
        case 'loop': visit(event[3]); break;
        case 'try': visit(event[2]); visit(event[3] ?? []); visit(event[4] ?? []); break;
        case 'switch': for (const [, body] of event[2]) visit(body); break;
        case 'label': visit(event[2]); break;
        default:
      }
    }
  };
  visit(fn.body);
  indices.set(fn, index);
  return index;
}

/** What decided a value, where all that is asked is whether it is set. */
export const asTest = (value: Value): Value => conditionThat(value, truth) ?? value;

const isNothing = (value: Value): boolean => value.k === 'undefined' || (value.k === 'literal' && value.value === null);

/** Whether a value equals a constant; null when it cannot be told. */
const equals = (value: Value, constant: Value, loosely: boolean): boolean | null => {
  if (value.k === 'literal' && constant.k === 'literal') return value.value === constant.value;
  if (isNothing(value) && isNothing(constant)) return loosely || value.k === constant.k;
  return isNothing(value) || isNothing(constant) ? (value.k === 'literal' || constant.k === 'literal' || surelyTruthy(value) ? false : null) : null;
};

/** The test that decides whether the value is the constant. */
const comparison = (value: Value, constant: Value, loosely: boolean): Value | null =>
  value.k === 'phi' && (constant.k === 'literal' || constant.k === 'undefined') ? conditionThat(value, (option) => equals(option, constant, loosely)) : null;

function binary(op: string, left: Value, right: Value): Value {
  if (op === '===' || op === '==' || op === '!==' || op === '!=') {
    const test = comparison(left, right, op.length === 2) ?? comparison(right, left, op.length === 2);
    if (test !== null) return op.startsWith('=') ? test : not(test);
  }
  if (left.k === 'literal' && right.k === 'literal') {
    const [a, b] = [left.value as never, right.value as never];
    switch (op) {
      case '+': return literal((a as never as number) + (b as never as number));
      case '-': return literal(a - b);
      case '*': return literal(a * b);
      case '/': return literal(a / b);
      case '**': return literal(a ** b);
      case '===': case '==': return literal(a === b);
      case '!==': case '!=': return literal(a !== b);
      case '<': return literal(a < b);
      case '>': return literal(a > b);
      default:
    }
  }
  const same = op === '===' || op === '==' ? true : op === '!==' || op === '!=' ? false : null;
  if (same !== null && left.k === 'derived' && left.op === 'typeof' && right.k === 'literal') {
    const is = isOfType(left.from[0]!, right.value);
    if (is !== null) return literal(is === same);
  }
  return derived(op, left, right);
}

/** What `typeof` would say of a value. */
function isOfType(value: Value, name: unknown): boolean | null {
  switch (value.k) {
    case 'function': case 'class': case 'operation': return name === 'function';
    case 'object': case 'array': case 'instance': return name === 'object';
    case 'literal': return name === (value.value === null ? 'object' : typeof value.value);
    // Some clients can be called.
    case 'library': return value.row === undefined && value.pending === undefined && name !== 'object' && name !== 'function' ? false : null;
    default: return null;
  }
}

function unary(op: string, value: Value): Value {
  if (value.k === 'literal') {
    if (op === '!') return literal(!value.value);
    if (op === '-' && typeof value.value === 'number') return literal(-value.value);
  }
  if (op === '!') {
    const holds = truth(value);
    if (holds !== null) return literal(!holds);
    return derived('!', asTest(value));
  }
  if (op === 'void') return UNDEFINED;
  return derived(op, value);
}

/** A defined thing is truthy: only an object, a function or an instance surely is. */
function surelyTruthy(value: Value): boolean {
  switch (value.k) {
    case 'object': case 'array': case 'function': case 'class': case 'instance': case 'library': case 'operation': case 'namespace': case 'module': return true;
    case 'literal': return Boolean(value.value);
    default: return false;
  }
}

/** Whether a test surely holds, surely fails, or cannot be told. */
export function truth(value: Value): boolean | null {
  if (value.k === 'undefined') return false;
  if (value.k === 'literal') return Boolean(value.value);
  if (value.k === 'derived' && value.from.length === 2) return compares(value.op, value.from);
  return surelyTruthy(value) && !mayBeMissing(value) ? true : null;
}

/** What a look-up gives, with the methods of an ORM. */
const mayBeMissing = (value: Value): boolean => value.k === 'library' && (value.row !== undefined || value.pending !== undefined);

/** `callback === undefined`: what was not given is nothing, a function is something. */
function compares(op: string, [left, right]: readonly Value[]): boolean | null {
  if (op !== '===' && op !== '==' && op !== '!==' && op !== '!=') return null;
  const sides = [settled(left!), settled(right!)];
  const nothing = sides.find(isNothing);
  const other = sides[0] === nothing ? sides[1]! : sides[0]!;
  if (nothing === undefined || !(isNothing(other) || other.k === 'literal' || (surelyTruthy(other) && !mayBeMissing(other)))) return null;
  return (isNothing(other) && (op.length === 2 || nothing.k === other.k)) === op.startsWith('=');
}

function logic(op: '&&' | '||' | '??', left: Value, right: Value): Value {
  if (op === '&&') {
    if (left.k === 'undefined' || (left.k === 'literal' && !left.value)) return left;
    if (surelyTruthy(left)) return right;
    return derived('&&', asTest(left), right);
  }
  if (left.k === 'undefined') return right;
  if (left.k === 'literal') return op === '||' ? (left.value ? left : right) : left.value === null ? right : left;
  if (surelyTruthy(left)) return left;
  // `globalThis.prisma ?? new PrismaClient()` is the client: what a global may hold is what was put there.
  if (left.k === 'external') return right;
  return phi([left, right]);
}

const MAX_ACCESS = 8;
const accessDepth = (value: Value): number => {
  let depth = 0;
  for (let at = value; at.k === 'access' || at.k === 'item'; at = at.of) depth += 1;
  return depth;
};

/** A member of a value. Equal accesses of one value are one value. */
export function member(m: Machine, base: Value, key: string | Value): Value {
  if (typeof key !== 'string') return memberBy(m, base, key);
  const set = base.sets?.get(key);
  if (set !== undefined) return set;
  if (base === UNKNOWN) return UNKNOWN;
  // `options?.key` where no options were given.
  if (base.k === 'undefined') return UNDEFINED;
  const known = base.members?.get(key);
  if (known !== undefined) return known;
  const before = missing;
  const value = makeMember(m, base, key);
  if (base.k !== 'unknown' && missing === before && base.k !== 'object' && base.k !== 'instance' && base.k !== 'array' && base.k !== 'phi') (base.members ??= new Map()).set(key, value);
  return value;
}

/** A member whose name is computed. */
function memberBy(m: Machine, base: Value, key: Value): Value {
  if (base.k === 'array' || base.k === 'object') {
    const held = base.k === 'array' ? [...base.items, ...base.pushed.map((push) => push.value)] : [...base.props.values(), ...(base.sets?.values() ?? [])];
    if (held.length > 0) return pickedBy(key, held);
  }
  if (base.k === 'undefined' || base.k === 'unknown') return UNKNOWN;
  // `this[property]`, where the name is one of a few.
  const names = base.k === 'instance' && key.k === 'phi' ? key.options.flatMap((option) => asText(option) ?? []) : [];
  if (names.length > 0) return phi(names.map((name) => member(m, base, name)));
  if (base.k === 'row') return { k: 'access', of: base, key };
  return accessDepth(base) < MAX_ACCESS ? { k: 'access', of: base, key } : derived('get', base);
}

function objectMember(m: Machine, base: ObjectValue, key: string): Value {
  const held = base.props.get(key);
  if (held !== undefined) return held.k === 'function' && held.self === null && held.ir.kind !== 'arrow' ? { ...held, self: base } : held;
  const parts = base.spreads.map((spread) => member(m, spread, key));
  if (parts.length > 0) return parts.length === 1 ? parts[0]! : phi(parts);
  return base.computed.length > 0 ? (named(m, base, key) ?? phi(base.computed)) : base.stored === true ? { k: 'access', of: base, key } : UNDEFINED;
}

function arrayMember(m: Machine, base: ArrayValue, key: string): Value {
  // An empty list is there to be filled.
  if (key === 'length') return base.spreads.length + base.pushed.length === 0 && base.items.length > 0 ? literal(base.items.length) : derived('length', base);
  const index = Number(key);
  if (!Number.isInteger(index)) return { k: 'access', of: base, key };
  if (index >= 0 && index < base.items.length && base.spreads.length === 0) return base.items[index]!;
  const held = [...base.items, ...base.pushed.map((push) => push.value), ...base.spreads.map((spread) => itemOf(m, spread))];
  return held.length > 0 ? phi(held.slice(0, 6)) : UNDEFINED;
}

function phiMember(m: Machine, base: PhiValue, key: string): Value {
  const ways = base.ways?.filter(({ value }) => !isNothing(value)).map(({ when, value }, i, all) => ({ when: i === all.length - 1 ? null : when, value: member(m, value, key) }));
  if (ways?.length === 0) return UNDEFINED;
  const parts = base.options.filter((option) => !isNothing(option)).map((option) => member(m, option, key));
  const value = ways !== undefined ? decided(ways) : parts.length === 0 ? UNDEFINED : phi(parts, base.isDefault);
  return value.k !== 'phi' ? value : { ...value, ...(ways === undefined && base.by !== undefined ? { by: base.by } : {}), ...(base.table !== undefined && { table: base.table.map((held) => member(m, held, key)) }), part: { of: base, key } };
}

/** Without a closure in it: who has one makes room for what it may see each time that it is called. */
function makeMember(m: Machine, base: Value, key: string): Value {
  switch (base.k) {
    case 'object': return objectMember(m, base, key);
    case 'array': return arrayMember(m, base, key);
    case 'instance': return instanceMember(m, base, key);
    case 'class': return classMember(m, base, key);
    case 'interface': return interfaceMember(m, base, key);
    case 'library': {
      if (base.pending?.settled != null) return member(m, base.pending.settled, key);
      // A row, or a list of them, has not the statics of its class: `rows.find(…)` is the list's own.
      const entry = m.program.catalog.member(base.type, key) ?? (base.row === undefined ? m.program.catalog.static(base.type, key) : undefined);
      if (entry !== undefined) return memberValue(m, entry, base, base.file, key, base.type);
      if (base.row !== undefined) return rowMember(m, base.row, base, key) ?? entityAt(base, key) ?? member(m, base.row, key);
      return addedMember(m, base, key);
    }
    case 'namespace': {
      const entry = Object.hasOwn(base.members0, key) ? base.members0[key] : base.members0['*'];
      if (entry !== undefined) return memberValue(m, { library: base.library, member: entry }, base.self ?? null, base.self?.file ?? '', key, base.self?.type ?? null);
      return { k: 'external', spec: base.library.packages[0]!, path: key };
    }
    case 'operation': return { k: 'access', of: base, key };
    case 'module': {
      const found = m.program.exported(base.file, key);
      if (found === null) return memberOfWhole(m, base.file, key);
      if (found.kind === 'external') return imported(m, base.file, found.spec, found.name);
      if (found.kind === 'module') return { k: 'module', file: found.file };
      const frame = moduleFrame(m, found.file);
      return frame === null ? UNKNOWN : moduleValue(m, frame, found.v);
    }
    case 'external': {
      if (base.spec === '<global>' && base.path === '') return globalMember(m, key);
      // interop: `require('x').default`, `ns.default`
      const entry = base.path === '*' || base.path === 'default' ? m.program.catalog.imported(base.spec, key) : undefined;
      if (entry !== undefined) return memberValue(m, entry, null, '', key, null);
      return { k: 'external', spec: base.spec, path: base.path === '*' ? key : `${base.path}.${key}` };
    }
    case 'row':
      return rowMember(m, base, base, key) ?? (base.path.length < 6 ? { k: 'row', effect: base.effect, path: [...base.path, key] } : base);
    case 'phi': return phiMember(m, base, key);
    case 'derived': {
      if (base.op === 'super') return superMember(m, base.from[0]!, base.from[1]!, key);
      if (base.op === '&&') return member(m, base.from[1]!, key);
      if (key === 'length') return derived('length', base);
      return typeOf(base) === null ? { k: 'access', of: base, key } : memberByType(m, base, key);
    }
    case 'param': case 'access': case 'item': {
      if (accessDepth(base) >= MAX_ACCESS) return derived('get', base);
      return memberByType(m, base, key);
    }
    case 'function': {
      if (key === 'length' || key === 'name') return derived(key, base);
      return { k: 'access', of: base, key };
    }
    case 'template': case 'literal':
      return key === 'length' ? (base.k === 'literal' && typeof base.value === 'string' ? literal(base.value.length) : derived('length', base)) : { k: 'access', of: base, key };
    default: return { k: 'access', of: base, key };
  }
}

/** A member that the program declares for a library's type: `declare module 'fastify' { interface FastifyInstance { db: … } }`. */
function addedMember(m: Machine, base: LibraryValue, key: string): Value {
  const value: Value = { k: 'access', of: base, key };
  const { type } = base;
  const name = type.id.split('#')[1]!;
  const added = m.program.augmented(type.library.packages, [name, ...(type.shape.aliases ?? [])], key);
  if (added === null) {
    // Who puts what on a request is known once all handlers are.
    if (m.handlers !== null && type.shape.event !== undefined) missing += 1;
    return putOnRequest(m, base, key) ?? value;
  }
  value.written = added;
  return typed(m, added.file, added.type, null) ?? value;
}

/** `rows[0]` is a row as each of them is, with its methods; of `[rows, count]`, the first is the rows. */
const entityAt = (list: LibraryValue, key: string): Value | null =>
  list.type.shape.role === 'entity' && list.row!.path.length === 0 && /^\d$/.test(key) && list.row!.effect.shape.rows?.split('.')[0] !== key ? { k: 'library', type: list.type, handle: list.handle, resource: list.resource, typeArgs: list.typeArgs, file: list.file, args: list.args, row: { k: 'row', effect: list.row!.effect, path: [key] } } : null;

/** What the class of a table gives its rows: methods, getters, functions that fields hold. */
function rowMember(m: Machine, { effect, path }: RowValue, row: Value, key: string): Value | null {
  const of = effect.resourceValue;
  if (of?.k !== 'class' || fieldOf(effect, path) !== null) return null;
  if (key === 'constructor') return of;
  const method = findMethod(m, of, key, row);
  if (method !== null) return method;
  let at: ClassValue | null = of;
  for (let depth = 0; at !== null && depth < 6; depth += 1) {
    const known: ClassIR = classIR(m, at);
    const ir = m.program.ir(at.file)!;
    const fields = known.fieldsInit === undefined ? undefined : ir.functions[known.fieldsInit];
    for (const event of fields?.body ?? []) {
      if (event[0] !== 'set' || event[2] !== key) continue;
      const term = fields!.values[event[3]];
      if (term?.[0] !== 'fn') return null;
      return { k: 'function', file: at.file, ir: ir.functions[term[1]]!, id: term[1], up: frameOf(at.file, ir, fields!, [], row, at.up ?? moduleFrame(m, at.file), null), self: row };
    }
    const parent: Value | null = superclass(m, at.file, known, at.up);
    at = parent?.k === 'class' ? parent : null;
  }
  return null;
}

const globalMember = (m: Machine, name: string): Value => {
  const entry = m.program.catalog.global(name);
  return entry === undefined ? (onGlobal(m, name) ?? { k: 'external', spec: '<global>', path: name }) : memberValue(m, entry, null, '', name, null);
};

/** One element of a collection. */
export function itemOf(m: Machine, given: Value, depth = 0): Value {
  // Lists can hold themselves.
  if (depth > 8 || holding.has(given)) return UNKNOWN;
  holding.add(given);
  const item = heldBy(m, given, depth);
  holding.delete(given);
  return item;
}

const holding = new Set<Value>();

function heldBy(m: Machine, given: Value, depth: number): Value {
  const value = settled(given);
  switch (value.k) {
    case 'array': return heldByArray(m, value, depth);
    case 'row': return value.path.at(-1) === '[]' ? value : { k: 'row', effect: value.effect, path: [...value.path, '[]'] };
    case 'library':
      if (value.row !== undefined) return value;
      break;
    case 'phi': return heldByAny(m, value, depth);
    case 'derived':
      if (value.op === 'map' && value.from.length > 1) return settled(value.from[1]!);
      // A callback may give a list for each element, or one element; `flat` takes lists of lists.
      if ((value.op === 'flatMap' && value.from.length > 1) || value.op === 'flat') return flattened(m, value.op === 'flat' ? itemOf(m, value.from[0]!, depth + 1) : settled(value.from[1]!), depth);
      if (value.op === 'entries' && value.from[0] !== undefined) return { k: 'array', items: [derived('key', value.from[0]), itemOf(m, value.from[0], depth + 1)], spreads: [], pushed: [] };
      if (['filter', 'sort', 'slice', 'reverse', 'concat', 'splice', 'chunks', 'values', 'unique'].includes(value.op)) return itemOf(m, value.from[0]!, depth + 1); break;
    case 'object': return phi([...value.props.values(), ...value.computed].slice(0, 6));
    case 'undefined': case 'unknown': return UNKNOWN;
    case 'item': {
      // `for (const part of chunk(rows, 50)) part.map(…)`: a part holds what the list holds.
      const list = value.of.k === 'derived' && CHUNKS.has(value.of.op) ? value.of.from.find((part) => part.k !== 'literal') : undefined;
      if (list !== undefined) return itemOf(m, list, depth + 1);
      break;
    }
    default:
  }
  const known = value.members?.get('[]');
  if (known !== undefined) return known;
  const item: Value = { k: 'item', of: value };
  const ref = typeOf(value);
  const element = ref === null ? null : elementType(m, ref.file, ref.type);
  let result: Value = item;
  if (element !== null) {
    item.written = element;
    result = typed(m, element.file, element.type, item) ?? item;
  }
  (value.members ??= new Map()).set('[]', result);
  return result;
}

function heldByArray(m: Machine, value: ArrayValue, depth: number): Value {
  const held = [...value.items, ...value.pushed.map((push) => push.value), ...value.spreads.slice(0, 6).map((spread) => itemOf(m, spread, depth + 1))];
  return held.length === 0 ? UNKNOWN : phi(held.slice(0, 6));
}

const heldByAny = (m: Machine, value: PhiValue, depth: number): Value => phi(value.options.filter((option) => option.k !== 'undefined').map((option) => itemOf(m, option, depth + 1)));

const CHUNKS = new Set(['chunk', 'splitEvery']);

const LISTS = new Set(['map', 'filter', 'flatMap', 'sort', 'slice', 'concat', 'values', 'entries', 'unique', 'flat']);

const flattened = (m: Machine, value: Value, depth: number): Value =>
  value.k === 'array' || (value.k === 'derived' && LISTS.has(value.op)) || (value.k === 'row' && value.path.length > 0 && value.path.at(-1) !== '[]') ? itemOf(m, value, depth + 1)
    : value.k === 'phi' && value.options.some((option) => option.k === 'array' || option.k === 'derived') ? phi(value.options.filter((option) => option.k !== 'array' || option.items.length + option.spreads.length + option.pushed.length > 0).map((option) => flattened(m, option, depth + 1))) : value;

// --- Types as written -------------------------------------------------------------------------------------------------

/** What the declaration of the owner's type says that the member is. */
function memberByType(m: Machine, base: Value, key: string): Value {
  const ref = typeOf(base);
  const value: Value = { k: 'access', of: base, key };
  const held = ref === null ? null : memberType(m, ref.file, ref.type, key);
  if (held === null) return value;
  value.written = held;
  return typed(m, held.file, held.type, value) ?? value;
}

/** What a call gives whose function is not followed: as declared. */
export function declaredResult(m: Machine, fn: FunctionValue, result: Value): Value {
  if (fn.ir.returns === undefined) return result;
  const promised = typed(m, fn.file, fn.ir.returns, result);
  // What this call would have made is not what another call of the same function makes.
  const value = promised?.k === 'interface' && m.program.implementations(promised.file, promised.name).length === 0 ? null : promised;
  if (value === null && result.k === 'derived') result.written = { file: fn.file, type: fn.ir.returns };
  return value ?? result;
}

export const typeOf = (value: Value): Written | null => (value.k === 'param' ? (value.type === undefined ? null : { file: value.file, type: value.type }) : (value.written ?? null));

const TRANSPARENT = new Set(['Promise', 'PromiseLike', 'Awaited', 'Readonly', 'Partial', 'Required', 'NonNullable', 'Omit', 'Pick', 'Lazy', 'Ref', 'WithRequired', 'Writable', 'DeepPartial']);
/** The last: tRPC's word for it. */
const RESULTS = new Set(['ReturnType', 'inferAsyncReturnType']);
const COLLECTIONS = new Set(['Array', 'ReadonlyArray', 'Set', 'ReadonlySet', 'Iterable', 'AsyncIterable', 'IterableIterator', 'AsyncGenerator', 'Generator']);

function elementType(m: Machine, file: string, type: TypeRef, depth = 4): Written | null {
  if (depth === 0) return null;
  if (COLLECTIONS.has(type.name) && type.args?.[0] !== undefined) return { file, type: type.args[0] };
  if (TRANSPARENT.has(type.name) && type.args?.[0] !== undefined) return elementType(m, file, type.args[0], depth - 1);
  const target = m.program.typeNamed(file, type);
  return target?.kind === 'declaration' && target.decl.alias !== undefined ? elementType(m, target.file, target.decl.alias, depth - 1) : null;
}

function memberType(m: Machine, file: string, type: TypeRef, key: string, depth = 5): Written | null {
  if (depth === 0) return null;
  if (type.name === '{}') return type.members !== undefined && Object.hasOwn(type.members, key) ? { file, type: type.members[key]! } : null;
  if ((type.name === '|' || type.name === '&') && type.args !== undefined) {
    for (const part of type.args) {
      const found = memberType(m, file, part, key, depth - 1);
      if (found !== null) return found;
    }
    return null;
  }
  if (TRANSPARENT.has(type.name) && type.args?.[0] !== undefined) return memberType(m, file, type.args[0], key, depth - 1);
  const target = m.program.typeNamed(file, type);
  if (target?.kind !== 'declaration') return null;
  if (target.decl.members !== undefined && Object.hasOwn(target.decl.members, key)) return { file: target.file, type: target.decl.members[key]! };
  if (target.decl.alias !== undefined) return memberType(m, target.file, target.decl.alias, key, depth - 1);
  for (const base of target.decl.extends ?? []) {
    const found = memberType(m, target.file, base, key, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

/**
 * The value that a written type promises: a modelled library's instance, a project class's, an interface's; null when the type tells
 * nothing. `origin` is the parameter or access of that type: a client that came through it is not known to be any other client.
 */
export function typed(m: Machine, file: string, type: TypeRef, origin: Value | null, self: Value | null = null, depth = 6): Value | null {
  if (depth === 0) return null;
  const catalog = m.program.catalog;
  if (TRANSPARENT.has(type.name) && type.args?.[0] !== undefined && type.spec === undefined) return typed(m, file, type.args[0], origin, self, depth - 1);
  if (type.name === '|' || type.name === '&') return typedAsOne(m, file, type, origin, self, depth);
  if (type.name === 'typeof') {
    const value = type.value === undefined ? null : namedValue(m, file, type);
    if (value === null) return null;
    if (value.k === 'library' && origin !== null) return { ...value, members: undefined as never, handle: origin };
    return value.k === 'library' || value.k === 'instance' || value.k === 'object' || value.k === 'class' ? value : null;
  }
  if (RESULTS.has(type.name) && type.args?.[0] !== undefined) {
    const fn = type.args[0].name === 'typeof' ? namedValue(m, file, type.args[0]) : null;
    const target = fn?.k === 'function' ? silentResult(m, fn) : null;
    return target === null || target.k === 'unknown' || target.k === 'derived' ? null : target;
  }
  if (type.name === 'T[K]') return indexedType(m, file, type, origin, depth);
  if (type.name === 'InstanceType' && type.args?.[0]?.name === 'typeof') {
    const value = namedValue(m, file, type.args[0]);
    return value?.k === 'class' ? ambientInstance(m, value, type.args ?? []) : null;
  }
  const modelled = catalog.annotated(type.spec, type.name);
  if (modelled !== undefined) return ambientLibrary(m, modelled, type.args ?? [], file, origin);
  const target = m.program.typeNamed(file, type);
  const global = target === null && type.spec === undefined ? catalog.globalType(type.name) : undefined;
  if (global !== undefined) return ambientLibrary(m, global, type.args ?? [], file, origin);
  if (target === null || target.kind === 'external') {
    const generated = target === null || !catalog.knows(target.spec) ? catalog.generatedType(target?.kind === 'external' ? target.name : type.name) : undefined;
    if (generated !== undefined && type.spec !== undefined) return ambientLibrary(m, generated, type.args ?? [], file, origin);
    if (target?.kind === 'external') {
      const known = catalog.annotated(target.spec, target.name);
      if (known !== undefined) return ambientLibrary(m, known, type.args ?? [], file, origin);
    } else if (type.spec === undefined && /^[A-Z]\w?$|^T[A-Z]/.test(type.name) && self?.k === 'instance') return null;
    return null;
  }
  // In its own repository a library is what it is to others.
  const owner = target.kind === 'declaration' && isService(target.decl) ? m.program.host.packageOf?.(target.file) : undefined;
  const own = owner === undefined || !catalog.knows(owner) ? undefined : catalog.annotated(owner, type.name);
  if (own !== undefined) return ambientLibrary(m, own, type.args ?? [], file, origin);
  if (target.kind === 'class') {
    const frame = moduleFrame(m, target.ref.file);
    return frame === null ? null : ambientInstance(m, { k: 'class', file: target.ref.file, id: target.ref.id, up: frame }, type.args ?? []);
  }
  if (target.decl.kind === 'alias' && target.decl.alias !== undefined) {
    const value = typed(m, target.file, substitute(target.decl.alias, target.decl.params, type.args ?? []), origin, self, depth - 1);
    if (value !== null) return value;
  }
  if (target.decl.kind === 'interface') {
    for (const base of target.decl.extends ?? []) {
      const value = typed(m, target.file, base, origin, self, depth - 1);
      if (value?.k === 'library') return value;
    }
    if (m.program.implementations(target.file, target.name).length > 0) return { k: 'interface', file: target.file, name: target.name, ref: type };
  }
  return isService(target.decl) && made(m, target.file, target.name).length > 0 ? { k: 'interface', file: target.file, name: target.name, ref: type } : null;
}

/** `Client | Transaction`, `Client & Extras`. */
function typedAsOne(m: Machine, file: string, type: TypeRef, origin: Value | null, self: Value | null, depth: number): Value | null {
  const parts = (type.args ?? []).map((part) => typed(m, file, part, origin, self, depth - 1)).filter((part) => part !== null);
  if (parts.length === 0) return null;
  // A client or a transaction: which one, only the caller knows.
  const client = parts.find((part) => part.k === 'library' && m.program.catalog.trait(part.type, 'role') === 'client');
  const first = client ?? parts[0]!;
  if (first.k === 'library' && parts.length > 1 && origin !== null) return { ...first, handle: origin };
  return first;
}

/** Most of its members are methods: a record with a function among its fields is no service. */
function isService(decl: TypeDecl): boolean {
  let is = services.get(decl);
  if (is === undefined) services.set(decl, (is = findService(decl)));
  return is;
}

const services = new WeakMap<TypeDecl, boolean>();

function findService(decl: TypeDecl): boolean {
  const members = Object.values(decl.members ?? (decl.alias?.name === '{}' ? decl.alias.members : undefined) ?? {});
  return members.filter((member) => member.name === '=>').length * 2 > members.length;
}

/** More objects than this are variants, chosen by what is not in view. */
const MAX_MADE = 3;

/** The objects that code makes to the type; none where there are too many to tell. */
function made(m: Machine, file: string, name: string): readonly ObjectRef[] {
  const found = m.program.objectsOf(file, name);
  return found.length > MAX_MADE ? [] : found;
}

/** Type arguments in place of type parameters. */
function substitute(type: TypeRef, params: readonly string[], args: readonly TypeRef[]): TypeRef {
  if (params.length === 0 || args.length === 0) return type;
  const index = type.spec === undefined ? params.indexOf(type.name) : -1;
  if (index >= 0) return args[index] ?? type;
  return type.args === undefined ? type : { ...type, args: type.args.map((arg) => substitute(arg, params, args)) };
}

function indexedType(m: Machine, file: string, type: TypeRef, origin: Value | null, depth: number): Value | null {
  const base = type.args?.[0];
  if (base === undefined || type.key === undefined) return null;
  // `Parameters<typeof db.transaction>[0]`, nested: the argument of a callback; a checker says more.
  const inner = base.name === 'Parameters' ? parametersOf(m, file, base, Number(type.key)) : null;
  if (inner !== null) return { ...inner, handle: origin ?? inner.handle };
  const held = memberType(m, file, base, type.key);
  if (held !== null) return typed(m, held.file, held.type, origin, null, depth - 1);
  // `ReturnType<typeof connect>['db']`
  const whole = RESULTS.has(base.name) ? typed(m, file, base, null, null, depth - 1) : null;
  const part = whole?.k === 'object' ? settled(member(m, whole, type.key)) : null;
  return part?.k === 'library' || part?.k === 'instance' ? part : null;
}

/** `Parameters<Parameters<typeof db.transaction>[0]>[0]`: what an operation's invoked function receives. */
function parametersOf(m: Machine, file: string, parameters: TypeRef, index: number): LibraryValue | null {
  const callback = parameters.args?.[0];
  if (callback?.name !== 'T[K]' || callback.args?.[0]?.name !== 'Parameters') return null;
  const target = callback.args[0].args?.[0];
  const value = target === undefined ? null : target.name === 'typeof' ? namedValue(m, file, target) : null;
  if (value?.k !== 'operation' || value.self === null) return null;
  for (const operation of value.operations) {
    for (const invocation of operation.invokes ?? []) {
      const arg = invocation.args?.[index];
      if (arg !== null && arg !== undefined && typeof arg === 'object') {
        const entry = m.program.catalog.named(value.library, arg.type);
        if (entry !== undefined) return library(entry, { file, handle: null });
      }
    }
  }
  return null;
}

function namedValue(m: Machine, file: string, type: TypeRef): Value | null {
  const [head, ...path] = (type.value ?? '').split('.');
  if (head === undefined || head === '') return null;
  const frame = moduleFrame(m, file);
  if (frame === null) return null;
  let value: Value;
  if (type.spec !== undefined) {
    const record = frame.ir.module.imports.find((known) => known.local === head);
    value = imported(m, file, type.spec, record?.name ?? head);
  } else {
    const v = topLevel(frame, head);
    if (v === undefined) return null;
    value = moduleValue(m, frame, v);
  }
  for (const key of path) value = member(m, value, key);
  return value;
}

/** The value that a type is read off: `typeof activities`, `ReturnType<typeof makeActivities>`; undefined where the type says more than that. */
export function valueOfType(m: Machine, file: string, type: TypeRef, depth = 4): Value | null | undefined {
  if (type.name === 'typeof') return namedValue(m, file, type);
  const [inner] = type.args ?? [];
  if (inner === undefined || type.spec !== undefined || depth === 0) return undefined;
  if (RESULTS.has(type.name)) return inner.name === 'typeof' ? typed(m, file, type, null) : undefined;
  return TRANSPARENT.has(type.name) ? valueOfType(m, file, inner, depth - 1) : undefined;
}

/** A module's own exported binding; others are reached by captured slots only. */
function topLevel(frame: Frame, name: string): V | undefined {
  const exported = frame.ir.module.exports[name];
  if (exported !== undefined) return exported;
  const fn = frame.ir.functions.findIndex((known) => known.name === name && known.up === 0);
  if (fn < 0) return undefined;
  const v = frame.fn.values.findIndex((term) => term[0] === 'fn' && term[1] === fn);
  return v < 0 ? undefined : v;
}

export const silentResult = (m: Machine, fn: FunctionValue): Value => silentlyCalled(m, fn, fn.self ?? UNDEFINED);

// --- Instances of modelled types --------------------------------------------------------------------------------------

export function library(type: TypeEntry, options: { handle?: Value | null; resource?: Value | null; typeArgs?: readonly TypeRef[]; file: string; args?: readonly Value[] }): LibraryValue {
  return { k: 'library', type, handle: options.handle ?? null, resource: options.resource ?? null, typeArgs: options.typeArgs ?? [], file: options.file, args: options.args ?? [] };
}

/** A value received by its type. Injected clients of one type are one client; a parameter's is known only to the caller. */
export function ambientLibrary(m: Machine, type: TypeEntry, typeArgs: readonly TypeRef[], file: string, origin: Value | null): LibraryValue {
  const resource = resourceOfType(m, type, typeArgs, file);
  if (origin !== null) return library(type, { handle: origin, resource, typeArgs, file });
  const key = `${type.id}<${typeArgs.map(showType).join(',')}>`;
  const known = m.ambientLibraries.get(key);
  if (known !== undefined) return known;
  const value = library(type, { resource, typeArgs, file });
  m.ambientLibraries.set(key, value);
  // Repositories and models of one library work through one client unless a handle is passed.
  value.handle = defaultClient(m, type);
  return value;
}

const DEFAULT = '<default>';
export const isDefaultClient = (value: Value): boolean => value.k === 'library' && value.file === DEFAULT;

/** The client that injected repositories of a library share. */
export function defaultClient(m: Machine, type: TypeEntry): Value {
  const key = `${type.library.name}#<default client>`;
  let known = m.ambientLibraries.get(key);
  if (known === undefined) {
    m.ambientLibraries.set(key, (known = library(type, { file: DEFAULT })));
    known.handle = known;
  }
  return known;
}

function resourceOfType(m: Machine, type: TypeEntry, typeArgs: readonly TypeRef[], file: string): Value | null {
  const kind = m.program.catalog.trait(type, 'resource');
  const arg = kind === 'type0' ? typeArgs[0] : kind === 'type1' ? typeArgs[1] : undefined;
  if (arg === undefined) return null;
  const target = m.program.typeNamed(file, arg);
  if (target?.kind === 'class') return { k: 'class', file: target.ref.file, id: target.ref.id, up: moduleFrame(m, target.ref.file) };
  // A type parameter of the class around names no table.
  return target === null && arg.spec === undefined ? null : literal(arg.name.split('.').at(-1)!);
}

const showType = (type: TypeRef): string => `${type.spec ?? ''}:${type.name}${type.args === undefined ? '' : `<${type.args.map(showType).join(',')}>`}`;

/** What a member of a model is as a value: an instance, something callable, a namespace. */
export function memberValue(m: Machine, entry: MemberEntry, self: LibraryValue | null, file: string, called: string, owner: TypeEntry | null): Value {
  const { library: model, member: found, name = called } = entry;
  if (typeof found === 'string') {
    if (found === 'type0' && self !== null) return promised(m, self, name);
    const type = m.program.catalog.named(model, found);
    if (type === undefined) return { k: 'external', spec: model.packages[0]!, path: name };
    const resource = m.program.catalog.trait(type, 'resource') === 'member' ? literal(name) : (self?.resource ?? null);
    const value = library(type, { handle: self === null ? null : (self.handle ?? self), resource, typeArgs: self?.typeArgs ?? [], file, args: self?.args ?? [] });
    if (self?.row !== undefined) value.row = self.row;
    if (value.handle === null && m.program.catalog.trait(type, 'role') === 'client') value.handle = value;
    return value;
  }
  const operations = operationsOf(found);
  if (operations !== null) return { k: 'operation', name, library: model, operations, self, owner };
  return { k: 'namespace', library: model, members0: (found as { members: Readonly<Record<string, never>> }).members, ...(self !== null && { self }) };
}

/** What a value holds under a name is of the type that it was told: `initTRPC.context<typeof makeContext>()`. */
function promised(m: Machine, self: LibraryValue, name: string): Value {
  const value: Value = { k: 'access', of: self, key: name };
  const type = self.typeArgs[0];
  if (type === undefined) return value;
  const known = m.promised.get(type);
  if (known !== undefined) return known;
  const made = type.name === 'typeof' ? namedValue(m, self.file, type) : null;
  const result = apart(m, () => (made?.k === 'function' ? silentResult(m, made) : typed(m, self.file, type, null)));
  if (result !== null && result.k !== 'unknown' && result.k !== 'derived') {
    m.promised.set(type, result);
    return result;
  }
  value.written = { file: self.file, type };
  return value;
}

// --- Project classes --------------------------------------------------------------------------------------------------

function classValue(m: Machine, frame: Frame, id: number): ClassValue {
  void m;
  return { k: 'class', file: frame.file, id, up: frame };
}

const classIR = (m: Machine, value: ClassValue): ClassIR => m.program.ir(value.file)!.classes[value.id]!;

/** The superclass as a value: a project class, or a modelled one. */
export function superclass(m: Machine, file: string, known: ClassIR, frame: Frame | null): Value | null {
  if (known.extends === undefined) return null;
  const module = frame ?? moduleFrame(m, file);
  if (module === null) return null;
  const value = known.up === 0 ? moduleValue(m, moduleFrame(m, file)!, known.extends) : module.fn.kind === 'module' ? null : evaluate(m, frameAt(module, known.up, file), known.extends);
  return value === null ? null : mixedInto(m, value.k === 'module' ? (exportedWhole(m, value.file) ?? value) : value);
}

/** `extends Tracked(Model)`, a mixin of a package: the class that it was given is extended, whatever else comes with it. */
function mixedInto(m: Machine, value: Value): Value {
  if (value.k !== 'derived' || value.op !== 'call') return value;
  const classes = value.from.filter((part) => part.k === 'class' || (part.k === 'operation' && constructedType(m, part) !== null) || (part.k === 'library' && part.inView !== true && (part.type.shape.statics !== undefined || m.program.catalog.constructor_(part.type) !== undefined)));
  return classes.length === 1 ? classes[0]! : value;
}

const frameAt = (frame: Frame, up: number, file: string): Frame => {
  let at: Frame | null = frame;
  while (at !== null && !(at.file === file && at.ir.functions[up] === at.fn)) at = at.up;
  return at ?? frame;
};

/** Injected, or a root's own `this`: one instance per class, so that its clients are the same everywhere. */
export function ambientInstance(m: Machine, of: ClassValue, typeArgs: readonly TypeRef[]): InstanceValue {
  const key = `${of.file}\0${of.id}\0${typeArgs.map(showType).join(',')}`;
  const known = m.instances.get(key);
  if (known !== undefined) return known;
  const instance: InstanceValue = { k: 'instance', of, fields: new Map(), ambient: true, typeArgs };
  m.instances.set(key, instance);
  return instance;
}

const initialised = new WeakSet<InstanceValue>();

/** Runs field initialisers and the constructor with injected arguments, once, when a field is first asked. */
function initialise(m: Machine, instance: InstanceValue): void {
  if (initialised.has(instance) || !instance.ambient) return;
  initialised.add(instance);
  const saved = { regions: m.walk.regions, attempts: m.walk.attempts };
  m.walk.silent += 1;
  m.walk.regions = [];
  construct(m, instance, instance.of, null, null);
  m.walk.silent -= 1;
  m.walk.regions = saved.regions;
  m.walk.attempts = saved.attempts;
}

/** Constructor and field initialisers. `args` null: injected by type. */
export function construct(m: Machine, instance: InstanceValue, of: ClassValue, args: readonly Value[] | null, caller: Frame['caller'], depth = 0): void {
  const ir = m.program.ir(of.file);
  if (ir === undefined || depth > 6) return;
  const known = ir.classes[of.id]!;
  const ctor = known.ctor === undefined ? undefined : ir.functions[known.ctor]!;
  const parent = superclass(m, of.file, known, of.up);
  // What the superclass is given, `super(…)` says.
  const calls = parent?.k === 'class' && ctor !== undefined && callsSuper(ctor);
  if (parent?.k === 'class' && !calls) construct(m, instance, parent, ctor === undefined ? args : null, caller, depth + 1);
  if (!calls) initialiseFields(m, instance, of, caller);
  if (ctor === undefined) return;
  const values = args ?? ctor.params.map((param) => injected(m, of, param));
  ctor.params.forEach((param, i) => {
    if (param.property === true) instance.fields.set(param.name, values[i] ?? UNDEFINED);
  });
  runFunction(m, { k: 'function', file: of.file, ir: ctor, id: known.ctor!, up: of.up, self: instance }, values, instance, caller);
}

function initialiseFields(m: Machine, instance: InstanceValue, of: ClassValue, caller: Frame['caller']): void {
  const ir = m.program.ir(of.file)!;
  const { fieldsInit } = ir.classes[of.id]!;
  if (fieldsInit !== undefined) runFunction(m, { k: 'function', file: of.file, ir: ir.functions[fieldsInit]!, id: fieldsInit, up: of.up, self: instance }, [], instance, caller);
}

const callsSuper = (ctor: FunctionIR): boolean => [...eventIndex(ctor).values()].some((event) => event[0] === 'call' && ctor.values[event[2]]?.[0] === 'super');

/** `super(…)`: the superclass's constructor, then the fields of the class whose constructor calls it. */
export function constructSuper(m: Machine, frame: Frame, args: readonly Value[] | null, span: Span): void {
  const self = thisOf(frame);
  const owner = methodOwner(frame);
  if (self.k !== 'instance' || owner === null) return;
  const known = owner.ir.classes[owner.fn.class!]!;
  const parent = superclass(m, owner.file, known, owner.up);
  const caller = { frame, span, to: 'constructor' };
  let depth = 0;
  for (let at: Frame | null = frame; at !== null; at = at.caller?.frame ?? null) if (at.fn.kind === 'constructor') depth += 1;
  if (parent?.k === 'class') construct(m, self, parent, args === null ? null : asReceived(m, parent, args), caller, depth);
  initialiseFields(m, self, { k: 'class', file: owner.file, id: owner.fn.class!, up: owner.up }, caller);
}

/** `constructor(cradle) { super(cradle) }`: of what nobody knows, the superclass's declaration says what it is. */
function asReceived(m: Machine, of: ClassValue, args: readonly Value[]): readonly Value[] {
  const { ctor } = classIR(m, of);
  const params = ctor === undefined ? [] : m.program.ir(of.file)!.functions[ctor]!.params;
  return args.map((arg, i) => {
    const value = params[i]?.type === undefined || !isOpen(arg) ? null : typed(m, of.file, params[i].type, null);
    return value?.k === 'instance' || value?.k === 'interface' || value?.k === 'library' ? value : arg;
  });
}

/** What a container gives a constructor parameter or field: by decorator, else by declared type. */
function injected(m: Machine, of: ClassValue, param: { readonly type?: TypeRef; readonly decorators?: readonly { readonly callee: V; readonly args: readonly Arg[] | null }[]; readonly name?: string }): Value {
  const frame = of.up ?? moduleFrame(m, of.file);
  for (const decorator of param.decorators ?? []) {
    if (frame === null) break;
    const callee = moduleValue(m, frame, decorator.callee);
    if (callee.k !== 'operation') continue;
    for (const operation of callee.operations) {
      const returns = operation.decorates?.injects;
      if (returns === undefined) continue;
      const args = (decorator.args ?? []).map((arg) => (typeof arg === 'number' ? moduleValue(m, frame, arg) : UNKNOWN));
      const value = sourceValue(m, returns, { args, self: callee.self, library: callee.library, result: UNDEFINED, typeArgs: param.type?.args ?? [], file: of.file, injected: true });
      if (value !== null && value.k !== 'undefined') return value;
    }
  }
  if (param.type === undefined) return { k: 'unknown' };
  const value = typed(m, of.file, param.type, null);
  if (value !== null) return value;
  // An object of clients and settings: what it holds, its type tells.
  const holder: Value = { k: 'access', of, key: param.name ?? '' };
  holder.written = { file: of.file, type: param.type };
  return holder;
}

function instanceMember(m: Machine, instance: InstanceValue, key: string): Value {
  const changed = m.walk.changed.get(instance)?.get(key);
  if (changed !== undefined) return isOpen(changed) ? fieldAsDeclared(m, instance, key, changed) : changed;
  const own = instance.fields.get(key);
  if (own !== undefined) return asLeft(m, instance, key, own);
  const method = findMethod(m, instance.of, key, instance);
  if (method !== null) return method;
  initialise(m, instance);
  const field = instance.fields.get(key);
  if (field !== undefined) return asLeft(m, instance, key, field);
  if (isUnset(m, instance, key)) return UNDEFINED;
  const declared = declaredField(m, instance, instance.of, key);
  if (declared !== null) {
    instance.fields.set(key, declared);
    return declared;
  }
  const base = libraryBase(m, instance);
  if (base !== null) {
    const value = member(m, base, key);
    if (value.k !== 'access') return value;
  }
  const later = setByMethods(m, instance, key);
  if (later !== null) {
    instance.fields.set(key, later);
    return later;
  }
  return (instance.ambient ? bySubclasses(m, instance, instance.of, key) : null) ?? { k: 'access', of: instance, key };
}

/** What a field holds when an execution begins. */
function asLeft(m: Machine, instance: InstanceValue, key: string, value: Value): Value {
  if (isOpen(value)) return fieldAsDeclared(m, instance, key, value);
  // `private connected = false` of what lives longer than one execution: one that came before may have set it.
  if (value.k !== 'literal' || instance.passing === m.walk.mark || (typeof value.value !== 'boolean' && typeof value.value !== 'string') || !isSetLater(m, instance.of, key)) return value;
  let held = instance.members?.get(key);
  if (held === undefined) (instance.members ??= new Map()).set(key, (held = { k: 'access', of: instance, key }));
  return held;
}

/** All that stand in the text of the class. */
function functionsOf(m: Machine, of: ClassValue): FunctionIR[] {
  const { span } = classIR(m, of);
  return m.program.ir(of.file)!.functions.filter((fn) => fn.span[0] >= span[0] && fn.span[1] <= span[1]);
}

const setLater = new WeakMap<ClassIR, ReadonlySet<string>>();

/** Whether code of the class gives the field a value when the instance has been made. */
function isSetLater(m: Machine, of: ClassValue, key: string): boolean {
  const known = classIR(m, of);
  let keys = setLater.get(known);
  if (keys === undefined) {
    const found = new Set<string>();
    for (const fn of functionsOf(m, of)) {
      if (fn.kind === 'constructor' || fn.kind === 'fields' || fn.kind === 'static') continue;
      anyEvent(fn.body, (event) => {
        if (event[0] === 'set' && typeof event[2] === 'string' && fn.values[event[1]]?.[0] === 'this') found.add(event[2]);
        return false;
      });
    }
    setLater.set(known, (keys = found));
  }
  return keys.has(key);
}

/** `private tx?: Transaction` of an object that this execution made: nothing, until one of its own functions has set it. */
function isUnset(m: Machine, { of, passing }: InstanceValue, key: string): boolean {
  if (passing !== m.walk.mark) return false;
  const known = classIR(m, of);
  if (known.fields.find((field) => field.name === key && !field.static)?.optional !== true) return false;
  return functionsOf(m, of).some((fn) => setsOwn(fn, fn.body, key));
}

const sought = new WeakMap<InstanceValue, Set<string>>();

/** `async connect() { this.redis = new Redis() }` in a class whose fields nobody declares: whoever asks for the field asks after that. */
function setByMethods(m: Machine, instance: InstanceValue, key: string): Value | null {
  let asked = sought.get(instance);
  if (asked === undefined) sought.set(instance, (asked = new Set()));
  if (asked.has(key)) return null;
  asked.add(key);
  const ir = m.program.ir(instance.of.file)!;
  const values: Value[] = [];
  for (const method of classIR(m, instance.of).methods) {
    const fn = ir.functions[method.fn]!;
    if (method.static || method.kind !== 'method' || !setsOwn(fn, fn.body, key)) continue;
    const saved = { regions: m.walk.regions, attempts: m.walk.attempts, guards: m.walk.guards.length };
    const fields = new Map(instance.fields);
    const outer = m.setOn;
    m.walk.silent += 1;
    m.setOn = { instance, key, values };
    runFunction(m, { k: 'function', file: instance.of.file, ir: fn, id: method.fn, up: instance.of.up, self: instance }, [], instance, null);
    m.setOn = outer;
    m.walk.silent -= 1;
    [m.walk.regions, m.walk.attempts, m.walk.guards.length] = [saved.regions, saved.attempts, saved.guards];
    for (const name of [...instance.fields.keys()]) if (!fields.has(name)) instance.fields.delete(name);
    for (const [name, value] of fields) instance.fields.set(name, value);
  }
  const known = values.filter((value) => value.k === 'library' || value.k === 'instance');
  return known.length === 0 ? null : phi(known);
}

/** `this.key = …`, at any depth of the statements. */
const setsOwn = (fn: FunctionIR, events: readonly Event[], key: string): boolean => anyEvent(events, (event) => event[0] === 'set' && event[2] === key && fn.values[event[1]]?.[0] === 'this');

/** `redis: Redis`, given something whose making is out of sight. */
function fieldAsDeclared(m: Machine, instance: InstanceValue, key: string, given: Value): Value {
  let of: ClassValue | null = instance.of;
  for (let depth = 0; of !== null && depth < 6; depth += 1) {
    const known: ClassIR = classIR(m, of);
    const type = known.fields.find((candidate) => candidate.name === key && !candidate.static)?.type;
    if (type !== undefined) {
      const value = declared(m, of.file, type, given, instance);
      if (value !== given) instance.fields.set(key, value);
      return value;
    }
    const parent: Value | null = superclass(m, of.file, known, of.up);
    of = parent?.k === 'class' ? parent : null;
  }
  return given;
}

function declaredField(m: Machine, instance: InstanceValue, of: ClassValue, key: string, depth = 0): Value | null {
  if (depth > 6) return null;
  const known = classIR(m, of);
  const field = known.fields.find((candidate) => candidate.name === key && !candidate.static);
  if (field !== undefined && (field.type !== undefined || field.decorators !== undefined)) {
    const value = injected(m, of, field);
    return value.k === 'unknown' ? null : value;
  }
  const parent = superclass(m, of.file, known, of.up);
  return parent?.k === 'class' ? declaredField(m, instance, parent, key, depth + 1) : null;
}

/** A method found on the class or its project superclasses, bound to the instance; a getter is run. */
export function findMethod(m: Machine, of: ClassValue, key: string, self: Value, isStatic = false, depth = 0): Value | null {
  const ir = m.program.ir(of.file);
  if (ir === undefined || depth > 8) return null;
  const known = ir.classes[of.id]!;
  const method = (isStatic ? namesOf(known).static : namesOf(known).own).get(key);
  if (method !== undefined) {
    const fn = ir.functions[method.fn]!;
    const value: FunctionValue = { k: 'function', file: of.file, ir: fn, id: method.fn, up: of.up ?? moduleFrame(m, of.file), self };
    if (method.kind === 'getter') return silentlyCalled(m, value, self);
    if (fn.body.length > 0 || !(known.abstract ?? false)) return fn.decorators === undefined ? value : throughDecorators(m, value);
    return bySubclasses(m, self, of, key) ?? value;
  }
  // `destroy = async () => …`: what stands on the instance itself hides a method of a superclass.
  if (!isStatic && namesOf(known).hiding.has(key)) return null;
  const parent = superclass(m, of.file, known, of.up);
  if (parent?.k === 'class') return findMethod(m, parent, key, self, isStatic, depth + 1);
  return null;
}

interface Names {
  readonly own: ReadonlyMap<string, Method>;
  readonly static: ReadonlyMap<string, Method>;
  /** Fields that are no mere declarations. */
  readonly hiding: ReadonlySet<string>;
}
const names = new WeakMap<ClassIR, Names>();
type Method = ClassIR['methods'][number];

/** Asked for every member of every instance. */
function namesOf(known: ClassIR): Names {
  let found = names.get(known);
  if (found === undefined) {
    const of = (wanted: boolean): Map<string, Method> => new Map(known.methods.filter((method) => method.static === wanted && method.kind !== 'setter').reverse().map((method) => [method.name, method]));
    names.set(known, (found = { own: of(false), static: of(true), hiding: new Set(known.fields.filter((field) => !field.static && field.type === undefined).map(({ name }) => name)) }));
  }
  return found;
}

/** What the classes that extend an abstract one give it, where all that is known of an instance is that it is one of theirs. */
function bySubclasses(m: Machine, self: Value, of: ClassValue, key: string): Value | null {
  const known = classIR(m, of);
  if (known.abstract !== true || self.k !== 'instance' || self.of.file !== of.file || self.of.id !== of.id) return null;
  const members = m.program.implementations(of.file, known.name).slice(0, 4).map((ref) => member(m, ambientInstance(m, { k: 'class', file: ref.file, id: ref.id, up: moduleFrame(m, ref.file) }, []), key)).filter((value) => value.k !== 'access');
  return members.length === 0 ? null : phi(members);
}

const wrapped = new WeakMap<FunctionIR, FunctionValue | null>();

/**
 * A method as the project's own decorators leave it: each is run on a descriptor, and what it puts there in place of the method is
 * what callers get. Decorators of libraries are modelled instead.
 */
export function throughDecorators(m: Machine, method: FunctionValue): FunctionValue {
  const known = wrapped.get(method.ir);
  if (known === null) return method;
  if (known !== undefined) return { ...known, self: method.self };
  wrapped.set(method.ir, null);
  const module = moduleFrame(m, method.file);
  let current: Value = method;
  for (const decorator of [...(method.ir.decorators ?? [])].reverse()) {
    if (module === null) break;
    const callee = moduleValue(m, module, decorator.callee);
    if (callee.k !== 'function') continue;
    m.walk.silent += 1;
    const scopes = m.walk.scopes.length;
    const apply = decorator.args === null ? callee : runFunction(m, callee, decorator.args.map((arg) => (typeof arg === 'number' ? moduleValue(m, module, arg) : UNKNOWN)), callee.self, null);
    const descriptor: ObjectValue = { k: 'object', props: new Map<string, Value>([['value', current]]), spreads: [], computed: [] };
    let returned: Value = UNDEFINED;
    if (apply.k === 'function') returned = runFunction(m, apply, [method.self ?? { k: 'unknown' }, literal(method.ir.name.split('.').at(-1)!), descriptor], null, null);
    m.walk.scopes.length = scopes;
    m.walk.silent -= 1;
    const replaced = (returned.k === 'object' ? returned.props.get('value') : undefined) ?? descriptor.props.get('value');
    const target = replaced === undefined ? undefined : optionsOf(replaced).find((option) => option.k === 'function' && option.ir !== method.ir) ?? replaced;
    if (target?.k === 'function') current = target;
  }
  if (current.k !== 'function' || current.ir === method.ir) return method;
  wrapped.set(method.ir, current);
  return { ...current, self: method.self };
}

/** What decorators have put in place of a method. */
export const wrapperOf = (method: FunctionIR): FunctionIR | null => wrapped.get(method)?.ir ?? null;

const silently = new Set<FunctionIR>();

/** What a function gives, without anything happening. A getter that reads itself gives nobody knows what. */
function silentlyCalled(m: Machine, fn: FunctionValue, self: Value): Value {
  if (silently.has(fn.ir)) {
    missing += 1;
    return UNKNOWN;
  }
  silently.add(fn.ir);
  m.walk.silent += 1;
  const value = runFunction(m, fn, [], self, null);
  m.walk.silent -= 1;
  silently.delete(fn.ir);
  return value;
}

/** After the stack overflowed in the middle of things: nothing is being computed any more. */
export function recover(m: Machine): void {
  m.nesting = 0;
  silently.clear();
  running.clear();
  holding.clear();
  for (const { values } of m.modules.values()) values.forEach((value, v) => void (value === OPEN && (values[v] = undefined)));
}

/** The part of an instance that a modelled superclass gives it (`class PrismaService extends PrismaClient`). */
export function libraryBase(m: Machine, instance: InstanceValue): LibraryValue | null {
  if (instance.base !== undefined) return instance.base;
  instance.base = null;
  let of: ClassValue | null = instance.of;
  for (let depth = 0; of !== null && depth < 6; depth += 1) {
    const known = classIR(m, of);
    const parent = superclass(m, of.file, known, of.up);
    const type = parent === null ? null : constructedType(m, parent);
    if (type !== null) {
      const resource = m.program.catalog.trait(type, 'resource');
      instance.base = library(type, { file: of.file, typeArgs: known.superType?.args ?? [], resource: resource === 'class' ? instance.of : resourceOfType(m, type, known.superType?.args ?? [], of.file) });
      instance.base.handle = m.program.catalog.trait(type, 'role') === 'client' ? instance.base : defaultClient(m, type);
      return instance.base;
    }
    of = parent?.k === 'class' ? parent : null;
  }
  return null;
}

/** The modelled type that `new` of a value makes. */
export function constructedType(m: Machine, value: Value): TypeEntry | null {
  if (value.k === 'operation') {
    for (const operation of value.operations) if (typeof operation.returns === 'object') return m.program.catalog.named(value.library, operation.returns.type) ?? null;
  }
  if (value.k === 'library') {
    const construct = m.program.catalog.constructor_(value.type);
    if (construct !== undefined) {
      for (const operation of operationsOf(construct.member) ?? []) if (typeof operation.returns === 'object') return m.program.catalog.named(construct.library, operation.returns.type) ?? null;
    }
    return value.type;
  }
  return null;
}

/** `asked`: the class that code names, where the member is inherited. */
function classMember(m: Machine, of: ClassValue, key: string, asked: ClassValue = of, depth = 0): Value {
  const ir = m.program.ir(of.file)!;
  const known = ir.classes[of.id]!;
  const method = findMethod(m, of, key, of, true);
  if (method !== null) return method;
  if (known.staticInit !== undefined && !m.initialisedClasses.has(known)) {
    m.initialisedClasses.add(known);
    m.walk.silent += 1;
    runFunction(m, { k: 'function', file: of.file, ir: ir.functions[known.staticInit]!, id: known.staticInit, up: of.up, self: of }, [], of, null);
    m.walk.silent -= 1;
    for (const [name, value] of of.sets ?? []) statics(m, known).set(name, value);
  }
  const field = statics(m, known).get(key);
  if (field !== undefined) return field;
  const parent = superclass(m, of.file, known, of.up);
  if (parent?.k === 'class' && depth < 8) return classMember(m, parent, key, asked, depth + 1);
  const type = parent === null ? null : constructedType(m, parent);
  if (type !== null) {
    const entry = m.program.catalog.static(type, key);
    if (entry !== undefined) {
      const self = library(type, { file: of.file, resource: asked });
      self.handle = defaultClient(m, type);
      return memberValue(m, entry, self, of.file, key, type);
    }
  }
  const declared = known.fields.find((candidate) => candidate.name === key && candidate.static);
  if (declared?.type !== undefined) return typed(m, of.file, declared.type, null) ?? { k: 'access', of, key };
  return { k: 'access', of, key };
}

const statics = (m: Machine, known: ClassIR): Map<string, Value> => {
  let fields = m.statics.get(known);
  if (fields === undefined) m.statics.set(known, (fields = new Map()));
  return fields;
};

function superMember(m: Machine, self: Value, parent: Value, key: string): Value {
  if (parent.k === 'class') return findMethod(m, parent, key, self) ?? { k: 'access', of: self, key };
  if (self.k === 'instance') {
    const base = libraryBase(m, self);
    if (base !== null) return member(m, base, key);
  }
  return { k: 'access', of: self, key };
}

function interfaceMember(m: Machine, value: { readonly k: 'interface'; readonly file: string; readonly name: string }, key: string): Value {
  const found = m.program.implementations(value.file, value.name).slice(0, 4);
  const classes = found.map((ref) => member(m, ambientInstance(m, { k: 'class', file: ref.file, id: ref.id, up: moduleFrame(m, ref.file) }, []), key));
  const objects = made(m, value.file, value.name).map((ref) => madeObject(m, ref));
  // It is being made, and asks for itself.
  if (objects.includes(null)) missing += 1;
  const members = [...classes, ...objects.filter((object) => object !== null).map((object) => member(m, object, key))].filter((option) => option.k !== 'access' && option.k !== 'undefined');
  return members.length === 0 ? { k: 'access', of: value as Value, key } : phi(members);
}

export const isText = (value: Value): boolean => optionsOf(value).every((option) => asText(option) !== undefined);
export type { Span };
