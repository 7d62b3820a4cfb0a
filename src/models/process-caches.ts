import type { LibraryModel, Operation } from '../vocabulary/model.ts';

/** Kept by the process for itself, as in a `Map`. */
const made: Operation = { keeps: true };

export default {
  name: 'process-caches',
  packages: ['lru-cache', 'node-cache', 'quick-lru'],
  exports: { LRUCache: 'Cache', default: 'Cache' },
  types: { Cache: { aliases: ['LRUCache', 'NodeCache', 'default'], construct: made } },
  source: 'lru-cache 11.5, node-cache 5.1, quick-lru 7.3',
  verified: 'types',
} satisfies LibraryModel;
