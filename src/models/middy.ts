import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const itself: Operation = { returns: 'this' };

const middy: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', when: 'later' }], returns: { type: 'MiddyfiedHandler' } },
  { returns: { type: 'MiddyfiedHandler' } },
];

export default {
  name: 'middy',
  packages: ['@middy/core'],
  exports: { default: middy },
  types: {
    MiddyfiedHandler: {
      members: { use: itself, before: itself, after: itself, onError: itself, handler: { invokes: [{ fn: 'a0', when: 'later' }], returns: 'this' } },
    },
  },
  source: '@middy/core@6.4.5',
  verified: 'types',
} satisfies LibraryModel;
