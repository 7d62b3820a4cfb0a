import type { Convention, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));

const entry = (method: string) => ({ kind: 'http', ack: 'return', method: `#${method}` }) as const;
const found = (file: string, exports: readonly string[], method: string): Convention => ({ files: `${file}.{ts,js}`, exports, entry: entry(method), args: [{ type: 'RequestEvent' }] });

export default {
  name: 'sveltekit',
  packages: ['@sveltejs/kit'],
  source: '@sveltejs/kit 3.2 type declarations; file conventions from its documentation',
  verified: 'types',
  exports: pures('json text redirect error fail isRedirect isHttpError isActionFailure'),
  types: {
    RequestEvent: {
      aliases: ['ServerLoadEvent'],
      members: { request: 'platform#Request', params: 'platform#RequestData', url: 'platform#RequestData', cookies: 'platform#Headers', ...pures('setHeaders getClientAddress') },
    },
  },
  conventions: [
    ...['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'].map((verb) => found('+server', [verb], verb)),
    found('{+page,+layout}.server', ['load'], 'GET'),
    found('+page.server', ['actions.*'], 'POST'),
    { files: 'hooks.server.{ts,js}', exports: ['handle'], entry: { kind: 'middleware' } },
  ],
} satisfies LibraryModel;
