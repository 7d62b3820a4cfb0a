import type { AuditReport, Finding, RuleInfo } from '../vocabulary/finding.ts';
import { counts } from './counts.ts';
import { compared, debt } from './debt.ts';
import type { ReportOptions } from './options.ts';
import { active, bySeverity } from './order.ts';
import { bareName, oneLine, plural } from './text.ts';

/** For coding agents: few tokens, the same lines for the same findings, most pressing first. */
export function agent(report: AuditReport, _rules: readonly RuleInfo[] = [], _options: ReportOptions = {}): string {
  const findings = bySeverity(active(report.findings));
  const names = [...new Set(findings.map(({ ruleId }) => bareName(ruleId)))].sort();
  const lines = [
    `${findings.length === 0 ? 'no findings' : `${plural(findings.length, 'finding')}: ${counts(findings)}`} in ${plural(report.stats.files, 'file')}`,
    ...[compared(report), debt(report)].filter((line) => line !== ''),
    ...report.errors.map(({ file, line, message }) => `not analysed ${oneLine(file)}${line === undefined ? '' : `:${line}`} ${oneLine(message)}`),
    ...findings.flatMap(block),
    ...(report.hints ?? []).map(({ kind, file, line, message }) => `hint ${kind} ${oneLine(file)}${line === undefined ? '' : `:${line}`} ${oneLine(message)}`),
    ...(names.length > 0 ? [`how to fix: distributed-audit explain ${names.length === 1 ? names[0] : `RULE (${names.join(', ')})`}`] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function block({ severity, certainty, ruleId, message, location, excerpt, flow, fingerprint, change }: Finding): string[] {
  const { file, startLine, startColumn } = location;
  return [
    `${severity} ${certainty} ${bareName(ruleId)} ${oneLine(file)}:${startLine}:${startColumn} ${fingerprint}${change === undefined ? '' : ` ${change}`}`,
    `  ${oneLine(message)}`,
    `  > ${oneLine(excerpt.trim())}`,
    ...flow.map((step, at) => `  ${at + 1}. ${oneLine(step.file)}:${step.startLine} ${oneLine(step.message)}`),
  ];
}
