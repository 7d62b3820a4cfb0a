import { resolve } from 'node:path';
import { AuditFailure } from '../audit/options.ts';
import { auditOptions, withAudit } from './analysis.ts';
import type { LinkFlags } from './arguments.ts';
import { gate, type ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { apply, findBaseline } from './known.ts';
import { publish, showsMap } from './publish.ts';

export async function linkCommand(given: readonly string[], flags: LinkFlags, host: Host): Promise<ExitCode> {
  const rules = await host.rules();
  const facts = [...new Set(given.map((file) => resolve(host.cwd, file)))];
  const options = { ...(await auditOptions([], flags, rules, host)), cache: false as const, facts, stats: flags.stats, ...(showsMap(flags, host) ? { topology: true } : {}) };
  const { file, baseline } = findBaseline(options.root, flags.baseline, host);
  const linked = await withAudit(host, (audit) => audit(options));
  if (linked.stats.files === 0 && linked.errors.length === 0) throw new AuditFailure('the facts tell of no files');
  const report = baseline === undefined ? linked : apply(baseline, file, linked, { ...options, paths: [] }, host).report;
  publish(report, rules, flags, host);
  return gate(report, flags);
}
