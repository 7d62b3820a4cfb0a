import { expect, test } from 'vitest';
import { summary, tablesOf } from './read-code.ts';

test('TypeORM', () => {
  expect(
    tablesOf(`
      import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryGeneratedColumn, Unique, VersionColumn } from 'typeorm';
      const COLUMNS = ['tenant', 'email'];
      @Entity({ name: 'app_users' })
      @Unique(COLUMNS)
      @Index('by_slug', ['slug'], { unique: true, where: 'deleted IS NULL' })
      @Index(['name'])
      export class User {
        @PrimaryGeneratedColumn('uuid') id!: string;
        @Column() tenant!: string;
        @Column({ name: 'e_mail', unique: true }) email!: string;
        @Column('text') slug!: string;
        @OneToOne(() => Profile) @JoinColumn() profile!: Profile;
        @VersionColumn() version!: number;
        notAColumn = 1;
      }`),
  ).toEqual([
    {
      name: 'User',
      aliases: ['User', 'app_users'],
      unique: [
        { columns: ['id'], primary: true },
        { columns: ['tenant', 'email'] },
        { columns: ['tenant', 'e_mail'] },
        { columns: ['slug'], partial: true, name: 'by_slug' },
        { columns: ['email'] },
        { columns: ['e_mail'] },
        { columns: ['profile'] },
        { columns: ['profileId'] },
      ],
      columns: ['id', 'tenant', 'email', 'slug', 'profile', 'version', 'e_mail', 'profileId'],
      file: 'a.ts',
      line: 8,
    },
  ]);
  expect(
    summary(
      `import { EntitySchema } from 'typeorm'; export const E = new EntitySchema({ name: 'e', columns: { id: { primary: true }, a: { unique: true } }, uniques: [{ columns: ['id', 'a'] }] });`,
    ),
  ).toEqual(['e: primary id | a | id,a']);
});

test('a name alone proves nothing', () => {
  expect(
    summary(
      `@Entity() class A { @PrimaryColumn() id } const users = pgTable('u', { id: text().primaryKey() }); new Schema({ a: { unique: true } });`,
    ),
  ).toEqual([]);
});

test('MikroORM compares the version when it flushes', () => {
  const [decorated] = tablesOf(`
    import { Entity, PrimaryKey, Property, Unique } from '@mikro-orm/core';
    @Entity({ tableName: 'orders' }) @Unique({ properties: ['shop', 'number'] })
    class Order { @PrimaryKey() id; @Property() shop; @Property() number; @Property({ unique: true }) ref; @Property({ version: true }) version }`);
  expect(decorated).toMatchObject({ name: 'Order', aliases: ['Order', 'orders'], comparedVersion: 'version' });
  expect(decorated.unique).toEqual([{ columns: ['id'], primary: true }, { columns: ['shop', 'number'] }, { columns: ['ref'] }]);
  expect(
    tablesOf(`import { defineEntity } from '@mikro-orm/postgresql';
      export const Cart = defineEntity({ name: 'Cart', properties: (p) => ({ id: p.integer().primary(), code: p.string().unique(), v: p.integer().version() }) });`)[0],
  ).toMatchObject({ name: 'Cart', comparedVersion: 'v', unique: [{ columns: ['id'], primary: true }, { columns: ['code'] }] });
});

test('Mongoose', () => {
  const [user] = tablesOf(`
    import mongoose, { Schema } from 'mongoose';
    const userSchema = new Schema({
      email: { type: String, unique: true },
      tenant: String,
      profile: { handle: { type: String, index: { unique: true } } },
    }, { optimisticConcurrency: true, timestamps: true });
    userSchema.index({ tenant: 1, email: -1 }, { unique: true });
    userSchema.index({ tenant: 1 }, { unique: true, partialFilterExpression: { deleted: false } });
    export const User = mongoose.models.User || mongoose.model('User', userSchema, 'people');`);
  expect(user).toMatchObject({
    name: 'User',
    comparedVersion: '__v',
    columns: ['_id', 'createdAt', 'updatedAt', 'email', 'tenant', 'profile', 'profile.handle'],
  });
  expect(user.aliases).toContain('people');
  expect(user.unique).toEqual([
    { columns: ['_id'], primary: true },
    { columns: ['email'] },
    { columns: ['profile.handle'] },
    { columns: ['tenant', 'email'] },
    { columns: ['tenant'], partial: true },
  ]);
  expect(
    summary(`
      import { Prop, Schema, SchemaFactory } from '@nestjs/mongoose';
      @Schema({ collection: 'cats' }) export class Cat { @Prop({ unique: true }) name: string; @Prop() age: number }
      export const CatSchema = SchemaFactory.createForClass(Cat);
      CatSchema.index({ name: 1, age: 1 }, { unique: true });`),
  ).toEqual(['Cat: primary _id | name | name,age']);
});

test('Drizzle', () => {
  const [users] = tablesOf(`
    import { pgTable, text, uniqueIndex, unique, primaryKey } from 'drizzle-orm/pg-core';
    import { sql } from 'drizzle-orm';
    const stamps = { createdAt: text('created_at') };
    export const usersTable = pgTable('users', {
      id: text('id').primaryKey(),
      tenant: text('tenant_id').notNull(),
      email: text().notNull().unique(),
      ...stamps,
    }, (t) => [
      uniqueIndex('by_tenant').on(t.tenant, t.id),
      uniqueIndex('active').on(t.tenant).where(sql\`deleted IS NULL\`),
      uniqueIndex('lower').on(sql\`lower(\${t.email})\`),
    ]);`);
  expect(users).toMatchObject({
    name: 'users',
    aliases: ['users', 'usersTable'],
    columns: ['id', 'tenant', 'email', 'createdAt', 'tenant_id', 'created_at'],
  });
  expect(users.unique).toEqual([
    { columns: ['id'], primary: true },
    { columns: ['email'], name: 'lower' },
    { columns: ['tenant', 'id'], name: 'by_tenant' },
    { columns: ['tenant_id', 'id'], name: 'by_tenant' },
    { columns: ['tenant'], partial: true, name: 'active' },
    { columns: ['tenant_id'], partial: true, name: 'active' },
  ]);
  expect(
    summary(`
      import * as d from 'drizzle-orm/mysql-core';
      export const m = d.mysqlTable('m', (t) => ({ a: t.int(), b: t.int('b').unique() }), (t) => ({ pk: d.primaryKey({ columns: [t.a, t.b] }), u: d.unique().on(t.b, t.a) }));
      const own = d.mysqlSchema('own');
      export const n = own.table('n', { id: d.serial().primaryKey() });`),
  ).toEqual(['m: b | primary a,b', 'n: primary id']);
});

test('Sequelize', () => {
  expect(
    tablesOf(
      `
      const { Model, DataTypes } = require('sequelize');
      class Account extends Model {}
      Account.init({ email: { type: DataTypes.STRING, unique: true }, shop: { type: DataTypes.STRING, unique: 'k' }, code: { type: DataTypes.STRING, unique: 'k', field: 'c' } },
        { sequelize, tableName: 'accounts', version: true, indexes: [{ unique: true, fields: ['shop', { name: 'email' }] }, { fields: ['shop'] }] });`,
      'a.js',
    )[0],
  ).toMatchObject({
    name: 'Account',
    aliases: ['Account', 'accounts'],
    comparedVersion: 'version',
    unique: [
      { columns: ['id'], primary: true },
      { columns: ['email'] },
      { columns: ['shop', 'code'] },
      { columns: ['shop', 'c'] },
      { columns: ['shop', 'email'] },
    ],
  });
  expect(
    summary(
      `module.exports = (db, types) => db.define('Item', { sku: { type: types.STRING(20), primaryKey: true }, n: types.INTEGER });`,
      'a.js',
    ),
  ).toEqual(['Item: primary sku']);
  expect(
    summary(`
      import { Table, Column, Model, PrimaryKey, Unique, Index } from 'sequelize-typescript';
      @Table({ tableName: 'docs' }) export class Doc extends Model { @PrimaryKey @Column id: string; @Unique @Column urlId: string; @Index({ name: 'x', unique: true }) @Column a: string; @Index({ name: 'x', unique: true }) @Column b: string }`),
  ).toEqual(['Doc: primary id | urlId | a,b']);
});

test('Medusa keeps its unique keys among rows that are not deleted', () => {
  expect(
    summary(`import { model } from '@medusajs/framework/utils';
      export const Cart = model.define('cart', { id: model.id().primaryKey(), email: model.text().unique(), shop: model.text() }).indexes([{ on: ['shop', 'email'], unique: true }]);`),
  ).toEqual(['cart: primary id | partial email | partial shop,email']);
});

test('Knex migrations', () => {
  expect(
    summary(
      `
      exports.up = async function (k) {
        await k.schema.createTable('users', (t) => {
          t.increments();
          t.string('email').notNullable().unique();
          t.integer('tenant');
          t.unique(['tenant', 'email'], { indexName: 'te' });
          t.unique(['tenant'], { predicate: k.whereNull('deleted') });
        });
        await k.schema.alterTable('users', function (table) { table.dropUnique(['email']); table.string('slug').unique(); });
        await k.raw('CREATE UNIQUE INDEX by_slug ON users (tenant, slug)');
      };
      exports.down = (k) => k.schema.dropTable('users');`,
      'a.js',
    ),
  ).toEqual(['users: primary id | tenant,email | partial tenant | slug | tenant,slug']);
});

test('Kysely migrations', () => {
  expect(
    summary(`
      export async function up(db) {
        await db.schema.createTable('pet').addColumn('id', 'serial', (col) => col.primaryKey()).addColumn('name', 'text', (col) => col.unique()).addUniqueConstraint('u', ['id', 'name']).execute();
        await db.schema.createIndex('i').on('pet').columns(['name', 'id']).unique().execute();
        await sql\`CREATE UNIQUE INDEX j ON \${sql.ref('s')}.pet (name) WHERE alive\`.execute(db);
      }`),
  ).toEqual(['pet: primary id | name | id,name | partial name']);
});

test('Sequelize migrations', () => {
  expect(
    summary(
      `
      module.exports = {
        async up(qi, Sequelize) {
          await qi.createTable('docs', { id: { type: Sequelize.UUID, primaryKey: true }, slug: { type: Sequelize.STRING, unique: true }, team: Sequelize.UUID });
          await qi.sequelize.transaction(async (transaction) => {
            await qi.addIndex('docs', ['team', 'slug'], { unique: true, name: 'ts', transaction });
            await qi.addConstraint('docs', { type: 'unique', fields: ['team'], name: 'only_team' });
            await qi.removeConstraint('docs', 'docs_slug_key');
          });
        },
        async down(qi) { await qi.dropTable('docs'); },
      };`,
      'a.js',
    ),
  ).toEqual(['docs: primary id | team,slug | team']);
});

test('TypeORM migrations', () => {
  expect(
    summary(`
      import { Table, TableIndex } from 'typeorm';
      export class M1 {
        async up(runner) {
          await runner.createTable(new Table({ name: 'job', columns: [{ name: 'id', isPrimary: true }, { name: 'key', isUnique: true }] }));
          await runner.createIndex('job', new TableIndex({ columnNames: ['key', 'id'], isUnique: true }));
          await runner.query(\`ALTER TABLE "job" ADD CONSTRAINT "u" UNIQUE ("a", "b")\`);
        }
        async down(runner) { await runner.dropTable('job'); }
      }`),
  ).toEqual(['job: primary id | key | key,id | a,b']);
});

test('a variable made from itself ends', () => {
  expect(
    summary(
      `import { pgTable } from 'drizzle-orm/pg-core'; let a, d; function f() { a = a.b; d = { x: d.x.x, ...d, ...d }; pgTable('d', d.x.x); pgTable(a, a.c); a.schema.createTable(a.d); } var b = { ...b, c: b.c }; pgTable('t', b)`,
    ),
  ).toEqual(['t: ', 'd: ']);
});
