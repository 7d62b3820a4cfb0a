import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Flags } from './arguments.ts';
import type { Host } from './host.ts';

/** A project without `node_modules` does not get one: its cache stands in the user's own cache directory. */
export function cacheLocation(root: string, { cache, cacheLocation }: Pick<Flags, 'cache' | 'cacheLocation'>, { cwd, env }: Host): string | false {
  if (!cache) return false;
  if (cacheLocation !== undefined) return resolve(cwd, cacheLocation);
  const modules = join(root, 'node_modules');
  if (existsSync(modules)) return join(modules, '.cache', 'distributed-audit');
  const id = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'distributed-audit', id);
}
