import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import * as parser from '@typescript-eslint/parser';
import { ESLint, type Linter } from 'eslint';
import plugin from '../../src/index.ts';
import type { PresetName } from '../../src/vocabulary/finding.ts';

export interface LintMessage {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

/** Lints each JavaScript and TypeScript file of a small program with one rule on, in all its forms unless a preset leaves some out. */
export async function lintFiles(files: Readonly<Record<string, string>>, { rule, preset = 'all' }: { readonly rule: string; readonly preset?: PresetName }): Promise<readonly LintMessage[]> {
  const root = await realpath(await mkdtemp(join(tmpdir(), 'program-')));
  try {
    for (const [file, text] of Object.entries({ 'package.json': '{ "name": "program" }', ...files })) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    const { files: linted, plugins } = plugin.configs.all;
    const config: Linter.Config = {
      files: linted, plugins, languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } },
      rules: { [`distributed/${rule}`]: ['error', { preset }] },
    };
    const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: [config], errorOnUnmatchedPattern: false });
    const results = await eslint.lintFiles(['.']);
    const messages = results.flatMap(({ filePath, messages: found }) => found.map((message) => ({ file: relative(root, filePath).replaceAll('\\', '/'), ...message })));
    const broken = messages.find((message) => message.fatal === true);
    if (broken !== undefined) throw new Error(`${broken.file}:${broken.line} ${broken.message}`);
    return messages.map(({ file, line, message }) => ({ file, line, message })).sort((a, b) => (a.file !== b.file ? (a.file < b.file ? -1 : 1) : a.line - b.line));
  } finally {
    await rm(root, { recursive: true });
  }
}
