import type { EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

// An invocation that failed or was moved is begun again, and what was kept in its journal is not done again.
const entry: EntryShape = { kind: 'job', redelivers: true, ack: 'return', durable: true };
const service: Operation = { registers: [{ entry, fn: 'a0.handlers[]', args: [{ type: 'Context' }, null] }], returns: { type: 'Definition' } };
const handler: readonly Operation[] = [{ when: [{ at: 'a0', kind: 'function' }], returns: 'a0' }, { returns: 'a1' }];
const step = { region: { kind: 'step' }, } as const;
const pure: Operation = { pure: true };

export default {
  name: 'restate',
  packages: ['@restatedev/restate-sdk'],
  exports: {
    service, object: service, workflow: service,
    handlers: { members: { handler, object: { members: { exclusive: handler, shared: handler } }, workflow: { members: { workflow: handler, shared: handler } } } },
  },
  types: {
    Context: {
      aliases: ['ObjectContext', 'ObjectSharedContext', 'WorkflowContext', 'WorkflowSharedContext'],
      members: {
        run: [
          { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', ...step }], returns: 'invoked' },
          { invokes: [{ fn: 'a1', ...step }], returns: 'invoked' },
        ],
        rand: { members: { random: pure, uuidv4: pure } },
        date: { members: { now: pure, toJSON: pure } },
        sleep: pure, get: pure, set: pure, clear: pure, awakeable: pure,
      },
    },
    Definition: {},
  },
  source: '@restatedev/restate-sdk@1.17.2',
  verified: 'types',
} satisfies LibraryModel;
