import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import type { ESLint, Linter, Rule as ESLintRule, SourceCode } from 'eslint';
import manifest from '../../package.json' with { type: 'json' };
import rules from '../../rules/index.ts';
import { roleOf } from '../load/role.ts';
import { findProjectRoot } from '../load/project-root.ts';
import { isAnalysed } from '../program/roots.ts';
import type { Problem } from '../rule/check.ts';
import { PRESETS, type Rule, shows } from '../rule/define-rule.ts';
import { type SharedAnalysis, toEslintRule } from '../rule/to-eslint-rule.ts';
import type { ServicesProgram } from '../types/services-oracle.ts';
import type { PresetName } from '../vocabulary/finding.ts';
import { problemsIn } from './analysis.ts';
import { irOfTree } from './linted-file.ts';
import { Project, StaleProgram } from './project.ts';
import { readSettings, type Settings } from './settings.ts';

const NAMESPACE = 'distributed';
const { homepage } = manifest as { readonly homepage?: string };
/** The package's directory, whether this runs from `src/plugin` or from `dist`. */
const home = ['../', '../../'].map((up) => new URL(up, import.meta.url)).find((directory) => existsSync(new URL('package.json', directory)));

/** What an editor opens: the page on the web where the package names a home, else the one that was installed with it. */
const docsUrl = (name: string): string => new URL(`docs/rules/${name}.md`, homepage === undefined ? home : `${homepage.replace(/#.*$/, '')}/blob/v${manifest.version}/`).href;

const projects = new Map<string, Project>();
const roots = new Map<string, string>();
const expected = new WeakMap<SourceCode, Rule[]>();
const analysed = new WeakMap<SourceCode, readonly Problem[]>();

const analysis: SharedAnalysis = {
  expect({ sourceCode }, rule) {
    const known = expected.get(sourceCode);
    // A text that is linted again, with other rules, is analysed again.
    if (known === undefined || analysed.delete(sourceCode)) expected.set(sourceCode, [rule]);
    else known.push(rule);
  },
  problemsOf(context) {
    const { sourceCode } = context;
    let problems = analysed.get(sourceCode);
    if (problems === undefined) analysed.set(sourceCode, (problems = analyse(context, expected.get(sourceCode) ?? [])));
    return problems;
  },
};

/** Never throws: what goes wrong in here is no reason to stop linting. */
function analyse(context: ESLintRule.RuleContext, wanted: readonly Rule[]): readonly Problem[] {
  try {
    return analyseFile(context, wanted);
  } catch (error) {
    if (process.env['DISTRIBUTED_DEBUG']) throw error;
    return [];
  }
}

function analyseFile({ sourceCode, filename, cwd, settings, languageOptions }: ESLintRule.RuleContext, wanted: readonly Rule[]): readonly Problem[] {
  const given = readSettings(settings, cwd);
  const path = isAbsolute(filename) ? filename : join(cwd, filename);
  const project = projectOf(given, dirname(path));
  const file = relative(project.root, path).replaceAll('\\', '/');
  if (file.startsWith('../') || isAbsolute(file) || !/\.[cm]?[jt]sx?$/.test(file)) return [];
  if (!isAnalysed(roleOf(file))) return [];
  project.refresh();
  if (!project.mayHaveEffects(file, sourceCode.text)) return [];
  const types = (sourceCode.parserServices as { readonly program?: ServicesProgram | null }).program ?? undefined;
  project.lint(file, sourceCode.text, () => irOfTree(sourceCode, (languageOptions as { readonly parser?: unknown }).parser, file), types);
  try {
    return problemsIn(project, file, wanted);
  } catch (error) {
    if (!(error instanceof StaleProgram)) throw error;
    project.forget();
    return problemsIn(project, file, wanted);
  }
}

function projectOf(settings: Settings, directory: string): Project {
  let root = settings.root ?? roots.get(directory);
  if (root === undefined) roots.set(directory, (root = findProjectRoot(directory)));
  const key = JSON.stringify([root, settings]);
  let project = projects.get(key);
  if (project === undefined) projects.set(key, (project = new Project(root, settings)));
  return project;
}

const plugin = {
  meta: { name: manifest.name, version: manifest.version, namespace: NAMESPACE },
  rules: Object.fromEntries(rules.map((rule) => [rule.name, toEslintRule(rule, analysis, docsUrl(rule.name))])),
  configs: {} as Record<PresetName, Linter.Config>,
};

for (const preset of PRESETS) {
  plugin.configs[preset] = {
    name: `${NAMESPACE}/${preset}`,
    files: ['**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}'],
    plugins: { [NAMESPACE]: plugin as ESLint.Plugin },
    rules: Object.fromEntries(rules.filter((rule) => shows(preset, rule.preset, 'proven')).map((rule) => [`${NAMESPACE}/${rule.name}`, ['error', { preset }]])),
  };
}

export default plugin as ESLint.Plugin & { readonly configs: Record<PresetName, Linter.Config> };
