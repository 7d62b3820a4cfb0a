import type { FunctionIR } from '../vocabulary/ir.ts';
import type { Frame } from '../program/frame.ts';
import { Machine } from '../program/machine.ts';
import { discover } from '../program/roots.ts';
import type { Project } from './project.ts';

const MAX_FILES = 60;
const MAX_LEVELS = 6;

export interface Callers {
  /** Has discovered the linted file and the files whose functions call the ones asked for. */
  readonly machine: Machine;
  readonly files: readonly string[];
  /** The functions asked for, and whatever calls them, directly or not. */
  readonly reaching: ReadonlySet<FunctionIR>;
}

/**
 * Who calls these functions of a file, up the chain through the files that import it. Null when that leads too far: then nobody can
 * say in which circumstances they run.
 */
export function callersOf(project: Project, file: string, functions: ReadonlySet<FunctionIR>): Callers | null {
  const { program, text } = project;
  const machine = new Machine(program);
  project.joining.forEach((library) => machine.joining.add(library));
  const callers = new Map<FunctionIR, Set<FunctionIR>>();
  machine.onCall = (callee, frame) => {
    let known = callers.get(callee);
    if (known === undefined) callers.set(callee, (known = new Set()));
    for (let at: Frame | null = frame; at !== null; at = at.up) if (at.fn !== callee && (at === frame || at.fn.kind !== 'module')) known.add(at.fn);
  };
  discover(machine, [file]);
  const files = [file];
  let reaching = closure(functions, callers);
  const asked = new Set<string>();
  let frontier: readonly string[] = [file, ...supertypeFiles(project, file, reaching)];
  for (let level = 0; frontier.length > 0; level += 1) {
    const names = namesOf(project, files, reaching);
    const found = [...new Set(frontier.flatMap((at) => text.importersOf(at)))].filter((importer) => !asked.has(importer) && !files.includes(importer)).sort();
    const next: string[] = [];
    const relevant: string[] = [];
    for (const importer of found) {
      const passesOn = text.passesOn(importer);
      if (!passesOn && names !== null && !text.names(importer, names)) continue;
      asked.add(importer);
      if (passesOn) next.push(importer);
      if (names === null || text.names(importer, names)) relevant.push(importer);
    }
    if (level === MAX_LEVELS && relevant.length > 0 || files.length + relevant.length > MAX_FILES || asked.size > 10 * MAX_FILES) return null;
    discover(machine, relevant);
    files.push(...relevant);
    const before = reaching;
    reaching = closure(functions, callers);
    const added = relevant.filter((importer) => program.ir(importer)?.functions.some((fn) => reaching.has(fn) && !before.has(fn)));
    frontier = [...new Set([...next, ...added, ...added.flatMap((importer) => supertypeFiles(project, importer, reaching))])];
    if (level > MAX_LEVELS + 4) return null;
  }
  return { machine, files, reaching };
}

function closure(functions: ReadonlySet<FunctionIR>, callers: ReadonlyMap<FunctionIR, ReadonlySet<FunctionIR>>): Set<FunctionIR> {
  const reached = new Set(functions);
  for (const fn of reached) for (const caller of callers.get(fn) ?? []) reached.add(caller);
  return reached;
}

/** Names under which one of these functions may be called; null when one of them goes by any. */
function namesOf(project: Project, files: readonly string[], functions: ReadonlySet<FunctionIR>): RegExp | null {
  const names = new Set<string>();
  for (const file of files) {
    const ir = project.program.ir(file);
    if (ir === undefined) continue;
    const [module] = ir.functions;
    for (const [exported, v] of Object.entries(ir.module.exports)) {
      const term = module!.values[v];
      if (term?.[0] !== 'fn' || !functions.has(ir.functions[term[1]]!)) continue;
      if (exported === 'default' || exported === '=') return null;
      names.add(exported);
    }
    for (const fn of ir.functions) {
      if (!functions.has(fn) || fn.kind === 'module') continue;
      const name = fn.name.slice(fn.name.lastIndexOf('.') + 1);
      if (/^[\w$]+$/.test(name)) names.add(name);
      else if (fn.up === 0) return null;
    }
  }
  return new RegExp(`(?<![\\w$])(?:${[...names].map((name) => name.replaceAll('$', '\\$')).join('|')})(?![\\w$])`);
}

/** Files that declare what the classes of these functions implement or extend: callers may know no more than that. */
function supertypeFiles(project: Project, file: string, functions: ReadonlySet<FunctionIR>): string[] {
  const ir = project.program.ir(file);
  if (ir === undefined) return [];
  const classes = ir.classes.filter((_, id) => ir.functions.some((fn) => fn.class === id && functions.has(fn)));
  return classes.flatMap((known) => (known.superType === undefined ? known.implements : [...known.implements, known.superType])).flatMap((ref) => {
    const target = project.program.typeNamed(file, ref);
    return target?.kind === 'class' ? [target.ref.file] : target?.kind === 'declaration' ? [target.file] : [];
  }).filter((other) => other !== file);
}
