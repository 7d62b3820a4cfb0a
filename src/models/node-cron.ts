import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Fires in every replica, and again although the last run has not ended. */
const entry = (source: string): EntryShape => ({ kind: 'cron', redelivers: false, everywhere: true, source });
const on = (source: string, fn: string): Operation => ({ registers: [{ entry: entry(source), fn }], returns: { type: 'Task', handle: 'new' } });
const controls = { start: { pure: true }, stop: { pure: true }, destroy: { pure: true } } as const;

export default {
  name: 'node-cron',
  packages: ['node-cron'],
  source: 'node-cron 4.6',
  verified: 'types',
  exports: { schedule: on('a0', 'a1'), createTask: on('a0', 'a1'), validate: { pure: true }, getTasks: { pure: true }, getTask: { pure: true } },
  types: { Task: { aliases: ['ScheduledTask'], members: { ...controls, on: { invokes: [{ fn: 'a1', when: 'later' }] }, execute: { pure: true } } } },
} satisfies LibraryModel;
