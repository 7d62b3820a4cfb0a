import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import { Kept } from '../../src/audit/kept.ts';
import type { AuditOptions } from '../../src/audit/options.ts';

const FILES: Readonly<Record<string, string>> = {
  'package.json': '{ "name": "bank", "dependencies": { "@prisma/client": "5" } }',
  'schema.prisma': 'model Account {\n  id String @id\n  email String @unique\n  amount Int\n}\n',
  'src/db.ts': `import { PrismaClient } from '@prisma/client';\nexport const prisma = new PrismaClient();\n`,
  'src/accounts.ts': `import { prisma } from './db';\nexport async function deposit(id: string, sum: number) {\n  const row = await prisma.account.findUnique({ where: { id } });\n  await prisma.account.update({ where: { id }, data: { amount: row!.amount + sum } });\n}\n`,
  'src/register.ts': `import { prisma } from './db';\nexport async function register(email: string) {\n  const found = await prisma.account.findUnique({ where: { email } });\n  if (!found) await prisma.account.create({ data: { email, amount: 0 } });\n}\n`,
};

function temporary(): string {
  const dir = mkdtempSync(join(tmpdir(), 'kept-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

const options = (root: string, cache: string | false): AuditOptions => ({ root, paths: [], preset: 'all', rules: {}, certainty: 'likely', cache, types: 'auto', config: {}, stats: false });

test('the report is that of a first run, whatever was read before', async () => {
  const [root, cache, kept] = [temporary(), temporary(), new Kept()];
  for (const [file, text] of Object.entries(FILES)) write(root, file, text);
  const again = async (): Promise<void> => {
    const fresh = JSON.stringify(await audit(options(root, false)));
    expect(JSON.stringify(await audit(options(root, cache), kept))).toBe(fresh);
    expect(JSON.stringify(await audit(options(root, cache), kept))).toBe(fresh);
  };
  await again();
  for (const [file, text] of [
    ['src/accounts.ts', FILES['src/accounts.ts']!.replace('row!.amount + sum', 'sum')], ['src/db.ts', 'export const prisma: any = null;\n'], ['src/db.ts', FILES['src/db.ts']!],
    ['src/register.ts', 'export const = 1;\n'], ['schema.prisma', FILES['schema.prisma']!.replace(' @unique', '')], ['src/register.ts', FILES['src/register.ts']!],
    ['src/db/index.ts', 'export const prisma: any = null;\n'], ['tsconfig.json', '{ "compilerOptions": { "baseUrl": "src" } }'], ['src/more.ts', `import { deposit } from 'accounts';\nexport const twice = (id: string) => deposit(id, 2);\n`],
  ] as const) {
    write(root, file, text);
    await again();
  }
  for (const file of ['src/db.ts', 'src/more.ts', 'schema.prisma']) {
    rmSync(join(root, file));
    await again();
  }
}, 60_000);

test('only what has changed is read again', async () => {
  const [root, kept] = [temporary(), new Kept()];
  for (const [file, text] of Object.entries(FILES)) write(root, file, text);
  const read = (file: string): unknown => kept.tree.read(join(root, file));
  await audit(options(root, false), kept);
  const before = Object.keys(FILES).map(read);
  write(root, 'src/db.ts', `${FILES['src/db.ts']!}\n`);
  await audit(options(root, false), kept);
  expect(Object.keys(FILES).filter((file, at) => read(file) !== before[at])).toEqual(['src/db.ts']);
});
