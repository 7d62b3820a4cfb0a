import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const chained: Operation = { returns: 'this' };
const args = [{ type: 'ResolverOptions' }] as const;
const resolver = (method: string): Operation => ({ registers: [{ entry: { kind: 'http', ack: 'return', method }, fn: 'a0', args, follows: { schema: 'this', at: 'input' } }], returns: { type: 'ProcedureBuilder' } });

/** A link may have a deadline of its own, so none is claimed; the path is out of sight. */
const call = (method: string): Operation => ({ effect: { kind: 'call', action: 'request', system: 'rpc', method, deadlineOption: 'a1.signal', retries: 0 } satisfies EffectShape });
const client: Operation = { returns: { type: 'Client', handle: 'new' } };

export default {
  name: 'trpc',
  packages: ['@trpc/server', '@trpc/server/*', '@trpc/client', '@trpc/client/*'],
  source: '@trpc/server 11.25, @trpc/client 11.25',
  verified: 'types',
  exports: {
    initTRPC: 'Init', TRPCError: 'platform#Pure', experimental_standaloneMiddleware: pure,
    createTRPCClient: client, createTRPCProxyClient: client,
    httpBatchLink: pure, httpLink: pure, httpBatchStreamLink: pure, wsLink: pure, splitLink: pure, loggerLink: pure, retryLink: pure, createWSClient: pure,
    fetchRequestHandler: pure, createExpressMiddleware: pure, createNextApiHandler: pure, createHTTPHandler: pure, createHTTPServer: pure,
  },
  types: {
    Init: { members: { context: { returns: { type: 'Init' } }, meta: chained, create: { returns: { type: 'Trpc', handle: 'new' } } } },
    Trpc: {
      members: {
        procedure: 'ProcedureBuilder',
        middleware: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args }], returns: 'a0' },
        router: { returns: 'a0' }, mergeRouters: pure,
        createCallerFactory: pure,
      },
    },
    ProcedureBuilder: {
      aliases: ['AnyProcedure', 'TRPCProcedureBuilder'],
      members: {
        input: { returns: { type: 'ProcedureBuilder' }, schema: { like: 'a0' } }, output: chained, meta: chained, concat: chained, unstable_concat: chained,
        use: { registers: [{ entry: { kind: 'middleware' }, fn: 'a0', args }], returns: { type: 'ProcedureBuilder' }, schema: { like: 'this' } },
        query: resolver('#GET'), mutation: resolver('#POST'), subscription: resolver('#GET'),
      },
    },
    /** `{ input, ctx, signal }`: only the input comes from the client; the context is made for each request by what `initTRPC.context<…>()` names. */
    ResolverOptions: { members: { ctx: 'type0', input: 'platform#RequestData', rawInput: 'platform#RequestData', getRawInput: { returns: { type: 'platform#RequestData' } }, next: pure } },
    /** `client.a.b.query(input)`. */
    Client: {
      aliases: ['TRPCClient', 'CreateTRPCClient', 'CreateTRPCProxyClient'],
      role: 'client',
      members: { query: call('#GET'), mutate: call('#POST'), subscribe: { invokes: [{ fn: 'a1.onData', when: 'later' }] }, '*': 'Client' },
    },
  },
} satisfies LibraryModel;
