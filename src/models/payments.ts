import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

const charge = (facets: EffectShape = {}): Member => ({ effect: { kind: 'charge', action: 'request', system: 'payment', method: '#POST', ...facets } });
const post = (facets: EffectShape = {}): Member => ({ effect: { kind: 'call', action: 'request', system: 'payment', method: '#POST', ...facets } });
const set = (method: string, facets: EffectShape = {}): Member => ({ effect: { kind: 'call', action: 'request', system: 'payment', method: `#${method}`, repeatable: true, ...facets } });
const read: Member = { effect: { kind: 'read', action: 'find', system: 'payment', method: '#GET' } };
const reads = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, read]));

const mollie = { idempotencyKey: 'a0.idempotencyKey' };
const paypal = { idempotencyKey: 'a0.paypalRequestId' };
const square = { idempotencyKey: 'a0.idempotencyKey' };
const adyen = { idempotencyKey: ['a1.idempotencyKey', 'a2.idempotencyKey'] };

/** PayPal, Mollie, Razorpay, Square and Adyen: what moves money, and what only describes it. */
export default {
  name: 'payments',
  packages: ['@mollie/api-client', 'razorpay', 'square', '@adyen/api-library', '@paypal/paypal-server-sdk', '@paypal/checkout-server-sdk'],
  source: '@mollie/api-client 4.6, razorpay 2.9, square 46, @adyen/api-library 32, @paypal/paypal-server-sdk 2.5',
  verified: 'types',
  exports: {
    default: 'Default', createMollieClient: { returns: { type: 'Mollie', handle: 'new' } },
    SquareClient: 'Square', SquareError: 'platform#Pure', WebhooksHelper: { members: { verifySignature: { effect: { kind: 'verify' } } } },
    CheckoutAPI: 'AdyenCheckout', hmacValidator: 'AdyenHmac',
    OrdersController: 'PaypalOrders', PaymentsController: 'PaypalPayments',
  },
  types: {
    /** Mollie's default export is called, Razorpay's constructed. */
    Default: {
      call: { returns: { type: 'Mollie', handle: 'new' } }, construct: { returns: { type: 'Razorpay', handle: 'new' } },
      members: { createMollieClient: { returns: { type: 'Mollie', handle: 'new' } } },
      statics: { validateWebhookSignature: { effect: { kind: 'verify' } } },
    },

    Mollie: { aliases: ['MollieClient'], role: 'client', members: { payments: 'MolliePayments', paymentRefunds: 'MollieRefunds', orders: 'MolliePayments', customerSubscriptions: 'MolliePayments', customerPayments: 'MolliePayments', customers: 'MollieObjects', paymentLinks: 'MollieObjects', methods: 'MollieObjects', customerMandates: 'MollieObjects', paymentCaptures: 'MollieCaptures' } },
    MolliePayments: { resource: 'member', members: { create: charge(mollie), ...reads('get page iterate list'), update: set('PATCH'), cancel: set('DELETE'), delete: set('DELETE'), releaseAuthorization: set('POST') } },
    MollieRefunds: { resource: 'member', members: { create: charge(mollie), ...reads('get page iterate'), cancel: set('DELETE') } },
    MollieCaptures: { resource: 'member', members: { create: charge(mollie), ...reads('get page') } },
    MollieObjects: { resource: 'member', members: { create: post(mollie), ...reads('get page iterate list'), update: set('PATCH'), delete: set('DELETE'), revoke: set('DELETE') } },

    Razorpay: {
      aliases: ['default'], role: 'client',
      construct: { returns: { type: 'Razorpay', handle: 'new' } },
      members: { payments: 'RazorpayPayments', orders: 'RazorpayObjects', customers: 'RazorpayObjects', plans: 'RazorpayObjects', invoices: 'RazorpayObjects', paymentLink: 'RazorpayObjects', refunds: 'RazorpayRefunds', transfers: 'RazorpayTransfers', subscriptions: 'RazorpayObjects', webhooks: 'RazorpayObjects' },
      statics: { validateWebhookSignature: { effect: { kind: 'verify' } } },
    },
    RazorpayPayments: { resource: 'member', members: { capture: charge({ repeatable: true }), refund: charge(), transfer: charge(), createRecurringPayment: charge(), createPaymentJson: charge(), edit: set('PATCH'), ...reads('all fetch fetchRefund fetchMultipleRefund fetchTransfer fetchCardDetails') } },
    RazorpayRefunds: { resource: 'member', members: { ...reads('all fetch'), edit: set('PATCH') } },
    RazorpayTransfers: { resource: 'member', members: { create: charge(), reverse: charge(), edit: set('PATCH'), ...reads('all fetch') } },
    /** An order or a subscription asks for money; it is paid elsewhere. */
    RazorpayObjects: { resource: 'member', members: { create: post(), edit: set('PATCH'), update: set('PATCH'), cancel: set('POST'), pause: set('POST'), resume: set('POST'), ...reads('all fetch fetchPayments') } },

    Square: {
      role: 'client', construct: { returns: { type: 'Square', handle: 'new' } },
      members: { payments: 'SquarePayments', refunds: 'SquareRefunds', payouts: 'SquareObjects', orders: 'SquareObjects', customers: 'SquareObjects', invoices: 'SquareObjects', subscriptions: 'SquareObjects', cards: 'SquareObjects', catalog: 'SquareObjects', locations: 'SquareObjects', checkout: 'SquareObjects' },
    },
    SquarePayments: { resource: 'member', members: { create: charge(square), complete: charge({ repeatable: true }), cancel: set('POST'), cancelByIdempotencyKey: set('POST'), update: set('PUT'), ...reads('get list') } },
    SquareRefunds: { resource: 'member', members: { refundPayment: charge(square), ...reads('get list') } },
    SquareObjects: { resource: 'member', members: { create: post(square), update: set('PUT'), cancel: set('POST'), delete: set('DELETE'), pay: charge(square), publish: set('POST', square), ...reads('get list search') } },

    AdyenCheckout: {
      role: 'client', construct: { returns: { type: 'AdyenCheckout', handle: 'new' } },
      members: { PaymentsApi: 'AdyenPayments', ModificationsApi: 'AdyenModifications', PaymentLinksApi: 'AdyenLinks', RecurringApi: 'AdyenLinks' },
    },
    AdyenPayments: { members: { payments: charge(adyen), paymentsDetails: post({ ...adyen, repeatable: true }), sessions: post(adyen), ...reads('paymentMethods cardDetails getResultOfPaymentSession') } },
    AdyenModifications: { members: { captureAuthorisedPayment: charge(adyen), refundCapturedPayment: charge(adyen), refundOrCancelPayment: charge(adyen), cancelAuthorisedPayment: set('POST', adyen), cancelAuthorisedPaymentByPspReference: set('POST', adyen), updateAuthorisedAmount: charge(adyen) } },
    AdyenLinks: { members: { paymentLinks: post(adyen), updatePaymentLink: set('PATCH'), ...reads('getPaymentLink getTokensForStoredPaymentDetails') } },
    AdyenHmac: { construct: { returns: { type: 'AdyenHmac' } }, members: { validateHMAC: { effect: { kind: 'verify' } }, validateHMACSignature: { effect: { kind: 'verify' } }, validateBankingHMAC: { effect: { kind: 'verify' } }, calculateHmac: { pure: true } } },

    PaypalOrders: { role: 'client', construct: { returns: { type: 'PaypalOrders', handle: 'new' } }, members: { createOrder: post(paypal), captureOrder: charge({ ...paypal, repeatable: true }), authorizeOrder: charge({ ...paypal, repeatable: true }), confirmOrder: set('POST'), patchOrder: set('PATCH'), getOrder: read } },
    PaypalPayments: { role: 'client', construct: { returns: { type: 'PaypalPayments', handle: 'new' } }, members: { captureAuthorizedPayment: charge(paypal), refundCapturedPayment: charge(paypal), reauthorizePayment: charge(paypal), voidPayment: set('POST', paypal), ...reads('getCapturedPayment getAuthorizedPayment getRefund') } },
  },
} satisfies LibraryModel;
