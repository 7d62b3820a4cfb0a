import type { Event, FunctionIR, V } from '../vocabulary/ir.ts';
import { anyEvent } from '../program/events.ts';
import { discover } from '../program/roots.ts';
import { machineOf } from './analysis.ts';
import type { Project } from './project.ts';

/** What a file was seen to do when it was followed by itself. */
export interface Registered {
  /** Files that a handler stands in, or is registered from. */
  readonly files: ReadonlySet<string>;
  /** Functions that it calls and that leave something for later: a client, a setting. */
  readonly setters: ReadonlySet<FunctionIR>;
  /** It says something of the program as a whole: how often jobs run, what is paced or throttled, or it sets members of what it imports. */
  readonly tells: boolean;
}

/** Of the files that import this one and may register its functions as handlers, those that do, or decide in another way what its functions find. */
export function registrarsFor(project: Project, file: string): readonly string[] {
  const ir = project.program.ir(file);
  return project.text.registrarsOf(file).filter((importer) => {
    const { files, setters, tells } = registeredBy(project, importer);
    return tells || files.has(file) || (ir !== undefined && ir.functions.some((fn) => setters.has(fn)));
  });
}

/** Followed once, whatever number of files it imports. */
function registeredBy(project: Project, file: string): Registered {
  let known = project.registered.get(file);
  if (known === undefined) project.registered.set(file, (known = follow(project, file)));
  return known;
}

function follow(project: Project, file: string): Registered {
  const machine = machineOf(project);
  const setters = new Set<FunctionIR>();
  machine.onCall = (callee) => void (leaves(callee.body) && setters.add(callee));
  discover(machine, [file]);
  const { entries, paced, retried, throttling } = machine;
  return {
    files: new Set(entries.flatMap((entry) => [entry.fn.file, entry.file])), setters,
    tells: paced.size + retried.size > 0 || throttling !== 'none' || (project.program.ir(file)?.functions ?? []).some((fn) => setsImported(fn, fn.body)),
  };
}

const leaves = (events: readonly Event[]): boolean => anyEvent(events, (event) => event[0] === 'assign' || event[0] === 'set');

const setsImported = (fn: FunctionIR, events: readonly Event[]): boolean => anyEvent(events, (event) => event[0] === 'set' && mayBeImported(fn, event[1]));

/** What is captured may be: it stands in another function. */
function mayBeImported(fn: FunctionIR, v: V): boolean {
  const term = fn.values[v];
  return term?.[0] === 'get' ? mayBeImported(fn, term[1]) : term?.[0] === 'import' || term?.[0] === 'cap';
}
