import { describe, expect, test } from 'vitest';
import { discover } from '../../src/load/discover.ts';
import { createResolver } from '../../src/load/resolve.ts';
import { readBeside } from '../../src/load/beside.ts';
import { diskTree, HeldTree } from '../../src/load/tree.ts';
import { tree } from './tree.ts';
import type { Tree } from './tree.ts';

type Files = Parameters<typeof tree>[0];

/** Every case must hold with and without knowing the program's files, and without the disk. */
function outcomes(made: Tree, from: string, specs: readonly string[]): string[] {
  const found = discover(made.root);
  const known = { files: new Set(found.files), manifests: found.manifests };
  const { texts, links } = readBeside(made.root, found, diskTree());
  const held = new HeldTree(new Map([...texts, ...found.files.map((file) => [file, { text: '' }] as const)]), links);
  const [fromDisk, fromMemory, alone] = [createResolver(made.root, known), createResolver(made.root, { ...known, tree: held }), createResolver(made.root)].map((resolver) =>
    specs.map((spec) => {
      const found = resolver.resolve(made.at(from), spec);
      if (found.kind === 'file') return made.rel(found.file);
      if (found.kind === 'package') return `package ${found.name} ${found.subpath}`;
      return found.kind === 'builtin' ? `builtin ${found.name}` : 'asset' in found ? 'asset' : 'missing';
    }),
  );
  expect(alone).toEqual(fromDisk);
  // What is installed or built is not held.
  const isHeld = (_: string, at: number): boolean => !specs[at]!.includes('node_modules/') && !fromDisk![at]!.includes('/dist/');
  expect(fromMemory!.filter(isHeld)).toEqual(fromDisk!.filter(isHeld));
  return fromDisk!;
}

function resolved(files: Files, from: string, ...specs: string[]): string[] {
  return outcomes(tree(files), from, specs);
}

describe('relative imports', () => {
  test('extensions, written and supplied, and index files', () => {
    const files = { 'src/a.ts': '', 'src/b.ts': '', 'src/c.tsx': '', 'src/d/index.ts': '', 'src/e.mts': '', 'src/f.service.ts': '', 'src/old.js': '', 'src/lib.js/index.ts': '', 'top.ts': '', 'index.ts': '' };
    expect(resolved(files, 'src/a.ts', './b', './b.js', './b.ts', './c', './c.jsx', './d', './d/', './d/index.js', './e.mjs', './f.service', './old', './lib.js', '../top', '..')).toEqual(
      ['src/b.ts', 'src/b.ts', 'src/b.ts', 'src/c.tsx', 'src/c.tsx', 'src/d/index.ts', 'src/d/index.ts', 'src/d/index.ts', 'src/e.mts', 'src/f.service.ts', 'src/old.js', 'src/lib.js/index.ts', 'top.ts', 'index.ts'],
    );
  });

  test('TypeScript goes before JavaScript, a file before a directory, code before declarations', () => {
    const files = { 'a.ts': '', 'b.ts': '', 'b.js': '', 'b/index.ts': '', 'c.js': '', 'c.d.ts': '', 'd.d.ts': '' };
    expect(resolved(files, 'a.ts', './b', './b.js', './c', './d')).toEqual(['b.ts', 'b.ts', 'c.js', 'd.d.ts']);
  });

  test('queries and loaders are looked through; what is no code is an asset; the rest is missing', () => {
    const files = { 'a.ts': '', 'b.ts': '', 'data.json': '{}', 'style.css': '', 'theme.css.ts': '' };
    expect(resolved(files, 'a.ts', './b?raw', 'raw!./b', './data.json', './style.css', './theme.css', './x.svg?url', './nope', './nope.js', '', './b\0')).toEqual(
      ['b.ts', 'b.ts', 'asset', 'asset', 'theme.css.ts', 'asset', 'missing', 'missing', 'missing', 'missing'],
    );
  });

  test('a barrel, an import circle and a file that imports itself are plain files', () => {
    const files = { 'index.ts': 'export * from "./a"', 'a.ts': 'import "."', 'b/index.ts': '' };
    expect(resolved(files, 'a.ts', '.', './a', './', './b')).toEqual(['index.ts', 'a.ts', 'index.ts', 'b/index.ts']);
  });

  test('through a linked directory leads to the file itself, circles included', () => {
    const made = tree({ 'src/a.ts': '', 'src/b.ts': '' });
    made.link('linked', 'src');
    made.link('src/loop', '.');
    expect(outcomes(made, 'src/a.ts', ['../linked/b', './loop/loop/loop/b'])).toEqual(['src/b.ts', 'src/b.ts']);
  });

  test('rootDirs lie over each other', () => {
    const files = { 'tsconfig.json': { compilerOptions: { rootDirs: ['src', 'gen'] } }, 'src/x/a.ts': '', 'gen/x/b.ts': '' };
    expect(resolved(files, 'src/x/a.ts', './b')).toEqual(['gen/x/b.ts']);
  });

  test('into an output that is not built lead to its source', () => {
    const files = { 'a.ts': '', 'common/package.json': { name: 'common' }, 'common/tsconfig.json': { compilerOptions: { outDir: 'dist', rootDir: 'code' } }, 'common/code/util/x.ts': '' };
    expect(resolved(files, 'a.ts', './common/dist/util/x.js')).toEqual(['common/code/util/x.ts']);
  });
});

describe('packages and builtins', () => {
  test('are told apart without looking at what is installed', () => {
    const files = { 'a.ts': '', 'package.json': { dependencies: { pg: '^8' } }, 'node_modules/pg/package.json': { name: 'pg' }, 'node_modules/pg/index.js': '' };
    expect(resolved(files, 'a.ts', 'pg', 'pg/lib/client.js', '@aws-sdk/client-s3', '@scope/x/deep/y', 'node:fs', 'fs/promises', 'bun:sqlite', 'npm:zod@3/v4', './node_modules/pg/index.js')).toEqual(
      ['package pg .', 'package pg ./lib/client.js', 'package @aws-sdk/client-s3 .', 'package @scope/x ./deep/y', 'builtin fs', 'builtin fs/promises', 'builtin bun:sqlite', 'package zod ./v4', 'package pg ./index.js'],
    );
  });

  test('what can be no package is missing', () => {
    expect(resolved({ 'a.ts': '' }, 'a.ts', 'virtual:routes', 'https://esm.sh/x', '@/nope', '~/nope', '#nope', '/nope', '@', 'a b')).toEqual(Array(8).fill('missing'));
  });
});

describe('tsconfig paths', () => {
  test('work although the extended config is not installed', () => {
    const files = { 'tsconfig.json': '{ "extends": "@tsconfig/node20/tsconfig.json", // gone\n "compilerOptions": { "paths": { "@/*": ["./src/*"], } } }', 'src/a.ts': '', 'src/b/c.ts': '' };
    const made = tree(files);
    expect(outcomes(made, 'src/a.ts', ['@/b/c', './b/c', '@/b/nope'])).toEqual(['src/b/c.ts', 'src/b/c.ts', 'missing']);
    const resolver = createResolver(made.root);
    resolver.resolve(made.at('src/a.ts'), '@/b/c');
    expect(resolver.errors).toEqual([{ file: made.at('tsconfig.json'), line: 1, column: 14, message: '"extends": "@tsconfig/node20/tsconfig.json" cannot be found and is left out', note: true }]);
  });

  test('the most specific pattern counts, targets are tried in order, exact names and suffixes match', () => {
    const paths = { '*': ['./types/*'], 'app/*.model': ['./models/*.ts'], 'app/*': ['./nowhere/*', './app/*'], 'app/core/*': ['./core/*'], 'app/one': ['./one.ts'] };
    const files = { 'tsconfig.json': { compilerOptions: { paths } }, 'a.ts': '', 'app/x.ts': '', 'core/x.ts': '', 'one.ts': '', 'models/m.ts': '' };
    expect(resolved(files, 'a.ts', 'app/x', 'app/core/x', 'app/one', 'app/m.model', 'express')).toEqual(['app/x.ts', 'core/x.ts', 'one.ts', 'models/m.ts', 'package express .']);
  });

  test('inherited ones start at the config that has them, or at baseUrl; the child replaces the parent; ${configDir} is the child', () => {
    const files = {
      'tsconfig.base.json': { compilerOptions: { paths: { '@lib/*': ['./libs/*/src'], '@own/*': ['${configDir}/own/*'] } } },
      'apps/a/tsconfig.json': { extends: '../../tsconfig.base' },
      'apps/b/tsconfig.json': { extends: ['../../tsconfig.base.json', './more.json'], compilerOptions: { baseUrl: './src' } },
      'apps/b/more.json': { compilerOptions: { paths: { '#b/*': ['*'] } } },
      'apps/a/x.ts': '', 'apps/a/own/o.ts': '', 'apps/b/src/x.ts': '', 'apps/b/src/y/index.ts': '', 'libs/log/src/index.ts': '',
    };
    const made = tree(files);
    expect(outcomes(made, 'apps/a/x.ts', ['@lib/log', '@own/o'])).toEqual(['libs/log/src/index.ts', 'apps/a/own/o.ts']);
    expect(outcomes(made, 'apps/b/src/x.ts', ['#b/y', 'y', '@lib/log'])).toEqual(['apps/b/src/y/index.ts', 'apps/b/src/y/index.ts', 'libs/log/src/index.ts']);
  });

  test('are found in the projects a solution references and in tsconfig.base.json without a tsconfig.json', () => {
    const solution = { 'tsconfig.json': { files: [], references: [{ path: './tsconfig.app.json' }] }, 'tsconfig.app.json': { compilerOptions: { paths: { '@/*': ['./src/*'] } } }, 'src/a.ts': '' };
    expect(resolved(solution, 'src/a.ts', '@/a')).toEqual(['src/a.ts']);
    const base = { 'tsconfig.base.json': { compilerOptions: { baseUrl: '.', paths: { '@org/log': ['libs/log/src/index.ts'] } } }, 'libs/log/src/index.ts': '', 'apps/x/main.ts': '' };
    expect(resolved(base, 'apps/x/main.ts', '@org/log')).toEqual(['libs/log/src/index.ts']);
  });

  test('through outputs lead to the source, through node_modules nowhere', () => {
    const paths = { '@org/*': ['./dist/packages/*'], react: ['./node_modules/@types/react'] };
    const files = { 'tsconfig.json': { compilerOptions: { paths } }, 'a.ts': '', 'packages/log/package.json': { name: 'other', main: 'lib/index.js' }, 'packages/log/src/index.ts': '' };
    expect(resolved(files, 'a.ts', '@org/log', 'react')).toEqual(['packages/log/src/index.ts', 'package react .']);
  });

  test('declarations written for a package do not make it a file of ours', () => {
    const files = { 'package.json': { dependencies: { stripe: '1' } }, 'tsconfig.json': { compilerOptions: { paths: { stripe: ['./types/stripe.d.ts'] } } }, 'types/stripe.d.ts': '', 'a.ts': '' };
    expect(resolved(files, 'a.ts', 'stripe')).toEqual(['package stripe .']);
  });

  test('baseUrl makes bare directories importable, but Node keeps its own names', () => {
    const files = { 'tsconfig.json': { compilerOptions: { baseUrl: 'src' } }, 'src/a.ts': '', 'src/services/user.ts': '', 'src/config/index.ts': '', 'src/events.ts': '' };
    expect(resolved(files, 'src/a.ts', 'services/user', 'config', 'events', 'redis')).toEqual(['src/services/user.ts', 'src/config/index.ts', 'builtin events', 'package redis .']);
  });

  test('under baseUrl, a dependency is no output of a source that has its name', () => {
    const files = { 'package.json': { name: 'app', dependencies: { stripe: '1' } }, 'tsconfig.json': { compilerOptions: { baseUrl: '.', paths: { '*': ['./*'] } } }, 'lib/stripe/index.ts': '', 'lib/mail.ts': '' };
    expect(resolved(files, 'lib/stripe/index.ts', 'stripe', 'lib/stripe')).toEqual(['package stripe .', 'lib/stripe/index.ts']);
  });

  test('a broken tsconfig keeps what precedes the error, and the error has its line', () => {
    const made = tree({ 'tsconfig.json': '{\n "compilerOptions": { "paths": { "@/*": ["./src/*"] } },\n include: []\n}', 'src/a.ts': '' });
    expect(outcomes(made, 'src/a.ts', ['@/a'])).toEqual(['src/a.ts']);
    const resolver = createResolver(made.root);
    resolver.resolve(made.at('src/a.ts'), '@/a');
    expect(resolver.errors).toMatchObject([{ file: made.at('tsconfig.json'), line: 3, column: 2 }]);
  });

  test.each<[string, unknown]>([
    ['circles of extends', { extends: './tsconfig.json' }],
    ['wrong types everywhere', { extends: 7, compilerOptions: { paths: { '@/*': 'src', x: [1, null] }, baseUrl: 3, rootDirs: 'a', outDir: [] }, references: [null, { path: 1 }], files: 'x' }],
    ['no object', []],
    ['a number', 3],
  ])('nothing in it makes resolution throw: %s', (_, config) => {
    expect(resolved({ 'tsconfig.json': JSON.stringify(config), 'a.ts': '', 'b.ts': '' }, 'a.ts', './b')).toEqual(['b.ts']);
  });
});

describe('workspace packages', () => {
  const app = { 'package.json': { workspaces: ['packages/*', 'apps/*'] }, 'apps/app/package.json': { name: 'app', dependencies: { '@org/lib': 'workspace:*' } }, 'apps/app/a.ts': '' };
  const lib = (manifest: object, files: Files): Files => ({ ...app, 'packages/lib/package.json': { name: '@org/lib', ...manifest }, ...files });

  test.each<[string, object, Files, string]>([
    ['main in an unbuilt dist', { main: './dist/index.js', types: './dist/index.d.ts' }, { 'packages/lib/src/index.ts': '' }, 'packages/lib/src/index.ts'],
    ['main without dot and extension', { main: 'lib/main' }, { 'packages/lib/src/main.ts': '' }, 'packages/lib/src/main.ts'],
    ['by outDir and rootDir', { main: 'compiled/entry.js' }, { 'packages/lib/tsconfig.json': { compilerOptions: { outDir: 'compiled', rootDir: 'ts' } }, 'packages/lib/ts/entry.ts': '' }, 'packages/lib/ts/entry.ts'],
    ['nested output folders', { main: 'dist/cjs/index.cjs', module: 'dist/esm/index.mjs' }, { 'packages/lib/src/index.ts': '' }, 'packages/lib/src/index.ts'],
    ['conditions', { exports: { '.': { types: './dist/index.d.ts', browser: './src/browser.ts', node: { import: './dist/node.mjs', require: './dist/node.cjs' } } } }, { 'packages/lib/src/browser.ts': '', 'packages/lib/src/node.ts': '' }, 'packages/lib/src/browser.ts'],
    ['a source condition', { exports: { '.': { '@org/source': './source/start.ts', default: './dist/index.js' } } }, { 'packages/lib/source/start.ts': '', 'packages/lib/src/index.ts': '' }, 'packages/lib/source/start.ts'],
    ['the source field', { source: 'code/x.ts', main: 'dist/x.js' }, { 'packages/lib/code/x.ts': '' }, 'packages/lib/code/x.ts'],
    ['publishConfig', { publishConfig: { main: 'dist/api.js' } }, { 'packages/lib/src/api.ts': '' }, 'packages/lib/src/api.ts'],
    ['a string as exports', { exports: './index.mjs' }, { 'packages/lib/index.mjs': '' }, 'packages/lib/index.mjs'],
    ['nothing said', {}, { 'packages/lib/src/index.tsx': '' }, 'packages/lib/src/index.tsx'],
    ['nothing that fits', { main: 'bundle.js' }, { 'packages/lib/src/index.ts': '' }, 'packages/lib/src/index.ts'],
    ['a bundle beside its source', { main: 'dist/index.js' }, { 'packages/lib/dist/index.js': '', 'packages/lib/src/index.ts': '' }, 'packages/lib/src/index.ts'],
    ['only a bundle', { main: 'dist/index.js' }, { 'packages/lib/dist/index.js': '' }, 'packages/lib/dist/index.js'],
    ['nonsense', { main: 1, exports: { '.': [null, 3, { import: {} }] } }, { 'packages/lib/index.js': '' }, 'packages/lib/index.js'],
    ['paths out of the package', { main: '../../../etc/passwd.js' }, { 'packages/lib/src/index.ts': '' }, 'packages/lib/src/index.ts'],
    ['no code at all', { main: 'dist/index.js' }, {}, 'package @org/lib .'],
  ])('%s', (_, manifest, files, expected) => {
    expect(resolved(lib(manifest, files), 'apps/app/a.ts', '@org/lib')).toEqual([expected]);
  });

  test('subpaths: exports with patterns, the longest first, and plain paths', () => {
    const exports = { '.': './dist/index.js', './*': './dist/*.js', './ui/*': { default: './dist/ui/*/index.js' }, './one': { types: './dist/first.d.ts', import: './dist/first.js' }, './internal/*': null };
    const files = { 'packages/lib/src/index.ts': '', 'packages/lib/src/db/pool.ts': '', 'packages/lib/src/ui/button/index.tsx': '', 'packages/lib/src/first.ts': '', 'packages/lib/src/raw.ts': '' };
    expect(resolved(lib({ exports }, files), 'apps/app/a.ts', '@org/lib', '@org/lib/db/pool', '@org/lib/ui/button', '@org/lib/one', '@org/lib/src/raw', '@org/lib/dist/raw', '@org/lib/raw', '@org/lib/none')).toEqual(
      ['packages/lib/src/index.ts', 'packages/lib/src/db/pool.ts', 'packages/lib/src/ui/button/index.tsx', 'packages/lib/src/first.ts', 'packages/lib/src/raw.ts', 'packages/lib/src/raw.ts', 'packages/lib/src/raw.ts', 'package @org/lib ./none'],
    );
  });

  test('typesVersions and a package that imports itself', () => {
    const files = lib({ main: 'dist/index.js', typesVersions: { '*': { extra: ['dist/more.d.ts'] } } }, { 'packages/lib/src/index.ts': '', 'packages/lib/src/more.ts': '' });
    expect(resolved(files, 'packages/lib/src/index.ts', '@org/lib', '@org/lib/extra')).toEqual(['packages/lib/src/index.ts', 'packages/lib/src/more.ts']);
  });

  test.each<[string, Files]>([
    ['pnpm', { 'pnpm-workspace.yaml': 'packages:\n  - "libs/**"\n  - "!libs/**/old"\n' }],
    ['workspaces.packages', { 'package.json': { workspaces: { packages: ['./libs/*/'] } } }],
    ['lerna', { 'lerna.json': { packages: ['libs/*'] } }],
    ['rush', { 'rush.json': '/* rush */ { "projects": [{ "packageName": "util", "projectFolder": "libs/util" }] }' }],
    ['none declared', {}],
  ])('are known by %s', (_, declaration) => {
    const files = { ...declaration, 'libs/util/package.json': { name: 'shared', main: 'dist/index.js' }, 'libs/util/src/index.ts': '', 'app/package.json': { name: 'app' }, 'app/a.ts': '' };
    expect(resolved(files, 'app/a.ts', 'shared')).toEqual(['libs/util/src/index.ts']);
  });

  test('a folder of ours does not stand for a package of the same name from the registry', () => {
    const files = { 'app/package.json': { name: 'app', dependencies: { redis: '^4.0.0', shared: 'file:../shared' } }, 'app/a.ts': '', 'redis/package.json': { name: 'redis' }, 'redis/index.ts': '', 'shared/package.json': { name: 'x' }, 'shared/index.ts': '' };
    expect(resolved(files, 'app/a.ts', 'redis', 'shared')).toEqual(['package redis .', 'shared/index.ts']);
  });

  test('a tsconfig extended from a workspace package that is not linked', () => {
    const files = { ...app, 'packages/tsconfig/package.json': { name: '@org/tsconfig' }, 'packages/tsconfig/base.json': { compilerOptions: { paths: { '~/*': ['${configDir}/code/*'] } } }, 'apps/app/tsconfig.json': { extends: '@org/tsconfig/base.json' }, 'apps/app/code/b.ts': '' };
    expect(resolved(files, 'apps/app/a.ts', '~/b')).toEqual(['apps/app/code/b.ts']);
  });
});

describe('package.json imports and conventions', () => {
  test('#names, with patterns, conditions and outputs', () => {
    const imports = { '#db': './dist/db.js', '#util/*.js': './src/util/*.ts', '#log': { node: 'pino', default: './src/log.ts' }, '#self': '#self' };
    const files = { 'package.json': { name: 'x', imports }, 'src/a.ts': '', 'src/db.ts': '', 'src/util/y.ts': '', 'src/log.ts': '' };
    expect(resolved(files, 'src/a.ts', '#db', '#util/y.js', '#log', '#none', '#self')).toEqual(['src/db.ts', 'src/util/y.ts', 'src/log.ts', 'missing', 'missing']);
  });

  test('aliases whose definition is code: only where the file is there', () => {
    const files = { 'package.json': { name: 'x', _moduleAliases: { '@root': '.', $db: 'lib/db' } }, 'vite.config.ts': '', 'src/a.ts': '', 'src/ui/b.ts': '', 'lib/db/pool.ts': '' };
    expect(resolved(files, 'src/a.ts', '@/ui/b', '~/ui/b', 'src/ui/b', 'ui/b', '@root/lib/db/pool', '$db/pool', 'ui/none')).toEqual(
      ['src/ui/b.ts', 'src/ui/b.ts', 'src/ui/b.ts', 'src/ui/b.ts', 'lib/db/pool.ts', 'lib/db/pool.ts', 'package ui ./none'],
    );
  });
});

test('packages whose outputs send each other in a circle', () => {
  const half = (other: string): Files => ({ [`${other === 'a' ? 'b' : 'a'}/package.json`]: { name: other === 'a' ? 'pb' : 'pa', main: 'dist/x/y' }, [`${other === 'a' ? 'b' : 'a'}/tsconfig.json`]: { compilerOptions: { outDir: 'dist/x/y', rootDir: `../${other}` } } });
  expect(resolved({ ...half('a'), ...half('b'), 'c/package.json': { name: 'c', main: '.' }, 'd/package.json': { name: 'd', main: './' }, 'x.ts': '' }, 'x.ts', './a', './b', './a/dist/x/y', './c', './d', 'pa', 'c')).toEqual(
    ['missing', 'missing', 'missing', 'missing', 'missing', 'package pa .', 'package c .'],
  );
});

test('files created and deleted are seen after clearCache', () => {
  const made = tree({ 'a.ts': '', 'b.ts': '' });
  const resolver = createResolver(made.root);
  const kinds = (): string[] => ['./b', './c', '@/c'].map((spec) => resolver.resolve(made.at('a.ts'), spec).kind);
  expect(kinds()).toEqual(['file', 'missing', 'missing']);
  made.remove('b.ts');
  made.write('c.ts', '');
  made.write('tsconfig.json', { compilerOptions: { paths: { '@/*': ['./*'] } } });
  expect(kinds()).toEqual(['file', 'missing', 'missing']);
  resolver.clearCache();
  expect(kinds()).toEqual(['missing', 'file', 'file']);
});
