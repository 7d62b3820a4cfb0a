import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { globSync } from 'tinyglobby';
import { describe, expect, onTestFinished, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import { extractFacts, type FactsLine, packagesOf, writeFacts } from '../../src/audit/facts.ts';
import { inputsOf } from '../../src/audit/inputs.ts';
import type { AuditOptions } from '../../src/audit/options.ts';

const SHOP = fileURLToPath(new URL('../../fixtures/shop', import.meta.url));

/** A workspace in which everything that links files together occurs. */
const BANK: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "bank", "workspaces": ["packages/*", "apps/*"] }',
  '.gitignore': 'generated/\n*.local.ts\n',
  'tsconfig.base.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@bank/store/*": ["packages/store/src/*"] } } }',
  'jobs/nightly.ts': `import { prisma } from '@bank/store/db';\nexport async function nightly(id: string) {\n  const row = await prisma.account.findUnique({ where: { id } });\n  await prisma.account.update({ where: { id }, data: { amount: row!.amount + 1 } });\n}\n`,
  'packages/config/package.json': '{ "name": "@bank/config" }',
  'packages/config/strict.json': '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "strict": true } }',
  'packages/config/data.json': '{ "rates": [1, 2] }',
  'packages/store/package.json': '{ "name": "@bank/store", "main": "dist/index.js", "dependencies": { "@prisma/client": "5" } }',
  'packages/store/tsconfig.json': '{ "extends": "@bank/config/strict.json", "compilerOptions": { "outDir": "dist", "rootDir": "src" } }',
  'packages/store/prisma/schema.prisma': 'model Account {\n  id String @id\n  email String @unique\n  amount Int\n}\n',
  'packages/store/migrations/1.sql': 'CREATE TABLE transfer (id uuid PRIMARY KEY, reference text);\n',
  'packages/store/src/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  'packages/store/src/index.ts': `export { prisma } from './db';\nexport { Accounts } from './accounts';\nexport type { Row } from './types';\n`,
  'packages/store/src/types.d.ts': 'export interface Row { id: string; amount: number }\n',
  'packages/store/src/accounts.ts': `import { prisma } from './db';\nimport type { Row } from './types';\nexport abstract class Base { abstract load(id: string): Promise<Row | null>; }\nexport class Accounts extends Base {\n  load(id: string) { return prisma.account.findUnique({ where: { id } }); }\n  save(row: Row) { return prisma.account.update({ where: { id: row.id }, data: { amount: row.amount } }); }\n}\n`,
  'packages/store/test/accounts.test.ts': `import { Accounts } from '../src/accounts';\nexport const helper = (x: string) => new Accounts().load(x);\n`,
  'packages/store/src/broken.ts': 'export const = 1;\n',
  'packages/store/README.md': '# Store\n',
  'apps/api/package.json': '{ "name": "@bank/api", "dependencies": { "@bank/store": "workspace:*", "express": "4", "ioredis": "5" } }',
  'apps/api/tsconfig.json': '{ "extends": "../../tsconfig.base.json", "compilerOptions": { "paths": { "~/*": ["./src/*"] } } }',
  'apps/api/src/main.ts': `import express from 'express';\nimport { deposit, register } from '~/accounts';\nconst app = express();\napp.post('/deposit', async (req, res) => { await deposit(req.body.id, req.body.sum); res.end(); });\napp.post('/register', async (req, res) => { await register(req.body.email); res.end(); });\n`,
  'apps/api/src/accounts.ts': `import Redis from 'ioredis';\nimport { Accounts, prisma } from '@bank/store';\nimport { helper } from '../../../packages/store/test/accounts.test';\nconst redis = new Redis();\nexport async function deposit(id: string, sum: number) {\n  const accounts = new Accounts();\n  const row = await accounts.load(id);\n  await helper(id);\n  await accounts.save({ id, amount: row!.amount + sum });\n  // eslint-disable-next-line distributed/no-dual-write -- repaired at night\n  await redis.set(\`balance:\${id}\`, String(row!.amount + sum));\n}\nexport async function register(email: string) {\n  const found = await prisma.account.findUnique({ where: { email } });\n  if (!found) await prisma.account.create({ data: { email, amount: 0 } });\n}\n`,
  'apps/api/src/secrets.local.ts': 'export const secret = 1;\n',
};

function temporary(): string {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), 'facts-')));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function write(root: string, files: readonly (readonly [string, string])[]): string {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

function bank(): string {
  const root = write(temporary(), Object.entries(BANK));
  symlinkSync('../../packages/store/src', join(root, 'apps/api/linked'));
  return root;
}

const ALL: Omit<AuditOptions, 'root'> = { paths: [], preset: 'all', rules: {}, certainty: 'likely', cache: false, types: 'auto', config: {}, stats: false, topology: true };

/** The report as it is written, wherever the program was read from. */
async function report(root: string, facts?: readonly string[], more: Partial<AuditOptions> = {}): Promise<string> {
  return JSON.stringify(await audit({ ...ALL, ...more, root, ...(facts === undefined ? {} : { facts }) }));
}

/** Always the same numbers below n, for as long as the seed is the same. */
function dice(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

/** Files of facts into which the lines fall by chance, some of them twice. */
function shards(lines: readonly FactsLine[], count: number, roll: (n: number) => number): string[] {
  const dir = temporary();
  const piles: FactsLine[][] = Array.from({ length: count }, () => []);
  for (const line of lines) {
    piles[roll(count)]!.push(line);
    if (roll(10) === 0) piles[roll(count)]!.push(line);
  }
  const files = piles.map((pile, at) => {
    const file = join(dir, `${at}.jsonl`);
    writeFacts(file, '.', pile);
    return file;
  });
  return files.sort(() => roll(3) - 1);
}

/** Facts of some directories, each without those of the others that lie in it. */
function factsOfSome(root: string, directories: readonly string[]): string[] {
  const dir = temporary();
  const all = [...new Set([root, ...directories])];
  return all.map((directory, at) => {
    const file = join(dir, `${at}.jsonl`);
    writeFacts(file, '.', extractFacts({ root, directory, without: new Set(all.filter((other) => other !== directory && other.startsWith(directory + sep))) }).lines);
    return file;
  });
}

const directoriesIn = (root: string): string[] => [...new Set(readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => dirname(join(root, name))))].filter((dir) => !dir.includes('node_modules') && !dir.includes('linked')).sort();

describe('linking any sharding gives the report of the whole, byte for byte', () => {
  test('a workspace, cut at its packages', async () => {
    const root = bank();
    const whole = await report(root);
    const { findings, errors } = JSON.parse(whole) as { findings: { ruleId: string; location: { file: string } }[]; errors: unknown[] };
    expect(errors).toHaveLength(1);
    expect(new Set(findings.map(({ location }) => location.file.split('/')[0]))).toEqual(new Set(['apps', 'jobs']));
    const dir = temporary();
    const files = [root, ...packagesOf(root)].map((directory, at) => {
      const file = join(dir, `${at}.jsonl`);
      const { directory: name, lines } = extractFacts({ root, directory });
      writeFacts(file, name, lines);
      return file;
    });
    expect(files).toHaveLength(4);
    expect(await report(root, files)).toBe(whole);
    expect(await report(root, files.reverse())).toBe(whole);
  });

  test('a config that leaves files out, which the facts do not know of', async () => {
    const root = bank();
    const more = { config: { ignore: ['jobs', 'nothing/**'] }, configFile: { name: 'distributed.config.json' } };
    const whole = await report(root, undefined, more);
    expect(whole).not.toContain('jobs/nightly.ts');
    expect(whole).toContain('`nothing/**` matches no file');
    expect(await report(root, factsOfSome(root, [...packagesOf(root)]), more)).toBe(whole);
  });

  test('a workspace, cut at random', async () => {
    const root = bank();
    const whole = await report(root);
    const { lines } = extractFacts({ root, directory: root, without: new Set() });
    for (let seed = 1; seed <= 20; seed += 1) {
      const roll = dice(seed);
      expect(await report(root, shards(lines, 1 + roll(6), roll)), `shards, seed ${seed}`).toBe(whole);
      const directories = directoriesIn(root);
      expect(await report(root, factsOfSome(root, Array.from({ length: roll(5) }, () => directories[roll(directories.length)]!))), `directories, seed ${seed}`).toBe(whole);
    }
  }, 60_000);

  test('fixtures/shop, cut at random', async () => {
    const whole = await report(SHOP);
    const { lines } = extractFacts({ root: SHOP, directory: SHOP, without: new Set() });
    for (let seed = 1; seed <= 3; seed += 1) {
      const roll = dice(seed);
      expect(await report(SHOP, shards(lines, 2 + roll(8), roll)), `shards, seed ${seed}`).toBe(whole);
      const directories = directoriesIn(SHOP);
      expect(await report(SHOP, factsOfSome(SHOP, Array.from({ length: 1 + roll(6) }, () => directories[roll(directories.length)]!))), `directories, seed ${seed}`).toBe(whole);
    }
  }, 120_000);
});

test('facts of the same sources are the same bytes wherever and whenever they were written', () => {
  const [here, there] = [temporary(), temporary()];
  const [a, b] = [write(join(here, 'a'), Object.entries(BANK)), write(join(there, 'deep/er/b'), Object.entries(BANK).reverse())];
  for (const directory of ['.', 'packages/store', 'apps/api']) {
    const [first, second] = [a, b].map((root) => {
      const { directory: name, lines } = extractFacts({ root, directory: join(root, directory) });
      writeFacts(join(here, 'out.jsonl'), name, lines);
      return readFileSync(join(here, 'out.jsonl'), 'utf8');
    });
    expect(second).toBe(first);
    expect(first).not.toContain(here);
  }
});

test('what the workspace declares and no facts tell of is a hint', async () => {
  const root = bank();
  const dir = temporary();
  const { lines } = extractFacts({ root, directory: root });
  writeFacts(join(dir, 'root.jsonl'), '.', lines);
  const { hints } = JSON.parse(await report(root, [join(dir, 'root.jsonl')])) as { hints: unknown };
  expect(hints).toMatchObject(['apps/api', 'packages/config', 'packages/store'].map((file) => ({ kind: 'missing-facts', file })));
});

describe('the inputs of a package decide its facts', () => {
  const OTHER: Readonly<Record<string, string>> = {
    'README.md': '# Bank\n', '.env': 'A=1\n', 'turbo.json': '{}', 'apps/api/.env': 'A=1\n', 'apps/api/Dockerfile': 'FROM node\n', 'apps/api/notes.txt': 'x', 'apps/api/openapi.yaml': 'x: 1\n',
    'apps/api/dist/main.js': 'export {};\n', 'apps/api/dist/schema.sql': 'CREATE TABLE x (id int);\n', 'apps/api/coverage/lcov.js': '1;\n', 'apps/api/node_modules/pg/index.js': '1;\n', 'apps/api/node_modules/pg/package.json': '{}',
    'apps/api/.next/server/page.js': '1;\n', 'apps/api/src/view.tsx': 'export const View = () => <a/>;\n', 'apps/api/test/x.test.mts': 'export {};\n', 'apps/api/schema.sql': 'CREATE TABLE y (id int PRIMARY KEY);\n', 'apps/api/src/old.cjs': 'module.exports = 1;\n',
    'packages/store/src/.gitignore': 'never\n', 'pnpm-lock.yaml': 'x: 1\n', 'packages/store/.distributed/facts.jsonl': 'x\n',
  };
  const facts = (root: string, directory: string): string => JSON.stringify(extractFacts({ root, directory: join(root, directory) }).lines);

  test.each(['.', 'apps/api', 'packages/store', 'packages/config'])('%s', (directory) => {
    const root = write(bank(), Object.entries(OTHER));
    const listed = listedIn(root, directory);
    const before = facts(root, directory);
    let changing = 0;
    for (const file of Object.keys({ ...BANK, ...OTHER })) {
      const path = join(root, file);
      const text = readFileSync(path, 'utf8');
      for (const change of [() => writeFileSync(path, `${text}\n`), () => writeFileSync(path, 'export const changed = 1;\n'), () => unlinkSync(path)]) {
        // A package that comes or goes also changes a lockfile.
        if (directory === '.' && file.endsWith('/package.json')) continue;
        change();
        const after = facts(root, directory);
        if (listed.has(file)) changing += Number(after !== before);
        else expect(after, `${file} is not listed`).toBe(before);
        if (listed.has(file) && /\.[cm]?[jt]sx?$/.test(file) && !file.includes('.local.')) expect(after, `${file} is listed`).not.toBe(before);
        writeFileSync(path, text);
      }
    }
    expect(facts(root, directory)).toBe(before);
    expect(changing).toBeGreaterThan(2);
  }, 30_000);

  test('what is new in a package is among them', () => {
    const root = bank();
    write(root, [['apps/api/src/deep/er/new.ts', 'export {};\n']]);
    expect(listedIn(root, 'apps/api')).toContain('apps/api/src/deep/er/new.ts');
  });

  test('nothing else need be in view', () => {
    const root = write(bank(), Object.entries(OTHER));
    for (const directory of ['apps/api', 'packages/store', 'packages/config']) {
      const box = temporary();
      for (const file of listedIn(root, directory)) if (existsSync(join(root, file))) write(box, [[file, readFileSync(join(root, file), 'utf8')]]);
      // It leads nowhere here.
      if (directory === 'apps/api') symlinkSync('../../packages/store/src', join(box, 'apps/api/linked'));
      expect(facts(box, directory) === facts(root, directory), directory).toBe(true);
    }
  });
});

/** Files relative to the root, that there are and that are listed. */
function listedIn(root: string, directory: string): Set<string> {
  const { extensions, globs, except, above } = inputsOf(root, join(root, directory));
  const patterns = [...extensions.map((extension) => `**/*.${extension}`), ...globs];
  const found = globSync(patterns, { cwd: join(root, directory), ignore: except.map((name) => `${name}/**`), dot: true, absolute: true, followSymbolicLinks: false });
  return new Set([...found.map((file) => relative(root, file)), ...above]);
}

test('a copy of the shop has the facts of the shop', () => {
  const copy = join(temporary(), 'copy');
  cpSync(SHOP, copy, { recursive: true, filter: (file) => !file.includes('node_modules') });
  const [a, b] = [SHOP, copy].map((root) => JSON.stringify(extractFacts({ root, directory: root }).lines));
  expect(b).toBe(a);
});
