/** Files outside JavaScript that state a database schema. The undo half of a migration pair states nothing that holds. */
export function isSchemaFile(path: string): boolean {
  return /\.(?:prisma|sql)$/i.test(path) && !/(?:^|[/\\])(?:down|undo)\.sql$|[._-](?:down|undo|rollback)\.sql$/i.test(path);
}
