import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

/** `[rows, fields]`, or `[header, fields]` for a write. */
const result: EffectShape = { system: 'sql', rows: '0', affected: '0.affectedRows' };
const query: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'object' }, { at: 'a1', kind: 'absent' }], effect: { ...result, sql: 'a0.sql', params: 'a0.values' } },
  { when: [{ at: 'a0', kind: 'object' }], effect: { ...result, sql: 'a0.sql', params: 'a1' } },
  { effect: { ...result, sql: 'a0', params: 'a1' } },
];

const statements: Members = { query, execute: query, escape: { returns: 'a0' }, escapeId: { returns: 'a0' }, format: { returns: 'a0' }, end: { closes: true, pure: true }, destroy: { pure: true }, on: { returns: 'this' } };
const connection = { type: 'PoolConnection', handle: 'new' } as const;

export default {
  name: 'mysql2',
  packages: ['mysql2', 'mysql2/promise', 'mysql2/promise.js'],
  exports: {
    createPool: { opens: true, returns: { type: 'Pool', handle: 'new' } },
    createConnection: { opens: true, returns: { type: 'Connection', handle: 'new' } },
    createPoolCluster: { opens: true, returns: { type: 'PoolCluster', handle: 'new' } },
    escape: { returns: 'a0' },
    format: { returns: 'a0' },
    raw: { pure: true },
  },
  types: {
    Pool: {
      role: 'client',
      pooled: true,
      aliases: ['PromisePool'],
      members: {
        ...statements,
        getConnection: [
          { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', args: [null, connection] }] },
          { returns: connection },
        ],
        promise: { returns: 'this' },
        releaseConnection: { pure: true },
      },
    },
    Connection: {
      role: 'client',
      aliases: ['PromiseConnection'],
      members: {
        ...statements,
        promise: { returns: 'this' },
        beginTransaction: { transaction: { is: 'begin', handle: 'this' } },
        commit: { transaction: { is: 'commit', handle: 'this' } },
        rollback: { transaction: { is: 'rollback', handle: 'this' } },
        connect: { pure: true },
        ping: { pure: true },
        prepare: { returns: { type: 'PreparedStatementInfo' } },
      },
    },
    PoolConnection: { role: 'client', aliases: ['PromisePoolConnection'], extends: ['Connection'], members: { release: { pure: true } } },
    PreparedStatementInfo: {
      // Prepared once, run often: each run is the statement it was made with.
      command: { effect: { ...result, sql: 'a0' } },
      members: { execute: { command: 'this' }, close: { pure: true } },
    },
    PoolCluster: {
      role: 'client',
      members: { getConnection: { returns: connection }, of: { returns: { type: 'Pool' } }, add: { pure: true }, end: { closes: true, pure: true } },
    },
  },
  source: 'mysql2@3.24.6 promise.d.ts',
  verified: 'types',
} satisfies LibraryModel;
