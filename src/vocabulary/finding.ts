import type { Topology } from './topology.ts';

export type Severity = 'error' | 'warning';
export type Certainty = 'proven' | 'likely';
export type PresetName = 'recommended' | 'strict' | 'all';

/** What comes of a defect: data goes wrong for good, work is lost, something is done twice, the service stalls, a caller is served badly. */
export type Harm = 'corrupts' | 'loses' | 'repeats' | 'stalls' | 'fails';

/** 1-based, columns in UTF-16 code units, end exclusive; file relative to the root with forward slashes. */
export interface Location {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One step of the path from entry point to effect. */
export interface FlowStep {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly message: string;
  readonly excerpt: string;
}

export interface Suggestion {
  readonly message: string;
  readonly edits: readonly { readonly file: string; readonly range: readonly [number, number]; readonly text: string }[];
}

export interface Finding {
  /** With the prefix: `distributed/no-dual-write`. */
  readonly ruleId: string;
  readonly severity: Severity;
  readonly certainty: Certainty;
  /** Absent in reports of older versions. */
  readonly harm?: Harm;
  readonly message: string;
  /** Survives blank lines, formatting, moved functions and renamed files. */
  readonly fingerprint: string;
  readonly location: Location;
  readonly flow: readonly FlowStep[];
  /** The source line of the location. */
  readonly excerpt: string;
  readonly suggestions?: readonly Suggestion[];
  /** Known and left: it fails nothing and is shown as debt only. */
  readonly suppressed?: { readonly by: 'eslint-disable' | 'baseline'; readonly reason: string };
  /** The questions that the rule asked before it reported, with their answers. Present when they were asked for. */
  readonly decided?: readonly string[];
  /** Present when the run was compared with a base. */
  readonly change?: 'introduced' | 'unchanged';
}

/** Something said to the tool that no longer says anything. */
export interface AuditHint {
  readonly kind: 'unused-suppression' | 'stale-baseline' | 'expired-baseline' | 'missing-facts' | 'config';
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

export interface Comparison {
  /** What it was compared with, as it was given: a revision or a file. */
  readonly base: string;
  readonly introduced: number;
  readonly fixed: number;
  readonly unchanged: number;
}

export interface AuditError {
  readonly file: string;
  readonly line?: number;
  readonly message: string;
}

export interface AuditReport {
  readonly version: 1;
  readonly tool: { readonly name: string; readonly version: string };
  /** Absolute path of the program root. */
  readonly root: string;
  readonly findings: readonly Finding[];
  readonly errors: readonly AuditError[];
  readonly hints?: readonly AuditHint[];
  readonly comparison?: Comparison;
  /** Present when it was asked for. */
  readonly topology?: Topology;
  readonly stats: AuditStats;
}

export interface AuditStats {
  readonly files: number;
  readonly functions: number;
  readonly entryPoints: number;
  readonly findings: Readonly<Record<string, number>>;
  /** By comments. */
  readonly suppressed: number;
  /** By the baseline, when there is one. */
  readonly baselined?: number;
  /** Present with `--stats` only, for reports stay deterministic without: milliseconds per phase and rule. */
  readonly milliseconds?: Readonly<Record<string, number>>;
}

/** What a report needs to know of a rule. */
export interface RuleInfo {
  readonly id: string;
  readonly description: string;
  readonly url: string;
  readonly preset: PresetName;
}
