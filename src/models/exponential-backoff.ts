import type { Invocation, LibraryModel, Operation } from '../vocabulary/model.ts';

/** The function may run again within the call. */
const retried = (fn: string, attempts?: string): Invocation => ({ fn, args: [null, null], times: 'retried', region: { kind: 'retry', growth: 'a1.timeMultiple', reruns: true, ...(attempts === undefined ? {} : { value: attempts }) } });
const backOff: readonly Operation[] = [
  { when: [{ at: 'a1.numOfAttempts', kind: 'present' }], invokes: [retried('a0', 'a1.numOfAttempts')], returns: 'invoked' },
  { when: [{ at: 'a1', kind: 'absent' }], invokes: [retried('a0', '#10')], returns: 'invoked' },
  { when: [{ at: 'a1.numOfAttempts', kind: 'absent' }], invokes: [retried('a0', '#10')], returns: 'invoked' },
  { invokes: [retried('a0')], returns: 'invoked' },
];

export default {
  name: 'exponential-backoff',
  packages: ['exponential-backoff'],
  source: 'exponential-backoff 3.1: numOfAttempts 10, from 100 ms doubling, no jitter',
  verified: 'types',
  exports: { backOff },
  types: {},
} satisfies LibraryModel;
