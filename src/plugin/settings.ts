import { isAbsolute, resolve } from 'node:path';
import type { LibraryModel } from '../vocabulary/model.ts';

/** `settings.distributed` of an ESLint config. */
export interface Settings {
  /** Directory the program is read from, absolute or relative to the working directory; by default the workspace or repository around the file. */
  readonly root?: string;
  /** Whether imported files, and the files that import the linted one, are read: the default. */
  readonly followImports?: boolean;
  /** Whether the program is followed as a whole, once, instead of from each file. */
  readonly wholeProgram?: boolean;
  /** What a `distributed.config` says; of it, these count here. */
  readonly config?: { readonly models?: readonly LibraryModel[]; readonly closed?: boolean; readonly replicas?: Readonly<Record<string, number>>; readonly deployables?: Readonly<Record<string, readonly string[]>> };
}

/** Whatever stands in a config file: only what has the right shape counts. */
export function readSettings(settings: Readonly<Record<string, unknown>>, cwd: string): Settings {
  const given = settings['distributed'];
  if (typeof given !== 'object' || given === null) return {};
  const { root, followImports, wholeProgram, config } = given as Record<string, unknown>;
  const { models, closed, replicas, deployables } = typeof config === 'object' && config !== null ? (config as Record<string, unknown>) : {};
  return {
    ...(typeof root === 'string' ? { root: isAbsolute(root) ? resolve(root) : resolve(cwd, root) } : {}),
    ...(typeof followImports === 'boolean' ? { followImports } : {}),
    ...(typeof wholeProgram === 'boolean' ? { wholeProgram } : {}),
    config: {
      ...(Array.isArray(models) ? { models: models as LibraryModel[] } : {}),
      ...(typeof closed === 'boolean' ? { closed } : {}),
      ...(isRecordOf(replicas, (count) => Number.isInteger(count)) ? { replicas: replicas as Record<string, number> } : {}),
      ...(isRecordOf(deployables, Array.isArray) ? { deployables: deployables as Record<string, string[]> } : {}),
    },
  };
}

const isRecordOf = (value: unknown, holds: (part: unknown) => boolean): boolean => typeof value === 'object' && value !== null && Object.values(value).every(holds);
