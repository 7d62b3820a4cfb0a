import type { Invocation, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

/** `each(items, [limit,] iteratee, [callback])` and its kin: without `Limit` or `Series` all at once. */
const names = 'each forEach eachOf forEachOf map flatMap filter select reject some any every all detect find concat groupBy mapValues';
const item: Invocation = { fn: 'a1', args: ['a0[]', null], times: 'per-item', over: 'a0' };
const callback = (fn: string): Invocation => ({ fn, when: 'later' });

const collections = Object.fromEntries(
  names.split(' ').flatMap((name): [string, Operation][] => [
    [name, { invokes: [{ ...item, concurrency: 'unbounded' }, callback('a2')], returns: 'invoked' }],
    [`${name}Limit`, { invokes: [{ ...item, fn: 'a2', concurrency: 'a1' }, callback('a3')], returns: 'invoked' }],
    [`${name}Series`, { invokes: [{ ...item, concurrency: 'sequential' }, callback('a2')], returns: 'invoked' }],
  ]),
);
const task: Invocation = { fn: 'a0[]', times: 'per-item', over: 'a0' };
const once = (fn: string): Operation => ({ invokes: [{ fn }], returns: 'invoked' });
const queue: Operation = { invokes: [{ fn: 'a0', when: 'later', region: { kind: 'limit', value: 'a1' } }], returns: { type: 'Queue', handle: 'new' } };
const retry = (fn: string, value: string, pause = '#0'): Invocation => ({ fn, times: 'retried', region: { kind: 'retry', value, pause, reruns: true } });

const members: Record<string, Member> = {
  ...collections,
  sortBy: { invokes: [{ ...item, concurrency: 'unbounded' }, callback('a2')], returns: 'a0' },
  parallel: { invokes: [{ ...task, concurrency: 'unbounded' }, callback('a1')], returns: 'invoked' },
  parallelLimit: { invokes: [{ ...task, concurrency: 'a1' }, callback('a2')], returns: 'invoked' },
  series: { invokes: [{ ...task, concurrency: 'sequential' }, callback('a1')], returns: 'invoked' },
  waterfall: { invokes: [{ ...task, concurrency: 'sequential' }, callback('a1')] },
  times: { invokes: [{ fn: 'a1', times: 'per-item', over: 'a0', concurrency: 'unbounded' }, callback('a2')] },
  timesLimit: { invokes: [{ fn: 'a2', times: 'per-item', over: 'a0', concurrency: 'a1' }, callback('a3')] },
  timesSeries: { invokes: [{ fn: 'a1', times: 'per-item', over: 'a0', concurrency: 'sequential' }, callback('a2')] },
  reduce: { invokes: [{ fn: 'a2', args: [null, 'a0[]'], times: 'per-item', over: 'a0', concurrency: 'sequential' }, callback('a3')] },
  queue, priorityQueue: queue, cargo: queue, cargoQueue: queue,
  /** Five attempts, one after the other without a pause. */
  retry: [
    { when: [{ at: 'a0', kind: 'function' }], invokes: [retry('a0', '#5'), callback('a1')], returns: 'invoked' },
    { when: [{ at: 'a0', kind: 'object' }], invokes: [retry('a1', 'a0.times', 'a0.interval'), callback('a2')], returns: 'invoked' },
    { invokes: [retry('a1', 'a0'), callback('a2')], returns: 'invoked' },
  ],
  whilst: { invokes: [{ fn: 'a0' }, { fn: 'a1' }, callback('a2')] }, until: { invokes: [{ fn: 'a0' }, { fn: 'a1' }, callback('a2')] }, doWhilst: { invokes: [{ fn: 'a0' }, { fn: 'a1' }, callback('a2')] },
  forever: once('a0'), asyncify: { returns: 'a0' }, ensureAsync: { returns: 'a0' }, memoize: { returns: 'a0' }, reflect: { returns: 'a0' }, timeout: { returns: 'a0' },
  nextTick: { invokes: [{ fn: 'a0', when: 'later', region: { kind: 'background' } }] }, setImmediate: { invokes: [{ fn: 'a0', when: 'later', region: { kind: 'background' } }] },
};

export default {
  name: 'async-lib',
  packages: ['async', 'async-es'],
  source: 'async 3.2, @types/async',
  verified: 'types',
  exports: { ...members, default: 'Async' },
  types: {
    Async: { members },
    Queue: {
      aliases: ['QueueObject', 'AsyncQueue'],
      members: { push: { pure: true }, pushAsync: { pure: true }, unshift: { pure: true }, drain: { invokes: [{ fn: 'a0', when: 'later' }] }, error: { invokes: [{ fn: 'a0', when: 'later' }] }, kill: { pure: true }, pause: { pure: true }, resume: { pure: true }, length: { pure: true }, idle: { pure: true } },
    },
  },
} satisfies LibraryModel;
