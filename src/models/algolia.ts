import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const index = { system: 'search', resource: 'a0.indexName' } as const satisfies EffectShape;
// Writes are queued: a search sees them when their task is done.
const search: Operation = { effect: { ...index, kind: 'read', action: 'find', cardinality: 'many', rows: 'hits', stale: true }, returns: 'result' };
const write = (effect: EffectShape): Operation => ({ effect: { ...index, kind: 'write', ...effect }, returns: 'result' });

export default {
  name: 'algolia',
  packages: ['algoliasearch', '@algolia/client-search'],
  exports: {
    algoliasearch: { returns: { type: 'Algoliasearch', handle: 'new' } },
    searchClient: { returns: { type: 'Algoliasearch', handle: 'new' } },
    liteClient: { returns: { type: 'Algoliasearch', handle: 'new' } },
    default: { returns: { type: 'SearchClient', handle: 'new' } },
  },
  types: {
    Algoliasearch: {
      role: 'client',
      members: {
        search: { effect: { system: 'search', kind: 'read', action: 'find', cardinality: 'many', rows: 'results', stale: true }, returns: 'result' },
        searchSingleIndex: search,
        searchForHits: { effect: { system: 'search', kind: 'read', action: 'find', cardinality: 'many', rows: 'results', stale: true }, returns: 'result' },
        browse: search,
        browseObjects: search,
        getObject: { effect: { ...index, kind: 'read', action: 'find', cardinality: 'one', criteria: ['key', 'a0.objectID'], stale: true, batchCounterpart: 'getObjects' }, returns: 'result' },
        saveObject: write({ action: 'replace', values: ['object', 'a0.body'], batchCounterpart: 'saveObjects' }),
        addOrUpdateObject: write({ action: 'replace', criteria: ['key', 'a0.objectID'], values: ['object', 'a0.body'], repeatable: true, batchCounterpart: 'saveObjects' }),
        saveObjects: write({ action: 'replace', values: ['object', 'a0.objects[]'], items: 'a0.objects', repeatable: true }),
        partialUpdateObject: write({ action: 'update', scope: 'payload', criteria: ['key', 'a0.objectID'], values: ['object', 'a0.attributesToUpdate'], batchCounterpart: 'partialUpdateObjects' }),
        partialUpdateObjects: write({ action: 'update', scope: 'payload', values: ['object', 'a0.objects[]'], items: 'a0.objects' }),
        replaceAllObjects: write({ action: 'replace', values: ['object', 'a0.objects[]'], items: 'a0.objects', repeatable: true }),
        deleteObject: write({ action: 'delete', criteria: ['key', 'a0.objectID'], repeatable: true, batchCounterpart: 'deleteObjects' }),
        deleteObjects: write({ action: 'delete', criteria: ['key', 'a0.objectIDs'], items: 'a0.objectIDs', repeatable: true }),
        deleteBy: write({ action: 'delete', repeatable: true }),
        clearObjects: write({ action: 'delete', repeatable: true }),
        batch: write({ action: 'execute', items: 'a0.batchWriteParams.requests' }),
        chunkedBatch: write({ action: 'execute', items: 'a0.objects' }),
      },
    },
    // Of the fourth version: an object for each index.
    SearchClient: { role: 'client', members: { initIndex: { returns: { type: 'SearchIndex', resource: 'a0' } } } },
    SearchIndex: {
      members: {
        search: { effect: { system: 'search', kind: 'read', action: 'find', cardinality: 'many', rows: 'hits', stale: true }, returns: 'result' },
        getObject: { effect: { system: 'search', kind: 'read', action: 'find', cardinality: 'one', criteria: ['key', 'a0'], stale: true, batchCounterpart: 'getObjects' }, returns: 'result' },
        saveObject: { effect: { system: 'search', kind: 'write', action: 'replace', scope: 'whole', values: ['object', 'a0'], batchCounterpart: 'saveObjects' }, returns: 'result' },
        saveObjects: { effect: { system: 'search', kind: 'write', action: 'replace', scope: 'whole', values: ['object', 'a0[]'], items: 'a0' }, returns: 'result' },
        partialUpdateObject: { effect: { system: 'search', kind: 'write', action: 'update', scope: 'payload', values: ['object', 'a0'], batchCounterpart: 'partialUpdateObjects' }, returns: 'result' },
        partialUpdateObjects: { effect: { system: 'search', kind: 'write', action: 'update', scope: 'payload', values: ['object', 'a0[]'], items: 'a0' }, returns: 'result' },
        deleteObject: { effect: { system: 'search', kind: 'write', action: 'delete', criteria: ['key', 'a0'], repeatable: true, batchCounterpart: 'deleteObjects' }, returns: 'result' },
        deleteObjects: { effect: { system: 'search', kind: 'write', action: 'delete', criteria: ['key', 'a0'], items: 'a0', repeatable: true }, returns: 'result' },
      },
    },
  },
  source: 'algoliasearch@5.64.0, algoliasearch@4.27.0',
  verified: 'types',
} satisfies LibraryModel;
