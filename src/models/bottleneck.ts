import type { LibraryModel } from '../vocabulary/model.ts';


const limited = { region: { kind: 'limit', value: 'this' } } as const;
const pure = { pure: true } as const;

export default {
  name: 'bottleneck',
  packages: ['bottleneck', 'bottleneck/*'],
  paces: true,
  source: 'bottleneck 2.19',
  verified: 'types',
  exports: { default: 'Bottleneck' },
  types: {
    Bottleneck: {
      aliases: ['default'],
      construct: { returns: { type: 'Bottleneck', handle: 'new' } },
      members: {
        schedule: [
          { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', args: ['a1', 'a2', 'a3', 'a4'], ...limited }], returns: 'invoked' },
          { when: [{ at: 'a0', kind: 'object' }], invokes: [{ fn: 'a1', args: ['a2', 'a3', 'a4'], ...limited }], returns: 'invoked' },
          { invokes: [{ fn: 'a0', args: ['a1', 'a2', 'a3', 'a4'], ...limited }], returns: 'invoked' },
        ],
        submit: { invokes: [{ fn: 'a0', args: ['a1', 'a2', 'a3'], when: 'later', ...limited }] },
        wrap: { returns: { type: 'LimitedFunction', handle: 'new' } },
        chain: { returns: 'this' }, on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
        updateSettings: pure, incrementReservoir: pure, currentReservoir: pure, counts: pure, running: pure, done: pure, stop: pure, disconnect: pure, ready: pure, empty: pure, check: pure, queued: pure, jobs: pure, jobStatus: pure,
      },
      statics: { Group: 'Group' },
    },
    Group: { aliases: ['default.Group'], construct: { returns: { type: 'Group', handle: 'new' } }, members: { key: { returns: { type: 'Bottleneck', handle: 'new' } }, on: { returns: 'this' } } },
    LimitedFunction: { members: { withOptions: pure }, call: { invokes: [{ fn: 'client.a0', args: ['a0', 'a1', 'a2', 'a3'], ...limited }], returns: 'invoked' } },
  },
} satisfies LibraryModel;
