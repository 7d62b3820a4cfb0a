import { expect, test } from 'vitest';
import { readPrismaSchema, readSchemaCode, readSchemaFile, Schema } from '../../src/schema/index.ts';
import { irOf } from './read-code.ts';

const schema = Schema.from(
  readPrismaSchema(
    `model OrderLine {
       id Int @id
       orderId Int
       sku String
       coupon String
       @@unique([orderId, sku])
       @@unique([coupon], where: raw("used"))
       @@map("order_lines")
     }
     model Status { id Int @id }
     model Statu { id Int @id }`,
    's.prisma',
  ),
);

test('unique when a key lies within the columns', () => {
  expect(schema.isUnique('OrderLine', ['id'])).toBe('yes');
  expect(schema.isUnique('OrderLine', ['sku', 'orderId', 'coupon'])).toBe('yes');
  expect(schema.isUnique('OrderLine', ['order_id', 'SKU'])).toBe('yes');
  expect(schema.isUnique('OrderLine', ['sku'])).toBe('no');
});

test('unknown for an unknown table or column, and for a key with a condition', () => {
  expect(schema.isUnique('Invoice', ['id'])).toBe('unknown');
  expect(schema.isUnique('OrderLine', ['sku', 'colour'])).toBe('unknown');
  expect(schema.isUnique('OrderLine', ['coupon'])).toBe('unknown');
});

test('a table by other spellings of its name, unless two go by it', () => {
  for (const name of ['orderLine', 'ORDERLINE', 'order_lines', 'order_line', 'public.order_lines', 'orderLines'])
    expect(schema.table(name)?.name).toBe('OrderLine');
  expect(schema.table('statu')?.name).toBe('Statu');
  expect(schema.table('statuss')?.name).toBe('Status');
  expect(schema.table('lines')).toBeUndefined();
});

test('a model and the migrations of its table add up', () => {
  const code = `import { Entity, Column } from 'typeorm'; @Entity('users') export class User { @Column() email: string }`;
  const both = Schema.fromSources([
    readSchemaFile('db/migrations/2_email.sql', 'CREATE UNIQUE INDEX i ON users (email)'),
    readSchemaFile('db/migrations/1_users.sql', 'CREATE TABLE users (id int PRIMARY KEY, email text, age int)'),
    readSchemaCode('user.ts', irOf(code)),
  ]);
  expect(both.isUnique('User', ['email'])).toBe('yes');
  expect(both.isUnique('User', ['age'])).toBe('no');
  expect(both.table('User')).toMatchObject({ name: 'User', columns: ['email', 'id', 'age'] });
});

test('a base class of another file', () => {
  const sources = Schema.fromSources([
    readSchemaCode(
      'user.ts',
      irOf(
        `import { Entity, Column } from 'typeorm'; import { Base } from './base'; @Entity() export class User extends Base { @Column() email: string }`,
      ),
    ),
    readSchemaCode(
      'base.ts',
      irOf(`import { PrimaryGeneratedColumn } from 'typeorm'; export abstract class Base { @PrimaryGeneratedColumn() id: string }`),
    ),
  ]);
  expect(sources.isUnique('User', ['id'])).toBe('yes');
  expect(sources.isUnique('User', ['email'])).toBe('no');
  expect(sources.table('Base')).toBeUndefined();
});

test('a key that cannot be read leaves the table open', () => {
  const code = `import { Entity, Column, Unique } from 'typeorm'; import { COLUMNS } from './x'; @Entity() @Unique(COLUMNS) class User { @Column() email: string }`;
  expect(Schema.fromSources([readSchemaCode('user.ts', irOf(code))]).isUnique('User', ['email'])).toBe('unknown');
});

test('the empty schema', () => {
  expect(Schema.empty.isUnique('User', ['id'])).toBe('unknown');
});
