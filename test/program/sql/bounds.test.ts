import { expect, test } from 'vitest';
import { readSql } from '../../../src/program/sql/index.ts';

const STATEMENT =
  "WITH a AS MATERIALIZED (SELECT x, (SELECT 1 FROM (SELECT 2) q) FROM t WHERE y IN (1, 2) FOR UPDATE), b(c) AS (DELETE FROM u RETURNING *) INSERT INTO v (p, q) SELECT CASE WHEN 1 THEN 'a''b' ELSE \"c\" END, $1::text[] FROM a JOIN b USING (c) ON CONFLICT (p) WHERE z DO UPDATE SET q = v.q + EXCLUDED.q, (r, s) = (1, 2) WHERE v.w BETWEEN 1 AND 2 RETURNING *; -- x";

test('any part of a statement is read without a failure', () => {
  for (let i = 0; i < STATEMENT.length; i += 3) {
    readSql(STATEMENT.slice(0, i));
    readSql(STATEMENT.slice(i));
    readSql(STATEMENT.slice(0, i) + STATEMENT.slice(i + 1));
    readSql([STATEMENT.slice(0, i), { param: 0 }, STATEMENT.slice(i)]);
  }
});

test('the time grows with the length, not faster', { timeout: 60_000 }, () => {
  const hard: ((n: number) => string)[] = [
    (n) => `SELECT ${'('.repeat(n)}a${')'.repeat(n)} FROM t`,
    (n) => `SELECT * FROM t WHERE ${'(a = 1 OR '.repeat(n)}b`,
    (n) => `SELECT * FROM ${'(SELECT * FROM '.repeat(n)}t${') q'.repeat(n)}`,
    (n) => `SELECT ${'(SELECT '.repeat(n)}1`,
    (n) => `SELECT * FROM t WHERE ${'a = 1 AND '.repeat(n)}b = 2`,
    (n) => `SELECT * FROM t WHERE a IN (${'?, '.repeat(n)}1)`,
    (n) => `SELECT ${'CASE WHEN '.repeat(n)}1`,
    (n) => `SELECT ${'- '.repeat(n)}1`,
    (n) => `SELECT ${'NOT '.repeat(n)}1 FROM t WHERE ${'NOT '.repeat(n)}a`,
    (n) => `SELECT ${'f('.repeat(n)}1${')'.repeat(n)}`,
    (n) => `SELECT 1 ${'UNION SELECT 2 '.repeat(n)}`,
    (n) => '/*'.repeat(n) + ' SELECT 1 FROM t',
    (n) => `SELECT ${"'".repeat(n)}`,
    (n) => `SELECT ${'$a$ $b$ '.repeat(n)}`,
    (n) => 'WITH '.repeat(n),
    (n) => `WITH ${'a AS (WITH '.repeat(n)}`,
    (n) => `UPDATE t SET ${'a = (SELECT a FROM t WHERE a = '.repeat(n)}1`,
    (n) => `SELECT ${'{{'.repeat(n)}`,
    (n) => `SELECT 1 FROM t ORDER BY ${'a, '.repeat(n)}b`,
  ];
  for (const make of hard) {
    const text = make(5_000);
    const start = performance.now();
    readSql(text);
    expect(performance.now() - start, text.slice(0, 40)).toBeLessThan(2000);
  }
});
