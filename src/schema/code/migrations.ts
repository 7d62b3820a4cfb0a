/**
 * Schema changes that migrations make through a builder or as SQL text. The database handle of a migration is the first parameter of
 * its `up` function, whatever it is called; the undo half is passed over.
 */
import type { FunctionId } from '../../vocabulary/ir.ts';
import type { UniqueKey } from '../../vocabulary/schema.ts';
import type { SchemaChange } from '../changes.ts';
import { readSqlChanges } from '../sql.ts';
import type { SqlPiece } from '../sql-tokens.ts';
import type { LineAt } from './draft.ts';
import { readTableBuilder } from './knex.ts';
import type { Call, Ref, Step, Values } from './values.ts';

const UNDO = /(?:^|\.)(?:down|rollback|revert|undo)$/i;

const DDL =
  /^\s*(?:--[^\n]*\n\s*)*(?:create\s+(?:unique\s+index|table|unlogged|temp)|alter\s+(?:table|index)|drop\s+(?:table|index)|do\s+\$)/i;
const BUILDERS = ['schema', ...'createTable addColumns dropTable renameTable addColumn changeColumn removeColumn renameColumn'.split(' ')];
const KEYS = 'addIndex createIndex createUniqueConstraint addConstraint removeIndex dropIndex removeConstraint dropConstraint'.split(' ');

export function readMigrations(values: Values, lineAt: LineAt): SchemaChange[] {
  const changes: { at: number; change: SchemaChange }[] = [];
  const hasText = values.hasText(DDL);
  const hasBuilder = values.reads(...BUILDERS, ...KEYS);
  if (!hasText && !hasBuilder) return [];
  values.ir.functions.forEach((_, fn) => {
    if (values.isInside(fn, UNDO)) return;
    const add = (at: number, read: (line: number) => SchemaChange[]): void => {
      for (const change of read(lineAt(at))) changes.push({ at, change });
    };
    for (const call of values.calls(fn)) {
      const source = hasText ? piecesOf(values, call.args[0]) : [];
      if (isDdl(source)) add(call.start, (line) => readSqlChanges(source, line));
      if (!hasBuilder) continue;
      if (!call.isReceiver) add(call.start, (line) => schemaBuilder(values, call, line));
      add(call.start, (line) => [...queryInterface(values, call, line), ...queryRunner(values, call, line)]);
    }
    if (!hasText) return;
    for (const { quasis, holes, start } of values.tags(fn)) {
      const source = interpolated(values, quasis, holes);
      if (isDdl(source)) add(start, (line) => readSqlChanges(source, line));
    }
  });
  return changes.sort((one, other) => one.at - other.at).map(({ change }) => change);
}

const isDdl = ([first]: readonly SqlPiece[]): boolean => typeof first === 'string' && DDL.test(first);

/** SQL text given to any function counts when it says that it changes the schema. */
function piecesOf(values: Values, ref: Ref | undefined): SqlPiece[] {
  const term = values.term(ref);
  if (term[0] === 'lit') return typeof term[1] === 'string' ? [term[1]] : [];
  if (term[0] !== 'tpl' || !ref) return [];
  const { fn } = values.resolve(ref);
  const [, quasis, ...holes] = term;
  return interpolated(
    values,
    quasis,
    holes.map((v) => ({ fn, v })),
  );
}

const interpolated = (values: Values, quasis: readonly string[], holes: readonly Ref[]): SqlPiece[] =>
  quasis.flatMap((text, i) => [text, ...(i < holes.length ? [values.text(holes[i]) ?? { param: i }] : [])]);

function isHandle(values: Values, ref: Ref): boolean {
  const parameter = values.parameter(ref);
  if (parameter) {
    if (parameter.index !== 0) return false;
    return isUp(values, parameter.fn) || /^(?:knex|kysely|objection|node-pg-migrate)$/.test(parameter.type?.spec ?? '');
  }
  const made = values.call(ref);
  return made !== null && values.importedFrom(made.callee, 'knex', 'kysely') !== null;
}

const isUp = (values: Values, fn: FunctionId): boolean => /(?:^|\.)up$/i.test(values.ir.functions[fn].name);

/** `handle.schema.createTable(…)`: Knex with a callback, Kysely with a chain. */
function schemaBuilder(values: Values, call: Call, line: number): SchemaChange[] {
  const { root, steps } = values.chain(values.result(call));
  const schema = values.term(root);
  if (schema[0] !== 'get' || schema[2] !== 'schema' || !isHandle(values, { fn: values.resolve(root).fn, v: schema[1] })) return [];
  const isKysely = steps.some((step) => step.method === 'execute');
  return isKysely ? kyselyChanges(values, steps, line) : steps.flatMap((step) => knexChanges(values, step, line));
}

function knexChanges(values: Values, { method, args }: Step, line: number): SchemaChange[] {
  const table = values.text(args[0]);
  if (table === undefined) return [];
  switch (method) {
    case 'createTable':
    case 'createTableIfNotExists':
      return readTableBuilder(values, args[1], table, true, line);
    case 'alterTable':
    case 'table':
      return readTableBuilder(values, args[1], table, false, line);
    case 'dropTable':
    case 'dropTableIfExists':
      return [{ kind: 'drop', table }];
    case 'renameTable': {
      const to = values.text(args[1]);
      return to === undefined ? [] : [{ kind: 'rename', table, to }];
    }
    case 'raw':
      return readSqlChanges(table, line);
    default:
      return [];
  }
}

function kyselyChanges(values: Values, steps: readonly Step[], line: number): SchemaChange[] {
  const [first, ...rest] = steps;
  const name = values.text(first.args[0]);
  if (name === undefined) return [];
  if (first.method === 'createIndex') {
    const table = values.text(rest.find((step) => step.method === 'on')?.args[0]);
    if (table === undefined || !rest.some((step) => step.method === 'unique')) return [];
    const columns = rest.flatMap((step) =>
      step.method === 'column' || step.method === 'columns' ? (values.texts(step.args[0]) ?? []) : [],
    );
    const partial = rest.some((step) => step.method === 'where');
    return columns.length === 0 ? [] : [{ kind: 'add-key', table, key: { columns, name, ...(partial && { partial: true }) }, line }];
  }
  if (first.method === 'dropTable') return [{ kind: 'drop', table: name }];
  if (first.method === 'dropIndex') return [{ kind: 'drop-key', name }];
  if (first.method !== 'createTable' && first.method !== 'alterTable') return [];
  const columns: string[] = [];
  const keys: UniqueKey[] = [];
  for (const { method, args } of rest) {
    const column = values.text(args[0]);
    if (method === 'addColumn' && column !== undefined) {
      columns.push(column);
      const options = values.returned(args[2]).flatMap((returned) => values.chain(returned).steps.map((step) => step.method));
      if (options.includes('primaryKey')) keys.push({ columns: [column], primary: true });
      if (options.includes('unique')) keys.push({ columns: [column] });
    }
    const listed = values.texts(args[1]);
    if (listed && (method === 'addUniqueConstraint' || method === 'addPrimaryKeyConstraint'))
      keys.push({
        columns: listed,
        ...(method === 'addPrimaryKeyConstraint' && { primary: true }),
        ...(column !== undefined && { name: column }),
      });
  }
  return tableChanges(name, first.method === 'createTable', columns, keys, line);
}

function tableChanges(table: string, isNew: boolean, columns: readonly string[], keys: readonly UniqueKey[], line: number): SchemaChange[] {
  if (isNew) return [{ kind: 'create', table, columns, keys, line }];
  return [
    ...columns.map((column) => ({ kind: 'add-column', table, column, line }) as const),
    ...keys.map((key) => ({ kind: 'add-key', table, key, line }) as const),
  ];
}

/** Sequelize's query interface and node-pg-migrate, which share the names of their methods. */
function queryInterface(values: Values, call: Call, line: number): SchemaChange[] {
  const callee = values.term(call.callee);
  if (callee[0] !== 'get' || typeof callee[2] !== 'string') return [];
  const parameter = values.parameter({ fn: values.resolve(call.callee).fn, v: callee[1] });
  if (!parameter || parameter.index !== 0 || !isUp(values, parameter.fn)) return [];
  const { args } = call;
  const table = tableName(values, args[0]);
  if (table === undefined) return [];
  switch (callee[2]) {
    case 'createTable':
    case 'addColumns': {
      const { entries } = values.props(args[1]);
      const columns: string[] = [];
      const keys: UniqueKey[] = [];
      const primary: string[] = [];
      for (const [name, attribute] of entries) {
        columns.push(name);
        if (values.isTrue(values.prop(attribute, 'primaryKey')) || (name === 'id' && values.text(attribute) === 'id')) primary.push(name);
        const unique = values.prop(attribute, 'unique');
        if (unique && !values.isFalse(unique)) keys.push({ columns: [name] });
      }
      if (primary.length > 0) keys.unshift({ columns: primary, primary: true });
      const uniqueKeys = values.props(values.prop(args[2], 'uniqueKeys'));
      for (const [name, key] of uniqueKeys.entries) {
        const fields = values.texts(values.prop(key, 'fields'));
        if (fields) keys.push({ columns: fields, name });
      }
      keys.push(...constraintKeys(values, values.prop(args[2], 'constraints')));
      return tableChanges(table, callee[2] === 'createTable', columns, keys, line);
    }
    case 'dropTable':
      return [{ kind: 'drop', table }];
    case 'renameTable': {
      const to = tableName(values, args[1]);
      return to === undefined ? [] : [{ kind: 'rename', table, to }];
    }
    case 'addColumn':
    case 'changeColumn': {
      const column = values.text(args[1]);
      if (column === undefined) return [];
      const unique = values.prop(args[2], 'unique');
      return tableChanges(table, false, [column], unique && !values.isFalse(unique) ? [{ columns: [column] }] : [], line);
    }
    case 'removeColumn': {
      const column = values.text(args[1]);
      return column === undefined ? [] : [{ kind: 'drop-column', table, column }];
    }
    case 'renameColumn': {
      const [column, to] = [values.text(args[1]), values.text(args[2])];
      return column === undefined || to === undefined ? [] : [{ kind: 'rename-column', table, column, to }];
    }
    case 'addIndex':
    case 'createIndex': {
      const listed = values.texts(args[1]);
      const options = listed ? args[2] : args[1];
      const columns = listed ?? values.texts(values.prop(options, 'fields'));
      const isUnique =
        values.isTrue(values.prop(options, 'unique')) || values.text(values.prop(options, 'type'))?.toUpperCase() === 'UNIQUE';
      return columns && isUnique
        ? [
            {
              kind: 'add-key',
              table,
              key: { columns, ...named(values, options), ...(values.prop(options, 'where') && { partial: true }) },
              line,
            },
          ]
        : [];
    }
    case 'addConstraint': {
      const byName = values.text(args[1]);
      const options = byName === undefined ? args[1] : args[2];
      if (byName !== undefined && values.prop(options, 'type') === undefined)
        return constraintKeys(values, options).map((key) => ({ kind: 'add-key', table, key: { ...key, name: byName }, line }));
      const type = values.text(values.prop(options, 'type'))?.toLowerCase();
      const columns = values.texts(values.prop(options, 'fields')) ?? values.texts(args[1]);
      if (!columns || (type !== 'unique' && type !== 'primary key')) return [];
      return [
        { kind: 'add-key', table, key: { columns, ...(type === 'primary key' && { primary: true }), ...named(values, options) }, line },
      ];
    }
    case 'removeIndex':
    case 'dropIndex': {
      const name = values.term(args[1])[0] === 'arr' ? undefined : values.text(args[1]);
      const columns = values.texts(args[1]);
      return name !== undefined ? [{ kind: 'drop-key', table, name }] : columns ? [{ kind: 'drop-key', table, columns }] : [];
    }
    case 'removeConstraint':
    case 'dropConstraint': {
      const name = values.text(args[1]);
      return name === undefined ? [] : [{ kind: 'drop-key', table, name }];
    }
    default:
      return [];
  }
}

/** node-pg-migrate: `{ unique: ['a', 'b'], primaryKey: 'id' }`. */
function constraintKeys(values: Values, options: Ref | undefined): UniqueKey[] {
  const primary = values.texts(values.prop(options, 'primaryKey'));
  const unique = values.prop(options, 'unique');
  const lists = values.items(unique).some((item) => values.term(item)[0] === 'arr')
    ? values.items(unique).map((item) => values.texts(item))
    : [values.texts(unique)];
  return [...(primary ? [{ columns: primary, primary: true as const }] : []), ...lists.flatMap((columns) => (columns ? { columns } : []))];
}

const named = (values: Values, options: Ref | undefined): { name?: string } => {
  const name = values.text(values.prop(options, 'name'));
  return name === undefined ? {} : { name };
};

/** A table by name, or by schema and name. */
const tableName = (values: Values, ref: Ref | undefined): string | undefined =>
  values.text(ref) ?? values.text(values.prop(ref, 'tableName')) ?? values.text(values.prop(ref, 'name'));

/** TypeORM: `queryRunner.createTable(new Table({…}))` and its siblings. */
function queryRunner(values: Values, call: Call, line: number): SchemaChange[] {
  const made = (ref: Ref | undefined, name: string): Ref | undefined => {
    const found = values.call(ref);
    return found?.isNew && values.importedFrom(found.callee, 'typeorm') === name ? found.args[0] : undefined;
  };
  const definition = made(call.args[0], 'Table');
  const table = values.text(values.prop(definition, 'name'));
  if (definition && table !== undefined) {
    const columns: string[] = [];
    const keys: UniqueKey[] = [];
    const primary: string[] = [];
    for (const column of values.items(values.prop(definition, 'columns'))) {
      const name = values.text(values.prop(column, 'name'));
      if (name === undefined) continue;
      columns.push(name);
      if (values.isTrue(values.prop(column, 'isPrimary'))) primary.push(name);
      if (values.isTrue(values.prop(column, 'isUnique'))) keys.push({ columns: [name] });
    }
    if (primary.length > 0) keys.unshift({ columns: primary, primary: true });
    for (const unique of values.items(values.prop(definition, 'uniques'))) keys.push(...keyOf(values, unique, true));
    for (const index of values.items(values.prop(definition, 'indices'))) keys.push(...keyOf(values, index, false));
    return [{ kind: 'create', table: table.slice(table.lastIndexOf('.') + 1), columns, keys, line }];
  }
  const owner = values.text(call.args[0]);
  const unique = made(call.args[1], 'TableUnique');
  const key = unique ? keyOf(values, unique, true) : keyOf(values, made(call.args[1], 'TableIndex'), false);
  return owner === undefined ? [] : key.map((added) => ({ kind: 'add-key', table: owner, key: added, line }));
}

function keyOf(values: Values, options: Ref | undefined, isUnique: boolean): UniqueKey[] {
  const columns = values.texts(values.prop(options, 'columnNames'));
  if (!columns || !(isUnique || values.isTrue(values.prop(options, 'isUnique')))) return [];
  return [{ columns, ...named(values, options), ...(values.prop(options, 'where') && { partial: true }) }];
}
