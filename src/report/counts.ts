import type { Finding } from '../vocabulary/finding.ts';
import { plural } from './text.ts';

/** `2 errors, 1 warning (1 likely)`. */
export function counts(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.length - errors;
  const likely = findings.filter(({ certainty }) => certainty === 'likely').length;
  const kinds = [...(errors > 0 ? [plural(errors, 'error')] : []), ...(warnings > 0 ? [plural(warnings, 'warning')] : [])];
  return `${kinds.join(', ')}${likely > 0 ? ` (${likely} likely)` : ''}`;
}

/** Most frequent first. */
export function byRule(findings: readonly Finding[]): (readonly [ruleId: string, findings: readonly Finding[]])[] {
  const rules = new Map<string, Finding[]>();
  for (const finding of findings) {
    const same = rules.get(finding.ruleId);
    if (same) same.push(finding);
    else rules.set(finding.ruleId, [finding]);
  }
  return [...rules].sort(([a, inA], [b, inB]) => inB.length - inA.length || (a < b ? -1 : 1));
}
