import type { SourceCode } from 'eslint';
import { emptyFileIR } from '../extract/empty.ts';
import { type Comment, extract } from '../extract/extract.ts';
import { MAX_BYTES, parse, tooDeep } from '../load/parse.ts';
import type { FileIR } from '../vocabulary/ir.ts';

/** The IR of a text that ESLint has parsed already: from its tree where that is one we know, else parsed anew. */
export function irOfTree(sourceCode: SourceCode, parser: unknown, file: string): FileIR {
  const { text, ast } = sourceCode;
  if (text.length > MAX_BYTES) return emptyFileIR('partial');
  if (!isKnownTree(sourceCode, parser)) return irOfText(file, text);
  return attempt(() => extract(ast, text, sourceCode.getAllComments() as readonly Comment[]));
}

export function irOfText(file: string, text: string): FileIR {
  // Deep nesting would overflow the parser's native stack, which ends the process: it must not get that far.
  if (text.length > MAX_BYTES || tooDeep(text)) return emptyFileIR('partial');
  const parsed = parse(file, text);
  if (!parsed.complete) return emptyFileIR('failed');
  return attempt(() => extract(parsed.program as never, text, parsed.comments as never));
}

/** typescript-estree's tree, or espree's, which has the same shape for JavaScript. */
function isKnownTree(sourceCode: SourceCode, parser: unknown): boolean {
  if ((sourceCode.parserServices as Record<string, unknown> | undefined)?.['esTreeNodeToTSNodeMap'] !== undefined) return true;
  const { name, meta } = (parser ?? {}) as { readonly name?: unknown; readonly meta?: { readonly name?: unknown } };
  return name === 'espree' || meta?.name === 'espree';
}

function attempt(read: () => FileIR): FileIR {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return emptyFileIR('partial');
    throw error;
  }
}
