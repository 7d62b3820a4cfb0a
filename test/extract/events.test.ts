import { expect, test } from 'vitest';
import { events, fn, inside, read } from './both-parsers.ts';

test('what becomes of a result', () => {
  expect(
    inside(`
      await g1();
      const x = g2();
      g3(g4());
      g5().x;
      if (g6()) g7();
      [g8(), { a: g9() }];
      void g10();
      g11() === 1;
      return g12();`),
  ).toEqual([
    'r0 = g1() awaited',
    'await r0',
    'r1 = g2() assigned',
    'r2 = g4() argument',
    'r3 = g3(r2) dropped',
    'r4 = g5() receiver',
    'r5 = g6() tested',
    'if r5',
    '  r6 = g7() dropped',
    'r7 = g8() element',
    'r8 = g9() element',
    'r9 = g10() dropped',
    'r10 = g11() tested',
    'r11 = g12() returned',
    'return r11',
  ]);
});

test('the use passes through branches and casts', () => {
  expect(inside('await (a ? g() : (h() as X));')).toEqual(['if p0', '  r0 = g() awaited', 'else', '  r1 = h() awaited', 'await (p0 ? r0 : r1)']);
  expect(inside('return g() ?? h();')).toEqual(['r0 = g() returned', 'if r0', 'else', '  r1 = h() returned', 'return (r0 ?? r1)']);
  expect(inside('g() && h();')).toEqual(['r0 = g() tested', 'if r0', '  r1 = h() dropped']);
  expect(inside('a || b || g();')).toEqual(['if (p0 || p1)', 'else', '  r0 = g() dropped']);
});

test('arrow functions return their expression', () => {
  expect(events('const f = async () => g();')).toEqual(['r0 = g() returned', 'return r0']);
  expect(events('const f = async () => await g();')).toEqual(['r0 = g() awaited', 'await r0', 'return await(r0)']);
});

test('no event, no condition', () => {
  expect(inside('return a && b.c ? a || b : a ?? b;')).toEqual(['return ((p0 && p1.c) ? (p0 || p1) : (p0 ?? p1))']);
});

test('optional calls are plain calls', () => {
  expect(inside('await a?.b?.(c);')).toEqual(['r0 = p0.b(p2) awaited', 'await r0']);
});

test('new, tagged templates, spreads, super', () => {
  expect(inside('new a.B(b, ...c); return a.sql`x ${b} y`;')).toEqual(['r0 = new p0.B(p1, ...p2) dropped', 'r1 = p0.sql`x ${} y`(p1) returned', 'return r1']);
  expect(events('class A extends B { constructor() { super(1); super.m(); } }', 'A.constructor')).toEqual(['r0 = super(1) dropped', 'r1 = super.m() dropped']);
});

test('events stand in order of evaluation', () => {
  expect(inside('g().m(h(), k());')).toEqual(['r0 = g() receiver', 'r1 = h() argument', 'r2 = k() argument', 'r3 = r0.m(r1, r2) dropped']);
});

test('writing to members', () => {
  expect(inside('a.b = c; a.n += 1; a.m++; delete a.x; a[b] = 1; a.q ??= c; a.r ||= g();')).toEqual([
    'p0.b = p2',
    'p0.n = (p0.n + 1)',
    'p0.m = (p0.m + 1)',
    'p0.x = undefined',
    'p0[p1] = 1',
    'if p0.q',
    'else',
    '  p0.q = p2',
    'if p0.r',
    'else',
    '  r0 = g() assigned',
    '  p0.r = r0',
  ]);
});

test('an update is worth the new value before the name and the old one after it', () => {
  expect(inside('let n = 1; return [n++, n, ++n];')).toEqual(['return [1, (1 + 1), ((1 + 1) + 1)]']);
});

test('throw, yield, generators', () => {
  const ir = read('async function* f(a) { const x = yield g(a); yield* a; throw new Error(x); }');
  expect(fn(ir, 'f')).toMatchObject({ async: true, generator: true });
  expect(events('async function* f(a) { const x = yield g(a); yield* a; throw new Error(x); }')).toEqual([
    'r0 = g(p0) returned',
    'yield r0',
    'yield p0',
    'r1 = new Error(unknown) argument',
    'throw r1',
  ]);
});

test('await of a dynamic import is the module', () => {
  const ir = read(`async function f() { const { a } = await import('x'); return a(); }`);
  expect(ir.module.specs).toEqual(['x']);
  expect(events(`async function f() { const { a } = await import('x'); return a(); }`)).toEqual(['r0 = import(x *).a() returned', 'return r0']);
});

test('type arguments of a call', () => {
  expect(fn(read(`import { T } from 't'; function f(a) { a.get<T>(); new Map<string, T>(); }`), 'f').typeArgs).toEqual([
    [0, [{ spec: 't', name: 'T' }]],
    [1, [{ name: 'string' }, { spec: 't', name: 'T' }]],
  ]);
});
