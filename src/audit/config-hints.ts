import { globs } from '../load/globs.ts';
import type { AuditHint } from '../vocabulary/finding.ts';
import type { LibraryModel } from '../vocabulary/model.ts';
import type { AuditOptions, Config } from './options.ts';

/** What a config is held against. */
export interface Seen {
  /** Every file there is, also those that the config leaves out. */
  readonly files: readonly string[];
  /** Whether some code imports the library of a model. */
  readonly uses: (model: LibraryModel) => boolean;
  /** Whether the preset runs a rule. */
  readonly runs: (rule: string) => boolean;
}

/** Keys that are checked and kept for rules to come. */
const UNREAD = ['services', 'handlers', 'sensitive', 'hosts', 'contracts'] as const satisfies readonly (keyof Config)[];

/** Entries of the config that say nothing: a glob without files, a model of what nobody imports. Whoever wrote them believes otherwise. */
export function configHints({ config, configFile, preset }: Pick<AuditOptions, 'config' | 'configFile' | 'preset'>, { files, uses, runs }: Seen): AuditHint[] {
  if (configFile === undefined) return [];
  const hints: AuditHint[] = [];
  const add = (path: readonly (string | number)[], message: string): void => {
    const line = configFile.lines?.[path.join('\0')];
    hints.push({ kind: 'config', file: configFile.name, ...(line === undefined ? {} : { line }), message });
  };
  const checkGlobs = (patterns: readonly string[] | undefined, path: readonly string[]): void => {
    patterns?.forEach((pattern, at) => {
      if (!files.some(globs([pattern]))) add([...path, at], `\`${path.join('.')}\`: \`${pattern}\` matches no file.`);
    });
  };
  checkGlobs(config.include, ['include']);
  checkGlobs(config.ignore, ['ignore']);
  for (const [name, patterns] of Object.entries(config.deployables ?? {})) checkGlobs(patterns, ['deployables', name]);
  for (const [name, setting] of Object.entries(config.rules ?? {})) {
    if (setting === 'off' && !runs(name)) add(['rules', name], `\`rules\`: ${name} is off without it, for it is not in the preset ${preset}.`);
  }
  config.models?.forEach((model, at) => {
    // Globals and generated clients need no import.
    if (model.globals !== undefined || model.generated !== undefined || uses(model)) return;
    add(['models', at], `\`models\`: nothing imports ${model.packages.map((name) => `\`${name}\``).join(' or ')}, of which \`${model.name}\` is a model.`);
  });
  for (const key of UNREAD) if (config[key] !== undefined) add([key], `\`${key}\`: no rule reads it yet.`);
  return hints;
}
