import type { Invocation, LibraryModel, Operation } from '../vocabulary/model.ts';

const each: Invocation = { fn: 'a1', args: ['a0[]', null], times: 'per-item', over: 'a0' };
const map: readonly Operation[] = [
  { when: [{ at: 'a2', kind: 'absent' }], invokes: [{ ...each, concurrency: 'unbounded' }], returns: 'invoked' },
  { when: [{ at: 'a2.concurrency', kind: 'absent' }], invokes: [{ ...each, concurrency: 'unbounded' }], returns: 'invoked' },
  { invokes: [{ ...each, concurrency: 'a2.concurrency' }], returns: 'invoked' },
];

export default {
  name: 'p-map',
  packages: ['p-map'],
  source: 'p-map 7.1',
  verified: 'types',
  exports: { default: map, pMapIterable: map, pMapSettled: map },
  types: {},
} satisfies LibraryModel;
