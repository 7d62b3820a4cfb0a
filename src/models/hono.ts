import type { LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));
const data: Operation = { returns: { type: 'platform#RequestData' } };

const args = [{ type: 'Context' }, { type: 'Next' }] as const;
const route = (method: string | null): Operation => ({
  registers: [{ entry: { kind: 'http', ack: 'return', source: 'a0', ...(method === null ? {} : { method }) }, fn: 'functions', args }],
  returns: 'this',
});
const handlers: Operation = { registers: [{ entry: { kind: 'http', ack: 'return' }, fn: 'functions', args }], returns: 'args' };

export default {
  name: 'hono',
  packages: ['hono', 'hono/*', '@hono/zod-openapi', '@hono/node-server'],
  source: 'hono 4.13; OpenAPIHono of @hono/zod-openapi from memory',
  verified: 'types',
  exports: {
    Hono: 'Hono', OpenAPIHono: 'Hono', Context: 'Context', Factory: 'Factory',
    createFactory: { returns: { type: 'Factory', handle: 'new' } },
    createMiddleware: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args }], returns: 'a0' },
    createRoute: { returns: 'a0' },
    validator: { invokes: [{ fn: 'a1', args: [{ type: 'platform#RequestData' }, { type: 'Context' }], when: 'later' }] },
    handle: pure, serve: pure,
  },
  types: {
    Hono: {
      aliases: ['OpenAPIHono'],
      construct: { returns: { type: 'Hono', handle: 'new' } },
      members: {
        get: route('#GET'), post: route('#POST'), put: route('#PUT'), patch: route('#PATCH'), delete: route('#DELETE'), options: route('#OPTIONS'), query: route('#QUERY'), all: route(null),
        on: { registers: [{ entry: { kind: 'http', ack: 'return', method: 'a0', source: 'a1' }, fn: 'functions', args }], returns: 'this' },
        openapi: { registers: [{ entry: { kind: 'http', ack: 'return', method: 'a0.method', source: 'a0.path' }, fn: 'a1', args: [{ type: 'Context' }] }], returns: 'this' },
        use: { registers: [{ entry: { kind: 'middleware', source: 'a0' }, fn: 'functions', args }], returns: 'this' },
        onError: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args: [null, { type: 'Context' }], message: 1 }], returns: 'this' },
        notFound: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args }], returns: 'this' },
        route: { returns: 'this' }, basePath: { returns: 'this' }, mount: { returns: 'this' }, doc: { returns: 'this' },
        fetch: pure, request: pure,
      },
    },
    Factory: {
      construct: { returns: { type: 'Factory', handle: 'new' } },
      members: { createApp: { returns: { type: 'Hono', handle: 'new' } }, createHandlers: handlers, createMiddleware: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args }], returns: 'a0' } },
    },
    Context: {
      event: { kind: 'http', ack: 'return' },
      members: {
        req: 'HonoRequest',
        executionCtx: 'ExecutionContext',
        event: 'ExecutionContext',
        ...pures('json text html body redirect newResponse notFound header status render set setRenderer'),
      },
    },
    HonoRequest: {
      members: {
        json: data, text: data, formData: data, parseBody: data, arrayBuffer: data, bytes: data, blob: data, valid: data, param: data, query: data, queries: data, header: data,
        raw: 'platform#Request', url: 'platform#RequestData',
      },
    },
    ExecutionContext: { members: { waitUntil: { awaits: 'a0' }, passThroughOnException: pure } },
    Next: { call: pure },
    Handler: { aliases: ['H', 'RouteHandler'], handler: { kind: 'http', ack: 'return' } },
    MiddlewareHandler: { handler: { kind: 'middleware' } },
  },
} satisfies LibraryModel;
