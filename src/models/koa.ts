import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const args = [{ type: 'Context' }, { type: 'Next' }] as const;

/** `router.post([name], path, …middleware)`: the path is the last string; when named, the name is as good a label. */
const route = (method: string | null): Operation => ({
  registers: [{ entry: { kind: 'http', ack: 'return', source: 'a0', ...(method === null ? {} : { method: `#${method}` }) }, fn: 'functions', args }],
  returns: 'this',
});
const middleware: Operation = { registers: [{ entry: { kind: 'middleware', source: 'a0' }, fn: 'functions', args }], returns: 'this' };

const routes: Record<string, Member> = {
  get: route('GET'), head: route('HEAD'), options: route('OPTIONS'),
  post: route('POST'), put: route('PUT'), patch: route('PATCH'), delete: route('DELETE'), del: route('DELETE'), all: route(null),
};

export default {
  name: 'koa',
  packages: ['koa', '@koa/router', 'koa-router'],
  source: 'koa 3.3, @types/koa 3.0, @koa/router 15.7, @types/koa-router',
  verified: 'types',
  exports: { default: 'Koa', Router: 'Router' },
  types: {
    /** The default export of `koa` is the application, that of the routers a router: both are constructed, and a router has all that both have. */
    Koa: { construct: { returns: { type: 'Router', handle: 'new' } }, call: { returns: { type: 'Router', handle: 'new' } } },
    Router: {
      aliases: ['RouterInstance', 'default', 'Application', 'default.Application'],
      call: { returns: { type: 'Router', handle: 'new' } },
      construct: { returns: { type: 'Router', handle: 'new' } },
      members: {
        ...routes, use: middleware,
        register: { registers: [{ entry: { kind: 'http', ack: 'return', source: 'a0' }, fn: 'a2', args }] },
        param: { registers: [{ entry: { kind: 'middleware' }, fn: 'a1', args: [null, { type: 'Context' }, { type: 'Next' }] }], returns: 'this' },
        routes: pure, middleware: pure, allowedMethods: pure, prefix: { returns: 'this' }, callback: pure,
        listen: { invokes: [{ fn: 'last', when: 'later' }], returns: { type: 'node-http#Server', handle: 'new' } },
        on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
      },
    },
    Context: {
      aliases: ['ParameterizedContext', 'RouterContext', 'ExtendableContext', 'DefaultContext', 'default.Context', 'default.ParameterizedContext', 'default.RouterContext', 'default.IRouterContext', 'default.ExtendableContext'],
      event: { kind: 'http', ack: 'return' },
      members: {
        request: 'Request', params: 'platform#RequestData', query: 'platform#RequestData', headers: 'platform#RequestData', header: 'platform#RequestData', URL: 'platform#RequestData',
        get: { returns: { type: 'platform#RequestData' } },
        set: pure, throw: pure, assert: pure, redirect: pure, remove: pure, append: pure,
      },
    },
    Request: { members: { body: 'platform#RequestData', rawBody: 'platform#RequestData', query: 'platform#RequestData', headers: 'platform#RequestData', header: 'platform#RequestData', files: 'platform#RequestData', get: { returns: { type: 'platform#RequestData' } } } },
    /** Runs the rest of the chain, which is registered in its own right. */
    Next: { aliases: ['default.Next'], call: pure },
    Middleware: { aliases: ['default.Middleware', 'default.IMiddleware'], handler: { kind: 'http', ack: 'return' } },
  },
} satisfies LibraryModel;
