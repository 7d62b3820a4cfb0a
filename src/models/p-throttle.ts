import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'p-throttle',
  packages: ['p-throttle'],
  paces: true,
  source: 'p-throttle 8.1: pThrottle({ limit, interval })(function)',
  verified: 'docs',
  exports: { default: { returns: { type: 'Throttle', handle: 'new' } } },
  types: {
    Throttle: { call: { returns: { type: 'ThrottledFunction', handle: 'new' } } },
    ThrottledFunction: {
      call: { invokes: [{ fn: 'client.a0', args: ['a0', 'a1', 'a2', 'a3'], region: { kind: 'limit', value: 'this' } }], returns: 'invoked' },
      members: { queueSize: { pure: true }, isEnabled: { pure: true } },
    },
  },
} satisfies LibraryModel;
