import { systemGraph } from '../report/index.ts';
import { auditOptions, refuseEmpty, withAudit } from './analysis.ts';
import type { AnalysisFlags, GraphFormat } from './arguments.ts';
import type { ExitCode } from './gate.ts';
import type { Host } from './host.ts';

export async function graphCommand(given: readonly string[], format: GraphFormat, flags: AnalysisFlags, host: Host): Promise<ExitCode> {
  const options = await auditOptions(given, flags, await host.rules(), host);
  const report = await withAudit(host, (audit) => audit({ ...options, topology: true }));
  refuseEmpty(report, given, options.root);
  host.stdout.write(systemGraph(report, format));
  return report.errors.length > 0 ? 2 : 0;
}
