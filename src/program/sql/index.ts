export { readSql, readSqlCondition, readSqlExpression } from './read.ts';
export type { SqlPiece } from '../../schema/sql-tokens.ts';
export type { SqlAssignment, SqlColumn, SqlCondition, SqlExpr, SqlParam, SqlStatement, SqlValue } from './statement.ts';
