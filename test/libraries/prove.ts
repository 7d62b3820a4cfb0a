import type ts from 'typescript';
import { operationsOf } from '../../src/catalog/catalog.ts';
import type { LibraryModel, Member, Operation, Returns, Source, TypeShape } from '../../src/vocabulary/model.ts';
import { genericOf, INSTANTIATIONS, type Modules } from './declarations.ts';

/** More types than these under one name of the model are variants of what was seen. */
const VARIANTS = 60;

/** The types that one type of the model stands for, as far as the declarations lead to them. */
interface Seen {
  readonly instances: Set<ts.Type>;
  readonly statics: Set<ts.Type>;
}

/** What of a model the declarations do not bear out: the place in the model, and what is missing there. */
export function gaps(model: LibraryModel, modules: Modules, names: Readonly<Record<string, readonly string[]>> = {}): ReadonlyMap<string, string> {
  return new Proof(model, modules, names).run();
}

class Proof {
  private readonly seen = new Map<string, Seen>();
  private readonly missing = new Map<string, string>();
  /** Members and operations once borne out by one of the types stay so. */
  private readonly borne = new Set<string>();
  private readonly queue: [type: string, seen: ts.Type, how: 'instance' | 'static'][] = [];

  constructor(private readonly model: LibraryModel, private readonly modules: Modules, private readonly names: Readonly<Record<string, readonly string[]>>) {
    for (const name of Object.keys(model.types)) this.seen.set(name, { instances: new Set(), statics: new Set() });
  }

  run(): ReadonlyMap<string, string> {
    for (const [name, member] of Object.entries(this.model.exports ?? {})) this.exported(name, member);
    for (const [name, member] of Object.entries(this.model.globals ?? {})) {
      const found = this.modules.global(name);
      if (found === null) this.miss(`globals.${name}`, 'no such global');
      else if (found.value !== null) this.value(`globals.${name}`, member, found.value);
    }
    for (const [name, shape] of Object.entries(this.model.types)) for (const alias of [name, ...(shape.aliases ?? []), ...(this.names[name] ?? [])]) this.byName(name, alias);
    for (let next = this.queue.shift(); next !== undefined; next = this.queue.shift()) this.follow(...next);
    for (const [name, shape] of Object.entries(this.model.types)) this.judge(name, shape);
    for (const path of this.borne) this.missing.delete(path);
    return this.missing;
  }

  private exported(name: string, member: Member): void {
    const found = name === '*' ? [] : this.modules.named(name);
    if (found.length === 0) {
      if (name !== '*') this.miss(`exports.${name}`, 'no such export');
      return;
    }
    for (const { value, type } of found) {
      if (value !== null) this.value(`exports.${name}`, member, value);
      else if (typeof member === 'string' && type !== null) this.note(member, type, 'instance');
      else if (type !== null) this.bear(`exports.${name}`);
    }
    if (typeof member === 'string') this.bear(`exports.${name}`);
  }

  private byName(name: string, alias: string): void {
    for (const { value, type } of this.modules.named(alias)) {
      if (type !== null) this.note(name, type, 'instance');
      if (value !== null) this.note(name, value, this.modules.constructs(value).length > 0 ? 'static' : 'instance');
    }
  }

  /** The member of a model against the value that it is said of. */
  private value(path: string, member: Member, type: ts.Type): void {
    const operations = operationsOf(member);
    if (typeof member === 'string') {
      this.bear(path);
      const constructs = this.modules.constructs(type);
      for (const signature of constructs) for (const made of this.modules.returned(signature)) this.note(member, made, 'instance');
      if (constructs.length > 0) this.note(member, type, 'static');
      // A class of which the model knows no instances: its static members are the model's members.
      if (constructs.length === 0 || this.modules.calls(type).length > 0 || !this.constructed(member)) this.note(member, type, 'instance');
    } else if (operations !== null) this.operations(path, operations, type, 'any');
    else {
      this.bear(path);
      const { members } = member as { readonly members: Readonly<Record<string, Member>> };
      for (const [name, inner] of Object.entries(members)) this.member(`${path}.${name}`, name, inner, type);
    }
  }

  private constructed(name: string): boolean {
    const shape = this.model.types[name];
    return shape !== undefined && (shape.construct !== undefined || (shape.extends ?? []).some((base) => this.constructed(base)));
  }

  private member(path: string, name: string, member: Member, of: ts.Type): void {
    if (name === '*') return;
    const type = this.modules.property(of, name);
    if (type === null) this.miss(path, 'no such member');
    else this.value(path, member, type);
  }

  private operations(path: string, operations: readonly Operation[], type: ts.Type, how: 'any' | 'construct' | 'call'): void {
    const signatures = [...(how === 'construct' ? [] : this.modules.calls(type)), ...(how === 'call' ? [] : this.modules.constructs(type))];
    const plain = operations.every((operation) => Object.keys(operation).every((key) => key === 'pure' || key === 'yields' || key === 'returns'));
    if (signatures.length === 0) {
      if (plain || this.modules.isOpen(type)) this.bear(path);
      else this.miss(path, 'cannot be called');
      return;
    }
    this.bear(path);
    for (const [index, operation] of operations.entries()) {
      const at = operations.length === 1 ? path : `${path}[${index}]`;
      for (const source of sourcesOf(operation)) this.source(`${at} ${source}`, source, signatures);
      if (operation.returns !== undefined) for (const signature of signatures) for (const made of this.modules.returned(signature)) this.returns(operation.returns, made, path);
      const callbacks = [...(operation.invokes ?? []), ...(operation.registers ?? [])];
      for (const { fn, args } of callbacks) if (args !== undefined && fn !== 'functions') for (const signature of signatures) this.callback(signature, fn, args);
    }
  }

  private returns(returns: Returns, made: ts.Type, path: string): void {
    if (returns === 'this') {
      const own = path.split('.')[0]!;
      if (this.seen.has(own)) this.note(own, made, 'instance');
      return;
    }
    const named = typeof returns === 'string' ? (/^[A-Z]/.test(returns) ? returns : null) : returns.type;
    if (named === null) return;
    const types = typeof returns === 'object' && returns.many === true ? [...this.modules.elements(made), ...this.modules.properties(made)] : [made];
    for (const type of types) this.note(named, type, this.modules.constructs(type).length > 0 ? 'static' : 'instance');
  }

  private callback(signature: ts.Signature, fn: Source, args: readonly (Returns | null)[]): void {
    const given = this.at(signature, fn);
    if (given === null) return;
    for (const callback of this.modules.calls(given)) {
      for (const [index, arg] of args.entries()) {
        const type = arg === null ? null : this.modules.argument(callback, index);
        if (type !== null) this.returns(arg!, type, '');
      }
    }
  }

  /** What the first segment of a source names must be an argument, and the next one a property of it. */
  private source(path: string, source: Source, signatures: readonly ts.Signature[]): void {
    const [, index, rest = ''] = /^a(\d+)(.*)$/.exec(source) ?? [];
    if (index === undefined) return;
    const taking = signatures.filter((signature) => this.modules.arity(signature) > Number(index));
    if (taking.length === 0) this.miss(path, 'no such argument');
    else if (rest === '') this.bear(path);
    else if (taking.some((signature) => this.reaches(this.modules.argument(signature, Number(index)), rest))) this.bear(path);
    // One of several readings of the call: another has it at its own place.
    else if (/\[\d+\] /.test(path) && signatures.some((signature) => signature.parameters.some((_, other) => this.reaches(this.modules.argument(signature, other), rest)))) this.bear(path);
    else this.miss(path, 'no such property of the argument');
  }

  private reaches(type: ts.Type | null, rest: string): boolean {
    const [, key, more = ''] = /^\.?([^.[]+|\[\])(.*)$/.exec(rest) ?? [];
    if (type === null) return false;
    if (key === undefined || this.modules.isOpen(type)) return true;
    if (key === '[]') return [...this.modules.elements(type), ...this.modules.properties(type)].some((element) => this.reaches(element, more));
    return this.modules.parts(type).some((part) => this.modules.isOpen(part) || this.reaches(this.modules.property(part, key), more));
  }

  private at(signature: ts.Signature, source: Source): ts.Type | null {
    const [, index, rest = ''] = /^a(\d+)(.*)$/.exec(source === 'last' ? `a${Math.max(signature.parameters.length - 1, 0)}` : source) ?? [];
    let type = index === undefined ? null : this.modules.argument(signature, Number(index));
    for (const key of rest.split('.').filter((part) => part !== '' && part !== '[]')) type = type === null ? null : this.modules.property(type, key);
    return type;
  }

  private note(name: string, type: ts.Type, how: 'instance' | 'static'): void {
    const seen = this.seen.get(name);
    if (seen === undefined) return;
    const set = how === 'instance' ? seen.instances : seen.statics;
    for (const part of this.modules.parts(type)) {
      const generic = genericOf(part);
      if (set.has(part) || set.size >= VARIANTS || (generic !== null && [...set].filter((other) => genericOf(other) === generic).length >= INSTANTIATIONS)) continue;
      set.add(part);
      this.queue.push([name, part, how]);
      for (const base of this.model.types[name]!.extends ?? []) this.note(base, part, how);
    }
  }

  private follow(name: string, type: ts.Type, how: 'instance' | 'static'): void {
    const shape = this.model.types[name]!;
    if (how === 'instance') {
      for (const [member, inner] of Object.entries(shape.members ?? {})) {
        const found = member === '*' ? null : this.modules.property(type, member);
        if (found !== null) this.value(`${name}.${member}`, inner, found);
      }
      if (shape.call !== undefined && this.modules.calls(type).length > 0) this.operations(`${name}()`, operationsOf(shape.call)!, type, 'call');
      if (shape.handler !== undefined || shape.event !== undefined) this.bear(name);
    } else {
      for (const [member, inner] of Object.entries(shape.statics ?? {})) {
        const found = this.modules.property(type, member);
        if (found !== null) this.value(`${name}:${member}`, inner, found);
      }
      for (const signature of this.modules.constructs(type)) for (const made of this.modules.returned(signature)) this.note(name, made, 'instance');
    }
    if (shape.construct !== undefined && this.modules.constructs(type).length > 0) this.operations(`new ${name}`, operationsOf(shape.construct)!, type, 'construct');
  }

  private judge(name: string, shape: TypeShape): void {
    const { instances, statics } = this.seen.get(name)!;
    if (instances.size + statics.size === 0) return this.miss(name, 'no such type');
    for (const [path, given] of [[`${name}()`, shape.call], [`new ${name}`, shape.construct]] as const) if (given !== undefined && !this.borne.has(path)) this.miss(path, 'cannot be called so');
    for (const member of Object.keys(shape.members ?? {})) if (member !== '*' && !this.borne.has(`${name}.${member}`)) this.miss(`${name}.${member}`, 'no such member');
    for (const member of Object.keys(shape.statics ?? {})) if (member !== '*' && !this.borne.has(`${name}:${member}`)) this.miss(`${name}:${member}`, 'no such static member');
  }

  private miss(path: string, what: string): void {
    if (!this.missing.has(path)) this.missing.set(path, what);
  }

  private bear(path: string): void {
    this.borne.add(path);
  }
}

/** Every place in the call's arguments that an operation reads. */
function sourcesOf(operation: Operation): ReadonlySet<Source> {
  const found = new Set<Source>();
  const see = (value: unknown, key: string): void => {
    if (typeof value === 'string' && /^a\d+(\.|\[|$)/.test(value) && !RESULTS.has(key)) found.add(value);
    else if (Array.isArray(value)) for (const one of value) see(one, key);
    else if (typeof value === 'object' && value !== null) for (const [name, one] of Object.entries(value)) see(one, name);
  };
  const { decorates: _decorates, registers, invokes, ...rest } = operation;
  see(rest, '');
  for (const { fn } of [...(registers ?? []), ...(invokes ?? [])]) see(fn, 'fn');
  for (const { region, over, concurrency } of invokes ?? []) see([region, over, concurrency], '');
  return found;
}

/** Paths in the result, not in the arguments. */
const RESULTS: ReadonlySet<string> = new Set(['rows', 'affected', 'partialFailure']);
