import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Two minutes to connect, ten of a silent socket; no retry, no key. */
const mail: EffectShape = { kind: 'send', system: 'mail', resource: 'a0.to', values: ['object', 'a0'], deadline: 600_000, retries: 0 };
/** Throws when nobody is left to send to: of several recipients some may be rejected. */
const send: readonly Operation[] = [
  { when: [{ at: 'a0.to', kind: 'array' }], effect: { ...mail, items: 'a0.to', partialFailure: 'rejected', failsWhole: true }, invokes: [{ fn: 'a1', when: 'later' }] },
  { effect: mail, invokes: [{ fn: 'a1', when: 'later' }] },
];
const transporter: Operation = { returns: { type: 'Transporter', handle: 'new' } };

export default {
  name: 'nodemailer',
  packages: ['nodemailer', 'nodemailer/*', '@nestjs-modules/mailer'],
  source: 'nodemailer 10.6, @types/nodemailer; timeouts from lib/smtp-connection; MailerService of @nestjs-modules/mailer from memory',
  verified: 'types',
  exports: {
    createTransport: transporter, createTestAccount: { pure: true }, getTestMessageUrl: { pure: true },
    MailerService: 'Transporter',
  },
  types: {
    Transporter: {
      aliases: ['Mail', 'MailerService', 'default', 'default.Transporter'],
      role: 'client',
      members: { sendMail: send, verify: { pure: true }, close: { pure: true }, use: { returns: 'this' }, on: { invokes: [{ fn: 'a1', when: 'later' }], returns: 'this' }, isIdle: { pure: true } },
    },
  },
} satisfies LibraryModel;
