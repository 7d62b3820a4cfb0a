import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

// Retried on transient errors, an expired deadline among them: a message may be published twice. The service reads no key.
const publish = { kind: 'publish', system: 'pubsub', delivery: 'at-least-once', durable: true, deadline: 60_000 } as const satisfies EffectShape;

const message: readonly Operation[] = [
  { when: [{ at: 'a0.json', kind: 'present' }], effect: { ...publish, values: ['object', 'a0.json'], orderingKey: 'a0.orderingKey' }, returns: 'result' },
  { effect: { ...publish, values: ['object', 'a0.data'], orderingKey: 'a0.orderingKey' }, returns: 'result' },
];
const ack: Operation = { effect: { kind: 'ack', system: 'pubsub' } };
const nack: Operation = { effect: { kind: 'nack', system: 'pubsub' } };
const declare = (type: string, resource: string): Operation => ({
  effect: { kind: 'call', action: 'request', system: 'pubsub', resource },
  returns: { type, resource, many: true },
});

export default {
  name: 'google-pubsub',
  packages: ['@google-cloud/pubsub'],
  exports: { PubSub: 'PubSub' },
  types: {
    PubSub: {
      role: 'client',
      construct: { opens: true, returns: { type: 'PubSub', handle: 'new' } },
      members: {
        topic: { returns: { type: 'Topic', resource: 'a0' } },
        subscription: { returns: { type: 'Subscription', resource: 'a0' } },
        createTopic: declare('Topic', 'a0'),
        createSubscription: declare('Subscription', 'a1'),
      },
    },
    Topic: {
      members: {
        publishMessage: message,
        publish: { effect: { ...publish, values: ['object', 'a0'] }, returns: 'result' },
        publishJSON: { effect: { ...publish, values: ['object', 'a0'] }, returns: 'result' },
        flowControlled: { returns: { type: 'FlowControlledPublisher' } },
        subscription: { returns: { type: 'Subscription', resource: 'a0' } },
        createSubscription: declare('Subscription', 'a0'),
        exists: { effect: { kind: 'read', action: 'exists', system: 'pubsub' }, returns: 'result' },
      },
    },
    FlowControlledPublisher: { members: { publish: message.at(-1)! } },
    // The promise of the handler is ignored; only a call acknowledges.
    Subscription: {
      members: {
        on: [
          {
            when: [{ at: 'a0', equals: 'message' }],
            registers: [{ entry: { kind: 'queue', redelivers: true, identity: ['id'], ack: 'explicit' }, fn: 'a1', args: [{ type: 'Message' }] }],
            returns: 'this',
          },
          { returns: 'this' },
        ],
      },
    },
    Message: { role: 'message', members: { ack, ackWithResponse: ack, nack, nackWithResponse: nack } },
  },
  source: '@google-cloud/pubsub@5.3.1',
  verified: 'types',
} satisfies LibraryModel;
