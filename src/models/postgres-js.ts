import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

/** Nothing is sent before the query is awaited: a nested fragment, or a helper such as `sql(values)`, sends nothing. */
const query: Operation = { effect: { sql: 'a0', params: 'args', system: 'sql', affected: 'count', maxBinds: 65_534 }, returns: { type: 'PendingQuery' } };
const scope = { type: 'TransactionSql', handle: 'new' } as const;

const statements: Members = {
  unsafe: { effect: { sql: 'a0', params: 'a1', system: 'sql', affected: 'count', maxBinds: 65_534 }, returns: { type: 'PendingQuery' } },
  notify: { effect: { kind: 'publish', system: 'pubsub', resource: 'a0', values: ['key', 'a1'], delivery: 'at-most-once', durable: false } },
  json: { returns: 'a0' }, array: { returns: 'a0' }, typed: { returns: 'a0' },
};

const sql: Members = {
  ...statements,
  begin: [
    {
      when: [{ at: 'a1', kind: 'present' }],
      invokes: [{ fn: 'a1', args: [scope], region: { kind: 'transaction', value: 'a0' } }],
      returns: 'invoked',
    },
    { invokes: [{ fn: 'a0', args: [scope], region: { kind: 'transaction' } }], returns: 'invoked' },
  ],
  reserve: { returns: { type: 'ReservedSql', handle: 'new' } },
  listen: { registers: [{ entry: { kind: 'event', redelivers: false, ack: 'none', identity: [], source: 'a0' }, fn: 'a1' }] },
  subscribe: { registers: [{ entry: { kind: 'cdc', redelivers: true, source: 'a0' }, fn: 'a1' }] },
  end: { closes: true, pure: true },
};

export default {
  name: 'postgres',
  packages: ['postgres'],
  exports: { default: { opens: true, returns: { type: 'Sql', handle: 'new' } } },
  types: {
    Sql: { role: 'client', pooled: true, aliases: ['postgres.Sql', 'ISql', 'postgres.ISql'], call: query, members: sql },
    ReservedSql: { role: 'client', aliases: ['postgres.ReservedSql'], call: query, members: { ...sql, release: { pure: true } } },
    TransactionSql: {
      role: 'transaction',
      aliases: ['postgres.TransactionSql'],
      call: query,
      members: {
        ...statements,
        savepoint: [
          { when: [{ at: 'a1', kind: 'present' }], invokes: [{ fn: 'a1', args: ['this'] }], returns: 'invoked' },
          { invokes: [{ fn: 'a0', args: ['this'] }], returns: 'invoked' },
        ],
        prepare: { pure: true },
      },
    },
    PendingQuery: {
      aliases: ['postgres.PendingQuery'],
      lazy: 'await',
      members: {
        values: { returns: 'this' }, raw: { returns: 'this' }, simple: { returns: 'this' }, readable: { returns: 'this' },
        execute: { run: true },
        cursor: { run: true, effect: { action: 'stream' } },
        forEach: { run: true, invokes: [{ fn: 'a0', args: ['result[]'], times: 'per-item', over: 'result', concurrency: 'sequential' }] },
        describe: { pure: true }, cancel: { pure: true },
      },
    },
  },
  source: 'postgres@3.4.9 types/index.d.ts',
  verified: 'types',
} satisfies LibraryModel;
