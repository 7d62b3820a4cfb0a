import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Fifteen seconds; four retries of what did not arrive. */
const push: EffectShape = { kind: 'send', system: 'push', values: ['object', 'a0'], deadline: 15_000, retries: 4 };
const batch = (items: string): Operation => ({ effect: { ...push, items, maxItems: 500, partialFailure: 'responses', outcome: ['failureCount', 'successCount'] } });
const topic: Operation = { effect: { kind: 'call', action: 'request', system: 'push', items: 'a0', maxItems: 1000, repeatable: true, partialFailure: 'errors', outcome: ['failureCount', 'successCount'], deadline: 15_000 } };
const messaging: Operation = { returns: { type: 'firebase-messaging#Messaging' } };

export default {
  name: 'firebase-messaging',
  packages: ['firebase-admin/messaging', 'firebase-admin'],
  source: 'firebase-admin 13.10',
  verified: 'types',
  exports: { getMessaging: messaging, messaging },
  types: {
    Messaging: {
      aliases: ['messaging.Messaging', 'admin.messaging.Messaging', 'default.messaging.Messaging'], role: 'client',
      members: {
        send: { effect: { ...push, batchCounterpart: 'sendEach' } }, sendEach: batch('a0'), sendAll: batch('a0'), sendEachForMulticast: batch('a0.tokens'), sendMulticast: batch('a0.tokens'),
        subscribeToTopic: topic, unsubscribeFromTopic: topic,
      },
    },
  },
} satisfies LibraryModel;
