import { twins } from '../support/twins.ts';

twins('no-side-effect-in-transaction', [
  {
    title: 'SNS publish inside a Prisma transaction callback; fixed by publishing after the commit',
    defect: {
      'place-order.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const sns = new SNSClient({});

        export async function placeOrder(customerId: string, items: { sku: string; quantity: number }[]) {
          const placed = await prisma.$transaction(async (tx) => {
            const order = await tx.order.create({ data: { customerId } });
            await sns.send(new PublishCommand({ TopicArn: process.env.ORDERS_TOPIC, Message: order.id })); // finds
            await tx.orderItem.createMany({ data: items.map((item) => ({ ...item, orderId: order.id })) });
            return order;
          });
          return placed;
        }
      `,
    },
    correct: {
      'place-order.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const sns = new SNSClient({});

        export async function placeOrder(customerId: string, items: { sku: string; quantity: number }[]) {
          const placed = await prisma.$transaction(async (tx) => {
            const order = await tx.order.create({ data: { customerId } });
            await tx.orderItem.createMany({ data: items.map((item) => ({ ...item, orderId: order.id })) });
            return order;
          });
          await sns.send(new PublishCommand({ TopicArn: process.env.ORDERS_TOPIC, Message: placed.id }));
          return placed;
        }
      `,
    },
  },

  {
    title: 'a helper that takes tx enqueues a BullMQ job; fixed by an outbox row through the same tx',
    shared: {
      'src/members.ts': `
        import { PrismaClient } from '@prisma/client';
        import { memberInvited } from './member-invited';

        const prisma = new PrismaClient();

        export async function invite(teamId: string, email: string) {
          await prisma.$transaction(async (tx) => {
            const member = await tx.member.create({ data: { teamId, email } });
            await memberInvited(tx, member.id); // finds
          });
        }
      `,
    },
    defect: {
      'src/member-invited.ts': `
        import type { Prisma } from '@prisma/client';
        import { Queue } from 'bullmq';

        const mails = new Queue('mails', { connection: { host: process.env.REDIS_HOST, port: 6379 } });

        export async function memberInvited(tx: Prisma.TransactionClient, memberId: string) {
          await tx.activity.create({ data: { kind: 'invited', memberId } });
          await mails.add('invitation', { memberId });
        }
      `,
    },
    correct: {
      'src/member-invited.ts': `
        import type { Prisma } from '@prisma/client';

        export async function memberInvited(tx: Prisma.TransactionClient, memberId: string) {
          await tx.activity.create({ data: { kind: 'invited', memberId } });
          await tx.outbox.create({ data: { queue: 'mails', name: 'invitation', payload: { memberId } } });
        }
      `,
    },
  },

  {
    title: 'Pub/Sub message from a Sequelize transaction; fixed by afterCommit',
    shared: {
      'src/models.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        export const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Subscription extends Model {
          declare id: number;
          declare plan: string;
        }

        Subscription.init({ plan: DataTypes.STRING }, { sequelize });
      `,
      'src/publisher.ts': `
        import { PubSub } from '@google-cloud/pubsub';

        const topic = new PubSub().topic('subscriptions');

        export async function publishPlanChanged(id: number, plan: string) {
          await topic.publishMessage({ json: { id, plan } });
        }
      `,
    },
    defect: {
      'src/change-plan.ts': `
        import { Subscription, sequelize } from './models';
        import { publishPlanChanged } from './publisher';

        export async function changePlan(id: number, plan: string) {
          await sequelize.transaction(async (transaction) => {
            await Subscription.update({ plan }, { where: { id }, transaction });
            await publishPlanChanged(id, plan); // finds
          });
        }
      `,
    },
    correct: {
      'src/change-plan.ts': `
        import { Subscription, sequelize } from './models';
        import { publishPlanChanged } from './publisher';

        export async function changePlan(id: number, plan: string) {
          await sequelize.transaction(async (transaction) => {
            await Subscription.update({ plan }, { where: { id }, transaction });
            transaction.afterCommit(() => publishPlanChanged(id, plan));
          });
        }
      `,
    },
  },

  {
    title: 'Nest service mails through an injected service; fixed by closures that run after the transaction',
    shared: {
      'src/mail/mail.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { createTransport } from 'nodemailer';

        @Injectable()
        export class MailService {
          private readonly transport = createTransport({ host: process.env.SMTP_HOST, port: 587 });

          async orderConfirmed(to: string, orderId: string) {
            await this.transport.sendMail({ from: 'shop@example.com', to, subject: \`Order \${orderId}\` });
          }
        }
      `,
      'src/orders/order.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Order {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          email!: string;

          @Column({ default: 'new' })
          state!: string;
        }
      `,
    },
    defect: {
      'src/orders/orders.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { DataSource } from 'typeorm';
        import { MailService } from '../mail/mail.service';
        import { Order } from './order.entity';

        @Injectable()
        export class OrdersService {
          constructor(
            private readonly dataSource: DataSource,
            private readonly mail: MailService,
          ) {}

          async confirmAll(ids: string[]) {
            await this.dataSource.transaction(async (manager) => {
              for (const id of ids) {
                const order = await manager.findOneByOrFail(Order, { id });
                await manager.update(Order, { id }, { state: 'confirmed' });
                await this.mail.orderConfirmed(order.email, id); // finds
              }
            });
          }
        }
      `,
    },
    correct: {
      'src/orders/orders.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { DataSource } from 'typeorm';
        import { MailService } from '../mail/mail.service';
        import { Order } from './order.entity';

        @Injectable()
        export class OrdersService {
          constructor(
            private readonly dataSource: DataSource,
            private readonly mail: MailService,
          ) {}

          async confirmAll(ids: string[]) {
            const deferred: (() => Promise<void>)[] = [];
            await this.dataSource.transaction(async (manager) => {
              for (const id of ids) {
                const order = await manager.findOneByOrFail(Order, { id });
                await manager.update(Order, { id }, { state: 'confirmed' });
                deferred.push(() => this.mail.orderConfirmed(order.email, id));
              }
            });
            for (const run of deferred) await run();
          }
        }
      `,
    },
  },

  {
    title: 'pg-boss job sent on its own connection inside a knex transaction; fixed by its db option',
    shared: {
      'src/job-queue.ts': `
        import PgBoss from 'pg-boss';

        export class JobQueue {
          constructor(private readonly boss: PgBoss) {}

          async renderInvoice(invoiceId: number, db?: PgBoss.Db) {
            await this.boss.send('render-invoice', { invoiceId }, db ? { db } : {});
          }
        }
      `,
      'src/boss-db.ts': `
        import type { Knex } from 'knex';
        import type PgBoss from 'pg-boss';

        export function bossDb(trx: Knex.Transaction): PgBoss.Db {
          return { executeSql: (text, values) => trx.raw(text.replace(/\\$\\d+/g, '?'), values) };
        }
      `,
    },
    defect: {
      'src/invoices.ts': `
        import type { Knex } from 'knex';
        import type { JobQueue } from './job-queue';

        export class Invoices {
          constructor(
            private readonly knex: Knex,
            private readonly jobs: JobQueue,
          ) {}

          async create(customerId: string, total: number) {
            return this.knex.transaction(async (trx) => {
              const [{ id }] = await trx('invoices').insert({ customer_id: customerId, total }).returning('id');
              await this.jobs.renderInvoice(id); // finds
              return id;
            });
          }
        }
      `,
    },
    correct: {
      'src/invoices.ts': `
        import type { Knex } from 'knex';
        import { bossDb } from './boss-db';
        import type { JobQueue } from './job-queue';

        export class Invoices {
          constructor(
            private readonly knex: Knex,
            private readonly jobs: JobQueue,
          ) {}

          async create(customerId: string, total: number) {
            return this.knex.transaction(async (trx) => {
              const [{ id }] = await trx('invoices').insert({ customer_id: customerId, total }).returning('id');
              await this.jobs.renderInvoice(id, bossDb(trx));
              return id;
            });
          }
        }
      `,
    },
  },

  {
    title: 'fetch between BEGIN and COMMIT of a pg client (CommonJS)',
    defect: {
      'close-ticket.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function closeTicket(id) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            await client.query('UPDATE tickets SET state = $1 WHERE id = $2', ['closed', id]);
            await client.query('INSERT INTO ticket_log (ticket_id, entry) VALUES ($1, $2)', [id, 'closed']);
            await fetch('https://hooks.example.com/tickets/closed', { method: 'POST', body: JSON.stringify({ id }), signal: AbortSignal.timeout(5000) }); // finds
            await client.query('COMMIT');
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
        }

        module.exports = { closeTicket };
      `,
    },
    correct: {
      'close-ticket.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function closeTicket(id) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            await client.query('UPDATE tickets SET state = $1 WHERE id = $2', ['closed', id]);
            await client.query('INSERT INTO ticket_log (ticket_id, entry) VALUES ($1, $2)', [id, 'closed']);
            await client.query('COMMIT');
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
          await fetch('https://hooks.example.com/tickets/closed', { method: 'POST', body: JSON.stringify({ id }), signal: AbortSignal.timeout(5000) });
        }

        module.exports = { closeTicket };
      `,
    },
  },

  {
    title: 'Stripe charge inside a mongodb withTransaction callback, which the driver runs again on conflicts',
    shared: {
      'src/gateway.ts': `
        import Stripe from 'stripe';

        export class PaymentGateway {
          private readonly stripe = new Stripe(process.env.STRIPE_KEY!);

          async charge(customer: string, amount: number) {
            const intent = await this.stripe.paymentIntents.create({ customer, amount, currency: 'eur', confirm: true });
            return intent.id;
          }
        }
      `,
    },
    defect: {
      'src/checkout.ts': `
        import type { MongoClient } from 'mongodb';
        import type { PaymentGateway } from './gateway';

        export class Checkout {
          constructor(
            private readonly client: MongoClient,
            private readonly payments: PaymentGateway,
          ) {}

          async complete(cartId: string, customer: string, amount: number) {
            const db = this.client.db('shop');
            await this.client.withSession(async (session) => {
              await session.withTransaction(async () => {
                const paymentId = await this.payments.charge(customer, amount); // finds
                await db.collection('orders').insertOne({ cartId, customer, amount, paymentId }, { session });
                await db.collection('carts').updateOne({ cartId }, { $set: { state: 'ordered' } }, { session });
              });
            });
          }
        }
      `,
    },
    correct: {
      'src/checkout.ts': `
        import type { MongoClient } from 'mongodb';
        import type { PaymentGateway } from './gateway';

        export class Checkout {
          constructor(
            private readonly client: MongoClient,
            private readonly payments: PaymentGateway,
          ) {}

          async complete(cartId: string, customer: string, amount: number) {
            const db = this.client.db('shop');
            const paymentId = await this.payments.charge(customer, amount);
            await this.client.withSession(async (session) => {
              await session.withTransaction(async () => {
                await db.collection('orders').insertOne({ cartId, customer, amount, paymentId }, { session });
                await db.collection('carts').updateOne({ cartId }, { $set: { state: 'ordered' } }, { session });
              });
            });
          }
        }
      `,
    },
  },

  {
    title: 'an un-awaited SQS send inside a Drizzle transaction; a row written through tx by a function of like name is right',
    shared: {
      'src/schema.ts': `
        import { jsonb, pgTable, serial, text } from 'drizzle-orm/pg-core';

        export const devices = pgTable('devices', { id: text('id').primaryKey(), state: text('state').notNull() });
        export const outbox = pgTable('outbox', { id: serial('id').primaryKey(), topic: text('topic').notNull(), body: jsonb('body').notNull() });
      `,
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { Pool } from 'pg';

        export const db = drizzle(new Pool({ connectionString: process.env.DATABASE_URL }));
        export type Tx = Parameters<Parameters<typeof db.transaction>[0]>[0];
      `,
      'src/enqueue.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import type { Tx } from './db';
        import { outbox } from './schema';

        const sqs = new SQSClient({});

        export function enqueueEvent(topic: string, body: object) {
          return sqs.send(new SendMessageCommand({ QueueUrl: process.env.EVENTS_QUEUE, MessageBody: JSON.stringify({ topic, body }) }));
        }

        export async function enqueueOutboxEvent(tx: Tx, topic: string, body: object) {
          await tx.insert(outbox).values({ topic, body });
        }
      `,
    },
    defect: {
      'src/retire-device.ts': `
        import { eq } from 'drizzle-orm';
        import { db } from './db';
        import { enqueueEvent } from './enqueue';
        import { devices } from './schema';

        export async function retireDevice(id: string) {
          await db.transaction(async (tx) => {
            await tx.update(devices).set({ state: 'retired' }).where(eq(devices.id, id));
            enqueueEvent('device.retired', { id }).catch((error) => console.error('enqueue failed', error)); // finds
          });
        }
      `,
    },
    correct: {
      'src/retire-device.ts': `
        import { eq } from 'drizzle-orm';
        import { db } from './db';
        import { enqueueOutboxEvent } from './enqueue';
        import { devices } from './schema';

        export async function retireDevice(id: string) {
          await db.transaction(async (tx) => {
            await tx.update(devices).set({ state: 'retired' }).where(eq(devices.id, id));
            await enqueueOutboxEvent(tx, 'device.retired', { id });
          });
        }
      `,
    },
  },

  {
    title: 'a project transaction wrapper with a registry of after-commit work',
    shared: {
      'src/unit-of-work.ts': `
        import type { Knex } from 'knex';

        export interface UnitOfWork {
          readonly trx: Knex.Transaction;
          afterCommit(work: () => Promise<void>): void;
        }

        export async function withUnitOfWork<T>(knex: Knex, work: (unit: UnitOfWork) => Promise<T>): Promise<T> {
          const hooks: (() => Promise<void>)[] = [];
          const result = await knex.transaction((trx) => work({ trx, afterCommit: (hook) => hooks.push(hook) }));
          for (const hook of hooks) await hook();
          return result;
        }
      `,
      'src/user-events.ts': `
        import type { Producer } from 'kafkajs';

        export class UserEvents {
          constructor(private readonly producer: Producer) {}

          async deleted(userId: string) {
            await this.producer.send({ topic: 'users', messages: [{ key: userId, value: JSON.stringify({ type: 'deleted', userId }) }] });
          }
        }
      `,
    },
    defect: {
      'src/delete-user.ts': `
        import type { Knex } from 'knex';
        import { withUnitOfWork } from './unit-of-work';
        import type { UserEvents } from './user-events';

        export async function deleteUser(knex: Knex, events: UserEvents, userId: string) {
          await withUnitOfWork(knex, async ({ trx }) => {
            await trx('sessions').where({ user_id: userId }).del();
            await trx('users').where({ id: userId }).del();
            await events.deleted(userId); // finds
          });
        }
      `,
    },
    correct: {
      'src/delete-user.ts': `
        import type { Knex } from 'knex';
        import { withUnitOfWork } from './unit-of-work';
        import type { UserEvents } from './user-events';

        export async function deleteUser(knex: Knex, events: UserEvents, userId: string) {
          await withUnitOfWork(knex, async ({ trx, afterCommit }) => {
            await trx('sessions').where({ user_id: userId }).del();
            await trx('users').where({ id: userId }).del();
            afterCommit(() => events.deleted(userId));
          });
        }
      `,
    },
  },

  {
    title: 'an event through a Redis client that a module makes when it is first asked for one and forgets when the connection ends; joined by a wrapper for a pool or a transaction',
    shared: {
      'src/bus.ts': `
        import { createClient } from 'redis';

        async function connect() {
          const client = createClient({ url: process.env.REDIS_URL });
          client.on('error', (error) => { failure = error; failed = true; failures = failures + 1; });
          client.on('end', () => { connected = false; });
          return client;
        }

        let failure: unknown = new Error('not tried yet');
        let failed = false;
        let failures = 0;
        let client: Awaited<ReturnType<typeof connect>> | null = null;
        let connecting: Promise<Awaited<ReturnType<typeof connect>>> | null = null;
        let connected = false;
        let waiting = false;
        let disabled: string | null = null;

        async function reset() {
          client = null;
          connecting = null;
          connected = false;
          waiting = false;
        }

        async function getClient() {
          if (disabled !== null) throw new Error(disabled);
          if (!client) {
            if (!connecting) {
              connecting = (async () => {
                const made = await connect();
                await made.connect();
                client = made;
                connected = true;
                return made;
              })();
            }
            return await connecting;
          }
          if (!connected && !waiting) {
            await reset();
            client = null;
            return getClient();
          }
          return client;
        }

        class Bus {
          private static instance: Bus;

          static get(): Bus {
            if (!Bus.instance) Bus.instance = new Bus();
            return Bus.instance;
          }

          async publish(type: string, payload: object) {
            try {
              const stream = await getClient();
              await stream.xAdd('shipments', '*', { type, payload: JSON.stringify(payload) });
            } catch (error) {
              disabled = String(error);
              waiting = true;
            }
          }
        }

        let bus: Bus | null = null;
        export function getBus(): Bus {
          bus ??= Bus.get();
          return bus;
        }
      `,
      'src/transaction.ts': `
        import type { Knex } from 'knex';

        export async function inTransaction<T>(knexOrTrx: Knex | Knex.Transaction, work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
          const maybe = knexOrTrx as unknown as { commit?: unknown; rollback?: unknown };
          if (typeof maybe.commit === 'function' && typeof maybe.rollback === 'function') return work(knexOrTrx as Knex.Transaction);
          return (knexOrTrx as Knex).transaction(work);
        }
      `,
    },
    defect: {
      'src/ship.ts': `
        import knex from 'knex';
        import { getBus } from './bus';
        import { inTransaction } from './transaction';

        const db = knex({ client: 'pg' });

        export async function ship(parcelId: string) {
          return inTransaction(db, async (trx) => {
            const [parcel] = await trx('parcels').where({ id: parcelId }).update({ state: 'shipped' }).returning('*');
            await getBus().publish('shipped', { parcelId }); // finds
            return parcel;
          });
        }
      `,
    },
    correct: {
      'src/ship.ts': `
        import knex from 'knex';
        import { getBus } from './bus';
        import { inTransaction } from './transaction';

        const db = knex({ client: 'pg' });

        export async function ship(parcelId: string) {
          const parcel = await inTransaction(db, async (trx) => {
            const [updated] = await trx('parcels').where({ id: parcelId }).update({ state: 'shipped' }).returning('*');
            return updated;
          });
          await getBus().publish('shipped', { parcelId });
          return parcel;
        }
      `,
    },
  },

  {
    title: '@Transactional method calls another service over HTTP; fixed by runOnTransactionCommit',
    shared: {
      'src/customer.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Customer {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          email!: string;
        }
      `,
      'src/crm.client.ts': `
        import { Injectable } from '@nestjs/common';
        import axios from 'axios';

        @Injectable()
        export class CrmClient {
          private readonly http = axios.create({ baseURL: 'https://crm.example.com', timeout: 5000 });

          async addContact(id: string, email: string) {
            await this.http.post('/contacts', { id, email });
          }
        }
      `,
    },
    defect: {
      'src/customers.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Transactional } from 'typeorm-transactional';
        import { CrmClient } from './crm.client';
        import { Customer } from './customer.entity';

        @Injectable()
        export class CustomersService {
          constructor(
            @InjectRepository(Customer) private readonly customers: Repository<Customer>,
            private readonly crm: CrmClient,
          ) {}

          @Transactional()
          async register(email: string) {
            const customer = await this.customers.save(this.customers.create({ email }));
            await this.crm.addContact(customer.id, email); // finds
            return customer;
          }
        }
      `,
    },
    correct: {
      'src/customers.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Transactional, runOnTransactionCommit } from 'typeorm-transactional';
        import { CrmClient } from './crm.client';
        import { Customer } from './customer.entity';

        @Injectable()
        export class CustomersService {
          constructor(
            @InjectRepository(Customer) private readonly customers: Repository<Customer>,
            private readonly crm: CrmClient,
          ) {}

          @Transactional()
          async register(email: string) {
            const customer = await this.customers.save(this.customers.create({ email }));
            runOnTransactionCommit(() => this.crm.addContact(customer.id, email));
            return customer;
          }
        }
      `,
    },
  },

  {
    title: 'a rate fetched over the network while the transaction holds its locks; fixed by fetching it before',
    certainty: 'likely',
    shared: {
      'src/rates.ts': `
        import axios from 'axios';

        export async function exchangeRate(currency: string): Promise<number> {
          const { data } = await axios.get(\`https://rates.example.com/\${currency}\`, { timeout: 3000 });
          return data.rate;
        }
      `,
    },
    defect: {
      'src/settle.ts': `
        import { PrismaClient } from '@prisma/client';
        import { exchangeRate } from './rates';

        const prisma = new PrismaClient();

        export async function settle(invoiceId: string, currency: string) {
          await prisma.$transaction(async (tx) => {
            await tx.invoice.update({ where: { id: invoiceId }, data: { state: 'settling' } });
            const rate = await exchangeRate(currency); // finds
            await tx.settlement.create({ data: { invoiceId, currency, rate } });
          });
        }
      `,
    },
    correct: {
      'src/settle.ts': `
        import { PrismaClient } from '@prisma/client';
        import { exchangeRate } from './rates';

        const prisma = new PrismaClient();

        export async function settle(invoiceId: string, currency: string) {
          const rate = await exchangeRate(currency);
          await prisma.$transaction(async (tx) => {
            await tx.invoice.update({ where: { id: invoiceId }, data: { state: 'settling' } });
            await tx.settlement.create({ data: { invoiceId, currency, rate } });
          });
        }
      `,
    },
  },

  {
    title: 'a file put into S3 within a manual TypeORM transaction, against a cache read there',
    shared: {
      'src/contract.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Contract {
          @PrimaryColumn('uuid')
          id!: string;

          @Column()
          template!: string;

          @Column({ default: 'draft' })
          state!: string;
        }
      `,
      'src/storage.ts': `
        import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export const storeContract = (id: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'contracts', Key: id, Body }));
      `,
    },
    defect: {
      'src/sign.ts': `
        import type { Redis } from 'ioredis';
        import type { DataSource } from 'typeorm';
        import { Contract } from './contract.entity';
        import { storeContract } from './storage';

        export async function sign(dataSource: DataSource, redis: Redis, id: string, pdf: string) {
          const runner = dataSource.createQueryRunner();
          await runner.connect();
          await runner.startTransaction();
          try {
            const template = await redis.get('contracts:template');
            await runner.manager.update(Contract, { id }, { state: 'signed', template: template ?? 'default' });
            await storeContract(id, pdf); // finds
            await runner.commitTransaction();
          } catch (error) {
            await runner.rollbackTransaction();
            throw error;
          } finally {
            await runner.release();
          }
        }
      `,
    },
    correct: {
      'src/sign.ts': `
        import type { Redis } from 'ioredis';
        import type { DataSource } from 'typeorm';
        import { Contract } from './contract.entity';
        import { storeContract } from './storage';

        export async function sign(dataSource: DataSource, redis: Redis, id: string, pdf: string) {
          const runner = dataSource.createQueryRunner();
          await runner.connect();
          await storeContract(id, pdf);
          await runner.startTransaction();
          try {
            const template = await redis.get('contracts:template');
            await runner.manager.update(Contract, { id }, { state: 'signed', template: template ?? 'default' });
            await runner.commitTransaction();
          } catch (error) {
            await runner.rollbackTransaction();
            throw error;
          } finally {
            await runner.release();
          }
        }
      `,
    },
  },

  {
    title: 'mail from a mongoose transaction two calls down, against telemetry there',
    shared: {
      'src/models.ts': `
        import { Schema, model } from 'mongoose';

        export const Team = model('Team', new Schema({ name: String, ownerId: String }));
        export const Audit = model('Audit', new Schema({ action: String, teamId: String }));
      `,
      'src/transfer-team.ts': `
        import mongoose, { type ClientSession } from 'mongoose';
        import { Audit, Team } from './models';
        import { ownerChanged } from './notifications';

        async function moveOwnership(session: ClientSession, teamId: string, ownerId: string) {
          await Team.updateOne({ _id: teamId }, { $set: { ownerId } }, { session });
          await Audit.create([{ action: 'transfer', teamId }], { session });
          await ownerChanged(teamId, ownerId);
        }

        export async function transferTeam(teamId: string, ownerId: string) {
          await mongoose.connection.transaction(async (session) => {
            await moveOwnership(session, teamId, ownerId); // finds
          });
        }
      `,
    },
    defect: {
      'src/notifications.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        export async function ownerChanged(teamId: string, ownerId: string) {
          await resend.emails.send({ from: 'teams@example.com', to: 'audit@example.com', subject: \`\${teamId} now belongs to \${ownerId}\`, text: '' });
        }
      `,
    },
    correct: {
      'src/notifications.ts': `
        import { trace } from '@opentelemetry/api';

        export async function ownerChanged(teamId: string, ownerId: string) {
          trace.getActiveSpan()?.addEvent('owner changed', { teamId, ownerId });
          console.info('owner changed', teamId, ownerId);
        }
      `,
    },
  },

  {
    title: 'a Prisma transaction that tells a service, against one that sets its own time limit',
    defect: {
      'berths.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function assign(berthId: string, boat: string) {
          await prisma.$transaction(async (tx) => {
            await tx.berth.update({ where: { id: berthId }, data: { boat } });
            await fetch('https://harbour.example.com/berths', { method: 'POST', body: JSON.stringify({ berthId, boat }) }); // finds
          });
        }
      `,
    },
    correct: {
      'berths.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function assign(berthId: string, boat: string, limit: number) {
          await prisma.$transaction([
            prisma.$executeRawUnsafe(\`SET LOCAL statement_timeout = \${limit}\`),
            prisma.berth.update({ where: { id: berthId }, data: { boat } }),
          ]);
        }
      `,
    },
  },

  {
    title: 'an upload through aws4fetch within the project\'s own transaction wrapper; fixed by uploading before',
    shared: {
      'src/objects.ts': `
        import { AwsClient } from 'aws4fetch';

        const bucket = new AwsClient({ accessKeyId: process.env.KEY_ID!, secretAccessKey: process.env.KEY_SECRET! });

        export async function putObject(name: string, body: string) {
          const answer = await bucket.fetch(\`https://objects.example/\${name}\`, { method: 'PUT', body });
          if (!answer.ok) throw new Error(answer.statusText);
          return name;
        }
      `,
      'src/db.ts': `
        import { PrismaClient, type Prisma } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function $transaction<T>(client: PrismaClient | Prisma.TransactionClient, work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
          if (!('$transaction' in client)) return work(client);
          return client.$transaction(work);
        }
      `,
    },
    defect: {
      'src/import-report.ts': `
        import { $transaction, prisma } from './db';
        import { putObject } from './objects';

        export async function importReport(name: string, body: string) {
          return $transaction(prisma, async (tx) => {
            const counter = await tx.counter.update({ where: { name: 'reports' }, data: { last: { increment: 1 } } });
            const path = await putObject(name, body); // finds
            return tx.report.create({ data: { number: counter.last, path } });
          });
        }
      `,
    },
    correct: {
      'src/import-report.ts': `
        import { $transaction, prisma } from './db';
        import { putObject } from './objects';

        export async function importReport(name: string, body: string) {
          const path = await putObject(name, body);
          return $transaction(prisma, async (tx) => {
            const counter = await tx.counter.update({ where: { name: 'reports' }, data: { last: { increment: 1 } } });
            return tx.report.create({ data: { number: counter.last, path } });
          });
        }
      `,
    },
  },

  {
    title: 'the project\'s own decorator opens a TypeORM transaction on the field it is told; fixed by charging before it',
    shared: {
      'src/db/in-transaction.ts': `
        export function InTransaction(property: string | ((target: object) => boolean) = () => false, field?: string) {
          return function (target: any, name: string, descriptor: PropertyDescriptor): void {
            if (!target.managers) throw new Error(\`\${name} has no parameter for the manager\`);
            const original = descriptor.value;
            field = typeof property === 'string' ? property : field;
            const at = target.managers[name];
            descriptor.value = async function (...args: any[]) {
              return await (!field ? this : this[field]).transaction(async (manager: unknown) => {
                args[at] = manager;
                return await original.apply(this, args);
              });
            };
          };
        }
      `,
    },
    defect: {
      'src/leases.ts': `
        import Stripe from 'stripe';
        import { DataSource, EntityManager } from 'typeorm';
        import { InTransaction } from './db/in-transaction';
        import { Lease } from './lease.entity';

        export class Leases {
          constructor(private readonly source: DataSource, private readonly stripe: Stripe) {}

          @InTransaction('source')
          async renew(leaseId: string, amount: number, manager?: EntityManager) {
            const intent = await this.stripe.paymentIntents.create({ amount, currency: 'eur' }, { idempotencyKey: leaseId }); // finds
            await manager!.update(Lease, { id: leaseId }, { intent: intent.id });
          }
        }
      `,
    },
    correct: {
      'src/leases.ts': `
        import Stripe from 'stripe';
        import { DataSource, EntityManager } from 'typeorm';
        import { InTransaction } from './db/in-transaction';
        import { Lease } from './lease.entity';

        export class Leases {
          constructor(private readonly source: DataSource, private readonly stripe: Stripe) {}

          async renew(leaseId: string, amount: number) {
            const intent = await this.stripe.paymentIntents.create({ amount, currency: 'eur' }, { idempotencyKey: leaseId });
            await this.renewed(leaseId, intent.id);
          }

          @InTransaction('source')
          async renewed(leaseId: string, intent: string, manager?: EntityManager) {
            await manager!.update(Lease, { id: leaseId }, { intent });
          }
        }
      `,
    },
  },

  {
    title: 'the project\'s own decorator hands a Knex transaction to the method; fixed by mailing after it',
    shared: {
      'src/db.ts': `
        import { knex, type Knex } from 'knex';

        export const db = knex({ client: 'pg' });

        export const Transactional = (_target: object, _name: string, descriptor: PropertyDescriptor) => {
          const run = descriptor.value;
          descriptor.value = function (...args: unknown[]) {
            return db.transaction((trx: Knex.Transaction) => run.apply(this, [trx, ...args]));
          };
        };
      `,
      'src/mailer.ts': `
        import { createTransport } from 'nodemailer';

        const transport = createTransport(process.env.SMTP_URL);

        export const tell = (to: string) => transport.sendMail({ to, subject: 'Your seat has been moved' });
      `,
    },
    defect: {
      'src/seats.ts': `
        import type { Knex } from 'knex';
        import { Transactional } from './db';
        import { tell } from './mailer';

        export class Seats {
          @Transactional
          async move(trx: Knex.Transaction, seatId: string, row: number, holder: string) {
            await trx('seats').where({ id: seatId }).update({ row });
            await tell(holder); // finds
          }
        }
      `,
    },
    correct: {
      'src/seats.ts': `
        import type { Knex } from 'knex';
        import { Transactional } from './db';
        import { tell } from './mailer';

        export class Seats {
          async move(seatId: string, row: number, holder: string) {
            await this.moved(seatId, row);
            await tell(holder);
          }

          @Transactional
          async moved(trx: Knex.Transaction, seatId: string, row: number) {
            await trx('seats').where({ id: seatId }).update({ row });
          }
        }
      `,
    },
  },

  {
    title: 'what publishes is known by a type of a re-exported namespace alone; fixed by calling it after the commit',
    shared: {
      'src/ports/notices.ts': `
        export interface Notices {
          opened(depotId: string): Promise<void>;
        }
      `,
      'src/ports/index.ts': `
        export * from './notices';
      `,
      'src/index.ts': `
        export * as Ports from './ports';
      `,
      'src/queued-notices.ts': `
        import { Queue } from 'bullmq';
        import { Ports } from './index';

        const queue = new Queue('depots');

        export class QueuedNotices implements Ports.Notices {
          async opened(depotId: string) {
            await queue.add('opened', { depotId });
          }
        }
      `,
    },
    audit: true,
    defect: {
      'src/opening.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Ports } from './index';

        export class Opening {
          constructor(private readonly prisma: PrismaClient, private readonly notices: Ports.Notices) {}

          async open(id: string) {
            await this.prisma.$transaction(async (tx) => {
              await tx.depot.update({ where: { id }, data: { open: true } });
              await this.notices.opened(id); // finds
            });
          }
        }
      `,
    },
    correct: {
      'src/opening.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Ports } from './index';

        export class Opening {
          constructor(private readonly prisma: PrismaClient, private readonly notices: Ports.Notices) {}

          async open(id: string) {
            await this.prisma.$transaction(async (tx) => {
              await tx.depot.update({ where: { id }, data: { open: true } });
            });
            await this.notices.opened(id);
          }
        }
      `,
    },
  },

  {
    title: 'what publishes comes out of a tsyringe container, by its class; fixed by calling it after the commit',
    shared: {
      'src/notices.ts': `
        import { Queue } from 'bullmq';

        const queue = new Queue('ferries');

        export class Notices {
          async delayed(ferryId: string) {
            await queue.add('delayed', { ferryId });
          }
        }
      `,
    },
    defect: {
      'src/delay.ts': `
        import { PrismaClient } from '@prisma/client';
        import { container } from 'tsyringe';
        import { Notices } from './notices';

        const prisma = new PrismaClient();

        export async function delay(id: string, minutes: number) {
          await prisma.$transaction(async (tx) => {
            await tx.ferry.update({ where: { id }, data: { minutes } });
            await container.resolve(Notices).delayed(id); // finds
          });
        }
      `,
    },
    correct: {
      'src/delay.ts': `
        import { PrismaClient } from '@prisma/client';
        import { container } from 'tsyringe';
        import { Notices } from './notices';

        const prisma = new PrismaClient();

        export async function delay(id: string, minutes: number) {
          await prisma.$transaction(async (tx) => {
            await tx.ferry.update({ where: { id }, data: { minutes } });
          });
          await container.resolve(Notices).delayed(id);
        }
      `,
    },
  },

  {
    title: 'a Nest module reference, behind the project\'s own injector, gives the service and the TypeORM data source; fixed by calling the service after the commit',
    shared: {
      'src/injector.ts': `
        import { ModuleRef } from '@nestjs/core';

        export class Injector {
          constructor(private readonly modules: ModuleRef) {}

          get<T>(type: new (...args: any[]) => T): T {
            return this.modules.get(type, { strict: false });
          }
        }
      `,
      'src/mails.ts': `
        import { createTransport } from 'nodemailer';

        export class Mails {
          private readonly transport = createTransport(process.env.SMTP_URL);

          async confirmed(to: string) {
            await this.transport.sendMail({ to, subject: 'Your berth is confirmed' });
          }
        }
      `,
      'src/berth.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Berth {
          @PrimaryGeneratedColumn() id!: string;
          @Column() holder!: string;
        }
      `,
    },
    defect: {
      'src/confirm.ts': `
        import { DataSource } from 'typeorm';
        import { Berth } from './berth.entity';
        import { Injector } from './injector';
        import { Mails } from './mails';

        export class Confirm {
          private source!: DataSource;
          private mails!: Mails;

          init(injector: Injector) {
            this.source = injector.get(DataSource);
            this.mails = injector.get(Mails);
          }

          async run(id: string, holder: string) {
            await this.source.transaction(async (manager) => {
              await manager.update(Berth, { id }, { holder });
              await this.mails.confirmed(holder); // finds
            });
          }
        }
      `,
    },
    correct: {
      'src/confirm.ts': `
        import { DataSource } from 'typeorm';
        import { Berth } from './berth.entity';
        import { Injector } from './injector';
        import { Mails } from './mails';

        export class Confirm {
          private source!: DataSource;
          private mails!: Mails;

          init(injector: Injector) {
            this.source = injector.get(DataSource);
            this.mails = injector.get(Mails);
          }

          async run(id: string, holder: string) {
            await this.source.transaction(async (manager) => {
              await manager.update(Berth, { id }, { holder });
            });
            await this.mails.confirmed(holder);
          }
        }
      `,
    },
  },

  {
    title: 'Awilix holds the service under a name, and the variable is declared as it; fixed by calling it after the Knex transaction',
    shared: {
      'src/alerts.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

        export class Alerts {
          private readonly sqs = new SQSClient({});

          async raise(siloId: string) {
            await this.sqs.send(new SendMessageCommand({ QueueUrl: process.env.ALERTS_URL, MessageBody: siloId }));
          }
        }
      `,
    },
    defect: {
      'src/fill.ts': `
        import type { AwilixContainer } from 'awilix';
        import { knex } from 'knex';
        import { Alerts } from './alerts';

        const db = knex({ client: 'pg' });

        export async function fill({ scope }: { scope: AwilixContainer }, siloId: string, tons: number) {
          const alerts: Alerts = scope.resolve('alerts');
          await db.transaction(async (trx) => {
            await trx('silos').where({ id: siloId }).update({ tons });
            await alerts.raise(siloId); // finds
          });
        }
      `,
    },
    correct: {
      'src/fill.ts': `
        import type { AwilixContainer } from 'awilix';
        import { knex } from 'knex';
        import { Alerts } from './alerts';

        const db = knex({ client: 'pg' });

        export async function fill({ scope }: { scope: AwilixContainer }, siloId: string, tons: number) {
          const alerts: Alerts = scope.resolve('alerts');
          await db.transaction(async (trx) => {
            await trx('silos').where({ id: siloId }).update({ tons });
          });
          await alerts.raise(siloId);
        }
      `,
    },
  },

  {
    title: 'Neo4j: a mail is sent within a transaction function that may run again; fixed by sending it after',
    defect: {
      'src/follow.ts': `
        import neo4j from 'neo4j-driver';
        import { Resend } from 'resend';

        const driver = neo4j.driver(process.env.NEO4J_URL!);
        const resend = new Resend(process.env.RESEND_KEY);

        export async function follow(from: string, to: string, mail: string) {
          const session = driver.session();
          await session.executeWrite(async (tx) => {
            await tx.run('MATCH (a:User {id: $from}), (b:User {id: $to}) MERGE (a)-[:FOLLOWS]->(b)', { from, to });
            await resend.emails.send({ from: 'hi@acme.test', to: mail, subject: 'A new follower', text: from }); // finds
          });
        }
      `,
    },
    correct: {
      'src/follow.ts': `
        import neo4j from 'neo4j-driver';
        import { Resend } from 'resend';

        const driver = neo4j.driver(process.env.NEO4J_URL!);
        const resend = new Resend(process.env.RESEND_KEY);

        export async function follow(from: string, to: string, mail: string) {
          const session = driver.session();
          await session.executeWrite((tx) => tx.run('MATCH (a:User {id: $from}), (b:User {id: $to}) MERGE (a)-[:FOLLOWS]->(b)', { from, to }));
          await resend.emails.send({ from: 'hi@acme.test', to: mail, subject: 'A new follower', text: from });
        }
      `,
    },
  },

  {
    title: 'awilix: a service of a function and one of a class, asked for by their names; fixed by raising the alarm after the transaction',
    audit: true,
    shared: {
      'src/container.js': `
        import { asClass, asFunction, createContainer } from 'awilix';
        import { knex } from 'knex';
        import { Alarms } from './alarms.js';

        export const container = createContainer();
        container.register({
          db: asFunction(() => knex({ client: 'pg' })).singleton(),
          alarms: asClass(Alarms).singleton(),
        });
      `,
      'src/alarms.js': `
        import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';

        export class Alarms {
          sqs = new SQSClient({});

          async raise(tankId) {
            await this.sqs.send(new SendMessageCommand({ QueueUrl: process.env.ALARMS_URL, MessageBody: tankId }));
          }
        }
      `,
    },
    defect: {
      'src/drain.js': `
        import { container } from './container.js';

        export async function drain(tankId) {
          const db = container.resolve('db');
          const alarms = container.resolve('alarms');
          await db.transaction(async (trx) => {
            await trx('tanks').where({ id: tankId }).update({ level: 0 });
            await alarms.raise(tankId); // finds
          });
        }
      `,
    },
    correct: {
      'src/drain.js': `
        import { container } from './container.js';

        export async function drain(tankId) {
          const db = container.resolve('db');
          const alarms = container.resolve('alarms');
          await db.transaction(async (trx) => {
            await trx('tanks').where({ id: tankId }).update({ level: 0 });
          });
          await alarms.raise(tankId);
        }
      `,
    },
  },

  {
    title: 'Adonis container: a service that a function makes of others, by their names; fixed by a mail after the transaction',
    audit: true,
    shared: {
      'src/start.ts': `
        import { Ioc, type IocContract } from '@adonisjs/fold';
        import { knex } from 'knex';
        import nodemailer from 'nodemailer';
        import { createBerths } from './berths';

        export function start(): IocContract {
          const container: IocContract = new Ioc();
          container.singleton('knex', async () => knex({ client: 'pg' }));
          container.singleton('mailer', async () => nodemailer.createTransport(process.env.SMTP_URL));
          container.singleton('berths', async (deps) => createBerths(await deps.use('knex'), await deps.use('mailer')));
          return container;
        }
      `,
      'src/route.ts': `
        import type { IocContract } from '@adonisjs/fold';

        export async function assign(container: IocContract, boatId: string, berth: number) {
          const berths = await container.use('berths');
          await berths.assign(boatId, berth);
        }
      `,
    },
    defect: {
      'src/berths.ts': `
        export function createBerths(knex, mailer) {
          return {
            async assign(boatId: string, berth: number) {
              await knex.transaction(async (trx) => {
                await trx('boats').where({ id: boatId }).update({ berth });
                await mailer.sendMail({ to: 'harbour@example.com', subject: boatId }); // finds
              });
            },
          };
        }
      `,
    },
    correct: {
      'src/berths.ts': `
        export function createBerths(knex, mailer) {
          return {
            async assign(boatId: string, berth: number) {
              await knex.transaction(async (trx) => {
                await trx('boats').where({ id: boatId }).update({ berth });
              });
              await mailer.sendMail({ to: 'harbour@example.com', subject: boatId });
            },
          };
        }
      `,
    },
  },
  {
    title: 'a unit of work that joins the transaction it has open, or opens one (Drizzle); fixed by what it does once it has committed',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { pgTable, text } from 'drizzle-orm/pg-core';
        import { Pool } from 'pg';

        export const db = drizzle(new Pool());
        export const berths = pgTable('berths', { id: text('id').primaryKey(), boat: text('boat') });
      `,
      'src/unit.ts': `
        import type { PgTransaction } from 'drizzle-orm/pg-core';
        import { db } from './db';

        type Tx = PgTransaction<any, any, any>;

        export class Unit {
          private tx?: Tx;
          private done: (() => unknown)[] = [];

          async run<T>(work: (tx: Tx) => Promise<T>, afterwards?: (result: T) => unknown): Promise<T> {
            let result: T;
            if (this.tx) {
              result = await work(this.tx);
              if (afterwards) this.done.push(afterwards.bind(null, result));
              return result;
            }
            await db.transaction(async (tx) => {
              this.tx = tx;
              result = await work(tx);
              if (afterwards) this.done.push(afterwards.bind(null, result));
            });
            this.done.forEach((after) => after());
            return result!;
          }
        }
      `,
      'src/moor.ts': `
        import { eq } from 'drizzle-orm';
        import { berths } from './db';
        import { Unit } from './unit';

        export const moor = (id: string, boat: string, unit = new Unit()) => unit.run(async (tx) => {
          await tx.update(berths).set({ boat }).where(eq(berths.id, id));
        });
      `,
    },
    defect: {
      'src/arrive.ts': `
        import { Queue } from 'bullmq';
        import { moor } from './moor';
        import { Unit } from './unit';

        const bells = new Queue('bells');

        export async function arrive(id: string, boat: string, unit = new Unit()) {
          return unit.run(async () => {
            await moor(id, boat, unit);
            await bells.add('ring', { boat }); // finds
          });
        }
      `,
    },
    correct: {
      'src/arrive.ts': `
        import { Queue } from 'bullmq';
        import { moor } from './moor';
        import { Unit } from './unit';

        const bells = new Queue('bells');

        export async function arrive(id: string, boat: string, unit = new Unit()) {
          return unit.run(async () => {
            await moor(id, boat, unit);
          }, async () => {
            await bells.add('ring', { boat });
          });
        }
      `,
    },
  },
  {
    title: 'a session that holds its connection from begin to commit, made for one request (pg); fixed by mailing afterwards',
    shared: {
      'src/session.ts': `
        import { Pool, type PoolClient } from 'pg';

        const pool = new Pool();

        export class Session {
          private client: PoolClient | null = null;

          async begin() {
            this.client = await pool.connect();
            await this.client.query('BEGIN');
          }

          async add(name: string) {
            if (this.client === null) await pool.query('INSERT INTO guests (name) VALUES ($1)', [name]);
            else await this.client.query('INSERT INTO guests (name) VALUES ($1)', [name]);
          }

          async commit() {
            await this.client!.query('COMMIT');
            this.client!.release();
          }
        }
      `,
    },
    defect: {
      'src/invite.ts': `
        import { Resend } from 'resend';
        import { Session } from './session';

        const resend = new Resend(process.env.RESEND_KEY);

        export async function invite(name: string, email: string) {
          const session = new Session();
          await session.begin();
          await session.add(name);
          await resend.emails.send({ from: 'host@example.org', to: email, subject: 'Come', text: name }); // finds
          await session.commit();
        }
      `,
    },
    correct: {
      'src/invite.ts': `
        import { Resend } from 'resend';
        import { Session } from './session';

        const resend = new Resend(process.env.RESEND_KEY);

        export async function invite(name: string, email: string) {
          const session = new Session();
          await session.begin();
          await session.add(name);
          await session.commit();
          await resend.emails.send({ from: 'host@example.org', to: email, subject: 'Come', text: name });
        }
      `,
    },
  },

  {
    title: 'grammY: a chat is told of a row before it is committed; fixed by telling it after',
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/join.ts': `
        import { prisma } from './db';
        import { Bot } from 'grammy';

        const bot = new Bot(process.env.BOT_TOKEN!);

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
            await bot.api.sendMessage(teamId, 'A new member'); // finds
          });
        }
      `,
    },
    correct: {
      'src/join.ts': `
        import { prisma } from './db';
        import { Bot } from 'grammy';

        const bot = new Bot(process.env.BOT_TOKEN!);

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
          });
          await bot.api.sendMessage(teamId, 'A new member');
        }
      `,
    },
  },

  {
    title: 'Brevo: a mail is sent before the row is committed; fixed by sending it after',
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/join.ts': `
        import { prisma } from './db';
        import { BrevoClient } from '@getbrevo/brevo';

        const brevo = new BrevoClient({ apiKey: process.env.BREVO_KEY! });

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
            await brevo.transactionalEmails.sendTransacEmail({ to: [{ email: userId }], subject: 'Welcome' }); // finds
          });
        }
      `,
    },
    correct: {
      'src/join.ts': `
        import { prisma } from './db';
        import { BrevoClient } from '@getbrevo/brevo';

        const brevo = new BrevoClient({ apiKey: process.env.BREVO_KEY! });

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
          });
          await brevo.transactionalEmails.sendTransacEmail({ to: [{ email: userId }], subject: 'Welcome' });
        }
      `,
    },
  },

  {
    title: 'Notion: a page is made before the row is committed; fixed by making it after',
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/join.ts': `
        import { prisma } from './db';
        import { Client } from '@notionhq/client';

        const notion = new Client({ auth: process.env.NOTION_KEY });

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
            await notion.pages.create({ parent: { database_id: teamId }, properties: {} }); // finds
          });
        }
      `,
    },
    correct: {
      'src/join.ts': `
        import { prisma } from './db';
        import { Client } from '@notionhq/client';

        const notion = new Client({ auth: process.env.NOTION_KEY });

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
          });
          await notion.pages.create({ parent: { database_id: teamId }, properties: {} });
        }
      `,
    },
  },

  {
    title: 'viem: a transaction of a chain is sent before the row is committed; fixed by sending it after',
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/join.ts': `
        import { prisma } from './db';
        import { createWalletClient, http } from 'viem';

        const wallet = createWalletClient({ transport: http() });

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
            await wallet.sendTransaction({ to: '0x0', value: 1n }); // finds
          });
        }
      `,
    },
    correct: {
      'src/join.ts': `
        import { prisma } from './db';
        import { createWalletClient, http } from 'viem';

        const wallet = createWalletClient({ transport: http() });

        export async function join(teamId: string, userId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.member.create({ data: { teamId, userId } });
          });
          await wallet.sendTransaction({ to: '0x0', value: 1n });
        }
      `,
    },
  },
  {
    title: 'a command of NestJS CQRS whose handler calls another service, executed within a transaction (TypeORM); fixed by executing it afterwards',
    shared: {
      'src/tell-harbour.ts': `
        import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
        import { HttpService } from '@nestjs/axios';
        import { firstValueFrom } from 'rxjs';

        export class TellHarbour {
          constructor(readonly berth: string) {}
        }

        @CommandHandler(TellHarbour)
        export class TellHarbourHandler implements ICommandHandler<TellHarbour> {
          constructor(private readonly http: HttpService) {}

          async execute(command: TellHarbour) {
            await firstValueFrom(this.http.post('https://harbour.example.org/berths', { berth: command.berth }, { timeout: 3000 }));
          }
        }
      `,
    },
    defect: {
      'src/moor.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { CommandBus } from '@nestjs/cqrs';
        import { DataSource } from 'typeorm';
        import { TellHarbour } from './tell-harbour';

        @Injectable()
        export class MoorService {
          constructor(private readonly source: DataSource, private readonly commands: CommandBus) {}

          async moor(berth: string, boat: string) {
            await this.source.transaction(async (manager) => {
              await manager.query('UPDATE berths SET boat = $1 WHERE id = $2', [boat, berth]);
              await this.commands.execute(new TellHarbour(berth)); // finds
            });
          }
        }
      `,
    },
    correct: {
      'src/moor.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { CommandBus } from '@nestjs/cqrs';
        import { DataSource } from 'typeorm';
        import { TellHarbour } from './tell-harbour';

        @Injectable()
        export class MoorService {
          constructor(private readonly source: DataSource, private readonly commands: CommandBus) {}

          async moor(berth: string, boat: string) {
            await this.source.transaction(async (manager) => {
              await manager.query('UPDATE berths SET boat = $1 WHERE id = $2', [boat, berth]);
            });
            await this.commands.execute(new TellHarbour(berth));
          }
        }
      `,
    },
    audit: true,
  },

  {
    title: 'a hook of a Sequelize model tells a service of a row that is not committed; fixed by waiting for the transaction that it is given',
    audit: true,
    shared: {
      'database.ts': `
        import { Sequelize } from 'sequelize';

        export const sequelize = new Sequelize(process.env.DATABASE_URL!);
      `,
      'moor.ts': `
        import { sequelize } from './database';
        import { Mooring } from './mooring';

        export async function moor(berthId: number, vessel: string) {
          return sequelize.transaction(async (transaction) => {
            const mooring = await Mooring.create({ berthId, vessel }, { transaction });
            await Mooring.update({ current: false }, { where: { berthId, vessel: 'former' }, transaction });
            return mooring;
          });
        }
      `,
    },
    defect: {
      'mooring.ts': `
        import { DataTypes, Model } from 'sequelize';
        import axios from 'axios';
        import { sequelize } from './database';

        export class Mooring extends Model {
          declare berthId: number;
        }

        Mooring.init({ berthId: DataTypes.INTEGER, vessel: DataTypes.STRING }, {
          sequelize,
          hooks: {
            async afterCreate(mooring) {
              await axios.post('https://pilots.example/moorings', { berth: mooring.berthId }, { timeout: 2000 }); // finds
            },
          },
        });
      `,
    },
    correct: {
      'mooring.ts': `
        import { DataTypes, Model } from 'sequelize';
        import axios from 'axios';
        import { sequelize } from './database';

        export class Mooring extends Model {
          declare berthId: number;
        }

        const tell = (mooring: Mooring) => axios.post('https://pilots.example/moorings', { berth: mooring.berthId }, { timeout: 2000 });

        Mooring.init({ berthId: DataTypes.INTEGER, vessel: DataTypes.STRING }, {
          sequelize,
          hooks: {
            async afterCreate(mooring, options) {
              if (options.transaction) options.transaction.afterCommit(() => tell(mooring));
              else await tell(mooring);
            },
          },
        });
      `,
    },
  },

  {
    title: 'a hook in a model of sequelize-typescript, called within a transaction; one of a model that no transaction writes to is right',
    audit: true,
    shared: {
      'src/transfers.ts': `
        import { Sequelize } from 'sequelize-typescript';
        import { Transfer } from './transfer';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export async function transfer(from: string, to: string) {
          const transaction = await sequelize.transaction();
          try {
            await Transfer.create({ from, to }, { transaction });
            await transaction.commit();
          } catch (error) {
            await transaction.rollback();
            throw error;
          }
        }
      `,
    },
    defect: {
      'src/transfer.ts': `
        import { AfterCreate, Column, Model, Table } from 'sequelize-typescript';
        import { SQS } from '@aws-sdk/client-sqs';

        const sqs = new SQS({});

        @Table
        export class Transfer extends Model {
          @Column from!: string;
          @Column to!: string;

          @AfterCreate
          static async announce(transfer: Transfer) {
            await sqs.sendMessage({ QueueUrl: process.env.TRANSFERS_URL!, MessageBody: transfer.id }); // finds
          }
        }
      `,
    },
    correct: {
      'src/transfer.ts': `
        import { Column, Model, Table } from 'sequelize-typescript';

        @Table
        export class Transfer extends Model {
          @Column from!: string;
          @Column to!: string;
        }
      `,
      'src/announcement.ts': `
        import { AfterCreate, Column, Model, Table } from 'sequelize-typescript';
        import { SQS } from '@aws-sdk/client-sqs';

        const sqs = new SQS({});

        @Table
        export class Announcement extends Model {
          @Column text!: string;

          @AfterCreate
          static async announce(announcement: Announcement) {
            await sqs.sendMessage({ QueueUrl: process.env.TRANSFERS_URL!, MessageBody: announcement.id });
          }
        }

        export const publish = (text: string) => Announcement.create({ text });
      `,
    },
  },

  {
    title: 'a subscriber of TypeORM mails while the row is being inserted; fixed by what it is called for after the commit',
    certainty: 'likely',
    defect: {
      'invoice-subscriber.ts': `
        import { EntitySubscriberInterface, EventSubscriber, InsertEvent } from 'typeorm';
        import nodemailer from 'nodemailer';
        import { Invoice } from './invoice';

        const mailer = nodemailer.createTransport({ host: 'mail.example', socketTimeout: 2000 });

        @EventSubscriber()
        export class InvoiceSubscriber implements EntitySubscriberInterface<Invoice> {
          listenTo() {
            return Invoice;
          }

          async afterInsert(event: InsertEvent<Invoice>) {
            await mailer.sendMail({ to: event.entity.email, subject: 'Your invoice' }); // finds
          }
        }
      `,
      'invoice.ts': `
        export class Invoice {
          email!: string;
        }
      `,
    },
    correct: {
      'invoice-subscriber.ts': `
        import { EntitySubscriberInterface, EventSubscriber, InsertEvent, TransactionCommitEvent } from 'typeorm';
        import nodemailer from 'nodemailer';
        import { Invoice } from './invoice';

        const mailer = nodemailer.createTransport({ host: 'mail.example', socketTimeout: 2000 });

        @EventSubscriber()
        export class InvoiceSubscriber implements EntitySubscriberInterface<Invoice> {
          listenTo() {
            return Invoice;
          }

          async afterInsert(event: InsertEvent<Invoice>) {
            event.queryRunner.data.invoice = event.entity;
          }

          async afterTransactionCommit(event: TransactionCommitEvent) {
            await mailer.sendMail({ to: event.queryRunner.data.invoice.email, subject: 'Your invoice' });
          }
        }
      `,
      'invoice.ts': `
        export class Invoice {
          email!: string;
        }
      `,
    },
  },

  {
    title: 'a hook of an Objection model publishes within the transaction of the statement; a row written on no transaction is right',
    audit: true,
    shared: {
      'crew.ts': `
        import { Model } from 'objection';
        import { PubSub } from '@google-cloud/pubsub';

        const hired = new PubSub().topic('hired');

        export class Crew extends Model {
          static tableName = 'crew';
          id!: number;

          async $afterInsert() {
            await hired.publishMessage({ json: { id: this.id } }); // finds
          }
        }
      `,
    },
    defect: {
      'hire.ts': `
        import { Crew } from './crew';

        export async function hire(name: string, vesselId: number) {
          await Crew.transaction(async (trx) => {
            const member = await Crew.query(trx).insert({ name });
            await Crew.query(trx).patch({ vesselId }).findById(member.id);
          });
        }
      `,
    },
    correct: {
      'hire.ts': `
        import { Crew } from './crew';

        export async function hire(name: string, vesselId: number) {
          await Crew.query().insert({ name, vesselId });
        }
      `,
    },
  },

  {
    title: 'an event of NestJS is emitted within a transaction, and who listens calls a service; fixed by emitting it after',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/notices.ts': `
        import { Injectable } from '@nestjs/common';
        import { OnEvent } from '@nestjs/event-emitter';
        import axios from 'axios';

        @Injectable()
        export class Notices {
          @OnEvent('berth.assigned')
          async onAssigned(event: { berthId: string; vesselId: string }) {
            await axios.post('https://harbour.example/notices', event, { timeout: 2000 });
          }
        }
      `,
    },
    defect: {
      'src/berths.ts': `
        import { Injectable } from '@nestjs/common';
        import { EventEmitter2 } from '@nestjs/event-emitter';
        import { DataSource } from 'typeorm';
        import './notices';

        @Injectable()
        export class Berths {
          constructor(private readonly dataSource: DataSource, private readonly events: EventEmitter2) {}

          async assign(berthId: string, vesselId: string) {
            await this.dataSource.transaction(async (manager) => {
              await manager.update('Berth', { id: berthId }, { vesselId });
              this.events.emit('berth.assigned', { berthId, vesselId }); // finds
              await manager.insert('Movement', { berthId, vesselId });
            });
          }
        }
      `,
    },
    correct: {
      'src/berths.ts': `
        import { Injectable } from '@nestjs/common';
        import { EventEmitter2 } from '@nestjs/event-emitter';
        import { DataSource } from 'typeorm';
        import './notices';

        @Injectable()
        export class Berths {
          constructor(private readonly dataSource: DataSource, private readonly events: EventEmitter2) {}

          async assign(berthId: string, vesselId: string) {
            await this.dataSource.transaction(async (manager) => {
              await manager.update('Berth', { id: berthId }, { vesselId });
              await manager.insert('Movement', { berthId, vesselId });
            });
            this.events.emit('berth.assigned', { berthId, vesselId });
          }
        }
      `,
    },
  },

  {
    title: 'an event of an emitter of the project, waited for within a Prisma transaction; another emitter\'s event of the same name is right',
    audit: true,
    shared: {
      'bus.ts': `
        import { EventEmitter2 } from 'eventemitter2';

        export const bus = new EventEmitter2();
        export const log = new EventEmitter2();
      `,
      'listeners.ts': `
        import { bus, log } from './bus';

        bus.on('sold', async (lot: { id: string }) => {
          await fetch('https://auctions.example/sold', { method: 'POST', body: lot.id, signal: AbortSignal.timeout(2000) });
        });
        log.on('sold', (lot: { id: string }) => console.log(lot.id));
      `,
    },
    defect: {
      'sell.ts': `
        import { PrismaClient } from '@prisma/client';
        import { bus } from './bus';
        import './listeners';

        const prisma = new PrismaClient();

        export async function sell(id: string, buyerId: string) {
          await prisma.$transaction(async (tx) => {
            const lot = await tx.lot.update({ where: { id }, data: { buyerId } });
            await bus.emitAsync('sold', lot); // finds
          });
        }
      `,
    },
    correct: {
      'sell.ts': `
        import { PrismaClient } from '@prisma/client';
        import { log } from './bus';
        import './listeners';

        const prisma = new PrismaClient();

        export async function sell(id: string, buyerId: string) {
          await prisma.$transaction(async (tx) => {
            const lot = await tx.lot.update({ where: { id }, data: { buyerId } });
            await log.emitAsync('sold', lot);
          });
        }
      `,
    },
  },

  {
    title: 'an event of NestJS CQRS published within a transaction, whose handler mails; fixed by publishing it after the commit',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/retired.handler.ts': `
        import { EventsHandler, IEventHandler } from '@nestjs/cqrs';
        import nodemailer from 'nodemailer';
        import { VesselRetired } from './retired.event';

        const mailer = nodemailer.createTransport({ host: 'mail.example', socketTimeout: 2000 });

        @EventsHandler(VesselRetired)
        export class RetiredHandler implements IEventHandler<VesselRetired> {
          async handle(event: VesselRetired) {
            await mailer.sendMail({ to: 'registry@example.org', subject: event.vesselId });
          }
        }
      `,
      'src/retired.event.ts': `
        export class VesselRetired {
          constructor(readonly vesselId: string) {}
        }
      `,
    },
    defect: {
      'src/registry.ts': `
        import { EventBus } from '@nestjs/cqrs';
        import { DataSource } from 'typeorm';
        import { VesselRetired } from './retired.event';
        import './retired.handler';

        export class Registry {
          constructor(private readonly dataSource: DataSource, private readonly events: EventBus) {}

          async retire(vesselId: string) {
            await this.dataSource.transaction(async (manager) => {
              await manager.update('Vessel', { id: vesselId }, { retired: true });
              this.events.publish(new VesselRetired(vesselId)); // finds
            });
          }
        }
      `,
    },
    correct: {
      'src/registry.ts': `
        import { EventBus } from '@nestjs/cqrs';
        import { DataSource } from 'typeorm';
        import { VesselRetired } from './retired.event';
        import './retired.handler';

        export class Registry {
          constructor(private readonly dataSource: DataSource, private readonly events: EventBus) {}

          async retire(vesselId: string) {
            await this.dataSource.transaction(async (manager) => {
              await manager.update('Vessel', { id: vesselId }, { retired: true });
            });
            this.events.publish(new VesselRetired(vesselId));
          }
        }
      `,
    },
  },

  {
    title: 'a helper joins the transaction it is given or opens one of its own; what follows it is done after the commit',
    shared: {
      'src/within.ts': `
        import knex, { type Knex } from 'knex';

        const db = knex({ client: 'pg', connection: process.env.DATABASE_URL });

        export function within<T>(trxOrWork: Knex.Transaction | ((trx: Knex.Transaction) => Promise<T>), work?: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
          if (work === undefined) return db.transaction(trxOrWork as (trx: Knex.Transaction) => Promise<T>);
          if ('executionPromise' in trxOrWork) return work(trxOrWork);
          return db.transaction(work);
        }
      `,
      'src/queue.ts': `
        import { Queue } from 'bullmq';

        export const lamps = new Queue('lamps');
      `,
    },
    defect: {
      'src/lamps.ts': `
        import { lamps } from './queue';
        import { within } from './within';

        export async function hang(street: string) {
          await within(async (trx) => {
            const [lamp] = await trx('lamps').insert({ street }).returning('id');
            await lamps.add('light', { id: lamp.id }); // finds
          });
        }
      `,
    },
    correct: {
      'src/lamps.ts': `
        import { lamps } from './queue';
        import { within } from './within';

        export async function hang(street: string) {
          const id = await within(async (trx) => {
            const [lamp] = await trx('lamps').insert({ street }).returning('id');
            return lamp.id;
          });
          await lamps.add('light', { id });
        }
      `,
    },
  },

  {
    title: 'a queue is told within the transaction; against a queue that is only declared there',
    shared: {
      'src/broker.ts': `
        import amqp from 'amqplib';

        export const channel = await (await amqp.connect(process.env.AMQP_URL)).createChannel();
      `,
    },
    defect: {
      'src/mill.ts': `
        import { PrismaClient } from '@prisma/client';
        import { channel } from './broker';

        const prisma = new PrismaClient();

        export async function grind(sackId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.sack.update({ where: { id: sackId }, data: { state: 'ground' } });
            channel.sendToQueue('flour', Buffer.from(sackId)); // finds
          });
        }
      `,
    },
    correct: {
      'src/mill.ts': `
        import { PrismaClient } from '@prisma/client';
        import { channel } from './broker';

        const prisma = new PrismaClient();

        export async function grind(sackId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.sack.update({ where: { id: sackId }, data: { state: 'ground' } });
            await channel.assertQueue('flour');
          });
          channel.sendToQueue('flour', Buffer.from(sackId));
        }
      `,
    },
  },

  {
    title: 'a transaction that a helper begins (Sequelize): what is told of it stands in the function that asked for it; fixed by publishing after the commit',
    shared: {
      'src/transactions.ts': `
        import { Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export async function begin() {
          return sequelize.transaction();
        }

        export const run = (text: string, transaction: Awaited<ReturnType<typeof begin>>) => sequelize.query(text, { transaction });
      `,
      'src/routes.ts': `
        import express from 'express';
        import { launch } from './launch';

        const app = express();
        app.post('/boats/:name/launch', async (req, res) => {
          await launch(req.params.name);
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'src/launch.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { begin, run } from './transactions';

        const sqs = new SQSClient({});

        export async function launch(name: string) {
          const transaction = await begin();
          await run('update boats set afloat = true', transaction);
          await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: name })); // finds
          await transaction.commit();
        }
      `,
    },
    correct: {
      'src/launch.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { begin, run } from './transactions';

        const sqs = new SQSClient({});

        export async function launch(name: string) {
          const transaction = await begin();
          await run('update boats set afloat = true', transaction);
          await transaction.commit();
          await sqs.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE, MessageBody: name }));
        }
      `,
    },
  },

  {
    title: 'the client that a middleware puts on each request, given to a service that begins a transaction on it (Express, Knex); fixed by mailing after it',
    audit: true,
    shared: {
      'src/app.ts': `
        import express from 'express';
        import knex from 'knex';
        import { seal } from './seals';

        let db;

        async function connect() {
          if (!db) db = knex({ client: 'pg', connection: process.env.DATABASE_URL });
          return db;
        }

        async function withDatabase(req, res, next) {
          try {
            req.db = await connect();
          } finally {
            next();
          }
        }

        const app = express();
        app.use(withDatabase);
        app.post('/letters/:id/seal', async (req, res) => {
          await seal(req, req.params.id);
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'src/seals.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_KEY);

        export async function seal(context, id) {
          await context.db.transaction(async (trx) => {
            const [letter] = await trx('letters').where({ id }).update({ sealed: true }).returning('*');
            await resend.emails.send({ from: 'post@example.com', to: letter.recipient, subject: 'Sealed', text: id }); // finds
          });
        }
      `,
    },
    correct: {
      'src/seals.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_KEY);

        export async function seal(context, id) {
          const letter = await context.db.transaction(async (trx) => {
            const [sealed] = await trx('letters').where({ id }).update({ sealed: true }).returning('*');
            return sealed;
          });
          await resend.emails.send({ from: 'post@example.com', to: letter.recipient, subject: 'Sealed', text: id });
        }
      `,
    },
  },
]);
