import type { ArgCondition, EffectShape, EntryShape, LibraryModel, Operation, Registration } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'bus', delivery: 'at-least-once', durable: true } as const satisfies EffectShape;

/** An event's id tells repeats for a day; a step is done once in a run. */
const sends = (event: string, step: readonly string[]): readonly Operation[] => [
  {
    when: [{ at: event, kind: 'array' }],
    effect: { ...publish, resource: `${event}[].name`, values: ['object', `${event}[].data`], items: event, idempotencyKey: [`${event}[].id`, ...step] },
    returns: 'result',
  },
  { effect: { ...publish, resource: `${event}.name`, values: ['object', `${event}.data`], idempotencyKey: [`${event}.id`, ...step] }, returns: 'result' },
];

// What stands outside a step runs again at each step; a failed run is tried three times more.
const entry: EntryShape = { kind: 'job', redelivers: true, identity: ['event.id'], ack: 'return', durable: true };
const handler = (fn: string, more: Partial<EntryShape>): Registration[] => [{ entry: { ...entry, ...more }, fn, args: [{ type: 'Context' }] }];
const creates = (fn: string, trigger: string, when: readonly ArgCondition[]): readonly Operation[] => [
  { when: [...when, { at: `${trigger}.cron`, kind: 'string' }], registers: handler(fn, { kind: 'cron' }), returns: { type: 'InngestFunction' } },
  { ...(when.length === 0 ? {} : { when }), registers: handler(fn, { source: `${trigger}.event` }), returns: { type: 'InngestFunction' } },
];

const step: Operation = { invokes: [{ fn: 'a1', args: ['a2', 'a3', 'a4'], region: { kind: 'step', value: 'a0' } }], returns: 'invoked' };

export default {
  name: 'inngest',
  packages: ['inngest'],
  exports: { Inngest: 'Inngest', step: 'StepTools' },
  types: {
    Inngest: {
      role: 'client',
      construct: { returns: { type: 'Inngest', handle: 'new' } },
      members: {
        send: sends('a0', []),
        // Three: options, trigger, handler. Four: the triggers are among the options.
        createFunction: [...creates('a2', 'a1', [{ at: 'a2', kind: 'present' }]), ...creates('a1', 'a0.triggers', [{ at: 'a0.triggers', kind: 'object' }]), ...creates('a1', 'a0.triggers[]', [])],
      },
    },
    Context: { role: 'message', aliases: ['BaseContext'], members: { step: 'StepTools', group: 'GroupTools' } },
    StepTools: {
      aliases: ['GetStepTools'],
      members: {
        run: step,
        sendEvent: sends('a1', ['a0']),
        ai: { members: { wrap: step, infer: { effect: { kind: 'call', action: 'request', system: 'ai', idempotencyKey: 'a0' }, returns: 'result' } } },
        invoke: { effect: { kind: 'call', action: 'request', system: 'jobs', values: ['object', 'a1.data'], idempotencyKey: 'a0' }, returns: 'result' },
        sendSignal: { effect: { ...publish, resource: 'a1.signal', values: ['object', 'a1.data'], idempotencyKey: 'a0' }, returns: 'result' },
      },
    },
    GroupTools: { members: { parallel: { invokes: [{ fn: 'a0' }], returns: 'invoked' } } },
    InngestFunction: {},
  },
  source: 'inngest@4.24.0, inngest@3.54.2; deduplication from its documentation',
  verified: 'types',
} satisfies LibraryModel;
