import type { EffectShape, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

const read: EffectShape = { kind: 'read', system: 'sql', criteria: ['prisma', 'a0.where'] };
const page: EffectShape = { order: ['prisma', 'a0.orderBy'], limit: 'a0.take', offset: 'a0.skip', cursor: 'a0.cursor' };
const write: EffectShape = { kind: 'write', system: 'sql', scope: 'payload' };
/** The engine splits inserted rows and the lists of a read, but not those of a write. */
const listed: EffectShape = { maxBinds: 32_767 };
const promise = { type: 'PrismaPromise' } as const;

const many: EffectShape = { ...read, ...page, action: 'find', cardinality: 'many' };
const first: EffectShape = { ...many, cardinality: 'one', limit: 1, batchCounterpart: 'findMany' };
const unique: EffectShape = { ...read, action: 'find', cardinality: 'one', batchCounterpart: 'findMany' };
const insertMany: EffectShape = { ...write, action: 'insert', values: ['prisma', 'a0.data'], items: 'a0.data', repeatable: false };

function createMany(facets: EffectShape): readonly Operation[] {
  return [
    { when: [{ at: 'a0.skipDuplicates', equals: true }], effect: { ...insertMany, ...facets, onConflict: 'ignore', repeatable: true }, returns: promise },
    { effect: { ...insertMany, ...facets }, returns: promise },
  ];
}

const update: EffectShape = {
  ...write,
  action: 'update',
  criteria: ['prisma', 'a0.where'],
  values: ['prisma', 'a0.data'],
  repeatable: true,
};

const delegate: Readonly<Record<string, Member>> = {
  findUnique: { effect: unique, returns: promise },
  findUniqueOrThrow: { effect: unique, returns: promise },
  findFirst: { effect: first, returns: promise },
  findFirstOrThrow: { effect: first, returns: promise },
  findMany: { effect: many, returns: promise },
  count: { effect: { ...read, ...page, action: 'count' }, returns: promise },
  aggregate: { effect: { ...read, ...page, action: 'aggregate' }, returns: promise },
  groupBy: { effect: { ...read, ...page, action: 'aggregate', cardinality: 'many' }, returns: promise },
  findRaw: { effect: { ...read, action: 'find', cardinality: 'many', criteria: ['mongo', 'a0.filter'], system: 'mongo' }, returns: promise },
  aggregateRaw: { effect: { kind: 'read', action: 'aggregate', system: 'mongo' }, returns: promise },
  create: { effect: { ...write, action: 'insert', values: ['prisma', 'a0.data'], repeatable: false, batchCounterpart: 'createMany' }, returns: promise },
  createMany: createMany({ affected: 'count' }),
  createManyAndReturn: createMany({ cardinality: 'many' }),
  update: { effect: { ...update, throwsWhenUnmatched: true, batchCounterpart: 'updateMany' }, returns: promise },
  updateMany: { effect: { ...update, ...listed, affected: 'count' }, returns: promise },
  updateManyAndReturn: { effect: { ...update, ...listed, affected: '', cardinality: 'many' }, returns: promise },
  upsert: { effect: { ...update, action: 'upsert', onConflict: 'update', values: ['prisma', 'a0.update'], conflictTarget: 'a0.where' }, returns: promise },
  delete: { effect: { ...write, action: 'delete', criteria: ['prisma', 'a0.where'], throwsWhenUnmatched: true, repeatable: true, batchCounterpart: 'deleteMany' }, returns: promise },
  deleteMany: { effect: { ...write, ...listed, action: 'delete', criteria: ['prisma', 'a0.where'], affected: 'count', repeatable: true }, returns: promise },
};

const raw: Readonly<Record<string, Member>> = {
  $queryRaw: { effect: { sql: 'a0', params: 'args', system: 'sql' }, returns: promise },
  $queryRawUnsafe: { effect: { sql: 'a0', params: 'args', system: 'sql' }, returns: promise },
  $queryRawTyped: { effect: { kind: 'read', action: 'execute', system: 'sql' }, returns: promise },
  $executeRaw: { effect: { sql: 'a0', params: 'args', system: 'sql', affected: '' }, returns: promise },
  $executeRawUnsafe: { effect: { sql: 'a0', params: 'args', system: 'sql', affected: '' }, returns: promise },
  $runCommandRaw: { effect: { kind: 'write', action: 'execute', system: 'mongo' }, returns: promise },
};

const transactionClient = { type: 'TransactionClient', handle: 'new' } as const;
const region = { kind: 'transaction', value: 'a1.isolationLevel' } as const;

const client: TypeShape = {
  role: 'client',
  pooled: true,
  construct: { opens: true, returns: { type: 'PrismaClient', handle: 'new' } },
  members: {
    ...raw,
    $transaction: [
      { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', args: [transactionClient], region }], returns: 'invoked' },
      { when: [{ at: 'a0', kind: 'array' }], batch: 'a0' },
      { batch: 'a0', invokes: [{ fn: 'a0', args: [transactionClient], region }], returns: 'invoked' },
    ],
    $extends: { returns: { type: 'PrismaClient' } },
    $on: { pure: true },
    $use: { pure: true },
    $connect: { pure: true },
    $disconnect: { closes: true, pure: true },
    // prisma-extension-kysely
    $kysely: 'kysely#Kysely',
    // @prisma/extension-read-replicas
    $primary: { returns: { type: 'PrismaClient' } },
    $replica: { returns: { type: 'ReplicaClient' } },
    '*': 'Delegate',
  },
};

const sql: Readonly<Record<string, Member>> = {
  sql: { pure: true },
  raw: { pure: true },
  join: { pure: true },
  validator: { pure: true },
  defineExtension: { returns: 'a0' },
};

export default {
  name: 'prisma',
  packages: ['@prisma/client', '@prisma/client/*', '.prisma/client'],
  exports: { PrismaClient: 'PrismaClient', Prisma: { members: sql } },
  generated: { PrismaClient: 'PrismaClient', Prisma: { members: sql } },
  types: {
    PrismaClient: client,
    TransactionClient: {
      role: 'transaction',
      aliases: ['Prisma.TransactionClient'],
      members: {
        ...raw,
        $extends: { returns: { type: 'TransactionClient' } },
        $kysely: 'kysely#Kysely',
        '*': 'Delegate',
      },
    },
    ReplicaClient: {
      role: 'client',
      members: {
        $queryRaw: { effect: { sql: 'a0', params: 'args', system: 'sql', stale: true }, returns: promise },
        $queryRawUnsafe: { effect: { sql: 'a0', params: 'args', system: 'sql', stale: true }, returns: promise },
        '*': 'Delegate',
      },
    },
    Delegate: { resource: 'member', members: delegate },
    PrismaPromise: {
      aliases: ['Prisma.PrismaPromise'],
      lazy: 'await',
    },
  },
  source: '@prisma/client@6.19.3 runtime/library.d.ts; public generated clients',
  verified: 'types',
} satisfies LibraryModel;
