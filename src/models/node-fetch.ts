import type { LibraryModel, Operation } from '../vocabulary/model.ts';

/** Version 2 also has a `timeout`. */
const fetch: Operation = {
  effect: {
    kind: 'call', action: 'request', system: 'http', resource: 'a0', method: 'a1.method', deadline: null, deadlineOption: ['a1.signal', 'a1.timeout'], retries: 0,
    idempotencyKey: ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `a1.headers.${name}`),
  },
  returns: { type: 'platform#Response' },
};

export default {
  name: 'node-fetch',
  packages: ['node-fetch', 'cross-fetch', 'cross-fetch/*', 'isomorphic-fetch', 'isomorphic-unfetch', 'make-fetch-happen', 'node-fetch-native', 'fetch-with-proxy'],
  source: 'node-fetch 3.3 and 2, cross-fetch',
  verified: 'types',
  exports: { default: fetch, fetch, Headers: 'platform#Headers', Request: 'platform#Request', Response: 'platform#Response', AbortError: { pure: true }, FetchError: { pure: true } },
  types: {},
} satisfies LibraryModel;
