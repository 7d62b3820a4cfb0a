import { expect, test } from 'vitest';
import { events, fn, inside, read } from './both-parsers.ts';

test('equal terms have equal numbers, and a copy is the thing itself', () => {
  const { values, body } = fn(read('function f(a) { const b = a; return b.x + a.x; }'), 'f');
  expect(values).toEqual([['param', 0], ['get', 0, 'x'], ['bin', '+', 1, 1]]);
  expect(body).toEqual([['return', 2, [29, 46]]]);
});

test('objects, arrays, functions and classes have an identity each', () => {
  const { values } = fn(read('function f() { return [{}, {}, [], [], () => 1, () => 1, class {}, class {}]; }'), 'f');
  expect(values.map(([kind]) => kind)).toEqual(['obj', 'obj', 'arr', 'arr', 'fn', 'fn', 'class', 'class', 'arr']);
});

test('imports, globals, literals', () => {
  expect(
    events(`
      import a, { b as c } from 's'; import * as ns from 't';
      function f() { return [a, c, ns.d, process, undefined, void 0, null, true, 'x', 1, -1, 10n, /x/g, \`t\`, \`a\${c}b\`, this, import.meta]; }`),
  ).toEqual([
    'return [import(s default), import(s b), import(t *).d, process, undefined, undefined, null, true, "x", 1, -1, 10, /x/g, "t", tpl(a${}b; import(s b)), this, import.meta]',
  ]);
});

test('a number that JSON cannot hold', () => {
  expect(inside('return 1e999;')).toEqual(['return Infinity']);
});

test('computed keys are names when they are known', () => {
  expect(inside(`const k = 'x'; return [a.b, a['b'], a[0], a[k], a[b], a.p];`)).toEqual(['return [p0.b, p0.b, p0.0, p0.x, p0[p1], p0.p]']);
});

test('object literals', () => {
  expect(inside(`return { x: 1, 'y': 2, [a]: 3, b, ...c, 4: 5, __proto__: null };`)).toEqual(['return {x: 1, y: 2, [p0]: 3, b: p1, ...p2, 4: 5, __proto__: null}']);
});

test('an accessor in an object literal has no value of its own', () => {
  expect(inside(`return { get x() { return 1; }, set x(v) {}, m() {} };`)).toEqual(['return {x: unknown, m: fn#4}']);
});

test('casts change nothing', () => {
  expect(inside('return ((a as B)!.c satisfies D)(<E>b);')).toEqual(['r0 = p0.c(p1) returned', 'return r0']);
});

test('JSX: what it contains is evaluated', () => {
  expect(events('function f(a) { return <A b={g(a)} {...a}>{h(a)}<B onClick={() => a()}/></A>; }', 'f', 'tsx')).toEqual([
    'r0 = g(p0) argument',
    'r1 = h(p0) element',
    'return unknown',
  ]);
});
