import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import type { AuditReport, Finding } from '../vocabulary/finding.ts';
import { compare } from './compare.ts';
import { type Audit, AuditFailure, type AuditOptions } from './options.ts';

/** The lines of the working tree that differ from the base, by file relative to the root. */
export type Changes = ReadonlyMap<string, readonly (readonly [from: number, to: number])[]>;

/**
 * Audits the whole program, and the whole program as it was where the branch left `ref`: what is new is told wherever it stands, and of
 * what was there before only what the change touches.
 */
export async function auditSince(ref: string, options: AuditOptions, audit: Audit, finish: (report: AuditReport) => AuditReport): Promise<AuditReport> {
  const git = gitIn(options.root);
  const base = baseCommit(git, ref);
  const changes = changedLines(git, base);
  const head = finish(await audit(options));
  const tree = checkout(git, base, options.root);
  try {
    const paths = options.paths.map((path) => join(tree.root, relative(options.root, path))).filter((path) => existsSync(path));
    const { topology: _, onProgress, ...rest } = options;
    const before = existsSync(tree.root) && (paths.length > 0 || options.paths.length === 0) ? await audit({ ...rest, root: tree.root, paths, ...(onProgress === undefined ? {} : { onProgress }) }) : { ...head, findings: [] };
    return compare(finish(before), head, ref, (finding) => touches(finding, changes));
  } finally {
    tree.remove();
  }
}

function touches({ location, flow }: Finding, changes: Changes): boolean {
  return [location, ...flow].some(({ file, startLine }) => changes.get(file)?.some(([from, to]) => from <= startLine && startLine <= to) === true);
}

type Git = (args: readonly string[], env?: Readonly<Record<string, string>>) => string;

/** Only asks: no hook, no monitor and no driver that the repository configures is run. */
function gitIn(root: string): Git {
  return (args, env = {}) => execFileSync('git', ['-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '-c', 'core.hooksPath=/dev/null', ...args], {
    cwd: root, encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', ...env },
  });
}

function baseCommit(git: Git, ref: string): string {
  let commit: string;
  try {
    commit = git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]).trim();
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new AuditFailure(missing ? '--since needs git, which is not installed' : `--since: there is no revision ${ref} here; a shallow checkout must fetch it first (actions/checkout: fetch-depth: 0)`, {}, error);
  }
  try {
    // What others have done since is not this change.
    return git(['merge-base', commit, 'HEAD']).trim();
  } catch {
    return commit;
  }
}

/** Of the working tree, so that what is not committed yet counts, and files that git does not know. */
export function changedLines(git: Git, base: string): Changes {
  const changes = new Map<string, [number, number][]>();
  let file = '';
  let content = 0;
  for (const line of git(['diff', '--unified=0', '--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--relative', '--src-prefix=a/', '--dst-prefix=b/', base, '--', '.']).split('\n')) {
    if (content > 0 && /^[-+]/.test(line)) {
      content -= 1;
      continue;
    }
    if (line.startsWith('+++ ')) file = line.slice(4) === '/dev/null' ? '' : unquoted(line.slice(4).replace(/\t$/, '')).slice(2);
    const hunk = /^@@ -\d+(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (hunk === null) continue;
    const [removed, count] = [hunk[1], hunk[3]].map((lines) => (lines === undefined ? 1 : Number(lines))) as [number, number];
    content = removed + count;
    if (file === '') continue;
    const from = Number(hunk[2]);
    // Lines that were only taken away touch their neighbours.
    changes.set(file, [...(changes.get(file) ?? []), count === 0 ? [from, from + 1] : [from, from + count - 1]]);
  }
  for (const name of git(['ls-files', '--others', '--exclude-standard', '-z']).split('\0')) if (name !== '') changes.set(name, [[1, Infinity]]);
  return changes;
}

function unquoted(path: string): string {
  if (!path.startsWith('"')) return path;
  return path.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, code: string) => (code.length === 3 ? String.fromCharCode(parseInt(code, 8)) : ({ n: '\n', t: '\t', r: '\r' }[code] ?? code)));
}

/** The base's files in a directory of their own; the index and the working tree stay as they are. */
function checkout(git: Git, commit: string, root: string): { readonly root: string; remove(): void } {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'distributed-audit-')));
  const index = { GIT_INDEX_FILE: join(directory, 'index') };
  const tree = join(directory, 'tree');
  mkdirSync(tree);
  const inRepository = git(['rev-parse', '--show-prefix']).trim();
  const at = resolve(tree, inRepository);
  try {
    git(['read-tree', commit], index);
    git(['checkout-index', '--all', '--quiet', `--prefix=${tree}/`], { ...index, GIT_WORK_TREE: git(['rev-parse', '--show-toplevel']).trim(), GIT_DIR: git(['rev-parse', '--absolute-git-dir']).trim() });
    linkModules(git, root, at, index);
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw new AuditFailure('--since: the base cannot be read from git', {}, error);
  }
  return { root: at, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** What is installed beside the working tree gives types to the base as well. */
function linkModules(git: Git, root: string, tree: string, index: Readonly<Record<string, string>>): void {
  const manifests = git(['ls-files', '-z', '--', 'package.json', '*/package.json'], index).split('\0').filter((name) => name !== '');
  for (const directory of new Set(['', ...manifests.map((name) => dirname(name))])) {
    const installed = join(root, directory, 'node_modules');
    const target = join(tree, directory, 'node_modules');
    if (existsSync(installed) && existsSync(dirname(target)) && !existsSync(target)) symlinkSync(installed, target, 'junction');
  }
}
