import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

// A workflow that was interrupted is begun again, and passes over the steps that were done.
const workflow: EntryShape = { kind: 'job', redelivers: true, ack: 'return', durable: true };
const step: Operation = { decorates: { on: 'method', region: { kind: 'step' } } };
const pure: Operation = { pure: true };

export default {
  name: 'dbos',
  packages: ['@dbos-inc/dbos-sdk'],
  exports: { DBOS: 'DBOS', ConfiguredInstance: 'ConfiguredInstance' },
  types: {
    DBOS: {
      statics: {
        workflow: { decorates: { on: 'method', entry: workflow } },
        registerWorkflow: { registers: [{ entry: workflow, fn: 'a0' }] },
        step,
        runStep: { invokes: [{ fn: 'a0', region: { kind: 'step', value: 'a1.name' } }], returns: 'invoked' },
        registerStep: pure,
        // Kept like the result of a step.
        now: pure, randomUUID: pure, sleep: pure, sleepms: pure, sleepSeconds: pure,
        send: { effect: { kind: 'publish', system: 'jobs', resource: 'a0', values: ['object', 'a1'], idempotencyKey: 'a3', keyConditional: true, repeatable: true, durable: true, delivery: 'at-least-once' } },
        setEvent: pure, getEvent: pure, recv: pure,
      },
    },
    ConfiguredInstance: {},
  },
  source: '@dbos-inc/dbos-sdk@5.3.0',
  verified: 'types',
} satisfies LibraryModel;
