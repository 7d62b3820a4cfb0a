import type { ProgramHost } from '../program/program.ts';

/**
 * The files whose executions can reach the reported ones: those that import them, however far, and those that import an interface
 * which they implement. Null when everything is reported.
 */
export function reachingFiles(host: ProgramHost, isReported: (file: string) => boolean): ReadonlySet<string> | null {
  const files = host.files();
  const reported = files.filter(isReported);
  if (reported.length === files.length) return null;
  const importers = new Map<string, string[]>();
  const link = (from: string, to: string): void => {
    const list = importers.get(to);
    if (list === undefined) importers.set(to, [from]);
    else list.push(from);
  };
  for (const file of files) {
    const ir = host.ir(file);
    if (ir === undefined) continue;
    for (const spec of ir.module.specs) {
      const target = host.resolve(file, spec);
      if (target.kind === 'file' && target.file !== file) link(file, target.file);
    }
    // Whoever knows the interface can be handed this class.
    for (const known of ir.classes) {
      for (const type of known.superType === undefined ? known.implements : [...known.implements, known.superType]) {
        const target = type.spec === undefined ? null : host.resolve(file, type.spec);
        if (target?.kind === 'file') link(target.file, file);
      }
    }
  }
  const reached = new Set(reported);
  const queue = [...reported];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const importer of importers.get(file) ?? []) {
      if (reached.has(importer)) continue;
      reached.add(importer);
      queue.push(importer);
    }
  }
  return reached;
}
