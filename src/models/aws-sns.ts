import { awsClient, type AwsOperations } from './aws-other.ts';
import type { ArgCondition, EffectShape, LibraryModel } from '../vocabulary/model.ts';

const publish = { kind: 'publish', system: 'pubsub', resource: 'a0.TopicArn', delivery: 'at-least-once', durable: true, maxBytes: 256 * 1024, retries: 2 } as const satisfies EffectShape;

/** An input that cannot be read is taken to be for a topic. */
const noTopic: ArgCondition = { at: 'a0.TopicArn', kind: 'absent' };

export const snsOperations: AwsOperations = {
  Publish: [
    { when: [noTopic, { at: 'a0.PhoneNumber', kind: 'present' }], effect: { kind: 'send', system: 'sms', resource: 'a0.PhoneNumber', values: ['object', 'a0.Message'], retries: 2 }, returns: 'result' },
    { when: [noTopic, { at: 'a0.TargetArn', kind: 'present' }], effect: { kind: 'send', system: 'push', resource: 'a0.TargetArn', values: ['object', 'a0.Message'], retries: 2 }, returns: 'result' },
    {
      effect: { ...publish, values: ['object', 'a0.Message'], keyConditional: true, idempotencyKey: 'a0.MessageDeduplicationId', orderingKey: 'a0.MessageGroupId', batchCounterpart: 'PublishBatch' },
      returns: 'result',
    },
  ],
  PublishBatch: {
    effect: {
      ...publish, values: ['object', 'a0.PublishBatchRequestEntries[].Message'], keyConditional: true, idempotencyKey: 'a0.PublishBatchRequestEntries[].MessageDeduplicationId',
      orderingKey: 'a0.PublishBatchRequestEntries[].MessageGroupId', items: 'a0.PublishBatchRequestEntries', maxItems: 10, partialFailure: 'Failed', outcome: ['Successful'],
    },
    returns: 'result',
  },
};

export default {
  name: 'aws-sns',
  packages: ['@aws-sdk/client-sns'],
  ...awsClient('SNSClient', snsOperations),
  source: '@aws-sdk/client-sns@3.1169.0',
  verified: 'types',
} satisfies LibraryModel;
