import { isAbsolute, resolve } from 'node:path';
import type { LibraryModel } from '../vocabulary/model.ts';

/** `settings.distributed` of an ESLint config. */
export interface Settings {
  /** Directory the program is read from, absolute or relative to the working directory; by default the workspace or repository around the file. */
  readonly root?: string;
  /** Whether imported files, and the files that import the linted one, are read: the default. */
  readonly followImports?: boolean;
  /** What a `distributed.config` says; of it, `models` counts here. */
  readonly config?: { readonly models?: readonly LibraryModel[] };
}

/** Whatever stands in a config file: only what has the right shape counts. */
export function readSettings(settings: Readonly<Record<string, unknown>>, cwd: string): Settings {
  const given = settings['distributed'];
  if (typeof given !== 'object' || given === null) return {};
  const { root, followImports, config } = given as Record<string, unknown>;
  const models = typeof config === 'object' && config !== null ? (config as Record<string, unknown>)['models'] : undefined;
  return {
    ...(typeof root === 'string' ? { root: isAbsolute(root) ? resolve(root) : resolve(cwd, root) } : {}),
    ...(typeof followImports === 'boolean' ? { followImports } : {}),
    ...(Array.isArray(models) ? { config: { models: models as LibraryModel[] } } : {}),
  };
}
