import type { AuditReport, Finding } from '../vocabulary/finding.ts';

/** What names a finding: of a report, or an entry of a baseline. */
export interface Named {
  readonly fingerprint: string;
  readonly file: string;
}

/**
 * Pairs up what is the same, each with one other: functions of one name in two files share a fingerprint, so the file decides
 * between equals, and a renamed file is known by what is left.
 */
export function pairs<A, B>(left: readonly A[], right: readonly B[], nameOfLeft: (item: A) => Named, nameOfRight: (item: B) => Named): Map<A, B> {
  const paired = new Map<A, B>();
  const free = new Set(right);
  for (const key of [({ fingerprint, file }: Named) => `${fingerprint}\0${file}`, ({ fingerprint }: Named) => fingerprint]) {
    const waiting = new Map<string, B[]>();
    for (const item of free) {
      const name = key(nameOfRight(item));
      waiting.set(name, [...(waiting.get(name) ?? []), item]);
    }
    for (const item of left) {
      if (paired.has(item)) continue;
      const match = waiting.get(key(nameOfLeft(item)))?.shift();
      if (match === undefined) continue;
      paired.set(item, match);
      free.delete(match);
    }
  }
  return paired;
}

export const nameOf = ({ fingerprint, location }: Finding): Named => ({ fingerprint, file: location.file });

const active = ({ findings }: AuditReport): Finding[] => findings.filter(({ suppressed }) => suppressed === undefined);

/**
 * The head's report with what changed against the base: each finding is marked as introduced or unchanged, and of the unchanged ones
 * only those that `isTouched` accepts are kept.
 */
export function compare(base: AuditReport, head: AuditReport, name: string, isTouched: (finding: Finding) => boolean): AuditReport {
  const before = active(base);
  const after = active(head);
  const known = pairs(after, before, nameOf, nameOf);
  const findings = head.findings.flatMap((finding): Finding[] => {
    if (finding.suppressed !== undefined) return [finding];
    if (!known.has(finding)) return [{ ...finding, change: 'introduced' }];
    return isTouched(finding) ? [{ ...finding, change: 'unchanged' }] : [];
  });
  const counts: Record<string, number> = {};
  for (const { ruleId, suppressed } of findings) if (suppressed === undefined) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return {
    ...head, findings,
    comparison: { base: name, introduced: after.length - known.size, fixed: before.length - known.size, unchanged: known.size },
    stats: { ...head.stats, findings: counts },
  };
}
