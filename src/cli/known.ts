import { join, relative, resolve, sep } from 'node:path';
import { type Applied, applyBaseline, type Baseline, BASELINE_FILE, readBaseline } from '../audit/baseline.ts';
import { AuditFailure, type AuditOptions, type AuditReport } from '../audit/options.ts';
import type { Host } from './host.ts';
import { isInside } from './targets.ts';

export interface KnownFile {
  readonly file: string;
  readonly baseline: Baseline | undefined;
}

/** The baseline that was named, or the one in the root. */
export function findBaseline(root: string, named: string | false | undefined, { cwd }: Host): KnownFile {
  if (named === false) return { file: '', baseline: undefined };
  const file = named === undefined ? join(root, BASELINE_FILE) : resolve(cwd, named);
  const baseline = readBaseline(file);
  if (baseline === undefined && named !== undefined) throw new AuditFailure('no such baseline; `distributed-audit baseline create` makes one', { file });
  return { file, baseline };
}

export function apply(baseline: Baseline, file: string, report: AuditReport, { root, paths, preset, certainty, rules }: AuditOptions, { today }: Host): Applied {
  return applyBaseline(baseline, report, relative(root, file).split(sep).join('/'), {
    preset, certainty,
    off: new Set(Object.entries(rules).filter(([, setting]) => setting === 'off').map(([name]) => name)),
    isReported: (name) => paths.length === 0 || paths.some((path) => isInside(path, join(root, name))),
    today: today(),
  });
}
