import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { discover, NEVER_SOURCE, OUTPUT_OF_A_PACKAGE } from '../load/discover.ts';
import { packagesOf } from './facts.ts';

/** What decides the facts of a package: a file that matches none of it can change as it likes. */
export interface Inputs {
  /** Of the package, relative to the root. */
  readonly directory: string;
  /** Files with these extensions count, wherever in the package they are. */
  readonly extensions: readonly string[];
  /** And these, as globs relative to the package. */
  readonly globs: readonly string[];
  /** Directories of the package, relative to it, of which nothing is read. */
  readonly except: readonly string[];
  /** Files of the directories above it, relative to the root. */
  readonly above: readonly string[];
}

const EXTENSIONS = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'json', 'prisma', 'sql', 'yaml', 'yml'];
/** They change when packages come and go. */
const LOCKFILES = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];
/** What task runners write: globs of inputs see it although git ignores it, and what a task has written must not be what it reads. */
const RUNNERS = ['.cache', '.nx', '.turbo'];

export function inputsOf(root: string, directory: string): Inputs {
  const isRoot = directory === root;
  const builds = isRoot || ['package.json', 'tsconfig.json'].some((name) => existsSync(join(directory, name)));
  const present = [...NEVER_SOURCE].filter((name) => name !== 'node_modules' && name !== '.git' && existsSync(join(directory, name)));
  const packages = isRoot ? [...packagesOf(root)].map((dir) => relative(root, dir).split(sep).join('/')).sort() : [];
  const { links } = discover(root, [], { within: directory, without: isRoot ? packagesOf(root) : new Set() });
  const above: string[] = [];
  for (let at = directory; at !== root && dirname(at) !== at; at = dirname(at)) above.unshift([...relative(root, dirname(at)).split(sep), '.gitignore'].filter((part) => part !== '').join('/'));
  return {
    directory: relative(root, directory).split(sep).join('/') || '.',
    extensions: EXTENSIONS,
    globs: ['**/.gitignore', ...(isRoot ? ['pnpm-workspace.yaml', ...LOCKFILES] : []), ...links.map((link) => relative(directory, link).split(sep).join('/'))],
    except: ['**/node_modules', ...(builds ? OUTPUT_OF_A_PACKAGE : []), ...new Set([...RUNNERS, ...present]), ...packages],
    above,
  };
}
