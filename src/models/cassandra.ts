import type { EffectShape, LibraryModel } from '../vocabulary/model.ts';

/** Twelve seconds for one answer. `INSERT` takes the place of a row that is there. */
const result: EffectShape = { system: 'sql', onConflict: 'update', rows: 'rows', deadline: 12_000, deadlineOption: ['a2.readTimeout', 'client.a0.socketOptions.readTimeout'] };
const row = { criteria: ['object', 'a0'] } as const satisfies EffectShape;
const write: EffectShape = { kind: 'write', system: 'sql', ...row };

export default {
  name: 'cassandra',
  packages: ['cassandra-driver'],
  exports: { Client: 'Client', mapping: { members: { Mapper: 'Mapper' } }, types: 'platform#Pure', auth: 'platform#Pure' },
  types: {
    Client: {
      role: 'client', pooled: true, aliases: ['default.Client'],
      construct: { opens: true, returns: { type: 'Client', handle: 'new' } },
      members: {
        execute: { effect: { ...result, sql: 'a0', params: 'a1' } },
        batch: { effect: { ...result, sql: 'a0[].query', params: 'a0[].params', items: 'a0' } },
        eachRow: { effect: { ...result, sql: 'a0', params: 'a1' } }, stream: { effect: { ...result, sql: 'a0', params: 'a1' } },
        connect: { pure: true }, shutdown: { closes: true, pure: true }, on: { returns: 'this' },
      },
    },
    Mapper: { aliases: ['mapping.Mapper'], construct: { returns: { type: 'Mapper', handle: 'a0' } }, members: { forModel: { returns: { type: 'ModelMapper', resource: 'a0' } }, batch: { effect: { kind: 'write', action: 'execute', system: 'sql', items: 'a0' } } } },
    ModelMapper: {
      aliases: ['mapping.ModelMapper'],
      members: {
        get: { effect: { ...row, kind: 'read', action: 'find', system: 'sql', cardinality: 'one' } },
        find: { effect: { ...row, kind: 'read', action: 'find', system: 'sql', cardinality: 'many', limit: 'a1.limit' } }, findAll: { effect: { kind: 'read', action: 'find', system: 'sql', cardinality: 'many', limit: 'a0.limit' } },
        insert: [{ when: [{ at: 'a1.ifNotExists', equals: true }], effect: { ...write, action: 'insert', values: ['object', 'a0'], conditional: true, onConflict: 'ignore', affected: 'wasApplied', repeatable: true } }, { effect: { ...write, action: 'upsert', onConflict: 'update', values: ['object', 'a0'], repeatable: true } }],
        update: { effect: { ...write, action: 'update', values: ['object', 'a0'], scope: 'payload', conditional: 'a1.when' } },
        remove: { effect: { ...write, action: 'delete', repeatable: true } },
      },
    },
  },
  source: 'cassandra-driver 4.10; readTimeout of 12000 from its documentation',
  verified: 'types',
} satisfies LibraryModel;
