import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const step: Operation = { returns: 'this' };
const read: EffectShape = { kind: 'read', system: 'mongo', criteria: ['mongo', 'a0'], handle: 'a1.session', deadlineOption: ['a1.maxTimeMS', 'a1.timeoutMS'] };
const find: EffectShape = { ...read, action: 'find', order: ['mongo', 'a1.sort'], limit: 'a1.limit', offset: 'a1.skip' };
const write: EffectShape = { kind: 'write', system: 'mongo' };
const update: EffectShape = {
  ...write, action: 'update', criteria: ['mongo', 'a0'], values: ['mongo', 'a1'], scope: 'payload', repeatable: true, handle: 'a2.session',
};
const upsert: EffectShape = { ...update, action: 'upsert', onConflict: 'update', conflictTarget: 'a0' };
const replace: EffectShape = { ...update, action: 'replace', values: ['object', 'a1'] };
const remove: EffectShape = { ...write, action: 'delete', criteria: ['mongo', 'a0'], repeatable: true, handle: 'a1.session' };

function upserting(plain: EffectShape, withUpsert: EffectShape, facets: EffectShape): readonly Operation[] {
  return [
    { when: [{ at: 'a2.upsert', equals: true }], effect: { ...withUpsert, ...facets } },
    { effect: { ...plain, ...facets } },
  ];
}

/** The result is the document or null; with `includeResultMetadata` (always before 6.0) it is under `value`. */
function returningDocument(plain: EffectShape, options: 'a1' | 'a2'): readonly Operation[] {
  const facets: EffectShape = { cardinality: 'one' };
  return [
    { when: [{ at: `${options}.includeResultMetadata`, equals: true }], effect: { ...plain, ...facets, rows: 'value', affected: 'value' } },
    ...(options === 'a2'
      ? [{ when: [{ at: 'a2.upsert', equals: true }], effect: { ...plain, ...facets, action: 'upsert', onConflict: 'update', conflictTarget: 'a0', affected: '' } } satisfies Operation]
      : []),
    { effect: { ...plain, ...facets, affected: '' } },
  ];
}

const collection: Members = {
  find: { effect: { ...find, cardinality: 'many' }, returns: { type: 'FindCursor' } },
  findOne: { effect: { ...find, cardinality: 'one', limit: 1, batchCounterpart: 'find' } },
  aggregate: { effect: { ...read, action: 'aggregate', cardinality: 'many', criteria: ['mongo', '#pipeline'] }, returns: { type: 'AggregationCursor' } },
  distinct: { effect: { ...read, action: 'find', cardinality: 'many', criteria: ['mongo', 'a1'], handle: 'a2.session', deadlineOption: 'a2.maxTimeMS' } },
  countDocuments: { effect: { ...read, action: 'count' } },
  count: { effect: { ...read, action: 'count' } },
  estimatedDocumentCount: { effect: { kind: 'read', action: 'count', system: 'mongo', stale: true, deadlineOption: 'a0.maxTimeMS' } },
  insertOne: { effect: { ...write, action: 'insert', values: ['object', 'a0'], repeatable: false, handle: 'a1.session', batchCounterpart: 'insertMany' } },
  insertMany: { effect: { ...write, action: 'insert', values: ['object', 'a0'], items: 'a0', repeatable: false, handle: 'a1.session' } },
  updateOne: upserting(update, upsert, { affected: 'modifiedCount', batchCounterpart: 'bulkWrite' }),
  updateMany: upserting(update, upsert, { affected: 'modifiedCount' }),
  replaceOne: upserting(replace, { ...replace, action: 'upsert', onConflict: 'update', conflictTarget: 'a0' }, { affected: 'modifiedCount', batchCounterpart: 'bulkWrite' }),
  deleteOne: { effect: { ...remove, affected: 'deletedCount', batchCounterpart: 'deleteMany' } },
  deleteMany: { effect: { ...remove, affected: 'deletedCount' } },
  findOneAndUpdate: returningDocument(update, 'a2'),
  findOneAndReplace: returningDocument(replace, 'a2'),
  findOneAndDelete: returningDocument(remove, 'a1'),
  bulkWrite: { effect: { ...write, action: 'execute', items: 'a0', affected: 'modifiedCount', handle: 'a1.session' } },
  initializeOrderedBulkOp: { returns: { type: 'BulkOperation' } },
  initializeUnorderedBulkOp: { returns: { type: 'BulkOperation' } },
  watch: { returns: { type: 'ChangeStream' } },
};

const terminals: Members = {
  toArray: { run: true },
  next: { run: true, effect: { cardinality: 'one' } },
  tryNext: { run: true, effect: { cardinality: 'one' } },
  hasNext: { run: true, effect: { action: 'exists' } },
  forEach: { run: true, invokes: [{ fn: 'a0', args: ['result[]'], times: 'per-item', over: 'result', concurrency: 'sequential' }] },
  stream: { run: true, effect: { action: 'stream' } },
  map: step, batchSize: step, close: step, clone: step, withReadPreference: step, withReadConcern: step, addCursorFlag: step,
  maxTimeMS: { effect: { deadlineOption: 'a0' }, returns: 'this' },
};

const withSession: readonly Operation[] = [
  { when: [{ at: 'a1', kind: 'present' }], invokes: [{ fn: 'a1', args: [{ type: 'ClientSession', handle: 'new' }] }], returns: 'invoked' },
  { invokes: [{ fn: 'a0', args: [{ type: 'ClientSession', handle: 'new' }] }], returns: 'invoked' },
];

export default {
  name: 'mongodb',
  packages: ['mongodb', 'mongodb-legacy'],
  exports: {
    MongoClient: 'MongoClient',
    ObjectId: [{ when: [{ at: 'a0', kind: 'absent' }], yields: 'id' }, { pure: true }],
    ObjectID: [{ when: [{ at: 'a0', kind: 'absent' }], yields: 'id' }, { pure: true }],
  },
  types: {
    MongoClient: {
      role: 'client',
      construct: { opens: true, returns: { type: 'MongoClient', handle: 'new' } },
      statics: { connect: { opens: true, returns: { type: 'MongoClient', handle: 'new' } } },
      members: {
        connect: { returns: 'this' },
        db: { returns: { type: 'Db' } },
        startSession: { returns: { type: 'ClientSession', handle: 'new' } },
        withSession,
        bulkWrite: { effect: { ...write, action: 'execute', items: 'a0', affected: 'modifiedCount', handle: 'a1.session' } },
        watch: { returns: { type: 'ChangeStream' } },
        close: { closes: true, pure: true },
      },
    },
    Db: {
      role: 'client',
      members: {
        collection: { returns: { type: 'Collection', resource: 'a0' } },
        client: 'MongoClient',
        watch: { returns: { type: 'ChangeStream' } },
        aggregate: { effect: { kind: 'read', action: 'aggregate', system: 'mongo', cardinality: 'many' }, returns: { type: 'AggregationCursor' } },
        createCollection: { returns: { type: 'Collection', resource: 'a0' } },
      },
    },
    Collection: { resource: 'type0', members: collection },
    FindCursor: {
      lazy: 'run',
      members: {
        ...terminals,
        filter: { effect: { criteria: ['mongo', 'a0'] }, returns: 'this' },
        sort: { effect: { order: ['mongo', 'a0'] }, returns: 'this' },
        limit: { effect: { limit: 'a0' }, returns: 'this' },
        skip: { effect: { offset: 'a0' }, returns: 'this' },
        count: { run: true, effect: { action: 'count' } },
        project: step, hint: step, min: step, max: step, collation: step, comment: step, allowDiskUse: step, returnKey: step, showRecordId: step, maxAwaitTimeMS: step,
        addQueryModifier: step,
      },
    },
    AggregationCursor: {
      lazy: 'run',
      members: {
        ...terminals,
        sort: { effect: { order: ['mongo', 'a0'] }, returns: 'this' },
        limit: { effect: { limit: 'a0' }, returns: 'this' },
        skip: { effect: { offset: 'a0' }, returns: 'this' },
        match: step, group: step, project: step, lookup: step, unwind: step, addStage: step, out: { effect: { kind: 'write', action: 'replace', resource: 'a0' }, returns: 'this' },
      },
    },
    BulkOperation: {
      aliases: ['OrderedBulkOperation', 'UnorderedBulkOperation', 'BulkOperationBase'],
      lazy: 'run',
      members: {
        find: step, insert: step, raw: step, upsert: step, update: step, updateOne: step, replaceOne: step, delete: step, deleteOne: step, collation: step, arrayFilters: step, hint: step,
        execute: { run: true, effect: { ...write, action: 'execute', affected: 'modifiedCount', handle: 'a0.session' } },
      },
    },
    ClientSession: {
      role: 'session',
      members: {
        withTransaction: {
          invokes: [{ fn: 'a0', args: ['this'], region: { kind: 'transaction', value: 'a1.readConcern.level', reruns: true } }],
          returns: 'invoked',
        },
        startTransaction: { transaction: { is: 'begin', handle: 'this', isolation: 'a0.readConcern.level' } },
        commitTransaction: { transaction: { is: 'commit', handle: 'this' } },
        abortTransaction: { transaction: { is: 'rollback', handle: 'this' } },
        endSession: { pure: true },
        inTransaction: { pure: true },
      },
    },
    ChangeStream: {
      members: {
        on: [
          { when: [{ at: 'a0', equals: 'change' }], registers: [{ entry: { kind: 'cdc', redelivers: true, ordered: true, ack: 'none' }, fn: 'a1' }], returns: 'this' },
          { returns: 'this' },
        ],
        next: { effect: { kind: 'read', action: 'stream', system: 'mongo', cardinality: 'one' } },
        tryNext: { effect: { kind: 'read', action: 'stream', system: 'mongo', cardinality: 'one' } },
        close: { pure: true },
      },
    },
  },
  source: 'mongodb@7.9.0 mongodb.d.ts',
  verified: 'types',
} satisfies LibraryModel;
