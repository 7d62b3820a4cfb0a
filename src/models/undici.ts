import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

const keys = (at: string): readonly string[] => ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `${at}.headers.${name}`);
/** 300 seconds for the headers and again for each piece of the body: none for the whole. */
const effect = (at: string, resource: string, facets: EffectShape): EffectShape => ({
  kind: 'call', action: 'request', system: 'http', resource, method: `${at}.method`, retries: 0,
  deadlineOption: [`${at}.signal`, `${at}.headersTimeout`, `${at}.bodyTimeout`], idempotencyKey: keys(at), ...facets,
});
const global = effect('a1', 'a0', { deadline: null });
/** A pool's own options are out of sight: no deadline is claimed. */
const pooled = effect('a0', 'a0.path', {});
const dispatcher: Record<string, Member> = { request: { effect: pooled, returns: { type: 'ResponseData' } }, stream: { effect: pooled }, pipeline: { effect: pooled }, dispatch: { effect: { ...pooled, deadlineOption: ['a0.headersTimeout', 'a0.bodyTimeout'] } }, close: { closes: true, pure: true }, destroy: { closes: true, pure: true }, compose: { returns: 'this' } };
const client = { type: 'Dispatcher', handle: 'new' } as const;

export default {
  name: 'undici',
  packages: ['undici'],
  source: 'undici 7.30',
  verified: 'types',
  exports: {
    fetch: { effect: { ...global, deadlineOption: 'a1.signal', deadlineIgnored: 'a1.timeout' }, returns: { type: 'platform#Response' } },
    request: { effect: global, returns: { type: 'ResponseData' } }, stream: { effect: global }, pipeline: { effect: global },
    Dispatcher: 'Dispatcher', Client: 'Dispatcher', Pool: 'Dispatcher', Agent: 'Dispatcher', BalancedPool: 'Dispatcher', RoundRobinPool: 'Dispatcher', ProxyAgent: 'Dispatcher', EnvHttpProxyAgent: 'Dispatcher', RetryAgent: 'Dispatcher', MockAgent: 'Dispatcher',
    Headers: 'platform#Headers', Request: 'platform#Request', Response: 'platform#Response', FormData: 'platform#Pure',
    setGlobalDispatcher: { pure: true }, getGlobalDispatcher: { returns: { type: 'Dispatcher' } }, interceptors: 'platform#Pure',
  },
  types: {
    Dispatcher: { aliases: ['Client', 'Pool', 'Agent', 'BalancedPool', 'ProxyAgent', 'RetryAgent', 'default.Dispatcher'], role: 'client', construct: { opens: true, returns: { ...client, resource: 'a0' } }, members: dispatcher },
    /** The body is read as part of the call. */
    ResponseData: { aliases: ['Dispatcher.ResponseData'], members: { body: 'platform#Response', headers: 'platform#Headers' } },
  },
} satisfies LibraryModel;
