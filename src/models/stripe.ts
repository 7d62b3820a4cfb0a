import type { ArgCondition, EffectShape, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

/** Every method of every resource, by path from the client. */
const resources: Readonly<Record<string, string>> = {
  accountLinks: 'create',
  accountSessions: 'create',
  accounts: 'del retrieve update retrieveCurrent list create reject unreject listCapabilities retrieveCapability updateCapability deleteExternalAccount retrieveExternalAccount updateExternalAccount listExternalAccounts createExternalAccount createLoginLink deletePerson retrievePerson updatePerson listPersons createPerson',
  applePayDomains: 'del retrieve list create',
  applicationFees: 'list retrieve retrieveRefund updateRefund listRefunds createRefund',
  balance: 'retrieve',
  balanceSettings: 'retrieve update',
  balanceTransactions: 'list retrieve',
  charges: 'list create retrieve update search capture',
  confirmationTokens: 'retrieve',
  countrySpecs: 'list retrieve',
  coupons: 'del retrieve update list create',
  creditNotes: 'list create retrieve update preview voidCreditNote listPreviewLineItems listLineItems',
  customerSessions: 'create',
  customers: 'del retrieve update deleteDiscount list create search listBalanceTransactions createBalanceTransaction retrieveBalanceTransaction updateBalanceTransaction retrieveCashBalance updateCashBalance listCashBalanceTransactions retrieveCashBalanceTransaction createFundingInstructions listPaymentMethods retrievePaymentMethod listSources createSource retrieveSource updateSource deleteSource verifySource deleteTaxId retrieveTaxId listTaxIds createTaxId',
  disputes: 'list retrieve update close',
  ephemeralKeys: 'del create',
  events: 'list retrieve',
  exchangeRates: 'list retrieve',
  fileLinks: 'list create retrieve update',
  files: 'list create retrieve',
  invoiceItems: 'del retrieve update list create',
  invoicePayments: 'list retrieve',
  invoiceRenderingTemplates: 'list retrieve archive unarchive',
  invoices: 'del retrieve update list create search addLines attachPayment finalizeInvoice markUncollectible pay removeLines sendInvoice updateLines voidInvoice createPreview listLineItems updateLineItem retrieveUpcoming listUpcomingLines',
  mandates: 'retrieve',
  paymentIntents: 'list create retrieve update search applyCustomerBalance cancel capture confirm incrementAuthorization verifyMicrodeposits listAmountDetailsLineItems',
  paymentLinks: 'list create retrieve update listLineItems',
  paymentMethodConfigurations: 'list create retrieve update',
  paymentMethodDomains: 'list create retrieve update validate',
  paymentMethods: 'list create retrieve update attach detach',
  payouts: 'list create retrieve update cancel reverse',
  plans: 'del retrieve update list create',
  prices: 'list create retrieve update search',
  products: 'del retrieve update list create search deleteFeature retrieveFeature listFeatures createFeature',
  promotionCodes: 'list create retrieve update',
  quotes: 'list create retrieve update accept cancel finalizeQuote pdf listComputedUpfrontLineItems listLineItems',
  refunds: 'list create retrieve update cancel',
  reviews: 'list retrieve approve',
  setupAttempts: 'list',
  setupIntents: 'list create retrieve update cancel confirm verifyMicrodeposits',
  shippingRates: 'list create retrieve update',
  sources: 'retrieve update create verify listSourceTransactions',
  subscriptionItems: 'del retrieve update list create createUsageRecord listUsageRecordSummaries',
  subscriptionSchedules: 'list create retrieve update cancel release',
  subscriptions: 'cancel del retrieve update deleteDiscount list create search migrate pause resume',
  taxCodes: 'list retrieve',
  taxIds: 'del retrieve list create',
  taxRates: 'list create retrieve update',
  tokens: 'retrieve create',
  topups: 'list create retrieve update cancel',
  transfers: 'list create retrieve update listReversals createReversal retrieveReversal updateReversal',
  webhookEndpoints: 'del retrieve update list create',
  'billing.alerts': 'list create retrieve activate archive deactivate',
  'billing.creditBalanceSummaries': 'retrieve',
  'billing.creditBalanceTransactions': 'list retrieve',
  'billing.creditGrants': 'list create retrieve update expire voidGrant',
  'billing.meterEventAdjustments': 'create',
  'billing.meterEvents': 'create',
  'billing.meters': 'list create retrieve update deactivate reactivate listEventSummaries',
  'billingPortal.configurations': 'list create retrieve update',
  'billingPortal.sessions': 'create',
  'checkout.sessions': 'list create retrieve update expire listLineItems',
  'entitlements.activeEntitlements': 'list retrieve',
  'entitlements.features': 'list create retrieve update',
  'financialConnections.accounts': 'list retrieve disconnect refresh subscribe unsubscribe listOwners',
  'financialConnections.sessions': 'retrieve create',
  'financialConnections.transactions': 'list retrieve',
  'identity.verificationReports': 'list retrieve',
  'identity.verificationSessions': 'list create retrieve update cancel redact',
  'issuing.authorizations': 'list retrieve update approve decline',
  'issuing.cardholders': 'list create retrieve update',
  'issuing.cards': 'list create retrieve update',
  'issuing.disputes': 'list create retrieve update submit',
  'issuing.transactions': 'list retrieve update',
  'radar.earlyFraudWarnings': 'list retrieve',
  'radar.valueListItems': 'del retrieve list create',
  'radar.valueLists': 'del retrieve update list create',
  'reporting.reportRuns': 'list create retrieve',
  'reporting.reportTypes': 'list retrieve',
  'tax.calculations': 'retrieve create listLineItems',
  'tax.registrations': 'list create retrieve update',
  'tax.settings': 'retrieve update',
  'tax.transactions': 'retrieve createFromCalculation createReversal listLineItems',
  'terminal.connectionTokens': 'create',
  'terminal.locations': 'del retrieve update list create',
  'terminal.readers': 'del retrieve update list create cancelAction collectPaymentMethod confirmPaymentIntent processPaymentIntent processSetupIntent refundPayment setReaderDisplay',
  'treasury.financialAccounts': 'list create retrieve update close updateFeatures retrieveFeatures',
  'treasury.inboundTransfers': 'list create retrieve cancel',
  'treasury.outboundPayments': 'list create retrieve cancel',
  'treasury.outboundTransfers': 'list create retrieve cancel',
  'treasury.transactions': 'list retrieve',
  'v2.billing.meterEventAdjustments': 'create',
  'v2.billing.meterEventStream': 'create',
  'v2.billing.meterEvents': 'create',
  'v2.core.accountLinks': 'create',
  'v2.core.accounts': 'list create retrieve update close',
  'v2.core.eventDestinations': 'list create del retrieve update disable enable ping',
  'v2.core.events': 'list retrieve',
};

/** Moves money, each time it is called. */
const moves = new Set([
  'charges.create', 'paymentIntents.create', 'paymentIntents.incrementAuthorization', 'refunds.create', 'transfers.create', 'transfers.createReversal', 'payouts.create', 'payouts.reverse',
  'topups.create', 'subscriptions.create', 'subscriptionSchedules.create', 'creditNotes.create', 'customers.createBalanceTransaction', 'applicationFees.createRefund', 'terminal.readers.refundPayment',
  'treasury.inboundTransfers.create', 'treasury.outboundPayments.create', 'treasury.outboundTransfers.create',
]);
/** Moves money once: the object's state refuses a second time. */
const movesOnce = new Set([
  'charges.capture', 'paymentIntents.confirm', 'paymentIntents.capture', 'paymentIntents.applyCustomerBalance', 'invoices.pay', 'invoices.finalizeInvoice', 'quotes.accept', 'terminal.readers.processPaymentIntent',
]);
/** A page or key that is handed to the customer, and is void after a while. */
const offers = /(?:sessions|Sessions|accountLinks|ephemeralKeys|connectionTokens)\.create$/;
/** A second one of the same name is refused. */
const named = new Set(['radar.valueListItems.create', 'radar.valueLists.create']);
/** Sets a state, whatever the state before. */
const sets = /^(update|cancel|close|detach|attach|archive|unarchive|void|mark|pause|resume|reject|approve|decline|release|expire|activate|deactivate|reactivate|enable|disable|disconnect|subscribe|unsubscribe|confirm|verify|validate|finalize|redact|migrate|refresh|setReaderDisplay)/;

/** 80 seconds; two retries of the network's failures, under one key that the library makes for that call. */
const common: EffectShape = { system: 'payment', deadline: 80_000, deadlineOption: 'last.timeout', retries: 2, retryOption: ['last.maxNetworkRetries', 'client.a1.maxNetworkRetries'] };
const key = { idempotencyKey: 'last.idempotencyKey' };
const read: EffectShape = { ...common, kind: 'read', action: 'find', method: '#GET' };

/** Refused the second time, where it is asked for so: the whole of a charge is refunded once, and a subscription takes one schedule. */
const refusedAgain: Readonly<Record<string, { readonly if: ArgCondition; readonly is: boolean }>> = {
  'refunds.create': { if: { at: 'a0.amount', kind: 'absent' }, is: true },
  'subscriptionSchedules.create': { if: { at: 'a0.from_subscription', kind: 'absent' }, is: false },
};

function operation(resource: string, verb: string): Operation | readonly Operation[] {
  const name = `${resource}.${verb}`;
  if (verb.startsWith('list') || verb === 'search') {
    const list: EffectShape = { ...read, cardinality: 'many', rows: 'data' };
    const returns = { type: 'ApiList' };
    return [
      { when: [{ at: 'a0.limit', kind: 'present' }], effect: { ...list, limit: 'a0.limit' }, returns },
      { when: [{ at: 'a1.limit', kind: 'present' }], effect: { ...list, limit: 'a1.limit' }, returns },
      { effect: { ...list, limit: 10 }, returns },
    ];
  }
  if (/^(retrieve|preview|find|pdf)/.test(verb) || name === 'invoices.createPreview') return { effect: { ...read, cardinality: 'one' }, ...(resource.endsWith('events') ? { returns: { type: 'Event' } } : {}) };
  if (/^(del|delete[A-Z].*)$/.test(verb)) return { effect: { ...common, ...key, kind: 'call', action: 'delete', method: '#DELETE', repeatable: true } };
  if (name === 'invoices.sendInvoice') return { effect: { ...common, ...key, kind: 'send', method: '#POST' } };
  const refused = refusedAgain[name];
  if (refused !== undefined) {
    const effect: EffectShape = { ...common, ...key, kind: 'charge', action: 'request', method: '#POST' };
    return [{ when: [refused.if], effect: { ...effect, repeatable: refused.is } }, { effect: { ...effect, repeatable: !refused.is } }];
  }
  if (moves.has(name) || movesOnce.has(name)) return { effect: { ...common, ...key, kind: 'charge', action: 'request', method: '#POST', repeatable: movesOnce.has(name) } };
  const meter = resource.includes('meterEvent') && !resource.includes('Adjustment') ? { idempotencyKey: ['last.idempotencyKey', 'a0.identifier'] } : key;
  return { effect: { ...common, ...meter, kind: 'call', action: 'request', method: '#POST', repeatable: sets.test(verb) || named.has(name), ...(offers.test(name) ? { durable: false } : {}) } };
}

const types: Record<string, TypeShape> = {};
const client: Record<string, Member> = {};
for (const [path, verbs] of Object.entries(resources)) {
  types[path] = { resource: 'member', members: Object.fromEntries(verbs.split(' ').map((verb) => [verb, operation(path, verb)])) };
  const steps = path.split('.');
  let at = client;
  for (const step of steps.slice(0, -1)) {
    const name = steps.slice(0, steps.indexOf(step) + 1).join('.');
    const inner = (types[name] ??= { members: {} });
    at[step] = name;
    at = inner.members as Record<string, Member>;
  }
  at[steps.at(-1)!] = path;
}
const verified = { effect: { kind: 'verify' }, returns: { type: 'Event' } } as const;

export default {
  name: 'stripe',
  packages: ['stripe'],
  source: 'stripe 23.1: methods of a live client object; stripe.core (timeout 80000, maxNetworkRetries 2)',
  verified: 'types',
  exports: { default: 'Stripe', Stripe: 'Stripe' },
  types: {
    ...types,
    Stripe: {
      role: 'client',
      aliases: ['default', 'default.Stripe', 'Stripe.Stripe'],
      call: { returns: { type: 'Stripe', handle: 'new' } },
      construct: { returns: { type: 'Stripe', handle: 'new' } },
      members: {
        ...client,
        webhooks: 'Webhooks',
        oauth: { members: { token: { effect: { ...common, kind: 'call', action: 'request', method: '#POST' } }, deauthorize: { effect: { ...common, kind: 'call', action: 'request', method: '#POST', repeatable: true } }, authorizeUrl: { pure: true } } },
        rawRequest: { effect: { ...common, ...key, kind: 'call', action: 'request', method: 'a0', resource: 'a1' } },
        parseEventNotification: verified, parseEventNotificationAsync: verified,
        parseEventNotificationWithoutVerification: { returns: { type: 'Event' } },
      },
      statics: { webhooks: 'Webhooks', createFetchHttpClient: { pure: true }, createNodeHttpClient: { pure: true }, createSubtleCryptoProvider: { pure: true }, errors: 'platform#Pure' },
    },
    Webhooks: {
      members: {
        constructEvent: verified, constructEventAsync: verified, constructEventWithoutVerification: { returns: { type: 'Event' } },
        signature: { members: { verifyHeader: { effect: { kind: 'verify' } }, verifyHeaderAsync: { effect: { kind: 'verify' } } } },
        generateTestHeaderString: { pure: true }, generateTestHeaderStringAsync: { pure: true },
      },
    },
    /** Delivered again until answered with 2xx, in any order. */
    Event: {
      role: 'message',
      aliases: ['Stripe.Event', 'default.Event', 'Stripe.DiscriminatedEvent', 'default.DiscriminatedEvent', 'Stripe.EventBase', 'default.EventBase'],
      event: { kind: 'webhook', redelivers: true, identity: ['id'], ack: 'return' },
    },
    ApiList: {
      aliases: ['Stripe.ApiList', 'default.ApiList', 'Stripe.ApiListPromise', 'default.ApiListPromise', 'Stripe.ApiSearchResult', 'default.ApiSearchResult'],
      members: { autoPagingEach: { invokes: [{ fn: 'a0', args: [null], times: 'per-item', over: 'this', concurrency: 'sequential' }] }, autoPagingToArray: { returns: 'this' } },
    },
  },
} satisfies LibraryModel;
