import * as typescriptEslint from '@typescript-eslint/parser';
import { parseSync } from 'oxc-parser';
import { expect } from 'vitest';
import { type Comment, extract } from '../../src/extract/extract.ts';
import type { FileIR, FunctionIR, V } from '../../src/vocabulary/ir.ts';
import { printEvents, printValue } from '../support/print-ir.ts';

type Lang = 'ts' | 'tsx' | 'js' | 'jsx';

function withOxc(text: string, lang: Lang): FileIR {
  const { program, comments, errors } = parseSync(`file.${lang}`, text, { preserveParens: false, astType: 'ts', lang: lang === 'js' ? 'jsx' : lang });
  if (program.body.length === 0 && errors.length > 0) throw new Error(errors[0]!.message);
  return extract(program, text, comments);
}

function withTypescriptEslint(text: string, lang: Lang): FileIR {
  const { ast } = typescriptEslint.parseForESLint(text, { filePath: `file.${lang}`, range: true, loc: true, comment: true, ecmaFeatures: { jsx: lang !== 'ts' } });
  return extract(ast, text, ast.comments as readonly Comment[]);
}

/** IR of a text, the same from both parsers and after a trip through JSON. */
export function read(text: string, lang: Lang = 'ts'): FileIR {
  const ir = withOxc(text, lang);
  expect(withTypescriptEslint(text, lang)).toStrictEqual(ir);
  expect(JSON.parse(JSON.stringify(ir))).toStrictEqual(ir);
  return ir;
}

/** Whether both parsers give the same IR, for texts too long to compare piece by piece. */
export function isSame(text: string): boolean {
  return JSON.stringify(withOxc(text, 'ts')) === JSON.stringify(withTypescriptEslint(text, 'ts'));
}

export function fn(ir: FileIR, name: string): FunctionIR {
  const found = ir.functions.find((candidate) => candidate.name === name);
  if (found == null) throw new Error(`no function ${name} among ${ir.functions.map((candidate) => candidate.name).join(', ')}`);
  return found;
}

/** Events of the function `f` of a text, or of the whole file. */
export function events(text: string, name = 'f', lang: Lang = 'ts'): string[] {
  return printEvents(fn(read(text, lang), name));
}

/** What `function f(a, b, c, xs) { … }` does. */
export function inside(body: string, head = 'async function f(a, b, c, xs)'): string[] {
  return events(`${head} {\n${body}\n}`);
}

export function exported(ir: FileIR, name: string): string {
  return printValue(ir.functions[0]!, ir.module.exports[name] as V);
}
