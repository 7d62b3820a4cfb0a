/** MikroORM entities: decorated classes, `EntitySchema`, `defineEntity`. Its version property is compared when an entity is flushed. */
import type { ClassIR } from '../../vocabulary/ir.ts';
import { Draft, snakeCase, type LineAt } from './draft.ts';
import type { Call, Ref, Values } from './values.ts';

const PACKAGES = [
  'core',
  'decorators',
  'postgresql',
  'mysql',
  'mariadb',
  'sqlite',
  'better-sqlite',
  'libsql',
  'mssql',
  'mongodb',
  'knex',
  'sql',
].map((name) => `@mikro-orm/${name}`);

export function readMikroorm(values: Values, lineAt: LineAt): Draft[] {
  if (!values.importsFrom(...PACKAGES)) return [];
  const classes = values.ir.classes.flatMap((declared) => {
    const entity = values.decorators(declared.decorators, declared.up, ...PACKAGES).find(({ name }) => name === 'Entity');
    const draft = new Draft(declared.name, lineAt(declared.span[0]));
    if (entity) draft.alias(values.text(values.prop(entity.args[0], 'tableName')) ?? snakeCase(declared.name));
    else draft.isBase = true;
    readClass(values, declared, draft);
    return entity || draft.columns.length > 0 ? draft : [];
  });
  const defined = values.allCalls().flatMap((call) => {
    const name = values.importedFrom(call.callee, ...PACKAGES);
    return (call.isNew && name === 'EntitySchema') || name === 'defineEntity' ? (readDefinition(values, call, lineAt) ?? []) : [];
  });
  return [...classes, ...defined];
}

function readClass(values: Values, declared: ClassIR, draft: Draft, depth = 0): void {
  const parent = values.classOf(values.superclass(declared));
  if (parent && depth < 20) readClass(values, parent, draft, depth + 1);
  else draft.inherits = declared.superType?.name;
  for (const { name, args } of values.decorators(declared.decorators, declared.up, ...PACKAGES))
    if (name === 'Unique') readUnique(values, args[0], draft);
  for (const field of declared.fields) {
    for (const { name, args } of values.decorators(field.decorators, declared.up, ...PACKAGES)) {
      const options = args.find((arg) => values.isObject(arg));
      const column =
        values.text(values.prop(options, 'fieldName')) ??
        values.text(values.prop(options, 'name')) ??
        values.text(values.prop(options, 'joinColumn'));
      if (name !== 'Index' && name !== 'Unique' && !name.endsWith('ToMany')) draft.column(field.name, column ?? snakeCase(field.name));
      if (name === 'PrimaryKey' || values.isTrue(values.prop(options, 'primary'))) draft.primary.push(field.name);
      else if (
        name === 'Unique' ||
        values.isTrue(values.prop(options, 'unique')) ||
        (name === 'OneToOne' && values.isTrue(values.prop(options, 'owner')))
      )
        draft.unique([field.name]);
      if (name === 'Version' || values.isTrue(values.prop(options, 'version'))) draft.comparedVersion = field.name;
    }
  }
}

function readUnique(values: Values, options: Ref | undefined, draft: Draft): void {
  const partial = (values.prop(options, 'where') ?? values.prop(options, 'expression')) && { partial: true as const };
  const name = values.text(values.prop(options, 'name'));
  draft.unique(values.texts(values.prop(options, 'properties')), { ...partial, ...(name !== undefined && { name }) });
}

function readDefinition(values: Values, call: Call, lineAt: LineAt): Draft | null {
  const [options] = call.args;
  const name = values.text(values.prop(options, 'name')) ?? values.classOf(values.prop(options, 'class'))?.name;
  if (name === undefined) return null;
  const draft = new Draft(name, lineAt(call.start));
  draft.alias(values.text(values.prop(options, 'tableName')) ?? snakeCase(name));
  const list = values.prop(options, 'properties');
  const properties = values.props(values.isObject(list) ? list : values.returned(list)[0]);
  for (const [field, property] of properties.entries) {
    const { steps } = values.chain(property);
    const has = (method: string): boolean =>
      steps.some((step) => step.method === method && !values.isFalse(step.args[0])) || values.isTrue(values.prop(property, method));
    const renamed = steps.find((step) => step.method === 'fieldName' || step.method === 'name');
    draft.column(field, values.text(renamed?.args[0]) ?? values.text(values.prop(property, 'fieldName')) ?? snakeCase(field));
    if (has('primary')) draft.primary.push(field);
    else if (has('unique')) draft.unique([field]);
    if (has('version')) draft.comparedVersion = field;
  }
  for (const unique of values.items(values.prop(options, 'uniques'))) readUnique(values, unique, draft);
  return draft;
}
