import { awsClient, type AwsOperations } from './aws-other.ts';
import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

const bucket = { system: 'objects', resource: 'a0.Bucket', retries: 2 } as const satisfies EffectShape;
const object = { ...bucket, criteria: ['key', 'a0.Key'] } as const satisfies EffectShape;
const list = { ...bucket, kind: 'read', action: 'find', cardinality: 'many', rows: 'Contents', limit: 'a0.MaxKeys', pageSize: 1000 } as const satisfies EffectShape;

/** A write is conditional by either header. */
const store = (more: EffectShape): readonly Operation[] =>
  (['IfNoneMatch', 'IfMatch'] as const).map((header, index) => ({
    ...(index === 0 ? { when: [{ at: `a0.${header}`, kind: 'present' as const }] } : {}),
    effect: { ...object, kind: 'write', action: 'replace', repeatable: true, conditional: `a0.${header}`, ...more },
    returns: 'result',
  }));

export const s3Operations: AwsOperations = {
  GetObject: { effect: { ...object, kind: 'read', action: 'find', cardinality: 'one' }, returns: 'result' },
  HeadObject: { effect: { ...object, kind: 'read', action: 'exists', cardinality: 'one' }, returns: 'result' },
  GetObjectTagging: { effect: { ...object, kind: 'read', action: 'find', cardinality: 'one' }, returns: 'result' },
  HeadBucket: { effect: { ...bucket, kind: 'read', action: 'exists' }, returns: 'result' },
  ListObjectsV2: { effect: { ...list, cursor: 'a0.ContinuationToken' }, returns: 'result' },
  ListObjects: { effect: { ...list, cursor: 'a0.Marker' }, returns: 'result' },
  ListObjectVersions: { effect: { ...list, rows: 'Versions', cursor: 'a0.KeyMarker' }, returns: 'result' },
  PutObject: store({ values: ['object', 'a0.Body'] }),
  CopyObject: store({}),
  CompleteMultipartUpload: store({}),
  PutObjectTagging: { effect: { ...object, kind: 'write', action: 'update', scope: 'payload', repeatable: true }, returns: 'result' },
  CreateMultipartUpload: { effect: { ...object, kind: 'write', action: 'insert' }, returns: 'result' },
  UploadPart: { effect: { ...object, kind: 'write', action: 'replace', repeatable: true }, returns: 'result' },
  AbortMultipartUpload: { effect: { ...object, kind: 'write', action: 'delete', repeatable: true }, returns: 'result' },
  DeleteObject: { effect: { ...object, kind: 'write', action: 'delete', repeatable: true, conditional: 'a0.IfMatch', batchCounterpart: 'DeleteObjects' }, returns: 'result' },
  DeleteObjects: {
    effect: {
      ...bucket, kind: 'write', action: 'delete', criteria: ['key', 'a0.Delete.Objects[].Key'], repeatable: true,
      items: 'a0.Delete.Objects', maxItems: 1000, partialFailure: 'Errors',
    },
    returns: 'result',
  },
};

const client = awsClient('S3Client', s3Operations);

export default {
  name: 'aws-s3',
  packages: ['@aws-sdk/client-s3', '@aws-sdk/lib-storage', '@aws-sdk/s3-request-presigner'],
  exports: {
    ...client.exports,
    Upload: 'Upload',
    getSignedUrl: { pure: true },
    paginateListObjectsV2: { effect: { ...list, resource: 'a1.Bucket', limit: 'a1.MaxKeys', cursor: 'a1.ContinuationToken', rows: '[].Contents', handle: 'a0.client' }, returns: 'result' },
    waitUntilObjectExists: { effect: { ...object, kind: 'read', action: 'exists', resource: 'a1.Bucket', criteria: ['key', 'a1.Key'], handle: 'a0.client' } },
    waitUntilObjectNotExists: { effect: { ...object, kind: 'read', action: 'exists', resource: 'a1.Bucket', criteria: ['key', 'a1.Key'], handle: 'a0.client' } },
  },
  types: {
    ...client.types,
    Upload: {
      construct: {
        effect: {
          kind: 'write', action: 'replace', system: 'objects', resource: 'a0.params.Bucket', criteria: ['key', 'a0.params.Key'], values: ['object', 'a0.params.Body'],
          repeatable: true, conditional: 'a0.params.IfNoneMatch', retries: 2,
        },
        returns: { type: 'StartedUpload', handle: 'a0.client' },
      },
    },
    // Nothing is sent before `done`.
    StartedUpload: {
      lazy: 'run',
      members: { done: { run: true, returns: 'result' }, on: { returns: 'this' } },
    },
  },
  source: '@aws-sdk/client-s3@3.1175.0, @aws-sdk/lib-storage@3.1175.0',
  verified: 'types',
} satisfies LibraryModel;
