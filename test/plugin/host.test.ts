import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { describe, expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { inProject, write } from './in-project.ts';

const CLIENT = `import { PrismaClient } from '@prisma/client';\n\nexport const prisma = new PrismaClient();\n`;
const USE = `import { prisma } from './client';

export async function closeAccount(id: string) {
  await prisma.$transaction(async (tx) => {
    await tx.account.update({ where: { id }, data: { state: 'closed' } });
    await prisma.auditLog.create({ data: { id, action: 'closed' } });
  });
}
`;
const SERVER = `import { closeAccount } from './account';\n\nexport const run = (id: string) => closeAccount(id);\n`;

interface Options {
  readonly settings?: Record<string, unknown>;
  readonly languageOptions?: Linter.LanguageOptions;
}

function eslintIn(root: string, { settings = {}, languageOptions = { parser } }: Options = {}): ESLint {
  const config: Linter.Config = {
    files: ['**/*.{js,ts}'], languageOptions, settings: { distributed: settings }, plugins: { distributed: plugin },
    rules: Object.fromEntries(Object.keys(plugin.rules!).map((name) => [`distributed/${name}`, 'error'])),
  };
  return new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [config] });
}

async function lint(root: string, options?: Options): Promise<string[]> {
  const results = await eslintIn(root, options).lintFiles(['.']);
  return results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, message }) => `${filePath.slice(root.length + 1)}:${line} ${ruleId ?? message}`)).sort();
}

const ESCAPE = 'account.ts:6 distributed/no-transaction-escape';

describe('parsers', () => {
  const js = (text: string): string => text.replaceAll(': string', '');

  test('espree', async () => {
    expect(await inProject({ 'client.js': CLIENT, 'account.js': js(USE) }, (root) => lint(root, { languageOptions: {} }))).toEqual(['account.js:6 distributed/no-transaction-escape']);
  });

  test('one whose tree is not known: the text is read', async () => {
    const wrapped = { meta: { name: 'wrapped', version: '1' }, parseForESLint: (text: string) => ({ ...parser.parseForESLint(text, { range: true, loc: true, comment: true, tokens: true }), services: {} }) };
    expect(await inProject({ 'client.ts': CLIENT, 'account.ts': USE }, (root) => lint(root, { languageOptions: { parser: wrapped as Linter.Parser } }))).toEqual([ESCAPE]);
  });
});

describe('settings', () => {
  test('root', async () => {
    await inProject({ 'a/client.ts': CLIENT, 'a/account.ts': USE }, async (root) => {
      expect(await lint(root, { settings: { root: 'a' } })).toEqual([`a/${ESCAPE}`]);
      expect(await lint(root, { settings: { root: 'b' } })).toEqual([]);
    });
  });

  test('followImports: false reads the linted file alone, so that nothing is known of the imported client', async () => {
    await inProject({ 'client.ts': CLIENT, 'account.ts': USE, 'local.ts': CLIENT + USE.slice(USE.indexOf('\n')) }, async (root) => {
      expect(await lint(root, { settings: { followImports: false } })).toEqual(['local.ts:9 distributed/no-transaction-escape']);
    });
  });

  test('models of the user', async () => {
    const model = {
      name: 'ours', packages: ['@ours/db'], source: '', verified: 'docs', exports: { Db: 'Db' },
      types: {
        Db: { role: 'client', construct: { returns: { type: 'Db', handle: 'new' } }, members: { tx: { invokes: [{ fn: 'a0', args: [{ type: 'Tx', handle: 'new' }], region: { kind: 'transaction' } }] }, put: { effect: { kind: 'write', action: 'insert', system: 'sql', resource: 'a0' } } } },
        Tx: { role: 'transaction', members: { put: { effect: { kind: 'write', action: 'insert', system: 'sql', resource: 'a0' } } } },
      },
    };
    const text = `import { Db } from '@ours/db';\n\nconst db = new Db();\nexport const save = () => db.tx(async (tx) => {\n  await tx.put('a', 1);\n  await db.put('b', 2);\n});\n`;
    await inProject({ 'save.ts': text }, async (root) => {
      expect(await lint(root)).toEqual([]);
      expect(await lint(root, { settings: { config: { models: [model] } } })).toEqual(['save.ts:6 distributed/no-transaction-escape']);
    });
  });

  test.each([{ root: 5, followImports: 'no', config: [] }, { config: { models: 'x' } }, null, 'x'])('%j does no harm', async (settings) => {
    await inProject({ 'client.ts': CLIENT, 'account.ts': USE }, async (root) => expect(await lint(root, { settings: settings as never })).toEqual([ESCAPE]));
  });
});

describe('a process that lasts', () => {
  // Changes on disk are noticed after a second, or later on a busy machine.
  const eventually = (ask: () => Promise<unknown>) => expect.poll(ask, { interval: 300, timeout: 15_000 });

  test('an imported file changes, goes and comes back', { timeout: 60_000 }, async () => {
    await inProject({ 'client.ts': CLIENT, 'account.ts': USE }, async (root) => {
      const eslint = eslintIn(root);
      const found = async (): Promise<number> => (await eslint.lintFiles(['account.ts']))[0]!.messages.length;
      expect(await found()).toBe(1);
      await write(root, { 'client.ts': 'export const prisma = { $transaction: (run) => run({}) };\n' });
      await eventually(found).toBe(0);
      await write(root, { 'client.ts': CLIENT });
      await eventually(found).toBe(1);
      await rm(join(root, 'client.ts'));
      await eventually(found).toBe(0);
      await write(root, { 'client.ts': CLIENT });
      await eventually(found).toBe(1);
    });
  });

  test('a file that was not there is found', { timeout: 30_000 }, async () => {
    await inProject({ 'account.ts': USE }, async (root) => {
      expect(await lint(root)).toEqual([]);
      await write(root, { 'client.ts': CLIENT });
      await eventually(() => lint(root)).toEqual([ESCAPE]);
    });
  });

  test('the whole program is followed at once, as long as nothing changes: it says the same', { timeout: 60_000 }, async () => {
    const accounts = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`account${i + 10}.ts`, USE]));
    await inProject({ 'client.ts': CLIENT, ...accounts }, async (root) => {
      const eslint = eslintIn(root, { settings: { wholeProgram: true } });
      const found = async (files: string[]): Promise<number> => (await eslint.lintFiles(files)).reduce((sum, { messages }) => sum + messages.length, 0);
      expect(await found(['.'])).toBe(40);
      expect(await found(['account12.ts', 'account48.ts'])).toBe(2);
      const unsaved = await eslint.lintText(USE.replace('prisma.auditLog', 'tx.auditLog'), { filePath: join(root, 'account48.ts') });
      expect(unsaved[0]!.messages).toEqual([]);
      expect(await found(['.'])).toBe(40);
      await write(root, { 'account13.ts': USE.replace('prisma.auditLog', 'tx.auditLog') });
      await eventually(() => found(['.'])).toBe(39);
      await write(root, { 'client.ts': 'export const prisma = { $transaction: (run) => run({}) };\n' });
      await eventually(() => found(['.'])).toBe(0);
    });
  });

  test('what is not saved counts for its own file only', async () => {
    await inProject({ 'client.ts': CLIENT, 'account.ts': USE, 'server.ts': SERVER }, async (root) => {
      const eslint = eslintIn(root);
      const count = async (file: string, text: string): Promise<number> => (await eslint.lintText(text, { filePath: join(root, file) }))[0]!.messages.length;
      expect(await count('account.ts', USE)).toBe(1);
      expect(await count('server.ts', SERVER)).toBe(0);
      expect(await count('account.ts', USE.replace('prisma.auditLog', 'tx.auditLog'))).toBe(0);
      expect(await count('client.ts', 'export const prisma = 1;\n')).toBe(0);
      expect(await count('account.ts', USE)).toBe(1);
      expect(await count('new.ts', USE)).toBe(1);
    });
  });
});

describe('bad input', () => {
  const deep = (open: string, close: string): string => `export const prisma = ${open.repeat(50_000)}1${close.repeat(50_000)};\n`;

  test.each([
    ['parentheses', deep('(', ')')], ['arrays', deep('[', ']')], ['objects', deep('{a:', '}')], ['calls', `export const prisma = f${'.a()'.repeat(50_000)};\n`],
    ['sums', `export const prisma = 1${' + 1'.repeat(50_000)};\n`], ['arrows', `export const prisma = ${'() => '.repeat(50_000)}1;\n`],
    ['else if', `export let prisma = 1;\nif (a) {}${' else if (a) {}'.repeat(50_000)}\n`], ['blocks', `export let prisma = 1;\n${'{'.repeat(50_000)}${'}'.repeat(50_000)}\n`],
    ['syntax errors', 'export const = ;'], ['nothing', ''], ['a binary', '\0\0\0\u0001'],
  ])('an imported file of %s', async (_, text) => {
    await inProject({ 'client.ts': text, 'account.ts': USE }, async (root) => {
      const [{ messages }] = await eslintIn(root).lintFiles(['account.ts']) as [ESLint.LintResult];
      expect(messages).toEqual([]);
    });
  });

  test.each([
    ['sums', `export const a = 1${' + 1'.repeat(3000)};\n`], ['calls', `import axios from 'axios';\nexport const a = axios${'.get("x")'.repeat(1200)};\n`], ['arrays', `export const a = ${'['.repeat(400)}fetch("x")${']'.repeat(400)};\n`],
  ])('a linted file of %s', async (_, text) => {
    await inProject({ 'account.ts': text }, async (root) => {
      const [{ messages }] = await eslintIn(root).lintFiles(['account.ts']) as [ESLint.LintResult];
      // The parser may give up; the rules must not.
      expect(messages.filter((message) => message.fatal !== true)).toEqual([]);
    });
  });

  test('imports in a circle, and of itself', async () => {
    const files = { 'client.ts': `export * from './account';\nexport * from './client';\n${CLIENT}`, 'account.ts': `export * from './client';\n${USE}` };
    await inProject(files, async (root) => expect(await lint(root)).toEqual(['account.ts:7 distributed/no-transaction-escape']));
  });

  test('a text without a file', async () => {
    await inProject({}, async (root) => {
      const [result] = await eslintIn(root).lintText(USE.replace("import { prisma } from './client'", CLIENT.replace('export ', '')), { filePath: 'none/such.ts' });
      expect(result!.messages.map((message) => message.ruleId)).toEqual(['distributed/no-transaction-escape']);
    });
  });
});
