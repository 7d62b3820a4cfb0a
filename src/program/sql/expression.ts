/** Expressions and conditions. Every reading is bounded by a token range, so what is not understood spoils no more than its own part. */
import { commaParts, isName, readName, type Token } from '../../schema/sql-tokens.ts';
import type { SqlCondition, SqlExpr, SqlParam, SqlStatement, SqlValue } from './statement.ts';

/** What an expression needs to know of the statement around it. */
export interface Scope {
  readonly tokens: readonly Token[];
  /** Alias or name, in lower case, to table; the statement's own table is ''. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Reads the query in the brackets that open at `open`. */
  subquery(open: number): SqlStatement | null;
}

const MAX_DEPTH = 100;
const PRECEDENCE: Readonly<Record<string, number>> = {
  or: 1, xor: 1, and: 2, '=': 4, '<': 4, '>': 4, '<=': 4, '>=': 4, '<>': 4, '!=': 4, '<=>': 4, ':=': 4, '~': 4, '~*': 4, '!~': 4, '!~*': 4,
  '->': 8, '->>': 8, '#>': 8, '#>>': 8, '#-': 5, '@>': 5, '<@': 5, '@@': 5, '@?': 5, '?': 5, '?|': 5, '?&': 5, '||': 5, '&&': 5, '&': 5, '|': 5,
  '#': 5, '<<': 5, '>>': 5, '+': 6, '-': 6, '*': 7, '/': 7, '%': 7, div: 7, mod: 7, '^': 8,
}; // prettier-ignore
const COMPARISON = 4;
const OPERATOR = 5;
const CONSTANT_CALLS = new Set(
  'current_timestamp current_date current_time current_user session_user user localtime localtimestamp default sysdate utc_timestamp'.split(
    ' ',
  ),
);
/** Words that end an expression rather than start one. */
const RESERVED = new Set(
  'select from where group having order limit union intersect except on using join inner left right full cross and or then else end when as asc desc set returning values into is in like between for'.split(
    ' ',
  ),
);

export function readExpression(scope: Scope, from: number, to: number): SqlExpr {
  const { expr, end } = readPrefix(scope, from, to);
  return end === to ? expr : 'unknown';
}

/** The expression that starts at `from`, and where it ends. */
export function readPrefix(scope: Scope, from: number, to: number): { expr: SqlExpr; end: number } {
  const parser = new Parser(scope, from, to);
  const expr = parser.expression(0);
  return parser.failed ? { expr: 'unknown', end: from } : { expr, end: parser.at };
}

class Parser {
  failed = false;
  private depth = 0;
  private readonly tokens: readonly Token[];

  constructor(
    private readonly scope: Scope,
    public at: number,
    private to: number,
  ) {
    this.tokens = scope.tokens;
  }

  private low(ahead = 0): string {
    return this.at + ahead < this.to ? this.tokens[this.at + ahead].low : '';
  }

  private accept(...words: string[]): boolean {
    if (!words.every((word, i) => this.low(i) === word)) return false;
    this.at += words.length;
    return true;
  }

  private fail(): SqlExpr {
    this.failed = true;
    return 'unknown';
  }

  expression(min: number): SqlExpr {
    if (this.depth >= MAX_DEPTH) return this.fail();
    this.depth++;
    let left = this.prefix();
    for (; !this.failed && this.at < this.to;) {
      const next = this.infix(left, min);
      if (next === null) break;
      left = next;
    }
    this.depth--;
    return left;
  }

  private prefix(): SqlExpr {
    if (this.at >= this.to) return this.fail();
    const token = this.tokens[this.at];
    switch (token.kind) {
      case 'string':
        this.at++;
        return token.cut ? 'unknown' : { literal: token.text };
      case 'number':
        this.at++;
        return { literal: Number(token.text) };
      case 'op':
        return this.prefixOperator(token);
      case 'hole':
      case 'bind':
        if (!token.forName && this.low(1) !== '.' && this.low(1) !== '(') {
          this.at++;
          return paramOf(token)!;
        }
        return this.nameOrCall();
      default:
        return this.word(token);
    }
  }

  private prefixOperator(token: Token): SqlExpr {
    if (token.low === '(') return this.brackets();
    if (token.low === '[') return { list: this.group().map(([from, to]) => this.inner(from, to)) };
    if (token.low === '*') {
      this.at++;
      return { column: '*' };
    }
    if (['-', '+', '~', '!', '@', '|/'].includes(token.low)) {
      this.at++;
      const operand = this.expression(7);
      if (typeof operand === 'object' && 'literal' in operand && typeof operand.literal === 'number' && token.low === '-')
        return { literal: -operand.literal };
      return token.low === '+' ? operand : { op: token.low, args: [operand] };
    }
    return this.fail();
  }

  private brackets(): SqlExpr {
    const open = this.at;
    const first = this.tokens[open + 1]?.low;
    if (first === 'select' || first === 'with') {
      this.at = Math.min(this.tokens[open].close! + 1, this.to);
      const subquery = this.scope.subquery(open);
      return subquery ? { subquery } : 'unknown';
    }
    const parts = this.group();
    if (parts.length === 1) return this.inner(...parts[0]);
    return { list: parts.map(([from, to]) => this.inner(from, to)) };
  }

  /** Parts between the commas of the brackets at the cursor, which moves behind them. */
  private group(): [number, number][] {
    const close = Math.min(this.tokens[this.at].close!, this.to);
    const parts = commaParts(this.tokens, this.at + 1, close);
    this.at = Math.min(close + 1, this.to);
    return parts;
  }

  private inner(from: number, to: number): SqlExpr {
    if (this.depth >= MAX_DEPTH) return 'unknown';
    const inner = new Parser(this.scope, from, to);
    inner.depth = this.depth + 1;
    const expr = inner.expression(0);
    return inner.at === to && !inner.failed ? expr : 'unknown';
  }

  private word(token: Token): SqlExpr {
    const { low } = token;
    if (this.accept('not')) return { op: 'not', args: [this.expression(3)] };
    if (this.accept('true')) return { literal: true };
    if (this.accept('false')) return { literal: false };
    if (this.accept('null')) return { literal: null };
    if (low === 'case') return this.caseOf();
    if (CONSTANT_CALLS.has(low) && this.low(1) !== '.' && this.low(1) !== '(') {
      this.at++;
      return { call: low, args: [] };
    }
    if (low === 'exists' && this.low(1) === '(') {
      this.at++;
      return { call: 'exists', args: [this.brackets()] };
    }
    if (low === 'interval' && this.low(1) !== '(') return this.interval();
    if (low === 'array' && this.low(1) === '[') {
      this.at++;
      return this.prefixOperator(this.tokens[this.at]);
    }
    if (token.kind === 'word' && this.at + 1 < this.to && this.tokens[this.at + 1].kind === 'string') {
      this.at++; // a typed string: DATE '…', E'…'
      return this.prefix();
    }
    if (RESERVED.has(low) && !(this.low(1) === '(' && ['left', 'right', 'values'].includes(low))) return this.fail();
    return this.nameOrCall();
  }

  private interval(): SqlExpr {
    this.at++;
    const amount = this.prefix();
    if (/^(?:microsecond|second|minute|hour|day|week|month|quarter|year)s?$/.test(this.low())) this.at++;
    return { call: 'interval', args: [amount] };
  }

  private caseOf(): SqlExpr {
    this.at++;
    const args: SqlExpr[] = [];
    while (this.at < this.to && !this.failed) {
      if (this.accept('end')) return { op: 'case', args };
      if (this.accept('when') || this.accept('then') || this.accept('else')) continue;
      args.push(this.expression(0));
    }
    return this.fail();
  }

  private nameOrCall(): SqlExpr {
    const start = this.tokens[this.at];
    const name = readName(this.tokens, this.at, this.to);
    if (!name) return this.fail();
    this.at = name.end;
    if (this.low() === '(') {
      const call = (isName(this.tokens[name.end - 1]) ? this.tokens[name.end - 1].text : '').toLowerCase();
      if (call === 'cast' || call === 'try_cast' || call === 'convert') return this.cast();
      const args = this.isSubquery() ? [this.brackets()] : this.group().map(([from, to]) => this.argument(from, to));
      this.callSuffix();
      return { call, args };
    }
    if (this.low() === '.' && this.low(1) === '*') {
      this.at += 2;
      return { column: '*' };
    }
    return this.columnOf(name.parts, name.hole ?? (name.parts.length === 1 ? undefined : start));
  }

  private isSubquery(): boolean {
    return this.low(1) === 'select' || this.low(1) === 'with';
  }

  private argument(from: number, to: number): SqlExpr {
    if (['distinct', 'all', 'variadic'].includes(this.tokens[from].low)) from++;
    return from < to ? this.inner(from, to) : 'unknown';
  }

  /** `CAST (x AS type)` is x. */
  private cast(): SqlExpr {
    const open = this.at;
    const close = Math.min(this.tokens[open].close!, this.to);
    this.at = Math.min(close + 1, this.to);
    let end = open + 1;
    while (end < close && !['as', 'using', ','].includes(this.tokens[end].low))
      end = this.tokens[end].close !== undefined ? Math.min(this.tokens[end].close! + 1, close) : end + 1;
    return this.inner(open + 1, end);
  }

  /** `FILTER (…)`, `OVER (…)`, `WITHIN GROUP (…)`. */
  private callSuffix(): void {
    for (;;) {
      if (this.low() === 'over' && this.low(1) !== '(' && isName(this.tokens[this.at + 1])) this.at += 2;
      else if ((this.low() === 'filter' || this.low() === 'over') && this.low(1) === '(') (this.at++, this.group());
      else if (this.low() === 'within' && this.low(1) === 'group' && this.low(2) === '(') ((this.at += 2), this.group());
      else return;
    }
  }

  private columnOf(parts: readonly string[], hole: Token | undefined): SqlExpr {
    const column = parts.at(-1)!;
    const param = column === '' && hole ? paramOf(hole) : undefined;
    if (column === '' && !param) return 'unknown';
    const qualifier = parts.length > 1 ? parts.at(-2)!.toLowerCase() : '';
    const table = qualifier === '' ? '' : (this.scope.aliases.get(qualifier) ?? parts.at(-2)!);
    return { column, ...(table !== '' && { table }), ...(param && { columnParam: param }) };
  }

  /** The next operator applied to `left`, or null when none binds as tightly as asked. */
  private infix(left: SqlExpr, min: number): SqlExpr | null {
    const low = this.low();
    if (low === '::') {
      this.at++;
      this.type();
      return left;
    }
    if (low === '[') {
      const index = this.group().map(([from, to]) => this.inner(from, to));
      return { op: 'index', args: [left, ...index] };
    }
    if (low === '.' && isName(this.tokens[this.at + 1])) {
      this.at += 2;
      return { op: '.', args: [left] };
    }
    if (low === 'collate') {
      this.at++;
      const name = readName(this.tokens, this.at, this.to);
      this.at = name?.end ?? this.at;
      return name ? left : this.fail();
    }
    if (low === 'at' && this.low(1) === 'time' && this.low(2) === 'zone') {
      this.at += 3;
      return { op: 'at time zone', args: [left, this.expression(8)] };
    }
    if (min <= COMPARISON) {
      const predicate = this.predicate(left);
      if (predicate !== null) return predicate;
    }
    const precedence = Object.hasOwn(PRECEDENCE, low) ? PRECEDENCE[low] : undefined;
    if (precedence === undefined || precedence < min || this.at >= this.to) return null;
    this.at++;
    const right = this.expression(precedence + 1);
    return { op: low === '<>' ? '!=' : low === '<=>' ? '=' : low, args: [left, right] };
  }

  /** Type name behind `::`. */
  private type(): void {
    const name = readName(this.tokens, this.at, this.to);
    if (!name) {
      this.fail();
      return;
    }
    this.at = name.end;
    if (['double', 'character', 'bit'].includes(this.tokens[this.at - 1].low)) if (['precision', 'varying'].includes(this.low())) this.at++;
    if (this.low() === '(') this.group();
    if ((this.low() === 'with' || this.low() === 'without') && this.low(1) === 'time' && this.low(2) === 'zone') this.at += 3;
    while (this.low() === '[') this.group();
  }

  private predicate(left: SqlExpr): SqlExpr | null {
    const start = this.at;
    if (this.accept('isnull')) return { op: 'is null', args: [left] };
    if (this.accept('notnull')) return { op: 'is not null', args: [left] };
    if (this.accept('is')) {
      const not = this.accept('not') ? 'not ' : '';
      if (this.accept('null')) return { op: `is ${not}null`, args: [left] };
      if (this.accept('true')) return { op: not ? '!=' : '=', args: [left, { literal: true }] };
      if (this.accept('false')) return { op: not ? '!=' : '=', args: [left, { literal: false }] };
      if (this.accept('distinct', 'from')) return { op: not ? '=' : '!=', args: [left, this.expression(OPERATOR)] };
      if (this.low() === 'unknown' || this.low() === 'json') {
        this.at++;
        return { op: `is ${not}${this.tokens[this.at - 1].low}`, args: [left] };
      }
      return { op: not ? '!=' : '=', args: [left, this.expression(OPERATOR)] }; // SQLite: IS ?
    }
    const not = this.accept('not') ? 'not ' : '';
    if (this.accept('in')) {
      if (this.low() !== '(') return { op: `${not}in`, args: [left, this.prefix()] };
      if (this.isSubquery()) return { op: `${not}in`, args: [left, this.brackets()] };
      const parts = this.group();
      return { op: `${not}in`, args: [left, { list: parts.map(([from, to]) => this.inner(from, to)) }] };
    }
    if (this.accept('between')) {
      this.accept('symmetric');
      const low = this.expression(OPERATOR);
      if (!this.accept('and')) return this.fail();
      return { op: `${not}between`, args: [left, low, this.expression(OPERATOR)] };
    }
    for (const word of ['like', 'ilike', 'rlike', 'regexp', 'glob', 'match', 'overlaps']) {
      if (!this.accept(word)) continue;
      const right = this.expression(OPERATOR);
      if (this.accept('escape')) this.prefix();
      return { op: `${not}${word}`, args: [left, right] };
    }
    if (this.accept('similar', 'to')) return { op: `${not}similar to`, args: [left, this.expression(OPERATOR)] };
    this.at = start;
    return null;
  }
}

export function paramOf(token: Token | undefined): SqlParam | undefined {
  if (token?.kind === 'hole') return { param: token.param! };
  return token?.kind === 'bind' ? { bind: token.bind! } : undefined;
}

export interface Conditions {
  where: SqlCondition[];
  unknown: boolean;
}

/** The conjuncts between `from` and `to`. Alternatives, other tables' columns and what does not read leave `unknown`. */
export function readConditions(scope: Scope, from: number, to: number, depth = 0): Conditions {
  const result: Conditions = { where: [], unknown: false };
  if (from >= to) return result;
  const { tokens } = scope;
  if (tokens[from].low === '(' && tokens[from].close === to - 1 && depth < MAX_DEPTH) {
    const first = tokens[from + 1].low;
    if (first !== 'select' && first !== 'with') return readConditions(scope, from + 1, to - 1, depth + 1);
  }
  const parts = conjuncts(tokens, from, to);
  if (!parts) return { where: [], unknown: true };
  for (const [start, end] of parts) {
    if (parts.length > 1 && tokens[start]?.low === '(') {
      const inner = readConditions(scope, start, end, depth + 1);
      result.where.push(...inner.where);
      result.unknown ||= inner.unknown;
      continue;
    }
    const parser = new Parser(scope, start, end);
    const conditions = toConditions(parser.expression(0));
    // a template expression behind a condition adds to it
    const cut = parser.at < end && (parser.failed || tokens[parser.at].kind !== 'hole');
    if (cut || parser.failed || conditions === null) result.unknown = true;
    else {
      result.where.push(...conditions);
      result.unknown ||= parser.at < end;
    }
  }
  return result;
}

/** Ranges between the ANDs of the outermost level; null when there is an OR. */
function conjuncts(tokens: readonly Token[], from: number, to: number): [number, number][] | null {
  const parts: [number, number][] = [];
  let start = from;
  let cases = 0;
  let between = 0;
  for (let i = from; i < to; i++) {
    const { low, close } = tokens[i];
    if (close !== undefined) i = Math.min(close, to);
    else if (low === 'case') cases++;
    else if (low === 'end' && cases > 0) cases--;
    else if (cases > 0) continue;
    else if (low === 'or' || low === 'xor') return null;
    else if (low === 'between') between++;
    else if (low === 'and' && between > 0) between--;
    else if (low === 'and') {
      parts.push([start, i]);
      start = i + 1;
    }
  }
  parts.push([start, to]);
  return parts;
}

const FLIPPED: Readonly<Record<string, string>> = { '=': '=', '!=': '!=', '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

function toConditions(expr: SqlExpr): SqlCondition[] | null {
  if (typeof expr !== 'object') return null;
  if ('literal' in expr) return expr.literal === true || expr.literal === 1 ? [] : null;
  if (isOwnColumn(expr)) return [condition(expr, '=', { literal: true })];
  if (!('op' in expr)) return null;
  const [left, right] = expr.args;
  if (expr.op === 'not') return isOwnColumn(left) ? [condition(left, '=', { literal: false })] : null;
  if (expr.op === 'is null' || expr.op === 'is not null') return isOwnColumn(left) ? [condition(left, expr.op, { literal: null })] : null;
  if (expr.op === '=' && isList(left) && isList(right) && left.list.length === right.list.length) {
    const pairs = left.list.map((item, i) => toConditions({ op: '=', args: [item, right.list[i]] }));
    return pairs.every((pair) => pair !== null) ? pairs.flat() : null;
  }
  if (right === undefined || expr.op === 'and' || expr.op === 'or' || expr.op === 'case' || expr.op === 'index') return null;
  if (isNameLike(left) && !('param' in left && isOwnColumn(right))) {
    const member =
      expr.op === '=' && typeof right === 'object' && 'call' in right && (right.call === 'any' || right.call === 'some') ? right : null;
    if (member) return [condition(left, 'in', valueOf(member.args[0]))];
    return isCondition(expr.op) ? [condition(left, expr.op, expr.args.length > 2 ? 'unknown' : valueOf(right))] : null;
  }
  const flipped = FLIPPED[expr.op];
  return flipped && isNameLike(right) ? [condition(right, flipped, valueOf(left))] : null;
}

/** Arithmetic on a column says nothing by itself. */
const isCondition = (op: string): boolean =>
  !['+', '-', '*', '/', '%', '||', '->', '->>', '#>', '#>>', '.', 'at time zone', ':='].includes(op);

const isList = (expr: SqlExpr | undefined): expr is { list: readonly SqlExpr[] } => typeof expr === 'object' && 'list' in expr;
export const isOwnColumn = (expr: SqlExpr | undefined): expr is SqlValue & { column: string } =>
  typeof expr === 'object' && 'column' in expr && expr.table === undefined && expr.column !== '*';
/** A column of the statement's table, or the template expression that stands for one on the left of a comparison. */
const isNameLike = (expr: SqlExpr | undefined): expr is SqlValue => isOwnColumn(expr) || (typeof expr === 'object' && 'param' in expr);

function condition(column: SqlValue, op: string, value: SqlValue | 'unknown'): SqlCondition {
  if ('column' in column) return { column: column.column, ...(column.columnParam && { columnParam: column.columnParam }), op, value };
  return { column: '', columnParam: column as SqlParam, op, value };
}

const valueOf = (expr: SqlExpr | undefined): SqlValue | 'unknown' =>
  typeof expr === 'object' && ('param' in expr || 'bind' in expr || 'literal' in expr || 'column' in expr) ? expr : 'unknown';
