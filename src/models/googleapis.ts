import type { EffectShape, LibraryModel, Member } from '../vocabulary/model.ts';

/** No deadline by default. Attempts are set by `google.options(…)`, or with what a service is made of, mostly out of view: none are claimed. */
const common: EffectShape = { system: 'http', deadline: null, deadlineOption: ['a1.timeout', 'a1.signal'] };
const call = (method: string, facets: EffectShape = {}): Member => ({ effect: { ...common, kind: 'call', action: 'request', method: `#${method}`, ...facets } });
const read: Member = { effect: { ...common, kind: 'read', action: 'find', method: '#GET' } };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));

const api: Member = { returns: { type: 'Service', handle: 'new' } };
const apis = rows('calendar gmail drive sheets docs people admin tasks youtube searchconsole webmasters analytics analyticsdata androidpublisher cloudidentity pubsub storage oauth2 iam cloudresourcemanager chat forms slides', api);

export default {
  name: 'googleapis',
  packages: ['googleapis', '@googleapis/calendar', '@googleapis/gmail', '@googleapis/drive'],
  exports: { google: 'Google', ...apis },
  types: {
    Google: { members: { ...apis, auth: 'platform#Pure', options: { pure: true } } },
    Service: { role: 'client', aliases: ['calendar_v3.Calendar', 'gmail_v1.Gmail', 'drive_v3.Drive', 'sheets_v4.Sheets', 'docs_v1.Docs', 'people_v1.People', 'admin_directory_v1.Admin'], members: { '*': 'Resource' } },
    /** `calendar.events`, `gmail.users.messages`, `sheets.spreadsheets.values`. */
    Resource: {
      resource: 'member',
      members: {
        ...rows('list get getProfile batchGet watch export search', read),
        insert: call('POST', { idempotencyKey: 'a0.requestBody.id' }), create: call('POST', { idempotencyKey: ['a0.requestBody.id', 'a0.requestBody.requestId'] }), copy: call('POST'), append: call('POST'), import: call('POST'),
        send: { effect: { ...common, kind: 'send', system: 'mail', values: ['object', 'a0.requestBody'] } },
        ...rows('update patch modify batchUpdate stop trash untrash move clear', call('POST', { repeatable: true })), delete: call('DELETE'),
        '*': 'Resource',
      },
    },
  },
  source: '@googleapis/calendar, gmail and drive; retries of gaxios from googleapis-common; other services of googleapis are made alike',
  verified: 'types',
} satisfies LibraryModel;
