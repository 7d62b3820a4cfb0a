/** Drizzle tables: `pgTable('users', { id: text().primaryKey() }, (t) => [uniqueIndex().on(t.email)])`. */
import { Draft, type LineAt } from './draft.ts';
import type { Call, Ref, Values } from './values.ts';

const PACKAGE = 'drizzle-orm';

export function readDrizzle(values: Values, lineAt: LineAt): Draft[] {
  if (!values.importsFrom(PACKAGE)) return [];
  return values.allCalls().flatMap((call) => {
    if (!makesTable(values, call)) return [];
    const table: Ref = values.result(call);
    const name = values.text(call.args[0]) ?? values.exportedAs(table)[0];
    if (name === undefined) return [];
    const draft = new Draft(name, lineAt(call.start));
    draft.alias(...values.exportedAs(table));
    const columns = values.props(values.isObject(call.args[1]) ? call.args[1] : values.returned(call.args[1])[0]);
    for (const [field, column] of columns.entries) readColumn(values, field, column, draft);
    if (call.args[2]) readExtras(values, call.args[2], draft);
    return draft;
  });
}

/** `pgTable(…)`, `pgSchema('x').table(…)`, `pgTableCreator(…)(…)`. */
function makesTable(values: Values, call: Call): boolean {
  const name = values.importedFrom(call.callee, PACKAGE);
  if (name) return /^(?:pg|mysql|sqlite|singlestore|gel|mssql|cockroach)Table$/.test(name);
  const made = values.call(call.callee);
  if (made) return /TableCreator$/.test(values.importedFrom(made.callee, PACKAGE) ?? '');
  const callee = values.term(call.callee);
  if (callee[0] !== 'get' || (callee[2] !== 'table' && callee[2] !== 'withRLS')) return false;
  const owner: Ref = { fn: values.resolve(call.callee).fn, v: callee[1] };
  return (
    /Schema$/.test(values.importedFrom(values.call(owner)?.callee, PACKAGE) ?? '') ||
    /Table$/.test(values.importedFrom(owner, PACKAGE) ?? '')
  );
}

function readColumn(values: Values, field: string, column: Ref, draft: Draft): void {
  const { root, steps } = values.chain(column);
  // `text('name')` is the root; of `t.text('name')` it is the first step
  const builder = values.call(root)?.args ?? steps[0]?.args ?? [];
  draft.column(field, values.text(builder[0]));
  for (const { method } of steps) {
    if (method === 'primaryKey') draft.primary.push(field);
    if (method === 'unique') draft.unique([field]);
  }
}

function readExtras(values: Values, callback: Ref, draft: Draft): void {
  const [result] = values.returned(callback);
  const term = values.term(result);
  if (!result || (term[0] !== 'obj' && term[0] !== 'arr')) {
    draft.certain = false;
    return;
  }
  const extras = term[0] === 'obj' ? [...values.props(result).entries.values()] : values.items(result);
  if (extras.length < term.length - 1) draft.certain = false;
  for (const extra of extras) readExtra(values, extra, draft);
}

function readExtra(values: Values, extra: Ref, draft: Draft): void {
  const { root, steps } = values.chain(extra);
  const made = values.call(root);
  const kind = values.importedFrom(made?.callee, PACKAGE);
  if (!made || (kind !== 'uniqueIndex' && kind !== 'unique' && kind !== 'primaryKey')) return;
  if (kind === 'primaryKey') {
    const listed = values.isObject(made.args[0]) ? values.items(values.prop(made.args[0], 'columns')) : made.args;
    draft.unique(fieldsOf(values, listed), { primary: true });
    return;
  }
  const name = values.text(made.args[0]);
  const on = steps.find((step) => step.method === 'on' || step.method === 'onOnly' || step.method === 'using');
  const partial = steps.some((step) => step.method === 'where');
  const columns = (on?.method === 'using' ? on.args.slice(1) : on?.args) ?? [];
  draft.unique(fieldsOf(values, columns), { ...(partial && { partial: true }), ...(name !== undefined && { name }) });
}

/** Fields of `t.a`, `t.a.asc()`, and those inside an expression: a function of them that is unique makes them unique. */
function fieldsOf(values: Values, refs: readonly Ref[]): string[] | null {
  const fields: string[] = [];
  for (const ref of refs) {
    const { root, steps } = values.chain(ref);
    const start = steps.length > 0 ? root : ref;
    const inside = [start, ...values.tagged(start), ...(values.call(start)?.args ?? []).flatMap((arg) => [arg, ...values.tagged(arg)])];
    const found = inside.flatMap((item) => {
      const term = values.term(item);
      return term[0] === 'get' && typeof term[2] === 'string' ? term[2] : [];
    });
    if (found.length === 0) return null;
    fields.push(...found);
  }
  return fields;
}
