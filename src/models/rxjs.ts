import type { Invocation, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const rows = (names: string, operation: Member): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));
const operator: Operation = { pure: true };
const source: Operation = { returns: { type: 'Observable' } };

const piece = { type: 'Operator' } as const;
const project = (concurrency: Invocation['concurrency']): Operation => ({ invokes: [{ fn: 'a0', args: [null, null], times: 'per-item', concurrency: concurrency! }], returns: piece });
const merge: readonly Operation[] = [
  { when: [{ at: 'a1', kind: 'absent' }], ...project('unbounded') },
  { when: [{ at: 'a1', kind: 'function' }], ...project('unbounded') },
  project('a1'),
];
/** Where `filter`, `map` and `tap` stand in a pipe, their function is called with what flows. */
const one: Operation = { invokes: [{ fn: 'a0', args: [null, null] }], returns: piece };
/** Only after a failure. */
const recovers: Operation = { invokes: [{ fn: 'a0', args: [null, null], when: 'later' }], returns: piece };
const settles: Operation = { awaits: 'a0', returns: 'a0' };

const listeners: readonly Invocation[] = [{ fn: 'a0', when: 'later' }, { fn: 'a0.next', when: 'later' }, { fn: 'a0.error', when: 'later' }, { fn: 'a0.complete', when: 'later' }, { fn: 'a1', when: 'later' }];
const listen: Operation = { invokes: listeners, returns: { type: 'Subscription' } };
const subscribe: Operation = { ...listen, run: true };

export default {
  name: 'rxjs',
  packages: ['rxjs', 'rxjs/*'],
  source: 'rxjs 7.8',
  verified: 'types',
  exports: {
    firstValueFrom: settles, lastValueFrom: settles,
    Observable: 'Observable', Subject: 'Subject', BehaviorSubject: 'Subject', ReplaySubject: 'Subject', AsyncSubject: 'Subject', Subscription: 'Subscription',
    from: { returns: 'a0' }, defer: { invokes: [{ fn: 'a0' }], returns: 'invoked' },
    ...rows('of fromEvent fromEventPattern interval timer range generate throwError EMPTY NEVER never empty iif using', source),
    /** All at once: as `Promise.all`. */
    forkJoin: settles, combineLatest: settles, zip: settles, concat: settles, race: settles,
    /** Those after the first start only where the one before ends. */
    merge: source,
    mergeMap: merge, flatMap: merge, concatMap: project('sequential'), switchMap: project('sequential'), exhaustMap: project('sequential'), expand: merge,
    map: one, tap: one, filter: one, catchError: recovers, finalize: one, concatMapTo: operator,
    ...rows('timeout timeoutWith takeUntil', { returns: { type: 'Ending' } }), retry: { returns: { type: 'Again' } },
    ...rows('mergeAll concatAll switchAll exhaustAll reduce scan toArray take takeLast takeWhile skip first last distinct distinctUntilChanged debounceTime throttleTime auditTime sampleTime delay buffer bufferCount bufferTime share shareReplay publish startWith endWith pairwise withLatestFrom defaultIfEmpty ignoreElements retryWhen repeat groupBy observeOn subscribeOn pipe identity noop isObservable', operator),
  },
  types: {
    Operator: {}, Ending: { ends: true },
    /** At once and for ever, unless told. */
    Again: { again: { times: ['a0.count', 'a0'], pause: 'a0.delay' } },
    /** What is built in it happens when it is subscribed to, awaited as a value, or returned to a framework. A pipe may hold a `timeout`. */
    Observable: {
      lazy: 'await',
      construct: { invokes: [{ fn: 'a0', args: [null] }], returns: { type: 'Observable' } },
      members: {
        pipe: { effect: { deadlineOption: 'args' }, returns: 'this' },
        subscribe, toPromise: { returns: 'this' }, forEach: { run: true, invokes: [{ fn: 'a0', when: 'later' }] }, lift: { returns: 'this' },
      },
    },
    /** Began when it was made. */
    HotObservable: { members: { pipe: { returns: 'this' }, subscribe: listen, toPromise: { returns: 'this' } } },
    Subject: {
      aliases: ['BehaviorSubject', 'ReplaySubject', 'AsyncSubject'],
      construct: { returns: { type: 'Subject', handle: 'new' } },
      members: {
        next: { effect: { kind: 'publish', system: 'process', immediate: true, values: ['object', 'a0'], durable: false, delivery: 'at-most-once', weight: 'telemetry' } },
        error: { pure: true }, complete: { pure: true }, getValue: { pure: true }, asObservable: { returns: { type: 'HotObservable' } }, pipe: { returns: { type: 'HotObservable' } },
        subscribe: { registers: [{ entry: { kind: 'event', redelivers: false }, fn: 'a0' }, { entry: { kind: 'event', redelivers: false }, fn: 'a0.next' }], returns: { type: 'Subscription' } },
      },
    },
    Subscription: { members: { unsubscribe: { pure: true }, add: { pure: true } } },
  },
} satisfies LibraryModel;
