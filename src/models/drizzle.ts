import type { EffectShape, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const step: Operation = { returns: 'this' };
/** Rows are as distinct as what they are picked by. */
const picks: Operation = { effect: { distinct: true }, returns: 'this' };
const read: EffectShape = { kind: 'read', action: 'find', system: 'sql', cardinality: 'many', maxBinds: 65_535 };
const select = { type: 'Select' } as const;

/** The statement comes from a `sql` tag, or is plain text. */
const rawSql: Operation = { effect: { sql: 'a0', system: 'sql' }, returns: { type: 'Raw' } };

const relational: EffectShape = {
  ...read,
  criteria: ['drizzle', 'a0.where'],
  order: ['drizzle', 'a0.orderBy'],
  limit: 'a0.limit',
  offset: 'a0.offset',
};

const database: Members = {
  select: { effect: { ...read, counts: 'a0' }, returns: select },
  selectDistinct: { effect: { ...read, distinct: true }, returns: select },
  selectDistinctOn: { effect: { ...read, distinct: true }, returns: select },
  insert: { effect: { kind: 'write', action: 'insert', system: 'sql', resource: 'a0', repeatable: false, maxBinds: 65_535 }, returns: { type: 'Insert' } },
  update: { effect: { kind: 'write', action: 'update', system: 'sql', resource: 'a0', scope: 'payload', affected: '', repeatable: true, maxBinds: 65_535 }, returns: { type: 'Update' } },
  delete: { effect: { kind: 'write', action: 'delete', system: 'sql', resource: 'a0', affected: '', repeatable: true, maxBinds: 65_535, batchCounterpart: 'inArray' }, returns: { type: 'Delete' } },
  query: 'RelationalQueries',
  $count: { effect: { kind: 'read', action: 'count', system: 'sql', resource: 'a0', criteria: ['drizzle', 'a1'] }, returns: { type: 'Raw' } },
  execute: rawSql,
  run: rawSql,
  all: rawSql,
  get: rawSql,
  values: rawSql,
  transaction: {
    invokes: [{ fn: 'a0', args: [{ type: 'Transaction', handle: 'new' }], region: { kind: 'transaction', value: 'a1.isolationLevel' } }],
    returns: 'invoked',
  },
  batch: { batch: 'a0' },
  with: step,
  $with: { pure: true },
  $primary: 'Database',
  refreshMaterializedView: { pure: true },
};

const finish: Members = {
  prepare: step,
  toSQL: { pure: true },
  getSQL: { pure: true },
  $dynamic: step,
  execute: { run: true },
  all: { run: true },
  get: { run: true, effect: { cardinality: 'one' } },
  run: { run: true },
  values: { run: true },
};

const where: Member = { effect: { criteria: ['drizzle', 'a0'] }, returns: 'this' };
const order: Member = { effect: { order: ['drizzle', 'args'] }, returns: 'this' };
const limit: Member = { effect: { limit: 'a0' }, returns: 'this' };
const returning: Member = { effect: { affected: '' }, returns: 'this' };

const join: Operation = { effect: { joined: true }, returns: 'this' };
const joins: Members = {
  leftJoin: join, rightJoin: join, innerJoin: join, fullJoin: join, crossJoin: join,
  leftJoinLateral: join, innerJoinLateral: join, crossJoinLateral: join,
};

const makeTable: Operation = { returns: { type: 'Table', resource: 'a0' } };
const makeSchema: Operation = { returns: { type: 'Schema' } };
const makeCreator: Operation = { returns: { type: 'TableCreator' } };
const open: Operation = { returns: { type: 'Database', handle: 'new' } };

const operators: Members = Object.fromEntries(
  [
    'eq', 'ne', 'gt', 'gte', 'lt', 'lte', 'and', 'or', 'not', 'inArray', 'notInArray', 'isNull', 'isNotNull', 'exists', 'notExists', 'between', 'notBetween',
    'like', 'notLike', 'ilike', 'notIlike', 'arrayContains', 'arrayContained', 'arrayOverlaps', 'asc', 'desc', 'count', 'countDistinct', 'sum', 'sumDistinct',
    'avg', 'avgDistinct', 'min', 'max', 'placeholder', 'param', 'getTableColumns', 'getTableName', 'relations',
  ].map((name): [string, Member] => [name, { pure: true }]),
);

const transaction: TypeShape = {
  role: 'transaction',
  aliases: [
    'PgTransaction', 'MySqlTransaction', 'SQLiteTransaction', 'NodePgTransaction', 'PostgresJsTransaction', 'NeonTransaction', 'VercelPgTransaction', 'PgliteTransaction',
    'MySql2Transaction', 'PlanetScaleTransaction', 'BetterSQLiteTransaction', 'LibSQLTransaction', 'AwsDataApiTransaction', 'SingleStoreTransaction', 'D1Transaction',
  ],
  members: {
    ...database,
    rollback: { transaction: { is: 'rollback', handle: 'this' } },
    setTransaction: { pure: true },
  },
};

export default {
  name: 'drizzle-orm',
  packages: ['drizzle-orm', 'drizzle-orm/*'],
  exports: {
    ...operators,
    drizzle: open,
    withReplicas: { returns: 'a0' },
    sql: 'SqlTag',
    alias: { returns: 'a0' },
    aliasedTable: { returns: 'a0' },
    pgTable: makeTable,
    mysqlTable: makeTable,
    sqliteTable: makeTable,
    singlestoreTable: makeTable,
    pgTableCreator: makeCreator,
    mysqlTableCreator: makeCreator,
    sqliteTableCreator: makeCreator,
    pgSchema: makeSchema,
    mysqlSchema: makeSchema,
    pgView: makeTable,
    pgMaterializedView: makeTable,
    mysqlView: makeTable,
    sqliteView: makeTable,
    union: { returns: 'a0' },
    unionAll: { returns: 'a0' },
  },
  types: {
    Database: {
      role: 'client',
      pooled: true,
      aliases: [
        'PgDatabase', 'MySqlDatabase', 'BaseSQLiteDatabase', 'NodePgDatabase', 'PostgresJsDatabase', 'MySql2Database', 'BetterSQLite3Database', 'LibSQLDatabase', 'NeonDatabase',
        'NeonHttpDatabase', 'VercelPgDatabase', 'PlanetScaleDatabase', 'PgliteDatabase', 'BunSQLiteDatabase', 'BunSQLDatabase', 'AwsDataApiPgDatabase',
        'PgRemoteDatabase', 'SqliteRemoteDatabase', 'MySqlRemoteDatabase', 'TiDBServerlessDatabase', 'XataHttpDatabase', 'SingleStoreDatabase', 'SingleStoreDriverDatabase',
        'ExpoSQLiteDatabase', 'SQLJsDatabase', 'PrismaPgDatabase', 'GelJsDatabase',
      ],
      members: database,
    },
    Transaction: transaction,
    RelationalQueries: { members: { '*': 'RelationalQuery' } },
    RelationalQuery: {
      resource: 'member',
      aliases: ['RelationalQueryBuilder'],
      members: {
        findMany: { effect: relational, returns: { type: 'Raw' } },
        findFirst: { effect: { ...relational, cardinality: 'one', limit: 1, batchCounterpart: 'findMany' }, returns: { type: 'Raw' } },
      },
    },
    Select: {
      lazy: 'await',
      members: {
        ...finish,
        ...joins,
        from: { effect: { resource: 'a0' }, returns: 'this' },
        where,
        orderBy: order,
        limit,
        offset: { effect: { offset: 'a0' }, returns: 'this' },
        groupBy: picks, having: step, as: step, union: step, unionAll: step, intersect: step, intersectAll: step, except: step, exceptAll: step, $withCache: step,
        for: [
          { when: [{ at: 'a1.skipLocked', equals: true }], effect: { lock: true, skipLocked: true }, returns: 'this' },
          { effect: { lock: true }, returns: 'this' },
        ],
      },
    },
    Insert: {
      lazy: 'await',
      members: {
        ...finish,
        values: [
          { when: [{ at: 'a0', kind: 'object' }], effect: { values: ['drizzle', 'a0'], batchCounterpart: 'values' }, returns: 'this' },
          { effect: { values: ['drizzle', 'a0'], items: 'a0', maxBinds: 65_535 }, returns: 'this' },
        ],
        select: step,
        overridingSystemValue: step,
        ignore: { effect: { onConflict: 'ignore', repeatable: true, affected: '' }, returns: 'this' },
        onConflictDoNothing: { effect: { onConflict: 'ignore', conflictTarget: 'a0.target', repeatable: true, affected: '' }, returns: 'this' },
        onConflictDoUpdate: {
          effect: {
            action: 'upsert', onConflict: 'update', conflictTarget: 'a0.target', values: ['drizzle', 'a0.set'], scope: 'payload', conditional: 'a0.setWhere', repeatable: true,
          },
          returns: 'this',
        },
        onDuplicateKeyUpdate: {
          effect: { action: 'upsert', onConflict: 'update', values: ['drizzle', 'a0.set'], scope: 'payload', repeatable: true },
          returns: 'this',
        },
        returning,
        $returningId: step,
      },
    },
    Update: {
      lazy: 'await',
      members: { ...finish, ...joins, from: step, where, returning, limit, orderBy: order, set: { effect: { values: ['drizzle', 'a0'] }, returns: 'this' } },
    },
    Delete: { lazy: 'await', members: { ...finish, where, returning, limit, orderBy: order } },
    Raw: { lazy: 'await', members: finish },
    SqlTag: {
      call: { pure: true, returns: { type: 'SQL' } },
      members: {
        raw: { pure: true, returns: { type: 'SQL' } },
        join: { pure: true }, identifier: { pure: true }, placeholder: { pure: true }, param: { pure: true }, empty: { pure: true }, fromList: { pure: true },
      },
    },
    /** A piece of SQL: text when executed, a change computed by the store when it is a value of `set`. */
    SQL: { members: { as: step, mapWith: step, inlineParams: step, append: step, if: step, getSQL: step } },
    Table: { aliases: ['PgTable', 'MySqlTable', 'SQLiteTable', 'PgTableWithColumns', 'MySqlTableWithColumns', 'SQLiteTableWithColumns'], members: { '*': 'Column' } },
    Column: { aliases: ['PgColumn', 'MySqlColumn', 'SQLiteColumn', 'AnyPgColumn'], resource: 'member' },
    TableCreator: { call: makeTable },
    Schema: { aliases: ['PgSchema', 'MySqlSchema'], members: { table: makeTable, view: makeTable } },
  },
  source: 'drizzle-orm@0.45.4 d.ts (pg-core, mysql-core, sqlite-core)',
  verified: 'types',
} satisfies LibraryModel;
