/**
 * SQL text to tokens, for every dialect at once and for text with holes in it. It never fails and takes linear time: what is not
 * closed runs to the end of the text.
 */

/** Text, or the place of a template expression. */
export type SqlPiece = string | { readonly param: number };

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'hole' | 'bind' | 'op';
  /** Name, string content, number or operator as written. */
  readonly text: string;
  /** A name or string with holes among its text, which is '' then. */
  readonly cut?: true;
  /** Lower case for words and operators, '' otherwise: a quoted name is never a keyword. */
  readonly low: string;
  /** For `hole`. */
  readonly param?: number;
  /** For `bind`: index from 0 (`$1`, `?`) or name (`:id`, `@id`, `{id:String}`). */
  bind?: number | string;
  /** For `bind`: Knex's `??` and `:name:` stand for names. */
  readonly forName?: true;
  /** Index of the closing bracket for `(`, `[`, `{`; the number of tokens when it is missing. */
  close?: number;
  readonly start: number;
}

const HOLE = '\uE000';
const SPACE = /[\s\uFEFF]+/y;
const NUMBER = /(?:0x[\da-f]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?)/iy;
const WORD = /[A-Za-z_\u0080-\uFFFF][\w$\u0080-\uFFFF]*/y;
const OPERATOR = /<=>|->>|#>>|!~\*|::|:=|<=|>=|<>|!=|\|\||->|#>|#-|@>|<@|@@|@\?|&&|<<|>>|!~|~\*|\?\||\?&|[^\s]/y;
const DOLLAR = /\$(?:\d+|(?:[A-Za-z_]\w*)?\$|[A-Za-z_]\w*)/y;
/** pg-promise: `$(name)`, `$(name:csv)`, `$<name>`, `$[name]`, `$/name/`, `${name}`. */
const ENCLOSED = /\$(?:\(\s*(\w+)\s*([:~^][\w:]*)?\s*\)|<\s*(\w+)\s*([:~^][\w:]*)?\s*>|\[\s*(\w+)\s*([:~^][\w:]*)?\s*\]|\/\s*(\w+)\s*([:~^][\w:]*)?\s*\/|\{\s*(\w+)\s*([:~^][\w:]*)?\s*\})/y;
/** Its word for how a numbered value is written: `$1:csv`. */
const WRITTEN = /:(?:name|alias|raw|value|csv|list|json)\b/y;
const FOR_NAME = new Set([':name', ':alias', '~']);
const NAMED = /[:@]([A-Za-z_]\w*)/y;
const TYPED = /\{\s*(\w+)\s*:[^{}]*\}/y;
const BRACKETED = /\[[A-Za-z_][\w ]*\]/y;
/** After these a bracketed name is a name, not an array. */
const BEFORE_NAME = new Set([
  'select',
  'distinct',
  'from',
  'into',
  'join',
  'update',
  'table',
  'where',
  'and',
  'or',
  'by',
  'set',
  '.',
  '(',
  ',',
]);
/** Words after which a `?` is a placeholder, not the JSON operator. */
const BEFORE_VALUE = new Set(
  'select distinct all from join into update table where and or not on in like ilike between is set values limit offset top by having when then else case any some as returning interval escape using exists with'.split(
    ' ',
  ),
);

export function tokenize(source: string | readonly SqlPiece[]): Token[] {
  const holes: number[] = [];
  let sql: string;
  if (typeof source === 'string') sql = source.replaceAll(HOLE, ' ');
  else {
    sql = source
      .map((piece) => {
        if (typeof piece === 'string') return piece.replaceAll(HOLE, ' ');
        holes.push(piece.param);
        return HOLE;
      })
      .join('');
  }
  const tokens: Token[] = [];
  const open: Token[] = [];
  let at = 0;
  let hole = 0;

  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(sql);
  };
  /** A name or string: plain, exactly one hole, or text around holes. */
  const pushText = (kind: 'word' | 'quoted' | 'string', text: string, start: number): void => {
    if (!text.includes(HOLE)) {
      tokens.push({ kind, text, low: kind === 'word' ? text.toLowerCase() : '', start });
      return;
    }
    if (text === HOLE) tokens.push({ kind: 'hole', text: '', low: '', param: holes[hole], start });
    else if (kind === 'word' && [...text].every((char) => char === HOLE))
      for (let i = 0; i < text.length; i++) tokens.push({ kind: 'hole', text: '', low: '', param: holes[hole + i], start });
    else tokens.push({ kind: kind === 'word' ? 'quoted' : kind, text: '', low: '', cut: true, start });
    for (const char of text) if (char === HOLE) hole++;
  };
  /** Content up to an unescaped closing quote, which is doubled when it stands for itself. */
  const quoted = (quote: string, backslash: boolean): string => {
    let content = '';
    for (;;) {
      const from = at;
      while (at < sql.length && sql[at] !== quote && !(backslash && sql[at] === '\\')) at++;
      content += sql.slice(from, at);
      if (at >= sql.length) return content;
      if (sql[at] === '\\') {
        content += sql[at + 1] ?? '';
        at += 2;
      } else if (sql[at + 1] === quote) {
        content += quote;
        at += 2;
      } else {
        at++;
        return content;
      }
    }
  };
  const skipBlockComment = (): void => {
    let depth = 1;
    at += 2;
    while (at < sql.length && depth > 0) {
      if (sql.startsWith('*/', at)) (depth--, (at += 2));
      else if (sql.startsWith('/*', at)) (depth++, (at += 2));
      else if (sql[at++] === HOLE) hole++;
    }
  };
  const skipLine = (): void => {
    while (at < sql.length && sql[at] !== '\n') if (sql[at++] === HOLE) hole++;
  };

  while (at < sql.length) {
    const space = match(SPACE);
    if (space) at += space[0].length;
    if (at >= sql.length) break;
    const start = at;
    const char = sql[at];
    const before = tokens.at(-1);
    let found: RegExpExecArray | null;
    if (sql.startsWith('--', at)) skipLine();
    else if (sql.startsWith('/*', at)) skipBlockComment();
    else if (char === '#' && (start === 0 || sql[start - 1] === '\n')) skipLine();
    else if (char === "'") {
      at++;
      const escapes = before?.low === 'e' && before.start === start - 1;
      pushText('string', quoted("'", escapes), start);
    } else if (char === '"' || char === '`') {
      at++;
      pushText('quoted', quoted(char, false), start);
    } else if (char === '$' && (found = match(DOLLAR))) {
      const text = found[0];
      at += text.length;
      if (text.endsWith('$')) {
        const end = sql.indexOf(text, at);
        pushText('string', sql.slice(at, end < 0 ? sql.length : end), start);
        at = end < 0 ? sql.length : end + text.length;
      } else {
        const name = text.slice(1);
        const isNumbered = /^\d/.test(name);
        const written = isNumbered ? match(WRITTEN)?.[0] : undefined;
        at += written?.length ?? 0;
        tokens.push({ kind: 'bind', text: '', low: '', bind: isNumbered ? Number(name) - 1 : name, start, ...(written !== undefined && FOR_NAME.has(written) && { forName: true }) });
      }
    } else if (char === '$' && (found = match(ENCLOSED))) {
      at += found[0].length;
      const at0 = found.findIndex((part, i) => i > 0 && part !== undefined);
      const written = found[at0 + 1];
      tokens.push({ kind: 'bind', text: '', low: '', bind: found[at0], start, ...(written !== undefined && FOR_NAME.has(written) && { forName: true }) });
    } else if ((char === ':' || char === '@') && sql[at - 1] !== ':' && (found = match(NAMED))) {
      at += found[0].length;
      const forName = char === ':' && sql[at] === ':' && !sql.startsWith('::', at);
      if (forName) at++;
      tokens.push({ kind: 'bind', text: '', low: '', bind: found[1], start, ...(forName && { forName }) });
    } else if (char === '{' && sql.startsWith('{{', at)) {
      const end = sql.indexOf('}}', at);
      const text = sql.slice(at, end < 0 ? sql.length : end);
      for (const inner of text) if (inner === HOLE) hole++;
      at = end < 0 ? sql.length : end + 2;
      tokens.push({ kind: 'bind', text: '', low: '', bind: text.slice(2).trim(), start });
    } else if (char === '{' && (found = match(TYPED)) && !found[0].includes(HOLE)) {
      at += found[0].length;
      tokens.push({ kind: 'bind', text: '', low: '', bind: found[1], start });
    } else if (char === '[' && before && (before.kind === 'number' || BEFORE_NAME.has(before.low)) && (found = match(BRACKETED))) {
      at += found[0].length;
      pushText('quoted', found[0].slice(1, -1), start);
    } else if (((char >= '0' && char <= '9') || (char === '.' && /\d/.test(sql[at + 1] ?? ''))) && (found = match(NUMBER))) {
      at += found[0].length;
      tokens.push({ kind: 'number', text: found[0], low: '', start });
    } else if ((found = match(WORD))) {
      at += found[0].length;
      pushText('word', found[0], start);
    } else {
      const text = match(OPERATOR)?.[0] ?? char;
      at += text.length;
      const token: Token = { kind: 'op', text, low: text, start };
      if (text === '(' || text === '[' || text === '{') open.push(token);
      else if (text === ')' || text === ']' || text === '}') {
        const opener = open.pop();
        if (opener) opener.close = tokens.length;
      }
      tokens.push(token);
    }
  }
  for (const token of open) token.close = tokens.length;
  return numberQuestionMarks(tokens);
}

/** `?` is a placeholder, `??` one for a name, and both are an operator of JSON between two operands. */
function numberQuestionMarks(tokens: Token[]): Token[] {
  let count = 0;
  const result: Token[] = [];
  const moved: number[] = []; // old index to new index, for the brackets
  for (let i = 0; i < tokens.length; i++) {
    moved.push(result.length);
    const token = tokens[i];
    if (token.low !== '?') {
      result.push(token);
      continue;
    }
    const next = tokens[i + 1];
    if (next?.low === '?' && next.start === token.start + 1) {
      result.push({ kind: 'bind', text: '', low: '', bind: count++, forName: true, start: token.start });
      moved.push(result.length - 1);
      i++;
    } else if (next?.kind === 'number' && next.start === token.start + 1) {
      result.push({ kind: 'bind', text: '', low: '', bind: Number(next.text) - 1, start: token.start });
      moved.push(result.length - 1);
      i++;
    } else if (endsOperand(result.at(-1)) && startsOperand(next)) result.push(token);
    else result.push({ kind: 'bind', text: '', low: '', bind: count++, start: token.start });
  }
  if (result.length !== tokens.length)
    for (const token of result) if (token.close !== undefined) token.close = moved[token.close] ?? result.length;
  return result;
}

function endsOperand(token: Token | undefined): boolean {
  if (!token) return false;
  if (token.kind === 'op') return token.low === ')' || token.low === ']';
  return token.kind !== 'word' || !BEFORE_VALUE.has(token.low);
}

function startsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'string' || token.kind === 'hole' || token.kind === 'bind' || token.low === 'array');
}

/** Ranges of the statements, split at semicolons outside brackets. */
export function statements(tokens: readonly Token[]): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  for (let i = 0; i <= tokens.length; i++) {
    const token = tokens[i];
    if (i === tokens.length || token.low === ';') {
      if (i > from) ranges.push([from, i]);
      from = i + 1;
    } else if (token.close !== undefined) {
      if (token.close >= tokens.length) continue; // never closed: a semicolon still ends the statement
      i = token.close;
    }
  }
  return ranges;
}

/** Ranges between the commas outside brackets. */
export function commaParts(tokens: readonly Token[], from: number, to: number): [from: number, to: number][] {
  const parts: [number, number][] = [];
  let start = from;
  for (let i = from; i <= to; i++) {
    if (i === to || tokens[i].low === ',') {
      if (i > start) parts.push([start, i]);
      start = i + 1;
    } else if (tokens[i].close !== undefined) i = Math.min(tokens[i].close!, to - 1);
  }
  return parts;
}

export const isName = (token: Token | undefined): token is Token & { readonly kind: 'word' | 'quoted' } =>
  token !== undefined && (token.kind === 'word' || token.kind === 'quoted');

/** A dotted name that starts at `from`: its parts as written, '' for a hole, and where it ends. */
export function readName(tokens: readonly Token[], from: number, to: number): { parts: string[]; hole?: Token; end: number } | null {
  const parts: string[] = [];
  let at = from;
  for (;;) {
    const token = at < to ? tokens[at] : undefined;
    const isHole = token?.kind === 'hole' || token?.kind === 'bind';
    if (!token || !(isHole || isName(token))) return null;
    parts.push(token.text);
    at++;
    const next = at + 1 < to && tokens[at].low === '.' ? tokens[at + 1] : undefined;
    if (next && (isName(next) || next.kind === 'hole' || next.kind === 'bind')) at++;
    else return { parts, ...(isHole && { hole: token }), end: at };
  }
}
