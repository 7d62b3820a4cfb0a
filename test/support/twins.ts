import { describe, expect, test } from 'vitest';
import type { Certainty, Finding, PresetName } from '../../src/vocabulary/finding.ts';
import { auditFiles } from './audit-files.ts';
import { lintFiles } from './lint-files.ts';

/** Path relative to the root of the case, to its text: an indented template string. */
export type Files = Readonly<Record<string, string>>;

/**
 * Two programs as alike as possible: one with the defect, one without. In the defect, a line that ends in `// finds` is where a
 * finding must start; the marker is cut off before the code is read.
 */
export interface Twin {
  readonly title: string;
  /** Files of both programs. A marker in one of them counts for the defect only: the cause then stands in another file. */
  readonly shared?: Files;
  readonly defect: Files;
  readonly correct: Files;
  /** Certainty of the findings; `proven` unless told. */
  readonly certainty?: Certainty;
  /** What settles the finding stands outside the linted file, so that ESLint may miss it; it still must not add any. */
  readonly audit?: true;
  /** Under which both are read; `all` unless told. */
  readonly preset?: PresetName;
}

export function twins(rule: string, cases: readonly Twin[]): void {
  describe(rule, () => {
    for (const { title, shared, defect, correct, certainty = 'proven', audit, preset = 'all' } of cases) {
      const wrong = program({ ...shared, ...defect });
      const right = program({ ...shared, ...correct });
      if (wrong.expected.length === 0) throw new Error(`${rule}, "${title}": no line of the defect ends in "${MARKER}"`);
      const misplaced = program(correct).expected;
      if (misplaced.length > 0) throw new Error(`${rule}, "${title}": the correct twin has a "${MARKER}" at ${misplaced[0]}`);

      describe(title, () => {
        test('audit: finds the defect', async () => {
          const findings = await auditFiles(wrong.files, { rule, preset });
          expect(places(findings)).toEqual(wrong.expected);
          for (const finding of findings) {
            expect(finding.ruleId).toBe(`distributed/${rule}`);
            expect(finding.certainty).toBe(certainty);
            expectEvidence(finding, wrong.files);
          }
        });

        test('audit: is quiet on the correct twin', async () => {
          expect(places(await auditFiles(right.files, { rule, preset }))).toEqual([]);
        });

        test('eslint: finds the defect', async () => {
          const found = (await lintFiles(wrong.files, { rule, preset })).map(({ file, line }) => `${file}:${line}`).sort();
          if (audit) expect(wrong.expected).toEqual(expect.arrayContaining(found));
          else expect(found).toEqual(wrong.expected);
        });

        test('eslint: is quiet on the correct twin', async () => {
          expect(await lintFiles(right.files, { rule, preset })).toEqual([]);
        });
      });
    }
  });
}

const MARKER = '// finds';

/** The program as the hosts read it, and where its findings must start, as `file:line`. */
export function program(texts: Files): { readonly files: Files; readonly expected: readonly string[] } {
  const files: Record<string, string> = {};
  const expected: string[] = [];
  for (const [file, text] of Object.entries(texts)) {
    const lines = dedent(text);
    lines.forEach((line, index) => {
      if (!line.endsWith(MARKER)) return;
      expected.push(`${file}:${index + 1}`);
      lines[index] = line.slice(0, -MARKER.length).trimEnd();
    });
    files[file] = lines.join('\n');
  }
  return { files, expected: expected.sort() };
}

/** Lines without the common indent, without the blank line that opens the template, ending in one line break. */
function dedent(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trimEnd());
  if (lines[0] === '') lines.shift();
  while (lines.length > 0 && lines.at(-1) === '') lines.pop();
  const indents = lines.filter((line) => line !== '').map((line) => line.length - line.trimStart().length);
  const common = Math.min(...indents);
  return [...lines.map((line) => line.slice(common)), ''];
}

function places(findings: readonly Finding[]): string[] {
  return findings.map(({ location }) => `${location.file}:${location.startLine}`).sort();
}

/** A finding shows its way from the entry point to the effect, each step with the line as it stands in the file. */
function expectEvidence(finding: Finding, files: Files): void {
  expect(finding.flow.length).toBeGreaterThan(0);
  for (const step of finding.flow) {
    expect(Object.keys(files)).toContain(step.file);
    expect(step.excerpt).toBe(files[step.file]!.split('\n')[step.startLine - 1]);
  }
}
