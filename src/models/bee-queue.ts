import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const itself: Operation = { returns: 'this' };

export default {
  name: 'bee-queue',
  packages: ['bee-queue'],
  exports: { default: 'Queue' },
  types: {
    Queue: {
      role: 'client',
      resource: 'a0',
      aliases: ['BeeQueue'],
      construct: { returns: { type: 'Queue', handle: 'new', resource: 'a0' } },
      members: {
        createJob: { effect: { kind: 'publish', system: 'jobs', values: ['object', 'a0'], delivery: 'at-least-once', durable: true, batchCounterpart: 'saveAll' }, returns: { type: 'NewJob' } },
        // Which jobs were not saved is told by the keys of a map.
        saveAll: { effect: { kind: 'publish', system: 'jobs', items: 'a0', delivery: 'at-least-once', durable: true, partialFailure: 'size' }, returns: 'result' },
        process: { registers: [{ entry: { kind: 'job', redelivers: 'attempts', identity: ['id'], ack: 'return' }, fn: 'last', args: [{ type: 'Job' }] }] },
        on: { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0' }, fn: 'a1' }], returns: 'this' },
        removeJob: { effect: { kind: 'write', action: 'delete', system: 'jobs', criteria: ['key', 'a0'], repeatable: true } },
      },
    },
    NewJob: {
      lazy: 'run',
      members: {
        setId: { effect: { idempotencyKey: 'a0' }, returns: 'this' },
        retries: itself,
        backoff: itself,
        delayUntil: itself,
        timeout: itself,
        on: itself,
        save: { run: true, returns: 'result' },
      },
    },
    Job: { role: 'message', aliases: ['BeeQueue.Job'], members: { reportProgress: { effect: { kind: 'write', action: 'update', system: 'jobs', weight: 'telemetry', repeatable: true } } } },
  },
  source: 'bee-queue@2.0.0',
  verified: 'types',
} satisfies LibraryModel;
