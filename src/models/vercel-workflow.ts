import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'vercel-workflow',
  packages: ['workflow', 'workflow/api'],
  exports: {
    // A run of its own for each call: nothing tells a second one from the first.
    start: { effect: { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true, resource: 'a0', values: ['object', 'a1'] }, returns: 'result', invokes: [{ fn: 'a0', args: ['a1.0', 'a1.1'], when: 'later' }] },
    sleep: { pure: true },
  },
  types: {},
  source: 'workflow@4.8.9',
  verified: 'types',
} satisfies LibraryModel;
