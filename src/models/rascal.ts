import type { EffectShape, EntryShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const entry: EntryShape = { kind: 'queue', redelivers: true, ack: 'explicit', identity: ['properties.messageId'], deliveries: ['fields.redelivered'] };
const publish: EffectShape = { kind: 'publish', system: 'queue', resource: 'a0', values: ['object', 'a1'], delivery: 'at-least-once', idempotencyKey: 'a2.options.messageId' };
const created: readonly Operation[] = [
  { when: [{ at: 'last', kind: 'function' }], invokes: [{ fn: 'last', args: [null, { type: 'Broker', handle: 'new' }], when: 'later' }] },
  { opens: true, returns: { type: 'Broker', handle: 'new' } },
];
const subscribe: readonly Operation[] = [
  { when: [{ at: 'last', kind: 'function' }], invokes: [{ fn: 'last', args: [null, { type: 'Subscription', handle: 'new' }], when: 'later' }] },
  { returns: { type: 'Subscription', handle: 'new' } },
];
const create: Member = { members: { create: created } };

export default {
  name: 'rascal',
  packages: ['rascal'],
  exports: { BrokerAsPromised: create, Broker: create, default: { members: { BrokerAsPromised: create, Broker: create } }, createBroker: created, createBrokerAsPromised: created, withDefaultConfig: { returns: 'a0' } },
  types: {
    Broker: { role: 'client', aliases: ['BrokerAsPromised'], members: { publish: { effect: publish }, forward: { effect: { ...publish, values: ['object', 'a1.content'] } }, subscribe, shutdown: { closes: true, pure: true }, on: { returns: 'this' } } },
    Subscription: {
      aliases: ['SubscriberSessionAsPromised', 'SubscriberSession'],
      members: {
        on: [
          { when: [{ at: 'a0', equals: 'message' }], registers: [{ entry, fn: 'a1', args: [{ type: 'amqplib#ConsumeMessage' }, { type: 'platform#RequestData' }, { type: 'AckOrNack' }] }], returns: 'this' },
          { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' },
        ],
        cancel: { pure: true },
      },
    },
    /** Called with an error, it refuses the message, by the recovery that it is told. */
    AckOrNack: { call: [{ when: [{ at: 'a0', kind: 'absent' }], effect: { kind: 'ack', system: 'queue' } }, { effect: { kind: 'nack', system: 'queue' } }] },
  },
  source: 'README of rascal 21',
  verified: 'docs',
} satisfies LibraryModel;
