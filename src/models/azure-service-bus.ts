import type { EffectShape, EntryShape, LibraryModel, Operation, Registration } from '../vocabulary/model.ts';

// The message's id makes repeats harmless where the queue or topic detects duplicates.
const publish = { kind: 'publish', system: 'queue', delivery: 'at-least-once', durable: true, deadline: 60_000, deadlineOption: 'last.abortSignal', retries: 3 } as const satisfies EffectShape;
const send: readonly Operation[] = [
  {
    when: [{ at: 'a0', kind: 'array' }],
    effect: { ...publish, values: ['object', 'a0[].body'], items: 'a0', keyConditional: true, idempotencyKey: 'a0[].messageId', orderingKey: 'a0[].sessionId' },
    returns: 'result',
  },
  { effect: { ...publish, values: ['object', 'a0.body'], keyConditional: true, idempotencyKey: 'a0.messageId', orderingKey: 'a0.sessionId', batchCounterpart: 'sendMessages' }, returns: 'result' },
];

const consumer = (ack: NonNullable<EntryShape['ack']>): Registration[] => [
  { entry: { kind: 'queue', redelivers: true, identity: ['messageId'], ack }, fn: 'a0.processMessage', args: [{ type: 'ServiceBusReceivedMessage' }] },
];
const receive = (limit?: string): Operation => ({
  effect: { kind: 'read', action: 'find', system: 'queue', cardinality: 'many', ...(limit === undefined ? {} : { limit }) },
  returns: { type: 'ServiceBusReceivedMessage', many: true },
});
const nack: Operation = { effect: { kind: 'nack', system: 'queue' } };
const session: Operation = { returns: { type: 'ServiceBusSessionReceiver', resource: 'a0' } };

export default {
  name: 'azure-service-bus',
  packages: ['@azure/service-bus'],
  exports: { ServiceBusClient: 'ServiceBusClient' },
  types: {
    ServiceBusClient: {
      role: 'client',
      construct: { opens: true, returns: { type: 'ServiceBusClient', handle: 'new' } },
      members: {
        createSender: { returns: { type: 'ServiceBusSender', resource: 'a0' } },
        createReceiver: [
          { when: [{ at: 'last.receiveMode', equals: 'receiveAndDelete' }], returns: { type: 'DeletingReceiver', resource: 'a0' } },
          { returns: { type: 'ServiceBusReceiver', resource: 'a0' } },
        ],
        acceptSession: session,
        acceptNextSession: session,
      },
    },
    ServiceBusSender: { members: { sendMessages: send, scheduleMessages: send, createMessageBatch: { returns: { type: 'ServiceBusMessageBatch' } } } },
    // Says with its result whether the message had room.
    ServiceBusMessageBatch: { members: { tryAddMessage: { mutates: 'this' } } },
    ServiceBusReceiver: {
      members: {
        subscribe: [{ when: [{ at: 'a1.autoCompleteMessages', equals: false }], registers: consumer('explicit') }, { registers: consumer('return') }],
        receiveMessages: receive('a0'),
        peekMessages: receive('a0'),
        receiveDeferredMessages: receive(),
        getMessageIterator: receive(),
        completeMessage: { effect: { kind: 'ack', system: 'queue' } },
        abandonMessage: nack,
        deferMessage: nack,
        deadLetterMessage: nack,
      },
    },
    // A message is gone from the queue when it has been sent.
    DeletingReceiver: {
      extends: ['ServiceBusReceiver'],
      members: { subscribe: { registers: [{ entry: { kind: 'queue', redelivers: false, identity: ['messageId'], ack: 'auto' }, fn: 'a0.processMessage', args: [{ type: 'ServiceBusReceivedMessage' }] }] } },
    },
    ServiceBusSessionReceiver: {
      extends: ['ServiceBusReceiver'],
      members: {
        getSessionState: { effect: { kind: 'read', action: 'find', system: 'queue', cardinality: 'one' }, returns: 'result' },
        setSessionState: { effect: { kind: 'write', action: 'replace', system: 'queue', values: ['object', 'a0'], scope: 'whole', repeatable: true } },
      },
    },
    ServiceBusReceivedMessage: { role: 'message' },
  },
  source: '@azure/service-bus@7.9.5',
  verified: 'types',
} satisfies LibraryModel;
