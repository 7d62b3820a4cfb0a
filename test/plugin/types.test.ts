import * as parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';
import { expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { inProject } from './in-project.ts';

/** What a factory returned comes back through a generic of a package: nothing but its type tells that it is a client. */
const FILES = {
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "module": "commonjs", "target": "es2022", "types": [], "noEmit": true } }',
  'node_modules/@prisma/client/package.json': '{ "name": "@prisma/client", "types": "index.d.ts" }',
  'node_modules/@prisma/client/index.d.ts': `
    export declare namespace Prisma { interface CounterDelegate { findUnique(args: object): Promise<{ value: number }>; update(args: object): Promise<{ value: number }> } }
    export declare class PrismaClient { counter: Prisma.CounterDelegate }`,
  'node_modules/@acme/router/package.json': '{ "name": "@acme/router", "types": "index.d.ts" }',
  'node_modules/@acme/router/index.d.ts': 'export declare function procedures<C>(context: () => C): (run: (input: { id: string }, context: C) => Promise<void>) => void;',
  'src/context.ts': `import { PrismaClient } from '@prisma/client';
import { procedures } from '@acme/router';
export const procedure = procedures(() => ({ prisma: new PrismaClient() }));
`,
  'src/bump.ts': `import { procedure } from './context';
export const bump = procedure(async (input, context) => {
  const row = await context.prisma.counter.findUnique({ where: { id: input.id } });
  await context.prisma.counter.update({ where: { id: input.id }, data: { value: row.value + 1 } });
});
`,
};

async function lint(files: readonly string[], parserOptions: object): Promise<string[]> {
  return inProject(FILES, async (root) => {
    const config = { ...plugin.configs.all, languageOptions: { parser, parserOptions: { tsconfigRootDir: root, ...parserOptions } } };
    const results = await new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [config] }).lintFiles([...files]);
    return results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, message }) => `${filePath.slice(root.length + 1)}:${line} ${ruleId ?? message}`));
  });
}

const FOUND = ['src/bump.ts:4 distributed/no-read-modify-write'];

test('types tell what a file is handed, whether or not it imports the library, and whatever was linted before', { timeout: 60_000 }, async () => {
  expect(await lint(['src/bump.ts'], {})).toEqual([]);
  for (const parserOptions of [{ projectService: true }, { project: './tsconfig.json' }]) {
    expect(await lint(['src/bump.ts'], parserOptions)).toEqual(FOUND);
    expect(await lint(['src/context.ts', 'src/bump.ts'], parserOptions)).toEqual(FOUND);
  }
});
