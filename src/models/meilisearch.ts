import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const search: Operation = { effect: { kind: 'read', action: 'find', system: 'search', cardinality: 'many', rows: 'hits', limit: 'a1.limit', offset: 'a1.offset', stale: true }, returns: 'result' };
// The answer is a task that is not yet done.
const write = (effect: EffectShape): Operation => ({ effect: { kind: 'write', system: 'search', ...effect }, returns: 'result' });
const put: EffectShape = { action: 'replace', scope: 'whole', values: ['object', 'a0[]'], items: 'a0', repeatable: true };
const patch: EffectShape = { action: 'update', scope: 'payload', values: ['object', 'a0[]'], items: 'a0', repeatable: true };

export default {
  name: 'meilisearch',
  packages: ['meilisearch'],
  exports: { Meilisearch: 'Meilisearch', MeiliSearch: 'Meilisearch' },
  types: {
    Meilisearch: {
      role: 'client',
      aliases: ['MeiliSearch'],
      construct: { returns: { type: 'Meilisearch', handle: 'new' } },
      members: {
        index: { returns: { type: 'Index', resource: 'a0' } },
        multiSearch: { effect: { kind: 'read', action: 'find', system: 'search', cardinality: 'many', rows: 'results', stale: true }, returns: 'result' },
      },
    },
    Index: {
      members: {
        search,
        searchGet: search,
        getDocuments: { effect: { kind: 'read', action: 'find', system: 'search', cardinality: 'many', rows: 'results', limit: 'a0.limit', offset: 'a0.offset', stale: true }, returns: 'result' },
        getDocument: { effect: { kind: 'read', action: 'find', system: 'search', cardinality: 'one', criteria: ['key', 'a0'], stale: true, batchCounterpart: 'getDocuments' }, returns: 'result' },
        addDocuments: write(put),
        addDocumentsInBatches: write(put),
        updateDocuments: write(patch),
        updateDocumentsInBatches: write(patch),
        deleteDocument: write({ action: 'delete', criteria: ['key', 'a0'], repeatable: true, batchCounterpart: 'deleteDocuments' }),
        deleteDocuments: write({ action: 'delete', items: 'a0', repeatable: true }),
        deleteAllDocuments: write({ action: 'delete', repeatable: true }),
      },
    },
  },
  source: 'meilisearch@0.62.0',
  verified: 'types',
} satisfies LibraryModel;
