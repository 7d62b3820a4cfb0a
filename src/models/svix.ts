import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

/** Two retries, under a key that the library makes for that call. */
const common: EffectShape = { kind: 'call', action: 'request', system: 'http', retries: 2 };
const key = { idempotencyKey: ['last.idempotencyKey'] };
const read: Member = { effect: { ...common, method: '#GET' } };
const set = (method: string): Member => ({ effect: { ...common, method, repeatable: true } });
const crud: Record<string, Member> = { create: { effect: { ...common, ...key, method: '#POST' } }, getOrCreate: set('#POST'), list: read, get: read, update: set('#PUT'), patch: set('#PATCH'), delete: set('#DELETE') };

export default {
  name: 'svix',
  packages: ['svix', 'standardwebhooks'],
  source: 'svix 1.99, standardwebhooks',
  verified: 'types',
  exports: { Webhook: 'Webhook', Svix: 'Svix', WebhookVerificationError: { pure: true } },
  types: {
    Webhook: { construct: { returns: { type: 'Webhook', handle: 'new' } }, members: { verify: { effect: { kind: 'verify' }, returns: { type: 'Event' } }, sign: { pure: true } } },
    /** What was verified. Its id stands in the `svix-id` header, not in it. */
    Event: { role: 'message' },
    Svix: { role: 'client', construct: { returns: { type: 'Svix', handle: 'new' } }, members: { message: 'Messages', application: 'Resource', endpoint: 'Resource', eventType: 'Resource', integration: 'Resource', messageAttempt: 'Attempts', authentication: 'Resource' } },
    Messages: { members: { create: { effect: { kind: 'publish', system: 'bus', resource: 'a0', values: ['object', 'a1'], retries: 2, delivery: 'at-least-once', idempotencyKey: ['a1.eventId', 'a2.idempotencyKey'] } }, list: read, get: read } },
    Attempts: { members: { resend: { effect: { ...common, method: '#POST' } }, get: read, listByMsg: read, listByEndpoint: read } },
    Resource: { resource: 'member', members: { ...crud, appPortalAccess: { effect: { ...common, method: '#POST', repeatable: true } } } },
  },
} satisfies LibraryModel;
