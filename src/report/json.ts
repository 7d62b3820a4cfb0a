import type { AuditReport, Finding, RuleInfo } from '../vocabulary/finding.ts';
import type { ReportOptions } from './options.ts';

/**
 * The stable contract of `docs/output-json.md`: every key is named here, in its order, so that nothing leaks into it by accident and
 * equal reports are equal bytes.
 */
export function json(report: AuditReport, _rules: readonly RuleInfo[] = [], _options: ReportOptions = {}): string {
  const { version, tool, root, findings, errors, hints, comparison, stats } = report;
  const contract = {
    version,
    tool: { name: tool.name, version: tool.version },
    root,
    findings: findings.map(findingOf),
    errors: errors.map(({ file, line, message }) => ({ file, line, message })),
    hints: hints?.map(({ kind, file, line, message }) => ({ kind, file, line, message })),
    comparison: comparison && { base: comparison.base, introduced: comparison.introduced, fixed: comparison.fixed, unchanged: comparison.unchanged },
    stats: {
      files: stats.files,
      functions: stats.functions,
      entryPoints: stats.entryPoints,
      findings: sorted(stats.findings),
      suppressed: stats.suppressed,
      baselined: stats.baselined,
      milliseconds: stats.milliseconds,
    },
  };
  return `${JSON.stringify(contract, null, 2)}\n`;
}

function findingOf({ ruleId, severity, certainty, harm, message, fingerprint, location, flow, excerpt, suppressed, change }: Finding): object {
  const { file, startLine, startColumn, endLine, endColumn } = location;
  return {
    ruleId,
    severity,
    certainty,
    harm,
    message,
    fingerprint,
    location: { file, startLine, startColumn, endLine, endColumn },
    flow: flow.map((step) => ({
      file: step.file,
      startLine: step.startLine,
      startColumn: step.startColumn,
      message: step.message,
      excerpt: step.excerpt,
    })),
    excerpt,
    suppressed: suppressed && { by: suppressed.by, reason: suppressed.reason },
    change,
  };
}

function sorted(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
