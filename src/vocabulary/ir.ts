/**
 * The IR of one file: syntax only, no knowledge of any library. It is a pure function of the file's text, serialisable, and equal
 * whichever TS-ESTree parser made the tree. Each function is a list of value-numbered terms (equal term, equal number, so
 * `const b = a` costs nothing) and a structured tree of events in evaluation order.
 */

/** Index into {@link FunctionIR.values}. */
export type V = number;
/** Index of an event (call, new, tag) within its function; `['res', ev]` is its result. */
export type Ev = number;
/** UTF-16 offsets into the file's text, end exclusive: the only currency between parsers and type checkers. */
export type Span = readonly [start: number, end: number];
/** A property key: a literal name (array indices as `'0'`), or the value of a computed key. */
export type Key = string | V;

export type Term =
  | readonly ['param', number] // the raw argument; destructuring yields `get`, a default yields `default`
  | readonly ['default', V, V] // value, or the second when it is undefined
  | readonly ['this']
  | readonly ['super']
  | readonly ['import', spec: string, name: string] // name: exported name, `default`, `*` (namespace or `require`)
  | readonly ['global', string]
  | readonly ['cap', depth: number, slot: number] // captured: slot of the function `depth` levels up (1 = directly enclosing)
  | readonly ['lit', string | number | boolean | null]
  | readonly ['undef']
  | readonly ['regex', string]
  | readonly ['tpl', quasis: readonly string[], ...V[]]
  | readonly ['obj', ...Prop[]]
  | readonly ['arr', ...Arg[]]
  | readonly ['get', V, Key]
  | readonly ['item', V] // one element of an iterated collection
  | readonly ['key', V] // one key of a `for in`
  | readonly ['rest', V, omitted: readonly string[]] // object or array rest of a destructuring
  | readonly ['res', Ev]
  | readonly ['await', V]
  | readonly ['bin', op: string, V, V] // also comparisons, `in`, `instanceof`
  | readonly ['un', op: string, V]
  | readonly ['logic', op: '&&' | '||' | '??', V, V]
  | readonly ['cond', test: V, then: V, otherwise: V]
  | readonly ['phi', ...V[]] // one of (joins, loops, several assignments)
  | readonly ['fn', FunctionId]
  | readonly ['class', ClassId]
  | readonly ['in', FunctionId, V] // value V of an inner function, assigned by it to a variable of ours
  | readonly ['caught', number] // the caught error of the nth `try` of this function
  | readonly ['unknown'];

/** `[key, value]`, or `[value]` for a spread. */
export type Prop = readonly [Key, V] | readonly [V];
/** A value, or `[value]` for a spread. */
export type Arg = V | readonly [V];

export type FunctionId = number;
export type ClassId = number;

/** What becomes of an event's result, by syntax alone. `receiver`: only used as the object of a member access. */
export type Use = 'awaited' | 'returned' | 'receiver' | 'argument' | 'assigned' | 'element' | 'tested' | 'dropped';

export type Event =
  | readonly ['call', Ev, callee: V, args: readonly Arg[], Use, Span]
  | readonly ['new', Ev, callee: V, args: readonly Arg[], Use, Span]
  | readonly ['tag', Ev, callee: V, quasis: readonly string[], values: readonly V[], Use, Span]
  | readonly ['await', V, Span]
  | readonly ['yield', V, Span]
  /** Members read before the change are the values numbered below `reads`; one that is read again later has a number of its own. */
  | readonly ['set', object: V, Key, value: V, Span, reads: V]
  | readonly ['assign', depth: number, slot: number, value: V, Span] // to a variable of an enclosing function
  | readonly ['return', V | -1, Span]
  | readonly ['throw', V, Span]
  | readonly ['break', label: string | null]
  | readonly ['continue', label: string | null]
  | readonly ['if', test: V, then: readonly Event[], otherwise: readonly Event[], Span]
  /** `over` is the collection (`of`, `in`, `await-of`) or the test (`for`, `while`, `do`), -1 when absent. Test and update events stand inside the body. */
  | readonly ['loop', LoopKind, over: V | -1, body: readonly Event[], Span]
  | readonly ['try', index: number, body: readonly Event[], handler: readonly Event[] | null, finalizer: readonly Event[] | null, Span, /** The handler gives a variable around it a value. */ keeps?: true]
  | readonly ['switch', V, cases: readonly (readonly [tests: readonly V[] | null, body: readonly Event[]])[], Span]
  | readonly ['label', string, readonly Event[]];

export type LoopKind = 'of' | 'in' | 'await-of' | 'for' | 'while' | 'do';

/**
 * A type's identity as written, resolved through the import binding, so that it survives absent packages. Wrappers that change
 * nothing (`| null`, `| undefined`, `readonly`, parentheses) are dropped; a union of two or more names is `name: '|'` with `args`.
 */
export interface TypeRef {
  /** Module specifier when the name is imported; absent for names of this file and globals. */
  readonly spec?: string;
  /** Exported name, dotted for namespaces (`Prisma.TransactionClient`, `Knex.Transaction`). `typeof x` is `typeof` with `value`; a function type is `=>`; an object type is `{}`; a tuple is `[]`; an indexed access is `T[K]` with `args: [T]` and `key`; a literal type is `literal` with `key`. */
  readonly name: string;
  readonly args?: readonly TypeRef[];
  /** For `typeof`: the value it names, dotted, whose root is resolved by `spec`/scope. */
  readonly value?: string;
  readonly key?: string;
  /** For `{}`: the members. For `=>`: `return` holds the result type. */
  readonly members?: Readonly<Record<string, TypeRef>>;
  readonly return?: TypeRef;
  readonly params?: readonly TypeRef[];
}

export interface Decorator {
  /** Value (of the function that encloses the class) of the decorator function; no event is made for it. */
  readonly callee: V;
  readonly args: readonly Arg[] | null;
  readonly span: Span;
}

export interface Param {
  /** Name when it is a plain identifier, else ''. */
  readonly name: string;
  readonly type?: TypeRef;
  readonly rest?: true;
  readonly optional?: true;
  /** Default value, evaluated in this function. */
  readonly default?: V;
  /** TypeScript parameter property: the field it declares is `name`. */
  readonly property?: true;
  readonly decorators?: readonly Decorator[];
  /** Span of the name or pattern, without decorators and annotation. */
  readonly span: Span;
}

export type FunctionKind = 'module' | 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor' | 'fields' | 'static';

export interface FunctionIR {
  /** Symbolic name, dotted from the outside: `OrderService.place`, `handler`, `place.<anonymous>`; '' for the module. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly params: readonly Param[];
  readonly returns?: TypeRef;
  readonly values: readonly Term[];
  /** Variables that inner functions read or assign; each holds all the values it is ever given (a `phi` when several). */
  readonly slots: readonly V[];
  readonly body: readonly Event[];
  readonly async: boolean;
  readonly generator: boolean;
  readonly decorators?: readonly Decorator[];
  /** Types of values from variable annotations, `as`, `satisfies` and type arguments; a cast changes no value. */
  readonly types?: readonly (readonly [V, TypeRef])[];
  /** Type arguments of call and new events. */
  readonly typeArgs?: readonly (readonly [Ev, readonly TypeRef[]])[];
  readonly span: Span;
  readonly nameSpan: Span;
  /** Lexically enclosing function; -1 for the module. */
  readonly up: FunctionId;
  /** Class of a method, getter, setter, constructor, `fields` or `static` function. */
  readonly class?: ClassId;
  /** `'use server'` and the like. */
  readonly directives?: readonly string[];
  /** `@distributed …` JSDoc tags in front of the function, each without the tag name. */
  readonly tags?: readonly string[];
}

export interface ClassIR {
  readonly name: string;
  readonly span: Span;
  readonly up: FunctionId;
  /** Value of the superclass expression in `up`, and its type identity with type arguments. */
  readonly extends?: V;
  readonly superType?: TypeRef;
  readonly implements: readonly TypeRef[];
  readonly typeParams: readonly string[];
  readonly decorators: readonly Decorator[];
  readonly abstract?: true;
  /** `optional`: `tx?: Transaction`, `tx: Transaction | null`. */
  readonly fields: readonly { readonly name: string; readonly static: boolean; readonly optional?: true; readonly type?: TypeRef; readonly decorators?: readonly Decorator[]; readonly span: Span }[];
  readonly methods: readonly { readonly name: string; readonly static: boolean; readonly kind: 'method' | 'getter' | 'setter'; readonly fn: FunctionId }[];
  readonly ctor?: FunctionId;
  /** Runs the instance field initialisers: `['set', this, name, value]`. Arrow-function fields are set here too. */
  readonly fieldsInit?: FunctionId;
  readonly staticInit?: FunctionId;
}

export interface TypeDecl {
  readonly kind: 'interface' | 'alias' | 'enum';
  readonly params: readonly string[];
  readonly extends?: readonly TypeRef[];
  /** Interface members and enum members (an enum member's type is a `literal`). */
  readonly members?: Readonly<Record<string, TypeRef>>;
  readonly alias?: TypeRef;
}

export interface ImportRecord {
  readonly spec: string;
  readonly name: string;
  readonly local: string;
  readonly typeOnly: boolean;
}

export interface ModuleRecord {
  readonly imports: readonly ImportRecord[];
  /** Every specifier that is mentioned: static and dynamic imports, `require`, re-exports, type imports. */
  readonly specs: readonly string[];
  /** Exported name to a value of the module function. `default` and CommonJS `module.exports.x` included; `=` is a whole `module.exports`. */
  readonly exports: Readonly<Record<string, V>>;
  /** `export { a as b } from 's'`: exported name to [specifier, name]; `export * as ns` has name `*`. */
  readonly reexports: Readonly<Record<string, readonly [spec: string, name: string]>>;
  /** `export * from 's'`. */
  readonly stars: readonly string[];
  /** Exported type names of this file (interfaces, aliases, enums, classes) to the local name. */
  readonly types: Readonly<Record<string, string>>;
  readonly esm: boolean;
}

export interface Suppression {
  /** `next-line`, `line`, or `file`/`block-start`/`block-end` for `eslint-disable` / `eslint-enable` pairs. */
  readonly kind: 'line' | 'next-line' | 'disable' | 'enable';
  /** Empty: all rules. Names as written (`distributed/no-dual-write`). */
  readonly rules: readonly string[];
  readonly reason: string;
  readonly span: Span;
}

export interface FileIR {
  /** `partial`: over the size limit or with syntax errors; what is missing is unknown, not absent. */
  readonly status: 'complete' | 'partial' | 'failed';
  readonly functions: readonly FunctionIR[]; // [0] is the module
  readonly classes: readonly ClassIR[];
  readonly types: Readonly<Record<string, TypeDecl>>;
  readonly module: ModuleRecord;
  readonly directives: readonly string[];
  readonly suppressions: readonly Suppression[];
  /** The file says that a machine wrote it (`@generated`, `DO NOT EDIT`) in its first comment. */
  readonly generated: boolean;
}
