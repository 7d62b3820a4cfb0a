import type { EntryShape, LibraryModel, TypeShape } from '../vocabulary/model.ts';

const http: EntryShape = { kind: 'http', redelivers: false, suspends: true };
/** Asynchronous invocations are tried twice more after a failure. */
const event: EntryShape = { kind: 'event', redelivers: true, ack: 'return', suspends: true };
const bridge: EntryShape = { ...event, identity: ['id'], source: 'type0' };
const records: EntryShape = { kind: 'queue', redelivers: true, batch: 'a0.Records', sized: true, ack: 'return', suspends: true };

const queue: EntryShape = { ...records, partial: 'batchItemFailures', identity: ['messageId'] };
const topic: EntryShape = { ...records, identity: ['Sns.MessageId'] };
const changes: EntryShape = { ...records, partial: 'batchItemFailures', kind: 'cdc', ordered: 'key', identity: ['eventID'] };
const stream: EntryShape = { ...records, partial: 'batchItemFailures', kind: 'stream', ordered: 'key', identity: ['eventID', 'kinesis.sequenceNumber'] };
// Records are grouped by topic and partition: each element of the map is a list.
const kafka: EntryShape = { kind: 'stream', redelivers: true, ordered: 'key', batch: 'a0.records[]', sized: true, identity: ['offset'], ack: 'return', suspends: true };
const objects: EntryShape = { ...records, kind: 'event', identity: ['s3.object.sequencer', 's3.object.versionId'] };
const mail: EntryShape = { ...records, kind: 'event', identity: ['ses.mail.messageId'] };
const transformation: EntryShape = { kind: 'stream', redelivers: true, batch: 'a0.records', sized: true, identity: ['recordId'], ack: 'return', suspends: true };

/** The annotations of a handler, and those of its event. */
const entries: readonly [EntryShape, readonly string[], readonly string[]][] = [
  [queue, ['SQSHandler'], ['SQSEvent']],
  [topic, ['SNSHandler'], ['SNSEvent']],
  [changes, ['DynamoDBStreamHandler'], ['DynamoDBStreamEvent']],
  [stream, ['KinesisStreamHandler', 'KinesisStreamTumblingWindowHandler'], ['KinesisStreamEvent', 'KinesisStreamTumblingWindowEvent']],
  [kafka, ['MSKHandler', 'SelfManagedKafkaHandler'], ['MSKEvent', 'SelfManagedKafkaEvent']],
  [transformation, ['FirehoseTransformationHandler'], ['FirehoseTransformationEvent']],
  [objects, ['S3Handler'], ['S3Event']],
  [mail, ['SESHandler'], ['SESEvent']],
  [bridge, ['EventBridgeHandler'], ['EventBridgeEvent']],
  [{ ...event, identity: ['id'], source: '#S3' }, ['S3NotificationEventBridgeHandler'], ['S3NotificationEvent']],
  [{ kind: 'cron', redelivers: true, identity: ['id'], ack: 'return', suspends: true }, ['ScheduledHandler'], ['ScheduledEvent']],
  [event, ['IoTHandler', 'CloudWatchLogsHandler', 'SecretsManagerRotationHandler'], ['IoTEvent', 'CloudWatchLogsEvent', 'SecretsManagerRotationEvent']],
  [{ ...event, identity: ['RequestId'] }, ['CloudFormationCustomResourceHandler'], ['CloudFormationCustomResourceEvent', 'CloudFormationCustomResourceCreateEvent', 'CloudFormationCustomResourceUpdateEvent', 'CloudFormationCustomResourceDeleteEvent']],
  [
    { kind: 'rpc', redelivers: false, suspends: true },
    [
      'PreSignUpTriggerHandler', 'PostConfirmationTriggerHandler', 'PreAuthenticationTriggerHandler', 'PostAuthenticationTriggerHandler', 'PreTokenGenerationTriggerHandler', 'PreTokenGenerationV2TriggerHandler',
      'UserMigrationTriggerHandler', 'CustomMessageTriggerHandler', 'CreateAuthChallengeTriggerHandler', 'DefineAuthChallengeTriggerHandler', 'VerifyAuthChallengeResponseTriggerHandler',
      'APIGatewayTokenAuthorizerHandler', 'APIGatewayRequestAuthorizerHandler', 'CloudFrontRequestHandler', 'CloudFrontResponseHandler', 'ConnectContactFlowHandler', 'LexV2Handler',
    ],
    [
      'PreSignUpTriggerEvent', 'PostConfirmationTriggerEvent', 'PreAuthenticationTriggerEvent', 'PostAuthenticationTriggerEvent', 'PreTokenGenerationTriggerEvent', 'PreTokenGenerationV2TriggerEvent',
      'UserMigrationTriggerEvent', 'CustomMessageTriggerEvent', 'CreateAuthChallengeTriggerEvent', 'DefineAuthChallengeTriggerEvent', 'VerifyAuthChallengeResponseTriggerEvent',
      'APIGatewayTokenAuthorizerEvent', 'APIGatewayRequestAuthorizerEvent', 'APIGatewayRequestAuthorizerEventV2', 'CloudFrontRequestEvent', 'CloudFrontResponseEvent', 'ConnectContactFlowEvent', 'LexV2Event',
    ],
  ],
  [
    http,
    [
      'APIGatewayProxyHandler', 'APIGatewayProxyHandlerV2', 'APIGatewayProxyHandlerV2WithJWTAuthorizer', 'APIGatewayProxyHandlerV2WithLambdaAuthorizer',
      'APIGatewayProxyHandlerV2WithIAMAuthorizer', 'APIGatewayProxyWithLambdaAuthorizerHandler', 'APIGatewayProxyWithCognitoAuthorizerHandler',
      'APIGatewayProxyWebsocketHandlerV2', 'ProxyHandler', 'ALBHandler', 'LambdaFunctionURLHandler', 'LambdaFunctionURLHandlerWithIAMAuthorizer',
      'AppSyncResolverHandler', 'AppSyncBatchResolverHandler',
    ],
    [
      'APIGatewayProxyEvent', 'APIGatewayProxyEventV2', 'APIGatewayProxyEventV2WithJWTAuthorizer', 'APIGatewayProxyEventV2WithLambdaAuthorizer',
      'APIGatewayProxyEventV2WithIAMAuthorizer', 'APIGatewayProxyWithLambdaAuthorizerEvent', 'APIGatewayProxyWithCognitoAuthorizerEvent',
      'APIGatewayProxyWebsocketEventV2', 'APIGatewayEvent', 'ALBEvent', 'LambdaFunctionURLEvent', 'LambdaFunctionURLEventWithIAMAuthorizer', 'AppSyncResolverEvent',
    ],
  ],
];

const shapes = entries.flatMap(([entry, handlers, events]): [string, TypeShape][] => [
  ...handlers.map((name): [string, TypeShape] => [name, { handler: entry }]),
  ...events.map((name): [string, TypeShape] => [name, { event: entry }]),
]);
const messages = ['SQSRecord', 'SNSEventRecord', 'DynamoDBRecord', 'KinesisStreamRecord', 'MSKRecord', 'S3EventRecord', 'SESEventRecord', 'FirehoseTransformationEventRecord'];

export default {
  name: 'aws-lambda-types',
  packages: ['aws-lambda', '@types/aws-lambda', 'aws-lambda/*'],
  types: {
    // Known by its first type argument.
    Handler: {},
    ...Object.fromEntries(shapes),
    ...Object.fromEntries(messages.map((name): [string, TypeShape] => [name, { role: 'message' }])),
  },
  source: '@types/aws-lambda@8.10.164; delivery from the guide of the service',
  verified: 'types',
} satisfies LibraryModel;
