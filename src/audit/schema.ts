import type { Tree } from '../load/tree.ts';
import { isSchemaFile, readSchemaFile, type SchemaSource } from '../schema/index.ts';

const MAX_BYTES = 2_000_000;

/** What files outside of the code, named relative to `root`, say of databases. */
export function readSchemas(root: string, files: readonly string[], tree: Tree): SchemaSource[] {
  return files.filter(isSchemaFile).flatMap((file) => {
    const { text } = tree.read(`${root}/${file}`);
    return text === undefined || text.length > MAX_BYTES ? [] : [readSchemaFile(file, text)];
  });
}
