import type { EffectShape, EntryShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** Ten retries in half an hour; a deadline only if the client was made with one, which is not followed: so no lack of one is claimed. */
const common: EffectShape = { system: 'chat', retries: 10 };
const send: Member = { effect: { ...common, kind: 'send', resource: 'a0.channel', values: ['object', 'a0'] } };
const upload: Member = { effect: { ...common, kind: 'send', resource: 'a0.channel_id', values: ['object', 'a0'] } };
const set: Member = { effect: { ...common, kind: 'call', action: 'request', method: '#POST', repeatable: true } };
const create: Member = { effect: { ...common, kind: 'call', action: 'request', method: '#POST' } };
const read: Member = { effect: { ...common, kind: 'read', action: 'find', method: '#GET' } };
const rows = (names: string, member: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, member]));
const pure: Operation = { pure: true };

/** Slack sends again what was not acknowledged within seconds. */
const listener = (source: string | null): Operation => {
  const entry: EntryShape = { kind: 'webhook', redelivers: true, ack: 'explicit', identity: ['body.event_id'], ...(source === null ? {} : { source }) };
  return { registers: [{ entry, fn: 'functions', args: [{ type: 'Args' }] }], returns: 'this' };
};

export default {
  name: 'slack',
  packages: ['@slack/web-api', '@slack/webhook', '@slack/bolt'],
  source: '@slack/web-api 8.2 (timeout 0, retries of tenRetriesInAboutThirtyMinutes), @slack/webhook, @slack/bolt 5.1',
  verified: 'types',
  exports: {
    WebClient: 'WebClient', IncomingWebhook: 'IncomingWebhook', App: 'App', LogLevel: 'platform#Pure', default: { members: { App: 'App' } },
    verifySlackRequest: { effect: { kind: 'verify' } }, isValidSlackRequest: { effect: { kind: 'verify' } }, ExpressReceiver: { pure: true }, AwsLambdaReceiver: { pure: true },
  },
  types: {
    WebClient: {
      role: 'client', construct: { returns: { type: 'WebClient', handle: 'new' } },
      members: {
        apiCall: { effect: { ...common, kind: 'call', action: 'request', resource: 'a0' } }, paginate: { effect: { ...common, kind: 'read', action: 'find', cardinality: 'many' } },
        chat: 'Chat', conversations: 'Conversations', users: 'Users', files: 'Files', filesUploadV2: upload, reactions: 'Reactions', pins: 'Reactions', views: 'Views', auth: 'Auth', oauth: 'Auth', team: 'Auth', bookmarks: 'Bookmarks', usergroups: 'Usergroups', reminders: 'Bookmarks',
      },
    },
    Chat: { members: { postMessage: send, postEphemeral: send, meMessage: send, scheduleMessage: send, update: set, delete: set, deleteScheduledMessage: set, unfurl: set, getPermalink: read } },
    Conversations: { members: { ...rows('list history info members replies', read), open: read, ...rows('join leave invite kick archive unarchive rename setTopic setPurpose close mark', set), create } },
    Users: { members: { ...rows('list info lookupByEmail getPresence conversations identity', read), profile: { members: { get: read, set } }, setPresence: set } },
    Files: { members: { upload: send, uploadV2: upload, list: read, info: read, delete: set, sharedPublicURL: set, revokePublicURL: set } },
    Reactions: { members: { add: set, remove: set, get: read, list: read } },
    Views: { members: { open: create, push: create, update: set, publish: set } },
    Auth: { members: { test: read, info: read, access: create, v2: { members: { access: create } }, revoke: set } },
    Bookmarks: { members: { add: create, list: read, edit: set, remove: set, complete: set, delete: set, info: read } },
    Usergroups: { members: { list: read, create, update: set, enable: set, disable: set, users: { members: { list: read, update: set } } } },
    IncomingWebhook: { role: 'client', construct: { returns: { type: 'IncomingWebhook', handle: 'new' } }, members: { send: { effect: { kind: 'send', system: 'chat', values: ['object', 'a0'], retries: 0 } } } },
    App: {
      construct: { returns: { type: 'App', handle: 'new' } },
      members: {
        event: listener('a0'), message: listener(null), command: listener('a0'), action: listener('a0'), shortcut: listener('a0'), view: listener('a0'), options: listener('a0'),
        use: { registers: [{ entry: { kind: 'middleware' }, fn: 'functions', args: [{ type: 'Args' }] }], returns: 'this' }, error: { invokes: [{ fn: 'a0', when: 'later' }] }, start: pure, stop: pure, client: 'WebClient',
      },
    },
    Args: {
      aliases: ['AllMiddlewareArgs', 'SlackEventMiddlewareArgs', 'SlackCommandMiddlewareArgs', 'SlackActionMiddlewareArgs', 'SlackViewMiddlewareArgs', 'SlackShortcutMiddlewareArgs'],
      role: 'message',
      members: { ack: { effect: { kind: 'ack' } }, say: send, respond: { effect: { ...common, kind: 'send', values: ['object', 'a0'] } }, client: 'WebClient', logger: 'platform#Pure', next: pure },
    },
  },
} satisfies LibraryModel;
