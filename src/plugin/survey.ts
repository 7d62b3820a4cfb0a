import type { Event, FunctionIR, V } from '../vocabulary/ir.ts';
import { anyEvent } from '../program/events.ts';
import type { Frame } from '../program/frame.ts';
import { Machine } from '../program/machine.ts';
import { discover } from '../program/roots.ts';
import type { Project } from './project.ts';

/** What a file was seen to do when it was looked over by itself. */
export interface Survey {
  /** Functions that are called, to the functions that call them. */
  readonly calls: ReadonlyMap<FunctionIR, ReadonlySet<FunctionIR>>;
  /** Files that a handler stands in, or is registered from. */
  readonly files: ReadonlySet<string>;
  /** Functions that it calls and that leave something for later: a client, a setting. */
  readonly setters: ReadonlySet<FunctionIR>;
  /** It says something of the program as a whole: how often jobs run, what is paced or throttled, or it sets members of what it imports. */
  readonly tells: boolean;
}

/** Looked over once, whatever number of files it imports or calls. */
export function surveyOf(project: Project, file: string): Survey {
  return project.surveys.get(file) ?? survey(project, machineOf(project), file);
}

/** Looks a file over on a machine that goes on with it. */
export function survey(project: Project, machine: Machine, file: string): Survey {
  const calls = new Map<FunctionIR, Set<FunctionIR>>();
  const setters = new Set<FunctionIR>();
  machine.onCall = (callee, frame) => {
    let callers = calls.get(callee);
    if (callers === undefined) {
      calls.set(callee, (callers = new Set()));
      if (leaves(callee.body)) setters.add(callee);
    }
    // A call in a callback is also one of the function around it.
    for (let at: Frame | null = frame; at !== null; at = at.up) if (at.fn !== callee && (at === frame || at.fn.kind !== 'module')) callers.add(at.fn);
  };
  discover(machine, [file]);
  machine.onCall = null;
  const { entries, paced, retried, throttles, limitedInFront } = machine;
  const found: Survey = {
    calls, files: new Set(entries.flatMap((entry) => [entry.fn.file, entry.file])), setters,
    tells: paced.size + retried.size > 0 || throttles || limitedInFront.size > 0 || (project.program.ir(file)?.functions ?? []).some((fn) => setsImported(fn, fn.body)),
  };
  project.surveys.set(file, found);
  return found;
}

/** Each linted file has its own, so that what is said of it does not depend on what was linted before. */
export function machineOf(project: Project): Machine {
  const machine = new Machine(project.program);
  project.joining.forEach((library) => machine.joining.add(library));
  return machine;
}

const leaves = (events: readonly Event[]): boolean => anyEvent(events, (event) => event[0] === 'assign' || event[0] === 'set');

const setsImported = (fn: FunctionIR, events: readonly Event[]): boolean => anyEvent(events, (event) => event[0] === 'set' && mayBeImported(fn, event[1]));

/** What is captured may be: it stands in another function. */
function mayBeImported(fn: FunctionIR, v: V): boolean {
  const term = fn.values[v];
  return term?.[0] === 'get' ? mayBeImported(fn, term[1]) : term?.[0] === 'import' || term?.[0] === 'cap';
}
