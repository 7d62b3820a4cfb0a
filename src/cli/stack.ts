import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifests } from '../audit/manifests.ts';

/** What `init` needs to know of a project. */
export interface Stack {
  readonly typescript: boolean;
  readonly packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** The ESLint config that is there, if there is one. */
  readonly eslintConfig: string | undefined;
  readonly github: boolean;
  readonly gitlab: boolean;
  /** Of the dependencies, those that reach other machines and are known. */
  readonly libraries: readonly string[];
  readonly workspaces: boolean;
}

const LOCKS = [['pnpm-lock.yaml', 'pnpm'], ['yarn.lock', 'yarn'], ['bun.lock', 'bun'], ['bun.lockb', 'bun']] as const;
const ESLINT = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'].map((extension) => `eslint.config.${extension}`);

export function detectStack(root: string, { typescript, manifests, isKnown }: Manifests): Stack {
  const has = (name: string): boolean => existsSync(join(root, name));
  const dependencies = new Set(manifests.flatMap(dependenciesOf));
  return {
    typescript: typescript || dependencies.has('typescript') || readdirSync(root).some((name) => /^tsconfig.*\.json$/.test(name)),
    packageManager: LOCKS.find(([name]) => has(name))?.[1] ?? 'npm',
    eslintConfig: ESLINT.find(has),
    github: has('.github') || /github\.com/.test(originOf(root)),
    gitlab: has('.gitlab-ci.yml') || has('.gitlab') || /gitlab/.test(originOf(root)),
    libraries: [...dependencies].filter((name) => isKnown(name) && !name.startsWith('@types/')).sort(),
    workspaces: manifests.length > 1,
  };
}

function dependenciesOf(manifest: string): string[] {
  try {
    const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, object | undefined>;
    return [...Object.keys(dependencies), ...Object.keys(devDependencies)];
  } catch {
    return [];
  }
}

function originOf(root: string): string {
  try {
    return readFileSync(join(root, '.git', 'config'), 'utf8');
  } catch {
    return '';
  }
}
