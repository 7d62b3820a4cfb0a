import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const limited = { region: { kind: 'limit', value: 'this' } } as const;
const members = (bounded: boolean): Record<string, Member> => ({
  add: { invokes: [{ fn: 'a0', args: [null], ...(bounded ? limited : {}) }], returns: 'invoked' },
  addAll: { invokes: [{ fn: 'a0[]', args: [null], times: 'per-item', over: 'a0', concurrency: bounded ? 'this' : 'unbounded', ...(bounded ? limited : {}) }], returns: 'invoked' },
  on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
  start: { returns: 'this' },
  ...Object.fromEntries(['pause', 'clear', 'onEmpty', 'onIdle', 'onSizeLessThan', 'onPendingZero', 'onError', 'sizeBy', 'setPriority'].map((name): [string, Operation] => [name, { pure: true }])),
});
const unbounded = { returns: { type: 'UnboundedQueue', handle: 'new' } } as const;

export default {
  name: 'p-queue',
  packages: ['p-queue'],
  paces: true,
  source: 'p-queue 9.3 (concurrency Infinity unless given)',
  verified: 'types',
  exports: { default: 'PQueue' },
  types: {
    PQueue: {
      aliases: ['default'],
      construct: [
        { when: [{ at: 'a0', kind: 'absent' }], ...unbounded },
        { when: [{ at: 'a0.concurrency', kind: 'absent' }, { at: 'a0.intervalCap', kind: 'absent' }], ...unbounded },
        { returns: { type: 'PQueue', handle: 'new' } },
      ],
      members: members(true),
    },
    UnboundedQueue: { members: members(false) },
  },
} satisfies LibraryModel;
