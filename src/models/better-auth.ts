import type { EffectShape, LibraryModel } from '../vocabulary/model.ts';

const rows: EffectShape = { system: 'sql', resource: 'a0.model', criteria: ['filters', 'a0.where'] };
const read: EffectShape = { ...rows, kind: 'read', action: 'find', cardinality: 'many' };
const update: EffectShape = { ...rows, kind: 'write', action: 'update', values: ['object', 'a0.update'], scope: 'payload', repeatable: true };
const remove: EffectShape = { ...rows, kind: 'write', action: 'delete', repeatable: true };

/** The adapter that plugins read and write their tables through, whatever the database. */
export default {
  name: 'better-auth',
  packages: ['better-auth', 'better-auth/*', '@better-auth/core', '@better-auth/core/*'],
  source: 'better-auth 1.7',
  verified: 'types',
  types: {
    Adapter: {
      aliases: ['DBAdapter', 'DBTransactionAdapter'],
      role: 'client',
      members: {
        findOne: { effect: { ...read, cardinality: 'one' } },
        findMany: { effect: { ...read, limit: 'a0.limit', offset: 'a0.offset' } },
        count: { effect: { ...read, action: 'count' } },
        create: { effect: { kind: 'write', action: 'insert', system: 'sql', resource: 'a0.model', values: ['object', 'a0.data'], cardinality: 'one', repeatable: false } },
        // Null when no row had what was asked for.
        update: { effect: { ...update, affected: '' } },
        updateMany: { effect: { ...update, affected: '' } },
        incrementOne: { effect: { ...rows, kind: 'write', action: 'increment', atomic: true, values: ['object', 'a0.set'], affected: '', repeatable: false } },
        delete: { effect: remove },
        deleteMany: { effect: { ...remove, affected: '' } },
        consumeOne: { effect: { ...remove, affected: '' } },
        transaction: { invokes: [{ fn: 'a0', args: [{ type: 'Adapter', handle: 'new' }], region: { kind: 'transaction' } }], returns: 'invoked' },
      },
    },
  },
} satisfies LibraryModel;
