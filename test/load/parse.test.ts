import { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { parse, parseModule, tooDeep } from '../../src/load/parse.ts';

describe('parse', () => {
  test.each([
    ['a.ts', 'const x = <number>y; enum E { A }'],
    ['a.mts', 'export const f = async <T>(x: T) => x'],
    ['a.cts', 'import fs = require("fs"); export = fs'],
    ['a.tsx', 'export const A = () => <p>{x as string}</p>'],
    ['a.js', 'module.exports = <div>hello</div>'],
    ['a.jsx', 'export default () => <><a/></>'],
    ['a.cjs', 'if (done) return; exports.x = 1'],
    ['a.js', '#!/usr/bin/env node\nrequire("x")'],
    ['a.js', '// @flow\nimport type { A } from "a"; const f = (x: A): string => x.b'],
    ['a.d.ts', 'declare const a: 1; export default a'],
    ['a.ts', '@Injectable() class A { constructor(@Inject() private readonly b: B) {} }'],
  ])('%s: %s', (path, text) => {
    const { program, errors, complete } = parse(path, text);
    expect(errors).toEqual([]);
    expect(complete).toBe(true);
    expect(program.body.length).toBeGreaterThan(0);
  });

  test('parentheses leave no node and offsets count UTF-16 units', () => {
    const { program, comments } = parse('a.ts', 'const s = "😀"; (s) /* here */');
    expect(program.body[1]).toMatchObject({ type: 'ExpressionStatement', start: 16, expression: { type: 'Identifier', start: 17 } });
    expect(comments).toMatchObject([{ type: 'Block', value: ' here ', start: 20 }]);
  });

  test('a syntax error has its place, and the file counts as not read', () => {
    const { errors, complete, program } = parse('a.ts', 'export const a = 1;\nconst = 2;\n');
    expect(complete).toBe(false);
    expect(program.body).toEqual([]);
    expect(errors[0]).toMatchObject({ offset: 26, line: 2, column: 7 });
  });

  test('what the parser gets over is complete in spite of its errors', () => {
    const { errors, complete, program } = parse('a.mts', 'import a from "a";\nreturn a;');
    expect(errors).toMatchObject([{ line: 2, column: 1 }]);
    expect(complete).toBe(true);
    expect(program.body).toHaveLength(2);
  });

  test.each(['', '  \n', '// nothing but words\n', '/* a */'])('an empty file is complete: %j', (text) => {
    expect(parse('a.ts', text)).toMatchObject({ complete: true, errors: [], program: { body: [] } });
  });

  test('module records without a tree', () => {
    const { module, complete } = parseModule('a.ts', 'import { a } from "x"; export * from "./y"; const z = import("./z")');
    expect(complete).toBe(true);
    expect(module.staticImports[0]?.moduleRequest.value).toBe('x');
    expect(module.staticExports[0]?.entries[0]?.moduleRequest?.value).toBe('./y');
    expect(module.dynamicImports).toHaveLength(1);
    expect(parseModule('a.ts', 'import { from').complete).toBe(false);
  });
});

const NESTING: Readonly<Record<string, (n: number) => string>> = {
  parentheses: (n) => `${'('.repeat(n)}1${')'.repeat(n)}`,
  arrays: (n) => `x = ${'['.repeat(n)}${']'.repeat(n)}`,
  objects: (n) => `x = ${'{a:'.repeat(n)}1${'}'.repeat(n)}`,
  blocks: (n) => '{'.repeat(n) + '}'.repeat(n),
  functions: (n) => 'function a(){'.repeat(n) + '}'.repeat(n),
  'arrow chains': (n) => `${'a=>'.repeat(n)}1`,
  'arrow chains over lines': (n) => `${'async () =>\n'.repeat(n)}1`,
  'call chains': (n) => `a${'.b()'.repeat(n)}`,
  'calls of calls': (n) => `a${'()'.repeat(n)}`,
  members: (n) => `a${'.b'.repeat(n)}`,
  'else if': (n) => `${'if (a) {\n  b()\n}\nelse '.repeat(n)}{}`,
  'else if without braces': (n) => `${'if (a) b();\nelse '.repeat(n)}c()`,
  'if in if': (n) => `${'if (a)\n'.repeat(n)};`,
  loops: (n) => `${'for (;;) while (a) '.repeat(n)};`,
  labels: (n) => `${'a:\n'.repeat(n)};`,
  sums: (n) => `x = "a"${' +\n "a"'.repeat(n)}`,
  'sums, operator first': (n) => `x = "a"${'\n + "a"'.repeat(n)}`,
  conditionals: (n) => `${'a\n ? b\n : '.repeat(n)}c`,
  negations: (n) => `${'!'.repeat(n)}a`,
  'word operators': (n) => `${'typeof void await new '.repeat(n)}a`,
  assignments: (n) => `${'a = '.repeat(n)}1`,
  powers: (n) => `${'a ** '.repeat(n)}1`,
  templates: (n) => `x = ${'`${'.repeat(n)}1${'}`'.repeat(n)}`,
  'type arguments': (n) => `type T = ${'A<B, '.repeat(n)}B${'>'.repeat(n)}`,
  'conditional types': (n) => `type T = ${'A extends B<C, D> ? C : '.repeat(n)}D`,
  'function types': (n) => `type T = ${'() => '.repeat(n)}D`,
  'array types': (n) => `type T = A${'[]'.repeat(n)}`,
  casts: (n) => `x${' as A'.repeat(n)}`,
  'JSX elements': (n) => `x = ${'<a>'.repeat(n)}${'</a>'.repeat(n)}`,
  'JSX with text': (n) => `x = <p>${'hello <b>'.repeat(n)}${'</b>'.repeat(n)}</p>`,
  namespaces: (n) => 'namespace A {'.repeat(n) + '}'.repeat(n),
  'after a regular expression with a backtick': (n) => `x = /[\`"]/;${'('.repeat(n)}`,
  'after an apostrophe in JSX': (n) => `x = <p>it's \`</p>;${'('.repeat(n)}`,
  'among brackets in comments': (n) => '( /* ) */'.repeat(n),
};

describe('tooDeep', () => {
  test.each(Object.keys(NESTING))('%s, three thousand deep', (name) => {
    expect(tooDeep(NESTING[name]!(3000))).toBe(true);
  });

  test.each(Object.keys(NESTING))('%s, twenty deep', (name) => {
    expect(tooDeep(NESTING[name]!(20) + '\n'.repeat(2000))).toBe(false);
  });

  test.each([
    ['statements', 'await queue.add("name", { id: 1 }, { attempts: 3 })\n'],
    ['statements on one line', 'a();'],
    ['rows of data', '{ "id": 1, "tags": ["a", "b"], "name": "don\'t" },\n'],
    ['braceless ifs', 'if (a) return b;\n'],
    ['braceless ifs with else, without semicolons', 'if (a) b()\nelse c()\n'],
    ['interface members', 'load(id: string, config?: Find<Order>): Promise<Map<string, Order>>\n'],
    ['cases', 'case 1:\n'],
    ['JSX siblings', '<li className="a" onClick={() => b()}>it is - <b>here</b></li>\n'],
    ['comments with brackets', '// see (a [b {c\n'],
    ['functions', 'export async function a<T>(b: T) { return b }\n'],
    ['regular expressions', 'x = /[({]/.test(y);\n'],
    ['object properties', 'a: b ? c : d,\n'],
  ])('long but flat: %s', (_, line) => {
    const text = line.repeat(20_000);
    expect(tooDeep(line.startsWith('<') ? `x = <ul>${text}</ul>` : text)).toBe(false);
  });

  test.each([
    ['unfinished classes of regular expressions', ';/[', 300_000],
    ['escaped quotes on one line', "'\\", 400_000],
    ['closing tags', '</', 400_000],
    ['backticks', '`', 1_000_001],
    ['words', 'a ', 500_000],
  ])('answers in linear time: %s', (_, part, times) => {
    const start = performance.now();
    tooDeep(part.repeat(times));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('what it lets pass parses on an ordinary thread; 50,000 levels need a large stack', { timeout: 60_000 }, async () => {
    for (const [name, make] of Object.entries(NESTING)) {
      let depth = 1000;
      while (tooDeep(make(depth))) depth -= 50;
      parse(name.startsWith('JSX') || name.includes('JSX') ? 'a.tsx' : 'a.ts', make(depth));
    }
    const code = `const { parseSync } = require('oxc-parser'); const { parentPort } = require('node:worker_threads');
      const n = 50000; parentPort.postMessage(parseSync('a.ts', '('.repeat(n) + '1' + ')'.repeat(n), { preserveParens: false }).errors.length)`;
    const worker = new Worker(code, { eval: true, resourceLimits: { stackSizeMb: 256 } });
    expect(await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))).toBe(0);
  });
});
