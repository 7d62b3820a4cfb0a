import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { globSync } from 'tinyglobby';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import plugin from '../../src/index.ts';
import type { Twin } from '../support/twins.ts';
import { type Case, TwinTree } from './twin-tree.ts';
import { CONSUMERS, installedShop, REPOSITORY } from './workspace.ts';

const cases: Case[] = [];

vi.mock('../support/twins.ts', async (original) => ({
  ...(await original<object>()),
  twins: (rule: string, twins: readonly Twin[]) => cases.push(...twins.filter(({ preset }) => preset === undefined).map((twin) => ({ rule, twin }))),
}));

const { program } = await import('../support/twins.ts');
for (const file of globSync('../rules/*.test.ts', { cwd: import.meta.dirname }).sort()) await import(file);

const OXLINT = join(CONSUMERS, 'node_modules/oxlint/bin/oxlint');

/** Findings of our rules, as `file:line rule`. */
function oxlint(root: string, ...args: string[]): string[] {
  const { stdout, stderr } = spawnSync(process.execPath, [OXLINT, '--format', 'json', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (!stdout.trimStart().startsWith('{')) throw new Error(stdout + stderr);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code?: string; message: string; filename: string; labels: { span: { line: number } }[] }[] };
  const broken = diagnostics.find(({ message }) => message.startsWith('Error running JS plugin'));
  if (broken !== undefined) throw new Error(`${broken.filename}: ${broken.message}`);
  return diagnostics.flatMap(({ code, filename, labels }) => {
    const rule = /^distributed\((.+)\)$/.exec(code ?? '')?.[1];
    return rule === undefined ? [] : [`${filename}:${labels[0]!.span.line} ${rule}`];
  }).sort();
}

const config = (preset: string): string => JSON.stringify({ extends: [preset], categories: { correctness: 'off' } });

describe('the example system', () => {
  const shop = installedShop();
  afterAll(shop.remove);

  beforeAll(() => writeFileSync(join(shop.root, '.oxlintrc.json'), config('./node_modules/eslint-plugin-distributed/dist/oxlint/strict.json')));

  test('oxlint finds what ESLint finds', () => {
    const eslint = spawnSync(process.execPath, [join(REPOSITORY, 'node_modules/eslint/bin/eslint.js'), 'services', '--format', 'json'], { cwd: shop.root, encoding: 'utf8', maxBuffer: 1 << 28 });
    const results = JSON.parse(eslint.stdout) as { filePath: string; messages: { line: number; ruleId: string }[] }[];
    const linted = results.flatMap(({ filePath, messages }) => messages.map(({ line, ruleId }) => `${filePath.slice(shop.root.length + 1)}:${line} ${ruleId.replace('distributed/', '')}`)).sort();
    expect(linted.length).toBeGreaterThan(40);
    expect(oxlint(shop.root, 'services')).toEqual(linted);
  });

  test('settings hold', () => {
    const all = oxlint(shop.root, 'services').length;
    const file = join(shop.root, '.oxlintrc.json');
    const before = readFileSync(file, 'utf8');
    writeFileSync(file, JSON.stringify({ ...(JSON.parse(before) as object), settings: { distributed: { followImports: false } } }));
    expect(oxlint(shop.root, 'services').length).toBeLessThan(all / 2);
    writeFileSync(file, before);
  });

  test('it takes our suggestions', () => {
    const file = 'services/orders/src/repositories/coupons.repository.ts';
    oxlint(shop.root, '--fix-suggestions', file);
    expect(readFileSync(join(shop.root, file), 'utf8')).toContain('data: { maxRedemptions: { increment: 1 } }');
  });
});

describe('the presets', () => {
  test.each(['recommended', 'strict', 'all'] as const)('%s has the rules of the ESLint preset, in their order', (name) => {
    const { rules } = JSON.parse(readFileSync(join(REPOSITORY, `dist/oxlint/${name}.json`), 'utf8')) as { rules: object };
    expect(rules).toEqual(plugin.configs[name].rules);
    expect(Object.keys(rules)).toEqual(Object.keys(plugin.configs[name].rules!));
  });
});

/** No rule asks for what oxlint does not have: types. */
test('the twins', () => {
  const tree = new TwinTree(cases, program);
  try {
    writeFileSync(join(tree.root, '.oxlintrc.json'), config(join(REPOSITORY, 'dist/oxlint/all.json')));
    tree.take(oxlint(tree.root));
    tree.expectTwins();
    expect(cases.length).toBeGreaterThan(300);
  } finally {
    tree.remove();
  }
});
