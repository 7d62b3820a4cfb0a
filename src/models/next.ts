import type { Convention, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));

const route = (method: string): Convention => ({
  files: '{src/,}app/**/route.{ts,tsx,mts,js,jsx,mjs}',
  exports: [method],
  entry: { kind: 'http', ack: 'return', suspends: true, method: `#${method}` },
  args: [{ type: 'NextRequest' }, { type: 'RouteContext' }],
});

export default {
  name: 'next',
  packages: ['next', 'next/*'],
  source: 'next 16.4 type declarations; file conventions from its documentation',
  verified: 'types',
  exports: {
    NextRequest: 'NextRequest', NextResponse: 'NextResponse',
    after: { invokes: [{ fn: 'a0', when: 'later', region: { kind: 'background' } }], awaits: 'a0' }, unstable_after: { invokes: [{ fn: 'a0', when: 'later', region: { kind: 'background' } }], awaits: 'a0' },
    headers: { returns: { type: 'platform#Headers' } }, cookies: { returns: { type: 'platform#Headers' } }, draftMode: pure,
    unstable_cache: { returns: 'a0' },
    ...pures('connection userAgent revalidatePath revalidateTag updateTag refresh cacheLife cacheTag unstable_noStore redirect permanentRedirect notFound forbidden unauthorized'),
  },
  types: {
    NextRequest: { extends: ['platform#Request'], event: { kind: 'http', ack: 'return', suspends: true }, members: { nextUrl: 'platform#RequestData', cookies: 'platform#Headers' } },
    NextResponse: { construct: pure, members: { json: pure, redirect: pure, rewrite: pure, next: pure }, statics: { json: pure, redirect: pure, rewrite: pure, next: pure } },
    /** `{ params }`: from the path, so from the client. */
    RouteContext: { role: 'message' },
    NextApiRequest: { event: { kind: 'http', ack: 'explicit', suspends: true }, members: { body: 'platform#RequestData', query: 'platform#RequestData', headers: 'platform#RequestData', cookies: 'platform#RequestData', on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' } } },
    NextApiResponse: { extends: ['express#Response'], members: { revalidate: pure, setPreviewData: { returns: 'this' } } },
    NextApiHandler: { handler: { kind: 'http', ack: 'explicit', suspends: true } },
    NextMiddleware: { aliases: ['MiddlewareFactory', 'NextProxy'], handler: { kind: 'middleware' } },
    NextFetchEvent: { members: { waitUntil: { awaits: 'a0' } } },
    GetServerSideProps: { handler: { kind: 'http', ack: 'return', method: '#GET' } },
  },
  conventions: [
    ...['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE'].map(route),
    { files: '{src/,}pages/api/**/*.{ts,tsx,mts,js,jsx,mjs}', exports: ['default'], entry: { kind: 'http', ack: 'explicit', suspends: true }, args: [{ type: 'NextApiRequest' }, { type: 'NextApiResponse' }] },
    { files: '{src/,}pages/**/*.{ts,tsx,js,jsx}', exports: ['getServerSideProps'], entry: { kind: 'http', ack: 'return', suspends: true, method: '#GET' }, args: [null] },
    { files: '{src/,}{middleware,proxy}.{ts,mts,js,mjs}', exports: ['middleware', 'proxy', 'default'], entry: { kind: 'middleware' }, args: [{ type: 'NextRequest' }, { type: 'NextFetchEvent' }] },
    /** A server action is a public POST endpoint. */
    { files: '**/*.{ts,tsx,mts,js,jsx,mjs}', directive: 'use server', exports: ['*'], entry: { kind: 'http', ack: 'return', suspends: true, method: '#POST' } },
  ],
} satisfies LibraryModel;
