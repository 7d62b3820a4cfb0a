import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const tag: EffectShape = { system: 'sql', sql: 'a0', params: 'args' };
const one: EffectShape = { ...tag, cardinality: 'one' };
const statements: Readonly<Record<string, Member>> = {
  query: { effect: tag }, queryAll: { effect: tag }, queryRow: { effect: one }, exec: { effect: tag },
  rawQuery: { effect: tag }, rawQueryAll: { effect: tag }, rawQueryRow: { effect: one }, rawExec: { effect: tag },
};
const handler: Operation = { registers: [{ entry: { kind: 'http', ack: 'return', source: 'a0.path', method: 'a0.method' }, fn: 'a1', args: [{ type: 'platform#RequestData' }] }], returns: 'a1' };
const raw: Operation = { registers: [{ entry: { kind: 'http', ack: 'explicit', source: 'a0.path', method: 'a0.method' }, fn: 'a1', args: [{ type: 'node-http#ServerRequest' }, { type: 'node-http#ServerResponse' }] }], returns: 'a1' };

export default {
  name: 'encore',
  packages: ['encore.dev', 'encore.dev/api', 'encore.dev/pubsub', 'encore.dev/cron', 'encore.dev/storage/sqldb', 'encore.dev/log'],
  exports: { api: 'Api', APIError: 'platform#Pure', Topic: 'Topic', Subscription: 'Subscription', CronJob: 'CronJob', SQLDatabase: 'SQLDatabase', default: 'platform#Pure' },
  types: {
    Api: { call: handler, members: { raw } },
    Topic: {
      role: 'client', construct: { returns: { type: 'Topic', handle: 'new', resource: 'a0' } },
      members: { publish: { effect: { kind: 'publish', system: 'pubsub', values: ['object', 'a0'], delivery: 'at-least-once', durable: true } } },
    },
    // Again until it returns without an error.
    Subscription: { construct: { registers: [{ entry: { kind: 'queue', redelivers: true, ack: 'return', source: 'a1' }, fn: 'a2.handler', args: [{ type: 'platform#RequestData' }] }], returns: { type: 'Subscription' } } },
    CronJob: { construct: { registers: [{ entry: { kind: 'cron', redelivers: false, source: 'a0' }, fn: 'a1.endpoint' }], returns: { type: 'CronJob' } } },
    SQLDatabase: {
      role: 'client', pooled: true, construct: { returns: { type: 'SQLDatabase', handle: 'new' } },
      statics: { named: { returns: { type: 'SQLDatabase', handle: 'new' } } },
      members: { ...statements, begin: { transaction: { is: 'begin' }, returns: { type: 'Transaction', handle: 'new' } }, acquire: { returns: { type: 'Connection', handle: 'new' } } },
    },
    Connection: { role: 'client', members: { ...statements, close: { pure: true } } },
    Transaction: { role: 'transaction', members: { ...statements, commit: { transaction: { is: 'commit', handle: 'this' } }, rollback: { transaction: { is: 'rollback', handle: 'this' } } } },
  },
  source: 'encore.dev 1.58',
  verified: 'types',
} satisfies LibraryModel;
