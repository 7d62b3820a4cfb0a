import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Fires in every replica, and again although the last run has not ended. */
const entry = (source: string): EntryShape => ({ kind: 'cron', redelivers: false, everywhere: true, source });
const on = (source: string, fn: string): Operation => ({ registers: [{ entry: entry(source), fn }], returns: { type: 'Task', handle: 'new' } });

export default {
  name: 'node-schedule',
  packages: ['node-schedule'],
  source: 'node-schedule 2.1, @types/node-schedule',
  verified: 'types',
  exports: { scheduleJob: [{ when: [{ at: 'a1', kind: 'function' }], ...on('a0', 'a1') }, on('a1', 'a2')], Job: 'Task', RecurrenceRule: { pure: true }, Range: { pure: true }, cancelJob: { pure: true }, rescheduleJob: { pure: true }, gracefulShutdown: { pure: true } },
  types: { Task: { aliases: ['Job'], construct: [{ when: [{ at: 'a0', kind: 'function' }], registers: [{ entry: { kind: 'cron', redelivers: false, everywhere: true }, fn: 'a0' }], returns: { type: 'Task', handle: 'new' } }, on('a0', 'a1')], members: { schedule: { pure: true }, reschedule: { pure: true }, cancel: { pure: true }, cancelNext: { pure: true }, nextInvocation: { pure: true }, on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' } } } },
} satisfies LibraryModel;
