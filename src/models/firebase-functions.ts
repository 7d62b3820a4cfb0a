import type { EntryShape, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

// Events are delivered at least once; a failed function is called again only where retries are on.
const cloud = { redelivers: true, ack: 'return', suspends: true } as const;

/** The second version: the event has an id; a first argument names what is listened to. */
const on = (entry: EntryShape): Operation => ({ registers: [{ entry: { identity: ['id'], ...cloud, ...entry, source: 'a0' }, fn: 'last' }] });
/** The first version: the id is in the second argument. */
const legacy = (entry: EntryShape): Operation => ({ registers: [{ entry: { ...cloud, ...entry }, fn: 'a0' }] });
const request: Operation = { registers: [{ entry: { kind: 'http', redelivers: false, suspends: true }, fn: 'last' }] };
const callable: Operation = { registers: [{ entry: { kind: 'rpc', redelivers: false, suspends: true }, fn: 'last' }] };
const builder = (type: string): Operation => ({ returns: { type, resource: 'a0' } });

const changes = on({ kind: 'cdc' });
const documents = Object.fromEntries(
  ['Written', 'Created', 'Updated', 'Deleted'].flatMap((verb) => [[`onDocument${verb}`, changes], [`onDocument${verb}WithAuthContext`, changes], [`onValue${verb}`, changes]]),
);
const objects = Object.fromEntries(['Archived', 'Deleted', 'Finalized', 'MetadataUpdated'].map((verb) => [`onObject${verb}`, on({ kind: 'event' })]));

const second: Record<string, Member> = {
  onRequest: request,
  onCall: callable,
  onMessagePublished: on({ kind: 'queue' }),
  onTaskDispatched: { registers: [{ entry: { kind: 'job', ...cloud, identity: ['id'] }, fn: 'last' }] },
  onCustomEventPublished: on({ kind: 'event' }),
  onSchedule: [
    { when: [{ at: 'a0.retryCount', kind: 'present' }], registers: [{ entry: { kind: 'cron', ...cloud, identity: ['scheduleTime'] }, fn: 'last' }] },
    { registers: [{ entry: { kind: 'cron', redelivers: false, suspends: true, identity: ['scheduleTime'], ack: 'return' }, fn: 'last' }] },
  ],
  onUserCreated: { registers: [{ entry: { kind: 'event', ...cloud, identity: ['id'] }, fn: 'last' }] },
  onUserDeleted: { registers: [{ entry: { kind: 'event', ...cloud, identity: ['id'] }, fn: 'last' }] },
  ...documents,
  ...objects,
};

// Namespaces of both versions at once: their members do not collide.
const namespaces: Record<string, Member> = {
  https: { members: { onRequest: request, onCall: callable } },
  pubsub: { members: { topic: builder('TopicBuilder'), schedule: builder('ScheduleBuilder'), onMessagePublished: second.onMessagePublished! } },
  firestore: { members: { document: builder('DocumentBuilder'), ...documents } },
  database: { members: { ref: builder('DocumentBuilder'), ...documents } },
  auth: { members: { user: builder('UserBuilder') } },
  identity: { members: { onUserCreated: second.onUserCreated!, onUserDeleted: second.onUserDeleted! } },
  storage: { members: { object: builder('ObjectBuilder'), bucket: builder('BucketBuilder'), ...objects } },
  tasks: { members: { taskQueue: builder('TaskQueueBuilder'), onTaskDispatched: second.onTaskDispatched! } },
  scheduler: { members: { onSchedule: second.onSchedule! } },
  eventarc: { members: { onCustomEventPublished: second.onCustomEventPublished! } },
};

const change = legacy({ kind: 'cdc' });
const types: Record<string, TypeShape> = {
  FunctionBuilder: { members: { ...namespaces, region: builder('FunctionBuilder'), runWith: builder('FunctionBuilder') } },
  TopicBuilder: { members: { onPublish: legacy({ kind: 'queue' }) } },
  ScheduleBuilder: {
    members: { timeZone: { returns: 'this' }, retryConfig: { returns: 'this' }, onRun: { registers: [{ entry: { kind: 'cron', redelivers: false, suspends: true, identity: ['eventId'], ack: 'return' }, fn: 'a0' }] } },
  },
  DocumentBuilder: { members: { onWrite: change, onCreate: change, onUpdate: change, onDelete: change } },
  UserBuilder: { members: { onCreate: legacy({ kind: 'event', identity: ['uid'] }), onDelete: legacy({ kind: 'event', identity: ['uid'] }) } },
  BucketBuilder: { members: { object: builder('ObjectBuilder') } },
  ObjectBuilder: { members: Object.fromEntries(['onArchive', 'onDelete', 'onFinalize', 'onMetadataUpdate'].map((name) => [name, legacy({ kind: 'event', identity: ['generation'] })])) },
  TaskQueueBuilder: { members: { onDispatch: legacy({ kind: 'job' }) } },
};

export default {
  name: 'firebase-functions',
  packages: ['firebase-functions', 'firebase-functions/*'],
  exports: { ...second, ...namespaces, region: builder('FunctionBuilder'), runWith: builder('FunctionBuilder') },
  types,
  source: 'firebase-functions@7.4.0; delivery from the guide',
  verified: 'types',
} satisfies LibraryModel;
