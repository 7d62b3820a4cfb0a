import type { TableFacts, UniqueKey } from '../vocabulary/schema.ts';

/** The key under its column names, where the database names a column other than the code does. */
export function renamed(key: UniqueKey, columnOf: ReadonlyMap<string, string>): UniqueKey[] {
  if (!key.columns.some((column) => columnOf.has(column))) return [];
  return [{ ...key, columns: key.columns.map((column) => columnOf.get(column) ?? column) }];
}

export const keyOf = (key: UniqueKey): string => JSON.stringify([key.columns.map(fold).sort(), key.partial ?? false]);

/** Column and table names compare without case: SQL folds unquoted names, and people write both. */
export const fold = (name: string): string => name.toLowerCase();

/** Without repeated keys; the first of equals stays. */
export function distinctKeys(keys: readonly UniqueKey[]): UniqueKey[] {
  const byColumns = new Map<string, UniqueKey>();
  for (const key of keys) {
    const known = byColumns.get(keyOf(key));
    if (!known) byColumns.set(keyOf(key), key);
    else if ((key.primary && !known.primary) || (key.name && !known.name))
      byColumns.set(keyOf(key), { ...known, ...(key.primary && { primary: true }), ...(!known.name && key.name && { name: key.name }) });
  }
  return [...byColumns.values()];
}

/** Facts that different places of one schema state about the same table (an entity and its migration), joined under the first name. */
export function mergeTables(tables: readonly TableFacts[]): TableFacts[] {
  const byName = new Map<string, TableFacts>();
  for (const table of tables) {
    const name = fold(table.name);
    const known = byName.get(name);
    byName.set(name, known ? join(known, table) : table);
  }
  return [...byName.values()];
}

function join(one: TableFacts, other: TableFacts): TableFacts {
  const relations = { ...other.relations, ...one.relations };
  const comparedVersion = one.comparedVersion ?? other.comparedVersion;
  const shardKey = one.shardKey ?? other.shardKey;
  return {
    name: one.name,
    aliases: [...new Set([...one.aliases, ...other.aliases])],
    unique: distinctKeys([...one.unique, ...other.unique]),
    columns: [...new Set([...one.columns, ...other.columns])],
    ...(comparedVersion !== undefined && { comparedVersion }),
    ...(shardKey !== undefined && { shardKey }),
    ...(Object.keys(relations).length > 0 && { relations }),
    file: one.file,
    line: one.line,
  };
}
