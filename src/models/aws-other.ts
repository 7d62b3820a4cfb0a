import type { EffectShape, LibraryModel, Member, Operation, TypeShape } from '../vocabulary/model.ts';

/** What the commands of a service do, by the name of the operation: `SendMessage`. `a0` is the input object. */
export type AwsOperations = Readonly<Record<string, Operation | readonly Operation[]>>;

/**
 * The two ways in to a service of AWS SDK v3: `new XClient().send(new YCommand(input))` and `new X().y(input)`. An overloaded operation
 * has one command type for each condition; the last, unconditional one bears the command's own name.
 */
export function awsClient(client: string, operations: AwsOperations, aggregate: string | null = client.replace(/Client$/, '')) {
  const exports: Record<string, Member> = { [client]: client };
  const types: Record<string, TypeShape> = {
    [client]: {
      role: 'client',
      construct: { returns: { type: client, handle: 'new' } },
      members: { send: { command: 'a0', returns: 'result' } },
    },
  };
  const methods: Record<string, Member> = {};
  for (const [name, given] of Object.entries(operations)) {
    const command = `${name}Command`;
    const overloads = ((Array.isArray(given) ? given : [given]) as readonly Operation[]).map(configured);
    const operation = overloads.length === 1 ? overloads[0]! : overloads;
    const variant = (index: number): string => (index === overloads.length - 1 ? command : `${command}:${index + 1}`);
    exports[command] = command;
    types[command] = {
      construct: overloads.map(({ when }, index) => ({ ...(when === undefined ? {} : { when }), returns: { type: variant(index) } })),
      command: withoutCondition(overloads.at(-1)!),
    };
    for (const [index, overload] of overloads.slice(0, -1).entries()) types[variant(index)] = { command: withoutCondition(overload) };
    methods[name[0]!.toLowerCase() + name.slice(1)] = operation;
  }
  if (aggregate !== null) {
    exports[aggregate] = aggregate;
    types[aggregate] = { extends: [client], construct: { returns: { type: aggregate, handle: 'new' } }, members: methods };
  }
  return { exports, types };
}

/** The client is told how often it may try, when it is made. */
const configured = (operation: Operation): Operation => (operation.effect?.retries === undefined ? operation : { ...operation, effect: { ...operation.effect, attemptsOption: 'client.a0.maxAttempts' } });

function withoutCondition(operation: Operation): Operation {
  const { when: _when, ...rest } = operation;
  return rest;
}

/** One request that only reads. */
export const ask = (resource?: string, more: EffectShape = {}): Operation => ({ effect: { ...request('#GET', resource), ...more }, returns: 'result' });
/** One request that changes something. */
export const order = (resource?: string, more: EffectShape = {}): Operation => ({ effect: { ...request('#POST', resource), ...more }, returns: 'result' });

function request(method: string, resource: string | undefined): EffectShape {
  return { kind: 'call', action: 'request', system: 'rpc', method, retries: 2, ...(resource === undefined ? {} : { resource }) };
}

export const secretOperations: AwsOperations = {
  GetSecretValue: ask('a0.SecretId', { batchCounterpart: 'BatchGetSecretValue' }),
  BatchGetSecretValue: ask(undefined, { items: 'a0.SecretIdList', maxItems: 20, partialFailure: 'Errors', outcome: ['SecretValues'] }),
  DescribeSecret: ask('a0.SecretId'),
  ListSecrets: ask(),
  CreateSecret: order('a0.Name', { idempotencyKey: 'a0.ClientRequestToken' }),
  PutSecretValue: order('a0.SecretId', { repeatable: true, idempotencyKey: 'a0.ClientRequestToken' }),
  UpdateSecret: order('a0.SecretId', { repeatable: true, idempotencyKey: 'a0.ClientRequestToken' }),
  DeleteSecret: order('a0.SecretId', { repeatable: true }),
};

export const parameterOperations: AwsOperations = {
  GetParameter: ask('a0.Name', { batchCounterpart: 'GetParameters' }),
  GetParameters: ask(undefined, { items: 'a0.Names', maxItems: 10, partialFailure: 'InvalidParameters', outcome: ['Parameters'] }),
  GetParametersByPath: ask('a0.Path'),
  PutParameter: order('a0.Name', { repeatable: true }),
  DeleteParameter: order('a0.Name', { repeatable: true, batchCounterpart: 'DeleteParameters' }),
  DeleteParameters: order(undefined, { repeatable: true, items: 'a0.Names', maxItems: 10, partialFailure: 'InvalidParameters' }),
  SendCommand: order('a0.DocumentName'),
};

// A schedule is unique by name within its group: creating it again fails.
const schedule = { kind: 'publish', system: 'jobs', resource: 'a0.Target.Arn', values: ['object', 'a0.Target.Input'], delivery: 'at-least-once', retries: 2 } as const;
const scheduler: AwsOperations = {
  CreateSchedule: { effect: { ...schedule, idempotencyKey: ['a0.Name', 'a0.ClientToken'] }, returns: 'result' },
  UpdateSchedule: { effect: { ...schedule, idempotencyKey: ['a0.Name', 'a0.ClientToken'], repeatable: true }, returns: 'result' },
  DeleteSchedule: order('a0.Name', { repeatable: true, idempotencyKey: 'a0.ClientToken' }),
  GetSchedule: ask('a0.Name'),
  ListSchedules: ask(),
};

const pool = 'a0.UserPoolId';
export const cognitoOperations: AwsOperations = {
  AdminGetUser: ask(pool),
  GetUser: ask(),
  ListUsers: ask(pool),
  ListGroups: ask(pool),
  ListUsersInGroup: ask(pool),
  AdminListGroupsForUser: ask(pool),
  DescribeUserPool: ask(pool),
  AdminCreateUser: order(pool),
  AdminDeleteUser: order(pool, { repeatable: true }),
  AdminDisableUser: order(pool, { repeatable: true }),
  AdminEnableUser: order(pool, { repeatable: true }),
  AdminAddUserToGroup: order(pool, { repeatable: true }),
  AdminRemoveUserFromGroup: order(pool, { repeatable: true }),
  AdminSetUserPassword: order(pool, { repeatable: true }),
  AdminUpdateUserAttributes: order(pool, { repeatable: true }),
  AdminUserGlobalSignOut: order(pool, { repeatable: true }),
  AdminConfirmSignUp: order(pool),
  AdminResetUserPassword: order(pool),
  AdminInitiateAuth: order(pool),
  AdminRespondToAuthChallenge: order(pool),
  SignUp: order('a0.ClientId'),
  ConfirmSignUp: order('a0.ClientId'),
  ResendConfirmationCode: order('a0.ClientId'),
  ForgotPassword: order('a0.ClientId'),
  ConfirmForgotPassword: order('a0.ClientId'),
  ChangePassword: order(),
  InitiateAuth: order('a0.ClientId'),
  RespondToAuthChallenge: order('a0.ClientId'),
  GlobalSignOut: order(undefined, { repeatable: true }),
};

const parts = [awsClient('SecretsManagerClient', secretOperations), awsClient('SSMClient', parameterOperations), awsClient('SchedulerClient', scheduler), awsClient('CognitoIdentityProviderClient', cognitoOperations)];

export default {
  name: 'aws-other',
  packages: ['@aws-sdk/client-secrets-manager', '@aws-sdk/client-ssm', '@aws-sdk/client-scheduler', '@aws-sdk/client-cognito-identity-provider'],
  exports: Object.assign({}, ...parts.map((part) => part.exports)) as Record<string, Member>,
  types: Object.assign({}, ...parts.map((part) => part.types)) as Record<string, TypeShape>,
  source: '@aws-sdk/client-secrets-manager@3.1164.0, client-ssm@3.1169.0, client-scheduler@3.1169.0, client-cognito-identity-provider@3.1169.0; ten names, twenty secrets: API reference',
  verified: 'types',
} satisfies LibraryModel;
