const tables: Map<unknown, unknown>[] = [];

/** What was told of the execution that is asked about. It has ended: nothing changes the answers until the next one. */
export function told<K, V>(): Map<K, V> {
  const table = new Map<K, V>();
  tables.push(table);
  return table;
}

/** Another execution is asked about. */
export function forget(): void {
  for (const table of tables) table.clear();
}
