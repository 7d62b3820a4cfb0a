import { parseSync } from 'oxc-parser';
import type { Comment, EcmaScriptModule, ParseResult, ParserOptions, Program } from 'oxc-parser';
import { sourceLines } from './source-lines.ts';

export { tooDeep } from './too-deep.ts';

/** Above this size a tree costs too much: take {@link parseModule} and call the rest unknown. */
export const MAX_BYTES = 1024 * 1024;

/** `offset` in UTF-16 units, `line` and `column` 1-based. */
export interface ParseError {
  readonly message: string;
  readonly offset: number;
  readonly line: number;
  readonly column: number;
}

export interface ParsedModule {
  readonly module: EcmaScriptModule;
  readonly errors: readonly ParseError[];
  /** Whether everything of the file is there. The parser may get over an error (`return` at top level), so errors alone do not deny it. */
  readonly complete: boolean;
}

export interface Parsed extends ParsedModule {
  /** TS-ESTree, with `null` for absent fields, without `parent`, `loc` and `range`. */
  readonly program: Program;
  readonly comments: readonly Comment[];
}

/**
 * Never throws; but a text for which `tooDeep` holds may overflow the native stack and so kill the process, unless the thread's stack is
 * large (a worker with `resourceLimits.stackSizeMb: 256`).
 */
export function parse(path: string, text: string): Parsed {
  const result = bestResult(path, text, (candidate) => candidate.program.body.length > 0);
  if (result === undefined) return { ...failed(), program: emptyProgram(text), comments: [] };
  const { comments, module } = result;
  return {
    // Handing over the tree is most of the cost: only when it is asked for.
    get program() {
      return result.program;
    },
    comments, module, errors: parseErrors(result, text), complete: result.errors.length === 0 || result.program.body.length > 0,
  };
}

/** Imports and exports alone: the tree is not handed over, which costs a fraction of the time and memory. */
export function parseModule(path: string, text: string): ParsedModule {
  const result = bestResult(path, text, () => false);
  if (result === undefined) return failed();
  return { module: result.module, errors: parseErrors(result, text), complete: result.errors.length === 0 };
}

const TREE: ParserOptions = { preserveParens: false, astType: 'ts' };
const TS: readonly ParserOptions[] = [{ ...TREE, lang: 'ts' }];
const DTS: readonly ParserOptions[] = [{ ...TREE, lang: 'dts' }];
const TSX: readonly ParserOptions[] = [{ ...TREE, lang: 'tsx' }];
/** A `return` at top level is right in CommonJS; Flow's annotations mostly read as TypeScript's. */
const JS: readonly ParserOptions[] = [
  { ...TREE, lang: 'jsx' },
  { ...TREE, lang: 'jsx', sourceType: 'commonjs' },
  { ...TREE, lang: 'tsx' },
];

function attempts(path: string): readonly ParserOptions[] {
  if (/\.d\.[cm]?ts$/.test(path)) return DTS;
  if (/\.[cm]?ts$/.test(path)) return TS;
  return path.endsWith('.tsx') ? TSX : JS;
}

/** The first attempt without errors, else the first that `holds` something, else the first. */
function bestResult(path: string, text: string, holds: (result: ParseResult) => boolean): ParseResult | undefined {
  const results: ParseResult[] = [];
  for (const options of attempts(path)) {
    try {
      const result = parseSync(path, text, options);
      if (result.errors.length === 0) return result;
      results.push(result);
    } catch {
      // A panic of the parser: the next attempt, or none.
    }
  }
  return results.find(holds) ?? results[0];
}

function parseErrors(result: ParseResult, text: string): ParseError[] {
  if (result.errors.length === 0) return [];
  const lines = sourceLines(text);
  return result.errors.map(({ message, labels }) => {
    const offset = labels[0]?.start ?? 0;
    return { message, offset, ...lines.position(offset) };
  });
}

function failed(): ParsedModule {
  return {
    module: { hasModuleSyntax: false, staticImports: [], staticExports: [], dynamicImports: [], importMetas: [] },
    errors: [{ message: 'The parser failed on this file', offset: 0, line: 1, column: 1 }],
    complete: false,
  };
}

function emptyProgram(text: string): Program {
  return { type: 'Program', body: [], sourceType: 'module', hashbang: null, start: 0, end: text.length };
}
