import type { AuditError, AuditReport, Finding, RuleInfo } from '../vocabulary/finding.ts';
import type { ReportOptions } from './options.ts';
import { active, bySeverity } from './order.ts';
import { inRepository } from './paths.ts';
import { bareName } from './text.ts';

/** Reviewdog's diagnostics, as one document. */
export function rdjson(report: AuditReport, rules: readonly RuleInfo[] = [], options: ReportOptions = {}): string {
  return `${JSON.stringify({ source: source(report), diagnostics: diagnostics(report, rules, options) }, null, 2)}\n`;
}

/** The same, one diagnostic a line. */
export function rdjsonl(report: AuditReport, rules: readonly RuleInfo[] = [], options: ReportOptions = {}): string {
  return diagnostics(report, rules, options).map((diagnostic) => `${JSON.stringify({ ...diagnostic, source: source(report) })}\n`).join('');
}

const source = ({ tool }: AuditReport): object => ({ name: tool.name });

function diagnostics(report: AuditReport, rules: readonly RuleInfo[], options: ReportOptions): object[] {
  const path = inRepository(options);
  return [...bySeverity(active(report.findings)).map((finding) => diagnostic(finding, rules, path)), ...report.errors.map((error) => notAnalysed(error, path))];
}

function diagnostic({ ruleId, severity, message, location, excerpt, flow }: Finding, rules: readonly RuleInfo[], path: (file: string) => string): object {
  const url = rules.find(({ id }) => bareName(id) === bareName(ruleId))?.url;
  const end = location.endLine === location.startLine ? { end: position(location.endLine, location.endColumn, excerpt) } : {};
  return {
    message,
    location: { path: path(location.file), range: { start: position(location.startLine, location.startColumn, excerpt), ...end } },
    severity: severity === 'error' ? 'ERROR' : 'WARNING',
    code: { value: ruleId, ...(url && /^https?:/.test(url) ? { url } : {}) },
    ...(flow.length === 0 ? {} : {
      related_locations: flow.map((step) => ({
        message: step.message,
        location: { path: path(step.file), range: { start: position(step.startLine, step.startColumn, step.excerpt) } },
      })),
    }),
  };
}

function notAnalysed({ file, line, message }: AuditError, path: (file: string) => string): object {
  return {
    message: `Not analysed: ${message}`,
    location: { path: path(file), ...(line === undefined ? {} : { range: { start: { line } } }) },
    severity: 'ERROR',
    code: { value: 'distributed/not-analysed' },
  };
}

/** Reviewdog counts columns in bytes of UTF-8, we in UTF-16 code units. */
function position(line: number, column: number, text: string): { readonly line: number; readonly column: number } {
  return { line, column: Buffer.byteLength(text.slice(0, column - 1)) + Math.max(0, column - 1 - text.length) + 1 };
}
