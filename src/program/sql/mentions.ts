/** What a range of tokens mentions, whether or not it reads as an expression. */
import { isName, type Token } from '../../schema/sql-tokens.ts';
import type { Scope } from './expression.ts';
import type { SqlStatement } from './statement.ts';

const NOT_COLUMNS = new Set(
  'and or not is null true false in like ilike between case when then else end exists any all some as distinct from select where interval array cast default asc desc nulls first last at time zone escape similar to collate current_timestamp current_date over partition by order on using values row unknown symmetric'.split(
    ' ',
  ),
);

/** Columns of the statement's own table between `from` and `to`, queries inside passed over. */
export function columnsIn(scope: Scope, from: number, to: number): string[] {
  const found = new Set<string>();
  for (const [column, isOwn] of columnMentions(scope, from, to)) if (isOwn) found.add(column);
  return [...found];
}

/** Whether the value between `from` and `to` is made from the column of the statement's own table. */
export function mentions(scope: Scope, column: string, from: number, to: number): boolean {
  const name = column.toLowerCase();
  for (const [mentioned, isOwn] of columnMentions(scope, from, to, true)) if (isOwn && mentioned.toLowerCase() === name) return true;
  return false;
}

function* columnMentions(scope: Scope, from: number, to: number, inQueries = false): Generator<[column: string, isOwn: boolean]> {
  const { tokens } = scope;
  for (let i = from; i < to; i++) {
    const token = tokens[i];
    if (token.low === '(' && (tokens[i + 1]?.low === 'select' || tokens[i + 1]?.low === 'with')) {
      if (inQueries) yield* outerMentions(scope, i + 1, Math.min(token.close!, to));
      i = Math.min(token.close!, to);
      continue;
    }
    if (token.low === 'values' && tokens[i + 1]?.low === '(') {
      i = Math.min(tokens[i + 1].close!, to); // MySQL: VALUES(a) is the row that was offered
      continue;
    }
    if (!isName(token) || NOT_COLUMNS.has(token.low) || token.text === '') continue;
    const next = i + 1 < to ? tokens[i + 1] : undefined;
    if (next?.low === '(' || next?.low === '.' || next?.kind === 'string') continue;
    const before = i > 0 ? tokens[i - 1].low : '';
    if (before === '::' || before === 'as') continue;
    if (before !== '.') yield [token.text, true];
    else {
      const qualifier = tokens[i - 2];
      yield [token.text, isName(qualifier) ? scope.aliases.get(qualifier.text.toLowerCase()) === '' : true];
    }
  }
}

/** In a query of its own only a qualified name, or one whose query reads the statement's table, speaks of that table. */
function* outerMentions(scope: Scope, from: number, to: number): Generator<[column: string, isOwn: boolean]> {
  const { tokens } = scope;
  let readsOwn = false;
  for (let i = from; i < to; i++)
    if (tokens[i].low === 'from' && isName(tokens[i + 1])) {
      let last = i + 1;
      while (tokens[last + 1]?.low === '.' && isName(tokens[last + 2])) last += 2;
      readsOwn ||= scope.aliases.get(tokens[last].text.toLowerCase()) === '';
    }
  for (let i = from; i < to; i++) {
    if (!isName(tokens[i]) || NOT_COLUMNS.has(tokens[i].low) || tokens[i + 1]?.low === '(' || tokens[i + 1]?.low === '.') continue;
    const qualifier = tokens[i - 1]?.low === '.' ? tokens[i - 2] : undefined;
    if (qualifier === undefined) yield [tokens[i].text, readsOwn];
    else yield [tokens[i].text, readsOwn || (isName(qualifier) && scope.aliases.get(qualifier.text.toLowerCase()) === '')];
  }
}

const NOT_CALLED = new Set(
  'in values and or not on using from where as over filter exists any all some by when then else select set returning conflict key array materialized distinct case between like limit offset with union except intersect is row into table lateral join unique check references index recursive group within having update do interval'.split(
    ' ',
  ),
);

/** Functions called between `from` and `to`, in lower case. */
export function callsIn(tokens: readonly Token[], from: number, to: number): string[] {
  const found = new Set<string>();
  for (let i = from; i + 1 < to; i++) {
    if (!isName(tokens[i]) || tokens[i + 1].low !== '(' || NOT_CALLED.has(tokens[i].low) || tokens[i].text === '') continue;
    let start = i;
    while (start - 2 >= from && tokens[start - 1].low === '.' && isName(tokens[start - 2])) start -= 2;
    const before = start > from ? tokens[start - 1].low : '';
    const isTarget =
      ['into', 'table', 'as', 'with', 'recursive', '::', 'join', 'constraint'].includes(before) ||
      (before === ',' && tokens[tokens[i + 1].close! + 1]?.low === 'as' && tokens[tokens[i + 1].close! + 2]?.low === '(');
    if (!isTarget) found.add(tokens[i].text.toLowerCase());
  }
  return [...found];
}

/** Locks that are taken by calling a function. */
export function functionFacts(calls: readonly string[]): Pick<SqlStatement, 'advisoryLock' | 'advisoryTry' | 'advisoryUnlock'> {
  const lock = calls.map((call) => /^pg_(try_)?advisory_(xact_)?lock(?:_shared)?$/.exec(call)).find((match) => match !== null);
  if (lock) return { advisoryLock: lock[2] ? 'transaction' : 'session', ...(lock[1] && { advisoryTry: true }) };
  // MySQL's GET_LOCK and SQL Server's sp_getapplock wait for a time and answer whether they got it
  if (calls.includes('get_lock') || calls.includes('sp_getapplock')) return { advisoryLock: 'session', advisoryTry: true };
  const unlocks = calls.some((call) => /^pg_advisory_unlock(?:_shared|_all)?$|^release_(?:all_)?locks?$|^sp_releaseapplock$/.test(call));
  return unlocks ? { advisoryUnlock: true } : {};
}
