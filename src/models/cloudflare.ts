import type { EffectShape, EntryShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const KIBIBYTE = 1024;
const pure: Operation = { pure: true };

const statement = { type: 'D1PreparedStatement' } as const;
const sql: EffectShape = { system: 'sql' };
const database: Readonly<Record<string, Member>> = {
  prepare: { effect: { ...sql, sql: 'a0' }, returns: statement },
  /** All or none of them. */
  batch: { batch: 'a0' },
};

/** A value that was written may be read without it for a minute elsewhere. */
const get: Operation = { effect: { kind: 'read', action: 'find', system: 'store', criteria: ['key', 'a0'], cardinality: 'one', stale: true } };
const object: EffectShape = { system: 'objects', criteria: ['key', 'a0'] };

const queue: EntryShape = { kind: 'queue', redelivers: true, batch: 'a0.messages', identity: ['id'], deliveries: ['attempts'], ack: 'return' };
const cron: EntryShape = { kind: 'cron', redelivers: false };
const ack: Operation = { effect: { kind: 'ack', system: 'queue' } };
const retry: Operation = { effect: { kind: 'nack', system: 'queue', requeues: true } };

const bindings: Readonly<Record<string, string>> = Object.fromEntries(['D1Database', 'KVNamespace', 'R2Bucket', 'Queue', 'MessageBatch', 'ScheduledController', 'ScheduledEvent', 'ExecutionContext'].map((name) => [name, name]));

/** Workers and what is bound to them. What a Durable Object stores is its own: it does one thing at a time. */
export default {
  name: 'cloudflare',
  packages: ['@cloudflare/workers-types', 'cloudflare:workers'],
  oneWriter: true,
  globals: bindings,
  exports: bindings,
  types: {
    D1Database: { role: 'client', members: { ...database, exec: { effect: { ...sql, sql: 'a0' } }, withSession: { returns: { type: 'D1DatabaseSession' } } } },
    D1DatabaseSession: { role: 'client', members: { ...database, getBookmark: pure } },
    D1PreparedStatement: {
      lazy: 'await',
      members: {
        bind: { effect: { params: 'args' }, returns: 'this' },
        first: { run: true, effect: { cardinality: 'one' } },
        all: { run: true, effect: { rows: 'results', affected: 'meta.changes' } }, run: { run: true, effect: { rows: 'results', affected: 'meta.changes' } },
        raw: { run: true },
      },
    },
    KVNamespace: {
      role: 'client',
      members: {
        get, getWithMetadata: get,
        put: { effect: { kind: 'write', action: 'upsert', system: 'store', criteria: ['key', 'a0'], values: ['key', 'a1'], onConflict: 'update', repeatable: true, expiry: ['a2.expirationTtl', 'a2.expiration'] } },
        delete: { effect: { kind: 'write', action: 'delete', system: 'store', criteria: ['key', 'a0'], repeatable: true } },
        list: { effect: { kind: 'read', action: 'find', system: 'store', cardinality: 'many', rows: 'keys', limit: 'a0.limit', cursor: 'a0.cursor', stale: true, pageSize: 1_000 } },
      },
    },
    R2Bucket: {
      role: 'client',
      members: {
        get: { effect: { ...object, kind: 'read', action: 'find', cardinality: 'one' } }, head: { effect: { ...object, kind: 'read', action: 'find', cardinality: 'one' } },
        put: { effect: { ...object, kind: 'write', action: 'replace', conditional: 'a2.onlyIf', repeatable: true } },
        delete: [{ when: [{ at: 'a0', kind: 'array' }], effect: { ...object, kind: 'write', action: 'delete', items: 'a0', maxItems: 1_000, repeatable: true } }, { effect: { ...object, kind: 'write', action: 'delete', repeatable: true, batchCounterpart: 'delete' } }],
        list: { effect: { kind: 'read', action: 'find', system: 'objects', cardinality: 'many', rows: 'objects', limit: 'a0.limit', cursor: 'a0.cursor', pageSize: 1_000 } },
      },
    },
    Queue: {
      role: 'client',
      members: {
        send: { effect: { kind: 'publish', system: 'queue', values: ['object', 'a0'], delivery: 'at-least-once', durable: true, maxBytes: 128 * KIBIBYTE, batchCounterpart: 'sendBatch' } },
        sendBatch: { effect: { kind: 'publish', system: 'queue', values: ['object', 'a0[].body'], items: 'a0', maxItems: 100, maxBytes: 256 * KIBIBYTE, delivery: 'at-least-once', durable: true } },
      },
    },
    MessageBatch: { event: queue, members: { ackAll: ack, retryAll: retry } },
    Message: { role: 'message', members: { ack, retry } },
    ScheduledController: { aliases: ['ScheduledEvent'], event: cron, members: { noRetry: pure } },
    ExecutionContext: { members: { waitUntil: { awaits: 'a0' }, passThroughOnException: pure } },
    WorkerEntrypoint: {
      overrides: {
        fetch: { entry: { kind: 'http', ack: 'return', suspends: true }, args: [{ type: 'platform#Request' }] },
        queue: { entry: queue, args: [{ type: 'MessageBatch' }] },
        scheduled: { entry: cron, args: [{ type: 'ScheduledController' }] },
      },
    },
  },
  conventions: [
    { files: '**/*.{ts,mts}', exports: ['default.fetch'], first: 'Request', entry: { kind: 'http', ack: 'return', suspends: true }, args: [{ type: 'platform#Request' }, null, { type: 'ExecutionContext' }] },
  ],
  source: '@cloudflare/workers-types 5.20261117; limits of KV, R2 and Queues from developers.cloudflare.com (platform/limits)',
  verified: 'types',
} satisfies LibraryModel;
