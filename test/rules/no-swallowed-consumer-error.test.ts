import { twins } from '../support/twins.ts';

twins('no-swallowed-consumer-error', [
  {
    title: 'SQS Lambda logs the failure of a record; right: reports it in batchItemFailures',
    shared: {
      'src/grants.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function grant(customerId: string) {
          await prisma.grant.create({ data: { customerId } });
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { grant } from './grants';

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) {
            try {
              await grant(JSON.parse(record.body).customerId);
            } catch (error) {
              console.error('grant failed', error); // finds
            }
          }
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { grant } from './grants';

        export async function handler(event: SQSEvent) {
          const batchItemFailures: { itemIdentifier: string }[] = [];
          for (const record of event.Records) {
            try {
              await grant(JSON.parse(record.body).customerId);
            } catch (error) {
              console.error('grant failed', error);
              batchItemFailures.push({ itemIdentifier: record.messageId });
            }
          }
          return { batchItemFailures };
        }
      `,
    },
  },

  {
    title: 'amqplib wrapper acknowledges in finally; right: gives the message back',
    audit: true,
    shared: {
      'src/invoices.ts': `
        import type { Channel } from 'amqplib';
        import type { Knex } from 'knex';
        import { consume } from './consume';

        export function start(channel: Channel, knex: Knex) {
          return consume(channel, 'invoices', async (text) => {
            await knex('invoices').where({ id: JSON.parse(text).id }).update({ state: 'sent' });
          });
        }
      `,
    },
    defect: {
      'src/consume.ts': `
        import type { Channel } from 'amqplib';

        export async function consume(channel: Channel, queue: string, handle: (text: string) => Promise<void>) {
          await channel.consume(queue, async (message) => {
            if (message === null) return;
            try {
              await handle(message.content.toString());
            } catch (error) {
              console.error(error); // finds
            } finally {
              channel.ack(message);
            }
          });
        }
      `,
    },
    correct: {
      'src/consume.ts': `
        import type { Channel } from 'amqplib';

        export async function consume(channel: Channel, queue: string, handle: (text: string) => Promise<void>) {
          await channel.consume(queue, async (message) => {
            if (message === null) return;
            try {
              await handle(message.content.toString());
              channel.ack(message);
            } catch (error) {
              console.error(error);
              channel.nack(message);
            }
          });
        }
      `,
    },
  },

  {
    title: 'Pulsar listener acknowledges what it could not handle; its handlers come out of a table',
    audit: true,
    shared: {
      'src/main.ts': `
        import { PrismaClient } from '@prisma/client';
        import Pulsar from 'pulsar-client';
        import { Subscriber } from './subscriber';

        const prisma = new PrismaClient();

        const subscriber = new Subscriber({
          client: new Pulsar.Client({ serviceUrl: process.env.PULSAR_URL! }),
          handlers: {
            watered: async (data: any) => {
              await prisma.plant.update({ where: { id: data.id }, data: { state: 'watered' } });
            },
          },
        });

        await subscriber.start();
      `,
    },
    defect: {
      'src/subscriber.ts': `
        import type { Client, Consumer, Message } from 'pulsar-client';

        type Handlers = Record<string, (data: any) => Promise<void>>;

        export class Subscriber {
          readonly #client: Client;
          readonly #handlers: Handlers;

          constructor(options: { client: Client; handlers: Handlers }) {
            this.#client = options.client;
            this.#handlers = options.handlers;
          }

          async start() {
            await this.#client.subscribe({ topic: 'plants', subscription: 'plants', listener: this.#onMessage.bind(this) });
          }

          async #onMessage(message: Message, consumer: Consumer) {
            try {
              const { type, data } = JSON.parse(message.getData().toString());
              await this.#handlers[type](data);
              await consumer.acknowledge(message);
            } catch (error) {
              console.error('not handled', error); // finds
              await consumer.acknowledge(message);
            }
          }
        }
      `,
    },
    correct: {
      'src/subscriber.ts': `
        import type { Client, Consumer, Message } from 'pulsar-client';

        type Handlers = Record<string, (data: any) => Promise<void>>;

        export class Subscriber {
          readonly #client: Client;
          readonly #handlers: Handlers;

          constructor(options: { client: Client; handlers: Handlers }) {
            this.#client = options.client;
            this.#handlers = options.handlers;
          }

          async start() {
            await this.#client.subscribe({ topic: 'plants', subscription: 'plants', listener: this.#onMessage.bind(this) });
          }

          async #onMessage(message: Message, consumer: Consumer) {
            try {
              const { type, data } = JSON.parse(message.getData().toString());
              await this.#handlers[type](data);
              await consumer.acknowledge(message);
            } catch (error) {
              console.error('not handled', error);
              consumer.negativeAcknowledge(message);
            }
          }
        }
      `,
    },
  },

  {
    title: 'Next.js webhook logs the failed grant and answers 200; right: only a duplicate is accepted',
    shared: {
      'lib/credits.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function addCredits(accountId: string, sessionId: string, amount: number) {
          await prisma.creditPurchase.create({ data: { accountId, sessionId, amount } });
        }
      `,
    },
    defect: {
      'app/api/stripe/route.ts': `
        import { NextRequest, NextResponse } from 'next/server';
        import Stripe from 'stripe';
        import { addCredits } from '../../../lib/credits';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function POST(request: NextRequest) {
          const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get('stripe-signature')!, process.env.STRIPE_SECRET!);
          if (event.type === 'checkout.session.completed') {
            const session = event.data.object;
            try {
              await addCredits(session.client_reference_id!, session.id, session.amount_total!);
            } catch (error) {
              console.error('credits not added', error); // finds
            }
          }
          return NextResponse.json({ received: true });
        }
      `,
    },
    correct: {
      'app/api/stripe/route.ts': `
        import { NextRequest, NextResponse } from 'next/server';
        import Stripe from 'stripe';
        import { addCredits } from '../../../lib/credits';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function POST(request: NextRequest) {
          const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get('stripe-signature')!, process.env.STRIPE_SECRET!);
          if (event.type === 'checkout.session.completed') {
            const session = event.data.object;
            try {
              await addCredits(session.client_reference_id!, session.id, session.amount_total!);
            } catch (error) {
              console.error('credits not added', error);
              return NextResponse.json({ error: 'credits not added' }, { status: 500 });
            }
          }
          return NextResponse.json({ received: true });
        }
      `,
    },
  },

  {
    title: 'kafkajs handler catches what the service throws; right: throws it on',
    shared: {
      'src/stock.service.ts': `
        import type { DataSource } from 'typeorm';
        import { Article } from './article.entity';

        export class StockService {
          constructor(private readonly source: DataSource) {}

          async setLevel(sku: string, level: number) {
            await this.source.getRepository(Article).update({ sku }, { level });
          }
        }
      `,
      'src/article.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Article {
          @PrimaryColumn() sku!: string;
          @Column() level!: number;
        }
      `,
    },
    defect: {
      'src/main.ts': `
        import { Kafka } from 'kafkajs';
        import type { StockService } from './stock.service';

        export async function main(stock: StockService) {
          const consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'stock' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              try {
                const { sku, level } = JSON.parse(message.value!.toString());
                await stock.setLevel(sku, level);
              } catch (error) {
                console.error('level not set', error); // finds
              }
            },
          });
        }
      `,
    },
    correct: {
      'src/main.ts': `
        import { Kafka } from 'kafkajs';
        import type { StockService } from './stock.service';

        export async function main(stock: StockService) {
          const consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'stock' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              try {
                const { sku, level } = JSON.parse(message.value!.toString());
                await stock.setLevel(sku, level);
              } catch (error) {
                console.error('level not set', error);
                throw error;
              }
            },
          });
        }
      `,
    },
  },

  {
    title: 'BullMQ job answers with an error value that nobody reads; right: the job fails',
    shared: {
      'src/queues.ts': `
        import { Queue } from 'bullmq';

        export const refunds = new Queue('refunds', { defaultJobOptions: { attempts: 5, backoff: { type: 'exponential', delay: 1000 } } });
      `,
    },
    defect: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import Stripe from 'stripe';
        import './queues';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export const worker = new Worker('refunds', async (job) => {
          try {
            await stripe.refunds.create({ payment_intent: job.data.payment }, { idempotencyKey: job.id });
          } catch (error) {
            console.error('refund failed', error); // finds
            return { ok: false };
          }
          return { ok: true };
        });
      `,
    },
    correct: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import Stripe from 'stripe';
        import './queues';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export const worker = new Worker('refunds', async (job) => {
          try {
            await stripe.refunds.create({ payment_intent: job.data.payment }, { idempotencyKey: job.id });
          } catch (error) {
            console.error('refund failed', error);
            throw error;
          }
          return { ok: true };
        });
      `,
    },
  },

  {
    title: 'SQS poller catches, logs and deletes; right: deletes only what was handled',
    shared: {
      'src/ledger.ts': `
        import pg from 'pg';

        const pool = new pg.Pool();

        export const book = (entry: { id: string; amount: number }) => pool.query('INSERT INTO ledger (id, amount) VALUES ($1, $2)', [entry.id, entry.amount]);
      `,
    },
    defect: {
      'src/poll.ts': `
        import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { book } from './ledger';

        const sqs = new SQSClient({});
        const QueueUrl = process.env.LEDGER_URL;

        export async function poll() {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
          for (const message of Messages) {
            try {
              await book(JSON.parse(message.Body!));
            } catch (error) {
              console.error('not booked', error); // finds
            }
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
          }
        }
      `,
    },
    correct: {
      'src/poll.ts': `
        import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { book } from './ledger';

        const sqs = new SQSClient({});
        const QueueUrl = process.env.LEDGER_URL;

        export async function poll() {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
          for (const message of Messages) {
            try {
              await book(JSON.parse(message.Body!));
            } catch (error) {
              console.error('not booked', error);
              continue;
            }
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
          }
        }
      `,
    },
  },

  {
    title: 'Pub/Sub listener acknowledges in catch; right: sends what cannot be handled to a dead-letter topic first',
    shared: {
      'src/profiles.ts': `
        import { MongoClient } from 'mongodb';

        const profiles = new MongoClient(process.env.MONGO_URL!).db('people').collection('profiles');

        export const rename = (id: string, name: string) => profiles.updateOne({ _id: id as never }, { $set: { name } });
      `,
    },
    defect: {
      'src/listen.ts': `
        import { type Message, PubSub } from '@google-cloud/pubsub';
        import { rename } from './profiles';

        const pubsub = new PubSub();

        export function listen() {
          pubsub.subscription('profiles').on('message', async (message: Message) => {
            try {
              const { id, name } = JSON.parse(message.data.toString());
              await rename(id, name);
              message.ack();
            } catch (error) {
              console.error('not renamed', error); // finds
              message.ack();
            }
          });
        }
      `,
    },
    correct: {
      'src/listen.ts': `
        import { type Message, PubSub } from '@google-cloud/pubsub';
        import { rename } from './profiles';

        const pubsub = new PubSub();

        export function listen() {
          pubsub.subscription('profiles').on('message', async (message: Message) => {
            try {
              const { id, name } = JSON.parse(message.data.toString());
              await rename(id, name);
              message.ack();
            } catch (error) {
              console.error('not renamed', error);
              await pubsub.topic('profiles-dead').publishMessage({ data: message.data });
              message.ack();
            }
          });
        }
      `,
    },
  },

  {
    title: 'the failure is recorded for a sweep by the function that the handler calls',
    shared: {
      'src/orders.repository.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export const ship = (id: string) => prisma.order.update({ where: { id }, data: { state: 'shipped' } });

        export const park = async (id: string, reason: string) => {
          await prisma.failedDelivery.upsert({ where: { id }, create: { id, reason }, update: { reason } });
        };

        export const complain = async (id: string, reason: string) => {
          console.error('not shipped', id, reason);
        };
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { complain, ship } from './orders.repository';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { id } = JSON.parse(record.body);
            await ship(id).catch((error) => complain(id, String(error))); // finds
          }
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { park, ship } from './orders.repository';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const { id } = JSON.parse(record.body);
            await ship(id).catch((error) => park(id, String(error)));
          }
        };
      `,
    },
  },

  {
    title: 'a handler that calls a function which logs, against one which wraps the error and throws',
    defect: {
      'src/failure.ts': `
        export function tell(error: unknown, what: string): void {
          console.error('could not ' + what, error);
        }
      `,
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import pg from 'pg';
        import { tell } from './failure';

        const pool = new pg.Pool();

        export const prints = new Worker('prints', async (job) => {
          try {
            await pool.query('INSERT INTO prints (id) VALUES ($1)', [job.data.id]);
          } catch (error) {
            tell(error, 'print'); // finds
          }
        }, { connection: {} });
      `,
    },
    correct: {
      'src/failure.ts': `
        export function tell(error: unknown, what: string): never {
          if (error instanceof TypeError) throw new Error('cannot ' + what);
          throw new Error('could not ' + what, { cause: error });
        }
      `,
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import pg from 'pg';
        import { tell } from './failure';

        const pool = new pg.Pool();

        export const prints = new Worker('prints', async (job) => {
          try {
            await pool.query('INSERT INTO prints (id) VALUES ($1)', [job.data.id]);
          } catch (error) {
            tell(error, 'print');
          }
        }, { connection: {} });
      `,
    },
    certainty: 'likely',
  },
]);
