import { globSync } from 'tinyglobby';
import { readText } from '../load/read-file.ts';
import { readCodeSchema } from '../schema/code.ts';
import { isSchemaFile } from '../schema/discover.ts';
import { Schema } from '../schema/index.ts';
import { readPrismaSchema } from '../schema/prisma.ts';
import { readSqlSchema } from '../schema/sql.ts';
import type { FileIR } from '../vocabulary/ir.ts';
import type { TableFacts } from '../vocabulary/schema.ts';

const LARGEST = 2_000_000;

/** What the repository says of its databases: schema files, and code files that may be entities, models or migrations. */
export function readSchema(root: string, code: readonly string[], irOf: (file: string) => FileIR | undefined): Schema {
  const tables: TableFacts[] = [];
  const found = globSync(['**/*.prisma', '**/*.sql'], { cwd: root, ignore: ['**/node_modules/**', '**/dist/**'], followSymbolicLinks: false });
  for (const file of found.sort().filter(isSchemaFile)) {
    const { text } = readText(`${root}/${file}`);
    if (text === undefined || text.length > LARGEST) continue;
    tables.push(...(file.endsWith('.prisma') ? readPrismaSchema(text, file) : readSqlSchema(text, file)));
  }
  for (const file of code) {
    const ir = irOf(file);
    if (ir !== undefined) tables.push(...readCodeSchema(file, ir));
  }
  return Schema.from(tables);
}
