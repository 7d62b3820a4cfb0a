import { awsClient, type AwsOperations } from './aws-other.ts';
import type { LibraryModel } from '../vocabulary/model.ts';

export const sfnOperations: AwsOperations = {
  // Starting twice under one name with the same input is one execution (standard workflows).
  StartExecution: {
    effect: { kind: 'publish', system: 'jobs', resource: 'a0.stateMachineArn', values: ['object', 'a0.input'], idempotencyKey: 'a0.name', delivery: 'at-least-once', durable: true, retries: 2 },
    returns: 'result',
  },
  StartSyncExecution: { effect: { kind: 'call', action: 'request', system: 'rpc', resource: 'a0.stateMachineArn', values: ['object', 'a0.input'], retries: 2 }, returns: 'result' },
  StopExecution: { effect: { kind: 'call', action: 'request', system: 'rpc', resource: 'a0.executionArn', repeatable: true, retries: 2 }, returns: 'result' },
  DescribeExecution: { effect: { kind: 'call', action: 'request', system: 'rpc', method: '#GET', resource: 'a0.executionArn', retries: 2 }, returns: 'result' },
  ListExecutions: { effect: { kind: 'call', action: 'request', system: 'rpc', method: '#GET', resource: 'a0.stateMachineArn', retries: 2 }, returns: 'result' },
  SendTaskSuccess: { effect: { kind: 'ack', system: 'jobs', values: ['object', 'a0.output'], retries: 2 }, returns: 'result' },
  SendTaskFailure: { effect: { kind: 'nack', system: 'jobs', retries: 2 }, returns: 'result' },
  SendTaskHeartbeat: { effect: { kind: 'call', action: 'request', system: 'jobs', repeatable: true, weight: 'telemetry', retries: 2 }, returns: 'result' },
};

export default {
  name: 'aws-sfn',
  packages: ['@aws-sdk/client-sfn'],
  ...awsClient('SFNClient', sfnOperations),
  source: '@aws-sdk/client-sfn@3.1164.0',
  verified: 'types',
} satisfies LibraryModel;
