import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

const mail: EffectShape = { kind: 'send', system: 'mail', values: ['object', 'a0'], deadline: 180_000, retries: 0 };
/** Answers 200 although some failed: each result has its `ErrorCode`. */
const batch: EffectShape = { ...mail, items: 'a0', maxItems: 500, maxBytes: 50_000_000, partialFailure: '[].ErrorCode' };
const call = (method: string, names: string, repeatable = true): Record<string, Member> =>
  Object.fromEntries(names.split(' ').map((name) => [name, { effect: { kind: 'call', action: 'request', system: 'mail', method: `#${method}`, ...(method === 'GET' ? {} : { repeatable }) } }]));

export default {
  name: 'postmark',
  packages: ['postmark'],
  source: 'postmark 5.1; limits from postmarkapp.com (batch emails)',
  verified: 'types',
  exports: { ServerClient: 'ServerClient', Client: 'ServerClient', AccountClient: 'platform#Pure', Message: 'platform#Pure', TemplatedMessage: 'platform#Pure', Errors: 'platform#Pure', Models: 'platform#Pure' },
  types: {
    ServerClient: {
      aliases: ['default.ServerClient', 'Client'], role: 'client',
      construct: { returns: { type: 'ServerClient', handle: 'new' } },
      members: {
        sendEmail: { effect: { ...mail, resource: 'a0.To', batchCounterpart: 'sendEmailBatch' } }, sendEmailWithTemplate: { effect: { ...mail, resource: 'a0.To', batchCounterpart: 'sendEmailBatchWithTemplates' } },
        sendEmailBatch: { effect: batch }, sendEmailBatchWithTemplates: { effect: batch }, sendBulkEmail: { effect: { ...mail, items: 'a0.Messages' } },
        ...call('GET', 'getBulkEmailStatus getBounces getBounce getTemplates getTemplate getServer getOutboundMessages getOutboundMessageDetails getMessageStreams getSuppressions getWebhooks getDeliveryStatistics'),
        ...call('POST', 'createTemplate createWebhook createMessageStream', false), ...call('PUT', 'editTemplate editServer editWebhook activateBounce editMessageStream createSuppressions deleteSuppressions'), ...call('DELETE', 'deleteTemplate deleteWebhook'),
      },
    },
  },
} satisfies LibraryModel;
