/** TypeORM entities. A version column is not a compared one: TypeORM only counts it up. */
import type { ClassIR } from '../../vocabulary/ir.ts';
import { Draft, snakeCase, type LineAt } from './draft.ts';
import type { Ref, Values } from './values.ts';

const PACKAGE = 'typeorm';
const COLUMN =
  /^(?:Column|VirtualColumn|(?:CreateDate|UpdateDate|DeleteDate|Version|Tree\w*|Object[Ii]d|Primary(?:Generated)?)Column|ManyToOne|OneToOne|RelationId)$/;

export function readTypeorm(values: Values, lineAt: LineAt): Draft[] {
  if (!values.importsFrom(PACKAGE)) return [];
  const classes = values.ir.classes.flatMap((declared) => {
    const entity = values
      .decorators(declared.decorators, declared.up, PACKAGE)
      .find(({ name }) => name === 'Entity' || name === 'ChildEntity');
    const draft = new Draft(declared.name, lineAt(declared.span[0]));
    if (entity)
      draft.alias(
        values.text(entity.args[0]) ?? values.text(values.prop(entity.args[0] ?? entity.args[1], 'name')) ?? snakeCase(declared.name),
      );
    else draft.isBase = true;
    readClass(values, declared, draft);
    return entity || draft.columns.length > 0 ? draft : [];
  });
  return [...classes, ...readEntitySchemas(values, lineAt)];
}

function readClass(values: Values, declared: ClassIR, draft: Draft, depth = 0): void {
  const parent = values.classOf(values.superclass(declared));
  if (parent && depth < 20) readClass(values, parent, draft, depth + 1);
  else draft.inherits = declared.superType?.name;
  for (const { name, args } of values.decorators(declared.decorators, declared.up, PACKAGE)) {
    if (name === 'Unique') draft.unique(columnsOf(values, args), nameOf(values, args));
    if (name === 'Index') readIndex(values, args, draft, null);
  }
  for (const field of declared.fields)
    if (!field.static) readField(values, field.name, values.decorators(field.decorators, declared.up, PACKAGE), draft);
}

function readField(values: Values, field: string, decorators: readonly { name: string; args: Ref[] }[], draft: Draft): void {
  const isJoined = decorators.some(({ name }) => name === 'JoinColumn');
  for (const { name, args } of decorators) {
    const options = args.find((arg) => values.isObject(arg));
    const column = values.text(values.prop(options, 'name'));
    if (COLUMN.test(name)) draft.column(field, column);
    if (name === 'JoinColumn') draft.column(field, column ?? `${field}Id`);
    if (name.startsWith('Primary') || /^Object[Ii]dColumn$/.test(name) || values.isTrue(values.prop(options, 'primary')))
      draft.primary.push(field);
    else if (values.isTrue(values.prop(options, 'unique')) && name !== 'Index') draft.unique([field]);
    else if (name === 'Index') readIndex(values, args, draft, field);
    else if (name === 'OneToOne' && isJoined) draft.unique([field]);
  }
}

function readIndex(values: Values, args: readonly Ref[], draft: Draft, field: string | null): void {
  const options = args.find((arg) => values.isObject(arg));
  if (!values.isTrue(values.prop(options, 'unique'))) return;
  const partial = values.prop(options, 'where') && { partial: true as const };
  draft.unique(field === null ? columnsOf(values, args) : [field], {
    ...partial,
    ...nameOf(values, field === null ? args : [...args, args[0]]),
  });
}

/** The list of columns: names, an object, or a function of the entity. */
function columnsOf(values: Values, args: readonly Ref[]): string[] | null {
  for (const arg of args) {
    const columns = values.term(arg)[0] === 'arr' ? values.texts(arg) : null;
    if (columns) return columns;
    for (const returned of values.returned(arg)) {
      const members = values.items(returned).map((item) => values.term(item));
      if (members.length > 0 && members.every((term) => term[0] === 'get' && typeof term[2] === 'string'))
        return members.map((term) => term[2] as string);
    }
  }
  const names = args.map((arg) => values.text(arg));
  return names.length === 1 && names[0] !== undefined ? [names[0]] : null;
}

const nameOf = (values: Values, args: readonly Ref[]): { name?: string } => {
  const name = args.length > 1 ? values.text(args[0]) : undefined;
  return name === undefined ? {} : { name };
};

function readEntitySchemas(values: Values, lineAt: LineAt): Draft[] {
  return values.allCalls().flatMap((call) => {
    if (!call.isNew || values.importedFrom(call.callee, PACKAGE) !== 'EntitySchema') return [];
    const [options] = call.args;
    const name = values.text(values.prop(options, 'name'));
    if (name === undefined) return [];
    const draft = new Draft(name, lineAt(call.start));
    draft.alias(values.text(values.prop(options, 'tableName')));
    draft.alias(...values.exportedAs(values.result(call)));
    const columns = values.props(values.prop(options, 'columns'));
    for (const [field, column] of columns.entries) {
      draft.column(field, values.text(values.prop(column, 'name')));
      if (values.isTrue(values.prop(column, 'primary'))) draft.primary.push(field);
      if (values.isTrue(values.prop(column, 'unique'))) draft.unique([field]);
    }
    for (const key of values.items(values.prop(options, 'uniques'))) draft.unique(values.texts(values.prop(key, 'columns')));
    for (const key of values.items(values.prop(options, 'indices')))
      if (values.isTrue(values.prop(key, 'unique')))
        draft.unique(values.texts(values.prop(key, 'columns')), values.prop(key, 'where') && { partial: true });
    return draft;
  });
}
