import { auditSince } from '../audit/since.ts';
import type { Audit, AuditReport } from '../audit/options.ts';
import { auditOptions, refuseEmpty, withAudit } from './analysis.ts';
import type { Flags } from './arguments.ts';
import { gate, type ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { apply, findBaseline } from './known.ts';
import { publish, showsMap } from './publish.ts';

export const auditCommand = (given: readonly string[], flags: Flags, host: Host): Promise<ExitCode> => withAudit(host, (audit) => auditOnce(given, flags, audit, host));

export async function auditOnce(given: readonly string[], flags: Flags, audit: Audit, host: Host): Promise<ExitCode> {
  const rules = await host.rules();
  const options = { ...(await auditOptions(given, flags, rules, host)), stats: flags.stats, ...(showsMap(flags, host) ? { topology: true } : {}) };
  const { file, baseline } = findBaseline(options.root, flags.baseline, host);
  const finish = (report: AuditReport): AuditReport => (baseline === undefined ? report : apply(baseline, file, report, options, host).report);
  const report = flags.since === undefined ? finish(await audit(options)) : await auditSince(flags.since, options, audit, finish);
  refuseEmpty(report, given, options.root);
  publish(report, rules, flags, host);
  return gate(report, flags);
}
