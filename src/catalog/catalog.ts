import type { Convention, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

export interface TypeEntry {
  /** `library#Type`. */
  readonly id: string;
  readonly library: LibraryModel;
  readonly shape: TypeShape;
}

/** A member with the library that its type names refer to. */
export interface MemberEntry {
  readonly library: LibraryModel;
  readonly member: Member;
  /** Its own name, where code may call it anything: the default export of `lodash/chunk`. */
  readonly name?: string;
}

const isOperation = (member: Member): member is Operation | readonly Operation[] =>
  Array.isArray(member) || (typeof member === 'object' && !('members' in member));

export const operationsOf = (member: Member): readonly Operation[] | null =>
  !isOperation(member) ? null : Array.isArray(member) ? member : [member as Operation];

/** The models, ours and the user's, as one lookup. User models come first and hide ours of the same name. */
export class Catalog {
  readonly models: readonly LibraryModel[];
  readonly conventions: readonly (Convention & { readonly library: LibraryModel })[];
  private readonly bySpec = new Map<string, readonly LibraryModel[]>();
  private readonly importedFrom = new Map<string, Map<string, MemberEntry | undefined>>();
  private readonly byPackage = new Map<string, LibraryModel[]>();
  private readonly prefixes: [string, LibraryModel][] = [];
  private readonly types = new Map<string, TypeEntry>();
  private readonly annotations = new Map<string, TypeEntry[]>();
  private readonly globals = new Map<string, MemberEntry>();
  private readonly generatedNames = new Map<string, MemberEntry>();
  private readonly members = new Map<TypeEntry, Map<string, MemberEntry | null>>();
  private readonly statics = new Map<TypeEntry, Map<string, MemberEntry | null>>();

  constructor(models: readonly LibraryModel[]) {
    const seen = new Set<string>();
    this.models = models.filter((model) => !seen.has(model.name) && seen.add(model.name));
    for (const library of this.models) {
      for (const spec of library.packages) {
        if (/[/.]\*$/.test(spec)) this.prefixes.push([spec.slice(0, -1), library]);
        else this.byPackage.set(spec, [...(this.byPackage.get(spec) ?? []), library]);
      }
      for (const [name, shape] of Object.entries(library.types)) {
        const entry: TypeEntry = { id: `${library.name}#${name}`, library, shape };
        this.types.set(entry.id, entry);
        for (const alias of [name, ...(shape.aliases ?? [])]) this.annotations.set(alias, [...(this.annotations.get(alias) ?? []), entry]);
      }
      for (const [name, member] of Object.entries(library.globals ?? {})) if (!this.globals.has(name)) this.globals.set(name, { library, member });
      for (const [name, member] of Object.entries(library.generated ?? {})) if (!this.generatedNames.has(name)) this.generatedNames.set(name, { library, member });
    }
    this.conventions = this.models.flatMap((library) => (library.conventions ?? []).map((convention) => ({ ...convention, library })));
  }

  libraries(spec: string): readonly LibraryModel[] {
    let known = this.bySpec.get(spec);
    if (known === undefined) this.bySpec.set(spec, (known = this.findLibraries(spec)));
    return known;
  }

  private findLibraries(spec: string): readonly LibraryModel[] {
    const bare = spec.startsWith('node:') ? spec.slice(5) : spec;
    const exact = this.byPackage.get(spec) ?? this.byPackage.get(bare) ?? this.byPackage.get(`node:${bare}`) ?? [];
    const prefixed = this.prefixes.filter(([prefix, library]) => spec.startsWith(prefix) && !exact.includes(library)).map(([, library]) => library);
    return prefixed.length > 0 ? [...exact, ...prefixed] : exact;
  }

  knows(spec: string): boolean {
    return this.libraries(spec).length > 0;
  }

  /** What `import { name } from 'spec'` yields. */
  imported(spec: string, name: string): MemberEntry | undefined {
    if (this.libraries(spec).length === 0) return undefined;
    let known = this.importedFrom.get(spec);
    if (known === undefined) this.importedFrom.set(spec, (known = new Map()));
    if (!known.has(name)) known.set(name, this.findImported(spec, name));
    return known.get(name);
  }

  private findImported(spec: string, name: string): MemberEntry | undefined {
    const libraries = this.libraries(spec);
    const own = name === 'default' || name === '*' ? /[/.]([A-Za-z]\w*)(?:\.[cm]?js)?$/.exec(spec)?.[1] : undefined;
    for (const library of own === undefined ? [] : libraries) {
      const member = library.packages.includes(spec) ? undefined : library.exports?.[own!];
      if (member !== undefined && isOperation(member)) return { library, member, name: own! };
    }
    for (const library of libraries) {
      const member = library.exports?.[name];
      if (member !== undefined) return { library, member };
    }
    if (name === '*' || name === 'default') {
      const members = Object.assign({}, ...libraries.map((library) => library.exports ?? {}).reverse()) as Record<string, Member>;
      if (libraries.length > 0) return { library: libraries[0]!, member: { members } };
    }
    return undefined;
  }

  type(id: string): TypeEntry | undefined {
    return this.types.get(id);
  }

  /** A type name as written in a model of `library`. */
  named(library: LibraryModel, name: string): TypeEntry | undefined {
    return this.types.get(name.includes('#') ? name : `${library.name}#${name}`);
  }

  /** The modelled type that an annotation names; the specifier decides between types of the same name. */
  annotated(spec: string | undefined, name: string): TypeEntry | undefined {
    if (spec === undefined) return undefined;
    const libraries = this.libraries(spec);
    if (libraries.length === 0) return undefined;
    const found = this.annotations.get(name)?.find((entry) => libraries.includes(entry.library));
    if (found !== undefined) return found;
    // One package gives out the type of another (`EventEmitter2` of `@nestjs/event-emitter`).
    for (const library of libraries) {
      const exported = library.exports !== undefined && Object.hasOwn(library.exports, name) ? library.exports[name] : undefined;
      if (typeof exported === 'string' && exported.includes('#')) return this.named(library, exported);
    }
    // `import Stripe from 'stripe'`: the default export names a type, and `Stripe.Event` a type beside it.
    if (name === 'default') for (const library of libraries) if (typeof library.exports?.['default'] === 'string') return this.named(library, library.exports['default']);
    return /^(default|\*)\./.test(name) ? this.annotated(spec, name.slice(name.indexOf('.') + 1)) : undefined;
  }

  /** A type that is named the same wherever it was generated to. */
  generatedType(name: string): TypeEntry | undefined {
    const root = name.split('.')[0]!;
    if (!this.generatedNames.has(root)) return undefined;
    const { library } = this.generatedNames.get(root)!;
    return this.annotations.get(name)?.find((entry) => entry.library === library);
  }

  /** A type that is there without an import (`Request`). */
  globalType(name: string): TypeEntry | undefined {
    const entry = this.global(name);
    return typeof entry?.member === 'string' ? this.named(entry.library, entry.member) : undefined;
  }

  generated(name: string): MemberEntry | undefined {
    return this.generatedNames.get(name);
  }

  global(name: string): MemberEntry | undefined {
    return this.globals.get(name);
  }

  member(entry: TypeEntry, name: string): MemberEntry | undefined {
    return this.found(this.members, entry, name, 'members');
  }

  static(entry: TypeEntry, name: string): MemberEntry | undefined {
    return this.found(this.statics, entry, name, 'statics');
  }

  callable(entry: TypeEntry): MemberEntry | undefined {
    return entry.shape.call === undefined ? this.inherited(entry, (base) => this.callable(base)) : { library: entry.library, member: entry.shape.call };
  }

  constructor_(entry: TypeEntry): MemberEntry | undefined {
    return entry.shape.construct === undefined ? this.inherited(entry, (base) => this.constructor_(base)) : { library: entry.library, member: entry.shape.construct };
  }

  /** The property of the shape itself or of the nearest base type that has it. */
  trait<K extends keyof TypeShape>(entry: TypeEntry, key: K): TypeShape[K] | undefined {
    return entry.shape[key] ?? this.inherited(entry, (base) => this.trait(base, key));
  }

  /** Whether the type is, or extends, the type of this id. */
  is(entry: TypeEntry, id: string): boolean {
    return entry.id === id || this.inherited(entry, (base) => (this.is(base, id) ? true : undefined)) === true;
  }

  private inherited<T>(entry: TypeEntry, ask: (base: TypeEntry) => T | undefined): T | undefined {
    if (entry.shape.extends === undefined) return undefined;
    for (const name of entry.shape.extends) {
      const base = this.named(entry.library, name);
      const answer = base === undefined || base === entry ? undefined : ask(base);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Asked for each member of each value of a library. */
  private found(tables: Map<TypeEntry, Map<string, MemberEntry | null>>, entry: TypeEntry, name: string, table: 'members' | 'statics'): MemberEntry | undefined {
    let known = tables.get(entry);
    if (known === undefined) tables.set(entry, (known = new Map()));
    let member = known.get(name);
    if (member === undefined) known.set(name, (member = this.lookup(entry, name, table, new Set()) ?? null));
    return member ?? undefined;
  }

  private lookup(entry: TypeEntry, name: string, table: 'members' | 'statics', seen: Set<string>): MemberEntry | undefined {
    if (seen.has(entry.id)) return undefined;
    seen.add(entry.id);
    const own = entry.shape[table];
    if (own !== undefined && Object.hasOwn(own, name)) return { library: entry.library, member: own[name]! };
    for (const base of entry.shape.extends ?? []) {
      const found = this.named(entry.library, base);
      const member = found && this.lookup(found, name, table, seen);
      if (member !== undefined) return member;
    }
    return own?.['*'] === undefined ? undefined : { library: entry.library, member: own['*'] };
  }
}
