import { describe, expect, test } from 'vitest';
import { loadWorkspace } from '../../src/load/workspace.ts';
import { tree } from './tree.ts';

describe('packages', () => {
  test('of several with one name the one that is no example counts', () => {
    const { root, rel } = tree({ 'examples/a/package.json': { name: 'a' }, 'libs/deep/er/a/package.json': { name: 'a' }, 'b/package.json': {}, 'node_modules/c/package.json': { name: 'c' } });
    const { packages } = loadWorkspace(root);
    expect([...packages].map(([name, { dir }]) => [name, rel(dir)])).toEqual([['a', 'libs/deep/er/a']]);
  });

  test('a package.json that only says "module" is no package', () => {
    const { root, at } = tree({ 'package.json': { name: 'x' }, 'src/esm/package.json': { type: 'module' } });
    expect(loadWorkspace(root).nearest(at('src/esm'))?.name).toBe('x');
  });

  test('broken files are told with their line and hide nothing else', () => {
    const { root, rel } = tree({ 'pnpm-workspace.yaml': 'packages:\n  - "a\n  b: [', 'a/package.json': '{\n  "name": "a",\n  oops\n}', 'b/package.json': { name: 'b' } });
    const workspace = loadWorkspace(root);
    expect([...workspace.packages.keys()].sort()).toEqual(['a', 'b']);
    expect(workspace.errors.map(({ file, line }) => [rel(file), line])).toEqual([
      ['a/package.json', 3],
      ['pnpm-workspace.yaml', expect.any(Number)],
    ]);
  });

  test('patterns never leave the root', () => {
    const { root, at } = tree({ 'outside/package.json': { name: 'outside' }, 'in/package.json': { workspaces: ['../*', '/**', 'x/../../outside', 'p'] }, 'in/p/package.json': { name: 'p' } });
    expect([...loadWorkspace(at('in')).packages.keys()]).toEqual(['p']);
    expect(root).toBeTruthy();
  });
});

describe('versions of dependencies', () => {
  const manifests = { 'package.json': { workspaces: ['apps/*'], devDependencies: { vitest: '^4.0.0' } }, 'apps/a/package.json': { name: 'a', dependencies: { pg: '^8.0.0', '@aws-sdk/client-s3': '^3.1.0' } } };

  test.each<[string, Record<string, string | object>]>([
    ['npm', { 'package-lock.json': { packages: { 'node_modules/pg': { version: '7.0.0' }, 'apps/a/node_modules/pg': { version: '8.11.3' }, 'node_modules/@aws-sdk/client-s3': { version: '3.5.0' }, 'node_modules/vitest': { version: '4.0.1' } } } }],
    ['yarn', { 'yarn.lock': '# yarn lockfile v1\n\n"@aws-sdk/client-s3@^3.0.0", "@aws-sdk/client-s3@^3.1.0":\n  version "3.5.0"\n  resolved "x"\n\npg@^8.0.0:\n  version "8.11.3"\n\nvitest@^4.0.0:\n  version "4.0.1"\n' }],
    ['yarn berry', { 'yarn.lock': '"@aws-sdk/client-s3@npm:^3.1.0":\n  version: 3.5.0\n\n"pg@npm:^8.0.0, pg@npm:^8.1.0":\n  version: 8.11.3\n\n"vitest@npm:^4.0.0":\n  version: 4.0.1\n' }],
    [
      'pnpm',
      {
        'pnpm-lock.yaml':
          "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    devDependencies:\n      vitest:\n        specifier: ^4.0.0\n        version: 4.0.1(@types/node@20.0.0)\n\n  apps/a:\n    dependencies:\n      '@aws-sdk/client-s3':\n        specifier: ^3.1.0\n        version: 3.5.0\n      pg:\n        specifier: ^8.0.0\n        version: 8.11.3\n\npackages:\n\n  pg@1.0.0:\n    version: 9\n",
      },
    ],
    ['bun', { 'bun.lock': '{ "packages": { "pg": ["pg@8.11.3", "", {}], "@aws-sdk/client-s3": ["@aws-sdk/client-s3@3.5.0"], "vitest": ["vitest@4.0.1"], } }' }],
  ])('come from the lockfile of %s, the root\'s included', (_, lockfile) => {
    const { root, at } = tree({ ...manifests, ...lockfile });
    expect(Object.fromEntries(loadWorkspace(root).dependencyVersions(at('apps/a/src/x.ts')))).toEqual({ pg: '8.11.3', '@aws-sdk/client-s3': '3.5.0', vitest: '4.0.1' });
  });

  test('else the declared range, read through catalogs', () => {
    const { root, at } = tree({
      'pnpm-workspace.yaml': 'packages: [apps/*]\ncatalog:\n  pg: ^8.2.0\ncatalogs:\n  old:\n    knex: ^2.0.0\n',
      'apps/a/package.json': { name: 'a', dependencies: { pg: 'catalog:', knex: 'catalog:old', got: '^14' } },
      'apps/b/package.json': { name: 'b', dependencies: { got: '^14.0.0' } },
      'apps/b/package-lock.json': { dependencies: { got: { version: '14.4.2' } } },
    });
    const workspace = loadWorkspace(root);
    expect(Object.fromEntries(workspace.dependencyVersions(at('apps/a/x.ts')))).toEqual({ pg: '^8.2.0', knex: '^2.0.0', got: '^14' });
    expect(workspace.dependencyVersions(at('apps/b/x.ts')).get('got')).toBe('14.4.2');
    expect(['pg', 'knex', 'got', 'undici'].map((name) => workspace.majorOf(at('apps/a/x.ts'), name))).toEqual([8, 2, 14, undefined]);
    expect(loadWorkspace(at('apps')).dependencyVersions(at('apps/x.ts')).size).toBe(0);
  });

  test.each([['^8.2.0', 8], ['~8.2', 8], ['8', 8], ['v8.2.0', 8], ['npm:@scope/knex@^8.2.0', 8], ['>=8', undefined], ['8 || 10', undefined], ['8 - 10', undefined], ['*', undefined], ['latest', undefined], ['workspace:*', undefined]])('%s is of the major version %s', (range, major) => {
    const { root, at } = tree({ 'package.json': { name: 'x', dependencies: { knex: range } } });
    expect(loadWorkspace(root).majorOf(at('x.ts'), 'knex')).toBe(major);
  });

  test.each(['package-lock.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'])('a broken %s answers nothing', (file) => {
    const { root, at } = tree({ ...manifests, [file]: '\0{{{ :: [' });
    expect(loadWorkspace(root).dependencyVersions(at('apps/a/x.ts')).get('pg')).toBe('^8.0.0');
  });
});
