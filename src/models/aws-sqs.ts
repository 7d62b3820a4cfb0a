import { awsClient, type AwsOperations } from './aws-other.ts';
import type { EffectShape, LibraryModel } from '../vocabulary/model.ts';

const MEBIBYTE = 1024 * 1024;

const queue = { system: 'queue', resource: 'a0.QueueUrl', retries: 2 } as const satisfies EffectShape;
const publish = { ...queue, kind: 'publish', delivery: 'at-least-once', durable: true, maxBytes: MEBIBYTE } as const satisfies EffectShape;
const batch = { items: 'a0.Entries', maxItems: 10, partialFailure: 'Failed', outcome: ['Successful'] } as const satisfies EffectShape;

export const sqsOperations: AwsOperations = {
  SendMessage: {
    effect: {
      ...publish, values: ['object', 'a0.MessageBody'], keyConditional: true, idempotencyKey: 'a0.MessageDeduplicationId', orderingKey: 'a0.MessageGroupId',
      batchCounterpart: 'SendMessageBatch', later: 'a0.DelaySeconds',
    },
    returns: 'result',
  },
  SendMessageBatch: {
    effect: { ...publish, ...batch, values: ['object', 'a0.Entries[].MessageBody'], keyConditional: true, idempotencyKey: 'a0.Entries[].MessageDeduplicationId', orderingKey: 'a0.Entries[].MessageGroupId' },
    returns: 'result',
  },
  ReceiveMessage: { effect: { ...queue, kind: 'read', action: 'find', cardinality: 'many', rows: 'Messages', limit: 'a0.MaxNumberOfMessages' }, returns: 'result' },
  DeleteMessage: { effect: { ...queue, kind: 'ack', repeatable: true, batchCounterpart: 'DeleteMessageBatch' }, returns: 'result' },
  DeleteMessageBatch: { effect: { ...queue, ...batch, kind: 'ack', repeatable: true }, returns: 'result' },
  ChangeMessageVisibility: [
    { when: [{ at: 'a0.VisibilityTimeout', equals: 0 }], effect: { ...queue, kind: 'nack', batchCounterpart: 'ChangeMessageVisibilityBatch' }, returns: 'result' },
    { effect: { ...queue, kind: 'call', action: 'request', repeatable: true, batchCounterpart: 'ChangeMessageVisibilityBatch' }, returns: 'result' },
  ],
  ChangeMessageVisibilityBatch: { effect: { ...queue, ...batch, kind: 'call', action: 'request', repeatable: true }, returns: 'result' },
  PurgeQueue: { effect: { ...queue, kind: 'write', action: 'delete', repeatable: true }, returns: 'result' },
  GetQueueAttributes: { effect: { ...queue, kind: 'read', action: 'find' }, returns: 'result' },
  GetQueueUrl: { effect: { ...queue, kind: 'read', action: 'find', resource: 'a0.QueueName' }, returns: 'result' },
};

export default {
  name: 'aws-sqs',
  packages: ['@aws-sdk/client-sqs'],
  ...awsClient('SQSClient', sqsOperations),
  source: '@aws-sdk/client-sqs@3.1175.0',
  verified: 'types',
} satisfies LibraryModel;
