import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const result: EffectShape = { system: 'sql', rows: 'rows', affected: 'rowCount', tells: { rowCount: 'rows' } };
const query: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'object' }, { at: 'a0.text', kind: 'present' }], effect: { ...result, sql: 'a0.text', params: 'a0.values', maxBinds: 65_535 } },
  { effect: { ...result, sql: 'a0', params: 'a1', maxBinds: 65_535 } },
];
/** The tag of @vercel/postgres. */
const tag: Operation = { effect: { ...result, sql: 'a0', params: 'args' } };
const client = { type: 'PoolClient', handle: 'new' } as const;
const neonSql: Operation = { effect: { system: 'sql', sql: 'a0', params: 'args' }, returns: { type: 'NeonQueryPromise' } };

const connect: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', args: [null, client, null] }] },
  { returns: client },
];

const listening: readonly Operation[] = [
  {
    when: [{ at: 'a0', equals: 'notification' }],
    registers: [{ entry: { kind: 'event', redelivers: false, ordered: true, ack: 'none', identity: [] }, fn: 'a1' }],
    returns: 'this',
  },
  { returns: 'this' },
];

export default {
  name: 'pg',
  packages: ['pg', 'pg-pool', 'pg-promise/typescript/pg-subset', '@vercel/postgres', '@neondatabase/serverless'],
  exports: {
    Pool: 'Pool',
    Client: 'Client',
    default: { members: { Pool: 'Pool', Client: 'Client' } },
    // @vercel/postgres
    sql: 'VercelPool',
    db: 'VercelPool',
    createPool: { opens: true, returns: { type: 'VercelPool', handle: 'new' } },
    createClient: { returns: { type: 'VercelClient', handle: 'new' } },
    // @neondatabase/serverless
    neon: { returns: { type: 'NeonQueryFunction', handle: 'new' } },
  },
  types: {
    Pool: {
      role: 'client',
      pooled: true,
      construct: { opens: true, returns: { type: 'Pool', handle: 'new' } },
      members: { query, connect, on: { returns: 'this' }, end: { closes: true, pure: true } },
    },
    Client: {
      role: 'client',
      aliases: ['ClientBase'],
      construct: { opens: true, returns: { type: 'Client', handle: 'new' } },
      members: { query, connect: { pure: true }, on: listening, end: { closes: true, pure: true }, escapeIdentifier: { returns: 'a0' }, escapeLiteral: { returns: 'a0' } },
    },
    PoolClient: { role: 'client', extends: ['Client'], members: { release: { pure: true } } },
    VercelPool: {
      role: 'client',
      extends: ['Pool'],
      call: tag,
      members: { sql: tag, connect: { returns: { type: 'VercelPoolClient', handle: 'new' } } },
    },
    VercelClient: { role: 'client', aliases: ['VercelClientBase'], extends: ['Client'], members: { sql: tag } },
    VercelPoolClient: { role: 'client', extends: ['PoolClient'], members: { sql: tag } },
    NeonQueryFunction: {
      role: 'client',
      aliases: ['NeonQueryFunctionInTransaction'],
      call: neonSql,
      members: {
        query: { effect: { system: 'sql', sql: 'a0', params: 'a1' }, returns: { type: 'NeonQueryPromise' } },
        unsafe: { pure: true },
        transaction: [
          { when: [{ at: 'a0', kind: 'array' }], batch: 'a0' },
          {
            invokes: [{ fn: 'a0', args: [{ type: 'NeonQueryFunction', handle: 'new' }], region: { kind: 'transaction', value: 'a1.isolationLevel' } }],
            returns: 'invoked',
          },
        ],
      },
    },
    NeonQueryPromise: { lazy: 'await', members: {} },
  },
  source: '@types/pg@8.23.1 index.d.ts; @vercel/postgres@0.10.0; @neondatabase/serverless@1.2.0',
  verified: 'types',
} satisfies LibraryModel;
