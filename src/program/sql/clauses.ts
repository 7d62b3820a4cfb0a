/** Where the clauses of a statement start, brackets and CASE passed over. */
import { isName, type Token } from '../../schema/sql-tokens.ts';

export interface Clause {
  readonly word: string;
  /** Index of its first word, and of the first token of its content. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

const FOLLOWED_BY: Readonly<Record<string, readonly string[]>> = {
  group: ['by'],
  order: ['by'],
  fetch: ['first', 'next'],
  for: ['update', 'no', 'share', 'key'],
  lock: ['in'],
  on: ['conflict', 'duplicate'],
};
const PLAIN = new Set(['select', 'with', 'from', 'where', 'prewhere', 'having', 'qualify', 'limit', 'returning', 'set', 'values', 'using']);
const ONLY_AFTER_FROM = new Set(['settings', 'format', 'window']);
const AFTER_OPERAND = new Set(['and', 'or', 'where', 'not', 'by', 'select', 'set', ',', '=', '(']);

export const SET_OPERATIONS: ReadonlySet<string> = new Set(['union', 'intersect', 'except', 'minus']);

/** Clauses whose word is among `words`, in the order of the text. */
export function clausesOf(tokens: readonly Token[], from: number, to: number, words: ReadonlySet<string>): Clause[] {
  const starts: { word: string; at: number; from: number }[] = [];
  let cases = 0;
  let seenFrom = false;
  for (let i = from; i < to; i++) {
    const { low, close } = tokens[i];
    if (close !== undefined) i = Math.min(close, to);
    else if (low === 'case') cases++;
    else if (low === 'end' && cases > 0) cases--;
    else if (
      cases === 0 &&
      words.has(low) &&
      tokens[i].kind === 'word' &&
      tokens[i - 1]?.low !== '.' &&
      opensClause(tokens, i, from, to, seenFrom)
    ) {
      seenFrom ||= low === 'from';
      starts.push({ word: low, at: i, from: i + (low in FOLLOWED_BY && low !== 'for' ? 2 : 1) });
    }
  }
  return starts.map((start, i) => ({ ...start, from: Math.min(start.from, to), to: i + 1 < starts.length ? starts[i + 1].at : to }));
}

function opensClause(tokens: readonly Token[], i: number, from: number, to: number, seenFrom: boolean): boolean {
  const { low } = tokens[i];
  const next = i + 1 < to ? tokens[i + 1] : undefined;
  const before = i > from ? tokens[i - 1].low : '';
  if (low === 'from') return !(before === 'distinct' && i - 2 >= from && ['is', 'not'].includes(tokens[i - 2].low));
  if (Object.hasOwn(FOLLOWED_BY, low)) return next !== undefined && FOLLOWED_BY[low].includes(next.low);
  if (low === 'output') return next?.low === 'inserted' || next?.low === 'deleted';
  if (SET_OPERATIONS.has(low))
    return (
      next !== undefined &&
      (['select', 'all', 'distinct', 'with'].includes(next.low) ||
        (next.low === '(' && ['select', 'with', '('].includes(tokens[i + 2]?.low ?? '')))
    );
  if (low === 'offset')
    return next !== undefined && !AFTER_OPERAND.has(before) && (next.kind !== 'op' || next.low === '(') && !isName(next);
  if (ONLY_AFTER_FROM.has(low)) return seenFrom && isName(next) && !AFTER_OPERAND.has(before);
  return PLAIN.has(low);
}

const TAIL = ['where', 'order', 'limit', 'offset', 'fetch', 'returning', 'output'];
export const SELECT_CLAUSES: ReadonlySet<string> = new Set([
  ...TAIL,
  ...ONLY_AFTER_FROM,
  'select',
  'from',
  'prewhere',
  'group',
  'having',
  'qualify',
  'for',
  'lock',
]);
export const UPDATE_CLAUSES: ReadonlySet<string> = new Set([...TAIL, 'set', 'from']);
export const DELETE_CLAUSES: ReadonlySet<string> = new Set([...TAIL, 'from', 'using']);
export const INSERT_CLAUSES: ReadonlySet<string> = new Set(['values', 'with', 'select', 'set', 'on', 'returning', 'output']);
