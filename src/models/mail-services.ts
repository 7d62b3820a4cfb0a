import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const mail: EffectShape = { kind: 'send', system: 'mail', values: ['object', 'a0'] };
/** Contacts and events of campaigns are copies for marketing: what the business counts on stands elsewhere. */
const told = (method: string): Member => ({ effect: { kind: 'call', action: 'request', system: 'mail', method: `#${method}`, weight: 'telemetry' } });
const call: Member = { effect: { kind: 'call', action: 'request', system: 'mail', method: '#POST' } };
const made = (type: string): Operation => ({ returns: { type, handle: 'new' } });

/** Mailjet, Brevo and Loops. */
export default {
  name: 'mail-services',
  packages: ['node-mailjet', '@getbrevo/brevo', 'loops'],
  exports: { default: 'Mailjet', Client: 'Mailjet', BrevoClient: 'Brevo', LoopsClient: 'Loops' },
  types: {
    Mailjet: {
      aliases: ['default', 'Client'], role: 'client', construct: made('Mailjet'), statics: { apiConnect: made('Mailjet'), smsConnect: made('Mailjet') },
      // `mailjet.post('send', { version: 'v3.1' }).request({ Messages })`: the path says what it is.
      members: { post: [{ when: [{ at: 'a0', equals: 'send' }], returns: { type: 'MailjetSend' } }, { returns: { type: 'MailjetRequest' } }], put: { returns: { type: 'MailjetRequest' } }, delete: { returns: { type: 'MailjetRequest' } }, get: { returns: { type: 'MailjetRequest' } } },
    },
    MailjetSend: { members: { request: { effect: { ...mail, values: ['object', 'a0.Messages'], items: 'a0.Messages', maxItems: 50, partialFailure: 'body.Messages[].Status' } }, id: { returns: 'this' }, action: { returns: 'this' } } },
    MailjetRequest: { aliases: ['Request'], members: { request: call, id: { returns: 'this' }, action: { returns: 'this' } } },
    // A minute, two retries.
    Brevo: { role: 'client', construct: made('Brevo'), members: { transactionalEmails: 'BrevoEmails', transactionalSms: 'BrevoSms', contacts: 'BrevoContacts' } },
    BrevoEmails: { members: { sendTransacEmail: { effect: { ...mail, deadline: 60_000, deadlineOption: ['a1.timeoutInSeconds', 'client.a0.timeoutInSeconds'], retries: 2, retryOption: ['a1.maxRetries', 'client.a0.maxRetries'] } } } },
    BrevoSms: { members: { sendTransacSms: { effect: { ...mail, system: 'sms' } } } },
    BrevoContacts: { members: { createContact: told('POST'), updateContact: told('PUT') } },
    Loops: {
      role: 'client', construct: made('Loops'),
      members: {
        sendTransactionalEmail: { effect: { ...mail, idempotencyKey: 'a0.headers.Idempotency-Key' } }, sendEvent: told('POST'),
        createContact: told('POST'), updateContact: told('PUT'), deleteContact: told('DELETE'), findContact: { effect: { kind: 'read', action: 'find', system: 'mail' } },
      },
    },
  },
  source: 'node-mailjet 6.0, @getbrevo/brevo 6.0, loops; fifty messages: dev.mailjet.com (send API v3.1)',
  verified: 'types',
} satisfies LibraryModel;
