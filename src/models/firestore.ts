import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const snapshot = { type: 'DocumentSnapshot', resource: 'this' } as const;
const step: Operation = { returns: 'this' };
const write: EffectShape = { kind: 'write', system: 'firestore' };
const cursor: Operation = { effect: { cursor: 'a0' }, returns: 'this' };

/** The writes of a transaction, batch or bulk writer: the document comes first, and the call returns the receiver. */
const writes: Members = {
  create: { effect: { ...write, action: 'insert', resource: 'a0', criteria: ['key', 'a0'], values: ['firestore', 'a1'], repeatable: false }, returns: 'this' },
  set: [
    { when: [{ at: 'a2.merge', kind: 'present' }], effect: { ...write, action: 'upsert', resource: 'a0', criteria: ['key', 'a0'], values: ['firestore', 'a1'], scope: 'payload', onConflict: 'update', repeatable: true }, returns: 'this' },
    { effect: { ...write, action: 'replace', resource: 'a0', criteria: ['key', 'a0'], values: ['firestore', 'a1'], scope: 'whole', onConflict: 'update', repeatable: true }, returns: 'this' },
  ],
  update: { effect: { ...write, action: 'update', resource: 'a0', criteria: ['key', 'a0'], values: ['firestore', 'a1'], scope: 'payload', throwsWhenUnmatched: true, conditional: 'a2', repeatable: true }, returns: 'this' },
  delete: { effect: { ...write, action: 'delete', resource: 'a0', criteria: ['key', 'a0'], conditional: 'a1', repeatable: true }, returns: 'this' },
};

/** `col.where(…)` starts a query; the collection itself stays as it is. */
const query: Members = {
  where: { effect: { criteria: ['firestore', 'args'], maxListed: 30 }, returns: 'this' },
  orderBy: { effect: { order: ['firestore', 'args'] }, returns: 'this' },
  limit: { effect: { limit: 'a0' }, returns: 'this' },
  limitToLast: { effect: { limit: 'a0' }, returns: 'this' },
  offset: { effect: { offset: 'a0' }, returns: 'this' },
  startAt: cursor, startAfter: cursor, endAt: step, endBefore: step, select: step, withConverter: step,
  get: { run: true, effect: { kind: 'read', action: 'find', system: 'firestore', cardinality: 'many', rows: 'docs', tells: { exists: 'rows', empty: 'none', size: 'rows' } }, returns: snapshot },
  stream: { run: true, effect: { kind: 'read', action: 'stream', system: 'firestore', cardinality: 'many' }, returns: snapshot },
  count: { effect: { kind: 'read', action: 'count', system: 'firestore' }, returns: { type: 'AggregateQuery', resource: 'this' } },
  aggregate: { effect: { kind: 'read', action: 'aggregate', system: 'firestore' }, returns: { type: 'AggregateQuery', resource: 'this' } },
  onSnapshot: { registers: [{ entry: { kind: 'cdc', redelivers: true, ack: 'none' }, fn: 'a0' }] },
};

const starting: EffectShape = { system: 'firestore' };
const starts: Members = Object.fromEntries(
  Object.entries(query)
    .filter(([name]) => !['get', 'stream', 'onSnapshot', 'withConverter'].includes(name))
    .map(([name, member]): [string, Member] => {
      const operation = member as Operation;
      const returns = typeof operation.returns === 'object' ? operation.returns : ({ type: 'Query', resource: 'this' } as const);
      return [name, { ...operation, effect: { ...starting, ...operation.effect }, returns }];
    }),
);

/** The reference itself names the document. */
const document: EffectShape = { system: 'firestore', criteria: ['key', 'this'] };

const database: Members = {
  collection: { returns: { type: 'CollectionReference', resource: 'a0' } },
  collectionGroup: { returns: { type: 'Query', resource: 'a0' } },
  doc: { returns: { type: 'DocumentReference', resource: 'a0' } },
  getAll: { effect: { kind: 'read', action: 'find', system: 'firestore', cardinality: 'many', resource: 'a0', criteria: ['key', 'args'], items: 'args' }, returns: { type: 'DocumentSnapshot', resource: 'a0' } },
  // Runs again on contention, five times unless told.
  runTransaction: {
    invokes: [{ fn: 'a0', args: [{ type: 'Transaction', handle: 'new' }], region: { kind: 'transaction', value: '#serializable', reruns: true } }],
    returns: 'invoked',
  },
  batch: { returns: { type: 'WriteBatch' } },
  bulkWriter: { returns: { type: 'BulkWriter' } },
  recursiveDelete: { effect: { ...write, action: 'delete', resource: 'a0', repeatable: true } },
  settings: { pure: true },
};

const fieldValue: Members = {
  increment: { pure: true }, serverTimestamp: { pure: true, yields: 'server-clock' }, arrayUnion: { pure: true }, arrayRemove: { pure: true }, delete: { pure: true },
};
const timestamp: Members = { now: { yields: 'clock' }, fromDate: { pure: true }, fromMillis: { pure: true } };
const get: Operation = { returns: { type: 'Firestore' } };

export default {
  name: 'firestore',
  packages: ['@google-cloud/firestore', 'firebase-admin/firestore', 'firebase-admin'],
  exports: {
    Firestore: 'Firestore',
    getFirestore: get,
    initializeFirestore: get,
    firestore: 'FirestoreNamespace',
    default: { members: { firestore: 'FirestoreNamespace' } },
    FieldValue: { members: fieldValue },
    Timestamp: { members: timestamp },
    Filter: { members: { where: { pure: true }, and: { pure: true }, or: { pure: true } } },
  },
  types: {
    Firestore: {
      role: 'client',
      aliases: ['FirebaseFirestore.Firestore', 'admin.firestore.Firestore', 'firestore.Firestore'],
      construct: { returns: { type: 'Firestore', handle: 'new' } },
      members: database,
    },
    FirestoreNamespace: {
      call: get,
      members: { FieldValue: { members: fieldValue }, Timestamp: { members: timestamp } },
    },
    Query: { aliases: ['CollectionGroup', 'FirebaseFirestore.Query'], lazy: 'run', members: query },
    AggregateQuery: { lazy: 'run', members: { get: { run: true } } },
    CollectionReference: {
      aliases: ['FirebaseFirestore.CollectionReference'],
      members: {
        ...starts,
        get: { effect: { kind: 'read', action: 'find', system: 'firestore', cardinality: 'many', rows: 'docs', tells: { exists: 'rows', empty: 'none', size: 'rows' } }, returns: snapshot },
        stream: { effect: { kind: 'read', action: 'stream', system: 'firestore', cardinality: 'many' }, returns: snapshot },
        onSnapshot: query.onSnapshot,
        doc: [
          { when: [{ at: 'a0', kind: 'absent' }], returns: { type: 'NewDocumentReference', resource: 'this' } },
          { returns: { type: 'DocumentReference', resource: 'this' } },
        ],
        add: { effect: { ...write, action: 'insert', values: ['firestore', 'a0'], repeatable: false } },
        listDocuments: { effect: { kind: 'read', action: 'find', system: 'firestore', cardinality: 'many' } },
        withConverter: step,
      },
    },
    DocumentReference: {
      aliases: ['FirebaseFirestore.DocumentReference'],
      members: {
        get: { effect: { ...document, kind: 'read', action: 'find', cardinality: 'one', batchCounterpart: 'getAll', tells: { exists: 'rows' } }, returns: snapshot },
        create: { effect: { ...document, kind: 'write', action: 'insert', values: ['firestore', 'a0'], repeatable: false, batchCounterpart: 'batch' } },
        set: [
          { when: [{ at: 'a1.merge', kind: 'present' }], effect: { ...document, kind: 'write', action: 'upsert', values: ['firestore', 'a0'], scope: 'payload', onConflict: 'update', repeatable: true, batchCounterpart: 'batch' } },
          { effect: { ...document, kind: 'write', action: 'replace', values: ['firestore', 'a0'], scope: 'whole', onConflict: 'update', repeatable: true, batchCounterpart: 'batch' } },
        ],
        update: { effect: { ...document, kind: 'write', action: 'update', values: ['firestore', 'a0'], scope: 'payload', throwsWhenUnmatched: true, conditional: 'a1', repeatable: true, batchCounterpart: 'batch' } },
        delete: { effect: { ...document, kind: 'write', action: 'delete', conditional: 'a0', repeatable: true, batchCounterpart: 'batch' } },
        collection: { returns: { type: 'CollectionReference', resource: 'a0' } },
        onSnapshot: { registers: [{ entry: { kind: 'cdc', redelivers: true, ack: 'none' }, fn: 'a0' }] },
        withConverter: step,
      },
    },
    /** `collection.doc()`: a random id, so that every run makes another document. */
    NewDocumentReference: {
      extends: ['DocumentReference'],
      members: { set: { effect: { ...write, action: 'insert', values: ['firestore', 'a0'], repeatable: false } } },
    },
    DocumentSnapshot: {
      aliases: ['QueryDocumentSnapshot', 'FirebaseFirestore.DocumentSnapshot', 'FirebaseFirestore.QueryDocumentSnapshot'],
      members: { data: { returns: 'this' }, get: { pure: true }, ref: 'DocumentReference' },
    },
    Transaction: {
      role: 'transaction',
      aliases: ['FirebaseFirestore.Transaction', 'admin.firestore.Transaction', 'firestore.Transaction'],
      members: {
        ...writes,
        get: { effect: { kind: 'read', action: 'find', system: 'firestore', resource: 'a0', criteria: ['key', 'a0'], lock: true }, returns: { type: 'DocumentSnapshot', resource: 'a0' } },
        getAll: { effect: { kind: 'read', action: 'find', system: 'firestore', cardinality: 'many', resource: 'a0', criteria: ['key', 'args'], lock: true }, returns: { type: 'DocumentSnapshot', resource: 'a0' } },
      },
    },
    WriteBatch: { aliases: ['FirebaseFirestore.WriteBatch'], lazy: 'run', members: { ...writes, commit: { run: true } } },
    BulkWriter: { members: { ...writes, flush: { pure: true }, close: { pure: true }, onWriteError: { pure: true }, onWriteResult: { pure: true } } },
  },
  source: '@google-cloud/firestore@8.7.1 types/firestore.d.ts; firebase-admin@13.10.0',
  verified: 'types',
} satisfies LibraryModel;
