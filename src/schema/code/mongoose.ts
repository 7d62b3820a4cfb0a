/** Mongoose schemas, also as classes of `@nestjs/mongoose` and Typegoose. `_id` is always unique. */
import { Draft, type LineAt } from './draft.ts';
import type { Call, Ref, Values } from './values.ts';

const NEST = '@nestjs/mongoose';
const TYPEGOOSE = '@typegoose/typegoose';

export function readMongoose(values: Values, lineAt: LineAt): Draft[] {
  if (!values.importsFrom('mongoose', NEST, TYPEGOOSE)) return [];
  const calls = values.allCalls();
  return [...readSchemas(values, calls, lineAt), ...readClasses(values, calls, lineAt)];
}

function readSchemas(values: Values, calls: readonly Call[], lineAt: LineAt): Draft[] {
  return calls.flatMap((call) => {
    if (!call.isNew || values.importedFrom(call.callee, 'mongoose') !== 'Schema') return [];
    const schema: Ref = values.result(call);
    const models = calls.filter((other) => methodOf(values, other) === 'model' && same(values, other.args[1], schema));
    const names = models.flatMap((model) => values.text(model.args[0]) ?? []);
    const own = values.exportedAs(schema);
    const name = names[0] ?? own[0]?.replace(/Schema$/, '');
    if (!name) return []; // part of another schema
    const draft = new Draft(name, lineAt(call.start));
    draft.alias(...names);
    draft.alias(...values.exportedAs(schema));
    for (const model of models) {
      draft.alias(values.text(model.args[2]));
      draft.alias(...values.exportedAs(values.result(model)));
    }
    readOptions(values, call.args[1], draft);
    readFields(values, call.args[0], draft, '');
    readIndexes(values, calls, schema, draft);
    return draft;
  });
}

function readOptions(values: Values, options: Ref | undefined, draft: Draft): void {
  const versionKey = values.text(values.prop(options, 'versionKey')) ?? '__v';
  if (!values.isFalse(values.prop(options, '_id'))) {
    draft.column('_id');
    draft.primary.push('_id');
  }
  draft.alias(values.text(values.prop(options, 'collection')));
  const compared = values.prop(options, 'optimisticConcurrency');
  if (compared && !values.isFalse(compared)) draft.comparedVersion = versionKey;
  const shardKey = [...values.props(values.prop(options, 'shardKey')).entries.keys()];
  if (shardKey.length > 0) draft.shardKey = shardKey;
  const timestamps = values.prop(options, 'timestamps');
  if (timestamps && !values.isFalse(timestamps))
    for (const field of ['createdAt', 'updatedAt']) draft.column(values.text(values.prop(timestamps, field)) ?? field);
}

function readFields(values: Values, definition: Ref | undefined, draft: Draft, prefix: string, depth = 0): void {
  for (const [name, field] of values.props(definition).entries) {
    const path = prefix + name;
    draft.column(path);
    if (!values.isObject(field) || depth > 10) continue;
    const { entries } = values.props(field);
    if (!entries.has('type')) {
      readFields(values, field, draft, `${path}.`, depth + 1);
      continue;
    }
    if (isUnique(values, field)) draft.unique([path]);
  }
}

const isUnique = (values: Values, options: Ref | undefined): boolean => {
  const unique = values.prop(options, 'unique');
  return (
    (unique !== undefined && (values.isTrue(unique) || values.term(unique)[0] === 'arr')) ||
    values.isTrue(values.prop(values.prop(options, 'index'), 'unique'))
  );
};

/** `schema.index({ a: 1, b: 1 }, { unique: true })`. */
function readIndexes(values: Values, calls: readonly Call[], schema: Ref, draft: Draft): void {
  for (const call of calls) {
    if (methodOf(values, call) !== 'index') continue;
    const callee = values.term(call.callee);
    if (callee[0] === 'get' && same(values, { fn: call.callee.fn, v: callee[1] }, schema)) readIndex(values, call.args, draft);
  }
}

function readIndex(values: Values, [fields, options]: readonly Ref[], draft: Draft): void {
  if (!values.isTrue(values.prop(options, 'unique'))) return;
  const { entries, complete } = values.props(fields);
  const name = values.text(values.prop(options, 'name'));
  draft.unique(complete ? [...entries.keys()] : null, {
    ...(values.prop(options, 'partialFilterExpression') && { partial: true }),
    ...(name !== undefined && { name }),
  });
}

function readClasses(values: Values, calls: readonly Call[], lineAt: LineAt): Draft[] {
  return values.ir.classes.flatMap((declared, id) => {
    const decorators = values.decorators(declared.decorators, declared.up, NEST, TYPEGOOSE);
    const fields = declared.fields.map((field) => ({
      name: field.name,
      decorators: values.decorators(field.decorators, declared.up, NEST, TYPEGOOSE),
    }));
    const nest = decorators.find(({ name }) => name === 'Schema');
    const isTypegoose =
      values.importsFrom(TYPEGOOSE) && fields.some((field) => field.decorators.some(({ name }) => name === 'prop' || name === 'Prop'));
    if (!nest && !isTypegoose) return [];
    const draft = new Draft(declared.name, lineAt(declared.span[0]));
    const modelOptions = decorators.find(({ name }) => name === 'modelOptions' || name === 'ModelOptions');
    readOptions(values, nest ? nest.args[0] : values.prop(modelOptions?.args[0], 'schemaOptions'), draft);
    for (const field of fields) {
      const prop = field.decorators.find(({ name }) => name === 'Prop' || name === 'prop');
      if (!prop) continue;
      draft.column(field.name);
      if (isUnique(values, prop.args[0])) draft.unique([field.name]);
    }
    for (const { name, args } of decorators) if (name === 'index' || name === 'Index') readIndex(values, args, draft);
    for (const call of calls) {
      if (values.importedFrom(call.callee, NEST) !== 'SchemaFactory.createForClass') continue;
      const of = values.term(call.args[0]);
      if (of[0] !== 'class' || of[1] !== id) continue;
      const schema: Ref = values.result(call);
      draft.alias(...values.exportedAs(schema));
      readIndexes(values, calls, schema, draft);
    }
    return draft;
  });
}

function methodOf(values: Values, call: Call): string | null {
  const callee = values.term(call.callee);
  if (callee[0] === 'import' && callee[1] === 'mongoose') return callee[2]; // `import { model } from 'mongoose'`
  return callee[0] === 'get' && typeof callee[2] === 'string' ? callee[2] : null;
}

function same(values: Values, one: Ref | undefined, other: Ref): boolean {
  if (!one) return false;
  const [a, b] = [values.resolve(one), values.resolve(other)];
  return a.fn === b.fn && a.v === b.v;
}
