import type { TypeEntry } from '../catalog/catalog.ts';
import type { FunctionIR, Key, Span, TypeRef } from '../vocabulary/ir.ts';
import type { Operation, SchemaShape } from '../vocabulary/model.ts';
import type { Effect, Occurrence, Region } from './effect.ts';
import type { Frame } from './frame.ts';

/**
 * Abstract values. A value is a JavaScript object whose identity is the identity of the analysed value: aliases share it, so a
 * property set through one name is seen through the other.
 */
export type Value =
  | Literal | Undefined | Template | ObjectValue | ArrayValue | FunctionValue | ClassValue | InstanceValue | InterfaceValue | LibraryValue
  | OperationValue | NamespaceValue | ModuleValue | ExternalValue | RowValue | ParamValue | AccessValue | ItemValue | DerivedValue | PhiValue
  | SourceValue | CaughtValue | UnknownValue;

interface Base {
  /** Properties set after the value was made: weak updates, each may or may not have happened. */
  sets?: Map<string, Value>;
  /** The validation schema that it has passed. */
  checked?: Value;
  /** Handed to a function that is out of view. */
  escaped?: true;
  /** Member values already made, so that equal accesses are one value. */
  members?: Map<string, Value>;
  /** The type that a declaration gives it, as written in a file. In a weak map, as many as there are keep the garbage collector busy. */
  written?: Written;
}

export interface Written { readonly file: string; readonly type: TypeRef }

export interface Literal extends Base { readonly k: 'literal'; readonly value: string | number | boolean | null }
export interface Undefined extends Base { readonly k: 'undefined' }
export interface Template extends Base { readonly k: 'template'; readonly quasis: readonly string[]; readonly values: readonly Value[] }
export interface ObjectValue extends Base {
  readonly k: 'object';
  readonly props: Map<string, Value>;
  /** Known objects that were spread into it. */
  merged?: Value[];
  /** Spread sources and computed keys: what the object may also hold. */
  readonly spreads: Value[];
  readonly computed: Value[];
  /** Loops that give it a member in each round, under a name of its own. */
  filled?: Set<Region>;
  /** Saved as an entity: the store has given it what it lacked, an id, defaults. */
  stored?: true;
}
export interface ArrayValue extends Base {
  readonly k: 'array';
  readonly items: Value[];
  readonly spreads: Value[];
  /** Values pushed after it was made; their number is not bounded by the code when pushed in a loop. */
  readonly pushed: { readonly value: Value; /** Under which it was put in a map. */ readonly key?: Value; readonly region: Region | null; /** Effects whose promises were pushed. */ readonly started?: readonly Occurrence[]; /** Each element of this list was pushed. */ readonly spread?: Value; /** The loop around that reads what is pushed: a page in each round. */ readonly pages?: Region }[];
  /** A collection that lives as long as the process: of a module, of a service that is made once. */
  resident?: true;
  /** Loops that empty it, or stop, when it has a certain length; that await it in every round. */
  limited?: Set<Region>;
}
export interface FunctionValue extends Base { readonly k: 'function'; readonly file: string; readonly ir: FunctionIR; readonly id: number; readonly up: Frame | null; readonly self: Value | null; readonly bound?: readonly Value[] }
export interface ClassValue extends Base { readonly k: 'class'; readonly file: string; readonly id: number; readonly up: Frame | null }
export interface InstanceValue extends Base {
  readonly k: 'instance';
  readonly of: ClassValue;
  readonly fields: Map<string, Value>;
  /** Injected or received, not constructed in view: fields follow from declarations. */
  readonly ambient: boolean;
  /** The execution that made it, where no module did: to another one that finds it, it is there to stay. */
  passing?: object;
  readonly typeArgs: readonly TypeRef[];
  /** The modelled superclass's part of it. */
  base?: LibraryValue | null;
}
/** A value of a project interface or object type: its methods are those of the implementations. */
export interface InterfaceValue extends Base { readonly k: 'interface'; readonly file: string; readonly name: string; readonly ref: TypeRef }
export interface LibraryValue extends Base {
  readonly k: 'library';
  readonly type: TypeEntry;
  /** Client or transaction it works through; itself for a client. */
  handle: Value | null;
  readonly resource: Value | null;
  readonly typeArgs: readonly TypeRef[];
  readonly file: string;
  /** Arguments it was made with (a command, a client's options). */
  readonly args: readonly Value[];
  /** A client: it outlives the execution that made it, or was closed in it. */
  fate?: 'kept' | 'closed';
  /** Something sends its requests again when they fail. */
  resent?: Resending;
  /** Made by code in view: what the arguments do not say was not said. */
  inView?: true;
  /** Requests that come through it are limited. */
  limited?: true;
  /** Handle of the client that gave out this one (a pool's connection). */
  parent?: Value | null;
  /** The read whose row it is. */
  row?: RowValue;
  /** The effect that a builder has gathered so far. */
  pending?: PendingEffect;
  /** A validation schema: the parts it was made of. */
  schema?: { readonly [Part in keyof SchemaShape]?: Value };
}
export interface PendingEffect {
  readonly steps: PendingStep[];
  /** What it came to, once it ran. */
  settled: Value | null;
}
export interface PendingStep { readonly operation: Operation; readonly args: readonly Value[]; readonly name: string; readonly self: LibraryValue | null; readonly library: TypeEntry['library']; readonly typeArgs: readonly TypeRef[]; /** Where it is written. */ readonly at: CallPlace }
/** How often the requests of a client are sent again, after which pause, and where it is set up so. */
export interface Resending { readonly times: Value; readonly pause: Value; readonly at: CallPlace }
export interface CallPlace { readonly frame: Frame; readonly span: Span }
export interface OperationValue extends Base { readonly k: 'operation'; readonly name: string; readonly library: TypeEntry['library']; readonly operations: readonly Operation[]; readonly self: LibraryValue | null; readonly owner: TypeEntry | null }
export interface NamespaceValue extends Base { readonly k: 'namespace'; readonly library: TypeEntry['library']; readonly members0: Readonly<Record<string, import('../vocabulary/model.ts').Member>>; /** The client whose members stand under the name: `openai.chat.completions`. */ readonly self?: LibraryValue }
export interface ModuleValue extends Base { readonly k: 'module'; readonly file: string }
/** Something of a package without a model. */
export interface ExternalValue extends Base { readonly k: 'external'; readonly spec: string; readonly path: string }
/** What an effect returned. */
export interface RowValue extends Base { readonly k: 'row'; readonly effect: Effect; readonly path: readonly string[] }
export interface ParamValue extends Base { readonly k: 'param'; readonly file: string; readonly fn: FunctionIR; readonly index: number; readonly type: TypeRef | undefined; /** Of a function that makes a service: with what it is called, and how often, is out of view. */ readonly wired?: true }
export interface AccessValue extends Base { readonly k: 'access'; readonly of: Value; readonly key: Key | Value }
export interface ItemValue extends Base { readonly k: 'item'; readonly of: Value }
/** Computed from others; `op` is an operator or the name of a function. */
export interface DerivedValue extends Base { readonly k: 'derived'; readonly op: string; readonly from: readonly Value[]; /** `call`: the name of what is called, as it stands at the call. */ readonly by?: string; /** The iteration that made it (`map`). */ readonly region?: Region; /** The function that something out of view was given, and may have wrapped. */ readonly wraps?: FunctionValue; /** Of a `filter`: what its callback gives for an element. */ readonly keeps?: Value }
export interface PhiValue extends Base { readonly k: 'phi'; readonly options: readonly Value[]; readonly isDefault?: true; /** What decides between the values; the first whose condition holds is it. */ readonly ways?: readonly Way[]; /** The key under which one of them was taken from a table. */ readonly by?: Value; /** Everything in that table, where it holds more than `options` does. */ readonly table?: readonly Value[]; /** A member of one of several values: of the same value, it is the same each time. */ readonly part?: { readonly of: Value; readonly key: string } }
/** One of several values and when it is the one; `null`: otherwise. */
export interface Way { readonly when: Value | null; readonly value: Value }
export interface SourceValue extends Base { readonly k: 'source'; readonly yields: NonNullable<Operation['yields']>; readonly at: Span; readonly file: string; /** region depth at which it was made */ readonly regions: readonly number[]; /** Made within a step of a durable execution: the same when that goes on. */ readonly kept?: true }
export interface CaughtValue extends Base { readonly k: 'caught'; readonly attempt: object }
export interface UnknownValue extends Base { readonly k: 'unknown' }

export const UNDEFINED: Undefined = Object.freeze({ k: 'undefined' });
/** For what cannot be told; never carries sets. */
export const UNKNOWN: UnknownValue = Object.freeze({ k: 'unknown' });

export const literal = (value: Literal['value']): Literal => ({ k: 'literal', value });
export const derived = (op: string, ...from: readonly Value[]): DerivedValue => ({ k: 'derived', op, from });

const MAX_OPTIONS = 6;
/** Of more than these nothing is compared. */
const MAX_SEEN = 24;

/** One of the values; flattened, without repetition, and of too many those that differ most. */
export function phi(options: readonly Value[], isDefault?: true): Value {
  const flat: Value[] = [];
  for (let i = 0; i < options.length; i += 1) {
    const option = options[i]!;
    if (option.k !== 'phi') addOption(flat, option);
    else for (let j = 0; j < option.options.length; j += 1) addOption(flat, option.options[j]!);
  }
  if (flat.length === 0) return UNDEFINED;
  if (flat.length === 1) return flat[0]!;
  const kept = flat.length > MAX_OPTIONS ? representatives(flat) : flat;
  return isDefault === undefined ? { k: 'phi', options: kept } : { k: 'phi', options: kept, isDefault };
}

function addOption(flat: Value[], option: Value): void {
  if (flat.length >= MAX_SEEN) return;
  for (let i = 0; i < flat.length; i += 1) if (sameValue(flat[i]!, option)) return;
  flat.push(option);
}

/** A function says no in many ways and yes in one: of what is alike the first stands for the others. What was read from elsewhere is kept before all. */
function representatives(flat: readonly Value[]): Value[] {
  const rows = flat.filter(({ k }) => k === 'row');
  const byShape = new Map<string, Value>();
  for (const value of flat) if (!byShape.has(shapeOf(value))) byShape.set(shapeOf(value), value);
  const kept = new Set([...new Set([...rows, ...byShape.values(), ...flat])].slice(0, MAX_OPTIONS));
  return flat.filter((value) => kept.has(value));
}

function shapeOf(value: Value): string {
  switch (value.k) {
    case 'literal': return String(value.value);
    case 'object': return [...value.props].map(([key, held]) => (held.k === 'literal' && typeof held.value !== 'string' ? `${key}:${held.value}` : key)).join();
    case 'array': return value.items.map((item) => (item.k === 'literal' && item.value === null ? 'null' : item.k)).join();
    default: return value.k;
  }
}

/** One of the values, decided by conditions in view. */
export function decided(ways: readonly Way[], options: readonly Value[] = ways.map((way) => way.value)): Value {
  const value = phi([...new Set(options)]);
  return value.k === 'phi' && ways.length <= MAX_OPTIONS ? { ...value, ways } : value;
}

/** One of the values of a table, taken by a key. */
export function pickedBy(key: Value, held: readonly Value[]): Value {
  const value = phi(held.slice(0, MAX_OPTIONS));
  return value.k === 'phi' ? { ...value, by: key, ...(held.length > MAX_OPTIONS && { table: held }) } : value;
}

export const not = (value: Value): Value => (value.k === 'literal' ? literal(!value.value) : value.k === 'derived' && value.op === '!' ? value.from[0]! : derived('!', value));

const both = (op: '&&' | '||', left: Value, right: Value): Value => {
  for (const [one, other] of [[left, right], [right, left]] as const) if (one.k === 'literal') return Boolean(one.value) === (op === '&&') ? other : one;
  return derived(op, left, right);
};

/** What is told of a decided value, as a test on what decided it: `told` answers for each of the values, null where it cannot. Null when nothing in view decides. */
export function conditionThat(value: Value, told: (option: Value) => boolean | null): Value | null {
  if (value.k !== 'phi' || value.ways === undefined) return null;
  let test: Value = literal(false);
  for (let i = value.ways.length - 1; i >= 0; i -= 1) {
    const { when, value: option } = value.ways[i]!;
    const is = told(option);
    if (is === null) return null;
    test = when === null ? literal(is) : is ? both('||', when, test) : both('&&', not(when), test);
  }
  return test.k === 'literal' ? null : derived('Boolean', test);
}

/** The same, without what was found in it and what was set on it. */
export const afresh = ({ members, sets, ...value }: LibraryValue): LibraryValue => value;

/** The list of what becomes of each of them, in their order. */
export const eachOf = (list: ArrayValue, become: (value: Value) => Value): ArrayValue => ({ k: 'array', items: list.items.map(become), spreads: list.spreads, pushed: list.pushed.map(({ value, region }) => ({ value: become(value), region })) });

/** The alternatives of a value, itself when it has none. */
export const optionsOf = (value: Value): readonly Value[] => (value.k === 'phi' ? value.options : [value]);

/** Certainly the same value. */
export function sameValue(a: Value, b: Value, depth = 6): boolean {
  if (a === b) return a.k !== 'unknown';
  if (depth === 0 || a.k !== b.k) return false;
  switch (a.k) {
    case 'literal': return a.value === (b as Literal).value;
    case 'undefined': return true;
    case 'param': return a.fn === (b as ParamValue).fn && a.index === (b as ParamValue).index;
    case 'access': return keyEquals(a.key, (b as AccessValue).key, depth) && sameValue(a.of, (b as AccessValue).of, depth - 1);
    case 'item': return sameValue(a.of, (b as ItemValue).of, depth - 1);
    case 'row': return a.effect === (b as RowValue).effect && sameTexts(a.path, (b as RowValue).path);
    case 'function': return a.ir === (b as FunctionValue).ir && a.up === (b as FunctionValue).up;
    case 'class': return a.file === (b as ClassValue).file && a.id === (b as ClassValue).id;
    case 'module': return a.file === (b as ModuleValue).file;
    case 'external': return a.spec === (b as ExternalValue).spec && a.path === (b as ExternalValue).path;
    case 'template': return sameTexts(a.quasis, (b as Template).quasis) && sameValues(a.values, (b as Template).values, depth - 1);
    case 'derived': return a.op === (b as DerivedValue).op && a.op !== 'call' && sameValues(a.from, (b as DerivedValue).from, depth - 1);
    case 'phi': {
      const other = b as PhiValue;
      return a.part !== undefined && other.part !== undefined && a.part.of === other.part.of && a.part.key === other.part.key && sameValues(a.options, other.options, depth - 1);
    }
    default: return false;
  }
}

function sameValues(a: readonly Value[], b: readonly Value[], depth: number): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (!sameValue(a[i]!, b[i]!, depth)) return false;
  return true;
}

function sameTexts(a: readonly string[], b: readonly string[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function keyEquals(a: Key | Value, b: Key | Value, depth: number): boolean {
  if (typeof a === 'object' && typeof b === 'object') return sameValue(a, b, depth - 1);
  return a === b;
}

/** What a record is sought under: a function that is asked twice for the same thing gives the same, or the record would not be found. */
export const sameSought = (a: Value, b: Value): boolean => sameValue(a, b) || alike(a, b, 14, { left: 500 });

/** `budget`: how many more comparisons it is worth; one part may stand in many places. */
function alike(a: Value, b: Value, depth: number, budget: { left: number }): boolean {
  if (a === b) return a.k !== 'unknown';
  if (depth === 0 || a.k !== b.k || (budget.left -= 1) < 0) return false;
  const same = (one: Value, other: Value): boolean => alike(one, other, depth - 1, budget);
  const all = (ones: readonly Value[], others: readonly Value[]): boolean => ones.length === others.length && ones.every((one, i) => same(one, others[i]!));
  switch (a.k) {
    case 'access': {
      const { key, of } = b as AccessValue;
      return (typeof a.key === 'object' && typeof key === 'object' ? same(a.key, key) : a.key === key) && same(a.of, of);
    }
    case 'item': return same(a.of, (b as ItemValue).of);
    case 'template': return a.quasis.length === (b as Template).quasis.length && a.quasis.every((text, i) => text === (b as Template).quasis[i]) && all(a.values, (b as Template).values);
    case 'derived': {
      const other = b as DerivedValue;
      if (a.op !== other.op) return false;
      if (a.op !== 'call') return all(a.from, other.from);
      if (a.by === undefined || a.by !== other.by || a.from.every(isFixed)) return false;
      // `createHash('sha256').digest(token)`: what is asked is made for the asking.
      const [first, second] = [a.from[0]!, other.from[0]];
      const isMade = first.k === 'derived' && second?.k === 'derived' && isFixed(first) && isFixed(second) && first.by === second.by && first.from.length === second.from.length;
      return all(a.from.slice(isMade ? 1 : 0), other.from.slice(isMade ? 1 : 0));
    }
    case 'phi': return all(a.options, (b as PhiValue).options);
    case 'object': return a.spreads.length + a.computed.length === 0 && a.sets === undefined && [...a.props.keys()].join() === [...(b as ObjectValue).props.keys()].join() && all([...a.props.values()], [...(b as ObjectValue).props.values()]);
    default: return sameValue(a, b);
  }
}

/** Made of nothing that differs from one execution to the next, as a random id is. */
export const isFixed = (value: Value): boolean => value.k === 'literal' || value.k === 'external' || (value.k === 'derived' && value.op === 'call' && value.from.every(isFixed));

export const asText = (value: Value | null | undefined): string | undefined => (value?.k === 'literal' && typeof value.value === 'string' ? value.value : undefined);
export const asNumber = (value: Value | null | undefined): number | undefined => (value?.k === 'literal' && typeof value.value === 'number' ? value.value : undefined);

/** Present, absent, or unknowable in an options object. */
export function presence(value: Value | undefined): 'yes' | 'no' | 'unknown' {
  if (value === undefined || value.k === 'undefined') return 'no';
  if (value.k === 'literal') return value.value === false || value.value === null ? 'no' : 'yes';
  if (value.k === 'phi') {
    const answers = value.options.map(presence);
    return answers.every((answer) => answer === 'yes') ? 'yes' : answers.every((answer) => answer === 'no') ? 'no' : 'unknown';
  }
  if (value.k === 'unknown' || value.k === 'param' || value.k === 'access') return 'unknown';
  return 'yes';
}

/** A builder that ran stands for what it returned. */
export const settled = (value: Value): Value => (value.k === 'library' && value.pending?.settled != null ? value.pending.settled : value);
