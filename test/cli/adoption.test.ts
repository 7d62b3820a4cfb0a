import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AuditReport } from '../../src/audit/options.ts';
import type { Topology } from '../../src/vocabulary/topology.ts';
import { ACCOUNT_STORE } from '../support/account.ts';
import { runCli } from '../support/cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'distributed-adoption-')));
  write('package.json', '{ "name": "bank", "dependencies": { "pg": "8" } }');
  write('src/store.ts', ACCOUNT_STORE);
  write('src/withdraw.ts', change('withdraw', '-'));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const change = (name: string, sign: string): string => `import { balance, setBalance } from './store.js';
export async function ${name}(id: string, sum: number): Promise<void> {
  const before = await balance(id);
  await setBalance(id, before ${sign} sum);
}
`;

const ONLY = ['--rule', 'require-rpc-timeout=off', '--preset', 'recommended'];
const readReport = async (...argv: string[]): Promise<AuditReport> => JSON.parse((await cli('--format', 'json', ...ONLY, ...argv)).stdout) as AuditReport;
const open = ({ findings }: AuditReport): string[] => findings.filter(({ suppressed }) => !suppressed).map(({ ruleId, location, change }) => `${ruleId.slice(12)} ${location.file}${change === undefined ? '' : ` ${change}`}`);

describe('baseline', () => {
  const entries = (): Record<string, string>[] => (JSON.parse(readFileSync(join(cwd, 'distributed-baseline.json'), 'utf8')) as { findings: Record<string, string>[] }).findings;

  test('what it holds fails nothing and is told as debt', async () => {
    expect((await cli(...ONLY)).code).toBe(1);
    expect(await cli('baseline', 'create', ...ONLY, '--reason', 'before the audit')).toMatchObject({ code: 0, stdout: 'distributed-baseline.json: 1 entry.\n' });
    expect(entries()).toEqual([{ fingerprint: expect.any(String), rule: 'distributed/no-read-modify-write', file: 'src/withdraw.ts', message: expect.any(String), reason: 'before the audit' }]);
    expect(await cli(...ONLY)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No findings in .* · 1 in the baseline\n$/) });
    expect((await readReport()).findings[0]!.suppressed).toEqual({ by: 'baseline', reason: 'before the audit' });
    expect((await cli('--no-baseline', ...ONLY)).code).toBe(1);
  });

  test('what is new is told, whatever the baseline holds of the same rule', async () => {
    await cli('baseline', 'create', ...ONLY);
    write('src/deposit.ts', change('deposit', '+'));
    expect(open(await readReport())).toEqual(['no-read-modify-write src/deposit.ts']);
  });

  test('prune takes out what is gone and never adds; update does both and keeps what people wrote', async () => {
    write('src/deposit.ts', change('deposit', '+'));
    await cli('baseline', 'create', ...ONLY, '--reason', 'legacy');
    rmSync(join(cwd, 'src/withdraw.ts'));
    write('src/refund.ts', change('refund', '+'));
    expect((await readReport()).hints).toEqual([expect.objectContaining({ kind: 'stale-baseline', file: 'distributed-baseline.json', message: expect.stringContaining('src/withdraw.ts') })]);
    expect(await cli('baseline', 'check', ...ONLY)).toMatchObject({ code: 1, stdout: expect.stringContaining('2 entries, 1 stale, 0 expired; 1 finding is not in it.') });
    await cli('baseline', 'prune', ...ONLY);
    expect(entries().map(({ file }) => file)).toEqual(['src/deposit.ts']);
    await cli('baseline', 'update', ...ONLY, '--reason', 'known');
    expect(entries().map(({ file, reason }) => [file, reason])).toEqual([['src/deposit.ts', 'legacy'], ['src/refund.ts', 'known']]);
    expect((await cli('baseline', 'check', ...ONLY)).code).toBe(0);
  });

  test('a renamed file takes its entry along', async () => {
    await cli('baseline', 'create', ...ONLY);
    renameSync(join(cwd, 'src/withdraw.ts'), join(cwd, 'src/payout.ts'));
    expect(await cli(...ONLY)).toMatchObject({ code: 0 });
    await cli('baseline', 'update', ...ONLY);
    expect(entries().map(({ file }) => file)).toEqual(['src/payout.ts']);
  });

  test('an entry that has expired holds nothing', async () => {
    await cli('baseline', 'create', ...ONLY, '--expires', '2026-11-29');
    const report = await readReport();
    expect(open(report)).toEqual(['no-read-modify-write src/withdraw.ts']);
    expect(report.hints).toEqual([expect.objectContaining({ kind: 'expired-baseline' })]);
    await cli('baseline', 'update', ...ONLY, '--expires', '2027-01-31');
    expect(entries().map(({ expires }) => expires)).toEqual(['2027-01-31']);
    expect((await cli(...ONLY)).code).toBe(0);
  });

  test('what a run does not look at is not gone', async () => {
    await cli('baseline', 'create', ...ONLY);
    expect((await readReport('src/store.ts')).hints).toBeUndefined();
    expect((await readReport('--rule', 'no-read-modify-write=off')).hints).toBeUndefined();
  });

  test('one that is there is not overwritten; one that is broken is said', async () => {
    await cli('baseline', 'create', ...ONLY);
    expect(await cli('baseline', 'create', ...ONLY)).toMatchObject({ code: 2, stderr: expect.stringContaining('there is a baseline already') });
    write('distributed-baseline.json', '{ "version": 1 }');
    expect(await cli()).toMatchObject({ code: 2, stderr: expect.stringMatching(/^distributed-audit: distributed-baseline\.json: the baseline is not one: preset/) });
    expect(await cli('--baseline', 'none.json')).toMatchObject({ code: 2, stderr: expect.stringContaining('no such baseline') });
  });
});

describe('--since', () => {
  const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd, encoding: 'utf8' });
  beforeEach(() => {
    git('init', '-q', '-b', 'main');
    git('add', '.');
    git('commit', '-qm', 'first');
  });

  test('what was there before is left, unless the change touches its path', async () => {
    const untouched = await readReport('--since', 'HEAD');
    expect([open(untouched), untouched.comparison]).toEqual([[], { base: 'HEAD', introduced: 0, fixed: 0, unchanged: 1 }]);
    write('src/store.ts', ACCOUNT_STORE.replace('const { rows } = await', 'const { rows } = /* hot */ await'));
    expect(open(await readReport('--since', 'HEAD'))).toEqual(['no-read-modify-write src/withdraw.ts unchanged']);
    expect((await cli('--since', 'HEAD', ...ONLY)).code).toBe(0);
  });

  test('a dirty tree, files that git does not know, and what others did on the base', async () => {
    git('checkout', '-qb', 'feature');
    git('checkout', '-q', 'main');
    write('src/other.ts', change('other', '+'));
    git('add', '.');
    git('commit', '-qm', 'other');
    git('checkout', '-q', 'feature');
    write('src/deposit.ts', change('deposit', '+'));
    const report = await readReport('--since', 'main');
    expect([open(report), report.comparison]).toEqual([['no-read-modify-write src/deposit.ts introduced'], { base: 'main', introduced: 1, fixed: 0, unchanged: 1 }]);
    expect((await cli('--since', 'main', ...ONLY)).code).toBe(1);
    expect(git('status', '--short')).toBe('?? src/deposit.ts\n');
  });

  test('what is fixed, and what a line that was taken away brings about', async () => {
    write('src/withdraw.ts', change('withdraw', '-').replace('before - sum', '7'));
    expect((await readReport('--since', 'HEAD')).comparison).toEqual({ base: 'HEAD', introduced: 0, fixed: 1, unchanged: 0 });
    git('commit', '-qam', 'fixed');
    git('revert', '--no-edit', 'HEAD');
    expect(open(await readReport('--since', 'HEAD~1'))).toEqual(['no-read-modify-write src/withdraw.ts introduced']);
  });

  test('a moved file is no change', async () => {
    git('mv', 'src/withdraw.ts', 'src/payout.ts');
    expect(open(await readReport('--since', 'HEAD'))).toEqual([]);
  });

  test('a program that is a part of the repository', async () => {
    write('tool/package.json', '{ "name": "tool" }');
    write('tool/src/store.ts', ACCOUNT_STORE);
    write('tool/src/deposit.ts', change('deposit', '+'));
    expect(open(await readReport('--since', 'HEAD', '--root', 'tool', 'tool'))).toEqual(['no-read-modify-write src/deposit.ts introduced']);
    git('add', '.');
    git('commit', '-qm', 'tool');
    expect(open(await readReport('--since', 'HEAD', '--root', 'tool', 'tool'))).toEqual([]);
  });

  test('a revision that is not there', async () => {
    expect(await cli('--since', 'gone')).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no revision gone here; a shallow checkout must fetch it first') });
    expect(await cli('--since', '--output=x')).toMatchObject({ code: 2 });
  });
});

test('diff of two reports', async () => {
  write('base.json', JSON.stringify(await readReport()));
  rmSync(join(cwd, 'src/withdraw.ts'));
  write('src/deposit.ts', change('deposit', '+'));
  write('head.json', JSON.stringify(await readReport()));
  const { code, stdout } = await cli('diff', 'base.json', 'head.json');
  expect(code).toBe(1);
  expect(stdout).toContain('src/deposit.ts');
  expect(stdout).toContain('against base.json: 1 introduced, 1 fixed, 0 unchanged');
  expect((await cli('diff', 'head.json', 'head.json')).code).toBe(0);
  expect(await cli('diff', 'head.json', 'package.json')).toMatchObject({ code: 2, stderr: 'distributed-audit: package.json: this is no report of `--format json`\n' });
});

test('a comment that silences nothing is told, one that the preset alone makes needless is not', async () => {
  const comment = (rule: string): string => `// eslint-disable-next-line distributed/${rule} -- why\n`;
  write('src/withdraw.ts', change('withdraw', '-').replace('  await setBalance', `${comment('no-read-modify-write')}  await setBalance`).replace('  const before', `${comment('no-dual-write')}  const before`));
  const report = await readReport();
  expect(open(report)).toEqual([]);
  expect(report.hints).toEqual([{ kind: 'unused-suppression', file: 'src/withdraw.ts', line: 3, message: 'The comment silences nothing: distributed/no-dual-write finds nothing there.' }]);
});

test('explain a finding: the path, how it was decided, what would silence it', async () => {
  const { fingerprint } = (await readReport()).findings[0]!;
  const { code, stdout } = await cli('explain', fingerprint.slice(0, 10));
  expect(code).toBe(0);
  expect(stdout).toContain('src/withdraw.ts:4');
  expect(stdout).toMatch(/How it was decided\n {2}\w/);
  expect(stdout).toContain('// eslint-disable-next-line distributed/no-read-modify-write -- why');
  expect(await cli('explain', 'abcdef0123')).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing that is found now has the fingerprint') });
});

describe('graph', () => {
  beforeEach(() => {
    write('web/package.json', '{ "name": "web", "dependencies": { "express": "5" } }');
    write('web/src/app.ts', "import express from 'express';\nimport { Queue } from 'bullmq';\nimport { withdraw } from '../../src/withdraw.js';\nconst app = express();\nconst mails = new Queue('mails');\napp.post('/withdraw', async (req, res) => {\n  await withdraw(req.body.id, 1);\n  await mails.add('sent', {});\n  res.end();\n});\n");
    write('worker/package.json', '{ "name": "worker" }');
    write('worker/src/main.ts', "import { Worker } from 'bullmq';\nnew Worker('mails', async (job) => {\n  await fetch('https://mail.example/send', { method: 'POST', body: job.data.text });\n});\n");
  });

  test('who touches what, and where; what is published meets its consumer', async () => {
    const graph = JSON.parse((await cli('graph')).stdout) as Topology;
    expect(graph.services.map(({ name }) => name)).toEqual(['web', 'worker']);
    expect(graph.entryPoints.map(({ service, kind, source, file, line }) => [service, kind, source, `${file}:${line}`])).toEqual([
      ['service:web', 'http', '/withdraw', 'web/src/app.ts:6'],
      ['service:worker', 'job', 'mails', 'worker/src/main.ts:2'],
    ]);
    expect(graph.edges.map(({ from, to, verb, places }) => `${from} ${verb} ${to} ${places.map(({ file, line }) => `${file}:${line}`).join(' ')}`)).toEqual([
      'service:web publishes queue:jobs:mails web/src/app.ts:8',
      'service:web reads store:sql:account src/store.ts:4',
      'service:web writes store:sql:account src/store.ts:8',
      'service:worker consumes queue:jobs:mails worker/src/main.ts:2',
      expect.stringMatching(/^service:worker calls remote:http:.* worker\/src\/main\.ts:3$/),
    ]);
  });

  test('as Mermaid, and the deployables of the config', async () => {
    expect((await cli('graph', '--format', 'mermaid')).stdout).toMatch(/^flowchart LR\n {2}n0\["web<br\/>1 HTTP route"\]\n/);
    write('distributed.config.json', '{ "deployables": { "backend": ["web/**", "worker/**"] } }');
    expect((JSON.parse((await cli('graph')).stdout) as Topology).services.map(({ name }) => name)).toEqual(['backend']);
  });
});

describe('init', () => {
  test('shows what it would write, and writes when told', async () => {
    write('tsconfig.json', '{}');
    write('.github/dependabot.yml', '');
    const shown = await cli('init');
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('TypeScript, npm; reaches other machines through pg') });
    expect(existsSync(join(cwd, 'distributed.config.json'))).toBe(false);
    await cli('init', '--yes');
    expect(readFileSync(join(cwd, 'eslint.config.mjs'), 'utf8')).toContain("extends: ['distributed/recommended']");
    expect(readFileSync(join(cwd, '.github/workflows/distributed-audit.yml'), 'utf8')).toContain('npx distributed-audit --since "origin/$GITHUB_BASE_REF"');
    expect((await cli(...ONLY)).code).toBe(1);
    expect((await cli('init', '--yes')).stdout).toContain('distributed.config.json is there and stays as it is.');
  });

  test('TypeScript is told by its files, without a tsconfig or the compiler among the dependencies', async () => {
    expect((await cli('init')).stdout).toMatch(/^TypeScript, npm/);
  });

  test('a config that is there is the project\'s own', async () => {
    write('eslint.config.js', 'export default [];');
    write('pnpm-lock.yaml', '');
    write('.gitlab-ci.yml', '');
    const { stdout } = await cli('init', '--yes');
    expect(stdout).toContain('eslint.config.js is there: add to its list');
    expect(stdout).toContain('.gitlab-ci.yml: add');
    expect(stdout).toContain('pnpm exec distributed-audit');
    expect(existsSync(join(cwd, 'eslint.config.mjs'))).toBe(false);
  });
});

const cli = (...argv: string[]): ReturnType<typeof runCli> => runCli(cwd, argv);

function write(name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}
