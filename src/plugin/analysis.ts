import type { FunctionIR } from '../vocabulary/ir.ts';
import type { Machine } from '../program/machine.ts';
import { type Root, discover, rootsOf, walksOf } from '../program/roots.ts';
import { BestProblems } from '../rule/best.ts';
import { type Problem, check } from '../rule/check.ts';
import type { Rule } from '../rule/define-rule.ts';
import { callersOf } from './callers.ts';
import type { Project } from './project.ts';
import { registrarsFor } from './registrars.ts';
import { machineOf, survey } from './survey.ts';

interface Found {
  readonly root: Root;
  readonly problems: readonly Problem[];
}

/**
 * The problems of the file that is linted. What its own executions show is settled at their entry points; a function that other files
 * may call is followed from there, for a caller may hold the lock, pass the transaction or bound the list. Where callers cannot be told,
 * nothing is said.
 */
export function problemsIn(project: Project, file: string, rules: readonly Rule[]): readonly Problem[] {
  const known = project.followsWhole ? project.whole.problemsIn(project, file, rules) : null;
  if (known !== null) return known;
  const found = within(project, file, rules);
  const best = new BestProblems();
  const isImportable = exportsSomething(project, file);
  const open = found.filter(({ root }) => root.entry === null && isImportable);
  for (const { problems } of found.filter((one) => !open.includes(one))) problems.forEach((problem) => best.add(problem));
  if (!project.followsImports) open.forEach(({ problems }) => problems.forEach((problem) => best.add({ ...problem, certainty: 'likely' })));
  else if (open.length > 0) settle(project, file, rules, open, best);
  return best.sorted();
}

/** What the executions show that begin in the file. */
function within(project: Project, file: string, rules: readonly Rule[]): Found[] {
  const machine = machineOf(project);
  survey(project, machine, file);
  if (project.followsImports && exportsSomething(project, file)) {
    // Who registers the file's functions as handlers says how they are called; whom else it calls does not matter here.
    const called = [...machine.called];
    discover(machine, registrarsFor(project, file));
    machine.called.clear();
    called.forEach((fn) => machine.called.add(fn));
  }
  return rootsOf(machine, [file])
    .filter((root) => root.fn.file === file || isWrappedIn(root, file))
    .map((root) => ({ root, problems: problemsOf(machine, root, file, rules) }))
    .filter(({ problems }) => problems.length > 0);
}

/** `export const POST = withAccount(async () => …)`: the wrapper's closure is the handler, and runs what the file gave it. */
const isWrappedIn = ({ fn, entry }: Root, file: string): boolean => entry !== null && entry.file === file && fn.up !== null && fn.up.fn.kind !== 'module';

/** Follows functions that anyone may call from where they are called, as far as that can be seen. */
function settle(project: Project, file: string, rules: readonly Rule[], open: readonly Found[], best: BestProblems): void {
  const functions = new Set<FunctionIR>(open.map(({ root }) => root.fn.ir));
  const callers = callersOf(project, file, functions);
  if (callers === null) return;
  const { files, reaching } = callers;
  // Nobody calls them: they were followed from where they begin.
  if (files.length === 1) return open.forEach(({ problems }) => problems.forEach((problem) => best.add(problem)));
  const machine = machineOf(project);
  discover(machine, files);
  const uncalled = new Set(rootsOf(machine, [file]).map((root) => root.fn.ir));
  for (const { root, problems } of open) if (uncalled.has(root.fn.ir)) problems.forEach((problem) => best.add(problem));
  for (const root of rootsOf(machine, files)) {
    if (!reaching.has(root.fn.ir) || (root.fn.file === file && root.entry === null)) continue;
    problemsOf(machine, root, file, rules).forEach((problem) => best.add(problem));
  }
}

function problemsOf(machine: Machine, root: Root, file: string, rules: readonly Rule[]): Problem[] {
  const problems: Problem[] = [];
  for (const walk of walksOf(machine, root)) problems.push(...check(machine, root, walk, rules, { within: file }));
  return problems.filter((problem) => problem.file === file);
}

function exportsSomething({ program }: Project, file: string): boolean {
  const record = program.ir(file)?.module;
  return record !== undefined && Object.keys(record.exports).length > 0;
}
