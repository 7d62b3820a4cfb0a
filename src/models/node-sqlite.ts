import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'node-sqlite',
  packages: ['node:sqlite', 'bun:sqlite'],
  oneWriter: true,
  exports: { DatabaseSync: 'DatabaseSync', Database: 'DatabaseSync', default: 'DatabaseSync' },
  types: {
    DatabaseSync: {
      role: 'client', aliases: ['Database'],
      construct: { returns: { type: 'DatabaseSync', handle: 'new' } },
      members: {
        prepare: { returns: { type: 'StatementSync' } }, query: { returns: { type: 'StatementSync' } },
        exec: { effect: { sql: 'a0', system: 'sql', immediate: true } }, run: { effect: { sql: 'a0', params: 'a1', system: 'sql', affected: 'changes', immediate: true } },
        close: { pure: true },
      },
    },
    StatementSync: {
      aliases: ['Statement'],
      // Prepared once, run often: each run is the statement it was made with.
      command: { effect: { sql: 'a0', system: 'sql', affected: 'changes', immediate: true } },
      members: { run: { command: 'this' }, get: { command: 'this' }, all: { command: 'this' }, values: { command: 'this' }, iterate: { command: 'this' } },
    },
  },
  source: '@types/node 22 (sqlite.d.ts); bun:sqlite from its documentation',
  verified: 'types',
} satisfies LibraryModel;
