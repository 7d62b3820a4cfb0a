import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const statement: Operation = { effect: { sql: 'a0.query', params: 'a0.query_params', system: 'clickhouse', deadlineOption: 'a0.abort_signal' } };

export default {
  name: 'clickhouse',
  packages: ['@clickhouse/client', '@clickhouse/client-web', '@clickhouse/client-common'],
  exports: { createClient: { returns: { type: 'ClickHouseClient', handle: 'new' } } },
  types: {
    ClickHouseClient: {
      role: 'client',
      members: {
        query: { ...statement, returns: { type: 'ResultSet' } },
        command: statement,
        exec: statement,
        insert: {
          effect: {
            kind: 'write', action: 'insert', system: 'clickhouse', resource: 'a0.table', values: ['object', 'a0.values'], items: 'a0.values', repeatable: false, deadlineOption: 'a0.abort_signal',
          },
        },
        ping: { pure: true },
        close: { pure: true },
      },
    },
    ResultSet: {
      aliases: ['BaseResultSet'],
      members: { json: { returns: 'this' }, text: { returns: 'this' }, stream: { returns: 'this' }, close: { pure: true } },
    },
  },
  source: '@clickhouse/client@1.23.1 dist/common/client.d.ts',
  verified: 'types',
} satisfies LibraryModel;
