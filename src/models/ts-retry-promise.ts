import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const again = (value: string): Operation => ({ invokes: [{ fn: 'a0', args: [], times: 'retried', region: { kind: 'retry', value, steady: 'a1.backoff', reruns: true } }], returns: 'invoked' });

/** Ten retries, 100 milliseconds apart; given up after a minute. */
export default {
  name: 'ts-retry-promise',
  packages: ['ts-retry-promise'],
  source: 'ts-retry-promise 0.8 (retries 10, delay 100, backoff FIXED, timeout 60000)',
  verified: 'types',
  exports: {
    retry: [{ ...again('a1.retries'), when: [{ at: 'a1.retries', kind: 'present' }] }, again('#10')],
    wait: { timer: 'a0', pure: true }, notEmpty: { pure: true },
    NotRetryableError: 'platform#Pure', RetryError: 'platform#Pure',
  },
  types: {},
} satisfies LibraryModel;
