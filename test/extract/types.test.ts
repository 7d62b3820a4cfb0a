import { expect, test } from 'vitest';
import { printType, printValue } from '../support/print-ir.ts';
import { fn, read } from './both-parsers.ts';

const IMPORTS = `import { Prisma, Repository as Repo } from 'p'; import Redis from 'r'; import * as K from 'k'; import S = require('s');`;

test.each([
  ['Repo<User>', 'p#Repository<User>'],
  ['Prisma.TransactionClient', 'p#Prisma.TransactionClient'],
  ['Redis', 'r#default'],
  ['Redis.Cluster', 'r#default.Cluster'],
  ['K.Knex.Transaction', 'k#Knex.Transaction'],
  ['K', 'k#*'],
  ['S.T', 's#T'],
  ['Local | null | undefined', 'Local'],
  ['(Local)[] | readonly string[]', 'Array<Local> | Array<string>'],
  ['A & B', 'A & B'],
  ['typeof x.y', 'typeof x.y'],
  ['typeof Redis', 'typeof r#default'],
  ['typeof K.a', 'typeof k#a'],
  [`import('m').N.T<string>`, 'm#N.T<string>'],
  [`typeof import('m')`, 'typeof m#*'],
  ['(a: A, ...b: B[]) => Promise<C>', '(A, Array<B>) => Promise<C>'],
  ['new (a: A) => C', 'new (A) => C'],
  [`{ a: A; b?: B; m(x: X): Y; get g(): G; [k: string]: any }`, '{ a: A; b: B; m: (X) => Y; g: G }'],
  [`[a: A, B?, ...C[]]`, '[A, B, Array<C>]'],
  [`T['key']`, 'T[key]'],
  [`T[number]`, 'T[]'],
  [`'a' | 1 | -2`, `'a' | '1' | '-2'`],
  ['keyof T', 'keyof<T>'],
  ['x is T', 'boolean'],
  ['T extends U ? A : B', 'unknown'],
  ['bigint', 'bigint'],
])('%s', (type, expected) => {
  const ir = read(`${IMPORTS} function f(x): ${type} { return 1 as any; }`);
  expect(printType(fn(ir, 'f').returns!)).toBe(expected);
});

test('annotations and casts are remembered for values', () => {
  const f = fn(read(`${IMPORTS} function f(a, b) { const x: Repo<U> = a; const y = b as unknown as Prisma; const z = {} satisfies Z; const k = [1] as const; let n: N = null; n = a.q; }`), 'f');
  expect(f.types!.map(([v, type]) => `${printValue(f, v)}: ${printType(type)}`)).toEqual(['p0: p#Repository<U>', 'p1: p#Prisma', '{}: Z', 'p0.q: N']);
});

test('interfaces and aliases', () => {
  const { types } = read(`import { B } from 'b'; interface A<T> extends B<T> { x: T; m(y: string): Promise<T> } interface A<T> { z: 1 } export type C<U> = { u: U };`);
  expect(types).toEqual({
    A: {
      kind: 'interface',
      params: ['T'],
      extends: [{ spec: 'b', name: 'B', args: [{ name: 'T' }] }],
      members: { x: { name: 'T' }, m: { name: '=>', params: [{ name: 'string' }], return: { name: 'Promise', args: [{ name: 'T' }] } }, z: { name: 'literal', key: '1' } },
    },
    C: { kind: 'alias', params: ['U'], alias: { name: '{}', members: { u: { name: 'U' } } } },
  });
});
