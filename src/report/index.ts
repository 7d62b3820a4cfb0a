import type { AuditReport, RuleInfo } from '../vocabulary/finding.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import type { ReportOptions } from './options.ts';
import { pretty } from './pretty.ts';
import { sarif } from './sarif.ts';

export type { ReportOptions } from './options.ts';

export type Format = 'pretty' | 'json' | 'sarif' | 'github';
export type Reporter = (report: AuditReport, rules: readonly RuleInfo[], options?: ReportOptions) => string;

export const REPORTERS: Readonly<Record<Format, Reporter>> = { pretty, json, sarif, github };
export const FORMATS = Object.keys(REPORTERS) as readonly Format[];

export function isFormat(name: string): name is Format {
  return Object.hasOwn(REPORTERS, name);
}
