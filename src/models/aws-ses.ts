import { awsClient, type AwsOperations } from './aws-other.ts';
import type { EffectShape, LibraryModel, Member, TypeShape } from '../vocabulary/model.ts';

const MEBIBYTE = 1024 * 1024;

// The service reads no key that would make a repeat harmless.
const mail = { kind: 'send', system: 'mail', retries: 2 } as const satisfies EffectShape;
const message = { ...mail, resource: 'a0.Destination.ToAddresses', values: ['object', 'a0'], maxBytes: 40 * MEBIBYTE } as const satisfies EffectShape;

export const sesOperations: AwsOperations = {
  SendEmail: { effect: { ...mail, resource: 'a0.Destination.ToAddresses', values: ['object', 'a0'], maxBytes: 10 * MEBIBYTE }, returns: 'result' },
  SendRawEmail: { effect: { ...mail, resource: 'a0.Destinations', values: ['object', 'a0'], maxBytes: 10 * MEBIBYTE }, returns: 'result' },
  SendTemplatedEmail: { effect: { ...mail, resource: 'a0.Destination.ToAddresses', values: ['object', 'a0'], batchCounterpart: 'SendBulkTemplatedEmail' }, returns: 'result' },
  SendBulkTemplatedEmail: { effect: { ...mail, values: ['object', 'a0'], items: 'a0.Destinations', maxItems: 50, partialFailure: 'Status' }, returns: 'result' },
  SendCustomVerificationEmail: { effect: { ...mail, resource: 'a0.EmailAddress' }, returns: 'result' },
  SendBounce: { effect: { ...mail }, returns: 'result' },
};

export const sesV2Operations: AwsOperations = {
  SendEmail: [{ when: [{ at: 'a0.Content.Template', kind: 'present' }], effect: { ...message, batchCounterpart: 'SendBulkEmail' }, returns: 'result' }, { effect: message, returns: 'result' }],
  SendBulkEmail: { effect: { ...mail, values: ['object', 'a0'], items: 'a0.BulkEmailEntries', maxItems: 50, partialFailure: 'BulkEmailEntryResults[].Status' }, returns: 'result' },
};

// `SendEmailCommand` is of both packages and means the same in both.
const parts = [awsClient('SESv2Client', sesV2Operations), awsClient('SESClient', { ...sesOperations, SendEmail: sesV2Operations.SendEmail! })];

export default {
  name: 'aws-ses',
  packages: ['@aws-sdk/client-ses', '@aws-sdk/client-sesv2'],
  exports: Object.assign({}, ...parts.map((part) => part.exports)) as Record<string, Member>,
  types: Object.assign({}, ...parts.map((part) => part.types)) as Record<string, TypeShape>,
  source: '@aws-sdk/client-ses@3.1169.0, @aws-sdk/client-sesv2@3.1175.0; sizes and fifty destinations: quotas of the service',
  verified: 'types',
} satisfies LibraryModel;
