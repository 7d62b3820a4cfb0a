import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const step: Operation = { returns: 'this' };

/** On a repository they start at `a0`; on the entity manager the entity class comes first. */
function dataMethods(first: 0 | 1): Members {
  const a = (index: number): string => `a${index + first}`;
  const target: EffectShape = first === 1 ? { resource: 'a0', system: 'sql' } : { system: 'sql' };
  const entity = { type: 'Entity', resource: first === 1 ? 'a0' : 'this' };
  const options: EffectShape = { order: ['prisma', `${a(1)}.orderBy`], limit: `${a(1)}.limit`, offset: `${a(1)}.offset`, lock: `${a(1)}.lockMode` };
  const find: EffectShape = { kind: 'read', action: 'find', ...target, criteria: ['mongo', a(0)], ...options };
  const all: EffectShape = {
    kind: 'read', action: 'find', ...target, criteria: ['mongo', `${a(0)}.where`], order: ['prisma', `${a(0)}.orderBy`], limit: `${a(0)}.limit`, offset: `${a(0)}.offset`, lock: `${a(0)}.lockMode`,
  };
  const write: EffectShape = { kind: 'write', ...target };
  return {
    find: { effect: { ...find, cardinality: 'many' }, returns: entity },
    findOne: { effect: { ...find, cardinality: 'one', limit: 1, batchCounterpart: 'find' }, returns: entity },
    findOneOrFail: { effect: { ...find, cardinality: 'one', limit: 1, batchCounterpart: 'find' }, returns: entity },
    findAll: { effect: { ...all, cardinality: 'many' }, returns: entity },
    findAndCount: { effect: { ...find, cardinality: 'many', rows: '0', total: '1' }, returns: entity },
    findByCursor: { effect: { ...find, cardinality: 'many', rows: 'items', limit: `${a(1)}.first`, cursor: `${a(1)}.after` }, returns: entity },
    count: { effect: { kind: 'read', action: 'count', ...target, criteria: ['mongo', a(0)] } },
    insert: { effect: { ...write, action: 'insert', values: ['object', a(0)], repeatable: false, batchCounterpart: 'insertMany' } },
    insertMany: { effect: { ...write, action: 'insert', values: ['object', a(0)], items: a(0), repeatable: false } },
    nativeUpdate: { effect: { ...write, action: 'update', criteria: ['mongo', a(0)], values: ['object', a(1)], scope: 'payload', affected: '', repeatable: true } },
    nativeDelete: { effect: { ...write, action: 'delete', criteria: ['mongo', a(0)], affected: '', repeatable: true } },
    upsert: { effect: { ...write, action: 'upsert', values: ['object', a(0)], onConflict: 'update', conflictTarget: `${a(1)}.onConflictFields`, scope: 'payload', repeatable: true, batchCounterpart: 'upsertMany' }, returns: entity },
    upsertMany: { effect: { ...write, action: 'upsert', values: ['object', a(0)], items: a(0), onConflict: 'update', conflictTarget: `${a(1)}.onConflictFields`, scope: 'payload', repeatable: true }, returns: entity },
    create: { returns: entity },
    getReference: { returns: entity },
    merge: { returns: entity },
    map: { returns: entity },
  };
}

const ofEntity: EffectShape = { kind: 'write', system: 'sql', resource: 'a0' };
/** `persist` and `remove` only schedule; everything managed that changed is written by `flush`, in one transaction. */
const unitOfWork: Members = {
  persist: step,
  remove: step,
  flush: { effect: { kind: 'write', action: 'save', system: 'sql', scope: 'dirty' } },
  // 5.x
  persistAndFlush: { effect: { ...ofEntity, action: 'save', scope: 'dirty', values: ['object', 'a0'], items: 'a0' } },
  removeAndFlush: { effect: { ...ofEntity, action: 'delete', items: 'a0', repeatable: true } },
  assign: { mutates: 'a0', returns: 'a0' },
  populate: { effect: { kind: 'read', action: 'find', system: 'sql' }, returns: 'a0' },
  getEntityManager: { returns: { type: 'EntityManager' } },
};

const select: EffectShape = { kind: 'read', action: 'find', system: 'sql', cardinality: 'many' };
const alternative: Operation = { effect: { criteria: ['mongo', '#or'] }, returns: 'this' };
const where: Operation = { effect: { criteria: ['mongo', 'a0'] }, returns: 'this' };
const manager = { type: 'EntityManager', handle: 'new' } as const;

export default {
  name: 'mikro-orm',
  packages: [
    '@mikro-orm/core', '@mikro-orm/knex', '@mikro-orm/sql', '@mikro-orm/postgresql', '@mikro-orm/mysql', '@mikro-orm/mariadb', '@mikro-orm/sqlite', '@mikro-orm/better-sqlite', '@mikro-orm/libsql',
    '@mikro-orm/mssql', '@mikro-orm/mongodb', '@mikro-orm/nestjs', '@mikro-orm/decorators', '@mikro-orm/decorators/*',
  ],
  exports: {
    MikroORM: 'MikroORM',
    EntityManager: 'EntityManager',
    SqlEntityManager: 'EntityManager',
    EntityRepository: 'EntityRepository',
    RequestContext: { members: { getEntityManager: { returns: { type: 'EntityManager' } }, create: { invokes: [{ fn: 'a1' }], returns: 'invoked' } } },
    Transactional: { decorates: { on: 'method', region: { kind: 'transaction', value: 'a0.isolationLevel', ambient: true } } },
    raw: { pure: true, returns: { type: 'RawQueryFragment' } },
    sql: 'SqlTag',
    wrap: { returns: 'a0' },
    ref: { returns: 'a0' },
    // @mikro-orm/nestjs
    InjectRepository: { decorates: { on: 'param', injects: { type: 'EntityRepository', resource: 'a0' } } },
    InjectEntityManager: { decorates: { on: 'param', injects: { type: 'EntityManager' } } },
    InjectMikroORM: { decorates: { on: 'param', injects: { type: 'MikroORM' } } },
  },
  types: {
    MikroORM: {
      role: 'client',
      construct: { returns: { type: 'MikroORM', handle: 'new' } },
      statics: { init: { returns: { type: 'MikroORM', handle: 'new' } }, initSync: { returns: { type: 'MikroORM', handle: 'new' } } },
      members: { em: 'EntityManager', close: { pure: true }, connect: { pure: true }, isConnected: { pure: true } },
    },
    EntityManager: {
      role: 'client',
      aliases: ['SqlEntityManager'],
      members: {
        ...dataMethods(1),
        ...unitOfWork,
        getRepository: { returns: { type: 'EntityRepository', resource: 'a0' } },
        repo: { returns: { type: 'EntityRepository', resource: 'a0' } },
        fork: { returns: manager },
        clear: { pure: true },
        refresh: { effect: { kind: 'read', action: 'find', system: 'sql', resource: 'a0', cardinality: 'one', lock: 'a1.lockMode' }, returns: 'a0' },
        refreshOrFail: { effect: { kind: 'read', action: 'find', system: 'sql', resource: 'a0', cardinality: 'one', lock: 'a1.lockMode' }, returns: 'a0' },
        lock: { effect: { kind: 'read', action: 'find', system: 'sql', resource: 'a0', cardinality: 'one', lock: true } },
        transactional: { invokes: [{ fn: 'a0', args: [manager], region: { kind: 'transaction', value: 'a1.isolationLevel' } }], returns: 'invoked' },
        begin: { transaction: { is: 'begin', handle: 'this', isolation: 'a0.isolationLevel' } },
        commit: { transaction: { is: 'commit', handle: 'this' } },
        rollback: { transaction: { is: 'rollback', handle: 'this' } },
        createQueryBuilder: { effect: { ...select, resource: 'a0' }, returns: { type: 'QueryBuilder', resource: 'a0' } },
        qb: { effect: { ...select, resource: 'a0' }, returns: { type: 'QueryBuilder', resource: 'a0' } },
        getKnex: { returns: { type: 'knex#Knex' } },
        execute: { effect: { sql: 'a0', params: 'a1', system: 'sql' } },
        getConnection: { returns: { type: 'Connection' } },
        isInTransaction: { pure: true },
      },
    },
    EntityRepository: {
      resource: 'type0',
      members: {
        ...dataMethods(0),
        ...unitOfWork,
        createQueryBuilder: { effect: select, returns: { type: 'QueryBuilder', resource: 'this' } },
        qb: { effect: select, returns: { type: 'QueryBuilder', resource: 'this' } },
        getKnex: { returns: { type: 'knex#Knex' } },
      },
    },
    /** Managed: assigning to its fields is written by the next `flush`. */
    Entity: { role: 'entity' },
    SqlTag: { call: { pure: true, returns: { type: 'RawQueryFragment' } }, members: { ref: { pure: true }, now: { pure: true }, lower: { pure: true }, upper: { pure: true } } },
    /** As a value, computed by the store. */
    RawQueryFragment: {},
    Connection: { members: { execute: { effect: { sql: 'a0', params: 'a1', system: 'sql' } } } },
    QueryBuilder: {
      lazy: 'await',
      members: {
        select: step, addSelect: step, distinct: step, groupBy: step, having: step, join: step, leftJoin: step, innerJoin: step, joinAndSelect: step, leftJoinAndSelect: step, innerJoinAndSelect: step,
        populate: step, from: step, clone: step, withSchema: step, as: step, returning: step, cache: step,
        where, andWhere: where, orWhere: alternative,
        orderBy: { effect: { order: ['prisma', 'a0'] }, returns: 'this' },
        limit: { effect: { limit: 'a0', offset: 'a1' }, returns: 'this' },
        offset: { effect: { offset: 'a0' }, returns: 'this' },
        setLockMode: { effect: { lock: true }, returns: 'this' },
        count: { effect: { action: 'count' }, returns: 'this' },
        insert: { effect: { kind: 'write', action: 'insert', values: ['object', 'a0'], items: 'a0', repeatable: false }, returns: 'this' },
        update: { effect: { kind: 'write', action: 'update', values: ['object', 'a0'], scope: 'payload', affected: 'affectedRows', repeatable: true }, returns: 'this' },
        delete: { effect: { kind: 'write', action: 'delete', criteria: ['mongo', 'a0'], affected: 'affectedRows', repeatable: true }, returns: 'this' },
        truncate: { effect: { kind: 'write', action: 'delete', repeatable: true }, returns: 'this' },
        onConflict: { effect: { conflictTarget: 'a0' }, returns: 'this' },
        ignore: { effect: { onConflict: 'ignore', repeatable: true }, returns: 'this' },
        merge: { effect: { action: 'upsert', onConflict: 'update', repeatable: true }, returns: 'this' },
        execute: { run: true },
        getResult: { run: true, returns: { type: 'Entity', resource: 'this' } },
        getResultList: { run: true, returns: { type: 'Entity', resource: 'this' } },
        getSingleResult: { run: true, effect: { cardinality: 'one' }, returns: { type: 'Entity', resource: 'this' } },
        getResultAndCount: { run: true, effect: { rows: '0' }, returns: { type: 'Entity', resource: 'this' } },
        getCount: { run: true, effect: { action: 'count' } },
        getKnexQuery: { pure: true },
        getQuery: { pure: true },
      },
    },
  },
  source: '@mikro-orm/core@6.6.16 EntityManager.d.ts, entity/EntityRepository.d.ts; @mikro-orm/nestjs@6.1.2; query builder: documentation',
  verified: 'types',
} satisfies LibraryModel;
