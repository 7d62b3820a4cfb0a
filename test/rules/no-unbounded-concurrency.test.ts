import { twins } from '../support/twins.ts';

twins('no-unbounded-concurrency', [
  {
    title: 'a digest for every subscriber of a Prisma table, sent with fetch',
    defect: {
      'digest.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        async function sendDigest(email: string) {
          const response = await fetch('https://mail.example.com/v1/digests', {
            method: 'POST',
            body: JSON.stringify({ email }),
            signal: AbortSignal.timeout(10_000),
          });
          if (!response.ok) throw new Error(\`digest for \${email}: \${response.status}\`);
        }

        export async function sendDigests() {
          const subscribers = await prisma.subscriber.findMany({ where: { active: true } });
          await Promise.all(subscribers.map((subscriber) => sendDigest(subscriber.email))); // finds
        }
      `,
    },
    correct: {
      'digest.ts': `
        import { PrismaClient } from '@prisma/client';
        import pLimit from 'p-limit';

        const prisma = new PrismaClient();

        async function sendDigest(email: string) {
          const response = await fetch('https://mail.example.com/v1/digests', {
            method: 'POST',
            body: JSON.stringify({ email }),
            signal: AbortSignal.timeout(10_000),
          });
          if (!response.ok) throw new Error(\`digest for \${email}: \${response.status}\`);
        }

        export async function sendDigests() {
          const limit = pLimit(10);
          const subscribers = await prisma.subscriber.findMany({ where: { active: true } });
          await Promise.all(subscribers.map((subscriber) => limit(() => sendDigest(subscriber.email))));
        }
      `,
    },
  },

  {
    title: 'Nest service mails every member through an injected Resend wrapper; fixed by a chunk loop',
    certainty: 'likely',
    shared: {
      'src/members/member.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Member {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          workspaceId!: string;

          @Column()
          email!: string;
        }
      `,
      'src/mail/mail.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { Resend } from 'resend';

        @Injectable()
        export class MailService {
          private readonly resend = new Resend(process.env.RESEND_API_KEY);

          async announce(to: string, subject: string) {
            const { error } = await this.resend.emails.send({ from: 'team@example.com', to, subject, text: subject });
            if (error) throw new Error(error.message);
          }
        }
      `,
    },
    defect: {
      'src/members/announcements.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { MailService } from '../mail/mail.service';
        import { Member } from './member.entity';

        @Injectable()
        export class AnnouncementsService {
          constructor(
            @InjectRepository(Member) private readonly members: Repository<Member>,
            private readonly mail: MailService,
          ) {}

          async announce(workspaceId: string, subject: string) {
            const members = await this.members.find({ where: { workspaceId } });
            await Promise.all(members.map((member) => this.mail.announce(member.email, subject))); // finds
          }
        }
      `,
    },
    correct: {
      'src/members/announcements.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { MailService } from '../mail/mail.service';
        import { Member } from './member.entity';

        @Injectable()
        export class AnnouncementsService {
          constructor(
            @InjectRepository(Member) private readonly members: Repository<Member>,
            private readonly mail: MailService,
          ) {}

          async announce(workspaceId: string, subject: string) {
            const members = await this.members.find({ where: { workspaceId } });
            for (let start = 0; start < members.length; start += 20) {
              const batch = members.slice(start, start + 20);
              await Promise.all(batch.map((member) => this.mail.announce(member.email, subject)));
            }
          }
        }
      `,
    },
  },

  {
    title: 'the caller hands an unlimited knex query to a helper that fans out; fixed by a limit in the caller',
    shared: {
      'src/warehouse.ts': `
        import axios from 'axios';

        export interface OrderRow {
          id: string;
          sku: string;
          status: string;
        }

        const warehouse = axios.create({ baseURL: 'https://warehouse.example.com', timeout: 5000 });

        export async function requestPicking(orders: OrderRow[]) {
          return Promise.all(orders.map((order) => warehouse.post('/pickings', { orderId: order.id, sku: order.sku })));
        }
      `,
    },
    defect: {
      'src/picking-job.ts': `
        import type { Knex } from 'knex';
        import { requestPicking, type OrderRow } from './warehouse';

        export async function pickOpenOrders(db: Knex) {
          const orders = await db<OrderRow>('orders').where({ status: 'open' }).orderBy('id');
          await requestPicking(orders); // finds
          return orders.length;
        }
      `,
    },
    correct: {
      'src/picking-job.ts': `
        import type { Knex } from 'knex';
        import { requestPicking, type OrderRow } from './warehouse';

        export async function pickOpenOrders(db: Knex) {
          const orders = await db<OrderRow>('orders').where({ status: 'open' }).orderBy('id').limit(25);
          await requestPicking(orders);
          return orders.length;
        }
      `,
    },
  },

  {
    title: 'promises made before the module-wide p-limit that should hold them back',
    certainty: 'likely',
    shared: {
      'src/limits.ts': `
        import pLimit from 'p-limit';

        export const storageLimit = pLimit(16);
      `,
      'src/attachment.model.ts': `
        import { Schema, model } from 'mongoose';

        const attachmentSchema = new Schema({ postId: { type: String, required: true }, key: { type: String, required: true } });

        export const Attachment = model('Attachment', attachmentSchema);
      `,
    },
    defect: {
      'src/purge.ts': `
        import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
        import { Attachment } from './attachment.model';
        import { storageLimit } from './limits';

        const s3 = new S3Client({});

        const remove = (Key: string) => s3.send(new DeleteObjectCommand({ Bucket: 'attachments', Key }));

        export async function purgePost(postId: string) {
          const attachments = await Attachment.find({ postId });
          await Promise.all(attachments.map(({ key }) => remove(key)).map((removal) => storageLimit(() => removal))); // finds
        }
      `,
    },
    correct: {
      'src/purge.ts': `
        import { DeleteObjectCommand, S3Client } from '@aws-sdk/client-s3';
        import { Attachment } from './attachment.model';
        import { storageLimit } from './limits';

        const s3 = new S3Client({});

        const remove = (Key: string) => s3.send(new DeleteObjectCommand({ Bucket: 'attachments', Key }));

        export async function purgePost(postId: string) {
          const attachments = await Attachment.find({ postId });
          await Promise.all(attachments.map(({ key }) => storageLimit(() => remove(key))));
        }
      `,
    },
  },

  {
    title: 'sends pushed in a loop and awaited together; fixed by flushing the array when it is full',
    defect: {
      'wake-devices.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { MongoClient } from 'mongodb';

        const sqs = new SQSClient({});
        const devices = new MongoClient(process.env.MONGO_URL!).db().collection('devices');

        export async function wakeDevices(firmware: string) {
          const outdated = await devices.find({ firmware: { $ne: firmware } }).toArray();
          const sends: Promise<unknown>[] = [];
          for (const device of outdated) {
            const command = new SendMessageCommand({ QueueUrl: process.env.WAKE_QUEUE_URL, MessageBody: device._id.toString() });
            sends.push(sqs.send(command));
          }
          await Promise.all(sends); // finds
        }
      `,
    },
    correct: {
      'wake-devices.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { MongoClient } from 'mongodb';

        const sqs = new SQSClient({});
        const devices = new MongoClient(process.env.MONGO_URL!).db().collection('devices');

        export async function wakeDevices(firmware: string) {
          const outdated = await devices.find({ firmware: { $ne: firmware } }).toArray();
          const sends: Promise<unknown>[] = [];
          for (const device of outdated) {
            const command = new SendMessageCommand({ QueueUrl: process.env.WAKE_QUEUE_URL, MessageBody: device._id.toString() });
            sends.push(sqs.send(command));
            if (sends.length >= 10) await Promise.all(sends.splice(0));
          }
          await Promise.all(sends);
        }
      `,
    },
  },

  {
    title: 'a project helper that maps without bound against one with a pool of workers and a shared cursor',
    shared: {
      'src/lib/concurrency.ts': `
        export async function mapAsync<T, R>(items: readonly T[], fn: (item: T) => Promise<R>): Promise<R[]> {
          return Promise.all(items.map((item) => fn(item)));
        }

        export async function mapPooled<T, R>(items: readonly T[], size: number, fn: (item: T) => Promise<R>): Promise<R[]> {
          const results = new Array<R>(items.length);
          let next = 0;
          const worker = async () => {
            while (next < items.length) {
              const index = next++;
              results[index] = await fn(items[index]);
            }
          };
          await Promise.all(Array.from({ length: Math.min(size, items.length) }, worker));
          return results;
        }
      `,
      'src/billing/accounts.repository.ts': `
        import type { Pool } from 'pg';

        export interface Account {
          id: string;
          stripeCustomerId: string;
        }

        export class AccountsRepository {
          constructor(private readonly pool: Pool) {}

          async withOpenBalance(): Promise<Account[]> {
            const { rows } = await this.pool.query('SELECT id, stripe_customer_id AS "stripeCustomerId" FROM accounts WHERE balance > 0');
            return rows;
          }
        }
      `,
    },
    defect: {
      'src/billing/statements.ts': `
        import type Stripe from 'stripe';
        import { mapAsync } from '../lib/concurrency';
        import type { AccountsRepository } from './accounts.repository';

        export class Statements {
          constructor(
            private readonly accounts: AccountsRepository,
            private readonly stripe: Stripe,
          ) {}

          async openBalances() {
            const accounts = await this.accounts.withOpenBalance();
            return mapAsync(accounts, (account) => this.stripe.customers.retrieve(account.stripeCustomerId)); // finds
          }
        }
      `,
    },
    correct: {
      'src/billing/statements.ts': `
        import type Stripe from 'stripe';
        import { mapPooled } from '../lib/concurrency';
        import type { AccountsRepository } from './accounts.repository';

        export class Statements {
          constructor(
            private readonly accounts: AccountsRepository,
            private readonly stripe: Stripe,
          ) {}

          async openBalances() {
            const accounts = await this.accounts.withOpenBalance();
            return mapPooled(accounts, 8, (account) => this.stripe.customers.retrieve(account.stripeCustomerId));
          }
        }
      `,
    },
  },

  {
    title: 'p-map without a concurrency option',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { boolean, pgTable, text } from 'drizzle-orm/pg-core';
        import { Pool } from 'pg';

        export const webhooks = pgTable('webhooks', {
          id: text('id').primaryKey(),
          topic: text('topic').notNull(),
          url: text('url').notNull(),
          enabled: boolean('enabled').notNull().default(true),
        });

        export const db = drizzle(new Pool({ connectionString: process.env.DATABASE_URL }));
      `,
    },
    defect: {
      'src/dispatch.ts': `
        import axios from 'axios';
        import { eq } from 'drizzle-orm';
        import pMap from 'p-map';
        import { db, webhooks } from './db';

        export async function dispatch(topic: string, payload: unknown) {
          const targets = await db.select().from(webhooks).where(eq(webhooks.topic, topic));
          await pMap(targets, (target) => axios.post(target.url, payload, { timeout: 5000 }), { stopOnError: false }); // finds
        }
      `,
    },
    correct: {
      'src/dispatch.ts': `
        import axios from 'axios';
        import { eq } from 'drizzle-orm';
        import pMap from 'p-map';
        import { db, webhooks } from './db';

        const concurrency = Number(process.env.WEBHOOK_CONCURRENCY ?? 10);

        export async function dispatch(topic: string, payload: unknown) {
          const targets = await db.select().from(webhooks).where(eq(webhooks.topic, topic));
          await pMap(targets, (target) => axios.post(target.url, payload, { timeout: 5000 }), { concurrency, stopOnError: false });
        }
      `,
    },
  },

  {
    title: 'forEach with an async callback over pg rows (CommonJS)',
    certainty: 'likely',
    defect: {
      'reminders.js': `
        const { Pool } = require('pg');
        const nodemailer = require('nodemailer');

        const pool = new Pool();
        const transport = nodemailer.createTransport({ host: process.env.SMTP_HOST, port: 587 });

        async function sendReminders() {
          const { rows } = await pool.query('SELECT email, title FROM appointments WHERE starts_on = CURRENT_DATE + 1');
          rows.forEach(async (row) => { // finds
            await transport.sendMail({ from: 'desk@example.com', to: row.email, subject: row.title });
          });
        }

        module.exports = { sendReminders };
      `,
    },
    correct: {
      'reminders.js': `
        const { Pool } = require('pg');
        const nodemailer = require('nodemailer');

        const pool = new Pool();
        const transport = nodemailer.createTransport({ host: process.env.SMTP_HOST, port: 587 });

        async function sendReminders() {
          const { rows } = await pool.query('SELECT email, title FROM appointments WHERE starts_on = CURRENT_DATE + 1');
          for (const row of rows) {
            await transport.sendMail({ from: 'desk@example.com', to: row.email, subject: row.title });
          }
        }

        module.exports = { sendReminders };
      `,
    },
  },

  {
    title: 'one Prisma update per cart line; fixed by the array form of $transaction',
    certainty: 'likely',
    defect: {
      'reserve.ts': `
        import type { PrismaClient } from '@prisma/client';

        export class Reservations {
          constructor(private readonly prisma: PrismaClient) {}

          async reserve(cartId: string) {
            const lines = await this.prisma.cartLine.findMany({ where: { cartId } });
            await Promise.all(lines.map((line) => this.prisma.stock.update({ where: { sku: line.sku }, data: { reserved: { increment: line.quantity } } }))); // finds
          }
        }
      `,
    },
    correct: {
      'reserve.ts': `
        import type { PrismaClient } from '@prisma/client';

        export class Reservations {
          constructor(private readonly prisma: PrismaClient) {}

          async reserve(cartId: string) {
            const lines = await this.prisma.cartLine.findMany({ where: { cartId } });
            await this.prisma.$transaction(lines.map((line) => this.prisma.stock.update({ where: { sku: line.sku }, data: { reserved: { increment: line.quantity } } })));
          }
        }
      `,
    },
  },

  {
    title: 'a count per region read from a table against literal lists',
    defect: {
      'dashboard.ts': `
        import type { FastifyInstance } from 'fastify';
        import { Region, Shipment } from './models';

        export async function dashboardRoutes(app: FastifyInstance) {
          app.get('/dashboard', async () => {
            const regions = await Region.findAll();
            const perRegion = await Promise.all(regions.map((region) => Shipment.count({ where: { region: region.code } }))); // finds
            const [late, lost] = await Promise.all([Shipment.count({ where: { state: 'late' } }), Shipment.count({ where: { state: 'lost' } })]);
            return { perRegion, late, lost };
          });
        }
      `,
      'models.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Region extends Model {
          declare code: string;
        }

        export class Shipment extends Model {
          declare region: string;
          declare state: string;
        }

        Region.init({ code: { type: DataTypes.STRING, primaryKey: true } }, { sequelize });
        Shipment.init({ region: DataTypes.STRING, state: DataTypes.STRING }, { sequelize });
      `,
    },
    correct: {
      'dashboard.ts': `
        import type { FastifyInstance } from 'fastify';
        import { Shipment } from './models';

        const REGIONS = ['eu', 'us', 'apac'] as const;

        export async function dashboardRoutes(app: FastifyInstance) {
          app.get('/dashboard', async () => {
            const perRegion = await Promise.all(REGIONS.map((region) => Shipment.count({ where: { region } })));
            const [late, lost] = await Promise.all([Shipment.count({ where: { state: 'late' } }), Shipment.count({ where: { state: 'lost' } })]);
            return { perRegion, late, lost };
          });
        }
      `,
      'models.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Shipment extends Model {
          declare region: string;
          declare state: string;
        }

        Shipment.init({ region: DataTypes.STRING, state: DataTypes.STRING }, { sequelize });
      `,
    },
  },

  {
    title: 'as many supplier calls as the request body asks for; fixed by a maximum in its zod schema',
    shared: {
      'src/supplier.client.ts': `
        import axios from 'axios';

        const http = axios.create({ baseURL: 'https://supplier.example.com', timeout: 3000 });

        export async function priceOf(sku: string): Promise<number> {
          const { data } = await http.get(\`/prices/\${encodeURIComponent(sku)}\`);
          return data.amount;
        }
      `,
    },
    defect: {
      'src/quotes.router.ts': `
        import { Router } from 'express';
        import { z } from 'zod';
        import { priceOf } from './supplier.client';

        const QuoteRequest = z.object({ customerId: z.string(), skus: z.array(z.string()).min(1) });

        export const quotes = Router();

        quotes.post('/quotes', async (req, res) => {
          const { skus } = QuoteRequest.parse(req.body);
          const prices = await Promise.all(skus.map((sku) => priceOf(sku))); // finds
          res.json({ total: prices.reduce((sum, price) => sum + price, 0) });
        });
      `,
    },
    correct: {
      'src/quotes.router.ts': `
        import { Router } from 'express';
        import { z } from 'zod';
        import { priceOf } from './supplier.client';

        const QuoteRequest = z.object({ customerId: z.string(), skus: z.array(z.string()).min(1).max(20) });

        export const quotes = Router();

        quotes.post('/quotes', async (req, res) => {
          const { skus } = QuoteRequest.parse(req.body);
          const prices = await Promise.all(skus.map((sku) => priceOf(sku)));
          res.json({ total: prices.reduce((sum, price) => sum + price, 0) });
        });
      `,
    },
  },

  {
    title: 'chunks that bound the size of a batch, all sent at once; fixed by one chunk after the other',
    shared: {
      'src/util/batches.ts': `
        export function* batches<T>(items: readonly T[], size: number): Generator<T[]> {
          let batch: T[] = [];
          for (const item of items) {
            batch.push(item);
            if (batch.length === size) {
              yield batch;
              batch = [];
            }
          }
          if (batch.length > 0) yield batch;
        }
      `,
    },
    defect: {
      'src/import.ts': `
        import { readFile } from 'node:fs/promises';
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
        import { batches } from './util/batches';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        async function write(products: { sku: string }[]) {
          const requests = products.map((Item) => ({ PutRequest: { Item } }));
          const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { products: requests } }));
          if (UnprocessedItems?.products?.length) throw new Error(\`\${UnprocessedItems.products.length} products not written\`);
        }

        export async function importProducts(file: string) {
          const products: { sku: string }[] = JSON.parse(await readFile(file, 'utf8'));
          await Promise.all([...batches(products, 25)].map((batch) => write(batch))); // finds
        }
      `,
    },
    correct: {
      'src/import.ts': `
        import { readFile } from 'node:fs/promises';
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
        import { batches } from './util/batches';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        async function write(products: { sku: string }[]) {
          const requests = products.map((Item) => ({ PutRequest: { Item } }));
          const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { products: requests } }));
          if (UnprocessedItems?.products?.length) throw new Error(\`\${UnprocessedItems.products.length} products not written\`);
        }

        export async function importProducts(file: string) {
          const products: { sku: string }[] = JSON.parse(await readFile(file, 'utf8'));
          for (const batch of batches(products, 25)) await write(batch);
        }
      `,
    },
  },

  {
    title: 'a batch helper that takes the work as a function: all of it at once, or group after group',
    shared: {
      'src/repositories/user.repository.ts': `
        import type { DataSource } from 'typeorm';
        import { User } from '../entities/user';

        export class UserRepository {
          constructor(private readonly dataSource: DataSource) {}

          inactive() {
            return this.dataSource.getRepository(User).findBy({ active: false });
          }
        }
      `,
      'src/entities/user.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class User {
          @PrimaryColumn()
          id!: string;

          @Column()
          active!: boolean;

          @Column()
          crmId!: string;
        }
      `,
      'src/jobs/archive-users.ts': `
        import type { UserRepository } from '../repositories/user.repository';
        import { inGroups } from '../lib/in-groups';

        export async function archiveUsers(users: UserRepository) {
          const inactive = await users.inactive();
          await inGroups(inactive, async (user) => { // finds
            await fetch(\`https://crm.example.com/contacts/\${user.crmId}\`, { method: 'DELETE', signal: AbortSignal.timeout(5000) });
          });
        }
      `,
    },
    defect: {
      'src/lib/in-groups.ts': `
        import chunk from 'lodash/chunk';

        const GROUP_SIZE = 20;

        export async function inGroups<T>(items: T[], work: (item: T) => Promise<void>) {
          await Promise.all(chunk(items, GROUP_SIZE).map((group) => Promise.all(group.map(work))));
        }
      `,
    },
    correct: {
      'src/lib/in-groups.ts': `
        import chunk from 'lodash/chunk';

        const GROUP_SIZE = 20;

        export async function inGroups<T>(items: T[], work: (item: T) => Promise<void>) {
          for (const group of chunk(items, GROUP_SIZE)) await Promise.all(group.map(work));
        }
      `,
    },
  },

  {
    title: 'every order of the shop pushed to the ERP; a Bottleneck limiter shared by the application holds it back',
    shared: {
      'src/erp/limiter.ts': `
        import Bottleneck from 'bottleneck';

        export const erpLimiter = new Bottleneck({ maxConcurrent: 4, minTime: 50 });
      `,
      'src/models/order.ts': `
        import { DataTypes, Model } from 'sequelize';
        import { sequelize } from '../sequelize';

        export class Order extends Model {
          declare id: string;
          declare exported: boolean;
        }

        Order.init({ id: { type: DataTypes.STRING, primaryKey: true }, exported: DataTypes.BOOLEAN }, { sequelize });
      `,
      'src/sequelize.ts': `
        import { Sequelize } from 'sequelize';

        export const sequelize = new Sequelize(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/erp/export.ts': `
        import axios from 'axios';
        import { Order } from '../models/order';

        export async function exportOrders() {
          const orders = await Order.findAll({ where: { exported: false } });
          const results = await Promise.allSettled(orders.map((order) => axios.put(\`https://erp.example.com/orders/\${order.id}\`, order.toJSON(), { timeout: 10_000 }))); // finds
          return results.filter((result) => result.status === 'rejected').length;
        }
      `,
    },
    correct: {
      'src/erp/export.ts': `
        import axios from 'axios';
        import { Order } from '../models/order';
        import { erpLimiter } from './limiter';

        export async function exportOrders() {
          const orders = await Order.findAll({ where: { exported: false } });
          const results = await Promise.allSettled(orders.map((order) => erpLimiter.schedule(() => axios.put(\`https://erp.example.com/orders/\${order.id}\`, order.toJSON(), { timeout: 10_000 }))));
          return results.filter((result) => result.status === 'rejected').length;
        }
      `,
    },
  },

  {
    title: 'promises collected from a cursor; fixed by taking a page of it',
    defect: {
      'reindex.ts': `
        import { Schema, model } from 'mongoose';

        const Article = model('Article', new Schema({ slug: String, stale: Boolean }));

        async function reindex(slug: string) {
          await fetch(\`https://search.example.com/index/\${slug}\`, { method: 'PUT', signal: AbortSignal.timeout(5000) });
        }

        export async function reindexStale() {
          const running: Promise<void>[] = [];
          for await (const article of Article.find({ stale: true }).cursor()) running.push(reindex(article.slug!));
          await Promise.all(running); // finds
        }
      `,
    },
    correct: {
      'reindex.ts': `
        import { Schema, model } from 'mongoose';

        const PAGE_SIZE = 50;
        const Article = model('Article', new Schema({ slug: String, stale: Boolean }));

        async function reindex(slug: string) {
          await fetch(\`https://search.example.com/index/\${slug}\`, { method: 'PUT', signal: AbortSignal.timeout(5000) });
        }

        export async function reindexStale() {
          const running: Promise<void>[] = [];
          for await (const article of Article.find({ stale: true }).limit(PAGE_SIZE).cursor()) running.push(reindex(article.slug!));
          await Promise.all(running);
        }
      `,
    },
  },

  {
    title: 'sessions of a user ended one HTTP call each; fixed by commands queued into a Redis pipeline',
    certainty: 'likely',
    shared: {
      'src/session.repository.ts': `
        import type { Pool } from 'pg';

        export class SessionRepository {
          constructor(private readonly pool: Pool) {}

          async idsOf(userId: string): Promise<string[]> {
            const { rows } = await this.pool.query<{ id: string }>('SELECT id FROM sessions WHERE user_id = $1', [userId]);
            return rows.map((row) => row.id);
          }
        }
      `,
    },
    defect: {
      'src/sign-out.ts': `
        import type { SessionRepository } from './session.repository';

        export class SignOut {
          constructor(private readonly sessions: SessionRepository) {}

          async everywhere(userId: string) {
            const ids = await this.sessions.idsOf(userId);
            await Promise.all(ids.map((id) => fetch(\`https://auth.example.com/sessions/\${id}\`, { method: 'DELETE' }))); // finds
          }
        }
      `,
    },
    correct: {
      'src/sign-out.ts': `
        import type { Redis } from 'ioredis';
        import type { SessionRepository } from './session.repository';

        export class SignOut {
          constructor(
            private readonly sessions: SessionRepository,
            private readonly redis: Redis,
          ) {}

          async everywhere(userId: string) {
            const ids = await this.sessions.idsOf(userId);
            const pipeline = this.redis.pipeline();
            ids.map((id) => pipeline.del(\`session:\${id}\`));
            await pipeline.exec();
          }
        }
      `,
    },
  },

  {
    title: 'mergeMap without a limit over the rows of a table',
    shared: {
      'src/device.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Device {
          @PrimaryColumn()
          id!: string;

          @Column()
          address!: string;
        }
      `,
    },
    defect: {
      'src/polling.service.ts': `
        import { HttpService } from '@nestjs/axios';
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { from, lastValueFrom, mergeMap, toArray } from 'rxjs';
        import { Repository } from 'typeorm';
        import { Device } from './device.entity';

        @Injectable()
        export class PollingService {
          constructor(
            @InjectRepository(Device) private readonly devices: Repository<Device>,
            private readonly http: HttpService,
          ) {}

          async poll() {
            const devices = await this.devices.find();
            const responses = from(devices).pipe(
              mergeMap((device) => this.http.get(\`https://\${device.address}/status\`)), // finds
              toArray(),
            );
            return lastValueFrom(responses);
          }
        }
      `,
    },
    correct: {
      'src/polling.service.ts': `
        import { HttpService } from '@nestjs/axios';
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { from, lastValueFrom, mergeMap, toArray } from 'rxjs';
        import { Repository } from 'typeorm';
        import { Device } from './device.entity';

        @Injectable()
        export class PollingService {
          constructor(
            @InjectRepository(Device) private readonly devices: Repository<Device>,
            private readonly http: HttpService,
          ) {}

          async poll() {
            const devices = await this.devices.find();
            const responses = from(devices).pipe(
              mergeMap((device) => this.http.get(\`https://\${device.address}/status\`), 10),
              toArray(),
            );
            return lastValueFrom(responses);
          }
        }
      `,
    },
  },

  {
    title: 'all due subscriptions renewed at once in a service over two repositories; fixed by take and by slice',
    shared: {
      'src/subscription.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Subscription {
          @PrimaryColumn()
          id!: string;

          @Column()
          state!: string;
        }
      `,
      'src/vouchers.repository.ts': `
        import type { PrismaClient } from '@prisma/client';

        export class VouchersRepository {
          constructor(private readonly prisma: PrismaClient) {}

          async unused(): Promise<{ code: string }[]> {
            return this.prisma.voucher.findMany({ where: { usedAt: null }, select: { code: true } });
          }
        }
      `,
      'src/billing.client.ts': `
        import axios from 'axios';

        export class BillingClient {
          private readonly http = axios.create({ baseURL: process.env.BILLING_URL, timeout: 5000 });

          async renew(id: string) {
            await this.http.post(\`/subscriptions/\${id}/renewals\`);
          }

          async expire(code: string) {
            await this.http.delete(\`/vouchers/\${code}\`);
          }
        }
      `,
    },
    defect: {
      'src/nightly.ts': `
        import type { Repository } from 'typeorm';
        import type { BillingClient } from './billing.client';
        import type { Subscription } from './subscription.entity';
        import type { VouchersRepository } from './vouchers.repository';

        export class Nightly {
          constructor(
            private readonly subscriptions: Repository<Subscription>,
            private readonly vouchers: VouchersRepository,
            private readonly billing: BillingClient,
          ) {}

          async renew() {
            const due = await this.subscriptions.find({ where: { state: 'due' }, order: { id: 'ASC' } });
            await Promise.all(due.map(({ id }) => this.billing.renew(id))); // finds
          }

          async expireVouchers() {
            const unused = await this.vouchers.unused();
            await Promise.all(unused.map(({ code }) => this.billing.expire(code))); // finds
          }
        }
      `,
    },
    correct: {
      'src/nightly.ts': `
        import type { Repository } from 'typeorm';
        import type { BillingClient } from './billing.client';
        import type { Subscription } from './subscription.entity';
        import type { VouchersRepository } from './vouchers.repository';

        const PER_RUN = 50;

        export class Nightly {
          constructor(
            private readonly subscriptions: Repository<Subscription>,
            private readonly vouchers: VouchersRepository,
            private readonly billing: BillingClient,
          ) {}

          async renew() {
            const due = await this.subscriptions.find({ where: { state: 'due' }, order: { id: 'ASC' }, take: PER_RUN });
            await Promise.all(due.map(({ id }) => this.billing.renew(id)));
          }

          async expireVouchers() {
            const unused = await this.vouchers.unused();
            await Promise.all(unused.slice(0, PER_RUN).map(({ code }) => this.billing.expire(code)));
          }
        }
      `,
    },
  },

  {
    title: 'async.each against async.eachLimit over the documents of a collection (CommonJS)',
    shared: {
      'db.js': `
        const { MongoClient } = require('mongodb');

        const client = new MongoClient(process.env.MONGO_URL);

        module.exports = { images: client.db('media').collection('images') };
      `,
    },
    defect: {
      'thumbnails.js': `
        const async = require('async');
        const { images } = require('./db');

        async function renderThumbnails() {
          const pending = await images.find({ thumbnail: null }).toArray();
          await async.each(pending, async (image) => { // finds
            await fetch('https://thumbnails.example.com/render', { method: 'POST', body: JSON.stringify({ url: image.url }) });
          });
        }

        module.exports = { renderThumbnails };
      `,
    },
    correct: {
      'thumbnails.js': `
        const async = require('async');
        const { images } = require('./db');

        async function renderThumbnails() {
          const pending = await images.find({ thumbnail: null }).toArray();
          await async.eachLimit(pending, 8, async (image) => {
            await fetch('https://thumbnails.example.com/render', { method: 'POST', body: JSON.stringify({ url: image.url }) });
          });
        }

        module.exports = { renderThumbnails };
      `,
    },
  },

  {
    title: 'SQS Lambda: every stop of a route at once, against the records of one call, whose number the trigger sets',
    audit: true,
    certainty: 'likely',
    shared: {
      'geocode.ts': `
        export async function geocode(address: string) {
          const response = await fetch('https://geo.example.com/lookups', { method: 'POST', body: JSON.stringify({ address }) });
          if (!response.ok) throw new Error('lookup failed');
        }
      `,
    },
    defect: {
      'handler.ts': `
        import type { Handler, SQSEvent } from 'aws-lambda';
        import { geocode } from './geocode';

        export const handler: Handler<SQSEvent> = async (event) => {
          for (const record of event.Records) {
            const route = JSON.parse(record.body);
            await Promise.all(route.stops.map((stop: { address: string }) => geocode(stop.address))); // finds
          }
        };
      `,
    },
    correct: {
      'handler.ts': `
        import type { Handler, SQSEvent } from 'aws-lambda';
        import { geocode } from './geocode';

        export const handler: Handler<SQSEvent> = async (event) => {
          await Promise.all(event.Records.map((record) => geocode(JSON.parse(record.body).address)));
        };
      `,
    },
  },

  {
    title: 'members of every choir looked up at once on the pool, against on the one connection of a query runner',
    shared: {
      'member.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Member {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          choir!: string;
        }
      `,
    },
    defect: {
      'choirs.ts': `
        import { DataSource } from 'typeorm';
        import { Member } from './member.entity';

        const source = new DataSource({ type: 'postgres', entities: [Member] });

        export async function choirs() {
          const members = await source.getRepository(Member).find();
          return Promise.all(members.map((member) => source.getRepository(Member).findBy({ choir: member.choir }))); // finds
        }
      `,
    },
    correct: {
      'choirs.ts': `
        import { DataSource } from 'typeorm';
        import { Member } from './member.entity';

        const source = new DataSource({ type: 'postgres', entities: [Member] });

        export async function choirs() {
          const runner = source.createQueryRunner();
          await runner.connect();
          try {
            const members = await runner.manager.find(Member);
            return await Promise.all(members.map((member) => runner.manager.findBy(Member, { choir: member.choir })));
          } finally {
            await runner.release();
          }
        }
      `,
    },
  },

  {
    title: 'TypeORM rows are looked up one by one, against a search in the list that one query gave',
    shared: {
      'src/entities.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Depot { @PrimaryColumn() id!: string; @Column() name!: string }

        @Entity()
        export class Van { @PrimaryColumn() id!: string; @Column() depotId!: string; @Column() retired!: boolean }
      `,
    },
    defect: {
      'src/vans.ts': `
        import { DataSource } from 'typeorm';
        import { Depot, Van } from './entities';

        const source = new DataSource({ type: 'postgres' });

        export async function overview() {
          const vans = await source.getRepository(Van).find({ where: { retired: false } });
          return Promise.all(vans.map((van) => source.getRepository(Depot).findOneBy({ id: van.depotId }))); // finds
        }
      `,
    },
    correct: {
      'src/vans.ts': `
        import { DataSource, In } from 'typeorm';
        import { Depot, Van } from './entities';

        const source = new DataSource({ type: 'postgres' });

        export async function overview() {
          const vans = await source.getRepository(Van).find({ where: { retired: false } });
          const depots = await source.getRepository(Depot).find({ where: { id: In(vans.map((van) => van.depotId)) } });
          return Promise.all(vans.map((van) => depots.find((depot) => depot.id === van.depotId)));
        }
      `,
    },
  },

  {
    title: 'failed jobs are all tried again at once; a thousand of them, as many as were asked for',
    defect: {
      'src/again.ts': `
        import { Queue } from 'bullmq';

        const prints = new Queue('prints');

        export async function again() {
          const failed = await prints.getJobs(['failed']);
          await Promise.all(failed.map((job) => job.retry())); // finds
        }
      `,
    },
    correct: {
      'src/again.ts': `
        import { Queue } from 'bullmq';

        const prints = new Queue('prints');

        export async function again() {
          const failed = await prints.getJobs(['failed'], 0, 100);
          await Promise.all(failed.map((job) => job.retry()));
        }
      `,
    },
  },

  {
    title: 'what belongs to one parent, named within a condition on related rows, is likely to be little',
    certainty: 'likely',
    defect: {
      'src/bells.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function ring(guestId: string) {
          const houses = await prisma.house.findMany({ where: { guests: { some: { guestId } } } });
          await Promise.all(houses.map((house) => fetch('https://bells.example.com/' + house.id, { method: 'POST' }))); // finds
        }
      `,
    },
    correct: {
      'src/bells.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function ring(guestId: string) {
          const houses = await prisma.house.findMany({ where: { guests: { some: { guestId } } }, take: 10 });
          await Promise.all(houses.map((house) => fetch('https://bells.example.com/' + house.id, { method: 'POST' })));
        }
      `,
    },
  },

  {
    title: 'a tRPC mutation that calls a service for each element of its input; its schema lets through twenty',
    shared: {
      'src/trpc.ts': `
        import { initTRPC } from '@trpc/server';

        const t = initTRPC.create();
        const signedIn = t.middleware(({ next }) => next());

        export const memberProcedure = t.procedure.use(signedIn);
        export const router = t.router;
      `,
    },
    defect: {
      'src/labels.ts': `
        import axios from 'axios';
        import { z } from 'zod';
        import { memberProcedure, router } from './trpc';

        export const labels = router({
          print: memberProcedure.input(z.object({ parcels: z.array(z.string()) })).mutation(async ({ input }) => {
            await Promise.all(input.parcels.map((parcel) => axios.post('https://printer.example/labels', { parcel }, { timeout: 2000 }))); // finds
          }),
        });
      `,
    },
    correct: {
      'src/labels.ts': `
        import axios from 'axios';
        import { z } from 'zod';
        import { memberProcedure, router } from './trpc';

        export const labels = router({
          print: memberProcedure.input(z.object({ parcels: z.array(z.string()).max(20) })).mutation(async ({ input }) => {
            await Promise.all(input.parcels.map((parcel) => axios.post('https://printer.example/labels', { parcel }, { timeout: 2000 })));
          }),
        });
      `,
    },
  },

  {
    title: 'seats that are named in a request, each of them one of the coach that was read, are likely to be few; fixed by one look at how many',
    certainty: 'likely',
    defect: {
      'src/seats.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const app = express();

        app.put('/coaches/:id/seats', async (req, res) => {
          const { seats } = req.body;
          const coach = await prisma.coach.findUniqueOrThrow({ where: { id: req.params.id }, include: { seats: true } });
          if (!seats.every((seat) => coach.seats.some(({ id }) => id === seat.id))) return res.sendStatus(400);
          await Promise.all(seats.map((seat) => prisma.seat.update({ where: { id: seat.id }, data: { label: seat.label } }))); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/seats.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const app = express();

        app.put('/coaches/:id/seats', async (req, res) => {
          const { seats } = req.body;
          if (seats.length > 60) return res.sendStatus(413);
          const coach = await prisma.coach.findUniqueOrThrow({ where: { id: req.params.id }, include: { seats: true } });
          if (!seats.every((seat) => coach.seats.some(({ id }) => id === seat.id))) return res.sendStatus(400);
          await Promise.all(seats.map((seat) => prisma.seat.update({ where: { id: seat.id }, data: { label: seat.label } })));
          res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'Objection rows of one parent are likely to be few; fixed by a limit',
    certainty: 'likely',
    defect: {
      'src/choir.ts': `
        import { Model } from 'objection';

        export class Choir extends Model {
          static tableName = 'choirs';
        }

        export async function call(id: string) {
          const choir = await Choir.query().findById(id).throwIfNotFound();
          const voices = await choir.$relatedQuery('voices').orderBy('name');
          await Promise.all(voices.map((voice) => fetch('https://bells.example.com/' + voice.id, { method: 'POST' }))); // finds
        }
      `,
    },
    correct: {
      'src/choir.ts': `
        import { Model } from 'objection';

        export class Choir extends Model {
          static tableName = 'choirs';
        }

        export async function call(id: string) {
          const choir = await Choir.query().findById(id).throwIfNotFound();
          const voices = await choir.$relatedQuery('voices').orderBy('name').limit(30);
          await Promise.all(voices.map((voice) => fetch('https://bells.example.com/' + voice.id, { method: 'POST' })));
        }
      `,
    },
  },
  {
    title: 'a call for each row whose failure alone is heard of; fixed by waiting for each',
    defect: {
      'src/job.ts': `
        import cron from 'node-cron';
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        cron.schedule('0 * * * *', async () => {
          const pilots = await prisma.pilot.findMany();
          for (const pilot of pilots) { // finds
            axios.post('https://pilots.example/wake', { id: pilot.id }, { timeout: 2000 }).catch((error) => console.error(error));
          }
        });
      `,
    },
    correct: {
      'src/job.ts': `
        import cron from 'node-cron';
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        cron.schedule('0 * * * *', async () => {
          const pilots = await prisma.pilot.findMany();
          for (const pilot of pilots) {
            await axios.post('https://pilots.example/wake', { id: pilot.id }, { timeout: 2000 }).catch((error) => console.error(error));
          }
        });
      `,
    },
  },

  {
    title: 'a call for each key that the rows were put under; fixed by a limit',
    shared: {
      'src/crew.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function byShip() {
          const ships: Record<string, string[]> = {};
          for (const sailor of await prisma.sailor.findMany()) (ships[sailor.ship] ??= []).push(sailor.name);
          return ships;
        }
      `,
    },
    defect: {
      'src/job.ts': `
        import cron from 'node-cron';
        import axios from 'axios';
        import { byShip } from './crew';

        cron.schedule('0 * * * *', async () => {
          const ships = await byShip();
          await Promise.all(Object.keys(ships).map((ship) => axios.post(\`https://ships.example/\${ship}\`, ships[ship], { timeout: 2000 }))); // finds
        });
      `,
    },
    correct: {
      'src/job.ts': `
        import cron from 'node-cron';
        import axios from 'axios';
        import pLimit from 'p-limit';
        import { byShip } from './crew';

        const limit = pLimit(5);

        cron.schedule('0 * * * *', async () => {
          const ships = await byShip();
          await Promise.all(Object.keys(ships).map((ship) => limit(() => axios.post(\`https://ships.example/\${ship}\`, ships[ship], { timeout: 2000 }))));
        });
      `,
    },
    audit: true,
  },
]);
