import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'p-timeout',
  packages: ['p-timeout', 'promise-timeout'],
  source: 'p-timeout 7: pTimeout(promise, { milliseconds }); promise-timeout 1: timeout(promise, milliseconds)',
  verified: 'docs',
  exports: { default: { bounds: 'a0', after: 'a1.milliseconds', returns: 'a0' }, timeout: { bounds: 'a0', after: 'a1', returns: 'a0' } },
  types: {},
} satisfies LibraryModel;
