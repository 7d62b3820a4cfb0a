import type { EffectShape, EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

// Not tried again unless a backoff is given; run twice when it outlives its lock.
const processing: EntryShape = { kind: 'job', redelivers: 'attempts', identity: ['attrs._id', 'attrs.unique'], ack: 'return', source: 'a0' };
const define = (fn: string): Operation => ({ registers: [{ entry: processing, fn, args: [{ type: 'Job' }] }] });
const itself: Operation = { returns: 'this' };

const decorated = (source: string, kind: 'job' | 'cron'): Operation => ({ decorates: { on: 'method', entry: { ...processing, kind, source }, args: [{ type: 'Job' }] } });

export default {
  name: 'agenda',
  packages: ['agenda'],
  exports: { default: 'Agenda', Agenda: 'Agenda', Define: decorated('a0.name', 'job'), Every: decorated('a1.name', 'cron') },
  types: {
    Agenda: {
      role: 'client',
      construct: { returns: { type: 'Agenda', handle: 'new' } },
      members: {
        define: [{ when: [{ at: 'a2', kind: 'function' }], ...define('a2') }, define('a1')],
        now: { effect: { ...publish, resource: 'a0', values: ['object', 'a1'] }, returns: { type: 'Job' } },
        schedule: { effect: { ...publish, resource: 'a1', values: ['object', 'a2'] }, returns: { type: 'Job' } },
        // One job for each name.
        every: { effect: { ...publish, resource: 'a1', values: ['object', 'a2'], action: 'upsert', repeatable: true }, returns: { type: 'Job' } },
        nowDebounced: { effect: { ...publish, resource: 'a0', values: ['object', 'a1'], idempotencyKey: 'a2' }, returns: { type: 'Job' } },
        create: { effect: { ...publish, resource: 'a0', values: ['object', 'a1'] }, returns: { type: 'NewJob' } },
        cancel: { effect: { kind: 'write', action: 'delete', system: 'jobs', criteria: ['mongo', 'a0'], repeatable: true } },
        jobs: { effect: { kind: 'read', action: 'find', system: 'jobs', criteria: ['mongo', 'a0'], cardinality: 'many' }, returns: 'result' },
        purge: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
        on: { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0' }, fn: 'a1' }], returns: 'this' },
      },
    },
    NewJob: {
      lazy: 'run',
      members: {
        unique: { effect: { idempotencyKey: 'a0' }, returns: 'this' },
        repeatEvery: itself,
        repeatAt: itself,
        schedule: itself,
        priority: itself,
        startDate: itself,
        endDate: itself,
        save: { run: true, returns: 'result' },
      },
    },
    Job: {
      role: 'message',
      members: {
        remove: { effect: { kind: 'write', action: 'delete', system: 'jobs', repeatable: true } },
        touch: { effect: { kind: 'write', action: 'update', system: 'jobs', weight: 'telemetry', repeatable: true } },
        save: { effect: { kind: 'write', action: 'save', system: 'jobs', repeatable: true } },
      },
    },
  },
  source: 'agenda@6.2.6, agenda@5.0.0',
  verified: 'types',
} satisfies LibraryModel;
