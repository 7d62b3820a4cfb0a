import amqplib from './amqplib.ts';
import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const { Channel } = amqplib.types;

// A wrapper offers what the channel does, confirmed by the broker, and keeps messages in memory while it is not connected.
const { consume, get, ack, ackAll, nack, nackAll, assertQueue, assertExchange, bindQueue, purgeQueue, deleteQueue } = Channel.members;

/** Of the wrapper, `publish` gives a promise that the broker's confirmation fulfils. */
const confirmed = (operations: readonly Operation[]): readonly Operation[] => operations.map(({ effect, ...rest }) => {
  const { immediate: _, ...shape } = effect!;
  return { ...rest, effect: shape };
});
const [publish, sendToQueue] = [confirmed(Channel.members.publish), confirmed(Channel.members.sendToQueue)];

export default {
  name: 'amqp-connection-manager',
  packages: ['amqp-connection-manager'],
  exports: {
    connect: { opens: true, returns: { type: 'AmqpConnectionManager', handle: 'new' } },
    default: { members: { connect: { opens: true, returns: { type: 'AmqpConnectionManager', handle: 'new' } } } },
  },
  types: {
    AmqpConnectionManager: {
      aliases: ['IAmqpConnectionManager', 'AmqpConnectionManagerClass'],
      members: {
        createChannel: {
          invokes: [{ fn: 'a0.setup', args: [{ type: 'amqplib#ConfirmChannel', handle: 'new' }], when: 'later' }],
          returns: { type: 'ChannelWrapper', handle: 'new' },
        },
      },
    },
    ChannelWrapper: {
      role: 'client',
      members: {
        publish, sendToQueue, consume, get, ack, ackAll, nack, nackAll, assertQueue, assertExchange, bindQueue, purgeQueue, deleteQueue,
        addSetup: { invokes: [{ fn: 'a0', args: [{ type: 'amqplib#ConfirmChannel' }], when: 'later' }] },
      },
    },
  },
  source: 'amqp-connection-manager@5.0.0',
  verified: 'types',
} satisfies LibraryModel;
