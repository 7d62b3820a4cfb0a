import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'pubsub', resource: 'a0', values: ['object', 'a1'] } as const satisfies EffectShape;

/** Quality of service 0 by default. */
const publishes = (effect: EffectShape): readonly Operation[] => [
  { when: [{ at: 'a2.qos', equals: [1, 2] }], effect: { ...effect, delivery: 'at-least-once' }, returns: 'result' },
  { effect: { ...effect, delivery: 'at-most-once' }, returns: 'result' },
];
const connect: Operation = { opens: true, returns: { type: 'MqttClient', handle: 'new' } };

export default {
  name: 'mqtt',
  packages: ['mqtt'],
  exports: { connect, connectAsync: connect, MqttClient: 'MqttClient' },
  types: {
    MqttClient: {
      role: 'client',
      construct: connect,
      members: {
        publish: publishes({ ...publish, immediate: true }),
        publishAsync: publishes(publish),
        // Whether messages come again is decided where topics are subscribed to.
        on: [
          { when: [{ at: 'a0', equals: 'message' }], registers: [{ entry: { kind: 'queue', ack: 'auto' }, fn: 'a1', message: 1 }], returns: 'this' },
          { returns: 'this' },
        ],
      },
    },
  },
  source: 'mqtt@5.16.0',
  verified: 'types',
} satisfies LibraryModel;
