/** What the database keeps unique, as the repository's schemas state it. */
import type { FileIR } from '../vocabulary/ir.ts';
import type { TableFacts } from '../vocabulary/schema.ts';
import { applyChanges, inOrder, migrationRoot, type SchemaChange } from './changes.ts';
import { readCodeChanges, readModels, type Models } from './code.ts';
import type { LineAt } from './code/draft.ts';
import { Values } from './code/values.ts';
import { distinctKeys, mergeTables } from './merge.ts';
import { readPrismaSchema } from './prisma.ts';
import { readSqlChanges } from './sql.ts';

export { readCodeSchema } from './code.ts';
export { isSchemaFile } from './discover.ts';
export { mergeTables } from './merge.ts';
export { readPrismaSchema } from './prisma.ts';
export { readSqlSchema } from './sql.ts';

/** What one file states, serialisable: models hold by themselves, migrations only after those before them. */
export interface SchemaSource extends Models {
  readonly file: string;
  readonly changes: readonly SchemaChange[];
}

/** For files that `isSchemaFile` names. */
export function readSchemaFile(file: string, text: string): SchemaSource {
  const isPrisma = file.toLowerCase().endsWith('.prisma');
  return {
    file,
    tables: isPrisma ? readPrismaSchema(text, file) : [],
    bases: [],
    inherits: [],
    changes: isPrisma ? [] : readSqlChanges(text),
  };
}

export function readSchemaCode(file: string, ir: FileIR, lineAt?: LineAt): SchemaSource {
  const values = new Values(ir);
  return { file, ...readModels(file, ir, lineAt, values), changes: readCodeChanges(ir, lineAt, values) };
}

export class Schema {
  /** Tables that are the same one, by each of their names. */
  private readonly byName = new Map<string, readonly TableFacts[]>();
  /** The same by looser names, null when two tables go by it. */
  private readonly byLooseName = new Map<string, readonly TableFacts[] | null>();

  static readonly empty = new Schema([]);

  /** The order of the sources does not matter. */
  static fromSources(sources: readonly SchemaSource[]): Schema {
    const ordered = inOrder(sources);
    const byRoot = new Map<string, SchemaSource[]>();
    for (const source of ordered) {
      if (source.changes.length === 0) continue;
      const root = migrationRoot(source.file);
      byRoot.set(root, [...(byRoot.get(root) ?? []), source]);
    }
    return new Schema([...withBases(ordered), ...[...byRoot.values()].flatMap((migrations) => applyChanges(migrations))]);
  }

  static from(tables: readonly TableFacts[]): Schema {
    return new Schema(tables);
  }

  private constructor(tables: readonly TableFacts[]) {
    for (const group of groups(tables)) {
      const names = new Set(group.flatMap((table) => [table.name, ...table.aliases]));
      for (const name of names) this.byName.set(name.toLowerCase(), group);
      for (const loose of new Set([...names].flatMap(looseNames))) this.byLooseName.set(loose, this.byLooseName.has(loose) ? null : group);
    }
  }

  /** All that is known of the table: a model and the migrations that made its table tell of one. */
  table(name: string): TableFacts | undefined {
    const [first, ...others] = this.find(name);
    return first && mergeTables([first, ...others.map((other) => ({ ...other, name: first.name }))])[0];
  }

  /**
   * Whether rows are kept distinct in these columns. `yes` when a unique key lies within them; `no` when the table is known and so is
   * each of the columns; a key that holds only under a condition leaves it open.
   */
  isUnique(tableName: string, columns: readonly string[]): 'yes' | 'no' | 'unknown' {
    const tables = this.find(tableName);
    const given = new Set(columns.map(columnName));
    const keys = tables.flatMap((table) => table.unique).filter((key) => key.columns.every((column) => given.has(columnName(column))));
    if (keys.some((key) => !key.partial)) return 'yes';
    if (tables.length === 0 || keys.length > 0 || tables.some((table) => table.columns.length === 0)) return 'unknown';
    const known = new Set(tables.flatMap((table) => table.columns.map(columnName)));
    return [...given].every((column) => known.has(column)) ? 'no' : 'unknown';
  }

  private find(name: string): readonly TableFacts[] {
    const plain = name.slice(name.lastIndexOf('.') + 1);
    for (const written of [name, plain]) {
      const exact = this.byName.get(written.toLowerCase());
      if (exact) return exact;
    }
    const found = new Set(looseNames(plain).flatMap((loose) => (this.byLooseName.has(loose) ? [this.byLooseName.get(loose)!] : [])));
    const [only] = found;
    return found.size === 1 ? (only ?? []) : [];
  }
}

interface Declared {
  readonly facts: TableFacts;
  readonly source: SchemaSource;
}

function baseOf({ facts, source }: Declared, bases: ReadonlyMap<string, Declared | null>): Declared | null {
  const link = source.inherits.find(({ name }) => name === facts.name);
  return (link && bases.get(link.base)) ?? null;
}

/** Models with what their base classes of other files declare. A base goes by its class name, if only one class has it. */
function withBases(sources: readonly SchemaSource[]): TableFacts[] {
  const bases = new Map<string, Declared | null>();
  for (const source of sources) for (const facts of source.bases) bases.set(facts.name, bases.has(facts.name) ? null : { facts, source });
  return sources.flatMap((source) =>
    source.tables.map((table) => {
      const chain = [table];
      let at = baseOf({ facts: table, source }, bases);
      while (at && chain.length < 20) {
        chain.push(at.facts);
        at = baseOf(at, bases);
      }
      if (chain.length === 1) return table;
      const columns = table.columns.length === 0 ? [] : [...new Set(chain.flatMap((facts) => facts.columns))];
      return { ...table, unique: distinctKeys(chain.flatMap((facts) => facts.unique)), columns };
    }),
  );
}

/** `userId` and `user_id` are one column: naming strategies turn one into the other. */
const columnName = (column: string): string => column.replaceAll('_', '').toLowerCase();

/** A name without case and separators, in its possible singular forms. */
function looseNames(name: string): string[] {
  const plain = name.replace(/[_\-\s]/g, '').toLowerCase();
  const singular = [/^(.+)s$/, /^(.+(?:s|x|ch|sh))es$/].flatMap((plural) => plural.exec(plain)?.[1] ?? []);
  const y = /^(.+)ies$/.exec(plain)?.[1];
  return [plain, ...singular, ...(y === undefined ? [] : [`${y}y`])];
}

/** Tables that share a name, directly or through a third. */
function groups(tables: readonly TableFacts[]): TableFacts[][] {
  const groupOf = new Map<string, Set<TableFacts>>();
  for (const table of tables) {
    const names = [table.name, ...table.aliases].map((name) => name.toLowerCase());
    const joined = new Set<TableFacts>();
    for (const group of new Set(names.flatMap((name) => groupOf.get(name) ?? []))) for (const other of group) joined.add(other);
    joined.add(table);
    for (const other of joined) for (const name of [other.name, ...other.aliases]) groupOf.set(name.toLowerCase(), joined);
  }
  return [...new Set(groupOf.values())].map((group) => [...group]);
}
