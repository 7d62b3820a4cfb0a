import type { EffectShape, EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

const processing: EntryShape = { kind: 'job', redelivers: 'attempts', identity: ['id', 'opts.jobId', 'opts.deduplication.id'], ack: 'return', source: 'a0' };
const listening: EntryShape = { kind: 'event', redelivers: false, source: 'a0' };

const listen: Operation = { registers: [{ entry: listening, fn: 'a1', args: [{ type: 'Job' }] }], returns: 'this' };
const find = (effect: EffectShape = {}): Operation => ({ effect: { kind: 'read', action: 'find', system: 'jobs', ...effect }, returns: 'result' });
const change = (effect: EffectShape): Operation => ({ effect: { kind: 'write', system: 'jobs', repeatable: true, ...effect }, returns: 'result' });

export default {
  name: 'bullmq',
  packages: ['bullmq'],
  exports: { Queue: 'Queue', Worker: 'Worker', FlowProducer: 'FlowProducer', QueueEvents: 'QueueEvents' },
  types: {
    Queue: {
      role: 'client',
      resource: 'a0',
      construct: { opens: true, declares: { queue: 'a0', attempts: 'a1.defaultJobOptions.attempts' }, returns: { type: 'Queue', handle: 'new', resource: 'a0' } },
      members: {
        add: [
          // A repeating job is one by its name and repetition.
          { when: [{ at: 'a2.repeat', kind: 'object' }], effect: { ...publish, values: ['object', 'a1'], action: 'upsert', repeatable: true }, returns: { type: 'Job' } },
          {
            effect: { ...publish, values: ['object', 'a1'], idempotencyKey: ['a2.jobId', 'a2.deduplication.id', 'a2.debounce.id'], attempts: ['a2.attempts', 'client.a1.defaultJobOptions.attempts'], pause: ['a2.backoff', 'client.a1.defaultJobOptions.backoff'], later: 'a2.delay', batchCounterpart: 'addBulk' },
            returns: { type: 'Job' },
          },
        ],
        addBulk: {
          effect: { ...publish, values: ['object', 'a0[].data'], idempotencyKey: ['a0[].opts.jobId', 'a0[].opts.deduplication.id', 'a0[].opts.debounce.id'], items: 'a0' },
          returns: { type: 'Job', many: true },
        },
        upsertJobScheduler: { effect: { ...publish, values: ['object', 'a2.data'], action: 'upsert', repeatable: true, idempotencyKey: 'a0' }, returns: { type: 'Job' } },
        removeJobScheduler: change({ action: 'delete', criteria: ['key', 'a0'] }),
        removeRepeatable: change({ action: 'delete' }),
        remove: change({ action: 'delete', criteria: ['key', 'a0'] }),
        obliterate: change({ action: 'delete' }),
        drain: change({ action: 'delete' }),
        clean: change({ action: 'delete' }),
        getJob: { ...find({ cardinality: 'one', criteria: ['key', 'a0'] }), returns: { type: 'Job' } },
        getJobs: { ...find({ cardinality: 'many', limit: 'a2' }), returns: { type: 'Job', many: true } },
        getJobCounts: find({ action: 'count' }),
        on: listen,
      },
    },
    Worker: {
      construct: { registers: [{ entry: processing, fn: 'a1', args: [{ type: 'Job' }] }], returns: { type: 'Worker' } },
      members: { on: listen },
    },
    FlowProducer: {
      role: 'client',
      construct: { opens: true, returns: { type: 'FlowProducer', handle: 'new' } },
      members: {
        add: { effect: { ...publish, resource: 'a0.queueName', values: ['object', 'a0.data'], idempotencyKey: ['a0.opts.jobId', 'a0.opts.deduplication.id'], batchCounterpart: 'addBulk' }, returns: 'result' },
        addBulk: {
          effect: { ...publish, resource: 'a0[].queueName', values: ['object', 'a0[].data'], idempotencyKey: ['a0[].opts.jobId', 'a0[].opts.deduplication.id'], items: 'a0' },
          returns: 'result',
        },
      },
    },
    QueueEvents: { construct: { returns: { type: 'QueueEvents' } }, members: { on: { registers: [{ entry: listening, fn: 'a1' }], returns: 'this' } } },
    Job: {
      role: 'message',
      aliases: ['SandboxedJob'],
      perDelivery: ['attemptsMade', 'attemptsStarted', 'processedOn'],
      members: {
        timestamp: 'platform#Date', processedOn: 'platform#Date', finishedOn: 'platform#Date',
        updateProgress: { effect: { kind: 'write', action: 'update', system: 'jobs', weight: 'telemetry', repeatable: true } },
        log: { effect: { kind: 'write', action: 'append', system: 'jobs', weight: 'telemetry' } },
        updateData: change({ action: 'update', values: ['object', 'a0'] }),
        remove: change({ action: 'delete' }),
        retry: { effect: publish },
        moveToFailed: { effect: { kind: 'nack', system: 'jobs' } },
        moveToCompleted: { effect: { kind: 'ack', system: 'jobs' } },
      },
    },
    Processor: { handler: { kind: 'job', redelivers: 'attempts', identity: processing.identity!, ack: 'return' } },
  },
  source: 'bullmq@6.7.0, bullmq@5.81.5',
  verified: 'types',
} satisfies LibraryModel;
