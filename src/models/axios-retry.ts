import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };

/** Configures a client: three retries without delay, of network errors and of 5xx after an idempotent method. */
export default {
  name: 'axios-retry',
  packages: ['axios-retry'],
  source: 'axios-retry 4.5',
  verified: 'types',
  exports: {
    default: 'AxiosRetry', exponentialDelay: pure, linearDelay: pure, retryAfter: pure,
    isNetworkError: pure, isRetryableError: pure, isSafeRequestError: pure, isIdempotentRequestError: pure, isNetworkOrIdempotentRequestError: pure,
  },
  types: { AxiosRetry: { call: { resends: { client: 'a0', times: 'a1.retries', otherwise: 3, pause: 'a1.retryDelay' } }, members: { '*': pure } } },
} satisfies LibraryModel;
