import { globSync } from 'tinyglobby';
import { describe, expect, test, vi } from 'vitest';
import { auditFiles } from '../support/audit-files.ts';
import { lintFiles } from '../support/lint-files.ts';
import type { Twin } from '../support/twins.ts';

const cases: { readonly rule: string; readonly twin: Twin }[] = [];

vi.mock('../support/twins.ts', async (original) => ({
  ...(await original<object>()),
  twins: (rule: string, twins: readonly Twin[]) => cases.push(...twins.map((twin) => ({ rule, twin }))),
}));

const { program } = await import('../support/twins.ts');
for (const file of globSync('../rules/*.test.ts', { cwd: import.meta.dirname }).sort()) await import(file);

/** Both hosts on every program of the rules' tests: what counts is that they say the same, not what the tests expect. */
describe.each(cases)('$rule, $twin.title', ({ rule, twin }) => {
  test.each(['defect', 'correct'] as const)('%s', async (which) => {
    const { files } = program({ ...twin.shared, ...twin[which] });
    const audited = new Set((await auditFiles(files, { rule })).map(({ location }) => `${location.file}:${location.startLine}`));
    const linted = new Set((await lintFiles(files, { rule })).map(({ file, line }) => `${file}:${line}`));
    if (twin.audit === true) expect([...audited]).toEqual(expect.arrayContaining([...linted]));
    else expect([...linted].sort()).toEqual([...audited].sort());
  });
});
