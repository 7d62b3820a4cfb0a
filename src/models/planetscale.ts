import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const execute: Operation = { effect: { system: 'sql', sql: 'a0', params: 'a1', rows: 'rows', affected: 'rowsAffected' } };
const transaction: Operation = { invokes: [{ fn: 'a0', args: [{ type: 'Transaction', handle: 'new' }], region: { kind: 'transaction' } }], returns: 'invoked' };

export default {
  name: 'planetscale',
  packages: ['@planetscale/database'],
  exports: { connect: { returns: { type: 'Connection', handle: 'new' } }, Client: 'Client' },
  types: {
    Client: { role: 'client', pooled: true, construct: { returns: { type: 'Client', handle: 'new' } }, members: { execute, transaction, connection: { returns: { type: 'Connection', handle: 'new' } } } },
    Connection: { role: 'client', construct: { returns: { type: 'Connection', handle: 'new' } }, members: { execute, transaction, refresh: { pure: true } } },
    Transaction: { role: 'transaction', members: { execute } },
  },
  source: '@planetscale/database 1.20',
  verified: 'types',
} satisfies LibraryModel;
