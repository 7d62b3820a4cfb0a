/** The same facts from the tree of a full PostgreSQL grammar, to hold the tolerant reader against. */
import { astVisitor, parse, type Expr, type Statement } from 'pgsql-ast-parser';

export interface Facts {
  readonly kind: string;
  readonly table: string | undefined;
  readonly tables: readonly string[];
  readonly set: readonly (readonly [column: string, selfReference: boolean])[];
  readonly columns: readonly string[] | undefined;
  /** Of the conjuncts that compare a column of the statement's table. */
  readonly where: readonly string[];
  readonly orderBy: number;
}

/** Null where the grammar does not reach. */
export function factsOf(text: string): Facts | null {
  let statements: Statement[];
  try {
    statements = parse(text);
  } catch {
    return null;
  }
  if (statements.length !== 1) return null;
  const ctes = new Set<string>();
  const tables = new Set<string>();
  astVisitor((map) => ({
    with: (node) => {
      for (const { alias } of node.bind) ctes.add(alias.name);
      map.super().with(node);
    },
    withRecursive: (node) => {
      ctes.add(node.alias.name);
      map.super().withRecursive(node);
    },
    tableRef: (node) => void tables.add(node.name),
  })).statement(statements[0]);
  const main = mainOf(statements[0]);
  const known = [...tables].filter((table) => !ctes.has(table)).sort();
  switch (main.type) {
    case 'select': {
      const from = main.from?.[0];
      const table = from?.type === 'table' && !ctes.has(from.name.name) ? from.name : undefined;
      if (!table) return null;
      return {
        kind: 'select',
        table: table.name,
        tables: known,
        set: [],
        columns: undefined,
        where: conjuncts(main.where ?? null, own(table)),
        orderBy: main.orderBy?.length ?? 0,
      };
    }
    case 'insert': {
      const set = main.onConflict && typeof main.onConflict.do === 'object' ? main.onConflict.do.sets : [];
      return {
        kind: 'insert',
        table: main.into.name,
        tables: [...new Set([...known, main.into.name])].sort(),
        set: set.map(({ column, value }) => [column.name, refersTo(value, column.name, own(main.into))]),
        columns: main.columns?.map((column) => column.name),
        where: [],
        orderBy: 0,
      };
    }
    case 'update':
      return {
        kind: 'update',
        table: main.table.name,
        tables: known,
        set: main.sets.map(({ column, value }) => [column.name, refersTo(value, column.name, own(main.table))]),
        columns: undefined,
        where: conjuncts(main.where ?? null, own(main.table)),
        orderBy: 0,
      };
    case 'delete':
      return {
        kind: 'delete',
        table: main.from.name,
        tables: known,
        set: [],
        columns: undefined,
        where: conjuncts(main.where ?? null, own(main.from)),
        orderBy: 0,
      };
    default:
      return null;
  }
}

function mainOf(statement: Statement): Statement {
  return statement.type === 'with' || statement.type === 'with recursive' ? mainOf(statement.in) : statement;
}

const own = (table: { name: string; alias?: string }): ReadonlySet<string | undefined> => new Set([undefined, table.alias ?? table.name]);

function conjuncts(expr: Expr | null, qualifiers: ReadonlySet<string | undefined>): string[] {
  if (!expr) return [];
  if (expr.type === 'binary' && expr.op === 'AND') return [...conjuncts(expr.left, qualifiers), ...conjuncts(expr.right, qualifiers)];
  const compared =
    expr.type === 'binary' ? [expr.left] : expr.type === 'unary' ? [expr.operand] : expr.type === 'ternary' ? [expr.value] : [];
  return compared.flatMap((side) => {
    const plain = side.type === 'cast' ? side.operand : side;
    return plain.type === 'ref' && qualifiers.has(plain.table?.name) ? plain.name : [];
  });
}

function refersTo(expr: Expr, column: string, qualifiers: ReadonlySet<string | undefined>): boolean {
  let found = false;
  astVisitor(() => ({
    ref: (node) => {
      if (node.name === column && qualifiers.has(node.table?.name)) found = true;
    },
    select: () => {}, // queries inside are judged by the table they read
  })).expr(expr);
  return found;
}
