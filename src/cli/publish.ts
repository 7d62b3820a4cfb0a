import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { bareRuleName } from '../audit/config.ts';
import { AuditFailure, type AuditReport, type RuleInfo } from '../audit/options.ts';
import { MAPPED, REPORTERS, type Format, type ReportOptions } from '../report/index.ts';
import type { Flags } from './arguments.ts';
import type { Host } from './host.ts';
import { ruleDocumentation } from './own-package.ts';
import { isInside } from './targets.ts';

type PublishFlags = Pick<Flags, 'format' | 'output' | 'annotations'>;

/** Prints and writes a report, and tells GitHub when the run is one of its actions. */
export function publish(report: AuditReport, rules: readonly RuleInfo[], { format, output, annotations }: PublishFlags, host: Host): void {
  const options: ReportOptions = {
    help: (ruleId) => ruleDocumentation(bareRuleName(ruleId)),
    pathPrefix: pathInRepository(report.root, host),
  };
  const render = (to: Format, color: boolean): string => REPORTERS[to](report, rules, { ...options, color });
  for (const { format: to, file } of output) writeReport(resolve(host.cwd, file), render(to, false));
  host.stdout.write(render(format, host.stdout.color));
  if (!annotations || !inActions(host)) return;
  // GitHub reads commands from both streams, and stdout is what was asked for.
  if (format !== 'github') host.stderr.write(render('github', false));
  const summary = host.env['GITHUB_STEP_SUMMARY'];
  if (summary) appendFileSync(summary, render('markdown', false));
}

export function writeReport(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch (error) {
    throw new AuditFailure(`the report cannot be written: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`, { file }, error);
  }
}

/** Whether a report will show the map of the system. */
export function showsMap({ format, output, annotations }: PublishFlags, host: Host): boolean {
  return [format, ...output.map(({ format: to }) => to), ...(annotations && inActions(host) && host.env['GITHUB_STEP_SUMMARY'] ? ['markdown' as const] : [])].some((to) => MAPPED.has(to));
}

const inActions = ({ env }: Host): boolean => env['GITHUB_ACTIONS'] === 'true';

/** GitHub reads paths from its checkout, of which the program may be a part. */
function pathInRepository(root: string, { env }: Host): string {
  const checkout = env['GITHUB_WORKSPACE'];
  return checkout && isInside(checkout, root) ? relative(checkout, root).split(sep).join('/') : '';
}
