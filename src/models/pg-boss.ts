import type { ArgCondition, EffectShape, EntryShape, LibraryModel, Operation, Registration } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

const request: ArgCondition = { at: 'a0', kind: 'object' };

// `db` in the options enqueues through the connection of a transaction. A queue's policy may refuse a second job: the answer is null.
const send = (values: string, options: string, more: EffectShape = {}): Operation => ({
  effect: { ...publish, resource: 'a0', values: ['object', values], handle: `${options}.db`, idempotencyKey: [`${options}.id`, `${options}.singletonKey`], attempts: `${options}.retryLimit`, ...more },
  returns: 'result',
});
const sends = (more: EffectShape = {}): readonly Operation[] => [
  { when: [request], ...send('a0.data', 'a0.options', { ...more, resource: 'a0.name' }) },
  send('a1', 'a2', more),
];

const insert = (jobs: string, resource: string, options: string): Operation => ({
  effect: { ...publish, resource, values: ['object', `${jobs}[].data`], items: jobs, handle: `${options}.db`, idempotencyKey: [`${jobs}[].id`, `${jobs}[].singletonKey`] },
  returns: 'result',
});

// Two retries unless told otherwise, since ten; the handler takes a list.
const processing: EntryShape = { kind: 'job', redelivers: true, identity: ['id', 'singletonKey'], batch: 'a0', sized: true, ack: 'return', source: 'a0' };
const worker = (fn: string): Registration[] => [{ entry: processing, fn, args: [{ type: 'Job', many: true }] }];
/** No retries unless told so; one job at a time. */
const untilTen = (fn: string): Operation => ({ before: 10, registers: [{ entry: { kind: 'job', redelivers: 'attempts', identity: ['id', 'singletonkey'], ack: 'return', source: 'a0' }, fn, args: [{ type: 'Job' }] }] });

const settle = (kind: 'ack' | 'nack', options: string): Operation => ({ effect: { kind, system: 'jobs', resource: 'a0', handle: options } });
const change = (action: 'update' | 'delete'): Operation => ({ effect: { kind: 'write', action, system: 'jobs', resource: 'a0', criteria: ['key', 'a1'], repeatable: true, handle: 'a2.db' }, returns: 'result' });

/** The database that the adapter wraps: the transaction through which jobs are written. */
const adapter: Operation = { returns: 'a0' };

export default {
  name: 'pg-boss',
  packages: ['pg-boss'],
  exports: { default: 'PgBoss', PgBoss: 'PgBoss', fromKnex: adapter, fromKysely: adapter, fromDrizzle: adapter, fromPrisma: adapter, fromPglite: adapter },
  types: {
    PgBoss: {
      role: 'client',
      construct: { returns: { type: 'PgBoss', handle: 'new' } },
      members: {
        send: sends({ batchCounterpart: 'insert' }),
        sendAfter: send('a1', 'a2'),
        sendThrottled: send('a1', 'a2', { idempotencyKey: ['a2.id', 'a2.singletonKey', 'a4'] }),
        sendDebounced: send('a1', 'a2', { idempotencyKey: ['a2.id', 'a2.singletonKey', 'a4'] }),
        upsert: sends({ action: 'upsert' }),
        publish: send('a1', 'a2'),
        // Ten took a list, twelve a name and a list.
        insert: [{ when: [{ at: 'a0', kind: 'array' }], ...insert('a0', 'a0[].name', 'a1') }, insert('a1', 'a0', 'a2')],
        flow: { effect: { ...publish, resource: 'a0[].name', values: ['object', 'a0[].data'], items: 'a0', handle: 'a1.db', idempotencyKey: ['a0[].options.id', 'a0[].options.singletonKey'] }, returns: 'result' },
        schedule: { effect: { ...publish, resource: 'a0', values: ['object', 'a2'], action: 'upsert', repeatable: true, handle: 'a3.db' } },
        unschedule: { effect: { kind: 'write', action: 'delete', system: 'jobs', resource: 'a0', repeatable: true, handle: 'a2.db' } },
        work: [{ when: [{ at: 'a2', kind: 'present' }], ...untilTen('a2') }, untilTen('a1'), { when: [{ at: 'a2', kind: 'present' }], registers: worker('a2') }, { registers: worker('a1') }],
        fetch: { effect: { kind: 'read', action: 'find', system: 'jobs', resource: 'a0', cardinality: 'many', limit: 'a1.batchSize' }, returns: { type: 'Job', many: true } },
        complete: settle('ack', 'a3.db'),
        fail: settle('nack', 'a3.db'),
        cancel: change('update'),
        resume: change('update'),
        retry: change('update'),
        deleteJob: change('delete'),
        getJobById: { effect: { kind: 'read', action: 'find', system: 'jobs', resource: 'a0', criteria: ['key', 'a1'], cardinality: 'one' }, returns: { type: 'Job' } },
        createQueue: { effect: { kind: 'call', action: 'request', system: 'jobs', resource: 'a0', repeatable: true } },
        deleteQueue: { effect: { kind: 'write', action: 'delete', system: 'jobs', resource: 'a0', repeatable: true } },
      },
    },
    Job: { role: 'message', aliases: ['PgBoss.Job', 'JobWithMetadata', 'PgBoss.JobWithMetadata'] },
    WorkHandler: { aliases: ['PgBoss.WorkHandler', 'WorkWithMetadataHandler', 'PgBoss.WorkWithMetadataHandler'], handler: { kind: 'job', redelivers: true, identity: ['id', 'singletonKey'], batch: 'a0', sized: true, ack: 'return' } },
  },
  source: 'pg-boss@12.38.0, pg-boss@10.4.2',
  verified: 'types',
} satisfies LibraryModel;
