import type { Finding } from '../vocabulary/finding.ts';
import type { Suppression } from '../vocabulary/ir.ts';

/** Offsets of the file's text to 1-based lines and columns. */
export interface Positions {
  position(offset: number): { readonly line: number; readonly column: number };
}

/** A comment that names one of our rules and silences none of its findings. */
export interface UnusedSuppression {
  readonly ruleId: string;
  readonly kind: Suppression['kind'];
  readonly line: number;
  readonly column: number;
}

export interface Suppressed {
  readonly findings: readonly Finding[];
  readonly unused: readonly UnusedSuppression[];
}

const OURS = 'distributed/';

/**
 * Marks the findings of one file that its `eslint-disable` comments silence, as ESLint would: a comment for a line covers what starts on
 * it; `eslint-disable` covers what starts after it, until an `eslint-enable` for that rule or for all. Of several the last gives the
 * reason, one for the line before a block; inside a block a comment for a line is not needed.
 */
export function applySuppressions(findings: readonly Finding[], suppressions: readonly Suppression[], lines: Positions): Suppressed {
  if (suppressions.length === 0) return { findings, unused: [] };
  const directives = suppressions.flatMap((suppression) => directivesOf(suppression, lines)).sort((a, b) => compare(a.from, b.from));
  const blocks = directives.filter(({ until }) => until === undefined);
  const singles = directives.filter(({ until }) => until !== undefined);
  const needed = new Set<Directive>();

  const marked = findings.map((finding): Finding => {
    const block = lastCovering(blocks, finding);
    const single = lastCovering(singles, finding);
    const used = block ?? single;
    if (used === undefined) return finding;
    needed.add(used);
    return { ...finding, suppressed: { by: 'eslint-disable', reason: (single ?? used).reason } };
  });
  const unused = directives
    .filter((directive) => directive.kind !== 'enable' && directive.ruleId?.startsWith(OURS) && !needed.has(directive))
    .map(({ ruleId, kind, comment }) => ({ ruleId: ruleId!, kind, ...comment }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
  return { findings: marked, unused };
}

type Position = { readonly line: number; readonly column: number };

interface Directive {
  readonly kind: Suppression['kind'];
  /** Absent: all rules. */
  readonly ruleId?: string;
  readonly reason: string;
  readonly from: Position;
  /** Exclusive; absent for a block, which an `enable` ends. */
  readonly until?: Position;
  readonly comment: Position;
}

function directivesOf({ kind, rules, reason, span }: Suppression, lines: Positions): Directive[] {
  const start = lines.position(span[0]);
  const end = lines.position(span[1]);
  const comment = { line: start.line, column: start.column };
  const reach = kind === 'line' ? wholeLine(start.line) : kind === 'next-line' ? wholeLine(end.line + 1) : { from: comment };
  // ESLint, too, rejects an `eslint-disable-line` that spans several lines.
  if (kind === 'line' && end.line > start.line) return [];
  const ids: (string | undefined)[] = rules.length === 0 ? [undefined] : [...new Set(rules)];
  return ids.map((ruleId) => ({ kind, ...(ruleId === undefined ? {} : { ruleId }), reason, comment, ...reach }));
}

function wholeLine(line: number): { from: Position; until: Position } {
  return { from: { line, column: 1 }, until: { line: line + 1, column: 1 } };
}

function lastCovering(directives: readonly Directive[], { ruleId, location }: Finding): Directive | undefined {
  const at = { line: location.startLine, column: location.startColumn };
  let covering: Directive | undefined;
  for (const directive of directives) {
    if (compare(directive.from, at) > 0) break;
    if (directive.ruleId !== undefined && directive.ruleId !== ruleId) continue;
    if (directive.until !== undefined && compare(directive.until, at) <= 0) continue;
    covering = directive.kind === 'enable' ? undefined : directive;
  }
  return covering;
}

function compare(a: Position, b: Position): number {
  return a.line - b.line || a.column - b.column;
}
