import type { AuditReport } from '../audit/options.ts';
import type { Flags } from './arguments.ts';

export type ExitCode = 0 | 1 | 2;

/** An incomplete analysis outweighs findings: what was not read may hide more. */
export function gate({ findings, errors }: AuditReport, { failOn, maxWarnings, exitZero }: Pick<Flags, 'failOn' | 'maxWarnings' | 'exitZero'>): ExitCode {
  if (exitZero) return 0;
  if (errors.length > 0) return 2;
  // What a change only touches was there before it.
  const counted = findings.filter(({ suppressed, change }) => suppressed === undefined && change !== 'unchanged');
  const warnings = counted.filter(({ severity }) => severity === 'warning').length;
  const errorFindings = counted.length - warnings;
  if (failOn !== 'none' && errorFindings > 0) return 1;
  if (failOn === 'warning' && warnings > 0) return 1;
  return maxWarnings !== undefined && warnings > maxWarnings ? 1 : 0;
}
