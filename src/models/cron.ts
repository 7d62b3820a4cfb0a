import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Fires in every replica, and again although the last run has not ended. */
const entry = (source: string): EntryShape => ({ kind: 'cron', redelivers: false, everywhere: true, source });
const on = (source: string, fn: string): Operation => ({ registers: [{ entry: entry(source), fn }], returns: { type: 'Task', handle: 'new' } });
const controls = { start: { pure: true }, stop: { pure: true } } as const;

export default {
  name: 'cron',
  packages: ['cron'],
  source: 'cron 4.4',
  verified: 'types',
  exports: { CronJob: 'Task', sendAt: { pure: true }, timeout: { pure: true }, validateCronExpression: { pure: true } },
  types: {
    Task: {
      aliases: ['CronJob'],
      construct: [
        { when: [{ at: 'a0', kind: 'object' }], ...on('a0.cronTime', 'a0.onTick') },
        on('a0', 'a1'),
      ],
      members: { ...controls, setTime: { pure: true }, nextDate: { pure: true }, nextDates: { pure: true }, lastDate: { pure: true }, addCallback: { registers: [{ entry: { kind: 'cron', redelivers: false, everywhere: true }, fn: 'a0' }] } },
      statics: { from: on('a0.cronTime', 'a0.onTick') },
    },
  },
} satisfies LibraryModel;
