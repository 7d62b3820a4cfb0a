import type { LibraryModel, Operation } from '../vocabulary/model.ts';

/** Only within this process, and lost with it: `system: 'process'` is never remote. */
const emit: Operation = { tells: 'a0', effect: { kind: 'publish', system: 'process', immediate: true, resource: 'a0', values: ['object', 'a1'], durable: false, delivery: 'at-most-once', weight: 'telemetry' } };
const listen: Operation = { registers: [{ entry: { kind: 'event', redelivers: false, source: 'a0', hears: 'events' }, fn: 'a1' }], returns: 'this' };
const pure: Operation = { pure: true };

export default {
  name: 'node-events',
  packages: ['node:events', 'events', 'eventemitter3', 'eventemitter2', 'emittery', 'mitt', 'typed-emitter'],
  source: '@types/node 22; eventemitter2 6 and eventemitter3 5 have the same members',
  verified: 'types',
  exports: {
    EventEmitter: 'EventEmitter', EventEmitter2: 'EventEmitter',
    /** `mitt()` is called, the others are constructed. */
    default: 'EventEmitter',
    once: { pure: true }, on: { pure: true },
  },
  types: {
    EventEmitter: {
      aliases: ['EventEmitter2', 'Emitter', 'TypedEmitter', 'default'],
      call: { returns: { type: 'EventEmitter', handle: 'new' } },
      construct: { returns: { type: 'EventEmitter', handle: 'new' } },
      members: {
        emit, emitAsync: emit, emitSerial: emit,
        on: listen, once: listen, addListener: listen, addEventListener: listen, prependListener: listen, prependOnceListener: listen,
        onAny: { registers: [{ entry: { kind: 'event', redelivers: false }, fn: 'a0', args: [null, null], message: 1 }], returns: 'this' },
        off: pure, removeListener: pure, removeAllListeners: pure, setMaxListeners: pure, listenerCount: pure, listeners: pure, eventNames: pure, waitFor: pure,
      },
      statics: { once: pure, on: pure },
    },
  },
} satisfies LibraryModel;
