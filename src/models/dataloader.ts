import type { LibraryModel } from '../vocabulary/model.ts';


/** Coalesces the loads of one tick into one call of the batch function, whose size nothing bounds unless `maxBatchSize` does. */
export default {
  name: 'dataloader',
  packages: ['dataloader'],
  source: 'dataloader 2.2',
  verified: 'types',
  exports: { default: 'DataLoader' },
  types: {
    DataLoader: {
      aliases: ['default'],
      construct: { invokes: [{ fn: 'a0', args: [null], when: 'later' }], returns: { type: 'DataLoader', handle: 'new' } },
      members: { load: { pure: true }, loadMany: { pure: true }, prime: { returns: 'this' }, clear: { returns: 'this' }, clearAll: { returns: 'this' } },
    },
  },
} satisfies LibraryModel;
