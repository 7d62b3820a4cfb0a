import { expect, test } from 'vitest';
import { applyChanges, compareNatural } from '../../src/schema/changes.ts';
import { isSchemaFile, readSqlSchema } from '../../src/schema/index.ts';
import { readSqlChanges } from '../../src/schema/sql.ts';

const keys = (sql: string): Record<string, string[]> =>
  Object.fromEntries(
    readSqlSchema(sql, 'm.sql').map((table) => [
      table.name,
      table.unique.map((key) => `${key.primary ? 'primary ' : ''}${key.partial ? 'partial ' : ''}${key.columns.join(',')}`),
    ]),
  );

test('keys inside CREATE TABLE', () => {
  expect(
    readSqlSchema(
      '-- users\nCREATE TABLE IF NOT EXISTS "public"."Users" (\n  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,\n  "eMail" text NOT NULL CONSTRAINT u UNIQUE,\n  n numeric(10, 2) DEFAULT (1)\n);',
      'm.sql',
    ),
  ).toEqual([
    {
      name: 'Users',
      aliases: ['public.Users', 'Users'],
      unique: [
        { columns: ['id'], primary: true },
        { columns: ['eMail'], name: 'u' },
      ],
      columns: ['id', 'eMail', 'n'],
      file: 'm.sql',
      line: 2,
    },
  ]);
  expect(
    keys(`CREATE TABLE a (x int, y int, z int REFERENCES b (z), CONSTRAINT pk PRIMARY KEY (x, y), UNIQUE (z), FOREIGN KEY (x) REFERENCES c (x), CHECK (x > 0));
          CREATE TABLE \`b\` (\`id\` int NOT NULL, \`key\` varchar(9), unique_id int, PRIMARY KEY (\`id\`), UNIQUE KEY \`by_key\` (\`key\`(5)), KEY k (unique_id)) ENGINE=InnoDB;
          CREATE TABLE [c] ([id] int PRIMARY KEY CLUSTERED);`),
  ).toEqual({ a: ['primary x,y', 'z'], b: ['primary id', 'key'], c: ['primary id'] });
});

test('indexes and constraints that are added later', () => {
  expect(
    keys(`CREATE TABLE t (a int, b int, c int, d text);
          CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS t_a ON ONLY s.t USING btree (a);
          CREATE UNIQUE INDEX t_b ON t (b DESC NULLS LAST, c) WHERE deleted_at IS NULL;
          CREATE INDEX t_c ON t (c);
          CREATE UNIQUE INDEX t_d ON t (lower(d), (c::text));
          ALTER TABLE ONLY t ADD CONSTRAINT t_pk PRIMARY KEY (c), ADD COLUMN e int UNIQUE, ADD f int;`).t,
  ).toEqual(['a', 'partial b,c', 'd,c', 'primary c', 'e']);
});

test('what is dropped or renamed holds no more', () => {
  expect(
    keys(`CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE, tenant int, slug text);
          CREATE UNIQUE INDEX by_slug ON users (tenant, slug);
          ALTER TABLE users DROP CONSTRAINT users_email_key;
          ALTER TABLE users RENAME COLUMN slug TO handle;
          CREATE TABLE gone (id int PRIMARY KEY);
          DROP TABLE IF EXISTS gone CASCADE;
          ALTER TABLE users RENAME TO accounts;`),
  ).toEqual({ accounts: ['primary id', 'tenant,handle'] });
  expect(keys('CREATE TABLE t (a int, b int UNIQUE); CREATE UNIQUE INDEX i ON t (a); DROP INDEX i; ALTER TABLE t DROP COLUMN b;')).toEqual({
    t: [],
  });
});

test('migrations of several files apply in their order', () => {
  const files = [
    { file: '10_drop.sql', changes: readSqlChanges('DROP INDEX by_email;') },
    { file: '9_index.sql', changes: readSqlChanges('CREATE UNIQUE INDEX by_email ON users (email);') },
    { file: '1_users.sql', changes: readSqlChanges('CREATE TABLE users (id int PRIMARY KEY, email text);') },
  ].sort((one, other) => compareNatural(one.file, other.file));
  expect(files.map(({ file }) => file)).toEqual(['1_users.sql', '9_index.sql', '10_drop.sql']);
  expect(applyChanges(files)[0].unique).toEqual([{ columns: ['id'], primary: true }]);
});

test('a table that is only altered has unknown columns', () => {
  expect(readSqlSchema('ALTER TABLE t ADD COLUMN a int', 'm.sql')[0].columns).toEqual([]);
});

test('ClickHouse keeps nothing unique', () => {
  expect(keys('CREATE TABLE db.e (id String, v UInt64) ENGINE = ReplacingMergeTree(v) PRIMARY KEY id ORDER BY id')).toEqual({ e: [] });
  expect(keys('CREATE TABLE e (id String PRIMARY KEY) ENGINE = MergeTree')).toEqual({ e: [] });
});

test('blocks of procedural SQL', () => {
  expect(
    keys(
      'CREATE TABLE t (a int); DO $$ BEGIN IF 1 THEN ALTER TABLE t ADD CONSTRAINT c UNIQUE (a); END IF; EXCEPTION WHEN others THEN NULL; END $$;',
    ),
  ).toEqual({ t: ['a'] });
});

test('undo statements are passed over', () => {
  expect(keys('-- +goose Up\nCREATE TABLE t (id int PRIMARY KEY);\n-- +goose Down\nDROP TABLE t;')).toEqual({ t: ['primary id'] });
  expect(['a/schema.prisma', 'm/1_up.sql', 'm/2.down.sql', 'm/down.sql', 'a.ts'].filter(isSchemaFile)).toEqual([
    'a/schema.prisma',
    'm/1_up.sql',
  ]);
});

test('text that is no SQL gives nothing', () => {
  for (const text of [
    '',
    ';;',
    "CREATE TABLE 'x",
    'CREATE TABLE (',
    'ALTER TABLE t ADD',
    'CREATE UNIQUE INDEX ON',
    'DROP INDEX',
    '((((',
    '$$',
  ])
    expect(keys(text)).toEqual({});
});

test('columns by which rows are spread over shards and partitions', () => {
  const shardKeys = Object.fromEntries(
    readSqlSchema(
      `CREATE TABLE orders (tenant_id bigint, id bigint, PRIMARY KEY (tenant_id, id));
       SELECT create_distributed_table('orders', 'tenant_id');
       CREATE TABLE events (day Date, kind String, at DateTime) ENGINE = MergeTree() PARTITION BY (toYYYYMM(day), kind) ORDER BY at;
       CREATE TABLE notes (id int, day date) PARTITION BY RANGE (day);`,
      'm.sql',
    ).map((table) => [table.name, table.shardKey]),
  );
  expect(shardKeys).toEqual({ orders: ['tenant_id'], events: ['day', 'kind'], notes: undefined });
});
