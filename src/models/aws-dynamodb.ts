import { awsClient, type AwsOperations } from './aws-other.ts';
import type { ArgCondition, EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const MEBIBYTE = 1024 * 1024;

const table = { system: 'dynamo', resource: 'a0.TableName', criteria: ['dynamo', 'a0'], retries: 3 } as const satisfies EffectShape;
const read = { ...table, kind: 'read' } as const satisfies EffectShape;
const write = { ...table, kind: 'write', values: ['dynamo', 'a0'], conditional: 'a0.ConditionExpression' } as const satisfies EffectShape;

const consistent: ArgCondition = { at: 'a0.ConsistentRead', equals: true };

/** Reads are eventually consistent unless they ask otherwise. */
const lagging = (effect: EffectShape): readonly Operation[] => [
  { when: [consistent], effect, returns: 'result' },
  { effect: { ...effect, stale: true }, returns: 'result' },
];

const many = { ...read, action: 'find', cardinality: 'many', rows: 'Items', limit: 'a0.Limit', cursor: 'a0.ExclusiveStartKey' } as const satisfies EffectShape;
const search: readonly Operation[] = [
  { when: [{ at: 'a0.Select', equals: 'COUNT' }], effect: { ...read, action: 'count' }, returns: 'result' },
  ...lagging(many),
];

// The tables of a batch or transaction are within its items.
const batch = { system: 'dynamo', retries: 3 } as const satisfies EffectShape;

const get = lagging({ ...read, action: 'find', cardinality: 'one', rows: 'Item', batchCounterpart: 'BatchGetItem' });
const put: Operation = { effect: { ...write, action: 'replace', scope: 'whole', repeatable: true, batchCounterpart: 'BatchWriteItem' }, returns: 'result' };
const update: Operation = { effect: { ...write, action: 'update', scope: 'payload' }, returns: 'result' };
const remove: Operation = {
  effect: { ...table, kind: 'write', action: 'delete', conditional: 'a0.ConditionExpression', repeatable: true, batchCounterpart: 'BatchWriteItem' },
  returns: 'result',
};
const batchGet: Operation = {
  effect: { ...batch, kind: 'read', action: 'find', cardinality: 'many', rows: 'Responses', criteria: ['key', 'a0.RequestItems[].Keys'], items: 'a0.RequestItems[].Keys', maxItems: 100, maxBytes: 16 * MEBIBYTE, partialFailure: 'UnprocessedKeys' },
  returns: 'result',
};
const batchWrite: Operation = {
  effect: {
    ...batch, kind: 'write', action: 'replace', criteria: ['key', 'a0.RequestItems[]'], values: ['dynamo', 'a0'], repeatable: true,
    items: 'a0.RequestItems[]', maxItems: 25, maxBytes: 16 * MEBIBYTE, partialFailure: 'UnprocessedItems',
  },
  returns: 'result',
};
const transactGet: Operation = {
  effect: { ...batch, kind: 'read', action: 'find', cardinality: 'many', rows: 'Responses', criteria: ['key', 'a0.TransactItems'], items: 'a0.TransactItems', maxItems: 100, maxBytes: 4 * MEBIBYTE },
  returns: 'result',
};
// Conditions stand at the items, in any of four places: held to be conditional.
const transactWrite: Operation = {
  effect: {
    ...batch, kind: 'write', action: 'execute', criteria: ['key', 'a0.TransactItems'], values: ['dynamo', 'a0'], conditional: true,
    items: 'a0.TransactItems', maxItems: 100, maxBytes: 4 * MEBIBYTE, idempotencyKey: 'a0.ClientRequestToken',
  },
  returns: 'result',
};

const statements: AwsOperations = {
  ExecuteStatement: { effect: { system: 'dynamo', sql: 'a0.Statement', params: 'a0.Parameters', rows: 'Items', retries: 3 }, returns: 'result' },
  BatchExecuteStatement: {
    effect: { system: 'dynamo', sql: 'a0.Statements[].Statement', params: 'a0.Statements[].Parameters', items: 'a0.Statements', maxItems: 25, partialFailure: 'Responses[].Error', retries: 3 },
    returns: 'result',
  },
  ExecuteTransaction: {
    effect: { system: 'dynamo', sql: 'a0.TransactStatements[].Statement', params: 'a0.TransactStatements[].Parameters', items: 'a0.TransactStatements', maxItems: 100, idempotencyKey: 'a0.ClientRequestToken', retries: 3 },
    returns: 'result',
  },
};

/** Operations with attribute values as `{ S: 'text' }`. */
export const dynamoOperations: AwsOperations = {
  GetItem: get,
  PutItem: put,
  UpdateItem: update,
  DeleteItem: remove,
  Query: search,
  Scan: search,
  BatchGetItem: batchGet,
  BatchWriteItem: batchWrite,
  TransactGetItems: transactGet,
  TransactWriteItems: transactWrite,
  ...statements,
};

/** The same of the document client: plain values. */
export const documentOperations: AwsOperations = {
  Get: get,
  Put: put,
  Update: update,
  Delete: remove,
  Query: search,
  Scan: search,
  BatchGet: batchGet,
  BatchWrite: batchWrite,
  TransactGet: transactGet,
  TransactWrite: transactWrite,
  ...statements,
};

const client = awsClient('DynamoDBClient', dynamoOperations);
const document = awsClient('DynamoDBDocumentClient', documentOperations, 'DynamoDBDocument');
const from = (type: string): Operation => ({ returns: { type, handle: 'a0' } });

/** Pages are fetched as the result is iterated. */
const pages = (effect: EffectShape): Operation => ({ effect: { ...effect, criteria: ['dynamo', 'a1'], resource: 'a1.TableName', handle: 'a0.client', rows: '[].Items', limit: 'a1.Limit', cursor: 'a1.ExclusiveStartKey' }, returns: 'result' });

export default {
  name: 'aws-dynamodb',
  packages: ['@aws-sdk/client-dynamodb', '@aws-sdk/lib-dynamodb', '@aws-sdk/util-dynamodb'],
  exports: {
    ...client.exports,
    ...document.exports,
    paginateQuery: pages(many),
    paginateScan: pages(many),
    marshall: { pure: true, returns: 'a0' },
    unmarshall: { pure: true, returns: 'a0' },
  },
  types: {
    ...client.types,
    ...document.types,
    DynamoDBDocumentClient: { ...document.types.DynamoDBDocumentClient!, statics: { from: from('DynamoDBDocumentClient') } },
    DynamoDBDocument: { ...document.types.DynamoDBDocument!, statics: { from: from('DynamoDBDocument') } },
  },
  source: '@aws-sdk/client-dynamodb@3.1169.0, @aws-sdk/lib-dynamodb@3.1168.0',
  verified: 'types',
} satisfies LibraryModel;
