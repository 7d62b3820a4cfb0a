import { isMainThread } from 'node:worker_threads';
import { Program } from '../program/program.ts';
import { analyse } from '../rule/analyse.ts';
import type { Problem } from '../rule/check.ts';
import type { Rule } from '../rule/define-rule.ts';
import type { Project } from './project.ts';

/** An editor asks about a few files between two changes. */
const FEW = 24;
/** And nobody waits for a whole program who wants few of its files. */
const SHARE = 40;

/**
 * What all executions of a program show, each followed once. By itself a file is followed from whoever calls it: an execution that comes
 * through fifty files is followed fifty times when each of them is linted. So where one file after the other is asked about and nothing
 * changes, the rest is answered from here.
 */
export class WholeProgram {
  private readonly asked = new Set<string>();
  private rules: ReadonlySet<Rule> = new Set();
  private byFile: ReadonlyMap<string, readonly Problem[]> | null = null;

  /** Null where it is better to look from the file. */
  problemsIn(project: Project, file: string, rules: readonly Rule[]): readonly Problem[] | null {
    this.asked.add(file);
    if (!project.isAsSaved(file)) return null;
    if (this.byFile !== null && rules.every((rule) => this.rules.has(rule))) return this.byFile.get(file) ?? [];
    const { text } = project;
    if (!isMainThread || this.asked.size <= Math.max(FEW, text.files.length / SHARE)) return null;
    const files = text.files.filter((name) => text.reachesEffects(name));
    const all = new Set([...this.rules, ...rules]);
    const { problems } = analyse(new Program({ ...project.host(), files: () => files }), [...all]);
    const byFile = new Map<string, Problem[]>(files.map((name) => [name, []]));
    for (const problem of problems) byFile.get(problem.file)?.push(problem);
    this.rules = all;
    this.byFile = byFile;
    return byFile.get(file) ?? [];
  }

  /** Something has changed. */
  forget(): void {
    this.asked.clear();
    this.byFile = null;
  }
}
