import type { EntryShape, LibraryModel, Operation, Returns } from '../vocabulary/model.ts';

const processing: EntryShape = { kind: 'job', redelivers: 'attempts', identity: ['id', 'opts.jobId', 'opts.deduplication.id'], ack: 'return' };
const listening: EntryShape = { kind: 'event', redelivers: false, source: 'a0' };

/** The class has one method `process` for all jobs of the queue. */
const host = (source: string): Operation => ({ decorates: { on: 'class', method: 'process', entry: { ...processing, source }, args: [{ type: 'bullmq#Job' }] } });
const inject = (injects: Returns): Operation => ({ decorates: { on: 'param', injects } });

export default {
  name: 'nestjs-bullmq',
  packages: ['@nestjs/bullmq'],
  exports: {
    Processor: [{ when: [{ at: 'a0', kind: 'string' }], ...host('a0') }, host('a0.name')],
    InjectQueue: inject({ type: 'bullmq#Queue', resource: 'a0' }),
    InjectFlowProducer: inject({ type: 'bullmq#FlowProducer' }),
    OnWorkerEvent: { decorates: { on: 'method', entry: listening, args: [{ type: 'bullmq#Job' }] } },
    OnQueueEvent: { decorates: { on: 'method', entry: listening } },
    WorkerHost: 'WorkerHost',
    BullModule: { members: { registerQueue: { declares: { queue: 'a0.name', attempts: 'a0.defaultJobOptions.attempts' }, pure: true }, registerQueueAsync: { pure: true }, forRoot: { pure: true }, forRootAsync: { pure: true } } },
  },
  types: { WorkerHost: { construct: { returns: { type: 'WorkerHost' } }, members: { worker: 'bullmq#Worker' } } },
  source: '@nestjs/bullmq@12.0.0',
  verified: 'types',
} satisfies LibraryModel;
