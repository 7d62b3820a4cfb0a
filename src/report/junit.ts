import type { AuditReport, Finding, RuleInfo } from '../vocabulary/finding.ts';
import { byRule } from './counts.ts';
import { compared, debt } from './debt.ts';
import type { ReportOptions } from './options.ts';
import { active } from './order.ts';
import { inRepository } from './paths.ts';
import { document, element } from './xml.ts';

/** A suite a rule, a failed case a finding; a rule that found nothing passes. */
export function junit(report: AuditReport, rules: readonly RuleInfo[] = [], options: ReportOptions = {}): string {
  const path = inRepository(options);
  const found = new Map(byRule(active(report.findings)));
  const ids = [...new Set([...rules.map(({ id }) => id), ...found.keys()])].sort();
  const suites = [
    ...ids.map((id) => suite(id, found.get(id) ?? [], path)),
    ...(report.errors.length === 0 ? [] : [errorsSuite(report, path)]),
    ...noteSuite(report),
  ];
  const failures = active(report.findings).length;
  const tests = ids.reduce((sum, id) => sum + Math.max(1, found.get(id)?.length ?? 0), 0) + report.errors.length;
  return document(element('testsuites', { name: report.tool.name, tests, failures, errors: report.errors.length }, suites));
}

function suite(id: string, findings: readonly Finding[], path: (file: string) => string): string {
  const cases = findings.map((finding) => {
    const place = `${path(finding.location.file)}:${finding.location.startLine}`;
    return element('testcase', { name: `${place}:${finding.location.startColumn}`, classname: id }, [
      element('failure', { type: finding.severity, message: finding.message }, details(finding, path)),
    ]);
  });
  const passed = element('testcase', { name: 'no findings', classname: id });
  return element('testsuite', { name: id, tests: Math.max(1, findings.length), failures: findings.length, errors: 0 }, cases.length === 0 ? [passed] : cases);
}

function details({ certainty, location, excerpt, flow, fingerprint }: Finding, path: (file: string) => string): string {
  return [
    `${path(location.file)}:${location.startLine}:${location.startColumn} (${certainty}, ${fingerprint})`,
    `> ${excerpt.trim()}`,
    ...flow.map((step, at) => `${at + 1}. ${step.message} (${path(step.file)}:${step.startLine})`),
  ].join('\n');
}

function errorsSuite({ errors }: AuditReport, path: (file: string) => string): string {
  const cases = errors.map(({ file, line, message }) =>
    element('testcase', { name: `${path(file)}${line === undefined ? '' : `:${line}`}`, classname: 'not analysed' }, [element('error', { type: 'not analysed', message }, '')]));
  return element('testsuite', { name: 'not analysed', tests: errors.length, failures: 0, errors: errors.length }, cases);
}

function noteSuite(report: AuditReport): string[] {
  const notes = [compared(report), debt(report)].filter((note) => note !== '').join('; ');
  return notes === '' ? [] : [element('testsuite', { name: 'debt', tests: 0, failures: 0, errors: 0 }, [element('system-out', {}, notes)])];
}
