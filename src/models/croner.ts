import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Fires in every replica, and again although the last run has not ended. */
const entry = (source: string): EntryShape => ({ kind: 'cron', redelivers: false, everywhere: true, source });
const on = (source: string, fn: string): Operation => ({ registers: [{ entry: entry(source), fn }], returns: { type: 'Task', handle: 'new' } });
const controls = { stop: { pure: true } } as const;

export default {
  name: 'croner',
  packages: ['croner'],
  source: 'croner 11.0',
  verified: 'types',
  exports: { Cron: 'Task', default: 'Task' },
  types: { Task: { aliases: ['Cron'], construct: [{ when: [{ at: 'a1', kind: 'function' }], ...on('a0', 'a1') }, on('a0', 'a2')], call: [{ when: [{ at: 'a1', kind: 'function' }], ...on('a0', 'a1') }, on('a0', 'a2')], members: { ...controls, pause: { pure: true }, resume: { pure: true }, nextRun: { pure: true }, nextRuns: { pure: true }, isRunning: { pure: true }, isBusy: { pure: true }, schedule: { registers: [{ entry: { kind: 'cron', redelivers: false, everywhere: true }, fn: 'a0' }], returns: 'this' } } } },
} satisfies LibraryModel;
