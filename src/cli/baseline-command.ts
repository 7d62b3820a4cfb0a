import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type BaselineEntry, BASELINE_FILE, entryOf, writeBaseline } from '../audit/baseline.ts';
import { AuditFailure, type Finding } from '../audit/options.ts';
import { auditOptions, refuseEmpty, withAudit } from './analysis.ts';
import type { BaselineAction, BaselineFlags } from './arguments.ts';
import type { ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { apply, findBaseline } from './known.ts';
import { writeReport } from './publish.ts';

/** `create` and `update` may add, `prune` and `check` never do. */
export async function baselineCommand(action: BaselineAction, given: readonly string[], flags: BaselineFlags, host: Host): Promise<ExitCode> {
  const options = await auditOptions(given, flags, await host.rules(), host);
  const file = flags.file === undefined ? join(options.root, BASELINE_FILE) : resolve(host.cwd, flags.file);
  if (action === 'create' && existsSync(file) && !flags.force) throw new AuditFailure('there is a baseline already: `baseline update` adds to it, --force replaces it', { file });
  const { baseline } = action === 'create' ? { baseline: undefined } : findBaseline(options.root, file, host);

  const audited = await withAudit(host, (audit) => audit(options));
  refuseEmpty(audited, given, options.root);
  if (audited.errors.length > 0) throw new AuditFailure(`${audited.errors.length} files could not be analysed: a baseline needs the whole program (the first: ${audited.errors[0]!.file})`);
  const known = baseline ?? { version: 1 as const, preset: options.preset, certainty: options.certainty, findings: [] };
  const { report, held, stale, expired } = apply(known, file, audited, options, host);
  const open = report.findings.filter(({ suppressed }) => suppressed === undefined);
  const shown = relative(host.cwd, file) || file;

  if (action === 'check') {
    for (const { kind, message } of report.hints ?? []) if (kind === 'stale-baseline' || kind === 'expired-baseline') host.stdout.write(`${message}\n`);
    host.stdout.write(`${shown}: ${entries(known.findings.length)}, ${stale.length} stale, ${expired.length} expired; ${open.length === 1 ? '1 finding is' : `${open.length} findings are`} not in it.\n`);
    return stale.length + expired.length > 0 ? 1 : 0;
  }
  const gone = new Set<BaselineEntry>(action === 'create' ? [] : stale);
  // An expired entry is renewed only by who says until when.
  const renewed = new Set(action === 'update' && flags.expires !== undefined ? expired : []);
  const kept = known.findings.filter((item) => !gone.has(item) && !renewed.has(item)).map((item) => where(item, held.get(item)));
  const expiredNow = new Set(expired.filter((item) => !renewed.has(item)).map(({ fingerprint }) => fingerprint));
  const added = action === 'prune' ? [] : open.filter(({ fingerprint }) => !expiredNow.has(fingerprint)).map((finding) => ({ ...entryOf(finding), ...(flags.reason ? { reason: flags.reason } : {}), ...(flags.expires ? { expires: flags.expires } : {}) }));
  const { preset, certainty } = action === 'update' ? options : known;
  writeReport(file, writeBaseline({ preset, certainty, findings: [...kept, ...added] }));
  host.stdout.write(`${shown}: ${entries(kept.length + added.length)}${action === 'create' ? '' : `, ${added.length} added, ${gone.size} removed`}.\n`);
  return 0;
}

/** A finding that has moved takes its entry along. */
const where = (item: BaselineEntry, finding: Finding | undefined): BaselineEntry => (finding === undefined ? item : { ...item, file: finding.location.file, message: finding.message });

const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`);
