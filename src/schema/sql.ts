/**
 * Schema changes stated in SQL, in any of the usual dialects. Statements and clauses that do not read are passed over: nothing is
 * concluded from them.
 */
import type { TableFacts, UniqueKey } from '../vocabulary/schema.ts';
import { applyChanges, type SchemaChange } from './changes.ts';
import { commaParts, isName, readName, statements, tokenize, type SqlPiece, type Token } from './sql-tokens.ts';

export function readSqlSchema(text: string, file: string): TableFacts[] {
  return applyChanges([{ file, changes: readSqlChanges(text) }]);
}

/** @param line Line at which the text starts in its file. */
export function readSqlChanges(source: string | readonly SqlPiece[], line = 1): SchemaChange[] {
  const sql = typeof source === 'string' ? withoutUndo(source) : source;
  const tokens = tokenize(sql);
  const lineAt = typeof sql === 'string' ? lineCounter(sql, line) : () => line;
  return statements(tokens).flatMap(([from, to]) => new Statement(tokens, from, to, lineAt(tokens[from].start)).changes());
}

/** dbmate, goose and sql-migrate keep the undo statements in the same file. */
function withoutUndo(text: string): string {
  if (!/^\s*--\s*(?:migrate:down|\+(?:goose|migrate)\s+Down)/im.test(text)) return text;
  let down = false;
  return text
    .split('\n')
    .map((line) => {
      const marker = /^\s*--\s*(?:migrate:|\+(?:goose|migrate)\s+)(up|down)/i.exec(line)?.[1].toLowerCase();
      if (marker) down = marker === 'down';
      return down ? '' : line;
    })
    .join('\n');
}

/** Offsets must be asked in ascending order. */
function lineCounter(text: string, first: number): (offset: number) => number {
  let line = first;
  let at = 0;
  return (offset) => {
    for (; at < offset; at++) if (text[at] === '\n') line++;
    return line;
  };
}

/** Engines of MySQL that keep a key unique; ClickHouse's do not, whatever they call primary key. */
const KEEPING_ENGINES = new Set(['innodb', 'myisam', 'memory', 'aria', 'ndb', 'ndbcluster', 'rocksdb', 'tokudb', 'heap']);

class Statement {
  private at: number;
  private engine: string | undefined;

  constructor(
    private readonly tokens: readonly Token[],
    from: number,
    private readonly to: number,
    private readonly line: number,
  ) {
    this.at = from;
  }

  changes(): SchemaChange[] {
    if (this.accept('do')) return this.block();
    if (this.accept('create')) return this.create();
    if (this.accept('alter')) return this.accept('table') ? this.alterTable() : this.accept('index') ? this.alterIndex() : [];
    if (this.accept('drop')) return this.drop();
    if (this.accept('select', 'create_distributed_table')) return this.distribute();
    return [];
  }

  private low(ahead = 0): string {
    return this.at + ahead < this.to ? this.tokens[this.at + ahead].low : '';
  }

  private accept(...words: string[]): boolean {
    if (!words.every((word, i) => this.low(i) === word)) return false;
    this.at += words.length;
    return true;
  }

  private skip(...words: string[]): void {
    while (words.includes(this.low()) && this.low() !== '') this.at++;
  }

  private name(): string | null {
    const name = readName(this.tokens, this.at, this.to);
    if (!name) return null;
    this.at = name.end;
    return name.parts.at(-1) === '' ? null : name.parts.filter((part) => part !== '').join('.');
  }

  /** The bracket group at the cursor, which moves behind it. */
  private group(): [from: number, to: number] | null {
    if (this.low() !== '(') return null;
    const from = this.at + 1;
    const to = Math.min(this.tokens[this.at].close!, this.to);
    this.at = Math.min(to + 1, this.to);
    return [from, to];
  }

  /** `DO $$ … $$`: the statements inside, whatever condition stands around them. */
  private block(): SchemaChange[] {
    const body = this.tokens.slice(this.at, this.to).find((token) => token.kind === 'string');
    if (!body) return [];
    const tokens = tokenize(body.text);
    return statements(tokens).flatMap(([from, to]) => {
      let start = from;
      for (let i = from; i < to; i++) if (tokens[i].low === 'begin' || tokens[i].low === 'then' || tokens[i].low === 'else') start = i + 1;
      return start < to ? new Statement(tokens, start, to, this.line).changes() : [];
    });
  }

  private create(): SchemaChange[] {
    this.skip('or', 'replace', 'global', 'local', 'temp', 'temporary', 'unlogged', 'foreign', 'external');
    if (this.accept('table')) return this.createTable();
    if (this.accept('unique')) {
      this.skip('clustered', 'nonclustered');
      if (this.accept('index')) return this.createUniqueIndex();
    }
    return [];
  }

  private createTable(): SchemaChange[] {
    this.accept('if', 'not', 'exists');
    const table = this.name();
    const body = this.group();
    if (!table || !body) return [];
    const columns: string[] = [];
    let keys: UniqueKey[] = [];
    for (const [from, to] of commaParts(this.tokens, ...body)) {
      const item = new Statement(this.tokens, from, to, this.line);
      const key = item.constraint();
      if (key) keys.push(key);
      else if (key === null) {
        const column = item.column();
        if (column) (columns.push(column.name), keys.push(...column.keys));
      }
    }
    if (!this.keepsUnique()) keys = [];
    const parted = this.partitions(columns);
    return [{ kind: 'create', table, columns, keys, line: this.line }, ...(parted.length === 0 ? [] : [{ kind: 'shard' as const, table, by: parted, line: this.line }])];
  }

  /** Citus: `SELECT create_distributed_table('orders', 'tenant_id')`. */
  private distribute(): SchemaChange[] {
    const group = this.group();
    const [table, column] = (group === null ? [] : commaParts(this.tokens, ...group)).map(([from]) => this.tokens[from]);
    if (table?.kind !== 'string' || column?.kind !== 'string') return [];
    return [{ kind: 'shard', table: table.text.split('.').at(-1)!, by: [column.text], line: this.line }];
  }

  /** Columns of the `PARTITION BY` of a ClickHouse table: an insert makes a part of its own in each partition that it touches. */
  private partitions(columns: readonly string[]): string[] {
    if (this.engine?.endsWith('mergetree') !== true) return [];
    const named = new Set<string>();
    for (let inside = false; this.at < this.to; this.at++) {
      if (this.accept('partition', 'by')) inside = true;
      if (inside && ['order', 'primary', 'sample', 'ttl', 'settings'].includes(this.low())) break;
      if (inside && this.at < this.to) named.add(this.tokens[this.at].text);
    }
    return columns.filter((column) => named.has(column));
  }

  private keepsUnique(): boolean {
    while (this.at < this.to && this.low() !== 'engine') this.at++;
    if (!this.accept('engine')) return true;
    this.accept('=');
    const engine = this.tokens[this.at];
    this.engine = this.at < this.to ? (engine.low || engine.text).toLowerCase() : undefined;
    return this.engine !== undefined && KEEPING_ENGINES.has(this.engine);
  }

  /** A unique table constraint; undefined for another constraint, null when this is none. */
  private constraint(): UniqueKey | undefined | null {
    let name: string | undefined;
    let named = false;
    if (this.accept('constraint')) {
      named = true;
      if (!['primary', 'unique', 'check', 'foreign'].includes(this.low())) name = this.name() ?? undefined;
    }
    if (this.accept('primary', 'key')) {
      this.skip('clustered', 'nonclustered');
      return this.key({ primary: true, ...(name !== undefined && { name }) });
    }
    if (this.low() === 'unique' && (named || this.uniqueIsConstraint())) {
      this.at++;
      this.skip('key', 'index', 'clustered', 'nonclustered');
      this.accept('nulls', 'not', 'distinct');
      this.accept('nulls', 'distinct');
      if (this.low() !== '(') name = this.name() ?? name;
      if (this.accept('using')) this.at++;
      return this.key({ ...(name !== undefined && { name }) });
    }
    if (named) return undefined;
    const other = ['foreign', 'check', 'exclude', 'like', 'fulltext', 'spatial', 'period'].includes(this.low());
    const index =
      (this.low() === 'key' || this.low() === 'index') && (this.low(1) === '(' || this.low(2) === '(' || this.low(2) === 'using');
    return other || index ? undefined : null;
  }

  /** `UNIQUE (…)`, not a column that is called unique. */
  private uniqueIsConstraint(): boolean {
    return (
      this.low(1) === '(' ||
      this.low(2) === '(' ||
      ['key', 'index', 'nulls', 'clustered', 'nonclustered'].includes(this.low(1)) ||
      this.low(2) === 'using'
    );
  }

  private key(facts: Omit<UniqueKey, 'columns'>): UniqueKey | undefined {
    const group = this.group();
    const columns = group && this.columnsOf(group);
    return columns ? { columns, ...facts } : undefined;
  }

  /** Columns of an index; a function of columns that is unique makes the columns unique. Null when a column cannot be told. */
  private columnsOf([from, to]: [number, number]): string[] | null {
    const columns = new Set<string>();
    for (const [start, end] of commaParts(this.tokens, from, to)) {
      const next = start + 1 < end ? this.tokens[start + 1] : undefined;
      const isPrefix = next?.low === '(' && next.close === start + 3 && this.tokens[start + 2].kind === 'number'; // MySQL: name(10)
      const plain = isName(this.tokens[start]) && (isPrefix || !['(', '.', '::'].includes(next?.low ?? ''));
      if (plain) columns.add(this.tokens[start].text);
      else {
        const inside = namesIn(this.tokens, start, end);
        if (inside.length === 0) return null;
        for (const name of inside) columns.add(name);
      }
    }
    return columns.size > 0 && !columns.has('') ? [...columns] : null;
  }

  private column(): { name: string; keys: UniqueKey[] } | null {
    const token = this.tokens[this.at];
    if (!isName(token) || token.text === '') return null;
    const keys: UniqueKey[] = [];
    for (let i = this.at + 1; i < this.to; i++) {
      const { low, close } = this.tokens[i];
      if (close !== undefined) i = Math.min(close, this.to);
      else if (low === 'references') break;
      else if (low === 'primary') keys.push({ columns: [token.text], primary: true, ...this.constraintName(i) });
      else if (low === 'unique') keys.push({ columns: [token.text], ...this.constraintName(i) });
    }
    return { name: token.text, keys };
  }

  private constraintName(at: number): { name?: string } {
    return this.tokens[at - 2]?.low === 'constraint' && isName(this.tokens[at - 1]) ? { name: this.tokens[at - 1].text } : {};
  }

  private createUniqueIndex(): SchemaChange[] {
    this.accept('concurrently');
    this.accept('if', 'not', 'exists');
    const name = this.low() === 'on' ? undefined : this.name();
    if (!this.accept('on')) return [];
    this.accept('only');
    const table = this.name();
    if (this.accept('using')) this.at++;
    const key = this.key({ ...(name && { name: name.slice(name.lastIndexOf('.') + 1) }) });
    if (!table || !key) return [];
    let partial = false;
    for (; this.at < this.to; this.at++) if (this.low() === 'where') partial = true;
    return [{ kind: 'add-key', table, key: { ...key, ...(partial && { partial: true as const }) }, line: this.line }];
  }

  private alterTable(): SchemaChange[] {
    this.accept('if', 'exists');
    this.accept('only');
    const table = this.name();
    if (!table) return [];
    this.accept('*');
    return commaParts(this.tokens, this.at, this.to).flatMap(([from, to]) =>
      new Statement(this.tokens, from, to, this.line).alteration(table),
    );
  }

  private alteration(table: string): SchemaChange[] {
    if (this.accept('with', 'check') || this.accept('with', 'nocheck')) return this.alteration(table);
    if (this.accept('add')) {
      const key = this.constraint();
      if (key) return [{ kind: 'add-key', table, key, line: this.line }];
      if (key === undefined) return [];
      this.accept('column');
      this.accept('if', 'not', 'exists');
      const group = this.group();
      const items = group ? commaParts(this.tokens, ...group) : [[this.at, this.to] as const];
      return items.flatMap(([from, to]) => {
        const column = new Statement(this.tokens, from, to, this.line).column();
        if (!column) return [];
        return [
          { kind: 'add-column', table, column: column.name, line: this.line } as const,
          ...column.keys.map((key) => ({ kind: 'add-key', table, key, line: this.line }) as const),
        ];
      });
    }
    if (this.accept('drop')) return this.dropFrom(table);
    if (this.accept('rename')) {
      if (this.accept('to') || this.accept('as')) {
        const to = this.name();
        return to ? [{ kind: 'rename', table, to: sibling(table, to) }] : [];
      }
      const isKey = this.accept('constraint') || this.accept('index') || this.accept('key');
      if (!isKey) this.accept('column');
      const from = this.name();
      const to = this.accept('to') ? this.name() : null;
      if (!from || !to) return [];
      return [isKey ? { kind: 'rename-key', name: from, to } : { kind: 'rename-column', table, column: from, to }];
    }
    return [];
  }

  private dropFrom(table: string): SchemaChange[] {
    if (this.accept('primary', 'key')) return [{ kind: 'drop-key', table, primary: true }];
    const isKey = this.accept('constraint') || this.accept('index') || this.accept('key');
    if (!isKey) this.accept('column');
    this.accept('if', 'exists');
    const name = this.name();
    if (!name) return [];
    return [isKey ? { kind: 'drop-key', table, name } : { kind: 'drop-column', table, column: name }];
  }

  private alterIndex(): SchemaChange[] {
    this.accept('if', 'exists');
    const name = this.name();
    if (!name || !this.accept('rename', 'to')) return [];
    const to = this.name();
    return to ? [{ kind: 'rename-key', name: name.slice(name.lastIndexOf('.') + 1), to }] : [];
  }

  private drop(): SchemaChange[] {
    const isIndex = this.accept('index');
    if (!isIndex && !this.accept('table')) return [];
    this.accept('concurrently');
    this.accept('if', 'exists');
    const changes: SchemaChange[] = [];
    do {
      const name = this.name();
      if (!name) continue;
      if (!isIndex) changes.push({ kind: 'drop', table: name });
      else {
        const table = this.accept('on') ? this.name() : null;
        changes.push({ kind: 'drop-key', name: name.slice(name.lastIndexOf('.') + 1), ...(table && { table }) });
      }
    } while (this.accept(','));
    return changes;
  }
}

/** A new name for a table stays in its schema. */
const sibling = (table: string, to: string): string =>
  table.includes('.') && !to.includes('.') ? `${table.slice(0, table.lastIndexOf('.'))}.${to}` : to;

/** Column names in an expression: names that are neither called nor a type. */
function namesIn(tokens: readonly Token[], from: number, to: number): string[] {
  const names: string[] = [];
  for (let i = from; i < to; i++) {
    if (!isName(tokens[i])) continue;
    const next = i + 1 < to ? tokens[i + 1].low : '';
    if (next === '(' || next === '.' || (i > from && tokens[i - 1].low === '::')) continue;
    if (
      ['asc', 'desc', 'nulls', 'first', 'last', 'null', 'true', 'false', 'as', 'is', 'not', 'and', 'or', 'collate'].includes(tokens[i].low)
    )
      continue;
    names.push(tokens[i].text);
  }
  return names;
}
