import type { Invocation, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const item: Invocation = { fn: 'a1', args: ['a0[]', null], times: 'per-item', over: 'a0' };
const concurrent: readonly Operation[] = [
  { when: [{ at: 'a2', kind: 'absent' }], invokes: [{ ...item, concurrency: 'unbounded' }], returns: 'invoked' },
  { when: [{ at: 'a2.concurrency', kind: 'absent' }], invokes: [{ ...item, concurrency: 'unbounded' }], returns: 'invoked' },
  { invokes: [{ ...item, concurrency: 'a2.concurrency' }], returns: 'invoked' },
];
const series: Operation = { invokes: [{ ...item, concurrency: 'sequential' }], returns: 'invoked' };
const all: Operation = { awaits: 'a0', returns: 'a0' };

const members: Record<string, Member> = {
  map: concurrent, filter: concurrent, each: series, mapSeries: series,
  reduce: { invokes: [{ fn: 'a1', args: [null, 'a0[]'], times: 'per-item', over: 'a0', concurrency: 'sequential' }] },
  all, allSettled: all, any: all, race: all, some: all, props: all,
  try: { invokes: [{ fn: 'a0' }], returns: 'invoked' }, attempt: { invokes: [{ fn: 'a0' }], returns: 'invoked' }, method: { returns: 'a0' }, promisify: { returns: 'a0' },
  resolve: { returns: 'a0' }, delay: { returns: 'a1' },
};

export default {
  name: 'bluebird',
  packages: ['bluebird'],
  source: 'bluebird 3.7, @types/bluebird',
  verified: 'types',
  exports: { ...members, default: 'Bluebird', Promise: 'Bluebird' },
  types: { Bluebird: { aliases: ['default'], members } },
} satisfies LibraryModel;
