import type { LibraryModel, Member } from '../vocabulary/model.ts';

/** An array is as many requests at once, of which the first failure hides the others. */
const members: Record<string, Member> = {
  send: [
    { when: [{ at: 'a0', kind: 'array' }], effect: { kind: 'send', system: 'mail', values: ['object', 'a0'], items: 'a0', retries: 0 } },
    { when: [{ at: 'a0.personalizations', kind: 'present' }], effect: { kind: 'send', system: 'mail', values: ['object', 'a0'], items: 'a0.personalizations', maxItems: 1000, maxBytes: 30_000_000, retries: 0 } },
    { effect: { kind: 'send', system: 'mail', resource: 'a0.to', values: ['object', 'a0'], maxBytes: 30_000_000, retries: 0 } },
  ],
  sendMultiple: { effect: { kind: 'send', system: 'mail', resource: 'a0.to', values: ['object', 'a0'], items: 'a0.to', maxItems: 1000, maxBytes: 30_000_000, retries: 0 } },
  setApiKey: { pure: true }, setClient: { pure: true }, setSubstitutionWrappers: { pure: true },
  /** With it every later call has a deadline, which is not followed: so no lack of one is claimed. */
  setTimeout: { mutates: 'this' },
};

export default {
  name: 'sendgrid',
  packages: ['@sendgrid/mail', '@sendgrid/eventwebhook', '@sendgrid/client'],
  source: '@sendgrid/mail 8.1, @sendgrid/eventwebhook; a thousand personalizations and 30 MB: errors of Mail Send in its documentation',
  verified: 'types',
  exports: { ...members, default: 'MailService', MailService: 'MailService', EventWebhook: 'EventWebhook' },
  types: {
    MailService: { role: 'client', construct: { returns: { type: 'MailService', handle: 'new' } }, members },
    EventWebhook: { construct: { returns: { type: 'EventWebhook', handle: 'new' } }, members: { verifySignature: { effect: { kind: 'verify' } }, convertPublicKeyToECDSA: { pure: true } } },
  },
} satisfies LibraryModel;
