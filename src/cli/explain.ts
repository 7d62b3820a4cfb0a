import { bareRuleName, unknownRule } from '../audit/config.ts';
import { AuditFailure, type RuleInfo } from '../audit/options.ts';
import { ruleDocumentation } from './own-package.ts';

export function explain(name: string, rules: readonly RuleInfo[]): string {
  const problem = unknownRule(name, rules.map(({ id }) => bareRuleName(id)));
  if (problem !== undefined) throw new AuditFailure(problem);
  const bare = bareRuleName(name);
  const rule = rules.find(({ id }) => bareRuleName(id) === bare)!;
  return ruleDocumentation(bare) ?? `# ${rule.id}\n\n${rule.description}\n\n${rule.url}\n`;
}
