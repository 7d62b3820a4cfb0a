import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Whoever is connected gets it. */
const told: EffectShape = { kind: 'publish', system: 'pubsub', durable: false, delivery: 'at-most-once' };
const made = (type: string): Operation => ({ returns: { type, handle: 'new' } });
const receipts: Operation = { effect: { kind: 'read', action: 'find', system: 'push', items: 'a0', maxItems: 300 } };

/** Expo, Pusher and Ably. */
export default {
  name: 'realtime-services',
  packages: ['expo-server-sdk', 'pusher', 'ably'],
  exports: { Expo: 'Expo', default: 'Default', Rest: 'Ably', Realtime: 'Ably' },
  types: {
    /** The default export of Pusher is constructed, that of Ably holds two classes; that of Expo is the class. */
    Default: { construct: made('Pusher'), members: { Rest: 'Ably', Realtime: 'Ably' } },
    Expo: {
      role: 'client', construct: made('Expo'),
      members: {
        sendPushNotificationsAsync: { effect: { kind: 'send', system: 'push', values: ['object', 'a0'], items: 'a0', maxItems: 100, partialFailure: '[].status' } },
        getPushNotificationReceiptsAsync: receipts, chunkPushNotifications: { pure: true }, chunkPushNotificationReceiptIds: { pure: true },
      },
      statics: { isExpoPushToken: { pure: true } },
    },
    Pusher: { aliases: ['default'], role: 'client', construct: made('Pusher'), members: { trigger: { effect: { ...told, resource: 'a0', values: ['object', 'a2'], batchCounterpart: 'triggerBatch' } }, triggerBatch: { effect: { ...told, items: 'a0', maxItems: 10 } }, sendToUser: { effect: { ...told, resource: 'a1', values: ['object', 'a2'] } } } },
    Ably: { role: 'client', construct: made('Ably'), members: { channels: { members: { get: { returns: { type: 'AblyChannel', resource: 'a0' } } } } } },
    AblyChannel: { aliases: ['Channel', 'RealtimeChannel'], members: { publish: { effect: { ...told, values: ['object', 'a1'] } }, subscribe: { registers: [{ entry: { kind: 'event', redelivers: false, source: 'this' }, fn: 'last', args: [{ type: 'platform#RequestData' }] }] } } },
  },
  source: 'expo-server-sdk 7.2, pusher 5.3, ably 2.28; limits from docs.expo.dev (sending-notifications) and pusher.com/docs (HTTP API)',
  verified: 'types',
} satisfies LibraryModel;
