import { describe, expect, test } from 'vitest';
import type { Config } from '../../src/audit/options.ts';
import type { LibraryModel } from '../../src/vocabulary/model.ts';
import { reportOn } from '../support/audit-files.ts';

const ESCAPE = `import { PrismaClient } from '@prisma/client';
const prisma = new PrismaClient();
export const close = (id: string) => prisma.$transaction(async (tx) => {
  await tx.account.update({ where: { id }, data: { state: 'closed' } });
  await prisma.auditLog.create({ data: { id } });
});
`;
const FILES = { 'src/close.ts': ESCAPE, 'legacy/close.ts': ESCAPE };

const model = (name: string, packages: string[], more: Partial<LibraryModel> = {}): LibraryModel => ({ name, packages, types: {}, source: '', verified: 'docs', ...more });

const audited = (config: Config, lines?: Record<string, number>) => reportOn(FILES, { config, configFile: { name: 'distributed.config.json', ...(lines === undefined ? {} : { lines }) }, preset: 'recommended' });

const hints = async (config: Config): Promise<string[]> => ((await audited(config)).hints ?? []).map(({ message }) => message);

describe('globs choose the files of the program', () => {
  const files = async (config: Config): Promise<readonly string[]> => {
    const { findings } = await reportOn(FILES, { config, rules: { 'no-transaction-escape': 'error' } });
    return [...new Set(findings.filter(({ ruleId }) => ruleId === 'distributed/no-transaction-escape').map(({ location }) => location.file))];
  };

  test.each<[Config, string[]]>([
    [{}, ['legacy/close.ts', 'src/close.ts']], [{ ignore: ['**/legacy/**'] }, ['src/close.ts']], [{ ignore: ['legacy'] }, ['src/close.ts']], [{ ignore: ['./legacy/'] }, ['src/close.ts']],
    [{ include: ['src/**/*.ts'] }, ['src/close.ts']], [{ include: ['{src,legacy}'], ignore: ['src/clos?.ts'] }, ['legacy/close.ts']],
  ])('%j', async (config, expected) => {
    expect(await files(config)).toEqual(expected);
  });
});

test('entries that do nothing are told, with the line where they stand, and fail nothing', async () => {
  const report = await audited({ ignore: ['**/legacy/**', 'apps/old/**'] }, { 'ignore\u00001': 7 });
  expect(report.hints).toEqual([{ kind: 'config', file: 'distributed.config.json', line: 7, message: '`ignore`: `apps/old/**` matches no file.' }]);
  expect(report.errors).toEqual([]);
});

test.each<[Config, string[]]>([
  [{ include: ['src/**', 'lib/**'] }, ['`include`: `lib/**` matches no file.']],
  [{ deployables: { api: ['src/**'], web: ['web/**'] } }, ['`deployables.web`: `web/**` matches no file.']],
  [{ rules: { 'no-dual-write': 'off', 'require-stable-order': 'off' } }, ['`rules`: require-stable-order is off without it, for it is not in the preset recommended.']],
  [{ rules: { 'require-stable-order': 'warn' } }, []],
  [{ models: [model('ours', ['@ours/db']), model('prisma too', ['@prisma/client'])] }, ['`models`: nothing imports `@ours/db`, of which `ours` is a model.']],
  [{ models: [model('global', ['@ours/runtime'], { globals: {} })] }, []],
  [{ sensitive: ['src/secrets/**'] }, ['`sensitive`: no rule reads it yet.']],
  [{ preset: 'recommended', certainty: 'likely', types: 'off' }, []],
])('%j', async (config, expected) => {
  expect(await hints(config)).toEqual(expected);
});
