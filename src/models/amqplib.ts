import type { EffectShape, EntryShape, LibraryModel, Operation, Registration } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'queue', delivery: 'at-least-once', immediate: true } as const satisfies EffectShape;

/** Messages survive a restart of the broker only when they are sent as persistent. */
const persistence = (effect: EffectShape, options: string): readonly Operation[] => [
  { when: [{ at: `${options}.persistent`, equals: true }], effect: { ...effect, durable: true }, returns: 'result' },
  { when: [{ at: `${options}.deliveryMode`, equals: [2, '2', true] }], effect: { ...effect, durable: true }, returns: 'result' },
  { when: [{ at: options, kind: 'absent' }], effect: { ...effect, durable: false }, returns: 'result' },
  { effect, returns: 'result' },
];

/** A message goes by its routing key; a fan-out exchange takes the empty one. */
const toExchange: readonly Operation[] = [
  ...persistence({ ...publish, resource: 'a0', values: ['object', 'a2'] }, 'a3').map((operation) => ({ ...operation, when: [{ at: 'a1', equals: '' }, ...(operation.when ?? [])] })),
  ...persistence({ ...publish, resource: 'a1', values: ['object', 'a2'] }, 'a3'),
];
const toQueue = persistence({ ...publish, resource: 'a0', values: ['object', 'a1'] }, 'a2');

const consumer = (entry: Partial<EntryShape>): Registration[] => [
  { entry: { kind: 'queue', source: 'a0', identity: ['properties.messageId'], deliveries: ['fields.redelivered', 'properties.headers'], ...entry }, fn: 'a1', args: [{ type: 'amqplib#ConsumeMessage' }] },
];
const ack: Operation = { effect: { kind: 'ack', system: 'queue' } };
const refused: Operation = { effect: { kind: 'nack', system: 'queue' } };
const requeued: Operation = { effect: { kind: 'nack', system: 'queue', requeues: true } };
/** Back into the queue, unless told otherwise. */
const nack = (requeue: 'a0' | 'a1' | 'a2'): readonly Operation[] => [{ when: [{ at: requeue, kind: 'absent' }], ...requeued }, { when: [{ at: requeue, equals: true }], ...requeued }, refused];
const declare: Operation = { effect: { kind: 'call', action: 'request', system: 'queue', resource: 'a0', repeatable: true, weight: 'cache' }, returns: 'result' };
const channel = (type: string): Operation => ({ returns: { type, handle: 'new' } });

export default {
  name: 'amqplib',
  packages: ['amqplib', '@types/amqplib', 'amqplib/callback_api'],
  exports: {
    connect: [
      { when: [{ at: 'last', kind: 'function' }], invokes: [{ fn: 'last', args: [null, { type: 'ChannelModel', handle: 'new' }], when: 'later' }] },
      { opens: true, returns: { type: 'ChannelModel', handle: 'new' } },
    ],
  },
  types: {
    ChannelModel: {
      aliases: ['Connection', 'RecoveringChannelModel'],
      members: {
        createChannel: [
          { when: [{ at: 'last', kind: 'function' }], invokes: [{ fn: 'last', args: [null, { type: 'Channel', handle: 'new' }], when: 'later' }] },
          channel('Channel'),
        ],
        createConfirmChannel: [
          { when: [{ at: 'last', kind: 'function' }], invokes: [{ fn: 'last', args: [null, { type: 'ConfirmChannel', handle: 'new' }], when: 'later' }] },
          channel('ConfirmChannel'),
        ],
      },
    },
    Channel: {
      role: 'client',
      members: {
        publish: toExchange,
        sendToQueue: toQueue,
        consume: [
          { when: [{ at: 'a2.noAck', equals: true }], registers: consumer({ redelivers: false, ack: 'auto', pushes: true }) },
          { registers: consumer({ redelivers: true, ack: 'explicit', pushes: true }) },
        ],
        prefetch: { paces: 'this' }, qos: { paces: 'this' },
        get: { effect: { kind: 'read', action: 'find', system: 'queue', resource: 'a0', cardinality: 'one' }, returns: { type: 'amqplib#ConsumeMessage' } },
        ack,
        ackAll: ack,
        nack: nack('a2'),
        nackAll: nack('a0'),
        reject: nack('a1'),
        assertQueue: declare,
        assertExchange: declare,
        bindQueue: declare,
        purgeQueue: { effect: { kind: 'write', action: 'delete', system: 'queue', resource: 'a0', repeatable: true }, returns: 'result' },
        deleteQueue: { effect: { kind: 'write', action: 'delete', system: 'queue', resource: 'a0', repeatable: true }, returns: 'result' },
      },
    },
    ConfirmChannel: { role: 'client', extends: ['Channel'] },
    ConsumeMessage: { role: 'message', aliases: ['Message', 'GetMessage'] },
  },
  source: 'amqplib@2.3.1, @types/amqplib@0.10.8',
  verified: 'types',
} satisfies LibraryModel;
