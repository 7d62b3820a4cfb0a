import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Does not throw: a failure is `error` in the result. */
const mail: EffectShape = { kind: 'send', system: 'mail', values: ['object', 'a0'], deadline: null, retries: 0, idempotencyKey: 'a1.idempotencyKey' };
const list: EffectShape = { ...mail, items: 'a0', maxItems: 100 };
/** All or none, unless it is told to send what it can. */
const batch: readonly Operation[] = [{ when: [{ at: 'a1.batchValidation', equals: 'permissive' }], effect: { ...list, partialFailure: 'data.errors' } }, { effect: { ...list, partialFailure: 'error' } }];
const call = (method: string, repeatable = false): Operation => ({ effect: { kind: 'call', action: 'request', system: 'mail', method, deadline: null, retries: 0, ...(repeatable ? { repeatable } : {}) } });
const crud = { create: call('#POST'), get: call('#GET'), list: call('#GET'), update: call('#PATCH', true), remove: call('#DELETE', true) };

export default {
  name: 'resend',
  packages: ['resend'],
  source: 'resend 6.38; batch limit and key from resend.com/docs (batch-sending, idempotency-keys)',
  verified: 'types',
  exports: { Resend: 'Resend' },
  types: {
    Resend: {
      role: 'client',
      construct: { returns: { type: 'Resend', handle: 'new' } },
      members: {
        emails: 'Emails', batch: 'Batch', broadcasts: 'Broadcasts',
        contacts: 'Contacts', audiences: 'Collection', domains: 'Collection', apiKeys: 'Collection', segments: 'Collection', topics: 'Collection', templates: 'Collection',
        webhooks: 'Webhooks',
      },
    },
    Emails: {
      members: {
        send: { effect: { ...mail, resource: 'a0.to', batchCounterpart: 'batch.send' } }, create: { effect: { ...mail, resource: 'a0.to', batchCounterpart: 'batch.send' } },
        get: call('#GET'), list: call('#GET'), update: call('#PATCH', true), cancel: call('#POST', true),
      },
    },
    Batch: { members: { send: batch, create: batch } },
    Broadcasts: { members: { ...crud, send: { effect: { kind: 'send', system: 'mail', deadline: null, retries: 0 } } } },
    Contacts: { members: { ...crud, segments: 'Collection', topics: 'Collection' } },
    Collection: { members: { ...crud, add: call('#POST', true), verify: call('#POST', true), publish: call('#POST', true), duplicate: call('#POST') } },
    Webhooks: { members: { ...crud, verify: { effect: { kind: 'verify' }, returns: { type: 'Event' } } } },
    Event: { role: 'message', aliases: ['WebhookEventPayload', 'WebhookEvent'] },
  },
} satisfies LibraryModel;
