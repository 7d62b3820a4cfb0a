import * as parser from '@typescript-eslint/parser';
import { Linter, type Rule } from 'eslint';
import { expect, test } from 'vitest';
import { type Comment, extract } from '../../src/extract/extract.ts';
import type { FileIR } from '../../src/vocabulary/ir.ts';
import { read } from './both-parsers.ts';

test.each([
  ['@typescript-eslint/parser', { parser }],
  ['the parser of ESLint', {}],
])('the tree that ESLint hands to rules, with parents and locations, gives the same IR: %s', (_name, languageOptions) => {
  const text = `#!/usr/bin/env node
    // eslint-disable-next-line distributed/x -- because
    import a, { b } from 's';
    export async function f(xs, n = 0) { for (const x of xs) { n += await g(x); } return n; }
    export class A extends b { #p = /x/g; static y = 1n; async *m({ x = a?.(1), ...r }) { try { yield r; } catch { throw import.meta; } } }
    export default { [a]: \`x\${b}\`, f };`;
  let seen: FileIR | null = null;
  const rule: Rule.RuleModule = {
    create: ({ sourceCode }) => ({
      'Program:exit': () => {
        seen = extract(sourceCode.ast, sourceCode.text, sourceCode.getAllComments() as readonly Comment[]);
      },
    }),
  };
  const messages = new Linter().verify(
    text,
    { files: ['**/*.ts'], languageOptions, plugins: { local: { rules: { rule } } }, rules: { 'local/rule': 'error' } },
    'file.ts',
  );
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  expect(seen).toStrictEqual(read(text));
});
