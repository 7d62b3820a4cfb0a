import type { AuditReport } from '../vocabulary/finding.ts';
import { plural } from './text.ts';

/** What is known and left, in one line; empty when nothing is. */
export function debt({ findings, hints = [] }: Pick<AuditReport, 'findings' | 'hints'>): string {
  const comments = findings.filter(({ suppressed }) => suppressed?.by === 'eslint-disable');
  const unexplained = comments.filter(({ suppressed }) => suppressed!.reason === '').length;
  const baselined = findings.filter(({ suppressed }) => suppressed?.by === 'baseline').length;
  const count = (kind: string): number => hints.filter((hint) => hint.kind === kind).length;
  const unused = count('unused-suppression');
  const stale = count('stale-baseline');
  const expired = count('expired-baseline');
  const idle = count('config');
  return [
    ...(comments.length > 0 ? [`${comments.length} suppressed${unexplained > 0 ? ` (${unexplained} without a reason)` : ''}`] : []),
    ...(baselined > 0 ? [`${baselined} in the baseline`] : []),
    ...(unused > 0 ? [plural(unused, 'unused suppression')] : []),
    ...(stale > 0 ? [plural(stale, 'stale baseline entry', 'stale baseline entries')] : []),
    ...(expired > 0 ? [plural(expired, 'expired baseline entry', 'expired baseline entries')] : []),
    ...(idle > 0 ? [`${plural(idle, 'config entry', 'config entries')} that ${idle === 1 ? 'does' : 'do'} nothing`] : []),
  ].join(', ');
}

/** Against the base, in one line; empty without one. */
export function compared({ comparison }: Pick<AuditReport, 'comparison'>): string {
  if (comparison === undefined) return '';
  const { base, introduced, fixed, unchanged } = comparison;
  return `against ${base}: ${introduced} introduced, ${fixed} fixed, ${unchanged} unchanged`;
}
