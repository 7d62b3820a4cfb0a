import type { EffectShape, LibraryModel, Member, Operation } from '../vocabulary/model.ts';

const table: EffectShape = { system: 'dynamo', retries: 3 };
const key: EffectShape = { ...table, criteria: ['object', 'a0'] };
const step: Operation = { returns: 'this' };
const steps = (names: string, operation: Operation): Record<string, Member> => Object.fromEntries(names.split(' ').map((name) => [name, operation]));
const many: EffectShape = { ...table, kind: 'read', action: 'find', cardinality: 'many' };
const conditions: Record<string, Member> = {
  ...steps('where filter attribute and or not parenthesis group eq lt le gt ge beginsWith contains exists in between using attributes consistent all sort parallel', step),
  limit: { effect: { limit: 'a0' }, returns: 'this' }, startAt: { effect: { cursor: 'a0' }, returns: 'this' }, count: { effect: { action: 'count' }, returns: 'this' },
  exec: { run: true },
};
const asked: Operation = { effect: { ...many, criteria: ['filters', '#raw'] }, returns: { type: 'Query' } };

export default {
  name: 'dynamoose',
  packages: ['dynamoose'],
  exports: {
    model: { returns: { type: 'Model', resource: 'a0', handle: 'new' } }, Schema: 'platform#Pure', Table: 'platform#Pure',
    default: { members: { model: { returns: { type: 'Model', resource: 'a0', handle: 'new' } }, Schema: 'platform#Pure', Table: 'platform#Pure', transaction: { effect: { ...table, kind: 'write', action: 'execute', items: 'a0', maxItems: 100, conditional: true } } } },
    transaction: { effect: { ...table, kind: 'write', action: 'execute', items: 'a0', maxItems: 100, conditional: true } },
  },
  types: {
    Model: {
      role: 'client',
      construct: { returns: { type: 'Item' } },
      members: {
        get: { effect: { ...key, kind: 'read', action: 'find', cardinality: 'one', stale: true, batchCounterpart: 'batchGet' } },
        batchGet: { effect: { ...many, items: 'a0', maxItems: 100, partialFailure: 'unprocessedKeys' } },
        // Fails where the item is there, unless it may overwrite.
        create: [{ when: [{ at: 'a1.overwrite', equals: true }], effect: { ...table, kind: 'write', action: 'replace', values: ['object', 'a0'], repeatable: true } }, { effect: { ...table, kind: 'write', action: 'insert', values: ['object', 'a0'], repeatable: false } }],
        batchPut: { effect: { ...table, kind: 'write', action: 'replace', values: ['object', 'a0'], items: 'a0', maxItems: 25, partialFailure: 'unprocessedItems', repeatable: true } },
        batchDelete: { effect: { ...table, kind: 'write', action: 'delete', items: 'a0', maxItems: 25, partialFailure: 'unprocessedItems', repeatable: true } },
        update: [{ when: [{ at: 'a1', kind: 'absent' }], effect: { ...key, kind: 'write', action: 'update', values: ['object', 'a0'], scope: 'payload' } }, { effect: { ...key, kind: 'write', action: 'update', values: ['object', 'a1'], scope: 'payload', conditional: 'a2.condition' } }],
        delete: { effect: { ...key, kind: 'write', action: 'delete', conditional: 'a1.condition', repeatable: true, batchCounterpart: 'batchDelete' } },
        query: asked, scan: asked,
        transaction: 'platform#Pure',
      },
    },
    Item: { members: { save: { effect: { ...table, kind: 'write', action: 'replace', conditional: 'a0.condition', repeatable: true } }, delete: { effect: { ...table, kind: 'write', action: 'delete', repeatable: true } } } },
    Query: { aliases: ['Scan'], lazy: 'run', members: conditions },
  },
  source: 'dynamoose 4.2',
  verified: 'types',
} satisfies LibraryModel;
