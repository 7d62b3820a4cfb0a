import { relative } from 'node:path';
import { readDeployment } from '../deployment/read.ts';
import type { Workload } from '../deployment/workload.ts';
import { discover } from '../load/discover.ts';
import { selection } from '../load/globs.ts';
import { diskTree, type Tree } from '../load/tree.ts';
import type { SchemaSource } from '../schema/index.ts';
import type { AuditError } from '../vocabulary/finding.ts';
import { type KnownFacts, SourceFiles } from './extract-files.ts';
import type { AuditOptions } from './options.ts';
import { readSchemas } from './schema.ts';

/** What an audit knows of a program before it links it. */
export interface Sources {
  readonly tree: Tree;
  /** The files of the program, relative to its root, sorted. */
  readonly names: readonly string[];
  /** The same with those that the config leaves out. */
  readonly all: readonly string[];
  /** Every package.json, absolute, sorted. */
  readonly manifests: readonly string[];
  readonly errors: readonly AuditError[];
  readonly files: SourceFiles;
  /** What files outside of the code state of the database. */
  readonly schema: readonly SchemaSource[];
  /** What they state of the processes that run the code. */
  readonly workloads: readonly Workload[];
  /** Whether findings in this file, relative to the root, are wanted. */
  isReported(file: string): boolean;
}

export function sourcesOnDisk({ root, paths, config, onProgress }: AuditOptions, known: KnownFacts | null, tree: Tree = diskTree()): Sources {
  const found = discover(root, paths);
  const all = found.files.map((file) => relativeTo(root, file));
  const [isSelected, named] = [selection(config), new Set(paths.map((path) => relativeTo(root, path)))];
  const names = all.filter((name) => isSelected(name) || named.has(name));
  const files = new SourceFiles(root, names, tree, known);
  files.read((done, total) => onProgress?.('extract', done, total));
  return {
    tree, names, all, files, manifests: found.manifests,
    errors: [...found.errors.map((error) => ({ ...error, file: relativeTo(root, error.file) })), ...files.errors],
    schema: readSchemas(root, found.schemas.map((file) => relativeTo(root, file)), tree),
    workloads: readDeployment(root, found, tree),
    isReported: (file) => found.isReported(`${root}/${file}`),
  };
}

export const relativeTo = (root: string, file: string): string => (file.startsWith(`${root}/`) ? file.slice(root.length + 1) : relative(root, file).replaceAll('\\', '/'));
