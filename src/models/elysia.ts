import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const chained: Operation = { returns: 'this' };
const each = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const args = [{ type: 'Context' }] as const;
const route = (method: string | null): Operation => ({ registers: [{ entry: { kind: 'http', ack: 'return', source: 'a0', ...(method === null ? {} : { method: `#${method}` }) }, fn: 'a1', args }], returns: 'this' });
const middleware = (fn: string): Operation => ({ registers: [{ entry: { kind: 'middleware' }, fn, args }], returns: 'this' });
const nested = (fn: string): Operation => ({ invokes: [{ fn, args: ['this'] }], returns: 'this' });

export default {
  name: 'elysia',
  packages: ['elysia'],
  source: 'elysia 1.4',
  verified: 'types',
  exports: { default: 'Elysia', Elysia: 'Elysia', t: 'platform#Pure', status: pure, redirect: pure },
  types: {
    Elysia: {
      construct: { returns: { type: 'Elysia', handle: 'new' } },
      members: {
        get: route('GET'), post: route('POST'), put: route('PUT'), patch: route('PATCH'), delete: route('DELETE'), head: route('HEAD'), options: route('OPTIONS'), all: route(null),
        route: { registers: [{ entry: { kind: 'http', ack: 'return', method: 'a0', source: 'a1' }, fn: 'a2', args }], returns: 'this' },
        group: nested('last'), guard: nested('last'), use: nested('a0'),
        ...each('derive resolve onBeforeHandle onRequest onTransform', middleware('last')), ...each('onAfterHandle onAfterResponse onError', { invokes: [{ fn: 'last', when: 'later' }], returns: 'this' }),
        ...each('state decorate model mount listen macro prefix as ws trace', chained),
        handle: pure, stop: pure,
      },
    },
    Context: {
      event: { kind: 'http', ack: 'return' },
      members: { body: 'platform#RequestData', query: 'platform#RequestData', params: 'platform#RequestData', headers: 'platform#RequestData', cookie: 'platform#RequestData', request: 'platform#Request', redirect: pure, status: pure },
    },
  },
} satisfies LibraryModel;
