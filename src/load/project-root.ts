import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/**
 * The directory a program is read from when only a place inside it is named: the nearest workspace root, else the outermost with an
 * nx or turbo file, else the repository root, else the nearest package, else the start. Never above the repository.
 */
export function findProjectRoot(start: string): string {
  const from = existingDirectory(resolve(start));
  let monorepo: string | undefined;
  let packageDir: string | undefined;
  for (let dir = from; ; dir = dirname(dir)) {
    if (isWorkspaceRoot(dir)) return dir;
    if (existsSync(join(dir, 'nx.json')) || existsSync(join(dir, 'turbo.json'))) monorepo = dir;
    if (packageDir === undefined && existsSync(join(dir, 'package.json'))) packageDir = dir;
    if (existsSync(join(dir, '.git'))) return monorepo ?? dir;
    if (dirname(dir) === dir) return monorepo ?? packageDir ?? from;
  }
}

function isWorkspaceRoot(dir: string): boolean {
  if (['pnpm-workspace.yaml', 'lerna.json', 'rush.json'].some((name) => existsSync(join(dir, name)))) return true;
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null && 'workspaces' in manifest && Boolean(manifest.workspaces);
  } catch {
    return false;
  }
}

function existingDirectory(path: string): string {
  for (let dir = path; ; dir = dirname(dir)) {
    try {
      if (statSync(dir).isDirectory()) return dir;
    } catch {
      // Climb to what exists.
    }
    if (dirname(dir) === dir) return dir;
  }
}
