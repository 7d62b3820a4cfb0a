import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

type Members = Readonly<Record<string, Member>>;

const query = (facets: EffectShape): Operation => ({ effect: { sql: 'a0', system: 'sql', ...facets } });
const many = query({ cardinality: 'many' });
const one = query({ cardinality: 'one' });
const token: Operation = { pure: true, returns: { type: 'QuerySqlToken' } };
const scope = { type: 'DatabaseTransactionConnection', handle: 'new' } as const;

const methods: Members = {
  any: many,
  anyFirst: many,
  many,
  manyFirst: many,
  one,
  oneFirst: one,
  maybeOne: one,
  maybeOneFirst: one,
  exists: query({ action: 'exists' }),
  query: query({ rows: 'rows', affected: 'rowCount' }),
  stream: query({ action: 'stream' }),
  // The handler runs again when the database rolls it back; five times unless told.
  transaction: { invokes: [{ fn: 'a0', args: [scope], region: { kind: 'transaction', reruns: true } }], returns: 'invoked' },
};

export default {
  name: 'slonik',
  packages: ['slonik', '@slonik/sql-tag'],
  exports: {
    createPool: { opens: true, returns: { type: 'DatabasePool', handle: 'new' } },
    createSqlTag: { returns: { type: 'SqlTag' } },
    sql: 'SqlTag',
  },
  types: {
    DatabasePool: {
      role: 'client',
      pooled: true,
      aliases: ['CommonQueryMethods', 'DatabaseConnection'],
      members: {
        ...methods,
        connect: { invokes: [{ fn: 'a0', args: [{ type: 'DatabasePoolConnection', handle: 'new' }] }], returns: 'invoked' },
        end: { closes: true, pure: true },
      },
    },
    DatabasePoolConnection: { role: 'client', members: methods },
    DatabaseTransactionConnection: { role: 'transaction', members: methods },
    SqlTag: {
      call: token,
      members: {
        type: { returns: { type: 'SqlTag' } },
        typeAlias: { returns: { type: 'SqlTag' } },
        unsafe: token,
        fragment: token,
        identifier: token, join: token, unnest: token, array: token, json: token, jsonb: token, binary: token, date: token, timestamp: token, interval: token, literalValue: token, uuid: token,
      },
    },
    /** Text with its values; it runs in a method of a connection. */
    QuerySqlToken: { aliases: ['SqlToken', 'FragmentSqlToken'] },
  },
  source: 'slonik@47.3.2 dist/types.d.ts',
  verified: 'types',
} satisfies LibraryModel;
