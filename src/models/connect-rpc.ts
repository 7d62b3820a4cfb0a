import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
/** The transport may have a default timeout, out of sight. */
const call: Operation = { effect: { kind: 'call', action: 'request', system: 'rpc', deadlineOption: ['a1.timeoutMs', 'a1.signal'], retries: 0 } };
const client: Operation = { returns: { type: 'Client', resource: 'a0', handle: 'new' } };

export default {
  name: 'connect-rpc',
  packages: ['@connectrpc/connect', '@bufbuild/connect', '@connectrpc/connect-node', '@connectrpc/connect-web', '@connectrpc/connect-express', '@connectrpc/connect-fastify'],
  source: '@connectrpc/connect 2.2; its server adapters and version 1 from memory',
  verified: 'types',
  exports: {
    createClient: client, createPromiseClient: client, createCallbackClient: client,
    createConnectTransport: pure, createGrpcTransport: pure, createGrpcWebTransport: pure, createRouterTransport: { invokes: [{ fn: 'a0', args: [{ type: 'ConnectRouter' }] }] },
    ConnectError: 'platform#Pure', connectNodeAdapter: { invokes: [{ fn: 'a0.routes', args: [{ type: 'ConnectRouter' }] }] }, expressConnectMiddleware: { invokes: [{ fn: 'a0.routes', args: [{ type: 'ConnectRouter' }] }] },
  },
  types: {
    Client: { aliases: ['PromiseClient', 'CallbackClient'], role: 'client', members: { '*': call } },
    ConnectRouter: { members: { service: { registers: [{ entry: { kind: 'rpc', redelivers: false, ack: 'return', source: 'a0' }, fn: 'a1.*', args: [{ type: 'platform#RequestData' }, null] }], returns: 'this' }, rpc: { registers: [{ entry: { kind: 'rpc', redelivers: false, ack: 'return' }, fn: 'last', args: [{ type: 'platform#RequestData' }, null] }], returns: 'this' } } },
    HandlerContext: { members: { '*': pure } },
  },
} satisfies LibraryModel;
