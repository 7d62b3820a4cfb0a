import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const on = (entry: EntryShape): Operation => ({ registers: [{ entry, fn: 'a1.handler' }] });
const http = (method: string): readonly Operation[] => {
  const entry: EntryShape = { kind: 'http', redelivers: false, suspends: true, source: 'a1.route', method };
  return [{ when: [{ at: 'a1', kind: 'function' }], registers: [{ entry: { kind: 'http', redelivers: false, suspends: true, source: 'a0', method }, fn: 'a1' }] }, on(entry)];
};

/** One message a call, or a list of them. */
const messages = (entry: EntryShape): readonly Operation[] => [
  { when: [{ at: 'a1.cardinality', equals: 'many' }], ...on({ ...entry, batch: 'a0', sized: true }) },
  on(entry),
];
const queue: EntryShape = { kind: 'queue', redelivers: true, suspends: true, ack: 'return' };

export default {
  name: 'azure-functions',
  packages: ['@azure/functions'],
  exports: {
    app: {
      members: {
        http: [{ registers: [{ entry: { kind: 'http', redelivers: false, suspends: true, source: 'a1.route', method: 'a1.methods' }, fn: 'a1.handler' }] }],
        get: http('#GET'),
        post: http('#POST'),
        put: http('#PUT'),
        patch: http('#PATCH'),
        deleteRequest: http('#DELETE'),
        serviceBusQueue: messages({ ...queue, source: 'a1.queueName' }),
        serviceBusTopic: messages({ ...queue, source: 'a1.topicName' }),
        storageQueue: on({ ...queue, source: 'a1.queueName' }),
        eventHub: messages({ kind: 'stream', redelivers: true, suspends: true, ordered: 'key', ack: 'return', source: 'a1.eventHubName' }),
        eventGrid: on({ kind: 'event', redelivers: true, suspends: true, identity: ['id'], ack: 'return' }),
        cosmosDB: on({ kind: 'cdc', redelivers: true, suspends: true, ordered: 'key', batch: 'a0', sized: true, ack: 'return', source: 'a1.containerName' }),
        storageBlob: on({ kind: 'event', redelivers: true, suspends: true, ack: 'return', source: 'a1.path' }),
        timer: on({ kind: 'cron', redelivers: false, suspends: true, ack: 'return', source: 'a1.schedule' }),
      },
    },
  },
  types: { InvocationContext: {}, HttpHandler: { handler: { kind: 'http', redelivers: false, suspends: true } }, TimerHandler: { handler: { kind: 'cron', redelivers: false, suspends: true, ack: 'return' } } },
  source: '@azure/functions@4.16.5; delivery from its documentation',
  verified: 'types',
} satisfies LibraryModel;
