import type { LibraryModel } from '../vocabulary/model.ts';


/** Waits within the process; what is limited stands between `acquire` and `release`. */
const acquire = { effect: { kind: 'lock', system: 'process', weight: 'telemetry' } } as const;
const release = { effect: { kind: 'unlock', system: 'process', weight: 'telemetry' } } as const;

export default {
  name: 'async-sema',
  packages: ['async-sema', 'async-mutex', 'await-semaphore'],
  paces: true,
  source: 'async-sema 3.1; async-mutex and await-semaphore from memory',
  verified: 'types',
  exports: { Sema: 'Sema', RateLimit: { returns: { type: 'RateLimit', handle: 'new' } }, Semaphore: 'Sema', Mutex: 'Sema' },
  types: {
    Sema: {
      aliases: ['Semaphore', 'Mutex', 'SemaphoreInterface', 'MutexInterface'],
      construct: { returns: { type: 'Sema', handle: 'new' } },
      members: {
        acquire, tryAcquire: acquire, release, drain: acquire, nrWaiting: { pure: true }, isLocked: { pure: true }, waitForUnlock: { pure: true },
        runExclusive: { invokes: [{ fn: 'a0', region: { kind: 'lock', value: 'this', local: true } }], returns: 'invoked' },
      },
    },
    RateLimit: { call: { pure: true } },
  },
} satisfies LibraryModel;
