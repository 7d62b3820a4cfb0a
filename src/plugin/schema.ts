import { globSync } from 'tinyglobby';
import { readText } from '../load/read-file.ts';
import { isSchemaFile, readSchemaCode, readSchemaFile, Schema, type SchemaSource } from '../schema/index.ts';
import type { FileIR } from '../vocabulary/ir.ts';

const MAX_BYTES = 2_000_000;

/** What the repository says of its databases: schema files, and code files that may be entities, models or migrations. */
export function readSchema(root: string, code: readonly string[], irOf: (file: string) => FileIR | undefined): Schema {
  const sources: SchemaSource[] = [];
  for (const file of globSync(['**/*.prisma', '**/*.sql'], { cwd: root, ignore: ['**/node_modules/**', '**/dist/**'], followSymbolicLinks: false }).sort()) {
    const { text } = isSchemaFile(file) ? readText(`${root}/${file}`) : { text: undefined };
    if (text !== undefined && text.length <= MAX_BYTES) sources.push(readSchemaFile(file, text));
  }
  for (const file of code) {
    const ir = irOf(file);
    if (ir !== undefined) sources.push(readSchemaCode(file, ir));
  }
  return Schema.fromSources(sources);
}
