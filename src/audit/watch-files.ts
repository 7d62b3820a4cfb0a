import { type FSWatcher, statSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import { discover, isSourceFile, NEVER_SOURCE, OUTPUT_OF_A_PACKAGE } from '../load/discover.ts';
import { isDeploymentFile } from '../deployment/read.ts';
import { isSchemaFile } from '../schema/index.ts';
import { AuditFailure } from './options.ts';

export interface FileWatcher {
  /** Looks again for the directories of the program: some may have come or gone. */
  refresh(): void;
  readonly directories: number;
  close(): void;
}

/** Editors write in several steps, and many files at once are one change. */
const DEBOUNCE_MS = 100;

/**
 * Tells of changes to what an audit of `root` reads: sources, manifests, tsconfigs, schemas, ignore files, its own config and baseline.
 * A watcher for each directory of the program: installed packages and outputs, which may be thousands, need none.
 */
export function watchFiles(root: string, isOurs: (file: string) => boolean, onChange: (files: readonly string[]) => void): FileWatcher {
  const watchers = new Map<string, FSWatcher>();
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const note = (path: string): void => {
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const files = [...changed].sort();
      changed.clear();
      onChange(files);
    }, DEBOUNCE_MS);
  };
  const add = (dir: string): void => {
    let watcher: FSWatcher;
    try {
      watcher = watch(dir, (_, name) => {
        const path = name === null ? dir : join(dir, name);
        if (!isOurs(path) && (watchers.has(path) || decides(basename(path)) || isNewDirectory(path))) note(path);
      });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT' || code === 'EACCES' || code === 'ENOTDIR') return;
      throw new AuditFailure(code === 'ENOSPC' || code === 'EMFILE' ? 'the system allows no more files to be watched (on Linux: sysctl fs.inotify.max_user_watches)' : 'the files cannot be watched', { file: dir }, error);
    }
    // Gone, as a rule: its parent tells.
    watcher.on('error', () => drop(dir));
    watchers.set(dir, watcher);
  };
  const drop = (dir: string): void => {
    watchers.get(dir)?.close();
    watchers.delete(dir);
  };
  const refresh = (): void => {
    const directories = new Set(discover(root).directories);
    for (const dir of watchers.keys()) if (!directories.has(dir)) drop(dir);
    for (const dir of directories) if (!watchers.has(dir)) add(dir);
  };
  return {
    refresh,
    get directories() {
      return watchers.size;
    },
    close() {
      clearTimeout(timer);
      for (const dir of [...watchers.keys()]) drop(dir);
    },
  };
}

/** Whether a change of a file of this name may change the report. */
function decides(name: string): boolean {
  return isSourceFile(name) || isSchemaFile(name) || isDeploymentFile(name) || /\.d\.[cm]?ts$|^(?:package|[jt]sconfig(?:\.[\w.-]+)?|lerna|rush|distributed[\w.-]*)\.json$|^pnpm-workspace\.yaml$|^\.gitignore$/.test(name);
}

function isNewDirectory(path: string): boolean {
  const name = basename(path);
  return !NEVER_SOURCE.has(name) && !OUTPUT_OF_A_PACKAGE.has(name) && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}
