import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const charge = (facets: EffectShape = {}): Member => ({ effect: { kind: 'charge', action: 'request', system: 'payment', method: '#POST', ...facets } });
const post = (facets: EffectShape = {}): Member => ({ effect: { kind: 'call', action: 'request', system: 'payment', method: '#POST', ...facets } });
const set = post({ repeatable: true });
const read: Member = { effect: { kind: 'read', action: 'find', system: 'payment', method: '#GET' } };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const made = (type: string): Operation => ({ returns: { type, handle: 'new' } });

/** Braintree, Paddle, Plaid and Lemon Squeezy. */
export default {
  name: 'billing',
  packages: ['braintree', '@paddle/paddle-node-sdk', 'plaid', '@lemonsqueezy/lemonsqueezy.js'],
  exports: {
    BraintreeGateway: 'Braintree', default: { members: { BraintreeGateway: 'Braintree' } }, Paddle: 'Paddle', PlaidApi: 'Plaid', Configuration: 'platform#Pure',
    ...rows('createCheckout createCustomer createDiscount createUsageRecord createWebhook', post()), ...rows('cancelSubscription updateSubscription updateSubscriptionItem updateCustomer archiveCustomer deleteDiscount deleteWebhook updateWebhook activateLicense', set),
    issueOrderRefund: charge(), issueSubscriptionInvoiceRefund: charge(), ...rows('getSubscription getOrder getCustomer getCheckout listSubscriptions listOrders listCustomers listProducts getProduct getVariant listVariants validateLicense', read),
  },
  types: {
    Braintree: { aliases: ['BraintreeGateway', 'default.BraintreeGateway'], role: 'client', construct: made('Braintree'), members: { transaction: 'BraintreeTransactions', customer: 'BraintreeObjects', paymentMethod: 'BraintreeObjects', subscription: 'BraintreeSubscriptions', clientToken: { members: { generate: set } }, webhookNotification: { members: { parse: { effect: { kind: 'verify' } } } } } },
    BraintreeTransactions: { members: { sale: charge(), refund: charge(), cloneTransaction: charge(), submitForPartialSettlement: charge(), submitForSettlement: charge({ repeatable: true }), void: set, find: read, search: read } },
    BraintreeObjects: { resource: 'member', members: { create: post(), update: set, delete: set, find: read } },
    BraintreeSubscriptions: { resource: 'member', members: { create: post(), update: set, cancel: set, retryCharge: charge(), find: read, search: read } },
    Paddle: {
      role: 'client', construct: made('Paddle'),
      members: { transactions: 'PaddleObjects', customers: 'PaddleObjects', products: 'PaddleObjects', prices: 'PaddleObjects', discounts: 'PaddleObjects', addresses: 'PaddleObjects', businesses: 'PaddleObjects', adjustments: 'PaddleAdjustments', subscriptions: 'PaddleSubscriptions', webhooks: { members: { unmarshal: { effect: { kind: 'verify' } }, isSignatureValid: { effect: { kind: 'verify' } } } } },
    },
    PaddleObjects: { resource: 'member', members: { create: post(), update: set, archive: set, get: read, list: read } },
    PaddleAdjustments: { resource: 'member', members: { create: charge(), list: read } },
    PaddleSubscriptions: { resource: 'member', members: { createOneTimeCharge: charge(), update: set, cancel: set, pause: set, resume: set, activate: set, get: read, list: read } },
    Plaid: {
      role: 'client', construct: made('Plaid'),
      members: {
        transferCreate: charge({ idempotencyKey: 'a0.authorization_id' }), transferAuthorizationCreate: post({ idempotencyKey: 'a0.idempotency_key' }), paymentInitiationPaymentCreate: post(), transferCancel: set,
        ...rows('linkTokenCreate itemPublicTokenExchange itemRemove itemWebhookUpdate', set), ...rows('accountsGet accountsBalanceGet authGet identityGet itemGet transactionsGet transactionsSync transferGet institutionsGetById webhookVerificationKeyGet', read),
      },
    },
  },
  source: '@types/braintree 3.4, @paddle/paddle-node-sdk 3.10, plaid 47, @lemonsqueezy/lemonsqueezy.js 4.0',
  verified: 'types',
} satisfies LibraryModel;
