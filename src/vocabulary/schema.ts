/** Facts read from database schemas in the repository. */
export interface TableFacts {
  /** Model or entity name where there is one, else the table's. */
  readonly name: string;
  /** Every name the table is known by: model, entity class, table name, exported constant. */
  readonly aliases: readonly string[];
  /** Column sets that the database keeps unique, the primary key included; names as code writes them, with the column name too when it differs. */
  readonly unique: readonly UniqueKey[];
  /** Every known column or field name; empty when unknown. */
  readonly columns: readonly string[];
  /** Field that the ORM's own save compares (`optimisticConcurrency`, Sequelize `version: true`, MikroORM `@Version`). */
  readonly comparedVersion?: string;
  /** Columns by which the store spreads the rows over shards or partitions, the first one first. */
  readonly shardKey?: readonly string[];
  /** Fields that hold rows of another table, and the table's name. */
  readonly relations?: Readonly<Record<string, string>>;
  readonly file: string;
  readonly line: number;
}

export interface UniqueKey {
  readonly columns: readonly string[];
  readonly primary?: true;
  /** A partial unique index holds only under its condition. */
  readonly partial?: true;
  /** `a_b`: the name under which Prisma addresses the compound key. */
  readonly name?: string;
}
