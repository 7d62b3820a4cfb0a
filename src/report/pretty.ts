import { styleText } from 'node:util';
import type { AuditError, AuditHint, AuditReport, AuditStats, Finding, FlowStep, RuleInfo } from '../vocabulary/finding.ts';
import { byRule, counts } from './counts.ts';
import { compared, debt } from './debt.ts';
import { frame } from './frame.ts';
import type { ReportOptions } from './options.ts';
import { active } from './order.ts';
import { bareName, oneLine, plural, printable } from './text.ts';

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const HINTS = 10;

/** For people at a terminal: each finding with its code and the path that leads to it, then what to read next. */
export function pretty(report: AuditReport, rules: readonly RuleInfo[], options: ReportOptions = {}): string {
  const paint: Paint = options.color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text;
  const findings = active(report.findings);
  const blocks = [
    ...findings.map((finding) => findingBlock(finding, paint)),
    errorsBlock(report.errors, paint),
    hintsBlock(report.hints ?? [], paint),
    summaryBlock(findings, rules, paint),
    timesBlock(report.stats, paint),
    verdict(report, findings, paint),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** One finding, as a report shows it. */
export function findingInFull(finding: Finding, color: boolean): string {
  return `${findingBlock(finding, color ? (style, text) => styleText(style, text, { validateStream: false }) : (_, text) => text)}\n`;
}

function findingBlock(finding: Finding, paint: Paint): string {
  const { location, severity, certainty, ruleId, message, excerpt, flow, fingerprint, change } = finding;
  const head = [
    paint('bold', place(location.file, location.startLine, location.startColumn)),
    paint(severity === 'error' ? 'red' : 'yellow', severity),
    paint('cyan', ruleId),
    ...(certainty === 'likely' ? [paint('dim', 'likely')] : []),
    ...(change === undefined ? [] : [paint('dim', change)]),
    paint('dim', fingerprint),
  ];
  const { code, caretsAt, carets } = frame(excerpt, location);
  const number = String(location.startLine);
  const gutter = ' '.repeat(number.length);
  const lines = [
    head.join('  '),
    ...wrap(printable(message)).map((line) => `  ${line}`),
    '',
    `  ${paint('dim', `${number} │`)} ${code}`,
    `  ${paint('dim', `${gutter} │`)} ${' '.repeat(caretsAt)}${paint('red', '^'.repeat(carets))}`,
  ];
  if (flow.length > 0) lines.push('', ...flow.flatMap((step, index) => stepLines(step, index, flow.length, paint)));
  return lines.join('\n');
}

function stepLines(step: FlowStep, index: number, count: number, paint: Paint): string[] {
  const number = `${index + 1}.`.padStart(String(count).length + 1);
  const code = frame(step.excerpt, { ...step, endLine: step.startLine, endColumn: step.startColumn }).code;
  return [
    `  ${number} ${oneLine(step.message)}  ${paint('dim', place(step.file, step.startLine))}`,
    ...(code === '' ? [] : [`  ${' '.repeat(number.length)} ${paint('dim', code)}`]),
  ];
}

function errorsBlock(errors: readonly AuditError[], paint: Paint): string {
  if (errors.length === 0) return '';
  return [
    paint('bold', 'Not analysed'),
    ...errors.map(({ file, line, message }) => `  ${place(file, line)}  ${paint('red', oneLine(message))}`),
  ].join('\n');
}

function hintsBlock(hints: readonly AuditHint[], paint: Paint): string {
  if (hints.length === 0) return '';
  return [
    paint('bold', 'Hints'),
    ...hints.slice(0, HINTS).map(({ file, line, message }) => `  ${place(file, line)}  ${oneLine(message)}`),
    ...(hints.length > HINTS ? [`  and ${hints.length - HINTS} more`] : []),
  ].join('\n');
}

function summaryBlock(findings: readonly Finding[], rules: readonly RuleInfo[], paint: Paint): string {
  if (findings.length === 0) return '';
  const rows = byRule(findings).map(([ruleId, of]) => [bareName(ruleId), counts(of), whatToRead(ruleId, rules)]);
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return [
    paint('bold', 'Summary'),
    ...rows.map(([name, count, url]) =>
      `  ${paint('cyan', name!.padEnd(widths[0]!))}  ${count!.padEnd(widths[1]!)}  ${paint('dim', url!)}`.trimEnd(),
    ),
  ].join('\n');
}

/** A page on the web, or what prints the one that was installed. */
function whatToRead(ruleId: string, rules: readonly RuleInfo[]): string {
  const url = rules.find(({ id }) => bareName(id) === bareName(ruleId))?.url ?? '';
  return /^https?:/.test(url) ? url : `distributed-audit explain ${bareName(ruleId)}`;
}

function timesBlock({ milliseconds }: AuditStats, paint: Paint): string {
  if (milliseconds === undefined) return '';
  const rows = Object.entries(milliseconds).map(([name, time]) => [name, time.toFixed(0)] as const);
  const name = Math.max(0, ...rows.map((row) => row[0].length));
  const time = Math.max(0, ...rows.map((row) => row[1].length));
  return [paint('bold', 'Milliseconds'), ...rows.map((row) => `  ${row[0].padEnd(name)}  ${row[1].padStart(time)}`)].join('\n');
}

function verdict(report: AuditReport, findings: readonly Finding[], paint: Paint): string {
  const { errors, stats } = report;
  const seen = `${plural(stats.files, 'file')}, ${plural(stats.functions, 'function')}, ${plural(stats.entryPoints, 'entry point')}`;
  const notes = [
    ...[compared(report), debt(report)].filter((note) => note !== ''),
    ...(errors.length > 0 ? [paint('red', `${plural(errors.length, 'file')} not analysed`)] : []),
  ];
  const found =
    findings.length === 0
      ? paint('green', 'No findings')
      : paint('bold', `${plural(findings.length, 'finding')}: ${counts(findings)}`);
  return [`${found} in ${seen}`, ...notes].join(' · ');
}

function place(file: string, line?: number, column?: number): string {
  return oneLine([file, line, column].filter((part) => part !== undefined).join(':'));
}

function wrap(text: string, width = 98): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split(/\r?\n/)) {
    let line = '';
    for (const word of paragraph.split(/ +/)) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line);
        line = word;
      } else {
        line = line === '' ? word : `${line} ${word}`;
      }
    }
    lines.push(line);
  }
  return lines;
}
