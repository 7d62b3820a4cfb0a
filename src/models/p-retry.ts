import type { Invocation, LibraryModel, Operation } from '../vocabulary/model.ts';

/** The function may run again within the call. */
const retried = (fn: string, attempts?: string): Invocation => ({ fn, args: [null, null], times: 'retried', region: { kind: 'retry', growth: 'a1.factor', reruns: true, ...(attempts === undefined ? {} : { value: attempts }) } });
const retry: readonly Operation[] = [
  { when: [{ at: 'a1.retries', kind: 'present' }], invokes: [retried('a0', 'a1.retries')], returns: 'invoked' },
  { when: [{ at: 'a1', kind: 'absent' }], invokes: [retried('a0', '#10')], returns: 'invoked' },
  { when: [{ at: 'a1.retries', kind: 'absent' }], invokes: [retried('a0', '#10')], returns: 'invoked' },
  { invokes: [retried('a0')], returns: 'invoked' },
];

export default {
  name: 'p-retry',
  packages: ['p-retry'],
  source: 'p-retry 7.1: retries 10, factor 2, minTimeout 1000, no randomness',
  verified: 'types',
  exports: { default: retry, makeRetriable: { returns: 'a0' }, AbortError: { pure: true } },
  types: {},
} satisfies LibraryModel;
