import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const read: EffectShape = { kind: 'read', system: 'mongo', criteria: ['mongo', 'a0'] };
const find: EffectShape = { ...read, action: 'find', order: ['mongo', 'a1.sort'], limit: 'a1.limit', offset: 'a1.skip' };
const one: Operation = { effect: { ...find, cardinality: 'one', limit: 1, batchCounterpart: 'find' } };
const insert: Operation = { effect: { kind: 'write', action: 'insert', system: 'mongo', values: ['object', 'a0'], repeatable: false } };
const changes: EffectShape = { kind: 'write', action: 'update', system: 'mongo', criteria: ['mongo', 'a0'], values: ['mongo', 'a1'], scope: 'payload', repeatable: true, affected: '' };
const upserts: Operation = { effect: { ...changes, action: 'upsert', onConflict: 'update', conflictTarget: 'a0', affected: 'numberAffected' } };
const update: readonly Operation[] = [{ when: [{ at: 'a2.upsert', equals: true }], effect: { ...changes, action: 'upsert', onConflict: 'update', conflictTarget: 'a0' } }, { effect: changes }];
const remove: Operation = { effect: { kind: 'write', action: 'delete', system: 'mongo', criteria: ['mongo', 'a0'], repeatable: true, affected: '' } };
const given = [{ type: 'platform#RequestData' }, { type: 'platform#RequestData' }, { type: 'platform#RequestData' }, { type: 'platform#RequestData' }] as const;
const count: Operation = { run: true, effect: { action: 'count' } };
const each: Operation = { run: true, invokes: [{ fn: 'a0', args: ['result[]'], times: 'per-item', over: 'result', concurrency: 'sequential' }] };
const timer: Operation = { invokes: [{ fn: 'a0', when: 'later', region: { kind: 'background' } }] };

const statics: Readonly<Record<string, Member>> = {
  // A client that was cut off asks for the method again.
  methods: { registers: [{ entry: { kind: 'rpc', redelivers: false, ack: 'return' }, fn: 'a0.*', args: given }] },
  publish: { registers: [{ entry: { kind: 'http', ack: 'return', method: '#GET', source: 'a0' }, fn: 'a1', args: given }] },
  defer: timer, setTimeout: timer, startup: { invokes: [{ fn: 'a0' }] }, Error: 'platform#Pure',
};

export default {
  name: 'meteor',
  packages: ['@types/meteor', 'meteor/meteor', 'meteor/mongo', 'meteor/check', 'meteor/random'],
  exports: {
    Meteor: { members: statics }, Mongo: { members: { Collection: 'Collection' } },
    check: { pure: true }, Match: 'platform#Pure', Random: { members: { id: { yields: 'id' }, secret: { yields: 'random' }, hexString: { yields: 'random' }, fraction: { yields: 'random' } } },
  },
  types: {
    Collection: {
      aliases: ['Mongo.Collection'], role: 'client',
      construct: { returns: { type: 'Collection', handle: 'new', resource: 'a0' } },
      members: {
        find: { effect: { ...find, cardinality: 'many' }, returns: { type: 'Cursor' } }, findOne: one, findOneAsync: one,
        insert, insertAsync: insert, update, updateAsync: update, upsert: upserts, upsertAsync: upserts, remove, removeAsync: remove,
        rawCollection: { returns: { type: 'mongodb#Collection', resource: 'this' } },
      },
    },
    Cursor: { aliases: ['Mongo.Cursor'], lazy: 'run', members: { fetch: { run: true }, fetchAsync: { run: true }, count, countAsync: count, forEach: each, forEachAsync: each, map: each, mapAsync: each } },
  },
  source: '@types/meteor 2.9',
  verified: 'types',
} satisfies LibraryModel;
