import { auditSince } from '../audit/since.ts';
import type { AuditReport } from '../audit/options.ts';
import { auditOptions, refuseEmpty, withAudit } from './analysis.ts';
import type { Flags } from './arguments.ts';
import { gate, type ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { apply, findBaseline } from './known.ts';
import { publish, showsMap } from './publish.ts';

export async function auditCommand(given: readonly string[], flags: Flags, host: Host): Promise<ExitCode> {
  const rules = await host.rules();
  const options = { ...(await auditOptions(given, flags, rules, host)), stats: flags.stats, ...(showsMap(flags, host) ? { topology: true } : {}) };
  const { file, baseline } = findBaseline(options.root, flags.baseline, host);
  const finish = (report: AuditReport): AuditReport => (baseline === undefined ? report : apply(baseline, file, report, options, host).report);
  const report = await withAudit(host, async (audit) => (flags.since === undefined ? finish(await audit(options)) : auditSince(flags.since, options, audit, finish)));
  refuseEmpty(report, given, options.root);
  publish(report, rules, flags, host);
  return gate(report, flags);
}
