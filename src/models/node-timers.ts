import type { LibraryModel, Member } from '../vocabulary/model.ts';

const waits: Record<string, Member> = { setTimeout: { timer: 'a0', pure: true }, setImmediate: { returns: 'a0' }, setInterval: { pure: true } };

export default {
  name: 'node-timers',
  packages: ['node:timers/promises', 'timers/promises'],
  source: '@types/node 22',
  verified: 'types',
  exports: { ...waits, scheduler: { members: { wait: { timer: 'a0', pure: true }, yield: { pure: true } } } },
  types: {},
} satisfies LibraryModel;
