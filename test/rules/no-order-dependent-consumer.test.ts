import { twins } from '../support/twins.ts';

const BILLING = {
  'prisma/schema.prisma': `
    datasource db {
      provider = "postgresql"
      url      = env("DATABASE_URL")
    }

    model Subscription {
      id       String @id
      stripeId String @unique
      status   String
      sequence Int
    }
  `,
};

twins('no-order-dependent-consumer', [
  {
    title: 'Stripe webhook stores the status that the event carries; right: asks for the current one',
    shared: {
      ...BILLING,
      'lib/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
      'lib/subscriptions.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function store(subscription: { id: string; status: string }) {
          await prisma.subscription.update({ where: { stripeId: subscription.id }, data: { status: subscription.status } }); // finds
        }
      `,
    },
    defect: {
      'app/api/stripe/route.ts': `
        import { stripe } from '../../../lib/stripe';
        import { store } from '../../../lib/subscriptions';

        export async function POST(request: Request) {
          const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get('stripe-signature')!, process.env.STRIPE_SECRET!);
          if (event.type === 'customer.subscription.updated') await store(event.data.object);
          return new Response('ok');
        }
      `,
    },
    correct: {
      'app/api/stripe/route.ts': `
        import { stripe } from '../../../lib/stripe';
        import { store } from '../../../lib/subscriptions';

        export async function POST(request: Request) {
          const event = stripe.webhooks.constructEvent(await request.text(), request.headers.get('stripe-signature')!, process.env.STRIPE_SECRET!);
          if (event.type === 'customer.subscription.updated') await store(await stripe.subscriptions.retrieve(event.data.object.id));
          return new Response('ok');
        }
      `,
    },
    audit: true,
  },

  {
    title: 'SQS consumer replaces a document; right: the version is in the condition',
    shared: {
      'src/client.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

        export const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
      `,
    },
    defect: {
      'src/handler.ts': `
        import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
        import type { SQSHandler } from 'aws-lambda';
        import { documents } from './client';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const vehicle = JSON.parse(record.body);
            await documents.send(new UpdateCommand({ // finds
              TableName: 'vehicles',
              Key: { id: vehicle.id },
              UpdateExpression: 'SET position = :position',
              ExpressionAttributeValues: { ':position': vehicle.position },
            }));
          }
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
        import type { SQSHandler } from 'aws-lambda';
        import { documents } from './client';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) {
            const vehicle = JSON.parse(record.body);
            await documents.send(new UpdateCommand({
              TableName: 'vehicles',
              Key: { id: vehicle.id },
              UpdateExpression: 'SET position = :position, version = :version',
              ConditionExpression: 'version < :version',
              ExpressionAttributeValues: { ':position': vehicle.position, ':version': vehicle.version },
            }));
          }
        };
      `,
    },
  },

  {
    title: 'Pub/Sub listener writes through a repository; right: only over an older sequence',
    defect: {
      'src/listen.ts': `
        import type { Message, Subscription } from '@google-cloud/pubsub';
        import type { Knex } from 'knex';
        import { ArticlesRepository } from './articles.repository';

        export function listen(subscription: Subscription, knex: Knex) {
          const articles = new ArticlesRepository(knex);
          subscription.on('message', async (message: Message) => {
            await articles.setPrice(JSON.parse(message.data.toString()));
            message.ack();
          });
        }
      `,
      'src/articles.repository.ts': `
        import type { Knex } from 'knex';

        export class ArticlesRepository {
          constructor(private readonly knex: Knex) {}

          async setPrice(article: { id: string; price: number; sequence: number }) {
            await this.knex('articles').where({ id: article.id }).update({ price: article.price, sequence: article.sequence }); // finds
          }
        }
      `,
    },
    correct: {
      'src/listen.ts': `
        import type { Message, Subscription } from '@google-cloud/pubsub';
        import type { Knex } from 'knex';
        import { ArticlesRepository } from './articles.repository';

        export function listen(subscription: Subscription, knex: Knex) {
          const articles = new ArticlesRepository(knex);
          subscription.on('message', async (message: Message) => {
            await articles.setPrice(JSON.parse(message.data.toString()));
            message.ack();
          });
        }
      `,
      'src/articles.repository.ts': `
        import type { Knex } from 'knex';

        export class ArticlesRepository {
          constructor(private readonly knex: Knex) {}

          async setPrice(article: { id: string; price: number; sequence: number }) {
            await this.knex('articles').where({ id: article.id }).where('sequence', '<', article.sequence).update({ price: article.price, sequence: article.sequence });
          }
        }
      `,
    },
    audit: true,
  },

  {
    title: 'BullMQ job stores its result as the current one; right: leaves when a newer one is stored',
    certainty: 'likely',
    shared: {
      'src/cache.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis(process.env.REDIS_URL!);
      `,
      'src/queues.ts': `
        import { Queue } from 'bullmq';

        export const schemas = new Queue('schemas', { defaultJobOptions: { attempts: 3 } });
      `,
    },
    defect: {
      'src/worker.ts': `
        import { type Job, Worker } from 'bullmq';
        import { redis } from './cache';

        const CURRENT = 'schema:current';

        async function publishSchema(job: Job) {
          await redis.set(CURRENT, job.data.revision); // finds
        }

        export const worker = new Worker('schemas', publishSchema);
      `,
    },
    correct: {
      'src/worker.ts': `
        import { type Job, Worker } from 'bullmq';
        import { redis } from './cache';

        const CURRENT = 'schema:current';

        async function publishSchema(job: Job) {
          const current = await redis.get(CURRENT);
          if (Number(current) > job.data.revision) return;
          await redis.set(CURRENT, job.data.revision);
        }

        export const worker = new Worker('schemas', publishSchema);
      `,
    },
  },

  {
    title: 'amqplib consumer upserts what it is told; right: in the order of a version in SQL',
    shared: {
      'src/pool.ts': `
        import pg from 'pg';

        export const pool = new pg.Pool();
      `,
    },
    defect: {
      'src/consume.ts': `
        import type { Channel } from 'amqplib';
        import { pool } from './pool';

        export async function consume(channel: Channel) {
          await channel.consume('profiles', async (message) => {
            const profile = JSON.parse(message!.content.toString());
            await pool.query('UPDATE profiles SET name = $2, version = $3 WHERE id = $1', [profile.id, profile.name, profile.version]); // finds
            channel.ack(message!);
          });
        }
      `,
    },
    correct: {
      'src/consume.ts': `
        import type { Channel } from 'amqplib';
        import { pool } from './pool';

        export async function consume(channel: Channel) {
          await channel.consume('profiles', async (message) => {
            const profile = JSON.parse(message!.content.toString());
            await pool.query('UPDATE profiles SET name = $2, version = $3 WHERE id = $1 AND version < $3', [profile.id, profile.name, profile.version]);
            channel.ack(message!);
          });
        }
      `,
    },
  },

  {
    title: 'Mongoose consumer compares with the stored revision before it writes',
    shared: {
      'src/room.model.ts': `
        import { model, Schema } from 'mongoose';

        export const Room = model('Room', new Schema({ _id: String, topic: String, revision: Number }));
      `,
    },
    defect: {
      'src/rooms.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { Room } from './room.model';

        export const handler: SNSHandler = async (event) => {
          for (const { Sns } of event.Records) {
            const room = JSON.parse(Sns.Message);
            await Room.updateOne({ _id: room.id }, { $set: { topic: room.topic, revision: room.revision } }); // finds
          }
        };
      `,
    },
    correct: {
      'src/rooms.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { Room } from './room.model';

        export const handler: SNSHandler = async (event) => {
          for (const { Sns } of event.Records) {
            const room = JSON.parse(Sns.Message);
            const stored = await Room.findOne({ _id: room.id });
            if (stored !== null && stored.revision >= room.revision) continue;
            await Room.updateOne({ _id: room.id }, { $set: { topic: room.topic, revision: room.revision } });
          }
        };
      `,
    },
  },

  {
    title: 'the queue keeps the order of one record: kafkajs, where SQS does not',
    shared: {
      'src/meters.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function setTariff(meter: { id: string; tariff: string }) {
          await prisma.meter.update({ where: { id: meter.id }, data: { tariff: meter.tariff } }); // finds
        }
      `,
    },
    defect: {
      'src/main.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { setTariff } from './meters';

        export const handler: SQSHandler = async (event) => {
          for (const record of event.Records) await setTariff(JSON.parse(record.body));
        };
      `,
    },
    correct: {
      'src/main.ts': `
        import { Kafka } from 'kafkajs';
        import { setTariff } from './meters';

        export async function main() {
          const consumer = new Kafka({ brokers: ['kafka:9092'] }).consumer({ groupId: 'meters' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              await setTariff(JSON.parse(message.value!.toString()));
            },
          });
        }
      `,
    },
    audit: true,
  },

  {
    title: 'the message only tells which record has changed; its state is read where it lives',
    shared: {
      'src/tickets.ts': `
        import axios from 'axios';
        import { DataSource } from 'typeorm';
        import { Ticket } from './ticket.entity';

        export const source = new DataSource({ type: 'postgres', entities: [Ticket] });

        export const fetchTicket = async (id: string) => (await axios.get('https://tickets.example.com/tickets/' + id, { timeout: 5000 })).data;

        export class Tickets {
          constructor(private readonly source: DataSource) {}

          async mirror(id: string, state: string) {
            await this.source.getRepository(Ticket).update({ id }, { state }); // finds
          }
        }
      `,
      'src/ticket.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Ticket {
          @PrimaryColumn() id!: string;
          @Column() state!: string;
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { source, Tickets } from './tickets';

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) {
            const ticket = JSON.parse(record.body);
            await new Tickets(source).mirror(ticket.id, ticket.state);
          }
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { fetchTicket, source, Tickets } from './tickets';

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) {
            const ticket = await fetchTicket(JSON.parse(record.body).id);
            await new Tickets(source).mirror(ticket.id, ticket.state);
          }
        }
      `,
    },
    audit: true,
  },
]);
