import { dirname, isAbsolute, join, resolve } from 'node:path';
import { isRecord, parseJson, strings } from './json.ts';
import type { FileError } from './read-file.ts';
import { sourceLines } from './source-lines.ts';
import { diskTree } from './tree.ts';
import type { Tree } from './tree.ts';

/** What module resolution needs of a tsconfig.json and all it extends; paths are absolute. */
export interface TsConfig {
  readonly file: string;
  readonly dir: string;
  readonly baseUrl?: string;
  /** Most specific first, as TypeScript chooses; targets absolute, each with at most one `*`. */
  readonly paths: readonly PathMapping[];
  readonly rootDir?: string;
  readonly rootDirs: readonly string[];
  readonly outDir?: string;
  readonly declarationDir?: string;
  /** Config files of the referenced projects. */
  readonly references: readonly string[];
  readonly customConditions: readonly string[];
}

export interface PathMapping {
  readonly prefix: string;
  /** Undefined: the pattern has no `*` and must match entirely. */
  readonly suffix: string | undefined;
  readonly targets: readonly string[];
}

export interface TsConfigs {
  /** Config of the nearest tsconfig.json or jsconfig.json at or above `dir`, not above the root. */
  nearest(dir: string): TsConfig | undefined;
  /**
   * Configs whose `paths` and `baseUrl` may hold for files in `dir`, best first: the nearest, what it references, its siblings
   * (`tsconfig.app.json`, `tsconfig.base.json`), then the same of the directories above.
   */
  candidates(dir: string): readonly TsConfig[];
  /** Every config in `dir` itself, tsconfig.json first. */
  inDirectory(dir: string): readonly TsConfig[];
  read(file: string): TsConfig | undefined;
  /** Broken files and extended configs that are not there, each once. */
  readonly errors: readonly FileError[];
  clearCache(): void;
}

export interface TsConfigOptions {
  /** Directory of a workspace package, for `extends: "@scope/tsconfig/base.json"` without node_modules. */
  packageDir?(name: string): string | undefined;
  /** By default the file system. */
  readonly tree?: Tree;
}

export function tsConfigs(root: string, options: TsConfigOptions = {}): TsConfigs {
  return new Reader(resolve(root), options);
}

/** Compiler options as far as they matter, of one file merged over what it extends. */
interface Settings {
  baseUrl?: string;
  /** As written: the final `baseUrl` decides where they start, else the directory of the file that has them. */
  paths?: { readonly dir: string; readonly patterns: Record<string, unknown> };
  rootDir?: string;
  rootDirs?: string[];
  outDir?: string;
  declarationDir?: string;
  customConditions?: string[];
}

const NONE: readonly TsConfig[] = [];
const MAX_EXTENDS = 20;
const CONFIG_NAMES = ['tsconfig.json', 'jsconfig.json'];

class Reader implements TsConfigs {
  readonly #root: string;
  readonly #options: TsConfigOptions;
  readonly #tree: Tree;
  readonly #configs = new Map<string, TsConfig | undefined>();
  readonly #json = new Map<string, Record<string, unknown> | undefined>();
  readonly #nearest = new Map<string, TsConfig | undefined>();
  readonly #candidates = new Map<string, readonly TsConfig[]>();
  readonly #siblings = new Map<string, readonly string[]>();
  readonly #errors = new Map<string, FileError>();

  constructor(root: string, options: TsConfigOptions) {
    this.#root = root;
    this.#options = options;
    this.#tree = options.tree ?? diskTree();
  }

  get errors(): readonly FileError[] {
    return [...this.#errors.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : (a.line ?? 0) - (b.line ?? 0)));
  }

  clearCache(): void {
    for (const cache of [this.#configs, this.#json, this.#nearest, this.#candidates, this.#siblings, this.#errors]) cache.clear();
  }

  nearest(dir: string): TsConfig | undefined {
    if (this.#nearest.has(dir)) return this.#nearest.get(dir);
    const own = CONFIG_NAMES.map((name) => join(dir, name)).find((file) => this.#tree.isFile(file));
    const above = dir === this.#root || dirname(dir) === dir ? undefined : dirname(dir);
    const found = (own && this.read(own)) ?? (above && this.nearest(above));
    this.#nearest.set(dir, found || undefined);
    return found || undefined;
  }

  inDirectory(dir: string): readonly TsConfig[] {
    const files = this.#configFiles(dir);
    const main = files[0] === undefined ? undefined : this.read(files[0]);
    const referenced = main?.references.filter((file) => files.includes(file)) ?? [];
    const ordered = new Set([...files.slice(0, 1), ...referenced, ...files]);
    return [...ordered].map((file) => this.read(file)).filter((config) => config !== undefined);
  }

  candidates(dir: string): readonly TsConfig[] {
    const known = this.#candidates.get(dir);
    if (known) return known;
    const own = this.inDirectory(dir);
    const above = dir === this.#root || dirname(dir) === dir ? NONE : this.candidates(dirname(dir));
    const mapping = own.filter((config) => config.paths.length > 0 || config.baseUrl !== undefined);
    const all = mapping.length === 0 ? above : [...mapping, ...above];
    this.#candidates.set(dir, all);
    return all;
  }

  read(file: string): TsConfig | undefined {
    if (this.#configs.has(file)) return this.#configs.get(file);
    this.#configs.set(file, undefined);
    const json = this.#load(file);
    const config = json && this.#config(file, json);
    this.#configs.set(file, config);
    return config;
  }

  #config(file: string, json: Record<string, unknown>): TsConfig {
    const dir = dirname(file);
    const settings = this.#settings(file, json, dir, []);
    const references = Array.isArray(json['references']) ? json['references'] : [];
    return {
      file,
      dir,
      paths: settings.paths ? pathMappings(settings.paths.patterns, settings.baseUrl ?? settings.paths.dir, dir) : [],
      rootDirs: settings.rootDirs ?? [],
      customConditions: settings.customConditions ?? [],
      references: references.flatMap((item) => (isRecord(item) && typeof item['path'] === 'string' ? [this.#configFile(resolve(dir, item['path']))] : [])),
      ...(settings.baseUrl !== undefined && { baseUrl: settings.baseUrl }),
      ...(settings.rootDir !== undefined && { rootDir: settings.rootDir }),
      ...(settings.outDir !== undefined && { outDir: settings.outDir }),
      ...(settings.declarationDir !== undefined && { declarationDir: settings.declarationDir }),
    };
  }

  /** `leaf` is the directory that `${configDir}` stands for. */
  #settings(file: string, json: Record<string, unknown>, leaf: string, chain: readonly string[]): Settings {
    const merged: Settings = {};
    for (const spec of strings(json['extends'])) {
      const base = this.#extended(file, spec);
      if (base === undefined) {
        this.#note(file, `"extends": ${JSON.stringify(spec)} cannot be found and is left out`, spec);
        continue;
      }
      if (base === file || chain.includes(base) || chain.length >= MAX_EXTENDS) {
        this.#note(file, `"extends": ${JSON.stringify(spec)} leads back to this file`, spec);
        continue;
      }
      const baseJson = this.#load(base);
      if (baseJson) Object.assign(merged, this.#settings(base, baseJson, leaf, [...chain, file]));
    }
    const options = json['compilerOptions'];
    return isRecord(options) ? Object.assign(merged, ownSettings(options, dirname(file), leaf)) : merged;
  }

  #extended(file: string, spec: string): string | undefined {
    const dir = dirname(file);
    if (/^\.{1,2}(?:[\\/]|$)/.test(spec) || isAbsolute(spec)) return this.#firstConfig(resolve(dir, spec));
    const [, name, rest = ''] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/.exec(spec) ?? [];
    if (name === undefined) return undefined;
    for (let at = dir; ; at = dirname(at)) {
      const found = this.#inPackage(join(at, 'node_modules', name), rest);
      if (found !== undefined) return found;
      if (dirname(at) === at) break;
    }
    const workspace = this.#options.packageDir?.(name);
    return workspace === undefined ? undefined : this.#inPackage(workspace, rest);
  }

  #inPackage(dir: string, rest: string): string | undefined {
    if (!this.#tree.isDirectory(dir)) return undefined;
    if (rest !== '') {
      const direct = this.#firstConfig(join(dir, rest));
      if (direct !== undefined) return direct;
    }
    const manifest = parseJson(this.#tree.read(join(dir, 'package.json')).text ?? '').value;
    if (!isRecord(manifest)) return rest === '' ? this.#firstConfig(dir) : undefined;
    const key = rest === '' ? '.' : `./${rest}`;
    const exports = isRecord(manifest['exports']) ? (manifest['exports'][key] ?? manifest['exports'][`${key}.json`]) : undefined;
    for (const target of [...strings(exports), ...(rest === '' ? strings(manifest['tsconfig']) : [])]) {
      const found = this.#firstConfig(join(dir, target));
      if (found !== undefined) return found;
    }
    return rest === '' ? this.#firstConfig(dir) : undefined;
  }

  #configFile(path: string): string {
    return this.#tree.isDirectory(path) || !path.endsWith('.json') ? join(path, 'tsconfig.json') : path;
  }

  #firstConfig(path: string): string | undefined {
    return [path, `${path}.json`, join(path, 'tsconfig.json')].find((file) => this.#tree.isFile(file));
  }

  /** tsconfig.json first, then its siblings that may hold the paths. */
  #configFiles(dir: string): readonly string[] {
    const known = this.#siblings.get(dir);
    if (known) return known;
    const names = this.#tree.names(dir).filter((name) => /^[jt]sconfig(?:\.[\w.-]+)?\.json$/.test(name));
    const rank = (name: string): number => (CONFIG_NAMES.includes(name) ? CONFIG_NAMES.indexOf(name) : /spec|test|e2e/.test(name) ? 3 : 2);
    const files = names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)).map((name) => join(dir, name));
    this.#siblings.set(dir, files);
    return files;
  }

  #load(file: string): Record<string, unknown> | undefined {
    if (this.#json.has(file)) return this.#json.get(file);
    const { text, error } = this.#tree.read(file);
    let json: Record<string, unknown> | undefined;
    if (text === undefined) this.#report(error);
    else if (text.trim() === '') json = {};
    else {
      const result = parseJson(text);
      if (result.error) this.#report({ file, ...sourceLines(text).position(result.error.offset), message: `is not valid JSON: ${result.error.message}` });
      if (isRecord(result.value)) json = result.value;
      else if (!result.error) this.#report({ file, line: 1, column: 1, message: 'is not a JSON object' });
    }
    this.#json.set(file, json);
    return json;
  }

  #note(file: string, message: string, spec: string): void {
    const text = this.#tree.read(file).text ?? '';
    this.#report({ file, ...sourceLines(text).position(Math.max(0, text.indexOf(JSON.stringify(spec)))), message, note: true });
  }

  #report(error: FileError): void {
    this.#errors.set(`${error.file}\0${error.message}`, error);
  }
}

function ownSettings(options: Record<string, unknown>, dir: string, leaf: string): Settings {
  const place = (value: string): string => resolve(dir, inConfigDir(value, leaf));
  const settings: Settings = {};
  for (const key of ['baseUrl', 'rootDir', 'outDir', 'declarationDir'] as const) {
    const value = options[key];
    if (typeof value === 'string') settings[key] = place(value);
  }
  if (Array.isArray(options['rootDirs'])) settings.rootDirs = strings(options['rootDirs']).map(place);
  if (Array.isArray(options['customConditions'])) settings.customConditions = strings(options['customConditions']);
  if (isRecord(options['paths'])) settings.paths = { dir, patterns: options['paths'] };
  return settings;
}

function pathMappings(patterns: Record<string, unknown>, base: string, leaf: string): PathMapping[] {
  const mappings = Object.entries(patterns).map(([pattern, targets]) => {
    const star = pattern.indexOf('*');
    return {
      prefix: star < 0 ? pattern : pattern.slice(0, star),
      suffix: star < 0 ? undefined : pattern.slice(star + 1),
      targets: strings(targets).map((target) => resolve(base, inConfigDir(target, leaf))),
    };
  });
  return mappings.sort((a, b) => Number(a.suffix !== undefined) - Number(b.suffix !== undefined) || b.prefix.length - a.prefix.length);
}

function inConfigDir(value: string, leaf: string): string {
  return value.startsWith('${configDir}') ? join(leaf, value.slice('${configDir}'.length)) : value;
}

/** Where a pattern of `paths` sends a specifier; undefined when it does not match. */
export function matchPath({ prefix, suffix, targets }: PathMapping, spec: string): readonly string[] | undefined {
  if (suffix === undefined) return spec === prefix ? targets : undefined;
  if (spec.length < prefix.length + suffix.length || !spec.startsWith(prefix) || !spec.endsWith(suffix)) return undefined;
  const middle = spec.slice(prefix.length, spec.length - suffix.length);
  return targets.map((target) => target.replace('*', () => middle));
}
