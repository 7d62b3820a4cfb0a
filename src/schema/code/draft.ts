import type { TableFacts, UniqueKey } from '../../vocabulary/schema.ts';
import { distinctKeys, renamed } from '../merge.ts';

/** Facts about a table while its definition is read. */
export class Draft {
  readonly aliases = new Set<string>();
  readonly columns: string[] = [];
  /** Field to column, where they differ. */
  readonly columnOf = new Map<string, string>();
  readonly keys: UniqueKey[] = [];
  /** Columns of the primary key, gathered one by one. */
  readonly primary: string[] = [];
  comparedVersion: string | undefined;
  shardKey: readonly string[] | undefined;
  /** A class that only other classes extend. */
  isBase = false;
  /** Superclass of another file. */
  inherits: string | undefined;
  /** False when the table may have unique keys over the columns listed here that could not be read. */
  certain = true;

  constructor(
    readonly name: string,
    readonly line: number,
  ) {
    this.aliases.add(name);
  }

  alias(...names: readonly (string | undefined)[]): void {
    for (const name of names) if (name) this.aliases.add(name);
  }

  column(field: string, column?: string): void {
    if (!this.columns.includes(field)) this.columns.push(field);
    if (column !== undefined && column !== field) this.columnOf.set(field, column);
  }

  unique(columns: readonly string[] | null, facts: Omit<UniqueKey, 'columns'> = {}): void {
    if (columns && columns.length > 0) this.keys.push({ columns: [...columns], ...facts });
    else this.certain = false;
  }

  facts(file: string): TableFacts {
    const primary: UniqueKey[] = this.primary.length > 0 ? [{ columns: [...new Set(this.primary)], primary: true }] : [];
    const keys = [...primary, ...this.keys];
    return {
      name: this.name,
      aliases: [...this.aliases],
      unique: distinctKeys(keys.flatMap((key) => [key, ...renamed(key, this.columnOf)])),
      columns: this.certain ? [...new Set([...this.columns, ...this.columnOf.values()])] : [],
      ...(this.comparedVersion !== undefined && { comparedVersion: this.comparedVersion }),
      ...(this.shardKey !== undefined && { shardKey: this.shardKey }),
      file,
      line: this.line,
    };
  }
}

/** `OrderLine` to `order_line`. */
export const snakeCase = (name: string): string => name.replace(/([a-z\d])([A-Z])/g, '$1_$2').toLowerCase();

export type LineAt = (offset: number) => number;
