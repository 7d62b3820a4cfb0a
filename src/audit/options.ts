import type { LibraryModel } from '../vocabulary/model.ts';
import type { AuditReport, Certainty, PresetName } from '../vocabulary/finding.ts';

export { findProjectRoot } from '../load/project-root.ts';
export type { AuditHint, AuditReport, Certainty, Comparison, Finding, PresetName, RuleInfo } from '../vocabulary/finding.ts';

export type RuleSetting = 'off' | 'warn' | 'error';
export type TypesMode = 'auto' | 'off';

/** What a run is asked to do; nothing of it is read from the command line or the environment again. */
export interface AuditOptions {
  /** Absolute path of the program root. */
  readonly root: string;
  /** Absolute paths of files and directories: findings elsewhere are not reported. */
  readonly paths: readonly string[];
  readonly preset: PresetName;
  /** By rule name without prefix; settles a rule whatever the preset says. */
  readonly rules: Readonly<Record<string, RuleSetting>>;
  /** The least certainty that is reported: `likely` reports both. */
  readonly certainty: Certainty;
  /** Absolute path of the cache directory. */
  readonly cache: string | false;
  readonly types: TypesMode;
  readonly config: Config;
  /** Where the config was written, for what is said of it. */
  readonly configFile?: ConfigFile;
  /** Measure: fills `stats.milliseconds`. */
  readonly stats: boolean;
  /** Say what the system is made of: fills `topology`. */
  readonly topology?: boolean;
  /** Keep what each finding was decided by: fills `decided`. Slower. */
  readonly trace?: boolean;
  /** Absolute paths of facts: what they tell is the program, and nothing of it is read from the root. */
  readonly facts?: readonly string[];
  readonly onProgress?: (phase: string, done: number, total: number) => void;
}

export interface ConfigFile {
  /** Relative to the root. */
  readonly name: string;
  /** Of an entry, by its path joined by NUL; as far as the file tells. */
  readonly lines?: Readonly<Record<string, number>>;
}

export type Audit = (options: AuditOptions) => Promise<AuditReport>;

/** Why no report can be given, for the user to mend: printed as one line, without a stack. */
export class AuditFailure extends Error {
  override readonly name = 'AuditFailure';
  readonly file?: string;
  readonly line?: number;

  constructor(message: string, at: { readonly file?: string; readonly line?: number } = {}, cause?: unknown) {
    super(message, { cause });
    this.file = at.file;
    this.line = at.line;
  }
}

/** An objective: availability in percent, latency in milliseconds. */
export interface Objective {
  readonly availability?: number;
  readonly latencyMs?: number;
}

export interface Service extends Objective {
  /** Host, package name or module glob by which code reaches the service. */
  readonly match: string | readonly string[];
  /** Requests must succeed without it. */
  readonly optional?: boolean;
}

/** A model of the user's own library or wrapper; what `source` and `verified` say is filled in. */
export type UserModel = Omit<LibraryModel, 'source' | 'verified'> & Partial<Pick<LibraryModel, 'source' | 'verified'>>;

/** `distributed.config.*`, or `distributed` in package.json. Paths and globs are relative to the program root. */
export interface UserConfig {
  readonly $schema?: string;
  readonly preset?: PresetName;
  /** By rule name, with or without `distributed/`. */
  readonly rules?: Readonly<Record<string, RuleSetting>>;
  /** The least certainty that is reported; by default `proven` with the preset recommended, else `likely`. */
  readonly certainty?: Certainty;
  /** Globs of the files that make the program; by default all JavaScript and TypeScript. */
  readonly include?: readonly string[];
  /** Globs of files that are not analysed. */
  readonly ignore?: readonly string[];
  readonly types?: TypesMode;
  /** Knowledge of libraries and wrappers that the tool does not have. */
  readonly models?: readonly UserModel[];
  readonly services?: Readonly<Record<string, Service>>;
  /** Objectives of handlers, by route, file or glob. */
  readonly handlers?: Readonly<Record<string, Objective>>;
  /** Globs of modules that only their own deployable may import. */
  readonly sensitive?: readonly string[];
  /** What is deployed together: name to globs. */
  readonly deployables?: Readonly<Record<string, readonly string[]>>;
  /** Nothing outside this repository throttles, authenticates or watches: rules may speak of what is absent. */
  readonly closed?: boolean;
  /** Number of processes, by deployable or package. */
  readonly replicas?: Readonly<Record<string, number>>;
  readonly hosts?: {
    /** Hosts, with `*` for a label, that are reached over a private network. */
    readonly private?: readonly string[];
  };
  /** File or directory of the recorded message contracts. */
  readonly contracts?: string;
}

/** A {@link UserConfig} that was checked: rule names bare, models complete. */
export interface Config extends Omit<UserConfig, '$schema' | 'models'> {
  readonly models?: readonly LibraryModel[];
}
