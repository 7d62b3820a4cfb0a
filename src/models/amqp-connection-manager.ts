import amqplib from './amqplib.ts';
import type { LibraryModel } from '../vocabulary/model.ts';

const { Channel } = amqplib.types;

// A wrapper offers what the channel does, confirmed by the broker, and keeps messages in memory while it is not connected.
const { publish, sendToQueue, consume, get, ack, ackAll, nack, nackAll, assertQueue, assertExchange, bindQueue, purgeQueue, deleteQueue } = Channel.members;

export default {
  name: 'amqp-connection-manager',
  packages: ['amqp-connection-manager'],
  exports: {
    connect: { returns: { type: 'AmqpConnectionManager', handle: 'new' } },
    default: { members: { connect: { returns: { type: 'AmqpConnectionManager', handle: 'new' } } } },
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
