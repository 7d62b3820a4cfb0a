import type { LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';
import { detectiveOperations, guardDutyOperations, organizationsOperations, securityHubOperations } from './aws-accounts.ts';
import { documentOperations, dynamoOperations } from './aws-dynamodb.ts';
import { eventBridgeOperations } from './aws-eventbridge.ts';
import { firehoseOperations, kinesisOperations } from './aws-kinesis.ts';
import { lambdaOperations } from './aws-lambda-client.ts';
import { type AwsOperations, cognitoOperations, parameterOperations, secretOperations } from './aws-other.ts';
import { s3Operations } from './aws-s3.ts';
import { sesOperations, sesV2Operations } from './aws-ses.ts';
import { sfnOperations } from './aws-sfn.ts';
import { snsOperations } from './aws-sns.ts';
import { sqsOperations } from './aws-sqs.ts';

/** Operations are those of the third version, sent by `.promise()`, `.send()` or a callback. */
function service(type: string, operations: AwsOperations, defaults: { readonly retries: number }, more: Readonly<Record<string, Member>> = {}): TypeShape {
  const members: Record<string, Member> = { ...more };
  for (const [name, operation] of Object.entries(operations)) {
    const overloads = (Array.isArray(operation) ? operation : [operation]) as readonly Operation[];
    members[name[0]!.toLowerCase() + name.slice(1)] = overloads.flatMap(({ when = [], effect }): Operation[] => {
      const sent = { ...effect, ...defaults, deadline: 120_000 };
      return [
        { when: [...when, { at: 'a1', kind: 'function' }], effect: sent, invokes: [{ fn: 'a1', when: 'later' }] },
        { ...(when.length === 0 ? {} : { when }), effect: sent, returns: { type: 'Request' } },
      ];
    });
  }
  return { role: 'client', construct: { returns: { type, handle: 'new' } }, members };
}

const three = { retries: 3 };
const ten = { retries: 10 };

const types: Record<string, TypeShape> = {
  SQS: service('SQS', sqsOperations, three),
  SNS: service('SNS', snsOperations, three),
  EventBridge: service('EventBridge', eventBridgeOperations, three),
  Kinesis: service('Kinesis', kinesisOperations, three),
  Firehose: service('Firehose', firehoseOperations, three),
  S3: service('S3', s3Operations, three, {
    getSignedUrl: { pure: true },
    getSignedUrlPromise: { pure: true },
    createPresignedPost: { pure: true },
    upload: [
      { when: [{ at: 'a1', kind: 'function' }], effect: upload(), invokes: [{ fn: 'a1', when: 'later' }] },
      { when: [{ at: 'a2', kind: 'function' }], effect: upload(), invokes: [{ fn: 'a2', when: 'later' }] },
      { effect: upload(), returns: { type: 'Request' } },
    ],
  }),
  Lambda: service('Lambda', lambdaOperations, three),
  SES: service('SES', sesOperations, three),
  SESV2: service('SESV2', sesV2Operations, three),
  SSM: service('SSM', parameterOperations, three),
  SecretsManager: service('SecretsManager', secretOperations, three),
  CognitoIdentityServiceProvider: service('CognitoIdentityServiceProvider', cognitoOperations, three),
  Detective: service('Detective', detectiveOperations, three),
  GuardDuty: service('GuardDuty', guardDutyOperations, three),
  SecurityHub: service('SecurityHub', securityHubOperations, three),
  Organizations: service('Organizations', organizationsOperations, three),
  StepFunctions: service('StepFunctions', sfnOperations, three),
  DynamoDB: { ...service('DynamoDB', dynamoOperations, ten), statics: { DocumentClient: 'DocumentClient' } },
  DocumentClient: { ...service('DocumentClient', documentOperations, ten), aliases: ['DynamoDB.DocumentClient', 'AWS.DynamoDB.DocumentClient'] },
  Request: {
    lazy: 'run',
    aliases: ['AWS.Request', 'ManagedUpload'],
    members: {
      promise: { run: true, returns: 'result' },
      send: { run: true, invokes: [{ fn: 'a0', when: 'later' }] },
      eachPage: { run: true, invokes: [{ fn: 'a0', when: 'later' }] },
      on: { returns: 'this' },
    },
  },
};

function upload() {
  return {
    kind: 'write', action: 'replace', system: 'objects', resource: 'a0.Bucket', criteria: ['key', 'a0.Key'], values: ['object', 'a0.Body'],
    repeatable: true, retries: 3, deadline: 120_000,
  } as const;
}

const services = ['SQS', 'SNS', 'EventBridge', 'Kinesis', 'Firehose', 'S3', 'Lambda', 'SES', 'SESV2', 'StepFunctions', 'SSM', 'SecretsManager', 'CognitoIdentityServiceProvider', 'Detective', 'GuardDuty', 'SecurityHub', 'Organizations', 'DynamoDB'];

export default {
  name: 'aws-sdk-v2',
  // `aws-sdk/clients/sqs` has the class itself as default export; the named ones are of `aws-sdk` and `aws-sdk/clients/all`.
  packages: ['aws-sdk', 'aws-sdk/clients/*'],
  exports: { ...Object.fromEntries(services.map((name) => [name, name])), DocumentClient: 'DocumentClient' },
  types,
  source: 'aws-sdk@2.1693.0; operations as in the third version; sending semantics from the guide',
  verified: 'types',
} satisfies LibraryModel;
