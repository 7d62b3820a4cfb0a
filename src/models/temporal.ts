import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'jobs', resource: 'a0', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

// A workflow is one by its id.
const start: Operation = { effect: { ...publish, values: ['object', 'a1.args'], idempotencyKey: 'a1.workflowId' }, returns: { type: 'WorkflowHandle' } };
const execute: Operation = { effect: { kind: 'call', action: 'request', system: 'jobs', resource: 'a0', values: ['object', 'a1.args'], idempotencyKey: 'a1.workflowId' }, returns: 'result' };
// Activities are tried without end by default; what a workflow calls them through says which they are.
const activities = (fn: string): Operation => ({ registers: [{ entry: { kind: 'job', redelivers: true, ack: 'return' }, fn }] });
const proxied: readonly Operation[] = [{ when: [{ at: 'a0.retry.maximumAttempts', equals: 1 }], pure: true }, activities('type0.*')];
const request: Operation = { effect: { kind: 'call', action: 'request', system: 'jobs', resource: 'a0' }, returns: 'result' };

export default {
  name: 'temporal',
  packages: ['@temporalio/client', '@temporalio/worker', '@temporalio/workflow'],
  exports: { Client: 'Client', WorkflowClient: 'WorkflowClient', Worker: 'Worker', ...Object.fromEntries('sleep condition uuid4 workflowInfo'.split(' ').map((name) => [name, { pure: true }])), proxyActivities: proxied, proxyLocalActivities: proxied },
  types: {
    Client: { role: 'client', construct: { returns: { type: 'Client', handle: 'new' } }, members: { workflow: 'WorkflowClient', schedule: 'ScheduleClient' } },
    WorkflowClient: {
      role: 'client',
      construct: { returns: { type: 'WorkflowClient', handle: 'new' } },
      members: {
        start,
        execute,
        signalWithStart: { ...start, effect: { ...publish, values: ['object', 'a1.signalArgs'], idempotencyKey: 'a1.workflowId' } },
        result: { effect: { kind: 'read', action: 'find', system: 'jobs', criteria: ['key', 'a0'], cardinality: 'one' }, returns: 'result' },
        getHandle: { returns: { type: 'WorkflowHandle', resource: 'a0' } },
      },
    },
    WorkflowHandle: {
      members: {
        signal: { effect: { ...publish, values: ['object', 'a1'] }, returns: 'result' },
        executeUpdate: { effect: { kind: 'call', action: 'request', system: 'jobs', resource: 'a0', values: ['object', 'a1.args'], idempotencyKey: 'a1.updateId' }, returns: 'result' },
        query: { effect: { kind: 'read', action: 'find', system: 'jobs', cardinality: 'one' }, returns: 'result' },
        describe: { effect: { kind: 'read', action: 'find', system: 'jobs', cardinality: 'one' }, returns: 'result' },
        result: { effect: { kind: 'read', action: 'find', system: 'jobs', cardinality: 'one' }, returns: 'result' },
        cancel: { effect: { kind: 'call', action: 'request', system: 'jobs', repeatable: true } },
        terminate: { effect: { kind: 'call', action: 'request', system: 'jobs', repeatable: true } },
      },
    },
    ScheduleClient: { members: { create: { ...request, effect: { ...publish, resource: 'a0.action.workflowType', idempotencyKey: 'a0.scheduleId' } } } },
    Worker: { statics: { create: { ...activities('a0.activities.*'), returns: { type: 'Worker' } } } },
  },
  // The sandbox replaces `Date` and `Math.random`.
  conventions: [{ files: '**/*.{ts,mts,js,mjs}', imports: ['proxyActivities', 'proxyLocalActivities'], exports: ['*'], entry: { kind: 'job', redelivers: false, durable: 'sandboxed' } }],
  source: '@temporalio/client@1.24.0, @temporalio/worker@1.24.0, @temporalio/workflow@1.24.0',
  verified: 'types',
} satisfies LibraryModel;
