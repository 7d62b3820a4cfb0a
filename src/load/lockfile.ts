import { join, relative, sep } from 'node:path';
import { isRecord, parseJson } from './json.ts';
import type { Tree } from './tree.ts';

/** Versions that a repository's lockfile gives to the packages of one of its directories. */
export interface Lockfile {
  version(dir: string, name: string, range: string): string | undefined;
}

const NONE: Lockfile = { version: () => undefined };

/** The lockfile that stands in `root`, if any; one that cannot be understood answers nothing. */
export function readLockfile(root: string, tree: Tree): Lockfile | undefined {
  const readers: readonly (readonly [file: string, read: (text: string, root: string) => Lockfile])[] = [
    ['pnpm-lock.yaml', pnpm],
    ['yarn.lock', yarn],
    ['package-lock.json', npm],
    ['npm-shrinkwrap.json', npm],
    ['bun.lock', bun],
  ];
  for (const [file, read] of readers) {
    const { text } = tree.read(join(root, file));
    if (text !== undefined) return read(text, root);
  }
  return undefined;
}

/** `packages` by path; `dependencies` by name before version 2. */
function npm(text: string, root: string): Lockfile {
  const lock = parseJson(text).value;
  if (!isRecord(lock)) return NONE;
  const packages = isRecord(lock['packages']) ? lock['packages'] : {};
  const dependencies = isRecord(lock['dependencies']) ? lock['dependencies'] : {};
  return {
    version(dir, name) {
      const folder = relative(root, dir).replaceAll(sep, '/');
      return (
        versionOf(own(packages, folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`)) ??
        versionOf(own(packages, `node_modules/${name}`)) ??
        versionOf(own(dependencies, name))
      );
    },
  };
}

/** Blocks `"name@range", name@range:` with `version "1.2.3"` (classic) or `version: 1.2.3` (Berry, ranges `npm:^1`). */
function yarn(text: string): Lockfile {
  const versions = new Map<string, string>();
  let keys: string[] = [];
  for (const line of text.split('\n')) {
    if (line.startsWith('#') || line.trim() === '') continue;
    if (!line.startsWith(' ')) {
      keys = line.replace(/:\s*$/, '').replaceAll('"', '').split(/,\s*/);
      continue;
    }
    const version = /^ {2}version:? "?([^"\s]+)"?/.exec(line)?.[1];
    if (version !== undefined) for (const key of keys) versions.set(key, version);
  }
  return { version: (_dir, name, range) => versions.get(`${name}@${range}`) ?? versions.get(`${name}@npm:${range}`) };
}

/** The `importers` section by lines: the whole file may have hundreds of thousands, and YAML readers are slow. */
function pnpm(text: string, root: string): Lockfile {
  const versions = new Map<string, string>();
  let inImporters = !/^importers:/m.test(text);
  const flat = inImporters;
  let importer = '.';
  let name = '';
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) {
      if (!flat) inImporters = line.startsWith('importers:');
      else if (/^(?:packages|snapshots):/.test(line)) break;
      if (!flat && versions.size > 0 && !inImporters) break;
      continue;
    }
    if (!inImporters) continue;
    const [, indent = '', rawKey = '', rawValue = ''] = /^( +)((?:'[^']*'|"[^"]*"|[^\s:'"]+)):(?: +(.*))?$/.exec(line) ?? [];
    const depth = indent.length / 2 + (flat ? 1 : 0);
    const key = unquote(rawKey);
    if (depth === 1) importer = key;
    else if (depth === 3) {
      name = key;
      if (rawValue !== '') versions.set(`${importer}\0${name}`, cleanVersion(rawValue));
    } else if (depth === 4 && key === 'version') versions.set(`${importer}\0${name}`, cleanVersion(rawValue));
  }
  return { version: (dir, dependency) => versions.get(`${relative(root, dir).replaceAll(sep, '/') || '.'}\0${dependency}`) };
}

/** `packages` by name: `["name@1.2.3", …]`. */
function bun(text: string): Lockfile {
  const lock = parseJson(text).value;
  const packages = isRecord(lock) && isRecord(lock['packages']) ? lock['packages'] : {};
  return {
    version(_dir, name) {
      const entry = own(packages, name);
      const id = Array.isArray(entry) && typeof entry[0] === 'string' ? entry[0] : '';
      const version = id.slice(id.lastIndexOf('@') + 1);
      return /^\d/.test(version) ? version : undefined;
    },
  };
}

function own(record: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}

function versionOf(entry: unknown): string | undefined {
  return isRecord(entry) && typeof entry['version'] === 'string' ? entry['version'] : undefined;
}

/** Without the peers that pnpm appends: `1.2.3(react@18)` and `1.2.3_react@18`. */
function cleanVersion(value: string): string {
  return unquote(value.trim()).replace(/[(_].*$/, '');
}

function unquote(value: string): string {
  return value.replace(/^(['"])(.*)\1$/, '$2');
}
