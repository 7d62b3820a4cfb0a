import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const keys = ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `a1.headers.${name}`);
const shared = { resource: 'a0', deadline: null, deadlineOption: 'a1.signal', retries: 10, retryOption: 'client.a0.retries' } as const;
const returns = { type: 'platform#Response' } as const;

/** Of the services of AWS and those that speak like them, only object stores take PUT and DELETE. */
const request: readonly Operation[] = [
  { when: [{ at: 'a1.method', equals: 'PUT' }], effect: { kind: 'write', action: 'replace', system: 'objects', criteria: ['key', 'a0'], repeatable: true, ...shared }, returns },
  { when: [{ at: 'a1.method', equals: 'DELETE' }], effect: { kind: 'write', action: 'delete', system: 'objects', criteria: ['key', 'a0'], repeatable: true, ...shared }, returns },
  { effect: { kind: 'call', action: 'request', system: 'http', method: 'a1.method', idempotencyKey: keys, ...shared }, returns },
];

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
      members: { fetch: request, sign: { pure: true } },
    },
  },
} satisfies LibraryModel;
