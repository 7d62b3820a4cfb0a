import * as fs from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { ResolverFactory } from 'oxc-resolver';
import { globSync } from 'tinyglobby';
import { isDirectory, isFile, readText, systemMessage } from './read-file.ts';
import type { ReadResult } from './read-file.ts';

/** Where a program is read from. Paths are absolute. */
export interface Tree {
  read(file: string): ReadResult;
  isFile(path: string): boolean;
  isDirectory(path: string): boolean;
  /** Names in a directory; none when it cannot be read. */
  names(dir: string): readonly string[];
  /** Without the links on the way; the path itself when nothing is there. */
  real(path: string): string;
  /** The files that match, absolute. Installed packages match nothing. */
  matching(dir: string, patterns: readonly string[]): readonly string[];
  /** The existing file that a path without or with another extension names: as the compiler supplies and replaces extensions, then a directory's index. */
  probe(path: string): string | undefined;
  /** Files may have come or gone. */
  clearCache(): void;
}

export const SOURCE_EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];
const EXTENSIONS = [...SOURCE_EXTENSIONS, '.d.ts', '.d.mts', '.d.cts'];
/** What an extension in a specifier may stand for. */
export const WRITTEN_FOR: Readonly<Record<string, string[]>> = { '.js': ['.ts', '.tsx', '.js', '.jsx', '.d.ts'], '.jsx': ['.tsx', '.jsx', '.ts', '.js'], '.mjs': ['.mts', '.mjs', '.d.mts'], '.cjs': ['.cts', '.cjs', '.d.cts'] };
const CODE = /\.[cm]?[jt]sx?$/;
/** As many as Linux follows. */
const MAX_LINKS = 40;
const NOT_WALKED = ['**/node_modules/**', '**/.git/**'];

/** The file system. */
export function diskTree(): Tree {
  // Only asked for paths: packages, aliases and manifests are handled by ours, because their targets are sources, not what is installed.
  const plain = { extensions: EXTENSIONS, mainFields: [], exportsFields: [], importsFields: [], modules: [], symlinks: false, nodePath: false };
  const paths = new ResolverFactory({ ...plain, extensionAlias: WRITTEN_FOR });
  const exact = paths.cloneWithOptions(plain);
  return {
    read: readText,
    isFile,
    isDirectory,
    names(dir) {
      try {
        return fs.readdirSync(dir);
      } catch {
        return [];
      }
    },
    real(path) {
      try {
        return fs.realpathSync(path);
      } catch {
        return path; // Gone in the meantime.
      }
    },
    matching: (dir, patterns) => globSync([...patterns], { cwd: dir, absolute: true, followSymbolicLinks: false, ignore: NOT_WALKED, expandDirectories: false }),
    probe(path) {
      const dir = dirname(path);
      let file = paths.sync(dir, path).path;
      if (file === undefined && CODE.test(path)) file = exact.sync(dir, path).path;
      return file !== undefined && CODE.test(file) ? file : undefined;
    },
    clearCache() {
      paths.clearCache();
      exact.clearCache();
    },
  };
}

/** Files that are held in memory, and nothing else. `links`: from a path to the one it stands for. */
export class HeldTree implements Tree {
  private readonly directories = new Map<string, Set<string>>();

  constructor(private readonly texts: ReadonlyMap<string, ReadResult | (() => ReadResult)>, private readonly links: ReadonlyMap<string, string> = new Map()) {
    for (const file of texts.keys()) {
      for (let at = file; dirname(at) !== at; at = dirname(at)) {
        const names = this.directories.get(dirname(at));
        const name = at.slice(dirname(at).length).replace(sep, '');
        if (names?.has(name)) break;
        if (names === undefined) this.directories.set(dirname(at), new Set([name]));
        else names.add(name);
      }
    }
  }

  read(file: string): ReadResult {
    const held = this.texts.get(this.real(file));
    if (held !== undefined) return typeof held === 'function' ? held() : held;
    return { error: { file, message: systemMessage({ code: this.isDirectory(file) ? 'EISDIR' : 'ENOENT' }) } };
  }

  isFile(path: string): boolean {
    return this.texts.has(this.real(path));
  }

  isDirectory(path: string): boolean {
    return this.directories.has(this.real(path.length > 1 && path.endsWith(sep) ? path.slice(0, -1) : path));
  }

  names(dir: string): readonly string[] {
    return [...(this.directories.get(this.real(dir)) ?? [])];
  }

  real(path: string): string {
    if (this.links.size === 0) return path;
    let real = path;
    for (let followed = 0; followed < MAX_LINKS; followed += 1) {
      const next = this.follow(real);
      if (next === undefined) return real;
      real = next;
    }
    return path;
  }

  private follow(path: string): string | undefined {
    for (let at = path; dirname(at) !== at; at = dirname(at)) {
      const target = this.links.get(at);
      if (target !== undefined) return target + path.slice(at.length);
    }
    return undefined;
  }

  matching(dir: string, patterns: readonly string[]): readonly string[] {
    const entries = (path: string): fs.Dirent[] => this.names(path).map((name) => this.entry(path, name));
    const adapter = {
      readdirSync: entries,
      readdir: (path: string, _: unknown, done: (error: null, found: fs.Dirent[]) => void) => done(null, entries(path)),
    } as unknown as typeof fs;
    return globSync([...patterns], { cwd: dir, absolute: true, followSymbolicLinks: false, ignore: NOT_WALKED, expandDirectories: false, fs: adapter });
  }

  private entry(dir: string, name: string): fs.Dirent {
    const isDirectoryHere = this.directories.has(join(dir, name));
    return { name, parentPath: dir, isDirectory: () => isDirectoryHere, isFile: () => !isDirectoryHere, isSymbolicLink: () => false } as fs.Dirent;
  }

  probe(path: string): string | undefined {
    const extension = /\.[cm]?jsx?$/.exec(path)?.[0];
    const stem = extension === undefined ? path : path.slice(0, -extension.length);
    const candidates = [
      ...(extension === undefined ? [] : (WRITTEN_FOR[extension] ?? [])).map((other) => stem + other),
      ...(path.endsWith(sep) ? [] : [path, ...EXTENSIONS.map((other) => path + other)]),
      ...EXTENSIONS.map((other) => join(path, `index${other}`)),
    ];
    return candidates.find((file) => CODE.test(file) && this.isFile(file));
  }

  clearCache(): void {}
}

/** The file system for a program that is read again and again: a file's text is read once for as long as the file stays as it is. */
export function rememberingTree(): Tree {
  const disk = diskTree();
  const known = new Map<string, { readonly stamp: string; readonly read: ReadResult }>();
  return {
    ...disk,
    read(file) {
      // What is installed is large, and read by the compiler alone.
      if (file.includes(`${sep}node_modules${sep}`)) return disk.read(file);
      const stamp = stampOf(file);
      const before = known.get(file);
      if (before?.stamp === stamp) return before.read;
      const read = disk.read(file);
      known.set(file, { stamp, read });
      return read;
    },
  };
}

function stampOf(file: string): string {
  try {
    const { mtimeNs, ctimeNs, size, ino } = fs.statSync(file, { bigint: true });
    return `${mtimeNs}:${ctimeNs}:${size}:${ino}`;
  } catch {
    return '';
  }
}
