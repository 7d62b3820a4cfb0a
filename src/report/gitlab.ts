import { createHash } from 'node:crypto';
import type { AuditReport, Finding, RuleInfo } from '../vocabulary/finding.ts';
import type { ReportOptions } from './options.ts';
import { active, bySeverity } from './order.ts';
import { inRepository } from './paths.ts';

/** Code Quality, for merge requests. */
export function gitlab(report: AuditReport, _rules: readonly RuleInfo[] = [], options: ReportOptions = {}): string {
  const path = inRepository(options);
  const unique = distinctFingerprints();
  const issues = [
    ...bySeverity(active(report.findings)).map((finding) => ({
      description: finding.message,
      check_name: finding.ruleId,
      fingerprint: unique(finding.fingerprint, finding.location.file),
      severity: severityOf(finding),
      location: { path: path(finding.location.file), lines: { begin: finding.location.startLine, end: finding.location.endLine } },
    })),
    ...report.errors.map(({ file, line, message }) => ({
      description: `Not analysed: ${message}`,
      check_name: 'distributed/not-analysed',
      fingerprint: unique(message, file),
      severity: 'blocker',
      location: { path: path(file), lines: { begin: line ?? 1 } },
    })),
  ];
  return `${JSON.stringify(issues, null, 2)}\n`;
}

function severityOf({ severity, certainty }: Finding): string {
  if (severity === 'error') return certainty === 'proven' ? 'critical' : 'major';
  return certainty === 'proven' ? 'minor' : 'info';
}

/** GitLab shows one of several issues that share a fingerprint, and ours may be shared by files. */
function distinctFingerprints(): (fingerprint: string, file: string) => string {
  const seen = new Map<string, number>();
  return (fingerprint, file) => {
    const key = `${fingerprint}\0${file}`;
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return createHash('sha256').update(`${key}\0${ordinal}`).digest('hex').slice(0, 32);
  };
}
