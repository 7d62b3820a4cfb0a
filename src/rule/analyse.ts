import type { Span } from '../vocabulary/ir.ts';
import { Machine, type Walk } from '../program/machine.ts';
import type { Program } from '../program/program.ts';
import { discover, type Root, rootsOf, unreached, walksOf } from '../program/roots.ts';
import { BestProblems } from './best.ts';
import { check, type Problem } from './check.ts';
import type { Rule } from './define-rule.ts';
import { Questions } from './questions.ts';

export interface Analysis {
  readonly problems: readonly Problem[];
  readonly entryPoints: number;
  readonly milliseconds: Record<string, number>;
  /** Tags in front of functions that could not be read. */
  readonly misread: readonly { readonly file: string; readonly span: Span; readonly message: string }[];
}

export interface Watchers {
  readonly onProgress?: (done: number, total: number) => void;
  /** Told of every execution that was followed. */
  readonly onWalk?: (root: Root, walk: Walk) => void;
  /** Keep the questions that each problem was decided by. */
  readonly trace?: boolean;
}

/** Follows every execution of the program and puts the rules' questions to each. One problem per rule, place and effect is kept: the one with the shortest path. */
export function analyse(program: Program, rules: readonly Rule[], { onProgress, onWalk, trace = false }: Watchers = {}, scope: ReadonlySet<string> | null = null, isReported: (file: string) => boolean = () => true): Analysis {
  const milliseconds: Record<string, number> = {};
  const timed = <T>(name: string, body: () => T): T => {
    const start = performance.now();
    const result = body();
    milliseconds[name] = (milliseconds[name] ?? 0) + performance.now() - start;
    return result;
  };
  const { host } = program;
  const machine = new Machine(program);
  const files = scope === null ? host.files() : host.files().filter((file) => scope.has(file));
  timed('discover', () => discover(machine, files));
  const roots = rootsOf(machine, files);
  const best = new BestProblems();
  const questions = trace ? new Questions() : undefined;
  const onRule = (rule: Rule, time: number): void => void (milliseconds[rule.name] = (milliseconds[rule.name] ?? 0) + time);
  let [done, total] = [0, roots.length];
  const follow = (root: Root): void => {
    const walks = walksOf(machine, root);
    for (let next = timed('follow', () => walks.next()); next.done !== true; next = timed('follow', () => walks.next())) {
      const walk = next.value;
      onWalk?.(root, walk);
      for (const problem of check(machine, root, walk, rules, { onRule, questions })) {
        if (isReported(problem.file) || isReported(problem.steps.at(-1)!.file)) best.add(problem);
      }
    }
    if (done % 50 === 0) onProgress?.(done, total);
    done += 1;
  };
  roots.forEach(follow);
  for (let missed = unreached(machine, files); missed.length > 0; missed = unreached(machine, files)) {
    total += missed.length;
    missed.forEach(follow);
  }
  return { problems: best.sorted(), entryPoints: machine.entries.length, milliseconds, misread: [...machine.misread.values()] };
}
