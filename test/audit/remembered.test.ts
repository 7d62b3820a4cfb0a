import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import type { AuditOptions } from '../../src/audit/options.ts';

const made: string[] = [];

afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function temporary(): string {
  const dir = mkdtempSync(join(tmpdir(), 'remembered-'));
  made.push(dir);
  return dir;
}

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "program", "dependencies": { "@prisma/client": "6.0.0" } }',
  'tsconfig.json': '{ "compilerOptions": { "paths": { "@store/*": ["./src/store/*"] } } }',
  'prisma/schema.prisma': 'model Page {\n  id String @id\n  slug String\n  visits Int\n}\n',
  'src/store/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  'src/visits.ts': `import { prisma } from '@store/db';\nexport async function addVisit(id: string) {\n  const page = await prisma.page.findUnique({ where: { id } });\n  await prisma.page.update({ where: { id }, data: { visits: page.visits + 1 } });\n}\n`,
  'src/add.ts': `import { prisma } from '@store/db';\nexport async function add(slug: string) {\n  const found = await prisma.page.findFirst({ where: { slug } });\n  if (!found) await prisma.page.create({ data: { slug, visits: 0 } });\n}\n`,
  'src/view.tsx': `'use client';\nimport { useState } from 'react';\nexport const View = () => <a>{useState(1)}</a>;\n`,
  'test/visits.test.ts': `import { addVisit } from '../src/visits';\nawait addVisit('1');\n`,
};

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function program(): string {
  const root = temporary();
  for (const [file, text] of Object.entries(FILES)) write(root, file, text);
  return root;
}

interface Run {
  readonly report: string;
  /** Executions were followed. */
  readonly followed: boolean;
}

async function run(root: string, cache: string | false, more: Partial<AuditOptions> = {}): Promise<Run> {
  let followed = false;
  const report = await audit({ root, paths: [], preset: 'all', rules: {}, certainty: 'likely', cache, types: 'off', config: {}, stats: false, onProgress: (phase) => (followed ||= phase === 'follow'), ...more });
  return { report: JSON.stringify(report), followed };
}

const reportFiles = (cache: string): string[] => readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.report')).map((file) => join(cache, file));

test('nothing changed: the report is given again', async () => {
  const [root, cache] = [program(), temporary()];
  const first = await run(root, cache);
  expect(first.followed).toBe(true);
  expect(JSON.parse(first.report).findings.length).toBeGreaterThan(1);
  expect(await run(root, cache)).toEqual({ ...first, followed: false });
  expect((await run(root, false)).report).toBe(first.report);
});

describe('what was not looked at may change', () => {
  test.each([['test/visits.test.ts', `import { addVisit } from '../src/visits';\nawait addVisit('2');\n`], ['src/view.tsx', `'use client';\nimport { useState } from 'react';\nexport const View = () => <b>{useState(2)}</b>;\n`]])('%s', async (file, text) => {
    const [root, cache] = [program(), temporary()];
    await run(root, cache);
    write(root, file, text);
    const second = await run(root, cache);
    expect(second.followed).toBe(false);
    expect(second.report).toBe((await run(root, false)).report);
  });
});

describe('what a report is made of makes it anew', () => {
  const changes: readonly (readonly [what: string, change: (root: string) => void])[] = [
    ['code', (root) => write(root, 'src/visits.ts', FILES['src/visits.ts']!.replace('visits: page.visits + 1', 'visits: { increment: 1 }'))],
    ['lines', (root) => write(root, 'src/visits.ts', `\n\n${FILES['src/visits.ts']}`)],
    ['a file more', (root) => write(root, 'src/more.ts', FILES['src/visits.ts']!)],
    ['a file less', (root) => rmSync(join(root, 'src/add.ts'))],
    ['a unique key', (root) => write(root, 'prisma/schema.prisma', FILES['prisma/schema.prisma']!.replace('slug String', 'slug String @unique'))],
    ['where an alias leads', (root) => write(root, 'tsconfig.json', '{}')],
    ['the file that an alias leads to', (root) => (write(root, 'tsconfig.json', '{ "compilerOptions": { "paths": { "@store/*": ["./other/*", "./src/store/*"] } } }'), write(root, 'other/db.ts', 'export const prisma = null;\n'))],
    ['a test that becomes code', (root) => write(root, 'test/visits.test.ts', 'export const = 1;\n')],
    ['a page that becomes code', (root) => write(root, 'src/view.tsx', FILES['src/visits.ts']!)],
  ];
  test.each(changes)('%s', async (_, change) => {
    const [root, cache] = [program(), temporary()];
    const first = await run(root, cache);
    change(root);
    const second = await run(root, cache);
    expect(second.report).toBe((await run(root, false)).report);
    expect(second.report).not.toBe(first.report);
    expect((await run(root, cache)).report).toBe(second.report);
  });
});

test('other options have a report of their own', async () => {
  const [root, cache] = [program(), temporary()];
  await run(root, cache);
  for (const more of [{ preset: 'recommended' }, { rules: { 'no-read-modify-write': 'off' } }, { certainty: 'proven' }, { paths: [join(root, 'src/add.ts')] }, { topology: true }, { config: { ignore: ['src/add.ts'] } }] as Partial<AuditOptions>[]) {
    const own = await run(root, cache, more);
    expect(own.followed).toBe(true);
    expect(own.report).toBe((await run(root, false, more)).report);
  }
});

test('what cannot be read back is as if it were not there', async () => {
  const [root, cache] = [program(), temporary()];
  const first = await run(root, cache);
  const [file] = reportFiles(cache);
  const text = readFileSync(file!, 'utf8');
  for (const broken of ['', 'x', text.slice(0, text.length / 2), text.replace('visits', 'visit5'), text.slice(text.indexOf('\n') + 1)]) {
    writeFileSync(file!, broken);
    expect(await run(root, cache)).toEqual(first);
  }
});

test('without a cache none is read and none is written', async () => {
  const [root, cache] = [program(), temporary()];
  await run(root, cache);
  const [file] = reportFiles(cache);
  writeFileSync(file!, 'broken');
  expect((await run(root, false)).followed).toBe(true);
  expect(readFileSync(file!, 'utf8')).toBe('broken');
});

/** The same numbers in each run of the tests. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

test('edited at random, the shop is reported as in a first run', async () => {
  const [root, cache] = [temporary(), temporary()];
  cpSync(join(import.meta.dirname, '../../fixtures/shop'), root, { recursive: true, filter: (from) => !from.includes('node_modules') });
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(?:tsx?|json|prisma|sql)$/.test(file)).sort();
  const next = numbers(7);
  await run(root, cache);
  for (let round = 0; round < 12; round += 1) {
    const file = files[next(files.length)]!;
    const lines = readFileSync(join(root, file), 'utf8').split('\n');
    const at = next(lines.length);
    switch (next(4)) {
      case 0: lines.splice(at, 1); break;
      case 1: lines.splice(at, 0, ''); break;
      case 2: lines.push(file.endsWith('.ts') ? `export const changedBy${round} = ${round};` : ''); break;
      default: lines.splice(at, 0, lines[next(lines.length)]!);
    }
    write(root, file, lines.join('\n'));
    expect((await run(root, cache)).report, `${file} in round ${round}`).toBe((await run(root, false)).report);
  }
}, 120_000);
