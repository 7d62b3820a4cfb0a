import { existsSync, readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import rules from '../../rules/index.ts';
import { withRulesTable } from './rules-table.ts';

const home = new URL('../../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, home), 'utf8');

test('the table of rules is what the rules say', async () => {
  await expect(withRulesTable(read('README.md'), rules)).toMatchFileSnapshot('../../README.md');
});

test('every link within the documentation leads somewhere', () => {
  const anchor = (heading: string): string => heading.toLowerCase().replace(/[^\w\s-]/g, '').trim().replace(/\s/g, '-');
  for (const page of ['README.md', ...globSync('docs/**/*.md', { cwd: home.pathname })]) {
    for (const [, target] of read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)) {
      const [file, fragment] = target!.split('#') as [string, string?];
      const path = new URL(file === '' ? page : file, new URL(page, home));
      expect(existsSync(file === '' ? new URL(page, home) : path), `${page}: ${target}`).toBe(true);
      if (fragment !== undefined) expect([...readFileSync(file === '' ? new URL(page, home) : path, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading]) => anchor(heading!)), `${page}: ${target}`).toContain(fragment);
    }
  }
});

test('every page of docs/ is linked from README', () => {
  const linked = new Set([...read('README.md').matchAll(/\]\((docs\/[\w-]+\.md)\)/g)].map(([, page]) => page));
  expect(globSync('docs/*.md', { cwd: home.pathname }).filter((page) => !linked.has(page))).toEqual([]);
});
