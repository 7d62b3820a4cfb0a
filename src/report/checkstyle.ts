import type { AuditReport, RuleInfo } from '../vocabulary/finding.ts';
import type { ReportOptions } from './options.ts';
import { active } from './order.ts';
import { inRepository } from './paths.ts';
import { document, element } from './xml.ts';

/** Checkstyle's XML, which most code review tools read. */
export function checkstyle(report: AuditReport, _rules: readonly RuleInfo[] = [], options: ReportOptions = {}): string {
  const path = inRepository(options);
  const files = new Map<string, string[]>();
  const add = (file: string, error: string): void => void files.set(file, [...(files.get(file) ?? []), error]);
  for (const { location, severity, ruleId, message } of active(report.findings)) {
    add(location.file, element('error', { line: location.startLine, column: location.startColumn, severity, message, source: ruleId }));
  }
  for (const { file, line, message } of report.errors) {
    add(file, element('error', { line: line ?? 1, severity: 'error', message: `Not analysed: ${message}`, source: 'distributed/not-analysed' }));
  }
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return document(element('checkstyle', { version: '4.3' }, sorted.map(([file, errors]) => element('file', { name: path(file) }, errors))));
}
