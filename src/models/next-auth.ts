import type { LibraryModel } from '../vocabulary/model.ts';

/** Whoever logs in with a password comes to `authorize`; the page posts to it. */
export default {
  name: 'next-auth',
  packages: ['next-auth/providers/credentials', '@auth/core/providers/credentials'],
  source: 'next-auth 4.24',
  verified: 'types',
  exports: { default: { registers: [{ entry: { kind: 'http', ack: 'return', method: '#POST' }, fn: 'a0.authorize' }] } },
  types: {},
} satisfies LibraryModel;
