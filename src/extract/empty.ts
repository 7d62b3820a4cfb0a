import type { FileIR } from '../vocabulary/ir.ts';

/** A file of which nothing is known. */
export function emptyFileIR(status: FileIR['status']): FileIR {
  return {
    status,
    functions: [
      { name: '', kind: 'module', params: [], values: [], slots: [], body: [], async: false, generator: false, span: [0, 0], nameSpan: [0, 0], up: -1 },
    ],
    classes: [],
    types: {},
    module: { imports: [], specs: [], exports: {}, reexports: {}, stars: [], types: {}, esm: false },
    directives: [],
    suppressions: [],
    generated: false,
  };
}
