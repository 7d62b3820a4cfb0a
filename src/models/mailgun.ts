import type { LibraryModel } from '../vocabulary/model.ts';


const send = { effect: { kind: 'send', system: 'mail', resource: 'a1.to', values: ['object', 'a1'], retries: 0 } } as const;

export default {
  name: 'mailgun',
  packages: ['mailgun.js'],
  source: 'mailgun.js 14.0',
  verified: 'types',
  exports: { default: 'Mailgun' },
  types: {
    Mailgun: { construct: { returns: { type: 'Mailgun', handle: 'new' } }, members: { client: { returns: { type: 'Client', handle: 'new' } } } },
    Client: { aliases: ['IMailgunClient', 'Interfaces.IMailgunClient', 'MailgunClient'], role: 'client', members: { messages: 'Messages' } },
    Messages: { members: { create: send, retrieveStoredEmail: { effect: { kind: 'call', action: 'request', system: 'mail', method: '#GET' } } } },
  },
} satisfies LibraryModel;
