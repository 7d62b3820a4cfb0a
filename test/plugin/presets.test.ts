import { existsSync } from 'node:fs';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import { expect, test } from 'vitest';
import rules from '../../rules/index.ts';
import distributed from '../../src/index.ts';
import manifest from '../../package.json' with { type: 'json' };
import { inProject } from './in-project.ts';

const FILES = {
  'close-account.ts': `import { PrismaClient } from '@prisma/client';

const prisma = new PrismaClient();

export async function closeAccount(accountId: string, actorId: string) {
  await prisma.$transaction(async (tx) => {
    await tx.account.update({ where: { id: accountId }, data: { state: 'closed' } });
    await prisma.auditLog.create({
      data: { accountId, actorId, action: 'closed' },
    });
  });
}
`,
};

// That these compile is part of the test.
const user = defineConfig([{ files: ['**/*.ts'], languageOptions: { parser } }, { plugins: { distributed }, extends: ['distributed/recommended'] }]);
const renamed = defineConfig([{ files: ['**/*.ts'], languageOptions: { parser } }, { plugins: { zz: distributed }, extends: ['zz/strict'] }]);
const direct = defineConfig([{ files: ['**/*.ts'], languageOptions: { parser } }, distributed.configs.all]);

test.each([['extends', user, 'distributed'], ['a name of the user', renamed, 'zz'], ['the config object', direct, 'distributed']] as const)('a preset by %s', async (_, config, namespace) => {
  const [message] = await inProject(FILES, (root) => lint(root, config));
  expect(message).toMatchObject({ ruleId: `${namespace}/no-transaction-escape`, severity: 2, line: 8, column: 5, endLine: 8, endColumn: 35 });
  expect(message!.message).toContain('`auditLog` is written through the outer client');
});

test('the plugin says what it is', () => {
  expect(distributed.meta).toEqual({ name: 'eslint-plugin-distributed', version: manifest.version, namespace: 'distributed' });
  expect(Object.keys(distributed.rules!)).toEqual(rules.map((rule) => rule.name));
});

test('a rule links to its page, which is there without a network', () => {
  for (const { meta } of Object.values(distributed.rules!)) expect(existsSync(new URL(meta!.docs!.url!)), meta!.docs!.url).toBe(true);
});

test.each(['recommended', 'strict', 'all'] as const)('%s names itself, its files and its rules', (preset) => {
  const config = distributed.configs[preset];
  expect(config.name).toBe(`distributed/${preset}`);
  expect(config.plugins).toEqual({ distributed });
  expect(config.files).toEqual(['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}']);
  for (const setting of Object.values(config.rules!)) expect(setting).toEqual(['error', { preset }]);
});

test('a larger preset has the rules of the smaller ones', () => {
  const [recommended, strict, all] = (['recommended', 'strict', 'all'] as const).map((preset) => Object.keys(distributed.configs[preset].rules!));
  expect(strict).toEqual(expect.arrayContaining(recommended!));
  expect(all!.sort()).toEqual(rules.map((rule) => `distributed/${rule.name}`).sort());
  expect(recommended!.length).toBeGreaterThan(0);
});

test('likely findings show from strict on, and where a rule is turned on by name', async () => {
  // Whether callers bound the list is not known.
  const files = { 'notify.ts': `export async function notify(ids: string[]) {\n  await Promise.all(ids.map((id) => fetch('https://example.com/' + id)));\n}\n` };
  const found = async (options: unknown[]): Promise<number> => {
    const config: Linter.Config = { files: ['**/*.ts'], languageOptions: { parser }, plugins: { distributed }, rules: { 'distributed/no-unbounded-concurrency': ['error', ...options] } };
    return (await inProject(files, (root) => lint(root, [config]))).length;
  };
  const [recommended, strict, named] = [await found([{ preset: 'recommended' }]), await found([{ preset: 'strict' }]), await found([])];
  expect(recommended).toBe(0);
  expect(named).toBeGreaterThanOrEqual(strict);
  await expect(found([{ preset: 'strct' }])).rejects.toThrow('strct');
});

async function lint(root: string, config: readonly Linter.Config[]): Promise<Linter.LintMessage[]> {
  const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [...config] });
  return (await eslint.lintFiles(['.'])).flatMap(({ messages }) => messages);
}
