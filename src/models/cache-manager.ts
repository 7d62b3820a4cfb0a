import type { EffectShape, LibraryModel } from '../vocabulary/model.ts';

const read: EffectShape = { kind: 'read', action: 'find', system: 'store', weight: 'cache', stale: true, criteria: ['key', 'a0'] };
const write: EffectShape = { kind: 'write', system: 'store', weight: 'cache', criteria: ['key', 'a0'], repeatable: true };
const made = { returns: { type: 'Cache', handle: 'new' } } as const;

export default {
  name: 'cache-manager',
  packages: ['cache-manager', '@nestjs/cache-manager'],
  exports: { createCache: made, caching: made, multiCaching: made },
  types: {
    Cache: {
      role: 'client',
      aliases: ['MultiCache', 'MemoryCache'],
      members: {
        get: { effect: { ...read, cardinality: 'one', batchCounterpart: 'mget' } },
        mget: { effect: { ...read, cardinality: 'many', items: 'a0' } },
        ttl: { effect: { ...read, cardinality: 'one' } },
        set: { effect: { ...write, action: 'upsert', onConflict: 'update', values: ['key', 'a1'] } },
        mset: { effect: { ...write, action: 'upsert', onConflict: 'update', items: 'a0' } },
        del: { effect: { ...write, action: 'delete' } },
        mdel: { effect: { ...write, action: 'delete', items: 'a0' } },
        clear: { effect: { kind: 'write', action: 'delete', system: 'store', weight: 'cache', repeatable: true } },
        reset: { effect: { kind: 'write', action: 'delete', system: 'store', weight: 'cache', repeatable: true } },
        wrap: { effect: { ...read, cardinality: 'one' }, invokes: [{ fn: 'a1' }], returns: 'invoked' },
        on: { returns: 'this' },
        disconnect: { pure: true },
      },
    },
  },
  source: 'cache-manager@7.2.9 dist/index.d.cts; caching, multiCaching, reset of 5.x: memory',
  verified: 'types',
} satisfies LibraryModel;
