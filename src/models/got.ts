import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const at = 'a1';

const effect = (method: string, facets: EffectShape): EffectShape => ({
  kind: 'call', action: 'request', system: 'http', resource: 'a0', method,
  deadlineOption: [`${at}.timeout`, `${at}.signal`], retryOption: `${at}.retry`, query: `${at}.searchParams`,
  idempotencyKey: ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key'].map((name) => `${at}.headers.${name}`), ...facets,
});
const request = (method: string, facets: EffectShape): Operation => ({ effect: effect(method, facets), returns: { type: 'CancelableRequest' } });

/** Two retries of idempotent methods; none of POST and PATCH. */
const members = (facets: EffectShape): Record<string, Member> => ({
  get: request('#GET', { retries: 2, ...facets }), head: request('#HEAD', { retries: 2, ...facets }), put: request('#PUT', { retries: 2, ...facets }), delete: request('#DELETE', { retries: 2, ...facets }),
  post: request('#POST', { retries: 0, ...facets }), patch: request('#PATCH', { retries: 0, ...facets }),
  stream: 'Stream', paginate: 'Paginate', extend,
});

const untimed = { returns: { type: 'UntimedGot', resource: 'a0.prefixUrl', handle: 'new' } } as const;
const extend: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'object' }, { at: 'a0.timeout', kind: 'absent' }, { at: 'a0.hooks', kind: 'absent' }, { at: 'a0.handlers', kind: 'absent' }, { at: 'a1', kind: 'absent' }], ...untimed },
  { returns: { type: 'Got', resource: 'a0.prefixUrl', handle: 'new' } },
];

export default {
  name: 'got',
  packages: ['got', 'got-cjs'],
  source: 'got 14.6 type declarations (retry limit 2, no timeout)',
  verified: 'types',
  exports: { default: 'UntimedGot', got: 'UntimedGot' },
  types: {
    /** Made out of sight: it may have a timeout. */
    Got: { role: 'client', call: request(`${at}.method`, {}), members: members({}) },
    UntimedGot: { role: 'client', call: request(`${at}.method`, { deadline: null }), members: members({ deadline: null }) },
    CancelableRequest: { members: { json: { returns: 'this' }, text: { returns: 'this' }, buffer: { returns: 'this' }, on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, cancel: pure } },
    Stream: { call: { effect: effect(`${at}.method`, {}) }, members: Object.fromEntries(['get', 'post', 'put', 'patch', 'head', 'delete'].map((name) => [name, { effect: effect(`#${name.toUpperCase()}`, {}) }])) },
    Paginate: { call: { effect: effect('#GET', { cardinality: 'many' }) }, members: { all: { effect: effect('#GET', { cardinality: 'many' }) }, each: { effect: effect('#GET', { cardinality: 'many' }) } } },
  },
} satisfies LibraryModel;
