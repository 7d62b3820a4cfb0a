import type { Action, EffectShape, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const step: Operation = { returns: 'this' };
const steps = (...names: readonly string[]): Members => Object.fromEntries(names.map((name) => [name, step]));
const select: EffectShape = { kind: 'read', action: 'find', system: 'sql', cardinality: 'many', resource: 'this', handle: 'a0', maxBinds: 65_535 };
const builder = { type: 'QueryBuilder', resource: 'this' } as const;
const where: Operation = { effect: { criteria: ['knex', 'args'] }, returns: 'this' };
const alternative: Operation = { effect: { criteria: ['filters', '#or'] }, returns: 'this' };
const opaque: Operation = { effect: { criteria: ['filters', '#raw'] }, returns: 'this' };
const insert: EffectShape = { kind: 'write', action: 'insert', values: ['object', 'a0'], repeatable: false, cardinality: 'one' };
const rows: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'object' }], effect: { ...insert, batchCounterpart: 'insert' }, returns: 'this' },
  { effect: { ...insert, items: 'a0', maxBinds: 65_535 }, returns: 'this' },
];
const patch: EffectShape = { kind: 'write', action: 'update', scope: 'payload', values: ['object', 'a0'], affected: '', repeatable: true };
const patchById: EffectShape = { ...patch, criteria: ['key', 'a0'], values: ['object', 'a1'], cardinality: 'one' };
const graph: EffectShape = { kind: 'write', action: 'upsert', values: ['object', 'a0'], scope: 'payload' };
const stepped: Operation = { effect: { kind: 'write', action: 'increment', atomic: true, repeatable: false, affected: '', values: ['counter', 'a0'] }, returns: 'this' };
const remove: EffectShape = { kind: 'write', action: 'delete', affected: '', repeatable: true };

const members: Members = {
  ...steps(
    'select', 'column', 'columns', 'distinct', 'as', 'alias', 'groupBy', 'having', 'join', 'innerJoin', 'leftJoin', 'rightJoin', 'leftOuterJoin', 'joinRelated', 'innerJoinRelated', 'leftJoinRelated',
    'withGraphFetched', 'withGraphJoined', 'modifyGraph', 'allowGraph', 'context', 'clone', 'debug', 'with', 'skipUndefined', 'castTo', 'union', 'unionAll', 'noWait', 'returning', 'withSchema',
  ),
  where, andWhere: where, whereIn: where, whereNot: [{ when: [{ at: 'a0', kind: 'object' }], ...opaque }, where], whereNotIn: where, whereNull: where, whereNotNull: where, whereBetween: opaque, whereNotBetween: opaque, whereRaw: opaque, whereExists: opaque, whereNotExists: opaque,
  whereColumn: opaque, whereComposite: where, whereInComposite: where, whereLike: opaque, whereILike: opaque,
  orWhere: alternative, orWhereIn: alternative, orWhereNot: alternative, orWhereNull: alternative, orWhereNotNull: alternative, orWhereRaw: alternative, orWhereBetween: alternative, orWhereExists: alternative,
  orderBy: { effect: { order: ['knex', 'args'] }, returns: 'this' },
  orderByRaw: { effect: { order: ['object', 'a0'] }, returns: 'this' },
  limit: { effect: { limit: 'a0' }, returns: 'this' },
  offset: { effect: { offset: 'a0' }, returns: 'this' },
  page: { effect: { limit: 'a1', offset: 'a0', rows: 'results' }, returns: 'this' },
  range: { effect: { offset: 'a0', limit: 'a1', rows: 'results' }, returns: 'this' },
  first: { effect: { cardinality: 'one', limit: 1 }, returns: 'this' },
  findById: { effect: { criteria: ['key', 'a0'], cardinality: 'one', batchCounterpart: 'findByIds' }, returns: 'this' },
  findByIds: { effect: { criteria: ['key', 'a0'], cardinality: 'many' }, returns: 'this' },
  findOne: { effect: { criteria: ['knex', 'args'], cardinality: 'one', limit: 1 }, returns: 'this' },
  throwIfNotFound: { effect: { throwsWhenUnmatched: true }, returns: 'this' },
  count: { effect: { action: 'count' }, returns: 'this' },
  resultSize: { run: true, effect: { action: 'count' } },
  min: { effect: { action: 'aggregate' }, returns: 'this' },
  max: { effect: { action: 'aggregate' }, returns: 'this' },
  sum: { effect: { action: 'aggregate' }, returns: 'this' },
  avg: { effect: { action: 'aggregate' }, returns: 'this' },
  insert: rows,
  insertAndFetch: rows,
  insertGraph: { effect: insert, returns: 'this' },
  insertGraphAndFetch: { effect: insert, returns: 'this' },
  upsertGraph: { effect: graph, returns: 'this' },
  upsertGraphAndFetch: { effect: graph, returns: 'this' },
  update: { effect: patch, returns: 'this' },
  patch: { effect: patch, returns: 'this' },
  updateAndFetch: { effect: { ...patch, cardinality: 'one' }, returns: 'this' },
  patchAndFetch: { effect: { ...patch, cardinality: 'one' }, returns: 'this' },
  updateAndFetchById: { effect: patchById, returns: 'this' },
  patchAndFetchById: { effect: patchById, returns: 'this' },
  increment: stepped,
  decrement: stepped,
  delete: { effect: remove, returns: 'this' },
  del: { effect: remove, returns: 'this' },
  deleteById: { effect: { ...remove, criteria: ['key', 'a0'], batchCounterpart: 'whereIn' }, returns: 'this' },
  truncate: { effect: { kind: 'write', action: 'delete', repeatable: true }, returns: 'this' },
  relate: { effect: { kind: 'write', action: 'append', values: ['key', 'a0'], repeatable: false }, returns: 'this' },
  unrelate: { effect: { ...remove }, returns: 'this' },
  for: { effect: { criteria: ['filters', '#related'] }, returns: 'this' },
  onConflict: { effect: { conflictTarget: 'a0' }, returns: 'this' },
  ignore: { effect: { onConflict: 'ignore', repeatable: true, affected: '' }, returns: 'this' },
  merge: { effect: { action: 'upsert', onConflict: 'update', repeatable: true }, returns: 'this' },
  forUpdate: { effect: { lock: true }, returns: 'this' },
  forShare: { effect: { lock: true }, returns: 'this' },
  forNoKeyUpdate: { effect: { lock: true }, returns: 'this' },
  forKeyShare: { effect: { lock: true }, returns: 'this' },
  skipLocked: { effect: { skipLocked: true }, returns: 'this' },
  transacting: { effect: { handle: 'a0' }, returns: 'this' },
  timeout: { effect: { deadlineOption: 'a0' }, returns: 'this' },
  modify: { invokes: [{ fn: 'a0', args: ['this'] }], returns: 'this' },
  execute: { run: true, returns: { type: 'Model', resource: 'this' } },
  '#row': 'Model',
  toKnexQuery: { pure: true },
};

const open = { type: 'knex#Transaction', handle: 'new' } as const;
const transaction: readonly Operation[] = [
  { when: [{ at: 'a1', kind: 'present' }], invokes: [{ fn: 'a1', args: [open], region: { kind: 'transaction' } }], returns: 'invoked' },
  { invokes: [{ fn: 'a0', args: [open], region: { kind: 'transaction' } }], returns: 'invoked' },
];
const start: Operation = { transaction: { is: 'begin' }, returns: open };

/** Called on the row, in the transaction of the statement: `async $afterInsert({ transaction }) {…}` */
const hooks = (names: readonly string[], action: Action, handle: string): NonNullable<TypeShape['overrides']> =>
  Object.fromEntries(names.map((name) => [name, { entry: { kind: 'event', redelivers: false, source: 'class', hears: { actions: [action], handle } } as const }]));

export default {
  name: 'objection',
  packages: ['objection'],
  exports: {
    Model: 'Model',
    transaction: 'TransactionFunction',
    raw: { pure: true, returns: { type: 'RawBuilder' } },
    ref: { pure: true },
    val: { pure: true },
    fn: { pure: true },
  },
  types: {
    Model: {
      role: 'entity',
      resource: 'class',
      overrides: {
        ...hooks(['$beforeInsert', '$afterInsert'], 'insert', 'a0.transaction'), ...hooks(['$beforeUpdate', '$afterUpdate'], 'update', 'a1.transaction'), ...hooks(['$beforeDelete', '$afterDelete'], 'delete', 'a0.transaction'),
      },
      statics: {
        query: { effect: select, returns: builder },
        // The related table is not the model's own.
        relatedQuery: { effect: { ...select, resource: 'a0', handle: 'a1' }, returns: { type: 'QueryBuilder', resource: 'a0' } },
        transaction,
        startTransaction: start,
        fromJson: { returns: 'a0' },
        fromDatabaseJson: { returns: 'a0' },
        knex: { returns: { type: 'knex#Knex' } },
        knexQuery: { effect: { kind: 'read', action: 'find', system: 'sql', cardinality: 'many', resource: 'this' }, returns: { type: 'knex#QueryBuilder', resource: 'this' } },
        bindKnex: step,
        bindTransaction: step,
        fetchGraph: { effect: { kind: 'read', action: 'find', system: 'sql' }, returns: 'a0' },
      },
      members: {
        $query: { effect: { ...select, cardinality: 'one', criteria: ['key', 'this'] }, returns: { type: 'InstanceQueryBuilder', resource: 'this' } },
        $relatedQuery: { effect: { ...select, resource: 'a0', handle: 'a1', related: true }, returns: { type: 'QueryBuilder', resource: 'a0' } },
        $fetchGraph: { effect: { kind: 'read', action: 'find', system: 'sql' }, returns: 'this' },
        $set: { mutates: 'this', returns: 'this' },
        $setJson: { mutates: 'this', returns: 'this' },
        $clone: step,
        $toJson: step,
        toJSON: step,
      },
    },
    QueryBuilder: { lazy: 'await', aliases: ['QueryBuilderType', 'SingleQueryBuilder', 'MaybeSingleQueryBuilder'], members },
    /** `user.$query()`: every statement concerns this row. */
    InstanceQueryBuilder: { lazy: 'await', members },
    /** As a value, computed by the store. */
    RawBuilder: { members: { as: step } },
    TransactionFunction: { call: transaction, members: { start } },
  },
  source: 'objection@3.1.5 typings/objection/index.d.ts',
  verified: 'types',
} satisfies LibraryModel;
