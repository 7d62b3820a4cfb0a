import { twins } from '../support/twins.ts';

twins('no-read-modify-write', [
  {
    title: 'Prisma balance read, added to and written back; fixed by an atomic increment',
    defect: {
      'wallet.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function deposit(walletId: string, amount: number) {
          const wallet = await prisma.wallet.findUniqueOrThrow({ where: { id: walletId } });
          return prisma.wallet.update({ where: { id: wallet.id }, data: { balance: wallet.balance + amount } }); // finds
        }
      `,
    },
    correct: {
      'wallet.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function deposit(walletId: string, amount: number) {
          const wallet = await prisma.wallet.findUniqueOrThrow({ where: { id: walletId } });
          return prisma.wallet.update({ where: { id: wallet.id }, data: { balance: { increment: amount } } });
        }
      `,
    },
  },

  {
    title: 'Nest service changes a TypeORM entity and saves it; fixed by decrement',
    shared: {
      'src/stock/stock.entity.ts': `
        import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';

        @Entity()
        export class Stock {
          @PrimaryColumn()
          sku!: string;

          @Column('int')
          available!: number;

          @VersionColumn()
          version!: number;
        }
      `,
    },
    defect: {
      'src/stock/stock.service.ts': `
        import { Injectable, NotFoundException } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Stock } from './stock.entity';

        @Injectable()
        export class StockService {
          constructor(@InjectRepository(Stock) private readonly stock: Repository<Stock>) {}

          async take(sku: string, quantity: number) {
            const stock = await this.stock.findOneBy({ sku });
            if (!stock) throw new NotFoundException(sku);
            stock.available -= quantity;
            await this.stock.save(stock); // finds
          }
        }
      `,
    },
    correct: {
      'src/stock/stock.service.ts': `
        import { Injectable, NotFoundException } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Stock } from './stock.entity';

        @Injectable()
        export class StockService {
          constructor(@InjectRepository(Stock) private readonly stock: Repository<Stock>) {}

          async take(sku: string, quantity: number) {
            const stock = await this.stock.findOneBy({ sku });
            if (!stock) throw new NotFoundException(sku);
            await this.stock.decrement({ sku }, 'available', quantity);
          }
        }
      `,
    },
  },

  {
    title: 'a document replaced through a repository class; fixed by the version in the filter of its save',
    shared: {
      'src/cart.ts': `
        export interface Cart {
          _id: string;
          version: number;
          items: { sku: string; quantity: number }[];
        }
      `,
      'src/cart.service.ts': `
        import type { CartRepository } from './cart.repository';

        export class CartService {
          constructor(private readonly carts: CartRepository) {}

          async add(cartId: string, sku: string, quantity: number) {
            const cart = await this.carts.byId(cartId);
            cart.items.push({ sku, quantity });
            await this.carts.save(cart); // finds
            return cart;
          }
        }
      `,
    },
    defect: {
      'src/cart.repository.ts': `
        import type { Collection } from 'mongodb';
        import type { Cart } from './cart';

        export class CartRepository {
          constructor(private readonly carts: Collection<Cart>) {}

          async byId(id: string): Promise<Cart> {
            const cart = await this.carts.findOne({ _id: id });
            if (!cart) throw new Error(\`no cart \${id}\`);
            return cart;
          }

          async save(cart: Cart): Promise<void> {
            const result = await this.carts.replaceOne({ _id: cart._id }, { ...cart, version: cart.version + 1 });
            if (result.modifiedCount === 0) throw new Error(\`cart \${cart._id} has changed\`);
          }
        }
      `,
    },
    correct: {
      'src/cart.repository.ts': `
        import type { Collection } from 'mongodb';
        import type { Cart } from './cart';

        export class CartRepository {
          constructor(private readonly carts: Collection<Cart>) {}

          async byId(id: string): Promise<Cart> {
            const cart = await this.carts.findOne({ _id: id });
            if (!cart) throw new Error(\`no cart \${id}\`);
            return cart;
          }

          async save(cart: Cart): Promise<void> {
            const result = await this.carts.replaceOne({ _id: cart._id, version: cart.version }, { ...cart, version: cart.version + 1 });
            if (result.modifiedCount === 0) throw new Error(\`cart \${cart._id} has changed\`);
          }
        }
      `,
    },
  },

  {
    title: 'plain SELECT inside a pg transaction (CommonJS, generic wrapper); fixed by FOR UPDATE',
    shared: {
      'db.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function withTransaction(work) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            const result = await work(client);
            await client.query('COMMIT');
            return result;
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
        }

        module.exports = { pool, withTransaction };
      `,
    },
    defect: {
      'allocate.js': `
        const { withTransaction } = require('./db');

        async function allocate(budgetId, amount) {
          return withTransaction(async (client) => {
            const { rows } = await client.query('SELECT remaining FROM budgets WHERE id = $1', [budgetId]);
            const remaining = rows[0].remaining - amount;
            if (remaining < 0) throw new Error('budget exceeded');
            await client.query('UPDATE budgets SET remaining = $1 WHERE id = $2', [remaining, budgetId]); // finds
            return remaining;
          });
        }

        module.exports = { allocate };
      `,
    },
    correct: {
      'allocate.js': `
        const { withTransaction } = require('./db');

        async function allocate(budgetId, amount) {
          return withTransaction(async (client) => {
            const { rows } = await client.query('SELECT remaining FROM budgets WHERE id = $1 FOR UPDATE', [budgetId]);
            const remaining = rows[0].remaining - amount;
            if (remaining < 0) throw new Error('budget exceeded');
            await client.query('UPDATE budgets SET remaining = $1 WHERE id = $2', [remaining, budgetId]);
            return remaining;
          });
        }

        module.exports = { allocate };
      `,
    },
  },

  {
    title: 'a Prisma transaction at default isolation; fixed by a wrapper that runs it serializable and retries',
    shared: {
      'src/ratings.service.ts': `
        import { inTransaction } from './transactions';

        export async function rate(productId: string, stars: number) {
          return inTransaction(async (tx) => {
            const product = await tx.product.findUniqueOrThrow({ where: { id: productId } });
            const ratings = product.ratings + 1;
            const average = (product.average * product.ratings + stars) / ratings;
            await tx.product.update({ where: { id: productId }, data: { ratings, average } }); // finds
            return average;
          });
        }
      `,
    },
    defect: {
      'src/transactions.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function inTransaction<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
          for (let attempt = 1; ; attempt++) {
            try {
              return await prisma.$transaction(work, { timeout: 10_000 });
            } catch (error) {
              const conflict = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034';
              if (!conflict || attempt === 5) throw error;
            }
          }
        }
      `,
    },
    correct: {
      'src/transactions.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function inTransaction<T>(work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
          for (let attempt = 1; ; attempt++) {
            try {
              return await prisma.$transaction(work, { isolationLevel: Prisma.TransactionIsolationLevel.Serializable });
            } catch (error) {
              const conflict = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034';
              if (!conflict || attempt === 5) throw error;
            }
          }
        }
      `,
    },
  },

  {
    title: 'a lock around the write only; fixed by reading inside it as well',
    shared: {
      'src/lock.ts': `
        import { Redis } from 'ioredis';
        import Redlock from 'redlock';

        const redlock = new Redlock([new Redis(process.env.REDIS_URL!)]);

        export async function withLock<T>(resource: string, work: () => Promise<T>): Promise<T> {
          return redlock.using([\`lock:\${resource}\`], 5000, async () => work());
        }
      `,
      'src/playlist.model.ts': `
        import { Schema, model } from 'mongoose';

        const playlistSchema = new Schema({ owner: String, trackIds: { type: [String], default: [] } });

        export const Playlist = model('Playlist', playlistSchema);
      `,
    },
    defect: {
      'src/playlist.service.ts': `
        import { withLock } from './lock';
        import { Playlist } from './playlist.model';

        export async function appendTrack(playlistId: string, trackId: string) {
          const playlist = await Playlist.findById(playlistId).orFail();
          const trackIds = [...playlist.trackIds.filter((id) => id !== trackId), trackId];
          await withLock(playlistId, async () => {
            await Playlist.updateOne({ _id: playlistId }, { $set: { trackIds } }); // finds
          });
        }
      `,
    },
    correct: {
      'src/playlist.service.ts': `
        import { withLock } from './lock';
        import { Playlist } from './playlist.model';

        export async function appendTrack(playlistId: string, trackId: string) {
          await withLock(playlistId, async () => {
            const playlist = await Playlist.findById(playlistId).orFail();
            const trackIds = [...playlist.trackIds.filter((id) => id !== trackId), trackId];
            await Playlist.updateOne({ _id: playlistId }, { $set: { trackIds } });
          });
        }
      `,
    },
  },

  {
    title: 'Sequelize instance saves a field derived from what was read, against a field that is not',
    shared: {
      'src/user.model.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class User extends Model {
          declare id: string;
          declare signIns: number;
          declare lastSeenAt: Date;
        }

        User.init({ id: { type: DataTypes.UUID, primaryKey: true }, signIns: DataTypes.INTEGER, lastSeenAt: DataTypes.DATE }, { sequelize });
      `,
    },
    defect: {
      'src/sign-in.ts': `
        import { User } from './user.model';

        export async function signedIn(id: string) {
          const user = await User.findByPk(id, { rejectOnEmpty: true });
          user.signIns += 1;
          await user.save(); // finds
          return user.signIns;
        }
      `,
    },
    correct: {
      'src/sign-in.ts': `
        import { User } from './user.model';

        export async function signedIn(id: string) {
          const user = await User.findByPk(id, { rejectOnEmpty: true });
          user.lastSeenAt = new Date();
          await user.save();
          return user.signIns;
        }
      `,
    },
  },

  {
    title: 'Mongoose document saved; fixed by optimisticConcurrency in its schema',
    shared: {
      'src/auction.service.ts': `
        import { Auction } from './auction.model';

        export class AuctionService {
          async extend(auctionId: string, minutes: number) {
            const auction = await Auction.findById(auctionId).orFail();
            auction.remainingMinutes = auction.remainingMinutes + minutes;
            await auction.save(); // finds
          }
        }
      `,
    },
    defect: {
      'src/auction.model.ts': `
        import { Schema, model } from 'mongoose';

        const auctionSchema = new Schema(
          { title: { type: String, required: true }, remainingMinutes: { type: Number, required: true } },
          { timestamps: true },
        );

        export const Auction = model('Auction', auctionSchema);
      `,
    },
    correct: {
      'src/auction.model.ts': `
        import { Schema, model } from 'mongoose';

        const auctionSchema = new Schema(
          { title: { type: String, required: true }, remainingMinutes: { type: Number, required: true } },
          { timestamps: true, optimisticConcurrency: true },
        );

        export const Auction = model('Auction', auctionSchema);
      `,
    },
  },

  {
    title: 'a DynamoDB quantity computed in the Lambda; fixed by a condition on the version that was read',
    defect: {
      'src/restock.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
        import type { APIGatewayProxyEventV2 } from 'aws-lambda';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function handler(event: APIGatewayProxyEventV2) {
          const { sku, delivered } = JSON.parse(event.body ?? '{}');
          const { Item: item } = await documents.send(new GetCommand({ TableName: 'stock', Key: { sku } }));
          if (!item) return { statusCode: 404 };
          await documents.send(new UpdateCommand({ // finds
            TableName: 'stock',
            Key: { sku },
            UpdateExpression: 'SET quantity = :quantity, version = :next',
            ExpressionAttributeValues: { ':quantity': item.quantity + delivered, ':next': item.version + 1 },
          }));
          return { statusCode: 204 };
        }
      `,
    },
    correct: {
      'src/restock.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
        import type { APIGatewayProxyEventV2 } from 'aws-lambda';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function handler(event: APIGatewayProxyEventV2) {
          const { sku, delivered } = JSON.parse(event.body ?? '{}');
          const { Item: item } = await documents.send(new GetCommand({ TableName: 'stock', Key: { sku } }));
          if (!item) return { statusCode: 404 };
          await documents.send(new UpdateCommand({
            TableName: 'stock',
            Key: { sku },
            UpdateExpression: 'SET quantity = :quantity, version = :next',
            ConditionExpression: 'version = :version',
            ExpressionAttributeValues: { ':quantity': item.quantity + delivered, ':next': item.version + 1, ':version': item.version },
          }));
          return { statusCode: 204 };
        }
      `,
    },
  },

  {
    title: 'a Drizzle upsert whose merged value was computed before; fixed by a merge in SQL',
    shared: {
      'src/schema.ts': `
        import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';

        export const preferences = pgTable('preferences', {
          userId: text('user_id').primaryKey(),
          settings: jsonb('settings').$type<Record<string, unknown>>().notNull(),
        });
      `,
    },
    defect: {
      'src/preferences.ts': `
        import { eq } from 'drizzle-orm';
        import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
        import { preferences } from './schema';

        export async function savePreferences(db: NodePgDatabase, userId: string, patch: Record<string, unknown>) {
          const [current] = await db.select().from(preferences).where(eq(preferences.userId, userId)).limit(1);
          const settings = { ...current?.settings, ...patch };
          await db.insert(preferences).values({ userId, settings }).onConflictDoUpdate({ target: preferences.userId, set: { settings } }); // finds
        }
      `,
    },
    correct: {
      'src/preferences.ts': `
        import { sql } from 'drizzle-orm';
        import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
        import { preferences } from './schema';

        export async function savePreferences(db: NodePgDatabase, userId: string, patch: Record<string, unknown>) {
          const settings = sql\`\${preferences.settings} || \${JSON.stringify(patch)}::jsonb\`;
          await db.insert(preferences).values({ userId, settings: patch }).onConflictDoUpdate({ target: preferences.userId, set: { settings } });
        }
      `,
    },
  },

  {
    title: 'a counter behind a key-value wrapper over ioredis; fixed by its increment',
    shared: {
      'src/kv.ts': `
        import { Redis } from 'ioredis';

        class KeyValueStore {
          private readonly redis = new Redis(process.env.REDIS_URL!);

          async read(key: string): Promise<number> {
            return Number((await this.redis.get(key)) ?? 0);
          }

          async write(key: string, value: number): Promise<void> {
            await this.redis.set(key, String(value));
          }

          async add(key: string, amount: number): Promise<number> {
            return this.redis.incrby(key, amount);
          }
        }

        export const kv = new KeyValueStore();
      `,
    },
    defect: {
      'src/usage.ts': `
        import { kv } from './kv';

        export async function recordUsage(tenant: string, tokens: number) {
          const key = \`usage:\${tenant}\`;
          const used = (await kv.read(key)) + tokens;
          await kv.write(key, used); // finds
          return used;
        }
      `,
    },
    correct: {
      'src/usage.ts': `
        import { kv } from './kv';

        export async function recordUsage(tenant: string, tokens: number) {
          const key = \`usage:\${tenant}\`;
          const used = await kv.add(key, tokens);
          return used;
        }
      `,
    },
  },

  {
    title: 'a locking read on its own connection, because the transaction is not handed to it',
    shared: {
      'src/accounts.store.ts': `
        import type { Knex } from 'knex';

        const TABLE = 'accounts';

        export interface Account {
          id: string;
          balance: number;
        }

        export class AccountsStore {
          constructor(readonly db: Knex) {}

          async lock(id: string, trx: Knex = this.db): Promise<Account> {
            const account = await trx<Account>(TABLE).where({ id }).forUpdate().first();
            if (!account) throw new Error(\`no account \${id}\`);
            return account;
          }

          async setBalance(id: string, balance: number, trx: Knex = this.db): Promise<void> {
            await trx(TABLE).where({ id }).update({ balance });
          }
        }
      `,
    },
    defect: {
      'src/withdraw.ts': `
        import type { AccountsStore } from './accounts.store';

        export async function withdraw(accounts: AccountsStore, id: string, amount: number) {
          await accounts.db.transaction(async (trx) => {
            const account = await accounts.lock(id);
            if (account.balance < amount) throw new Error('insufficient funds');
            await accounts.setBalance(id, account.balance - amount, trx); // finds
          });
        }
      `,
    },
    correct: {
      'src/withdraw.ts': `
        import type { AccountsStore } from './accounts.store';

        export async function withdraw(accounts: AccountsStore, id: string, amount: number) {
          await accounts.db.transaction(async (trx) => {
            const account = await accounts.lock(id, trx);
            if (account.balance < amount) throw new Error('insufficient funds');
            await accounts.setBalance(id, account.balance - amount, trx);
          });
        }
      `,
    },
  },

  {
    title: 'updateMany with the version in its where, once with its count dropped and once with it checked',
    defect: {
      'src/documents.controller.ts': `
        import { Body, Controller, Param, Patch } from '@nestjs/common';
        import { PrismaService } from './prisma.service';

        @Controller('documents')
        export class DocumentsController {
          constructor(private readonly prisma: PrismaService) {}

          @Patch(':id/tags')
          async addTag(@Param('id') id: string, @Body('tag') tag: string) {
            const document = await this.prisma.document.findUniqueOrThrow({ where: { id } });
            const data = { tags: [...document.tags, tag], version: document.version + 1 };
            await this.prisma.document.updateMany({ where: { id, version: document.version }, data }); // finds
            return data;
          }
        }
      `,
      'src/prisma.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { PrismaClient } from '@prisma/client';

        @Injectable()
        export class PrismaService extends PrismaClient {}
      `,
    },
    correct: {
      'src/documents.controller.ts': `
        import { Body, ConflictException, Controller, Param, Patch } from '@nestjs/common';
        import { PrismaService } from './prisma.service';

        @Controller('documents')
        export class DocumentsController {
          constructor(private readonly prisma: PrismaService) {}

          @Patch(':id/tags')
          async addTag(@Param('id') id: string, @Body('tag') tag: string) {
            const document = await this.prisma.document.findUniqueOrThrow({ where: { id } });
            const data = { tags: [...document.tags, tag], version: document.version + 1 };
            const { count } = await this.prisma.document.updateMany({ where: { id, version: document.version }, data });
            if (count === 0) throw new ConflictException();
            return data;
          }
        }
      `,
      'src/prisma.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { PrismaClient } from '@prisma/client';

        @Injectable()
        export class PrismaService extends PrismaClient {}
      `,
    },
  },

  {
    title: 'two helpers that take the client as a parameter, called with the plain client and with a locking transaction',
    shared: {
      'src/seats.repository.ts': `
        import type { EntityManager } from 'typeorm';
        import { Flight } from './flight.entity';

        export function loadFlight(manager: EntityManager, id: string) {
          return manager.findOneOrFail(Flight, { where: { id } });
        }

        export function lockFlight(manager: EntityManager, id: string) {
          return manager.findOneOrFail(Flight, { where: { id }, lock: { mode: 'pessimistic_write' } });
        }

        export function saveFlight(manager: EntityManager, flight: Flight) {
          return manager.save(flight);
        }
      `,
      'src/flight.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Flight {
          @PrimaryColumn()
          id!: string;

          @Column('int')
          seatsLeft!: number;
        }
      `,
    },
    defect: {
      'src/book-seat.ts': `
        import type { DataSource } from 'typeorm';
        import { loadFlight, saveFlight } from './seats.repository';

        export async function bookSeat(dataSource: DataSource, flightId: string) {
          await dataSource.transaction(async (manager) => {
            const flight = await loadFlight(manager, flightId);
            if (flight.seatsLeft === 0) throw new Error('sold out');
            flight.seatsLeft--;
            await saveFlight(manager, flight); // finds
          });
        }
      `,
    },
    correct: {
      'src/book-seat.ts': `
        import type { DataSource } from 'typeorm';
        import { lockFlight, saveFlight } from './seats.repository';

        export async function bookSeat(dataSource: DataSource, flightId: string) {
          await dataSource.transaction(async (manager) => {
            const flight = await lockFlight(manager, flightId);
            if (flight.seatsLeft === 0) throw new Error('sold out');
            flight.seatsLeft--;
            await saveFlight(manager, flight);
          });
        }
      `,
    },
  },

  {
    title: 'a worker counts what it has printed on the run that its job names: whether other jobs name the same run is not in view; fixed by an increment',
    certainty: 'likely',
    shared: {
      'src/print-runs.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export const findRun = (id: string) => prisma.printRun.findUniqueOrThrow({ where: { id } });
        export const setPrinted = (id: string, printed: number | { increment: number }) => prisma.printRun.update({ where: { id }, data: { printed } });
      `,
    },
    defect: {
      'src/printer.ts': `
        import { Worker } from 'bullmq';
        import { findRun, setPrinted } from './print-runs';

        export const printer = new Worker('labels', async (job) => {
          const run = await findRun(job.data.runId);
          await setPrinted(job.data.runId, run.printed + job.data.labels); // finds
        });
      `,
    },
    correct: {
      'src/printer.ts': `
        import { Worker } from 'bullmq';
        import { setPrinted } from './print-runs';

        export const printer = new Worker('labels', async (job) => {
          await setPrinted(job.data.runId, { increment: job.data.labels });
        });
      `,
    },
  },

  {
    title: 'a label made of other fields may be made twice, where the sum of its own field forgets',
    certainty: 'likely',
    defect: {
      'src/parcels.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function relabel(id: string) {
          const parcel = await prisma.parcel.findUniqueOrThrow({ where: { id } });
          await prisma.parcel.update({ where: { id }, data: { label: parcel.street + ' ' + parcel.town } }); // finds
        }
      `,
    },
    correct: {
      'src/parcels.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function relabel(id: string) {
          const parcel = await prisma.parcel.findUniqueOrThrow({ where: { id } });
          await prisma.parcel.update({ where: { id, version: parcel.version }, data: { label: parcel.street + ' ' + parcel.town, version: { increment: 1 } } });
        }
      `,
    },
  },

  {
    title: 'a function that no handler of the program leads to may be one that runs alone',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/app.ts': `
        import express from 'express';

        const app = express();

        app.get('/health', (req, res) => {
          res.end();
        });
      `,
    },
    defect: {
      'src/progress.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function advance(jobId: string) {
          const job = await prisma.job.findUniqueOrThrow({ where: { id: jobId } });
          await prisma.job.update({ where: { id: jobId }, data: { done: job.done + 1 } }); // finds
        }
      `,
    },
    correct: {
      'src/progress.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function advance(jobId: string) {
          await prisma.job.update({ where: { id: jobId }, data: { done: { increment: 1 } } });
        }
      `,
    },
  },

  {
    title: 'a base repository counts on what it read, through the Mongoose model that super() is given; fixed by $inc',
    shared: {
      'src/wallet.repository.ts': `
        import mongoose from 'mongoose';
        import { Repository } from './repository';

        const Wallet = mongoose.model('Wallet', new mongoose.Schema({ owner: String, points: Number }));

        export class WalletRepository extends Repository<{ owner: string; points: number }> {
          private readonly kind = 'wallet';

          constructor() {
            super(Wallet);
          }
        }
      `,
      'src/rewards.ts': `
        import { WalletRepository } from './wallet.repository';

        export class Rewards {
          constructor(private readonly wallets: WalletRepository) {}

          async reward(walletId: string, points: number) {
            await this.wallets.credit(walletId, points);
          }
        }
      `,
    },
    defect: {
      'src/repository.ts': `
        import { Model } from 'mongoose';

        export abstract class Repository<T> {
          constructor(protected readonly model: Model<T>) {}

          async credit(id: string, points: number) {
            const found: any = await this.model.findById(id).lean();
            await this.model.updateOne({ _id: id }, { $set: { points: found.points + points } }); // finds
          }
        }
      `,
    },
    correct: {
      'src/repository.ts': `
        import { Model } from 'mongoose';

        export abstract class Repository<T> {
          constructor(protected readonly model: Model<T>) {}

          async credit(id: string, points: number) {
            await this.model.updateOne({ _id: id }, { $inc: { points } });
          }
        }
      `,
    },
  },

  {
    title: 'rows of another table, dismissed by what was read of them, are no value that takes the place of another',
    certainty: 'likely',
    defect: {
      'src/choirs.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function dismiss(id: string, names: string[]) {
          const choir = await prisma.choir.findUniqueOrThrow({ where: { id }, select: { singers: true } });
          await prisma.choir.update({ where: { id }, data: { singers: { disconnect: choir.singers.filter((singer) => names.includes(singer.name)) } } }); // finds
        }
      `,
    },
    correct: {
      'src/choirs.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function dismiss(id: string, names: string[]) {
          await prisma.choir.update({ where: { id }, data: { singers: { deleteMany: { name: { in: names } } } } });
        }
      `,
    },
  },

  {
    title: 'a store is an interface, and a function gives the object that implements it',
    audit: true,
    shared: {
      'src/reading-store.ts': `
        export interface ReadingStore {
          find(meterId: string): Promise<{ meterId: string; total: number } | null>;
          setTotal(meterId: string, total: number): Promise<void>;
          add(meterId: string, amount: number): Promise<void>;
        }
      `,
      'src/reading-store.prisma.ts': `
        import type { PrismaClient } from '@prisma/client';
        import type { ReadingStore } from './reading-store';

        export function createReadingStore(prisma: PrismaClient): ReadingStore {
          return {
            find: (meterId) => prisma.reading.findUnique({ where: { meterId } }),
            async setTotal(meterId, total) {
              await prisma.reading.update({ where: { meterId }, data: { total } });
            },
            async add(meterId, amount) {
              await prisma.reading.update({ where: { meterId }, data: { total: { increment: amount } } });
            },
          };
        }
      `,
    },
    defect: {
      'src/record-reading.ts': `
        import type { ReadingStore } from './reading-store';

        export async function recordReading(readings: ReadingStore, meterId: string, amount: number) {
          const reading = await readings.find(meterId);
          if (reading === null) return;
          await readings.setTotal(meterId, reading.total + amount); // finds
        }
      `,
    },
    correct: {
      'src/record-reading.ts': `
        import type { ReadingStore } from './reading-store';

        export async function recordReading(readings: ReadingStore, meterId: string, amount: number) {
          const reading = await readings.find(meterId);
          if (reading === null) return;
          await readings.add(meterId, amount);
        }
      `,
    },
  },

  {
    title: 'what a handler gets is the type of a context that its registration names; the context holds a store made for a type alias',
    certainty: 'likely',
    shared: {
      'src/context.ts': `
        import type { Knex } from 'knex';

        export type Tanks = {
          level: (id: string) => Promise<{ litres: number }>;
          fill: (id: string, litres: number) => Promise<void>;
          pour: (id: string, litres: number) => Promise<void>;
        };
        export interface Context { tanks: Tanks; params: Record<string, string>; body: { litres: number } }

        export const tanksOf = (knex: Knex): Tanks => ({
          level: (id) => knex('tanks').where({ id }).first(),
          fill: async (id, litres) => { await knex('tanks').where({ id }).update({ litres }); },
          pour: async (id, litres) => { await knex('tanks').where({ id }).increment('litres', litres); },
        });
      `,
      'src/route.ts': `
        import { serve } from 'our-framework';
        import type { Context } from './context';

        type Handler = (context: Context) => Promise<void>;

        export const route = (path: string, handler: Handler) => serve(path, async (context) => handler(context));
      `,
    },
    defect: {
      'src/pour.ts': `
        import { route } from './route';

        export const pour = () => route('/pour/:id', async (context) => {
          const { litres } = await context.tanks.level(context.params.id);
          await context.tanks.fill(context.params.id, litres + context.body.litres); // finds
        });
      `,
    },
    correct: {
      'src/pour.ts': `
        import { route } from './route';

        export const pour = () => route('/pour/:id', async (context) => {
          await context.tanks.pour(context.params.id, context.body.litres);
        });
      `,
    },
  },

  {
    title: 'one function makes a store over any table: which one each of two stores goes by is not in view',
    shared: {
      'src/table.ts': `
        import type { MongoClient } from 'mongodb';

        export interface Table {
          one(id: string): Promise<{ id: string; weight: number } | null>;
          put(id: string, weight: number): Promise<void>;
        }

        export const tableOf = (client: MongoClient, name: string): Table => ({
          one: (id) => client.db().collection(name).findOne({ id }),
          put: async (id, weight) => { await client.db().collection(name).updateOne({ id }, { $set: { weight } }); },
        });
      `,
    },
    defect: {
      'src/weigh.ts': `
        import { MongoClient } from 'mongodb';
        import { tableOf } from './table';

        const parcels = tableOf(new MongoClient('mongodb://store'), 'parcels');

        export async function weigh(id: string, more: number) {
          const parcel = await parcels.one(id);
          await parcels.put(id, parcel.weight + more); // finds
        }
      `,
    },
    correct: {
      'src/weigh.ts': `
        import type { Table } from './table';

        export async function weigh(parcels: Table, pallets: Table, id: string, more: number) {
          const parcel = await parcels.one(id);
          await pallets.put(id, parcel.weight + more);
        }
      `,
    },
  },

  {
    title: 'D1 credits read, added to and written back; fixed by adding in the statement',
    certainty: 'likely',
    defect: {
      'src/credits.ts': `
        interface Env { DB: D1Database }

        export async function addCredits(env: Env, teamId: string, amount: number) {
          const team = await env.DB.prepare('SELECT credits FROM teams WHERE id = ?').bind(teamId).first<{ credits: number }>();
          if (!team) return;
          await env.DB.prepare('UPDATE teams SET credits = ? WHERE id = ?').bind(team.credits + amount, teamId).run(); // finds
        }
      `,
    },
    correct: {
      'src/credits.ts': `
        interface Env { DB: D1Database }

        export async function addCredits(env: Env, teamId: string, amount: number) {
          const team = await env.DB.prepare('SELECT credits FROM teams WHERE id = ?').bind(teamId).first<{ credits: number }>();
          if (!team) return;
          await env.DB.prepare('UPDATE teams SET credits = credits + ? WHERE id = ?').bind(amount, teamId).run();
        }
      `,
    },
  },

  {
    title: 'SQL Server: stock read, taken from and written back; fixed by subtracting in the statement',
    defect: {
      'src/stock.ts': `
        import sql from 'mssql';

        const pool = new sql.ConnectionPool(process.env.SQLSERVER_URL!);

        export async function take(sku: string, count: number) {
          const found = await pool.request().input('sku', sql.VarChar, sku).query('SELECT on_hand FROM dbo.stock WHERE sku = @sku');
          const left = found.recordset[0].on_hand - count;
          await pool.request().input('sku', sql.VarChar, sku).input('left', sql.Int, left).query('UPDATE dbo.stock SET on_hand = @left WHERE sku = @sku'); // finds
        }
      `,
    },
    correct: {
      'src/stock.ts': `
        import sql from 'mssql';

        const pool = new sql.ConnectionPool(process.env.SQLSERVER_URL!);

        export async function take(sku: string, count: number) {
          const found = await pool.request().input('sku', sql.VarChar, sku).query('SELECT on_hand FROM dbo.stock WHERE sku = @sku');
          if (found.recordset[0].on_hand < count) throw new Error('out of stock');
          await pool.request().input('sku', sql.VarChar, sku).input('count', sql.Int, count).query('UPDATE dbo.stock SET on_hand = on_hand - @count WHERE sku = @sku AND on_hand >= @count');
        }
      `,
    },
  },

  {
    title: 'libSQL: a view count read, increased and written back; fixed by adding in the statement',
    defect: {
      'src/views.ts': `
        import { createClient } from '@libsql/client';

        const db = createClient({ url: process.env.TURSO_URL! });

        export async function viewed(slug: string) {
          const { rows } = await db.execute({ sql: 'SELECT views FROM pages WHERE slug = ?', args: [slug] });
          await db.execute({ sql: 'UPDATE pages SET views = ? WHERE slug = ?', args: [Number(rows[0].views) + 1, slug] }); // finds
        }
      `,
    },
    correct: {
      'src/views.ts': `
        import { createClient } from '@libsql/client';

        const db = createClient({ url: process.env.TURSO_URL! });

        export async function viewed(slug: string) {
          await db.execute({ sql: 'UPDATE pages SET views = views + 1 WHERE slug = ?', args: [slug] });
        }
      `,
    },
  },

  {
    title: 'PlanetScale: a balance read, added to and written back; fixed by adding in the statement',
    defect: {
      'src/wallets.ts': `
        import { Client } from '@planetscale/database';

        const client = new Client({ url: process.env.DATABASE_URL });

        export async function deposit(id: string, amount: number) {
          const { rows } = await client.execute('select balance from wallets where id = ?', [id]);
          await client.execute('update wallets set balance = ? where id = ?', [rows[0].balance + amount, id]); // finds
        }
      `,
    },
    correct: {
      'src/wallets.ts': `
        import { Client } from '@planetscale/database';

        const client = new Client({ url: process.env.DATABASE_URL });

        export async function deposit(id: string, amount: number) {
          await client.execute('update wallets set balance = balance + ? where id = ?', [amount, id]);
        }
      `,
    },
  },

  {
    title: 'ElectroDB: seats read, taken from and set; fixed by subtracting under a condition',
    defect: {
      'src/seats.ts': `
        import { Entity } from 'electrodb';

        const showing = new Entity({ model: { entity: 'showing', service: 'cinema', version: '1' }, attributes: {}, indexes: {} }, { table: 'cinema' });

        export async function reserve(id: string, count: number) {
          const { data } = await showing.get({ id }).go();
          await showing.update({ id }).set({ seats: data.seats - count }).go(); // finds
        }
      `,
    },
    correct: {
      'src/seats.ts': `
        import { Entity } from 'electrodb';

        const showing = new Entity({ model: { entity: 'showing', service: 'cinema', version: '1' }, attributes: {}, indexes: {} }, { table: 'cinema' });

        export async function reserve(id: string, count: number) {
          await showing.update({ id }).subtract({ seats: count }).where(({ seats }, { gte }) => gte(seats, count)).go();
        }
      `,
    },
  },

  {
    title: 'Node SQLite: a tally read, increased and written back; fixed by adding in the statement',
    defect: {
      'src/tally.ts': `
        import { DatabaseSync } from 'node:sqlite';

        const db = new DatabaseSync('tally.db');

        export async function count(name: string, look: (n: number) => Promise<number>) {
          const row = db.prepare('SELECT n FROM tallies WHERE name = ?').get(name);
          const more = await look(row.n);
          db.prepare('UPDATE tallies SET n = ? WHERE name = ?').run(row.n + more, name); // finds
        }
      `,
    },
    correct: {
      'src/tally.ts': `
        import { DatabaseSync } from 'node:sqlite';

        const db = new DatabaseSync('tally.db');

        export async function count(name: string, look: (n: number) => Promise<number>) {
          const row = db.prepare('SELECT n FROM tallies WHERE name = ?').get(name);
          const more = await look(row.n);
          db.prepare('UPDATE tallies SET n = n + ? WHERE name = ?').run(more, name);
        }
      `,
    },
  },

  {
    title: 'Meteor: likes read, increased and written back; fixed by $inc',
    certainty: 'likely',
    defect: {
      'server/likes.ts': `
        import { Mongo } from 'meteor/mongo';

        const Posts = new Mongo.Collection('posts');

        export async function like(id: string) {
          const post = await Posts.findOneAsync(id);
          await Posts.updateAsync(id, { $set: { likes: post.likes + 1 } }); // finds
        }
      `,
    },
    correct: {
      'server/likes.ts': `
        import { Mongo } from 'meteor/mongo';

        const Posts = new Mongo.Collection('posts');

        export async function like(id: string) {
          await Posts.updateAsync(id, { $inc: { likes: 1 } });
        }
      `,
    },
  },

  {
    title: 'knex: CommonJS modules that are a class and a function; fixed by letting the database add',
    audit: true,
    shared: {
      'package.json': '{ "name": "meters" }',
      'lib/database.js': `
        const knex = require('knex');

        module.exports = function database(settings) {
          return knex({ client: 'pg', connection: settings.url });
        };
        module.exports.Missing = class Missing extends Error {};
      `,
      'lib/readings.js': `
        module.exports = class Readings {
          constructor(db) {
            this.db = db;
          }

          find(meterId) {
            return this.db('meters').where({ id: meterId }).first();
          }

          set(meterId, changes) {
            return this.db('meters').where({ id: meterId }).update(changes);
          }
        };
      `,
    },
    defect: {
      'lib/add.js': `
        const database = require('./database');
        const Readings = require('./readings');

        const readings = new Readings(database({ url: process.env.DATABASE_URL }));

        module.exports = async function add(meterId, units) {
          const meter = await readings.find(meterId);
          await readings.set(meterId, { units: meter.units + units }); // finds
        };
      `,
    },
    correct: {
      'lib/add.js': `
        const database = require('./database');
        const Readings = require('./readings');

        const db = database({ url: process.env.DATABASE_URL });
        const readings = new Readings(db);

        module.exports = async function add(meterId, units) {
          const meter = await readings.find(meterId);
          if (meter === undefined) throw new database.Missing(meterId);
          await readings.set(meterId, { units: db.raw('units + ?', [units]) });
        };
      `,
    },
  },

  {
    title: 'objection: the model extends a class that a mixin of a package made; fixed by increment',
    shared: {
      'src/models.ts': `
        import { Model } from 'objection';
        import { Softly } from 'objection-softly';

        class Base extends Softly(Model) {}

        export class Barrel extends Base {
          static get tableName() {
            return 'barrels';
          }
          id!: string;
          litres!: number;
        }
      `,
    },
    defect: {
      'src/fill.ts': `
        import { Barrel } from './models';

        export async function fill(barrelId: string, litres: number) {
          const barrel = await Barrel.query().findById(barrelId).throwIfNotFound();
          await Barrel.query().findById(barrelId).patch({ litres: barrel.litres + litres }); // finds
        }
      `,
    },
    correct: {
      'src/fill.ts': `
        import { Barrel } from './models';

        export async function fill(barrelId: string, litres: number) {
          await Barrel.query().findById(barrelId).increment('litres', litres);
        }
      `,
    },
  },

  {
    title: 'the context of tRPC by the type of its client, named by an alias; fixed by letting the store add',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';
        import { Pool } from 'pg';

        export const casks = pgTable('casks', { id: text().primaryKey(), litres: integer().notNull() });
        export const connect = () => drizzle(new Pool());
        export type Database = ReturnType<typeof connect>;
      `,
      'src/trpc.ts': `
        import { initTRPC } from '@trpc/server';
        import type { Database } from './db';

        interface Context { readonly db: Database; readonly cellar: string }

        const t = initTRPC.meta<{ open: boolean }>().context<Context>().create();

        export const { router, procedure } = t;
      `,
    },
    defect: {
      'src/casks.ts': `
        import { eq } from 'drizzle-orm';
        import { z } from 'zod';
        import { casks } from './db';
        import { procedure, router } from './trpc';

        export const cellar = router({
          draw: procedure.input(z.object({ id: z.string(), litres: z.number() })).mutation(async ({ ctx, input }) => {
            const [cask] = await ctx.db.select().from(casks).where(eq(casks.id, input.id));
            await ctx.db.update(casks).set({ litres: cask.litres - input.litres }).where(eq(casks.id, input.id)); // finds
          }),
        });
      `,
    },
    correct: {
      'src/casks.ts': `
        import { eq, sql } from 'drizzle-orm';
        import { z } from 'zod';
        import { casks } from './db';
        import { procedure, router } from './trpc';

        export const cellar = router({
          draw: procedure.input(z.object({ id: z.string(), litres: z.number() })).mutation(async ({ ctx, input }) => {
            const [cask] = await ctx.db.select().from(casks).where(eq(casks.id, input.id));
            if (cask === undefined) throw new Error('no such cask');
            await ctx.db.update(casks).set({ litres: sql\`\${casks.litres} - \${input.litres}\` }).where(eq(casks.id, input.id));
          }),
        });
      `,
    },
  },

  {
    title: 'one setting by a name that the caller gives, among those that were read; fixed by a merge in the store',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/set.ts': `
        import { prisma } from './prisma';

        export async function set(stove: string, name: string, value: number) {
          const found = await prisma.stove.findUniqueOrThrow({ where: { id: stove } });
          const dials = (found.dials as Record<string, number> | null) ?? {};
          await prisma.stove.update({ where: { id: stove }, data: { dials: { ...dials, [name]: value } } }); // finds
        }
      `,
    },
    correct: {
      'src/set.ts': `
        import { prisma } from './prisma';

        export async function set(stove: string, name: string, value: number) {
          await prisma.stove.findUniqueOrThrow({ where: { id: stove } });
          await prisma.$executeRaw\`UPDATE "Stove" SET dials = dials || jsonb_build_object(\${name}, \${value}) WHERE id = \${stove}\`;
        }
      `,
    },
  },

  {
    title: 'one name less in the list that a record holds, through a reader and a writer of settings; fixed by letting the store remove it',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function valueOf(key: string) {
          const setting = await prisma.setting.findUnique({ where: { key } });
          return setting?.value ?? null;
        }

        export const put = (key: string, value: string[]) => prisma.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
      `,
    },
    defect: {
      'src/leave.ts': `
        import { put, valueOf } from './prisma';

        export async function leave(name: string) {
          const names = ((await valueOf('choir')) as string[] | null) ?? [];
          await put('choir', names.filter((known) => known !== name)); // finds
        }
      `,
    },
    correct: {
      'src/leave.ts': `
        import { prisma, valueOf } from './prisma';

        export async function leave(name: string) {
          const names = ((await valueOf('choir')) as string[] | null) ?? [];
          if (!names.includes(name)) return;
          await prisma.$executeRaw\`UPDATE "Setting" SET value = value - \${name} WHERE key = 'choir'\`;
        }
      `,
    },
  },

  {
    title: 'the first of some Objection rows, added to; by the database',
    defect: {
      'src/lockers.ts': `
        import { Model, raw } from 'objection';

        class Locker extends Model {
          static tableName = 'lockers';
          id!: string;
          parcels!: number;
        }

        export async function put(id: string, parcels: number) {
          const lockers = await Locker.query().where('id', id).limit(1);
          const locker = lockers[0];
          if (!locker) throw new Error('no such locker');
          await locker.$query().patch({ parcels: locker.parcels + parcels }); // finds
        }
      `,
    },
    correct: {
      'src/lockers.ts': `
        import { Model, raw } from 'objection';

        class Locker extends Model {
          static tableName = 'lockers';
          id!: string;
          parcels!: number;
        }

        export async function put(id: string, parcels: number) {
          const lockers = await Locker.query().where('id', id).limit(1);
          const locker = lockers[0];
          if (!locker) throw new Error('no such locker');
          await locker.$query().patch({ parcels: raw('parcels + ?', [parcels]) });
        }
      `,
    },
  },

  {
    title: 'Sequelize models that an index gathers from its directory at run time (CommonJS), in a file that is read before it; fixed by a decrement',
    audit: true,
    shared: {
      'models/index.js': `
        const fs = require('fs');
        const path = require('path');
        const Sequelize = require('sequelize');

        const db = {};
        const sequelize = new Sequelize(process.env.DATABASE_URL);

        fs.readdirSync(__dirname)
          .filter((file) => file !== path.basename(__filename) && file.endsWith('.js'))
          .forEach((file) => {
            const model = require(path.join(__dirname, file))(sequelize, Sequelize.DataTypes);
            db[model.name] = model;
          });

        db.sequelize = sequelize;
        module.exports = db;
      `,
      'models/berth.js': `
        const { Model } = require('sequelize');

        module.exports = (sequelize, DataTypes) => {
          class Berth extends Model {}
          Berth.init({ name: DataTypes.STRING, places: DataTypes.INTEGER }, { sequelize, modelName: 'Berth' });
          return Berth;
        };
      `,
      'models/mooring.js': `
        module.exports = (sequelize, DataTypes) => sequelize.define('Mooring', { vessel: DataTypes.STRING });
      `,
    },
    defect: {
      'berths.js': `
        const { Berth, Mooring } = require('./models');

        async function moor(id, vessel) {
          const berth = await Berth.findByPk(id);
          berth.places = berth.places - 1;
          await berth.save(); // finds
          await Mooring.create({ vessel });
        }

        module.exports = { moor };
      `,
    },
    correct: {
      'berths.js': `
        const { Berth, Mooring } = require('./models');

        async function moor(id, vessel) {
          const berth = await Berth.findByPk(id);
          await berth.decrement('places');
          await Mooring.create({ vessel });
        }

        module.exports = { moor };
      `,
    },
  },

  {
    title: 'a client that a module puts in the object that it exports, for a file that is read before it (CommonJS); fixed by an increment',
    shared: {
      'store.js': `
        const { PrismaClient } = require('@prisma/client');

        const store = {};
        store.prisma = new PrismaClient();
        module.exports = store;
      `,
    },
    defect: {
      'gauges.js': `
        const { prisma } = require('./store');

        exports.count = async (id) => {
          const gauge = await prisma.gauge.findUnique({ where: { id } });
          await prisma.gauge.update({ where: { id }, data: { count: gauge.count + 1 } }); // finds
        };
      `,
    },
    correct: {
      'gauges.js': `
        const { prisma } = require('./store');

        exports.count = async (id) => {
          await prisma.gauge.update({ where: { id }, data: { count: { increment: 1 } } });
        };
      `,
    },
  },

  {
    title: 'ioredis with callbacks: what the read tells its callback is written back, across files',
    shared: {
      'src/redis.js': `
        import Redis from 'ioredis';

        export const redis = new Redis(process.env.REDIS_URL);
      `,
    },
    defect: {
      'src/turnstile.js': `
        import express from 'express';
        import { redis } from './redis.js';

        const app = express();
        app.post('/turnstiles/:id', (req, res, next) => {
          redis.get(req.params.id, (error, passed) => {
            if (error) return next(error);
            redis.set(req.params.id, Number(passed) + 1, (failure) => (failure ? next(failure) : res.sendStatus(204))); // finds
          });
        });
      `,
    },
    correct: {
      'src/turnstile.js': `
        import express from 'express';
        import { redis } from './redis.js';

        const app = express();
        app.post('/turnstiles/:id', (req, res, next) => {
          redis.get(req.params.id, (error) => {
            if (error) return next(error);
            redis.incr(req.params.id, (failure) => (failure ? next(failure) : res.sendStatus(204)));
          });
        });
      `,
    },
  },

  {
    title: 'mysql with callbacks: a sum that the next statement writes back',
    defect: {
      'src/ferry.js': `
        import express from 'express';
        import mysql from 'mysql2';

        const pool = mysql.createPool(process.env.DATABASE_URL);
        const app = express();
        app.post('/ferries/:id/board', (req, res, next) => {
          pool.query('SELECT aboard FROM ferries WHERE id = ?', [req.params.id], (error, rows) => {
            if (error) return next(error);
            pool.query('UPDATE ferries SET aboard = ? WHERE id = ?', [rows[0].aboard + 1, req.params.id], (failure) => (failure ? next(failure) : res.sendStatus(204))); // finds
          });
        });
      `,
    },
    correct: {
      'src/ferry.js': `
        import express from 'express';
        import mysql from 'mysql2';

        const pool = mysql.createPool(process.env.DATABASE_URL);
        const app = express();
        app.post('/ferries/:id/board', (req, res, next) => {
          pool.query('SELECT aboard FROM ferries WHERE id = ?', [req.params.id], (error, rows) => {
            if (error) return next(error);
            pool.query('UPDATE ferries SET aboard = aboard + 1 WHERE id = ?', [req.params.id], (failure) => (failure ? next(failure) : res.sendStatus(204)));
          });
        });
      `,
    },
  },

  {
    title: 'Mongoose, after seven ways in which a function of another file says no',
    shared: {
      'src/berths.js': `
        import mongoose from 'mongoose';

        export const Berth = mongoose.model('Berth', new mongoose.Schema({ name: String, nights: Number }));

        export async function findBerth(request) {
          if (!request.body) return [null, 'empty'];
          if (!request.body.name) return [null, 'nameless'];
          if (request.body.draft) return [null, 'a draft'];
          if (request.body.length > 30) return [null, 'too long'];
          if (request.body.beam > 9) return [null, 'too wide'];
          const berth = await Berth.findOne({ name: request.body.name });
          if (!berth) return [null, 'unknown'];
          if (berth.closed) return [null, 'closed'];
          if (request.body.nights < 99) return [berth, null];
          return [null, 'too long'];
        }
      `,
    },
    defect: {
      'src/harbour.js': `
        import express from 'express';
        import { Berth, findBerth } from './berths.js';

        const app = express();
        app.post('/nights', async (req, res) => {
          const [berth, problem] = await findBerth(req);
          if (!berth) return res.status(400).send(problem);
          await Berth.updateOne({ _id: berth._id }, { nights: berth.nights + 1 }); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/harbour.js': `
        import express from 'express';
        import { Berth, findBerth } from './berths.js';

        const app = express();
        app.post('/nights', async (req, res) => {
          const [berth, problem] = await findBerth(req);
          if (!berth) return res.status(400).send(problem);
          await Berth.updateOne({ _id: berth._id }, { $inc: { nights: 1 } });
          res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'behind more calls than are followed; fixed by an increment',
    audit: true,
    certainty: 'likely',
    shared: {
      'src/visits.ts': `
        import express from 'express';
        import { count } from './count';

        const app = express();

        app.post('/visits/:id', async (req, res) => {
          await step0(req.params.id);
          res.end();
        });
        ${Array.from({ length: 18 }, (_, i) => `
        async function step${i}(id: string) {
          return step${i + 1}(id);
        }`).join('')}
        async function step18(id: string) {
          return count(id);
        }
      `,
    },
    defect: {
      'src/count.ts': `
        import { MongoClient } from 'mongodb';

        const berths = new MongoClient('mongodb://localhost').db().collection('berths');

        export async function count(id: string) {
          const berth = await berths.findOne({ _id: id });
          await berths.updateOne({ _id: id }, { $set: { visits: berth.visits + 1 } }); // finds
        }
      `,
    },
    correct: {
      'src/count.ts': `
        import { MongoClient } from 'mongodb';

        const berths = new MongoClient('mongodb://localhost').db().collection('berths');

        export async function count(id: string) {
          await berths.updateOne({ _id: id }, { $inc: { visits: 1 } });
        }
      `,
    },
  },

  {
    title: 'a module starts a worker with the function that does the work; fixed by an increment',
    audit: true,
    shared: {
      'src/worker.ts': `
        import { work } from './work';

        async function run(take: () => Promise<string | null>, handle: (id: string) => Promise<void>) {
          for (;;) {
            const id = await take();
            if (id === null) return;
            await handle(id);
          }
        }

        run(async () => null, work);
      `,
    },
    defect: {
      'src/work.ts': `
        import { MongoClient } from 'mongodb';

        const berths = new MongoClient('mongodb://localhost').db().collection('berths');

        export async function work(id: string) {
          const berth = await berths.findOne({ _id: id });
          await berths.updateOne({ _id: id }, { $set: { visits: berth.visits + 1 } }); // finds
        }
      `,
    },
    correct: {
      'src/work.ts': `
        import { MongoClient } from 'mongodb';

        const berths = new MongoClient('mongodb://localhost').db().collection('berths');

        export async function work(id: string) {
          await berths.updateOne({ _id: id }, { $inc: { visits: 1 } });
        }
      `,
    },
  },

  {
    title: 'Prisma: two lists become one, each name once; fixed by a push of what is new',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/label.ts': `
        import { prisma } from './prisma';

        export async function label(id: string, labels: string[]) {
          const chart = await prisma.chart.findUniqueOrThrow({ where: { id } });
          const all = new Set([...labels, ...chart.labels]);
          await prisma.chart.update({ where: { id }, data: { labels: [...all] } }); // finds
        }
      `,
    },
    correct: {
      'src/label.ts': `
        import { prisma } from './prisma';

        export async function label(id: string, labels: string[]) {
          await prisma.chart.update({ where: { id }, data: { labels: { push: labels } } });
        }

        export async function copy(from: string, to: string) {
          const chart = await prisma.chart.findUniqueOrThrow({ where: { id: from } });
          await prisma.chart.update({ where: { id: to }, data: { labels: [...new Set([...chart.labels])] } });
        }
      `,
    },
  },

  {
    title: 'one of two look-ups fails on with an error of its own; fixed by an increment',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/visit.ts': `
        import { prisma } from './prisma';

        async function known(berth: string) {
          try {
            await fetch('https://berths.example/' + berth, { signal: AbortSignal.timeout(1000) });
          } catch (error) {
            throw new Error('nobody knows it');
          }
        }

        async function find(id: string, berth?: string) {
          if (berth) {
            const row = await prisma.visit.findFirst({ where: { id, berth } });
            await known(berth);
            return row;
          }
          return null;
        }

        export async function visit(id: string, berth?: string) {
          const row = await find(id, berth);
          if (!row) return;
          await prisma.visit.update({ where: { id: row.id }, data: { times: row.times + 1 } }); // finds
        }
      `,
    },
    correct: {
      'src/visit.ts': `
        import { prisma } from './prisma';

        async function known(berth: string) {
          try {
            await fetch('https://berths.example/' + berth, { signal: AbortSignal.timeout(1000) });
          } catch (error) {
            throw new Error('nobody knows it');
          }
        }

        async function find(id: string, berth?: string) {
          if (berth) {
            const row = await prisma.visit.findFirst({ where: { id, berth } });
            await known(berth);
            return row;
          }
          return null;
        }

        export async function visit(id: string, berth?: string) {
          const row = await find(id, berth);
          if (!row) return;
          await prisma.visit.update({ where: { id: row.id }, data: { times: { increment: 1 } } });
        }
      `,
    },
  },

  {
    title: 'one of many Sequelize models that a loop defines and puts in an object by name; another of them is another table',
    audit: true,
    shared: {
      'src/models/anchor.ts': `
        export default (sequelize, DataTypes) => sequelize.define('anchor', { loads: DataTypes.INTEGER });
      `,
      'src/models/block.ts': `
        export default (sequelize, DataTypes) => sequelize.define('block', { loads: DataTypes.INTEGER });
      `,
      'src/models/crane.ts': `
        export default (sequelize, DataTypes) => sequelize.define('crane', { loads: DataTypes.INTEGER });
      `,
      'src/models/derrick.ts': `
        export default (sequelize, DataTypes) => sequelize.define('derrick', { loads: DataTypes.INTEGER });
      `,
      'src/models/engine.ts': `
        export default (sequelize, DataTypes) => sequelize.define('engine', { loads: DataTypes.INTEGER });
      `,
      'src/models/flywheel.ts': `
        export default (sequelize, DataTypes) => sequelize.define('flywheel', { loads: DataTypes.INTEGER });
      `,
      'src/models/gear.ts': `
        export default (sequelize, DataTypes) => sequelize.define('gear', { loads: DataTypes.INTEGER });
      `,
      'src/models/hoist.ts': `
        export default (sequelize, DataTypes) => sequelize.define('hoist', { loads: DataTypes.INTEGER });
      `,
      'src/models/pulley.ts': `
        export default (sequelize, DataTypes) => sequelize.define('pulley', { loads: DataTypes.INTEGER });
      `,
      'src/db.ts': `
        import Sequelize, { DataTypes } from 'sequelize';

        export function connect() {
          const database = {} as any;
          const sequelize = new Sequelize(process.env.DATABASE_URL!);
          const definitions = [
            require('./models/anchor').default,
            require('./models/block').default,
            require('./models/crane').default,
            require('./models/derrick').default,
            require('./models/engine').default,
            require('./models/flywheel').default,
            require('./models/gear').default,
            require('./models/hoist').default,
            require('./models/pulley').default,
          ];
          for (const define of definitions) {
            const model = define(sequelize, DataTypes);
            database[model.name] = model;
          }
          database.sequelize = sequelize;
          return database;
        }
      `,
    },
    defect: {
      'src/lift.ts': `
        import { connect } from './db';

        const db = connect();

        export async function lift(id: string) {
          const pulley = await db.pulley.findByPk(id);
          await db.pulley.update({ loads: pulley.loads + 1 }, { where: { id } }); // finds
        }
      `,
    },
    correct: {
      'src/lift.ts': `
        import { connect } from './db';

        const db = connect();

        export async function lift(id: string) {
          const hoist = await db.hoist.findByPk(id);
          await db.pulley.update({ loads: hoist.loads + 1 }, { where: { id } });
        }
      `,
    },
  },
]);
