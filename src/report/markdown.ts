import type { AuditReport, Finding, RuleInfo } from '../vocabulary/finding.ts';
import { byRule, counts } from './counts.ts';
import { compared, debt } from './debt.ts';
import { mermaid } from './mermaid.ts';
import type { ReportOptions } from './options.ts';
import { active, bySeverity } from './order.ts';
import { inRepository } from './paths.ts';
import { bareName, oneLine, plural } from './text.ts';

/** GitHub refuses a job summary of more than 1 MiB; GitLab and others draw less. */
const MAX_BYTES = 900_000;

/** For job summaries, merge requests and wikis. */
export function markdown(report: AuditReport, rules: readonly RuleInfo[] = [], options: ReportOptions = {}): string {
  const findings = bySeverity(active(report.findings));
  const path = inRepository(options);
  const head = [
    `# ${findings.length === 0 ? 'No findings' : `${plural(findings.length, 'finding')}: ${counts(findings)}`}`,
    [`${plural(report.stats.files, 'file')}, ${plural(report.stats.functions, 'function')}, ${plural(report.stats.entryPoints, 'entry point')}`, compared(report), debt(report)].filter((note) => note !== '').map(text).join(' · '),
    errors(report, path),
    summary(findings, rules),
    report.topology === undefined || report.topology.edges.length === 0 ? '' : `## The system\n\n\`\`\`mermaid\n${mermaid(report.topology, findings)}\`\`\``,
    findings.length === 0 ? '' : '## Findings',
  ].filter((block) => block !== '');
  return `${[...head, ...fitting(findings.map((finding) => details(finding, path)), MAX_BYTES - Buffer.byteLength(head.join('\n\n'))), ...hints(report, path)].join('\n\n')}\n`;
}

function fitting(blocks: readonly string[], bytes: number): string[] {
  const shown: string[] = [];
  let left = bytes;
  for (const block of blocks) {
    left -= Buffer.byteLength(block) + 2;
    if (left < 0) return [...shown, `_${plural(blocks.length - shown.length, 'further finding')} left out: the report would be too large to be shown._`];
    shown.push(block);
  }
  return shown;
}

function summary(findings: readonly Finding[], rules: readonly RuleInfo[]): string {
  if (findings.length === 0) return '';
  const rows = byRule(findings).map(([ruleId, of]) => {
    const rule = rules.find(({ id }) => bareName(id) === bareName(ruleId));
    const name = rule !== undefined && /^https?:/.test(rule.url) ? `[${bareName(ruleId)}](${rule.url})` : bareName(ruleId);
    return `| ${name} | ${of.length} | ${counts(of)} | ${text(rule?.description ?? '')} |`;
  });
  return ['| rule | findings | | |', '|---|--:|---|---|', ...rows].join('\n');
}

function details({ severity, certainty, ruleId, message, location, excerpt, flow, fingerprint, change }: Finding, path: (file: string) => string): string {
  const place = `${path(location.file)}:${location.startLine}`;
  const tags = [severity, ...(certainty === 'likely' ? [certainty] : []), ...(change === undefined ? [] : [change])].join(', ');
  return [
    `### ${bareName(ruleId)} (${tags})`,
    `${code(place)} · ${code(fingerprint)}`,
    text(message),
    fenced(excerpt.trim()),
    ...(flow.length === 0 ? [] : [flow.map((step, at) => `${at + 1}. ${text(step.message)} (${code(`${path(step.file)}:${step.startLine}`)})`).join('\n')]),
  ].join('\n\n');
}

function errors({ errors }: AuditReport, path: (file: string) => string): string {
  if (errors.length === 0) return '';
  return ['**Not analysed**', errors.map(({ file, line, message }) => `- ${code(`${path(file)}${line === undefined ? '' : `:${line}`}`)} ${text(message)}`).join('\n')].join('\n\n');
}

function hints({ hints = [] }: AuditReport, path: (file: string) => string): string[] {
  if (hints.length === 0) return [];
  return ['## Hints', hints.map(({ file, line, message }) => `- ${code(`${path(file)}${line === undefined ? '' : `:${line}`}`)} ${text(message)}`).join('\n')];
}

/** Quotes what comes from code, so that it is read as text whatever it holds: no markup, links, mentions or references. */
function text(value: string): string {
  return oneLine(value)
    .split(/(`[^`]+`)/)
    .map((part, at) => (at % 2 === 1 ? code(part.slice(1, -1)) : part.replace(/[\\`*_[\]<>|~#&]/g, '\\$&').replace(/@(?=\w)/g, '@\u200b')))
    .join('');
}

function code(value: string): string {
  const shown = oneLine(value).replaceAll('|', '\\|');
  const ticks = '`'.repeat(longestRun(shown) + 1);
  return shown.includes('`') ? `${ticks} ${shown} ${ticks}` : `${ticks}${shown}${ticks}`;
}

function fenced(value: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(value) + 1));
  return `${fence}ts\n${oneLine(value)}\n${fence}`;
}

const longestRun = (value: string): number => Math.max(0, ...[...value.matchAll(/`+/g)].map(([run]) => run.length));
