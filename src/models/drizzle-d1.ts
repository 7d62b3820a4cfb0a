import type { LibraryModel } from '../vocabulary/model.ts';

/** D1 takes a hundred parameters in one statement, where other stores take tens of thousands. */
export default {
  name: 'drizzle-d1',
  packages: ['drizzle-orm/d1', 'drizzle-orm/d1/driver'],
  exports: { drizzle: { returns: { type: 'DrizzleD1Database', handle: 'new' } } },
  types: {
    DrizzleD1Database: { role: 'client', pooled: true, maxBinds: 100, extends: ['drizzle-orm#Database'] },
  },
  source: 'drizzle-orm 0.45; https://developers.cloudflare.com/d1/platform/limits',
  verified: 'types',
} satisfies LibraryModel;
