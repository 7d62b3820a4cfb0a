import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const read: EffectShape = { kind: 'read', action: 'find', system: 'store', weight: 'cache', criteria: ['key', 'a0'] };
const write: EffectShape = { kind: 'write', system: 'store', weight: 'cache', criteria: ['key', 'a0'], repeatable: true };
const made: Operation = { returns: { type: 'Keyv', handle: 'new' } };

export default {
  name: 'keyv',
  packages: ['keyv'],
  exports: { Keyv: 'Keyv', default: 'Keyv' },
  types: {
    Keyv: {
      role: 'client', aliases: ['default'],
      construct: made,
      members: {
        get: { effect: { ...read, cardinality: 'one', batchCounterpart: 'getMany' } }, getRaw: { effect: { ...read, cardinality: 'one' } }, getMany: { effect: { ...read, cardinality: 'many', items: 'a0' } },
        has: { effect: { ...read, action: 'exists' } },
        set: { effect: { ...write, action: 'upsert', onConflict: 'update', values: ['key', 'a1'], expiry: 'a2' } }, setMany: { effect: { ...write, action: 'upsert', onConflict: 'update', items: 'a0' } },
        delete: { effect: { ...write, action: 'delete', affected: '' } }, deleteMany: { effect: { ...write, action: 'delete', items: 'a0' } },
        clear: { effect: { kind: 'write', action: 'delete', system: 'store', weight: 'cache', repeatable: true } },
        on: { returns: 'this' }, disconnect: { pure: true },
      },
    },
  },
  source: 'keyv 6.1',
  verified: 'types',
} satisfies LibraryModel;
