import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const query = { type: 'Query', resource: 'this' } as const;
const writeQuery = { type: 'WriteQuery', resource: 'this' } as const;
const document = { type: 'Document', resource: 'this' } as const;
const session = { type: 'mongodb#ClientSession', handle: 'new' } as const;
const step: Operation = { returns: 'this' };

const find: EffectShape = {
  kind: 'read', action: 'find', system: 'mongo', criteria: ['mongo', 'a0'], order: ['mongo', 'a2.sort'], limit: 'a2.limit', offset: 'a2.skip', handle: 'a2.session',
};
const write: EffectShape = { kind: 'write', system: 'mongo' };
const update: EffectShape = {
  ...write, action: 'update', criteria: ['mongo', 'a0'], values: ['mongo', 'a1'], scope: 'payload', repeatable: true, handle: 'a2.session',
};
const updateById: EffectShape = { ...update, criteria: ['key', 'a0'] };
const replace: EffectShape = { ...update, action: 'replace', values: ['object', 'a1'] };
const remove: EffectShape = { ...write, action: 'delete', criteria: ['mongo', 'a0'], repeatable: true, handle: 'a1.session' };
const count: Operation = {
  effect: { kind: 'read', action: 'count', system: 'mongo', criteria: ['mongo', 'a0'], handle: 'a1.session' },
  returns: writeQuery,
};

function upserting(effect: EffectShape, returns: typeof query | typeof writeQuery): readonly Operation[] {
  return [
    { when: [{ at: 'a2.upsert', equals: true }], effect: { ...effect, action: 'upsert', onConflict: 'update', conflictTarget: 'a0' }, returns },
    { effect, returns },
  ];
}

const model: Members = {
  find: { effect: { ...find, cardinality: 'many' }, returns: query },
  findOne: { effect: { ...find, cardinality: 'one', limit: 1, batchCounterpart: 'find' }, returns: query },
  findById: { effect: { ...find, criteria: ['key', 'a0'], cardinality: 'one', batchCounterpart: 'find' }, returns: query },
  findAndCount: { effect: { ...find, cardinality: 'many', rows: 'docs' }, returns: query },
  where: [
    { when: [{ at: 'a0', kind: 'object' }], effect: { ...find, cardinality: 'many' }, returns: query },
    { effect: { kind: 'read', action: 'find', system: 'mongo', cardinality: 'many', criteria: ['filters', '#field'] }, returns: query },
  ],
  exists: { effect: { kind: 'read', action: 'exists', system: 'mongo', criteria: ['mongo', 'a0'], handle: 'a1.session' }, returns: writeQuery },
  count,
  countDocuments: count,
  estimatedDocumentCount: { effect: { kind: 'read', action: 'count', system: 'mongo', stale: true }, returns: writeQuery },
  distinct: { effect: { kind: 'read', action: 'find', system: 'mongo', cardinality: 'many', criteria: ['mongo', 'a1'] }, returns: writeQuery },
  aggregate: {
    effect: { kind: 'read', action: 'aggregate', system: 'mongo', cardinality: 'many', criteria: ['mongo', '#pipeline'], handle: 'a1.session' },
    returns: { type: 'Aggregate', resource: 'this' },
  },
  create: [
    { when: [{ at: 'a0', kind: 'array' }], effect: { ...write, action: 'insert', values: ['object', 'a0'], items: 'a0', repeatable: false, cardinality: 'many', handle: 'a1.session' }, returns: document },
    { effect: { ...write, action: 'insert', values: ['object', 'a0'], repeatable: false, cardinality: 'one', batchCounterpart: 'insertMany' }, returns: document },
  ],
  insertOne: { effect: { ...write, action: 'insert', values: ['object', 'a0'], repeatable: false, cardinality: 'one', handle: 'a1.session', batchCounterpart: 'insertMany' }, returns: document },
  insertMany: { effect: { ...write, action: 'insert', values: ['object', 'a0'], items: 'a0', repeatable: false, cardinality: 'many', handle: 'a1.session' }, returns: document },
  updateOne: upserting({ ...update, affected: 'modifiedCount', batchCounterpart: 'bulkWrite' }, writeQuery),
  updateMany: upserting({ ...update, affected: 'modifiedCount' }, writeQuery),
  // Removed in 7.0.
  update: upserting({ ...update, affected: 'nModified' }, writeQuery),
  remove: { effect: { ...remove, affected: 'deletedCount' }, returns: writeQuery },
  findOneAndRemove: { effect: { ...remove, cardinality: 'one', affected: '' }, returns: query },
  findByIdAndRemove: { effect: { ...remove, criteria: ['key', 'a0'], cardinality: 'one', affected: '' }, returns: query },
  replaceOne: upserting({ ...replace, affected: 'modifiedCount' }, writeQuery),
  deleteOne: { effect: { ...remove, affected: 'deletedCount', batchCounterpart: 'deleteMany' }, returns: writeQuery },
  deleteMany: { effect: { ...remove, affected: 'deletedCount' }, returns: writeQuery },
  findOneAndUpdate: upserting({ ...update, cardinality: 'one', affected: '' }, query),
  findOneAndReplace: upserting({ ...replace, cardinality: 'one', affected: '' }, query),
  findOneAndDelete: { effect: { ...remove, cardinality: 'one', affected: '' }, returns: query },
  findByIdAndUpdate: upserting({ ...updateById, cardinality: 'one', affected: '' }, query),
  findByIdAndDelete: { effect: { ...remove, criteria: ['key', 'a0'], cardinality: 'one', affected: '' }, returns: query },
  bulkWrite: { effect: { ...write, action: 'execute', items: 'a0', affected: 'modifiedCount', handle: 'a1.session' } },
  bulkSave: { effect: { ...write, action: 'save', scope: 'dirty', values: ['object', 'a0'], items: 'a0', handle: 'a1.session' } },
  populate: { effect: { kind: 'read', action: 'find', system: 'mongo', resource: 'a1.path' }, returns: 'a0' },
  hydrate: { returns: document },
  watch: { returns: { type: 'mongodb#ChangeStream' } },
  startSession: { returns: session },
  collection: 'mongodb#Collection',
  db: 'Connection',
  discriminator: { returns: { type: 'Model', resource: 'a0' } },
  translateAliases: { returns: 'a0' },
  useConnection: step,
};

const chain: Members = {
  where: [{ when: [{ at: 'a0', kind: 'object' }], effect: { criteria: ['mongo', 'a0'] }, returns: 'this' }, { effect: { criteria: ['filters', '#field'] }, returns: 'this' }],
  find: { effect: { criteria: ['mongo', 'a0'], cardinality: 'many' }, returns: 'this' },
  findOne: { effect: { criteria: ['mongo', 'a0'], cardinality: 'one' }, returns: 'this' },
  and: { effect: { criteria: ['mongo', '#and'] }, returns: 'this' },
  or: { effect: { criteria: ['mongo', '#or'] }, returns: 'this' },
  nor: { effect: { criteria: ['mongo', '#nor'] }, returns: 'this' },
  equals: step, in: step, nin: step, ne: step, gt: step, gte: step, lt: step, lte: step, all: step, size: step, regex: step, elemMatch: step, mod: step, near: step, within: step,
  merge: { effect: { criteria: ['mongo', 'a0'] }, returns: 'this' },
  setQuery: { effect: { criteria: ['mongo', 'a0'] }, returns: 'this' },
  sort: { effect: { order: ['mongo', 'a0'] }, returns: 'this' },
  limit: { effect: { limit: 'a0' }, returns: 'this' },
  skip: { effect: { offset: 'a0' }, returns: 'this' },
  session: { effect: { handle: 'a0' }, returns: 'this' },
  setOptions: [{ when: [{ at: 'a0.session', kind: 'present' }], effect: { handle: 'a0.session' }, returns: 'this' }, step],
  set: { effect: { values: ['mongo', 'a0'] }, returns: 'this' },
  setUpdate: { effect: { values: ['mongo', 'a0'] }, returns: 'this' },
  read: [{ when: [{ at: 'a0', equals: ['primary', 'p', 'primaryPreferred', 'pp'] }], returns: 'this' }, { effect: { stale: true }, returns: 'this' }],
  maxTimeMS: { effect: { deadlineOption: 'a0' }, returns: 'this' },
  orFail: { effect: { throwsWhenUnmatched: true }, returns: 'this' },
  countDocuments: { effect: { action: 'count' }, returns: writeQuery },
  select: step, slice: step, projection: step, populate: step, hint: step, collation: step, comment: step, batchSize: step, allowDiskUse: step, readConcern: step, w: step, j: step,
  wtimeout: step, transform: step, clone: step, tailable: step, mongooseOptions: step, pre: step, post: step,
  getFilter: { pure: true }, getQuery: { pure: true }, getOptions: { pure: true }, getUpdate: { pure: true },
};

const own: EffectShape = { kind: 'write', system: 'mongo', resource: 'this' };
const documentMembers: Members = {
  save: { effect: { ...own, action: 'save', scope: 'dirty', values: ['object', 'this'], handle: 'a0.session', batchCounterpart: 'bulkSave' }, returns: 'this' },
  updateOne: { effect: { ...own, action: 'update', scope: 'payload', values: ['mongo', 'a0'], repeatable: true, affected: 'modifiedCount', handle: 'a1.session' }, returns: writeQuery },
  update: { effect: { ...own, action: 'update', scope: 'payload', values: ['mongo', 'a0'], repeatable: true, affected: 'nModified', handle: 'a1.session' }, returns: writeQuery },
  replaceOne: { effect: { ...own, action: 'replace', values: ['object', 'a0'], repeatable: true, affected: 'modifiedCount' }, returns: writeQuery },
  deleteOne: { effect: { ...own, action: 'delete', repeatable: true, affected: 'deletedCount', handle: 'a0.session' }, returns: writeQuery },
  remove: { effect: { ...own, action: 'delete', repeatable: true, handle: 'a0.session' } },
  populate: { effect: { kind: 'read', action: 'find', system: 'mongo', resource: 'a0' }, returns: 'this' },
  set: { mutates: 'this', returns: 'this' },
  $set: { mutates: 'this', returns: 'this' },
  overwrite: { mutates: 'this', returns: 'this' },
  $inc: { returns: 'this' },
  get: { pure: true },
  toObject: { returns: 'this' },
  toJSON: { returns: 'this' },
  markModified: { pure: true }, unmarkModified: { pure: true }, isModified: { pure: true }, modifiedPaths: { pure: true }, equals: { pure: true }, populated: { pure: true },
  validate: { pure: true }, validateSync: { pure: true }, increment: step, depopulate: step,
};

const transaction: Operation = {
  invokes: [{ fn: 'a0', args: [session], region: { kind: 'transaction', value: 'a1.readConcern.level', reruns: true } }],
  returns: 'invoked',
};

const named: Members = {
  model: { returns: { type: 'Model', resource: 'a0' } },
  models: 'Models',
  connection: 'Connection',
  connect: { returns: { type: 'Mongoose' } },
  createConnection: { opens: true, returns: { type: 'Connection', handle: 'new' } },
  startSession: { returns: session },
  set: { pure: true },
  plugin: { pure: true },
  Types: { members: { ObjectId: [{ when: [{ at: 'a0', kind: 'absent' }], yields: 'id' }, { pure: true }] } },
};

export default {
  name: 'mongoose',
  packages: ['mongoose', '@nestjs/mongoose', '@typegoose/typegoose'],
  exports: {
    ...named,
    default: 'Mongoose',
    mongoose: 'Mongoose',
    // @typegoose/typegoose
    getModelForClass: { returns: { type: 'Model', resource: 'a0' } },
    getDiscriminatorModelForClass: { returns: { type: 'Model', resource: 'a1' } },
    // @nestjs/mongoose
    InjectModel: { decorates: { on: 'param', injects: { type: 'Model', resource: 'a0' } } },
    InjectConnection: { decorates: { on: 'param', injects: { type: 'Connection' } } },
  },
  types: {
    Mongoose: { role: 'client', members: { ...named, connections: { members: { '*': 'Connection' } } } },
    Connection: {
      role: 'client',
      members: {
        model: { returns: { type: 'Model', resource: 'a0' } },
        models: 'Models',
        transaction,
        startSession: { returns: session },
        withSession: { invokes: [{ fn: 'a0', args: [session] }], returns: 'invoked' },
        db: 'mongodb#Db',
        getClient: { returns: { type: 'mongodb#MongoClient' } },
        collection: { returns: { type: 'mongodb#Collection', resource: 'a0' } },
        asPromise: step,
        openUri: step,
        useDb: { returns: { type: 'Connection' } },
      },
    },
    Models: { members: { '*': 'ModelOfName' } },
    ModelOfName: { extends: ['Model'], resource: 'member' },
    Model: {
      aliases: ['ReturnModelType', 'PaginateModel', 'AggregatePaginateModel', 'SoftDeleteModel'],
      resource: 'type0',
      construct: { returns: { type: 'NewDocument', resource: 'this' } },
      members: model,
    },
    /** Awaiting it gives documents. */
    Query: {
      aliases: ['QueryWithHelpers'],
      lazy: 'await',
      members: {
        ...chain,
        lean: { returns: { type: 'LeanQuery', resource: 'this' } },
        exec: { run: true, returns: document },
        '#row': 'Document',
        cursor: { run: true, effect: { action: 'stream' }, returns: { type: 'QueryCursor', resource: 'this' } },
      },
    },
    LeanQuery: { lazy: 'await', members: { ...chain, lean: step, exec: { run: true }, cursor: { run: true, effect: { action: 'stream' } } } },
    WriteQuery: { lazy: 'await', members: { ...chain, lean: step, exec: { run: true } } },
    QueryCursor: {
      members: {
        eachAsync: { invokes: [{ fn: 'a0', args: [document], times: 'per-item', over: 'this', concurrency: 'a1.parallel' }] },
        next: { pure: true },
        close: { closes: true, pure: true },
      },
    },
    Aggregate: {
      lazy: 'await',
      members: {
        exec: { run: true },
        session: { effect: { handle: 'a0' }, returns: 'this' },
        sort: { effect: { order: ['mongo', 'a0'] }, returns: 'this' },
        limit: { effect: { limit: 'a0' }, returns: 'this' },
        skip: { effect: { offset: 'a0' }, returns: 'this' },
        match: step, group: step, project: step, lookup: step, unwind: step, addFields: step, facet: step, count: step, sample: step, sortByCount: step, replaceRoot: step, unionWith: step,
        append: step, allowDiskUse: step, option: step, hint: step, collation: step, read: step, readConcern: step, graphLookup: step, near: step, search: step, redact: step,
        cursor: { run: true, effect: { action: 'stream' } },
      },
    },
    Document: { aliases: ['HydratedDocument', 'DocumentType'], role: 'entity', resource: 'type0', members: documentMembers },
    /** Built in memory: its first save inserts it. */
    NewDocument: {
      role: 'entity',
      extends: ['Document'],
      members: { save: { effect: { ...own, action: 'insert', values: ['object', 'this'], repeatable: false, handle: 'a0.session' }, returns: 'this' } },
    },
  },
  source: 'mongoose@9.12.1 types; @nestjs/mongoose@12.0.0; @typegoose/typegoose@13.4.0',
  verified: 'types',
} satisfies LibraryModel;
