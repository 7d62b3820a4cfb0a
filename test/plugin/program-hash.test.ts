import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { programHash } from '../../src/index.ts';
import { inProject, write } from './in-project.ts';

const FILES = { 'package.json': '{ "name": "program", "workspaces": ["packages/*"] }', 'packages/a/package.json': '{ "name": "a" }', 'packages/a/src/a.ts': 'export const a = 1;\n', 'node_modules/x/index.js': '1', 'README.md': '# a' };

test('it stands for the program: the same for the same files wherever they are, and whatever part of it ESLint runs in', async () => {
  await inProject(FILES, async (root) => {
    const hash = programHash(root);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(programHash(join(root, 'packages/a/src'))).toBe(hash);
    await inProject({}, async (elsewhere) => {
      await cp(root, join(elsewhere, 'copy'), { recursive: true });
      expect(programHash(join(elsewhere, 'copy'))).toBe(hash);
    });
  });
});

test.each([
  ['code', { 'packages/a/src/a.ts': 'export const a = 2;\n' }], ['a new file', { 'packages/a/src/b.ts': '' }], ['a manifest', { 'packages/a/package.json': '{ "name": "b" }' }],
  ['a tsconfig', { 'tsconfig.base.json': '{}' }], ['a schema', { 'packages/a/prisma/schema.prisma': 'model A { id Int @id }' }], ['a lockfile', { 'package-lock.json': '{}' }], ['a deployment', { 'deploy/a.yaml': 'kind: Deployment' }], ['an ecosystem file', { 'ecosystem.config.json': '{}' }],
])('%s changes it', async (_, files) => {
  await inProject(FILES, async (root) => {
    const hash = programHash(root);
    await write(root, files);
    const changed = programHash(root);
    expect(changed).not.toBe(hash);
    for (const file of Object.keys(files)) await rm(join(root, file));
    await write(root, FILES);
    expect(programHash(root)).toBe(hash);
  });
});

test('what no finding can depend on does not', async () => {
  await inProject(FILES, async (root) => {
    const hash = programHash(root);
    await write(root, { 'README.md': '# b', 'node_modules/x/index.js': '2', 'packages/a/data.csv': '1' });
    expect(programHash(root)).toBe(hash);
  });
});
