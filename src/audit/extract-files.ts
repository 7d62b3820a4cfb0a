import { resourceLimits } from 'node:worker_threads';
import { emptyFileIR } from '../extract/empty.ts';
import { extract } from '../extract/extract.ts';
import { MAX_BYTES, parse, type Parsed, type ParsedModule, parseModule, tooDeep } from '../load/parse.ts';
import { roleOf, type Role } from '../load/role.ts';
import type { Tree } from '../load/tree.ts';
import { objectsWithTypes } from '../program/objects.ts';
import { readSchemaCode, type SchemaSource } from '../schema/index.ts';
import { mayStateSchema } from '../schema/mentions.ts';
import type { AuditError } from '../vocabulary/finding.ts';
import type { FileIR } from '../vocabulary/ir.ts';
import { moduleFacts } from './module-facts.ts';

/** What is known of a file before anything asks for its IR. */
export interface FileFacts {
  readonly role: Role;
  /** Functions in it; 0 as long as its IR is not made. */
  readonly functions: number;
  readonly error?: { readonly line?: number; readonly message: string };
  /** A class in it may implement or extend something. */
  readonly subtypes?: true;
  /** It makes objects with methods to types that it names. */
  readonly objects?: true;
  /** It may add members to types of other modules. */
  readonly augments?: true;
  /** What it states of the database, when it states anything. */
  readonly schema?: SchemaSource;
}

/** Roles whose code is followed. */
export const FOLLOWED: ReadonlySet<Role> = new Set(['source', 'script']);

const mayAugment = (text: string): boolean => /\bdeclare\s+(?:module\s*['"]|global\b)/.test(text);

const mayHoldSubtype = (text: string): boolean => /\bclass\b/.test(text) && /\b(?:extends|implements)\b/.test(text);

/** Levels of nesting that parser and extraction stand: the thread of the audit has a large stack, a test or an editor has not. */
const STANDS = (resourceLimits.stackSizeMb ?? 0) >= 200 ? 100_000 : 1000;

/** What was read of files before: facts at once, IRs when asked for. */
export interface KnownFacts {
  key(name: string, text: string): string;
  facts(key: string): FileFacts | undefined;
  ir(key: string): FileIR | undefined;
  add(key: string, facts: FileFacts, ir: FileIR | null): void;
}

/**
 * The files of a program. Each is read and parsed, so that its errors are known; a tree is made into IR where the code is followed, may
 * be a subclass or states a schema, and of other files (tests, pages, generated code) only when something imports them.
 */
export class SourceFiles {
  readonly errors: AuditError[] = [];
  private readonly facts = new Map<string, FileFacts>();
  private readonly irs = new Map<string, FileIR>();
  private readonly hashes = new Map<string, string>();
  private readonly lookedAt = new Set<string>();

  /** `names`: relative to the root, with forward slashes. */
  constructor(private readonly root: string, readonly names: readonly string[], private readonly tree: Tree, private readonly known: KnownFacts | null) {}

  read(onProgress: (done: number, total: number) => void): void {
    this.names.forEach((name, i) => {
      const facts = this.load(name);
      this.facts.set(name, facts);
      if (facts.error !== undefined) this.errors.push({ file: name, ...facts.error });
      if (i % 100 === 0) onProgress(i, this.names.length);
    });
  }

  role(name: string): Role {
    return this.facts.get(name)?.role ?? roleOf(name);
  }

  factsOf(name: string): FileFacts | undefined {
    return this.facts.get(name);
  }

  /** The IR, made when it is first asked for; undefined when there is no such file. */
  ir(name: string): FileIR | undefined {
    this.lookedAt.add(name);
    const known = this.irs.get(name);
    if (known !== undefined) return known;
    const facts = this.facts.get(name);
    if (facts === undefined) return undefined;
    const hash = this.hashes.get(name);
    let ir = hash === undefined ? undefined : this.known?.ir(hash);
    if (ir === undefined) {
      const { text } = this.tree.read(`${this.root}/${name}`);
      ir = (text === undefined ? null : this.parsed(name, text, true).ir) ?? emptyFileIR('failed');
      if (hash !== undefined) this.known?.add(hash, facts, ir);
    }
    this.irs.set(name, ir);
    return ir;
  }

  /** Whether anything asked for its code. */
  wasLookedAt(name: string): boolean {
    return this.lookedAt.has(name);
  }

  /** Changes with the file's text, where what was read before is known by it. */
  contentOf(name: string): string | undefined {
    return this.hashes.get(name);
  }

  hasSubtypes(name: string): boolean {
    return this.facts.get(name)?.subtypes === true;
  }

  hasObjects(name: string): boolean {
    return this.facts.get(name)?.objects === true;
  }

  augments(name: string): boolean {
    return this.facts.get(name)?.augments === true;
  }

  get schemaSources(): SchemaSource[] {
    return this.names.flatMap((name) => this.facts.get(name)?.schema ?? []);
  }

  get functions(): number {
    return this.names.reduce((sum, name) => sum + (this.facts.get(name)?.functions ?? 0), 0);
  }

  private load(name: string): FileFacts {
    const read = this.tree.read(`${this.root}/${name}`);
    if (read.error !== undefined) return { role: roleOf(name), functions: 0, error: { message: read.error.message } };
    const { text } = read;
    const hash = this.known?.key(name, text);
    if (hash !== undefined) {
      this.hashes.set(name, hash);
      const known = this.known!.facts(hash);
      if (known !== undefined) return known;
    }
    const { facts, ir } = this.parsed(name, text, false);
    if (ir !== null) this.irs.set(name, ir);
    if (hash !== undefined) this.known!.add(hash, facts, ir);
    return facts;
  }

  /** `whole`: the IR is wanted whatever the file is for. */
  private parsed(name: string, text: string, whole: boolean): { readonly facts: FileFacts; readonly ir: FileIR | null } {
    if (tooDeep(text, STANDS)) return { facts: { role: roleOf(name), functions: 0, error: { message: 'is nested too deeply' } }, ir: emptyFileIR('failed') };
    if (text.length > MAX_BYTES) {
      const module = parseModule(name, text);
      const ir = module.complete ? moduleFacts(module.module, [], text, 'partial') : emptyFileIR('failed');
      return { facts: { role: roleOf(name, ir), functions: 0, ...(module.complete ? {} : { error: firstError(module) }) }, ir };
    }
    const parsed = parse(name, text);
    const augments = mayAugment(text) ? { augments: true as const } : {};
    const brief = moduleFacts(parsed.module, parsed.comments, text, 'complete');
    const role = roleOf(name, brief);
    const schema = role !== 'test' && mayStateSchema(text);
    if (!whole && parsed.errors.length === 0 && !FOLLOWED.has(role) && !schema && (role === 'test' || !mayHoldSubtype(text))) return { facts: { role, functions: 0, ...augments }, ir: null };
    const { ir, error } = extracted(text, parsed);
    const final = FOLLOWED.has(role) ? roleOf(name, ir) : role;
    const states = schema ? readSchemaCode(name, ir) : null;
    const isEmpty = states === null || states.tables.length + states.bases.length + states.inherits.length + states.changes.length === 0;
    return { facts: { role: final, functions: ir.functions.length, ...augments, ...(error === undefined ? {} : { error }), ...(ir.classes.some((known) => known.superType !== undefined || known.implements.length > 0) ? { subtypes: true } : {}), ...(objectsWithTypes(ir).length > 0 ? { objects: true } : {}), ...(isEmpty ? {} : { schema: states }) }, ir };
  }
}

function extracted(text: string, parsed: Parsed): { readonly ir: FileIR; readonly error?: NonNullable<FileFacts['error']> } {
  if (!parsed.complete) return { ir: emptyFileIR('failed'), error: firstError(parsed) };
  try {
    return { ir: extract(parsed.program as never, text, parsed.comments as never) };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { ir: emptyFileIR('failed'), error: { message: 'is nested too deeply' } };
  }
}

const firstError = ({ errors: [error] }: ParsedModule): NonNullable<FileFacts['error']> => (error === undefined ? { message: 'cannot be parsed' } : { line: error.line, message: error.message });
