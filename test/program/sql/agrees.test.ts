import { expect, test } from 'vitest';
import { readSql } from '../../../src/program/sql/index.ts';
import { factsOf, type Facts } from './second-parser.ts';

const STATEMENTS = [
  'SELECT id, name FROM users WHERE id = $1',
  'SELECT u.* FROM public.users u INNER JOIN orgs o ON o.id = u.org_id WHERE u.email = $1 AND o.deleted_at IS NULL ORDER BY u.created_at DESC, u.id',
  "SELECT count(*) FROM jobs WHERE state = 'failed' AND attempts >= 3 AND created_at > now() - interval '1 day'",
  'SELECT * FROM a WHERE x = ANY($1) AND (y = 1 OR z = 2) AND w NOT IN (1, 2)',
  'SELECT * FROM a WHERE x BETWEEN 1 AND 2 AND y IS NOT NULL AND lower(z) = $1',
  'SELECT * FROM a WHERE id IN (SELECT a_id FROM b WHERE c = 1) LIMIT 10 OFFSET 5',
  'SELECT id FROM jobs WHERE state = $1 ORDER BY priority DESC, id FOR UPDATE SKIP LOCKED',
  "SELECT data->>'x' FROM a WHERE data @> $1 AND kind::text = 'b' AND tags && $2",
  'SELECT DISTINCT ON (a) a, b FROM t WHERE c ILIKE $1 ORDER BY a, b',
  'INSERT INTO users (id, email) VALUES ($1, $2) ON CONFLICT (email) DO UPDATE SET email = excluded.email, seen = users.seen + 1 RETURNING id',
  'INSERT INTO t (a, b) SELECT c, d FROM u WHERE e = 1',
  'INSERT INTO t VALUES (1, 2)',
  'UPDATE accounts SET balance = balance - $1, updated_at = now() WHERE id = $2 AND balance >= $1',
  'UPDATE t AS x SET a = x.a || $1, b = y.b FROM y WHERE x.id = y.id AND x.c = 1',
  'UPDATE t SET a = CASE WHEN b > 1 THEN a + 1 ELSE 0 END, c = (SELECT max(d) FROM u) WHERE id = 1 RETURNING *',
  'DELETE FROM sessions WHERE user_id = $1 AND expires_at < now() RETURNING id',
  'WITH next AS (SELECT id FROM jobs WHERE state = 1 LIMIT 1) UPDATE jobs SET state = 2 FROM next WHERE jobs.id = next.id',
  'WITH gone AS (DELETE FROM a RETURNING id) INSERT INTO b (id) SELECT id FROM gone',
  'SELECT "createdAt", "a b" FROM "TaskRun" WHERE "runtimeEnvironmentId" = $1 AND "createdAt" < $2',
];

test.each(STATEMENTS)('%s', (text) => {
  const read = readSql(text)![0];
  const { kind, table, tables, columns, orderBy } = read;
  const facts: Facts = {
    kind,
    table,
    tables: [...tables].sort(),
    set: read.set.map(({ column, selfReference }) => [column, selfReference]),
    columns: kind === 'insert' ? columns : undefined,
    where: kind === 'insert' ? [] : read.where.map((condition) => condition.column),
    orderBy: orderBy.length,
  };
  expect(facts).toEqual(factsOf(text));
});
