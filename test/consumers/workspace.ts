import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
export const CONSUMERS = join(REPOSITORY, 'fixtures/consumers');
export const OLDEST = join(REPOSITORY, 'fixtures/oldest');

/** The ESLint config of README, with the forms that `strict` shows. */
const ESLINT_CONFIG = `import tsParser from '@typescript-eslint/parser';
import { defineConfig } from 'eslint/config';
import distributed from 'eslint-plugin-distributed';

export default defineConfig([
  { files: ['**/*.ts'], languageOptions: { parser: tsParser, parserOptions: { experimentalDecorators: true } }, plugins: { distributed }, extends: ['distributed/strict'] },
]);
`;

/** A copy of the example system in which our built package is installed, and ESLint and its parser as a directory has them. */
export function installedShop(versions = REPOSITORY): { readonly root: string; readonly remove: () => void } {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'shop-')));
  cpSync(join(REPOSITORY, 'fixtures/shop'), root, { recursive: true });
  link(join(versions, 'node_modules/eslint'), join(root, 'node_modules/eslint'));
  link(join(versions, 'node_modules/@typescript-eslint'), join(root, 'node_modules/@typescript-eslint'));
  link(REPOSITORY, join(root, 'node_modules/eslint-plugin-distributed'));
  writeFileSync(join(root, 'eslint.config.mjs'), ESLINT_CONFIG);
  return { root, remove: () => rmSync(root, { recursive: true }) };
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
