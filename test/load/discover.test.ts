import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { discover } from '../../src/load/discover.ts';
import { findProjectRoot } from '../../src/load/project-root.ts';
import { tree } from './tree.ts';
import type { Tree } from './tree.ts';

function found({ root, rel }: Tree, dir = root): string[] {
  return discover(dir).files.map(rel);
}

describe('the files of a program', () => {
  test('are all JavaScript and TypeScript, sorted, without declarations, minified code and outputs', () => {
    const made = tree({
      'package.json': '{}',
      'b.ts': '', 'a.tsx': '', 'c.mts': '', 'd.cts': '', 'e.js': '', 'f.jsx': '', 'g.mjs': '', 'h.cjs': '',
      'types.d.ts': '', 'types.d.mts': '', 'jquery.min.js': '', 'readme.md': '', 'x.json': '',
      'node_modules/p/index.js': '', 'dist/b.js': '', 'build/b.js': '', 'coverage/c.js': '', '.next/n.js': '', 'packages/p/package.json': '{}', 'packages/p/dist/i.js': '', 'packages/p/i.ts': '',
    });
    expect(found(made)).toEqual(['a.tsx', 'b.ts', 'c.mts', 'd.cts', 'e.js', 'f.jsx', 'g.mjs', 'h.cjs', 'packages/p/i.ts']);
    expect(discover(made.root).manifests.map(made.rel)).toEqual(['package.json', 'packages/p/package.json']);
  });

  test('words that mean outputs elsewhere may belong to the domain', () => {
    expect(found(tree({ 'package.json': '{}', 'src/adapters/out/mail.ts': '', 'src/insurance/coverage/quote.ts': '', 'out/x.js': '' }))).toEqual([
      'src/adapters/out/mail.ts',
      'src/insurance/coverage/quote.ts',
    ]);
  });

  test('obey .gitignore files, nested and negated ones', () => {
    const made = tree({
      '.gitignore': '# comment\n*.gen.ts\n/local\ntmp/\n!keep.gen.ts\nlogs/**/*.js\n\\#odd.ts\nfile[0-9].ts\n',
      'a.ts': '', 'a.gen.ts': '', 'keep.gen.ts': '', 'local/a.ts': '', 'src/local/a.ts': '', 'src/tmp/a.ts': '', 'logs/a.js': '', 'logs/x/y/a.js': '', 'logs/a.ts': '', '#odd.ts': '', 'file1.ts': '', 'filex.ts': '',
      'src/.gitignore': 'private.ts\n!b.gen.ts\n',
      'src/private.ts': '', 'src/deep/private.ts': '', 'src/b.gen.ts': '', 'private.ts': '',
    });
    expect(found(made)).toEqual(['a.ts', 'filex.ts', 'keep.gen.ts', 'logs/a.ts', 'private.ts', 'src/b.gen.ts', 'src/local/a.ts']);
  });

  test.each([
    ['a/**', ['a/x.ts', 'a/b/x.ts'], ['b/a/x.ts']],
    ['**/a/*.ts', ['a/x.ts', 'b/c/a/x.ts'], ['a/b/x.ts']],
    ['a/**/x.ts', ['a/x.ts', 'a/b/c/x.ts'], ['b/x.ts']],
    ['a/*/x.ts', ['a/b/x.ts'], ['a/x.ts', 'a/b/c/x.ts']],
    ['*.[a-c]?.ts', ['x.b1.ts', 'a/x.c2.ts'], ['x.d1.ts', 'x.b.ts']],
    ['[!a]x.ts', ['bx.ts'], ['ax.ts']],
    ['[]a]x.ts', [']x.ts', 'ax.ts'], ['bx.ts']],
    ['foo\\*.ts  ', ['foo*.ts'], ['foox.ts']],
    ['[x.ts', [], ['[x.ts', 'x.ts']],
    ['a*b*', ['ab.ts', 'xx/a-b-c.ts'], ['ba.ts']],
  ])('the pattern %s', (pattern, ignored, kept) => {
    const made = tree({ '.gitignore': pattern, ...Object.fromEntries([...ignored, ...kept].map((path) => [path, ''])) });
    expect(found(made)).toEqual([...kept].sort());
  });

  test('a pattern made to be slow is not', () => {
    const made = tree({ '.gitignore': `${'*a'.repeat(100)}b\n${'**/'.repeat(200)}*a/${'*/'.repeat(50)}b\n`, [`${'a'.repeat(240)}.ts`]: '', [`${'a/'.repeat(100)}c.ts`]: '' });
    const start = performance.now();
    expect(found(made)).toHaveLength(2);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('obey the .gitignore above the root, up to the repository', () => {
    const made = tree({ '.git/HEAD': '', '.gitignore': 'secret.ts\n/app/x.ts\n', 'app/secret.ts': '', 'app/x.ts': '', 'app/y.ts': '' });
    expect(found(made, made.at('app'))).toEqual(['app/y.ts']);
  });

  test('what git tracks is part of the project even if a .gitignore names it', () => {
    const made = tree({ '.gitignore': 'secrets/\n*.local.ts\n', 'src/secrets/vault.ts': '', 'src/secrets/deep/a.ts': '', 'a.local.ts': '', 'b.local.ts': '' });
    const git = (...args: string[]): Buffer => execFileSync('git', ['-C', made.root, ...args]);
    git('init', '-q');
    git('add', '-f', 'src/secrets/vault.ts', 'a.local.ts');
    expect(found(made)).toEqual(['a.local.ts', 'src/secrets/vault.ts']);
    git('update-index', '--index-version', '4');
    expect(found(made)).toEqual(['a.local.ts', 'src/secrets/vault.ts']);
    made.write('.git/index', 'DIRC nonsense');
    expect(found(made)).toEqual([]);
  });

  test('links: directories are not entered, files not read twice, broken ones told', () => {
    const made = tree({ 'src/a.ts': '' });
    made.link('src/loop', '..');
    made.link('other', 'src');
    made.link('b.ts', 'src/a.ts');
    made.link('gone.ts', 'nowhere.ts');
    made.link('self.ts', 'self.ts');
    const { files, errors } = discover(made.root);
    expect(files.map(made.rel)).toEqual(['src/a.ts']);
    expect(errors.map(({ file, message }) => [made.rel(file), message])).toEqual([
      ['gone.ts', 'is a symbolic link to a file that does not exist'],
      ['self.ts', 'is a symbolic link that leads back to itself'],
    ]);
  });

  test('a directory named like a file is a directory', () => {
    expect(found(tree({ 'x.ts/y.ts': '' }))).toEqual(['x.ts/y.ts']);
  });

  test('a root that is not there is an error, not a throw', () => {
    expect(discover('/no/such/place')).toMatchObject({ files: [], errors: [{ file: '/no/such/place', message: 'does not exist' }] });
  });
});

describe('named paths', () => {
  test('choose what is reported, not what is read', () => {
    const made = tree({ 'a/x.ts': '', 'ab/y.ts': '', 'b/z.ts': '' });
    const { files, isReported } = discover(made.root, [made.at('a'), made.at('b/z.ts')]);
    expect(files).toHaveLength(3);
    expect(files.filter(isReported).map(made.rel)).toEqual(['a/x.ts', 'b/z.ts']);
    expect(discover(made.root).isReported(made.at('ab/y.ts'))).toBe(true);
  });

  test('are read even where they would be left out', () => {
    const made = tree({ 'package.json': '{}', '.gitignore': 'tmp/', 'dist/a.js': '', 'tmp/b.ts': '', 'tmp/c.ts': '', 'types.d.ts': '' });
    const { files } = discover(made.root, [made.at('dist'), made.at('tmp/b.ts'), made.at('types.d.ts')]);
    expect(files.map(made.rel)).toEqual(['dist/a.js', 'tmp/b.ts', 'types.d.ts']);
  });

  test('that are missing, outside or no code are errors', () => {
    const made = tree({ 'in/a.ts': '', 'in/readme.md': '', 'out/b.ts': '' });
    const { errors } = discover(made.at('in'), ['nope', 'readme.md', '../out/b.ts'].map((path) => join(made.at('in'), path)));
    expect(errors.map(({ file, message }) => [made.rel(file), message.split(' ').slice(0, 3).join(' ')])).toEqual([
      ['in/nope', 'does not exist'],
      ['in/readme.md', 'is not a'],
      ['out/b.ts', 'is outside of'],
    ]);
  });
});

describe('the project root', () => {
  test.each<[string, Record<string, string | object>, string]>([
    ['a pnpm workspace', { '.git/HEAD': '', 'mono/pnpm-workspace.yaml': '', 'mono/app/package.json': {}, 'mono/app/src/a.ts': '' }, 'mono'],
    ['npm workspaces', { 'package.json': { workspaces: ['mono/*'] }, 'mono/app/package.json': {}, 'mono/app/src/a.ts': '' }, ''],
    ['the outermost turbo file', { 'turbo.json': {}, 'package.json': {}, 'mono/app/turbo.json': {}, 'mono/app/src/a.ts': '' }, ''],
    ['the repository', { '.git/HEAD': '', 'mono/app/package.json': {}, 'mono/app/src/a.ts': '' }, ''],
    ['no higher than the repository', { 'pnpm-workspace.yaml': '', 'mono/.git': 'gitdir: elsewhere', 'mono/app/src/a.ts': '' }, 'mono'],
  ])('%s', (_, files, expected) => {
    const made = tree(files);
    expect(made.rel(findProjectRoot(made.at('mono/app/src')))).toBe(expected);
    expect(made.rel(findProjectRoot(made.at('mono/app/src/a.ts')))).toBe(expected);
    expect(made.rel(findProjectRoot(made.at('mono/app/src/not/yet.ts')))).toBe(expected);
  });
});
