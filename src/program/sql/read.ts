/**
 * A tolerant reader of SQL statements. It finds the clauses first and reads each within its bounds, so that a construct it does not
 * know leaves one clause unknown and the rest readable: text in code is full of dialects and of template expressions in any place.
 */
import { commaParts, isName, readName, statements, tokenize, type SqlPiece, type Token } from '../../schema/sql-tokens.ts';
import { clausesOf, DELETE_CLAUSES, INSERT_CLAUSES, SELECT_CLAUSES, SET_OPERATIONS, UPDATE_CLAUSES, type Clause } from './clauses.ts';
import { isOwnColumn, paramOf, readConditions, readExpression, readPrefix, type Scope } from './expression.ts';
import { callsIn, columnsIn, functionFacts, mentions } from './mentions.ts';
import { sourcesOf, type Source } from './sources.ts';
import type { SqlAssignment, SqlCondition, SqlExpr, SqlParam, SqlStatement } from './statement.ts';

/** The statements of a text; null when none can be told from it. */
export function readSql(source: string | readonly SqlPiece[]): SqlStatement[] | null {
  const tokens = tokenize(source);
  const reader = new Reader(tokens);
  const found = statements(tokens).flatMap(([from, to]) => reader.statement(from, to, new Set()));
  return found.length > 0 ? found : null;
}

/** A fragment that stands for a value: `count + 1`. Columns without a qualifier are the statement's own. */
export function readSqlExpression(source: string | readonly SqlPiece[]): SqlExpr {
  const tokens = tokenize(source);
  return readExpression(new Reader(tokens).scope(new Map()), 0, tokens.length);
}

/** A fragment that stands for a condition: `status = ? AND locked_at IS NULL`. */
export function readSqlCondition(source: string | readonly SqlPiece[]): Pick<SqlStatement, 'where' | 'whereUnknown' | 'whereColumns'> {
  const tokens = tokenize(source);
  const scope = new Reader(tokens).scope(new Map());
  const { where, unknown } = readConditions(scope, 0, tokens.length);
  return { where, whereUnknown: unknown, whereColumns: columnsIn(scope, 0, tokens.length) };
}

type Draft = { -readonly [K in keyof SqlStatement]: SqlStatement[K] };

const MAX_DEPTH = 40;
const OTHER = new Set(
  'create alter drop grant revoke explain analyze vacuum call exec execute do notify listen unlisten savepoint release pragma show use describe optimize values comment reindex refresh cluster discard prepare deallocate declare fetch close kill system attach detach'.split(
    ' ',
  ),
);

class Reader {
  /** Queries in brackets by the index of the bracket, so that none is read twice. */
  private readonly queries = new Map<number, SqlStatement[]>();
  private depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  scope(aliases: ReadonlyMap<string, string>, ctes: ReadonlySet<string> = new Set()): Scope {
    return { tokens: this.tokens, aliases, subquery: (open) => this.query(open, ctes)[0] ?? null };
  }

  private low(at: number): string {
    return this.tokens[at]?.low ?? '';
  }

  private query(open: number, ctes: ReadonlySet<string>): SqlStatement[] {
    const known = this.queries.get(open);
    if (known) return known;
    this.queries.set(open, []);
    const to = Math.min(this.tokens[open].close!, this.tokens.length);
    const read = this.statement(open + 1, to, ctes);
    this.queries.set(open, read);
    return read;
  }

  /** The statement between `from` and `to`, then those in its common table expressions that write. */
  statement(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    if (this.depth >= MAX_DEPTH || from >= to) return [];
    this.depth++;
    try {
      return this.low(from) === 'with' ? this.withClause(from, to, ctes) : this.single(from, to, ctes);
    } finally {
      this.depth--;
    }
  }

  private withClause(from: number, to: number, outer: ReadonlySet<string>): SqlStatement[] {
    const ctes = new Set(outer);
    const inner: SqlStatement[] = [];
    let at = from + (this.low(from + 1) === 'recursive' ? 2 : 1);
    for (;;) {
      const name = readName(this.tokens, at, to);
      if (!name) break;
      if (isName(this.tokens[at])) ctes.add(name.parts[0].toLowerCase());
      at = name.end;
      if (this.low(at) === '(') at = this.tokens[at].close! + 1;
      if (this.low(at) !== 'as') break;
      at++;
      if (this.low(at) === 'not') at++;
      if (this.low(at) === 'materialized') at++;
      if (this.low(at) !== '(') break;
      inner.push(...this.query(at, ctes));
      at = this.tokens[at].close! + 1;
      if (at < to && this.low(at) === ',') at++;
      else break;
    }
    while (at < to && !['select', 'insert', 'update', 'delete', 'merge', 'replace'].includes(this.low(at)))
      at = this.tokens[at].close !== undefined ? this.tokens[at].close! + 1 : at + 1;
    const [main, ...further] = this.statement(at, to, ctes);
    const writes = inner.filter((statement) => statement.kind !== 'select');
    if (!main) return writes;
    const merged: SqlStatement = withSubqueries(
      { ...main },
      [...inner.filter((statement) => statement.kind === 'select'), ...main.subqueries],
      ctes,
      writes,
    );
    return [merged, ...further, ...writes];
  }

  private single(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    const next = this.low(from + 1);
    switch (this.low(from)) {
      case '(':
        if (next !== 'select' && next !== 'with' && next !== '(') return [];
        return [this.select(from, to, ctes)];
      case 'select':
        return [this.select(from, to, ctes)];
      case 'insert':
      case 'replace':
      case 'merge':
        return this.insert(from, to, ctes);
      case 'update':
        return this.update(from, to, ctes);
      case 'delete':
        return this.delete(from, to, ctes);
      case 'truncate':
        return this.truncate(from, to, ctes);
      case 'alter':
        return next === 'table' ? this.mutation(from, to, ctes) : [this.draft('other', from, to)];
      case 'begin':
        if (from + 1 < to && !/^(?:transaction|work|isolation|tran|immediate|exclusive|deferred|concurrent|read)$/.test(next)) return [];
        return [
          { ...this.draft('begin', from, to), ...(/^(?:immediate|exclusive)$/.test(next) && { isolation: 'serializable' as const }) },
        ];
      case 'start':
        return next === 'transaction' ? [this.draft('begin', from, to)] : [];
      case 'commit':
      case 'end':
        return [this.draft('commit', from, to)];
      case 'rollback':
      case 'abort': {
        const toSavepoint = this.tokens.slice(from, to).some((token) => token.low === 'to');
        return [this.draft(toSavepoint ? 'other' : 'rollback', from, to)];
      }
      case 'lock':
        return this.lock(from, to);
      case 'set':
        if (
          !/^(?:transaction|session|local|global|names|role|search_path|constraints)$/.test(next) &&
          !/^(?:=|to|:=|\.)$/.test(this.low(from + 2))
        )
          return [];
        return [this.draft('other', from, to)];
      default:
        return OTHER.has(this.low(from)) && to - from > 1 ? [this.draft('other', from, to)] : [];
    }
  }

  private draft(kind: SqlStatement['kind'], from: number, to: number): Draft {
    const calls = callsIn(this.tokens, from, to);
    const isolation = this.isolation(from, to);
    return {
      kind,
      tables: [],
      set: [],
      setUnknown: false,
      where: [],
      whereUnknown: false,
      whereColumns: [],
      forUpdate: false,
      skipLocked: false,
      noWait: false,
      returning: false,
      orderBy: [],
      aggregates: [],
      calls,
      subqueries: [],
      ...(isolation && { isolation }),
      ...functionFacts(calls),
    };
  }

  private isolation(from: number, to: number): SqlStatement['isolation'] {
    for (let i = from; i + 2 < to; i++) {
      if (this.low(i) !== 'isolation' || this.low(i + 1) !== 'level') continue;
      const first = this.low(i + 2);
      if (first === 'serializable' || first === 'snapshot') return first;
      const name = `${first} ${this.low(i + 3)}`;
      if (name === 'repeatable read' || name === 'read committed' || name === 'read uncommitted') return name;
    }
    return undefined;
  }

  private select(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement {
    const operations = clausesOf(this.tokens, from, to, SET_OPERATIONS);
    if (operations.length > 0) return this.union(from, to, operations, ctes);
    if (this.low(from) === '(') {
      const inner = this.query(from, ctes)[0];
      return inner ?? this.draft('select', from, to);
    }
    const clauses = clausesOf(this.tokens, from, to, SELECT_CLAUSES);
    const draft = this.draft('select', from, to);
    const sources = this.sources(clauses.filter((clause) => clause.word === 'from').slice(0, 1), ctes);
    const scope = this.target(draft, sources, ctes);
    const list = clauses.find((clause) => clause.word === 'select');
    if (list) this.selectList(draft, scope, list);
    this.conditions(draft, scope, clauses, sources);
    this.tail(draft, scope, clauses);
    for (const clause of clauses) if (clause.word === 'for' || clause.word === 'lock') this.locking(draft, clause);
    return withSubqueries(draft, this.collect(from, to, ctes), ctes);
  }

  private union(from: number, to: number, operations: readonly Clause[], ctes: ReadonlySet<string>): SqlStatement {
    const parts: SqlStatement[] = [];
    let start = from;
    for (const end of [...operations.map((clause) => clause.at), to]) {
      while (start < end && ['all', 'distinct'].includes(this.low(start))) start++;
      parts.push(...this.statement(start, end, ctes));
      start = end + 1;
    }
    const draft = this.draft('select', from, to);
    const [first] = parts;
    const last = parts.at(-1);
    if (!first || !last) return draft;
    Object.assign(draft, {
      ...(first.table !== undefined && { table: first.table }),
      ...(first.tableParam && { tableParam: first.tableParam }),
    });
    draft.whereUnknown = true;
    draft.whereColumns = [...new Set(parts.flatMap((part) => part.whereColumns))];
    draft.orderBy = last.orderBy;
    if (last.limit !== undefined) draft.limit = last.limit;
    if (last.offset !== undefined) draft.offset = last.offset;
    return withSubqueries(draft, parts, ctes);
  }

  private selectList(draft: Draft, scope: Scope, list: Clause): void {
    let { from } = list;
    if (this.low(from) === 'distinct' || this.low(from) === 'all') from++;
    if (this.low(from) === 'on' && this.low(from + 1) === '(') from = this.tokens[from + 1].close! + 1;
    if (this.low(from) === 'top' && from + 1 < list.to) {
      draft.limit = this.amount(from + 1, from + 2);
      from += 2;
    }
    const columns: string[] = [];
    let plain = true;
    const aggregates: { fn: string; column?: string }[] = [];
    for (const [start, end] of commaParts(this.tokens, from, list.to)) {
      const { expr } = readPrefix(scope, start, end);
      if (typeof expr === 'object' && 'column' in expr && expr.column !== '*' && expr.column !== '') columns.push(expr.column);
      else plain = false;
      aggregatesIn(expr, aggregates);
    }
    if (plain && columns.length > 0) draft.columns = columns;
    draft.aggregates = aggregates;
  }

  private locking(draft: Draft, clause: Clause): void {
    for (let i = clause.from; i < clause.to; i++) {
      const low = this.low(i);
      if (low === 'update' && clause.word === 'for') draft.forUpdate = true;
      if (low === 'skip' && this.low(i + 1) === 'locked') draft.skipLocked = true;
      if (low === 'nowait') draft.noWait = true;
    }
  }

  private insert(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    let at = from + 1;
    let onConflict: SqlStatement['onConflict'] = this.low(from) === 'replace' ? REPLACE : undefined;
    for (
      ;
      [
        'low_priority',
        'high_priority',
        'delayed',
        'ignore',
        'or',
        'overwrite',
        'into',
        'table',
        'rollback',
        'abort',
        'fail',
        'replace',
      ].includes(this.low(at));
      at++
    ) {
      if (this.low(at) === 'ignore') onConflict = { action: 'nothing', target: [], where: false };
      if (this.low(at) === 'replace') onConflict = REPLACE;
      if (this.low(at) === 'into') {
        at++;
        break;
      }
    }
    const isInto = this.low(at - 1) === 'into';
    const name = readName(this.tokens, at, to);
    if (!name || (!isInto && this.low(from) !== 'insert')) return [];
    const clauses = clausesOf(this.tokens, name.end, to, INSERT_CLAUSES);
    if (!isInto && !clauses.some((clause) => ['values', 'with', 'select'].includes(clause.word))) return [];

    const draft = this.draft('insert', from, to);
    const sources: Source[] = [sourceOf(name)];
    at = name.end;
    if (this.low(at) === 'as' && isName(this.tokens[at + 1])) {
      sources[0].alias = this.tokens[at + 1].text;
      at += 2;
    }
    const scope = this.target(draft, sources, ctes, ['excluded', ...this.rowAlias(clauses)]);
    if (this.low(from) === 'merge') {
      draft.setUnknown = true;
      return [withSubqueries(draft, this.collect(at, to, ctes), ctes)];
    }
    if (this.low(at) === '(' && this.low(at + 1) !== 'select' && this.low(at + 1) !== 'with') {
      const columns = this.names(at);
      if (columns) draft.columns = columns;
    }
    const query = clauses.find((clause) => clause.word === 'select' || clause.word === 'with');
    const tail = clauses.find((clause) => clause.word === 'on' || clause.word === 'returning');
    const end = tail && (!query || tail.at > query.at) ? tail.at : to;
    const values = clauses.find((clause) => clause.word === 'values');
    if (values && (!query || values.at < query.at)) this.rows(draft, scope, values);
    const assigned = clauses.find((clause) => clause.word === 'set');
    if (assigned && !values && !query) {
      const set = this.assignments(scope, assigned.from, assigned.to);
      draft.columns = set.list.map((assignment) => assignment.column);
      draft.rows = [set.list.map((assignment) => assignment.expr)];
    }
    const conflict = clauses.find((clause) => clause.word === 'on' && clause.at >= (query?.at ?? 0));
    if (conflict) onConflict = this.onConflict(draft, scope, conflict, clauses, to) ?? onConflict;
    if (onConflict) draft.onConflict = onConflict;
    draft.returning = clauses.some((clause) => clause.word === 'returning' || clause.word === 'output');
    const queries = query
      ? [...this.collect(at, query.at, ctes), ...this.statement(query.at, end, ctes), ...this.collect(end, to, ctes)]
      : this.collect(at, to, ctes);
    return [withSubqueries(draft, queries, ctes)];
  }

  /** MySQL: `VALUES (…) AS new ON DUPLICATE KEY UPDATE`. */
  private rowAlias(clauses: readonly Clause[]): string[] {
    const values = clauses.find((clause) => clause.word === 'values');
    if (!values || this.low(values.to) !== 'on') return [];
    const at = values.to - 2;
    return this.low(at) === 'as' && isName(this.tokens[at + 1]) ? [this.tokens[at + 1].text.toLowerCase()] : [];
  }

  private rows(draft: Draft, scope: Scope, values: Clause): void {
    const rows: SqlExpr[][] = [];
    for (const [start] of commaParts(this.tokens, values.from, values.to)) {
      const at = this.low(start) === 'row' ? start + 1 : start;
      if (this.low(at) !== '(') return;
      const parts = commaParts(this.tokens, at + 1, Math.min(this.tokens[at].close!, values.to));
      rows.push(parts.map(([from, to]) => readExpression(scope, from, to)));
    }
    if (rows.length > 0) draft.rows = rows;
  }

  private onConflict(draft: Draft, scope: Scope, conflict: Clause, clauses: readonly Clause[], to: number): SqlStatement['onConflict'] {
    const end = clauses.find((clause) => clause.word === 'returning' && clause.at > conflict.at)?.at ?? to;
    let at = conflict.from;
    if (this.low(conflict.at + 1) === 'duplicate') {
      if (this.low(at) !== 'key' || this.low(at + 1) !== 'update') return undefined;
      this.assign(draft, scope, at + 2, end);
      return { action: 'update', target: [], where: false };
    }
    let target: string[] = [];
    let constraint: string | undefined;
    if (this.low(at) === 'on' && this.low(at + 1) === 'constraint') {
      constraint = this.tokens[at + 2]?.text;
      at += 3;
    } else if (this.low(at) === '(') {
      target = this.names(at) ?? columnsIn(scope, at + 1, Math.min(this.tokens[at].close!, end));
      at = Math.min(this.tokens[at].close! + 1, end);
    }
    while (at < end && this.low(at) !== 'do') at = this.tokens[at].close !== undefined ? this.tokens[at].close! + 1 : at + 1;
    const facts = { target, ...(constraint && { constraint }) };
    if (this.low(at + 1) === 'nothing') return { action: 'nothing', ...facts, where: false };
    if (this.low(at + 1) !== 'update') return undefined;
    const parts = clausesOf(this.tokens, at + 2, end, new Set(['set', 'where']));
    const set = parts.find((clause) => clause.word === 'set');
    if (set) this.assign(draft, scope, set.from, set.to);
    else draft.setUnknown = true;
    this.conditions(draft, scope, parts, []);
    return { action: 'update', ...facts, where: parts.some((clause) => clause.word === 'where') };
  }

  private update(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    let at = from + 1;
    while (['only', 'low_priority', 'ignore'].includes(this.low(at))) at++;
    if (this.low(at) === 'or') at += 2;
    const clauses = clausesOf(this.tokens, at, to, UPDATE_CLAUSES);
    const set = clauses[0];
    if (set?.word !== 'set') return [];
    const draft = this.draft('update', from, to);
    const own = sourcesOf(this.tokens, at, set.at);
    if (own.length === 0) return [];
    const further = this.sources(
      clauses.filter((clause) => clause.word === 'from'),
      ctes,
    );
    // SQL Server: UPDATE alias SET … FROM table AS alias
    const aliased = further.find((source) => source.alias !== undefined && own[0].name?.toLowerCase() === source.alias.toLowerCase());
    const sources = aliased ? [aliased, ...further.filter((source) => source !== aliased)] : [...own, ...further];
    const scope = this.target(draft, sources, ctes);
    this.assign(draft, scope, set.from, set.to);
    this.conditions(draft, scope, clauses, own);
    this.tail(draft, scope, clauses);
    return [withSubqueries(draft, this.collect(from, to, ctes), ctes)];
  }

  private delete(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    let at = from + 1;
    while (['low_priority', 'quick', 'ignore'].includes(this.low(at))) at++;
    const clauses = clausesOf(this.tokens, at, to, DELETE_CLAUSES);
    const fromClause = clauses[0];
    if (fromClause?.word !== 'from') return [];
    const draft = this.draft('delete', from, to);
    let own = this.sources([{ ...fromClause, from: this.low(fromClause.from) === 'only' ? fromClause.from + 1 : fromClause.from }], ctes);
    if (own.length === 0) return [];
    const named = fromClause.at > at && isName(this.tokens[at]) ? this.tokens[at].text.toLowerCase() : undefined; // MySQL: DELETE alias FROM …
    const chosen = named === undefined ? undefined : own.find((source) => (source.alias ?? source.name)?.toLowerCase() === named);
    if (chosen) own = [chosen, ...own.filter((source) => source !== chosen)];
    const scope = this.target(
      draft,
      [
        ...own,
        ...this.sources(
          clauses.filter((clause) => clause.word === 'using' || (clause.word === 'from' && clause !== fromClause)),
          ctes,
        ),
      ],
      ctes,
    );
    this.conditions(draft, scope, clauses, own);
    this.tail(draft, scope, clauses);
    return [withSubqueries(draft, this.collect(from, to, ctes), ctes)];
  }

  private truncate(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    let at = from + 1;
    while (['table', 'only', 'if', 'exists'].includes(this.low(at))) at++;
    const sources = sourcesOf(this.tokens, at, to);
    if (sources.length === 0) return [];
    const draft = this.draft('delete', from, to);
    this.target(draft, sources, ctes);
    return [draft];
  }

  /** ClickHouse: `ALTER TABLE t UPDATE a = 1 WHERE …`, `ALTER TABLE t DELETE WHERE …`. */
  private mutation(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    const name = readName(this.tokens, from + 2, to);
    const verb = name ? this.low(name.end) : '';
    if (!name || (verb !== 'update' && !(verb === 'delete' && this.low(name.end + 1) === 'where'))) return [this.draft('other', from, to)];
    const draft = this.draft(verb as 'update' | 'delete', from, to);
    const scope = this.target(draft, [sourceOf(name)], ctes);
    const clauses = clausesOf(this.tokens, name.end + 1, to, new Set(['where']));
    if (verb === 'update') this.assign(draft, scope, name.end + 1, clauses[0]?.at ?? to);
    this.conditions(draft, scope, clauses, []);
    return [withSubqueries(draft, this.collect(from, to, ctes), ctes)];
  }

  private lock(from: number, to: number): SqlStatement[] {
    const at = from + (this.low(from + 1) === 'table' || this.low(from + 1) === 'tables' ? 2 : 1);
    let end = at;
    while (end < to && this.low(end) !== 'in' && this.low(end) !== 'nowait') end++;
    if (at === from + 1 && end === to) return [];
    const draft = this.draft('lock', from, to);
    draft.noWait = this.tokens.slice(end, to).some((token) => token.low === 'nowait');
    this.target(draft, sourcesOf(this.tokens, this.low(at) === 'only' ? at + 1 : at, end), new Set());
    return [draft];
  }

  private sources(clauses: readonly Clause[], ctes: ReadonlySet<string>): Source[] {
    return clauses
      .flatMap((clause) => sourcesOf(this.tokens, clause.from, clause.to))
      .map((source) => (source.name !== undefined && ctes.has(source.name.toLowerCase()) ? { ...source, cte: true } : source));
  }

  /** Names the statement's table, the first of `sources` that is one, and says what each qualifier means. */
  private target(draft: Draft, sources: readonly Source[], ctes: ReadonlySet<string>, others: readonly string[] = []): Scope {
    const own = sources.find((source) => !source.cte && (source.name !== undefined || source.param));
    if (own?.name !== undefined) draft.table = own.name;
    if (own?.param) draft.tableParam = own.param;
    draft.tables = [...new Set(sources.flatMap((source) => (source.cte || source.name === undefined ? [] : [source.name])))];
    const aliases = new Map<string, string>();
    for (const other of others) aliases.set(other, 'excluded');
    for (const source of sources) {
      const table = source === own ? '' : (source.name ?? source.alias ?? '?');
      if (source.alias !== undefined) aliases.set(source.alias.toLowerCase(), table);
      else if (source.name !== undefined && !aliases.has(source.name.toLowerCase())) aliases.set(source.name.toLowerCase(), table);
    }
    return this.scope(aliases, ctes);
  }

  private conditions(draft: Draft, scope: Scope, clauses: readonly Clause[], joined: readonly Source[]): void {
    const where: SqlCondition[] = [];
    const columns: string[] = [];
    for (const clause of clauses) {
      if (clause.word === 'having' || clause.word === 'qualify') draft.whereUnknown = true;
      if (clause.word !== 'where' && clause.word !== 'prewhere') continue;
      const read = readConditions(scope, clause.from, clause.to);
      where.push(...read.where);
      columns.push(...columnsIn(scope, clause.from, clause.to));
      draft.whereUnknown ||= read.unknown;
    }
    draft.where = where;
    draft.whereColumns = [...new Set(columns)];
    draft.whereUnknown ||= joined.some((source) => source.restricts);
  }

  private tail(draft: Draft, scope: Scope, clauses: readonly Clause[]): void {
    for (const clause of clauses) {
      if (clause.word === 'returning' || clause.word === 'output') draft.returning = true;
      else if (clause.word === 'order') draft.orderBy = this.orderBy(scope, clause);
      else if (clause.word === 'offset')
        draft.offset = this.amount(clause.from, this.low(clause.to - 1).startsWith('row') ? clause.to - 1 : clause.to);
      else if (clause.word === 'fetch')
        draft.limit = this.tokens[clause.from]?.low.startsWith('row') ? 1 : this.amount(clause.from, clause.from + 1);
      else if (clause.word === 'limit' && this.low(clause.from) !== 'all') {
        const [first, second] = commaParts(this.tokens, clause.from, clause.to);
        if (!first) continue;
        if (second) draft.offset = this.amount(...first); // MySQL: LIMIT offset, count
        draft.limit = this.amount(...(second ?? first));
      }
    }
  }

  private orderBy(scope: Scope, clause: Clause): { column: string; desc: boolean }[] {
    return commaParts(this.tokens, clause.from, clause.to).map(([from, end]) => {
      let to = end;
      if (this.low(to - 2) === 'nulls') to -= 2;
      const desc = this.low(to - 1) === 'desc';
      if (desc || this.low(to - 1) === 'asc') to--;
      const expr = readExpression(scope, from, to);
      return { column: isOwnColumn(expr) ? expr.column : '', desc };
    });
  }

  private amount(from: number, to: number): number | SqlParam | 'unknown' {
    if (to - from === 3 && this.low(from) === '(') return this.amount(from + 1, to - 1);
    if (this.low(from + 1) === '::') to = from + 1;
    const token = this.tokens[from];
    if (to - from !== 1 || !token) return 'unknown';
    return token.kind === 'number' ? Number(token.text) : (paramOf(token) ?? 'unknown');
  }

  private assign(draft: Draft, scope: Scope, from: number, to: number): void {
    const { list, unknown } = this.assignments(scope, from, to);
    draft.set = list;
    draft.setUnknown ||= unknown;
  }

  private assignments(scope: Scope, from: number, to: number): { list: SqlAssignment[]; unknown: boolean } {
    const list: SqlAssignment[] = [];
    let unknown = from >= to;
    for (const [start, end] of commaParts(this.tokens, from, to)) {
      if (this.low(start) === '(') {
        const names = this.names(start);
        const at = Math.min(this.tokens[start].close! + 1, end);
        if (!names || this.low(at) !== '=') unknown = true;
        else list.push(...this.rowAssignment(scope, names, at + 1, end));
        continue;
      }
      const name = readName(this.tokens, start, end);
      const isSet = name && (this.low(name.end) === '=' || this.low(name.end) === ':=');
      const qualifier = name && name.parts.length > 1 ? name.parts.at(-2)!.toLowerCase() : '';
      if (!name || !isSet || (qualifier !== '' && scope.aliases.get(qualifier))) {
        unknown = true; // a template expression, or a column of another table
        continue;
      }
      const column = name.parts.at(-1)!;
      const columnParam = name.hole && paramOf(name.hole);
      if (column === '' && !columnParam) unknown = true;
      else
        list.push({
          column,
          ...(columnParam && { columnParam }),
          expr: readExpression(scope, name.end + 1, end),
          selfReference: column !== '' && mentions(scope, column, name.end + 1, end),
        });
    }
    return { list, unknown };
  }

  private rowAssignment(scope: Scope, names: readonly string[], from: number, to: number): SqlAssignment[] {
    const at = this.low(from) === 'row' ? from + 1 : from;
    const isRow = this.low(at) === '(' && this.tokens[at].close === to - 1 && this.low(at + 1) !== 'select';
    const parts = isRow ? commaParts(this.tokens, at + 1, to - 1) : [];
    return names.map((column, i) => {
      const [start, end] = parts[i] ?? [from, to];
      return { column, expr: parts[i] ? readExpression(scope, start, end) : 'unknown', selfReference: mentions(scope, column, start, end) };
    });
  }

  /** Plain names in the brackets that open at `open`; null when anything else stands there. */
  private names(open: number): string[] | null {
    const names: string[] = [];
    for (const [from, to] of commaParts(this.tokens, open + 1, Math.min(this.tokens[open].close!, this.tokens.length))) {
      const name = readName(this.tokens, from, to);
      if (!name || name.end !== to || name.parts.at(-1) === '') return null;
      names.push(name.parts.at(-1)!);
    }
    return names;
  }

  /** The outermost queries in brackets between `from` and `to`. */
  private collect(from: number, to: number, ctes: ReadonlySet<string>): SqlStatement[] {
    const found: SqlStatement[] = [];
    for (let i = from; i < to; i++) {
      if (this.low(i) !== '(' || (this.low(i + 1) !== 'select' && this.low(i + 1) !== 'with')) continue;
      found.push(...this.query(i, ctes).slice(0, 1));
      i = this.tokens[i].close!;
    }
    return found;
  }
}

const REPLACE: SqlStatement['onConflict'] = { action: 'update', target: [], where: false, replaces: true };

const sourceOf = (name: NonNullable<ReturnType<typeof readName>>): Source => {
  const last = name.parts.at(-1)!;
  const param = name.hole && paramOf(name.hole);
  return { ...(last !== '' && { name: last }), ...(param && { param }), restricts: false };
};

/** Adds what the queries inside contribute: their tables and, as they run in the same statement, their locks. */
function withSubqueries(
  draft: Draft,
  subqueries: readonly SqlStatement[],
  ctes: ReadonlySet<string>,
  further: readonly SqlStatement[] = [],
): SqlStatement {
  draft.subqueries = subqueries;
  const all = [...subqueries, ...further];
  draft.tables = [...new Set([...draft.tables, ...all.flatMap((query) => query.tables)])].filter((table) => !ctes.has(table.toLowerCase()));
  if (draft.kind === 'select' && draft.table === undefined && draft.tableParam === undefined) {
    // FROM names only queries: the rows come from the table of the first
    const inner = subqueries.find((query) => query.table !== undefined);
    if (inner && draft.tables.length === 1) draft.table = inner.table;
    if (inner) draft.whereUnknown = true;
  }
  for (const query of subqueries) {
    draft.forUpdate ||= query.forUpdate;
    draft.skipLocked ||= query.skipLocked;
    draft.noWait ||= query.noWait;
  }
  const lock = subqueries.find((query) => query.advisoryLock);
  if (lock && !draft.advisoryLock) {
    draft.advisoryLock = lock.advisoryLock;
    if (lock.advisoryTry) draft.advisoryTry = true;
  }
  return draft;
}

function aggregatesIn(expr: SqlExpr, found: { fn: string; column?: string }[]): void {
  if (typeof expr !== 'object') return;
  if ('call' in expr && ['count', 'sum', 'min', 'max', 'avg'].includes(expr.call)) {
    const [argument] = expr.args;
    found.push({
      fn: expr.call,
      ...(typeof argument === 'object' && 'column' in argument && argument.column !== '*' && { column: argument.column }),
    });
  } else if ('args' in expr) for (const argument of expr.args) aggregatesIn(argument, found);
}
