import type { LibraryModel } from '../vocabulary/model.ts';

/** The client that it was given, whose requests wait in line from then on. */
export default {
  name: 'axios-rate-limit',
  packages: ['axios-rate-limit'],
  paces: true,
  source: 'axios-rate-limit 1.9: rateLimit(axios, { maxRequests, perMilliseconds })',
  verified: 'types',
  exports: { default: { returns: 'a0' } },
  types: {},
} satisfies LibraryModel;
