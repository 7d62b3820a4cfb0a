import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'google-functions',
  packages: ['@google-cloud/functions-framework'],
  exports: {
    http: { registers: [{ entry: { kind: 'http', redelivers: false, suspends: true, source: 'a0' }, fn: 'a1' }] },
    cloudEvent: { registers: [{ entry: { kind: 'event', redelivers: true, suspends: true, identity: ['id'], ack: 'return', source: 'a0' }, fn: 'a1' }] },
  },
  types: {
    HttpFunction: { handler: { kind: 'http', redelivers: false, suspends: true } },
    CloudEventFunction: { handler: { kind: 'event', redelivers: true, suspends: true, identity: ['id'], ack: 'return' } },
  },
  source: '@google-cloud/functions-framework@5.0.5; delivery from its documentation',
  verified: 'types',
} satisfies LibraryModel;
