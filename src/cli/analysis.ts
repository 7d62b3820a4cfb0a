import { relative, resolve, sep } from 'node:path';
import { bareRuleName, loadConfig, unknownRule } from '../audit/config.ts';
import { AuditFailure, type Audit, type AuditOptions, type AuditReport, type RuleInfo } from '../audit/options.ts';
import type { AnalysisFlags } from './arguments.ts';
import { cacheLocation } from './cache-location.ts';
import type { Host } from './host.ts';
import { progress } from './progress.ts';
import { targets } from './targets.ts';

/** What is asked of the audit: the command line before the config, the config before the defaults. */
export async function auditOptions(given: readonly string[], flags: Omit<AnalysisFlags, 'cache'> & { readonly cache?: boolean }, rules: readonly RuleInfo[], host: Host): Promise<AuditOptions> {
  const ruleNames = rules.map(({ id }) => bareRuleName(id));
  for (const name of Object.keys(flags.rule)) {
    const problem = unknownRule(name, ruleNames);
    if (problem !== undefined) throw new AuditFailure(`--rule: ${problem}`);
  }
  const { root, paths } = targets(host.cwd, given, flags.root);
  const { config, file, lines } = await loadConfig({ root, ...(flags.config ? { file: resolve(host.cwd, flags.config) } : {}), ruleNames });
  const preset = flags.preset ?? config.preset ?? 'recommended';
  const flagRules = Object.fromEntries(Object.entries(flags.rule).map(([name, setting]) => [bareRuleName(name), setting]));
  return {
    root,
    paths,
    preset,
    rules: { ...config.rules, ...flagRules },
    certainty: flags.certainty ?? config.certainty ?? (preset === 'recommended' ? 'proven' : 'likely'),
    cache: cacheLocation(root, { cache: true, ...flags }, host),
    types: flags.types ?? config.types ?? 'auto',
    config,
    ...(file === undefined ? {} : { configFile: { name: relative(root, file).split(sep).join('/'), ...(lines === undefined ? {} : { lines }) } }),
    stats: false,
  };
}

/** Runs something with an audit whose progress is shown. */
export async function withAudit<T>(host: Host, body: (audit: Audit) => Promise<T>, load: () => Promise<Audit> = host.audit): Promise<T> {
  const audit = await load();
  return body(async (options) => {
    const bar = progress(host);
    try {
      return await audit({ ...options, ...(bar.report ? { onProgress: bar.report } : {}) });
    } finally {
      bar.end();
    }
  });
}

/** Nothing to analyse is not clean. */
export function refuseEmpty(report: AuditReport, given: readonly string[], root: string): void {
  if (report.stats.files === 0 && report.errors.length === 0) throw new AuditFailure(`no files to analyse in ${given.join(', ') || root}`);
}
