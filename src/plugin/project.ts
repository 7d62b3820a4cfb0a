import { dirname, relative } from 'node:path';
import { Catalog } from '../catalog/catalog.ts';
import { type Discovered, discover as findFiles } from '../load/discover.ts';
import { type Resolver, createResolver } from '../load/resolve.ts';
import { roleOf } from '../load/role.ts';
import { diskTree } from '../load/tree.ts';
import models from '../models/index.ts';
import { Machine } from '../program/machine.ts';
import { Program, type ProgramHost, type Role, type TypeOracle } from '../program/program.ts';
import { discover } from '../program/roots.ts';
import { Deployment } from '../deployment/deployment.ts';
import { readDeployment } from '../deployment/read.ts';
import { serviceFinder } from '../deployment/services.ts';
import type { Schema } from '../schema/index.ts';
import { type ServicesProgram, servicesOracle } from '../types/services-oracle.ts';
import type { FileIR } from '../vocabulary/ir.ts';
import { FileStore, stampOf } from './file-store.ts';
import { type Mentions, ProgramText } from './program-text.ts';
import { readSchema } from './schema.ts';
import type { Settings } from './settings.ts';
import type { Survey } from './survey.ts';
import { WholeProgram } from './whole-program.ts';

/** How often the file system is asked whether something has changed, in milliseconds, and how many times longer than that takes. */
const FRESH_FOR = 1000;
const PATIENCE = 30;

/** A file was given to the program with a text other than the one it was linted with. */
export class StaleProgram extends Error {}

/**
 * A program as ESLint sees it: the file that is linted, and of the others what is asked for. It lives as long as the process, which may
 * be an editor's: what changes on disk is noticed, within a second.
 */
export class Project {
  readonly followsImports: boolean;
  readonly followsWhole: boolean;
  private readonly catalog: Catalog;
  private readonly store: FileStore;
  private readonly roles = new WeakMap<FileIR, Role>();
  private readonly mentions = new Map<string, Mentions>();
  private linked: Linked | null = null;
  private ownText: ProgramText | null = null;
  private current: Program | null = null;
  readonly whole = new WholeProgram();
  /** What files do by themselves, as far as it has been asked for. */
  readonly surveys = new Map<string, Survey>();
  /** The IR with which the current program has seen a file. */
  private readonly seen = new Map<string, FileIR | undefined>();
  private lintedFile = '';
  private lintedIR: FileIR | undefined;
  private readonly oracles = new WeakMap<ServicesProgram, TypeOracle>();
  private oracle: TypeOracle | undefined;
  private checkAt = 0;

  private readonly config: NonNullable<Settings['config']>;

  constructor(readonly root: string, settings: Settings) {
    this.config = settings.config ?? {};
    this.followsImports = settings.followImports ?? true;
    this.followsWhole = this.followsImports && settings.wholeProgram === true;
    this.catalog = new Catalog([...(settings.config?.models ?? []), ...models]);
    this.store = new FileStore(root);
  }

  /** Makes a text the content of a file until another one is linted. `types`: the parser's program, when it has one. */
  lint(file: string, text: string, make: () => FileIR, types?: ServicesProgram): FileIR {
    this.oracle = types === undefined ? undefined : this.oracleOf(types);
    const ir = this.store.lint(file, text, make);
    if (this.seen.has(file) && this.seen.get(file) !== ir) this.forget();
    this.lintedFile = file;
    this.lintedIR = ir;
    return ir;
  }

  /** Names across files, shared by what is linted one after the other as long as nothing changes. */
  get program(): Program {
    return (this.current ??= new Program(this.host()));
  }

  /** After {@link StaleProgram}: the next program starts anew. */
  forget(): void {
    this.current = null;
    this.seen.clear();
    this.surveys.clear();
    this.whole.forget();
  }

  /** Whether what is linted is what other files find when they import it, and nothing but its text tells types. */
  isAsSaved(file: string): boolean {
    return this.oracle === undefined && file === this.lintedFile && this.store.read(file) === this.lintedIR;
  }

  get text(): ProgramText {
    return this.link().text;
  }

  /** The linted text by itself: its imports lead nowhere. */
  private get alone(): ProgramText {
    return (this.ownText ??= new ProgramText(this.root, this.catalog, [], () => null, this.mentions));
  }

  /** Libraries that the program makes join open transactions by themselves. */
  get joining(): ReadonlySet<string> {
    if (!this.followsImports) return new Set();
    const linked = this.link();
    if (linked.joining === null) {
      const machine = new Machine(this.program);
      discover(machine, linked.text.joiningFiles());
      linked.joining = machine.joining;
    }
    return linked.joining;
  }

  /** Whether anything in the text, or behind its imports, is known to have effects. */
  mayHaveEffects(file: string, text: string): boolean {
    return (this.followsImports ? this.text : this.alone).reachesEffects(file, text);
  }

  role(file: string): Role {
    const ir = this.ir(file);
    if (ir === undefined) return roleOf(file);
    let role = this.roles.get(ir);
    if (role === undefined) this.roles.set(ir, (role = roleOf(file, ir)));
    return role;
  }

  private ir(file: string): FileIR | undefined {
    const ir = file === this.lintedFile ? this.lintedIR : this.followsImports ? this.store.read(file) : undefined;
    if (!this.seen.has(file)) this.seen.set(file, ir);
    else if (this.seen.get(file) !== ir) throw new StaleProgram(file);
    return ir;
  }

  private oracleOf(types: ServicesProgram): TypeOracle {
    let oracle = this.oracles.get(types);
    if (oracle === undefined) this.oracles.set(types, (oracle = servicesOracle({ program: types, root: this.root, catalog: this.catalog })));
    return oracle;
  }

  host(): ProgramHost {
    const oracle = (): TypeOracle | undefined => this.oracle;
    return {
      catalog: this.catalog,
      get oracle() {
        return oracle();
      },
      ir: (file) => this.ir(file),
      role: (file) => this.role(file),
      resolve: this.followsImports ? (from, spec) => this.link().resolve(from, spec) : unresolved,
      files: () => [this.lintedFile],
      subtypesOf: (name) => (this.followsImports ? this.text.subtypesOf(name) : [this.lintedFile]),
      ...(this.followsImports ? { imports: () => this.text.imports() } : {}),
      objectsOf: (name) => (this.followsImports ? this.text.makersOf(name) : [this.lintedFile]),
      naming: (names) => (this.followsImports ? this.text.filesNaming(names) : [this.lintedFile]),
      majorOf: (file, name) => (this.followsImports ? this.link().majorOf(file, name) : undefined),
      table: (name) => this.schema()?.table(name),
      isUnique: (table, columns) => this.schema()?.isUnique(table, columns) ?? 'unknown',
      replicasOf: (file) => this.deployment()?.replicasOf(file) ?? null,
      ...(this.config.closed === undefined ? {} : { closed: this.config.closed }),
    };
  }

  private schema(): Schema | null {
    if (!this.followsImports) return null;
    const linked = this.link();
    return (linked.schema ??= readSchema(this.root, linked.text.schemaFiles(), (file) => this.store.read(file)));
  }

  private deployment(): Deployment | null {
    if (!this.followsImports) return null;
    const linked = this.link();
    const { deployables = {}, replicas } = this.config;
    return (linked.deployment ??= new Deployment(readDeployment(this.root, linked.found, diskTree()), serviceFinder(this.root, linked.found.manifests, deployables, diskTree()), { file: 'the settings', ...(replicas === undefined ? {} : { replicas }) }));
  }

  private link(): Linked {
    return (this.linked ??= new Linked(this.root, this.catalog, this.mentions));
  }

  /** Notices what has changed on disk. To be called before a file is asked about. */
  refresh(): void {
    const started = performance.now();
    if (started < this.checkAt) return;
    let changed = this.store.refresh();
    if (this.linked?.isStale() === true) {
      this.linked = null;
      changed = true;
    } else if (this.linked?.text.refresh() === true) {
      this.linked.schema = null;
      this.linked.deployment = null;
      this.linked.joining = null;
      changed = true;
    }
    if (changed) this.forget();
    const now = performance.now();
    this.checkAt = now + Math.max(FRESH_FOR, PATIENCE * (now - started));
  }
}

type Target = ReturnType<ProgramHost['resolve']>;

/** Without following, what stands in other files is not there; packages are what they are called. */
const unresolved = (_: string, spec: string): Target => (/^[.#~/]/.test(spec) ? { kind: 'missing' } : { kind: 'package', name: spec });

/** Which files there are and how they refer to each other, as of one moment. */
class Linked {
  readonly text: ProgramText;
  schema: Schema | null = null;
  deployment: Deployment | null = null;
  joining: ReadonlySet<string> | null = null;
  readonly found: Discovered;
  private readonly stamps: ReadonlyMap<string, string>;
  private readonly resolver: Resolver;

  constructor(private readonly root: string, catalog: Catalog, mentions: Map<string, Mentions>) {
    const found = findFiles(root);
    this.found = found;
    this.stamps = new Map(watched(root, found.files, found.manifests).map((path) => [path, stampOf(path)]));
    this.resolver = createResolver(root, { files: new Set(found.files), manifests: found.manifests });
    const names = found.files.map((file) => relativeTo(root, file));
    this.text = new ProgramText(root, catalog, names, (from, spec) => this.resolve(from, spec).file ?? null, mentions);
  }

  resolve(from: string, spec: string): Target & { readonly file?: string } {
    const target = this.resolver.resolve(`${this.root}/${from}`, spec);
    return target.kind === 'file' ? { kind: 'file', file: relativeTo(this.root, target.file) } : target;
  }

  majorOf(file: string, name: string): number | undefined {
    return this.resolver.workspace.majorOf(`${this.root}/${file}`, name);
  }

  /** Files came, went or were renamed, or a manifest changed. */
  isStale(): boolean {
    for (const [path, stamp] of this.stamps) if (stampOf(path) !== stamp) return true;
    return false;
  }
}

/** A directory changes when something in it comes or goes; manifests and tsconfigs decide how imports resolve. */
function watched(root: string, files: readonly string[], manifests: readonly string[]): string[] {
  const dirs = new Set([root, ...files.map((file) => dirname(file))]);
  const packages = [root, ...manifests.map((manifest) => dirname(manifest))];
  return [...dirs, ...manifests, ...new Set(packages.flatMap((dir) => [`${dir}/tsconfig.json`, `${dir}/tsconfig.base.json`]))];
}

const relativeTo = (root: string, file: string): string => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : relative(root, file).replaceAll('\\', '/'));
