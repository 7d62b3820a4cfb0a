import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const builder = { type: 'QueryBuilder' } as const;
const select: EffectShape = { kind: 'read', action: 'find', system: 'sql', cardinality: 'many', maxBinds: 65_535 };
const step: Operation = { returns: 'this' };
/** Rows are as distinct as what they are picked by. */
const picks: Operation = { effect: { distinct: true }, returns: 'this' };
const where: Operation = { effect: { criteria: ['knex', 'args'] }, returns: 'this' };
/** An alternative widens what is matched: what stands beside it no longer holds alone, so the condition is unreadable on purpose. */
const alternative: Operation = { effect: { criteria: ['filters', '#or'] }, returns: 'this' };
/** A condition that is no comparison of a column with a value. */
const opaque: Operation = { effect: { criteria: ['filters', '#raw'] }, returns: 'this' };
const raw: Operation = { effect: { criteria: ['raw', 'args'] }, returns: 'this' };
const aggregate: Operation = { effect: { action: 'aggregate' }, returns: 'this' };
const counting: Operation = { effect: { action: 'count', counts: 'a0' }, returns: 'this' };
const changed: EffectShape = { kind: 'write', action: 'update', scope: 'payload', affected: '', repeatable: true };
const stepped: Operation = {
  effect: { kind: 'write', action: 'increment', atomic: true, repeatable: false, affected: '', values: ['counter', 'a0'] },
  returns: 'this',
};
const deletion: Operation = { effect: { kind: 'write', action: 'delete', affected: '', repeatable: true, batchCounterpart: 'whereIn' }, returns: 'this' };

/** A row, or a list of them in one statement. */
const rows = (effect: EffectShape, name: string): readonly Operation[] => [
  { when: [{ at: 'a0', kind: 'object' }], effect: { ...effect, batchCounterpart: name }, returns: 'this' },
  { effect: { ...effect, items: 'a0', maxBinds: 65_535 }, returns: 'this' },
];

const steps: Members = {
  from: { effect: { resource: 'a0' }, returns: 'this' },
  into: { effect: { resource: 'a0' }, returns: 'this' },
  table: { effect: { resource: 'a0' }, returns: 'this' },
  select: step, column: step, columns: step, as: step, distinct: picks, distinctOn: picks, hintComment: step, comment: step, with: step, withRecursive: step,
  withMaterialized: step, withNotMaterialized: step, withSchema: step, clone: step, columnInfo: step, options: step, connection: step, debug: step,
  join: step, innerJoin: step, leftJoin: step, leftOuterJoin: step, rightJoin: step, rightOuterJoin: step, outerJoin: step, fullOuterJoin: step, crossJoin: step, joinRaw: step,
  groupBy: picks, groupByRaw: picks, having: step, andHaving: step, orHaving: step, havingRaw: step, havingIn: step,
  union: step, unionAll: step, intersect: step, except: step,
  where, andWhere: where, whereIn: where, whereExists: opaque, whereNotExists: opaque, whereRaw: raw, whereWrapped: opaque,
  whereNot: [{ when: [{ at: 'a0', kind: 'object' }], ...opaque }, where],
  whereNotIn: where, whereNull: where, whereNotNull: where,
  andWhereNot: opaque, whereBetween: opaque, whereNotBetween: opaque, andWhereBetween: opaque,
  whereLike: opaque, whereILike: opaque, andWhereLike: opaque, andWhereILike: opaque, whereJsonPath: opaque, whereJsonObject: opaque, whereJsonSupersetOf: opaque,
  andWhereRaw: raw,
  orWhere: alternative, orWhereNot: alternative, orWhereIn: alternative, orWhereNotIn: alternative, orWhereNull: alternative, orWhereNotNull: alternative,
  orWhereBetween: alternative, orWhereNotBetween: alternative, orWhereRaw: alternative, orWhereExists: alternative, orWhereNotExists: alternative,
  orWhereLike: alternative, orWhereILike: alternative,
  orderBy: { effect: { order: ['knex', 'args'] }, returns: 'this' },
  orderByRaw: { effect: { order: ['object', 'a0'] }, returns: 'this' },
  limit: { effect: { limit: 'a0' }, returns: 'this' },
  offset: { effect: { offset: 'a0' }, returns: 'this' },
  first: { effect: { cardinality: 'one', limit: 1, batchCounterpart: 'whereIn' }, returns: 'this' },
  pluck: step,
  count: counting, countDistinct: counting, min: aggregate, max: aggregate, sum: aggregate, sumDistinct: aggregate, avg: aggregate, avgDistinct: aggregate,
  insert: rows({ kind: 'write', action: 'insert', values: ['object', 'a0'], repeatable: false }, 'insert'),
  upsert: rows({ kind: 'write', action: 'upsert', onConflict: 'update', values: ['object', 'a0'], repeatable: true }, 'upsert'),
  update: [
    { when: [{ at: 'a0', kind: 'string' }], effect: { ...changed, values: ['knex', 'args'] }, returns: 'this' },
    { effect: { ...changed, values: ['object', 'a0'] }, returns: 'this' },
  ],
  increment: stepped,
  decrement: stepped,
  del: deletion,
  delete: deletion,
  truncate: { effect: { kind: 'write', action: 'delete', repeatable: true }, returns: 'this' },
  onConflict: { effect: { conflictTarget: 'a0' }, returns: 'this' },
  ignore: { effect: { onConflict: 'ignore', repeatable: true, affected: '' }, returns: 'this' },
  merge: { effect: { action: 'upsert', onConflict: 'update', repeatable: true }, returns: 'this' },
  returning: { effect: { affected: '' }, returns: 'this' },
  forUpdate: { effect: { lock: true }, returns: 'this' },
  forShare: { effect: { lock: true }, returns: 'this' },
  forNoKeyUpdate: { effect: { lock: true }, returns: 'this' },
  forKeyShare: { effect: { lock: true }, returns: 'this' },
  skipLocked: { effect: { skipLocked: true }, returns: 'this' },
  noWait: step,
  transacting: { effect: { handle: 'a0' }, returns: 'this' },
  timeout: { effect: { deadlineOption: 'a0' }, returns: 'this' },
  modify: { invokes: [{ fn: 'a0', args: ['this'] }], returns: 'this' },
  clearSelect: step, clearWhere: step, clearOrder: step, clearCounters: step, clear: step, clearGroup: step, clearHaving: step,
  stream: { run: true, effect: { action: 'stream' } },
  toSQL: { pure: true }, toQuery: { pure: true },
};

const call: Operation = { effect: { ...select, resource: 'a0' }, returns: { type: 'QueryBuilder', resource: 'a0' } };
const starts = (names: readonly string[]): Members =>
  Object.fromEntries(
    names.map((name) => {
      const member = steps[name] as Operation | readonly Operation[];
      const start = (operation: Operation): Operation => ({ ...operation, effect: { ...select, ...operation.effect }, returns: builder });
      return [name, Array.isArray(member) ? member.map(start) : start(member as Operation)];
    }),
  );

const open = { type: 'Transaction', handle: 'new' } as const;
const begin: Operation = { transaction: { is: 'begin', isolation: 'a0.isolationLevel' }, returns: open };

const client: Members = {
  ...starts(['select', 'column', 'columns', 'from', 'into', 'table', 'first', 'pluck', 'insert', 'update', 'del', 'delete', 'with', 'withRecursive', 'withSchema', 'where', 'count', 'distinct', 'min', 'max', 'sum', 'avg', 'union', 'unionAll']),
  raw: { effect: { sql: 'a0', params: 'a1', system: 'sql', maxBinds: 65_535 }, returns: { type: 'Raw' } },
  queryBuilder: { effect: select, returns: builder },
  batchInsert: {
    effect: { kind: 'write', action: 'insert', system: 'sql', resource: 'a0', values: ['object', 'a1'], items: 'a1', repeatable: false },
    returns: { type: 'BatchInsert' },
  },
  transaction: [
    { when: [{ at: 'a0', kind: 'absent' }], ...begin },
    { when: [{ at: 'a0', kind: 'object' }], ...begin },
    { invokes: [{ fn: 'a0', args: [open], region: { kind: 'transaction', value: 'a1.isolationLevel' } }], returns: 'invoked' },
  ],
  transactionProvider: { returns: { type: 'TransactionProvider' } },
  ref: { pure: true },
  fn: { members: { now: { yields: 'server-clock' }, uuid: { pure: true } } },
  destroy: { closes: true, pure: true },
  initialize: { pure: true },
  on: { pure: true },
  withUserParams: { returns: { type: 'Knex' } },
};

const factory: Operation = { opens: true, returns: { type: 'Knex', handle: 'new' } };

export default {
  name: 'knex',
  packages: ['knex'],
  exports: { default: factory, knex: factory, Knex: factory },
  types: {
    Knex: { role: 'client', pooled: true, call, members: client },
    Transaction: {
      role: 'transaction',
      aliases: ['Knex.Transaction'],
      extends: ['Knex'],
      call,
      members: {
        commit: { transaction: { is: 'commit', handle: 'this' } },
        rollback: { transaction: { is: 'rollback', handle: 'this' } },
        savepoint: { invokes: [{ fn: 'a0', args: ['this'] }], returns: 'invoked' },
        isCompleted: { pure: true },
      },
    },
    TransactionProvider: {
      aliases: ['Knex.TransactionProvider'],
      call: { transaction: { is: 'begin' }, returns: open },
    },
    QueryBuilder: { aliases: ['Knex.QueryBuilder', 'Knex.QueryInterface'], lazy: 'await', members: steps },
    Raw: {
      aliases: ['Knex.Raw'],
      lazy: 'await',
      members: {
        transacting: { effect: { handle: 'a0' }, returns: 'this' },
        timeout: { effect: { deadlineOption: 'a0' }, returns: 'this' },
        wrap: step,
        toSQL: { pure: true }, toQuery: { pure: true },
        stream: { run: true },
      },
    },
    BatchInsert: {
      aliases: ['Knex.BatchInsertBuilder'],
      lazy: 'await',
      members: { transacting: { effect: { handle: 'a0' }, returns: 'this' }, returning: step },
    },
  },
  source: 'knex@3.3.0 types/index.d.ts',
  verified: 'types',
} satisfies LibraryModel;
