import { awsClient, type AwsOperations } from './aws-other.ts';
import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const MEBIBYTE = 1024 * 1024;

const publish = { kind: 'publish', system: 'stream', delivery: 'at-least-once', durable: true, retries: 2 } as const satisfies EffectShape;

const put: Operation = {
  effect: { ...publish, resource: 'a0.StreamName', values: ['object', 'a0.Data'], orderingKey: 'a0.PartitionKey', maxBytes: 10 * MEBIBYTE, batchCounterpart: 'PutRecords' },
  returns: 'result',
};
const deliver: Operation = {
  effect: { ...publish, resource: 'a0.DeliveryStreamName', values: ['object', 'a0.Record.Data'], maxBytes: 1000 * 1024, batchCounterpart: 'PutRecordBatch' },
  returns: 'result',
};

export const kinesisOperations: AwsOperations = {
  PutRecord: put,
  PutRecords: {
    effect: {
      ...publish, resource: 'a0.StreamName', values: ['object', 'a0.Records[].Data'], orderingKey: 'a0.Records[].PartitionKey',
      items: 'a0.Records', maxItems: 500, maxBytes: 10 * MEBIBYTE, partialFailure: 'FailedRecordCount', outcome: ['Records'],
    },
    returns: 'result',
  },
  GetRecords: { effect: { kind: 'read', action: 'find', system: 'stream', cardinality: 'many', rows: 'Records', limit: 'a0.Limit', retries: 2 }, returns: 'result' },
};

export const firehoseOperations: AwsOperations = {
  PutRecord: deliver,
  PutRecordBatch: {
    effect: {
      ...publish, resource: 'a0.DeliveryStreamName', values: ['object', 'a0.Records[].Data'],
      items: 'a0.Records', maxItems: 500, maxBytes: 4 * MEBIBYTE, partialFailure: 'FailedPutCount', outcome: ['RequestResponses'],
    },
    returns: 'result',
  },
};

// Both packages have a `PutRecordCommand`; the input tells them apart.
const kinesis = awsClient('KinesisClient', { ...kinesisOperations, PutRecord: [{ when: [{ at: 'a0.StreamName', kind: 'absent' }, { at: 'a0.DeliveryStreamName', kind: 'present' }], ...deliver }, put] });
const firehose = awsClient('FirehoseClient', firehoseOperations);

export default {
  name: 'aws-kinesis',
  packages: ['@aws-sdk/client-kinesis', '@aws-sdk/client-firehose'],
  exports: { ...firehose.exports, ...kinesis.exports },
  types: { ...firehose.types, ...kinesis.types },
  source: '@aws-sdk/client-kinesis@3.1143.0, @aws-sdk/client-firehose@3.1169.0',
  verified: 'types',
} satisfies LibraryModel;
