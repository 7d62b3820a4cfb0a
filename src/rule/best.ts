import type { Problem } from './check.ts';

/** One problem per rule and place: several executions may run into the same one. Proven before likely, then the shortest path. */
export class BestProblems {
  private readonly byPlace = new Map<string, Problem>();

  add(problem: Problem): void {
    const key = `${problem.rule}\0${problem.file}\0${problem.span[0]}`;
    const known = this.byPlace.get(key);
    if (known === undefined || better(problem, known)) this.byPlace.set(key, problem);
  }

  /** In the order of files and places. */
  sorted(): Problem[] {
    return [...this.byPlace.values()].sort(inOrder);
  }
}

function better(a: Problem, b: Problem): boolean {
  if (a.certainty !== b.certainty) return a.certainty === 'proven';
  return a.steps.length !== b.steps.length ? a.steps.length < b.steps.length : JSON.stringify(a.steps) < JSON.stringify(b.steps);
}

function inOrder(a: Problem, b: Problem): number {
  return compare(a.file, b.file) || a.span[0] - b.span[0] || compare(a.rule, b.rule) || compare(a.identity, b.identity);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
