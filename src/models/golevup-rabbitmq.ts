import type { EffectShape, EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

// By default a failed message goes back to the queue.
const entry: EntryShape = { kind: 'queue', redelivers: true, ack: 'return' };
const subscribe: readonly Operation[] = [
  { when: [{ at: 'a0.routingKey', kind: 'string' }], decorates: { on: 'method', entry: { ...entry, source: 'a0.routingKey' }, args: [null, { type: 'amqplib#ConsumeMessage' }] } },
  { decorates: { on: 'method', entry: { ...entry, source: 'a0.queue' }, args: [null, { type: 'amqplib#ConsumeMessage' }] } },
];

const publish = { kind: 'publish', system: 'queue', delivery: 'at-least-once', values: ['object', 'a2'] } as const satisfies EffectShape;

export default {
  name: 'golevup-rabbitmq',
  packages: ['@golevelup/nestjs-rabbitmq'],
  exports: {
    RabbitSubscribe: subscribe,
    RabbitRPC: { decorates: { on: 'method', entry: { kind: 'rpc', redelivers: true, source: 'a0.routingKey' }, args: [null, { type: 'amqplib#ConsumeMessage' }] } },
    AmqpConnection: 'AmqpConnection',
  },
  types: {
    AmqpConnection: {
      role: 'client',
      construct: { returns: { type: 'AmqpConnection', handle: 'new' } },
      members: {
        publish: [
          { when: [{ at: 'a1', equals: '' }], effect: { ...publish, resource: 'a0' }, returns: 'result' },
          { effect: { ...publish, resource: 'a1' }, returns: 'result' },
        ],
        request: {
          effect: { kind: 'call', action: 'request', system: 'rpc', resource: 'a0.routingKey', values: ['object', 'a0.payload'], deadline: 10_000, deadlineOption: 'a0.timeout' },
          returns: 'result',
        },
        createSubscriber: { registers: [{ entry: { ...entry, source: 'a1.queue' }, fn: 'a0', args: [null, { type: 'amqplib#ConsumeMessage' }] }] },
        createBatchSubscriber: { registers: [{ entry: { ...entry, source: 'a1.queue', batch: 'a0' }, fn: 'a0' }] },
        createRpc: { registers: [{ entry: { kind: 'rpc', redelivers: true, source: 'a1.routingKey' }, fn: 'a0', args: [null, { type: 'amqplib#ConsumeMessage' }] }] },
        channel: 'amqplib#Channel',
        managedChannel: 'amqp-connection-manager#ChannelWrapper',
        managedConnection: 'amqp-connection-manager#AmqpConnectionManager',
      },
    },
  },
  source: '@golevelup/nestjs-rabbitmq@9.0.2',
  verified: 'types',
} satisfies LibraryModel;
