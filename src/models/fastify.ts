import type { LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const chained: Operation = { returns: 'this' };
const pures = (names: string, operation = pure): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const args = [{ type: 'FastifyRequest' }, { type: 'FastifyReply' }] as const;
/** `app.post(path, handler)`, `app.post(path, options, handler)`, `app.post(path, { handler })`; hooks of the options run before it. */
const route = (method: string | null): readonly Operation[] => {
  const entry = { kind: 'http', ack: 'return', source: 'a0', ...(method === null ? {} : { method }) } as const;
  const hooks = ['a1.preHandler', 'a1.onRequest', 'a1.preValidation'].map((fn) => ({ entry: { kind: 'middleware', source: 'a0' } as const, fn, args }));
  return [
    { when: [{ at: 'a1', kind: 'function' }], registers: [{ entry, fn: 'a1', args }], returns: 'this' },
    { when: [{ at: 'a2', kind: 'absent' }], registers: [{ entry, fn: 'a1.handler', args }, ...hooks], returns: 'this' },
    { registers: [{ entry, fn: 'a2', args }, ...hooks], returns: 'this' },
  ];
};
const hook: Operation = { registers: [{ entry: { kind: 'middleware', source: 'a0' }, fn: 'a1', args }], returns: 'this' };

/** Mercurius is a plugin whose options hold the resolvers of GraphQL. */
const resolvers = [['Mutation', 'POST'], ['Query', 'GET']].flatMap(([type, method]) => [`a1.resolvers.${type}.*`, `a1.resolvers.${type}.*.resolve`].map((fn) => ({
  entry: { kind: 'http', ack: 'return', method: `#${method}` } as const, fn, args: [null, { type: 'platform#RequestData' }, null], message: 1,
})));

const success = [200, 201, 202, 203, 204, 205, 206, 207];
const failure = [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 415, 418, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504];
const status: readonly Operation[] = [
  { when: [{ at: 'a0', equals: success }], returns: { type: 'FastifyReply' } },
  { when: [{ at: 'a0', equals: failure }], returns: { type: 'ErrorReply' } },
  { returns: { type: 'AnyReply' } },
];
/** `send` answers at once, before the handler returns. */
const reply = (send: Operation): TypeShape => ({
  members: { code: status, status, send, redirect: send, ...pures('header headers type removeHeader hijack setCookie clearCookie cookie', chained), ...pures('getHeader hasHeader serialize') },
});

export default {
  name: 'fastify',
  packages: ['fastify', 'fastify-plugin', '@fastify/*'],
  source: 'fastify 5.12',
  verified: 'types',
  exports: {
    /** `fastify()` makes an instance; the default of `fastify-plugin` passes a plugin through. */
    default: [{ when: [{ at: 'a0', kind: 'function' }], returns: 'a0' }, { returns: { type: 'FastifyInstance', handle: 'new' } }],
    fastify: { returns: { type: 'FastifyInstance', handle: 'new' } },
    fastifyPlugin: { returns: 'a0' },
  },
  types: {
    FastifyInstance: {
      members: {
        get: route('#GET'), head: route('#HEAD'), options: route('#OPTIONS'), post: route('#POST'), put: route('#PUT'), patch: route('#PATCH'), delete: route('#DELETE'), all: route(null),
        route: {
          registers: [
            { entry: { kind: 'http', ack: 'return', source: 'a0.url', method: 'a0.method' }, fn: 'a0.handler', args },
            ...['a0.preHandler', 'a0.onRequest', 'a0.preValidation'].map((fn) => ({ entry: { kind: 'middleware', source: 'a0.url' } as const, fn, args })),
          ],
          returns: 'this',
        },
        register: { invokes: [{ fn: 'a0', args: ['this', 'a1', null] }], registers: resolvers, returns: 'this' },
        addHook: hook,
        setErrorHandler: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args: [null, ...args], message: 1 }], returns: 'this' },
        setNotFoundHandler: { registers: [{ entry: { kind: 'middleware' }, fn: 'last', args }], returns: 'this' },
        after: { invokes: [{ fn: 'a0', when: 'later' }], returns: 'this' }, ready: { invokes: [{ fn: 'a0', when: 'later' }], returns: 'this' },
        listen: { invokes: [{ fn: 'last', when: 'later' }] }, close: { invokes: [{ fn: 'a0', when: 'later' }] },
        withTypeProvider: chained, setValidatorCompiler: chained, setSerializerCompiler: chained, addContentTypeParser: chained, addSchema: chained,
        log: 'platform#Pure',
      },
    },
    FastifyRequest: {
      event: { kind: 'http', ack: 'return' },
      members: { server: 'FastifyInstance', body: 'platform#RequestData', query: 'platform#RequestData', params: 'platform#RequestData', headers: 'platform#RequestData', cookies: 'platform#RequestData', rawBody: 'platform#RequestData', log: 'platform#Pure' },
    },
    FastifyReply: reply({ effect: { kind: 'ack' }, returns: 'this' }),
    ErrorReply: reply({ effect: { kind: 'nack' }, returns: 'this' }),
    AnyReply: reply(chained),
    RouteHandlerMethod: { aliases: ['RouteHandler'], handler: { kind: 'http', ack: 'return' } },
    FastifyPluginAsync: { aliases: ['FastifyPluginCallback', 'FastifyPlugin', 'FastifyPluginAsyncTypebox', 'FastifyPluginAsyncZod'] },
    preHandlerHookHandler: { aliases: ['onRequestHookHandler', 'preHandlerAsyncHookHandler', 'onRequestAsyncHookHandler', 'preValidationHookHandler'], handler: { kind: 'middleware' } },
  },
} satisfies LibraryModel;
