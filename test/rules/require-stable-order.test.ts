import { twins } from '../support/twins.ts';

twins('require-stable-order', [
  {
    title: 'Express page of Prisma rows ordered by creation time; fixed by the id as tie-breaker',
    shared: {
      'prisma/schema.prisma': `
        generator client {
          provider = "prisma-client-js"
        }

        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Comment {
          id        String   @id @default(cuid())
          text      String
          createdAt DateTime @default(now())
        }
      `,
    },
    defect: {
      'src/comments.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.get('/comments', async (req, res) => {
          const skip = Number(req.query.page ?? 0) * 20;
          res.json(await prisma.comment.findMany({ orderBy: { createdAt: 'desc' }, skip, take: 20 })); // finds
        });
      `,
    },
    correct: {
      'src/comments.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.get('/comments', async (req, res) => {
          const skip = Number(req.query.page ?? 0) * 20;
          res.json(await prisma.comment.findMany({ orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip, take: 20 }));
        });
      `,
    },
  },

  {
    title: 'Nest controller and service hand the order to a TypeORM repository that pages with it',
    shared: {
      'src/article.entity.ts': `
        import { Column, CreateDateColumn, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Article {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          title!: string;

          @CreateDateColumn()
          publishedAt!: Date;
        }
      `,
      'src/articles.repository.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { FindOptionsOrder, Repository } from 'typeorm';
        import { Article } from './article.entity';

        @Injectable()
        export class ArticlesRepository {
          constructor(@InjectRepository(Article) private readonly articles: Repository<Article>) {}

          page(number: number, size: number, order: FindOptionsOrder<Article>) {
            return this.articles.findAndCount({ order, skip: number * size, take: size });
          }
        }
      `,
    },
    defect: {
      'src/articles.controller.ts': `
        import { Controller, Get, ParseIntPipe, Query } from '@nestjs/common';
        import { ArticlesRepository } from './articles.repository';

        @Controller('articles')
        export class ArticlesController {
          constructor(private readonly articles: ArticlesRepository) {}

          @Get()
          async list(@Query('page', ParseIntPipe) page: number) {
            const [items, total] = await this.articles.page(page, 25, { publishedAt: 'DESC' }); // finds
            return { items, total };
          }
        }
      `,
    },
    correct: {
      'src/articles.controller.ts': `
        import { Controller, Get, ParseIntPipe, Query } from '@nestjs/common';
        import { ArticlesRepository } from './articles.repository';

        @Controller('articles')
        export class ArticlesController {
          constructor(private readonly articles: ArticlesRepository) {}

          @Get()
          async list(@Query('page', ParseIntPipe) page: number) {
            const [items, total] = await this.articles.page(page, 25, { publishedAt: 'DESC', id: 'DESC' });
            return { items, total };
          }
        }
      `,
    },
  },

  {
    title: 'Mongoose leaderboard paged by score for a Fastify route; fixed by _id in the sort',
    shared: {
      'src/player.model.ts': `
        import { Schema, model } from 'mongoose';

        const playerSchema = new Schema({ name: { type: String, required: true }, score: { type: Number, default: 0, index: true } });

        export const Player = model('Player', playerSchema);
      `,
      'src/leaderboard.routes.ts': `
        import type { FastifyInstance } from 'fastify';
        import { leaderboard } from './leaderboard';

        export async function leaderboardRoutes(app: FastifyInstance) {
          app.get<{ Querystring: { page?: string } }>('/leaderboard', (request) => leaderboard(Number(request.query.page ?? 0)));
        }
      `,
    },
    defect: {
      'src/leaderboard.ts': `
        import { Player } from './player.model';

        const PAGE_SIZE = 50;

        export function leaderboard(page: number) {
          return Player.find({ score: { $gt: 0 } }).sort({ score: -1 }).skip(page * PAGE_SIZE).limit(PAGE_SIZE).lean(); // finds
        }
      `,
    },
    correct: {
      'src/leaderboard.ts': `
        import { Player } from './player.model';

        const PAGE_SIZE = 50;

        export function leaderboard(page: number) {
          return Player.find({ score: { $gt: 0 } }).sort({ score: -1, _id: 1 }).skip(page * PAGE_SIZE).limit(PAGE_SIZE).lean();
        }
      `,
    },
  },

  {
    title: 'Drizzle cursor that compares only the first key of its order; fixed by comparing the id as well',
    shared: {
      'src/schema.ts': `
        import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

        export const events = pgTable('events', {
          id: text('id').primaryKey(),
          kind: text('kind').notNull(),
          createdAt: timestamp('created_at').notNull().defaultNow(),
        });
      `,
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { Pool } from 'pg';

        export const db = drizzle(new Pool({ connectionString: process.env.DATABASE_URL }));
      `,
    },
    defect: {
      'src/events.ts': `
        import { desc, lt } from 'drizzle-orm';
        import { db } from './db';
        import { events } from './schema';

        export interface Cursor {
          createdAt: Date;
          id: string;
        }

        export async function eventsBefore(cursor: Cursor) {
          const before = lt(events.createdAt, cursor.createdAt);
          return db.select().from(events).where(before).orderBy(desc(events.createdAt), desc(events.id)).limit(100); // finds
        }
      `,
    },
    correct: {
      'src/events.ts': `
        import { and, desc, eq, lt, or } from 'drizzle-orm';
        import { db } from './db';
        import { events } from './schema';

        export interface Cursor {
          createdAt: Date;
          id: string;
        }

        export async function eventsBefore(cursor: Cursor) {
          const before = or(lt(events.createdAt, cursor.createdAt), and(eq(events.createdAt, cursor.createdAt), lt(events.id, cursor.id)));
          return db.select().from(events).where(before).orderBy(desc(events.createdAt), desc(events.id)).limit(100);
        }
      `,
    },
  },

  {
    title: 'pg export loop with LIMIT and OFFSET (CommonJS); fixed by the primary key in ORDER BY',
    shared: {
      'migrations/001_payments.sql': `
        CREATE TABLE payments (
          id bigserial PRIMARY KEY,
          booked_on date NOT NULL,
          amount integer NOT NULL
        );
      `,
    },
    defect: {
      'export.js': `
        const { appendFile } = require('node:fs/promises');
        const { Pool } = require('pg');

        const pool = new Pool();

        async function exportPayments(file) {
          for (let offset = 0; ; offset += 1000) {
            const { rows } = await pool.query('SELECT id, booked_on, amount FROM payments ORDER BY booked_on LIMIT 1000 OFFSET $1', [offset]); // finds
            if (rows.length === 0) return;
            await appendFile(file, rows.map((row) => [row.id, row.booked_on, row.amount].join(';')).join('\\n'));
          }
        }

        module.exports = { exportPayments };
      `,
    },
    correct: {
      'export.js': `
        const { appendFile } = require('node:fs/promises');
        const { Pool } = require('pg');

        const pool = new Pool();

        async function exportPayments(file) {
          for (let offset = 0; ; offset += 1000) {
            const { rows } = await pool.query('SELECT id, booked_on, amount FROM payments ORDER BY booked_on, id LIMIT 1000 OFFSET $1', [offset]);
            if (rows.length === 0) return;
            await appendFile(file, rows.map((row) => [row.id, row.booked_on, row.amount].join(';')).join('\\n'));
          }
        }

        module.exports = { exportPayments };
      `,
    },
  },

  {
    title: 'the latest price of a product by day, in a knex repository; fixed by the id as second column',
    shared: {
      'migrations/001_prices.sql': `
        CREATE TABLE prices (
          id serial PRIMARY KEY,
          sku text NOT NULL,
          amount integer NOT NULL,
          valid_from date NOT NULL
        );
      `,
      'src/quote.ts': `
        import type { PricesRepository } from './prices.repository';

        export async function quote(prices: PricesRepository, sku: string, quantity: number) {
          const price = await prices.latest(sku);
          return price ? price.amount * quantity : undefined;
        }
      `,
    },
    defect: {
      'src/prices.repository.ts': `
        import type { Knex } from 'knex';

        const TABLE = 'prices';

        export class PricesRepository {
          constructor(private readonly db: Knex) {}

          latest(sku: string) {
            return this.db(TABLE).where({ sku }).orderBy('valid_from', 'desc').first(); // finds
          }
        }
      `,
    },
    correct: {
      'src/prices.repository.ts': `
        import type { Knex } from 'knex';

        const TABLE = 'prices';

        export class PricesRepository {
          constructor(private readonly db: Knex) {}

          latest(sku: string) {
            return this.db(TABLE).where({ sku }).orderBy([{ column: 'valid_from', order: 'desc' }, { column: 'id', order: 'desc' }]).first();
          }
        }
      `,
    },
  },

  {
    title: 'SKIP LOCKED dequeue ordered by priority; fixed by the sequence behind it',
    shared: {
      'migrations/002_jobs.sql': `
        CREATE TABLE jobs (
          id uuid PRIMARY KEY,
          sequence bigserial UNIQUE,
          priority integer NOT NULL DEFAULT 0,
          taken boolean NOT NULL DEFAULT false
        );
      `,
      'src/worker.ts': `
        import { Pool } from 'pg';
        import { takeJob } from './take-job';

        const pool = new Pool();

        export async function work(run: (jobId: string) => Promise<void>) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            const id = await takeJob(client);
            if (id) await run(id);
            await client.query('COMMIT');
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
        }
      `,
    },
    defect: {
      'src/take-job.ts': `
        import type { PoolClient } from 'pg';

        export async function takeJob(client: PoolClient): Promise<string | undefined> {
          const { rows } = await client.query('SELECT id FROM jobs WHERE NOT taken ORDER BY priority DESC LIMIT 1 FOR UPDATE SKIP LOCKED'); // finds
          if (rows.length === 0) return undefined;
          await client.query('UPDATE jobs SET taken = true WHERE id = $1', [rows[0].id]);
          return rows[0].id;
        }
      `,
    },
    correct: {
      'src/take-job.ts': `
        import type { PoolClient } from 'pg';

        export async function takeJob(client: PoolClient): Promise<string | undefined> {
          const { rows } = await client.query('SELECT id FROM jobs WHERE NOT taken ORDER BY priority DESC, sequence LIMIT 1 FOR UPDATE SKIP LOCKED');
          if (rows.length === 0) return undefined;
          await client.query('UPDATE jobs SET taken = true WHERE id = $1', [rows[0].id]);
          return rows[0].id;
        }
      `,
    },
  },

  {
    title: 'Sequelize findAndCountAll ordered by one date',
    shared: {
      'src/shipment.model.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Shipment extends Model {
          declare id: number;
          declare dueOn: string;
        }

        Shipment.init({ id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true }, dueOn: DataTypes.DATEONLY }, { sequelize });
      `,
    },
    defect: {
      'app/api/shipments/route.ts': `
        import { Shipment } from '../../../src/shipment.model';

        export async function GET(request: Request) {
          const offset = Number(new URL(request.url).searchParams.get('offset') ?? 0);
          const { rows, count } = await Shipment.findAndCountAll({ order: [['dueOn', 'ASC']], offset, limit: 30 }); // finds
          return Response.json({ rows, count });
        }
      `,
    },
    correct: {
      'app/api/shipments/route.ts': `
        import { Shipment } from '../../../src/shipment.model';

        export async function GET(request: Request) {
          const offset = Number(new URL(request.url).searchParams.get('offset') ?? 0);
          const { rows, count } = await Shipment.findAndCountAll({ order: [['dueOn', 'ASC'], ['id', 'ASC']], offset, limit: 30 });
          return Response.json({ rows, count });
        }
      `,
    },
  },

  {
    title: 'pages ordered by a column that the Prisma schema does not make unique, and by one that it does',
    shared: {
      'src/products.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Hono } from 'hono';

        const prisma = new PrismaClient();
        const app = new Hono();

        app.get('/products', async (c) => {
          const skip = Number(c.req.query('skip') ?? 0);
          const products = await prisma.product.findMany({ orderBy: { slug: 'asc' }, skip, take: 40 }); // finds
          return c.json(products);
        });

        export default app;
      `,
    },
    defect: {
      'prisma/schema.prisma': `
        generator client {
          provider = "prisma-client-js"
        }

        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Product {
          id   Int    @id @default(autoincrement())
          slug String
          name String
        }
      `,
    },
    correct: {
      'prisma/schema.prisma': `
        generator client {
          provider = "prisma-client-js"
        }

        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Product {
          id   Int    @id @default(autoincrement())
          slug String @unique
          name String
        }
      `,
    },
  },

  {
    title: 'a page of contacts by name, against the whole list by name',
    certainty: 'likely', // no schema tells whether names are unique
    shared: {
      'src/contact.ts': `
        export interface Contact {
          _id: string;
          ownerId: string;
          name: string;
        }
      `,
    },
    defect: {
      'src/contacts.repository.ts': `
        import type { Collection } from 'mongodb';
        import type { Contact } from './contact';

        export class ContactsRepository {
          constructor(private readonly contacts: Collection<Contact>) {}

          list(ownerId: string, page: number) {
            return this.contacts.find({ ownerId }).sort({ name: 1 }).skip(page * 100).limit(100).toArray(); // finds
          }
        }
      `,
    },
    correct: {
      'src/contacts.repository.ts': `
        import type { Collection } from 'mongodb';
        import type { Contact } from './contact';

        export class ContactsRepository {
          constructor(private readonly contacts: Collection<Contact>) {}

          list(ownerId: string) {
            return this.contacts.find({ ownerId }).sort({ name: 1 }).toArray();
          }
        }
      `,
    },
  },

  {
    title: 'Prisma findFirst picks the current subscription by a date, for a charge in another file',
    shared: {
      'prisma/schema.prisma': `
        generator client {
          provider = "prisma-client-js"
        }

        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Subscription {
          id         Int      @id @default(autoincrement())
          customerId String
          priceCents Int
          startsOn   DateTime @db.Date
        }
      `,
      'src/charge.ts': `
        import Stripe from 'stripe';
        import { currentSubscription } from './subscriptions';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function charge(customerId: string, period: string) {
          const subscription = await currentSubscription(customerId);
          if (!subscription) return;
          const params = { customer: customerId, amount: subscription.priceCents, currency: 'eur', confirm: true };
          await stripe.paymentIntents.create(params, { idempotencyKey: \`\${customerId}:\${period}\` });
        }
      `,
    },
    defect: {
      'src/subscriptions.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export function currentSubscription(customerId: string) {
          return prisma.subscription.findFirst({ where: { customerId }, orderBy: { startsOn: 'desc' } }); // finds
        }
      `,
    },
    correct: {
      'src/subscriptions.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export function currentSubscription(customerId: string) {
          return prisma.subscription.findFirst({ where: { customerId }, orderBy: [{ startsOn: 'desc' }, { id: 'desc' }] });
        }
      `,
    },
  },

  {
    title: 'keyset export loop over a TypeORM query builder that starts after the last date; fixed by starting after the last id',
    shared: {
      'src/reading.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Reading {
          @PrimaryGeneratedColumn()
          id!: number;

          @Column('timestamptz')
          takenAt!: Date;

          @Column('double precision')
          value!: number;
        }
      `,
    },
    defect: {
      'src/export-readings.ts': `
        import type { DataSource } from 'typeorm';
        import { Reading } from './reading.entity';

        export async function* readings(dataSource: DataSource): AsyncGenerator<Reading[]> {
          const repository = dataSource.getRepository(Reading);
          let last = new Date(0);
          while (true) {
            const page = await repository.createQueryBuilder('r').where('r.takenAt > :last', { last }).orderBy('r.takenAt').take(500).getMany(); // finds
            if (page.length === 0) return;
            yield page;
            last = page[page.length - 1].takenAt;
          }
        }
      `,
    },
    correct: {
      'src/export-readings.ts': `
        import type { DataSource } from 'typeorm';
        import { Reading } from './reading.entity';

        export async function* readings(dataSource: DataSource): AsyncGenerator<Reading[]> {
          const repository = dataSource.getRepository(Reading);
          let last = 0;
          while (true) {
            const page = await repository.createQueryBuilder('r').where('r.id > :last', { last }).orderBy('r.id').take(500).getMany();
            if (page.length === 0) return;
            yield page;
            last = page[page.length - 1].id;
          }
        }
      `,
    },
  },

  {
    title: 'Prisma: the page after an id, sorted by the date of harvest first; fixed by starting after both',
    certainty: 'likely',
    shared: {
      'src/app.ts': `
        import express from 'express';
        import { casks } from './casks';

        express().get('/casks', async (req, res) => res.json(await casks(req.query.after as string)));
      `,
    },
    defect: {
      'src/casks.ts': `
        import { PrismaClient, type Prisma } from '@prisma/client';

        const prisma = new PrismaClient();

        export function casks(after?: string) {
          const where: Prisma.CaskWhereInput = { emptied: false };
          if (after) where.id = { lt: after };
          return prisma.cask.findMany({ where, orderBy: [{ harvestedAt: 'desc' }, { id: 'desc' }], take: 20 }); // finds
        }
      `,
    },
    correct: {
      'src/casks.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export function casks(after?: string) {
          return prisma.cask.findMany({ where: { emptied: false }, orderBy: [{ harvestedAt: 'desc' }, { id: 'desc' }], take: 20, ...(after ? { cursor: { id: after }, skip: 1 } : {}) });
        }
      `,
    },
  },

  {
    title: 'knex: an export that goes on after the last id, sorted by the weight of the cask; fixed by sorting by the id alone',
    certainty: 'likely',
    defect: {
      'export.ts': `
        import knexFactory from 'knex';

        const knex = knexFactory({ client: 'pg' });

        export async function all(take: (rows: unknown[]) => Promise<void>) {
          let last = '';
          for (;;) {
            const rows = await knex('casks').where('id', '>', last).orderBy('weight').orderBy('id').limit(500); // finds
            if (rows.length === 0) return;
            await take(rows);
            last = rows[rows.length - 1].id;
          }
        }
      `,
    },
    correct: {
      'export.ts': `
        import knexFactory from 'knex';

        const knex = knexFactory({ client: 'pg' });

        export async function all(take: (rows: unknown[]) => Promise<void>) {
          let last = '';
          for (;;) {
            const rows = await knex('casks').where('id', '>', last).orderBy('id').limit(500);
            if (rows.length === 0) return;
            await take(rows);
            last = rows[rows.length - 1].id;
          }
        }
      `,
    },
  },
]);
