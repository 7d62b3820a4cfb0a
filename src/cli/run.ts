import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { bareRuleName, loadConfig, unknownRule } from '../audit/config.ts';
import { AuditFailure, type AuditOptions, type AuditReport, type RuleInfo } from '../audit/options.ts';
import { REPORTERS, type Format, type ReportOptions } from '../report/index.ts';
import { parseArguments, type Flags } from './arguments.ts';
import { cacheLocation } from './cache-location.ts';
import { explain } from './explain.ts';
import { gate, type ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { ruleDocumentation } from './own-package.ts';
import { progress } from './progress.ts';
import { isInside, targets } from './targets.ts';
import { versions } from './versions.ts';

/** The whole command: arguments in, exit code out. Never throws, and never shows a stack unless asked. */
export async function run(argv: readonly string[], host: Host): Promise<number> {
  try {
    const invocation = parseArguments(argv, host);
    switch (invocation.command) {
      case 'nothing':
        return invocation.exitCode;
      case 'version':
        host.stdout.write(await versions());
        return 0;
      case 'explain':
        host.stdout.write(explain(invocation.rule, await host.rules()));
        return 0;
      case 'audit':
        return await auditCommand(invocation.paths, invocation.flags, host);
    }
  } catch (error) {
    host.stderr.write(`distributed-audit: ${describe(error, host)}\n`);
    return 2;
  }
}

async function auditCommand(given: readonly string[], flags: Flags, host: Host): Promise<ExitCode> {
  const rules = await host.rules();
  const options = await auditOptions(given, flags, rules, host);
  const bar = progress(host);
  let report: AuditReport;
  try {
    const audit = await host.audit();
    report = await audit({ ...options, ...(bar.report ? { onProgress: bar.report } : {}) });
  } finally {
    bar.end();
  }
  if (report.stats.files === 0 && report.errors.length === 0) throw new AuditFailure(`no files to analyse in ${given.join(', ') || options.root}`);
  publish(report, rules, flags, host);
  return gate(report, flags);
}

async function auditOptions(given: readonly string[], flags: Flags, rules: readonly RuleInfo[], host: Host): Promise<AuditOptions> {
  const ruleNames = rules.map(({ id }) => bareRuleName(id));
  for (const name of Object.keys(flags.rule)) {
    const problem = unknownRule(name, ruleNames);
    if (problem !== undefined) throw new AuditFailure(`--rule: ${problem}`);
  }
  const { root, paths } = targets(host.cwd, given, flags.root);
  const { config } = await loadConfig({ root, ...(flags.config ? { file: resolve(host.cwd, flags.config) } : {}), ruleNames });
  const preset = flags.preset ?? config.preset ?? 'recommended';
  const flagRules = Object.fromEntries(Object.entries(flags.rule).map(([name, setting]) => [bareRuleName(name), setting]));
  return {
    root,
    paths,
    preset,
    rules: { ...config.rules, ...flagRules },
    certainty: flags.certainty ?? config.certainty ?? (preset === 'recommended' ? 'proven' : 'likely'),
    cache: cacheLocation(root, flags, host),
    types: flags.types ?? config.types ?? 'auto',
    config,
    stats: flags.stats,
  };
}

function publish(report: AuditReport, rules: readonly RuleInfo[], { format, output, annotations }: Flags, host: Host): void {
  const options: ReportOptions = {
    help: (ruleId) => ruleDocumentation(bareRuleName(ruleId)),
    pathPrefix: pathInRepository(report.root, host),
  };
  const render = (to: Format, color: boolean): string => REPORTERS[to](report, rules, { ...options, color });
  for (const { format: to, file } of output) {
    try {
      mkdirSync(dirname(resolve(host.cwd, file)), { recursive: true });
      writeFileSync(resolve(host.cwd, file), render(to, false));
    } catch (error) {
      throw new AuditFailure(`the report cannot be written: ${messageOf(error)}`, { file: resolve(host.cwd, file) }, error);
    }
  }
  host.stdout.write(render(format, host.stdout.color));
  if (!annotations || !inActions(host)) return;
  // GitHub reads commands from both streams, and stdout is what was asked for.
  if (format !== 'github') host.stderr.write(render('github', false));
  const summary = host.env['GITHUB_STEP_SUMMARY'];
  if (summary) appendFileSync(summary, render('markdown', false));
}

const inActions = ({ env }: Host): boolean => env['GITHUB_ACTIONS'] === 'true';

/** GitHub reads paths from its checkout, of which the program may be a part. */
function pathInRepository(root: string, { env }: Host): string {
  const checkout = env['GITHUB_WORKSPACE'];
  return checkout && isInside(checkout, root) ? relative(checkout, root).split(sep).join('/') : '';
}

function describe(error: unknown, { cwd, env }: Host): string {
  const stack = env['DISTRIBUTED_DEBUG'] && error instanceof Error ? `\n${error.stack}` : '';
  if (error instanceof AuditFailure) {
    const { file, line } = error;
    const shown = file !== undefined && isInside(cwd, file) ? relative(cwd, file) : file;
    const place = shown === undefined ? '' : `${shown}${line === undefined ? '' : `:${line}`}: `;
    return `${place}${messageOf(error)}${stack}`;
  }
  const ask = stack === '' ? ' Please report it; DISTRIBUTED_DEBUG=1 shows the stack.' : stack;
  return `internal error: ${messageOf(error)}.${ask}`;
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
}
