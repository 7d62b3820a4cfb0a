import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import { Cache } from '../../src/audit/cache.ts';
import { emptyFileIR } from '../../src/extract/empty.ts';

const made: string[] = [];

afterEach(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function temporary(): string {
  const dir = mkdtempSync(join(tmpdir(), 'cache-'));
  made.push(dir);
  return dir;
}

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "program" }',
  'prisma/schema.prisma': 'model Page {\n  id String @id\n  slug String @unique\n  visits Int\n}\n',
  'src/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  'src/pages.ts': `import { prisma } from './db';\nexport abstract class Base { abstract load(id: string): Promise<any>; }\nexport class Pages extends Base { load(id: string) { return prisma.page.findUnique({ where: { id } }); } }\n`,
  'src/visits.ts': `import { Pages } from './pages';\nimport { prisma } from './db';\nexport async function addVisit(id: string) {\n  const page = await new Pages().load(id);\n  await prisma.page.update({ where: { id }, data: { visits: page.visits + 1 } });\n}\n`,
  'src/model.ts': `import { Entity, Column } from 'typeorm';\n@Entity() export class Order { @Column({ unique: true }) code!: string; }\n`,
  'src/view.tsx': `'use client';\nimport { useState } from 'react';\nexport const slug = (title: string) => title.trim();\nexport const View = () => <a>{useState(1)}</a>;\n`,
  'src/uses-view.ts': `import { slug } from './view';\nimport { prisma } from './db';\nexport async function add(title: string) {\n  const found = await prisma.page.findUnique({ where: { slug: slug(title) } });\n  if (!found) await prisma.page.create({ data: { slug: slug(title) } });\n}\n`,
  'src/broken.ts': 'export const = 1;\n',
  'test/visits.test.ts': `import { addVisit } from '../src/visits';\nawait addVisit('1');\n`,
};

function write(root: string, files: readonly (readonly [string, string])[]): string {
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return root;
}

/** The report as it is written, without the place of the program. */
async function report(root: string, cache: string | false): Promise<string> {
  const result = await audit({ root, paths: [], preset: 'all', rules: {}, certainty: 'likely', cache, types: 'off', config: {}, stats: false });
  return JSON.stringify({ ...result, root: '' });
}

const packs = (cache: string): string[] => readdirSync(cache, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.pack')).map((file) => join(cache, file));

test('the report is the same from run to run and in whatever order the files were made', async () => {
  const root = write(temporary(), Object.entries(FILES));
  const first = await report(root, false);
  expect(JSON.parse(first).findings.length).toBeGreaterThan(1);
  expect(await report(root, false)).toBe(first);
  expect(await report(write(temporary(), Object.entries(FILES).reverse()), false)).toBe(first);
});

test('the report is the same with an empty cache, a full one, and one of another state of the files', async () => {
  const [root, cache] = [write(temporary(), Object.entries(FILES)), temporary()];
  const first = await report(root, false);
  expect(await report(root, cache)).toBe(first);
  expect(packs(cache)).toHaveLength(1);
  expect(await report(root, cache)).toBe(first);
  expect(packs(cache)).toHaveLength(1);

  const changes = [['src/db.ts', 'export const prisma: any = null;\n'], ['src/view.tsx', FILES['src/view.tsx']!.replace('title.trim()', 'title')], ['src/broken.ts', 'export const right = 1;\n'], ['src/visits.ts', `\n${FILES['src/visits.ts']!}`], ['prisma/schema.prisma', '']] as const;
  for (const [file, text] of changes) {
    write(root, [[file, text]]);
    const fresh = await report(root, false);
    expect(await report(root, cache)).toBe(fresh);
    expect(await report(root, cache)).toBe(fresh);
    write(root, [[file, FILES[file]!]]);
    expect(await report(root, cache)).toBe(first);
  }
});

test('packs are joined before they get many', async () => {
  const [root, cache] = [write(temporary(), Object.entries(FILES)), temporary()];
  for (let i = 0; i < 12; i += 1) {
    write(root, [['src/db.ts', `${FILES['src/db.ts']!}// ${i}\n`]]);
    await report(root, cache);
    expect(packs(cache).length).toBeLessThanOrEqual(7);
  }
  expect(await report(root, cache)).toBe(await report(root, false));
});

test('what cannot be read back is as if it were not there', async () => {
  const [root, cache] = [write(temporary(), Object.entries(FILES)), temporary()];
  const first = await report(root, cache);
  const damages: readonly ((bytes: Buffer) => Buffer)[] = [
    () => Buffer.alloc(0),
    (bytes) => bytes.subarray(0, bytes.length / 2),
    (bytes) => Buffer.from(bytes.toString('latin1').replaceAll('update', 'delete'), 'latin1'),
    (bytes) => Buffer.concat([bytes, Buffer.from('more')]),
    (bytes) => Buffer.from(bytes.map((byte, i) => (i % 97 === 0 ? byte ^ 1 : byte))),
    () => Buffer.from('null'),
  ];
  for (const damage of damages) {
    await report(root, cache);
    for (const pack of packs(cache)) writeFileSync(pack, damage(readFileSync(pack)));
    expect(await report(root, cache)).toBe(first);
  }
});

test('a cache that cannot be written is left', async () => {
  const [root, cache] = [write(temporary(), Object.entries(FILES)), temporary()];
  writeFileSync(join(cache, 'file'), '');
  expect(await report(root, join(cache, 'file'))).toBe(await report(root, false));
  expect(statSync(join(cache, 'file')).isFile()).toBe(true);
});

test('runs at the same time do not disturb each other', () => {
  const location = temporary();
  const facts = { role: 'source', functions: 1 } as const;
  const [one, two] = [new Cache(location), new Cache(location)];
  const keys = ['a.ts', 'b.ts', 'c.ts'].map((name) => one.key(name, 'text'));
  one.add(keys[0]!, facts, emptyFileIR('partial'));
  two.add(keys[1]!, facts, emptyFileIR('failed'));
  two.add(keys[0]!, facts, emptyFileIR('partial'));
  expect(new Cache(location).facts(keys[0]!)).toBeUndefined();
  one.close();
  expect(new Cache(location).ir(keys[0]!)).toEqual(emptyFileIR('partial'));
  two.close();
  const after = new Cache(location);
  expect(keys.map((key) => after.ir(key)?.status)).toEqual(['partial', 'failed', undefined]);
  after.close();
});

test('the key tells name, text and nothing else', () => {
  const cache = new Cache(temporary());
  expect(cache.key('a.ts', 'text')).toBe(cache.key('a.ts', 'text'));
  expect(cache.key('a.tsx', 'text')).not.toBe(cache.key('a.ts', 'text'));
  expect(cache.key('a.ts', 'text ')).not.toBe(cache.key('a.ts', 'text'));
});
