// Lints the files of a list, without any rule of ESLint's own: `node lint.mjs ROOT LIST none|file|follow|whole`.
import { readFileSync } from 'node:fs';
import parser from '@typescript-eslint/parser';
import { ESLint } from 'eslint';

const [root, list, mode] = process.argv.slice(2);
const files = readFileSync(list, 'utf8').trim().split('\n');
const config = [{ files: ['**/*.{ts,tsx,mts,cts}'], languageOptions: { parser, parserOptions: { ecmaFeatures: { jsx: true } } }, linterOptions: { reportUnusedDisableDirectives: 'off' } }];
if (mode !== 'none') {
  const { default: plugin } = await import('../../dist/index.js');
  config.push({ plugins: { distributed: plugin }, rules: Object.fromEntries(Object.keys(plugin.rules).map((name) => [`distributed/${name}`, 'error'])), settings: { distributed: { root, followImports: mode !== 'file', wholeProgram: mode === 'whole' } } });
}
const eslint = new ESLint({ cwd: root, overrideConfigFile: true, overrideConfig: config, errorOnUnmatchedPattern: false, warnIgnored: false });
const results = await eslint.lintFiles(files);
console.log(results.reduce((sum, result) => sum + result.messages.filter((message) => message.ruleId?.startsWith('distributed/')).length, 0));
