import { Program } from '../program/program.ts';
import { analyse } from '../rule/analyse.ts';
import type { Problem } from '../rule/check.ts';
import type { Rule } from '../rule/define-rule.ts';
import type { Project } from './project.ts';

/**
 * What all executions of a program show, each followed once. By itself a file is followed from whoever calls it: an execution that comes
 * through fifty files is followed fifty times when each of them is linted. So whoever lints whole programs can have the rest of the files
 * answered from here, until something changes. It sees more: who calls a function can always be told.
 */
export class WholeProgram {
  private rules: ReadonlySet<Rule> = new Set();
  private byFile: ReadonlyMap<string, readonly Problem[]> | null = null;

  /** Null where the file is to be looked at by itself: its text is not the one that others find. */
  problemsIn(project: Project, file: string, rules: readonly Rule[]): readonly Problem[] | null {
    if (!project.isAsSaved(file)) return null;
    if (this.byFile === null || !rules.every((rule) => this.rules.has(rule))) {
      this.rules = new Set([...this.rules, ...rules]);
      this.byFile = followed(project, [...this.rules]);
    }
    return this.byFile.get(file) ?? [];
  }

  /** Something has changed. */
  forget(): void {
    this.byFile = null;
  }
}

function followed(project: Project, rules: readonly Rule[]): ReadonlyMap<string, readonly Problem[]> {
  const { text } = project;
  const files = text.files.filter((name) => text.reachesEffects(name));
  const byFile = new Map<string, Problem[]>();
  for (const problem of analyse(new Program({ ...project.host(), files: () => files }), rules).problems) {
    const known = byFile.get(problem.file);
    if (known === undefined) byFile.set(problem.file, [problem]);
    else known.push(problem);
  }
  return byFile;
}
