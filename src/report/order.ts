import type { Finding } from '../vocabulary/finding.ts';
import { weight } from './harm.ts';

/** Most pressing first, for readers that show only the first few; otherwise as given. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

export function active(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.suppressed === undefined);
}

function rank(finding: Finding): number {
  const { suppressed, severity, certainty } = finding;
  return (suppressed ? 40 : 0) + (severity === 'error' ? 0 : 20) + (certainty === 'proven' ? 0 : 10) + weight(finding);
}
