import { anyEvent } from '../program/events.ts';
import type { Program } from '../program/program.ts';

/**
 * The files whose executions can reach the reported ones: those that import something of them, however far, and those that import an
 * interface which they implement. A name is imported from where it is defined, whatever files pass it on. Null when everything is reported.
 */
export function reachingFiles(program: Program, isReported: (file: string) => boolean): ReadonlySet<string> | null {
  const { host } = program;
  const files = host.files();
  const reported = files.filter(isReported);
  if (reported.length === files.length) return null;
  const importers = new Map<string, Set<string>>();
  const link = (from: string, to: string): void => {
    if (from === to) return;
    const known = importers.get(to);
    if (known === undefined) importers.set(to, new Set([from]));
    else known.add(from);
  };
  /** The file with all that it passes on. */
  const whole = (file: string): string => `${file}\0*`;
  for (const file of files) {
    const ir = host.ir(file);
    if (ir === undefined) continue;
    const { imports, specs, reexports, stars } = ir.module;
    const named = new Set<string>([...Object.values(reexports).map(([spec]) => spec), ...stars]);
    for (const spec of named) {
      const target = host.resolve(file, spec);
      if (target.kind === 'file') link(whole(file), whole(target.file));
    }
    for (const { spec, name } of imports) {
      const target = host.resolve(file, spec);
      if (target.kind !== 'file') continue;
      named.add(spec);
      const value = name === '*' ? null : program.imported(file, spec, name);
      const type = name === '*' ? null : program.typeNamed(file, { spec, name });
      if (value !== null && value.kind === 'value') link(file, value.file);
      else if (value !== null && value.kind === 'module') link(file, whole(value.file));
      if (type !== null && type.kind !== 'external') link(file, type.kind === 'class' ? type.ref.file : type.file);
      if (value === null && type === null) link(file, whole(target.file));
    }
    link(whole(file), file);
    // Without names: `import './routes'`, `require`, `import()`.
    for (const spec of specs) {
      if (named.has(spec)) continue;
      const target = host.resolve(file, spec);
      if (target.kind === 'file') link(file, whole(target.file));
    }
    // Whoever knows the interface can be handed this class.
    for (const known of ir.classes) {
      for (const type of known.superType === undefined ? known.implements : [...known.implements, known.superType]) {
        const target = program.typeNamed(file, type);
        if (target !== null && target.kind !== 'external') link(target.kind === 'class' ? target.ref.file : target.file, file);
      }
    }
  }
  for (const { puts, takes } of onGlobal(program, files).values()) for (const from of puts) for (const to of takes) link(from, to);
  const reached = new Set(reported);
  const queue = [...reported];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    for (const importer of importers.get(at) ?? []) {
      if (reached.has(importer)) continue;
      reached.add(importer);
      queue.push(importer);
    }
  }
  return new Set(files.filter((file) => reached.has(file)));
}

/** Files that put something on the global object under a name, and files that take it from there: `global.redis`. */
function onGlobal(program: Program, files: readonly string[]): ReadonlyMap<string, { readonly puts: Set<string>; readonly takes: Set<string> }> {
  const found = new Map<string, { puts: Set<string>; takes: Set<string> }>();
  for (const file of files) {
    for (const fn of program.host.ir(file)?.functions ?? []) {
      const isGlobal = (v: number): boolean => fn.values[v]?.[0] === 'global' && (fn.values[v][1] === 'global' || fn.values[v][1] === 'globalThis');
      if (!fn.values.some((_, v) => isGlobal(v))) continue;
      const of = (name: string): { puts: Set<string>; takes: Set<string> } => {
        let known = found.get(name);
        if (known === undefined) found.set(name, (known = { puts: new Set(), takes: new Set() }));
        return known;
      };
      for (const term of fn.values) if (term[0] === 'get' && typeof term[2] === 'string' && isGlobal(term[1])) of(term[2]).takes.add(file);
      anyEvent(fn.body, (event) => {
        if (event[0] === 'set' && typeof event[2] === 'string' && isGlobal(event[1])) of(event[2]).puts.add(file);
        return false;
      });
    }
  }
  return found;
}
