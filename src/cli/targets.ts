import { existsSync, statSync } from 'node:fs';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { didYouMean } from '../audit/did-you-mean.ts';
import { AuditFailure, findProjectRoot } from '../audit/options.ts';
import { COMMANDS } from './arguments.ts';

export interface Targets {
  readonly root: string;
  readonly paths: readonly string[];
}

/** Absolute paths (by default all of the root, or of where one stands), and the root of the program that holds them. */
export function targets(cwd: string, given: readonly string[], root?: string): Targets {
  const paths = new Map((given.length > 0 ? given : [root ?? '.']).map((path) => [resolve(cwd, path), path]));
  if (root !== undefined && !isDirectory(resolve(cwd, root))) throw new AuditFailure(`--root is not a directory: ${root}`);
  for (const [absolute, path] of paths) {
    if (!existsSync(absolute)) throw new AuditFailure(`no such file or directory: ${path}${meantCommand(path)}`);
    if (root !== undefined && !isInside(resolve(cwd, root), absolute)) throw new AuditFailure(`${path} is not inside --root ${root}`);
  }
  const absolute = [...paths.keys()];
  const directories = absolute.map((path) => (isDirectory(path) ? path : dirname(path)));
  return { root: root === undefined ? findProjectRoot(directories.reduce(commonDirectory)) : resolve(cwd, root), paths: absolute };
}

/** A slip in the name of a command reads as a path. */
function meantCommand(path: string): string {
  return didYouMean(path, COMMANDS).replace('did you mean', 'did you mean the command');
}

export function isInside(directory: string, path: string): boolean {
  const way = relative(directory, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

function isDirectory(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function commonDirectory(a: string, b: string): string {
  let common = a;
  while (!isInside(common, b) && dirname(common) !== common) common = dirname(common);
  return common;
}

/** The directory of one package, and the root of the program that holds it. */
export function packageTarget(cwd: string, given: string, root?: string): { readonly root: string; readonly directory: string } {
  const found = targets(cwd, [given], root);
  const directory = found.paths[0]!;
  if (!isDirectory(directory)) throw new AuditFailure(`not a directory: ${given}`);
  return { root: found.root, directory };
}
