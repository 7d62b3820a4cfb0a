import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import { AuditFailure, type Config, type UserConfig, type UserModel } from './options.ts';

const FILES = ['ts', 'mts', 'js', 'mjs', 'json'].map((extension) => `distributed.config.${extension}`);
const PACKAGE = 'package.json';

export interface LoadedConfig {
  readonly config: Config;
  /** Absolute path of the file it came from. */
  readonly file?: string;
  /** Of its entries, by their path joined by NUL, where the file is JSON. */
  readonly lines?: Readonly<Record<string, number>>;
}

export interface ConfigSearch {
  /** Where the search begins, absolute; it goes up to the repository root, and not at all without one. */
  readonly root: string;
  /** Take this file and search for none. */
  readonly file?: string;
  /** Names of all rules, without prefix. */
  readonly ruleNames: readonly string[];
}

/** A TS or JS config runs: it is the user's own. Nothing else of the analysed project does. Throws {@link AuditFailure}. */
export async function loadConfig({ root, file, ruleNames }: ConfigSearch): Promise<LoadedConfig> {
  const path = file ?? findConfig(root);
  if (path === undefined) return { config: {} };
  const source = await read(path);
  const lines = linesOf(source);
  return { config: check(source, ruleNames), file: path, ...(Object.keys(lines).length === 0 ? {} : { lines }) };
}

/** Lines of keys and of what lists hold, two levels deep: hints are given on those. */
function linesOf({ value, lineOf }: Source): Record<string, number> {
  const lines: Record<string, number> = {};
  const visit = (at: unknown, path: readonly string[]): void => {
    if (typeof at !== 'object' || at === null || path.length > 2) return;
    for (const [key, inside] of Object.entries(at)) {
      const named = [...path, path[0] === 'rules' ? bareRuleName(key) : key];
      const line = lineOf([...path, key]);
      if (line !== undefined) lines[named.join('\0')] = line;
      visit(inside, [...path, key]);
    }
  };
  visit(value, []);
  return lines;
}

function findConfig(root: string): string | undefined {
  const last = repositoryOf(root) ?? root;
  for (let dir = root; ; dir = dirname(dir)) {
    const named = FILES.map((name) => join(dir, name)).find((path) => existsSync(path));
    if (named !== undefined) return named;
    const manifest = join(dir, PACKAGE);
    if (manifestHasConfig(manifest)) return manifest;
    if (dir === last) return undefined;
  }
}

/** A config runs, so none is taken from beyond the repository: who knows who may write there. */
function repositoryOf(root: string): string | undefined {
  for (let dir = root; ; dir = dirname(dir)) {
    if (existsSync(join(dir, '.git'))) return dir;
    if (dirname(dir) === dir) return undefined;
  }
}

function manifestHasConfig(path: string): boolean {
  try {
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof manifest === 'object' && manifest !== null && Object.hasOwn(manifest, 'distributed');
  } catch {
    return false; // A broken manifest is the resolver's affair, and says nothing about a config.
  }
}

interface Source {
  readonly file: string;
  readonly value: unknown;
  /** Line of the key at a path, as far as the file tells. */
  readonly lineOf: (path: readonly PropertyKey[], key?: string) => number | undefined;
}

async function read(file: string): Promise<Source> {
  if (!existsSync(file)) throw new AuditFailure('no such config file', { file });
  if (extname(file) === '.json') return readJson(file);
  return { file, value: await run(file), lineOf: () => undefined };
}

async function run(file: string): Promise<unknown> {
  const { createJiti } = await import('jiti');
  const jiti = createJiti(import.meta.url, {
    // Writes nothing into the project, and a config found by `npx` needs no installed copy of this package.
    fsCache: false,
    moduleCache: false,
    alias: { 'eslint-plugin-distributed/config': ownConfigModule() },
  });
  let exported: unknown;
  try {
    exported = await jiti.import(file, { default: true });
  } catch (error) {
    const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
    const line = placeIn(file, message) ?? placeIn(file, stack);
    throw new AuditFailure(`the config cannot be run: ${firstLine(message)}`, { file, line }, error);
  }
  // Without a default export this is the module itself.
  return isEmptyObject(exported) ? undefined : exported;
}

function isEmptyObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

function ownConfigModule(): string {
  const built = fileURLToPath(new URL('./config.js', import.meta.url));
  return existsSync(built) ? built : fileURLToPath(new URL('../config.ts', import.meta.url));
}

function placeIn(file: string, text: string): number | undefined {
  const after = text.split(file).slice(1).map((rest) => /^:(\d+):\d+/.exec(rest)?.[1]).find((line) => line !== undefined);
  const line = after ?? /\((\d+):\d+\)/.exec(text.split('\n')[0]!)?.[1];
  return line === undefined ? undefined : Number(line);
}

function firstLine(message: string): string {
  return message.split('\n')[0]!;
}

async function readJson(file: string): Promise<Source> {
  const { jsonDocument } = await import('./json-document.ts');
  const document = jsonDocument(readText(file));
  if ('error' in document) throw new AuditFailure(document.error, { file, line: document.line });
  const base = basename(file) === PACKAGE ? ['distributed'] : [];
  let value: unknown = document.value;
  for (const key of base) value = (value as Record<string, unknown> | null)?.[key];
  return { file, value, lineOf: (path, key) => document.lineOf([...base, ...path, ...(key === undefined ? [] : [key])]) };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AuditFailure('the config cannot be read', { file }, error);
  }
}

const text = z.string().min(1);
const texts = z.array(text);
const objective = {
  availability: z.number().gt(0).max(100).describe('Percent of requests that succeed, for instance 99.9.').optional(),
  latencyMs: z.number().positive().optional(),
};

/** The config as the user writes it. Models are checked loosely here; what a member may say is the type `LibraryModel`. */
export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  preset: z.enum(['recommended', 'strict', 'all']).describe('The rules that run, and how certain their findings must be.').optional(),
  rules: z
    .record(text, z.enum(['off', 'warn', 'error']))
    .describe('By rule name, with or without "distributed/"; settles a rule whatever the preset says.')
    .optional(),
  certainty: z
    .enum(['proven', 'likely'])
    .describe('The least certainty that is reported. Default: proven with the preset recommended, else likely.')
    .optional(),
  include: texts.describe('Globs of the files that make the program. Default: all JavaScript and TypeScript.').optional(),
  ignore: texts.describe('Globs of files that are not analysed.').optional(),
  types: z.enum(['auto', 'off']).describe('Whether type information may be asked. Default: auto.').optional(),
  models: z
    .array(z.looseObject({ name: text, packages: texts, types: z.record(z.string(), z.looseObject({})) }))
    .describe('Knowledge of libraries and wrappers that the tool does not have.')
    .optional(),
  services: z
    .record(text, z.strictObject({ match: z.union([text, texts.min(1)]), ...objective, optional: z.boolean().optional() }))
    .describe('Services that are called: how code reaches them and what they promise.')
    .optional(),
  handlers: z.record(text, z.strictObject(objective)).describe('Objectives of handlers, by route, file or glob.').optional(),
  sensitive: texts.describe('Globs of modules that only their own deployable may import.').optional(),
  deployables: z.record(text, texts).describe('What is deployed together: name to globs.').optional(),
  closed: z
    .boolean()
    .describe('Nothing outside this repository throttles, authenticates or watches, so rules may speak of what is absent.')
    .optional(),
  replicas: z.record(text, z.int().positive()).describe('Number of processes, by deployable or package.').optional(),
  hosts: z.strictObject({ private: texts.describe('Hosts that are reached over a private network.').optional() }).optional(),
  contracts: text.describe('File or directory of the recorded message contracts.').optional(),
});

function check({ file, value, lineOf }: Source, ruleNames: readonly string[]): Config {
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) {
    const [first, ...others] = parsed.error.issues;
    const { message, key } = explain(first!, value);
    const more = others.length > 0 ? ` (and ${others.length} more)` : '';
    throw new AuditFailure(message + more, { file, line: lineOf(first!.path, key) });
  }
  const { $schema: _, models, rules, ...config } = parsed.data as UserConfig;
  for (const name of Object.keys(rules ?? {})) {
    const problem = unknownRule(name, ruleNames);
    if (problem !== undefined) throw new AuditFailure(problem, { file, line: lineOf(['rules'], name) });
  }
  return {
    ...config,
    ...(rules ? { rules: Object.fromEntries(Object.entries(rules).map(([name, setting]) => [bareRuleName(name), setting])) } : {}),
    ...(models ? { models: models.map((model) => complete(model, file)) } : {}),
  };
}

function complete(model: UserModel, file: string): NonNullable<Config['models']>[number] {
  return { source: basename(file), verified: 'docs', ...model };
}

type Issue = z.core.$ZodIssue;

function explain(issue: Issue, value: unknown): { message: string; key?: string } {
  const at = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    return { message: `unknown key "${key}"${at === '' ? '' : ` in ${at}`}${didYouMean(key, keysAt(issue.path))}`, key };
  }
  const given = at === '' ? value : issue.path.reduce<unknown>((inside, key) => (inside as Record<PropertyKey, unknown> | undefined)?.[key], value);
  if (issue.code === 'invalid_value') {
    const allowed = issue.values.map((allowed) => JSON.stringify(allowed)).join(', ').replace(/, ([^,]*)$/, ' or $1');
    const hint = typeof given === 'string' ? didYouMean(given, issue.values.map(String)) : '';
    return { message: `${at} must be ${allowed}, not ${shown(given)}${hint}` };
  }
  if (given === undefined) return { message: at === '' ? 'the config exports nothing' : `${at} is missing` };
  return { message: `${at === '' ? 'the config' : at}: ${firstLine(issue.message)} (it is ${shown(given)})` };
}

/** The keys that the schema knows at a path. */
function keysAt(path: readonly PropertyKey[]): string[] {
  let schema: z.core.$ZodType = configSchema;
  for (const key of path) {
    const outer = bare(schema);
    if (outer instanceof z.ZodObject) schema = outer.shape[key as string] ?? outer;
    else if (outer instanceof z.ZodRecord) schema = outer.valueType;
  }
  const found = bare(schema);
  return found instanceof z.ZodObject ? Object.keys(found.shape) : [];
}

function bare(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional ? bare(schema.unwrap()) : schema;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function bareRuleName(name: string): string {
  return name.replace(/^distributed\//, '');
}

/** What is wrong with a rule name, or undefined when it is one. */
export function unknownRule(name: string, ruleNames: readonly string[]): string | undefined {
  const bareName = bareRuleName(name);
  return ruleNames.includes(bareName) ? undefined : `unknown rule "${name}"${didYouMean(bareName, ruleNames)}`;
}
