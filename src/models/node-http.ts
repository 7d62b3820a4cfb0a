import type { LibraryModel, Operation } from '../vocabulary/model.ts';

/** Timeouts live on the agent, the socket or the request object as often as in the options: no deadline is claimed. */
const outgoing = (method: (options: string) => string): readonly Operation[] =>
  ['a1', 'a0'].map((options) => ({
    ...(options === 'a1' ? { when: [{ at: 'a1', kind: 'object' as const }] } : {}),
    effect: { kind: 'call', action: 'request', system: 'http', resource: 'a0', method: method(options), deadlineOption: [`${options}.timeout`, `${options}.signal`], retries: 0 },
    invokes: [{ fn: 'last', args: [{ type: 'IncomingMessage' }], when: 'later' }],
    returns: { type: 'ClientRequest', handle: 'new' },
  }));

const serve: Operation = {
  registers: [{ entry: { kind: 'http', ack: 'explicit' }, fn: 'functions', args: [{ type: 'ServerRequest' }, { type: 'ServerResponse' }] }],
  returns: { type: 'Server', handle: 'new' },
};

export default {
  name: 'node-http',
  packages: ['node:http', 'http', 'node:https', 'https', 'node:http2', 'http2'],
  source: '@types/node 22',
  verified: 'types',
  exports: {
    request: outgoing((options) => `${options}.method`),
    get: outgoing(() => '#GET'),
    createServer: serve, createSecureServer: serve,
    Agent: 'Agent', Server: 'Server', IncomingMessage: 'IncomingMessage', ServerResponse: 'ServerResponse', ClientRequest: 'ClientRequest',
  },
  types: {
    ClientRequest: { members: { on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, setTimeout: { returns: 'this' }, setHeader: { returns: 'this' }, write: { pure: true }, end: { returns: 'this' }, destroy: { returns: 'this' }, abort: { pure: true } } },
    /** On the server a request received, on the client an answer. */
    IncomingMessage: { members: { on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, setEncoding: { returns: 'this' }, resume: { returns: 'this' }, pipe: { returns: 'a0' } } },
    ServerRequest: { extends: ['IncomingMessage'], members: { headers: 'platform#RequestData', url: 'platform#RequestData', body: 'platform#RequestData' } },
    ServerResponse: { members: { writeHead: { returns: 'this' }, setHeader: { returns: 'this' }, write: { pure: true }, end: { returns: 'this' }, on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' } } },
    Server: {
      members: {
        listen: { invokes: [{ fn: 'last', when: 'later' }], returns: 'this' }, close: { invokes: [{ fn: 'a0', when: 'later' }], returns: 'this' },
        on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, setTimeout: { returns: 'this' }, address: { pure: true },
      },
    },
    Agent: { construct: { returns: { type: 'Agent', handle: 'new' } } },
  },
} satisfies LibraryModel;
