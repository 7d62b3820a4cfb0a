import type { FunctionIR } from '../vocabulary/ir.ts';
import { Machine } from '../program/machine.ts';
import { type Root, discover, rootsOf, walkRoot } from '../program/roots.ts';
import { BestProblems } from '../rule/best.ts';
import { type Problem, check } from '../rule/check.ts';
import type { Rule } from '../rule/define-rule.ts';
import { callersOf } from './callers.ts';
import type { Project } from './project.ts';

/**
 * The problems of the file that is linted. What its own executions show is settled at their entry points; a function that other files
 * may call is followed from there, for a caller may hold the lock, pass the transaction or bound the list. Where callers cannot be told,
 * nothing is said.
 */
export function problemsIn(project: Project, file: string, rules: readonly Rule[]): readonly Problem[] {
  const { program } = project;
  const machine = new Machine(program);
  discover(machine, [file]);
  const best = new BestProblems();
  const open: { readonly root: Root; readonly problems: readonly Problem[] }[] = [];
  const isImportable = exportsSomething(project, file);
  for (const root of rootsOf(machine, [file])) {
    if (root.fn.file !== file) continue;
    const problems = problemsOf(machine, root, file, rules);
    if (problems.length === 0) continue;
    if (root.entry === null && isImportable) open.push({ root, problems });
    else problems.forEach((problem) => best.add(problem));
  }
  if (open.length > 0) settle(project, file, rules, open, best);
  return best.sorted();
}

function settle(project: Project, file: string, rules: readonly Rule[], open: readonly { readonly root: Root; readonly problems: readonly Problem[] }[], best: BestProblems): void {
  if (!project.followsImports) {
    for (const { problems } of open) for (const problem of problems) best.add({ ...problem, certainty: 'likely' });
    return;
  }
  const functions = new Set<FunctionIR>(open.map(({ root }) => root.fn.ir));
  const callers = callersOf(project, file, functions);
  if (callers === null) return;
  const { machine, files, reaching } = callers;
  const uncalled = new Set(rootsOf(machine, [file]).map((root) => root.fn.ir));
  for (const { root, problems } of open) if (uncalled.has(root.fn.ir)) for (const problem of problems) best.add(problem);
  for (const root of rootsOf(machine, files)) {
    if (!reaching.has(root.fn.ir) || (root.fn.file === file && root.entry === null)) continue;
    for (const problem of problemsOf(machine, root, file, rules)) best.add(problem);
  }
}

function problemsOf(machine: Machine, root: Root, file: string, rules: readonly Rule[]): Problem[] {
  const walk = walkRoot(machine, root);
  return check(machine, root, walk, rules).filter((problem) => problem.file === file);
}

function exportsSomething({ program }: Project, file: string): boolean {
  const record = program.ir(file)?.module;
  return record !== undefined && Object.keys(record.exports).length > 0;
}
