import type { Span, Suppression } from '../vocabulary/ir.ts';
import { skipBlank } from './node.ts';

/** A comment as either parser gives it. */
export interface Comment {
  readonly type: string;
  readonly value: string;
  readonly range?: readonly [number, number];
  readonly start?: number;
  readonly end?: number;
}

export interface CommentFacts {
  readonly suppressions: readonly Suppression[];
  readonly generated: boolean;
  /** `@distributed …` tags by the offset of the code they stand in front of. */
  readonly tags: ReadonlyMap<number, readonly string[]>;
}

const DIRECTIVE = /^eslint-(disable-next-line|disable-line|disable|enable)(?=\s|$)/;
const TAG = /^[ \t*]*@distributed[ \t]+(\S.*?)[ \t]*$/gm;
const GENERATED = /@generated\b|\bDO NOT (?:EDIT|MODIFY)\b/;

export function readComments(comments: readonly Comment[], text: string, firstCode: number): CommentFacts {
  const suppressions: Suppression[] = [];
  const tags = new Map<number, readonly string[]>();
  let generated = false;
  for (let i = 0; i < comments.length; i++) {
    const comment = comments[i]!;
    const span = spanOfComment(comment);
    if (span[0] < firstCode && GENERATED.test(comment.value)) generated = true;
    if (comment.value.includes('eslint-')) {
      const suppression = readSuppression(comment, span);
      if (suppression != null) suppressions.push(suppression);
    }
    if (comment.type === 'Block' && comment.value.startsWith('*') && comment.value.includes('@distributed')) {
      const found = Array.from(comment.value.matchAll(TAG), (match) => match[1]!);
      if (found.length > 0) tags.set(codeAfter(comments, i, text), found);
    }
  }
  return { suppressions, generated, tags };
}

function spanOfComment(comment: Comment): Span {
  return comment.range != null ? [comment.range[0], comment.range[1]] : [comment.start!, comment.end!];
}

/** Offset of the first token after a comment, other comments skipped. */
function codeAfter(comments: readonly Comment[], index: number, text: string): number {
  let offset = skipBlank(text, spanOfComment(comments[index]!)[1]);
  for (let i = index + 1; i < comments.length && spanOfComment(comments[i]!)[0] === offset; i++) offset = skipBlank(text, spanOfComment(comments[i]!)[1]);
  return offset;
}

function readSuppression(comment: Comment, span: Span): Suppression | null {
  const value = comment.value.trim();
  const directive = DIRECTIVE.exec(value)?.[1];
  if (directive == null) return null;
  if (comment.type !== 'Block' && !directive.endsWith('-line')) return null; // ESLint reads these in block comments only
  const [list = '', ...reason] = value.slice('eslint-'.length + directive.length).split(/\s-{2,}\s/);
  const rules = list.split(',').map((rule) => rule.trim()).filter((rule) => rule !== '');
  const kind = directive === 'disable-next-line' ? 'next-line' : directive === 'disable-line' ? 'line' : (directive as 'disable' | 'enable');
  return { kind, rules, reason: reason.join(' -- ').trim(), span };
}
