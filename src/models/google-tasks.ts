import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const path: Operation = { pure: true };

export default {
  name: 'google-tasks',
  packages: ['@google-cloud/tasks'],
  exports: { CloudTasksClient: 'CloudTasksClient', v2: { members: { CloudTasksClient: 'CloudTasksClient' } } },
  types: {
    CloudTasksClient: {
      role: 'client',
      construct: { returns: { type: 'CloudTasksClient', handle: 'new' } },
      members: {
        // A named task is created once; the client does not retry.
        createTask: {
          effect: {
            kind: 'publish', system: 'queue', resource: 'a0.parent', values: ['object', 'a0.task.httpRequest.body'], idempotencyKey: 'a0.task.name',
            delivery: 'at-least-once', durable: true, deadline: 20_000, deadlineOption: 'a1.timeout', retries: 0,
          },
          returns: 'result',
        },
        deleteTask: { effect: { kind: 'write', action: 'delete', system: 'queue', criteria: ['key', 'a0.name'], repeatable: true }, returns: 'result' },
        getTask: { effect: { kind: 'read', action: 'find', system: 'queue', criteria: ['key', 'a0.name'], cardinality: 'one' }, returns: 'result' },
        listTasks: { effect: { kind: 'read', action: 'find', system: 'queue', resource: 'a0.parent', cardinality: 'many' }, returns: 'result' },
        queuePath: path,
        taskPath: path,
        locationPath: path,
      },
    },
  },
  source: '@google-cloud/tasks@6.3.0',
  verified: 'types',
} satisfies LibraryModel;
