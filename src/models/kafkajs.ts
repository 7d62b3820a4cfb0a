import type { EffectShape, EntryShape, LibraryModel, Operation, Registration } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'stream', delivery: 'at-least-once', deadline: 30_000, deadlineOption: 'a0.timeout', retries: 5 } as const satisfies EffectShape;

const messages = { ...publish, resource: 'a0.topic', values: ['object', 'a0.messages[].value'], orderingKey: 'a0.messages[].key', items: 'a0.messages' } as const satisfies EffectShape;
const batches = {
  ...publish, resource: 'a0.topicMessages[].topic', values: ['object', 'a0.topicMessages[].messages[].value'], orderingKey: 'a0.topicMessages[].messages[].key',
  items: 'a0.topicMessages',
} as const satisfies EffectShape;

/** Without acknowledgement by the broker a message may be lost. */
const sent = (effect: EffectShape): readonly Operation[] => [
  { when: [{ at: 'a0.acks', equals: 0 }], effect: { ...effect, delivery: 'at-most-once', durable: false }, returns: 'result' },
  { effect: { ...effect, durable: true }, returns: 'result' },
];

const consumer = (ack: EntryShape['ack']): Registration[] => {
  const entry: EntryShape = { kind: 'stream', redelivers: true, ordered: 'key', ack: ack! };
  return [
    { entry: { ...entry, identity: ['message.key', 'message.offset'] }, fn: 'a0.eachMessage', args: [{ type: 'EachMessagePayload' }] },
    { entry: { ...entry, batch: 'a0.batch.messages', identity: ['key', 'offset'] }, fn: 'a0.eachBatch', args: [{ type: 'EachBatchPayload' }] },
  ];
};

const commit: Operation = { effect: { kind: 'ack', system: 'stream' } };

export default {
  name: 'kafkajs',
  packages: ['kafkajs', '@confluentinc/kafka-javascript'],
  exports: { Kafka: 'Kafka', KafkaJS: { members: { Kafka: 'Kafka' } } },
  types: {
    Kafka: {
      role: 'client',
      aliases: ['KafkaJS.Kafka'],
      construct: { returns: { type: 'Kafka', handle: 'new' } },
      members: { producer: { returns: { type: 'Producer' } }, consumer: { returns: { type: 'Consumer' } }, admin: { returns: { type: 'Admin' } } },
    },
    Sender: { members: { send: sent(messages), sendBatch: sent(batches) } },
    Producer: { role: 'client', aliases: ['KafkaJS.Producer'], extends: ['Sender'], members: { transaction: { returns: { type: 'Transaction' } } } },
    // Holds no connection of a database: not a transaction in the sense of the rules.
    Transaction: { extends: ['Sender'], members: { sendOffsets: commit } },
    Consumer: {
      aliases: ['KafkaJS.Consumer'],
      members: {
        run: [{ when: [{ at: 'a0.autoCommit', equals: false }], registers: consumer('explicit') }, { registers: consumer('return') }],
        commitOffsets: commit,
      },
    },
    Admin: {
      aliases: ['KafkaJS.Admin'],
      members: { createTopics: { effect: { kind: 'call', action: 'request', system: 'stream', repeatable: true }, returns: 'result' } },
    },
    EachMessagePayload: { aliases: ['KafkaJS.EachMessagePayload'], members: { message: 'KafkaMessage' } },
    EachBatchPayload: { aliases: ['KafkaJS.EachBatchPayload'], members: { resolveOffset: commit, commitOffsetsIfNecessary: commit } },
    KafkaMessage: { role: 'message', aliases: ['KafkaJS.KafkaMessage'] },
    EachMessageHandler: { handler: { kind: 'stream', redelivers: true, ordered: 'key', identity: ['message.key', 'message.offset'], ack: 'return' } },
    EachBatchHandler: { handler: { kind: 'stream', redelivers: true, ordered: 'key', batch: 'a0.batch.messages', identity: ['key', 'offset'], ack: 'return' } },
  },
  source: 'kafkajs@2.2.4, @confluentinc/kafka-javascript@1.10.1',
  verified: 'types',
} satisfies LibraryModel;
