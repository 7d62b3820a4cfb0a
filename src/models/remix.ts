import type { Convention, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));

/** Of all verbs but GET and HEAD, `action` is called. */
const entry = (method: string) => ({ kind: 'http', ack: 'return', method: `#${method}` }) as const;
const exported = (name: string, method: string, args: string): Convention => ({ files: 'app/{routes,pages,features,modules}/**/*.{ts,tsx,mts,js,jsx,mjs}', exports: [name], entry: entry(method), args: [{ type: args }] });
const given: TypeShape = { members: { request: 'platform#Request', params: 'platform#RequestData' } };

/** Remix, and what became of it: React Router as a framework, whose types are written into the project as `Route`. */
export default {
  name: 'remix',
  packages: ['@remix-run/node', '@remix-run/cloudflare', '@remix-run/deno', '@remix-run/server-runtime', '@remix-run/react', '@vercel/remix', 'react-router', '@react-router/node', '@react-router/cloudflare'],
  source: '@remix-run/server-runtime 2.17, react-router 8.5; file conventions from their documentation',
  verified: 'types',
  exports: pures('json data redirect redirectDocument replace defer createCookie createCookieSessionStorage createSession isRouteErrorResponse'),
  generated: { Route: { members: {} } },
  types: {
    ActionFunctionArgs: { aliases: ['ActionArgs', 'Route.ActionArgs', 'DataFunctionArgs'], event: entry('POST'), ...given },
    LoaderFunctionArgs: { aliases: ['LoaderArgs', 'Route.LoaderArgs'], event: entry('GET'), ...given },
    ActionFunction: { handler: entry('POST') },
    LoaderFunction: { handler: entry('GET') },
  },
  conventions: [exported('action', 'POST', 'ActionFunctionArgs'), exported('loader', 'GET', 'LoaderFunctionArgs')],
} satisfies LibraryModel;
