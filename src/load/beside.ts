import { readlinkSync } from 'node:fs';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import type { Discovered } from './discover.ts';
import { isRecord, parseJson } from './json.ts';
import type { ReadResult } from './read-file.ts';
import type { Tree } from './tree.ts';

export interface Beside {
  /** Files that imports, tsconfigs and manifests may lead to, absolute. */
  readonly texts: ReadonlyMap<string, ReadResult>;
  /** Links within the root, absolute, to what they lead to. */
  readonly links: ReadonlyMap<string, string>;
}

/** Of JSON that is larger only the name would count, and no tsconfig is. */
const MAX_JSON = 256 * 1024;
/** Nobody reads more of a declaration or a minified library. */
const MAX_CODE = 1024 * 1024;
/** They name the packages of a workspace. */
const OF_WORKSPACES = new Set(['pnpm-workspace.yaml', 'lerna.json', 'rush.json']);

/** What links a program beside its sources: with these and the sources, imports lead where they lead on the disk. */
export function readBeside(root: string, found: Pick<Discovered, 'manifests' | 'beside' | 'links'>, tree: Tree): Beside {
  const texts = new Map<string, ReadResult>();
  for (const file of found.manifests) texts.set(file, tree.read(file));
  for (const file of found.beside) {
    const name = basename(file);
    const read = tree.read(file);
    if (name.endsWith('.json') ? isTsConfig(name, read.text) || (dirname(file) === root && OF_WORKSPACES.has(name)) : name.endsWith('.yaml') ? dirname(file) === root : true) {
      const tooLarge = (read.text?.length ?? 0) > MAX_CODE;
      texts.set(file, tooLarge ? { error: { file, message: 'is too large' } } : read);
    }
  }
  return { texts, links: linksWithin(root, found.links) };
}

/** By its name, or by what it says: a tsconfig that others extend goes by any name. */
function isTsConfig(name: string, text: string | undefined): boolean {
  if (/^[jt]sconfig(?:\.[\w.-]+)?\.json$/.test(name)) return true;
  if (text === undefined || text.length > MAX_JSON || !/"(?:compilerOptions|extends)"/.test(text)) return false;
  const { value } = parseJson(text);
  return isRecord(value) && ('compilerOptions' in value || 'extends' in value);
}

/** As they are written: whether something stands at their other end is for the tree to say. */
function linksWithin(root: string, links: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const link of links) {
    try {
      const target = resolve(dirname(link), readlinkSync(link));
      const way = relative(root, target);
      if (way !== '..' && !way.startsWith(`..${sep}`)) found.set(link, target);
    } catch {
      // Gone in the meantime.
    }
  }
  return found;
}
