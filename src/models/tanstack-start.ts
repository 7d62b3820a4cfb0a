import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const chained: Operation = { returns: 'this' };
const made = (method: string): LibraryModel['types'][string] => ({
  members: {
    handler: { registers: [{ entry: { kind: 'http', ack: 'return', method }, fn: 'a0', args: [{ type: 'ServerFnCtx' }] }], returns: 'a0' },
    middleware: chained, validator: chained, inputValidator: chained,
  },
});

export default {
  name: 'tanstack-start',
  packages: ['@tanstack/react-start', '@tanstack/solid-start', '@tanstack/start'],
  exports: {
    createServerFn: [{ when: [{ at: 'a0.method', equals: 'POST' }], returns: { type: 'PostServerFn' } }, { returns: { type: 'ServerFn' } }],
    json: { pure: true },
  },
  types: {
    PostServerFn: made('#POST'), ServerFn: made('#GET'),
    ServerFnCtx: { members: { data: 'platform#RequestData' } },
  },
  source: '@tanstack/start-client-core 1.170',
  verified: 'types',
} satisfies LibraryModel;
