import type { Project } from './project.ts';
import { surveyOf } from './survey.ts';

/** Of the files that import this one and may register its functions as handlers, those that do, or decide in another way what its functions find. */
export function registrarsFor(project: Project, file: string): readonly string[] {
  const ir = project.program.ir(file);
  return project.text.registrarsOf(file).filter((importer) => {
    const { files, setters, tells } = surveyOf(project, importer);
    return tells || files.has(file) || (ir !== undefined && ir.functions.some((fn) => setters.has(fn)));
  });
}
