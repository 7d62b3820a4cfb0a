import { awsClient, type AwsOperations } from './aws-other.ts';
import type { LibraryModel } from '../vocabulary/model.ts';

export const eventBridgeOperations: AwsOperations = {
  // The bus reads no key: every repeat is another event.
  PutEvents: {
    effect: {
      kind: 'publish', system: 'bus', resource: 'a0.Entries[].DetailType', values: ['object', 'a0.Entries[].Detail'], delivery: 'at-least-once', durable: true,
      items: 'a0.Entries', maxItems: 10, maxBytes: 1024 * 1024, partialFailure: 'FailedEntryCount', outcome: ['Entries'], retries: 2,
    },
    returns: 'result',
  },
  PutRule: { effect: { kind: 'call', action: 'request', system: 'rpc', method: '#POST', resource: 'a0.Name', repeatable: true, retries: 2 }, returns: 'result' },
  PutTargets: {
    effect: { kind: 'call', action: 'request', system: 'rpc', method: '#POST', resource: 'a0.Rule', repeatable: true, partialFailure: 'FailedEntryCount', retries: 2 },
    returns: 'result',
  },
  RemoveTargets: {
    effect: { kind: 'call', action: 'request', system: 'rpc', method: '#POST', resource: 'a0.Rule', repeatable: true, partialFailure: 'FailedEntryCount', retries: 2 },
    returns: 'result',
  },
  DeleteRule: { effect: { kind: 'call', action: 'request', system: 'rpc', method: '#POST', resource: 'a0.Name', repeatable: true, retries: 2 }, returns: 'result' },
};

export default {
  name: 'aws-eventbridge',
  packages: ['@aws-sdk/client-eventbridge'],
  ...awsClient('EventBridgeClient', eventBridgeOperations),
  source: '@aws-sdk/client-eventbridge@3.1169.0; ten entries a call: docs of PutEvents',
  verified: 'types',
} satisfies LibraryModel;
