import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import type { Files, Twin } from '../support/twins.ts';

export interface Case {
  readonly rule: string;
  readonly twin: Twin;
}

type Which = 'defect' | 'correct';

/** The programs of the rules' tests in one directory, each a package of its own, so that one run of a linter sees them all. */
export class TwinTree {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'twins-')));
  private found = new Map<string, string[]>();

  constructor(private readonly cases: readonly Case[], private readonly programOf: (files: Files) => { readonly files: Files; readonly expected: readonly string[] }) {
    cases.forEach((one, at) => {
      for (const which of ['defect', 'correct'] as const) this.write(this.folder(at, which), { 'package.json': '{ "name": "program" }', ...this.program(one, which).files });
    });
  }

  write(folder: string, files: Files): void {
    for (const [file, text] of Object.entries(files)) {
      const path = join(this.root, folder, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true });
  }

  /** Takes what a linter found, as `file:line rule`. */
  take(findings: readonly string[]): void {
    this.found = new Map();
    for (const finding of findings) {
      const [, folder, rest] = /^([^/]+)\/(.+)$/.exec(finding)!;
      this.found.set(folder!, [...(this.found.get(folder!) ?? []), rest!]);
    }
  }

  /** Each defect is found where it is marked, as far as it can be seen from its file, and nothing in the correct twins. */
  expectTwins(): void {
    const wrong = this.cases.flatMap((one, at) => {
      const { rule, twin } = one;
      const { expected } = this.program(one, 'defect');
      const lines = this.lines(at, 'defect', rule);
      const fits = twin.audit === true ? lines.every((line) => expected.includes(line)) : lines.join() === [...new Set(expected)].join();
      const quiet = this.lines(at, 'correct', rule);
      return fits && quiet.length === 0 ? [] : [{ rule, title: twin.title, expected, lines, quiet }];
    });
    expect(wrong).toEqual([]);
  }

  /** What was found in a folder, as `file:line rule`. */
  in(folder: string): readonly string[] {
    return this.found.get(folder) ?? [];
  }

  private lines(at: number, which: Which, rule: string): string[] {
    return [...new Set(this.in(this.folder(at, which)).filter((one) => one.endsWith(` ${rule}`)).map((one) => one.slice(0, -rule.length - 1)))];
  }

  private folder(at: number, which: Which): string {
    return `${at}-${which}`;
  }

  private program({ twin }: Case, which: Which) {
    return this.programOf({ ...twin.shared, ...twin[which] });
  }
}
