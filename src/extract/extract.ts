import type { FileIR } from '../vocabulary/ir.ts';
import { type Comment, readComments } from './comments.ts';
import { Extraction } from './extraction.ts';
import { readDirectives } from './functions.ts';
import { moduleRecord, readImports } from './modules.ts';
import { type Node, startOf } from './node.ts';
import { varNames } from './scope.ts';
import { enterBlock, statements } from './statements.ts';

export type { Comment } from './comments.ts';

/**
 * Reads a TS-ESTree program, as oxc-parser or typescript-estree makes it, into IR. The answer depends on the text only, not on the
 * parser. A tree too deep for the stack makes a RangeError.
 */
export function extract(program: { readonly type: string }, text: string, comments: readonly Comment[]): FileIR {
  const body: readonly Node[] = (program as Node).body;
  const { suppressions, generated, tags } = readComments(comments, text, body.length > 0 ? startOf(body[0]!) : text.length);
  const x = new Extraction(text, tags);
  const directives: string[] = [];
  const id = x.reserveFunction();
  let record: FileIR['module'] | null = null;
  x.within({ name: '', kind: 'module', async: false, generator: false, span: [0, text.length], nameSpan: [0, 0] }, '', id, () => {
    readDirectives(body, directives);
    readImports(x, body);
    varNames(body, (name) => x.scope.declare(name));
    enterBlock(x, body);
    statements(x, body);
    record = moduleRecord(x);
  });
  return { status: 'complete', functions: x.functions, classes: x.classes, types: x.types, module: record!, directives, suppressions, generated };
}
