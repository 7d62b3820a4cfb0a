import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const step: Operation = { returns: 'this' };
/** Rows are as distinct as what they are picked by. */
const picks: Operation = { effect: { distinct: true }, returns: 'this' };
const steps = (...names: readonly string[]): Members => Object.fromEntries(names.map((name) => [name, step]));

const where: Members = {
  where: { effect: { criteria: ['kysely', 'args'] }, returns: 'this' },
  whereRef: { effect: { criteria: ['filters', '#ref'] }, returns: 'this' },
  orderBy: { effect: { order: ['kysely', 'args'] }, returns: 'this' },
  limit: { effect: { limit: 'a0' }, returns: 'this' },
};
const joins = steps('innerJoin', 'leftJoin', 'rightJoin', 'fullJoin', 'crossJoin', 'innerJoinLateral', 'leftJoinLateral', 'crossJoinLateral');
const common: Members = {
  ...steps('$if', '$castTo', '$narrowType', '$assertType', 'modifyEnd', 'modifyFront', 'withPlugin', 'withSchema', 'clearWhere', 'clearOrderBy', 'clearReturning', 'top', 'output', 'outputAll'),
  $call: { invokes: [{ fn: 'a0', args: ['this'] }], returns: 'invoked' },
  compile: { pure: true },
};

const rows: Members = {
  execute: { run: true, effect: { cardinality: 'many' } },
  executeTakeFirst: { run: true, effect: { cardinality: 'one' } },
  executeTakeFirstOrThrow: { run: true, effect: { cardinality: 'one' } },
  stream: { run: true, effect: { action: 'stream' } },
};
/** Without `returning` the result is one object of counts. */
const counts = (affected: string): Members => ({
  execute: { run: true, effect: { affected: `0.${affected}` } },
  executeTakeFirst: { run: true, effect: { affected } },
  executeTakeFirstOrThrow: { run: true, effect: { affected } },
  stream: { run: true },
});
const returnedRows: Members = {
  execute: { run: true, effect: { affected: '', cardinality: 'many' } },
  executeTakeFirst: { run: true, effect: { affected: '', cardinality: 'one' } },
  executeTakeFirstOrThrow: { run: true, effect: { throwsWhenUnmatched: true, cardinality: 'one' } },
  stream: { run: true },
};
const returning = (type: string): Members => ({ returning: { returns: { type } }, returningAll: { returns: { type } } });

const insertSteps: Members = {
  ...common,
  values: [
    { when: [{ at: 'a0', kind: 'object' }], effect: { values: ['object', 'a0'], batchCounterpart: 'values' }, returns: 'this' },
    { effect: { values: ['object', 'a0'], items: 'a0', maxBinds: 65_535 }, returns: 'this' },
  ],
  ...steps('columns', 'expression', 'defaultValues', 'orAbort', 'orFail', 'orRollback'),
  ignore: { effect: { onConflict: 'ignore', repeatable: true }, returns: 'this' },
  orIgnore: { effect: { onConflict: 'ignore', repeatable: true }, returns: 'this' },
  orReplace: { effect: { action: 'replace', onConflict: 'update', repeatable: true }, returns: 'this' },
  // The builder itself stands for the callback's argument: what the callback adds is added to the insert.
  onConflict: { invokes: [{ fn: 'a0', args: ['this'] }], returns: 'invoked' },
  column: { effect: { conflictTarget: 'a0' }, returns: 'this' },
  constraint: step,
  doNothing: { effect: { onConflict: 'ignore', repeatable: true }, returns: 'this' },
  doUpdateSet: { effect: { action: 'upsert', onConflict: 'update', values: ['kysely', 'a0'], scope: 'payload', repeatable: true }, returns: 'this' },
  onDuplicateKeyUpdate: { effect: { action: 'upsert', onConflict: 'update', values: ['kysely', 'a0'], scope: 'payload', repeatable: true }, returns: 'this' },
};
const updateSteps: Members = {
  ...common,
  ...where,
  ...joins,
  from: step,
  set: [
    { when: [{ at: 'a1', kind: 'present' }], effect: { values: ['kysely', 'args'] }, returns: 'this' },
    { effect: { values: ['kysely', 'a0'] }, returns: 'this' },
  ],
};
const deleteSteps: Members = { ...common, ...where, ...joins, using: step };

const select: EffectShape = { kind: 'read', action: 'find', system: 'sql', cardinality: 'many', maxBinds: 65_535 };
const rawSql: Operation = { pure: true, returns: { type: 'RawBuilder' } };
const isolated = (level: string): Operation => ({
  invokes: [{ fn: 'a0', args: [{ type: 'Transaction', handle: 'new' }], region: { kind: 'transaction', value: level } }],
  returns: 'invoked',
});

const database: Members = {
  selectFrom: { effect: { ...select, resource: 'a0', batchCounterpart: 'in' }, returns: { type: 'SelectQueryBuilder' } },
  selectNoFrom: { effect: select, returns: { type: 'SelectQueryBuilder' } },
  insertInto: { effect: { kind: 'write', action: 'insert', system: 'sql', resource: 'a0', repeatable: false, maxBinds: 65_535 }, returns: { type: 'InsertQueryBuilder' } },
  replaceInto: { effect: { kind: 'write', action: 'replace', system: 'sql', resource: 'a0', onConflict: 'update', repeatable: true }, returns: { type: 'InsertQueryBuilder' } },
  updateTable: { effect: { kind: 'write', action: 'update', system: 'sql', resource: 'a0', scope: 'payload', repeatable: true, maxBinds: 65_535 }, returns: { type: 'UpdateQueryBuilder' } },
  deleteFrom: { effect: { kind: 'write', action: 'delete', system: 'sql', resource: 'a0', repeatable: true, maxBinds: 65_535, batchCounterpart: 'in' }, returns: { type: 'DeleteQueryBuilder' } },
  mergeInto: { effect: { kind: 'write', action: 'upsert', system: 'sql', resource: 'a0' }, returns: { type: 'MergeQueryBuilder' } },
  ...steps('with', 'withRecursive', 'withPlugin', 'withoutPlugins', 'withSchema', 'withTables'),
  executeQuery: { effect: { sql: 'a0', system: 'sql', rows: 'rows' } },
  fn: { members: { '*': { pure: true } } },
  case: { pure: true },
  destroy: { pure: true },
};

export default {
  name: 'kysely',
  packages: ['kysely'],
  exports: {
    Kysely: 'Kysely',
    sql: 'SqlTag',
    expressionBuilder: { pure: true },
  },
  types: {
    Kysely: {
      role: 'client',
      pooled: true,
      aliases: ['QueryCreator'],
      construct: { returns: { type: 'Kysely', handle: 'new' } },
      members: {
        ...database,
        transaction: { returns: { type: 'TransactionBuilder' } },
        startTransaction: { returns: { type: 'ControlledTransactionBuilder' } },
        connection: { returns: { type: 'ConnectionBuilder' } },
      },
    },
    Transaction: { role: 'transaction', members: database },
    ControlledTransaction: {
      role: 'transaction',
      members: {
        ...database,
        // Each returns a command to `execute`.
        commit: { transaction: { is: 'commit', handle: 'this' }, returns: { type: 'Command' } },
        rollback: { transaction: { is: 'rollback', handle: 'this' }, returns: { type: 'Command' } },
        savepoint: { returns: { type: 'SavepointCommand' } },
        rollbackToSavepoint: { returns: { type: 'SavepointCommand' } },
        releaseSavepoint: { returns: { type: 'SavepointCommand' } },
      },
    },
    TransactionBuilder: {
      members: {
        setAccessMode: step,
        setIsolationLevel: [
          { when: [{ at: 'a0', equals: 'serializable' }], returns: { type: 'SerializableTransactionBuilder' } },
          { when: [{ at: 'a0', equals: ['repeatable read', 'snapshot'] }], returns: { type: 'RepeatableTransactionBuilder' } },
          step,
        ],
        execute: {
          invokes: [{ fn: 'a0', args: [{ type: 'Transaction', handle: 'new' }], region: { kind: 'transaction' } }],
          returns: 'invoked',
        },
      },
    },
    SerializableTransactionBuilder: { members: { setAccessMode: step, execute: isolated('#serializable') } },
    RepeatableTransactionBuilder: { members: { setAccessMode: step, execute: isolated('#repeatable read') } },
    ControlledTransactionBuilder: {
      members: {
        setAccessMode: step,
        setIsolationLevel: [
          { when: [{ at: 'a0', equals: 'serializable' }], returns: { type: 'SerializableControlledTransactionBuilder' } },
          step,
        ],
        execute: { transaction: { is: 'begin' }, returns: { type: 'ControlledTransaction', handle: 'new' } },
      },
    },
    SerializableControlledTransactionBuilder: {
      members: {
        setAccessMode: step,
        execute: { transaction: { is: 'begin', isolation: '#serializable' }, returns: { type: 'ControlledTransaction', handle: 'new' } },
      },
    },
    ConnectionBuilder: {
      members: { execute: { invokes: [{ fn: 'a0', args: [{ type: 'Kysely', handle: 'new' }] }], returns: 'invoked' } },
    },
    Command: { members: { execute: { pure: true } } },
    SavepointCommand: { members: { execute: { returns: { type: 'ControlledTransaction' } } } },
    SelectQueryBuilder: {
      lazy: 'run',
      members: {
        ...common,
        ...where,
        ...joins,
        ...rows,
        ...steps(
          'selectAll', 'having', 'havingRef', 'union', 'unionAll', 'intersect', 'intersectAll', 'except', 'exceptAll', 'as', 'noWait',
          'clearSelect', 'clearLimit', 'clearOffset', 'clearGroupBy', 'crossApply', 'outerApply',
        ),
        select: { effect: { counts: 'a0' }, returns: 'this' },
        distinct: picks, distinctOn: picks, groupBy: picks,
        offset: { effect: { offset: 'a0' }, returns: 'this' },
        fetch: { effect: { limit: 'a0' }, returns: 'this' },
        forUpdate: { effect: { lock: true }, returns: 'this' },
        forShare: { effect: { lock: true }, returns: 'this' },
        forKeyShare: { effect: { lock: true }, returns: 'this' },
        forNoKeyUpdate: { effect: { lock: true }, returns: 'this' },
        skipLocked: { effect: { skipLocked: true }, returns: 'this' },
      },
    },
    InsertQueryBuilder: {
      aliases: ['OnConflictBuilder'],
      lazy: 'run',
      members: { ...insertSteps, ...counts('numInsertedOrUpdatedRows'), ...returning('ReturningInsert') },
    },
    ReturningInsert: { lazy: 'run', members: { ...insertSteps, ...returnedRows, ...steps('returning', 'returningAll') } },
    UpdateQueryBuilder: { lazy: 'run', members: { ...updateSteps, ...counts('numUpdatedRows'), ...returning('ReturningUpdate') } },
    ReturningUpdate: { lazy: 'run', members: { ...updateSteps, ...returnedRows, ...steps('returning', 'returningAll') } },
    DeleteQueryBuilder: { lazy: 'run', members: { ...deleteSteps, ...counts('numDeletedRows'), ...returning('ReturningDelete') } },
    ReturningDelete: { lazy: 'run', members: { ...deleteSteps, ...returnedRows, ...steps('returning', 'returningAll') } },
    MergeQueryBuilder: {
      lazy: 'run',
      members: { ...common, ...counts('numChangedRows'), ...steps('using', 'whenMatched', 'whenMatchedAnd', 'whenNotMatched', 'whenNotMatchedAnd', 'thenUpdate', 'thenUpdateSet', 'thenDelete', 'thenDoNothing', 'thenInsertValues') },
    },
    SqlTag: {
      call: rawSql,
      members: { raw: rawSql, ref: rawSql, table: rawSql, id: rawSql, val: rawSql, value: rawSql, lit: rawSql, literal: rawSql, join: rawSql },
    },
    RawBuilder: {
      members: {
        execute: { effect: { sql: 'this', system: 'sql', handle: 'a0', rows: 'rows', affected: 'numAffectedRows' } },
        as: step, $castTo: step, $notNull: step, withPlugin: step,
        compile: step,
      },
    },
  },
  source: 'kysely@0.28.19 dist/esm/*.d.ts',
  verified: 'types',
} satisfies LibraryModel;
