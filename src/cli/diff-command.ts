import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { compare } from '../audit/compare.ts';
import { AuditFailure, type AuditReport } from '../audit/options.ts';
import type { Flags } from './arguments.ts';
import { gate, type ExitCode } from './gate.ts';
import type { Host } from './host.ts';
import { publish } from './publish.ts';

export async function diffCommand(base: string, head: string, flags: Pick<Flags, 'format' | 'output' | 'failOn' | 'maxWarnings' | 'exitZero' | 'annotations'>, host: Host): Promise<ExitCode> {
  const report = compare(readReport(base, host), readReport(head, host), base, () => false);
  publish(report, await host.rules(), flags, host);
  return gate(report, flags);
}

function readReport(name: string, { cwd }: Host): AuditReport {
  const file = resolve(cwd, name);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AuditFailure('the report cannot be read', { file }, error);
  }
  const report = value as AuditReport | null;
  if (report?.version !== 1 || !Array.isArray(report.findings) || !Array.isArray(report.errors) || typeof report.stats !== 'object') throw new AuditFailure('this is no report of `--format json`', { file });
  return report;
}
