import type { FunctionIR } from '../vocabulary/ir.ts';
import type { Project } from './project.ts';
import { surveyOf } from './survey.ts';

const MAX_FILES = 60;
const MAX_LEVELS = 6;
/** Files that pass others' exports on are many in some packages, and cheap. */
const MAX_ASKED = 600;

export interface Callers {
  /** The file itself and those whose functions call the ones asked for, directly or not. */
  readonly files: readonly string[];
  /** The functions asked for, and whatever calls them. */
  readonly reaching: ReadonlySet<FunctionIR>;
}

/**
 * Who calls these functions of a file, up the chain through the files that import it. Null when that leads too far: then nobody can
 * say in which circumstances they run.
 */
export function callersOf(project: Project, file: string, functions: ReadonlySet<FunctionIR>): Callers | null {
  const { program, text } = project;
  const files = [file];
  const asked = new Set(files);
  let reaching = closure(project, files, functions);
  let frontier: readonly string[] = [file, ...supertypeFiles(project, file, reaching)];
  for (let level = 0; frontier.length > 0; level += 1) {
    const names = namesOf(project, files, reaching);
    const found = [...new Set(frontier.flatMap((at) => text.importersOf(at)))].filter((importer) => !asked.has(importer)).sort();
    const passing = found.filter((importer) => text.passesOn(importer));
    const naming = found.filter((importer) => names === null || text.names(importer, names));
    for (const importer of [...passing, ...naming]) asked.add(importer);
    if (naming.length > 0 && (level >= MAX_LEVELS || files.length + naming.length > MAX_FILES) || asked.size > MAX_ASKED) return null;
    const before = reaching;
    reaching = closure(project, [...files, ...naming], functions);
    const calling = naming.filter((importer) => program.ir(importer)?.functions.some((fn) => reaching.has(fn) && !before.has(fn)));
    files.push(...calling);
    frontier = [...new Set([...passing, ...calling, ...calling.flatMap((importer) => supertypeFiles(project, importer, reaching))])];
  }
  return { files, reaching };
}

function closure(project: Project, files: readonly string[], functions: ReadonlySet<FunctionIR>): Set<FunctionIR> {
  const calls = files.map((file) => surveyOf(project, file).calls);
  const reached = new Set(functions);
  for (const fn of reached) for (const of of calls) for (const caller of of.get(fn) ?? []) reached.add(caller);
  return reached;
}

/** Names under which one of these functions may be called; null when one of them goes by any. */
function namesOf({ program }: Project, files: readonly string[], functions: ReadonlySet<FunctionIR>): RegExp | null {
  const names = new Set<string>();
  for (const file of files) {
    const ir = program.ir(file);
    if (ir === undefined) continue;
    for (const [exported, v] of Object.entries(ir.module.exports)) {
      const term = ir.functions[0]!.values[v];
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
function supertypeFiles({ program }: Project, file: string, functions: ReadonlySet<FunctionIR>): string[] {
  const ir = program.ir(file);
  if (ir === undefined) return [];
  const classes = ir.classes.filter((_, id) => ir.functions.some((fn) => fn.class === id && functions.has(fn)));
  return classes.flatMap((known) => (known.superType === undefined ? known.implements : [...known.implements, known.superType])).flatMap((ref) => {
    const target = program.typeNamed(file, ref);
    return target?.kind === 'class' ? [target.ref.file] : target?.kind === 'declaration' ? [target.file] : [];
  }).filter((other) => other !== file);
}
