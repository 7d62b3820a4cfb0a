/** What one SQL statement does, as far as its text tells. Names are as written; keywords, operators and function names in lower case. */

/** The place of a value: a template expression by its number, or a placeholder in the text by index from 0 or by name. */
export type SqlParam = { readonly param: number } | { readonly bind: number | string };

export type SqlValue = SqlParam | { readonly literal: string | number | boolean | null } | SqlColumn;

/** `table` when the qualifier is another table than the statement's (or `excluded`); `columnParam` when a parameter stands for the name. */
export interface SqlColumn {
  readonly column: string;
  readonly table?: string;
  readonly columnParam?: SqlParam;
}

export type SqlExpr =
  | SqlValue
  | { readonly call: string; readonly args: readonly SqlExpr[] }
  | { readonly op: string; readonly args: readonly SqlExpr[] }
  | { readonly list: readonly SqlExpr[] }
  | { readonly subquery: SqlStatement }
  | 'unknown';

/** One conjunct about a column of the statement's table. `in` also for `= ANY (…)`. */
export interface SqlCondition {
  /** '' when a parameter stands for the name. */
  readonly column: string;
  readonly columnParam?: SqlParam;
  /** `=`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `is null`, `is not null`, `like`, `between`, and the rest as written. */
  readonly op: string;
  readonly value: SqlValue | 'unknown';
}

export interface SqlAssignment {
  readonly column: string;
  readonly columnParam?: SqlParam;
  readonly expr: SqlExpr;
  /** The new value is made from the column's present one, inside the statement. */
  readonly selfReference: boolean;
}

export interface SqlStatement {
  readonly kind: 'select' | 'insert' | 'update' | 'delete' | 'begin' | 'commit' | 'rollback' | 'lock' | 'other';
  /** The table written, or the first one read; without its schema. */
  readonly table?: string;
  /** A parameter stands for the table's name. */
  readonly tableParam?: SqlParam;
  /** Every table named, subqueries and common table expressions included. */
  readonly tables: readonly string[];
  /** Of an update, or of the update part of an upsert. */
  readonly set: readonly SqlAssignment[];
  /** Columns are set that could not be told. */
  readonly setUnknown: boolean;
  /** Of an insert; of a select only when every item of its list is a plain column. */
  readonly columns?: readonly string[];
  /** Rows of `VALUES`, in the order of the columns. */
  readonly rows?: readonly (readonly SqlExpr[])[];
  /** Conditions that all hold; of an upsert, those under which it updates. */
  readonly where: readonly SqlCondition[];
  /** There may be further conditions. */
  readonly whereUnknown: boolean;
  /** Every column of the statement's table that its conditions mention, alternatives included. */
  readonly whereColumns: readonly string[];
  readonly forUpdate: boolean;
  readonly skipLocked: boolean;
  readonly noWait: boolean;
  /** `target` is empty where any unique key counts; `constraint` for `ON CONSTRAINT`. */
  readonly onConflict?: {
    readonly action: 'nothing' | 'update';
    readonly target: readonly string[];
    readonly constraint?: string;
    readonly where: boolean;
    /** `REPLACE`: the old row is deleted, columns that are not given are lost. */
    readonly replaces?: true;
  };
  readonly returning: boolean;
  readonly orderBy: readonly { readonly column: string; readonly desc: boolean }[];
  readonly limit?: number | SqlParam | 'unknown';
  readonly offset?: number | SqlParam | 'unknown';
  readonly isolation?: 'serializable' | 'repeatable read' | 'read committed' | 'read uncommitted' | 'snapshot';
  readonly advisoryLock?: 'transaction' | 'session';
  /** The lock is only tried; the statement answers whether it was got. */
  readonly advisoryTry?: true;
  readonly advisoryUnlock?: true;
  /** `count`, `sum`, `min`, `max`, `avg` in the select list. */
  readonly aggregates: readonly { readonly fn: string; readonly column?: string }[];
  /** Every function called, in lower case, once. */
  readonly calls: readonly string[];
  /** Queries inside: in conditions, in `FROM`, in `INSERT … SELECT`, in common table expressions. Their locks count for this statement too. */
  readonly subqueries: readonly SqlStatement[];
}
