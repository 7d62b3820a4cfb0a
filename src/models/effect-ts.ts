import type { Invocation, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const rows = (names: string, operation: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));
const pure: Operation = { pure: true };
const passes: Operation = { returns: 'a0' };

/** Data first `(effect, f)`, or data last `(f)` within a pipe. */
const continued: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', args: [null] }], returns: 'invoked' },
  { invokes: [{ fn: 'a1', args: [null] }], returns: 'invoked' },
];
/** Only after a failure. */
const recovered: Operation = { invokes: [{ fn: 'a0', args: [null], when: 'later' }, { fn: 'a1', args: [null], when: 'later' }, { fn: 'a2', args: [null], when: 'later' }], returns: 'a0' };
const item: Invocation = { fn: 'a1', args: ['a0[]', null], times: 'per-item', over: 'a0' };
const forEach: readonly Operation[] = [
  { when: [{ at: 'a0', kind: 'function' }, { at: 'a1.concurrency', kind: 'absent' }], invokes: [{ fn: 'a0', args: [null, null], times: 'per-item', concurrency: 'sequential' }], returns: 'invoked' },
  { when: [{ at: 'a0', kind: 'function' }, { at: 'a1.concurrency', equals: 'unbounded' }], invokes: [{ fn: 'a0', args: [null, null], times: 'per-item', concurrency: 'unbounded' }], returns: 'invoked' },
  { when: [{ at: 'a0', kind: 'function' }], invokes: [{ fn: 'a0', args: [null, null], times: 'per-item', concurrency: 'a1.concurrency' }], returns: 'invoked' },
  { when: [{ at: 'a2', kind: 'absent' }], invokes: [{ ...item, concurrency: 'sequential' }], returns: 'invoked' },
  { when: [{ at: 'a2.concurrency', kind: 'absent' }], invokes: [{ ...item, concurrency: 'sequential' }], returns: 'invoked' },
  { when: [{ at: 'a2.concurrency', equals: 'unbounded' }], invokes: [{ ...item, concurrency: 'unbounded' }], returns: 'invoked' },
  { invokes: [{ ...item, concurrency: 'a2.concurrency' }], returns: 'invoked' },
];
const thunk: Operation = { invokes: [{ fn: 'a0', args: [null] }], returns: 'invoked' };

/**
 * Read as if an effect ran where it is described: true of `Effect.gen` and of pipes. Retries, timeouts and repetition are values that
 * are combined, and are not followed.
 */
export default {
  name: 'effect-ts',
  packages: ['effect', 'effect/*'],
  source: 'effect 4.1 type declarations; catchAll and timeoutFail of version 3 from memory',
  verified: 'types',
  exports: { Effect: 'Effect', Schedule: 'platform#Pure', Duration: 'platform#Pure', Option: 'platform#Pure', Either: 'platform#Pure', Data: 'platform#Pure', pipe: pure },
  types: {
    Effect: {
      members: {
        tryPromise: [{ when: [{ at: 'a0', kind: 'function' }], ...thunk }, { invokes: [{ fn: 'a0.try', args: [null] }], returns: 'invoked' }],
        try: [{ when: [{ at: 'a0', kind: 'function' }], ...thunk }, { invokes: [{ fn: 'a0.try' }], returns: 'invoked' }],
        promise: thunk, sync: thunk, suspend: thunk,
        gen: [{ when: [{ at: 'a0', kind: 'function' }], ...thunk }, { invokes: [{ fn: 'a1' }], returns: 'invoked' }],
        fn: passes, fnUntraced: passes,
        ...rows('map flatMap andThen tap', continued),
        ...rows('tapError catchAll catchTag orElse matchEffect', recovered),
        forEach,
        all: passes, runPromise: passes, runPromiseExit: passes, runSync: passes, runFork: passes, runCallback: passes,
        ...rows('orDie scoped asVoid cached withSpan retry timeout timeoutFail timeoutOption repeat schedule provide provideService ensuring either option ignore uninterruptible interruptible annotateLogs annotateSpans', passes),
        ...rows('succeed fail die void never sleep log logDebug logInfo logWarning logError logFatal service serviceOption Tag Service', pure),
      },
    },
  },
} satisfies LibraryModel;
