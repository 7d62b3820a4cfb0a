import { twins } from '../support/twins.ts';

/** Each step calls the next one twice: tens of thousands of calls in all. */
const step = (chain: string, i: number): string => (i === 12 ? `const ${chain}${i} = (days: number): number => Math.sqrt(days);` : `function ${chain}${i}(days: number): number { return ${chain}${i + 1}(days) + ${chain}${i + 1}(days + 1); }`);
const CHAINS = [...'abcdefghij'];
const LONG = [...CHAINS.flatMap((chain) => Array.from({ length: 13 }, (_, i) => step(chain, i))), `export const forecast = (days: number): number => ${CHAINS.map((chain) => `${chain}0(days)`).join(' + ')};`].join('\n');

twins('require-idempotent-consumer', [
  {
    title: 'SQS Lambda inserts a credit with Prisma; fixed by a row per message id, unique violation caught',
    shared: {
      'prisma/schema.prisma': `
        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        generator client {
          provider = "prisma-client-js"
        }

        model Credit {
          id         String   @id @default(uuid())
          customerId String
          amount     Int
          createdAt  DateTime @default(now())
        }

        model ProcessedMessage {
          id          String   @id
          processedAt DateTime @default(now())
        }
      `,
    },
    defect: {
      'src/grant-credits.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { SQSHandler } from 'aws-lambda';

        const prisma = new PrismaClient();

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { customerId, amount } = JSON.parse(record.body);
            await prisma.credit.create({ data: { customerId, amount } }); // finds
          }
        };
      `,
    },
    correct: {
      'src/grant-credits.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';
        import type { SQSHandler } from 'aws-lambda';

        const prisma = new PrismaClient();

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { customerId, amount } = JSON.parse(record.body);
            try {
              await prisma.$transaction(async (tx) => {
                await tx.processedMessage.create({ data: { id: record.messageId } });
                await tx.credit.create({ data: { customerId, amount } });
              });
            } catch (error) {
              if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') continue;
              throw error;
            }
          }
        };
      `,
    },
  },

  {
    title: 'BullMQ worker charges through a payment service; fixed by an idempotency key taken from the job',
    shared: {
      'src/queues.ts': `
        import { Queue } from 'bullmq';

        export const connection = { host: process.env.REDIS_HOST, port: 6379 };

        export const renewals = new Queue('renewals', {
          connection,
          defaultJobOptions: { attempts: 5, backoff: { type: 'exponential', delay: 1000 } },
        });
      `,
      'src/payments.service.ts': `
        import type Stripe from 'stripe';

        export interface Charge {
          customer: string;
          amount: number;
          key?: string;
        }

        export class PaymentsService {
          constructor(private readonly stripe: Stripe) {}

          async charge({ customer, amount, key }: Charge) {
            const params: Stripe.PaymentIntentCreateParams = { customer, amount, currency: 'eur', confirm: true, off_session: true };
            return this.stripe.paymentIntents.create(params, key ? { idempotencyKey: key } : {});
          }
        }
      `,
    },
    defect: {
      'src/renewals.worker.ts': `
        import { Worker } from 'bullmq';
        import Stripe from 'stripe';
        import { PaymentsService } from './payments.service';
        import { connection } from './queues';

        const payments = new PaymentsService(new Stripe(process.env.STRIPE_KEY!));

        export const worker = new Worker(
          'renewals',
          async (job) => {
            const { customer, amount } = job.data;
            await payments.charge({ customer, amount }); // finds
          },
          { connection },
        );
      `,
    },
    correct: {
      'src/renewals.worker.ts': `
        import { Worker } from 'bullmq';
        import Stripe from 'stripe';
        import { PaymentsService } from './payments.service';
        import { connection } from './queues';

        const payments = new PaymentsService(new Stripe(process.env.STRIPE_KEY!));

        export const worker = new Worker(
          'renewals',
          async (job) => {
            const { customer, amount } = job.data;
            await payments.charge({ customer, amount, key: job.id });
          },
          { connection },
        );
      `,
    },
  },

  {
    title: 'kafkajs consumer adds loyalty points through a knex repository; fixed by an insert that ignores a known event',
    shared: {
      'src/points.repository.ts': `
        import type { Knex } from 'knex';

        export class PointsRepository {
          constructor(private readonly db: Knex) {}

          transaction<T>(work: (trx: Knex.Transaction) => Promise<T>) {
            return this.db.transaction(work);
          }

          async markSeen(trx: Knex.Transaction, eventId: string) {
            const rows = await trx('seen_events').insert({ event_id: eventId }).onConflict('event_id').ignore().returning('event_id');
            return rows.length > 0;
          }

          async add(customerId: string, points: number, trx: Knex = this.db) {
            await trx('customers').where({ id: customerId }).increment('points', points);
          }
        }
      `,
      'migrations/001_seen_events.sql': `
        CREATE TABLE customers (id text PRIMARY KEY, points integer NOT NULL DEFAULT 0);
        CREATE TABLE seen_events (event_id text PRIMARY KEY, seen_at timestamptz NOT NULL DEFAULT now());
      `,
    },
    defect: {
      'src/points.consumer.ts': `
        import type { Consumer } from 'kafkajs';
        import type { PointsRepository } from './points.repository';

        export async function startPointsConsumer(consumer: Consumer, points: PointsRepository) {
          await consumer.subscribe({ topic: 'orders.paid' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const event = JSON.parse(message.value!.toString());
              await points.add(event.customerId, Math.floor(event.total / 100)); // finds
            },
          });
        }
      `,
    },
    correct: {
      'src/points.consumer.ts': `
        import type { Consumer } from 'kafkajs';
        import type { PointsRepository } from './points.repository';

        export async function startPointsConsumer(consumer: Consumer, points: PointsRepository) {
          await consumer.subscribe({ topic: 'orders.paid' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const event = JSON.parse(message.value!.toString());
              await points.transaction(async (trx) => {
                if (!(await points.markSeen(trx, event.id))) return;
                await points.add(event.customerId, Math.floor(event.total / 100), trx);
              });
            },
          });
        }
      `,
    },
  },

  {
    title: 'Stripe webhook in Express mails a receipt two calls away; fixed by the event id as idempotency key',
    shared: {
      'src/mailer.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        export async function sendReceipt(to: string, amount: number, idempotencyKey?: string) {
          const mail = { from: 'billing@example.com', to, subject: 'Your receipt', text: \`We received \${amount / 100} EUR.\` };
          const { error } = await resend.emails.send(mail, { idempotencyKey });
          if (error) throw new Error(error.message);
        }
      `,
    },
    defect: {
      'src/stripe-webhook.ts': `
        import express, { Router } from 'express';
        import Stripe from 'stripe';
        import { sendReceipt } from './mailer';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export const webhooks = Router();

        webhooks.post('/webhooks/stripe', express.raw({ type: 'application/json' }), async (req, res) => {
          const event = stripe.webhooks.constructEvent(req.body, req.header('stripe-signature')!, process.env.STRIPE_WEBHOOK_SECRET!);
          switch (event.type) {
            case 'invoice.paid':
              await onInvoicePaid(event.data.object, event.id); // finds
              break;
          }
          res.sendStatus(200);
        });

        async function onInvoicePaid(invoice: Stripe.Invoice, eventId: string) {
          console.info('invoice paid', eventId);
          if (invoice.customer_email) await sendReceipt(invoice.customer_email, invoice.amount_paid);
        }
      `,
    },
    correct: {
      'src/stripe-webhook.ts': `
        import express, { Router } from 'express';
        import Stripe from 'stripe';
        import { sendReceipt } from './mailer';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export const webhooks = Router();

        webhooks.post('/webhooks/stripe', express.raw({ type: 'application/json' }), async (req, res) => {
          const event = stripe.webhooks.constructEvent(req.body, req.header('stripe-signature')!, process.env.STRIPE_WEBHOOK_SECRET!);
          switch (event.type) {
            case 'invoice.paid':
              await onInvoicePaid(event.data.object, event.id);
              break;
          }
          res.sendStatus(200);
        });

        async function onInvoicePaid(invoice: Stripe.Invoice, eventId: string) {
          console.info('invoice paid', eventId);
          if (invoice.customer_email) await sendReceipt(invoice.customer_email, invoice.amount_paid, eventId);
        }
      `,
    },
  },

  {
    title: 'amqplib consumer increments a Mongoose counter (CommonJS); fixed by a filter on the events already applied',
    shared: {
      'models/wallet.js': `
        const mongoose = require('mongoose');

        const walletSchema = new mongoose.Schema({
          ownerId: { type: String, required: true, unique: true },
          balance: { type: Number, default: 0 },
          appliedEvents: [String],
        });

        module.exports = mongoose.model('Wallet', walletSchema);
      `,
    },
    defect: {
      'consumers/refunds.js': `
        const amqp = require('amqplib');
        const Wallet = require('../models/wallet');

        async function start() {
          const connection = await amqp.connect(process.env.AMQP_URL);
          const channel = await connection.createChannel();
          await channel.prefetch(10);
          await channel.consume('refunds', async (message) => {
            if (!message) return;
            const refund = JSON.parse(message.content.toString());
            await Wallet.updateOne({ ownerId: refund.ownerId }, { $inc: { balance: refund.amount } }); // finds
            channel.ack(message);
          });
        }

        module.exports = { start };
      `,
    },
    correct: {
      'consumers/refunds.js': `
        const amqp = require('amqplib');
        const Wallet = require('../models/wallet');

        async function start() {
          const connection = await amqp.connect(process.env.AMQP_URL);
          const channel = await connection.createChannel();
          await channel.prefetch(10);
          await channel.consume('refunds', async (message) => {
            if (!message) return;
            const refund = JSON.parse(message.content.toString());
            await Wallet.updateOne({ ownerId: refund.ownerId, appliedEvents: { $ne: refund.id } }, { $inc: { balance: refund.amount }, $push: { appliedEvents: refund.id } });
            channel.ack(message);
          });
        }

        module.exports = { start };
      `,
    },
  },

  {
    title: 'Pub/Sub subscription stores measurements with TypeORM; fixed by an upsert on the message id',
    shared: {
      'src/measurement.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Measurement {
          @PrimaryGeneratedColumn()
          id!: number;

          @Column({ unique: true, nullable: true })
          messageId!: string;

          @Column()
          sensor!: string;

          @Column('double precision')
          value!: number;
        }
      `,
      'src/listen.ts': `
        import { PubSub } from '@google-cloud/pubsub';
        import { DataSource } from 'typeorm';
        import { Measurement } from './measurement.entity';
        import { MeasurementStore } from './measurement-store';

        export function listen(dataSource: DataSource) {
          const store = new MeasurementStore(dataSource.getRepository(Measurement));
          const subscription = new PubSub().subscription('measurements');
          subscription.on('message', async (message) => {
            const { sensor, value } = JSON.parse(message.data.toString());
            await store.record(message.id, sensor, value); // finds
            message.ack();
          });
        }
      `,
    },
    defect: {
      'src/measurement-store.ts': `
        import type { Repository } from 'typeorm';
        import type { Measurement } from './measurement.entity';

        export class MeasurementStore {
          constructor(private readonly measurements: Repository<Measurement>) {}

          async record(messageId: string, sensor: string, value: number) {
            console.debug('measurement', messageId);
            await this.measurements.insert({ sensor, value });
          }
        }
      `,
    },
    correct: {
      'src/measurement-store.ts': `
        import type { Repository } from 'typeorm';
        import type { Measurement } from './measurement.entity';

        export class MeasurementStore {
          constructor(private readonly measurements: Repository<Measurement>) {}

          async record(messageId: string, sensor: string, value: number) {
            console.debug('measurement', messageId);
            await this.measurements.upsert({ messageId, sensor, value }, ['messageId']);
          }
        }
      `,
    },
  },

  {
    title: 'SQS Lambda puts ledger entries under an id made in the handler; fixed by the message id and a condition',
    shared: {
      'src/ledger.repository.ts': `
        import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

        export interface Entry {
          entryId: string;
          account: string;
          amount: number;
        }

        export class LedgerRepository {
          private readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

          async append(entry: Entry) {
            try {
              await this.documents.send(new PutCommand({ TableName: 'ledger', Item: entry, ConditionExpression: 'attribute_not_exists(entryId)' }));
            } catch (error) {
              if (error instanceof ConditionalCheckFailedException) return;
              throw error;
            }
          }
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import { randomUUID } from 'node:crypto';
        import type { SQSEvent, SQSRecord } from 'aws-lambda';
        import { LedgerRepository } from './ledger.repository';

        const ledger = new LedgerRepository();

        async function book(record: SQSRecord) {
          const { account, amount } = JSON.parse(record.body);
          await ledger.append({ entryId: randomUUID(), account, amount });
        }

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) {
            await book(record); // finds
          }
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSEvent, SQSRecord } from 'aws-lambda';
        import { LedgerRepository } from './ledger.repository';

        const ledger = new LedgerRepository();

        async function book(record: SQSRecord) {
          const { account, amount } = JSON.parse(record.body);
          await ledger.append({ entryId: record.messageId, account, amount });
        }

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) {
            await book(record);
          }
        }
      `,
    },
  },

  {
    title: 'mail sent behind a Redis marker that is set without NX, against one with it',
    shared: {
      'src/welcome.consumer.ts': `
        import type { Consumer } from 'kafkajs';
        import type { Transporter } from 'nodemailer';
        import type { OnceGuard } from './once-guard';

        export async function runWelcomeConsumer(consumer: Consumer, once: OnceGuard, mailer: Transporter) {
          await consumer.subscribe({ topic: 'users.created' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const user = JSON.parse(message.value!.toString());
              if (!(await once.claim(\`welcome:\${user.id}\`))) return;
              await mailer.sendMail({ from: 'hello@example.com', to: user.email, subject: 'Welcome' }); // finds
            },
          });
        }
      `,
    },
    defect: {
      'src/once-guard.ts': `
        import type { Redis } from 'ioredis';

        export class OnceGuard {
          constructor(private readonly redis: Redis) {}

          async claim(key: string): Promise<boolean> {
            const answer = await this.redis.set(key, '1', 'EX', 7 * 86_400);
            return answer === 'OK';
          }
        }
      `,
    },
    correct: {
      'src/once-guard.ts': `
        import type { Redis } from 'ioredis';

        export class OnceGuard {
          constructor(private readonly redis: Redis) {}

          async claim(key: string): Promise<boolean> {
            const answer = await this.redis.set(key, '1', 'EX', 7 * 86_400, 'NX');
            return answer === 'OK';
          }
        }
      `,
    },
  },

  {
    title: 'Stripe webhook in a Next route enqueues a job; fixed by the event id as job id',
    shared: {
      'lib/queue.ts': `
        import { Queue } from 'bullmq';

        export const provisioning = new Queue('provisioning', { connection: { host: process.env.REDIS_HOST, port: 6379 } });
      `,
      'lib/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'app/api/stripe/webhook/route.ts': `
        import { provisioning } from '../../../../lib/queue';
        import { stripe } from '../../../../lib/stripe';

        export async function POST(request: Request) {
          const signature = request.headers.get('stripe-signature')!;
          const event = stripe.webhooks.constructEvent(await request.text(), signature, process.env.STRIPE_WEBHOOK_SECRET!);
          if (event.type === 'checkout.session.completed') {
            await provisioning.add('provision', { sessionId: event.data.object.id }, { attempts: 3 }); // finds
          }
          return new Response(null, { status: 204 });
        }
      `,
    },
    correct: {
      'app/api/stripe/webhook/route.ts': `
        import { provisioning } from '../../../../lib/queue';
        import { stripe } from '../../../../lib/stripe';

        export async function POST(request: Request) {
          const signature = request.headers.get('stripe-signature')!;
          const event = stripe.webhooks.constructEvent(await request.text(), signature, process.env.STRIPE_WEBHOOK_SECRET!);
          if (event.type === 'checkout.session.completed') {
            await provisioning.add('provision', { sessionId: event.data.object.id }, { attempts: 3, jobId: event.id });
          }
          return new Response(null, { status: 204 });
        }
      `,
    },
  },

  {
    title: 'Nest BullMQ processor orders a label from the carrier; fixed by a look-up of the shipment that ends the job',
    shared: {
      'src/shipping.module.ts': `
        import { BullModule } from '@nestjs/bullmq';
        import { Module } from '@nestjs/common';
        import { CarrierClient } from './carrier.client';
        import { LabelsProcessor } from './labels.processor';

        @Module({
          imports: [BullModule.registerQueue({ name: 'labels', defaultJobOptions: { attempts: 4, backoff: 2000 } })],
          providers: [LabelsProcessor, CarrierClient],
        })
        export class ShippingModule {}
      `,
      'src/carrier.client.ts': `
        import { Injectable } from '@nestjs/common';
        import axios from 'axios';

        @Injectable()
        export class CarrierClient {
          private readonly http = axios.create({ baseURL: 'https://carrier.example.com', timeout: 8000 });

          async orderLabel(orderId: string): Promise<string> {
            const { data } = await this.http.post('/labels', { reference: orderId });
            return data.trackingNumber;
          }
        }
      `,
      'src/shipment.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Shipment {
          @PrimaryColumn()
          orderId!: string;

          @Column({ type: 'text', nullable: true })
          trackingNumber!: string | null;
        }
      `,
    },
    defect: {
      'src/labels.processor.ts': `
        import { Processor, WorkerHost } from '@nestjs/bullmq';
        import { InjectRepository } from '@nestjs/typeorm';
        import type { Job } from 'bullmq';
        import { Repository } from 'typeorm';
        import { CarrierClient } from './carrier.client';
        import { Shipment } from './shipment.entity';

        @Processor('labels')
        export class LabelsProcessor extends WorkerHost {
          constructor(
            @InjectRepository(Shipment) private readonly shipments: Repository<Shipment>,
            private readonly carrier: CarrierClient,
          ) {
            super();
          }

          async process(job: Job<{ orderId: string }>) {
            const { orderId } = job.data;
            const trackingNumber = await this.carrier.orderLabel(orderId); // finds
            await this.shipments.update({ orderId }, { trackingNumber });
          }
        }
      `,
    },
    correct: {
      'src/labels.processor.ts': `
        import { Processor, WorkerHost } from '@nestjs/bullmq';
        import { InjectRepository } from '@nestjs/typeorm';
        import type { Job } from 'bullmq';
        import { Repository } from 'typeorm';
        import { CarrierClient } from './carrier.client';
        import { Shipment } from './shipment.entity';

        @Processor('labels')
        export class LabelsProcessor extends WorkerHost {
          constructor(
            @InjectRepository(Shipment) private readonly shipments: Repository<Shipment>,
            private readonly carrier: CarrierClient,
          ) {
            super();
          }

          async process(job: Job<{ orderId: string }>) {
            const { orderId } = job.data;
            const shipment = await this.shipments.findOneByOrFail({ orderId });
            if (shipment.trackingNumber !== null) return;
            const trackingNumber = await this.carrier.orderLabel(orderId);
            await this.shipments.update({ orderId }, { trackingNumber });
          }
        }
      `,
    },
  },

  {
    title: 'kafkajs consumer lowers a stock by what was sold against one that sets the level it was told',
    shared: {
      'src/stock.table.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';
        import { Pool } from 'pg';

        export const stock = pgTable('stock', { sku: text('sku').primaryKey(), onHand: integer('on_hand').notNull() });

        export const db = drizzle(new Pool());
      `,
      'src/main.ts': `
        import { Kafka } from 'kafkajs';
        import { onStockEvent } from './on-stock-event';

        const consumer = new Kafka({ clientId: 'stock', brokers: ['kafka:9092'] }).consumer({ groupId: 'stock' });

        export async function main() {
          await consumer.connect();
          await consumer.subscribe({ topic: 'stock' });
          await consumer.run({ eachMessage: onStockEvent });
        }
      `,
    },
    defect: {
      'src/on-stock-event.ts': `
        import { eq, sql } from 'drizzle-orm';
        import type { EachMessagePayload } from 'kafkajs';
        import { db, stock } from './stock.table';

        export async function onStockEvent({ message }: EachMessagePayload) {
          const event = JSON.parse(message.value!.toString());
          await db.update(stock).set({ onHand: sql\`\${stock.onHand} - \${event.sold}\` }).where(eq(stock.sku, event.sku)); // finds
        }
      `,
    },
    correct: {
      'src/on-stock-event.ts': `
        import { eq } from 'drizzle-orm';
        import type { EachMessagePayload } from 'kafkajs';
        import { db, stock } from './stock.table';

        export async function onStockEvent({ message }: EachMessagePayload) {
          const event = JSON.parse(message.value!.toString());
          await db.update(stock).set({ onHand: event.onHand }).where(eq(stock.sku, event.sku));
        }
      `,
    },
  },

  {
    title: 'a redelivered message fails on the primary key for ever; fixed by ON CONFLICT DO NOTHING',
    certainty: 'likely',
    shared: {
      'migrations/001_payments.sql': `
        CREATE TABLE payments (
          event_id text PRIMARY KEY,
          invoice_id text NOT NULL,
          amount integer NOT NULL
        );
      `,
    },
    defect: {
      'src/payments-lambda.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { Pool } from 'pg';

        const pool = new Pool({ max: 1 });

        export const handler: SQSHandler = async ({ Records }) => {
          for (const { body } of Records) {
            const payment = JSON.parse(body);
            const values = [payment.eventId, payment.invoiceId, payment.amount];
            await pool.query('INSERT INTO payments (event_id, invoice_id, amount) VALUES ($1, $2, $3)', values); // finds
          }
        };
      `,
    },
    correct: {
      'src/payments-lambda.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { Pool } from 'pg';

        const pool = new Pool({ max: 1 });

        export const handler: SQSHandler = async ({ Records }) => {
          for (const { body } of Records) {
            const payment = JSON.parse(body);
            const values = [payment.eventId, payment.invoiceId, payment.amount];
            await pool.query('INSERT INTO payments (event_id, invoice_id, amount) VALUES ($1, $2, $3) ON CONFLICT (event_id) DO NOTHING', values);
          }
        };
      `,
    },
  },

  {
    title: 'SNS Lambda creates a Sequelize invoice per order; fixed by findOrCreate on the unique order id',
    shared: {
      'src/invoice.model.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Invoice extends Model {
          declare id: number;
          declare orderId: string;
          declare total: number;
        }

        Invoice.init(
          {
            id: { type: DataTypes.INTEGER, autoIncrement: true, primaryKey: true },
            orderId: { type: DataTypes.STRING, unique: true },
            total: DataTypes.INTEGER,
          },
          { sequelize },
        );
      `,
      'src/billing.ts': `
        import { Invoice } from './invoice.model';

        interface Order {
          id: string;
          total: number;
        }

        export class Billing {
          async invoiceFor({ id, total }: Order) {
            const [invoice] = await Invoice.findOrCreate({ where: { orderId: id }, defaults: { total } });
            return invoice;
          }

          async invoice({ total }: Order) {
            return Invoice.create({ total });
          }
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { Billing } from './billing';

        const billing = new Billing();

        export const handler: SNSHandler = async (event) => {
          const order = JSON.parse(event.Records[0].Sns.Message);
          const invoice = await billing.invoice(order); // finds
          console.info('invoiced', invoice.id);
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { Billing } from './billing';

        const billing = new Billing();

        export const handler: SNSHandler = async (event) => {
          const order = JSON.parse(event.Records[0].Sns.Message);
          const invoice = await billing.invoiceFor(order);
          console.info('invoiced', invoice.id);
        };
      `,
    },
  },

  {
    title: 'a consumer that counts up on every delivery against the same function called from an HTTP route',
    shared: {
      'src/views.ts': `
        import { MongoClient } from 'mongodb';

        const pages = new MongoClient(process.env.MONGO_URL!).db().collection('pages');

        export async function countView(pageId: string) {
          await pages.updateOne({ slug: pageId }, { $inc: { views: 1 } });
        }
      `,
    },
    defect: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import { Queue } from 'bullmq';
        import { countView } from './views';

        const connection = { host: 'redis', port: 6379 };
        export const views = new Queue('views', { connection });

        export const track = (pageId: string) => views.add('view', { pageId }, { attempts: 3 });

        new Worker('views', async (job) => {
          await countView(job.data.pageId); // finds
        }, { connection });
      `,
    },
    correct: {
      'src/server.ts': `
        import express from 'express';
        import { countView } from './views';

        const app = express();

        app.post('/pages/:id/views', async (req, res) => {
          await countView(req.params.id);
          res.sendStatus(204);
        });

        app.listen(3000);
      `,
    },
  },

  {
    title: 'a refund webhook that looks up whose charge it was; fixed by a row under the id of the refund',
    shared: {
      'src/accounts.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function accountOf(customer: string) {
          return prisma.account.findUnique({ where: { stripeCustomer: customer } });
        }
      `,
    },
    defect: {
      'app/api/stripe/route.ts': `
        import Stripe from 'stripe';
        import { accountOf, prisma } from '../../../src/accounts';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function POST(request: Request) {
          const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get('stripe-signature')!, process.env.STRIPE_SECRET!);
          const refund = event.data.object as Stripe.Refund;
          const account = await accountOf(refund.metadata!.customer);
          if (!account) return new Response(null, { status: 200 });
          await prisma.account.update({ where: { id: account.id }, data: { credits: { decrement: refund.amount } } }); // finds
          return new Response(null, { status: 200 });
        }
      `,
    },
    correct: {
      'app/api/stripe/route.ts': `
        import Stripe from 'stripe';
        import { accountOf, prisma } from '../../../src/accounts';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function POST(request: Request) {
          const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get('stripe-signature')!, process.env.STRIPE_SECRET!);
          const refund = event.data.object as Stripe.Refund;
          const account = await accountOf(refund.metadata!.customer);
          if (!account) return new Response(null, { status: 200 });
          const known = await prisma.refund.findUnique({ where: { stripeId: refund.id } });
          if (known) return new Response(null, { status: 200 });
          await prisma.$transaction([
            prisma.refund.create({ data: { stripeId: refund.id } }),
            prisma.account.update({ where: { id: account.id }, data: { credits: { decrement: refund.amount } } }),
          ]);
          return new Response(null, { status: 200 });
        }
      `,
    },
  },

  {
    title: 'a webhook whose signature is computed and compared, against a route that compares an admin key',
    defect: {
      'app.ts': `
        import { createHmac, timingSafeEqual } from 'node:crypto';
        import express from 'express';
        import { Queue } from 'bullmq';

        const app = express();
        const parcels = new Queue('parcels');

        app.post('/hooks/parcels', async (req, res) => {
          const expected = createHmac('sha256', process.env.HOOK_SECRET!).update(JSON.stringify(req.body)).digest();
          if (!timingSafeEqual(expected, Buffer.from(req.header('x-signature')!, 'hex'))) return res.sendStatus(401);
          await parcels.add('arrived', { parcel: req.body.parcel }); // finds
          return res.sendStatus(200);
        });
      `,
    },
    correct: {
      'app.ts': `
        import { timingSafeEqual } from 'node:crypto';
        import express from 'express';
        import { Queue } from 'bullmq';

        const app = express();
        const parcels = new Queue('parcels');

        app.post('/admin/parcels', async (req, res) => {
          if (!timingSafeEqual(Buffer.from(process.env.ADMIN_KEY!), Buffer.from(req.header('x-key')!))) return res.sendStatus(401);
          await parcels.add('arrived', { parcel: req.body.parcel });
          return res.sendStatus(200);
        });
      `,
    },
  },

  {
    title: 'SQS Lambda that orders something and appends it, against one that fetches a token, replaces a part and takes out of a list',
    audit: true,
    shared: {
      'db.ts': `
        import { PrismaClient } from '@prisma/client';
        import { MongoClient } from 'mongodb';

        export const prisma = new PrismaClient();
        export const shelves = new MongoClient('mongodb://db').db('library').collection('shelves');
      `,
    },
    defect: {
      'handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { prisma } from './db';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { readerId, book } = JSON.parse(record.body);
            const reader = await prisma.reader.findUniqueOrThrow({ where: { id: readerId } });
            const answer = await fetch('https://stock.example.com/orders', { method: 'POST', body: JSON.stringify({ book }) }); // finds
            const order = await answer.json();
            await prisma.reader.update({ where: { id: readerId }, data: { loans: reader.loans + 1, lastOrder: order.number } }); // finds
          }
        };
      `,
    },
    correct: {
      'handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { prisma, shelves } from './db';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { readerId, shelfId, book, plan } = JSON.parse(record.body);
            const reader = await prisma.reader.findUniqueOrThrow({ where: { id: readerId } });
            await prisma.reader.update({ where: { id: readerId }, data: { settings: { ...reader.settings, plan } } });
            await shelves.updateOne({ _id: shelfId }, { $pull: { books: book } });
            await fetch('https://id.example.com/token', { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }) });
          }
        };
      `,
    },
  },

  {
    title: 'SQS Lambda opens an account at a service, against one that asks the service for it first',
    certainty: 'likely',
    shared: {
      'accounts.ts': `
        export async function exists(email: string): Promise<boolean> {
          const response = await fetch(\`https://accounts.example.com/accounts?email=\${email}\`);
          const { found } = await response.json();
          return found;
        }

        export async function open(email: string) {
          await fetch('https://accounts.example.com/accounts', { method: 'POST', body: JSON.stringify({ email }) });
        }
      `,
    },
    defect: {
      'handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { open } from './accounts';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { email } = JSON.parse(record.body);
            await open(email); // finds
          }
        };
      `,
    },
    correct: {
      'handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { exists, open } from './accounts';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { email } = JSON.parse(record.body);
            if (!(await exists(email))) await open(email);
          }
        };
      `,
    },
  },

  {
    title: 'SQS Lambda counts visits up in SQL, against one that puts an item whose key is text made of the message',
    defect: {
      'visits.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { eq, sql } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';

        const db = drizzle(process.env.DATABASE_URL!);
        const gardens = pgTable('gardens', { id: text('id').primaryKey(), visits: integer('visits') });

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { garden } = JSON.parse(record.body);
            await db.update(gardens).set({ visits: sql\`\${gardens.visits} + 1\` }).where(eq(gardens.id, garden)); // finds
          }
        };
      `,
    },
    correct: {
      'visits.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
        import type { SQSHandler } from 'aws-lambda';

        const db = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { garden, day, visitor } = JSON.parse(record.body);
            await db.send(new PutCommand({ TableName: 'visits', Item: { garden, visit: \`\${day}#\${visitor}\` } }));
          }
        };
      `,
    },
  },

  {
    title: 'a balance and then a ledger row with a text made of the amount, in one transaction; fixed by a unique event id on the ledger row, whose refusal undoes both',
    shared: {
      'schema.prisma': `
        model Wallet {
          id      String @id
          balance Int
        }
        model Entry {
          id       Int     @id @default(autoincrement())
          walletId String
          amount   Int
          note     String
          eventId  String? @unique
        }
      `,
      'src/top-up.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function topUp(walletId: string, amount: number, note: string, eventId?: string) {
          await prisma.$transaction(async (tx) => {
            await tx.wallet.update({ where: { id: walletId }, data: { balance: { increment: amount } } });
            await tx.entry.create({ data: { walletId, amount, note, eventId } });
          });
        }
      `,
    },
    defect: {
      'src/hooks.ts': `
        import express from 'express';
        import Stripe from 'stripe';
        import { topUp } from './top-up';

        const app = express();
        const stripe = new Stripe(process.env.STRIPE_KEY!);

        app.post('/hooks', async (req, res) => {
          const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'] as string, process.env.SECRET!);
          if (event.type === 'checkout.session.completed') {
            const session = event.data.object;
            try {
              await topUp(session.metadata!.walletId, session.amount_total!, \`Top-up of \${session.amount_total}\`); // finds
            } catch (error) {
              if ((error as { code?: string }).code !== 'P2034') throw error;
            }
          }
          res.sendStatus(200);
        });
      `,
    },
    correct: {
      'src/hooks.ts': `
        import express from 'express';
        import Stripe from 'stripe';
        import { topUp } from './top-up';

        const app = express();
        const stripe = new Stripe(process.env.STRIPE_KEY!);

        app.post('/hooks', async (req, res) => {
          const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature'] as string, process.env.SECRET!);
          if (event.type === 'checkout.session.completed') {
            const session = event.data.object;
            try {
              await topUp(session.metadata!.walletId, session.amount_total!, \`Top-up of \${session.amount_total}\`, event.id);
            } catch (error) {
              if ((error as { code?: string }).code !== 'P2002') throw error;
            }
          }
          res.sendStatus(200);
        });
      `,
    },
  },

  {
    title: 'the job that an abstract processor hands a BullMQ worker adds a row for each run; fixed by a row per message',
    certainty: 'likely',
    shared: {
      'prisma/schema.prisma': `
        model Reading {
          id       String @id @default(cuid())
          meterId  String
          jobId    String @unique
          value    Int
        }
      `,
      'src/processor.ts': `
        import { Worker, type Job } from 'bullmq';

        export abstract class Processor {
          listen(queue: string) {
            return new Worker(queue, async (job) => {
              await this.handle(job); // finds
            });
          }

          protected abstract handle(job: Job): Promise<void>;
        }
      `,
    },
    defect: {
      'src/readings.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Job } from 'bullmq';
        import { Processor } from './processor';

        const prisma = new PrismaClient();

        export class Readings extends Processor {
          protected async handle(job: Job) {
            await prisma.reading.create({ data: { meterId: job.data.meterId, value: job.data.value, jobId: crypto.randomUUID() } });
          }
        }
      `,
    },
    correct: {
      'src/readings.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Job } from 'bullmq';
        import { Processor } from './processor';

        const prisma = new PrismaClient();

        export class Readings extends Processor {
          protected async handle(job: Job) {
            await prisma.reading.upsert({ where: { jobId: job.id }, create: { meterId: job.data.meterId, value: job.data.value, jobId: job.id }, update: {} });
          }
        }
      `,
    },
  },

  {
    title: 'an abstract Kafka consumer calls what each subclass makes of a message; fixed by a key of the message',
    shared: {
      'src/consumer.ts': `
        import { Kafka, type KafkaMessage } from 'kafkajs';

        const kafka = new Kafka({ brokers: ['broker:9092'] });

        export abstract class Consumer {
          async start(topic: string) {
            const consumer = kafka.consumer({ groupId: topic });
            await consumer.subscribe({ topic });
            await consumer.run({ eachMessage: async ({ message }) => this.consume(message) }); // finds
          }

          abstract consume(message: KafkaMessage): Promise<void>;
        }
      `,
    },
    defect: {
      'src/tolls.ts': `
        import type { KafkaMessage } from 'kafkajs';
        import Stripe from 'stripe';
        import { Consumer } from './consumer';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export class Tolls extends Consumer {
          async consume(message: KafkaMessage) {
            const toll = JSON.parse(String(message.value));
            await stripe.paymentIntents.create({ amount: toll.amount, currency: 'eur', customer: toll.driver });
          }
        }
      `,
    },
    correct: {
      'src/tolls.ts': `
        import type { KafkaMessage } from 'kafkajs';
        import Stripe from 'stripe';
        import { Consumer } from './consumer';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export class Tolls extends Consumer {
          async consume(message: KafkaMessage) {
            const toll = JSON.parse(String(message.value));
            await stripe.paymentIntents.create({ amount: toll.amount, currency: 'eur', customer: toll.driver }, { idempotencyKey: toll.id });
          }
        }
      `,
    },
  },

  {
    title: 'the rows of a Prisma createMany are mapped, and those without a target filtered out; fixed by skipping what is there',
    shared: {
      'prisma/schema.prisma': `
        model Enrolment {
          id        String @id @default(cuid())
          courseId  String
          studentId String

          @@unique([courseId, studentId])
        }
      `,
    },
    certainty: 'likely',
    defect: {
      'src/enrol.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Worker } from 'bullmq';

        const prisma = new PrismaClient();

        new Worker('enrol', async (job) => {
          const { courseId, seats } = job.data as { courseId: string; seats: { studentId?: string }[] };
          await prisma.enrolment.createMany({ // finds
            data: seats.map((seat) => (seat.studentId === undefined ? null : { courseId, studentId: seat.studentId })).filter((row) => row !== null),
          });
        });
      `,
    },
    correct: {
      'src/enrol.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Worker } from 'bullmq';

        const prisma = new PrismaClient();

        new Worker('enrol', async (job) => {
          const { courseId, seats } = job.data as { courseId: string; seats: { studentId?: string }[] };
          await prisma.enrolment.createMany({
            data: seats.map((seat) => (seat.studentId === undefined ? null : { courseId, studentId: seat.studentId })).filter((row) => row !== null),
            skipDuplicates: true,
          });
        });
      `,
    },
  },

  {
    title: 'Cloudflare queue: an invoice is mailed for each message; fixed by a row per message id',
    defect: {
      'src/worker.ts': `
        import { Resend } from 'resend';

        interface Env { DB: D1Database; RESEND_KEY: string }

        export default {
          async queue(batch: MessageBatch<{ to: string }>, env: Env) {
            const resend = new Resend(env.RESEND_KEY);
            for (const message of batch.messages) {
              await resend.emails.send({ from: 'billing@acme.test', to: message.body.to, subject: 'Your invoice', text: 'Attached.' }); // finds
            }
          },
        };
      `,
    },
    correct: {
      'src/worker.ts': `
        import { Resend } from 'resend';

        interface Env { DB: D1Database; RESEND_KEY: string }

        export default {
          async queue(batch: MessageBatch<{ to: string }>, env: Env) {
            const resend = new Resend(env.RESEND_KEY);
            for (const message of batch.messages) {
              const { meta } = await env.DB.prepare('INSERT INTO handled (id) VALUES (?) ON CONFLICT (id) DO NOTHING').bind(message.id).run();
              if (meta.changes === 0) continue;
              await resend.emails.send({ from: 'billing@acme.test', to: message.body.to, subject: 'Your invoice', text: 'Attached.' });
            }
          },
        };
      `,
    },
  },

  {
    title: 'node-rdkafka: a point is added per message; fixed by a row per message key',
    shared: {
      'src/db.ts': `
        import { Pool } from 'pg';

        export const db = new Pool();
      `,
    },
    defect: {
      'src/points.ts': `
        import { KafkaConsumer } from 'node-rdkafka';
        import { db } from './db';

        const consumer = new KafkaConsumer({ 'group.id': 'points', 'metadata.broker.list': process.env.BROKERS! }, {});

        consumer.on('data', async (message) => {
          const { player, points } = JSON.parse(message.value!.toString());
          await db.query('INSERT INTO scores (player, points) VALUES ($1, $2)', [player, points]); // finds
        });
      `,
    },
    correct: {
      'src/points.ts': `
        import { KafkaConsumer } from 'node-rdkafka';
        import { db } from './db';

        const consumer = new KafkaConsumer({ 'group.id': 'points', 'metadata.broker.list': process.env.BROKERS! }, {});

        consumer.on('data', async (message) => {
          const { player, points } = JSON.parse(message.value!.toString());
          await db.query('INSERT INTO scores (player, points, message_id) VALUES ($1, $2, $3) ON CONFLICT (message_id) DO NOTHING', [player, points, message.key]);
        });
      `,
    },
  },

  {
    title: 'rabbitmq-client: a point is added per message; fixed by a row per message id',
    shared: {
      'src/db.ts': `
        import { Pool } from 'pg';

        export const db = new Pool();
      `,
    },
    defect: {
      'src/points.ts': `
        import { Connection } from 'rabbitmq-client';
        import { db } from './db';

        const rabbit = new Connection(process.env.AMQP_URL);

        rabbit.createConsumer({ queue: 'points', requeue: true }, async (message) => {
          const { player, points } = message.body;
          await db.query('INSERT INTO scores (player, points) VALUES ($1, $2)', [player, points]); // finds
        });
      `,
    },
    correct: {
      'src/points.ts': `
        import { Connection } from 'rabbitmq-client';
        import { db } from './db';

        const rabbit = new Connection(process.env.AMQP_URL);

        rabbit.createConsumer({ queue: 'points', requeue: true }, async (message) => {
          const { player, points } = message.body;
          await db.query('INSERT INTO scores (player, points, message_id) VALUES ($1, $2, $3) ON CONFLICT (message_id) DO NOTHING', [player, points, message.messageId]);
        });
      `,
    },
  },

  {
    title: 'Rascal: a point is added per message; fixed by a row per message id',
    shared: {
      'src/db.ts': `
        import { Pool } from 'pg';

        export const db = new Pool();
      `,
    },
    defect: {
      'src/points.ts': `
        import { BrokerAsPromised } from 'rascal';
        import { config } from './config';
        import { db } from './db';

        export async function listen() {
          const broker = await BrokerAsPromised.create(config);
          const subscription = await broker.subscribe('points');
          subscription.on('message', async (message, content, ackOrNack) => {
            await db.query('INSERT INTO scores (player, points) VALUES ($1, $2)', [content.player, content.points]); // finds
            ackOrNack();
          });
        }
      `,
    },
    correct: {
      'src/points.ts': `
        import { BrokerAsPromised } from 'rascal';
        import { config } from './config';
        import { db } from './db';

        export async function listen() {
          const broker = await BrokerAsPromised.create(config);
          const subscription = await broker.subscribe('points');
          subscription.on('message', async (message, content, ackOrNack) => {
            await db.query('INSERT INTO scores (player, points, message_id) VALUES ($1, $2, $3) ON CONFLICT (message_id) DO NOTHING', [content.player, content.points, message.properties.messageId]);
            ackOrNack();
          });
        }
      `,
    },
  },

  {
    title: 'Encore: a point is added per message; fixed by a row per id of the event',
    defect: {
      'points/points.ts': `
        import { Subscription } from 'encore.dev/pubsub';
        import { SQLDatabase } from 'encore.dev/storage/sqldb';
        import { played } from '../games/topics';

        const db = new SQLDatabase('points', { migrations: './migrations' });

        const _ = new Subscription(played, 'add-points', {
          handler: async (event: { id: string; player: string; points: number }) => {
            await db.exec\`INSERT INTO scores (player, points) VALUES (\${event.player}, \${event.points})\`; // finds
          },
        });
      `,
    },
    correct: {
      'points/points.ts': `
        import { Subscription } from 'encore.dev/pubsub';
        import { SQLDatabase } from 'encore.dev/storage/sqldb';
        import { played } from '../games/topics';

        const db = new SQLDatabase('points', { migrations: './migrations' });

        const _ = new Subscription(played, 'add-points', {
          handler: async (event: { id: string; player: string; points: number }) => {
            await db.exec\`INSERT INTO scores (event_id, player, points) VALUES (\${event.id}, \${event.player}, \${event.points}) ON CONFLICT (event_id) DO NOTHING\`;
          },
        });
      `,
    },
  },
  {
    title: 'the last of many handlers in a table of BullMQ jobs; fixed by an upsert',
    shared: {
      'src/worker.ts': `
        import { type Job, Queue, Worker } from 'bullmq';
        import { plant, prune, rake, sow, till, water, weed } from './chores';
        import { harvest } from './harvest';

        const chores: Record<string, (job: Job) => Promise<void>> = { plant, prune, rake, sow, till, water, weed, harvest };

        export const garden = new Queue('garden', { defaultJobOptions: { attempts: 5 } });

        new Worker('garden', async (job) => {
          const chore = chores[job.name];
          if (chore === undefined) throw new Error('nobody does ' + job.name);
          await chore(job);
        });
      `,
      'src/chores.ts': `
        import type { Job } from 'bullmq';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const set = (state: string) => async (job: Job) => {
          await prisma.bed.update({ where: { id: job.data.bed }, data: { state } });
        };

        export const plant = set('planted');
        export const prune = set('pruned');
        export const rake = set('raked');
        export const sow = set('sown');
        export const till = set('tilled');
        export const water = set('watered');
        export const weed = set('weeded');
      `,
    },
    defect: {
      'src/harvest.ts': `
        import type { Job } from 'bullmq';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function harvest(job: Job) {
          await prisma.crate.create({ data: { bed: job.data.bed, kilos: job.data.kilos } }); // finds
        }
      `,
    },
    correct: {
      'src/harvest.ts': `
        import type { Job } from 'bullmq';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function harvest(job: Job) {
          await prisma.crate.upsert({ where: { jobId: job.id }, create: { jobId: job.id, bed: job.data.bed, kilos: job.data.kilos }, update: {} });
        }
      `,
    },
    audit: true,
  },
  {
    title: 'handlers that a Map holds by type, called for messages of RabbitMQ; fixed by the row of the message',
    shared: {
      'src/index.ts': `
        import { connect } from 'amqplib';
        import { onDeparture } from './departure';
        import { onArrival, onDelay, onDock, onStop, onTow } from './others';

        const handlers = new Map([
          ['arrival', onArrival],
          ['delay', onDelay],
          ['dock', onDock],
          ['stop', onStop],
          ['tow', onTow],
          ['departure', onDeparture],
        ]);

        export async function listen() {
          const channel = await (await connect('amqp://broker')).createChannel();
          await channel.consume('trams', async (message) => {
            if (message === null) return;
            const event = JSON.parse(message.content.toString());
            await handlers.get(event.type)?.(event);
            channel.ack(message);
          });
        }
      `,
      'src/others.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();
        interface Event { type: string; id: string; tram: string }
        const place = (state: string) => async (event: Event) => {
          await pool.query('UPDATE trams SET state = $1 WHERE id = $2', [state, event.tram]);
        };

        export const onArrival = place('here');
        export const onDelay = place('late');
        export const onDock = place('docked');
        export const onStop = place('stopped');
        export const onTow = place('towed');
      `,
    },
    defect: {
      'src/departure.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function onDeparture(event: { id: string; tram: string }) {
          await pool.query('INSERT INTO departures (tram) VALUES ($1)', [event.tram]); // finds
        }
      `,
    },
    correct: {
      'src/departure.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function onDeparture(event: { id: string; tram: string }) {
          await pool.query('INSERT INTO departures (id, tram) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [event.id, event.tram]);
        }
      `,
    },
    audit: true,
  },
  {
    title: 'two Kafka consumers made by one wrapper that logs and measures: each is told by itself; fixed by the id of the message',
    shared: {
      'src/consumer.ts': `
        import { Kafka } from 'kafkajs';
        import { performance } from 'node:perf_hooks';

        const kafka = new Kafka({ brokers: ['broker:9092'] });
        interface Message { id: string; body: Record<string, unknown> }

        const timed = (name: string, handler: (message: Message) => Promise<void>) => async (message: Message) => {
          const start = performance.now();
          await handler(message);
          console.log(name, performance.now() - start);
        };

        export async function consume(topic: string, handler: (message: Message) => Promise<void>) {
          const consumer = kafka.consumer({ groupId: topic });
          await consumer.connect();
          await consumer.subscribe({ topic });
          const measured = timed(topic, handler);
          await consumer.run({
            eachMessage: async ({ message }) => {
              await measured({ id: message.key!.toString(), body: JSON.parse(message.value!.toString()) });
            },
          });
        }
      `,
      'src/db.ts': `
        import { knex } from 'knex';

        export const db = knex({ client: 'pg' });
      `,
    },
    defect: {
      'src/index.ts': `
        import { consume } from './consumer';
        import { onLeak } from './leak';
        import { onReading } from './reading';

        void consume('leaks', onLeak);
        void consume('readings', onReading);
      `,
      'src/leak.ts': `
        import { db } from './db';

        export async function onLeak(message: { body: Record<string, unknown> }) {
          await db('leaks').insert({ valve: message.body.valve }); // finds
        }
      `,
      'src/reading.ts': `
        import { db } from './db';

        export async function onReading(message: { body: Record<string, unknown> }) {
          await db('readings').insert({ litres: message.body.litres }); // finds
        }
      `,
    },
    correct: {
      'src/index.ts': `
        import { consume } from './consumer';
        import { onLeak } from './leak';
        import { onReading } from './reading';

        void consume('leaks', onLeak);
        void consume('readings', onReading);
      `,
      'src/leak.ts': `
        import { db } from './db';

        export async function onLeak(message: { id: string; body: Record<string, unknown> }) {
          await db('leaks').insert({ id: message.id, valve: message.body.valve }).onConflict('id').ignore();
        }
      `,
      'src/reading.ts': `
        import { db } from './db';

        export async function onReading(message: { id: string; body: Record<string, unknown> }) {
          await db('readings').insert({ id: message.id, litres: message.body.litres }).onConflict('id').ignore();
        }
      `,
    },
    audit: true,
  },
  {
    title: 'the second kind of message, after one whose work is longer than an execution is followed (SQS Lambda); fixed by the id of the order',
    shared: { 'src/forecast.ts': LONG },
    defect: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { Pool } from 'pg';
        import { forecast } from './forecast';

        const pool = new Pool();
        const save = (pastry: string) => pool.query('INSERT INTO orders (pastry) VALUES ($1)', [pastry]);

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const message = JSON.parse(record.body);
            if (message.kind === 'forecast') {
              forecast(message.days);
              continue;
            }
            if (message.kind === 'order') await save(message.pastry); // finds
          }
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { Pool } from 'pg';
        import { forecast } from './forecast';

        const pool = new Pool();
        const save = (id: string, pastry: string) => pool.query('INSERT INTO orders (id, pastry) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [id, pastry]);

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const message = JSON.parse(record.body);
            if (message.kind === 'forecast') {
              forecast(message.days);
              continue;
            }
            if (message.kind === 'order') await save(record.messageId, message.pastry);
          }
        };
      `,
    },
  },
  {
    title: 'two workers that one function starts through another one (BullMQ): the jobs of each are followed; fixed by upserts',
    shared: {
      'src/worker.ts': `
        import { type Job, Queue, Worker } from 'bullmq';

        type Tasks = Record<string, (job: Job) => Promise<void>>;

        const dispatch = (tasks: Tasks) => async (job: Job) => {
          const task = tasks[job.name];
          if (task === undefined) throw new Error('nobody does ' + job.name);
          await task(job);
        };

        export function start(name: string, tasks: Tasks) {
          const worker = new Worker(name, dispatch(tasks));
          worker.on('failed', (job, error) => console.error(job?.name, error));
          return worker;
        }

        export const kitchen = new Queue('kitchen', { defaultJobOptions: { attempts: 4 } });
        export const hall = new Queue('hall', { defaultJobOptions: { attempts: 4 } });
      `,
      'src/index.ts': `
        import { bake } from './bake';
        import { serve } from './serve';
        import { start } from './worker';

        const startKitchen = () => start('kitchen', { bake });
        const startHall = () => start('hall', { serve });

        startKitchen();
        startHall();
      `,
    },
    defect: {
      'src/bake.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Job } from 'bullmq';

        const prisma = new PrismaClient();

        export async function bake(job: Job) {
          await prisma.loaf.create({ data: { flour: job.data.flour } }); // finds
        }
      `,
      'src/serve.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Job } from 'bullmq';

        const prisma = new PrismaClient();

        export async function serve(job: Job) {
          await prisma.table.update({ where: { id: job.data.table }, data: { guests: { increment: job.data.guests } } }); // finds
        }
      `,
    },
    correct: {
      'src/bake.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Job } from 'bullmq';

        const prisma = new PrismaClient();

        export async function bake(job: Job) {
          await prisma.loaf.upsert({ where: { id: job.id }, create: { id: job.id, flour: job.data.flour }, update: {} });
        }
      `,
      'src/serve.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Job } from 'bullmq';

        const prisma = new PrismaClient();

        export async function serve(job: Job) {
          await prisma.table.update({ where: { id: job.data.table }, data: { guests: job.data.seated } });
        }
      `,
    },
    audit: true,
  },

  {
    title: 'a job adds a row to ClickHouse, which may merge rows of one key; fixed by a row that its key keeps to one',
    certainty: 'likely',
    defect: {
      'src/tides.ts': `
        import { createClient } from '@clickhouse/client';
        import { Worker } from 'bullmq';

        const clickhouse = createClient();

        new Worker('tides', async (job) => {
          await clickhouse.insert({ table: 'tides', values: [{ id: job.data.id, height: job.data.height }], format: 'JSONEachRow' }); // finds
        });
      `,
    },
    correct: {
      'src/tides.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Worker } from 'bullmq';

        const prisma = new PrismaClient();

        new Worker('tides', async (job) => {
          const { id, height } = job.data;
          await prisma.tide.upsert({ where: { id }, create: { id, height }, update: { height } });
        });
      `,
    },
  },

  {
    title: 'a job that only says that it is time queues what is due, likely once too often; fixed by a name for each',
    certainty: 'likely',
    defect: {
      'src/sweep.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue, Worker } from 'bullmq';

        const prisma = new PrismaClient();
        const chimneys = new Queue('chimneys');

        new Worker('sweep', async () => {
          const due = await prisma.chimney.findMany({ where: { sooty: true }, take: 50 });
          await chimneys.addBulk(due.map(({ id }) => ({ name: 'sweep', data: { id } }))); // finds
        });
      `,
    },
    correct: {
      'src/sweep.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue, Worker } from 'bullmq';

        const prisma = new PrismaClient();
        const chimneys = new Queue('chimneys');

        new Worker('sweep', async () => {
          const due = await prisma.chimney.findMany({ where: { sooty: true }, take: 50 });
          await chimneys.addBulk(due.map(({ id }) => ({ name: 'sweep', data: { id }, opts: { jobId: 'sweep-' + id } })));
        });
      `,
    },
  },

  {
    title: 'a job writes into a chat, likely twice; fixed by a mark of what was written',
    certainty: 'likely',
    defect: {
      'src/herald.ts': `
        import { IncomingWebhook } from '@slack/webhook';
        import { Worker } from 'bullmq';

        const hall = new IncomingWebhook(process.env.HALL_URL!);

        new Worker('news', async (job) => {
          await hall.send({ text: job.data.text }); // finds
        });
      `,
    },
    correct: {
      'src/herald.ts': `
        import { IncomingWebhook } from '@slack/webhook';
        import { PrismaClient } from '@prisma/client';
        import { Worker } from 'bullmq';

        const hall = new IncomingWebhook(process.env.HALL_URL!);
        const prisma = new PrismaClient();

        new Worker('news', async (job) => {
          const { count } = await prisma.news.createMany({ data: [{ id: job.data.id }], skipDuplicates: true });
          if (count === 0) return;
          await hall.send({ text: job.data.text });
        });
      `,
    },
  },

  {
    title: 'a webhook of Stripe by the decorator of a Nest module adds credits; fixed by a row of the event',
    defect: {
      'src/tokens.service.ts': `
        import { StripeWebhookHandler } from '@golevelup/nestjs-stripe';
        import { Injectable } from '@nestjs/common';
        import { PrismaClient } from '@prisma/client';
        import type Stripe from 'stripe';

        @Injectable()
        export class TokensService {
          constructor(private readonly prisma: PrismaClient) {}

          @StripeWebhookHandler('checkout.session.completed')
          async paid(event: Stripe.CheckoutSessionCompletedEvent) {
            const session = event.data.object;
            await this.prisma.rider.update({ where: { id: session.client_reference_id! }, data: { tokens: { increment: 10 } } }); // finds
          }
        }
      `,
    },
    correct: {
      'src/tokens.service.ts': `
        import { StripeWebhookHandler } from '@golevelup/nestjs-stripe';
        import { Injectable } from '@nestjs/common';
        import { PrismaClient } from '@prisma/client';
        import type Stripe from 'stripe';

        @Injectable()
        export class TokensService {
          constructor(private readonly prisma: PrismaClient) {}

          @StripeWebhookHandler('checkout.session.completed')
          async paid(event: Stripe.CheckoutSessionCompletedEvent) {
            const session = event.data.object;
            await this.prisma.$transaction(async (tx) => {
              const { count } = await tx.handledEvent.createMany({ data: [{ id: event.id }], skipDuplicates: true });
              if (count === 0) return;
              await tx.rider.update({ where: { id: session.client_reference_id! }, data: { tokens: { increment: 10 } } });
            });
          }
        }
      `,
    },
  },

  {
    title: 'what a Temporal workflow calls through a proxy is an activity, wherever its worker is made; fixed by a key of the request',
    shared: {
      'src/workflows.ts': `
        import { proxyActivities } from '@temporalio/workflow';
        import type * as activities from './activities';

        const { pour } = proxyActivities<typeof activities>({ startToCloseTimeout: '1 minute' });

        export async function cast(moldId: string) {
          await pour(moldId);
        }
      `,
    },
    defect: {
      'src/activities.ts': `
        import pgPromise from 'pg-promise';

        const db = pgPromise()(process.env.DATABASE_URL!);

        export async function pour(moldId: string): Promise<void> {
          await db.none('insert into pours (mold_id) values ($(moldId))', { moldId }); // finds
        }
      `,
    },
    correct: {
      'src/activities.ts': `
        import pgPromise from 'pg-promise';

        const db = pgPromise()(process.env.DATABASE_URL!);

        export async function pour(moldId: string): Promise<void> {
          await db.none('insert into pours (mold_id) values ($(moldId)) on conflict (mold_id) do nothing', { moldId });
        }
      `,
    },
    audit: true,
  },

  {
    title: 'pg-promise: a job counts a casting through a class that makes the text ready; against one that looks it up, or runs a statement out of view',
    certainty: 'likely',
    shared: {
      'src/executor.ts': `
        import pgPromise from 'pg-promise';

        const pgp = pgPromise();
        const db = pgp(process.env.DATABASE_URL!);

        export class Executor {
          run(text: string, values: object) {
            return db.query(pgp.as.format(text, values));
          }
        }
      `,
    },
    defect: {
      'src/jobs.ts': `
        import { Worker } from 'bullmq';
        import { Executor } from './executor';

        const executor = new Executor();

        new Worker('castings', async (job) => {
          await executor.run('insert into castings (mold_id) values ($(moldId))', { moldId: job.data.moldId }); // finds
        });
      `,
    },
    correct: {
      'src/jobs.ts': `
        import { Worker } from 'bullmq';
        import { readFile } from 'node:fs/promises';
        import { Executor } from './executor';

        const executor = new Executor();

        new Worker('castings', async (job) => {
          await executor.run('select * from castings where mold_id = $(moldId)', { moldId: job.data.moldId });
          await executor.run(await readFile('refresh.sql', 'utf8'), {});
        });
      `,
    },
  },

  {
    title: 'recommended: pg-boss, whose tenth version tries a job again by itself, against its ninth, which does not',
    preset: 'recommended',
    shared: {
      'src/worker.ts': `
        import PgBoss from 'pg-boss';
        import { Pool } from 'pg';

        const boss = new PgBoss(process.env.DATABASE_URL!);
        const pool = new Pool();

        export async function start() {
          await boss.start();
          await boss.work('shearings', async () => {
            await pool.query('INSERT INTO shearings (sheep) VALUES (1)'); // finds
          });
        }
      `,
    },
    defect: { 'package.json': '{ "name": "pasture", "dependencies": { "pg-boss": "^10.1.0" } }' },
    correct: {
      'package.json': '{ "name": "pasture", "dependencies": { "pg-boss": ">=8" } }',
      'package-lock.json': '{ "name": "pasture", "lockfileVersion": 3, "packages": { "": { "dependencies": { "pg-boss": ">=8" } }, "node_modules/pg-boss": { "version": "9.0.3" } } }',
    },
  },

  {
    title: 'a helper takes the lambs off the pasture until none is left, and then one more is counted; against one that is counted where the message is new',
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function clear(pasture: string) {
          while (true) {
            const lambs = await prisma.lamb.findMany({ where: { pasture }, take: 100 });
            if (lambs.length === 0) break;
            await prisma.lamb.deleteMany({ where: { id: { in: lambs.map(({ id }) => id) } } });
          }
        }
      `,
    },
    defect: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import { clear, prisma } from './db';

        new Worker('pastures', async (job) => {
          await clear(job.data.pasture);
          await prisma.clearing.create({ data: { pasture: job.data.pasture } }); // finds
        });
      `,
    },
    correct: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import { clear, prisma } from './db';

        new Worker('pastures', async (job) => {
          if ((await prisma.clearing.findFirst({ where: { pasture: job.data.pasture } })) !== null) return;
          await clear(job.data.pasture);
          await prisma.clearing.create({ data: { pasture: job.data.pasture } });
        });
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'activities that a function makes of what they need (Temporal), against those that are tried once',
    shared: {
      'src/activities.ts': `
        import type { Pool } from 'pg';

        export const makeActivities = (pool: Pool) => ({
          async gild(frameId: string) {
            await pool.query('insert into gildings (frame_id) values ($1)', [frameId]); // finds
          },
        });
      `,
    },
    defect: {
      'src/workflows.ts': `
        import { proxyActivities } from '@temporalio/workflow';
        import type { makeActivities } from './activities';

        const { gild } = proxyActivities<ReturnType<typeof makeActivities>>({ startToCloseTimeout: '1 minute' });

        export async function frame(frameId: string) {
          await gild(frameId);
        }
      `,
    },
    correct: {
      'src/workflows.ts': `
        import { proxyActivities } from '@temporalio/workflow';
        import type { makeActivities } from './activities';

        const { gild } = proxyActivities<ReturnType<typeof makeActivities>>({ startToCloseTimeout: '1 minute', retry: { maximumAttempts: 1 } });

        export async function frame(frameId: string) {
          await gild(frameId);
        }
      `,
    },
    audit: true,
  },

  {
    title: 'a method of a Nest class that is an activity of Temporal; fixed by a row that is there once',
    defect: {
      'src/glaze.activities.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Activities, Activity } from 'nestjs-temporal';

        @Activities()
        export class GlazeActivities {
          constructor(private readonly prisma: PrismaClient) {}

          @Activity()
          async fire(vaseId: string) {
            await this.prisma.firing.create({ data: { vaseId } }); // finds
          }
        }
      `,
    },
    correct: {
      'src/glaze.activities.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Activities, Activity } from 'nestjs-temporal';

        @Activities()
        export class GlazeActivities {
          constructor(private readonly prisma: PrismaClient) {}

          @Activity()
          async fire(vaseId: string) {
            await this.prisma.firing.upsert({ where: { vaseId }, create: { vaseId }, update: {} });
          }
        }
      `,
    },
  },
]);
