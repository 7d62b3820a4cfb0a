import { expect, test } from 'vitest';
import { readSql, readSqlCondition, readSqlExpression, type SqlPiece, type SqlStatement } from '../../../src/program/sql/index.ts';

/** A template: its expressions are the holes. */
const sql = (texts: TemplateStringsArray, ...holes: unknown[]): SqlPiece[] =>
  texts.flatMap((text, i) => (i < holes.length ? [text, { param: i }] : [text]));

function only(source: string | SqlPiece[]): SqlStatement {
  const found = readSql(source);
  expect(found).toHaveLength(1);
  return found![0];
}

test('a select: table, columns, conditions, order, page', () => {
  expect(
    only(
      'SELECT o.id, o."createdAt" FROM shop.orders AS o WHERE o.tenant = $1 AND status IN (\'new\', $2) AND deleted_at IS NULL ORDER BY o."createdAt" DESC NULLS LAST, id LIMIT 20 OFFSET $3',
    ),
  ).toMatchObject({
    kind: 'select',
    table: 'orders',
    tables: ['orders'],
    columns: ['id', 'createdAt'],
    where: [
      { column: 'tenant', op: '=', value: { bind: 0 } },
      { column: 'status', op: 'in', value: 'unknown' },
      { column: 'deleted_at', op: 'is null', value: { literal: null } },
    ],
    whereUnknown: false,
    orderBy: [
      { column: 'createdAt', desc: true },
      { column: 'id', desc: false },
    ],
    limit: 20,
    offset: { bind: 2 },
    forUpdate: false,
  });
});

test('values are template expressions and placeholders of every dialect', () => {
  const values = (source: string | SqlPiece[]): unknown[] => only(source).where.map((condition) => condition.value);
  expect(values(sql`SELECT 1 FROM t WHERE a = ${0} AND b > ${1}::int AND c = '${2}' AND d = 'x-${3}' AND e = ANY(${4}::text[])`)).toEqual([
    { param: 0 },
    { param: 1 },
    { param: 2 },
    'unknown',
    { param: 4 },
  ]);
  expect(values("SELECT 1 FROM t WHERE a = ? AND b = ? AND c ? 'key' AND d = ?")).toEqual([
    { bind: 0 },
    { bind: 1 },
    { literal: 'key' },
    { bind: 2 },
  ]);
  expect(values('SELECT 1 FROM t WHERE a = :id AND b = @name AND c = $tag AND d = {run:String}')).toEqual([
    { bind: 'id' },
    { bind: 'name' },
    { bind: 'tag' },
    { bind: 'run' },
  ]);
  expect(values("SELECT 1 FROM t WHERE $1 = a AND b = -5 AND c = 'it''s' AND d IS TRUE AND NOT e AND f")).toEqual([
    { bind: 0 },
    { literal: -5 },
    { literal: "it's" },
    { literal: true },
    { literal: false },
    { literal: true },
  ]);
});

test('a template expression may be any part', () => {
  expect(only(sql`SELECT * FROM ${0} WHERE ${1} = ${2} AND a = ${3} ${4}`)).toMatchObject({
    tableParam: { param: 0 },
    tables: [],
    where: [
      { column: '', columnParam: { param: 1 }, op: '=', value: { param: 2 } },
      { column: 'a', value: { param: 3 } },
    ],
    whereUnknown: true,
  });
  expect(only(sql`UPDATE "${0}".jobs SET ${1} WHERE id = ${2}`)).toMatchObject({
    table: 'jobs',
    set: [],
    setUnknown: true,
    where: [{ column: 'id' }],
  });
  expect(only(sql`INSERT INTO events_${0} (a) VALUES ${1}`)).toMatchObject({ kind: 'insert', tables: [], columns: ['a'] });
  expect(only('SELECT * FROM ?? WHERE ?? = ?')).toMatchObject({
    tableParam: { bind: 0 },
    where: [{ columnParam: { bind: 1 }, value: { bind: 2 } }],
  });
});

test('alternatives and foreign columns leave conditions unknown, but are mentioned', () => {
  expect(
    only("UPDATE jobs SET state = 'run' WHERE id = $1 AND (locked_at IS NULL OR locked_at < now() - interval '5 minutes')"),
  ).toMatchObject({
    where: [{ column: 'id' }],
    whereUnknown: true,
    whereColumns: ['id', 'locked_at'],
  });
  expect(only('SELECT a.x FROM a JOIN b ON b.id = a.id WHERE a.k = 1 AND b.k = 2')).toMatchObject({
    table: 'a',
    tables: ['a', 'b'],
    where: [{ column: 'k', value: { literal: 1 } }],
    whereUnknown: true,
    whereColumns: ['k'],
  });
  expect(only('SELECT x FROM a LEFT JOIN b ON b.id = a.id WHERE a.k BETWEEN 1 AND 2')).toMatchObject({
    where: [{ column: 'k', op: 'between', value: 'unknown' }],
    whereUnknown: false,
  });
  expect(only('SELECT x FROM a WHERE lower(email) = $1 AND (tenant, id) = ($2, $3)').where.map((condition) => condition.column)).toEqual([
    'tenant',
    'id',
  ]);
});

test('an update that counts refers to itself', () => {
  const set = (source: string): unknown => only(source).set.map(({ column, selfReference }) => [column, selfReference]);
  expect(
    set('UPDATE accounts a SET balance = a.balance - $1, n = COALESCE(n, 0) + 1, note = $2, other = b.n FROM b WHERE b.id = a.id'),
  ).toEqual([
    ['balance', true],
    ['n', true],
    ['note', false],
    ['other', false],
  ]);
  expect(
    set(
      "UPDATE t SET data = jsonb_set(data, '{a}', $1), (x, y) = (y, $2), name = (SELECT name FROM u WHERE u.id = t.id), total = (SELECT sum(total) FROM t)",
    ),
  ).toEqual([
    ['data', true],
    ['x', false],
    ['y', false],
    ['name', false],
    ['total', true],
  ]);
  expect(only('UPDATE `t` SET `n` = `n` + 1, at = NOW() WHERE `id` = ?').set[0].expr).toEqual({
    op: '+',
    args: [{ column: 'n' }, { literal: 1 }],
  });
});

test('a claim: the lock of the query inside is the statement’s', () => {
  const inline = only(
    'UPDATE jobs SET state = $1 WHERE id = (SELECT id FROM jobs WHERE state = $2 ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING *',
  );
  expect(inline).toMatchObject({
    kind: 'update',
    table: 'jobs',
    forUpdate: true,
    skipLocked: true,
    returning: true,
    where: [{ column: 'id', op: '=', value: 'unknown' }],
  });
  expect(inline.subqueries).toMatchObject([
    { kind: 'select', table: 'jobs', orderBy: [{ column: 'created_at' }], limit: 1, where: [{ column: 'state' }] },
  ]);
  const cte = only('WITH next AS (SELECT id FROM jobs FOR UPDATE NOWAIT) UPDATE jobs j SET state = 1 FROM next WHERE j.id = next.id');
  expect(cte).toMatchObject({
    kind: 'update',
    table: 'jobs',
    tables: ['jobs'],
    forUpdate: true,
    noWait: true,
    where: [{ column: 'id', value: { column: 'id', table: 'next' } }],
  });
});

test('common table expressions that write are statements of their own', () => {
  const found = readSql(
    'WITH moved AS (DELETE FROM queue WHERE id = $1 RETURNING *) INSERT INTO done (id, at) SELECT id, now() FROM moved',
  )!;
  expect(found.map(({ kind, table, tables }) => ({ kind, table, tables }))).toEqual([
    { kind: 'insert', table: 'done', tables: ['done', 'queue'] },
    { kind: 'delete', table: 'queue', tables: ['queue'] },
  ]);
});

test('inserts and their conflicts', () => {
  expect(only("INSERT INTO t (id, n) VALUES ($1, 2), (${'x'}, now()) ON CONFLICT (id, (lower(k))) DO NOTHING")).toMatchObject({
    kind: 'insert',
    columns: ['id', 'n'],
    rows: [
      [{ bind: 0 }, { literal: 2 }],
      ['unknown', { call: 'now', args: [] }],
    ],
    onConflict: { action: 'nothing', target: ['id', 'k'], where: false },
  });
  expect(
    only(
      'INSERT INTO t AS x (id, n) VALUES (1, 2) ON CONFLICT ON CONSTRAINT pk DO UPDATE SET n = x.n + EXCLUDED.n, m = EXCLUDED.m WHERE x.seq < EXCLUDED.seq RETURNING id',
    ),
  ).toMatchObject({
    onConflict: { action: 'update', target: [], constraint: 'pk', where: true },
    set: [
      { column: 'n', selfReference: true },
      { column: 'm', selfReference: false, expr: { column: 'm', table: 'excluded' } },
    ],
    where: [{ column: 'seq', op: '<', value: { column: 'seq', table: 'excluded' } }],
    returning: true,
  });
  expect(only('INSERT INTO t (id, n) VALUES (?, ?) ON DUPLICATE KEY UPDATE n = n + VALUES(n), m = VALUES(m)')).toMatchObject({
    onConflict: { action: 'update', target: [] },
    set: [
      { column: 'n', selfReference: true },
      { column: 'm', selfReference: false },
    ],
  });
  expect(only('INSERT IGNORE INTO t SET a = 1, b = ?')).toMatchObject({
    columns: ['a', 'b'],
    rows: [[{ literal: 1 }, { bind: 0 }]],
    onConflict: { action: 'nothing' },
  });
  expect(only('REPLACE INTO t (a) VALUES (1)')).toMatchObject({ kind: 'insert', onConflict: { action: 'update', replaces: true } });
  expect(only('INSERT OR IGNORE INTO t VALUES (1)')).toMatchObject({ onConflict: { action: 'nothing' } });
  expect(only('INSERT INTO t (a) SELECT b FROM u WHERE NOT EXISTS (SELECT 1 FROM t WHERE a = b)')).toMatchObject({
    table: 't',
    tables: ['t', 'u'],
    columns: ['a'],
    subqueries: [{ table: 'u' }],
  });
});

test('deletes', () => {
  expect(only('DELETE FROM ONLY sessions s USING users u WHERE s.user_id = u.id AND s.expires < now()')).toMatchObject({
    kind: 'delete',
    table: 'sessions',
    tables: ['sessions', 'users'],
    where: [{ column: 'user_id' }, { column: 'expires', op: '<', value: 'unknown' }],
  });
  expect(only('DELETE o FROM orders o JOIN x ON x.id = o.id WHERE o.a = 1 LIMIT 10')).toMatchObject({
    table: 'orders',
    where: [{ column: 'a' }],
    whereUnknown: true,
    limit: 10,
  });
  expect(only('TRUNCATE TABLE logs RESTART IDENTITY')).toMatchObject({ kind: 'delete', table: 'logs', where: [] });
});

test('transactions, locks, isolation', () => {
  const facts = (text: string): unknown =>
    readSql(text)?.map(({ kind, isolation, advisoryLock, advisoryTry, advisoryUnlock, noWait, tables }) => ({
      kind,
      isolation,
      advisoryLock,
      advisoryTry,
      advisoryUnlock,
      noWait: noWait || undefined,
      tables,
    }));
  expect(facts('BEGIN ISOLATION LEVEL SERIALIZABLE; COMMIT; ROLLBACK')).toEqual([
    { kind: 'begin', isolation: 'serializable', tables: [] },
    { kind: 'commit', tables: [] },
    { kind: 'rollback', tables: [] },
  ]);
  expect(facts('START TRANSACTION; SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')).toEqual([
    { kind: 'begin', tables: [] },
    { kind: 'other', isolation: 'repeatable read', tables: [] },
  ]);
  expect(facts('BEGIN IMMEDIATE')).toEqual([{ kind: 'begin', isolation: 'serializable', tables: [] }]);
  expect(facts('ROLLBACK TO SAVEPOINT a')).toEqual([{ kind: 'other', tables: [] }]);
  expect(facts('LOCK TABLE a, b IN EXCLUSIVE MODE NOWAIT')).toEqual([{ kind: 'lock', noWait: true, tables: ['a', 'b'] }]);
  expect(facts('SELECT pg_advisory_xact_lock(hashtext($1))')).toEqual([{ kind: 'select', advisoryLock: 'transaction', tables: [] }]);
  expect(facts('SELECT pg_try_advisory_lock(1) AS locked')).toEqual([
    { kind: 'select', advisoryLock: 'session', advisoryTry: true, tables: [] },
  ]);
  expect(facts("SELECT GET_LOCK('x', 10)")).toEqual([{ kind: 'select', advisoryLock: 'session', advisoryTry: true, tables: [] }]);
  expect(facts('SELECT pg_advisory_unlock(1)')).toEqual([{ kind: 'select', advisoryUnlock: true, tables: [] }]);
  expect(only('SELECT * FROM t WHERE id = 1 FOR NO KEY UPDATE OF t SKIP LOCKED')).toMatchObject({ forUpdate: true, skipLocked: true });
  expect(only('SELECT * FROM t FOR SHARE').forUpdate).toBe(false);
});

test('aggregates and unions', () => {
  expect(
    only('SELECT COUNT(*)::int AS n, COALESCE(SUM(o.amount), 0) total, max(id) FROM orders o GROUP BY tenant HAVING count(*) > 1'),
  ).toMatchObject({
    aggregates: [{ fn: 'count' }, { fn: 'sum', column: 'amount' }, { fn: 'max', column: 'id' }],
    whereUnknown: true,
  });
  expect(only('SELECT a FROM x WHERE k = 1 UNION ALL SELECT a FROM y ORDER BY a LIMIT 5')).toMatchObject({
    table: 'x',
    tables: ['x', 'y'],
    where: [],
    whereUnknown: true,
    limit: 5,
    orderBy: [{ column: 'a' }],
  });
});

test('ClickHouse and SQL Server', () => {
  expect(
    only('SELECT count() FROM db.runs FINAL PREWHERE env = {env: String} WHERE a = 1 ORDER BY t LIMIT 10 SETTINGS max_threads = 1'),
  ).toMatchObject({ table: 'runs', where: [{ column: 'env', value: { bind: 'env' } }, { column: 'a' }], limit: 10 });
  expect(only('INSERT INTO db.runs FORMAT JSONEachRow')).toMatchObject({ kind: 'insert', table: 'runs' });
  expect(only('ALTER TABLE runs UPDATE state = 1 WHERE id = 2')).toMatchObject({
    kind: 'update',
    table: 'runs',
    set: [{ column: 'state' }],
    where: [{ column: 'id' }],
  });
  expect(only('SELECT TOP 5 [id] FROM [dbo].[users] WHERE [name] = @name')).toMatchObject({
    table: 'users',
    columns: ['id'],
    limit: 5,
    where: [{ column: 'name', value: { bind: 'name' } }],
  });
});

test('columns that are called like clauses', () => {
  expect(only('SELECT offset, "limit" FROM log WHERE offset > $1 AND t.offset = 2 ORDER BY offset LIMIT 1')).toMatchObject({
    where: [{ column: 'offset', op: '>' }],
    orderBy: [{ column: 'offset' }],
    limit: 1,
  });
  expect(only('SELECT a FROM t WHERE a IS DISTINCT FROM b AND extract(epoch FROM c) > 1')).toMatchObject({
    table: 't',
    where: [{ column: 'a', op: '!=', value: { column: 'b' } }],
  });
});

test('comments and strings hide nothing', () => {
  expect(only("-- claim\nSELECT /* ; */ 1 FROM t WHERE a = ';' -- tail").where).toEqual([
    { column: 'a', op: '=', value: { literal: ';' } },
  ]);
});

test('text that is no statement', () => {
  for (const text of [
    '',
    'Set up your account',
    'Update the settings',
    'Delete all',
    'Lock acquired',
    'Begin with this',
    'hello world',
    'Insert coin',
  ])
    expect(readSql(text), text).toBeNull();
  expect(readSql(sql`${0} FOR UPDATE`)).toBeNull();
});

test('fragments', () => {
  expect(readSqlExpression(sql`${0} + 1`)).toEqual({ op: '+', args: [{ param: 0 }, { literal: 1 }] });
  expect(readSqlExpression('count || ')).toBe('unknown');
  expect(readSqlCondition('status = ? AND (locked_at IS NULL OR locked_at < ?)')).toEqual({
    where: [{ column: 'status', op: '=', value: { bind: 0 } }],
    whereUnknown: true,
    whereColumns: ['status', 'locked_at'],
  });
});
