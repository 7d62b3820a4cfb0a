import { bareRuleName, unknownRule } from '../audit/config.ts';
import { AuditFailure, type Finding, type RuleInfo } from '../audit/options.ts';
import { findingInFull } from '../report/index.ts';
import { auditOptions, withAudit } from './analysis.ts';
import type { AnalysisFlags } from './arguments.ts';
import type { Host } from './host.ts';
import { ruleDocumentation } from './own-package.ts';

/** Of a fingerprint, as much as tells it from others. */
const FINGERPRINT = /^[0-9a-f]{6,}$/;

export async function explain(what: string, paths: readonly string[], flags: AnalysisFlags, host: Host): Promise<string> {
  const rules = await host.rules();
  return FINGERPRINT.test(what) ? explainFinding(what, paths, flags, rules, host) : explainRule(what, rules);
}

function explainRule(name: string, rules: readonly RuleInfo[]): string {
  const problem = unknownRule(name, rules.map(({ id }) => bareRuleName(id)));
  if (problem !== undefined) throw new AuditFailure(problem);
  const bare = bareRuleName(name);
  const rule = rules.find(({ id }) => bareRuleName(id) === bare)!;
  return ruleDocumentation(bare) ?? `# ${rule.id}\n\n${rule.description}\n\n${rule.url}\n`;
}

/** Looks at all that can be found, whatever the preset: the fingerprint may come from another run. */
async function explainFinding(fingerprint: string, paths: readonly string[], flags: AnalysisFlags, rules: readonly RuleInfo[], host: Host): Promise<string> {
  const options = await auditOptions(paths, flags, rules, host);
  const { findings } = await withAudit(host, (audit) => audit({ ...options, preset: 'all', certainty: 'likely', rules: withoutOff(options.rules), trace: true }));
  const found = findings.filter((finding) => finding.fingerprint.startsWith(fingerprint));
  if (found.length === 0) throw new AuditFailure(`nothing that is found now has the fingerprint ${fingerprint}: it is fixed, or stands elsewhere (give its path)`);
  if (new Set(found.map((finding) => finding.fingerprint)).size > 1) throw new AuditFailure(`several findings begin with ${fingerprint}: give more of it`);
  return found.map((finding) => inFull(finding, host)).join('\n');
}

function inFull(finding: Finding, host: Host): string {
  const decided = finding.decided ?? [];
  const bare = bareRuleName(finding.ruleId);
  return [
    findingInFull(finding, host.stdout.color),
    ...(decided.length === 0 ? [] : ['', 'How it was decided', ...decided.map((line) => `  ${line}`)]),
    '',
    'What would silence it',
    `  the code: distributed-audit explain ${bare} shows what is right`,
    `  a comment on the line before: // eslint-disable-next-line ${finding.ruleId} -- why`,
    '  an entry in the baseline: distributed-audit baseline update --reason "why"',
    `  for the whole project: "rules": { "${bare}": "off" } in the config`,
    ...(finding.suppressed === undefined ? [] : [`It is silenced now by ${finding.suppressed.by}: ${finding.suppressed.reason || 'no reason is given'}.`]),
    '',
  ].join('\n');
}

const withoutOff = (rules: Readonly<Record<string, 'off' | 'warn' | 'error'>>): Record<string, 'warn' | 'error'> =>
  Object.fromEntries(Object.entries(rules).flatMap(([name, setting]) => (setting === 'off' ? [] : [[name, setting]])));
