import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
/** A minute, unless told otherwise. */
const call = (at: string, facets: object = {}): Operation => ({ effect: { kind: 'call', action: 'request', system: 'rpc', deadline: 60_000, deadlineOption: [`${at}.timeout`, `${at}.signal`], retries: 0, ...facets } });
const handles: Operation = { registers: [{ entry: { kind: 'rpc', redelivers: false, ack: 'return', source: 'a0' }, fn: 'last', args: [{ type: 'platform#RequestData' }, null] }] };

export default {
  name: 'mcp',
  packages: ['@modelcontextprotocol/sdk', '@modelcontextprotocol/sdk/*'],
  exports: { McpServer: 'McpServer', Server: 'Server', Client: 'Client' },
  types: {
    McpServer: { construct: { returns: { type: 'McpServer', handle: 'new' } }, members: { tool: handles, registerTool: handles, prompt: handles, registerPrompt: handles, resource: handles, registerResource: handles, connect: pure, close: pure } },
    Server: { construct: { returns: { type: 'Server', handle: 'new' } }, members: { setRequestHandler: handles, setNotificationHandler: handles, connect: pure, close: pure } },
    Client: {
      role: 'client', construct: { returns: { type: 'Client', handle: 'new' } },
      members: { callTool: call('a2', { resource: 'a0.name' }), readResource: call('a1', { repeatable: true }), getPrompt: call('a1', { repeatable: true }), listTools: call('a1', { repeatable: true }), listResources: call('a1', { repeatable: true }), ping: call('a0', { repeatable: true }), connect: pure, close: { closes: true, pure: true } },
    },
  },
  source: '@modelcontextprotocol/sdk 1 (DEFAULT_REQUEST_TIMEOUT_MSEC 60000)',
  verified: 'types',
} satisfies LibraryModel;
