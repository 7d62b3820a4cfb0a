import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { configSchema, loadConfig } from '../../src/audit/config.ts';
import { AuditFailure } from '../../src/audit/options.ts';
import { defineConfig } from '../../src/config.ts';

const RULE_NAMES = ['no-dual-write', 'no-read-modify-write', 'require-stable-order'];

let root: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'distributed-config-')));
});
afterEach(() => rmSync(root, { recursive: true }));

describe('where a config is found', () => {
  test.each([
    ['distributed.config.ts', "import { defineConfig } from 'eslint-plugin-distributed/config';\nconst preset: string = 'strict';\nexport default defineConfig({ preset });"],
    ['distributed.config.mts', 'export default { preset: "strict" } as const;'],
    ['distributed.config.js', 'module.exports = { preset: "strict" };'],
    ['distributed.config.mjs', 'export default { preset: "strict" };'],
    ['distributed.config.json', '{ "preset": "strict" }'],
    ['package.json', '{ "name": "shop", "distributed": { "preset": "strict" } }'],
  ])('%s', async (name, text) => {
    write(name, text);
    expect(await load()).toMatchObject({ config: { preset: 'strict' }, file: join(root, name) });
    expect(readdirSync(root)).toEqual([name]);
  });

  test('a JSON file tells the lines of its entries', async () => {
    write('distributed.config.json', '{\n  "rules": {\n    "distributed/no-dual-write": "off"\n  },\n  "ignore": [\n    "a",\n    "b"\n  ]\n}');
    expect((await load()).lines).toEqual({ rules: 2, 'rules\0no-dual-write': 3, ignore: 5, 'ignore\u00000': 6, 'ignore\u00001': 7 });
  });

  test('nowhere: everything is default', async () => {
    write('package.json', '{ "name": "shop" }');
    expect(await load()).toEqual({ config: {} });
  });

  test('above the root, but not above the repository', async () => {
    write('distributed.config.json', '{ "preset": "all" }');
    write('shop/orders/package.json', '{}');
    expect((await load({ root: join(root, 'shop/orders') })).config).toEqual({});
    write('.git/HEAD', '');
    expect((await load({ root: join(root, 'shop/orders') })).config).toEqual({ preset: 'all' });
    write('shop/.git/HEAD', '');
    expect((await load({ root: join(root, 'shop/orders') })).config).toEqual({});
  });

  test('the nearest one, and a file of its own before package.json', async () => {
    write('distributed.config.json', '{ "preset": "all" }');
    write('orders/package.json', '{ "distributed": { "preset": "recommended" } }');
    write('orders/distributed.config.json', '{ "preset": "strict" }');
    expect((await load({ root: join(root, 'orders') })).config).toEqual({ preset: 'strict' });
  });

  test('the one that --config names, whatever its name', async () => {
    write('distributed.config.json', '{ "preset": "all" }');
    write('ci/audit.json', '{ "preset": "strict" }');
    expect((await load({ file: join(root, 'ci/audit.json') })).config).toEqual({ preset: 'strict' });
    expect(await failure({ file: join(root, 'ci/none.json') })).toBe('ci/none.json: no such config file');
  });
});

describe('what it may say', () => {
  test('everything of the reference', async () => {
    const config = defineConfig({
      $schema: './node_modules/eslint-plugin-distributed/docs/config.schema.json',
      preset: 'strict',
      rules: { 'no-dual-write': 'warn', 'distributed/require-stable-order': 'off' },
      certainty: 'proven',
      include: ['services/**'],
      ignore: ['**/legacy/**'],
      types: 'off',
      models: [{ name: 'acme-bus', packages: ['@acme/bus'], types: { Bus: { role: 'client', members: { emit: { effect: { kind: 'publish' } } } } } }],
      services: { billing: { match: 'billing.internal', availability: 99.9, latencyMs: 200, optional: true } },
      handlers: { 'POST /orders': { availability: 99.95 } },
      sensitive: ['services/vault/**'],
      deployables: { api: ['services/api/**'] },
      closed: true,
      replicas: { api: 3 },
      hosts: { private: ['*.acme.internal'] },
      contracts: 'contracts',
    });
    write('distributed.config.json', JSON.stringify(config));
    const { $schema: _, rules: __, models, ...same } = config;
    expect((await load()).config).toEqual({
      ...same,
      rules: { 'no-dual-write': 'warn', 'require-stable-order': 'off' },
      models: [{ ...models![0], source: 'distributed.config.json', verified: 'docs' }],
    });
  });

  test('the published schema is the one that is checked', async () => {
    const schema = { title: 'Config of distributed-audit', ...z.toJSONSchema(configSchema, { io: 'input' }) };
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot('../../docs/config.schema.json');
  });
});

describe('what is wrong is told in one line, with the place', () => {
  test.each([
    ['a key that is none', '{\n  "preset": "all",\n  "rulez": {}\n}', ':3: unknown key "rulez"; did you mean "rules"?'],
    ['a key deeper down', '{ "services": {\n  "billing": {\n    "match": "b",\n    "latency": 5 } } }', ':4: unknown key "latency" in services.billing; did you mean "latencyMs"?'],
    ['a rule that is none', '{ "rules": {\n  "distributed/no-dual-writes": "off" } }', ':2: unknown rule "distributed/no-dual-writes"; did you mean "no-dual-write"?'],
    ['a severity that is none', '{ "rules": {\n  "no-dual-write": "errors" } }', ':2: rules.no-dual-write must be "off", "warn" or "error", not "errors"; did you mean "error"?'],
    ['a value of another kind', '{ "ignore":\n  "dist" }', ':1: ignore: Invalid input: expected array, received string (it is "dist")'],
    ['a model without a name', '{ "models": [\n  { "packages": [], "types": {} }\n] }', ':2: models.0.name is missing'],
    ['several things', '{ "presett": "all", "certainty": "sure" }', ':1: certainty must be "proven" or "likely", not "sure" (and 1 more)'],
    ['no object', '"all"', ':1: the config: Invalid input: expected object, received string (it is "all")'],
    ['no JSON', '{\n  "preset": "all"\n  "closed": true\n}', ':3: not valid JSON: Expected `,` or `}` but found `string`'],
    ['an unclosed object', '{\n  "preset": "all"', ':2: not valid JSON: the end is missing'],
    ['code', '{\n  "closed": process.exit()\n}', ':2: not valid JSON: only literal values may stand here'],
    ['nothing', '', ': not valid JSON: the file is empty'],
    ['brackets without end', '['.repeat(100_000), ': brackets nest deeper than 200'],
  ])('%s', async (_, text, message) => {
    write('distributed.config.json', text);
    expect(await failure()).toBe(`distributed.config.json${message}`);
  });

  test('lines of package.json', async () => {
    write('package.json', '{\n  "name": "shop",\n  "distributed": {\n    "prest": "all"\n  }\n}');
    expect(await failure()).toBe('package.json:4: unknown key "prest"; did you mean "preset"?');
  });

  test.each([
    ['a config that throws', 'const a = 1;\nthrow new Error("no database\\nhere");', ':2: the config cannot be run: no database'],
    ['a config that is no code', 'export default {\n  preset: = 1\n};', /^distributed\.config\.ts:2: the config cannot be run: /],
    ['a config without export', 'const a = 1;', ': the config exports nothing'],
    ['a config that is exported by name', 'export const config = {};', ': unknown key "config"'],
    ['a wrong value', 'export default { preset: "al" };', ': preset must be "recommended", "strict" or "all", not "al"; did you mean "all"?'],
  ])('%s', async (_, text, message) => {
    write('distributed.config.ts', text);
    const told = await failure();
    if (message instanceof RegExp) expect(told).toMatch(message);
    else expect(told).toBe(`distributed.config.ts${message}`);
  });
});

test('comments and trailing commas are forgiven', async () => {
  write('distributed.config.json', '{\n  // for CI\n  "preset": "all", /* all */\n}');
  expect((await load()).config).toEqual({ preset: 'all' });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

function load(search: { root?: string; file?: string } = {}): ReturnType<typeof loadConfig> {
  return loadConfig({ root, ruleNames: RULE_NAMES, ...search });
}

async function failure(search: { file?: string } = {}): Promise<string> {
  const error = await load(search).then(() => undefined, (error: unknown) => error);
  if (!(error instanceof AuditFailure)) throw error ?? new Error('no failure');
  return `${relative(root, error.file!)}${error.line === undefined ? '' : `:${error.line}`}: ${error.message}`;
}
