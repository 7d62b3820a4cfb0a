import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import type { AuditReport } from '../../src/audit/options.ts';

const home = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(home, 'dist/cli.js');
const made: string[] = [];

afterEach(() => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
});

/** One finding: whatever stands beside it must not hide it. */
const SOUND = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export async function addVisit(id: string) {
  const page = await prisma.page.findUnique({ where: { id } });
  await prisma.page.update({ where: { id }, data: { visits: page!.visits + 1 } });
}
`;

function project(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'robust-'));
  made.push(root);
  for (const [file, text] of Object.entries({ 'package.json': '{ "name": "program" }', 'src/sound.ts': SOUND, ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

const run = (root: string): Promise<AuditReport> => audit({ root, paths: [], preset: 'all', rules: {}, certainty: 'likely', cache: false, types: 'off', config: {}, stats: false });

const findsSound = (report: AuditReport): void => expect(report.findings.map((finding) => `${finding.ruleId} ${finding.location.file}`)).toContain('distributed/no-read-modify-write src/sound.ts');

const times = (text: string, count: number): string => text.repeat(count);

/** Every construct that can stand within itself. */
const NESTED: Readonly<Record<string, (depth: number) => string>> = {
  'parens.ts': (n) => `export const x = ${times('(', n)}1${times(')', n)};`,
  'arrays.ts': (n) => `export const x = ${times('[', n)}1${times(']', n)};`,
  'objects.ts': (n) => `export const x = ${times('{a:', n)}1${times('}', n)};`,
  'calls.ts': (n) => `declare function f(x: unknown): number; export const x = ${times('f(', n)}1${times(')', n)};`,
  'members.ts': (n) => `export const x = (o: any) => o${times('.a', n)};`,
  'chain.ts': (n) => `export const x = (o: any) => o${times('.a()', n)};`,
  'templates.ts': (n) => `export const x = ${times('`${', n)}1${times('}`', n)};`,
  'arrows.ts': (n) => `export const x = ${times('() => ', n)}1;`,
  'blocks.ts': (n) => `export function f() { ${times('{', n)}g();${times('}', n)} } declare function g(): void;`,
  'ifs.ts': (n) => `export function f(a: boolean) { ${times('if (a) {', n)}g();${times('}', n)} } declare function g(): void;`,
  'else-ifs.ts': (n) => `export function f(a: number) { ${times('if (a) g(); else ', n)}g(); } declare function g(): void;`,
  'ternaries.ts': (n) => `export const x = (a: number) => ${times('a ? 1 : ', n)}2;`,
  'sums.ts': (n) => `export const x = (a: number) => a${times('+a', n)};`,
  'logic.ts': (n) => `export const x = (a: any) => a${times('&&a', n)};`,
  'nots.ts': (n) => `export const x = (a: any) => ${times('!', n)}a;`,
  'awaits.ts': (n) => `export const x = async (a: any) => ${times('await ', n)}a;`,
  'unions.ts': (n) => `export type T = string${times('|1', n)};`,
  'types.ts': (n) => `export type T = ${times('A<', n)}1${times('>', n)}; interface A<X> { x: X }`,
  'functions.ts': (n) => `export ${times('function f(){', n)}g();${times('}', n)} declare function g(): void;`,
  'classes.ts': (n) => `export ${times('class A { a = ', Math.min(n, 40_000))}1${times('}', Math.min(n, 40_000))}`,
  'markup.tsx': (n) => `export const x = ${times('<a>', n)}${times('</a>', n)};`,
  'tries.ts': (n) => `export function f() { ${times('try{', n)}g();${times('}finally{}', n)} } declare function g(): void;`,
  'loops.ts': (n) => `export function f(a: any) { ${times('for(;;){', n)}g();${times('}', n)} } declare function g(): void;`,
  'labels.ts': (n) => `export function f() { ${Array.from({ length: Math.min(n, 40_000) }, (_, i) => `l${i}:`).join('')}{} }`,
  'assignments.ts': (n) => `export function f(a: any) { ${times('a=', n)}1; }`,
  'patterns.ts': (n) => `export function f(${times('[', n)}a${times(']', n)}: any) { return a; }`,
};

describe('bad input', () => {
  test('a syntax error is told with its line, and hides nothing else', async () => {
    const report = await run(project({ 'src/broken.ts': 'export const a = 1;\nexport const = ;\n' }));
    expect(report.errors).toEqual([{ file: 'src/broken.ts', line: 2, message: expect.any(String) }]);
    findsSound(report);
  });

  test('binary and unreadable files, directories and links in the place of files', async () => {
    const root = project({ 'src/picture.ts': Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]), 'src/secret.ts': 'export {};', 'src/folder.ts/inner.ts': 'export const a = 1;' });
    chmodSync(join(root, 'src/secret.ts'), 0);
    symlinkSync('loop.ts', join(root, 'src/loop.ts'));
    symlinkSync('missing-target.ts', join(root, 'src/dangling.ts'));
    symlinkSync('..', join(root, 'src/up'));
    const report = await run(root);
    const files = report.errors.map((error) => error.file);
    expect(files).toEqual(expect.arrayContaining(['src/picture.ts', 'src/loop.ts', 'src/dangling.ts']));
    // Who may read everything can read this too.
    if (process.getuid?.() !== 0) expect(files).toContain('src/secret.ts');
    expect(report.errors.find((error) => error.file === 'src/picture.ts')!.message).toBe('binary file');
    findsSound(report);
  });

  test('import cycles, missing modules, broken manifests and configurations', async () => {
    const report = await run(project({
      'src/a.ts': `export * from './b'; export { a } from './c'; import './a'; export class A extends B {} import { B } from './b';`,
      'src/b.ts': `export * from './a'; import { A } from './a'; export class B extends A {}`,
      'src/c.ts': `export { a } from './a'; import gone from './gone'; import lost from 'lost-package'; gone(lost); export { default } from './c';`,
      'src/d.ts': `import { a } from './c'; import d from './c'; a.b.c(); d(); export default d;`,
      'tsconfig.json': '{ "extends": "./tsconfig.json", "compilerOptions": { "paths": { "*": [3, null] }, ',
      'other/tsconfig.json': '{ "extends": ["./a.json", "no-such-package/tsconfig.json"] }',
      'other/package.json': '{ "name": ',
      'pnpm-workspace.yaml': 'packages: [',
    }));
    findsSound(report);
  });

  test('a large generated file is read in part, in bounded time', async () => {
    const lines = Array.from({ length: 50_000 }, (_, i) => `export const value${i} = { id: ${i}, name: 'value ${i}', tags: ['a', 'b'] };`);
    const rows = Array.from({ length: 15_000 }, (_, i) => `  call(${i}, { name: 'row ${i}' });`);
    const report = await run(project({
      'src/generated.ts': `import { call } from './sound';\n${lines.join('\n')}\nexport { call };`,
      'src/long.ts': `import { call } from './generated';\nexport function all() {\n${rows.join('\n')}\n}\n`,
    }));
    expect(report.errors).toEqual([]);
    findsSound(report);
  }, 60_000);

  test('nesting that a reader may still have seen', async () => {
    const report = await run(project(Object.fromEntries(Object.entries(NESTED).map(([file, text]) => [`src/${file}`, text(250)]))));
    expect(report.errors).toEqual([]);
    findsSound(report);
  }, 60_000);

  test('deep nesting on an ordinary stack is an error of that file', async () => {
    const report = await run(project(Object.fromEntries(Object.entries(NESTED).map(([file, text]) => [`src/${file}`, text(50_000)]))));
    expect(new Set(report.errors.map((error) => error.message))).toEqual(new Set(['is nested too deeply']));
    findsSound(report);
  }, 60_000);

  test('code that would run for ever when followed', async () => {
    const doubled = times('  y = y + y;\n', 60);
    const report = await run(project({
      'src/endless.ts': `
        export function ping(n: number): number { return pong(n) + pong(n); }
        export function pong(n: number): number { return ping(n) + ping(n); }
        export const omega = (f: any): any => f(f);
        export const start = () => omega(omega);
        export const y = (f: any) => ((x: any) => f((v: any) => x(x)(v)))((x: any) => f((v: any) => x(x)(v)));
        export class Node { left = new Node(); middle = new Node(); right = new Node(); get up(): Node { return this.up.up; } get both(): any { return [this.both, this.both, this.up]; } static all = Node.all; visit(): void { this.left.visit(); this.right.visit(); this.up.visit(); } }
        export class First extends Second { static make() { return Second.make(); } } export class Second extends First { static build() { return First.build(); } static other = First.missing; }
        export const self: any = { get me() { return self.me; }, inner: null }; self.inner = self; self.list = [self, self.list]; for (const one of self.list) self.list.push(one, self.list);
        export function grow() { let x: any = 1; const set = () => { x = 2; }; set(); let y = x;\n${doubled} return y; }
        export function lists() { let a: any[] = []; ${times('a = [...a, ...a, a]; ', 40)} return a.map((one) => one); }
        export function objects() { let a: any = {}; ${times('a = { ...a, a, b: a }; ', 40)} a.self = a; return a; }
        type Json = string | Json[] | { [key: string]: Json }; type A = B | { a: A; b: B }; type B = A | { a: B; b: A }; interface Tree extends Tree { left: Tree; right: Tree } type Deep<T> = Deep<Deep<T>> & { x: Deep<T> };
        export function typed(json: Json, a: A, tree: Tree, deep: Deep<string>) { json.x.y(); a.a.b.a.b.a.b.call(); tree.left.right.left.right.walk(); deep.x.x.x.run(); for (const t of tree.left.all) t.go(); }
        export async function waits(): Promise<void> { await waits(); await Promise.all([waits(), waits()].map(() => waits())); }
        export function* gives(): any { yield* gives(); for (const x of gives()) yield x; }
        export const trampoline = (...fs: any[]) => fs.reduce((a, f) => trampoline(a, f), trampoline);
      `,
      'src/wide.ts': Array.from({ length: 400 }, (_, i) => `export function f${i}(x: any) { if (x) f${(i + 1) % 400}(x); else f${(i + 7) % 400}(x); return f${(i + 13) % 400}(x) ?? f${(i + 31) % 400}; }`).join('\n'),
    }));
    expect(report.errors).toEqual([]);
    findsSound(report);
  }, 60_000);
});

describe('the built program', () => {
  beforeAll(() => {
    if (!existsSync(cli)) execFileSync(process.execPath, [join(home, 'node_modules/tsdown/dist/run.mjs')], { cwd: home, stdio: 'ignore' });
  }, 120_000);

  const start = (root: string, ...args: string[]): Promise<{ readonly code: number | null; readonly report: AuditReport; readonly stderr: string }> => new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, root, '--root', root, '--preset', 'all', '--certainty', 'likely', '--format', 'json', '--types', 'off', '--no-cache', ...args], { cwd: root });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
    child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      try {
        resolve({ code, report: JSON.parse(stdout) as AuditReport, stderr });
      } catch {
        reject(new Error(`ended with ${code ?? signal}: ${stderr.slice(0, 2000)}`));
      }
    });
  });

  test('reads code that is nested 50,000 deep', async () => {
    const { report, stderr } = await start(project(Object.fromEntries(Object.entries(NESTED).map(([file, text]) => [`src/${file}`, text(50_000)]))));
    expect(stderr).toBe('');
    expect(report.errors.filter((error) => error.message !== 'is nested too deeply')).toEqual([]);
    findsSound(report);
  }, 300_000);

  test('gives up on what is nested deeper, and on nothing else', async () => {
    const { report } = await start(project({ 'src/abyss.ts': `export const x = ${times('(', 500_000)}1${times(')', 500_000)};`, 'src/pit.ts': `export const x = ${times('[', 2_000_000)}` }));
    expect(report.errors.map((error) => error.file).sort()).toEqual(['src/abyss.ts', 'src/pit.ts']);
    findsSound(report);
  }, 120_000);

  test('runs nothing of the project', async () => {
    const write = `require('node:fs').writeFileSync(require('node:path').join(__dirname, 'MARKER'), 'run');`;
    const root = project({
      'package.json': JSON.stringify({ name: 'evil', main: './evil.js', scripts: { preinstall: 'touch MARKER', postinstall: 'touch MARKER', prepare: 'touch MARKER' }, eslintConfig: { extends: './evil.js' }, prettier: './evil.js', workspaces: ['packages/*'] }),
      'evil.js': write, 'eslint.config.js': write, '.eslintrc.js': write, 'vite.config.js': write, 'vitest.config.js': write, 'babel.config.js': write, 'jest.config.js': write, 'next.config.js': write, 'tsdown.config.js': write, '.pnp.cjs': write, '.pnpmfile.cjs': write, 'index.js': write,
      'node_modules/typescript/package.json': '{ "name": "typescript", "main": "./index.js" }', 'node_modules/typescript/index.js': write,
      'node_modules/@prisma/client/package.json': '{ "name": "@prisma/client", "main": "./index.js" }', 'node_modules/@prisma/client/index.js': write,
      'packages/a/package.json': '{ "name": "a", "main": "./evil.js", "types": "./evil.js" }', 'packages/a/evil.js': write,
      '.npmrc': 'node-options=--require ./evil.js\n', '.env': 'NODE_OPTIONS="--require ./evil.js"\n', 'tsconfig.json': '{ "compilerOptions": { "plugins": [{ "transform": "./evil.js" }] }, "extends": "./evil.js" }',
    });
    const { report } = await start(root, '--types', 'auto');
    for (const dir of ['', 'packages/a', 'node_modules/typescript', 'node_modules/@prisma/client']) expect(existsSync(join(root, dir, 'MARKER'))).toBe(false);
    findsSound(report);
  }, 120_000);
});
