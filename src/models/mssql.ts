import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

/** Fifteen seconds; a connection string may say otherwise, so no lack of a deadline is claimed. */
const result: EffectShape = { system: 'sql', rows: 'recordset', affected: 'rowsAffected.0', deadline: 15_000, deadlineOption: ['client.a0.requestTimeout'], maxBinds: 2_100 };
const query: Operation = { effect: { ...result, sql: 'a0', params: 'args' } };
const connect: Operation = { opens: true, returns: { type: 'ConnectionPool', handle: 'new' } };

const request: Members = {
  input: { effect: { bind: ['a0', 'last'] }, returns: 'this' }, replaceInput: { effect: { bind: ['a0', 'last'] }, returns: 'this' }, output: { returns: 'this' },
  query: { run: true, effect: { ...result, sql: 'a0' } }, batch: { run: true, effect: { ...result, sql: 'a0' } },
  // What the procedure does inside the database is not seen here.
  execute: { run: true, effect: { kind: 'call', action: 'execute', system: 'sql', resource: 'a0' } },
  bulk: { run: true, effect: { kind: 'write', action: 'insert', system: 'sql', items: 'a0.rows', repeatable: false } },
  cancel: { pure: true },
};

export default {
  name: 'mssql',
  packages: ['mssql', 'mssql/msnodesqlv8'],
  exports: {
    ConnectionPool: 'ConnectionPool', Request: 'Request', Transaction: 'Transaction', PreparedStatement: 'PreparedStatement',
    connect, query,
  },
  types: {
    ConnectionPool: {
      role: 'client', pooled: true, aliases: ['default.ConnectionPool'],
      construct: connect,
      members: { query, batch: query, connect: { returns: 'this' }, close: { closes: true, pure: true }, request: { returns: { type: 'Request' } }, transaction: { returns: { type: 'Transaction', handle: 'new' } }, on: { returns: 'this' } },
    },
    Request: {
      aliases: ['default.Request'], lazy: 'run',
      construct: { returns: { type: 'Request', handle: 'a0' } },
      members: request,
    },
    Transaction: {
      role: 'transaction', aliases: ['default.Transaction'],
      construct: { returns: { type: 'Transaction', handle: 'new' } },
      members: {
        begin: { transaction: { is: 'begin', handle: 'this', isolation: 'a0' } },
        commit: { transaction: { is: 'commit', handle: 'this' } },
        rollback: { transaction: { is: 'rollback', handle: 'this' } },
        request: { returns: { type: 'Request' } }, on: { returns: 'this' },
      },
    },
    PreparedStatement: {
      construct: { returns: { type: 'PreparedStatement', handle: 'a0' } }, lazy: 'run',
      members: { input: { returns: 'this' }, output: { returns: 'this' }, prepare: { effect: { ...result, sql: 'a0' }, returns: 'this' }, execute: { run: true, effect: { params: 'a0' } }, unprepare: { pure: true } },
    },
  },
  source: '@types/mssql 12.3; requestTimeout of 15000 from the README of mssql',
  verified: 'types',
} satisfies LibraryModel;
