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
