import type { LibraryModel } from '../vocabulary/model.ts';

const open = { returns: { type: 'Database', handle: 'new' } } as const;

export default {
  name: 'better-sqlite3',
  packages: ['better-sqlite3'],
  oneWriter: true,
  exports: { default: 'Database' },
  types: {
    Database: {
      role: 'client',
      aliases: ['Database.Database', 'BetterSqlite3.Database'],
      construct: open,
      call: open,
      members: {
        prepare: { returns: { type: 'Statement' } },
        exec: { effect: { sql: 'a0', system: 'sql', immediate: true }, returns: 'this' },
        // Makes a function that runs `a0` in a transaction. Its statements are taken to run where it is made.
        transaction: {
          invokes: [{ fn: 'a0', region: { kind: 'transaction', value: '#serializable', ambient: true } }],
          returns: { type: 'TransactionFunction' },
        },
        pragma: { pure: true },
        close: { pure: true },
      },
    },
    Statement: {
      aliases: ['Database.Statement', 'BetterSqlite3.Statement'],
      // Prepared once, run often: each run is the statement it was made with.
      command: { effect: { sql: 'a0', system: 'sql', affected: 'changes', immediate: true } },
      members: {
        run: { command: 'this' },
        get: { command: 'this' },
        all: { command: 'this' },
        iterate: { command: 'this' },
        pluck: { returns: 'this' }, raw: { returns: 'this' }, expand: { returns: 'this' }, bind: { returns: 'this' }, safeIntegers: { returns: 'this' },
        columns: { pure: true },
      },
    },
    TransactionFunction: {
      aliases: ['Database.Transaction'],
      call: { pure: true },
      members: { default: { pure: true }, deferred: { pure: true }, immediate: { pure: true }, exclusive: { pure: true } },
    },
  },
  source: '@types/better-sqlite3@9.6.0 index.d.ts',
  verified: 'types',
} satisfies LibraryModel;
