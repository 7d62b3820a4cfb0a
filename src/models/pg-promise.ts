import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

/** Values are written into the text before it is sent: their number has no limit. */
const query = (facets: EffectShape): Operation => ({ effect: { sql: 'a0', params: 'a1', system: 'sql', ...facets } });
const one = query({ cardinality: 'one' });
const many = query({ cardinality: 'many' });

const statements: Members = {
  none: query({}), one, oneOrNone: one, many, manyOrNone: many, any: many, query: many, map: many, each: many,
  result: query({ rows: 'rows', affected: 'rowCount', tells: { rowCount: 'rows' } }),
  stream: query({ action: 'stream' }),
};

const scope = { type: 'Transaction', handle: 'new' } as const;

/** `tx(callback)`, `tx(options, callback)`. */
const within = (args: readonly (typeof scope | { readonly type: 'Task'; readonly handle: 'new' } | 'this')[], isTransaction: boolean): readonly Operation[] => {
  const of = (fn: string): Operation => ({ invokes: [{ fn, args, ...(isTransaction ? { region: { kind: 'transaction' } } : {}) }], returns: 'invoked' });
  return [{ when: [{ at: 'a1', kind: 'present' }], ...of('a1') }, of('a0')];
};

const transaction = within([scope], true);
const task = within([{ type: 'Task', handle: 'new' }], false);
/** Within a transaction: a savepoint, or nothing new. */
const inner = within(['this'], false);
const batch: Members = { batch: { awaits: 'a0' }, page: { pure: true }, sequence: { pure: true } };

export default {
  name: 'pg-promise',
  packages: ['pg-promise'],
  exports: { default: 'Root' },
  types: {
    Root: { call: { returns: { type: 'Main' } }, members: { as: 'Formatting', minify: { pure: true } } },
    Main: { aliases: ['IMain', 'default.IMain'], call: { opens: true, returns: { type: 'Database', handle: 'new' } }, members: { as: 'Formatting', helpers: 'platform#Pure', end: { pure: true } } },
    /** The text with the values in it says what it does as before. */
    Formatting: { members: { format: { returns: 'a0' }, ...Object.fromEntries('alias array bool buffer csv date func json name number text value'.split(' ').map((name) => [name, { pure: true } as const])) } },
    Database: {
      role: 'client',
      pooled: true,
      aliases: ['IDatabase', 'default.IDatabase', 'IBaseProtocol', 'default.IBaseProtocol'],
      members: { ...statements, tx: transaction, txIf: transaction, task, taskIf: task, connect: { returns: { type: 'Connection', handle: 'new' } } },
    },
    Connection: { role: 'client', aliases: ['IConnected', 'default.IConnected'], members: { ...statements, ...batch, tx: transaction, txIf: transaction, task, taskIf: task, done: { pure: true } } },
    /** One connection for several statements, which may be within a transaction. */
    Task: { role: 'client', aliases: ['ITask', 'default.ITask'], members: { ...statements, ...batch, tx: transaction, txIf: transaction, task: inner, taskIf: inner } },
    Transaction: { role: 'transaction', members: { ...statements, ...batch, tx: inner, txIf: inner, task: inner, taskIf: inner } },
  },
  source: 'pg-promise@12.7.1 typescript/pg-promise.d.ts',
  verified: 'types',
} satisfies LibraryModel;
