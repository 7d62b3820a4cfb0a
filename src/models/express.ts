import type { LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const chained: Operation = { returns: 'this' };
const pures = (names: string, operation = pure): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));

const args = [{ type: 'Request' }, { type: 'Response' }, { type: 'NextFunction' }] as const;
const route = (method: string | null, source: string): Operation => ({
  registers: [{ entry: { kind: 'http', ack: 'explicit', source, ...(method === null ? {} : { method: `#${method}` }) }, fn: 'functions', args }],
  returns: 'this',
});
const middleware: Operation = { registers: [{ entry: { kind: 'middleware', source: 'a0' }, fn: 'functions', args }], returns: 'this' };

const routes = (source: string): Record<string, Member> => ({
  get: route('GET', source), head: route('HEAD', source), options: route('OPTIONS', source), query: route('QUERY', source),
  post: route('POST', source), put: route('PUT', source), patch: route('PATCH', source), delete: route('DELETE', source), all: route(null, source),
});

const success = [200, 201, 202, 203, 204, 205, 206, 207];
const failure = [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411, 412, 413, 415, 418, 422, 423, 424, 425, 426, 428, 429, 431, 451, 500, 501, 502, 503, 504];

/** What answers: the sender of a webhook takes 2xx for done and repeats after anything else. */
const answers = (kind: 'ack' | 'nack' | null): Record<string, Member> =>
  pures('send json jsonp end render redirect sendFile download', kind === null ? chained : { effect: { kind }, returns: 'this' });

const response = (kind: 'ack' | 'nack' | null): TypeShape => ({
  members: {
    status: [
      { when: [{ at: 'a0', equals: success }], returns: { type: 'Response' } },
      { when: [{ at: 'a0', equals: failure }], returns: { type: 'ErrorResponse' } },
      { returns: { type: 'AnyResponse' } },
    ],
    sendStatus: [
      { when: [{ at: 'a0', equals: success }], effect: { kind: 'ack' }, returns: 'this' },
      { when: [{ at: 'a0', equals: failure }], effect: { kind: 'nack' }, returns: 'this' },
      chained,
    ],
    ...answers(kind),
    ...pures('set header setHeader type contentType vary append cookie clearCookie location links format attachment', chained),
    ...pures('get write writeHead flushHeaders'),
    on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, once: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
  },
});

const middlewares = 'json urlencoded raw text static';

export default {
  name: 'express',
  packages: ['express', 'express-serve-static-core', '@types/express', 'express-promise-router', 'router'],
  source: '@types/express 5.0, @types/express-serve-static-core 5',
  verified: 'types',
  exports: {
    default: 'ExpressFunction',
    Router: { returns: { type: 'Router', handle: 'new' } },
    application: 'Application',
    ...pures(middlewares),
  },
  types: {
    /** The `express` function. */
    ExpressFunction: { call: { returns: { type: 'Application', handle: 'new' } }, members: { Router: { returns: { type: 'Router', handle: 'new' } }, ...pures(middlewares) } },
    Router: {
      aliases: ['IRouter', 'default.Router', 'default.IRouter'],
      call: pure,
      members: { ...routes('a0'), use: middleware, route: { returns: { type: 'Route', resource: 'a0' } }, param: { registers: [{ entry: { kind: 'middleware' }, fn: 'a1', args }], returns: 'this' } },
    },
    Application: {
      aliases: ['Express', 'default.Express', 'default.Application'],
      extends: ['Router'],
      members: {
        listen: { invokes: [{ fn: 'last', when: 'later' }], returns: { type: 'node-http#Server', handle: 'new' } },
        ...pures('set enable disable engine', chained), ...pures('enabled disabled path'),
        on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
      },
    },
    /** `router.route(path)`: the path is its resource. */
    Route: { aliases: ['IRoute'], members: routes('this') },
    Request: {
      aliases: ['default.Request', 'Express.Request'],
      event: { kind: 'http', ack: 'explicit' },
      members: {
        body: 'platform#RequestData', query: 'platform#RequestData', params: 'platform#RequestData', headers: 'platform#RequestData', cookies: 'platform#RequestData',
        signedCookies: 'platform#RequestData', rawBody: 'platform#RequestData', file: 'platform#RequestData', files: 'platform#RequestData',
        get: { returns: { type: 'platform#RequestData' } }, header: { returns: { type: 'platform#RequestData' } }, ...pures('accepts is range'),
        on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
      },
    },
    Response: { aliases: ['default.Response'], ...response('ack') },
    ErrorResponse: response('nack'),
    AnyResponse: response(null),
    NextFunction: { aliases: ['default.NextFunction'], call: pure },
    RequestHandler: { aliases: ['Handler', 'default.RequestHandler', 'default.Handler'], handler: { kind: 'http', ack: 'explicit' } },
    ErrorRequestHandler: { aliases: ['default.ErrorRequestHandler'], handler: { kind: 'middleware' } },
  },
} satisfies LibraryModel;
