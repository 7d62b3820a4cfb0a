/** Sequelize models: `Model.init`, `sequelize.define`, and the classes of sequelize-typescript. */
import type { ClassIR } from '../../vocabulary/ir.ts';
import { Draft, type LineAt } from './draft.ts';
import type { Call, Ref, Values } from './values.ts';

const PACKAGES = ['sequelize', '@sequelize/core'];
const DECORATORS = ['sequelize-typescript', '@sequelize/core/decorators-legacy', '@sequelize/core/decorators-experimental'];

export function readSequelize(values: Values, lineAt: LineAt): Draft[] {
  return [...readCalls(values, lineAt), ...readClasses(values, lineAt)];
}

function readCalls(values: Values, lineAt: LineAt): Draft[] {
  if (!values.reads('init', 'define')) return [];
  return values.allCalls().flatMap((call) => {
    const callee = values.term(call.callee);
    if (callee[0] !== 'get') return [];
    const owner: Ref = { fn: values.resolve(call.callee).fn, v: callee[1] };
    if (callee[2] === 'init') {
      const declared = values.classOf(owner);
      const base = declared && values.superclass(declared);
      if (!declared || !base || values.importedFrom(base, ...PACKAGES) !== 'Model') return [];
      const [attributes, options] = call.args;
      const draft = new Draft(declared.name, lineAt(call.start));
      draft.alias(values.text(values.prop(options, 'modelName')));
      readModel(values, attributes, options, draft);
      return draft;
    }
    const name = callee[2] === 'define' ? values.text(call.args[0]) : undefined;
    if (name === undefined || !values.isObject(call.args[1]) || !isSequelize(values, owner, call)) return [];
    const draft = new Draft(name, lineAt(call.start));
    draft.alias(...values.exportedAs(values.result(call)));
    readModel(values, call.args[1], call.args[2], draft);
    return draft;
  });
}

/** `new Sequelize(…)`, or the first parameter of a module's function whose second one gives the types (`DataTypes.STRING`). */
function isSequelize(values: Values, owner: Ref, call: Call): boolean {
  const made = values.call(owner);
  if (made) return made.isNew && values.importedFrom(made.callee, ...PACKAGES, ...DECORATORS) === 'Sequelize';
  const parameter = values.parameter(owner);
  if (!parameter) return false;
  if (PACKAGES.includes(parameter.type?.spec ?? '')) return true;
  const { entries } = values.props(call.args[1]);
  return [...entries.values()].some((attribute) => {
    const type = values.isObject(attribute) ? values.prop(attribute, 'type') : attribute;
    let term = values.term(type);
    if (!type) return false;
    const made = values.call(type);
    if (made) term = values.term(made.callee);
    if (term[0] !== 'get' || typeof term[2] !== 'string' || !/^[A-Z]+$/.test(term[2])) return false;
    const types: Ref = { fn: values.resolve(made?.callee ?? type).fn, v: term[1] };
    const from = values.parameter(types);
    return (from !== null && from.fn === parameter.fn && from.index === 1) || values.importedFrom(types, ...PACKAGES) === 'DataTypes';
  });
}

function readModel(values: Values, attributes: Ref | undefined, options: Ref | undefined, draft: Draft): void {
  const { entries, complete } = values.props(attributes);
  const groups = new Groups(draft);
  for (const [field, attribute] of entries) {
    draft.column(field, values.text(values.prop(attribute, 'field')));
    readAttribute(values, field, attribute, draft, groups);
  }
  groups.close();
  readOptions(values, options, draft, complete);
}

function readAttribute(values: Values, field: string, attribute: Ref, draft: Draft, groups: Groups): void {
  if (values.isTrue(values.prop(attribute, 'primaryKey'))) draft.primary.push(field);
  const unique = values.prop(attribute, 'unique');
  const name = values.text(unique) ?? values.text(values.prop(unique, 'name'));
  if (name !== undefined) groups.add(name, field);
  else if (values.isTrue(unique) || values.isObject(unique)) draft.unique([field]);
}

/** @param whole No column is declared elsewhere. */
function readOptions(values: Values, options: Ref | undefined, draft: Draft, whole: boolean): void {
  if (options && !values.isObject(options)) draft.certain = false;
  draft.alias(values.text(values.prop(options, 'tableName')));
  const version = values.prop(options, 'version');
  if (version && !values.isFalse(version)) draft.comparedVersion = values.text(version) ?? 'version';
  const indexes = values.prop(options, 'indexes');
  if (indexes && values.term(indexes)[0] !== 'arr') draft.certain = false;
  for (const index of values.items(indexes)) {
    if (!values.isTrue(values.prop(index, 'unique')) && values.text(values.prop(index, 'type'))?.toUpperCase() !== 'UNIQUE') continue;
    readIndexFields(values, values.prop(index, 'fields'), { index, draft });
  }
  // Sequelize adds the key itself
  if (draft.primary.length === 0 && whole) {
    draft.column('id');
    draft.primary.push('id');
  }
}

function readIndexFields(values: Values, fields: Ref | undefined, { index, draft }: { index: Ref; draft: Draft }): void {
  const name = values.text(values.prop(index, 'name'));
  const columns = values
    .items(fields)
    .map((field) => values.text(field) ?? values.text(values.prop(field, 'name')) ?? values.text(values.prop(field, 'attribute')));
  draft.unique(columns.every((column) => column !== undefined) ? columns : null, {
    ...(values.prop(index, 'where') && { partial: true }),
    ...(name !== undefined && { name }),
  });
}

/** Columns that share the name of a unique key make it together. */
class Groups {
  private readonly byName = new Map<string, string[]>();

  constructor(private readonly draft: Draft) {}

  add(name: string, field: string): void {
    this.byName.set(name, [...(this.byName.get(name) ?? []), field]);
  }

  close(): void {
    for (const [name, columns] of this.byName) this.draft.unique(columns, { name });
  }
}

function readClasses(values: Values, lineAt: LineAt): Draft[] {
  if (!values.importsFrom(...DECORATORS)) return [];
  return values.ir.classes.flatMap((declared) => {
    const table = values.decorators(declared.decorators, declared.up, ...DECORATORS).find(({ name }) => name === 'Table');
    const draft = new Draft(declared.name, lineAt(declared.span[0]));
    const groups = new Groups(draft);
    const whole = readClass(values, declared, draft, groups);
    groups.close();
    if (!table) {
      draft.isBase = true;
      return draft.columns.length > 0 ? draft : [];
    }
    const options = table.args[0];
    draft.alias(values.text(values.prop(options, 'modelName')));
    readOptions(values, options, draft, whole);
    return draft;
  });
}

/** Whether all base classes were seen. */
function readClass(values: Values, declared: ClassIR, draft: Draft, groups: Groups, depth = 0): boolean {
  const base = values.superclass(declared);
  const parent = values.classOf(base);
  if (!parent) draft.inherits = declared.superType?.name;
  const whole =
    parent && depth < 20
      ? readClass(values, parent, draft, groups, depth + 1)
      : !base || values.importedFrom(base, ...PACKAGES, ...DECORATORS) === 'Model';
  for (const field of declared.fields) {
    if (field.static) continue; // hooks
    for (const { name, args } of values.decorators(field.decorators, declared.up, ...DECORATORS)) {
      const [options] = args;
      if (!/^(?:HasMany|HasOne|BelongsTo|BelongsToMany)$/.test(name)) draft.column(field.name, values.text(values.prop(options, 'field')));
      if (name === 'PrimaryKey') draft.primary.push(field.name);
      const key = values.text(options) ?? values.text(values.prop(options, 'name'));
      if (name === 'Unique' || (name === 'Index' && values.isTrue(values.prop(options, 'unique')))) {
        if (key !== undefined) groups.add(key, field.name);
        else draft.unique([field.name]);
      } else if (options && name !== 'Index') readAttribute(values, field.name, options, draft, groups);
    }
  }
  return whole;
}
