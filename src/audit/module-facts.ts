import type { Comment, EcmaScriptModule } from 'oxc-parser';
import type { FileIR, ImportRecord, ModuleRecord, Term } from '../vocabulary/ir.ts';

/**
 * What a file imports and says of itself, read without its tree: enough to tell what the file is for. Types and values in it stay
 * unknown.
 */
export function moduleFacts(module: EcmaScriptModule, comments: readonly Comment[], text: string, status: FileIR['status']): FileIR {
  const imports: ImportRecord[] = [];
  const specs = new Set<string>();
  for (const { moduleRequest, entries } of module.staticImports) {
    specs.add(moduleRequest.value);
    for (const { importName, localName, isType } of entries) {
      imports.push({ spec: moduleRequest.value, name: importName.kind === 'Default' ? 'default' : importName.kind === 'NamespaceObject' ? '*' : importName.name!, local: localName.value, typeOnly: isType });
    }
  }
  const values: Term[] = [];
  const exports: Record<string, number> = Object.create(null) as Record<string, number>;
  const reexports: Record<string, readonly [string, string]> = Object.create(null) as Record<string, readonly [string, string]>;
  const stars: string[] = [];
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest, importName, exportName, localName, isType } of entries) {
      const name = exportName.kind === 'Default' ? 'default' : exportName.name;
      const local = imports.find((record) => record.local === localName.name);
      if (moduleRequest !== null) {
        specs.add(moduleRequest.value);
        if (name === null) stars.push(moduleRequest.value);
        else reexports[name] = [moduleRequest.value, importName.kind === 'Name' ? importName.name! : '*'];
      } else if (local !== undefined && name !== null) reexports[name] = [local.spec, local.name];
      else if (name !== null && !isType) exports[name] = values.push(['unknown']) - 1;
    }
  }
  // Imports within the code, of values and of types, and `require`.
  for (const [, single, double] of text.matchAll(/\b(?:import|require)\s*\(\s*(?:'([^'\n]*)'|"([^"\n]*)")/g)) specs.add((single ?? double)!);
  for (const [, local, single, double] of text.matchAll(/\bimport\s+([\w$]+)\s*=\s*require\s*\(\s*(?:'([^'\n]*)'|"([^"\n]*)")/g)) imports.push({ spec: (single ?? double)!, name: '*', local: local!, typeOnly: false });
  const record: ModuleRecord = { imports, specs: [...specs], exports, reexports, stars, types: {}, esm: module.hasModuleSyntax };
  const first = firstCode(text, comments);
  return {
    status,
    functions: [{ name: '', kind: 'module', params: [], values, slots: [], body: [], async: false, generator: false, span: [0, text.length], nameSpan: [0, 0], up: -1 }],
    classes: [], types: {}, module: record, directives: directivesAt(text, first, comments), suppressions: [],
    generated: comments.some((comment) => comment.start < first && /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b/.test(comment.value)),
  };
}

const DIRECTIVE = /(?:'([^'\\\n]*)'|"([^"\\\n]*)")[ \t]*(?:;|(?=\r?\n|$|\/[/*]))/y;

/** The string statements that a file begins with. */
function directivesAt(text: string, start: number, comments: readonly Comment[]): string[] {
  const found: string[] = [];
  for (let at = start; ; ) {
    DIRECTIVE.lastIndex = at;
    const match = DIRECTIVE.exec(text);
    if (match === null) return found;
    found.push((match[1] ?? match[2])!);
    at = skip(text, DIRECTIVE.lastIndex, comments);
  }
}

const firstCode = (text: string, comments: readonly Comment[]): number => {
  const hashbang = /^#!.*/.exec(text)?.[0].length ?? 0;
  return skip(text, hashbang, comments);
};

/** The next place that is neither blank nor in a comment. */
function skip(text: string, from: number, comments: readonly Comment[]): number {
  let at = from;
  for (;;) {
    while (at < text.length && /\s/.test(text[at]!)) at += 1;
    const comment = comments.find((candidate) => candidate.start === at);
    if (comment === undefined || comment.end <= at) return at;
    at = comment.end;
  }
}
