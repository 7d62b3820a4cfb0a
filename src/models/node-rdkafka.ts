import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const commit: Operation = { effect: { kind: 'ack', system: 'stream' } };
/** Handed to a buffer, which is sent within five minutes or given up. */
const produce: EffectShape = { kind: 'publish', system: 'stream', resource: 'a0', values: ['object', 'a2'], orderingKey: 'a3', delivery: 'at-least-once', durable: true, immediate: true };
const made = (type: string): Operation => ({ opens: true, returns: { type, handle: 'new' } });
/** Offsets are committed by and by, unless the consumer was made not to: how the messages come to be acknowledged stands elsewhere. */
const data: Operation = {
  when: [{ at: 'a0', equals: 'data' }],
  registers: [{ entry: { kind: 'stream', redelivers: true, ordered: 'key', identity: ['key', 'offset'], pushes: true }, fn: 'a1', args: [{ type: 'Message' }] }],
  returns: 'this',
};

export default {
  name: 'node-rdkafka',
  packages: ['node-rdkafka'],
  exports: { KafkaConsumer: 'KafkaConsumer', Producer: 'Producer', HighLevelProducer: 'Producer' },
  types: {
    KafkaConsumer: {
      aliases: ['default.KafkaConsumer'], construct: made('KafkaConsumer'),
      members: {
        on: [data, { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }],
        commit, commitSync: commit, commitMessage: commit, commitMessageSync: commit, pause: { paces: 'this' },
        subscribe: { returns: 'this' }, consume: { invokes: [{ fn: 'last', args: [null, 'result'], when: 'later' }] }, connect: { returns: 'this' }, disconnect: { closes: true, pure: true },
      },
    },
    Producer: {
      role: 'client', aliases: ['HighLevelProducer', 'default.Producer'], construct: made('Producer'),
      members: { produce: { effect: produce }, flush: { returns: 'this' }, poll: { returns: 'this' }, connect: { returns: 'this' }, disconnect: { closes: true, pure: true }, on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' } },
    },
    Message: { role: 'message' },
  },
  source: 'node-rdkafka 3.6',
  verified: 'types',
} satisfies LibraryModel;
