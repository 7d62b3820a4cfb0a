import { awsClient, type AwsOperations } from './aws-other.ts';
import type { LibraryModel } from '../vocabulary/model.ts';

const MEBIBYTE = 1024 * 1024;

const values = ['object', 'a0.Payload'] as const;

export const lambdaOperations: AwsOperations = {
  Invoke: [
    {
      when: [{ at: 'a0.InvocationType', equals: 'Event' }],
      effect: {
        kind: 'publish', system: 'queue', resource: 'a0.FunctionName', values, delivery: 'at-least-once', keyConditional: true, idempotencyKey: 'a0.DurableExecutionName',
        maxBytes: MEBIBYTE, retries: 2,
      },
      returns: 'result',
    },
    { when: [{ at: 'a0.InvocationType', equals: 'DryRun' }], effect: { kind: 'call', action: 'request', system: 'rpc', method: '#GET', resource: 'a0.FunctionName', retries: 2 }, returns: 'result' },
    // An error of the function comes back as a success with `FunctionError`.
    {
      effect: {
        kind: 'call', action: 'request', system: 'rpc', resource: 'a0.FunctionName', values, keyConditional: true, idempotencyKey: 'a0.DurableExecutionName',
        maxBytes: 6 * MEBIBYTE, partialFailure: 'FunctionError', retries: 2,
      },
      returns: 'result',
    },
  ],
  InvokeAsync: { effect: { kind: 'publish', system: 'queue', resource: 'a0.FunctionName', values: ['object', 'a0.InvokeArgs'], delivery: 'at-least-once', retries: 2 }, returns: 'result' },
  InvokeWithResponseStream: { effect: { kind: 'call', action: 'request', system: 'rpc', resource: 'a0.FunctionName', values, maxBytes: 6 * MEBIBYTE, retries: 2 }, returns: 'result' },
};

export default {
  name: 'aws-lambda-client',
  packages: ['@aws-sdk/client-lambda'],
  ...awsClient('LambdaClient', lambdaOperations),
  source: '@aws-sdk/client-lambda@3.1164.0',
  verified: 'types',
} satisfies LibraryModel;
