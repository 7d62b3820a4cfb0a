import type { Convention, EntryShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const each = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));
const data: Operation = { returns: { type: 'platform#RequestData' } };

const args = [{ type: 'H3Event' }] as const;
const http = (method?: string): EntryShape => ({ kind: 'http', ack: 'return', ...(method === undefined ? {} : { method: `#${method}` }) });
const handler: Operation = { registers: [{ entry: http(), fn: 'a0', args }, { entry: http(), fn: 'a0.handler', args }], returns: 'a0' };
const route = (method?: string): Operation => ({ registers: [{ entry: { ...http(method), source: 'a0' }, fn: 'a1', args }], returns: 'this' });

const names = {
  ...each('defineEventHandler eventHandler defineHandler defineCachedEventHandler cachedEventHandler', handler),
  ...each('readBody readRawBody readValidatedBody readFormData readMultipartFormData getQuery getValidatedQuery getRouterParam getRouterParams getValidatedRouterParams getHeader getHeaders getRequestHeader getRequestHeaders getCookie parseCookies getRequestURL', data),
  ...each('createError setResponseStatus setHeader setHeaders setResponseHeader setResponseHeaders setCookie deleteCookie sendRedirect sendNoContent getRequestIP getMethod assertMethod', pure),
};

/** Nitro finds a handler by its file, and the verb in the file's name: `server/api/orders.post.ts`. */
const found = (suffix: string, method?: string): Convention => ({ files: `server/{api,routes}/**/*${suffix}.{ts,mts,js,mjs}`, exports: ['default'], entry: http(method), args });

/** h3, and Nitro and Nuxt, where its functions are there without an import. */
export default {
  name: 'h3',
  packages: ['h3', 'nitropack/runtime', 'nitro/h3', '#imports'],
  source: 'h3 1.15 type declarations; file conventions and auto-imports from the documentation of Nitro',
  verified: 'types',
  exports: { ...names, createRouter: { returns: { type: 'Router', handle: 'new' } }, createApp: { returns: { type: 'Router', handle: 'new' } }, H3: 'Router' },
  globals: names,
  types: {
    H3Event: { members: { waitUntil: { awaits: 'a0' }, headers: 'platform#Headers', path: 'platform#RequestData' } },
    Router: {
      construct: { returns: { type: 'Router', handle: 'new' } },
      members: {
        get: route('GET'), post: route('POST'), put: route('PUT'), patch: route('PATCH'), delete: route('DELETE'), all: route(),
        use: { returns: 'this' },
      },
    },
    EventHandler: { handler: http() },
  },
  conventions: [found('.get', 'GET'), found('.post', 'POST'), found('.put', 'PUT'), found('.patch', 'PATCH'), found('.delete', 'DELETE'), found('')],
} satisfies LibraryModel;
