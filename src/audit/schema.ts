import { globSync } from 'tinyglobby';
import { readText } from '../load/read-file.ts';
import { isSchemaFile, readSchemaFile, Schema, type SchemaSource } from '../schema/index.ts';

const MAX_BYTES = 2_000_000;

/** What the repository says of its databases: schema files, entities, models and migrations. */
export function readSchema(root: string, code: readonly SchemaSource[]): Schema {
  const sources: SchemaSource[] = [];
  for (const file of globSync(['**/*.prisma', '**/*.sql'], { cwd: root, ignore: ['**/node_modules/**', '**/dist/**'], followSymbolicLinks: false }).sort()) {
    const { text } = isSchemaFile(file) ? readText(`${root}/${file}`) : { text: undefined };
    if (text !== undefined && text.length <= MAX_BYTES) sources.push(readSchemaFile(file, text));
  }
  return Schema.fromSources([...sources, ...code]);
}
