import type { LibraryModel, TypeShape } from '../vocabulary/model.ts';

/** Guards one process only: another instance of the service does not see it. */
const mutex = (name: string): TypeShape => ({
  construct: { returns: { type: name, handle: 'new' } },
  members: {
    acquire: { effect: { kind: 'lock', system: 'process' }, returns: { type: 'Releaser' } },
    runExclusive: { invokes: [{ fn: 'a0', region: { kind: 'lock', local: true, value: 'this' } }], returns: 'invoked' },
    release: { effect: { kind: 'unlock', system: 'process' } },
    waitForUnlock: { pure: true },
    isLocked: { pure: true },
    cancel: { pure: true },
  },
});

/** Lets several in at once: it bounds, it does not exclude. */
const semaphore: TypeShape = {
  construct: { returns: { type: 'Semaphore', handle: 'new' } },
  members: {
    acquire: { returns: { type: 'Releaser', many: true } },
    runExclusive: { invokes: [{ fn: 'a0', region: { kind: 'limit', local: true } }], returns: 'invoked' },
    release: { pure: true },
    waitForUnlock: { pure: true },
    isLocked: { pure: true },
    getValue: { pure: true },
    setValue: { pure: true },
    cancel: { pure: true },
  },
};

export default {
  name: 'async-mutex',
  packages: ['async-mutex'],
  exports: { Mutex: 'Mutex', Semaphore: 'Semaphore', withTimeout: { returns: 'a0' }, tryAcquire: { returns: 'a0' } },
  types: {
    Mutex: { ...mutex('Mutex'), aliases: ['MutexInterface'] },
    Semaphore: { ...semaphore, aliases: ['SemaphoreInterface'] },
    Releaser: { aliases: ['MutexInterface.Releaser', 'SemaphoreInterface.Releaser'], call: { effect: { kind: 'unlock', system: 'process' } } },
  },
  source: 'async-mutex@0.5.0 lib/*.d.ts',
  verified: 'types',
} satisfies LibraryModel;
