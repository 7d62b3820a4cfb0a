import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const entry: EntryShape = { kind: 'stream', redelivers: true, ordered: 'key', identity: ['getMessageId'], ack: 'explicit', source: 'a0.topic' };
const ack: Operation = { effect: { kind: 'ack', system: 'stream' } };
// Gives no promise: the message comes again after the consumer's redelivery delay.
const nack: Operation = { effect: { kind: 'nack', system: 'stream' } };
const data: Operation = { returns: 'this' };

export default {
  name: 'pulsar',
  packages: ['pulsar-client'],
  exports: { Client: 'Client', default: { members: { Client: 'Client' } } },
  types: {
    Client: {
      role: 'client',
      aliases: ['default.Client'],
      construct: { returns: { type: 'Client', handle: 'new' } },
      members: {
        createProducer: { returns: { type: 'Producer', resource: 'a0.topic' } },
        subscribe: { registers: [{ entry, fn: 'a0.listener', args: [{ type: 'Message' }, { type: 'Consumer' }] }], returns: { type: 'Consumer' } },
      },
    },
    Producer: {
      aliases: ['default.Producer'],
      members: {
        send: {
          effect: { kind: 'publish', system: 'stream', values: ['object', 'a0.data'], orderingKey: 'a0.partitionKey', delivery: 'at-least-once', durable: true },
          returns: 'result',
        },
      },
    },
    Consumer: {
      aliases: ['default.Consumer'],
      members: {
        receive: { effect: { kind: 'read', action: 'find', system: 'stream', cardinality: 'one' }, returns: { type: 'Message' } },
        acknowledge: ack, acknowledgeId: ack, acknowledgeCumulative: ack, acknowledgeCumulativeId: ack,
        negativeAcknowledge: nack, negativeAcknowledgeId: nack,
      },
    },
    Message: { role: 'message', aliases: ['default.Message'], members: { getData: data, getProperties: data, getMessageId: data, getPartitionKey: data, getRedeliveryCount: data, getTopicName: data, getPublishTimestamp: data, getEventTimestamp: data } },
  },
  source: 'pulsar-client 1.18 index.d.ts',
  verified: 'types',
} satisfies LibraryModel;
