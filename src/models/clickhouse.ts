import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Half a minute of a silent socket. */
const common: EffectShape = { system: 'clickhouse', deadline: 30_000, deadlineOption: 'a0.abort_signal', retries: 0 };
const statement: Operation = { effect: { ...common, sql: 'a0.query', params: 'a0.query_params' } };

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
            ...common, kind: 'write', action: 'insert', resource: 'a0.table', values: ['object', 'a0.values'], items: 'a0.values', repeatable: false,
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
