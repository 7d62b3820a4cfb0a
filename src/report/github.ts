import type { AuditError, AuditReport, Finding, RuleInfo } from '../vocabulary/finding.ts';
import type { ReportOptions } from './options.ts';
import { compared, debt } from './debt.ts';
import { active, bySeverity } from './order.ts';
import { inRepository } from './paths.ts';
import { plural } from './text.ts';

/** GitHub drops, without a word, what a step prints beyond this many annotations of one kind. */
const LIMIT = 10;

type Path = (file: string) => string;

/** Workflow commands, which GitHub shows beside the lines of a pull request. */
export function github(report: AuditReport, _rules: readonly RuleInfo[] = [], options: ReportOptions = {}): string {
  const path = inRepository(options);
  const findings = bySeverity(active(report.findings));
  const errors = [
    ...findings.filter(({ severity }) => severity === 'error').map((finding) => findingCommand(finding, path)),
    ...report.errors.map((error) => errorCommand(error, path)),
  ];
  const warnings = findings.filter(({ severity }) => severity === 'warning').map((finding) => findingCommand(finding, path));
  const lines = [...errors.slice(0, LIMIT), ...warnings.slice(0, LIMIT)];
  const hidden = [over(errors, 'error'), over(warnings, 'warning')].filter((text) => text !== '');
  if (hidden.length > 0) {
    lines.push(command('notice', { title: 'distributed-audit' }, `${hidden.join(' and ')} more than GitHub shows: see the whole report.`));
  }
  const notes = [compared(report), debt(report)].filter((note) => note !== '');
  if (notes.length > 0) lines.push(command('notice', { title: 'distributed-audit' }, notes.join('; ')));
  return lines.map((line) => `${line}\n`).join('');
}

function over(commands: readonly string[], noun: string): string {
  return commands.length > LIMIT ? plural(commands.length - LIMIT, noun) : '';
}

function findingCommand({ severity, ruleId, certainty, message, location, flow }: Finding, path: Path): string {
  const { file, startLine, startColumn, endLine, endColumn } = location;
  const properties = {
    file: path(file),
    line: startLine,
    endLine,
    // GitHub refuses columns of a range over several lines.
    ...(endLine === startLine ? { col: startColumn, endColumn } : {}),
    title: certainty === 'likely' ? `${ruleId} (likely)` : ruleId,
  };
  const steps = flow.map((step, index) => `${index + 1}. ${step.message} (${path(step.file)}:${step.startLine})`);
  return command(severity, properties, [message, ...(steps.length > 0 ? ['', ...steps] : [])].join('\n'));
}

function errorCommand({ file, line, message }: AuditError, path: Path): string {
  return command('error', { file: path(file), ...(line === undefined ? {} : { line }), title: 'Not analysed' }, message);
}

function command(name: string, properties: Readonly<Record<string, string | number>>, message: string): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${list.join(',')}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
