import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const keys = ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `a1.headers.${name}`);
/** One retry, but of what carries something. */
const request: readonly Operation[] = [
  { when: [{ at: 'a1.method', kind: 'string' }], effect: { kind: 'call', action: 'request', system: 'http', resource: 'a0', method: 'a1.method', deadline: null, deadlineOption: ['a1.timeout', 'a1.signal'], retries: 0, retryOption: 'a1.retry', idempotencyKey: keys } },
  { effect: { kind: 'call', action: 'request', system: 'http', resource: 'a0', deadline: null, deadlineOption: ['a1.timeout', 'a1.signal'], retries: 1, retryOption: 'a1.retry' } },
];
/** Made in view, its deadline is known; else it may have one. */
const known = (operations: readonly Operation[]): readonly Operation[] => operations.map(({ effect, ...rest }) => {
  const { deadline, ...facets } = effect!;
  void deadline;
  return { ...rest, effect: facets };
});

export default {
  name: 'ofetch',
  packages: ['ofetch'],
  exports: { ofetch: 'Fetch', $fetch: 'Fetch' },
  globals: { $fetch: 'Fetch' },
  types: {
    Fetch: { aliases: ['$Fetch'], call: request, members: { raw: request, native: 'platform#Pure', create: { returns: { type: 'MadeFetch', handle: 'new' } } } },
    MadeFetch: { role: 'client', call: known(request), members: { raw: known(request) } },
  },
  source: 'ofetch 1.5; retries from its README',
  verified: 'types',
} satisfies LibraryModel;
