import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Linter, type Rule, type SourceCode } from 'eslint';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { irOfText, irOfTree } from '../../src/plugin/linted-file.ts';

const eslint = dirname(createRequire(import.meta.url).resolve('eslint/package.json'));

/** The tree of ESLint's own parser, as a rule gets it. */
function treeOf(text: string): { readonly sourceCode: SourceCode; readonly parser: unknown } | undefined {
  let seen: { readonly sourceCode: SourceCode; readonly parser: unknown } | undefined;
  const look: Rule.RuleModule = {
    create({ sourceCode, languageOptions }) {
      seen = { sourceCode, parser: (languageOptions as { readonly parser?: unknown }).parser };
      return {};
    },
  };
  new Linter().verify(text, { files: ['**/*.js'], languageOptions: { sourceType: 'commonjs' }, plugins: { look: { rules: { look } } }, rules: { 'look/look': 2 } }, 'file.js');
  return seen;
}

test("espree's tree gives the same IR as the text", () => {
  const files = globSync('lib/**/*.js', { cwd: eslint, absolute: true }).sort();
  expect(files.length).toBeGreaterThan(300);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    const { sourceCode, parser } = treeOf(text)!;
    expect((parser as { name: string }).name).toBe('espree');
    expect({ file, same: JSON.stringify(irOfTree(sourceCode, parser, file)) === JSON.stringify(irOfText(file, text)) }).toEqual({ file, same: true });
  }
}, 60_000);
