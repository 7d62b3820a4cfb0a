import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
/** Ten seconds for each attempt; two retries of idempotent methods. */
const effect = (method: string, retries: number): EffectShape => ({
  kind: 'call', action: 'request', system: 'http', resource: 'a0', method, retries, retryOption: 'a1.retry', query: 'a1.searchParams',
  deadline: 10_000, deadlineOption: ['a1.timeout', 'a1.totalTimeout', 'a1.signal'],
  idempotencyKey: ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key'].map((name) => `a1.headers.${name}`),
});
const request = (method: string, retries: number): Operation => ({ effect: effect(method, retries), returns: { type: 'ResponsePromise' } });
const body: Operation = { returns: 'this' };

export default {
  name: 'ky',
  packages: ['ky', 'ky-universal'],
  source: 'ky 1.14 type declarations and core/constants (timeout 10000, retry limit 2)',
  verified: 'types',
  exports: { default: 'Ky' },
  types: {
    Ky: {
      aliases: ['KyInstance'],
      role: 'client',
      call: { effect: { ...effect('a1.method', 2) }, returns: { type: 'ResponsePromise' } },
      members: {
        get: request('#GET', 2), head: request('#HEAD', 2), put: request('#PUT', 2), delete: request('#DELETE', 2), post: request('#POST', 0), patch: request('#PATCH', 0),
        create: { returns: { type: 'Ky', resource: 'a0.prefixUrl', handle: 'new' } }, extend: { returns: { type: 'Ky', resource: 'a0.prefixUrl', handle: 'new' } },
        stop: pure, retry: pure,
      },
    },
    ResponsePromise: { aliases: ['KyResponse'], members: { json: body, text: body, formData: body, arrayBuffer: body, blob: body } },
  },
} satisfies LibraryModel;
