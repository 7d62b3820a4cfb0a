import type { Action, EffectShape, EntryShape, LibraryModel, Member, Operation, Registration } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const instance = { type: 'Model', resource: 'this' } as const;
const fresh = { type: 'NewModel', resource: 'this' } as const;

/** Hooks of single rows, and the writes that they are called for: before the statement or after it, in its transaction. */
const HOOKS: Readonly<Record<string, readonly Action[]>> = {
  beforeCreate: ['insert'], afterCreate: ['insert'], beforeUpdate: ['update', 'save'], afterUpdate: ['update', 'save'], beforeSave: ['insert', 'update', 'save'],
  afterSave: ['insert', 'update', 'save'], beforeDestroy: ['delete'], afterDestroy: ['delete'],
};
const hook = (name: string, table = 'this'): EntryShape => ({ kind: 'event', redelivers: false, source: table, hears: { actions: HOOKS[name]!, row: 'a0', handle: 'a1.transaction' } });
/** `Order.init(fields, { hooks: { afterCreate } })` */
const hooksAt = (at: string, table = 'this'): readonly Registration[] =>
  Object.keys(HOOKS).map((name) => ({ entry: hook(name, table), fn: `${at}.hooks.${name}`, args: [{ type: 'Model', resource: table }, null] }));
/** `Order.addHook('afterCreate', 'notify', (order, options) => …)`, `Order.afterCreate((order, options) => …)` */
const hookMethods: Members = {
  addHook: Object.keys(HOOKS).map((name) => ({ when: [{ at: 'a0', equals: name }], registers: [{ entry: hook(name), fn: 'last', args: [instance, null] }] })),
  ...Object.fromEntries(Object.keys(HOOKS).map((name) => [name, { registers: [{ entry: hook(name), fn: 'last', args: [instance, null] }] }])),
};


const read: EffectShape = {
  kind: 'read',
  action: 'find',
  system: 'sql',
  criteria: ['sequelize', 'a0.where'],
  order: ['sequelize', 'a0.order'],
  limit: 'a0.limit',
  offset: 'a0.offset',
  lock: 'a0.lock',
  skipLocked: 'a0.skipLocked',
  handle: 'a0.transaction',
};
const write: EffectShape = { kind: 'write', system: 'sql', handle: 'a1.transaction' };
const updated: EffectShape = { ...write, action: 'update', scope: 'payload', repeatable: true };
const inserted: EffectShape = { ...write, action: 'insert', values: ['object', 'a0'], repeatable: false };
const bulk: EffectShape = { ...inserted, items: 'a0' };
const stepped: EffectShape = { ...write, action: 'increment', atomic: true, repeatable: false, values: ['counter', 'a0'] };
const aggregate: Operation = {
  effect: { kind: 'read', action: 'aggregate', system: 'sql', criteria: ['sequelize', 'a1.where'], handle: 'a1.transaction' },
};
const byKey: Operation = {
  effect: {
    kind: 'read', action: 'find', system: 'sql', cardinality: 'one', criteria: ['key', 'a0'], batchCounterpart: 'findAll',
    lock: 'a1.lock', skipLocked: 'a1.skipLocked', handle: 'a1.transaction',
  },
  returns: instance,
};
/** Finds the row or inserts it; an insert that loses the race finds the other one's row, given a unique key on `where`. */
const findOrCreate: Operation = {
  effect: {
    kind: 'write', action: 'insert', system: 'sql', criteria: ['sequelize', 'a0.where'], values: ['object', 'a0.defaults'], cardinality: 'one', rows: '0',
    affected: '1', onConflict: 'ignore', conflictTarget: 'a0.where', repeatable: true, handle: 'a0.transaction',
  },
  returns: instance,
};

const statics: Members = {
  findAll: { effect: { ...read, cardinality: 'many' }, returns: instance },
  findAndCountAll: { effect: { ...read, cardinality: 'many', rows: 'rows', total: 'count' }, returns: instance },
  findOne: { effect: { ...read, cardinality: 'one', limit: 1, batchCounterpart: 'findAll' }, returns: instance },
  findByPk: byKey,
  findById: byKey,
  findOrCreate,
  findCreateFind: findOrCreate,
  findOrBuild: { effect: { ...read, cardinality: 'one', rows: '0' }, returns: instance },
  count: { effect: { kind: 'read', action: 'count', system: 'sql', criteria: ['sequelize', 'a0.where'], handle: 'a0.transaction' } },
  max: aggregate,
  min: aggregate,
  sum: aggregate,
  aggregate: { effect: { kind: 'read', action: 'aggregate', system: 'sql', criteria: ['sequelize', 'a2.where'], handle: 'a2.transaction' } },
  build: { returns: fresh },
  bulkBuild: { returns: { ...fresh, many: true } },
  create: [
    { when: [{ at: 'a1.ignoreDuplicates', equals: true }], effect: { ...inserted, onConflict: 'ignore', repeatable: true }, returns: instance },
    { effect: { ...inserted, batchCounterpart: 'bulkCreate' }, returns: instance },
  ],
  bulkCreate: [
    { when: [{ at: 'a1.ignoreDuplicates', equals: true }], effect: { ...bulk, onConflict: 'ignore', repeatable: true, cardinality: 'many' }, returns: instance },
    {
      when: [{ at: 'a1.updateOnDuplicate', kind: 'present' }],
      effect: { ...bulk, action: 'upsert', onConflict: 'update', conflictTarget: 'a1.conflictAttributes', scope: 'payload', repeatable: true, cardinality: 'many' },
      returns: instance,
    },
    { effect: { ...bulk, cardinality: 'many' }, returns: instance },
  ],
  upsert: {
    effect: { ...write, action: 'upsert', values: ['object', 'a0'], onConflict: 'update', conflictTarget: 'a1.conflictFields', scope: 'payload', repeatable: true, rows: '0', cardinality: 'one' },
    returns: instance,
  },
  update: { effect: { ...updated, criteria: ['sequelize', 'a1.where'], values: ['object', 'a0'], affected: '0' } },
  destroy: { effect: { kind: 'write', action: 'delete', system: 'sql', criteria: ['sequelize', 'a0.where'], affected: '', repeatable: true, handle: 'a0.transaction' } },
  restore: { effect: { kind: 'write', action: 'update', system: 'sql', criteria: ['sequelize', 'a0.where'], repeatable: true, handle: 'a0.transaction' } },
  truncate: { effect: { kind: 'write', action: 'delete', system: 'sql', repeatable: true, handle: 'a0.transaction' } },
  increment: { effect: { ...stepped, criteria: ['sequelize', 'a1.where'] } },
  decrement: { effect: { ...stepped, criteria: ['sequelize', 'a1.where'] } },
  scope: { returns: 'class' },
  unscoped: { returns: 'class' },
  schema: { returns: 'class' },
  init: { registers: hooksAt('a1') },
  sequelize: 'Sequelize',
  ...hookMethods,
  // sequelize-typescript
  initialize: { pure: true },
};

const own: EffectShape = { kind: 'write', system: 'sql', resource: 'this' };
const members: Members = {
  save: { effect: { ...own, action: 'save', scope: 'dirty', values: ['object', 'this'], handle: 'a0.transaction' }, returns: 'this' },
  update: [
    { when: [{ at: 'a0', kind: 'string' }], effect: { ...own, action: 'update', scope: 'payload', values: ['key', 'a0'], repeatable: true, handle: 'a2.transaction' }, returns: 'this' },
    { effect: { ...own, action: 'update', scope: 'payload', values: ['object', 'a0'], repeatable: true, handle: 'a1.transaction' }, returns: 'this' },
  ],
  destroy: { effect: { ...own, action: 'delete', repeatable: true, handle: 'a0.transaction' } },
  restore: { effect: { ...own, action: 'update', repeatable: true, handle: 'a0.transaction' } },
  increment: { effect: { ...own, action: 'increment', atomic: true, repeatable: false, values: ['counter', 'a0'], handle: 'a1.transaction' }, returns: 'this' },
  decrement: { effect: { ...own, action: 'increment', atomic: true, repeatable: false, values: ['counter', 'a0'], handle: 'a1.transaction' }, returns: 'this' },
  reload: {
    effect: { kind: 'read', action: 'find', system: 'sql', resource: 'this', cardinality: 'one', lock: 'a0.lock', handle: 'a0.transaction' },
    returns: 'this',
  },
  set: { mutates: 'this', returns: 'this' },
  setDataValue: { mutates: 'this' },
  setAttributes: { mutates: 'this', returns: 'this' },
  get: [{ when: [{ at: 'a0', kind: 'string' }], pure: true }, { returns: 'this' }],
  getDataValue: { pure: true },
  toJSON: { returns: 'this' },
  changed: { pure: true },
  previous: { pure: true },
  validate: { pure: true },
  equals: { pure: true },
};

const rawSql: readonly Operation[] = [
  { when: [{ at: 'a0.query', kind: 'present' }], effect: { sql: 'a0.query', params: 'a0.values', system: 'sql', handle: 'a1.transaction' } },
  { when: [{ at: 'a1.type', kind: 'present' }, { at: 'a1.bind', kind: 'present' }], effect: { sql: 'a0', params: 'a1.bind', system: 'sql', handle: 'a1.transaction' } },
  { when: [{ at: 'a1.type', kind: 'present' }], effect: { sql: 'a0', params: 'a1.replacements', system: 'sql', handle: 'a1.transaction' } },
  { when: [{ at: 'a1.bind', kind: 'present' }], effect: { sql: 'a0', params: 'a1.bind', system: 'sql', rows: '0', handle: 'a1.transaction' } },
  { effect: { sql: 'a0', params: 'a1.replacements', system: 'sql', rows: '0', handle: 'a1.transaction' } },
];

const text: Operation = { pure: true, returns: { type: 'SqlText' } };
const sqlText: Members = { fn: text, col: text, literal: text, cast: text, json: { pure: true }, where: { pure: true } };

const open = { type: 'Transaction', handle: 'new' } as const;
const begin: Operation = { transaction: { is: 'begin', isolation: 'a0.isolationLevel', within: 'a0.transaction' }, returns: open };

export default {
  name: 'sequelize',
  packages: ['sequelize', 'sequelize/*', 'sequelize-typescript', '@sequelize/core', '@nestjs/sequelize'],
  exports: {
    Sequelize: 'Sequelize',
    default: 'Sequelize',
    Model: 'Model',
    Transaction: 'Transaction',
    ...sqlText,
    and: { pure: true }, or: { pure: true },
    // sequelize-typescript
    ...Object.fromEntries(Object.keys(HOOKS).map((name) => [name[0]!.toUpperCase() + name.slice(1), { decorates: { on: 'method', entry: hook(name, 'class'), args: [instance, null] } }])),
    // @nestjs/sequelize
    InjectModel: { decorates: { on: 'param', injects: { type: 'ModelStatic', resource: 'a0' } } },
    InjectConnection: { decorates: { on: 'param', injects: { type: 'Sequelize' } } },
  },
  symbols: ['Op'],
  types: {
    Sequelize: {
      role: 'client',
      pooled: true,
      construct: { opens: true, returns: { type: 'Sequelize', handle: 'new' } },
      statics: { ...sqlText, and: { pure: true }, or: { pure: true }, useCLS: { joinsTransactions: true, pure: true } },
      members: {
        query: rawSql,
        transaction: [
          {
            when: [{ at: 'a1', kind: 'present' }],
            invokes: [{ fn: 'a1', args: [open], region: { kind: 'transaction', value: 'a0.isolationLevel', within: 'a0.transaction' } }],
            returns: 'invoked',
          },
          { when: [{ at: 'a0', kind: 'absent' }], ...begin },
          { when: [{ at: 'a0', kind: 'object' }], ...begin },
          { invokes: [{ fn: 'a0', args: [open], region: { kind: 'transaction' } }], returns: 'invoked' },
        ],
        define: { registers: hooksAt('a2', 'a0'), returns: { type: 'ModelStatic', resource: 'a0' } },
        model: { returns: { type: 'ModelStatic', resource: 'a0' } },
        models: 'Models',
        // sequelize-typescript, repository mode
        getRepository: { returns: { type: 'ModelStatic', resource: 'a0' } },
        ...sqlText,
        authenticate: { pure: true }, escape: { pure: true }, isDefined: { pure: true }, addModels: { pure: true },
      },
    },
    Models: { members: { '*': 'ModelOfName' } },
    ModelOfName: { extends: ['ModelStatic'], resource: 'member' },
    /** A class of models as a value: `sequelize.define(…)`, `ModelStatic<User>`. */
    ModelStatic: {
      aliases: ['ModelCtor', 'Repository', 'ModelDefined'],
      resource: 'type0',
      construct: { returns: fresh },
      members: statics,
    },
    Model: { role: 'entity', resource: 'class', construct: { returns: fresh }, statics, members },
    /** Built in memory: its first save inserts it. */
    NewModel: {
      role: 'entity',
      extends: ['Model'],
      members: { save: { effect: { ...own, action: 'insert', values: ['object', 'this'], repeatable: false, handle: 'a0.transaction' }, returns: 'this' } },
    },
    /** `literal('n + 1')`: as a value, computed by the store. */
    SqlText: { aliases: ['Literal', 'Fn', 'Col', 'Cast'] },
    Transaction: {
      role: 'transaction',
      members: {
        commit: { transaction: { is: 'commit', handle: 'this' } },
        rollback: { transaction: { is: 'rollback', handle: 'this' } },
        afterCommit: { invokes: [{ fn: 'a0', args: ['this'], when: 'after-commit' }] },
      },
    },
  },
  source: 'sequelize@6.37.8 types/model.d.ts, types/sequelize.d.ts, types/transaction.d.ts; sequelize-typescript@2.1.6; @nestjs/sequelize@12.0.0',
  verified: 'types',
} satisfies LibraryModel;
