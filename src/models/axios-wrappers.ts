import type { LibraryModel } from '../vocabulary/model.ts';

/** Each gives back the client that it was given. */
export default {
  name: 'axios-wrappers',
  packages: ['axios-cookiejar-support', 'axios-cache-interceptor'],
  source: 'axios-cookiejar-support 6.0, axios-cache-interceptor 1.12',
  verified: 'types',
  exports: { wrapper: { returns: 'a0' }, setupCache: { returns: 'a0' }, buildMemoryStorage: { pure: true }, buildStorage: { pure: true } },
  types: {},
} satisfies LibraryModel;
