import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installedShop, OLDEST, REPOSITORY } from './workspace.ts';

/** What ESLint's command line does with more than one file at a time or one run after another. */

interface Message {
  readonly line: number;
  readonly ruleId: string;
  readonly message: string;
  readonly suggestions: readonly object[] | undefined;
}

function lint(root: string, args: readonly string[] = [], versions = REPOSITORY, paths: readonly string[] = ['services', 'packages']): (readonly [string, Message])[] {
  const { stdout, stderr } = spawnSync(process.execPath, [join(versions, 'node_modules/eslint/bin/eslint.js'), ...paths, '--format', 'json', ...args], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { filePath: string; messages: Message[] }[]).flatMap(({ filePath, messages }) => messages.map(({ line, ruleId, message, suggestions }) => [filePath.slice(root.length + 1), { line, ruleId, message, suggestions }] as const));
}

let shop: ReturnType<typeof installedShop>;
beforeEach(() => {
  shop = installedShop();
});
afterEach(() => shop.remove());

test('the oldest ESLint finds what the newest does, and so do several threads', () => {
  const found = lint(shop.root);
  expect(found.length).toBeGreaterThan(40);
  expect(lint(shop.root, ['--concurrency', '3'])).toEqual(found);
  const old = installedShop(OLDEST);
  try {
    expect(lint(old.root, [], OLDEST)).toEqual(found);
  } finally {
    old.remove();
  }
});

describe('--cache, which keeps the messages of a file as long as its own text and the configuration stay', () => {
  const imported = 'services/orders/src/repositories/orders.repository.ts';
  const dependent = 'services/orders/src/services/orders.service.ts';
  const escapes = (args = ['--cache']): number => lint(shop.root, args, REPOSITORY, [dependent, imported]).filter(([file, { ruleId }]) => file === dependent && ruleId === 'distributed/no-transaction-escape').length;

  /** What the dependent file calls outside of its transaction no longer writes. */
  function repair(): void {
    const path = join(shop.root, imported);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/async addLines\([^]*?\n {2}\}/, 'addLines(): Promise<void> {\n    return Promise.resolve();\n  }'));
  }

  test('without the hash of the program, a finding outlives its cause in another file', () => {
    expect(escapes()).toBe(1);
    repair();
    expect(escapes()).toBe(1);
    expect(escapes([])).toBe(0);
  });

  test.each([['one thread', []], ['two threads', ['--concurrency', '2']]])('with it, it is gone, and what nothing changed is still kept: %s', (_, args) => {
    const config = join(shop.root, 'eslint.config.mjs');
    const text = readFileSync(config, 'utf8')
      .replace("import distributed from 'eslint-plugin-distributed';", "import distributed, { programHash } from 'eslint-plugin-distributed';")
      .replace('plugins: { distributed },', 'settings: { distributed: { programHash: programHash() } }, plugins: { distributed },');
    expect(text).toContain('programHash()');
    writeFileSync(config, text);
    expect(escapes(['--cache', ...args])).toBe(1);
    const kept = readFileSync(join(shop.root, '.eslintcache'), 'utf8');
    expect(escapes(['--cache', ...args])).toBe(1);
    expect(readFileSync(join(shop.root, '.eslintcache'), 'utf8')).toBe(kept);
    repair();
    expect(escapes(['--cache', ...args])).toBe(0);
    expect(readFileSync(join(shop.root, '.eslintcache'), 'utf8')).not.toBe(kept);
  });
});
