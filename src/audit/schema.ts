import { readText } from '../load/read-file.ts';
import { readCodeSchema } from '../schema/code.ts';
import { isSchemaFile } from '../schema/discover.ts';
import { Schema } from '../schema/index.ts';
import { readPrismaSchema } from '../schema/prisma.ts';
import { readSqlSchema } from '../schema/sql.ts';
import type { FileIR } from '../vocabulary/ir.ts';
import type { TableFacts } from '../vocabulary/schema.ts';
import { globSync } from 'tinyglobby';

/** What the repository says of its databases: schema files, entities, models and migrations. */
export function readSchema(root: string, files: readonly string[], irs: ReadonlyMap<string, FileIR>): Schema {
  const tables: TableFacts[] = [];
  for (const file of globSync(['**/*.prisma', '**/*.sql'], { cwd: root, ignore: ['**/node_modules/**', '**/dist/**'], followSymbolicLinks: false }).sort()) {
    if (!isSchemaFile(file)) continue;
    const { text } = readText(`${root}/${file}`);
    if (text === undefined || text.length > 2_000_000) continue;
    tables.push(...(file.endsWith('.prisma') ? readPrismaSchema(text, file) : readSqlSchema(text, file)));
  }
  for (const file of files) tables.push(...readCodeSchema(file, irs.get(file)!));
  return Schema.from(tables);
}
