import type { Audit, RuleInfo } from '../audit/options.ts';

/** The world outside the command, so that a test can be one. */
export interface Host {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Loaded when needed: `--help` should not wait for them. */
  readonly audit: () => Promise<Audit>;
  readonly rules: () => Promise<readonly RuleInfo[]>;
}

export interface Output {
  write(text: string): void;
  /** A person looks at it. */
  readonly interactive: boolean;
  readonly color: boolean;
}
