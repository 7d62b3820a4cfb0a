import type { Catalog, TypeEntry } from '../catalog/catalog.ts';
import { readText } from '../load/read-file.ts';
import { roleOf } from '../load/role.ts';
import type { LibraryModel, Member } from '../vocabulary/model.ts';
import { stampOf } from './file-store.ts';

/** What a text mentions, seen without parsing it: more than is really there at worst. */
export interface Mentions {
  readonly stamp: string;
  readonly specs: readonly string[];
  /** Names of types that a class of the file may implement or extend. */
  readonly supertypes: readonly string[];
  /** Names of types that an object of the file may be made to. */
  readonly makes: readonly string[];
  /** It may state tables or their keys: entities, models, migrations. */
  readonly schema: boolean;
  /** It may export what it imports. */
  readonly passesOn: boolean;
  /** It may use a library or global whose calls have effects. */
  readonly effects: boolean;
  /** It may hand handlers to a library that delivers again. */
  readonly registers: boolean;
  /** It may make a library join open transactions by itself. */
  readonly joins: boolean;
  /** Names of generated code that stand in it. */
  readonly generated: readonly string[];
}

const SPEC = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(?:'([^'\n]+)'|"([^"\n]+)"|`([^`$\n]+)`)/g;
const HERITAGE = /\b(?:implements|extends)\s+([^{]+)\{/g;
const MADE = /(?:\)\s*:\s*(?:Promise\s*<\s*)?|\bsatisfies\s+|\b(?:const|let)\s+[\w$]+\s*:\s*|\bas\s+)([A-Z_$][\w$]*)/g;
const RENAMED = /\b([\w$]+)\s+as\s+([\w$]+)/g;
const PASSES_ON = /\bexport\s*(?:type\s*)?(?:\*|\{[^}]*\}\s*(?:from\b|;|$)|default\s+[\w$.]+\s*;?\s*$)|\bexports\b[\w$.\[\]'"]*\s*=\s*(?:require\b|\{)|\bexport\s+const\s+[\w$]+\s*=\s*[\w$.]+\s*;?\s*$/m;
const SCHEMA =
  /@(?:Entity|ChildEntity|ViewEntity|Table|Schema|Unique|Index|Prop|Column|Primary\w*)\b|\bEntitySchema\b|\bSchema\s*[(<]|\b\w+Table\s*\(|\bsqliteTableCreator\b|\.(?:define|init|schema)\b|\b(?:createTable|alterTable|addIndex|createIndex|createUniqueConstraint|addConstraint|addUniqueConstraint)\b|\b(?:CREATE|ALTER)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\b/i;

/** The texts of a program, each looked over once. Paths are relative to the root. */
export class ProgramText {
  private readonly reaching = new Map<string, boolean>();
  private readonly kinds = new Map<string, Kind>();
  private readonly vocabulary: Vocabulary;
  private importers: Map<string, string[]> | null = null;
  private subtypes: Map<string, string[]> | null = null;
  private makers: Map<string, string[]> | null = null;
  private code: readonly string[] | null = null;

  constructor(
    private readonly root: string,
    private readonly catalog: Catalog,
    private readonly all: readonly string[],
    private readonly resolve: (from: string, spec: string) => string | null,
    /** What was seen so far; it stays when the list of files changes. */
    private readonly known: Map<string, Mentions>,
  ) {
    this.vocabulary = vocabularyOf(catalog);
  }

  /** Files that import this one, or pass on what it exports, in order. Tests do not count. */
  importersOf(file: string): readonly string[] {
    if (this.importers === null) {
      this.importers = new Map();
      for (const from of this.files) {
        for (const target of new Set(this.mentions(from).specs.map((spec) => this.resolve(from, spec)))) {
          if (target === null || target === from) continue;
          const list = this.importers.get(target);
          if (list === undefined) this.importers.set(target, [from]);
          else list.push(from);
        }
      }
    }
    return this.importers.get(file) ?? [];
  }

  subtypesOf(name: string): readonly string[] {
    return (this.subtypes ??= this.filesBy('supertypes')).get(name) ?? [];
  }

  makersOf(name: string): readonly string[] {
    return (this.makers ??= this.filesBy('makes')).get(name) ?? [];
  }

  private filesBy(names: 'supertypes' | 'makes'): Map<string, string[]> {
    const found = new Map<string, string[]>();
    for (const file of this.files) {
      for (const name of this.mentions(file)[names]) {
        const list = found.get(name);
        if (list === undefined) found.set(name, [file]);
        else list.push(file);
      }
    }
    return found;
  }

  /** Whether the file exports what it imports. */
  passesOn(file: string): boolean {
    return this.mentions(file).passesOn;
  }

  /** Whether a text has a match. */
  names(file: string, names: RegExp): boolean {
    return names.test(readText(`${this.root}/${file}`).text ?? '');
  }

  filesNaming(names: RegExp): readonly string[] {
    return this.files.filter((file) => this.names(file, names));
  }

  schemaFiles(): readonly string[] {
    return this.files.filter((file) => this.mentions(file).schema);
  }

  /** Files that import this one and may register its functions as handlers of what is delivered again. */
  registrarsOf(file: string): readonly string[] {
    return this.importersOf(file).filter((importer) => this.mentions(importer).registers);
  }

  joiningFiles(): readonly string[] {
    return this.files.filter((file) => this.mentions(file).joins);
  }

  imports(): { readonly specs: Iterable<string>; readonly names: Iterable<string> } {
    const mentions = this.files.map((file) => this.mentions(file));
    return { specs: new Set(mentions.flatMap(({ specs }) => specs)), names: new Set(mentions.flatMap(({ generated }) => generated)) };
  }

  /** Whether anything that a file does, or what it imports does, can be known to have an effect. `text`: where that is not what is saved. */
  reachesEffects(file: string, text?: string): boolean {
    const own = text === undefined ? this.mentions(file) : this.briefly(text);
    if (own.effects) return true;
    const seen = new Set([file]);
    const queue = own.specs.map((spec) => this.resolve(file, spec));
    for (let next = queue.pop(); queue.length > 0 || next !== undefined; next = queue.pop()) {
      if (next === null || next === undefined || seen.has(next)) continue;
      const known = this.reaching.get(next);
      if (known === false) continue;
      seen.add(next);
      const mentions = known === true ? null : this.mentions(next);
      if (mentions === null || mentions.effects) {
        this.reaching.set(next, true);
        return true;
      }
      for (const spec of mentions.specs) queue.push(this.resolve(next, spec));
    }
    // Nothing that was seen reaches any.
    for (const reached of seen) if (reached !== file) this.reaching.set(reached, false);
    return false;
  }

  /** Forgets texts that have changed since they were looked over; whether there were any. */
  refresh(): boolean {
    const { size } = this.known;
    for (const [file, { stamp }] of this.known) if (stampOf(`${this.root}/${file}`) !== stamp) this.known.delete(file);
    if (this.known.size === size) return false;
    this.importers = null;
    this.subtypes = null;
    this.makers = null;
    this.reaching.clear();
    return true;
  }

  /** The files of the program, tests aside. */
  get files(): readonly string[] {
    return (this.code ??= this.all.filter((file) => roleOf(file) !== 'test'));
  }

  private mentions(file: string): Mentions {
    let known = this.known.get(file);
    if (known === undefined) {
      const path = `${this.root}/${file}`;
      const stamp = stampOf(path);
      this.known.set(file, (known = { stamp, ...this.look(readText(path).text ?? '') }));
    }
    return known;
  }

  private briefly(text: string): Pick<Mentions, 'specs' | 'effects'> {
    const specs = specsIn(text);
    return { specs, effects: specs.some((spec) => this.kind(spec).effects) || this.vocabulary.effectNames.test(text) };
  }

  private look(text: string): Omit<Mentions, 'stamp'> {
    const { specs, effects } = this.briefly(text);
    const { joinNames, generatedNames } = this.vocabulary;
    return {
      specs, supertypes: withRenamed(text, heritageIn(text)), makes: withRenamed(text, new Set(Array.from(text.matchAll(MADE), (match) => match[1]!))), schema: SCHEMA.test(text), passesOn: PASSES_ON.test(text),
      effects, registers: specs.some((spec) => this.kind(spec).registers), joins: joinNames.test(text),
      generated: [...new Set(Array.from(text.matchAll(generatedNames), ([name]) => name))],
    };
  }

  private kind(spec: string): Kind {
    let known = this.kinds.get(spec);
    if (known === undefined) {
      const libraries = this.catalog.libraries(spec);
      this.kinds.set(spec, (known = { effects: libraries.some((library) => this.vocabulary.effects.has(library)), registers: libraries.some((library) => this.vocabulary.registers.has(library)) }));
    }
    return known;
  }
}

interface Kind {
  readonly effects: boolean;
  readonly registers: boolean;
}

const specsIn = (text: string): string[] => [...new Set(Array.from(text.matchAll(SPEC), (match) => match[1] ?? match[2] ?? match[3]!))];

function heritageIn(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, list] of text.matchAll(HERITAGE)) for (const name of list!.match(/[\w$]+/g) ?? []) names.add(name);
  return names;
}

function withRenamed(text: string, names: Set<string>): string[] {
  if (names.size === 0) return [];
  for (const [, original, local] of text.matchAll(RENAMED)) if (names.has(local!)) names.add(original!);
  return [...names];
}

/** What in a text is worth a look, by the models. */
interface Vocabulary {
  /** Libraries of which a call can have an effect. */
  readonly effects: ReadonlySet<LibraryModel>;
  /** Global and generated names that stand for one. */
  readonly effectNames: RegExp;
  readonly registers: ReadonlySet<LibraryModel>;
  readonly joinNames: RegExp;
  readonly generatedNames: RegExp;
}

function vocabularyOf(catalog: Catalog): Vocabulary {
  const [effects, registers] = [new Set<LibraryModel>(), new Set<LibraryModel>()];
  const [effectNames, joinNames, generatedNames] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const library of catalog.models) {
    const text = JSON.stringify([library.exports, library.types]);
    if (/"effect":|"command":|"[\w-]+#\w+"/.test(text)) effects.add(library);
    if (text.includes('"registers":') && /"redelivers":(?:true|"attempts")/.test(text)) registers.add(library);
    for (const [, name] of text.matchAll(/"([\w$]+)":[[{]+"joinsTransactions":true/g)) joinNames.add(name!);
    for (const [name, member] of Object.entries(library.globals ?? {})) if (memberHasEffect(catalog, library, member)) effectNames.add(name);
    for (const name of Object.keys(library.generated ?? {})) generatedNames.add(name);
  }
  return { effects, effectNames: anyWord(new Set([...effectNames, ...generatedNames])), registers, joinNames: anyWord(joinNames), generatedNames: new RegExp(anyWord(generatedNames), 'g') };
}

const anyWord = (names: ReadonlySet<string>): RegExp => new RegExp(`\\b(?:${[...names].filter((name) => /^\w+$/.test(name)).join('|') || '(?!)'})\\b`);

function memberHasEffect(catalog: Catalog, library: LibraryModel, member: Member): boolean {
  const seen = new Set<TypeEntry>();
  const visit = (value: unknown): boolean => {
    const text = JSON.stringify(value);
    if (text.includes('"effect":') || text.includes('"command":')) return true;
    const types = typeof value === 'string' ? [value] : Array.from(text.matchAll(/"type":"([^"]+)"/g), (match) => match[1]!);
    return types.some((name) => {
      const entry = catalog.named(library, name);
      if (entry === undefined || seen.has(entry)) return false;
      seen.add(entry);
      return visit(entry.shape) || Object.values(entry.shape.members ?? {}).some((held) => typeof held === 'string' && visit(held));
    });
  };
  return visit(member);
}
