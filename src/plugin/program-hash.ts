import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { discover } from '../load/discover.ts';
import { findProjectRoot } from '../load/project-root.ts';

/** What findings depend on beside code: how imports resolve, what is unique, how many processes run, which declarations are installed. */
const BESIDE_CODE = ['**/tsconfig*.json', '**/jsconfig*.json', '**/*.prisma', '**/*.sql', '**/*.{yml,yaml}', '**/{ecosystem,pm2,process}{,.config}.json', '{package-lock.json,npm-shrinkwrap.json,yarn.lock,bun.lock}'];

/**
 * Changes whenever a file of the program does. `eslint --cache` keeps a file's messages as long as its own text and the configuration
 * stay the same, but a finding may depend on any other file: with this hash in `settings`, a change anywhere is a change of the
 * configuration. `directory`: where the program is, by default where ESLint runs; the workspace or repository around it is read.
 */
export function programHash(directory: string = process.cwd()): string {
  const root = findProjectRoot(resolve(directory));
  const { files, manifests } = discover(root);
  const others = globSync(BESIDE_CODE, { cwd: root, absolute: true, dot: true, followSymbolicLinks: false, ignore: ['**/node_modules/**', '**/.git/**', '**/dist/**'] });
  const hash = createHash('sha256');
  for (const file of [...new Set([...files, ...manifests, ...others.map((other) => resolve(other))])].sort()) {
    // A path cannot hold the character that ends it, and a text's length says where the next path begins.
    const bytes = bytesOf(file);
    hash.update(`${relative(root, file).replaceAll('\\', '/')}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    return Buffer.alloc(0);
  }
}
