import type { LibraryModel, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };

export default {
  name: 'cloudflare-workflows',
  packages: ['cloudflare:workers', 'cloudflare:workflows'],
  exports: { WorkflowEntrypoint: 'WorkflowEntrypoint', NonRetryableError: 'platform#Pure' },
  types: {
    // After a sleep, an eviction or a failed step, `run` begins again, and passes over the steps that were done.
    WorkflowEntrypoint: { overrides: { run: { entry: { kind: 'job', redelivers: true, identity: ['instanceId'], ack: 'return', durable: true }, args: [{ type: 'WorkflowEvent' }, { type: 'WorkflowStep' }] } } },
    WorkflowEvent: { role: 'message' },
    WorkflowStep: { members: { do: { invokes: [{ fn: 'last', region: { kind: 'step', value: 'a0' } }], returns: 'invoked' }, sleep: pure, sleepUntil: pure, waitForEvent: pure } },
  },
  source: 'https://developers.cloudflare.com/workflows/build/workers-api/',
  verified: 'docs',
} satisfies LibraryModel;
