import { isBuiltin } from 'node:module';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { isRecord } from './json.ts';
import { entryGuesses, entryTargets, importTargets, isOutputPath, sourceGuesses, splitBare, withoutExtension } from './package-entry.ts';
import type { FileError } from './read-file.ts';
import { diskTree, SOURCE_EXTENSIONS, WRITTEN_FOR } from './tree.ts';
import type { Tree } from './tree.ts';
import { matchPath, tsConfigs } from './tsconfig.ts';
import type { TsConfig, TsConfigs } from './tsconfig.ts';
import { declaredRange, loadWorkspace } from './workspace.ts';
import type { Package, Workspace } from './workspace.ts';

export type Resolution =
  | { readonly kind: 'file'; readonly file: string }
  /** Not of this repository, installed or not. `subpath` is `.` or `./x`. */
  | { readonly kind: 'package'; readonly name: string; readonly subpath: string; readonly file?: undefined }
  /** `name` without `node:`. */
  | { readonly kind: 'builtin'; readonly name: string; readonly file?: undefined }
  /** `asset`: it names no code (`.json`, `.css`, `.vue`), so nothing is missing. */
  | { readonly kind: 'missing'; readonly asset?: true; readonly file?: undefined };

export interface Resolver {
  readonly root: string;
  readonly workspace: Workspace;
  readonly tsconfigs: TsConfigs;
  /** `fromFile` is absolute. Never throws. */
  resolve(fromFile: string, spec: string): Resolution;
  /** What was found broken so far: tsconfig, package.json, pnpm-workspace.yaml. */
  readonly errors: readonly FileError[];
  /** Forget everything: files were created, deleted or changed. */
  clearCache(): void;
}

export interface ResolverOptions {
  /** The program's files, if known: where a file and its output both exist, the one of the program counts. */
  readonly files?: ReadonlySet<string>;
  /** All package.json below the root, if known (`discover`): saves a walk over the directories. */
  readonly manifests?: readonly string[];
  /** By default the file system. */
  readonly tree?: Tree;
}

export function createResolver(root: string, options: ResolverOptions = {}): Resolver {
  return new SourceResolver(resolve(root), options);
}

const OTHER_RUNTIME = /^(?:bun|cloudflare|deno)(?::|$)/;
const MISSING: Resolution = { kind: 'missing' };
const ASSET: Resolution = { kind: 'missing', asset: true };

/** What decides bare specifiers, shared by all directories for which it is the same. */
interface Context {
  readonly owner: Package | undefined;
  readonly config: TsConfig | undefined;
  readonly candidates: readonly TsConfig[];
  readonly resolutions: Map<string, Resolution>;
}

interface Directory {
  readonly relative: Map<string, Resolution>;
  readonly context: Context;
}

class SourceResolver implements Resolver {
  readonly root: string;
  readonly workspace: Workspace;
  readonly tsconfigs: TsConfigs;
  readonly #files: ReadonlySet<string> | undefined;
  readonly #tree: Tree;
  readonly #directories = new Map<string, Directory>();
  readonly #sources = new Map<string, string | undefined>();
  readonly #probes = new Map<string, string | undefined>();
  readonly #canonical = new Map<string, string>();
  readonly #entries = new Map<string, string | undefined>();
  /** Packages whose entry is being looked for: configs may send the search in a circle. */
  readonly #entering = new Set<string>();
  #realRoot: string | undefined;

  constructor(root: string, { files, manifests, tree = diskTree() }: ResolverOptions) {
    this.root = root;
    this.#files = files;
    this.#tree = tree;
    this.workspace = loadWorkspace(root, { tree, ...(manifests ? { manifests } : {}) });
    this.tsconfigs = tsConfigs(root, { tree, packageDir: (name) => this.workspace.packages.get(name)?.dir });
  }

  get errors(): readonly FileError[] {
    return [...this.workspace.errors, ...this.tsconfigs.errors];
  }

  clearCache(): void {
    for (const cache of [this.#directories, this.#sources, this.#probes, this.#canonical, this.#entries]) cache.clear();
    this.#tree.clearCache();
    this.workspace.clearCache();
    this.tsconfigs.clearCache();
  }

  resolve(fromFile: string, spec: string): Resolution {
    const dir = fromFile.slice(0, fromFile.lastIndexOf(sep)) || sep;
    const { relative: local, context } = this.#directory(dir);
    const known = spec.startsWith('.') ? local : context.resolutions;
    let resolution = known.get(spec);
    if (!resolution) known.set(spec, (resolution = this.#resolve(dir, clean(spec), 0)));
    return resolution;
  }

  #directory(dir: string): Directory {
    let known = this.#directories.get(dir);
    if (!known) {
      const own = { owner: this.workspace.nearest(dir), config: this.tsconfigs.nearest(dir), candidates: this.tsconfigs.candidates(dir) };
      const above = dir === this.root || dirname(dir) === dir ? undefined : this.#directory(dirname(dir)).context;
      const same = above && above.owner === own.owner && above.config === own.config && above.candidates === own.candidates;
      this.#directories.set(dir, (known = { relative: new Map(), context: same ? above : { ...own, resolutions: new Map() } }));
    }
    return known;
  }

  #resolve(dir: string, spec: string, depth: number): Resolution {
    if (spec === '' || spec.includes('\0') || depth > 5) return MISSING;
    if (/^\.{1,2}(?:\/|$)/.test(spec) || isAbsolute(spec)) return this.#relative(dir, spec);
    if (spec.startsWith('node:')) return { kind: 'builtin', name: spec.slice('node:'.length) };
    const builtin = isBuiltin(spec) || OTHER_RUNTIME.test(spec);
    const aliased = this.#aliased(dir, spec, builtin);
    // Declarations written for a package do not make it ours.
    if (aliased.file !== undefined && !(isDeclaration(aliased.file) && this.#isDependency(dir, spec))) return this.#found(aliased.file);
    if (builtin) return { kind: 'builtin', name: spec };
    if (spec.startsWith('#')) {
      const inside = this.#internal(dir, spec, depth);
      if (inside) return inside;
    }
    const bare = splitBare(spec);
    if (bare) {
      const own = this.workspace.find(bare.name, dir);
      const entry = own && this.#entry(own, bare.subpath, dir);
      if (entry !== undefined) return this.#found(entry);
      if (own || this.#isDependency(dir, spec)) return { kind: 'package', ...bare };
    }
    const guessed = this.#guess(dir, spec);
    if (guessed !== undefined) return this.#found(guessed);
    if (bare && !aliased.meant) return { kind: 'package', ...bare };
    return isAsset(spec) ? ASSET : MISSING;
  }

  #relative(dir: string, spec: string): Resolution {
    const target = resolve(dir, spec);
    const file = this.#source(spec.endsWith('/') ? target + sep : target) ?? this.#inRootDirs(dir, target);
    if (file !== undefined) return this.#found(file);
    return isAsset(spec) ? ASSET : MISSING;
  }

  /** `rootDirs` lay several directories over each other. */
  #inRootDirs(dir: string, target: string): string | undefined {
    const rootDirs = this.tsconfigs.nearest(dir)?.rootDirs ?? [];
    const home = rootDirs.find((rootDir) => isWithin(target, rootDir));
    if (home === undefined) return undefined;
    for (const rootDir of rootDirs) {
      const file = rootDir === home ? undefined : this.#source(join(rootDir, relative(home, target)));
      if (file !== undefined) return file;
    }
    return undefined;
  }

  /** By `paths` and `baseUrl`. `meant`: a pattern claims the specifier although nothing is there. */
  #aliased(dir: string, spec: string, builtin: boolean): { readonly file?: string; readonly meant: boolean } {
    let meant = false;
    for (const config of this.tsconfigs.candidates(dir)) {
      for (const mapping of config.paths) {
        if (builtin && mapping.prefix === '') continue;
        const targets = matchPath(mapping, spec);
        if (!targets) continue;
        for (const target of targets) {
          if (target.includes(`${sep}node_modules${sep}`)) continue;
          if (mapping.prefix !== '') meant = true;
          const file = this.#atBase(dir, spec, mapping.prefix !== '', target);
          if (file !== undefined) return { file, meant: true };
        }
        break;
      }
      const file = config.baseUrl === undefined || builtin ? undefined : this.#atBase(dir, spec, false, join(config.baseUrl, spec));
      if (file !== undefined) return { file, meant: true };
    }
    return { meant };
  }

  /** What any specifier might name is a dependency before it is the output of some source (`stripe`, with a file `lib/stripe.ts`). */
  #atBase(dir: string, spec: string, explicit: boolean, target: string): string | undefined {
    return explicit || !this.#isDependency(dir, spec) ? this.#source(target) : this.#probe(target);
  }

  /** `#name` by the nearest package.json. */
  #internal(dir: string, spec: string, depth: number): Resolution | undefined {
    const owner = this.workspace.nearest(dir);
    if (!owner) return undefined;
    const targets = importTargets(owner.json, spec, this.#conditions(dir));
    for (const target of targets) {
      const file = target.startsWith('.') ? this.#source(resolve(owner.dir, target)) : undefined;
      if (file !== undefined) return this.#found(file);
    }
    const bare = targets.find((target) => !target.startsWith('.'));
    return bare === undefined ? undefined : this.#resolve(owner.dir, bare, depth + 1);
  }

  #conditions(dir: string): readonly string[] {
    return this.tsconfigs.nearest(dir)?.customConditions ?? [];
  }

  #isDependency(dir: string, spec: string): boolean {
    const name = splitBare(spec)?.name;
    if (name === undefined) return false;
    for (let at = this.workspace.nearest(dir); at; at = at.dir === this.root ? undefined : this.workspace.nearest(dirname(at.dir))) {
      if (declaredRange(at, name) !== undefined || declaredRange(at, `@types/${name}`) !== undefined) return true;
    }
    return false;
  }

  /** Conventions of bundlers, whose configuration is code and not run, and of `module-alias`: only what names an existing file. */
  #guess(dir: string, spec: string): string | undefined {
    const owner = this.workspace.nearest(dir);
    const base = owner?.dir ?? this.root;
    const aliases = owner?.json['_moduleAliases'];
    if (isRecord(aliases)) {
      for (const [alias, target] of Object.entries(aliases)) {
        const file = typeof target === 'string' && (spec === alias || spec.startsWith(`${alias}/`)) ? this.#source(join(base, target, spec.slice(alias.length))) : undefined;
        if (file !== undefined) return file;
      }
    }
    const rest = /^(?:[@~#]|\$lib)\/(.*)$/.exec(spec)?.[1];
    if (rest !== undefined) return first(spec.startsWith('$lib') ? ['src/lib'] : ['src', 'app', '.'], (folder) => this.#source(join(base, folder, rest)));
    if (!/^[\w-]+\//.test(spec)) return undefined;
    return first(['.', 'src'], (folder) => (this.#tree.isDirectory(join(base, folder, spec.slice(0, spec.indexOf('/')))) ? this.#source(join(base, folder, spec)) : undefined));
  }

  /** Source file of a package's entry point. */
  #entry(owner: Package, subpath: string, dir: string): string | undefined {
    const conditions = this.#conditions(dir);
    const key = `${owner.dir}\0${subpath}\0${conditions.join()}`;
    if (!this.#entries.has(key)) this.#entries.set(key, this.#findEntry(owner, subpath, conditions));
    return this.#entries.get(key);
  }

  #findEntry(owner: Package, subpath: string, conditions: readonly string[]): string | undefined {
    const targets = entryTargets(owner.json, subpath, conditions).filter((target) => isWithin(resolve(owner.dir, target), owner.dir));
    const direct = subpath === '.' ? [] : [subpath, `./src/${subpath.slice(2)}`, `./lib/${subpath.slice(2)}`];
    return (
      first(targets, (target) => (isOutputPath(target) || isDeclaration(target) ? undefined : this.#probe(resolve(owner.dir, target)))) ??
      first(targets, (target) => this.#sourceOfOutput(owner.dir, resolve(owner.dir, target))) ??
      first(direct, (path) => this.#source(resolve(owner.dir, path))) ??
      (subpath === '.' ? first(entryGuesses(owner.name), (path) => this.#probe(join(owner.dir, path))) : undefined) ??
      first(targets, (target) => this.#probe(resolve(owner.dir, target)))
    );
  }

  /** The source file that a path means: itself with an extension, a directory's entry, or the source of the output it names. */
  #source(path: string): string | undefined {
    if (!this.#sources.has(path)) this.#sources.set(path, this.#findSource(path));
    return this.#sources.get(path);
  }

  #findSource(path: string): string | undefined {
    const hit = this.#probe(path);
    if (hit !== undefined && !this.#isOutput(hit)) return hit;
    return this.#packageEntry(path) ?? this.#sourceOfOutput(this.workspace.nearest(dirname(path))?.dir ?? this.root, path) ?? hit;
  }

  /** Entry of a directory with a package.json of its own. */
  #packageEntry(dir: string): string | undefined {
    if (!this.#tree.isDirectory(dir)) return undefined;
    const inner = this.workspace.nearest(dir);
    if (!inner || inner.dir !== dir.replace(/[\\/]$/, '') || this.#entering.has(inner.dir)) return undefined;
    this.#entering.add(inner.dir);
    const file = this.#findEntry(inner, '.', []);
    this.#entering.delete(inner.dir);
    return file;
  }

  #sourceOfOutput(packageDir: string, output: string): string | undefined {
    const stem = withoutExtension(output);
    for (const config of this.tsconfigs.inDirectory(packageDir)) {
      for (const outDir of [config.outDir, config.declarationDir]) {
        if (outDir === undefined || !isWithin(stem, outDir)) continue;
        const rest = relative(outDir, stem);
        const homes = [config.rootDir, join(config.dir, 'src'), config.dir, ...config.rootDirs].filter((home) => home !== undefined && home !== outDir);
        const file = first(homes as string[], (home) => this.#sourceProbe(join(home, rest), output));
        if (file !== undefined) return file;
      }
    }
    const local = relative(packageDir, output).replaceAll(sep, '/');
    if (local.startsWith('..')) return undefined;
    return first(sourceGuesses(local), (guess) => this.#sourceProbe(join(packageDir, guess), output));
  }

  /** Outputs are no source of outputs. */
  #sourceProbe(path: string, output: string): string | undefined {
    const file = this.#probe(path) ?? (path === withoutExtension(output) ? undefined : this.#packageEntry(path));
    return file === undefined || file === output || isDeclaration(file) || this.#isOutput(file) ? undefined : file;
  }

  #isOutput(file: string): boolean {
    if (this.#files) return !this.#files.has(file);
    const owner = this.workspace.nearest(dirname(file));
    return owner !== undefined && isOutputPath(relative(owner.dir, file).replaceAll(sep, '/'));
  }

  /** An existing code file at a path, its extension supplied or replaced as the compiler does, or a directory's index. */
  #probe(path: string): string | undefined {
    if (this.#probes.has(path)) return this.#probes.get(path);
    const found = this.#amongFiles(path) ?? this.#tree.probe(path);
    this.#probes.set(path, found);
    return found;
  }

  /** The same among the known files, without asking the file system. */
  #amongFiles(path: string): string | undefined {
    const files = this.#files;
    if (!files) return undefined;
    const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
    const stem = extension === undefined ? path : path.slice(0, -extension.length);
    for (const other of extension === undefined ? [] : (WRITTEN_FOR[extension] ?? [])) if (files.has(stem + other)) return stem + other;
    if (files.has(path)) return path;
    for (const other of SOURCE_EXTENSIONS) if (files.has(path + other)) return path + other;
    for (const other of SOURCE_EXTENSIONS) if (files.has(`${path}${sep}index${other}`)) return `${path}${sep}index${other}`;
    return undefined;
  }

  #found(file: string): Resolution {
    const at = file.lastIndexOf(`${sep}node_modules${sep}`);
    if (at >= 0) {
      const bare = splitBare(file.slice(at + '/node_modules/'.length).replaceAll(sep, '/'));
      if (bare) return { kind: 'package', ...bare };
    }
    return { kind: 'file', file: this.#sameAsDiscovered(file) };
  }

  /** One file, one path: what is reached through a linked directory is named where it stands. */
  #sameAsDiscovered(file: string): string {
    if (this.#files?.has(file)) return file;
    let canonical = this.#canonical.get(file);
    if (canonical === undefined) {
      this.#realRoot ??= this.#tree.real(this.root);
      const real = this.#tree.real(file);
      canonical = isWithin(real, this.#realRoot) ? join(this.root, relative(this.#realRoot, real)) : file;
      this.#canonical.set(file, canonical);
    }
    return canonical;
  }
}

/** Without a bundler's loader prefix and query: `raw!./x?inline` is `./x`. */
function clean(spec: string): string {
  const plain = spec.slice(spec.lastIndexOf('!') + 1);
  const query = plain.indexOf('?');
  return query < 0 ? plain : plain.slice(0, query);
}

function isAsset(spec: string): boolean {
  return /\.(?:json5?|jsonc|css|scss|sass|less|styl|svg|png|jpe?g|gif|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp[34]|webm|wav|ogg|pdf|html?|vue|svelte|astro|mdx?|txt|csv|ya?ml|toml|xml|wasm|node|graphql|gql|sql|proto|glsl|hbs|ejs|pug|lua|zip|gz|bin|pem)$/i.test(spec);
}

function isDeclaration(file: string): boolean {
  return /\.d\.[cm]?ts$/.test(file);
}

function isWithin(path: string, dir: string): boolean {
  return path === dir || path.startsWith(dir.endsWith(sep) ? dir : dir + sep);
}

function first<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

