import { expect, test } from 'vitest';
import { printValue } from '../support/print-ir.ts';
import { events, fn, inside, read } from './both-parsers.ts';

const slots = (text: string, name = ''): string[] => {
  const found = fn(read(text), name);
  return found.slots.map((v) => printValue(found, v));
};

test('a variable is what it was last given', () => {
  expect(inside('let x = a; x = b; x += 1; return x;')).toEqual(['return (p1 + 1)']);
});

test('block scopes and shadowing', () => {
  expect(inside('const x = 1; { const x = 2; g(x); } if (a) { let x = 3; g(x); } return x;')).toEqual(['r0 = g(2) dropped', 'if p0', '  r1 = g(3) dropped', 'return 1']);
  expect(inside('g(x); var x = 1; { var x = 2; } return x;')).toEqual(['r0 = g(undefined) dropped', 'return 2']);
});

test('branches join', () => {
  expect(inside('let x = 1; if (a) x = 2; return x;')).toEqual(['return phi(1, 2)']);
  expect(inside('let x; if (a) x = 2; else x = 3; return x;')).toEqual(['return phi(2, 3)']);
  expect(inside('let x = 1; a ? (x = 2) : 0; b && (x = 3); return x;')).toEqual(['return phi(1, 2, 3)']);
});

test('a branch that leaves takes its assignments along', () => {
  expect(inside('let x = 1; if (a) { x = 2; return; } return x;')).toEqual(['if p0', '  return', 'return 1']);
});

test('loops', () => {
  expect(inside('let n = 0; for (const y of xs) n += y; return n;')).toEqual(['loop of p3', 'return phi(0, (… + item(p3)))']);
  expect(inside('let x = 1; for (const y of xs) { if (y) { x = y; break; } } return x;')).toEqual(['loop of p3', '  if item(p3)', '    break', 'return phi(1, item(p3))']);
  expect(inside('let x = 1; for (const y of xs) g(x); return x;')).toEqual(['loop of p3', '  r0 = g(1) dropped', 'return 1']);
  expect(inside('let x = 1; while (g(x)) { x = h(); continue; }')).toEqual([
    'loop while r0',
    '  r0 = g(phi(1, r1)) tested',
    '  r1 = h() assigned',
    '  continue',
  ]);
  expect(inside('let x; do { x = g(); } while (x > 1); return x;')).toEqual(['loop do (r0 > 1)', '  r0 = g() assigned', 'return r0']);
  expect(inside('for (let i = 0; i < 3; i++) g(i);')).toEqual(['loop for (phi(0, (… + 1)) < 3)', '  r0 = g(phi(0, (… + 1))) dropped']);
});

test('switch falls through', () => {
  expect(inside('let x = 1; switch (a) { case 1: x = 2; case 2: g(x); break; default: x = 3; } return x;')).toEqual([
    'switch p0',
    'case 1',
    'case 2',
    '  r0 = g(phi(1, 2)) dropped',
    '  break',
    'case default',
    'return phi(1, 2, 3)',
  ]);
});

test('a handler starts with anything the body may have assigned', () => {
  expect(inside('let t; try { t = await g(); return h(t); } catch (e) { k(t, e); } finally { z(t); }')).toEqual([
    'try 0',
    '  r0 = g() awaited',
    '  await r0',
    '  r1 = h(await(r0)) returned',
    '  return r1',
    'catch',
    '  r2 = k(phi(await(r0), undefined), caught(0)) dropped',
    'finally',
    '  r3 = z(phi(await(r0), undefined)) dropped',
  ]);
});

test('destructuring', () => {
  expect(inside(`const { x, y: { z = g() }, ['w']: v, ...r } = a; return [x, z, v, r];`)).toEqual([
    'if (p0.y.z === undefined)',
    '  r0 = g() assigned',
    'return [p0.x, default(p0.y.z, r0), p0.w, rest(p0; x, y, w)]',
  ]);
  expect(inside('const [x, , [y] = [], ...r] = a; return [x, y, r];')).toEqual(['return [p0.0, default(p0.2, []).0, rest(p0; 0, 1, 2)]']);
  expect(inside('let x; [x, b.y] = g(); ({ z: b.z } = a); return x;')).toEqual(['r0 = g() assigned', 'p1.y = r0.1', 'p1.z = p0.z', 'return r0.0']);
  expect(events('function f({ a, ...b }, [c] = [], ...d) { return [a, b, c, d]; }')).toEqual(['return [p0.a, rest(p0; a), default(p1, []).0, p2]']);
});

test('captured variables', () => {
  const text = `const prisma = new PrismaClient(); export async function f() { return () => prisma.x; }`;
  expect(slots(text)).toEqual(['r0']);
  expect(events(text, 'f.<anonymous>')).toEqual(['return cap(2,0).x']);
});

test('a slot holds every value of the variable, later ones and those from inner functions too', () => {
  expect(slots('let x = 1; const get = () => x; x = 2; const set = () => { x = 3; };')).toEqual(['phi(1, 2, in(#2, 0))']);
  expect(events('let x = 1; const set = () => { x = 3; }; g(x);', '')).toEqual(['r0 = g(phi(1, in(#1, 0))) dropped']);
  expect(events('let x = 1; const set = () => { x = 3; };', 'set')).toEqual(['cap(1,0) = 3']);
});

test('a lazily made client', () => {
  const text = 'let client: Redis | undefined; function get() { if (!client) client = new Redis(); return client; }';
  expect(slots(text)).toEqual(['in(#1, 3)']);
  expect(fn(read(text), 'get').types).toEqual([[3, { name: 'Redis' }]]);
});

test('functions are hoisted', () => {
  expect(events('g(); function g() {} h(); var h = 1;', '')).toEqual(['r0 = fn#1() dropped', 'r1 = undefined() dropped']);
});

test('the name of a function expression is known inside it', () => {
  const text = 'const f = function again(n) { return again(n - 1); };';
  expect(events(text)).toEqual(['r0 = cap(1,0)((p0 - 1)) returned', 'return r0']);
  expect(slots(text)).toEqual(['fn#1']);
});

test('labels', () => {
  expect(inside('let x = 1; out: for (const y of xs) { for (const z of y) { if (z) { x = z; break out; } continue out; } } return x;')).toEqual([
    'label out',
    '  loop of p3',
    '    loop of item(p3)',
    '      if item(item(p3))',
    '        break out',
    '      continue out',
    'return phi(1, item(item(p3)))',
  ]);
});

test('for await', () => {
  expect(inside('for await (const y of g()) h(y);')).toEqual(['r0 = g() awaited', 'loop await-of r0', '  await item(r0)', '  r1 = h(await(item(r0))) dropped']);
});
