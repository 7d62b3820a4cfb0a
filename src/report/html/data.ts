import type { AuditReport, Finding } from '../../vocabulary/finding.ts';
import { frame } from '../frame.ts';
import { bySeverity } from '../order.ts';
import type { SystemMap } from '../system-map.ts';
import { bareName, oneLine, printable } from '../text.ts';

/** A finding as the page's script reads it; text stands once in a table, for ten thousand findings say much alike. */
type Row = readonly [
  fingerprint: number, rule: number, service: number, error: 0 | 1, likely: 0 | 1, file: number, line: number, message: number, code: number, caretsAt: number, carets: number,
  steps: readonly (readonly [message: number, file: number, line: number, code: number])[], silenced: number, change: number, suggestion: number, harm: number,
];

export interface PageData {
  readonly text: readonly string[];
  readonly findings: readonly Row[];
  /** Findings, by index, of each edge and node of the map. */
  readonly edges: readonly (readonly number[])[];
  readonly nodes: Readonly<Record<string, readonly number[]>>;
}

export function pageData(report: AuditReport, map: SystemMap | null, serviceOf: (file: string) => string): PageData {
  const text: string[] = [''];
  const known = new Map<string, number>([['', 0]]);
  const id = (value: string): number => {
    let at = known.get(value);
    if (at === undefined) {
      known.set(value, (at = text.length));
      text.push(value);
    }
    return at;
  };
  const sorted = bySeverity(report.findings);
  const index = new Map(sorted.map((finding, at) => [finding, at]));
  const edges = (map?.edges ?? []).map(({ findings }) => findings.map((finding) => index.get(finding)!));
  const nodes: Record<string, Set<number>> = Object.create(null) as Record<string, Set<number>>;
  map?.edges.forEach(({ from, to }, at) => {
    for (const node of [from, to]) for (const finding of edges[at]!) (nodes[node] ??= new Set()).add(finding);
  });
  return {
    text,
    findings: sorted.map((finding) => row(finding, id, serviceOf)),
    edges,
    nodes: Object.fromEntries(Object.entries(nodes).map(([node, of]) => [node, [...of].sort((a, b) => a - b)])),
  };
}

function row(finding: Finding, id: (value: string) => number, serviceOf: (file: string) => string): Row {
  const { fingerprint, ruleId, severity, certainty, location, message, excerpt, flow, suppressed, change, suggestions } = finding;
  const { code, caretsAt, carets } = frame(excerpt, location);
  return [
    id(fingerprint), id(bareName(ruleId)), id(serviceOf(location.file)), severity === 'error' ? 1 : 0, certainty === 'likely' ? 1 : 0, id(oneLine(location.file)), location.startLine, id(printable(message)), id(code), caretsAt, carets,
    flow.map((step) => [id(oneLine(step.message)), id(oneLine(step.file)), step.startLine, id(frame(step.excerpt, { ...step, endLine: step.startLine, endColumn: step.startColumn }).code)] as const),
    id(suppressed === undefined ? '' : `${suppressed.by === 'baseline' ? 'In the baseline' : 'Suppressed by a comment'}: ${oneLine(suppressed.reason) || 'no reason is given'}`),
    id(change ?? ''),
    id(suggestions?.[0] === undefined ? '' : oneLine(suggestions[0].message)),
    id(finding.harm ?? ''),
  ];
}
