import { gzipSync } from 'node:zlib';
import type {
  CodeFlow, Invocation, Location as SarifLocation, Log, Notification, PhysicalLocation, ReportingDescriptor, Result, Run,
} from 'sarif';
import type { AuditError, AuditReport, Finding, FlowStep, PresetName, RuleInfo } from '../vocabulary/finding.ts';
import type { ReportOptions } from './options.ts';
import { compared, debt } from './debt.ts';
import { bySeverity } from './order.ts';
import { inRepository } from './paths.ts';
import { bareName } from './text.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = '%SRCROOT%';
/** GitHub rejects a file with more results, or of more bytes when compressed, and rules with longer descriptions. */
const MAX_RESULTS = 25_000;
const MAX_COMPRESSED = 9_500_000;
const MAX_DESCRIPTION = 1024;
/** It shows no more places of one result, and rejects one with ten times as many. */
const MAX_STEPS = 100;
/** So few code units are no more bytes than that, compressed or not. */
const SURELY_SMALL = MAX_COMPRESSED / 3;

/** SARIF 2.1.0 for code scanning. Holds no absolute path and no time, so that equal findings are equal bytes. */
export function sarif(report: AuditReport, rules: readonly RuleInfo[], options: ReportOptions = {}): string {
  let count = Math.min(MAX_RESULTS, report.findings.length);
  for (;;) {
    const text = sarifOf(report, rules, options, count);
    const bytes = count === 0 || text.length < SURELY_SMALL ? 0 : gzipSync(text).length;
    if (bytes < MAX_COMPRESSED) return text;
    count = Math.floor((count * MAX_COMPRESSED * 0.95) / bytes);
  }
}

function sarifOf(report: AuditReport, rules: readonly RuleInfo[], options: ReportOptions, count: number): string {
  const findings = bySeverity(report.findings);
  const path = inRepository(options);
  const known = withUnknown(rules, findings);
  const index = new Map(known.map(({ id }, at) => [id, at]));
  const run: Run = {
    tool: {
      driver: {
        name: report.tool.name,
        version: report.tool.version,
        semanticVersion: report.tool.version,
        rules: known.map((rule) => descriptor(rule, options)),
      },
    },
    invocations: [invocation(report, count, path)],
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
    columnKind: 'utf16CodeUnits',
    results: findings.slice(0, count).map((finding) => result(withPaths(finding, path), index.get(finding.ruleId)!)),
  };
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function withUnknown(rules: readonly RuleInfo[], findings: readonly Finding[]): RuleInfo[] {
  const ids = new Set(rules.map(({ id }) => id));
  const missing = [...new Set(findings.map(({ ruleId }) => ruleId))].filter((id) => !ids.has(id)).sort();
  return [...rules, ...missing.map((id) => ({ id, description: bareName(id), url: '', preset: 'all' as const }))];
}

const LEVELS: Record<PresetName, ReportingDescriptor['properties'] & { level: 'error' | 'warning' | 'note' }> = {
  recommended: { level: 'error', precision: 'very-high', 'problem.severity': 'error' },
  strict: { level: 'warning', precision: 'high', 'problem.severity': 'warning' },
  all: { level: 'warning', precision: 'medium', 'problem.severity': 'recommendation' },
};

function descriptor({ id, description, url, preset }: RuleInfo, { help }: ReportOptions): ReportingDescriptor {
  const { level, ...properties } = LEVELS[preset];
  const link = /^https?:/.test(url) ? url : undefined;
  const text = description.slice(0, MAX_DESCRIPTION);
  return {
    id,
    name: pascalCase(bareName(id)),
    shortDescription: { text },
    fullDescription: { text },
    help: {
      text: link ? `${description}\n${link}` : description,
      markdown: help?.(id) ?? (link ? `${description}\n\n[Documentation](${link})` : description),
    },
    ...(link ? { helpUri: link } : {}),
    defaultConfiguration: { level },
    properties: { tags: ['distributed-systems', 'reliability', preset], ...properties },
  };
}

function withPaths(finding: Finding, path: (file: string) => string): Finding {
  const flow = finding.flow.length <= MAX_STEPS ? finding.flow : [...finding.flow.slice(0, MAX_STEPS - 1), finding.flow.at(-1)!];
  return { ...finding, location: { ...finding.location, file: path(finding.location.file) }, flow: flow.map((step) => ({ ...step, file: path(step.file) })) };
}

function result(finding: Finding, ruleIndex: number): Result {
  const { ruleId, severity, certainty, message, fingerprint, location, flow, excerpt, suppressed } = finding;
  const { file, startLine, startColumn, endLine, endColumn } = location;
  return {
    ruleId,
    ruleIndex,
    level: severity,
    message: { text: [message, ...flow.map(linkToStep)].join('\n') },
    locations: [{ physicalLocation: physical(file, { startLine, startColumn, endLine, endColumn }, excerpt) }],
    partialFingerprints: { 'distributed/v1': fingerprint },
    ...(flow.length > 0 ? { relatedLocations: flow.map((step, at) => ({ id: at + 1, ...stepLocation(step) })), codeFlows: [codeFlow(flow)] } : {}),
    suppressions: suppressed ? [{ kind: suppressed.by === 'baseline' ? 'external' : 'inSource', ...(suppressed.reason ? { justification: suppressed.reason } : {}) }] : [],
    ...(finding.change === undefined ? {} : { baselineState: finding.change === 'introduced' ? 'new' : 'unchanged' }),
    properties: { certainty },
  };
}

/** GitHub shows a related location only where the message links to it. */
function linkToStep({ file, startLine, message }: FlowStep, at: number): string {
  const label = `${file}:${startLine}`.replace(/[[\]\\]/g, '\\$&');
  return `${at + 1}. [${label}](${at + 1}) ${message}`;
}

function codeFlow(flow: readonly FlowStep[]): CodeFlow {
  const last = flow.length - 1;
  return {
    threadFlows: [
      { locations: flow.map((step, at) => ({ location: stepLocation(step), importance: at === 0 || at === last ? 'essential' : 'important' })) },
    ],
  };
}

function stepLocation({ file, startLine, startColumn, message, excerpt }: FlowStep): SarifLocation {
  return { physicalLocation: physical(file, { startLine, startColumn }, excerpt), message: { text: message } };
}

interface Region {
  readonly startLine: number;
  readonly startColumn?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
}

function physical(file: string, region?: Region, excerpt?: string): PhysicalLocation {
  return {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: ROOT },
    ...(region ? { region } : {}),
    // A snippet is the text of its own region; the excerpt is the whole line, which SARIF calls the context.
    ...(region && excerpt && (region.endLine ?? region.startLine) === region.startLine ? { contextRegion: { startLine: region.startLine, snippet: { text: excerpt } } } : {}),
  };
}

function invocation(report: AuditReport, count: number, path: (file: string) => string): Invocation {
  const { errors, findings, hints = [] } = report;
  const notifications = errors.map((error) => notification({ ...error, file: path(error.file) }, 'error'));
  if (findings.length > count) {
    const text = count === MAX_RESULTS ? `${findings.length - count} further findings are left out: code scanning accepts ${count}.` : `${findings.length - count} further findings are left out: code scanning accepts 10 MB.`;
    notifications.push({ level: 'warning', message: { text } });
  }
  notifications.push(...hints.map((hint) => notification({ ...hint, file: path(hint.file) }, 'note')));
  for (const text of [compared(report), debt(report)]) if (text !== '') notifications.push({ level: 'note', message: { text } });
  return {
    executionSuccessful: errors.length === 0,
    ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
  };
}

function notification({ file, line, message }: AuditError, level: 'error' | 'note'): Notification {
  const region = line === undefined ? undefined : { startLine: line };
  return { level, message: { text: message }, locations: [{ physicalLocation: physical(file, region) }] };
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
