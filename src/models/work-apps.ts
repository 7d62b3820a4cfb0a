import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const api = (common: EffectShape) => ({
  read: { effect: { kind: 'read', action: 'find', system: 'http', method: '#GET', ...common } } satisfies Operation,
  make: { effect: { kind: 'call', action: 'request', system: 'http', method: '#POST', ...common } } satisfies Operation,
  set: { effect: { kind: 'call', action: 'request', system: 'http', method: '#POST', repeatable: true, ...common } } satisfies Operation,
});
const made = (type: string): Operation => ({ returns: { type, handle: 'new' } });

const notion = api({ deadline: 60_000, deadlineOption: 'client.a0.timeoutMs' });
const linear = api({});
const intercom = api({ deadline: 20_000, deadlineOption: ['a1.timeoutInSeconds', 'client.a0.timeoutInSeconds'], retries: 2, retryOption: ['a1.maxRetries', 'client.a0.maxRetries'] });
const hubspot = api({ retryOption: 'client.a0.numberOfApiCallRetries' });

/** Notion, Linear, Intercom and HubSpot. */
export default {
  name: 'work-apps',
  packages: ['@notionhq/client', '@linear/sdk', 'intercom-client', '@hubspot/api-client'],
  exports: { Client: 'Client', LinearClient: 'Linear', IntercomClient: 'Intercom' },
  types: {
    /** Notion's and HubSpot's have one name. */
    Client: {
      role: 'client', construct: made('Client'),
      members: {
        pages: { members: { create: notion.make, retrieve: notion.read, update: notion.set } }, databases: { members: { create: notion.make, retrieve: notion.read, query: notion.read, update: notion.set } },
        dataSources: { members: { query: notion.read, retrieve: notion.read, create: notion.make, update: notion.set } },
        blocks: { members: { retrieve: notion.read, update: notion.set, delete: notion.set, children: { members: { append: notion.make, list: notion.read } } } },
        comments: { members: { create: notion.make, list: notion.read } }, users: { members: { list: notion.read, retrieve: notion.read, me: notion.read } }, search: notion.read,
        crm: 'HubspotCrm',
      },
    },
    HubspotCrm: { members: rows('contacts companies deals tickets products lineItems quotes objects', 'HubspotObjects') },
    HubspotObjects: { resource: 'member', members: { basicApi: 'HubspotBasic', batchApi: 'HubspotBatch', searchApi: { members: { doSearch: hubspot.read } } } },
    HubspotBasic: { members: { create: hubspot.make, update: hubspot.set, archive: hubspot.set, getById: hubspot.read, getPage: hubspot.read } },
    HubspotBatch: { members: { create: { effect: { kind: 'call', action: 'request', system: 'http', method: '#POST', items: 'a0.inputs', maxItems: 100, partialFailure: 'errors' } }, update: { effect: { kind: 'call', action: 'request', system: 'http', method: '#POST', repeatable: true, items: 'a0.inputs', maxItems: 100, partialFailure: 'errors' } }, upsert: hubspot.set, archive: hubspot.set, read: hubspot.read } },
    Linear: {
      role: 'client', construct: made('Linear'),
      members: {
        ...rows('createIssue createComment createProject createAttachment createWebhook createIssueLabel createReaction createIssueRelation', linear.make),
        ...rows('updateIssue updateComment updateProject archiveIssue deleteIssue deleteComment updateAttachment deleteWebhook attachmentLinkURL attachmentLinkSlack', linear.set),
        ...rows('issue issues project projects team teams user users comment comments workflowState workflowStates issueLabels searchIssues issueSearch attachment attachments attachmentsForURL', linear.read),
      },
    },
    Intercom: { role: 'client', construct: made('Intercom'), members: { contacts: 'IntercomObjects', conversations: 'IntercomObjects', companies: 'IntercomObjects', messages: 'IntercomObjects', tickets: 'IntercomObjects', events: 'IntercomObjects', tags: 'IntercomObjects', notes: 'IntercomObjects' } },
    IntercomObjects: { resource: 'member', members: { ...rows('create reply', intercom.make), ...rows('update delete archive', intercom.set), ...rows('find list search', intercom.read) } },
  },
  source: '@notionhq/client 5.26, @linear/sdk 98, intercom-client 7.0, @hubspot/api-client 14; a hundred inputs: developers.hubspot.com (batch endpoints)',
  verified: 'types',
} satisfies LibraryModel;
