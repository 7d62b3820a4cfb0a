import type { EffectShape, EntryShape, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const entity = { type: 'BaseEntity', resource: 'this' } as const;

/** The find/update methods: on a repository or an active record they start at `a0`, on a manager the entity class comes first. */
function dataMethods(first: 0 | 1): Members {
  const a = (index: number): string => `a${index + first}`;
  const target: EffectShape = first === 1 ? { resource: 'a0', system: 'sql', maxBinds: 65_535 } : { system: 'sql', maxBinds: 65_535 };
  const row = first === 1 ? ({ type: 'BaseEntity', resource: 'a0' } as const) : entity;
  const read: EffectShape = { kind: 'read', ...target };
  const write: EffectShape = { kind: 'write', ...target };
  const upsert: EffectShape = { ...write, action: 'upsert', values: ['object', a(0)], onConflict: 'update', conflictTarget: a(1), repeatable: true, scope: 'payload' };
  const options: EffectShape = {
    ...read,
    action: 'find',
    criteria: ['typeorm', `${a(0)}.where`],
    order: ['typeorm', `${a(0)}.order`],
    limit: `${a(0)}.take`,
    offset: `${a(0)}.skip`,
  };
  const locking: EffectShape = { lock: `${a(0)}.lock` };
  const by: EffectShape = { ...read, action: 'find', criteria: ['typeorm', a(0)] };
  const one: EffectShape = { cardinality: 'one', limit: 1 };
  const find = (facets: EffectShape): readonly Operation[] => [
    { when: [{ at: `${a(0)}.lock.mode`, equals: ['optimistic', 'dirty_read'] }], effect: { ...options, ...facets }, returns: row },
    { when: [{ at: `${a(0)}.lock.onLocked`, equals: 'skip_locked' }], effect: { ...options, ...locking, ...facets, skipLocked: true }, returns: row },
    { effect: { ...options, ...locking, ...facets }, returns: row },
  ];
  const aggregate: Operation = { effect: { ...read, action: 'aggregate', criteria: ['typeorm', a(1)] } };
  const counter: Operation = {
    effect: {
      ...write, action: 'increment', atomic: true, repeatable: false, criteria: ['typeorm', a(0)], values: ['counter', a(1)], affected: 'affected',
    },
  };
  const byCriteria: EffectShape = { ...write, criteria: ['typeorm', a(0)], affected: 'affected', repeatable: true, scope: 'payload' };
  return {
    find: find({ cardinality: 'many' }),
    findAndCount: find({ cardinality: 'many', rows: '0', total: '1' }),
    findOne: find({ ...one, batchCounterpart: 'find' }),
    findOneOrFail: find({ ...one, batchCounterpart: 'find' }),
    findBy: { effect: { ...by, cardinality: 'many' }, returns: row },
    findAndCountBy: { effect: { ...by, cardinality: 'many', rows: '0', total: '1' }, returns: row },
    findOneBy: { effect: { ...by, ...one, batchCounterpart: 'findBy' }, returns: row },
    findOneByOrFail: { effect: { ...by, ...one, batchCounterpart: 'findBy' }, returns: row },
    // 0.2 and 0.3, removed in 1.0.
    findByIds: { effect: { ...by, cardinality: 'many' }, returns: row },
    findOneById: { effect: { ...by, ...one }, returns: row },
    preload: { effect: { ...read, action: 'find', ...one, criteria: ['key', `${a(0)}.id`] }, returns: row },
    exists: { effect: { ...options, action: 'exists' } },
    exist: { effect: { ...options, action: 'exists' } },
    existsBy: { effect: { ...by, action: 'exists' } },
    count: { effect: { ...options, action: 'count' } },
    countBy: { effect: { ...by, action: 'count' } },
    sum: aggregate,
    average: aggregate,
    minimum: aggregate,
    maximum: aggregate,
    insert: [
      { when: [{ at: a(0), kind: 'object' }], effect: { ...write, action: 'insert', values: ['object', a(0)], repeatable: false, batchCounterpart: 'insert' } },
      { effect: { ...write, action: 'insert', values: ['object', a(0)], items: a(0), maxBinds: 65_535, repeatable: false } },
    ],
    update: { effect: { ...byCriteria, action: 'update', values: ['object', a(1)] } },
    updateAll: { effect: { ...write, action: 'update', values: ['object', a(0)], affected: 'affected', repeatable: true, scope: 'payload' } },
    upsert: [
      { when: [{ at: a(0), kind: 'object' }], effect: { ...upsert, batchCounterpart: 'upsert' } },
      { effect: { ...upsert, items: a(0), maxBinds: 65_535 } },
    ],
    delete: { effect: { ...byCriteria, action: 'delete' } },
    deleteAll: { effect: { ...write, action: 'delete', affected: 'affected', repeatable: true } },
    softDelete: { effect: { ...byCriteria, action: 'delete' } },
    restore: { effect: { ...byCriteria, action: 'update' } },
    clear: { effect: { ...write, action: 'delete', repeatable: true } },
    increment: counter,
    decrement: counter,
  };
}

/** `save(entity | entities)`: reads the rows back, writes the differences. Without an id it inserts. */
function entityMethods(at: 'a0' | 'a1', resource: EffectShape): Readonly<Record<'save' | 'remove' | 'softRemove' | 'recover', Operation>> {
  const write: EffectShape = { kind: 'write', system: 'sql', values: ['object', at], items: at, ...resource };
  const removed: EffectShape = { kind: 'write', system: 'sql', items: at, criteria: ['typeorm', at], repeatable: true, ...resource };
  return {
    save: { effect: { ...write, action: 'save', scope: 'dirty' }, returns: at },
    remove: { effect: { ...removed, action: 'delete' }, returns: at },
    softRemove: { effect: { ...removed, action: 'delete' }, returns: at },
    recover: { effect: { ...removed, action: 'update' }, returns: at },
  };
}

const onRepository = entityMethods('a0', {});
const withTarget = entityMethods('a1', { resource: 'a0' });
const ofEntity = entityMethods('a0', { resource: 'a0' });
const ofEntities = entityMethods('a0', { resource: 'a0[]' });

/** `save(User, user)` or `save(user, { reload: false })`. */
function managerEntityMethod(name: keyof typeof withTarget): readonly Operation[] {
  return [
    { when: [{ at: 'a0', kind: 'object' }], ...ofEntity[name] },
    { when: [{ at: 'a0', kind: 'array' }], ...ofEntities[name] },
    ...['a1.reload', 'a1.transaction', 'a1.listeners'].map((at): Operation => ({ when: [{ at, equals: [true, false] }], ...ofEntity[name] })),
    { when: [{ at: 'a1', kind: 'present' }], ...withTarget[name] },
    ofEntity[name],
  ];
}

const rawSql: Members = {
  query: { effect: { sql: 'a0', params: 'a1', system: 'sql' } },
  sql: { effect: { sql: 'a0', params: 'args', system: 'sql' } },
};

const transaction: readonly Operation[] = [
  {
    when: [{ at: 'a1', kind: 'present' }],
    invokes: [{ fn: 'a1', args: [{ type: 'EntityManager', handle: 'new' }], region: { kind: 'transaction', value: 'a0' } }],
    returns: 'invoked',
  },
  { invokes: [{ fn: 'a0', args: [{ type: 'EntityManager', handle: 'new' }], region: { kind: 'transaction' } }], returns: 'invoked' },
];

const selecting: EffectShape = { kind: 'read', action: 'find', system: 'sql', maxBinds: 65_535 };
const queryBuilder: readonly Operation[] = [
  { when: [{ at: 'a1', kind: 'present' }], effect: { ...selecting, resource: 'a0' }, returns: { type: 'SelectQueryBuilder', resource: 'a0' } },
  { effect: selecting, returns: { type: 'SelectQueryBuilder' } },
];

const repositories: Members = {
  getRepository: { returns: { type: 'Repository', resource: 'a0' } },
  getTreeRepository: { returns: { type: 'TreeRepository', resource: 'a0' } },
  getMongoRepository: { returns: { type: 'MongoRepository', resource: 'a0' } },
  getCustomRepository: { returns: { type: 'Repository' } },
};

const step: Operation = { returns: 'this' };
/** Rows are as distinct as what they are picked by. */
const picks: Operation = { effect: { distinct: true }, returns: 'this' };
const where: Operation = { effect: { criteria: ['querybuilder', 'args'] }, returns: 'this' };
const ids: Operation = { effect: { criteria: ['typeorm', 'a0'] }, returns: 'this' };
/** An alternative widens what is matched: what stands beside it no longer holds alone, so the condition is unreadable on purpose. */
const alternative: Operation = { effect: { criteria: ['filters', '#or'] }, returns: 'this' };
const wheres: Members = {
  where, andWhere: where, orWhere: alternative, whereInIds: ids, andWhereInIds: ids, orWhereInIds: alternative, whereEntity: ids,
  whereExists: { effect: { criteria: ['filters', '#exists'] }, returns: 'this' },
  andWhereExists: { effect: { criteria: ['filters', '#exists'] }, returns: 'this' },
  orWhereExists: alternative,
  setParameter: step, setParameters: step, output: step, returning: step, comment: step, updateEntity: step,
  orderBy: { effect: { order: ['querybuilder', 'args'] }, returns: 'this' },
  addOrderBy: { effect: { order: ['querybuilder', 'args'] }, returns: 'this' },
  limit: { effect: { limit: 'a0' }, returns: 'this' },
  addCommonTableExpression: step, callListeners: step, useTransaction: step, disableEscaping: step, clone: step,
};

/** The builders that another builder turns into. */
const turns: Members = {
  insert: { effect: { kind: 'write', action: 'insert', repeatable: false, maxBinds: 65_535 }, returns: { type: 'InsertQueryBuilder', resource: 'this' } },
  update: [
    { when: [{ at: 'a0', kind: 'absent' }], effect: { kind: 'write', action: 'update', scope: 'payload', affected: 'affected', repeatable: true }, returns: { type: 'UpdateQueryBuilder', resource: 'this' } },
    { when: [{ at: 'a0', kind: 'object' }], effect: { kind: 'write', action: 'update', scope: 'payload', affected: 'affected', repeatable: true, values: ['object', 'a0'] }, returns: { type: 'UpdateQueryBuilder', resource: 'this' } },
    { effect: { kind: 'write', action: 'update', scope: 'payload', affected: 'affected', repeatable: true, resource: 'a0', values: ['object', 'a1'] }, returns: { type: 'UpdateQueryBuilder', resource: 'a0' } },
  ],
  delete: { effect: { kind: 'write', action: 'delete', affected: 'affected', repeatable: true }, returns: { type: 'DeleteQueryBuilder', resource: 'this' } },
  softDelete: { effect: { kind: 'write', action: 'delete', affected: 'affected', repeatable: true }, returns: { type: 'DeleteQueryBuilder', resource: 'this' } },
  restore: { effect: { kind: 'write', action: 'update', affected: 'affected', repeatable: true }, returns: { type: 'DeleteQueryBuilder', resource: 'this' } },
  relation: [
    { when: [{ at: 'a1', kind: 'present' }], returns: { type: 'RelationQueryBuilder', resource: 'a0' } },
    { returns: { type: 'RelationQueryBuilder', resource: 'this' } },
  ],
};

const pessimistic = ['pessimistic_read', 'pessimistic_write', 'for_no_key_update', 'for_key_share', 'pessimistic_write_or_fail', 'pessimistic_partial_write'];

const selectBuilder: TypeShape = {
  lazy: 'run',
  resource: 'type0',
  members: {
    ...wheres,
    ...turns,
    select: step, addSelect: step, distinct: picks, distinctOn: picks, maxExecutionTime: { effect: { deadlineOption: 'a0' }, returns: 'this' },
    from: { effect: { resource: 'a0' }, returns: 'this' },
    addFrom: step, fromDummy: step,
    setFindOptions: {
      effect: { criteria: ['typeorm', 'a0.where'], order: ['typeorm', 'a0.order'], limit: 'a0.take', offset: 'a0.skip', lock: 'a0.lock' },
      returns: 'this',
    },
    innerJoin: step, leftJoin: step, innerJoinAndSelect: step, leftJoinAndSelect: step, innerJoinAndMapMany: step, innerJoinAndMapOne: step,
    leftJoinAndMapMany: step, leftJoinAndMapOne: step, loadRelationIdAndMap: step, loadAllRelationIds: step, loadRelationCountAndMap: step,
    having: step, andHaving: step, orHaving: step, groupBy: picks, addGroupBy: picks, useIndex: step, withDeleted: step, setOption: step,
    cache: { effect: { stale: true }, returns: 'this' },
    take: { effect: { limit: 'a0' }, returns: 'this' },
    skip: { effect: { offset: 'a0' }, returns: 'this' },
    offset: { effect: { offset: 'a0' }, returns: 'this' },
    setLock: [
      { when: [{ at: 'a0', equals: 'pessimistic_partial_write' }], effect: { lock: true, skipLocked: true }, returns: 'this' },
      { when: [{ at: 'a0', equals: pessimistic }], effect: { lock: true }, returns: 'this' },
      { when: [{ at: 'a0', equals: ['optimistic', 'dirty_read'] }], returns: 'this' },
      { effect: { lock: true }, returns: 'this' },
    ],
    setOnLocked: [{ when: [{ at: 'a0', equals: 'skip_locked' }], effect: { skipLocked: true }, returns: 'this' }, step],
    getOne: { run: true, effect: { cardinality: 'one' }, returns: entity },
    getOneOrFail: { run: true, effect: { cardinality: 'one' }, returns: entity },
    getMany: { run: true, effect: { cardinality: 'many' }, returns: entity },
    getManyAndCount: { run: true, effect: { cardinality: 'many', rows: '0' }, returns: entity },
    getRawOne: { run: true, effect: { cardinality: 'one' } },
    getRawMany: { run: true, effect: { cardinality: 'many' } },
    getRawAndEntities: { run: true, effect: { cardinality: 'many', rows: 'entities' }, returns: entity },
    getCount: { run: true, effect: { action: 'count' } },
    getExists: { run: true, effect: { action: 'exists' } },
    stream: { run: true, effect: { action: 'stream', cardinality: 'many' } },
    execute: { run: true, effect: { cardinality: 'many' } },
    getQuery: { pure: true }, getSql: { pure: true }, getQueryAndParameters: { pure: true }, getParameters: { pure: true }, subQuery: { pure: true },
  },
};

const writeTerminal: Members = { execute: { run: true }, getQuery: { pure: true }, getSql: { pure: true }, getQueryAndParameters: { pure: true } };

const repository: TypeShape = {
  resource: 'type0',
  construct: { returns: { type: 'Repository', resource: 'a0' } },
  members: {
    ...dataMethods(0),
    ...onRepository,
    ...rawSql,
    manager: 'EntityManager',
    queryRunner: 'QueryRunner',
    createQueryBuilder: { effect: selecting, returns: { type: 'SelectQueryBuilder', resource: 'this' } },
    create: { returns: 'a0' },
    merge: { mutates: 'a0', returns: 'a0' },
    hasId: { pure: true },
    getId: { pure: true },
    extend: { returns: 'this' },
  },
};

const activeRecord: EffectShape = { kind: 'write', system: 'sql', resource: 'this' };

/** Called before the transaction commits in which `save` and `remove` do their statements, whether or not the caller opened one. */
const heard: EntryShape = { kind: 'event', redelivers: false, region: { kind: 'transaction', ambient: true } };
const LISTENERS = 'BeforeInsert AfterInsert BeforeUpdate AfterUpdate BeforeRemove AfterRemove BeforeSoftRemove AfterSoftRemove BeforeRecover AfterRecover'.split(' ');
const decapitalised = (name: string): string => name[0]!.toLowerCase() + name.slice(1);

export default {
  name: 'typeorm',
  packages: ['typeorm', 'typeorm/*'],
  exports: {
    DataSource: 'DataSource',
    Connection: 'DataSource',
    Repository: 'Repository',
    TreeRepository: 'TreeRepository',
    MongoRepository: 'MongoRepository',
    AbstractRepository: 'AbstractRepository',
    EntityManager: 'EntityManager',
    BaseEntity: 'BaseEntity',
    createConnection: { opens: true, returns: { type: 'DataSource', handle: 'new' } },
    getConnection: { returns: { type: 'DataSource' } },
    getManager: { returns: { type: 'EntityManager' } },
    getRepository: { returns: { type: 'Repository', resource: 'a0' } },
    getCustomRepository: { returns: { type: 'Repository' } },
    Brackets: { pure: true }, NotBrackets: { pure: true },
    In: { pure: true }, Not: { pure: true }, IsNull: { pure: true }, Equal: { pure: true }, LessThan: { pure: true }, LessThanOrEqual: { pure: true },
    MoreThan: { pure: true }, MoreThanOrEqual: { pure: true }, Between: { pure: true }, Like: { pure: true }, ILike: { pure: true }, Any: { pure: true },
    Raw: { pure: true }, And: { pure: true }, Or: { pure: true }, ArrayContains: { pure: true }, ArrayContainedBy: { pure: true }, ArrayOverlap: { pure: true },
    JsonContains: { pure: true },
    EventSubscriber: LISTENERS.map((name) => ({ decorates: { on: 'class', entry: heard, method: decapitalised(name), args: [{ type: 'RowEvent' }] } })),
    ...Object.fromEntries(LISTENERS.map((name) => [name, { decorates: { on: 'method', entry: heard } }])),
  },
  types: {
    DataSource: {
      role: 'client',
      pooled: true,
      aliases: ['Connection'],
      construct: { opens: true, returns: { type: 'DataSource', handle: 'new' } },
      members: {
        ...repositories,
        ...rawSql,
        manager: 'EntityManager',
        mongoManager: 'MongoEntityManager',
        transaction,
        createQueryBuilder: queryBuilder,
        createQueryRunner: { returns: { type: 'QueryRunner', handle: 'new' } },
        createEntityManager: { returns: { type: 'EntityManager' } },
        initialize: { returns: 'this' },
        connect: { returns: 'this' },
        setOptions: { returns: 'this' },
      },
    },
    EntityManager: {
      role: 'client',
            members: {
        ...repositories,
        ...rawSql,
        ...dataMethods(1),
        save: managerEntityMethod('save'),
        remove: managerEntityMethod('remove'),
        softRemove: managerEntityMethod('softRemove'),
        recover: managerEntityMethod('recover'),
        withRepository: { returns: { type: 'Repository', resource: 'a0' } },
        connection: 'DataSource',
        dataSource: 'DataSource',
        queryRunner: 'QueryRunner',
        transaction,
        createQueryBuilder: queryBuilder,
        create: [{ when: [{ at: 'a1', kind: 'present' }], returns: 'a1' }, { pure: true }],
        merge: { mutates: 'a1', returns: 'a1' },
        hasId: { pure: true },
        getId: { pure: true },
      },
    },
    MongoEntityManager: {
      extends: ['EntityManager'],
    },
    QueryRunner: {
      role: 'client',
      serial: true,
      members: {
        ...rawSql,
        manager: 'EntityManager',
        connection: 'DataSource',
        dataSource: 'DataSource',
        connect: { pure: true },
        release: { pure: true },
        startTransaction: { transaction: { is: 'begin', handle: 'this', isolation: 'a0' } },
        commitTransaction: { transaction: { is: 'commit', handle: 'this' } },
        rollbackTransaction: { transaction: { is: 'rollback', handle: 'this' } },
      },
    },
    Repository: repository,
    TreeRepository: {
      extends: ['Repository'],
      resource: 'type0',
      members: {
        findTrees: { effect: { ...selecting, cardinality: 'many' }, returns: entity },
        findRoots: { effect: { ...selecting, cardinality: 'many' }, returns: entity },
        findDescendants: { effect: { ...selecting, cardinality: 'many', criteria: ['key', 'a0.id'] }, returns: entity },
        findDescendantsTree: { effect: { ...selecting, cardinality: 'one', criteria: ['key', 'a0.id'] }, returns: entity },
        findAncestors: { effect: { ...selecting, cardinality: 'many', criteria: ['key', 'a0.id'] }, returns: entity },
        findAncestorsTree: { effect: { ...selecting, cardinality: 'one', criteria: ['key', 'a0.id'] }, returns: entity },
        countDescendants: { effect: { ...selecting, action: 'count', criteria: ['key', 'a0.id'] } },
        countAncestors: { effect: { ...selecting, action: 'count', criteria: ['key', 'a0.id'] } },
      },
    },
    MongoRepository: {
      extends: ['Repository'],
      resource: 'type0',
      members: {
        updateOne: { effect: { kind: 'write', action: 'update', system: 'mongo', criteria: ['mongo', 'a0'], values: ['mongo', 'a1'], scope: 'payload', affected: 'modifiedCount', repeatable: true } },
        updateMany: { effect: { kind: 'write', action: 'update', system: 'mongo', criteria: ['mongo', 'a0'], values: ['mongo', 'a1'], scope: 'payload', affected: 'modifiedCount', repeatable: true } },
        replaceOne: { effect: { kind: 'write', action: 'replace', system: 'mongo', criteria: ['mongo', 'a0'], values: ['object', 'a1'], affected: 'modifiedCount', repeatable: true } },
        insertOne: { effect: { kind: 'write', action: 'insert', system: 'mongo', values: ['object', 'a0'], repeatable: false, batchCounterpart: 'insertMany' } },
        insertMany: { effect: { kind: 'write', action: 'insert', system: 'mongo', values: ['object', 'a0'], items: 'a0', repeatable: false } },
        deleteOne: { effect: { kind: 'write', action: 'delete', system: 'mongo', criteria: ['mongo', 'a0'], affected: 'deletedCount', repeatable: true } },
        deleteMany: { effect: { kind: 'write', action: 'delete', system: 'mongo', criteria: ['mongo', 'a0'], affected: 'deletedCount', repeatable: true } },
        findOneAndUpdate: { effect: { kind: 'write', action: 'update', system: 'mongo', criteria: ['mongo', 'a0'], values: ['mongo', 'a1'], scope: 'payload', affected: '', repeatable: true } },
        findOneAndDelete: { effect: { kind: 'write', action: 'delete', system: 'mongo', criteria: ['mongo', 'a0'], affected: '', repeatable: true } },
        findOneAndReplace: { effect: { kind: 'write', action: 'replace', system: 'mongo', criteria: ['mongo', 'a0'], values: ['object', 'a1'], affected: '', repeatable: true } },
        countDocuments: { effect: { kind: 'read', action: 'count', system: 'mongo', criteria: ['mongo', 'a0'] } },
        distinct: { effect: { kind: 'read', action: 'find', system: 'mongo', cardinality: 'many', criteria: ['mongo', 'a1'] } },
        bulkWrite: { effect: { kind: 'write', action: 'execute', system: 'mongo', items: 'a0' } },
      },
    },
    AbstractRepository: {
      resource: 'type0',
      members: {
        repository: 'Repository',
        manager: 'EntityManager',
        createQueryBuilder: { effect: selecting, returns: { type: 'SelectQueryBuilder', resource: 'this' } },
        getRepositoryFor: { returns: { type: 'Repository', resource: 'a0' } },
        createQueryBuilderFor: { effect: { ...selecting, resource: 'a0' }, returns: { type: 'SelectQueryBuilder', resource: 'a0' } },
      },
    },
    BaseEntity: {
      role: 'entity',
      resource: 'class',
      statics: {
        ...dataMethods(0),
        ...onRepository,
        query: { effect: { sql: 'a0', params: 'a1', system: 'sql' } },
        sql: { effect: { sql: 'a0', params: 'args', system: 'sql' } },
        create: { returns: { type: 'BaseEntity', resource: 'this' } },
        merge: { mutates: 'a0', returns: 'a0' },
        getRepository: { returns: { type: 'Repository', resource: 'this' } },
        createQueryBuilder: { effect: selecting, returns: { type: 'SelectQueryBuilder', resource: 'this' } },
        useDataSource: { pure: true },
        hasId: { pure: true },
        getId: { pure: true },
      },
      members: {
        save: { effect: { ...activeRecord, action: 'save', scope: 'dirty', values: ['object', 'this'] }, returns: 'this' },
        remove: { effect: { ...activeRecord, action: 'delete', repeatable: true }, returns: 'this' },
        softRemove: { effect: { ...activeRecord, action: 'delete', repeatable: true }, returns: 'this' },
        recover: { effect: { ...activeRecord, action: 'update', repeatable: true }, returns: 'this' },
        reload: { effect: { kind: 'read', action: 'find', system: 'sql', resource: 'this', cardinality: 'one' }, returns: 'this' },
        hasId: { pure: true },
      },
    },
    /** What a subscriber is given. */
    RowEvent: { aliases: ['InsertEvent', 'UpdateEvent', 'RemoveEvent', 'SoftRemoveEvent', 'RecoverEvent'], members: { manager: 'EntityManager', queryRunner: 'QueryRunner', connection: 'DataSource', dataSource: 'DataSource' } },
    SelectQueryBuilder: selectBuilder,
    InsertQueryBuilder: {
      lazy: 'run',
      resource: 'type0',
      members: {
        ...writeTerminal,
        into: { effect: { resource: 'a0' }, returns: 'this' },
        values: [
          { when: [{ at: 'a0', kind: 'object' }], effect: { values: ['object', 'a0'], batchCounterpart: 'values' }, returns: 'this' },
          { effect: { values: ['object', 'a0'], items: 'a0', maxBinds: 65_535 }, returns: 'this' },
        ],
        valuesFromSelect: step, returning: step, output: step, updateEntity: step, callListeners: step, useTransaction: step, setParameter: step, setParameters: step,
        orIgnore: { effect: { onConflict: 'ignore', repeatable: true, affected: 'raw' }, returns: 'this' },
        orUpdate: { effect: { action: 'upsert', onConflict: 'update', conflictTarget: 'a1', repeatable: true }, returns: 'this' },
        onConflict: { effect: { onConflict: 'ignore' }, returns: 'this' },
      },
    },
    UpdateQueryBuilder: {
      lazy: 'run',
      resource: 'type0',
      members: { ...wheres, ...writeTerminal, set: { effect: { values: ['object', 'a0'] }, returns: 'this' } },
    },
    DeleteQueryBuilder: {
      lazy: 'run',
      aliases: ['SoftDeleteQueryBuilder'],
      resource: 'type0',
      members: { ...wheres, ...writeTerminal, from: { effect: { resource: 'a0' }, returns: 'this' } },
    },
    RelationQueryBuilder: {
      lazy: 'run',
      members: {
        of: { effect: { criteria: ['typeorm', 'a0'] }, returns: 'this' },
        set: { run: true, effect: { kind: 'write', action: 'update', system: 'sql', values: ['key', 'a0'], repeatable: true } },
        add: { run: true, effect: { kind: 'write', action: 'append', system: 'sql', values: ['key', 'a0'], repeatable: false } },
        remove: { run: true, effect: { kind: 'write', action: 'delete', system: 'sql', repeatable: true } },
        addAndRemove: { run: true, effect: { kind: 'write', action: 'update', system: 'sql' } },
        loadOne: { run: true, effect: { ...selecting, cardinality: 'one' } },
        loadMany: { run: true, effect: { ...selecting, cardinality: 'many' } },
      },
    },
  },
  source: 'typeorm@1.1.1 d.ts; names removed in 1.0 (createConnection, getRepository, AbstractRepository, findByIds, findOneById): memory',
  verified: 'types',
} satisfies LibraryModel;
