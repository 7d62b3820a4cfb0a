import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const keys = (at: string): readonly string[] => ['Idempotency-Key', 'idempotency-key', 'X-Idempotency-Key', 'x-idempotency-key'].map((name) => `${at}.headers.${name}`);

/** `deadline: null` where the client was made in view without a timeout; an instance that comes from elsewhere may have one. */
const requests = (deadline: EffectShape): Record<string, Member> & { readonly call: readonly Operation[] } => {
  const effect = (at: string, method: string, resource: string): EffectShape => ({
    kind: 'call', action: 'request', system: 'http', resource, method, retries: 0,
    deadlineOption: [`${at}.timeout`, `${at}.signal`, `${at}.cancelToken`], idempotencyKey: keys(at), query: `${at}.params`, ...deadline,
  });
  const get = (method: string): Operation => ({ effect: effect('a1', `#${method}`, 'a0') });
  const post = (method: string): Operation => ({ effect: effect('a2', `#${method}`, 'a0') });
  return {
    get: get('GET'), delete: get('DELETE'), head: get('HEAD'), options: get('OPTIONS'),
    post: post('POST'), put: post('PUT'), patch: post('PATCH'), postForm: post('POST'), putForm: post('PUT'), patchForm: post('PATCH'), query: post('QUERY'),
    request: { effect: effect('a0', 'a0.method', 'a0.url') },
    call: [{ when: [{ at: 'a0', kind: 'object' }], effect: effect('a0', 'a0.method', 'a0.url') }, { effect: effect('a1', 'a1.method', 'a0') }],
  };
};

const untimed = requests({ deadline: null });
const unknown = requests({});
const shape = ({ call, ...members }: ReturnType<typeof requests>) => ({
  role: 'client' as const,
  call,
  members: { ...members, getUri: pure, interceptors: 'Interceptors' },
});
const bare = { returns: { type: 'UntimedAxiosInstance', resource: 'a0.baseURL', handle: 'new' } } as const;
const create: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'absent' }], ...bare },
  { when: [{ at: 'a0.timeout', kind: 'absent' }, { at: 'a0.signal', kind: 'absent' }, { at: 'a0.adapter', kind: 'absent' }], ...bare },
  { when: [{ at: 'a0.timeout', equals: 0 }], ...bare },
  { returns: { type: 'AxiosInstance', resource: 'a0.baseURL', handle: 'new' } },
];

export default {
  name: 'axios',
  packages: ['axios'],
  source: 'axios 1.21 index.d.ts and lib/defaults (timeout 0)',
  verified: 'types',
  exports: {
    default: 'AxiosStatic',
    isAxiosError: pure, isCancel: pure, mergeConfig: pure, toFormData: pure, formToJSON: pure, spread: pure, all: { awaits: 'a0', returns: 'a0' }, create,
    AxiosError: 'platform#Pure', AxiosHeaders: 'platform#Pure', CanceledError: 'platform#Pure', CancelToken: 'platform#Pure',
  },
  types: {
    AxiosStatic: {
      ...shape(untimed),
      members: {
        ...shape(untimed).members, create,
        isAxiosError: pure, isCancel: pure, mergeConfig: pure, toFormData: pure, spread: pure, all: { awaits: 'a0', returns: 'a0' },
        AxiosError: 'platform#Pure', AxiosHeaders: 'platform#Pure', CancelToken: 'platform#Pure',
      },
    },
    /** An instance whose configuration is out of sight. */
    AxiosInstance: { aliases: ['Axios'], ...shape(unknown) },
    UntimedAxiosInstance: shape(untimed),
    Interceptors: { members: { request: 'Interceptor', response: 'Interceptor' } },
    Interceptor: { members: { use: { invokes: [{ fn: 'a0', when: 'later' }, { fn: 'a1', when: 'later' }] }, eject: pure, clear: pure } },
  },
} satisfies LibraryModel;
