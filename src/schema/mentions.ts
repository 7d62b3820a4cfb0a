const SCHEMA =
  /@(?:Entity|ChildEntity|ViewEntity|Table|Schema|Unique|Index|Prop|Column|Primary\w*)\b|\bEntitySchema\b|\bSchema\s*[(<]|\b\w+Table\s*\(|\bsqliteTableCreator\b|\.(?:define|init|schema)\b|\b(?:createTable|alterTable|addIndex|createIndex|createUniqueConstraint|addConstraint|addUniqueConstraint)\b|\b(?:CREATE|ALTER)\s+(?:UNIQUE\s+)?(?:TABLE|INDEX)\b/i;

/** Whether a code file may state tables or their keys: an entity, a model or a migration. Seen in the text, so at worst too often. */
export const mayStateSchema = (text: string): boolean => SCHEMA.test(text);
