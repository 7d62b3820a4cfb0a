import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { NEVER_SOURCE, OUTPUT_OF_A_PACKAGE } from '../load/discover.ts';
import { packagesOf } from './facts.ts';

/** What decides the facts of a package: a file that matches none of it can change as it likes. */
export interface Inputs {
  /** Of the package, relative to the root. */
  readonly directory: string;
  /** Globs relative to the package. */
  readonly globs: readonly string[];
  /** Globs, relative to the package, of what is not read after all. */
  readonly except: readonly string[];
  /** Files of the directories above it, relative to the root. */
  readonly above: readonly string[];
}

const READ = ['ts', 'tsx', 'mts', 'cts', 'js', 'jsx', 'mjs', 'cjs', 'json', 'prisma', 'sql'].map((extension) => `**/*.${extension}`);
/** They change when packages come and go. */
const LOCKFILES = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];

export function inputsOf(root: string, directory: string): Inputs {
  const isRoot = directory === root;
  const builds = isRoot || ['package.json', 'tsconfig.json'].some((name) => existsSync(join(directory, name)));
  const outputs = [...NEVER_SOURCE].filter((name) => name !== 'node_modules' && existsSync(join(directory, name)));
  const packages = isRoot ? [...packagesOf(root)].map((dir) => relative(root, dir).split(sep).join('/')).sort() : [];
  const above: string[] = [];
  for (let at = directory; at !== root && dirname(at) !== at; at = dirname(at)) above.unshift([...relative(root, dirname(at)).split(sep), '.gitignore'].filter((part) => part !== '').join('/'));
  return {
    directory: relative(root, directory).split(sep).join('/') || '.',
    globs: [...READ, '**/.gitignore', ...(isRoot ? ['pnpm-workspace.yaml', ...LOCKFILES] : [])],
    except: ['**/node_modules/**', ...(builds ? [...OUTPUT_OF_A_PACKAGE].map((name) => `${name}/**`) : []), ...outputs.map((name) => `${name}/**`), ...packages.map((dir) => `${dir}/**`)],
    above,
  };
}
