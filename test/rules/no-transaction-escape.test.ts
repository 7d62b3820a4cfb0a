import { twins } from '../support/twins.ts';

twins('no-transaction-escape', [
  {
    title: 'outer Prisma client written inside the transaction callback',
    defect: {
      'close-account.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function closeAccount(accountId: string, actorId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.account.update({ where: { id: accountId }, data: { state: 'closed' } });
            await prisma.auditLog.create({ data: { accountId, actorId, action: 'closed' } }); // finds
          });
        }
      `,
    },
    correct: {
      'close-account.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function closeAccount(accountId: string, actorId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.account.update({ where: { id: accountId }, data: { state: 'closed' } });
            await tx.auditLog.create({ data: { accountId, actorId, action: 'closed' } });
          });
        }
      `,
    },
  },

  {
    title: 'repository function with a default client, called without the transaction',
    shared: {
      'src/prisma.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
        export type PrismaLike = Prisma.TransactionClient;
      `,
      'src/line-items.ts': `
        import { prisma, type PrismaLike } from './prisma';

        export interface LineItem {
          sku: string;
          quantity: number;
        }

        export function createLineItems(orderId: string, items: LineItem[], client: PrismaLike = prisma) {
          return client.lineItem.createMany({ data: items.map((item) => ({ ...item, orderId })) });
        }
      `,
    },
    defect: {
      'src/create-order.ts': `
        import { createLineItems, type LineItem } from './line-items';
        import { prisma } from './prisma';

        export function createOrder(customerId: string, items: LineItem[]) {
          return prisma.$transaction(async (tx) => {
            const order = await tx.order.create({ data: { customerId } });
            await createLineItems(order.id, items); // finds
            return order;
          });
        }
      `,
    },
    correct: {
      'src/create-order.ts': `
        import { createLineItems, type LineItem } from './line-items';
        import { prisma } from './prisma';

        export function createOrder(customerId: string, items: LineItem[]) {
          return prisma.$transaction(async (tx) => {
            const order = await tx.order.create({ data: { customerId } });
            await createLineItems(order.id, items, tx);
            return order;
          });
        }
      `,
    },
  },

  {
    title: 'Nest service uses its injected repository inside dataSource.transaction',
    shared: {
      'src/entities.ts': `
        import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Stock {
          @PrimaryColumn()
          sku!: string;

          @Column('int')
          available!: number;
        }

        @Entity()
        export class Reservation {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          sku!: string;

          @Column('int')
          quantity!: number;
        }
      `,
    },
    defect: {
      'src/reservations.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { DataSource, Repository } from 'typeorm';
        import { Reservation, Stock } from './entities';

        @Injectable()
        export class ReservationsService {
          constructor(
            private readonly dataSource: DataSource,
            @InjectRepository(Stock) private readonly stock: Repository<Stock>,
          ) {}

          async reserve(sku: string, quantity: number) {
            await this.dataSource.transaction(async (manager) => {
              await this.stock.decrement({ sku }, 'available', quantity); // finds
              await manager.insert(Reservation, { sku, quantity });
            });
          }

          levels() {
            return this.stock.find();
          }
        }
      `,
    },
    correct: {
      'src/reservations.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { DataSource, Repository } from 'typeorm';
        import { Reservation, Stock } from './entities';

        @Injectable()
        export class ReservationsService {
          constructor(
            private readonly dataSource: DataSource,
            @InjectRepository(Stock) private readonly stock: Repository<Stock>,
          ) {}

          async reserve(sku: string, quantity: number) {
            await this.dataSource.transaction(async (manager) => {
              await manager.getRepository(Stock).decrement({ sku }, 'available', quantity);
              await manager.insert(Reservation, { sku, quantity });
            });
          }

          levels() {
            return this.stock.find();
          }
        }
      `,
    },
  },

  {
    title: 'knex store whose optional trx is left out of one of two calls',
    shared: {
      'src/stores.ts': `
        import type { Knex } from 'knex';

        abstract class Store {
          constructor(protected readonly db: Knex) {}

          protected table(name: string, trx?: Knex.Transaction) {
            const query = this.db(name);
            return trx ? query.transacting(trx) : query;
          }
        }

        export class FeatureStore extends Store {
          async archive(name: string, trx?: Knex.Transaction) {
            await this.table('features', trx).where({ name }).update({ archived: true });
          }
        }

        export class EventStore extends Store {
          async append(type: string, data: object, trx?: Knex.Transaction) {
            await this.table('events', trx).insert({ type, data: JSON.stringify(data) });
          }
        }
      `,
    },
    defect: {
      'src/feature.service.ts': `
        import type { Knex } from 'knex';
        import type { EventStore, FeatureStore } from './stores';

        export class FeatureService {
          constructor(
            private readonly knex: Knex,
            private readonly features: FeatureStore,
            private readonly events: EventStore,
          ) {}

          async archive(name: string) {
            await this.knex.transaction(async (trx) => {
              await this.features.archive(name, trx);
              await this.events.append('feature-archived', { name }); // finds
            });
          }
        }
      `,
    },
    correct: {
      'src/feature.service.ts': `
        import type { Knex } from 'knex';
        import type { EventStore, FeatureStore } from './stores';

        export class FeatureService {
          constructor(
            private readonly knex: Knex,
            private readonly features: FeatureStore,
            private readonly events: EventStore,
          ) {}

          async archive(name: string) {
            await this.knex.transaction(async (trx) => {
              await this.features.archive(name, trx);
              await this.events.append('feature-archived', { name }, trx);
            });
          }
        }
      `,
    },
  },

  {
    title: 'a Mongoose update without the session of its transaction',
    shared: {
      'src/models.ts': `
        import { Schema, model } from 'mongoose';

        export const Transfer = model('Transfer', new Schema({ from: String, to: String, amount: Number }));
        export const Account = model('Account', new Schema({ owner: String, balance: Number }));
      `,
    },
    defect: {
      'src/transfer.ts': `
        import mongoose from 'mongoose';
        import { Account, Transfer } from './models';

        export async function transfer(from: string, to: string, amount: number) {
          await mongoose.connection.transaction(async (session) => {
            await Transfer.create([{ from, to, amount }], { session });
            await Account.updateOne({ _id: from }, { $inc: { balance: -amount } }, { session });
            await Account.updateOne({ _id: to }, { $inc: { balance: amount } }); // finds
          });
        }
      `,
    },
    correct: {
      'src/transfer.ts': `
        import mongoose from 'mongoose';
        import { Account, Transfer } from './models';

        export async function transfer(from: string, to: string, amount: number) {
          await mongoose.connection.transaction(async (session) => {
            await Transfer.create([{ from, to, amount }], { session });
            await Account.updateOne({ _id: from }, { $inc: { balance: -amount } }, { session });
            await Account.updateOne({ _id: to }, { $inc: { balance: amount } }, { session });
          });
        }
      `,
    },
  },

  {
    title: 'Sequelize create without the transaction option; right where the models join by continuation-local storage',
    shared: {
      'src/register.ts': `
        import { Profile, User } from './models';
        import { sequelize } from './sequelize';

        export async function register(email: string) {
          return sequelize.transaction(async (transaction) => {
            const user = await User.create({ email }, { transaction });
            await Profile.create({ userId: user.id }); // finds
            return user;
          });
        }
      `,
      'src/models.ts': `
        import { DataTypes, Model } from 'sequelize';
        import { sequelize } from './sequelize';

        export class User extends Model {
          declare id: number;
          declare email: string;
        }

        export class Profile extends Model {
          declare userId: number;
        }

        User.init({ email: DataTypes.STRING }, { sequelize });
        Profile.init({ userId: DataTypes.INTEGER }, { sequelize });
      `,
    },
    defect: {
      'src/sequelize.ts': `
        import { Sequelize } from 'sequelize';

        export const sequelize = new Sequelize(process.env.DATABASE_URL!);
      `,
    },
    correct: {
      'src/sequelize.ts': `
        import { createNamespace } from 'cls-hooked';
        import { Sequelize } from 'sequelize';

        Sequelize.useCLS(createNamespace('transactions'));

        export const sequelize = new Sequelize(process.env.DATABASE_URL!);
      `,
    },
  },

  {
    title: 'a Drizzle repository built over the plain client instead of the transaction',
    shared: {
      'src/db.ts': `
        import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
        import { Pool } from 'pg';

        export type Db = NodePgDatabase;
        export const db: Db = drizzle(new Pool({ connectionString: process.env.DATABASE_URL }));
      `,
      'src/schema.ts': `
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';

        export const wallets = pgTable('wallets', { id: text('id').primaryKey(), balance: integer('balance').notNull() });
        export const entries = pgTable('entries', { id: text('id').primaryKey(), walletId: text('wallet_id').notNull(), amount: integer('amount').notNull() });
      `,
      'src/repositories.ts': `
        import { randomUUID } from 'node:crypto';
        import { eq, sql } from 'drizzle-orm';
        import type { Db } from './db';
        import { entries, wallets } from './schema';

        export class WalletRepository {
          constructor(private readonly db: Db) {}

          async credit(walletId: string, amount: number) {
            await this.db.update(wallets).set({ balance: sql\`\${wallets.balance} + \${amount}\` }).where(eq(wallets.id, walletId));
          }
        }

        export class EntryRepository {
          constructor(private readonly db: Db) {}

          async append(walletId: string, amount: number) {
            await this.db.insert(entries).values({ id: randomUUID(), walletId, amount });
          }
        }
      `,
    },
    defect: {
      'src/top-up.ts': `
        import { db, type Db } from './db';
        import { EntryRepository, WalletRepository } from './repositories';

        export async function topUp(walletId: string, amount: number) {
          await db.transaction(async (tx) => {
            const wallets = new WalletRepository(tx as unknown as Db);
            const entries = new EntryRepository(db);
            await wallets.credit(walletId, amount);
            await entries.append(walletId, amount); // finds
          });
        }
      `,
    },
    correct: {
      'src/top-up.ts': `
        import { db, type Db } from './db';
        import { EntryRepository, WalletRepository } from './repositories';

        export async function topUp(walletId: string, amount: number) {
          await db.transaction(async (tx) => {
            const wallets = new WalletRepository(tx as unknown as Db);
            const entries = new EntryRepository(tx as unknown as Db);
            await wallets.credit(walletId, amount);
            await entries.append(walletId, amount);
          });
        }
      `,
    },
  },

  {
    title: 'pool.query between BEGIN and COMMIT of a checked-out pg client (CommonJS)',
    defect: {
      'merge-users.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function mergeUsers(keptId, mergedId) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            await client.query('UPDATE orders SET user_id = $1 WHERE user_id = $2', [keptId, mergedId]);
            await pool.query('DELETE FROM users WHERE id = $1', [mergedId]); // finds
            await client.query('COMMIT');
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
        }

        module.exports = { mergeUsers };
      `,
    },
    correct: {
      'merge-users.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function mergeUsers(keptId, mergedId) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            await client.query('UPDATE orders SET user_id = $1 WHERE user_id = $2', [keptId, mergedId]);
            await client.query('DELETE FROM users WHERE id = $1', [mergedId]);
            await client.query('COMMIT');
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
        }

        module.exports = { mergeUsers };
      `,
    },
  },

  {
    title: 'a repository that imports the client, against one that asks the async-local transaction first',
    shared: {
      'src/database.ts': `
        import { AsyncLocalStorage } from 'node:async_hooks';
        import { Prisma, PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
        const current = new AsyncLocalStorage<Prisma.TransactionClient>();

        export function db(): Prisma.TransactionClient {
          return current.getStore() ?? prisma;
        }

        export function inTransaction<T>(work: () => Promise<T>): Promise<T> {
          return prisma.$transaction((tx) => current.run(tx, work));
        }
      `,
      'src/archive-project.ts': `
        import { db, inTransaction } from './database';
        import { archiveTasks } from './tasks.repository';

        export async function archiveProject(projectId: string) {
          await inTransaction(async () => {
            await db().project.update({ where: { id: projectId }, data: { archived: true } });
            await archiveTasks(projectId); // finds
          });
        }
      `,
    },
    defect: {
      'src/tasks.repository.ts': `
        import { prisma } from './database';

        export async function archiveTasks(projectId: string) {
          await prisma.task.updateMany({ where: { projectId }, data: { archived: true } });
        }
      `,
    },
    correct: {
      'src/tasks.repository.ts': `
        import { db } from './database';

        export async function archiveTasks(projectId: string) {
          await db().task.updateMany({ where: { projectId }, data: { archived: true } });
        }
      `,
    },
  },

  {
    title: 'injected repositories inside a manual query runner, against inside a method that joins them by itself',
    shared: {
      'src/invoice.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Invoice {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          orderId!: string;
        }

        @Entity()
        export class InvoiceLine {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          invoiceId!: string;

          @Column()
          text!: string;
        }
      `,
    },
    defect: {
      'src/invoices.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { DataSource, Repository } from 'typeorm';
        import { Invoice, InvoiceLine } from './invoice.entity';

        @Injectable()
        export class InvoicesService {
          constructor(
            private readonly dataSource: DataSource,
            @InjectRepository(InvoiceLine) private readonly lines: Repository<InvoiceLine>,
          ) {}

          async create(orderId: string, texts: string[]) {
            const runner = this.dataSource.createQueryRunner();
            await runner.startTransaction();
            try {
              const invoice = await runner.manager.save(runner.manager.create(Invoice, { orderId }));
              await this.lines.insert(texts.map((text) => ({ invoiceId: invoice.id, text }))); // finds
              await runner.commitTransaction();
            } catch (error) {
              await runner.rollbackTransaction();
              throw error;
            } finally {
              await runner.release();
            }
          }
        }
      `,
    },
    correct: {
      'src/invoices.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Transactional } from 'typeorm-transactional';
        import { Invoice, InvoiceLine } from './invoice.entity';

        @Injectable()
        export class InvoicesService {
          constructor(
            @InjectRepository(Invoice) private readonly invoices: Repository<Invoice>,
            @InjectRepository(InvoiceLine) private readonly lines: Repository<InvoiceLine>,
          ) {}

          @Transactional()
          async create(orderId: string, texts: string[]) {
            const invoice = await this.invoices.save(this.invoices.create({ orderId }));
            await this.lines.insert(texts.map((text) => ({ invoiceId: invoice.id, text })));
          }
        }
      `,
    },
  },

  {
    title: 'mongodb repository captured the collection and is not told the session, inside a generic wrapper',
    shared: {
      'src/with-transaction.ts': `
        import type { ClientSession, MongoClient } from 'mongodb';

        export async function withTransaction<T>(client: MongoClient, work: (session: ClientSession) => Promise<T>): Promise<T> {
          const session = client.startSession();
          try {
            return await session.withTransaction(() => work(session));
          } finally {
            await session.endSession();
          }
        }
      `,
      'src/repositories.ts': `
        import type { ClientSession, Collection } from 'mongodb';

        interface Order {
          _id: string;
          state: string;
        }

        export class Orders {
          constructor(private readonly orders: Collection<Order>) {}

          async cancel(id: string, session?: ClientSession) {
            await this.orders.updateOne({ _id: id }, { $set: { state: 'cancelled' } }, { session });
          }
        }

        export class Refunds {
          constructor(private readonly refunds: Collection<{ orderId: string }>) {}

          async request(orderId: string, session?: ClientSession) {
            await this.refunds.insertOne({ orderId }, { session });
          }
        }
      `,
    },
    defect: {
      'src/cancel-order.ts': `
        import type { MongoClient } from 'mongodb';
        import type { Orders, Refunds } from './repositories';
        import { withTransaction } from './with-transaction';

        export async function cancelOrder(client: MongoClient, orders: Orders, refunds: Refunds, id: string) {
          await withTransaction(client, async (session) => {
            await orders.cancel(id, session);
            await refunds.request(id); // finds
          });
        }
      `,
    },
    correct: {
      'src/cancel-order.ts': `
        import type { MongoClient } from 'mongodb';
        import type { Orders, Refunds } from './repositories';
        import { withTransaction } from './with-transaction';

        export async function cancelOrder(client: MongoClient, orders: Orders, refunds: Refunds, id: string) {
          await withTransaction(client, async (session) => {
            await orders.cancel(id, session);
            await refunds.request(id, session);
          });
        }
      `,
    },
  },

  {
    title: 'a row that the transaction has just written read through the outer client, against a setting read from a replica',
    defect: {
      'src/renew.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function renew(membershipId: string) {
          return prisma.$transaction(async (tx) => {
            await tx.membership.update({ where: { id: membershipId }, data: { renewals: { increment: 1 } } });
            const membership = await prisma.membership.findUniqueOrThrow({ where: { id: membershipId } }); // finds
            await tx.invoice.create({ data: { membershipId, number: membership.renewals } });
          });
        }
      `,
    },
    correct: {
      'src/renew.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const replica = new PrismaClient({ datasourceUrl: process.env.REPLICA_URL });

        export async function renew(membershipId: string) {
          return prisma.$transaction(async (tx) => {
            const membership = await tx.membership.update({ where: { id: membershipId }, data: { renewals: { increment: 1 } } });
            const tax = await replica.taxRate.findFirst({ where: { country: membership.country } });
            await tx.invoice.create({ data: { membershipId, number: membership.renewals, tax: tax?.rate ?? 0 } });
          });
        }
      `,
    },
  },

  {
    title: 'a client out of the options of a service, used within the transaction that was opened on it (Knex); fixed by the transaction',
    shared: {
      'crane-moves.ts': `
        import type { Knex } from 'knex';

        export async function setState(db: Knex, id: string, state: string) {
          const [move] = await db.from('crane_moves').where({ id }).update({ state }).returning('*');
          return move;
        }

        export async function planNext(db: Knex, craneId: string) {
          await db.from('cranes').where({ id: craneId }).update({ next_move_at: null });
        }
      `,
    },
    defect: {
      'cranes.ts': `
        import type { Knex } from 'knex';
        import * as moves from './crane-moves';

        export class Cranes {
          private readonly db: Knex;

          constructor({ client }: { client: { db: Knex } }) {
            this.db = client.db;
          }

          async cancel(id: string) {
            return this.db.transaction(async (trx) => {
              const move = await moves.setState(this.db, id, 'cancelled'); // finds
              await moves.planNext(trx, move.crane_id);
            });
          }
        }
      `,
    },
    correct: {
      'cranes.ts': `
        import type { Knex } from 'knex';
        import * as moves from './crane-moves';

        export class Cranes {
          private readonly db: Knex;

          constructor({ client }: { client: { db: Knex } }) {
            this.db = client.db;
          }

          async cancel(id: string) {
            return this.db.transaction(async (trx) => {
              const move = await moves.setState(trx, id, 'cancelled');
              await moves.planNext(trx, move.crane_id);
            });
          }
        }
      `,
    },
  },

  {
    title: 'a service that begins a transaction of its own on the same client (Sequelize); fixed by options that hold the open one',
    certainty: 'likely',
    shared: {
      'src/herds.ts': `
        import type { Sequelize, Transaction } from 'sequelize';

        export interface Options {
          sequelize: Sequelize;
          transaction?: Transaction;
        }

        export class Herds {
          constructor(private readonly options: Options) {}

          async join(fromId: string, intoId: string) {
            const transaction = this.options.transaction ?? (await this.options.sequelize.transaction());
            await this.options.sequelize.query('update sheep set herd_id = :intoId where herd_id = :fromId', { replacements: { fromId, intoId }, transaction });
            if (this.options.transaction === undefined) await transaction.commit();
          }
        }
      `,
    },
    defect: {
      'src/auction.ts': `
        import { Sequelize } from 'sequelize';
        import { Herds } from './herds';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export async function hammer(lotId: string, fromId: string, intoId: string) {
          const transaction = await sequelize.transaction();
          await sequelize.query('update lots set sold = true where id = :lotId', { replacements: { lotId }, transaction });
          await new Herds({ sequelize }).join(fromId, intoId); // finds
          await transaction.commit();
        }
      `,
    },
    correct: {
      'src/auction.ts': `
        import { Sequelize } from 'sequelize';
        import { Herds } from './herds';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export async function hammer(lotId: string, fromId: string, intoId: string) {
          const transaction = await sequelize.transaction();
          await sequelize.query('update lots set sold = true where id = :lotId', { replacements: { lotId }, transaction });
          await new Herds({ sequelize, transaction }).join(fromId, intoId);
          await transaction.commit();
        }
      `,
    },
  },

  {
    title: 'a transaction of its own within another one (pg-promise), against a savepoint of it',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import pgPromise from 'pg-promise';

        export const db = pgPromise()(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/berths.ts': `
        import { db } from './db';

        export const moor = (ship: string, berth: number) =>
          db.tx(async (t) => {
            await t.none('update ships set moored = true where id = $(ship)', { ship });
            await db.tx((inner) => inner.none('update berths set ship_id = $(ship) where number = $(berth)', { ship, berth })); // finds
          });
      `,
    },
    correct: {
      'src/berths.ts': `
        import { db } from './db';

        export const moor = (ship: string, berth: number) =>
          db.tx(async (t) => {
            await t.none('update ships set moored = true where id = $(ship)', { ship });
            await t.tx((inner) => inner.none('update berths set ship_id = $(ship) where number = $(berth)', { ship, berth }));
          });
      `,
    },
  },

  {
    title: 'a savepoint that Sequelize is told the open transaction of, against a second transaction',
    certainty: 'likely',
    defect: {
      'src/looms.ts': `
        import { Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export const rethread = (loomId: string) =>
          sequelize.transaction(async (transaction) => {
            await sequelize.query('update looms set threaded = false where id = :loomId', { replacements: { loomId }, transaction });
            await sequelize.transaction({ isolationLevel: 'READ COMMITTED' as never }, async (inner) => {
              await sequelize.query('delete from warps where loom_id = :loomId', { replacements: { loomId }, transaction: inner }); // finds
            });
          });
      `,
    },
    correct: {
      'src/looms.ts': `
        import { Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export const rethread = (loomId: string) =>
          sequelize.transaction(async (transaction) => {
            await sequelize.query('update looms set threaded = false where id = :loomId', { replacements: { loomId }, transaction });
            await sequelize.transaction({ transaction }, async (inner) => {
              await sequelize.query('delete from warps where loom_id = :loomId', { replacements: { loomId }, transaction: inner });
            });
          });
      `,
    },
  },
]);
