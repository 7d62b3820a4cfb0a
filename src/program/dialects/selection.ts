import { type Value, asText, settled } from '../value.ts';

/** What a name of the result stands for: a column that is called otherwise in its table, or all columns of a table. */
export type Selected = { readonly table: string | null; readonly column: string } | { readonly table: string; readonly column: null };

/** `select({ item: items, state: items.status })`: names of the result that are not those of columns; null where all are. */
export function selectedAs(given: Value): ReadonlyMap<string, Selected> | null {
  const value = settled(given);
  if (value.k !== 'object') return null;
  const named = new Map<string, Selected>();
  for (const [name, held] of value.props) {
    const part = settled(held);
    if (part.k !== 'library') continue;
    const text = asText(part.resource);
    if (text === undefined) continue;
    if (part.type.shape.members?.['*'] !== undefined) named.set(name, { table: text, column: null });
    else if (part.type.shape.resource === 'member') named.set(name, { table: part.handle?.k === 'library' ? (asText(part.handle.resource) ?? null) : null, column: text });
  }
  return [...named].some(([name, { column }]) => column !== name) ? named : null;
}
