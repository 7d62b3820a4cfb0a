import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const region = { kind: 'retry', steady: ['a1.factor', 'a1.calculateDelay', 'a1.jitter'], reruns: true } as const;
const again = (value: string): Operation => ({ invokes: [{ fn: 'a0', args: [null, 'a1'], times: 'retried', region: { ...region, value } }], returns: 'invoked' });

/** Three attempts, 200 milliseconds apart, whichever it is, unless a factor is given. */
export default {
  name: 'lifeomic-attempt',
  packages: ['@lifeomic/attempt'],
  source: '@lifeomic/attempt 3.1 (delay 200, maxAttempts 3, factor 0)',
  verified: 'types',
  exports: {
    retry: [{ ...again('a1.maxAttempts'), when: [{ at: 'a1.maxAttempts', kind: 'present' }] }, again('#3')],
    sleep: { timer: 'a0', pure: true }, defaultCalculateDelay: { pure: true },
  },
  types: {},
} satisfies LibraryModel;
