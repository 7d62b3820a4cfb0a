import { expect, test } from 'vitest';
import { events, exported, read } from './both-parsers.ts';

test('imports', () => {
  const { imports, specs, esm } = read(`import a, { b as c, type D } from 's'; import type { E } from 't'; import * as n from 'n'; import 'side'; type X = import('u').Y;`).module;
  expect(imports.map(({ spec, name, local, typeOnly }) => `${local} = ${spec}#${name}${typeOnly ? ' (type)' : ''}`)).toEqual(['a = s#default', 'c = s#b', 'D = s#D (type)', 'E = t#E (type)', 'n = n#*']);
  expect(specs).toEqual(['s', 't', 'n', 'side', 'u']);
  expect(esm).toBe(true);
});

test('exports hold every value that a variable is ever given', () => {
  const ir = read(`
    export const a = 1, { b, c: [d] } = g();
    export let e = 1; e = 2;
    function f() {} class K {}
    export { f as default, f as g, K };
    export * from 's'; export * as ns from 't'; export { x as y } from 'u';
    import { z } from 'z'; export { z };
    export interface I {} export type T = string; type P = 1; export type { P as Q };`);
  expect(Object.keys(ir.module.exports).map((name) => [name, exported(ir, name)])).toEqual([
    ['a', '1'],
    ['b', 'r0.b'],
    ['d', 'r0.c.0'],
    ['e', 'phi(1, 2)'],
    ['default', 'fn#1'],
    ['g', 'fn#1'],
    ['K', 'class#0'],
  ]);
  expect(ir.module.reexports).toEqual({ ns: ['t', '*'], y: ['u', 'x'], z: ['z', 'z'] });
  expect(ir.module.stars).toEqual(['s']);
  expect(ir.module.types).toEqual({ K: 'K', I: 'I', T: 'T', Q: 'P' });
});

test.each([
  ['export default class A {}', 'class#0'],
  ['export default class {}', 'class#0'],
  ['export default function f() {}', 'fn#1'],
  ['export default function () {}', 'fn#1'],
  ['export default g();', 'r0'],
  ['const x = g(); export default x;', 'r0'],
  ['export default { a: 1 };', '{a: 1}'],
])('%s', (text, value) => {
  expect(exported(read(text), 'default')).toBe(value);
});

test('CommonJS', () => {
  const ir = read(
    `Object.defineProperty(exports, '__esModule', { value: true });
     exports.a = exports.b = void 0;
     const { q } = require('q'), r = require('r').sub;
     exports.a = q; module.exports.b = r; function f() { return require('late'); }
     module.exports = { f, g: 1, ...r };`,
    'js',
  );
  expect(Object.keys(ir.module.exports).map((name) => [name, exported(ir, name)])).toEqual([
    ['a', 'import(q *).q'],
    ['b', 'import(r *).sub'],
    ['=', '{f: fn#1, g: 1, ...import(r *).sub}'],
    ['f', 'fn#1'],
    ['g', '1'],
  ]);
  expect(ir.module.specs).toEqual(['late', 'q', 'r']);
  expect(ir.module.esm).toBe(false);
  expect(ir.functions[0]!.body).toEqual([]);
});

test('`import x = require()` and `export =`', () => {
  const ir = read(`import x = require('x'); import y = x.y; export = { y };`);
  expect(exported(ir, '=')).toBe('{y: import(x *).y}');
  expect(ir.module.imports).toEqual([{ spec: 'x', name: '*', local: 'x', typeOnly: false }]);
});

test('enums and namespaces are objects', () => {
  const ir = read(`export enum E { A, B = 5, C, D = 'd' } export namespace N { export const a = g(); export function f() { return a; } const hidden = 1; export interface T { x: E } }`);
  expect(exported(ir, 'E')).toBe('{A: 0, B: 5, C: 6, D: "d"}');
  expect(exported(ir, 'N')).toBe('{a: r0, f: fn#1}');
  expect(Object.keys(ir.types)).toEqual(['E', 'N.T']);
  expect(ir.module.types).toEqual({ E: 'E', N: 'N' });
  expect(ir.types['E']).toEqual({ kind: 'enum', params: [], members: { A: { name: 'literal', key: '0' }, B: { name: 'literal', key: '5' }, C: { name: 'literal', key: '6' }, D: { name: 'literal', key: 'd' } } });
});

test('ambient declarations stand for globals', () => {
  expect(events('declare const db: Db; declare function g(): void; declare module "m" { const z: 1; } declare global { var q: 1 } g(db);', '')).toEqual(['r0 = g(db) dropped']);
});
