import type { EffectShape, EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** A failed message goes back into its queue, unless the consumer was told otherwise; what the handler returns decides too. */
const consumer: EntryShape = { kind: 'queue', redelivers: true, ack: 'return', source: 'a0.queue', identity: ['messageId'], deliveries: ['redelivered'] };
const publish: EffectShape = { kind: 'publish', system: 'queue', values: ['object', 'a1'], delivery: 'at-least-once' };
/** To a queue, or in an envelope. */
const send: readonly Operation[] = [{ when: [{ at: 'a0', kind: 'object' }], effect: { ...publish, resource: 'a0.routingKey' } }, { effect: { ...publish, resource: 'a0' } }];
const pure: Operation = { pure: true };

export default {
  name: 'rabbitmq-client',
  packages: ['rabbitmq-client'],
  exports: { Connection: 'Connection', default: 'Connection', ConsumerStatus: 'platform#Pure' },
  types: {
    Connection: {
      role: 'client', aliases: ['default'], construct: { opens: true, returns: { type: 'Connection', handle: 'new' } },
      members: {
        createConsumer: { registers: [{ entry: consumer, fn: 'a1', args: [{ type: 'AsyncMessage' }, null] }], returns: { type: 'Consumer' } },
        createPublisher: { returns: { type: 'Publisher', handle: 'new' } }, createRPCClient: { returns: { type: 'RPCClient', handle: 'new' } }, acquire: { returns: { type: 'Channel', handle: 'new' } },
        on: { returns: 'this' }, close: { closes: true, pure: true }, queueDeclare: { effect: { kind: 'call', action: 'request', system: 'queue', repeatable: true } },
      },
    },
    Consumer: { members: { on: { returns: 'this' }, start: pure, close: pure } },
    Publisher: { role: 'client', members: { send, close: pure, on: { returns: 'this' } } },
    // Thirty seconds, unless told otherwise when it was made.
    RPCClient: { role: 'client', members: { send: { effect: { kind: 'call', action: 'request', system: 'rpc', resource: 'a0', deadline: 30_000 } }, close: pure } },
    Channel: { members: { basicPublish: send, basicAck: { effect: { kind: 'ack', system: 'queue' } }, basicNack: { effect: { kind: 'nack', system: 'queue' } }, close: pure } },
    AsyncMessage: { role: 'message' },
  },
  source: 'rabbitmq-client 5.0',
  verified: 'types',
} satisfies LibraryModel;
