import type { LibraryModel, Operation } from '../vocabulary/model.ts';

// Handlers are awaited before the answer: Stripe sends the event again after one that failed.
const handler: Operation = { decorates: { on: 'method', entry: { kind: 'webhook', redelivers: true, identity: ['id'], ack: 'return', source: 'a0' }, args: [{ type: 'stripe#Event' }] } };

export default {
  name: 'golevup-stripe',
  packages: ['@golevelup/nestjs-stripe'],
  exports: { StripeWebhookHandler: handler, StripeThinWebhookHandler: handler },
  types: {},
  source: '@golevelup/nestjs-stripe@1.1.1 lib/stripe.decorators.d.ts, stripe.module.js',
  verified: 'types',
} satisfies LibraryModel;
