import type { EffectShape, EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const core = { kind: 'publish', system: 'pubsub', resource: 'a0', values: ['object', 'a1'], delivery: 'at-most-once', durable: false, immediate: true } as const satisfies EffectShape;
const request = { kind: 'call', action: 'request', system: 'rpc', resource: 'a0', values: ['object', 'a1'], deadline: 1000, deadlineOption: 'a2.timeout' } as const satisfies EffectShape;

// The callback gets an error first.
const subscriber: EntryShape = { kind: 'queue', redelivers: false, ack: 'none', source: 'a0' };
const consumer: EntryShape = { kind: 'stream', redelivers: true, identity: ['seq'], ack: 'explicit' };

const encode: Operation = { pure: true, returns: 'a0' };
const ack: Operation = { effect: { kind: 'ack', system: 'stream' } };
const nack: Operation = { effect: { kind: 'nack', system: 'stream' } };

export default {
  name: 'nats',
  packages: ['nats', '@nats-io/nats-core', '@nats-io/jetstream', '@nats-io/transport-node'],
  exports: {
    connect: { opens: true, returns: { type: 'NatsConnection', handle: 'new' } },
    wsconnect: { returns: { type: 'NatsConnection', handle: 'new' } },
    jetstream: { returns: { type: 'JetStreamClient', handle: 'a0' } },
    JSONCodec: { returns: { type: 'Codec' } },
    StringCodec: { returns: { type: 'Codec' } },
  },
  types: {
    Codec: { members: { encode, decode: encode } },
    NatsConnection: {
      role: 'client',
      members: {
        publish: { effect: core },
        subscribe: { registers: [{ entry: subscriber, fn: 'a1.callback', args: [null, { type: 'Msg' }], message: 1 }] },
        request: { effect: request, returns: 'result' },
        requestMany: { effect: { ...request, deadlineOption: 'a2.maxWait' }, returns: 'result' },
        jetstream: { returns: { type: 'JetStreamClient' } },
      },
    },
    Msg: { role: 'message', members: { respond: { effect: { kind: 'publish', system: 'pubsub', values: ['object', 'a0'], delivery: 'at-most-once' } } } },
    JetStreamClient: {
      role: 'client',
      members: {
        // Repeats are told by the message's id within the stream's window.
        publish: {
          effect: {
            kind: 'publish', system: 'stream', resource: 'a0', values: ['object', 'a1'], delivery: 'at-least-once', durable: true, idempotencyKey: 'a2.msgID',
            conditional: 'a2.expect', deadline: 5000, deadlineOption: 'a2.timeout', retryOption: 'a2.retries',
          },
          returns: 'result',
        },
        consumers: 'Consumers',
      },
    },
    Consumers: { members: { get: { returns: { type: 'Consumer', resource: 'a0' } } } },
    Consumer: {
      members: {
        consume: [
          { when: [{ at: 'a0.callback', kind: 'present' }], registers: [{ entry: consumer, fn: 'a0.callback', args: [{ type: 'JsMsg' }] }] },
          // Without a callback the messages are iterated over, and more are asked for as they are used up.
          { effect: { kind: 'read', action: 'stream', system: 'stream', cardinality: 'many' }, returns: { type: 'JsMsg', many: true } },
        ],
        next: { effect: { kind: 'read', action: 'find', system: 'stream', cardinality: 'one' }, returns: { type: 'JsMsg' } },
        fetch: { effect: { kind: 'read', action: 'find', system: 'stream', cardinality: 'many', limit: 'a0.max_messages' }, returns: { type: 'JsMsg', many: true } },
      },
    },
    JsMsg: { role: 'message', members: { ack, ackAck: ack, nak: nack, term: nack } },
  },
  source: 'nats@2.29.3, @nats-io/nats-core@3.4.0, @nats-io/jetstream@3.4.0',
  verified: 'types',
} satisfies LibraryModel;
