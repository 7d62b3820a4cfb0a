/** The table builder of Knex: `(table) => { table.string('email').unique(); table.unique(['a', 'b']); }`. */
import type { UniqueKey } from '../../vocabulary/schema.ts';
import type { SchemaChange } from '../changes.ts';
import type { Ref, Step, Values } from './values.ts';

export function readTableBuilder(values: Values, callback: Ref | undefined, table: string, isNew: boolean, line: number): SchemaChange[] {
  const term = values.term(callback);
  if (term[0] !== 'fn') return [];
  const fn = term[1];
  const created: { columns: string[]; keys: UniqueKey[] } = { columns: [], keys: [] };
  const changes: SchemaChange[] = [];
  const add = (column: string): void => {
    if (isNew) created.columns.push(column);
    else changes.push({ kind: 'add-column', table, column, line });
  };
  const addKey = (key: UniqueKey): void => {
    if (isNew) created.keys.push(key);
    else changes.push({ kind: 'add-key', table, key, line });
  };
  for (const call of values.calls(fn)) {
    if (call.isReceiver) continue;
    const { root, steps } = values.chain(values.result(call));
    const parameter = values.parameter(root);
    if (parameter?.fn !== fn || parameter.index !== 0 || steps.length === 0) continue;
    const [first, ...modifiers] = steps;
    const { method, args } = first;
    const name = values.text(args[0]);
    if (method === 'unique' || method === 'primary') {
      const columns = values.texts(args[0]);
      if (columns) addKey({ columns, ...(method === 'primary' && { primary: true }), ...keyOptions(values, first) });
    } else if (method === 'dropUnique') {
      const columns = values.texts(args[0]);
      const key = values.text(args[1]);
      if (key !== undefined) changes.push({ kind: 'drop-key', table, name: key });
      else if (columns) changes.push({ kind: 'drop-key', table, columns });
    } else if (method === 'dropPrimary') changes.push({ kind: 'drop-key', table, primary: true });
    else if (method === 'dropColumn' || method === 'dropColumns') {
      for (const arg of args) for (const column of values.texts(arg) ?? []) changes.push({ kind: 'drop-column', table, column });
    } else if (method === 'renameColumn') {
      const to = values.text(args[1]);
      if (name !== undefined && to !== undefined) changes.push({ kind: 'rename-column', table, column: name, to });
    } else if (method === 'timestamps') for (const column of ['created_at', 'updated_at']) add(column);
    else if (method === 'increments' || method === 'bigIncrements' || (name !== undefined && !NOT_COLUMNS.test(method))) {
      const column = name ?? 'id';
      const isKey = /ncrements$/.test(method) && !values.isFalse(values.prop(args[1], 'primaryKey'));
      add(column);
      if (isKey || modifiers.some((step) => step.method === 'primary')) addKey({ columns: [column], primary: true });
      const unique = modifiers.find((step) => step.method === 'unique');
      if (unique) addKey({ columns: [column] });
    }
  }
  return isNew ? [{ kind: 'create', table, ...created, line }, ...changes] : changes;
}

const NOT_COLUMNS =
  /^(?:index|foreign|drop\w*|comment|engine|charset|collate|inherits|check\w*|setNullable|specificIndex|queryContext|raw)$/;

/** The name of a key, and whether it holds only under a condition: `unique(columns, name)`, `unique(columns, { indexName, predicate })`. */
function keyOptions(values: Values, { args }: Step): Pick<UniqueKey, 'name' | 'partial'> {
  const name =
    values.text(args[1]) ?? values.text(values.prop(args[1], 'indexName')) ?? values.text(values.prop(args[1], 'constraintName'));
  return { ...(name !== undefined && { name }), ...(values.prop(args[1], 'predicate') && { partial: true }) };
}
