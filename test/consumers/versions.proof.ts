import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ESLint as ESLintClass, Linter } from 'eslint';
import { globSync } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import plugin from '../../src/index.ts';
import type { Twin } from '../support/twins.ts';
import { type Case, TwinTree } from './twin-tree.ts';
import { OLDEST, REPOSITORY } from './workspace.ts';

const cases: Case[] = [];

vi.mock('../support/twins.ts', async (original) => ({
  ...(await original<object>()),
  // What differs between versions are trees and types, not rules: a few of each.
  twins: (rule: string, twins: readonly Twin[]) => cases.push(...twins.slice(0, 2).map((twin) => ({ rule, twin }))),
}));

const { program } = await import('../support/twins.ts');
for (const file of globSync('../rules/*.test.ts', { cwd: import.meta.dirname }).sort()) await import(file);

/** ESLint, parser and TypeScript as they are installed in a directory. */
function installedIn(directory: string) {
  const require = createRequire(join(directory, 'package.json'));
  return {
    ESLint: (require('eslint') as { ESLint: typeof ESLintClass }).ESLint,
    parser: require('@typescript-eslint/parser') as Linter.Parser,
    typescript: (require('typescript') as { version: string }).version,
  };
}

const oldest = installedIn(OLDEST);
const newest = installedIn(REPOSITORY);

test('the oldest and the newest that are supported', () => {
  expect(manifest.peerDependencies.eslint).toBe('^9.22 || ^10');
  expect([oldest.ESLint.version, oldest.typescript]).toEqual(['9.22.0', '4.8.4']);
  expect([newest.ESLint.version.split('.')[0], newest.typescript.split('.')[0]]).toEqual(['10', '6']);
});

/** A receiver that nothing but its type tells: what a factory returned comes back through a generic of another package. */
const TYPED = {
  'package.json': '{ "name": "typed" }',
  'node_modules/@prisma/client/package.json': '{ "name": "@prisma/client", "types": "index.d.ts" }',
  'node_modules/@prisma/client/index.d.ts': `
    export declare namespace Prisma { interface CounterDelegate { findUnique(args: object): Promise<{ value: number }>; update(args: object): Promise<{ value: number }> } }
    export declare class PrismaClient { counter: Prisma.CounterDelegate }`,
  'node_modules/@acme/router/package.json': '{ "name": "@acme/router", "types": "index.d.ts" }',
  'node_modules/@acme/router/index.d.ts': 'export declare function procedures<C>(context: () => C): (run: (input: { id: string }, context: C) => Promise<void>) => void;',
  'context.ts': `
    import { PrismaClient } from '@prisma/client';
    import { procedures } from '@acme/router';
    export const procedure = procedures(() => ({ prisma: new PrismaClient() }));`,
  'bump.ts': `
    import { procedure } from './context';
    export const bump = procedure(async (input, context) => {
      const row = await context.prisma.counter.findUnique({ where: { id: input.id } });
      await context.prisma.counter.update({ where: { id: input.id }, data: { value: row.value + 1 } });
    });`,
};

describe.each([['oldest', oldest], ['newest', newest]] as const)('the %s', (which, { ESLint, parser }) => {
  let tree: TwinTree;
  beforeAll(() => {
    tree = new TwinTree(cases, program);
    tree.write('typed', TYPED);
    const compilerOptions = { strict: true, allowJs: true, jsx: 'preserve', module: 'commonjs', moduleResolution: 'node', target: 'es2020', experimentalDecorators: true, types: [], noEmit: true };
    writeFileSync(join(tree.root, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*/**/*'] }));
  });
  afterAll(() => tree.remove());

  async function lint(parserOptions: object): Promise<void> {
    const config: Linter.Config = { ...plugin.configs.all, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true }, ...parserOptions } } };
    const results = await new ESLint({ cwd: tree.root, overrideConfigFile: true, overrideConfig: [config] }).lintFiles(['.']);
    const messages = results.flatMap(({ filePath, messages }) => messages.map((message) => ({ file: filePath.slice(tree.root.length + 1), ...message })));
    expect(messages.filter(({ ruleId }) => !ruleId?.startsWith('distributed/')).map(({ file, message }) => `${file}: ${message}`)).toEqual([]);
    tree.take(messages.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId!.replace('distributed/', '')}`));
  }

  // The newest lints all twins so in `npm test`.
  if (which === 'oldest') {
    test('without type information', async () => {
      await lint({});
      tree.expectTwins();
      expect(tree.in('typed')).toEqual([]);
    });
  }

  test('with it: the same twins, and what only a type tells', async () => {
    await lint({ project: './tsconfig.json', tsconfigRootDir: tree.root });
    tree.expectTwins();
    expect(tree.in('typed')).toEqual(['bump.ts:5 no-read-modify-write']);
  });
});

test('the documentation names the versions that are tested', () => {
  for (const page of ['README.md', 'docs/editors.md']) expect(readFileSync(join(REPOSITORY, page), 'utf8')).toMatch(/ESLint 9\.22/);
});
