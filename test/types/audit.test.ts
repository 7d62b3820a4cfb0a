import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import type { Config, TypesMode } from '../../src/audit/options.ts';

vi.setConfig({ testTimeout: 60_000 });

async function lost(files: Readonly<Record<string, string>>, types: TypesMode): Promise<string[]> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'typed-')));
  try {
    for (const [file, text] of Object.entries({ 'package.json': '{ "name": "program" }', ...files })) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), text);
    }
    const report = await audit({ root, paths: [root], preset: 'all', rules: {}, certainty: 'likely', cache: false, types, config: {} as Config, stats: false });
    return report.findings.filter((finding) => finding.ruleId === 'distributed/no-read-modify-write').map((finding) => `${finding.location.file}:${finding.location.startLine}`);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const counter = (client: string): string => `
    const row = await ${client}.counter.findUnique({ where: { id: input.id } });
    await ${client}.counter.update({ where: { id: input.id }, data: { value: row.value + 1 } });`;

test('ctx.prisma of a context factory', async () => {
  const files = {
    'src/context.ts': `
      import { PrismaClient } from '@prisma/client';
      const prisma = new PrismaClient();
      export function createContext() { return { prisma }; }
      type Context = ReturnType<typeof createContext>;
      export const resolver = <R>(run: (input: { id: string }, ctx: Context) => R) => ({ run });`,
    'src/bump.ts': `
      import { resolver } from './context';
      export const bump = resolver(async (input, ctx) => {${counter('ctx.prisma')}
      });`,
  };
  expect(await lost(files, 'auto')).toEqual(['src/bump.ts:5']);
  expect(await lost(files, 'off')).toEqual([]);
});

test('ctx.prisma of a tRPC procedure behind a middleware', async () => {
  const files = {
    'src/trpc.ts': `
      import { initTRPC } from '@trpc/server';
      import { PrismaClient } from '@prisma/client';
      export const createContext = async () => ({ prisma: new PrismaClient(), user: null as { id: string } | null });
      const t = initTRPC.context<typeof createContext>().create();
      export const router = t.router;
      export const protectedProcedure = t.procedure.use(({ ctx, next }) => next({ ctx: { user: ctx.user! } }));`,
    'src/router.ts': `
      import { router, protectedProcedure } from './trpc';
      export const counters = router({ bump: protectedProcedure.input(null).mutation(async ({ ctx, input }) => {${counter('ctx.prisma')}
      }) });`,
  };
  expect(await lost(files, 'auto')).toEqual(['src/router.ts:5']);
});

test('a builder that comes from out of sight is left alone', async () => {
  const files = {
    'src/query.ts': `
      import { Knex } from 'knex';
      import { build } from 'somewhere';
      export interface Tools { query(): Knex.QueryBuilder }
      export const use = <R>(run: (tools: Tools) => R) => build(run);`,
    'src/run.ts': `
      import { use } from './query';
      export const bump = use(async (tools) => { const [row] = await tools.query().where({ id: 1 }).select(); await tools.query().where({ id: 1 }).update({ value: row.value + 1 }); });`,
  };
  expect(await lost(files, 'auto')).toEqual([]);
});

test('what is declared needs no checker: fields, variables and parameters whose value is made out of sight', async () => {
  const files = {
    'src/field.ts': `
      import { PrismaClient } from '@prisma/client';
      import { connect } from 'somewhere';
      export class Counters {
        private readonly db: PrismaClient;
        constructor(url: string) { this.db = connect(url); }
        async bump(input: { id: string }) {${counter('this.db')}
        }
      }`,
    'src/variable.ts': `
      import { PrismaClient } from '@prisma/client';
      import { connect } from 'somewhere';
      export async function bump(input: { id: string }) {
        const db: PrismaClient = connect();${counter('db')}
      }`,
    'src/parameter.ts': `
      import { PrismaClient } from '@prisma/client';
      import { connect } from 'somewhere';
      async function bump(db: PrismaClient, input: { id: string }) {${counter('db')}
      }
      export const run = (id: string) => bump(connect(), { id });`,
  };
  expect(await lost(files, 'off')).toEqual(['src/field.ts:9', 'src/parameter.ts:6', 'src/variable.ts:7']);
});
