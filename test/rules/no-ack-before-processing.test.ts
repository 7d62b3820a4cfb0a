import { twins } from '../support/twins.ts';

const SCHEMA = {
  'prisma/schema.prisma': `
    datasource db {
      provider = "postgresql"
      url      = env("DATABASE_URL")
    }

    model Parcel {
      id     String @id
      status String
    }
  `,
};

twins('no-ack-before-processing', [
  {
    title: 'amqplib consumer acknowledges, then writes',
    shared: SCHEMA,
    defect: {
      'src/parcels.ts': `
        import type { Channel } from 'amqplib';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function listen(channel: Channel) {
          await channel.consume('parcels', async (message) => {
            if (message === null) return;
            channel.ack(message); // finds
            const parcel = JSON.parse(message.content.toString());
            await prisma.parcel.update({ where: { id: parcel.id }, data: { status: 'delivered' } });
          });
        }
      `,
    },
    correct: {
      'src/parcels.ts': `
        import type { Channel } from 'amqplib';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function listen(channel: Channel) {
          await channel.consume('parcels', async (message) => {
            if (message === null) return;
            const parcel = JSON.parse(message.content.toString());
            await prisma.parcel.update({ where: { id: parcel.id }, data: { status: 'delivered' } });
            channel.ack(message);
          });
        }
      `,
    },
  },

  {
    title: 'a wrapper around amqp-connection-manager takes the handler and does not await it',
    audit: true,
    shared: {
      ...SCHEMA,
      'src/parcels.service.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Broker } from './broker';

        export class ParcelsService {
          constructor(private readonly broker: Broker, private readonly prisma: PrismaClient) {}

          onModuleInit() {
            return this.broker.subscribe('parcels', (text) => this.deliver(text));
          }

          private async deliver(text: string): Promise<void> {
            const { id } = JSON.parse(text);
            await this.prisma.parcel.update({ where: { id }, data: { status: 'delivered' } });
          }
        }
      `,
    },
    defect: {
      'src/broker.ts': `
        import amqp, { type ChannelWrapper } from 'amqp-connection-manager';
        import type { ConsumeMessage } from 'amqplib';

        export interface Connected {
          channel: ChannelWrapper;
        }

        export class Broker {
          private open(): Connected {
            return { channel: amqp.connect(process.env.AMQP_URL).createChannel({ json: true }) };
          }

          async subscribe(queue: string, handle: (text: string) => Promise<void>): Promise<void> {
            const { channel } = this.open();
            await channel.consume(queue, (message: ConsumeMessage) => {
              handle(message.content.toString()); // finds
              channel.ack(message);
            });
          }
        }
      `,
    },
    correct: {
      'src/broker.ts': `
        import amqp, { type ChannelWrapper } from 'amqp-connection-manager';
        import type { ConsumeMessage } from 'amqplib';

        export interface Connected {
          channel: ChannelWrapper;
        }

        export class Broker {
          private open(): Connected {
            return { channel: amqp.connect(process.env.AMQP_URL).createChannel({ json: true }) };
          }

          async subscribe(queue: string, handle: (text: string) => Promise<void>): Promise<void> {
            const { channel } = this.open();
            await channel.consume(queue, async (message: ConsumeMessage) => {
              await handle(message.content.toString());
              channel.ack(message);
            });
          }
        }
      `,
    },
  },

  {
    title: 'a library whose callers are out of view calls the handler it was given and acknowledges at once',
    defect: {
      'src/consume.ts': `
        import type { Message, Subscription } from '@google-cloud/pubsub';

        export function consume<T>(subscription: Subscription, handle: (value: T) => Promise<void>) {
          subscription.on('message', (message: Message) => {
            handle(JSON.parse(message.data.toString())); // finds
            message.ack();
          });
        }
      `,
    },
    correct: {
      'src/consume.ts': `
        import type { Message, Subscription } from '@google-cloud/pubsub';

        export function consume<T>(subscription: Subscription, handle: (value: T) => Promise<void>) {
          subscription.on('message', (message: Message) => {
            handle(JSON.parse(message.data.toString())).then(() => message.ack()).catch(() => message.nack());
          });
        }
      `,
    },
  },

  {
    title: 'SQS poller deletes the message before it works on it',
    defect: {
      'src/poll.ts': `
        import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { settle } from './settle';

        const sqs = new SQSClient({});
        const QueueUrl = process.env.PAYOUTS_URL;

        export async function poll() {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
          for (const message of Messages) {
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle })); // finds
            await settle(JSON.parse(message.Body!));
          }
        }
      `,
    },
    correct: {
      'src/poll.ts': `
        import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { settle } from './settle';

        const sqs = new SQSClient({});
        const QueueUrl = process.env.PAYOUTS_URL;

        export async function poll() {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
          for (const message of Messages) {
            await settle(JSON.parse(message.Body!));
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
          }
        }
      `,
    },
    shared: {
      'src/settle.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export const settle = (payout: { id: string; amount: number }) => documents.send(new PutCommand({ TableName: 'payouts', Item: payout }));
      `,
    },
  },

  {
    title: 'a Lambda handler maps its records and returns while their writes go on',
    defect: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { store } from './store';

        export const handler: SQSHandler = async (event) => {
          event.Records.forEach(async (record) => { // finds
            await store(JSON.parse(record.body));
          });
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { store } from './store';

        export const handler: SQSHandler = async (event) => {
          await Promise.all(event.Records.map(async (record) => {
            await store(JSON.parse(record.body));
          }));
        };
      `,
    },
    shared: {
      'src/store.ts': `
        import { MongoClient } from 'mongodb';

        const readings = new MongoClient(process.env.MONGO_URL!).db('plant').collection('readings');

        export const store = (reading: { sensor: string; value: number }) => readings.insertOne(reading);
      `,
    },
  },

  {
    title: 'kafkajs handler starts the write in a repository and returns',
    shared: {
      'src/accounts.repository.ts': `
        import type { Knex } from 'knex';

        export class AccountsRepository {
          constructor(private readonly knex: Knex) {}

          async close(id: string): Promise<void> {
            await this.knex('accounts').where({ id }).update({ state: 'closed' });
          }
        }
      `,
    },
    defect: {
      'src/main.ts': `
        import { Kafka } from 'kafkajs';
        import { AccountsRepository } from './accounts.repository';

        export async function main(accounts: AccountsRepository) {
          const consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'accounts' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const { id } = JSON.parse(message.value!.toString());
              accounts.close(id); // finds
            },
          });
        }
      `,
    },
    correct: {
      'src/main.ts': `
        import { Kafka } from 'kafkajs';
        import { AccountsRepository } from './accounts.repository';

        export async function main(accounts: AccountsRepository) {
          const consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'accounts' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const { id } = JSON.parse(message.value!.toString());
              await accounts.close(id);
            },
          });
        }
      `,
    },
  },

  {
    title: 'a Stripe webhook answers 200 and then works',
    defect: {
      'src/webhook.ts': `
        import express from 'express';
        import Stripe from 'stripe';
        import { fulfil } from './orders';

        const stripe = new Stripe(process.env.STRIPE_KEY!);
        const app = express();

        app.post('/webhooks/stripe', express.raw({ type: 'application/json' }), async (req, res) => {
          const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature']!, process.env.STRIPE_SECRET!);
          res.status(200).send('ok'); // finds
          await fulfil(event);
        });
      `,
    },
    correct: {
      'src/webhook.ts': `
        import express from 'express';
        import Stripe from 'stripe';
        import { fulfil } from './orders';

        const stripe = new Stripe(process.env.STRIPE_KEY!);
        const app = express();

        app.post('/webhooks/stripe', express.raw({ type: 'application/json' }), async (req, res) => {
          const event = stripe.webhooks.constructEvent(req.body, req.headers['stripe-signature']!, process.env.STRIPE_SECRET!);
          await fulfil(event);
          res.status(200).send('ok');
        });
      `,
    },
    shared: {
      'src/orders.ts': `
        import pg from 'pg';

        const pool = new pg.Pool();

        export async function fulfil(event: { id: string }) {
          await pool.query("UPDATE orders SET state = 'paid' WHERE event_id = $1", [event.id]);
        }
      `,
    },
  },

  {
    title: 'the broker is told not to expect acknowledgements',
    shared: {
      ...SCHEMA,
      'src/deliver.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function deliver(id: string) {
          await prisma.parcel.update({ where: { id }, data: { status: 'delivered' } });
        }
      `,
    },
    defect: {
      'src/consumer.ts': `
        import type { Channel } from 'amqplib';
        import { deliver } from './deliver';

        export async function listen(channel: Channel) {
          await channel.consume('parcels', async (message) => {
            const { id } = JSON.parse(message!.content.toString());
            await deliver(id); // finds
          }, { noAck: true });
        }
      `,
    },
    correct: {
      'src/consumer.ts': `
        import type { Channel } from 'amqplib';
        import { deliver } from './deliver';

        export async function listen(channel: Channel) {
          await channel.consume('parcels', async (message) => {
            const { id } = JSON.parse(message!.content.toString());
            await deliver(id);
            channel.ack(message!);
          }, { noAck: false });
        }
      `,
    },
  },

  {
    title: 'the message is handed to a durable queue before it is acknowledged; the defect keeps it in memory',
    shared: {
      'src/queues.ts': `
        import { Queue } from 'bullmq';

        export const renders = new Queue('renders', { defaultJobOptions: { attempts: 5 } });
      `,
    },
    defect: {
      'src/intake.ts': `
        import type { Message, Subscription } from '@google-cloud/pubsub';
        import { renders } from './queues';

        export function listen(subscription: Subscription) {
          subscription.on('message', async (message: Message) => {
            message.ack(); // finds
            await renders.add('render', { url: message.attributes.url });
          });
        }
      `,
    },
    correct: {
      'src/intake.ts': `
        import type { Message, Subscription } from '@google-cloud/pubsub';
        import { renders } from './queues';

        export function listen(subscription: Subscription) {
          subscription.on('message', async (message: Message) => {
            await renders.add('render', { url: message.attributes.url });
            message.ack();
          });
        }
      `,
    },
  },
  {
    title: 'JetStream messages that are iterated over: each is acknowledged before its row is written; fixed by the order',
    shared: {
      'src/meters.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export const record = (meter: string, value: number) => pool.query('INSERT INTO readings (meter, value) VALUES ($1, $2)', [meter, value]);
      `,
    },
    defect: {
      'src/listen.ts': `
        import { connect } from 'nats';
        import { record } from './meters';

        export async function listen() {
          const connection = await connect();
          const consumer = await connection.jetstream().consumers.get('meters', 'recorder');
          const messages = await consumer.consume();
          for await (const message of messages) {
            message.ack(); // finds
            const { meter, value } = message.json<{ meter: string; value: number }>();
            await record(meter, value);
          }
        }
      `,
    },
    correct: {
      'src/listen.ts': `
        import { connect } from 'nats';
        import { record } from './meters';

        export async function listen() {
          const connection = await connect();
          const consumer = await connection.jetstream().consumers.get('meters', 'recorder');
          const messages = await consumer.consume();
          for await (const message of messages) {
            const { meter, value } = message.json<{ meter: string; value: number }>();
            await record(meter, value);
            message.ack();
          }
        }
      `,
    },
  },
  {
    title: 'Service Bus deletes a message as it hands it over; fixed by a lock that is settled by returning',
    shared: {
      'src/permits.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export const issue = (plate: string) => pool.query('INSERT INTO permits (plate) VALUES ($1)', [plate]);
      `,
    },
    defect: {
      'src/listen.ts': `
        import { ServiceBusClient } from '@azure/service-bus';
        import { issue } from './permits';

        const receiver = new ServiceBusClient(process.env.BUS!).createReceiver('permits', { receiveMode: 'receiveAndDelete' });

        receiver.subscribe({
          processMessage: async (message) => {
            await issue(message.body.plate); // finds
          },
          processError: async ({ error }) => console.error(error),
        });
      `,
    },
    correct: {
      'src/listen.ts': `
        import { ServiceBusClient } from '@azure/service-bus';
        import { issue } from './permits';

        const receiver = new ServiceBusClient(process.env.BUS!).createReceiver('permits', { receiveMode: 'peekLock' });

        receiver.subscribe({
          processMessage: async (message) => {
            await issue(message.body.plate);
          },
          processError: async ({ error }) => console.error(error),
        });
      `,
    },
  },

  {
    title: 'a queue is told of each job and nobody waits; against a queue that gets its schedule when it is made, whatever job comes first',
    certainty: 'likely',
    defect: {
      'src/tea.ts': `
        import { Queue, Worker } from 'bullmq';

        const kettles = new Queue('kettles');

        new Worker('tea', async (job) => {
          kettles.add('boil', { cup: job.data.cup }); // finds
        });
      `,
    },
    correct: {
      'src/tea.ts': `
        import { Queue, Worker } from 'bullmq';

        class Kettles {
          private static queue: Queue | null = null;

          static get() {
            if (Kettles.queue) return Kettles.queue;
            Kettles.queue = new Queue('kettles');
            Kettles.queue.add('descale', {}, { repeat: { pattern: '0 3 * * *' } });
            return Kettles.queue;
          }
        }

        new Worker('tea', async (job) => {
          await Kettles.get().add('boil', { cup: job.data.cup });
        });
      `,
    },
  },

  {
    title: 'the message goes to the queue of those that wait after it was acknowledged; or it does where its work has failed, and is acknowledged then',
    defect: {
      'src/carts.ts': `
        import amqp from 'amqplib';
        import { load } from './load';

        export async function start() {
          const connection = await amqp.connect(process.env.AMQP_URL);
          const channel = await connection.createChannel();
          await channel.consume('carts', async (message) => {
            await load(message.content);
            channel.ack(message); // finds
            channel.sendToQueue('weighed', message.content, { persistent: true });
          });
        }
      `,
      'src/load.ts': `
        export const load = (content: Buffer) => fetch('https://loads.example.com', { method: 'PUT', body: content });
      `,
    },
    correct: {
      'src/carts.ts': `
        import amqp from 'amqplib';
        import { load } from './load';

        export async function start() {
          const connection = await amqp.connect(process.env.AMQP_URL);
          const channel = await connection.createChannel();
          await channel.consume('carts', async (message) => {
            try {
              await load(message.content);
              channel.ack(message);
            } catch {
              channel.sendToQueue('carts-later', message.content, { persistent: true });
              channel.ack(message);
            }
          });
        }
      `,
      'src/load.ts': `
        export const load = (content: Buffer) => fetch('https://loads.example.com', { method: 'PUT', body: content });
      `,
    },
  },
]);
