import type { ArgCondition, Invocation, LibraryModel, Member, Operation, Registration, Returns, TypeShape } from '../vocabulary/model.ts';
import { type Catalog, operationsOf, type TypeEntry } from './catalog.ts';
import { added, PRELUDE } from './stub-generics.ts';

/**
 * Declarations of the modelled libraries, made from the models: what a type checker reads when a package is not installed. Every
 * type has a property {@link MARKER} whose literal type is the identity `library#Type`; where a model is silent the type is `any`.
 */
export interface Stubs {
  /** Declares a module specifier; undefined when no model has it. `names`: what is imported, for clients that are generated to anywhere. */
  module(spec: string, names: readonly string[]): string | undefined;
  /** Text of a virtual file. */
  text(file: string): string | undefined;
}

export const MARKER = '__modelled';
const FOLDER = '/@modelled';
const IDENTIFIER = /^(?!(?:break|case|catch|class|const|continue|debugger|default|delete|do|else|enum|export|extends|false|finally|for|function|if|import|in|instanceof|new|null|return|super|switch|this|throw|true|try|typeof|var|void|while|with)$)[A-Za-z_$][\w$]*$/;
/** Type arguments that any type takes, so that an annotation may have as many as the real one. */
const COUNT = 6;
const PARAMETERS = `<${Array.from({ length: COUNT }, (_, i) => `T${i} = any`).join(', ')}>`;
const ARGUMENTS = `<${Array.from({ length: COUNT }, (_, i) => `T${i}`).join(', ')}>`;
const FUNCTION = '((...args: any[]) => any)';

export function stubs(catalog: Catalog): Stubs {
  const texts = new Map<string, string>();
  const byLibrary = new Map(catalog.models.map((library) => [`${FOLDER}/${identifier(library.name)}.d.ts`, library]));
  const specs = new Map<string, string>();
  return {
    module(spec, names) {
      let libraries = catalog.libraries(spec);
      if (libraries.length === 0) libraries = [...new Set(names.map((name) => catalog.generated(name)?.library).filter((library) => library !== undefined))];
      if (libraries.length === 0) return undefined;
      if (libraries.length === 1) return fileOf(libraries[0]!);
      const key = libraries.map((library) => library.name).join('+');
      let file = specs.get(key);
      if (file === undefined) {
        specs.set(key, (file = `${FOLDER}/several/${identifier(key)}.d.ts`));
        texts.set(file, several(libraries));
      }
      return file;
    },
    text(file) {
      let text = texts.get(file);
      const library = text === undefined ? byLibrary.get(file) : undefined;
      if (library !== undefined) texts.set(file, (text = new LibraryStub(catalog, library).text()));
      return text;
    },
  };
}

export const isStub = (file: string): boolean => file.startsWith(`${FOLDER}/`);

const fileOf = (library: LibraryModel): string => `${FOLDER}/${identifier(library.name)}.d.ts`;
const identifier = (name: string): string => (IDENTIFIER.test(name) ? name : name.replaceAll(/[^\w$]/g, '_').replace(/^\d/, '_$&'));

/** The first library that has a name gives it. */
function several(libraries: readonly LibraryModel[]): string {
  const taken = new Set<string>();
  return libraries.map((library) => {
    const names = [...exportedNames(library)].filter((name) => !taken.has(name));
    for (const name of names) taken.add(name);
    return `export { ${names.join(', ')} } from '${fileOf(library)}';\n`;
  }).join('');
}

function exportedNames(library: LibraryModel): Set<string> {
  const names = new Set<string>(['default']);
  for (const name of [...Object.keys(library.exports ?? {}), ...Object.keys(library.generated ?? {})]) if (IDENTIFIER.test(name)) names.add(name);
  for (const [key, shape] of Object.entries(library.types)) {
    names.add(identifier(key));
    for (const alias of shape.aliases ?? []) if (!alias.startsWith('default.')) names.add(alias.split('.')[0]!);
  }
  return names;
}

class LibraryStub {
  constructor(private readonly catalog: Catalog, private readonly library: LibraryModel) {}

  text(): string {
    const { library } = this;
    const parts = [PRELUDE];
    const names = new Set(Object.keys(library.types).map(identifier));
    for (const [key, shape] of Object.entries(library.types)) parts.push(this.type(key, shape));
    const dotted: [readonly string[], string][] = [];
    for (const [key, shape] of Object.entries(library.types)) {
      for (const alias of shape.aliases ?? []) {
        const path = alias.split('.');
        if (path.length > 1) dotted.push([path[0] === 'default' ? ['$default', ...path.slice(1)] : path, key]);
        else if (IDENTIFIER.test(alias) && !names.has(alias) && names.add(alias)) parts.push(`export type ${alias}${PARAMETERS} = ${identifier(key)}${ARGUMENTS};`);
      }
    }
    const { default: whole, ...named } = { ...library.generated, ...library.exports } as Record<string, Member>;
    for (const [name, member] of Object.entries(named)) {
      if (!IDENTIFIER.test(name)) continue;
      parts.push(`export declare const ${name}: ${this.value(member, false)};`);
      if (typeof member === 'string' && /^[A-Z]/.test(name) && !names.has(name) && names.add(name)) parts.push(`export type ${name}${PARAMETERS} = ${this.reference(member)}${ARGUMENTS};`);
    }
    const own = `Omit<typeof import('${fileOf(library)}'), 'default'>`;
    parts.push(`declare const $default: ${whole === undefined ? own : this.value(whole, false)}${whole === undefined || typeof whole === 'string' || Object.keys(named).length === 0 ? '' : ` & ${own}`};`);
    if (typeof whole === 'string') parts.push(`type $default${PARAMETERS} = ${this.reference(whole)}${ARGUMENTS};`);
    // `import pg from 'pg'; pg.Pool` is a type too.
    else for (const key of Object.keys(library.types)) if (IDENTIFIER.test(key)) dotted.push([['$default', key], key]);
    parts.push('export { $default as default };');
    parts.push(namespaces(dotted));
    return `${parts.filter((part) => part !== '').join('\n')}\n`;
  }

  private type(key: string, shape: TypeShape): string {
    const id = `${this.library.name}#${key}`;
    const entry = this.catalog.type(id)!;
    const name = identifier(key);
    const members = new Map<string, string>();
    const extra = added(id);
    this.gather(entry, 'members', members, new Set());
    for (const [member, text] of Object.entries(extra)) members.set(member, text);
    if (this.catalog.trait(entry, 'lazy') !== undefined) for (const of of ['then', 'catch', 'finally']) if (!members.has(of)) members.set(of, `${of}: Promise<any>['${of}'];`);
    const rest = members.get('*');
    members.delete('*');
    const call = this.catalog.callable(entry);
    const calls = call !== undefined ? this.signatures(call.member, '', true) : this.catalog.trait(entry, 'handler') === undefined ? [] : ['(...args: any[]): any;'];
    const body = [`readonly ${MARKER}: '${id}';`, ...calls, ...members.values()].join(' ');
    const parts = rest === undefined
      ? [`export interface ${name}${PARAMETERS} { ${body} }`]
      // Beside members of other types, a signature for all other names can only stand in an intersection.
      : [`interface ${name}$Known${PARAMETERS} { ${body} }`, `export type ${name}${PARAMETERS} = ${name}$Known${ARGUMENTS} & { ${rest} };`];
    const made = this.catalog.constructor_(entry);
    if (made !== undefined || shape.statics !== undefined) {
      const statics = new Map<string, string>();
      this.gather(entry, 'statics', statics, new Set());
      statics.delete('*');
      const construct = made === undefined ? [] : this.signatures(made.member, 'new ', true);
      parts.push(`export interface ${name}$Class${PARAMETERS} { readonly ${MARKER}: '${id}'; ${[...construct, ...statics.values()].join(' ')} }`);
    }
    return parts.join('\n');
  }

  /** Members, the nearest first; each as declared by the library that has it. */
  private gather(entry: TypeEntry, table: 'members' | 'statics', into: Map<string, string>, seen: Set<string>): void {
    if (seen.has(entry.id)) return;
    seen.add(entry.id);
    const stub = entry.library === this.library ? this : new LibraryStub(this.catalog, entry.library);
    for (const [key, member] of Object.entries(entry.shape[table] ?? {})) if (!into.has(key)) into.set(key, stub.member(key, member, this.library));
    for (const base of entry.shape.extends ?? []) {
      const found = this.catalog.named(entry.library, base);
      if (found !== undefined) this.gather(found, table, into, seen);
    }
  }

  private member(key: string, member: Member, _for: LibraryModel): string {
    if (key === '*') return `[member: string]: ${this.value(member, true)};`;
    const name = IDENTIFIER.test(key) ? key : JSON.stringify(key);
    const operations = operationsOf(member);
    return operations === null ? `readonly ${name}: ${this.value(member, true)};` : this.signatures(member, name, true).join(' ');
  }

  /** Type of a value that is this member. `inner`: within a type, whose arguments are at hand. */
  private value(member: Member, inner: boolean): string {
    if (typeof member === 'string') {
      const entry = this.catalog.named(this.library, member);
      if (entry === undefined) return 'any';
      const made = this.catalog.constructor_(entry) !== undefined || entry.shape.statics !== undefined;
      const instance = `${this.reference(member)}${inner ? ARGUMENTS : ''}`;
      return made ? `${instance} & ${this.reference(member)}$Class` : instance;
    }
    if (operationsOf(member) !== null) return `{ ${this.signatures(member, '', inner, false).join(' ')} }`;
    return `{ ${Object.entries((member as { members: Readonly<Record<string, Member>> }).members).map(([key, held]) => this.namespaced(key, held, inner)).join(' ')} }`;
  }

  private namespaced(key: string, member: Member, inner: boolean): string {
    if (key === '*') return '[member: string]: any;';
    const name = IDENTIFIER.test(key) ? key : JSON.stringify(key);
    return operationsOf(member) === null ? `readonly ${name}: ${this.value(member, inner)};` : this.signatures(member, name, inner, false).join(' ');
  }

  /** A type name as the model writes it, without arguments. */
  private reference(name: string): string {
    const entry = this.catalog.named(this.library, name);
    if (entry === undefined) return 'any';
    const id = identifier(entry.id.slice(entry.library.name.length + 1));
    return `import('${fileOf(entry.library)}').${id}`;
  }

  private instance(name: string, args: string): string {
    const type = this.reference(name);
    return type === 'any' ? 'any' : `${type}${args}`;
  }

  /** `self`: where `this` is a type. */
  private signatures(member: Member, name: string, inner: boolean, self = true): string[] {
    const own = inner ? '<T0, T1>' : '';
    return (operationsOf(member) ?? []).flatMap((operation) => {
      const signature = new Signature((returns) => this.given(returns, own));
      signature.read(operation);
      const type0 = this.resourceType(operation);
      // `getRepository(User)`: the class given is the type argument of what comes back.
      if (type0 !== null) return [
        `${name}<R>(a0: (abstract new (...args: any[]) => R) | { prototype: R }, ...rest: any[]): ${held(this.instance(type0, '<R>'))};`,
        `${name}<R = any>(...args: any[]): ${held(this.instance(type0, '<R>'))};`,
      ];
      const type = typeof operation.returns === 'object' ? operation.returns.type : typeof operation.returns === 'string' && /^[A-Z]|#[A-Z]/.test(operation.returns) ? operation.returns : undefined;
      const result = type === undefined ? signature.result(operation.returns, self) : this.made(type, operation, name.startsWith('new'), own);
      return [`${name}${signature.generics(name.startsWith('new') ? [...Array(COUNT).keys()].map((i) => `T${i} = any`) : [])}(${signature.parameters()}): ${result};`];
    });
  }

  private made(type: string, operation: Operation, isNew: boolean, own: string): string {
    const text = this.instance(type, isNew ? ARGUMENTS : own);
    if (isNew || text === 'any') return text;
    const result = typeof operation.returns === 'object' && operation.returns.many === true ? `(${text})[] & { [key: string]: ${text} }` : text;
    const entry = this.catalog.named(this.library, type)!;
    // A row has the members of the project's own class too, of which nothing is known without one.
    if (own !== '' && this.catalog.trait(entry, 'role') === 'entity') return held(`(T0 & ${result})`);
    return this.catalog.trait(entry, 'lazy') === undefined ? held(result) : result;
  }

  private resourceType(operation: Operation): string | null {
    if (typeof operation.returns !== 'object' || operation.returns.resource !== 'a0') return null;
    const entry = this.catalog.named(this.library, operation.returns.type);
    return entry !== undefined && this.catalog.trait(entry, 'resource') === 'type0' ? operation.returns.type : null;
  }

  private given(returns: Returns | null, own: string): string {
    if (returns === null) return 'any';
    if (typeof returns === 'object') return this.instance(returns.type, own);
    return /^[A-Z]|#[A-Z]/.test(returns) ? this.instance(returns, own) : 'any';
  }
}

/** Whether a call gives the value or a promise of it, a model does not say. */
const held = (type: string): string => `${type} & Promise<${type}>`;

/** The parameters of one overload, from all that its operation says of them. */
class Signature {
  private readonly params: { type?: string; members: Map<string, string> }[] = [];
  private readonly names = new Set<string>();
  private last: string | null = null;
  private every: string | null = null;
  private ends = false;

  constructor(private readonly given: (returns: Returns | null) => string) {}

  read(operation: Operation): void {
    for (const condition of operation.when ?? []) this.condition(condition);
    for (const invocation of operation.invokes ?? []) this.invocation(invocation, operation.returns === 'invoked');
    for (const registration of operation.registers ?? []) this.registration(registration);
    if (typeof operation.returns === 'string' && /^a\d$/.test(operation.returns)) this.generic(Number(operation.returns.slice(1)));
  }

  generics(before: readonly string[]): string {
    const all = [...before, ...this.names];
    return all.length === 0 ? '' : `<${all.join(', ')}>`;
  }

  result(returns: Operation['returns'], self: boolean): string {
    if (returns === 'this') return self ? 'this' : 'any';
    if (returns === 'invoked' && this.names.has('R')) return 'R';
    if (typeof returns === 'string' && this.names.has(returns.toUpperCase())) return returns.toUpperCase();
    return 'any';
  }

  parameters(): string {
    if (this.every !== null) return `...args: (${this.every} | string | RegExp | readonly any[] | { readonly [key: string]: any })[]`;
    if (this.last !== null) return `...args: [...any[], ${this.last}]`;
    const listed = Array.from(this.params, (param, i) => {
      if (param === undefined) return `a${i}?: any`;
      const members = [...param.members].map(([key, type]) => `${JSON.stringify(key)}?: ${type};`).join(' ');
      const type = param.type ?? (members === '' ? 'any' : `{ ${members} [key: string]: any }`);
      return `a${i}${param.type === FUNCTION || param.type === undefined ? '?' : ''}: ${type}`;
    });
    // A required parameter after an optional one is no declaration.
    let required = false;
    for (let i = listed.length - 1; i >= 0; i -= 1) {
      if (!/^a\d+\?/.test(listed[i]!)) required = true;
      else if (required) listed[i] = listed[i]!.replace('?', '');
    }
    return [...listed, ...(this.ends ? [] : ['...rest: any[]'])].join(', ');
  }

  private at(index: number): { type?: string; members: Map<string, string> } {
    return (this.params[index] ??= { members: new Map() });
  }

  private condition({ at, kind }: ArgCondition): void {
    const index = /^a(\d)$/.exec(at)?.[1];
    if (index === undefined) return;
    if (kind === 'absent') this.ends = true;
    const type = kind === 'function' ? FUNCTION : kind === 'array' ? 'readonly any[]' : kind === 'string' ? 'string' : kind === 'object' ? 'object' : undefined;
    if (type !== undefined) this.at(Number(index)).type ??= type;
  }

  private invocation({ fn, args, over }: Invocation, returned: boolean): void {
    this.callback(fn, args?.map((arg) => this.argument(arg, over)) ?? null, returned);
  }

  private registration({ fn, args }: Registration): void {
    this.callback(fn, args?.map((arg) => this.given(arg)) ?? null, false);
  }

  private argument(returns: Returns | null, over: string | undefined): string {
    const element = typeof returns === 'string' ? /^a(\d)\[\]$/.exec(returns)?.[1] : undefined;
    if (element === undefined) return this.given(returns);
    void over;
    this.generic(Number(element));
    return `(A${element} extends Iterable<infer E> ? E : any)`;
  }

  private generic(index: number): void {
    const param = this.at(index);
    if (param.type !== undefined || param.members.size > 0) return;
    param.type = `A${index}`;
    this.names.add(`A${index}`);
  }

  private callback(fn: string, args: readonly string[] | null, returned: boolean): void {
    const first = returned && !this.names.has('R');
    if (first) this.names.add('R');
    const type = `((${[...(args ?? []).map((arg, i) => `p${i}: ${arg}`), '...more: any[]'].join(', ')}) => ${first ? 'R' : 'any'})`;
    if (fn === 'functions') this.every = type;
    else if (fn === 'last') this.last = type;
    else {
      const match = /^a(\d)(?:\.([\w$]+))?$/.exec(fn);
      if (match === null) return;
      const param = this.at(Number(match[1]));
      if (match[2] !== undefined) param.members.set(match[2], type);
      else if (param.type === undefined || param.type === FUNCTION) param.type = type;
    }
  }
}

function namespaces(dotted: readonly (readonly [readonly string[], string])[]): string {
  const aliases = new Set<string>();
  interface Space { readonly types: Map<string, string>; readonly inner: Map<string, Space> }
  const root: Space = { types: new Map(), inner: new Map() };
  for (const [path, key] of dotted) {
    let at = root;
    for (const name of path.slice(0, -1)) {
      let next = at.inner.get(name);
      if (next === undefined) at.inner.set(name, (next = { types: new Map(), inner: new Map() }));
      at = next;
    }
    if (at.types.has(path.at(-1)!)) continue;
    at.types.set(path.at(-1)!, identifier(key));
    aliases.add(identifier(key));
  }
  const print = (space: Space): string => [
    ...[...space.types].map(([name, id]) => `type ${name}${PARAMETERS} = $$${id}${ARGUMENTS};`),
    ...[...space.inner].map(([name, inner]) => `namespace ${name} { ${print(inner)} }`),
  ].join(' ');
  return [
    ...[...aliases].map((id) => `type $$${id}${PARAMETERS} = ${id}${ARGUMENTS};`),
    ...[...root.inner].map(([name, inner]) => `${name === '$default' ? 'declare' : 'export declare'} namespace ${name} { ${print(inner)} }`),
  ].join('\n');
}
