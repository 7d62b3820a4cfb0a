/** Medusa's model language: `model.define('cart', { id: model.id().primaryKey() }).indexes([…])`. Its unique keys ignore deleted rows. */
import { Draft, snakeCase, type LineAt } from './draft.ts';
import type { Values } from './values.ts';

const PACKAGES = ['@medusajs/utils', '@medusajs/framework'];

export function readMedusa(values: Values, lineAt: LineAt): Draft[] {
  if (!values.importsFrom(...PACKAGES)) return [];
  return values.allCalls().flatMap((call) => {
    if (values.importedFrom(call.callee, ...PACKAGES) !== 'model.define') return [];
    const [first, properties] = call.args;
    const name = values.text(first) ?? values.text(values.prop(first, 'name'));
    if (name === undefined) return [];
    const draft = new Draft(name, lineAt(call.start));
    draft.alias(snakeCase(name), values.text(values.prop(first, 'tableName')), ...values.exportedAs(values.result(call)));
    for (const [field, property] of values.props(properties).entries) {
      const { steps } = values.chain(property);
      draft.column(field);
      for (const { method } of steps) {
        if (method === 'primaryKey') draft.primary.push(field);
        if (method === 'unique') draft.unique([field], { partial: true });
      }
    }
    for (const other of values.calls(call.fn)) {
      const { root, steps } = values.chain(values.result(other));
      const start = values.call(root);
      const last = steps.at(-1);
      if (start?.result !== call.result || last?.method !== 'indexes') continue;
      draft.alias(...values.exportedAs(values.result(other)));
      for (const index of values.items(last.args[0]))
        if (values.isTrue(values.prop(index, 'unique'))) draft.unique(values.texts(values.prop(index, 'on')), { partial: true });
    }
    return draft;
  });
}
