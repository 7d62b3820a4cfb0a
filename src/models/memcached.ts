import type { EffectShape, Invocation, LibraryModel, Operation } from '../vocabulary/model.ts';

const common: EffectShape = { system: 'store', criteria: ['key', 'a0'] };
const write: EffectShape = { ...common, kind: 'write' };
/** Memcached's own callback has the result as its second argument. */
const called: readonly Invocation[] = [{ fn: 'last', args: [null, 'result'] }];
const op = (effect: EffectShape): Operation => ({ effect, invokes: called });

const add = op({ ...write, action: 'insert', values: ['key', 'a1'], onConflict: 'ignore', conditional: true, affected: '', repeatable: true, expiry: ['a2.expires', 'a2'] });
const set = op({ ...write, action: 'upsert', values: ['key', 'a1'], onConflict: 'update', repeatable: true, expiry: ['a2.expires', 'a2'] });
const replace = op({ ...write, action: 'update', values: ['key', 'a1'], conditional: true, affected: '', repeatable: true, expiry: ['a2.expires', 'a2'] });
const step = op({ ...write, action: 'increment', atomic: true, repeatable: false });
const append = op({ ...write, action: 'append', atomic: true, repeatable: false });
const read: EffectShape = { ...common, kind: 'read', action: 'find', cardinality: 'one' };
const get: readonly Operation[] = [{ when: [{ at: 'last', kind: 'function' }], ...op(read) }, { effect: { ...read, rows: 'value' } }];
const remove = op({ ...write, action: 'delete', affected: '', repeatable: true });
const touch = op({ ...write, action: 'expire', repeatable: true });

export default {
  name: 'memcached',
  packages: ['memjs', 'memcached'],
  exports: { Client: 'Client', default: 'Client' },
  types: {
    Client: {
      role: 'client', aliases: ['default', 'Memcached', 'default.Client'],
      construct: { opens: true, returns: { type: 'Client', handle: 'new' } },
      statics: { create: { opens: true, returns: { type: 'Client', handle: 'new' } } },
      members: {
        get, gets: get, getMulti: op({ ...common, kind: 'read', action: 'find', cardinality: 'many', items: 'a0' }),
        set, add, replace, cas: op({ ...write, action: 'update', values: ['key', 'a1'], conditional: true, affected: '', repeatable: true }),
        increment: step, decrement: step, incr: step, decr: step, append, prepend: append, delete: remove, del: remove, touch,
        flush: { effect: { kind: 'write', action: 'delete', system: 'store', repeatable: true } }, end: { closes: true, pure: true }, close: { closes: true, pure: true }, quit: { closes: true, pure: true },
      },
    },
  },
  source: '@types/memjs 1.3, @types/memcached 2.2',
  verified: 'types',
} satisfies LibraryModel;
