import type { EffectShape, EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

const one = (payload: string, options: string, more: EffectShape = {}): Operation => ({
  effect: { ...publish, values: ['object', payload], idempotencyKey: `${options}.idempotencyKey`, ...more },
  returns: 'result',
});
const many = (items: string, options: string, more: EffectShape = {}): Operation => ({
  effect: { ...publish, values: ['object', `${items}[].payload`], items, maxItems: 1000, idempotencyKey: [`${items}[].options.idempotencyKey`, `${options}.idempotencyKey`], ...more },
  returns: 'result',
});

// Three attempts unless told otherwise; the run's id is in the second argument.
const entry: EntryShape = { kind: 'job', redelivers: true, ack: 'return', source: 'a0.id' };
const defines = (more: Partial<EntryShape> = {}): readonly Operation[] => {
  const task = (redelivers: boolean): Operation => ({
    registers: [{ entry: { ...entry, redelivers, ...more }, fn: 'a0.run' }],
    returns: { type: 'Task', resource: 'a0.id' },
  });
  return [{ when: [{ at: 'a0.retry.maxAttempts', equals: 1 }], ...task(false) }, task(true)];
};

export default {
  name: 'trigger-dev',
  packages: ['@trigger.dev/sdk', '@trigger.dev/sdk/v3'],
  exports: {
    task: defines(),
    schemaTask: defines(),
    schedules: {
      members: {
        task: defines({ kind: 'cron', identity: ['timestamp', 'scheduleId'] }),
        create: { effect: { ...publish, resource: 'a0.task', idempotencyKey: 'a0.deduplicationKey' }, returns: 'result' },
      },
    },
    tasks: {
      members: {
        trigger: one('a1', 'a2', { resource: 'a0', batchCounterpart: 'batchTrigger' }),
        triggerAndWait: one('a1', 'a2', { resource: 'a0', batchCounterpart: 'batchTriggerAndWait' }),
        batchTrigger: many('a1', 'a2', { resource: 'a0' }),
        batchTriggerAndWait: many('a1', 'a2', { resource: 'a0' }),
      },
    },
    // A key made from another is as good as that one.
    idempotencyKeys: { members: { create: { pure: true, returns: 'a0' } } },
    retry: { members: { onThrow: { invokes: [{ fn: 'a0', region: { kind: 'retry', value: 'a1.maxAttempts', reruns: true } }], returns: 'invoked' } } },
    TriggerClient: 'TriggerClient',
  },
  types: {
    Task: {
      aliases: ['TaskWithSchema', 'AnyTask'],
      members: {
        trigger: one('a0', 'a1', { batchCounterpart: 'batchTrigger' }),
        triggerAndWait: one('a0', 'a1', { batchCounterpart: 'batchTriggerAndWait' }),
        batchTrigger: many('a0', 'a1'),
        batchTriggerAndWait: many('a0', 'a1'),
      },
    },
    IO: {
      members: {
        runTask: { invokes: [{ fn: 'a1', region: { kind: 'step', value: 'a0' } }], returns: 'invoked' },
        sendEvent: { effect: { ...publish, resource: 'a1.name', values: ['object', 'a1.payload'], idempotencyKey: 'a0' }, returns: 'result' },
        wait: { pure: true }, random: { pure: true }, try: { invokes: [{ fn: 'a0' }, { fn: 'a1', when: 'later' }], returns: 'invoked' },
      },
    },
    Job: {},
    // Of the second version.
    TriggerClient: {
      role: 'client',
      construct: { returns: { type: 'TriggerClient', handle: 'new' } },
      members: { sendEvent: { effect: { ...publish, resource: 'a0.name', values: ['object', 'a0.payload'], idempotencyKey: 'a0.id' }, returns: 'result' },
        defineJob: { registers: [{ entry: { kind: 'job', redelivers: true, ack: 'return', source: 'a0.id', durable: true }, fn: 'a0.run', args: [null, { type: 'IO' }, null] }], returns: { type: 'Job' } },
      },
    },
  },
  source: '@trigger.dev/sdk@4.8.3, @trigger.dev/sdk@2.3.19 for `sendEvent`; a thousand items from 4.3.1 on: its documentation (limits)',
  verified: 'types',
} satisfies LibraryModel;
