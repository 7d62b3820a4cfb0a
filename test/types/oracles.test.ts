import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { afterAll, expect, test, vi } from 'vitest';
import { Catalog } from '../../src/catalog/catalog.ts';
import { createResolver } from '../../src/load/resolve.ts';
import models from '../../src/models/index.ts';
import { morphOracle } from '../../src/types/morph-oracle.ts';
import { servicesOracle } from '../../src/types/services-oracle.ts';

vi.setConfig({ testTimeout: 60_000 });
const catalog = new Catalog(models);
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

function write(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'oracle-')));
  folders.push(root);
  for (const [file, text] of Object.entries({ 'package.json': '{ "name": "program" }', ...files })) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

/** The span of a call by its text up to the parenthesis. */
function call(text: string, start: string): [number, number] {
  const from = text.indexOf(start);
  let depth = 0;
  for (let at = from + start.length - 1; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')' && (depth -= 1) === 0) return [from, at + 1];
  }
  throw new Error(`no call ${start}`);
}

function morph(files: Readonly<Record<string, string>>) {
  const root = write(files);
  const resolver = createResolver(root);
  const oracle = morphOracle({ root, catalog, ir: () => undefined, candidates: () => [], resolve: (from, spec) => resolver.resolve(from, spec).file });
  return { root, oracle, at: (file: string, start: string) => oracle.receiverAt(file, call(files[file]!, start)) };
}

function services(root: string, files: Readonly<Record<string, string>>) {
  const names = Object.keys(files).filter((file) => /\.ts$/.test(file) && !file.includes('node_modules')).map((file) => join(root, file));
  const program = ts.createProgram(names, { strict: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, lib: ['lib.es2022.d.ts'], types: [], noEmit: true });
  const oracle = servicesOracle({ program, root, catalog });
  return (file: string, start: string) => oracle.receiverAt(file, call(files[file]!, start));
}

const PRISMA = {
  'node_modules/@prisma/client/package.json': '{ "name": "@prisma/client", "types": "index.d.ts" }',
  'node_modules/@prisma/client/index.d.ts': `
    export declare namespace Prisma {
      interface UserDelegate { create(args: { data: object }): Promise<{ id: string }>; }
      type TransactionClient = Omit<PrismaClient, '$transaction' | '$connect'>;
    }
    export declare class PrismaClient {
      user: Prisma.UserDelegate;
      $transaction<R>(fn: (tx: Prisma.TransactionClient) => Promise<R>): Promise<R>;
      $connect(): Promise<void>;
    }`,
};

const CONTEXT = {
  'src/context.ts': `
    import { PrismaClient } from '@prisma/client';
    const prisma = new PrismaClient();
    export function createContext(user: string) { return { user, prisma }; }
    export type Context = ReturnType<typeof createContext>;`,
  'src/resolver.ts': `
    import type { Context } from './context';
    type Resolver<R> = (args: object, ctx: Context) => R;
    const wrap = <R>(resolver: Resolver<R>): Resolver<R> => resolver;
    export const create = wrap(async (args, ctx) => ctx.prisma.user.create({ data: args }));
    export const update = wrap(async (args, { prisma: db }) => { const users = db.user; return users.create({ data: args }); });`,
};

test('the client in a context that a factory makes, without the package', () => {
  const { at } = morph(CONTEXT);
  expect(at('src/resolver.ts', 'ctx.prisma.user.create(')).toEqual({ model: 'prisma#PrismaClient', name: 'PrismaClient', path: ['user'], args: undefined });
  expect(at('src/resolver.ts', 'users.create(')).toMatchObject({ model: 'prisma#Delegate' });
});

const GENERIC = {
  'src/db.ts': `
    import { PrismaClient } from '@prisma/client';
    type Tx = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];
    export class Database {
      private readonly client = new PrismaClient();
      async inTransaction<R>(work: (tx: Tx) => Promise<R>): Promise<R> { return this.client.$transaction(work); }
    }
    export async function retrying<T extends PrismaClient>(db: T, n: number) { return db.user.create({ data: { n } }); }`,
  'src/use.ts': `
    import { Database } from './db';
    export const place = (database: Database) => database.inTransaction(async (tx) => tx.user.create({ data: {} }));
    export const later = (make: () => Database) => make().inTransaction(async () => 1);`,
};

test('the transaction that a generic wrapper hands out, and a type parameter by its constraint', () => {
  const { at } = morph(GENERIC);
  expect(at('src/use.ts', 'tx.user.create(')).toMatchObject({ model: 'prisma#TransactionClient', path: ['user'] });
  expect(at('src/db.ts', 'db.user.create(')).toMatchObject({ model: 'prisma#PrismaClient', path: ['user'] });
  expect(at('src/use.ts', 'make().inTransaction(')).toEqual({ file: 'src/db.ts', name: 'Database' });
});

test('both oracles agree when the package is installed, and with the stub when it is not', () => {
  for (const [files, asked] of [[CONTEXT, ['src/resolver.ts', 'ctx.prisma.user.create(']], [GENERIC, ['src/db.ts', 'db.user.create(']], [GENERIC, ['src/use.ts', 'make().inTransaction(']]] as const) {
    const [file, start] = asked;
    const stubbed = morph(files).at(file, start);
    const installed = { ...files, ...PRISMA };
    const { root, at } = morph(installed);
    expect(at(file, start)).toEqual(stubbed);
    expect(services(root, installed)(file, start)).toEqual(stubbed);
  }
  // `Omit<PrismaClient, …>` is what the real package calls the transaction.
  const installed = { ...GENERIC, ...PRISMA };
  const { root, at } = morph(installed);
  expect(at('src/use.ts', 'tx.user.create(')?.model).toMatch(/^prisma#/);
  expect(services(root, installed)('src/use.ts', 'tx.user.create(')).toEqual(at('src/use.ts', 'tx.user.create('));
});

test('unions, intersections, casts, classes and their subclasses', () => {
  const files = {
    'src/a.ts': `
      import { Pool, type PoolClient } from 'pg';
      import { Repository } from 'typeorm';
      import type { Redis } from 'ioredis';
      import { User } from './user';
      class Users extends Repository<User> { named(name: string) { return this.find({ where: { name } }); } }
      interface Port { save(x: number): void }
      declare const o: { db: Pool | PoolClient | undefined; both: Pool | Redis; mixed: Pool & { tag: string }; users: Users; port: Port; repo: Repository<User>; none: any; cls: typeof Users; raw: unknown };
      export function f() {
        o.db?.query('1'); o.both.query('2'); o.mixed.query('3'); o.users.save({}); o.port.save(1); o.repo.save({}); o.none.save(4); (o.db as any).query('5'); o.cls.create(6); (o.raw as Redis).set('k', 'v'); o.repo!.delete(7);
      }`,
    'src/user.ts': 'export class User { name = ""; }',
  };
  const { at } = morph(files);
  const ask = (start: string) => at('src/a.ts', start);
  expect(ask('o.db?.query(')).toMatchObject({ model: 'pg#Pool' });
  expect(ask('o.both.query(')).toBeUndefined();
  expect(ask('o.mixed.query(')).toMatchObject({ model: 'pg#Pool' });
  expect(ask('o.users.save(')).toEqual({ file: 'src/a.ts', name: 'Users' });
  expect(ask('o.port.save(')).toEqual({ file: 'src/a.ts', name: 'Port' });
  expect(ask('o.repo.save(')).toEqual({ model: 'typeorm#Repository', name: 'Repository', args: [{ spec: './user.ts', name: 'User' }] });
  expect(ask('o.none.save(')).toBeUndefined();
  expect(ask('(o.db as any).query(')).toMatchObject({ model: 'pg#Pool' });
  expect(ask('o.cls.create(')).toEqual({ file: 'src/a.ts', name: 'Users', isStatic: true });
  expect(ask('(o.raw as Redis).set(')).toMatchObject({ model: 'ioredis#Redis' });
  expect(ask('o.repo!.delete(')).toMatchObject({ model: 'typeorm#Repository' });
});

test('nothing is loaded before the first question, and nothing is fatal', () => {
  const { oracle, at } = morph({
    'tsconfig.json': '{ "extends": ["./tsconfig.json", "nowhere/base"], "compilerOptions": { "plugins": [{ "name": "./evil.js" }], "lib": ["nonsense"], "noLib": true, "target": "es3", "types": ["missing"], "paths": { "*": ["../../../../*"], "a/*": 7 }, "module": 3 }, "files": 3 ',
    'evil.js': 'throw new Error("run")',
    'src/a.ts': "import { Redis } from 'ioredis'; import x from './binary'; import './a'; export const f = (o: { redis: Redis }) => o.redis.set('a', x); class { ",
    'src/binary.ts': '\0\0\0',
    'src/big.ts': `import { Redis } from 'ioredis'; export const g = (o: { redis: Redis }) => o.redis.set('a', 1); /* ${'x'.repeat(1 << 20)} */`,
  });
  expect(oracle.stats.programs).toBe(0);
  expect(at('src/a.ts', 'o.redis.set(')).toEqual({ model: 'ioredis#Redis', name: 'Redis' });
  expect(at('src/big.ts', 'o.redis.set(')).toBeUndefined();
  expect(oracle.receiverAt('src/absent.ts', [0, 10])).toBeUndefined();
  expect(oracle.receiverAt('src/a.ts', [3, 4])).toBeUndefined();
});
