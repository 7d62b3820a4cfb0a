import type { Invocation, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const pure: Operation = { pure: true };
const pures = (names: string): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, pure]));
const item: Invocation = { fn: 'a1', args: ['a0[]', null], times: 'per-item', over: 'a0', concurrency: 'sequential' };

/** `map` and `reduce` await one after the other; `parallel(limit, items, fn)` is the bounded one. */
export default {
  name: 'radash',
  packages: ['radash'],
  source: 'radash 12.1',
  verified: 'types',
  exports: {
    map: { invokes: [item], returns: 'invoked' },
    reduce: { invokes: [{ ...item, args: [null, 'a0[]', null] }] },
    parallel: { invokes: [{ fn: 'a2', args: ['a1[]'], times: 'per-item', over: 'a1', concurrency: 'a0' }], returns: 'invoked' },
    all: { awaits: 'a0', returns: 'a0' },
    /** Three times, without a pause. */
    retry: [
      { when: [{ at: 'a0.times', kind: 'present' }], invokes: [{ fn: 'a1', args: [null], times: 'retried', region: { kind: 'retry', value: 'a0.times', pause: ['a0.delay', 'a0.backoff'], reruns: true } }], returns: 'invoked' },
      { invokes: [{ fn: 'a1', args: [null], times: 'retried', region: { kind: 'retry', value: '#3', pause: ['a0.delay', 'a0.backoff'], reruns: true } }], returns: 'invoked' },
    ],
    defer: { invokes: [{ fn: 'a0', args: [null] }], returns: 'invoked' },
    guard: { invokes: [{ fn: 'a0' }], returns: 'invoked' }, tryit: { returns: 'a0' }, try: { returns: 'a0' },
    memo: { returns: 'a0' }, debounce: { returns: 'a1' }, throttle: { returns: 'a1' },
    uid: { yields: 'id' }, random: { yields: 'random' }, draw: { yields: 'random' }, shuffle: { yields: 'random' },
    ...pures('sleep cluster list range iterate select group fork sift unique zip zipToObject flat first last objectify counting listify omit pick get set clone merge mapValues mapKeys mapEntries assign alphabetical sort sum min max boil diff intersects replace replaceOrAppend toggle series isArray isEmpty isEqual isFunction isObject isPromise isString toInt toFloat camel snake dash pascal title trim template keys construct crush shake lowerize upperize invert'),
  },
  types: {},
} satisfies LibraryModel;
