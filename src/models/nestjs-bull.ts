import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const processing: EntryShape = { kind: 'job', redelivers: 'attempts', identity: ['id', 'opts.jobId'], ack: 'return' };

/** Each decorated method processes the jobs of one name, or of the whole queue. */
const process = (source: string): Operation => ({ decorates: { on: 'method', entry: { ...processing, source }, args: [{ type: 'bull#Job' }] } });
const hook: Operation = { decorates: { on: 'method', entry: { kind: 'event', redelivers: false }, args: [{ type: 'bull#Job' }] } };

const events = ['Error', 'Waiting', 'Active', 'Stalled', 'Progress', 'Completed', 'Failed', 'Paused', 'Resumed', 'Cleaned', 'Drained', 'Removed', 'Event'];

export default {
  name: 'nestjs-bull',
  packages: ['@nestjs/bull'],
  exports: {
    Process: [{ when: [{ at: 'a0', kind: 'string' }], ...process('a0') }, process('a0.name')],
    InjectQueue: { decorates: { on: 'param', injects: { type: 'bull#Queue', resource: 'a0' } } },
    ...Object.fromEntries(events.map((name) => [`OnQueue${name}`, hook])),
    ...Object.fromEntries(events.filter((name) => name !== 'Event').map((name) => [`OnGlobalQueue${name}`, hook])),
  },
  types: {},
  source: '@nestjs/bull@12.0.0',
  verified: 'types',
} satisfies LibraryModel;
