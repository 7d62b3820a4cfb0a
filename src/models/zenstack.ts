import type { LibraryModel } from '../vocabulary/model.ts';

export default {
  name: 'zenstack',
  packages: ['@zenstackhq/runtime'],
  // The same client, which asks by itself whether the user may.
  exports: { enhance: { returns: 'a0' } },
  types: {},
  source: '@zenstackhq/runtime@2.22.3',
  verified: 'types',
} satisfies LibraryModel;
