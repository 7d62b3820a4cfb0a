import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'node-async-hooks',
  packages: ['node:async_hooks', 'async_hooks'],
  exports: { AsyncLocalStorage: 'AsyncLocalStorage' },
  types: {
    AsyncLocalStorage: {
      construct: { returns: { type: 'AsyncLocalStorage', handle: 'new' } },
      members: {
        run: { context: { is: 'enter', value: 'a0', fn: 'a1' } },
        getStore: { context: { is: 'read' } },
        exit: { invokes: [{ fn: 'a0' }], returns: 'invoked' },
        enterWith: { pure: true },
        disable: { pure: true },
      },
    },
  },
  source: '@types/node 20',
  verified: 'types',
} satisfies LibraryModel;
