import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const keys = ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `a1.headers.${name}`);
const request: Operation = { effect: { kind: 'call', action: 'request', system: 'http', resource: 'a0', method: 'a1.method', deadline: null, deadlineOption: 'a1.signal', retries: 10, retryOption: 'client.a0.retries', idempotencyKey: keys } };

export default {
  name: 'aws4fetch',
  packages: ['aws4fetch'],
  source: 'aws4fetch 1.0 (type declarations; ten retries with growing pauses, from its README)',
  verified: 'types',
  exports: { AwsClient: 'AwsClient', AwsV4Signer: { pure: true } },
  types: {
    AwsClient: {
      role: 'client',
      construct: { returns: { type: 'AwsClient', handle: 'new' } },
      members: { fetch: { ...request, returns: { type: 'platform#Response' } }, sign: { pure: true } },
    },
  },
} satisfies LibraryModel;
