import { expect, test } from 'vitest';
import { printType, printValue } from '../support/print-ir.ts';
import { events, fn, read } from './both-parsers.ts';

const names = (text: string): string[] => read(text).functions.map(({ name }) => name).sort();

test('symbolic names', () => {
  expect(
    names(`
      export function place() { const validate = () => { run(() => {}); }; }
      const jobs = { process: async () => {}, nested: { m() {} } };
      register({ process: async () => {} });
      class A { static s() {} #p = () => {}; get x() { return 1; } constructor() {} m() { return class { n() {} }; } }
      const B = class { m() {} };
      Old.prototype.m = function () {};
      this.x = () => {};
      const wrapped = wrap(async () => {});`),
  ).toEqual([
    '', '<anonymous>', 'A.#p', 'A.<fields>', 'A.constructor', 'A.m', 'A.m.<anonymous>.n', 'A.s', 'A.x', 'B.m', 'Old.m',
    'jobs.nested.m', 'jobs.process', 'place', 'place.validate', 'place.validate.<anonymous>', 'process', 'x',
  ].sort());
  expect(names('export default function () {}')).toEqual(['', 'default']);
  expect(names('export default async () => {};')).toEqual(['', 'default']);
  expect(names('module.exports = function () {}; exports.a = () => {}; module.exports.b = () => {};')).toEqual(['', 'a', 'b', 'exports']);
});

test('very deep nesting does not make names of quadratic length', () => {
  const deep = 300;
  const { functions } = read(`${'(() => '.repeat(deep)}1${')'.repeat(deep)}`);
  expect(Math.max(...functions.map(({ name }) => name.length))).toBeLessThan(200);
});

test('parameters', () => {
  const text = `import { Tx } from 't'; function f(this: Self, a: string, b?: Tx, { c }: X = {}, ...d: number[]) {}`;
  const { params, types, values } = fn(read(text), 'f');
  expect(params.map((param) => ({ ...param, type: param.type && printType(param.type), span: text.slice(...param.span) }))).toEqual([
    { name: 'a', type: 'string', span: 'a' },
    { name: 'b', type: 't#Tx', optional: true, span: 'b' },
    { name: '', type: 'X', default: values.findIndex(([kind]) => kind === 'obj'), span: '{ c }' },
    { name: 'd', type: 'Array<number>', rest: true, span: 'd' },
  ]);
  expect(types).toEqual([[0, { name: 'Self' }]]);
});

test('a default is evaluated when there is no argument', () => {
  expect(events('function f(a, tx = begin(a)) { return tx; }')).toEqual(['if (p1 === undefined)', '  r0 = begin(p0) assigned', 'return default(p1, r0)']);
});

test('async, generator, result type, directives', () => {
  const ir = read(`'use client'; export async function f(): Promise<void> { 'use server'; g(); }`);
  expect(ir.directives).toEqual(['use client']);
  expect(fn(ir, 'f')).toMatchObject({ async: true, generator: false, returns: { name: 'Promise', args: [{ name: 'void' }] }, directives: ['use server'], kind: 'function' });
  expect(fn(ir, 'f').body).toHaveLength(1);
});

test('spans and name spans', () => {
  const text = 'export const f = async (x) => x; class A { @D() async m(y: T) {} } export default (z) => { };';
  const at = (name: string): string[] => [text.slice(...fn(read(text), name).span), text.slice(...fn(read(text), name).nameSpan)];
  expect(at('f')).toEqual(['async (x) => x', 'f']);
  expect(at('A.m')).toEqual(['@D() async m(y: T) {}', 'm']);
  expect(at('default')[0]).toBe('(z) => { }');
});

test('tags before functions, methods and variables that hold functions', () => {
  const ir = read(`
    /** Sends. @see x
     * @distributed publishes orders
     * @distributed deadline 5s
     */
    export async function send() {}
    /** @distributed retries */
    export const again = wrap({ a: 1 }, async () => {});
    class A {
      /** @distributed locks */
      @D() lock() {}
      plain() {}
    }
    /** @distributed a value */
    const none = 1;
    function other() {}
    run({
      /** @distributed handler */
      handle: () => {},
      /** @distributed handler too */
      too() {},
    });`);
  expect(ir.functions.filter(({ tags }) => tags != null).map(({ name, tags }) => [name, tags])).toEqual([
    ['send', ['publishes orders', 'deadline 5s']],
    ['<anonymous>', ['retries']],
    ['A.lock', ['locks']],
    ['handle', ['handler']],
    ['too', ['handler too']],
  ]);
});

test('classes', () => {
  const text = `
    import { Inject } from 'di'; import { Base } from './base';
    @Injectable({ scope: mk(() => 1) })
    export class A<T> extends Base<T, string> implements I<T>, J {
      private x: Repo<T> = make();
      static y = 1;
      declare z: string;
      handler = async () => this.x;
      static { init(); }
      constructor(@Inject('k') private readonly db: Db, plain: string) { super(db); }
      @Cron('x') async run(@Body() b: B) { return this.db; }
      get value() { return 1; }
      static of() { return new A(); }
      abstract q(): void;
    }`;
  const ir = read(text);
  const [a] = ir.classes;
  const module = ir.functions[0]!;
  expect(a).toMatchObject({
    name: 'A',
    up: 0,
    superType: { spec: './base', name: 'Base', args: [{ name: 'T' }, { name: 'string' }] },
    implements: [{ name: 'I', args: [{ name: 'T' }] }, { name: 'J' }],
    typeParams: ['T'],
    methods: [
      { name: 'run', static: false, kind: 'method' },
      { name: 'value', static: false, kind: 'getter' },
      { name: 'of', static: true, kind: 'method' },
    ],
  });
  expect(printValue(module, a!.extends!)).toBe('import(./base Base)');
  expect(a!.fields.map(({ name, type, static: fixed }) => [name, type && printType(type), fixed])).toEqual([
    ['x', 'Repo<T>', false],
    ['y', undefined, true],
    ['z', 'string', false],
    ['handler', undefined, false],
  ]);
  expect(a!.decorators.map(({ callee, args }) => [printValue(module, callee), args!.map((arg) => printValue(module, arg as number))])).toEqual([['Injectable', ['{scope: r0}']]]);
  expect(events(text, '')).toEqual(['r0 = mk(fn#1) element']);
  expect(events(text, 'A.<fields>')).toEqual(['r0 = make() assigned', 'this.x = r0', 'this.handler = fn#7']);
  expect(events(text, 'A.<static>')).toEqual(['this.y = 1', 'r0 = init() dropped']);
  expect(events(text, 'A.constructor')).toEqual(['this.db = p0', 'r0 = super(p0) dropped']);
  const ctor = ir.functions[a!.ctor!]!;
  expect(ctor.params).toMatchObject([{ name: 'db', property: true, type: { name: 'Db' }, decorators: [{ args: [expect.any(Number)] }] }, { name: 'plain' }]);
  expect(printValue(module, ctor.params[0]!.decorators![0]!.callee)).toBe('import(di Inject)');
  expect(text.slice(...ctor.params[0]!.span)).toBe('db');
  const run = fn(ir, 'A.run');
  expect([run.kind, run.class, run.async, printValue(module, run.decorators![0]!.callee)]).toEqual(['method', 0, true, 'Cron']);
  expect(ir.module.types).toEqual({ A: 'A' });
});

test('decorated parameters with defaults have the span of their name', () => {
  const text = 'class A { m(@Ctx() ctx: Context = {}, @Q() q?: Q, @R() ...r: R[]) {} }';
  expect(fn(read(text), 'A.m').params.map(({ span }) => text.slice(...span))).toEqual(['ctx', 'q', 'r']);
});

test('arrow functions use the `this` around them', () => {
  expect(events('class A { m() { return () => this.x; } }', 'A.m.<anonymous>')).toEqual(['return this.x']);
});
