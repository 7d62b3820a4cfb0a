import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const lock: EffectShape = { kind: 'lock', system: 'redis', criteria: ['key', 'a0'], retries: 10, expiry: 'a1' };
const unlock: EffectShape = { kind: 'unlock', system: 'redis' };
const acquire: Operation = { effect: lock, returns: { type: 'Lock' } };
const using = (fn: 'a2' | 'a3'): Operation => ({
  invokes: [{ fn, args: [null], region: { kind: 'lock', value: 'a0', ttl: 'a1' } }],
  returns: 'invoked',
});

export default {
  name: 'redlock',
  packages: ['redlock'],
  exports: { default: 'Redlock', Redlock: 'Redlock' },
  types: {
    Redlock: {
      construct: { returns: { type: 'Redlock', handle: 'new' } },
      members: {
        acquire,
        // 4.x
        lock: acquire,
        using: [{ when: [{ at: 'a3', kind: 'present' }], ...using('a3') }, using('a2')],
        release: { effect: { ...unlock, criteria: ['key', 'a0'] } },
        // 4.x
        unlock: { effect: { ...unlock, criteria: ['key', 'a0'] } },
        extend: { returns: 'a0' },
        on: { returns: 'this' },
        quit: { pure: true },
      },
    },
    Lock: {
      members: {
        release: { effect: unlock },
        // 4.x
        unlock: { effect: unlock },
        extend: { effect: { kind: 'write', action: 'expire', system: 'redis', weight: 'cache', repeatable: true }, returns: 'this' },
      },
    },
  },
  source: 'redlock@5.0.0-beta.2 dist/index.d.ts; 4.2 README (lock, unlock)',
  verified: 'types',
} satisfies LibraryModel;
