import type { EffectShape, EntryShape, LibraryModel, Operation, Registration } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true, batchCounterpart: 'addBulk' } as const satisfies EffectShape;
const named: Operation = { effect: { ...publish, values: ['object', 'a1'], idempotencyKey: 'a2.jobId', attempts: ['a2.attempts', 'client.a1.defaultJobOptions.attempts', 'client.a2.defaultJobOptions.attempts'], pause: ['a2.backoff', 'client.a1.defaultJobOptions.backoff', 'client.a2.defaultJobOptions.backoff'], later: 'a2.delay' }, returns: { type: 'Job' } };
const unnamed: Operation = { effect: { ...publish, values: ['object', 'a0'], idempotencyKey: 'a1.jobId', attempts: ['a1.attempts', 'client.a1.defaultJobOptions.attempts', 'client.a2.defaultJobOptions.attempts'], pause: ['a1.backoff', 'client.a1.defaultJobOptions.backoff', 'client.a2.defaultJobOptions.backoff'], later: 'a1.delay' }, returns: { type: 'Job' } };

const processing: EntryShape = { kind: 'job', redelivers: 'attempts', identity: ['id', 'opts.jobId'], ack: 'return' };
const processor = (fn: string): Registration[] => [{ entry: processing, fn, args: [{ type: 'Job' }] }];

const find = (effect: EffectShape): Operation => ({ effect: { kind: 'read', action: 'find', system: 'jobs', ...effect }, returns: 'result' });

export default {
  name: 'bull',
  packages: ['bull'],
  exports: { default: 'Queue', Queue: 'Queue' },
  types: {
    Queue: {
      role: 'client',
      resource: 'a0',
      aliases: ['Bull', 'Bull.Queue', 'BullQueue'],
      construct: { opens: true, returns: { type: 'Queue', handle: 'new', resource: 'a0' } },
      call: { opens: true, returns: { type: 'Queue', handle: 'new', resource: 'a0' } },
      members: {
        add: [
          { when: [{ at: 'a2', kind: 'present' }], ...named },
          { when: [{ at: 'a0', kind: 'object' }], ...unnamed },
          { when: [{ at: 'a0', kind: 'string' }], ...named },
          { when: [{ at: 'a1', kind: 'absent' }], ...unnamed },
          // `add(name, data)` or `add(data, options)`.
          { effect: { ...publish, idempotencyKey: 'a1.jobId' }, returns: { type: 'Job' } },
        ],
        addBulk: {
          effect: { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true, values: ['object', 'a0[].data'], idempotencyKey: 'a0[].opts.jobId', items: 'a0' },
          returns: { type: 'Job', many: true },
        },
        process: { registers: processor('last') },
        on: { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0' }, fn: 'a1', args: [{ type: 'Job' }] }], returns: 'this' },
        getJob: { ...find({ cardinality: 'one', criteria: ['key', 'a0'] }), returns: { type: 'Job' } },
        getJobs: { ...find({ cardinality: 'many', limit: 'a2' }), returns: { type: 'Job', many: true } },
        getJobCounts: find({ action: 'count' }),
        removeJobs: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
        removeRepeatable: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
        removeRepeatableByKey: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
        obliterate: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
        empty: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
      },
    },
    Job: {
      role: 'message',
      aliases: ['Bull.Job'],
      members: {
        progress: { effect: { kind: 'write', action: 'update', system: 'jobs', weight: 'telemetry', repeatable: true } },
        log: { effect: { kind: 'write', action: 'append', system: 'jobs', weight: 'telemetry' } },
        update: { effect: { kind: 'write', action: 'update', system: 'jobs', values: ['object', 'a0'], repeatable: true } },
        remove: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
        retry: { effect: { kind: 'publish', system: 'jobs', delivery: 'at-least-once' } },
        moveToFailed: { effect: { kind: 'nack', system: 'jobs' } },
        moveToCompleted: { effect: { kind: 'ack', system: 'jobs' } },
      },
    },
    ProcessPromiseFunction: { aliases: ['Bull.ProcessPromiseFunction', 'ProcessCallbackFunction', 'Bull.ProcessCallbackFunction'], handler: processing },
  },
  source: 'bull@4.16.5',
  verified: 'types',
} satisfies LibraryModel;
