import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const keys = (at: string): readonly string[] => ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `${at}.headers.${name}`);
/** `request(options, callback?)`, `request(url, callback)`, `request(url, options?, callback?)`; with a callback it gives no promise. */
const call = (method: string | null): readonly Operation[] => {
  const plain: EffectShape = { kind: 'call', action: 'request', system: 'http', deadline: null, retries: 0 };
  const effect = (at: 'a0' | 'a1'): EffectShape => ({ ...plain, resource: at === 'a0' ? 'a0.url' : 'a0', method: method ?? `${at}.method`, deadlineOption: `${at}.timeout`, idempotencyKey: keys(at) });
  const later = (called: EffectShape): Operation => ({ effect: { ...called, immediate: true }, invokes: [{ fn: 'last', args: [null, null, 'result'], when: 'later' }] });
  return [
    { when: [{ at: 'a0', kind: 'object' }, { at: 'last', kind: 'function' }], ...later(effect('a0')) },
    { when: [{ at: 'a0', kind: 'object' }], effect: effect('a0') },
    { when: [{ at: 'a1', kind: 'function' }], ...later({ ...plain, resource: 'a0', method: method ?? '#GET' }) },
    { when: [{ at: 'last', kind: 'function' }], ...later(effect('a1')) },
    { effect: effect('a1') },
  ];
};
const verbs: Record<string, Member> = { get: call('#GET'), head: call('#HEAD'), post: call('#POST'), put: call('#PUT'), patch: call('#PATCH'), del: call('#DELETE'), delete: call('#DELETE') };
/** Made with defaults, it may have a deadline. */
const withDefaults: Operation = { pure: true };

/** Retired, and still there. */
export default {
  name: 'request',
  packages: ['request', 'request-promise', 'request-promise-native'],
  exports: { default: 'Request', ...verbs, defaults: withDefaults, jar: { pure: true } },
  types: { Request: { call: call(null), members: { ...verbs, defaults: withDefaults, jar: { pure: true } } } },
  source: '@types/request 2.48, @types/request-promise 4.1; no timeout by default: README of request',
  verified: 'types',
} satisfies LibraryModel;
