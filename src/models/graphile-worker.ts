import type { EffectShape, EntryShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'jobs', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

const add = (first: number, more: EffectShape = {}): Operation => ({
  effect: {
    ...publish, resource: `a${first}`, values: ['object', `a${first + 1}`], idempotencyKey: `a${first + 2}.jobKey`, orderingKey: `a${first + 2}.queueName`, ...more,
  },
  returns: 'result',
});
const addJob = add(0, { batchCounterpart: 'addJobs' });
const addJobs: Operation = {
  effect: { ...publish, resource: 'a0[].identifier', values: ['object', 'a0[].payload'], items: 'a0', idempotencyKey: 'a0[].jobKey', orderingKey: 'a0[].queueName' },
  returns: 'result',
};

// Twenty-five attempts unless told otherwise.
const task: EntryShape = { kind: 'job', redelivers: true, ack: 'return' };
const run = (tasks: string, returns?: string): Operation => ({
  registers: [{ entry: task, fn: `${tasks}[]`, args: [null, { type: 'JobHelpers' }] }],
  ...(returns === undefined ? {} : { returns: { type: returns } }),
});

export default {
  name: 'graphile-worker',
  packages: ['graphile-worker'],
  exports: {
    run: run('a0.taskList', 'Runner'),
    runOnce: run('a0.taskList'),
    runTaskList: run('a1'),
    runTaskListOnce: run('a1'),
    makeWorkerUtils: { returns: { type: 'WorkerUtils', handle: 'new' } },
    quickAddJob: add(1),
    addJobAdhoc: add(1),
  },
  types: {
    Helpers: {
      members: {
        addJob,
        addJobs,
        withPgClient: { invokes: [{ fn: 'a0', args: [{ type: 'pg#PoolClient', handle: 'new' }] }], returns: 'invoked' },
      },
    },
    JobHelpers: { extends: ['Helpers'], members: { job: 'Job', query: { effect: { system: 'sql', sql: 'a0', params: 'a1', rows: 'rows', affected: 'rowCount' }, returns: 'result' } } },
    WorkerUtils: { role: 'client', extends: ['Helpers'] },
    Runner: { members: { addJob } },
    Job: { role: 'message' },
    Task: { handler: task },
  },
  source: 'graphile-worker@0.17.3',
  verified: 'types',
} satisfies LibraryModel;
