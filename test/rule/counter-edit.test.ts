import { ESLint } from 'eslint';
import { mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import plugin from '../../src/index.ts';
import { counterEdit } from '../../src/rule/counter-edit.ts';

test.each([
  ['prisma', 'prisma.seat.update({ where: { id }, data: { taken: seat.taken + 1 } })', 'prisma.seat.update({ where: { id }, data: { taken: { increment: 1 } } })'],
  ['prisma', 'prisma.seat.update({ where: { id }, data: { taken: seat.taken - amount, at: now } })', 'prisma.seat.update({ where: { id }, data: { taken: { decrement: amount }, at: now } })'],
  ['mongo', 'seats.updateOne({ _id: id }, { $set: { taken: seat.taken + 1 } })', 'seats.updateOne({ _id: id }, { $inc: { taken: 1 } })'],
  ['mongo', 'Seat.updateOne({ _id: id }, { taken: seat.taken - 2 })', 'Seat.updateOne({ _id: id }, { $inc: { taken: -2 } })'],
] as const)('%s: %s', (spelling, text, edited) => {
  expect(counterEdit(text, 'taken', spelling)).toBe(edited);
});

test.each([
  ['a default, for nothing plus one is nothing', 'update({ data: { taken: (seat.taken ?? 0) + 1 } })', 'prisma'],
  ['more than a sum', 'update({ data: { taken: seat.taken + 1 * factor } })', 'prisma'],
  ['a sum that goes on in the next line', 'update({ data: { taken: seat.taken + 1\n * factor } })', 'prisma'],
  ['what may be texts', 'update({ data: { taken: seat.taken + more } })', 'prisma'],
  ['two of that name', 'update({ where: { taken: seat.taken + 0 }, data: { taken: seat.taken + 1 } })', 'prisma'],
  ['another field beside it, which would have to move to `$set`', 'updateOne({ _id }, { taken: seat.taken + 1, at: now })', 'mongo'],
] as const)('leaves alone %s', (_, text, spelling) => {
  expect(counterEdit(text, 'taken', spelling)).toBeNull();
});

test('no-read-modify-write suggests it where only the counter is written back', async () => {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'suggest-')));
  try {
    await writeFile(join(root, 'package.json'), '{ "name": "cinema" }');
    await writeFile(join(root, 'seats.js'), `
import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export async function take(id) {
  const show = await prisma.show.findUniqueOrThrow({ where: { id } });
  await prisma.show.update({ where: { id }, data: { taken: show.taken + 1 } });
}
`);
    const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [plugin.configs.all] });
    const [{ messages }] = await eslint.lintFiles(['seats.js']) as [ESLint.LintResult];
    const { suggestions } = messages.find(({ ruleId }) => ruleId === 'distributed/no-read-modify-write')!;
    expect(suggestions).toMatchObject([{ desc: 'Let the store count "taken" itself.', fix: { text: 'await prisma.show.update({ where: { id }, data: { taken: { increment: 1 } } })' } }]);
  } finally {
    await rm(root, { recursive: true });
  }
});
