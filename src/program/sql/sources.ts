/** The tables of a FROM, UPDATE or DELETE clause. */
import { isName, readName, type Token } from '../../schema/sql-tokens.ts';
import { paramOf } from './expression.ts';
import type { SqlParam } from './statement.ts';

export interface Source {
  /** Absent for a query or a function. */
  name?: string;
  param?: SqlParam;
  alias?: string;
  /** Joined so that rows without a partner drop out. */
  restricts: boolean;
  /** A common table expression. */
  cte?: boolean;
}

const JOIN_WORDS = new Set([
  'join',
  'inner',
  'left',
  'right',
  'full',
  'outer',
  'cross',
  'natural',
  'straight_join',
  'asof',
  'any',
  'semi',
  'anti',
  'array',
  'global',
  'lateral',
  'only',
]);
const NOT_ALIAS = new Set([
  ...JOIN_WORDS,
  'on',
  'using',
  'where',
  'set',
  'final',
  'sample',
  'tablesample',
  'with',
  'use',
  'force',
  'ignore',
  'partition',
  'for',
  'window',
  'restart',
  'continue',
  'cascade',
  'restrict',
  'in',
  'read',
  'write',
]);

export function sourcesOf(tokens: readonly Token[], from: number, to: number, depth = 0): Source[] {
  const sources: Source[] = [];
  let expected = true; // a table may stand here
  let restricts = false;
  for (let i = from; i < to;) {
    const token = tokens[i];
    if (token.low === ',') {
      expected = true;
      restricts = false;
      i++;
    } else if (token.low === 'join' || token.low === 'straight_join') {
      restricts = !isOuter(tokens, i);
      expected = true;
      i++;
    } else if (expected && (token.low === 'lateral' || token.low === 'only')) i++;
    else if (!expected) i = token.close !== undefined ? Math.min(token.close + 1, to) : i + 1;
    else {
      expected = false;
      const read = sourceAt(tokens, i, to, depth);
      if (!read) {
        i++;
        continue;
      }
      for (const source of read.sources) sources.push({ ...source, restricts: source.restricts || restricts });
      i = read.end;
    }
  }
  return sources;
}

/** LEFT, FULL, with or without OUTER, in front of the JOIN at `at`. */
function isOuter(tokens: readonly Token[], at: number): boolean {
  for (let i = at - 1; i >= 0 && tokens[i].low !== 'join' && JOIN_WORDS.has(tokens[i].low); i--)
    if (['left', 'full', 'outer'].includes(tokens[i].low)) return true;
  return false;
}

function sourceAt(tokens: readonly Token[], from: number, to: number, depth: number): { sources: Source[]; end: number } | null {
  const token = tokens[from];
  if (token.low === '(') {
    const close = Math.min(token.close!, to);
    const first = tokens[from + 1]?.low;
    const isQuery = first === 'select' || first === 'with' || first === 'values' || first === '(';
    const inner = isQuery || depth > 20 ? [{ restricts: false }] : sourcesOf(tokens, from + 1, close, depth + 1);
    return withAlias(tokens, inner, Math.min(close + 1, to), to);
  }
  const name = readName(tokens, from, to);
  if (!name) return null;
  const last = name.parts.at(-1)!;
  const param = name.hole && paramOf(name.hole);
  if (tokens[name.end]?.low === '(' && name.end < to)
    return withAlias(tokens, [{ restricts: false }], Math.min(tokens[name.end].close! + 1, to), to); // a function
  return withAlias(tokens, [{ ...(last !== '' && { name: last }), ...(param && { param }), restricts: false }], name.end, to);
}

function withAlias(tokens: readonly Token[], sources: Source[], at: number, to: number): { sources: Source[]; end: number } {
  if (at < to && tokens[at].low === 'final') at++;
  const isAs = at < to && tokens[at].low === 'as';
  const alias = at + (isAs ? 1 : 0) < to ? tokens[at + (isAs ? 1 : 0)] : undefined;
  if (!isName(alias) || (!isAs && NOT_ALIAS.has(alias.low))) return { sources, end: at };
  if (sources.length === 1 && alias.text !== '') sources[0].alias = alias.text;
  return { sources, end: at + (isAs ? 2 : 1) };
}
