import type { Invocation, LibraryModel, Operation } from '../vocabulary/model.ts';

/** The function may run again within the call. */
const retried = (fn: string, attempts?: string): Invocation => ({ fn, args: [null, null], times: 'retried', region: { kind: 'retry', reruns: true, ...(attempts === undefined ? {} : { value: attempts }) } });
const operation: Operation = { returns: { type: 'Operation', handle: 'new' } };

export default {
  name: 'async-retry',
  packages: ['async-retry', 'promise-retry', 'retry'],
  source: 'async-retry 1.3, promise-retry and retry with their type declarations: retries 10, factor 2, minTimeout 1000; async-retry randomises',
  verified: 'types',
  exports: {
    /** `promise-retry` takes its options first or last. */
    default: [
      { when: [{ at: 'a0', kind: 'object' }], invokes: [retried('a1', 'a0.retries')], returns: 'invoked' },
      { when: [{ at: 'a1.retries', kind: 'present' }], invokes: [retried('a0', 'a1.retries')], returns: 'invoked' },
      { when: [{ at: 'a1', kind: 'absent' }], invokes: [retried('a0', '#10')], returns: 'invoked' },
      { when: [{ at: 'a1.retries', kind: 'absent' }], invokes: [retried('a0', '#10')], returns: 'invoked' },
      { invokes: [retried('a0')], returns: 'invoked' },
    ],
    operation,
  },
  types: { Operation: { aliases: ['RetryOperation'], members: { attempt: { invokes: [retried('a0')] }, retry: { pure: true }, mainError: { pure: true }, errors: { pure: true }, stop: { pure: true } } } },
} satisfies LibraryModel;
