import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { AuditHint, AuditReport, Certainty, Finding, PresetName } from '../vocabulary/finding.ts';
import { nameOf, pairs } from './compare.ts';
import { AuditFailure } from './options.ts';

export const BASELINE_FILE = 'distributed-baseline.json';

const entry = z.strictObject({
  fingerprint: z.string().min(1),
  rule: z.string().min(1),
  file: z.string().min(1),
  message: z.string(),
  reason: z.string().optional(),
  expires: z.iso.date().describe('The last day on which the entry holds.').optional(),
});

const baselineSchema = z.strictObject({
  version: z.literal(1),
  preset: z.enum(['recommended', 'strict', 'all']),
  certainty: z.enum(['proven', 'likely']),
  findings: z.array(entry),
});

export type BaselineEntry = z.infer<typeof entry>;
export type Baseline = z.infer<typeof baselineSchema>;

export interface Reach {
  readonly preset: PresetName;
  readonly certainty: Certainty;
  /** Rules that did not run. */
  readonly off: ReadonlySet<string>;
  /** Whether findings in a file, relative to the root, were asked for. */
  readonly isReported: (file: string) => boolean;
  /** `2026-11-30`. */
  readonly today: string;
}

export function readBaseline(file: string): Baseline | undefined {
  if (!existsSync(file)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AuditFailure('the baseline is not valid JSON', { file }, error);
  }
  const parsed = baselineSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AuditFailure(`the baseline is not one: ${issue!.path.join('.')}: ${issue!.message}`, { file });
}

export function writeBaseline({ preset, certainty, findings }: Omit<Baseline, 'version'>): string {
  const key = ({ file, rule, fingerprint }: BaselineEntry): string => `${file}\0${rule}\0${fingerprint}`;
  const sorted = [...findings].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const rows = sorted.map(({ fingerprint, rule, file, message, reason, expires }): BaselineEntry => ({ fingerprint, rule, file, message, ...(reason ? { reason } : {}), ...(expires ? { expires } : {}) }));
  return `${JSON.stringify({ version: 1, preset, certainty, findings: rows }, null, 2)}\n`;
}

export const entryOf = ({ fingerprint, ruleId, location, message }: Finding): BaselineEntry => ({ fingerprint, rule: ruleId, file: location.file, message });

export interface Applied {
  readonly report: AuditReport;
  /** Entries with the finding that each holds. */
  readonly held: ReadonlyMap<BaselineEntry, Finding>;
  /** Entries whose finding is gone, as far as the run could tell. */
  readonly stale: readonly BaselineEntry[];
  readonly expired: readonly BaselineEntry[];
}

/** Marks the findings that the baseline holds. An entry that has expired holds nothing. */
export function applyBaseline(baseline: Baseline, report: AuditReport, file: string, reach: Reach): Applied {
  const open = report.findings.filter(({ suppressed }) => suppressed === undefined);
  const matched = pairs(baseline.findings, open, (item) => item, nameOf);
  const isExpired = ({ expires }: BaselineEntry): boolean => expires !== undefined && expires < reach.today;
  const expired = [...matched.keys()].filter(isExpired);
  const held = new Map([...matched].filter(([item]) => !isExpired(item)));
  const reasons = new Map([...held].map(([{ reason }, finding]) => [finding, reason ?? '']));
  // A comment may have taken over.
  const silenced = new Set(report.findings.filter(({ suppressed }) => suppressed !== undefined).map(({ fingerprint }) => fingerprint));
  const stale = sees(baseline, reach) ? baseline.findings.filter((item) => !matched.has(item) && reach.isReported(item.file) && !reach.off.has(item.rule.replace(/^distributed\//, '')) || silenced.has(item.fingerprint) && !matched.has(item)) : [];
  const hints: AuditHint[] = [
    ...stale.map(({ rule, file: where }): AuditHint => ({ kind: 'stale-baseline', file, message: `The entry for ${rule} in ${where} matches nothing any more: \`distributed-audit baseline prune\` removes it.` })),
    ...expired.map(({ rule, file: where, expires }): AuditHint => ({ kind: 'expired-baseline', file, message: `The entry for ${rule} in ${where} expired on ${expires}.` })),
  ];
  const findings = report.findings.map((finding): Finding => (reasons.has(finding) ? { ...finding, suppressed: { by: 'baseline', reason: reasons.get(finding)! } } : finding));
  const counts: Record<string, number> = {};
  for (const { ruleId, suppressed } of findings) if (suppressed === undefined) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return {
    report: {
      ...report, findings,
      ...(hints.length === 0 ? {} : { hints: [...(report.hints ?? []), ...hints] }),
      stats: { ...report.stats, findings: counts, baselined: held.size },
    },
    held, stale, expired,
  };
}

const PRESETS: readonly PresetName[] = ['recommended', 'strict', 'all'];

/** Whether a run shows all that the baseline was made of: what a smaller preset hides is not gone. */
function sees({ preset, certainty }: Baseline, reach: Reach): boolean {
  return PRESETS.indexOf(reach.preset) >= PRESETS.indexOf(preset) && (reach.certainty === 'likely' || certainty === 'proven');
}
