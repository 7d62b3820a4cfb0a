import { describe, expect, test } from 'vitest';
import type { Finding } from '../../src/vocabulary/finding.ts';
import { auditAll } from '../support/audit-files.ts';
import { ACCOUNT_STORE } from '../support/account.ts';

const WITHDRAW = `export async function withdraw(id: string, sum: number): Promise<void> {
  const before = await balance(id);
  await setBalance(id, before - sum);
}
`;

const DEPOSIT = `export async function deposit(id: string, sum: number): Promise<void> {
  const before = await balance(id);
  await setBalance(id, before + sum);
}
`;

const NOTIFY = `export const notify = async (ids: string[]) => {
  for (const id of ids) await fetch('https://mail.example/' + id, { method: 'POST' });
};
`;

const IMPORT = `import { balance, setBalance } from './store.js';\n`;

type Files = Record<string, string>;
const FILES: Files = { 'src/store.ts': ACCOUNT_STORE, 'src/accounts.ts': IMPORT + WITHDRAW + DEPOSIT + NOTIFY };

const prints = (findings: readonly Finding[]): string[] => findings.map(({ ruleId, fingerprint }) => `${ruleId} ${fingerprint}`).sort();
const first = prints(await auditAll(FILES));

/** Reproducible chance. */
function chance(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state % below;
  };
}

const each = (files: Files, change: (text: string) => string): Files => Object.fromEntries(Object.entries(files).map(([name, text]) => [name, change(text)]));

const blankLines = (files: Files, pick: (below: number) => number): Files => each(files, (text) => text.split('\n').flatMap((line) => (pick(3) === 0 ? ['', '// told', line] : [line])).join('\n'));
const reformatted = (files: Files, pick: (below: number) => number): Files => each(files, (text) => text.replace(/, /g, () => (pick(2) === 0 ? ',\n      ' : ', ')).replace(/^ {2}/gm, pick(2) === 0 ? '\t' : '      ').replaceAll("'", pick(2) === 0 ? '"' : "'"));
const moved = (files: Files, pick: (below: number) => number): Files => {
  const parts = [WITHDRAW, DEPOSIT, NOTIFY];
  const order = [...parts.keys()].map((at) => [pick(1000), at] as const).sort(([a], [b]) => a - b).map(([, at]) => parts[at]!);
  return files['src/accounts.ts'] === FILES['src/accounts.ts'] ? { ...files, 'src/accounts.ts': IMPORT + order.join('\n') } : files;
};
const renamed = (files: Files, pick: (below: number) => number): Files => {
  const name = ['src/money.ts', 'src/deep/er/money.ts', 'lib/a.ts'][pick(3)]!;
  const up = name.split('/').length - 1;
  const { 'src/accounts.ts': text, ...rest } = files;
  return { ...rest, [name]: text!.replace('./store.js', `${'../'.repeat(up)}src/store.js`) };
};

test('the example finds something of several rules', () => {
  expect(new Set(first.map((print) => print.split(' ')[0])).size).toBeGreaterThan(1);
  expect(new Set(first).size).toBe(first.length);
});

describe.each([1, 2, 3, 4])('seed %i: fingerprints survive', (seed) => {
  test.each([['blank lines and comments', blankLines], ['formatting', reformatted], ['moved functions', moved], ['a renamed file', renamed]] as const)('%s', async (_, change) => {
    expect(prints(await auditAll(change(FILES, chance(seed))))).toEqual(first);
  });

  test('all of it at once', async () => {
    const pick = chance(seed);
    expect(prints(await auditAll(blankLines(reformatted(renamed(moved(FILES, pick), pick), pick), pick)))).toEqual(first);
  });
});

test('the preset changes no fingerprint', async () => {
  const recommended = prints(await auditAll(FILES, { preset: 'recommended', certainty: 'proven' }));
  expect(recommended.length).toBeLessThanOrEqual(first.length);
  for (const print of recommended) expect(first).toContain(print);
});
