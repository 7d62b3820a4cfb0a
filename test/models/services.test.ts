import { describe, expect, test } from 'vitest';
import type { LibraryModel, Member, Operation, Returns, TypeShape } from '../../src/vocabulary/model.ts';

const FILES = [
  'platform', 'node-crypto', 'node-events', 'node-http', 'node-fs', 'node-timers', 'uuid', 'dates',
  'undici', 'node-fetch', 'axios', 'axios-retry', 'got', 'ky', 'superagent', 'grpc', 'connect-rpc', 'trpc', 'graphql-request', 'octokit',
  'nestjs', 'express', 'fastify', 'koa', 'hono', 'next',
  'stripe', 'payments', 'nodemailer', 'sendgrid', 'resend', 'postmark', 'mailgun', 'twilio', 'slack', 'firebase-messaging', 'web-push', 'openai', 'anthropic', 'svix',
  'p-limit', 'p-map', 'p-queue', 'p-throttle', 'bottleneck', 'async-lib', 'bluebird', 'async-sema', 'rxjs', 'effect-ts',
  'p-retry', 'async-retry', 'exponential-backoff', 'cockatiel', 'opossum', 'lodash', 'radash', 'zod', 'validators', 'dataloader',
  'node-cron', 'cron', 'node-schedule', 'croner', 'telemetry', 'rate-limit',
];

const models = await Promise.all(FILES.map(async (file) => ({ file, model: ((await import(`../../src/models/${file}.ts`)) as { default: LibraryModel }).default })));
const types = new Set(models.flatMap(({ model }) => Object.keys(model.types).map((name) => `${model.name}#${name}`)));

const SOURCE = /^(?:client\.a\d+|#|(?:a\d|last|args|this|result|type\d)(?:\[\])?(?:\.[\w*-]+(?:\[\])?)*$)/;

interface Found {
  readonly where: string;
  readonly operations: readonly Operation[];
}

/** Every operation and every type name of a model. */
function walk(model: LibraryModel): { operations: Found[]; names: { where: string; name: string }[] } {
  const operations: Found[] = [];
  const names: { where: string; name: string }[] = [];
  const visit = (where: string, member: Member | readonly Operation[] | undefined): void => {
    if (member === undefined) return;
    if (typeof member === 'string') names.push({ where, name: member });
    else if (Array.isArray(member)) operations.push({ where, operations: member as readonly Operation[] });
    else if ('members' in member) for (const [key, inner] of Object.entries(member.members)) visit(`${where}.${key}`, inner);
    else operations.push({ where, operations: [member as Operation] });
  };
  for (const table of ['exports', 'globals', 'generated'] as const) for (const [key, member] of Object.entries(model[table] ?? {})) visit(key, member);
  for (const [name, shape] of Object.entries(model.types) as [string, TypeShape][]) {
    for (const base of shape.extends ?? []) names.push({ where: name, name: base });
    for (const table of ['members', 'statics'] as const) for (const [key, member] of Object.entries(shape[table] ?? {})) visit(`${name}.${key}`, member);
    visit(`${name}()`, shape.call);
    visit(`new ${name}()`, shape.construct);
  }
  const typeOf = (where: string, returns: Returns | null | undefined): void => {
    if (typeof returns === 'object' && returns !== null) names.push({ where, name: returns.type });
  };
  for (const { where, operations: overloads } of operations) {
    for (const operation of overloads) {
      typeOf(where, operation.returns);
      typeOf(where, operation.decorates?.injects);
      for (const args of [operation.decorates?.args, ...(operation.invokes ?? []).map((one) => one.args), ...(operation.registers ?? []).map((one) => one.args)]) for (const arg of args ?? []) typeOf(where, arg);
    }
  }
  for (const convention of model.conventions ?? []) for (const arg of convention.args ?? []) typeOf(convention.files, arg);
  return { operations, names };
}

/** Where an operation says that a value is found. */
function* sources(operation: Operation): Generator<string> {
  for (const condition of operation.when ?? []) yield condition.at;
  const { effect } = operation;
  for (const key of ['resource', 'handle', 'method', 'offset', 'cursor', 'items', 'orderingKey', 'conflictTarget', 'sql', 'params'] as const) if (effect?.[key] !== undefined) yield effect[key];
  for (const key of ['limit', 'conditional', 'lock', 'skipLocked'] as const) if (typeof effect?.[key] === 'string') yield effect[key];
  for (const key of ['criteria', 'values', 'order'] as const) if (effect?.[key] !== undefined) yield effect[key][1];
  for (const key of ['idempotencyKey', 'deadlineOption', 'retryOption'] as const) if (effect?.[key] !== undefined) yield* [effect[key]].flat() as string[];
  for (const key of ['awaits', 'batch', 'mutates', 'command'] as const) if (operation[key] !== undefined) yield operation[key];
  if (typeof operation.returns === 'string' && operation.returns !== 'invoked') yield operation.returns;
  for (const { fn, args, over, concurrency, region } of operation.invokes ?? []) {
    yield fn;
    for (const arg of args ?? []) if (typeof arg === 'string') yield arg;
    if (over !== undefined) yield over;
    if (typeof concurrency === 'string' && concurrency !== 'unbounded' && concurrency !== 'sequential') yield concurrency;
    if (region?.value !== undefined) yield region.value;
  }
  for (const { fn, entry } of operation.registers ?? []) {
    if (fn !== 'functions') yield fn;
    for (const key of ['source', 'method', 'batch'] as const) if (entry[key] !== undefined) yield entry[key];
  }
}

test('names are unique, and those of their files', () => {
  expect(models.map(({ model }) => model.name)).toEqual(FILES);
  expect(new Set(FILES).size).toBe(FILES.length);
});

describe.each(models)('$file', ({ model }) => {
  const { operations, names } = walk(model);

  test('is data', () => {
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
    const undefineds: string[] = [];
    JSON.stringify(model, (key, value: unknown) => {
      if (value === undefined || typeof value === 'function') undefineds.push(key);
      return value;
    });
    expect(undefineds).toEqual([]);
  });

  test('refers only to types that exist', () => {
    expect(names.filter(({ name }) => name !== 'type0' && !types.has(name.includes('#') ? name : `${model.name}#${name}`))).toEqual([]);
  });

  test('writes sources in the language of sources', () => {
    const wrong = operations.flatMap(({ where, operations: overloads }) => overloads.flatMap((operation) => [...sources(operation)].filter((source) => !SOURCE.test(source)).map((source) => `${where}: ${source}`)));
    expect(wrong).toEqual([]);
  });

  test('has no overload that an earlier one hides', () => {
    const hidden = operations.filter(({ operations: overloads }) => overloads.slice(0, -1).some((operation) => operation.when === undefined && operation.decorates === undefined));
    expect(hidden.map(({ where }) => where)).toEqual([]);
  });

  test('does not call pure what has an effect', () => {
    const torn = operations.filter(({ operations: overloads }) => overloads.some((operation) => operation.pure === true && (operation.effect !== undefined || operation.transaction !== undefined || operation.registers !== undefined)));
    expect(torn.map(({ where }) => where)).toEqual([]);
  });

  test('says that only money moves in a charge, and that every call has its system', () => {
    const effects = operations.flatMap(({ where, operations: overloads }) => overloads.flatMap(({ effect }) => (effect?.kind === undefined ? [] : [{ where, effect }])));
    expect(effects.filter(({ effect }) => effect.kind === 'charge' && effect.system !== 'payment').map(({ where }) => where)).toEqual([]);
    expect(effects.filter(({ effect }) => ['read', 'write', 'call', 'send', 'publish'].includes(effect.kind!) && effect.system === undefined).map(({ where }) => where)).toEqual([]);
  });
});
