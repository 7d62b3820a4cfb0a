import { dirname, join, resolve } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { discover } from './discover.ts';
import { isRecord, parseJson, strings } from './json.ts';
import { readLockfile } from './lockfile.ts';
import type { Lockfile } from './lockfile.ts';
import type { FileError } from './read-file.ts';
import { sourceLines } from './source-lines.ts';
import { diskTree } from './tree.ts';
import type { Tree } from './tree.ts';

/** A package.json: `json` is whatever it holds, to be read with care. */
export interface Package {
  readonly name: string;
  readonly dir: string;
  readonly json: Readonly<Record<string, unknown>>;
}

export interface Workspace {
  readonly root: string;
  /** By name: the declared packages, or every named one below the root where none is declared. */
  readonly packages: ReadonlyMap<string, Package>;
  /** By name: the declared packages, the root among them; empty where none is declared. */
  readonly declared: ReadonlyMap<string, Package>;
  /** The package that a file's bare import of `name` means, if it is one of this repository. */
  find(name: string, fromDir: string): Package | undefined;
  /** Nearest package.json at or above `dir`, not above the root. */
  nearest(dir: string): Package | undefined;
  /** Versions of the packages that a file may import: locked where a lockfile says, else the range as declared. */
  dependencyVersions(file: string): ReadonlyMap<string, string>;
  /** The major one of such a version; undefined where there is none, where a tag or path stands for it, or a range that holds several. */
  majorOf(file: string, name: string): number | undefined;
  readonly errors: readonly FileError[];
  clearCache(): void;
}

export interface WorkspaceOptions {
  /** Paths of all package.json below the root, if they are known already (`discover`). */
  readonly manifests?: readonly string[];
  /** By default the file system. */
  readonly tree?: Tree;
}

export function loadWorkspace(root: string, { manifests, tree = diskTree() }: WorkspaceOptions = {}): Workspace {
  return new Loaded(resolve(root), manifests, tree);
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies'];

class Loaded implements Workspace {
  readonly root: string;
  readonly #tree: Tree;
  #manifests: readonly string[] | undefined;
  readonly #json = new Map<string, Package | undefined>();
  readonly #nearest = new Map<string, Package | undefined>();
  readonly #versions = new Map<string, ReadonlyMap<string, string>>();
  readonly #errors = new Map<string, FileError>();
  #declared: ReadonlyMap<string, Package> | undefined;
  #present: ReadonlyMap<string, Package> | undefined;
  #catalogs: ReadonlyMap<string, string> | undefined;
  readonly #lockfiles = new Map<string, Lockfile | undefined>();

  constructor(root: string, manifests: readonly string[] | undefined, tree: Tree) {
    this.root = root;
    this.#tree = tree;
    this.#manifests = manifests;
  }

  get packages(): ReadonlyMap<string, Package> {
    const declared = this.#declaredPackages();
    return declared.size > 0 ? declared : this.#presentPackages();
  }

  get declared(): ReadonlyMap<string, Package> {
    return this.#declaredPackages();
  }

  get errors(): readonly FileError[] {
    return [...this.#errors.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
  }

  clearCache(): void {
    for (const cache of [this.#json, this.#nearest, this.#versions, this.#lockfiles, this.#errors]) cache.clear();
    this.#declared = undefined;
    this.#present = undefined;
    this.#catalogs = undefined;
    this.#manifests = undefined;
  }

  find(name: string, fromDir: string): Package | undefined {
    const own = this.nearest(fromDir);
    if (own?.name === name) return own;
    const declared = this.#declaredPackages().get(name);
    if (declared) return declared;
    const range = own && declaredRange(own, name);
    const [, protocol, path = ''] = /^(file|link|portal|workspace):(.*)$/.exec(range ?? '') ?? [];
    if (own && protocol !== undefined && /^\.{0,2}\//.test(path)) {
      const linked = this.#read(join(resolve(own.dir, path), 'package.json'));
      if (linked) return linked;
    }
    // A range from the registry means the registry's package, unless the scope is one of ours.
    if (range !== undefined && protocol === undefined && range !== '*' && !name.startsWith('@')) return undefined;
    if (this.#declaredPackages().size > 0 && protocol === undefined && !this.#ownScope(name)) return undefined;
    return this.#presentPackages().get(name);
  }

  nearest(dir: string): Package | undefined {
    if (this.#nearest.has(dir)) return this.#nearest.get(dir);
    const own = this.#read(join(dir, 'package.json'));
    // `{ "type": "module" }` in a folder of sources makes no package.
    const counts = own && (own.name !== '' || DEPENDENCY_FIELDS.some((field) => field in own.json) || 'imports' in own.json || dir === this.root);
    const found = (counts ? own : undefined) ?? (dir === this.root || dirname(dir) === dir ? undefined : this.nearest(dirname(dir)));
    this.#nearest.set(dir, found);
    return found;
  }

  dependencyVersions(file: string): ReadonlyMap<string, string> {
    const owner = this.nearest(dirname(file));
    return owner ? this.#versionsOf(owner) : new Map();
  }

  majorOf(file: string, name: string): number | undefined {
    const major = /^(?:npm:.+@)?[\^~=v\s]*(\d+)[^|\s]*$/.exec(this.dependencyVersions(file).get(name) ?? '')?.[1];
    return major === undefined ? undefined : Number(major);
  }

  #versionsOf(owner: Package): ReadonlyMap<string, string> {
    const known = this.#versions.get(owner.dir);
    if (known) return known;
    const above = owner.dir === this.root ? undefined : this.nearest(dirname(owner.dir));
    const versions = new Map(above ? this.#versionsOf(above) : []);
    const ranges = new Map<string, string>();
    for (const field of [...DEPENDENCY_FIELDS].reverse()) {
      const dependencies = owner.json[field];
      if (isRecord(dependencies)) for (const [name, range] of Object.entries(dependencies)) if (typeof range === 'string') ranges.set(name, this.#range(name, range));
    }
    const lockfile = this.#lockfile(owner.dir);
    for (const [name, range] of ranges) versions.set(name, lockfile?.version(owner.dir, name, range) ?? range);
    this.#versions.set(owner.dir, versions);
    return versions;
  }

  /** The nearest above: services of one repository may be installed each for itself. */
  #lockfile(dir: string): Lockfile | undefined {
    if (!this.#lockfiles.has(dir)) {
      const atRoot = dir === this.root || dirname(dir) === dir;
      this.#lockfiles.set(dir, readLockfile(dir, this.#tree) ?? (atRoot ? undefined : this.#lockfile(dirname(dir))));
    }
    return this.#lockfiles.get(dir);
  }

  /** `catalog:` ranges of pnpm and bun stand in the workspace's file. */
  #range(name: string, range: string): string {
    if (!range.startsWith('catalog:')) return range;
    this.#catalogs ??= this.#readCatalogs();
    return this.#catalogs.get(`${range.slice('catalog:'.length).trim() || 'default'}\0${name}`) ?? range;
  }

  #readCatalogs(): ReadonlyMap<string, string> {
    const found = new Map<string, string>();
    const manifest = this.#read(join(this.root, 'package.json'))?.json;
    const workspaces = manifest && isRecord(manifest['workspaces']) ? manifest['workspaces'] : undefined;
    for (const source of [this.#pnpm(), manifest, workspaces]) {
      if (!isRecord(source)) continue;
      const named = isRecord(source['catalogs']) ? source['catalogs'] : {};
      for (const [catalog, ranges] of Object.entries({ ...named, ...(isRecord(source['catalog']) && { default: source['catalog'] }) }))
        if (isRecord(ranges)) for (const [name, range] of Object.entries(ranges)) if (typeof range === 'string') found.set(`${catalog}\0${name}`, range);
    }
    return found;
  }

  #declaredPackages(): ReadonlyMap<string, Package> {
    if (this.#declared) return this.#declared;
    const dirs = new Set<string>();
    const patterns = this.#patterns();
    if (patterns.some((pattern) => !pattern.startsWith('!'))) {
      const clean = patterns.map((pattern) => pattern.replace(/^(!?)(?:\.\/)?/, '$1').replace(/\/+$/, '')).filter(isHarmless);
      const found = this.#tree.matching(this.root, clean.map((pattern) => (pattern === '.' || pattern === '' ? 'package.json' : `${pattern}/package.json`)));
      for (const file of found) dirs.add(dirname(resolve(file)));
    }
    for (const dir of this.#rushProjects()) dirs.add(dir);
    if (dirs.size > 0) dirs.add(this.root);
    this.#declared = this.#byName([...dirs].map((dir) => join(dir, 'package.json')));
    return this.#declared;
  }

  #presentPackages(): ReadonlyMap<string, Package> {
    this.#present ??= this.#byName(this.#manifests ?? discover(this.root).manifests);
    return this.#present;
  }

  /** Of several packages with one name the least nested counts, and examples, templates and fixtures come last. */
  #byName(files: readonly string[]): ReadonlyMap<string, Package> {
    const rank = (file: string): number => (/[\\/](?:examples?|templates?|fixtures?|__fixtures__|tests?|e2e|demos?)[\\/]/.test(file.slice(this.root.length)) ? 1 : 0);
    const depth = (file: string): number => file.split(/[\\/]/).length;
    const byName = new Map<string, Package>();
    for (const file of [...files].sort((a, b) => rank(a) - rank(b) || depth(a) - depth(b) || (a < b ? -1 : 1))) {
      const found = this.#read(file);
      if (found && found.name !== '' && !byName.has(found.name)) byName.set(found.name, found);
    }
    return byName;
  }

  #ownScope(name: string): boolean {
    const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/') + 1) : undefined;
    return scope !== undefined && [...this.#declaredPackages().keys()].some((other) => other.startsWith(scope));
  }

  #patterns(): string[] {
    const pnpm = this.#pnpm();
    const patterns = isRecord(pnpm) ? strings(pnpm['packages']) : [];
    const manifest = this.#read(join(this.root, 'package.json'))?.json['workspaces'];
    patterns.push(...strings(isRecord(manifest) ? manifest['packages'] : manifest));
    if (patterns.length === 0) {
      const lerna = this.#parsed(join(this.root, 'lerna.json'));
      if (isRecord(lerna)) patterns.push(...strings(lerna['packages'] ?? 'packages/*'));
    }
    return patterns;
  }

  #rushProjects(): string[] {
    const rush = this.#parsed(join(this.root, 'rush.json'));
    const projects = isRecord(rush) && Array.isArray(rush['projects']) ? rush['projects'] : [];
    return projects.flatMap((project) => (isRecord(project) && typeof project['projectFolder'] === 'string' ? [resolve(this.root, project['projectFolder'])] : []));
  }

  #pnpm(): unknown {
    const file = join(this.root, 'pnpm-workspace.yaml');
    if (!this.#tree.isFile(file)) return undefined;
    try {
      return parseYaml(this.#tree.read(file).text ?? '');
    } catch (error) {
      const at = (error as { linePos?: readonly { line: number; col: number }[] }).linePos?.[0];
      const message = error instanceof Error ? error.message.split('\n')[0]!.replace(/ at line \d+.*/, '') : String(error);
      this.#errors.set(file, { file, ...(at && { line: at.line, column: at.col }), message: `is not valid YAML: ${message}` });
      return undefined;
    }
  }

  #read(file: string): Package | undefined {
    if (this.#json.has(file)) return this.#json.get(file);
    const json = this.#parsed(file);
    const found: Package | undefined = isRecord(json) ? { name: typeof json['name'] === 'string' ? json['name'] : '', dir: dirname(file), json } : undefined;
    this.#json.set(file, found);
    return found;
  }

  #parsed(file: string): unknown {
    if (!this.#tree.isFile(file)) return undefined;
    const { text, error } = this.#tree.read(file);
    if (text === undefined) {
      this.#errors.set(file, error);
      return undefined;
    }
    const result = parseJson(text);
    if (result.error) this.#errors.set(file, { file, ...sourceLines(text).position(result.error.offset), message: `is not valid JSON: ${result.error.message}` });
    return result.value;
  }
}

/** Within the root, and no pattern made to be slow. */
function isHarmless(pattern: string): boolean {
  return pattern.length <= 300 && !/^!?\/|\.\.|[()]|(?:\*[^/*]+){4}/.test(pattern);
}

export function declaredRange(owner: Package, name: string): string | undefined {
  for (const field of DEPENDENCY_FIELDS) {
    const dependencies = owner.json[field];
    const range = isRecord(dependencies) && Object.hasOwn(dependencies, name) ? dependencies[name] : undefined;
    if (typeof range === 'string') return range;
  }
  return undefined;
}
