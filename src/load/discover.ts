import { readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { globSync } from 'tinyglobby';
import { trackedFiles } from './git-index.ts';
import type { Tracked } from './git-index.ts';
import { parseGitignore } from './gitignore.ts';
import type { IgnoreFile } from './gitignore.ts';
import { readText, systemMessage } from './read-file.ts';
import type { FileError } from './read-file.ts';

export interface Discovered {
  /** Source files of the program, absolute, sorted by code units. */
  readonly files: readonly string[];
  /** Every package.json met on the way, absolute, sorted. */
  readonly manifests: readonly string[];
  /** Beside them: declarations, and JSON that may be a tsconfig or name the packages; absolute, sorted. */
  readonly beside: readonly string[];
  /** Files of the extensions .prisma and .sql, absolute, sorted. */
  readonly schemas: readonly string[];
  /** YAML, absolute, sorted. */
  readonly yaml: readonly string[];
  /** Links that were not followed, absolute, sorted. */
  readonly links: readonly string[];
  /** Every directory that was looked into. */
  readonly directories: readonly string[];
  readonly errors: readonly FileError[];
  /** Whether findings in this file are wanted: the named paths decide, all files without any. */
  isReported(file: string): boolean;
}

export interface Part {
  /** Only what is below this directory, absolute. */
  readonly within: string;
  /** Directories that are left out. */
  readonly without: ReadonlySet<string>;
}

/**
 * The files of the program below `root`. `paths` (absolute, or relative to the working directory; globs allowed) only choose what is
 * reported, but a path that is named is read even where it would be left out.
 */
export function discover(root: string, paths: readonly string[] = [], part?: Part): Discovered {
  const top = resolve(root);
  const walk = new Walk(top, part?.without);
  const ancestors = ancestorIgnores(top);
  const within = part?.within ?? top;
  walk.directory(within, [...(isIgnored(ancestors, top, true) ? [] : ancestors), ...ignoresBetween(top, within)]);

  const reported = new Set<string>();
  for (const path of paths) {
    const targets = expand(path);
    if (targets.length === 0) walk.errors.push({ file: resolve(path), message: 'does not exist' });
    for (const target of targets) {
      if (target !== top && !isBelow(target, top)) {
        walk.errors.push({ file: target, message: `is outside of the project root ${top}` });
        continue;
      }
      reported.add(target);
      walk.named(target);
    }
  }

  return {
    files: [...walk.files].sort(),
    manifests: [...walk.manifests].sort(),
    beside: walk.beside.sort(),
    schemas: walk.schemas.sort(),
    yaml: walk.yaml.sort(),
    links: walk.links.sort(),
    directories: [...walk.visited],
    errors: walk.errors,
    isReported(file) {
      if (paths.length === 0) return true;
      for (let path = file; ; path = dirname(path)) {
        if (reported.has(path)) return true;
        if (dirname(path) === path) return false;
      }
    },
  };
}

/** Whether the analysis reads files of this name. */
export function isSourceFile(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !/\.[cm](?:js|ts)x$/.test(name) && !/\.d\.(?:[^/.]+\.)?[cm]?ts$/.test(name) && !/[.-]min\.[cm]?js$/.test(name);
}

/** Code that is not read as source, and JSON: what imports and tsconfigs may lead to. */
function isBeside(name: string): boolean {
  return /\.[cm]?[jt]sx?$|\.json$/.test(name) || name === 'pnpm-workspace.yaml';
}

interface Ignore {
  readonly dir: string;
  readonly file: IgnoreFile;
}

export const NEVER_SOURCE: ReadonlySet<string> = new Set([
  'node_modules', 'bower_components', 'jspm_packages', '.git', '.hg', '.svn', '.next', '.nuxt', '.output', '.svelte-kit', '.astro', '.turbo',
  '.nx', '.cache', '.parcel-cache', '.vercel', '.netlify', '.serverless', '.wrangler', '.aws-sam', 'cdk.out', '.yarn', '.pnpm-store',
  '.docusaurus', '.nyc_output', '.webpack', '.esbuild', '.angular', '.expo', '.terraform', '.venv', '__pycache__',
]);
/** Output where a package builds, but also words of a domain (`adapters/out`, `insurance/coverage`). */
export const OUTPUT_OF_A_PACKAGE: ReadonlySet<string> = new Set(['dist', 'build', 'out', 'coverage', 'lib-cov', 'storybook-static']);

class Walk {
  readonly files = new Set<string>();
  readonly manifests = new Set<string>();
  readonly beside: string[] = [];
  readonly schemas: string[] = [];
  readonly yaml: string[] = [];
  readonly links: string[] = [];
  readonly errors: FileError[] = [];
  readonly visited = new Set<string>();
  readonly #root: string;
  #realRoot: string | undefined;
  #tracked: Tracked | undefined;

  constructor(root: string, private readonly without: ReadonlySet<string> = new Set()) {
    this.#root = root;
  }

  /** `trackedOnly`: a .gitignore leaves the directory out, but git has files in it. */
  directory(dir: string, inherited: readonly Ignore[], trackedOnly = false): void {
    if (this.visited.has(dir)) return;
    this.visited.add(dir);
    let entries: Dirent[];
    try {
      entries = readdirSync(dir, { withFileTypes: true });
    } catch (error) {
      this.errors.push({ file: dir, message: systemMessage(error) });
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    const ignores = entries.some((entry) => entry.name === '.gitignore') ? [...inherited, ...readIgnores(dir)] : inherited;
    const buildsHere = dir === this.#root || entries.some((entry) => entry.name === 'package.json' || entry.name === 'tsconfig.json');
    for (const entry of entries) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) {
        if (this.without.has(path)) continue;
        if (NEVER_SOURCE.has(entry.name) || (buildsHere && OUTPUT_OF_A_PACKAGE.has(entry.name))) continue;
        const ignored = trackedOnly || isIgnored(ignores, path, true);
        if (!ignored || this.#git().hasBelow(path)) this.directory(path, ignores, ignored);
      } else if (entry.name === 'package.json') {
        this.manifests.add(path);
      } else if (isSourceFile(entry.name)) {
        if ((trackedOnly || isIgnored(ignores, path, false)) && !this.#git().has(path)) continue;
        if (entry.isSymbolicLink()) this.#link(path);
        else if (entry.isFile()) this.files.add(path);
        else this.errors.push({ file: path, message: 'is not a regular file' });
      } else if (/\.(?:prisma|sql)$/i.test(entry.name)) {
        if (!(trackedOnly || isIgnored(ignores, path, false)) || this.#git().has(path)) this.schemas.push(path);
      } else if (entry.isSymbolicLink()) {
        this.links.push(path);
      } else if (isBeside(entry.name) || /\.ya?ml$/.test(entry.name)) {
        if (!(trackedOnly || isIgnored(ignores, path, false)) || this.#git().has(path)) (isBeside(entry.name) ? this.beside : this.yaml).push(path);
      }
    }
  }

  #git(): Tracked {
    return (this.#tracked ??= trackedFiles(this.#root));
  }

  /** What the user named is read even if a rule leaves it out, links included. */
  named(path: string): void {
    try {
      if (statSync(path).isDirectory()) this.directory(path, []);
      else if (isSourceFile(basename(path)) || /\.[cm]?[jt]sx?$/.test(path)) this.files.add(path);
      else this.errors.push({ file: path, message: 'is not a JavaScript or TypeScript file' });
    } catch (error) {
      this.errors.push({ file: path, message: systemMessage(error) });
    }
  }

  /** A linked file within the root is read where it stands; linked directories are never entered, so links cannot make a circle. */
  #link(path: string): void {
    try {
      if (!statSync(path).isFile()) return;
      this.#realRoot ??= realpathSync(this.#root);
      if (isBelow(realpathSync(path), this.#realRoot)) this.links.push(path);
      else this.files.add(path);
    } catch (error) {
      this.errors.push({ file: path, message: brokenLink(error) });
    }
  }
}

function brokenLink(error: unknown): string {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is a symbolic link to a file that does not exist' : systemMessage(error);
}

function expand(path: string): string[] {
  const literal = resolve(path);
  try {
    statSync(literal);
    return [literal];
  } catch {
    if (!/[*?{[]/.test(path) || isAbsolute(path)) return [];
    const found = globSync(path, { onlyFiles: false, absolute: true, dot: true, followSymbolicLinks: false, ignore: ['**/node_modules/**', '**/.git/**'] });
    return found.map((match) => resolve(match)).sort();
  }
}

function readIgnores(dir: string): Ignore[] {
  const { text } = readText(join(dir, '.gitignore'));
  return text === undefined ? [] : [{ dir, file: parseGitignore(text) }];
}

/** Files between the repository's root and `root`, the outermost first; none when `root` is in no repository. */
function ancestorIgnores(root: string): Ignore[] {
  const found: Ignore[] = [];
  for (let dir = root; ; dir = dirname(dir)) {
    if (dir !== root) found.unshift(...readIgnores(dir));
    try {
      statSync(join(dir, '.git'));
      return found;
    } catch {
      if (dirname(dir) === dir) return [];
    }
  }
}

/** Of the directories from `top` down to the parent of `dir`. */
function ignoresBetween(top: string, dir: string): Ignore[] {
  const found: Ignore[] = [];
  for (let at = dir; at !== top && isBelow(at, top); at = dirname(at)) found.unshift(...readIgnores(dirname(at)));
  return found;
}

function isIgnored(ignores: readonly Ignore[], path: string, isDirectory: boolean): boolean {
  for (let i = ignores.length - 1; i >= 0; i--) {
    const { dir, file } = ignores[i]!;
    const local = path.slice(dir.length + 1);
    const verdict = file.ignores(sep === '/' ? local : local.replaceAll(sep, '/'), isDirectory);
    if (verdict !== undefined) return verdict;
  }
  return false;
}

function isBelow(path: string, dir: string): boolean {
  const way = relative(dir, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
