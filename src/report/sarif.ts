import type {
  CodeFlow, Invocation, Location as SarifLocation, Log, Notification, PhysicalLocation, ReportingDescriptor, Result, Run,
} from 'sarif';
import type { AuditError, AuditReport, Finding, FlowStep, PresetName, RuleInfo } from '../vocabulary/finding.ts';
import type { ReportOptions } from './options.ts';
import { bySeverity } from './order.ts';
import { bareName } from './text.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = '%SRCROOT%';
/** GitHub rejects a file with more results, and rules with longer descriptions. */
const MAX_RESULTS = 25_000;
const MAX_DESCRIPTION = 1024;

/** SARIF 2.1.0 for code scanning. Holds no absolute path and no time, so that equal findings are equal bytes. */
export function sarif(report: AuditReport, rules: readonly RuleInfo[], options: ReportOptions = {}): string {
  const findings = bySeverity(report.findings);
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
    invocations: [invocation(report)],
    originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the analysed program.' } } },
    columnKind: 'utf16CodeUnits',
    results: findings.slice(0, MAX_RESULTS).map((finding) => result(finding, index.get(finding.ruleId)!)),
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
    suppressions: suppressed ? [{ kind: 'inSource', ...(suppressed.reason ? { justification: suppressed.reason } : {}) }] : [],
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

function invocation({ errors, findings }: AuditReport): Invocation {
  const notifications = errors.map(notification);
  if (findings.length > MAX_RESULTS) {
    const text = `${findings.length - MAX_RESULTS} further findings are left out: code scanning accepts ${MAX_RESULTS}.`;
    notifications.push({ level: 'warning', message: { text } });
  }
  return {
    executionSuccessful: errors.length === 0,
    ...(notifications.length > 0 ? { toolExecutionNotifications: notifications } : {}),
  };
}

function notification({ file, line, message }: AuditError): Notification {
  const region = line === undefined ? undefined : { startLine: line };
  return { level: 'error', message: { text: message }, locations: [{ physicalLocation: physical(file, region) }] };
}

function pascalCase(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
