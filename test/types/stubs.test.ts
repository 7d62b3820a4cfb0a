import type { ts as TypeScript } from 'ts-morph';
import { expect, test, vi } from 'vitest';
import { Catalog } from '../../src/catalog/catalog.ts';
import { isStub, stubs } from '../../src/catalog/stubs.ts';
import models from '../../src/models/index.ts';
import { LIBRARIES, loadCompiler } from '../../src/types/compiler.ts';

vi.setConfig({ testTimeout: 60_000 });
const catalog = new Catalog(models);
const { ts, libraries } = loadCompiler();
const standard = new Map<string, TypeScript.SourceFile>();

/** Checks a text whose packages are all stubs: messages of what is wrong with it or with a stub. */
function check(text: string, declarations = stubs(catalog)): string[] {
  const options: TypeScript.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, lib: ['lib.esnext.d.ts'], types: [], strict: true, noEmit: true, esModuleInterop: true };
  const host: TypeScript.CompilerHost = {
    getSourceFile(name, version) {
      const library = standard.get(name);
      if (library !== undefined) return library;
      const own = name === '/main.ts' ? text : isStub(name) ? declarations.text(name) : libraries.get(name);
      if (own === undefined) return undefined;
      const file = ts.createSourceFile(name, own, version);
      if (name.startsWith(LIBRARIES)) standard.set(name, file);
      return file;
    },
    getDefaultLibFileName: () => `${LIBRARIES}/lib.esnext.d.ts`, getDefaultLibLocation: () => LIBRARIES,
    writeFile: () => {}, getCurrentDirectory: () => '/', getCanonicalFileName: (name) => name, useCaseSensitiveFileNames: () => true, getNewLine: () => '\n',
    fileExists: (name) => name === '/main.ts' || isStub(name) || libraries.has(name), readFile: () => undefined,
    resolveModuleNameLiterals: (literals) => literals.map(({ text: spec }) => {
      const file = isStub(spec) ? spec : declarations.module(spec, []);
      return { resolvedModule: file === undefined ? undefined : { resolvedFileName: file, extension: '.d.ts', isExternalLibraryImport: true } };
    }),
  };
  const program = ts.createProgram(['/main.ts'], options, host);
  const files = program.getSourceFiles().filter((file) => file.fileName === '/main.ts' || isStub(file.fileName));
  return files.flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]).map((diagnostic) => `${diagnostic.file?.fileName}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`);
}

test('every stub is a declaration without errors', () => {
  const specs = models.flatMap((model) => model.packages).filter((spec) => !spec.startsWith('@types/')).map((spec) => spec.replace(/\*$/, 'x'));
  expect(check(specs.map((spec, i) => `import * as m${i} from '${spec}'; void m${i};`).join('\n'))).toEqual([]);
});

test('clients are their types, under each way to import them', () => {
  expect(check(`
    import { PrismaClient, type Prisma } from '@prisma/client';
    import Redis from 'ioredis';
    import pg, { Pool } from 'pg';
    import express from 'express';
    const prisma = new PrismaClient();
    const client: 'prisma#PrismaClient' = prisma.__modelled;
    const delegate: 'prisma#Delegate' = prisma.user.__modelled;
    declare const tx: Prisma.TransactionClient;
    const transaction: 'prisma#TransactionClient' = tx.__modelled;
    const redis: 'ioredis#Redis' = new Redis('redis://x', {}).__modelled;
    const pool: 'pg#Pool' = new pg.Pool().__modelled;
    async function f(given: Pool) { const connection: 'pg#PoolClient' = (await given.connect()).__modelled; return connection; }
    declare const request: express.Request;
    const req: 'express#Request' = request.__modelled;
    void [client, delegate, transaction, redis, pool, f, req];
  `)).toEqual([]);
});

test('callbacks know what they are called with', () => {
  expect(check(`
    import { PrismaClient } from '@prisma/client';
    import pMap from 'p-map';
    const prisma = new PrismaClient();
    export async function f() {
      const n: number = await prisma.$transaction(async (tx) => { const t: 'prisma#TransactionClient' = tx.__modelled; void t; return 1; }, { isolationLevel: 'Serializable' });
      await pMap([1, 2], async (item) => item.toFixed());
      return n;
    }
  `)).toEqual([]);
});

test('a class given is the type argument of what comes back', () => {
  expect(check(`
    import { DataSource, Repository } from 'typeorm';
    class User { id = 1; }
    class Order { total = 1; }
    declare const dataSource: DataSource;
    type Entity<T> = T extends Repository<infer E> ? E : never;
    const repository = dataSource.getRepository(User);
    const of: Repository<Order> = dataSource.getRepository(Order);
    const same: 'typeorm#Repository' = repository.__modelled;
    void [of, same, null as unknown as Entity<typeof repository>];
  `)).toEqual([]);
});

test('contexts of a program pass through a framework', () => {
  expect(check(`
    import { initTRPC } from '@trpc/server';
    import { Hono } from 'hono';
    import { AsyncLocalStorage } from 'node:async_hooks';
    import { PrismaClient } from '@prisma/client';
    const createContext = async () => ({ prisma: new PrismaClient(), session: { userId: '1' } as { userId: string } | null });
    const t = initTRPC.context<typeof createContext>().create();
    const protectedProcedure = t.procedure.use(async ({ ctx, next }) => next({ ctx: { session: ctx.session! } }));
    protectedProcedure.input(null).mutation(async ({ ctx }) => { const c: 'prisma#PrismaClient' = ctx.prisma.__modelled; const id: string = ctx.session.userId; return [c, id]; });
    const app = new Hono<{ Variables: { db: PrismaClient } }>();
    app.get('/x', async (c) => { const db: 'prisma#PrismaClient' = c.get('db').__modelled; return c.json(db); });
    const store = new AsyncLocalStorage<PrismaClient>();
    const held: 'prisma#PrismaClient' | undefined = store.getStore()?.__modelled;
    void held;
  `)).toEqual([]);
});

test('what a model does not say is any, and a type takes as many arguments as one writes', () => {
  expect(check(`
    import { PrismaClient } from '@prisma/client';
    import type { Request } from 'express';
    import { Repository } from 'typeorm';
    declare const request: Request<{ id: string }, number, string, object>;
    const req: 'express#Request' = request.__modelled;
    class User { name = ''; }
    export async function f(repository: Repository<User>, prisma: PrismaClient) {
      const name: string | undefined = (await repository.findOne({ where: {} }))?.name;
      const id: number = (await prisma.user.findUnique({ where: {} })).id;
      return [name, id, req];
    }
  `)).toEqual([]);
});

test('a generated client is found under the name of a module that is not there', () => {
  const declarations = stubs(catalog);
  expect(declarations.module('./generated/client', ['PrismaClient'])).toBe(declarations.module('@prisma/client', []));
  expect(declarations.module('./generated/client', ['helper'])).toBeUndefined();
  expect(declarations.module('left-pad', [])).toBeUndefined();
});
