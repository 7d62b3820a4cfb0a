import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

/** Thirty seconds; retries only if `autoRetry` is on, and then of 429 alone. */
const common: EffectShape = { system: 'sms', deadline: 30_000, retries: 0 };
const send: Member = { effect: { ...common, kind: 'send', resource: 'a0.to', values: ['object', 'a0'] } };
const call = (method: string, repeatable?: true): Member => ({ effect: { ...common, kind: 'call', action: 'request', method, ...(repeatable === undefined ? {} : { repeatable }) } });
const read: Member = { effect: { ...common, kind: 'read', action: 'find', method: '#GET' } };
const validations: Record<string, Member> = Object.fromEntries(
  ['validateRequest', 'validateRequestWithBody', 'validateExpressRequest', 'validateIncomingRequest', 'validateBody'].map((name) => [name, { effect: { kind: 'verify' } }]),
);

export default {
  name: 'twilio',
  packages: ['twilio'],
  source: 'twilio 6.2',
  verified: 'types',
  exports: { default: 'Factory', ...validations, Twilio: 'Twilio', webhook: { pure: true }, twiml: 'platform#Pure', jwt: 'platform#Pure' },
  types: {
    Factory: { call: { returns: { type: 'Twilio', handle: 'new' } }, construct: { returns: { type: 'Twilio', handle: 'new' } }, members: { ...validations, Twilio: 'Twilio', webhook: { pure: true }, twiml: 'platform#Pure', jwt: 'platform#Pure' } },
    Twilio: {
      aliases: ['default', 'default.Twilio', 'TwilioClient'], role: 'client',
      construct: { returns: { type: 'Twilio', handle: 'new' } },
      members: {
        messages: 'Messages', calls: 'Calls', lookups: 'platform#Pure', incomingPhoneNumbers: 'Numbers',
        verify: { members: { v2: { members: { services: { returns: { type: 'VerifyService' } } } }, services: { returns: { type: 'VerifyService' } } } },
        conversations: { members: { v1: { members: { conversations: 'Conversations' } }, conversations: 'Conversations' } },
        api: { members: { messages: 'Messages', calls: 'Calls' } },
      },
    },
    Messages: { members: { create: send, list: read, get: { returns: { type: 'Item' } } }, call: { returns: { type: 'Item' } } },
    Calls: { members: { create: send, list: read }, call: { returns: { type: 'Item' } } },
    Numbers: { members: { create: call('#POST'), list: read }, call: { returns: { type: 'Item' } } },
    Item: { members: { fetch: read, update: call('#POST', true), remove: call('#DELETE', true) } },
    VerifyService: { members: { verifications: 'Verifications', verificationChecks: { members: { create: call('#POST') } }, fetch: read } },
    Verifications: { members: { create: send }, call: { returns: { type: 'Item' } } },
    Conversations: { members: { create: call('#POST'), list: read }, call: { returns: { type: 'Conversation' } } },
    Conversation: { members: { messages: { members: { create: send, list: read } }, participants: { members: { create: call('#POST'), list: read } }, fetch: read, update: call('#POST', true), remove: call('#DELETE', true) } },
  },
} satisfies LibraryModel;
