import { createHash } from 'node:crypto';
import type { SourceLines } from '../load/source-lines.ts';
import type { Problem, Step } from '../rule/check.ts';
import type { Finding, FlowStep, Severity } from '../vocabulary/finding.ts';

/**
 * Problems as findings: offsets to lines, excerpts, fingerprints. Those that are not shown are counted among equals all the same: the
 * preset changes no fingerprint.
 */
export function toFindings(problems: readonly Problem[], linesOf: (file: string) => SourceLines | null, severityOf: (problem: Problem) => Severity): { readonly problem: Problem; readonly finding: Finding }[] {
  const seen = new Map<string, number>();
  return problems.flatMap((problem) => {
    const lines = linesOf(problem.file);
    if (lines === null) return [];
    const start = lines.position(problem.span[0]);
    const end = oneLine(lines, problem);
    // Rule, function and effect name it; the ordinal tells equals apart. Not lines, not the file.
    const base = `${problem.rule}|${problem.identity}`;
    const ordinal = seen.get(`${problem.file}|${base}`) ?? 0;
    seen.set(`${problem.file}|${base}`, ordinal + 1);
    const finding: Finding = {
      ruleId: `distributed/${problem.rule}`, severity: severityOf(problem), certainty: problem.certainty, harm: problem.harm, message: problem.message,
      fingerprint: createHash('sha256').update(`${base}|${ordinal}`).digest('hex').slice(0, 24),
      location: { file: problem.file, startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column },
      flow: problem.steps.flatMap((step) => flowStep(step, linesOf(step.file))),
      excerpt: lines.text(start.line),
      ...suggested(problem, linesOf),
      ...(problem.decided === undefined ? {} : { decided: problem.decided }),
    };
    return [{ problem, finding }];
  });
}

function suggested({ suggestion }: Problem, linesOf: (file: string) => SourceLines | null): Pick<Finding, 'suggestions'> {
  const text = suggestion === undefined ? null : linesOf(suggestion.file)?.slice(...suggestion.span);
  const edited = text == null ? null : suggestion!.edit(text);
  return edited === null ? {} : { suggestions: [{ message: suggestion!.message, edits: [{ file: suggestion!.file, range: suggestion!.span, text: edited }] }] };
}

/** One line to underline: a call over several lines ends with its first. */
function oneLine(lines: SourceLines, problem: Problem): { readonly line: number; readonly column: number } {
  const start = lines.position(problem.span[0]);
  const end = lines.position(problem.span[1]);
  return end.line === start.line ? end : { line: start.line, column: lines.text(start.line).trimEnd().length + 1 };
}

function flowStep(step: Step, lines: SourceLines | null): FlowStep[] {
  if (lines === null) return [];
  const { line, column } = lines.position(step.span[0]);
  return [{ file: step.file, startLine: line, startColumn: column, message: step.message, excerpt: lines.text(line) }];
}
