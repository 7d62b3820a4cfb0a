import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { audit } from '../../src/audit/audit.ts';
import type { AuditOptions, AuditReport, Config } from '../../src/audit/options.ts';
import type { Finding, PresetName } from '../../src/vocabulary/finding.ts';

/** Audits a small program and gives what one rule finds in it. */
export async function auditFiles(files: Readonly<Record<string, string>>, { rule, preset = 'all' }: { readonly rule: string; readonly preset?: PresetName }): Promise<Finding[]> {
  return (await auditAll(files, { preset })).filter((finding) => finding.ruleId === `distributed/${rule}`);
}

export async function auditAll(files: Readonly<Record<string, string>>, options: Partial<AuditOptions> = {}): Promise<readonly Finding[]> {
  return (await reportOn(files, options)).findings;
}

/** The whole report on a small program, in which nothing is wrong with the input. */
export async function reportOn(files: Readonly<Record<string, string>>, options: Partial<AuditOptions> = {}): Promise<AuditReport> {
  const report = await reportWithErrors(files, options);
  if (report.errors.length > 0) throw new Error(JSON.stringify(report.errors));
  return report;
}

export async function reportWithErrors(files: Readonly<Record<string, string>>, options: Partial<AuditOptions> = {}): Promise<AuditReport> {
  const root = await mkdtemp(join(tmpdir(), 'program-'));
  try {
    for (const [file, text] of Object.entries({ 'package.json': '{ "name": "program" }', ...files })) {
      await mkdir(dirname(join(root, file)), { recursive: true });
      await writeFile(join(root, file), text);
    }
    return await audit({ root, preset: 'all', rules: {}, certainty: 'likely', cache: false, types: 'off', config: {} as Config, stats: false, ...options, paths: (options.paths ?? []).map((path) => join(root, path)) });
  } finally {
    await rm(root, { recursive: true });
  }
}
