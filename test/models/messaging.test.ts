import { describe, expect, it } from 'vitest';
import { Catalog } from '../../src/catalog/catalog.ts';
import models from '../../src/models/index.ts';
import type { EffectShape, LibraryModel, Member, Operation, Returns } from '../../src/vocabulary/model.ts';

const all = new Map(models.map((model): [string, LibraryModel] => [model.name, model]));

const names = [
  'aws-dynamodb', 'aws-sqs', 'aws-sns', 'aws-eventbridge', 'aws-kinesis', 'aws-s3', 'aws-lambda-client', 'aws-ses', 'aws-sfn', 'aws-other', 'aws-sdk-v2', 'aws-lambda-types',
  'aws-powertools', 'middy', 'kafkajs', 'amqplib', 'amqp-connection-manager', 'golevup-rabbitmq', 'bullmq', 'bull', 'nestjs-bullmq', 'nestjs-bull', 'pg-boss',
  'graphile-worker', 'agenda', 'bee-queue', 'google-pubsub', 'google-tasks', 'azure-service-bus', 'azure-storage', 'nats', 'mqtt', 'qstash', 'sqs-consumer', 'inngest',
  'trigger-dev', 'temporal', 'google-storage', 'minio', 'elasticsearch', 'opensearch', 'algolia', 'meilisearch', 'typesense', 'firebase-functions', 'azure-functions',
  'google-functions',
];
const mine = names.map((name): [string, LibraryModel] => [name, all.get(name)!]);
const catalog = new Catalog(models);

const isOperation = (member: Member): member is Operation | readonly Operation[] => typeof member === 'object' && !('members' in member);

/** Every member of a model with the path to it. */
function* membersOf(model: LibraryModel): Generator<[string, Member]> {
  const within = function* (path: string, member: Member): Generator<[string, Member]> {
    yield [path, member];
    if (typeof member === 'object' && 'members' in member) for (const [name, inner] of Object.entries(member.members)) yield* within(`${path}.${name}`, inner);
  };
  for (const table of [model.exports, model.globals, model.generated]) for (const [name, member] of Object.entries(table ?? {})) yield* within(name, member);
  for (const [type, shape] of Object.entries(model.types)) {
    for (const table of [shape.members, shape.statics]) for (const [name, member] of Object.entries(table ?? {})) yield* within(`${type}.${name}`, member);
    for (const key of ['call', 'construct', 'command'] as const) if (shape[key] !== undefined) yield [`${type}.${key}`, shape[key]];
  }
}

function* operationsOf(model: LibraryModel): Generator<[string, Operation, boolean]> {
  for (const [path, member] of membersOf(model)) {
    if (!isOperation(member)) continue;
    const operations = (Array.isArray(member) ? member : [member]) as readonly Operation[];
    for (const [index, operation] of operations.entries()) yield [path, operation, index === operations.length - 1];
  }
}

const returnsOf = (operation: Operation): readonly (Returns | null)[] => [
  operation.returns ?? null,
  ...(operation.invokes ?? []).flatMap(({ args = [] }) => args),
  ...(operation.registers ?? []).flatMap(({ args = [] }) => args),
  ...(operation.decorates?.args ?? []),
  operation.decorates?.injects ?? null,
];

function typeNames(model: LibraryModel): [string, string][] {
  const found: [string, string][] = [];
  for (const [path, member] of membersOf(model)) if (typeof member === 'string') found.push([path, member]);
  for (const [type, shape] of Object.entries(model.types)) for (const base of shape.extends ?? []) found.push([`${type} extends`, base]);
  for (const [path, operation] of operationsOf(model)) for (const returns of returnsOf(operation)) if (returns !== null && typeof returns === 'object') found.push([path, returns.type]);
  return found;
}

const SOURCE = /^(?:(?:a\d|last|this|result|type\d)(?:\[\])?(?:\.[\w$-]+(?:\[\])?)*(?:\.\*)?|args|#.*)$/;

const sourcesOf = ({ criteria, values, order, idempotencyKey = [], deadlineOption = [], retryOption = [], conditional, limit, ...effect }: EffectShape): string[] =>
  [
    criteria?.[1], values?.[1], order?.[1], ...[idempotencyKey].flat(), ...[deadlineOption].flat(), ...[retryOption].flat(), conditional === true ? undefined : conditional,
    typeof limit === 'number' ? undefined : limit, effect.resource, effect.items, effect.orderingKey, effect.handle, effect.method, effect.sql, effect.params, effect.offset,
    effect.cursor,
  ].filter((source) => source !== undefined);

describe.each(mine)('%s', (name, model) => {
  it('is data, under the name of its file', () => {
    expect(model.name).toBe(name);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    expect(model.packages.length).toBeGreaterThan(0);
    expect(model.source).not.toBe('');
  });

  it('names types that there are', () => {
    expect(typeNames(model).filter(([, type]) => catalog.named(model, type) === undefined)).toEqual([]);
  });

  it('writes sources as they are read', () => {
    const bad: string[] = [];
    for (const [path, operation] of operationsOf(model)) {
      const sources = [
        ...sourcesOf(operation.effect ?? {}),
        ...(operation.when ?? []).map(({ at }) => at),
        ...(operation.registers ?? []).flatMap(({ fn, entry }) => [...(fn === 'functions' ? [] : [fn]), ...[entry.source, entry.batch].filter((source) => source !== undefined)]),
        ...(operation.invokes ?? []).flatMap(({ fn, over }) => [fn, ...(over === undefined ? [] : [over])]),
        ...returnsOf(operation).filter((returns) => typeof returns === 'string' && returns !== 'invoked'),
        ...(operation.command === undefined ? [] : [operation.command]),
      ] as string[];
      for (const source of sources) if (!SOURCE.test(source)) bad.push(`${path}: ${source}`);
    }
    expect(bad).toEqual([]);
  });

  it('gives an effect its kind and system wherever it begins', () => {
    const lazy = new Set(Object.entries(model.types).filter(([, shape]) => shape.lazy !== undefined).map(([type]) => type));
    const bad: string[] = [];
    for (const [path, { effect }] of operationsOf(model)) {
      if (effect === undefined || effect.sql !== undefined || (lazy.has(path.split('.')[0]!) && !path.endsWith('.construct'))) continue;
      if (effect.kind === undefined || effect.system === undefined) bad.push(path);
    }
    expect(bad).toEqual([]);
  });

  it('has no overload after an unconditional one', () => {
    expect([...operationsOf(model)].filter(([, { when = [], before }, last]) => !last && when.length === 0 && before === undefined).map(([path]) => path)).toEqual([]);
  });
});

describe('the messaging models', () => {
  it('have names of their own', () => {
    expect(new Set(mine.map(([, model]) => model.name)).size).toBe(names.length);
  });

  it('gives a command of the cloud the effect of the method', () => {
    const sqs = all.get('aws-sqs')!;
    expect(sqs.exports!.SendMessageBatchCommand).toBe('SendMessageBatchCommand');
    expect(sqs.types.SendMessageBatchCommand!.command).toEqual(sqs.types.SQS!.members!.sendMessageBatch);
    expect(sqs.types.SendMessageBatchCommand!.command!.effect).toMatchObject({ kind: 'publish', resource: 'a0.QueueUrl', items: 'a0.Entries', maxItems: 10, partialFailure: 'Failed' });
  });

  it('chooses between meanings of one command by its input', () => {
    const { PublishCommand, ...others } = all.get('aws-sns')!.types;
    expect(PublishCommand!.construct).toMatchObject([{ when: [{ at: 'a0.TopicArn' }, { at: 'a0.PhoneNumber' }], returns: { type: 'PublishCommand:1' } }, { returns: { type: 'PublishCommand:2' } }, { returns: { type: 'PublishCommand' } }]);
    expect(others['PublishCommand:1']!.command!.effect).toMatchObject({ kind: 'send', system: 'sms' });
    expect(PublishCommand!.command!.effect).toMatchObject({ kind: 'publish', idempotencyKey: 'a0.MessageDeduplicationId' });
  });

  it('tells apart the commands of one name in two packages', () => {
    const { types } = all.get('aws-kinesis')!;
    expect(types['PutRecordCommand:1']!.command!.effect!.resource).toBe('a0.DeliveryStreamName');
    expect(types.PutRecordCommand!.command!.effect!.resource).toBe('a0.StreamName');
    expect(Object.keys(types.Kinesis!.members!)).not.toContain('putRecordBatch');
  });

  it('knows a handler by its annotation and by that of its event', () => {
    const handler = catalog.annotated('aws-lambda', 'SQSHandler')!.shape.handler;
    expect(handler).toMatchObject({ kind: 'queue', redelivers: true, batch: 'a0.Records', identity: ['messageId'] });
    expect(catalog.annotated('aws-lambda', 'SQSEvent')!.shape.event).toEqual(handler);
  });
});
