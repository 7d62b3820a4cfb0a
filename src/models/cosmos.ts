import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const read: EffectShape = { kind: 'read', action: 'find', system: 'cosmos', deadline: 60_000, deadlineOption: 'last.abortSignal', retries: 9 };
const write: EffectShape = { kind: 'write', system: 'cosmos', deadline: 60_000, deadlineOption: 'last.abortSignal', retries: 9 };
/** The query names its container by an alias of its own, so its text is not read here. */
const query: EffectShape = { ...read, cardinality: 'many', criteria: ['filters', '#query'], limit: 'a1.maxItemCount' };
const onePage: Operation = { run: true, effect: { rows: 'resources' } };
/** The handle itself names the item. */
const item: EffectShape = { criteria: ['key', 'this'] };
const wholeContainer: EffectShape = { ...read, cardinality: 'many' };

export default {
  name: 'cosmos',
  packages: ['@azure/cosmos'],
  exports: { CosmosClient: 'CosmosClient' },
  types: {
    CosmosClient: {
      role: 'client',
      construct: { returns: { type: 'CosmosClient', handle: 'new' } },
      members: { database: { returns: { type: 'Database' } }, databases: { members: { createIfNotExists: { pure: true } } }, dispose: { pure: true } },
    },
    Database: {
      members: { container: { returns: { type: 'Container', resource: 'a0' } }, containers: { members: { createIfNotExists: { pure: true } } } },
    },
    Container: {
      members: {
        items: 'Items',
        item: { returns: { type: 'Item', resource: 'this' } },
        database: 'Database',
      },
    },
    Items: {
      members: {
        query: { effect: query, returns: { type: 'QueryIterator' } },
        readAll: { effect: wholeContainer, returns: { type: 'QueryIterator' } },
        create: { effect: { ...write, action: 'insert', values: ['object', 'a0'], repeatable: false, batchCounterpart: 'executeBulkOperations' } },
        upsert: { effect: { ...write, action: 'upsert', values: ['object', 'a0'], scope: 'whole', onConflict: 'update', conditional: 'a1.accessCondition', repeatable: true, batchCounterpart: 'executeBulkOperations' } },
        bulk: { effect: { ...write, action: 'execute', items: 'a0', maxItems: 100, partialFailure: '[].statusCode' } },
        executeBulkOperations: { effect: { ...write, action: 'execute', items: 'a0', partialFailure: '[].error' } },
        batch: { effect: { ...write, action: 'execute', items: 'a0', maxItems: 100, maxBytes: 2_097_152, partialFailure: 'result[].statusCode' } },
        getChangeFeedIterator: { effect: { kind: 'read', action: 'stream', system: 'cosmos', cardinality: 'many' }, returns: { type: 'ChangeFeedIterator' } },
        changeFeed: { effect: { kind: 'read', action: 'stream', system: 'cosmos', cardinality: 'many' }, returns: { type: 'ChangeFeedIterator' } },
        readChangeFeed: { effect: { kind: 'read', action: 'stream', system: 'cosmos', cardinality: 'many' }, returns: { type: 'ChangeFeedIterator' } },
      },
    },
    Item: {
      members: {
        read: { effect: { ...read, ...item, cardinality: 'one', rows: 'resource' } },
        replace: { effect: { ...write, ...item, action: 'replace', values: ['object', 'a0'], scope: 'whole', throwsWhenUnmatched: true, conditional: 'a1.accessCondition', repeatable: true } },
        delete: { effect: { ...write, ...item, action: 'delete', throwsWhenUnmatched: true, conditional: 'a0.accessCondition', repeatable: true } },
        // `incr` among its operations is computed by the store.
        patch: { effect: { ...write, ...item, action: 'update', values: ['filters', 'a0'], scope: 'payload', throwsWhenUnmatched: true, conditional: 'a1.accessCondition' } },
      },
    },
    QueryIterator: {
      lazy: 'run',
      members: { fetchAll: onePage, fetchNext: onePage, getAsyncIterator: { run: true, effect: { action: 'stream' } }, hasMoreResults: { pure: true }, reset: { pure: true } },
    },
    ChangeFeedIterator: {
      aliases: ['ChangeFeedPullModelIterator'],
      lazy: 'run',
      members: { readNext: { run: true }, fetchNext: { run: true }, getAsyncIterator: { run: true } },
    },
  },
  source: '@azure/cosmos@4.9.3 dist/esm/client/**/*.d.ts',
  verified: 'types',
} satisfies LibraryModel;
