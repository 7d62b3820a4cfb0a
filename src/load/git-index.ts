import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { isDirectory, isFile } from './read-file.ts';

/** Which files git tracks: a tracked file belongs to the project even where a .gitignore names it. */
export interface Tracked {
  has(file: string): boolean;
  hasBelow(dir: string): boolean;
}

const NOTHING: Tracked = { has: () => false, hasBelow: () => false };

/** Read from the index of the repository around `dir`; nothing when there is none or its format is unknown. */
export function trackedFiles(dir: string): Tracked {
  const repository = findRepository(dir);
  if (repository === undefined) return NOTHING;
  const files = new Set<string>();
  const dirs = new Set<string>();
  try {
    for (const path of indexPaths(readFileSync(join(repository.gitDir, 'index')))) {
      const file = join(repository.workTree, path);
      files.add(file);
      for (let at = dirname(file); at.length > repository.workTree.length && !dirs.has(at); at = dirname(at)) dirs.add(at);
    }
  } catch {
    return NOTHING;
  }
  return { has: (file) => files.has(file), hasBelow: (path) => dirs.has(path) };
}

function findRepository(start: string): { gitDir: string; workTree: string } | undefined {
  for (let dir = start; ; dir = dirname(dir)) {
    const git = join(dir, '.git');
    if (isDirectory(git)) return { gitDir: git, workTree: dir };
    if (isFile(git)) {
      const target = /^gitdir:\s*(.+)$/m.exec(readFileSync(git, 'utf8'))?.[1];
      return target === undefined ? undefined : { gitDir: resolve(dir, target.trim()), workTree: dir };
    }
    if (dirname(dir) === dir) return undefined;
  }
}

/** Size of the fields before the flags of an entry, with a SHA-1 in it. */
const FIXED = 60;
const EXTENDED_FLAG = 0x4000;

function indexPaths(index: Buffer): string[] {
  const version = index.readUInt32BE(4);
  if (index.toString('latin1', 0, 4) !== 'DIRC' || version < 2 || version > 4) return [];
  const paths: string[] = [];
  let previous = '';
  let at = 12;
  for (let left = index.readUInt32BE(8); left > 0; left--) {
    const start = at;
    at += FIXED + (index.readUInt16BE(start + FIXED) & EXTENDED_FLAG && version > 2 ? 4 : 2);
    let kept = 0;
    if (version === 4) {
      // How much of the previous path to drop, seven bits a byte.
      let byte = index.readUInt8(at++);
      let dropped = byte & 127;
      while (byte & 128) {
        byte = index.readUInt8(at++);
        dropped = ((dropped + 1) << 7) | (byte & 127);
      }
      kept = previous.length - dropped;
    }
    const end = index.indexOf(0, at);
    if (end < 0) return [];
    previous = previous.slice(0, kept) + index.toString('latin1', at, end);
    paths.push(Buffer.from(previous, 'latin1').toString('utf8'));
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7);
  }
  return paths;
}
