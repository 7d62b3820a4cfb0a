import type { EffectShape, LibraryModel, Operation, TypeShape } from '../vocabulary/model.ts';

const named = { system: 'search', resource: 'a0.index', retries: 3, retryOption: 'a1.maxRetries', deadlineOption: ['a1.requestTimeout', 'a1.signal'] } as const satisfies EffectShape;

/** Some answers have the body one level down. */
export function searchClient(name: string, body: '' | 'body.', facets: EffectShape): TypeShape {
  const index = { ...named, ...facets };
  const ids = body === '' ? 'a0.ids' : 'a0.body.ids';
  const document = { ...index, criteria: ['key', 'a0.id'] } as const satisfies EffectShape;
  // A search sees what was written before the last refresh; a document read by its id is current.
  const search: EffectShape = { ...index, kind: 'read', action: 'find', cardinality: 'many', rows: `${body}hits.hits`, limit: 'a0.size', offset: 'a0.from', cursor: 'a0.search_after', stale: true };
  const write = (effect: EffectShape): Operation => ({ effect: { ...document, kind: 'write', conditional: 'a0.if_seq_no', ...effect }, returns: 'result' });
  const created = (effect: EffectShape): Operation => ({ effect: { ...document, kind: 'write', action: 'insert', batchCounterpart: 'bulk', ...effect }, returns: 'result' });
  const store = (values: string): readonly Operation[] => {
    const given = { at: `a0.${values}`, kind: 'present' } as const;
    return [
      { when: [given, { at: 'a0.op_type', equals: 'create' }], ...write({ action: 'insert', values: ['object', `a0.${values}`] }) },
      { when: [given, { at: 'a0.id', kind: 'present' }], ...write({ action: 'replace', values: ['object', `a0.${values}`], repeatable: true, batchCounterpart: 'bulk' }) },
      { when: [given, { at: 'a0.id', kind: 'absent' }], ...write({ action: 'insert', values: ['object', `a0.${values}`], batchCounterpart: 'bulk' }) },
    ];
  };
  const bulk = (items: string): Operation => ({
    effect: { ...index, kind: 'write', action: 'execute', items, maxBytes: 100 * 1024 * 1024, partialFailure: `${body}errors` },
    returns: 'result',
  });
  return {
    role: 'client',
    construct: { returns: { type: name, handle: 'new' } },
    members: {
      search: { effect: { ...search, batchCounterpart: 'msearch' }, returns: 'result' },
      msearch: { effect: { ...index, kind: 'read', action: 'find', cardinality: 'many', rows: `${body}responses`, stale: true }, returns: 'result' },
      count: { effect: { ...index, kind: 'read', action: 'count', stale: true }, returns: 'result' },
      get: { effect: { ...document, kind: 'read', action: 'find', cardinality: 'one', rows: `${body}_source`, batchCounterpart: 'mget' }, returns: 'result' },
      getSource: { effect: { ...document, kind: 'read', action: 'find', cardinality: 'one', batchCounterpart: 'mget' }, returns: 'result' },
      mget: { effect: { ...index, kind: 'read', action: 'find', cardinality: 'many', criteria: ['key', ids], items: ids, rows: `${body}docs` }, returns: 'result' },
      exists: { effect: { ...document, kind: 'read', action: 'exists' }, returns: 'result' },
      scroll: { effect: { system: 'search', kind: 'read', action: 'find', cardinality: 'many', cursor: 'a0.scroll_id', rows: `${body}hits.hits`, stale: true }, returns: 'result' },
      create: [
        { when: [{ at: 'a0.document', kind: 'present' }], ...created({ values: ['object', 'a0.document'] }) },
        created({ values: ['object', 'a0.body'] }),
      ],
      // Without an id each call makes a document.
      index: [...store('document'), ...store('body'), write({ action: 'replace', batchCounterpart: 'bulk' })],
      update: [
        { when: [{ at: 'a0.script', kind: 'present' }], ...write({ action: 'update', scope: 'payload', atomic: true }) },
        { when: [{ at: 'a0.body.script', kind: 'present' }], ...write({ action: 'update', scope: 'payload', atomic: true }) },
        { when: [{ at: 'a0.doc', kind: 'present' }], ...write({ action: 'update', scope: 'payload', values: ['object', 'a0.doc'], repeatable: true, batchCounterpart: 'bulk' }) },
        write({ action: 'update', scope: 'payload', values: ['object', 'a0.body.doc'], batchCounterpart: 'bulk' }),
      ],
      delete: write({ action: 'delete', repeatable: true, batchCounterpart: 'bulk' }),
      updateByQuery: { effect: { ...index, kind: 'write', action: 'update', partialFailure: `${body}failures` }, returns: 'result' },
      deleteByQuery: { effect: { ...index, kind: 'write', action: 'delete', repeatable: true, partialFailure: `${body}failures` }, returns: 'result' },
      bulk: [{ when: [{ at: 'a0.operations', kind: 'present' }], ...bulk('a0.operations') }, bulk('a0.body')],
      helpers: { members: { bulk: { effect: { ...index, kind: 'write', action: 'execute', items: 'a0.datasource', partialFailure: 'failed' }, returns: 'result' } } },
    },
  };
}

export default {
  name: 'elasticsearch',
  packages: ['@elastic/elasticsearch'],
  exports: { Client: 'Client' },
  types: { Client: searchClient('Client', '', {}) },
  source: '@elastic/elasticsearch@9.4.3; `body` of the seventh version',
  verified: 'types',
} satisfies LibraryModel;
