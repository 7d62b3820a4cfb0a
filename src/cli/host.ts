import type { FactsFile, FactsFileOptions } from '../audit/facts.ts';
import type { Audit, RuleInfo } from '../audit/options.ts';
import type { Session } from '../audit/run-audit.ts';

export type ExtractFacts = (options: FactsFileOptions) => Promise<FactsFile>;

/** The world outside the command, so that a test can be one. */
export interface Host {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Loaded when needed: `--help` should not wait for them. */
  readonly audit: () => Promise<Audit>;
  /** Audits that keep in memory what they have read. */
  readonly session: () => Promise<Session>;
  /** Calls once when a person ends the command, by q or Ctrl-C, or the system does; gives what lets go of the keyboard. */
  readonly untilEnded: (end: () => void) => () => void;
  readonly facts: () => Promise<ExtractFacts>;
  readonly rules: () => Promise<readonly RuleInfo[]>;
  /** `2026-11-30`. */
  readonly today: () => string;
  /** Asks a person for yes or no. */
  readonly confirm: (question: string) => Promise<boolean>;
}

export interface Output {
  write(text: string): void;
  /** A person looks at it. */
  readonly interactive: boolean;
  readonly color: boolean;
}
