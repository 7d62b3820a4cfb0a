import type { EffectShape, EntryShape, LibraryModel, Operation, Returns } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'queue', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

const destinations = ['urlGroup', 'topic', 'url'] as const;
/** To an address, or to a group of them. */
const sends: readonly Operation[] = destinations.flatMap((destination, index): Operation[] => {
  const to = index === destinations.length - 1 ? [] : [{ at: `a0.${destination}`, kind: 'present' as const }];
  const effect: EffectShape = { ...publish, resource: `a0.${destination}`, values: ['object', 'a0.body'] };
  return [
    { when: [...to, { at: 'a0.contentBasedDeduplication', equals: true }], effect: { ...effect, repeatable: true }, returns: 'result' },
    { ...(to.length === 0 ? {} : { when: to }), effect: { ...effect, idempotencyKey: 'a0.deduplicationId', batchCounterpart: 'batchJSON' }, returns: 'result' },
  ];
});
const batch: Operation = { effect: { ...publish, resource: 'a0[].url', values: ['object', 'a0[].body'], items: 'a0', idempotencyKey: 'a0[].deduplicationId' }, returns: 'result' };

const webhook: EntryShape = { kind: 'webhook', redelivers: true, identity: ['headers.upstash-message-id'], ack: 'return' };
const verified = (args: readonly (Returns | null)[] = []): Operation => ({ effect: { kind: 'verify', system: 'http' }, registers: [{ entry: webhook, fn: 'a0', args }], returns: 'a0' });

const step: Operation = { invokes: [{ fn: 'a1', region: { kind: 'step', value: 'a0' } }], returns: 'invoked' };
const serve: Operation = { registers: [{ entry: { kind: 'job', redelivers: true, identity: ['workflowRunId'], ack: 'return', durable: true }, fn: 'a0', args: [{ type: 'WorkflowContext' }] }] };

export default {
  name: 'qstash',
  packages: ['@upstash/qstash', '@upstash/qstash/*', '@upstash/workflow', '@upstash/workflow/*'],
  exports: {
    Client: 'Client',
    Receiver: 'Receiver',
    verifySignature: verified(),
    verifySignatureEdge: verified(),
    verifySignatureAppRouter: verified(),
    verifySignatureH3: verified(),
    verifySignatureNuxt: verified(),
    verifySignatureSvelte: verified(),
    verifySignatureSolidjs: verified(),
    serve,
    servePagesRouter: serve,
  },
  types: {
    Client: {
      role: 'client',
      construct: { returns: { type: 'Client', handle: 'new' } },
      members: {
        publish: sends,
        publishJSON: sends,
        batch,
        batchJSON: batch,
        queue: { returns: { type: 'Queue', resource: 'a0.queueName' } },
        schedules: 'Schedules',
        messages: 'Messages',
        // Of the workflow package.
        trigger: { effect: { kind: 'publish', system: 'jobs', resource: 'a0.url', values: ['object', 'a0.body'], delivery: 'at-least-once', durable: true, idempotencyKey: 'a0.workflowRunId' }, returns: 'result' },
      },
    },
    Queue: { members: { enqueue: sends, enqueueJSON: sends } },
    Schedules: {
      members: {
        create: { effect: { ...publish, resource: 'a0.destination', values: ['object', 'a0.body'], idempotencyKey: 'a0.scheduleId' }, returns: 'result' },
        delete: { effect: { kind: 'write', action: 'delete', system: 'queue', criteria: ['key', 'a0'], repeatable: true } },
      },
    },
    Messages: { members: { delete: { effect: { kind: 'write', action: 'delete', system: 'queue', criteria: ['key', 'a0'], repeatable: true } } } },
    Receiver: {
      construct: { returns: { type: 'Receiver' } },
      members: { verify: { effect: { kind: 'verify', system: 'http', values: ['object', 'a0.body'] }, returns: 'result' } },
    },
    WorkflowContext: {
      role: 'message',
      members: {
        run: step,
        call: { effect: { kind: 'call', action: 'request', system: 'http', resource: 'a1.url', method: 'a1.method', values: ['object', 'a1.body'], idempotencyKey: 'a0' }, returns: 'result' },
      },
    },
  },
  source: '@upstash/qstash@2.12.0, @upstash/workflow@1.3.3',
  verified: 'types',
} satisfies LibraryModel;
