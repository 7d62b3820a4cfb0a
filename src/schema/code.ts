/** Schemas stated in code: entities and models of the ORMs, and migrations. */
import type { FileIR } from '../vocabulary/ir.ts';
import type { TableFacts } from '../vocabulary/schema.ts';
import { applyChanges, type SchemaChange } from './changes.ts';
import type { LineAt } from './code/draft.ts';
import { readDrizzle } from './code/drizzle.ts';
import { readMedusa } from './code/medusa.ts';
import { readMigrations } from './code/migrations.ts';
import { readMikroorm } from './code/mikroorm.ts';
import { readMongoose } from './code/mongoose.ts';
import { readSequelize } from './code/sequelize.ts';
import { readTypeorm } from './code/typeorm.ts';
import { Values } from './code/values.ts';

const READERS = [readTypeorm, readMikroorm, readMongoose, readDrizzle, readSequelize, readMedusa];
const NO_LINES: LineAt = () => 1;

export interface Models {
  readonly tables: readonly TableFacts[];
  /** Classes that only other classes extend: no tables themselves. */
  readonly bases: readonly TableFacts[];
  /** Tables and bases whose class extends one of another file. */
  readonly inherits: readonly { readonly name: string; readonly base: string }[];
}

/** Tables that the file states: its models, and the outcome of its migration taken alone. */
export function readCodeSchema(file: string, ir: FileIR, lineAt: LineAt = NO_LINES): TableFacts[] {
  return [...readModels(file, ir, lineAt).tables, ...applyChanges([{ file, changes: readCodeChanges(ir, lineAt) }])];
}

export function readModels(file: string, ir: FileIR, lineAt: LineAt = NO_LINES, values = new Values(ir)): Models {
  const drafts = READERS.flatMap((read) => read(values, lineAt));
  return {
    tables: drafts.flatMap((draft) => (draft.isBase ? [] : draft.facts(file))),
    bases: drafts.flatMap((draft) => (draft.isBase ? draft.facts(file) : [])),
    inherits: drafts.flatMap((draft) => (draft.inherits === undefined ? [] : { name: draft.name, base: draft.inherits })),
  };
}

/** What the file changes as a migration; the outcome depends on the migrations before it. */
export function readCodeChanges(ir: FileIR, lineAt: LineAt = NO_LINES, values = new Values(ir)): SchemaChange[] {
  return readMigrations(values, lineAt);
}
