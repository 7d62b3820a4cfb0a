import { type ChildProcessWithoutNullStreams, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { ACCOUNT_STORE } from '../support/account.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(home, 'dist/cli.js');

beforeAll(() => {
  if (!existsSync(cli)) execFileSync(process.execPath, [join(home, 'node_modules/tsdown/dist/run.mjs')], { cwd: home, stdio: 'ignore' });
}, 120_000);

let cwd: string;
let watching: Watching | undefined;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'distributed-watch-')));
  write('package.json', '{ "name": "bank" }');
  write('src/store.ts', ACCOUNT_STORE);
});
afterEach(() => {
  watching?.child.kill('SIGKILL');
  watching = undefined;
  rmSync(cwd, { recursive: true });
});

const LOSES = `import { balance, setBalance } from './store.js';
export async function withdraw(id: string, sum: number): Promise<void> {
  await setBalance(id, (await balance(id)) - sum);
}
`;
const KEEPS = `import { pool } from './store.js';
export async function withdraw(id: string, sum: number): Promise<void> {
  await pool.query('UPDATE account SET amount = amount - $2 WHERE id = $1', [id, sum]);
}
`;
const READY = 'Watching ';

test('a finding appears when it is written, and goes when it is mended', async () => {
  const run = watch();
  expect(await run.next()).toContain('No findings');

  write('src/withdraw.ts', LOSES);
  const found = await run.next();
  expect(found).toContain('Changed: src/withdraw.ts\n');
  expect(found).toMatch(/src\/withdraw\.ts:3:\d+ +error +distributed\/no-read-modify-write/);

  write('src/withdraw.ts', LOSES.replace('{', ''));
  const broken = await run.next();
  expect(broken).toContain('Not analysed\n  src/withdraw.ts:1');
  expect(broken).not.toContain('no-read-modify-write');

  write('src/withdraw.ts', KEEPS);
  expect(await run.next()).toContain('No findings');
  expect(await run.end(() => run.child.stdin.write('q'))).toBe(0);
}, 60_000);

test('across files, in new and removed directories, and as editors save', async () => {
  write('src/withdraw.ts', KEEPS);
  const run = watch();
  expect(await run.next()).toContain('No findings');

  write('src/deep/er/deposit.ts', LOSES.replace('./store', '../../store').replace('withdraw', 'deposit'));
  expect(await run.next()).toContain('src/deep/er/deposit.ts:3');

  // In a directory that was not there before, under another name first.
  write('src/deep/er/deposit.ts.tmp', KEEPS.replace('./store', '../../store'));
  renameSync(join(cwd, 'src/deep/er/deposit.ts.tmp'), join(cwd, 'src/deep/er/deposit.ts'));
  expect(await run.next()).toContain('No findings');

  write('src/deep/er/deposit.ts', LOSES.replace('./store', '../../store'));
  expect(await run.next()).toContain('no-read-modify-write');
  // The defect stands in one file, what makes it one in another.
  write('src/store.ts', ACCOUNT_STORE.replace('SET amount = $2', 'SET amount = amount + $2'));
  expect(await run.next()).not.toContain('no-read-modify-write');

  rmSync(join(cwd, 'src/deep'), { recursive: true });
  expect(await run.next()).toContain('No findings');
  expect(await run.end(() => run.child.kill('SIGINT'))).toBe(0);
}, 60_000);

test('a wrong config is told and can be mended; what the audit writes and what no report depends on starts nothing', async () => {
  write('src/withdraw.ts', LOSES);
  const run = watch('--output', 'json=distributed-report.json');
  expect(await run.next()).toContain('no-read-modify-write');
  write('distributed.config.json', '{ "prest": "all" }');
  expect(await run.next()).toContain('distributed.config.json:1: unknown key "prest"; did you mean "preset"?');
  write('notes.txt', '');
  write('dist/out.js', '');
  write('node_modules/pg/index.js', '');
  write('distributed.config.json', '{ "rules": { "no-read-modify-write": "off" } }');
  const mended = await run.next();
  expect(mended).toContain('Changed: distributed.config.json\n');
  expect(mended).toContain('No findings');
  expect(await run.silence()).toBe('');
  expect(await run.end(() => run.child.kill('SIGTERM'))).toBe(0);
}, 60_000);

test('it ends at once while it audits, and goes on when nobody is at the keyboard', async () => {
  const run = watch();
  run.child.stdin.end();
  expect(await run.next()).toContain('No findings');
  write('src/withdraw.ts', LOSES);
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(await run.end(() => run.child.kill('SIGINT'))).toBe(0);
}, 60_000);

test('wrong usage ends it', async () => {
  expect(await watch('--rule', 'no-dual-wrote=off').end(() => {})).toBe(2);
  expect(await watch('--since', 'HEAD').end(() => {})).toBe(2);
  expect(await watch('nowhere').end(() => {})).toBe(2);
}, 60_000);

interface Watching {
  readonly child: ChildProcessWithoutNullStreams;
  /** What is said up to the next time it waits. */
  next(): Promise<string>;
  /** What is said while nothing should be. */
  silence(): Promise<string>;
  end(how: () => void): Promise<number | null>;
}

function watch(...argv: string[]): Watching {
  // Through one pipe: of two it would not be certain which came first.
  const child = spawn('sh', ['-c', 'exec "$0" "$@" 2>&1', process.execPath, cli, '--watch', '--no-cache', '--types', 'off', '--rule', 'require-rpc-timeout=off', ...argv], { cwd });
  let said = '';
  let heard = (): void => {};
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    heard();
  });
  const exit = new Promise<number | null>((resolve) => child.on('exit', (code) => resolve(code)));
  return (watching = {
    child,
    next: () => new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`it said only: ${said}`)), 20_000);
      heard = () => {
        const at = said.indexOf('\n', said.indexOf(READY));
        if (!said.includes(READY) || at < 0) return;
        clearTimeout(timer);
        const part = said.slice(0, at + 1);
        said = said.slice(at + 1);
        heard = () => {};
        resolve(part);
      };
      heard();
    }),
    silence: () => new Promise((resolve) => setTimeout(() => resolve(said), 700)),
    end(how) {
      how();
      return exit;
    },
  });
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}
