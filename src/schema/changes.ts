/**
 * Migrations as a list of changes, whichever language they are written in (SQL, Knex, Sequelize), and their outcome when applied in
 * order: a unique index that a later migration drops holds nothing.
 */
import type { TableFacts, UniqueKey } from '../vocabulary/schema.ts';
import { distinctKeys, fold } from './merge.ts';

export type SchemaChange =
  | {
      readonly kind: 'create';
      readonly table: string;
      readonly columns: readonly string[];
      readonly keys: readonly UniqueKey[];
      readonly line: number;
    }
  /** Spread over shards by these columns (Citus), or kept apart by them (ClickHouse). */
  | { readonly kind: 'shard'; readonly table: string; readonly by: readonly string[]; readonly line: number }
  | { readonly kind: 'drop'; readonly table: string }
  | { readonly kind: 'rename'; readonly table: string; readonly to: string }
  | { readonly kind: 'add-column'; readonly table: string; readonly column: string; readonly line: number }
  | { readonly kind: 'drop-column'; readonly table: string; readonly column: string }
  | { readonly kind: 'rename-column'; readonly table: string; readonly column: string; readonly to: string }
  | { readonly kind: 'add-key'; readonly table: string; readonly key: UniqueKey; readonly line: number }
  /** By name, by columns, or the primary key; an index is dropped without naming its table. */
  | {
      readonly kind: 'drop-key';
      readonly table?: string;
      readonly name?: string;
      readonly columns?: readonly string[];
      readonly primary?: true;
    }
  | { readonly kind: 'rename-key'; readonly name: string; readonly to: string };

interface Table {
  name: string;
  aliases: Set<string>;
  /** False when only alterations were seen: then the list of columns is not the whole. */
  created: boolean;
  columns: string[];
  keys: UniqueKey[];
  shardKey?: readonly string[];
  readonly file: string;
  readonly line: number;
}

export function applyChanges(migrations: readonly { readonly file: string; readonly changes: readonly SchemaChange[] }[]): TableFacts[] {
  const tables = new Tables();
  for (const { file, changes } of migrations) for (const change of changes) apply(tables, change, file);
  return tables.facts();
}

function apply(tables: Tables, change: SchemaChange, file: string): void {
  switch (change.kind) {
    case 'create': {
      const known = tables.find(change.table);
      if (known?.created) return; // IF NOT EXISTS, or the same table of another variant of the schema
      const table = known ?? tables.add(change.table, file, change.line);
      table.created = true;
      table.columns = [...new Set([...change.columns, ...table.columns])];
      table.keys = distinctKeys([...change.keys, ...table.keys]);
      return;
    }
    case 'shard':
      (tables.find(change.table) ?? tables.add(change.table, file, change.line)).shardKey = change.by;
      return;
    case 'drop':
      tables.remove(change.table);
      return;
    case 'rename':
      tables.rename(change.table, change.to);
      return;
    case 'add-column': {
      const table = tables.find(change.table) ?? tables.add(change.table, file, change.line);
      if (!table.columns.some((column) => same(column, change.column))) table.columns.push(change.column);
      return;
    }
    case 'add-key': {
      const table = tables.find(change.table) ?? tables.add(change.table, file, change.line);
      table.keys = distinctKeys([...table.keys, change.key]);
      return;
    }
    case 'drop-column': {
      const table = tables.find(change.table);
      if (!table) return;
      table.columns = table.columns.filter((column) => !same(column, change.column));
      table.keys = table.keys.filter((key) => !key.columns.some((column) => same(column, change.column)));
      return;
    }
    case 'rename-column': {
      const table = tables.find(change.table);
      if (!table) return;
      const swap = (column: string): string => (same(column, change.column) ? change.to : column);
      table.columns = table.columns.map(swap);
      table.keys = table.keys.map((key) => ({ ...key, columns: key.columns.map(swap) }));
      return;
    }
    case 'drop-key':
      for (const table of change.table === undefined ? tables.all() : [tables.find(change.table)])
        if (table) table.keys = table.keys.filter((key) => !drops(change, key, table));
      return;
    case 'rename-key':
      for (const table of tables.all())
        table.keys = table.keys.map((key) => (key.name !== undefined && same(key.name, change.name) ? { ...key, name: change.to } : key));
  }
}

const same = (one: string, other: string): boolean => fold(one) === fold(other);

function drops(change: SchemaChange & { kind: 'drop-key' }, key: UniqueKey, table: Table): boolean {
  if (change.primary) return key.primary === true;
  if (change.columns)
    return (
      !key.primary && change.columns.length === key.columns.length && change.columns.every((column, i) => same(column, key.columns[i]))
    );
  if (change.name === undefined) return false;
  return [key.name, ...defaultNames(table.name, key)].some((name) => name !== undefined && same(name, change.name!));
}

/** Names that databases and query builders give to a key without one. */
function defaultNames(table: string, key: UniqueKey): string[] {
  const stem = `${table}_${key.columns.join('_')}`;
  return key.primary ? [`${table}_pkey`] : [`${stem}_key`, `${stem}_unique`, `${stem}_idx`, `${stem}_uk`, stem];
}

/** Tables by qualified name; where one side names no schema, the only table of that name. */
class Tables {
  private readonly byName = new Map<string, Table>();

  find(name: string): Table | undefined {
    const exact = this.byName.get(qualified(name));
    if (exact) return exact;
    if (name.includes('.')) return this.byName.get(fold(unqualified(name)));
    const found = [...this.byName].filter(([key]) => key.endsWith(`.${fold(name)}`));
    return found.length === 1 ? found[0][1] : undefined;
  }

  add(name: string, file: string, line: number): Table {
    const table: Table = {
      name: unqualified(name),
      aliases: new Set([name, unqualified(name)]),
      created: false,
      columns: [],
      keys: [],
      file,
      line,
    };
    this.byName.set(qualified(name), table);
    return table;
  }

  remove(name: string): void {
    const table = this.find(name);
    for (const [key, value] of this.byName) if (value === table) this.byName.delete(key);
  }

  rename(name: string, to: string): void {
    const table = this.find(name);
    if (!table) return;
    this.remove(name);
    table.name = unqualified(to);
    table.aliases = new Set([to, table.name]);
    this.byName.set(qualified(to), table);
  }

  all(): Table[] {
    return [...this.byName.values()];
  }

  facts(): TableFacts[] {
    return this.all().map((table) => ({
      name: table.name,
      aliases: [...table.aliases],
      unique: table.keys,
      columns: table.created ? table.columns : [],
      ...(table.shardKey !== undefined && { shardKey: table.shardKey }),
      file: table.file,
      line: table.line,
    }));
  }
}

const unqualified = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const qualified = (name: string): string => fold(name).replace(/^(?:public|dbo)\./, '');

/** Migrations of one directory tree run in the order of their names, numbers compared as numbers. */
export function inOrder<T extends { readonly file: string }>(migrations: readonly T[]): T[] {
  return [...migrations].sort((one, other) => compareNatural(one.file, other.file));
}

export function compareNatural(one: string, other: string): number {
  const left = one.match(/\d+|\D+/g) ?? [];
  const right = other.match(/\d+|\D+/g) ?? [];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    if (left[i] === right[i]) continue;
    const [a, b] = [left[i].replace(/^0+(?=\d)/, ''), right[i].replace(/^0+(?=\d)/, '')];
    if (/^\d/.test(a) && /^\d/.test(b) && a.length !== b.length) return a.length - b.length;
    if (a !== b) return a < b ? -1 : 1;
  }
  return left.length - right.length || (one < other ? -1 : one > other ? 1 : 0);
}

/** The directory whose migrations belong together: up to the last directory that is named for them, else the file's own. */
export function migrationRoot(file: string): string {
  const directories = file.split(/[/\\]/).slice(0, -1);
  const last = directories.findLastIndex((name) => /^\D*migrat/i.test(name));
  return (last < 0 ? directories : directories.slice(0, last + 1)).join('/');
}
