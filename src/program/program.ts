import type { Catalog } from '../catalog/catalog.ts';
import type { Replicas } from '../vocabulary/deployment.ts';
import type { ClassIR, FileIR, TypeDecl, TypeRef } from '../vocabulary/ir.ts';
import type { TableFacts } from '../vocabulary/schema.ts';
import { objectsWithTypes } from './objects.ts';

export type Role = 'source' | 'test' | 'generated' | 'vendored' | 'browser' | 'script' | 'declaration' | 'config' | 'example';

/** What the program is read from. Paths are relative to the root, with forward slashes. */
export interface ProgramHost {
  readonly catalog: Catalog;
  /** The IR of a file, extracted on demand; undefined when there is no such file. */
  ir(file: string): FileIR | undefined;
  role(file: string): Role;
  resolve(from: string, spec: string): { readonly kind: 'file'; readonly file: string } | { readonly kind: 'package'; readonly name: string } | { readonly kind: 'builtin'; readonly name: string } | { readonly kind: 'missing' };
  /** Every file there is; in an editor, those loaded so far. */
  files(): readonly string[];
  /** Files that may hold a class which implements or extends a type of this name; without it, all files are read. */
  subtypesOf?(name: string): readonly string[];
  /** Files of code whose text has a match; without it, all files are read. */
  naming?(names: RegExp): readonly string[];
  /** What the program's code imports: specifiers, and of the names those by which generated code goes; without it, all files are read. */
  imports?(): { readonly specs: Iterable<string>; readonly names: Iterable<string> };
  /** False where a file certainly has no class that implements or extends anything, known without its IR. */
  hasSubtypes?(file: string): boolean;
  /** Files that may hold an object made to a type of this name; without it, all files are read. */
  objectsOf?(name: string): readonly string[];
  /** False where a file certainly makes no object to a type that it names, known without its IR. */
  hasObjects?(file: string): boolean;
  /** False where a file certainly adds nothing to types of other modules, known without its IR. */
  augments?(file: string): boolean;
  table(name: string): TableFacts | undefined;
  isUnique(table: string, columns: readonly string[]): 'yes' | 'no' | 'unknown';
  oracle?: TypeOracle;
  /** The package of this repository that the file is part of. */
  packageOf?(file: string): string | undefined;
  /** The major version of a package that the file imports, as it is locked or declared. */
  majorOf?(file: string, name: string): number | undefined;
  /** How many processes run the code of this file; null or absent where nothing in view says it. */
  replicasOf?(file: string): Replicas | null;
  /** Nothing out of view throttles, authenticates or watches. */
  readonly closed?: boolean;
}

/** Asked last: the type of a receiver that syntax cannot tell, as the identity that a model or the project has. */
export interface TypeOracle {
  /** Type of what stands before the called member, or of what is called, at the call of this span. */
  receiverAt(file: string, call: readonly [number, number]): ReceiverType | undefined;
}

export interface ReceiverType {
  /** `library#Type` of a modelled type. */
  readonly model?: string;
  /** Or where in the project the class or interface of this name stands. */
  readonly file?: string;
  readonly name: string;
  /** The class itself, not an instance. */
  readonly isStatic?: true;
  /** Type arguments, as the asking file could have written them. */
  readonly args?: readonly TypeRef[];
  /** Members between the value of this type and the receiver: `['user']` of `ctx.prisma.user.create()` when `ctx.prisma` is the client. */
  readonly path?: readonly string[];
}

export type Definition =
  | { readonly kind: 'value'; readonly file: string; readonly v: number }
  | { readonly kind: 'module'; readonly file: string }
  | { readonly kind: 'external'; readonly spec: string; readonly name: string };

/** An object literal with methods, by the function that makes it. */
export interface ObjectRef { readonly file: string; readonly fn: number; readonly v: number }
export interface ClassRef { readonly file: string; readonly id: number; readonly ir: ClassIR }
export type TypeDefinition =
  | { readonly kind: 'class'; readonly ref: ClassRef }
  | { readonly kind: 'declaration'; readonly file: string; readonly name: string; readonly decl: TypeDecl }
  | { readonly kind: 'external'; readonly spec: string; readonly name: string };

function inner<V>(maps: Map<string, Map<string, V>>, key: string): Map<string, V> {
  let found = maps.get(key);
  if (found === undefined) maps.set(key, (found = new Map()));
  return found;
}

/** Names across files: which definition an import, export or type name reaches. */
export class Program {
  /** By file and name. */
  private readonly definitions = new Map<string, Map<string, Definition | null>>();
  /** By importing file, specifier and name. */
  private readonly imports = new Map<string, Map<string, Map<string, Definition | null>>>();
  /** By file, specifier and name as written there. */
  private augmentations: ReturnType<Program['readAugmentations']> | null = null;
  private readonly types = new Map<string, Map<string, Map<string, TypeDefinition | null>>>();
  private readonly implementors = new Map<string, ClassRef[]>();
  private implementorsOf = 0;
  private readonly subtypesRead = new Set<string>();
  private readonly subtypesIn = new Set<string>();
  private readonly objects = new Map<string, ObjectRef[]>();
  private objectsOfFiles = 0;
  private readonly objectsIn = new Set<string>();

  constructor(readonly host: ProgramHost) {}

  get catalog(): Catalog {
    return this.host.catalog;
  }

  ir(file: string): FileIR | undefined {
    return this.host.ir(file);
  }

  /** What `import { name } from spec` in `from` reaches; null when the module or export is not there. */
  imported(from: string, spec: string, name: string): Definition | null {
    const names = inner(inner(this.imports, from), spec);
    let found = names.get(name);
    if (found === undefined) names.set(name, (found = this.findImported(from, spec, name)));
    return found;
  }

  private findImported(from: string, spec: string, name: string): Definition | null {
    const target = this.host.resolve(from, spec);
    if (target.kind === 'file') return name === '*' ? { kind: 'module', file: target.file } : this.exported(target.file, name);
    if (target.kind === 'missing' && /^[.#~]/.test(spec)) return null;
    return { kind: 'external', spec, name };
  }

  exported(file: string, name: string, seen: Set<string> = new Set()): Definition | null {
    const names = inner(this.definitions, file);
    const known = names.get(name);
    if (known !== undefined) return known;
    const key = `${file}\0${name}`;
    if (seen.has(key)) return null;
    seen.add(key);
    const found = this.findExport(file, name, seen);
    names.set(name, found);
    return found;
  }

  private findExport(file: string, name: string, seen: Set<string>): Definition | null {
    const ir = this.ir(file);
    if (ir === undefined) return null;
    const { exports, reexports, stars, esm } = ir.module;
    if (Object.hasOwn(exports, name)) return this.through(file, exports[name]!);
    if (Object.hasOwn(reexports, name)) {
      const [spec, original] = reexports[name]!;
      const target = this.host.resolve(file, spec);
      if (target.kind === 'file') return original === '*' ? { kind: 'module', file: target.file } : this.exported(target.file, original, seen);
      return { kind: 'external', spec, name: original };
    }
    for (const spec of name === 'default' ? [] : stars) {
      const target = this.host.resolve(file, spec);
      const found: Definition | null = target.kind === 'file' ? this.exported(target.file, name, seen) : this.catalog.imported(spec, name) === undefined ? null : { kind: 'external', spec, name };
      if (found !== null) return found;
    }
    // `import x from` a CommonJS module is its module.exports.
    if (name === 'default' && !esm && Object.hasOwn(exports, '=')) return { kind: 'value', file, v: exports['=']! };
    return null;
  }

  /** An exported value that is only an import of another module is that module's. */
  private through(file: string, v: number): Definition {
    const term = this.ir(file)!.functions[0]!.values[v];
    if (term?.[0] === 'import') return this.imported(file, term[1], term[2]) ?? { kind: 'value', file, v };
    return { kind: 'value', file, v };
  }

  /** The class or declaration that a type name written in `file` refers to. */
  typeNamed(file: string, ref: Pick<TypeRef, 'spec' | 'name'>): TypeDefinition | null {
    const names = inner(inner(this.types, file), ref.spec ?? '');
    let found = names.get(ref.name);
    if (found === undefined) names.set(ref.name, (found = this.findType(file, ref, new Set())));
    return found;
  }

  private findType(file: string, ref: Pick<TypeRef, 'spec' | 'name'>, seen: Set<string>): TypeDefinition | null {
    if (ref.spec !== undefined) {
      const target = this.host.resolve(file, ref.spec);
      if (target.kind === 'file') return this.exportedType(target.file, ref.name, seen);
      return target.kind === 'missing' && /^[.#~]/.test(ref.spec) ? null : { kind: 'external', spec: ref.spec, name: ref.name };
    }
    const ir = this.ir(file);
    if (ir === undefined) return null;
    const id = ir.classes.findIndex((known) => known.name === ref.name);
    if (id >= 0) return { kind: 'class', ref: { file, id, ir: ir.classes[id]! } };
    if (Object.hasOwn(ir.types, ref.name)) return { kind: 'declaration', file, name: ref.name, decl: ir.types[ref.name]! };
    return null;
  }

  private exportedType(file: string, name: string, seen: Set<string>): TypeDefinition | null {
    const key = `${file}\0${name}`;
    const ir = this.ir(file);
    if (ir === undefined || seen.has(key)) return null;
    seen.add(key);
    const { types, reexports, stars, imports, exports } = ir.module;
    if (Object.hasOwn(types, name)) {
      const local = types[name]!;
      const imported = imports.find((record) => record.local === local);
      return imported === undefined ? this.findType(file, { name: local }, seen) : this.findType(file, { spec: imported.spec, name: imported.name }, seen);
    }
    if (Object.hasOwn(reexports, name)) return this.findType(file, { spec: reexports[name]![0], name: reexports[name]![1] }, seen);
    if (Object.hasOwn(exports, name)) {
      const term = ir.functions[0]!.values[exports[name]!];
      if (term?.[0] === 'class') return { kind: 'class', ref: { file, id: term[1], ir: ir.classes[term[1]]! } };
      if (term?.[0] === 'import') return this.findType(file, { spec: term[1], name: term[2] }, seen);
    }
    // `import { DAL }`, where `export * as DAL from './dal'`: `DAL.Repository` is what that module calls so.
    const [head, ...rest] = name.split('.');
    if (rest.length > 0 && Object.hasOwn(reexports, head!) && reexports[head!]![1] === '*') return this.findType(file, { spec: reexports[head!]![0], name: rest.join('.') }, seen);
    for (const spec of stars) {
      const found = this.findType(file, { spec, name }, seen);
      if (found !== null && (found.kind !== 'external' || this.catalog.annotated(found.spec, found.name) !== undefined)) return found;
    }
    return null;
  }

  /** Classes that implement an interface or extend a class, tests aside, in the order of their files. */
  implementations(file: string, name: string): readonly ClassRef[] {
    if (this.host.subtypesOf === undefined) this.indexImplementors();
    else if (!this.subtypesRead.has(name)) {
      this.subtypesRead.add(name);
      this.addImplementors(this.host.subtypesOf(name).filter((candidate) => !this.subtypesIn.has(candidate)));
      this.implementors.get(`${file}\0${name}`)?.sort((a, b) => (a.file !== b.file ? (a.file < b.file ? -1 : 1) : a.id - b.id));
    }
    return this.implementors.get(`${file}\0${name}`) ?? [];
  }

  /** Objects with methods that code makes to a declared type, tests aside, in the order of their files. */
  objectsOf(file: string, name: string): readonly ObjectRef[] {
    const files = this.host.objectsOf?.(name) ?? (this.objectsOfFiles === this.host.files().length ? [] : this.host.files());
    if (this.host.objectsOf === undefined) this.objectsOfFiles = this.host.files().length;
    for (const candidate of files) {
      if (this.objectsIn.has(candidate)) continue;
      this.objectsIn.add(candidate);
      if (this.host.hasObjects?.(candidate) === false || this.host.role(candidate) === 'test') continue;
      const ir = this.ir(candidate);
      for (const { fn, v, type } of ir === undefined ? [] : objectsWithTypes(ir)) {
        const target = this.typeNamed(candidate, type);
        if (target?.kind !== 'declaration') continue;
        const key = `${target.file}\0${target.name}`;
        this.objects.set(key, [...(this.objects.get(key) ?? []), { file: candidate, fn, v }]);
      }
    }
    return this.objects.get(`${file}\0${name}`) ?? [];
  }

  /** The type that the program gives a member which it adds to a type of a package, or a global one (`Express.Request`). */
  augmented(packages: readonly string[], names: readonly string[], key: string): { readonly file: string; readonly type: TypeRef } | null {
    this.augmentations ??= this.readAugmentations();
    for (const name of names) {
      for (const { file, of, decl } of this.augmentations.get(name) ?? []) {
        if (of !== 'global' && !packages.includes(of)) continue;
        const type = decl.members !== undefined && Object.hasOwn(decl.members, key) ? decl.members[key] : undefined;
        if (type !== undefined) return { file, type };
      }
    }
    return null;
  }

  private readAugmentations(): Map<string, { readonly file: string; readonly of: string; readonly decl: TypeDecl }[]> {
    const found = new Map<string, { readonly file: string; readonly of: string; readonly decl: TypeDecl }[]>();
    const files = this.host.naming?.(/\bdeclare\s+(?:module|global)\b/) ?? this.host.files().filter((file) => this.host.augments?.(file) !== false);
    for (const file of files) {
      for (const [name, decl] of Object.entries(this.ir(file)?.types ?? {})) {
        const at = /^(?:"(.+?)"|(global))\.(.+)$/.exec(name);
        if (at !== null) found.set(at[3]!, [...(found.get(at[3]!) ?? []), { file, of: at[1] ?? at[2]!, decl }]);
      }
    }
    return found;
  }

  private indexImplementors(): void {
    const files = this.host.files();
    if (this.implementorsOf === files.length) return;
    this.implementorsOf = files.length;
    this.implementors.clear();
    this.addImplementors(files);
  }

  private addImplementors(files: readonly string[]): void {
    for (const file of files) {
      this.subtypesIn.add(file);
      if (this.host.hasSubtypes?.(file) === false || this.host.role(file) === 'test') continue;
      const ir = this.ir(file);
      if (ir === undefined || ir.classes.length === 0) continue;
      ir.classes.forEach((known, id) => {
        for (const ref of known.superType === undefined ? known.implements : [...known.implements, known.superType]) {
          const target = this.typeNamed(file, ref);
          const key = target?.kind === 'class' ? `${target.ref.file}\0${target.ref.ir.name}` : target?.kind === 'declaration' ? `${target.file}\0${target.name}` : null;
          if (key !== null) this.implementors.set(key, [...(this.implementors.get(key) ?? []), { file, id, ir: known }]);
        }
      });
    }
  }
}
