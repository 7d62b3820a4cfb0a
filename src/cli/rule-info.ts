import type { PresetName, RuleInfo } from '../audit/options.ts';

/** What of a rule's definition a report tells. */
export interface RuleLike {
  readonly name: string;
  readonly preset: PresetName;
  readonly meta: { readonly description: string; readonly url?: string };
}

export function ruleInfo({ name, preset, meta }: RuleLike): RuleInfo {
  return { id: `distributed/${name}`, description: meta.description, url: meta.url ?? `docs/rules/${name}.md`, preset };
}
