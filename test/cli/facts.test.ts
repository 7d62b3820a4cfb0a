import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FORMATS } from '../../src/report/index.ts';
import { ACCOUNT_STORE } from '../support/account.ts';
import { runCli } from '../support/cli.ts';

let cwd: string;
beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'distributed-facts-')));
  write('package.json', '{ "name": "bank", "workspaces": ["packages/*"] }');
  write('.gitignore', 'tmp\n');
  write('packages/store/package.json', '{ "name": "@bank/store", "dependencies": { "pg": "8" } }');
  write('packages/store/src/index.ts', ACCOUNT_STORE);
  write('packages/api/package.json', '{ "name": "@bank/api", "dependencies": { "@bank/store": "*" } }');
  write('packages/api/src/withdraw.ts', WITHDRAW);
});
afterEach(() => rmSync(cwd, { recursive: true }));

const WITHDRAW = `import { balance, setBalance } from '@bank/store';
export async function withdraw(id: string, sum: number): Promise<void> {
  await setBalance(id, (await balance(id)) - sum);
}
`;

const FACTS = ['root', 'api', 'store'].map((name) => `tmp/${name}.jsonl`);

async function extractAll(): Promise<void> {
  for (const [at, directory] of ['.', 'packages/api', 'packages/store'].entries()) expect(await cli('facts', directory, '--out', FACTS[at]!)).toMatchObject({ code: 0, stderr: '' });
}

describe('facts, then link', () => {
  test('what was extracted is told', async () => {
    expect(await cli('facts', 'packages/api', '--out', FACTS[1]!)).toMatchObject({ code: 0, stdout: 'packages/api: 1 file.\n' });
    write('packages/store/src/broken.ts', 'export const = 1;\n');
    expect(await cli('facts', 'packages/store', '--out', FACTS[2]!)).toMatchObject({ code: 0, stdout: 'packages/store: 2 files; 1 of them with an error, which `link` reports.\n' });
    expect(await cli('link', FACTS[1]!, FACTS[2]!)).toMatchObject({ code: 2, stdout: expect.stringContaining('packages/store/src/broken.ts:1') });
  });

  test.each(FORMATS)('the audit and its parts give the same %s', async (format) => {
    await extractAll();
    const asked = ['--format', format, '--preset', 'all'];
    const whole = await cli(...asked);
    expect(whole.stdout).toContain('no-read-modify-write');
    expect(await cli('link', ...FACTS, ...asked)).toEqual(whole);
  });

  test.each([
    [1, []],
    [0, ['--exit-zero']],
    [0, ['--fail-on', 'none']],
    [0, ['--rule', 'no-read-modify-write=off', '--rule', 'require-rpc-timeout=off']],
  ])('the gates hold: %i %j', async (code, argv) => {
    await extractAll();
    expect((await cli('link', ...FACTS, ...argv)).code).toBe(code);
    expect((await cli(...argv)).code).toBe(code);
  });

  test('with the config and the baseline of the root', async () => {
    await extractAll();
    write('distributed.config.json', '{ "rules": { "require-rpc-timeout": "off" } }');
    expect((await cli('baseline', 'create')).code).toBe(0);
    expect(await cli('link', ...FACTS)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^No findings in .* · 1 in the baseline\n$/) });
    expect((await cli('link', ...FACTS, '--no-baseline')).code).toBe(1);
  });

  test('the sources may be gone', async () => {
    await extractAll();
    const whole = await cli('--format', 'json');
    rmSync(join(cwd, 'packages'), { recursive: true });
    expect(await cli('link', ...FACTS, '--format', 'json')).toEqual(whole);
  });
});

describe('what is wrong with facts is one line that names the file, and exit code 2', () => {
  const api = (): string => readFileSync(join(cwd, FACTS[1]!), 'utf8');

  test.each<[string, () => string | undefined, RegExp]>([
    ['extracted by another version', () => api().replace(/"version":"[^"]*"/, '"version":"0.0.9"'), /^these facts were extracted by distributed-audit 0\.0\.9, and this is \d+\.\d+\.\d+: extract them again$/],
    ['of another format', () => api().replace('facts 1', 'facts 9'), /^these facts were extracted by distributed-audit /],
    ['truncated', () => api().slice(0, -40), /^the facts are incomplete or were changed: extract them again$/],
    ['truncated at a line', () => api().split('\n').slice(0, -2).join('\n').concat('\n'), /^the facts are incomplete or were changed/],
    ['corrupted', () => api().replace('withdraw(id', 'withdrew(id'), /^the facts are incomplete or were changed/],
    ['cut within the header', () => api().slice(0, 20), /^this is no file of `distributed-audit facts`$/],
    ['empty', () => '', /^this is no file of/],
    ['something else', () => '{ "version": 1 }\n', /^this is no file of/],
    ['missing', () => undefined, /^there is no such facts file$/],
  ])('%s', async (_, change, message) => {
    await extractAll();
    const text = change();
    if (text === undefined) rmSync(join(cwd, FACTS[1]!));
    else write(FACTS[1]!, text);
    for (const argv of [[], ['--exit-zero']]) {
      const { code, stdout, stderr } = await cli('link', ...FACTS, ...argv);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      const [, file, said] = /^distributed-audit: ([^:]+): (.*)\n$/.exec(stderr)!;
      expect(file).toBe(FACTS[1]);
      expect(said).toMatch(message);
    }
  });

  test('of two states of one file', async () => {
    await extractAll();
    write('packages/api/src/withdraw.ts', `\n${WITHDRAW}`);
    await cli('facts', 'packages/api', '--out', 'tmp/later.jsonl');
    expect(await cli('link', ...FACTS, 'tmp/later.jsonl')).toMatchObject({ code: 2, stderr: 'distributed-audit: tmp/later.jsonl: says something else of packages/api/src/withdraw.ts than tmp/api.jsonl: one of them is out of date, extract both again\n' });
  });
});

describe('wrong usage', () => {
  test.each([
    [['facts'], "required option '--out <file>' not specified"],
    [['facts', 'nowhere', '--out', 'x'], 'no such file or directory: nowhere'],
    [['facts', 'package.json', '--out', 'x'], 'not a directory: package.json'],
    [['facts', '.', '--root', 'packages', '--out', 'x'], '. is not inside --root packages'],
    [['facts', '--out', 'package.json/x'], 'package.json/x: the facts cannot be written: '],
    [['facts', '--out', 'x', '--rot', '.'], "unknown option '--rot'\n(Did you mean --root?)"],
    [['link'], "missing required argument 'facts'"],
    [['link', 'x', '--format', 'xml'], "option '--format <format>' argument 'xml' is invalid."],
    [['link', 'x', '--rule', 'no-dual-wrote=off'], '--rule: unknown rule "no-dual-wrote"; did you mean "no-dual-write"?'],
    [['print-inputs', '--format', 'bazel'], "option '--format <format>' argument 'bazel' is invalid."],
    [['print-inputs', 'nowhere'], 'no such file or directory: nowhere'],
    [['fatcs'], 'no such file or directory: fatcs; did you mean the command "facts"?'],
    [['print-input'], 'no such file or directory: print-input; did you mean the command "print-inputs"?'],
  ])('%j', async (argv, message) => {
    const { code, stdout, stderr } = await cli(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`distributed-audit: ${message}`);
  });
});

describe('print-inputs', () => {
  test('as text, relative to the package', async () => {
    const { code, stdout } = await cli('print-inputs', 'packages/api');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual(expect.arrayContaining(['**/*.ts', '**/*.prisma', '../../.gitignore', '../../packages/.gitignore', '!**/node_modules/**', '!dist/**']));
  });

  test('as turbo.json and project.json want them', async () => {
    expect(JSON.parse((await cli('print-inputs', 'packages/api', '--format', 'turbo')).stdout)).toEqual(expect.arrayContaining(['**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json,prisma,sql,yaml,yml}', '!.turbo/**', '$TURBO_ROOT$/.gitignore', '!dist/**']));
    expect(JSON.parse((await cli('print-inputs', 'packages/api', '--format', 'nx')).stdout)).toEqual(expect.arrayContaining(['{projectRoot}/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs,json,prisma,sql,yaml,yml}', '{workspaceRoot}/.gitignore', '!{projectRoot}/dist/**', { externalDependencies: ['eslint-plugin-distributed'] }]));
  });

  test('in the root of a workspace, without its packages', async () => {
    expect(JSON.parse((await cli('print-inputs', '--format', 'json')).stdout)).toMatchObject({ directory: '.', except: expect.arrayContaining(['packages/api', 'packages/store']) });
  });
});

const cli = (...argv: string[]): ReturnType<typeof runCli> => runCli(cwd, argv);

function write(name: string, text: string): void {
  mkdirSync(dirname(join(cwd, name)), { recursive: true });
  writeFileSync(join(cwd, name), text);
}
