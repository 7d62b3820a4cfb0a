import type { AuditReport, RuleInfo } from '../vocabulary/finding.ts';
import { agent } from './agent.ts';
import { checkstyle } from './checkstyle.ts';
import { github } from './github.ts';
import { gitlab } from './gitlab.ts';
import { html } from './html/page.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import type { ReportOptions } from './options.ts';
import { mermaid } from './mermaid.ts';
import { active } from './order.ts';
import { pretty } from './pretty.ts';
import { rdjson, rdjsonl } from './rdjson.ts';
import { sarif } from './sarif.ts';

export type { ReportOptions } from './options.ts';
export { findingInFull } from './pretty.ts';

export type Reporter = (report: AuditReport, rules: readonly RuleInfo[], options?: ReportOptions) => string;

export const REPORTERS = { pretty, json, sarif, html, markdown, github, gitlab, rdjson, rdjsonl, checkstyle, junit, agent } satisfies Readonly<Record<string, Reporter>>;
export type Format = keyof typeof REPORTERS;
export const FORMATS = Object.keys(REPORTERS) as readonly Format[];

/** Formats that show the map of the system. */
export const MAPPED: ReadonlySet<Format> = new Set<Format>(['html', 'markdown']);

export function isFormat(name: string): name is Format {
  return Object.hasOwn(REPORTERS, name);
}

/** The system as read from the code. */
export function systemGraph({ topology, findings }: AuditReport, format: 'json' | 'mermaid'): string {
  if (topology === undefined) return '';
  return format === 'mermaid' ? mermaid(topology, active(findings)) : `${JSON.stringify({ version: 1, ...topology }, null, 2)}\n`;
}
