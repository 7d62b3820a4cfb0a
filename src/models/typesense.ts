import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Five seconds to connect and to answer; three retries, or one for each node. */
const common: EffectShape = { system: 'search', deadline: 5000, retries: 3 };
const write = (effect: EffectShape): Operation => ({ effect: { ...common, kind: 'write', ...effect }, returns: 'result' });
const whole = { scope: 'whole', values: ['object', 'a0'], batchCounterpart: 'import' } as const satisfies EffectShape;
const partial = { scope: 'payload', values: ['object', 'a0'], repeatable: true, batchCounterpart: 'import' } as const satisfies EffectShape;

export default {
  name: 'typesense',
  packages: ['typesense'],
  exports: { Client: 'Client', default: { members: { Client: 'Client' } } },
  types: {
    Client: {
      role: 'client',
      aliases: ['Typesense.Client'],
      construct: { returns: { type: 'Client', handle: 'new' } },
      members: {
        collections: [{ when: [{ at: 'a0', kind: 'absent' }], returns: { type: 'Collections' } }, { returns: { type: 'Collection', resource: 'a0' } }],
        multiSearch: { members: { perform: { effect: { ...common, kind: 'read', action: 'find', cardinality: 'many', rows: 'results', items: 'a0.searches', partialFailure: 'results[].error', stale: true }, returns: 'result' } } },
      },
    },
    Collections: { members: { create: { effect: { kind: 'call', action: 'request', system: 'search', resource: 'a0.name' }, returns: 'result' } } },
    Collection: {
      members: {
        // The document's methods have the collection as resource.
        documents: [{ when: [{ at: 'a0', kind: 'absent' }], returns: { type: 'Documents' } }, { returns: { type: 'Document' } }],
      },
    },
    Documents: {
      members: {
        search: { effect: { ...common, kind: 'read', action: 'find', cardinality: 'many', rows: 'hits', limit: 'a0.per_page', batchCounterpart: 'multiSearch' }, returns: 'result' },
        create: write({ ...whole, action: 'insert' }),
        upsert: write({ ...whole, action: 'replace', repeatable: true }),
        emplace: write({ ...partial, action: 'upsert' }),
        update: write({ ...partial, action: 'update' }),
        // A list throws when one fails; a text answers with a line for each.
        import: [
          { when: [{ at: 'a0', kind: 'string' }], ...write({ action: 'replace', scope: 'whole', partialFailure: 'success' }) },
          write({ action: 'replace', scope: 'whole', values: ['object', 'a0[]'], items: 'a0' }),
        ],
        delete: write({ action: 'delete', repeatable: true }),
        export: { effect: { kind: 'read', action: 'stream', system: 'search', cardinality: 'many' }, returns: 'result' },
      },
    },
    Document: {
      members: {
        retrieve: { effect: { kind: 'read', action: 'find', system: 'search', cardinality: 'one' }, returns: 'result' },
        update: write({ ...partial, action: 'update' }),
        delete: write({ action: 'delete', repeatable: true }),
      },
    },
  },
  source: 'typesense@3.1.0',
  verified: 'types',
} satisfies LibraryModel;
