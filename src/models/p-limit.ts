import type { LibraryModel } from '../vocabulary/model.ts';

/** The limiter is its own bound: `value` is its identity. */
const limited = { region: { kind: 'limit', value: 'this' } } as const;

export default {
  name: 'p-limit',
  packages: ['p-limit'],
  paces: true,
  source: 'p-limit 7.3',
  verified: 'types',
  exports: { default: { returns: { type: 'Limit', handle: 'new' } }, limitFunction: { returns: { type: 'LimitedFunction', handle: 'new' } } },
  types: {
    Limit: {
      aliases: ['LimitFunction', 'default.Limit'],
      call: { invokes: [{ fn: 'a0', args: ['a1', 'a2', 'a3', 'a4'], ...limited }], returns: 'invoked' },
      members: {
        map: { invokes: [{ fn: 'a1', args: ['a0[]', null], times: 'per-item', over: 'a0', concurrency: 'this', ...limited }], returns: 'invoked' },
        clearQueue: { pure: true },
      },
    },
    LimitedFunction: { call: { invokes: [{ fn: 'client.a0', args: ['a0', 'a1', 'a2', 'a3'], ...limited }], returns: 'invoked' } },
  },
} satisfies LibraryModel;
