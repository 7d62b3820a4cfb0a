import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const result: EffectShape = { system: 'sql', rows: 'rows', affected: 'rowsAffected' };
/** A text, or `{ sql, args }`. */
const execute: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'object' }], effect: { ...result, sql: 'a0.sql', params: 'a0.args' } },
  { effect: { ...result, sql: 'a0', params: 'a1' } },
];
/** All or none of them. */
const batch: Operation = { effect: { ...result, sql: 'a0[].sql', params: 'a0[].args' } };
const statements: Readonly<Record<string, Member>> = { execute, batch, executeMultiple: { effect: { ...result, sql: 'a0' } }, close: { closes: true, pure: true } };

export default {
  name: 'libsql',
  packages: ['@libsql/client', '@libsql/client/*'],
  oneWriter: true,
  exports: { createClient: { opens: true, returns: { type: 'Client', handle: 'new' } } },
  types: {
    Client: { role: 'client', members: { ...statements, migrate: batch, transaction: { transaction: { is: 'begin' }, returns: { type: 'Transaction', handle: 'new' } }, sync: { pure: true } } },
    Transaction: {
      role: 'transaction',
      members: { ...statements, commit: { transaction: { is: 'commit', handle: 'this' } }, rollback: { transaction: { is: 'rollback', handle: 'this' } }, close: { pure: true } },
    },
  },
  source: '@libsql/core 0.18',
  verified: 'types',
} satisfies LibraryModel;
