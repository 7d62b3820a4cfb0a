import type { Finding } from '../vocabulary/finding.ts';

/** Most pressing first, for readers that show only the first few; otherwise as given. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

export function active(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.suppressed === undefined);
}

function rank({ suppressed, severity, certainty }: Finding): number {
  return (suppressed ? 4 : 0) + (severity === 'error' ? 0 : 2) + (certainty === 'proven' ? 0 : 1);
}
