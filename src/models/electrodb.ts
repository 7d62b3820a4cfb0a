import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const table: EffectShape = { system: 'dynamo', retries: 3 };
const step: Operation = { returns: 'this' };
const chain = { type: 'Chain' } as const;
const begin = (effect: EffectShape): Operation => ({ effect: { ...table, criteria: ['object', 'a0'], ...effect }, returns: chain });
const steps = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));
/** A condition on the stored item: an expression, whose fields are not read. */
const where: Operation = { effect: { conditional: 'a0' }, returns: 'this' };
/** Lists are carried out in as many calls as it takes; what was not done is in `unprocessed`. */
const one = (single: EffectShape, several: EffectShape): readonly Operation[] => [{ when: [{ at: 'a0', kind: 'array' }], ...begin({ ...several, items: 'a0', partialFailure: 'unprocessed' }) }, begin(single)];

export default {
  name: 'electrodb',
  packages: ['electrodb'],
  exports: { Entity: 'Entity', Service: 'platform#Pure' },
  types: {
    Entity: {
      role: 'client',
      construct: { returns: { type: 'Entity', handle: 'new', resource: 'a0.model.entity' } },
      members: {
        get: one({ kind: 'read', action: 'find', cardinality: 'one', rows: 'data', stale: true }, { kind: 'read', action: 'find', cardinality: 'many', rows: 'data' }),
        // Fails where the item is there.
        create: begin({ kind: 'write', action: 'insert', values: ['object', 'a0'], repeatable: false }),
        put: one({ kind: 'write', action: 'replace', values: ['object', 'a0'], repeatable: true }, { kind: 'write', action: 'replace', values: ['object', 'a0'], repeatable: true }),
        upsert: begin({ kind: 'write', action: 'upsert', onConflict: 'update', values: ['object', 'a0'], scope: 'payload', repeatable: true }),
        update: begin({ kind: 'write', action: 'update', scope: 'payload' }),
        // As update and delete, but on items that are there.
        patch: begin({ kind: 'write', action: 'update', scope: 'payload', throwsWhenUnmatched: true }), remove: begin({ kind: 'write', action: 'delete', repeatable: true, throwsWhenUnmatched: true }),
        delete: one({ kind: 'write', action: 'delete', repeatable: true }, { kind: 'write', action: 'delete', repeatable: true }),
        find: begin({ kind: 'read', action: 'find', cardinality: 'many', rows: 'data' }), match: begin({ kind: 'read', action: 'find', cardinality: 'many', rows: 'data' }),
        scan: 'Chain', query: 'Queries',
      },
    },
    Queries: { members: { '*': begin({ kind: 'read', action: 'find', cardinality: 'many', rows: 'data', stale: true }) } },
    Chain: {
      lazy: 'run',
      members: {
        ...steps('begins between gt gte lt lte', { effect: { criteria: ['filters', '#raw'] }, returns: 'this' }),
        where, data: step, remove: step, ifNotExists: step, composite: step,
        set: { effect: { values: ['object', 'a0'] }, returns: 'this' },
        add: { effect: { action: 'increment', atomic: true, repeatable: false }, returns: 'this' }, subtract: { effect: { action: 'increment', atomic: true, repeatable: false }, returns: 'this' },
        append: { effect: { action: 'append', atomic: true, repeatable: false }, returns: 'this' },
        go: { run: true, effect: { limit: 'a0.limit', cursor: 'a0.cursor' } }, params: { pure: true }, commit: { pure: true },
      },
    },
  },
  source: 'electrodb 3.9',
  verified: 'types',
} satisfies LibraryModel;
