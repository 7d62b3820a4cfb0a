import { twins } from '../support/twins.ts';

const times = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

twins('no-unawaited-effect', [
  {
    title: 'Next.js route starts a write in a repository and answers',
    shared: {
      'lib/visits.ts': `
        import { MongoClient } from 'mongodb';

        const visits = new MongoClient(process.env.MONGO_URL!).db('site').collection('visits');

        export async function recordVisit(path: string): Promise<void> {
          await visits.insertOne({ path });
        }
      `,
    },
    defect: {
      'app/api/visits/route.ts': `
        import { NextRequest, NextResponse } from 'next/server';
        import { recordVisit } from '../../../lib/visits';

        export async function POST(request: NextRequest) {
          const { path } = await request.json();
          recordVisit(path); // finds
          return NextResponse.json({ ok: true });
        }
      `,
    },
    correct: {
      'app/api/visits/route.ts': `
        import { NextRequest, NextResponse } from 'next/server';
        import { recordVisit } from '../../../lib/visits';

        export async function POST(request: NextRequest) {
          const { path } = await request.json();
          await recordVisit(path);
          return NextResponse.json({ ok: true });
        }
      `,
    },
  },

  {
    title: 'Next.js route hands the promise to after',
    shared: {
      'lib/queue.ts': `
        import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

        const sqs = new SQSClient({});

        export const enqueue = (body: object) => sqs.send(new SendMessageCommand({ QueueUrl: process.env.INDEX_URL, MessageBody: JSON.stringify(body) }));
      `,
    },
    defect: {
      'app/api/pages/route.ts': `
        import { NextRequest, NextResponse } from 'next/server';
        import { enqueue } from '../../../lib/queue';

        export async function POST(request: NextRequest) {
          const page = await request.json();
          void enqueue({ page: page.id }); // finds
          return NextResponse.json({ ok: true });
        }
      `,
    },
    correct: {
      'app/api/pages/route.ts': `
        import { after, NextRequest, NextResponse } from 'next/server';
        import { enqueue } from '../../../lib/queue';

        export async function POST(request: NextRequest) {
          const page = await request.json();
          after(enqueue({ page: page.id }));
          return NextResponse.json({ ok: true });
        }
      `,
    },
  },

  {
    title: 'Lambda behind an API writes each item in forEach',
    defect: {
      'src/handler.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
        import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export const handler: APIGatewayProxyHandlerV2 = async (event) => {
          const items: { id: string }[] = JSON.parse(event.body!);
          items.slice(0, 25).forEach(async (item) => { // finds
            await documents.send(new PutCommand({ TableName: 'items', Item: item }));
          });
          return { statusCode: 202 };
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
        import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export const handler: APIGatewayProxyHandlerV2 = async (event) => {
          const items: { id: string }[] = JSON.parse(event.body!);
          await Promise.all(items.slice(0, 25).map(async (item) => {
            await documents.send(new PutCommand({ TableName: 'items', Item: item }));
          }));
          return { statusCode: 202 };
        };
      `,
    },
  },

  {
    title: 'BullMQ worker starts a charge through an injected service',
    shared: {
      'src/queues.ts': `
        import { Queue } from 'bullmq';

        export const renewals = new Queue('renewals', { defaultJobOptions: { attempts: 5 } });
      `,
      'src/payments.service.ts': `
        import Stripe from 'stripe';

        export class PaymentsService {
          constructor(private readonly stripe: Stripe) {}

          async renew(customer: string, key: string) {
            return this.stripe.paymentIntents.create({ customer, amount: 900, currency: 'eur', confirm: true }, { idempotencyKey: key });
          }
        }
      `,
    },
    defect: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import Stripe from 'stripe';
        import { PaymentsService } from './payments.service';
        import './queues';

        const payments = new PaymentsService(new Stripe(process.env.STRIPE_KEY!));

        export const worker = new Worker('renewals', async (job) => {
          payments.renew(job.data.customer, job.id!); // finds
        });
      `,
    },
    correct: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import Stripe from 'stripe';
        import { PaymentsService } from './payments.service';
        import './queues';

        const payments = new PaymentsService(new Stripe(process.env.STRIPE_KEY!));

        export const worker = new Worker('renewals', async (job) => {
          await payments.renew(job.data.customer, job.id!);
        });
      `,
    },
  },

  {
    title: 'Firebase function ends its chain of promises without returning it',
    defect: {
      'src/index.ts': `
        import { onDocumentCreated } from 'firebase-functions/v2/firestore';
        import { getFirestore } from 'firebase-admin/firestore';

        const db = getFirestore();

        export const welcome = onDocumentCreated('members/{id}', (event) => {
          db.collection('greetings').doc(event.params.id).set({ text: 'hello' }).then(() => console.log('greeted')); // finds
        });
      `,
    },
    correct: {
      'src/index.ts': `
        import { onDocumentCreated } from 'firebase-functions/v2/firestore';
        import { getFirestore } from 'firebase-admin/firestore';

        const db = getFirestore();

        export const welcome = onDocumentCreated('members/{id}', (event) => {
          return db.collection('greetings').doc(event.params.id).set({ text: 'hello' }).then(() => console.log('greeted'));
        });
      `,
    },
  },

  {
    title: 'a server on its own machine: the failure ends the process',
    shared: {
      'src/audit.ts': `
        import pg from 'pg';

        const pool = new pg.Pool();

        export async function note(actor: string): Promise<void> {
          await pool.query('INSERT INTO audit (actor) VALUES ($1)', [actor]);
        }
      `,
    },
    defect: {
      'src/server.ts': `
        import express from 'express';
        import { note } from './audit';

        const app = express();

        app.post('/doors/open', async (req, res) => {
          note(req.body.actor); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/server.ts': `
        import express from 'express';
        import { note } from './audit';

        const app = express();

        app.post('/doors/open', async (req, res) => {
          note(req.body.actor).catch((error) => console.error('not noted', error));
          res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'SQS consumer keeps the promise in a list that it awaits; the defect maps and forgets',
    shared: {
      'src/orders.repository.ts': `
        import type { Knex } from 'knex';

        export class OrdersRepository {
          constructor(private readonly knex: Knex) {}

          async close(id: string): Promise<void> {
            await this.knex('orders').where({ id }).update({ state: 'closed' });
          }
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import knex from 'knex';
        import { OrdersRepository } from './orders.repository';

        const orders = new OrdersRepository(knex({ client: 'pg' }));

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) {
            orders.close(JSON.parse(record.body).id); // finds
          }
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import knex from 'knex';
        import { OrdersRepository } from './orders.repository';

        const orders = new OrdersRepository(knex({ client: 'pg' }));

        export async function handler(event: SQSEvent) {
          const closing: Promise<void>[] = [];
          for (const record of event.Records) {
            closing.push(orders.close(JSON.parse(record.body).id));
          }
          await Promise.all(closing);
        }
      `,
    },
  },

  {
    title: 'a helper that is not async gives back the promise that the handler drops',
    shared: {
      'src/uploads.ts': `
        import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export function keep(id: string, text: string) {
          return s3.send(new PutObjectCommand({ Bucket: 'letters', Key: id, Body: text }));
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { keep } from './uploads';

        export const handler: SNSHandler = async (event) => {
          for (const { Sns } of event.Records) {
            keep(Sns.MessageId, Sns.Message); // finds
          }
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { keep } from './uploads';

        export const handler: SNSHandler = async (event) => {
          for (const { Sns } of event.Records) {
            await keep(Sns.MessageId, Sns.Message);
          }
        };
      `,
    },
  },

  {
    title: 'a helper whose promise nobody keeps, against one that puts it into the list of the handler around it',
    defect: {
      'app/api/shelves/route.ts': `
        import { PrismaClient } from '@prisma/client';
        import { NextRequest, NextResponse } from 'next/server';

        const prisma = new PrismaClient();

        export async function POST(request: NextRequest) {
          const { names } = await request.json();

          async function add(name: string) {
            const promise = prisma.shelf.create({ data: { name } });
            await promise;
          }

          for (const name of names) add(name); // finds
          return NextResponse.json({ ok: true });
        }
      `,
    },
    correct: {
      'app/api/shelves/route.ts': `
        import { PrismaClient } from '@prisma/client';
        import { NextRequest, NextResponse } from 'next/server';

        const prisma = new PrismaClient();

        export async function POST(request: NextRequest) {
          const { names } = await request.json();
          const started: Promise<unknown>[] = [];

          async function add(name: string) {
            const promise = (async () => {
              await prisma.shelf.create({ data: { name } });
            })();
            started.push(promise);
          }

          for (const name of names) add(name);
          await Promise.all(started);
          return NextResponse.json({ ok: true });
        }
      `,
    },
  },

  {
    title: 'who handles the failure of what he starts in a Next.js route may mean it so',
    certainty: 'likely',
    defect: {
      'app/api/searches/route.ts': `
        import { PrismaClient } from '@prisma/client';
        import { NextRequest, NextResponse } from 'next/server';

        const prisma = new PrismaClient();

        export async function POST(request: NextRequest) {
          const { words } = await request.json();
          prisma.search.create({ data: { words } }).catch((error: unknown) => console.warn(error)); // finds
          return NextResponse.json({ ok: true });
        }
      `,
    },
    correct: {
      'app/api/searches/route.ts': `
        import { PrismaClient } from '@prisma/client';
        import { NextRequest, NextResponse } from 'next/server';

        const prisma = new PrismaClient();

        export async function POST(request: NextRequest) {
          const { words } = await request.json();
          await prisma.search.create({ data: { words } }).catch((error: unknown) => console.warn(error));
          return NextResponse.json({ ok: true });
        }
      `,
    },
  },

  {
    title: 'a BullMQ worker does not wait for the entry of a Redis stream; one that tells whoever listens at the moment loses nothing that was promised',
    shared: {
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();
      `,
    },
    certainty: 'likely',
    defect: {
      'src/progress.ts': `
        import { Worker } from 'bullmq';
        import { redis } from './redis';

        const report = async (id: string, percent: number) => redis.xadd('progress', '*', 'id', id, 'percent', percent);

        new Worker('render', async (job) => {
          report(job.data.id, 0); // finds
          await redis.set(\`rendered:\${job.data.id}\`, 1);
        });
      `,
    },
    correct: {
      'src/progress.ts': `
        import { Worker } from 'bullmq';
        import { redis } from './redis';

        const report = async (id: string, percent: number) => redis.publish('progress', JSON.stringify({ id, percent }));

        new Worker('render', async (job) => {
          report(job.data.id, 0);
          await redis.set(\`rendered:\${job.data.id}\`, 1);
        });
      `,
    },
  },

  {
    title: 'Express and pg: a function that gives a promise, called as if it took a callback; fixed by callbackify',
    shared: {
      'src/pool.js': `
        import pg from 'pg';

        export const pool = new pg.Pool();
      `,
      'src/orchards.js': `
        import { callbackify } from 'node:util';
        import { pool } from './pool.js';

        async function prune(orchardId) {
          await pool.query('UPDATE orchards SET pruned = now() WHERE id = $1', [orchardId]);
        }

        export const promises = { prune };
        export const callbacks = { prune: callbackify(prune) };
      `,
    },
    defect: {
      'src/app.js': `
        import express from 'express';
        import { promises } from './orchards.js';

        const app = express();
        app.post('/orchards/:id/pruned', (req, res) => {
          promises.prune(req.params.id); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/app.js': `
        import express from 'express';
        import { callbacks } from './orchards.js';

        const app = express();
        app.post('/orchards/:id/pruned', (req, res, next) => {
          callbacks.prune(req.params.id, (error) => {
            if (error) return next(error);
            res.sendStatus(204);
          });
        });
      `,
    },
  },

  {
    title: 'Express and ioredis: a client that tells its callback of the failure, or nobody',
    shared: {
      'src/redis.js': `
        import { Redis } from 'ioredis';

        export const redis = new Redis(process.env.REDIS_URL);
      `,
    },
    defect: {
      'src/app.js': `
        import express from 'express';
        import { redis } from './redis.js';

        const app = express();
        const open = (gateId) => redis.set(gateId, 'open');
        app.post('/gates/:id/open', (req, res) => {
          open(req.params.id); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/app.js': `
        import express from 'express';
        import { redis } from './redis.js';

        const app = express();
        const open = (gateId, done) => redis.set(gateId, 'open', (error) => done(error));
        app.post('/gates/:id/open', (req, res, next) => {
          open(req.params.id, (error) => (error ? next(error) : res.sendStatus(204)));
        });
      `,
    },
  },

  {
    title: 'NestJS: what one request leaves out of its body, the next may bring',
    shared: {
      'src/reminders/reminder.dto.ts': `
        export class ReminderDto {
          text!: string;
          channel?: string;
        }
      `,
    },
    defect: {
      'src/reminders/reminders.controller.ts': `
        import { Body, Controller, Post } from '@nestjs/common';
        import { InjectQueue } from '@nestjs/bull';
        import { Queue } from 'bull';
        import { ReminderDto } from './reminder.dto';

        @Controller('reminders')
        export class RemindersController {
          constructor(@InjectQueue('reminders') private readonly reminders: Queue) {}

          @Post()
          remind(@Body() reminder: ReminderDto) {
            const channel = reminder.channel;
            delete reminder.channel;
            if (channel) this.reminders.add('remind', { ...reminder, channel }); // finds
            return { accepted: true };
          }
        }
      `,
    },
    correct: {
      'src/reminders/reminders.controller.ts': `
        import { Body, Controller, Post } from '@nestjs/common';
        import { InjectQueue } from '@nestjs/bull';
        import { Queue } from 'bull';
        import { ReminderDto } from './reminder.dto';

        @Controller('reminders')
        export class RemindersController {
          constructor(@InjectQueue('reminders') private readonly reminders: Queue) {}

          @Post()
          async remind(@Body() reminder: ReminderDto) {
            const channel = reminder.channel;
            delete reminder.channel;
            if (channel) await this.reminders.add('remind', { ...reminder, channel });
            return { accepted: true };
          }
        }
      `,
    },
  },

  {
    title: 'a statement of a transaction that nobody waits for (Knex), in what a constructor starts when it is told to; fixed by waiting',
    shared: {
      'tides.ts': `
        import type { Knex } from 'knex';

        export async function note(trx: Knex.Transaction, gaugeId: string, level: number): Promise<void> {
          await trx.from('gauges').where({ id: gaugeId }).update({ level });
        }
      `,
    },
    defect: {
      'reader.ts': `
        import type { MessagePort } from 'node:worker_threads';
        import type { Knex } from 'knex';
        import { note } from './tides';

        export class Reader {
          constructor(port: MessagePort, private readonly db: Knex) {
            port.on('message', async (message) => {
              await this.read(message);
            });
          }

          async read(levels: { gaugeId: string; level: number }[]) {
            await this.db.transaction(async (trx) => {
              for (const { gaugeId, level } of levels) {
                await trx.from('readings').insert({ gauge_id: gaugeId, level });
                note(trx, gaugeId, level); // finds
              }
            });
          }
        }
      `,
    },
    correct: {
      'reader.ts': `
        import type { MessagePort } from 'node:worker_threads';
        import type { Knex } from 'knex';
        import { note } from './tides';

        export class Reader {
          constructor(port: MessagePort, private readonly db: Knex) {
            port.on('message', async (message) => {
              await this.read(message);
            });
          }

          async read(levels: { gaugeId: string; level: number }[]) {
            await this.db.transaction(async (trx) => {
              for (const { gaugeId, level } of levels) {
                await trx.from('readings').insert({ gauge_id: gaugeId, level });
                await note(trx, gaugeId, level);
              }
            });
          }
        }
      `,
    },
  },

  {
    title: 'a statement between the begin and the commit of a Sequelize transaction that the model gives, not waited for; one after the commit is no part of it',
    defect: {
      'ledger.ts': `
        import { Model } from 'sequelize';

        export class Entry extends Model {}

        export async function book(entries: { account: string; amount: number }[]) {
          const transaction = await Entry.sequelize!.transaction();
          await Entry.bulkCreate(entries, { transaction });
          Entry.update({ booked: true }, { where: { account: entries[0]!.account }, transaction }); // finds
          await transaction.commit();
        }
      `,
    },
    correct: {
      'ledger.ts': `
        import { Model } from 'sequelize';

        export class Entry extends Model {}

        export async function book(entries: { account: string; amount: number }[]) {
          const transaction = await Entry.sequelize!.transaction();
          await Entry.bulkCreate(entries, { transaction });
          await transaction.commit();
          Entry.update({ booked: true }, { where: { account: entries[0]!.account } });
        }
      `,
    },
  },

  {
    title: 'a mail through a method that makes a promise of a callback, dropped by a Next.js route; fixed by waiting for it',
    shared: {
      'mailer.ts': `
        import nodemailer from 'nodemailer';

        export class Mailer {
          private readonly transport = nodemailer.createTransport({ host: 'mail.example' });

          send(to: string, subject: string): Promise<string> {
            return new Promise((resolve, reject) => {
              this.transport.sendMail({ to, subject }, (error, info) => (error ? reject(error) : resolve(info.messageId)));
            });
          }
        }
      `,
    },
    defect: {
      'app/api/enquiries/route.ts': `
        import { Mailer } from '../../../mailer';

        const mailer = new Mailer();

        export async function POST(request: Request) {
          const { email } = await request.json();
          mailer.send(email, 'Thank you'); // finds
          return Response.json({ ok: true });
        }
      `,
    },
    correct: {
      'app/api/enquiries/route.ts': `
        import { Mailer } from '../../../mailer';

        const mailer = new Mailer();

        export async function POST(request: Request) {
          const { email } = await request.json();
          await mailer.send(email, 'Thank you');
          return Response.json({ ok: true });
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'Fastify and BullMQ: what comes after much that is only logged is seen as well, and so is a callback of what did nothing before',
    shared: {
      'src/log.ts': `
        const line = (text: string) => '[prints] ' + text;

        export function log(text: string): void {
        ${times(100, () => '  console.info(line(text));')}
        }

        export function step(name: string, done?: () => void): void {
          if (done !== undefined) done();
        }
      `,
    },
    defect: {
      'src/prints.ts': `
        import { Queue } from 'bullmq';
        import Fastify from 'fastify';
        import { log, step } from './log';

        const prints = new Queue('prints');
        const app = Fastify();

        app.post('/prints', (request, reply) => {
        ${times(120, (i) => `  log('step ${i}');`)}
        ${times(5, (i) => `  step('step ${i}');`)}
          step('print', () => {
            prints.add('print', request.body); // finds
          });
          reply.send({ accepted: true });
        });
      `,
    },
    correct: {
      'src/prints.ts': `
        import { Queue } from 'bullmq';
        import Fastify from 'fastify';
        import { log, step } from './log';

        const prints = new Queue('prints');
        const app = Fastify();

        app.post('/prints', async (request, reply) => {
        ${times(120, (i) => `  log('step ${i}');`)}
        ${times(5, (i) => `  step('step ${i}');`)}
          await prints.add('print', request.body);
          step('print', () => {
            log('print');
          });
          reply.send({ accepted: true });
        });
      `,
    },
  },

  {
    title: 'Express and Prisma: the second callback of then hears of a failure, be it in view or not',
    shared: {
      'src/gates.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export const open = (id: string) => prisma.gate.update({ where: { id }, data: { open: true } });
      `,
    },
    defect: {
      'src/app.ts': `
        import express from 'express';
        import { open } from './gates';

        const app = express();
        app.post('/gates/:id', (req, res) => {
          open(req.params.id).then(() => res.sendStatus(204)); // finds
        });
        app.post('/locks/:id', (req, res) => {
          open(req.params.id).then(() => res.sendStatus(204), undefined); // finds
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { open } from './gates';

        const app = express();
        app.post('/gates/:id', (req, res, next) => {
          open(req.params.id).then(() => res.sendStatus(204), next);
        });
        app.post('/locks/:id', (req, res, next) => {
          open(req.params.id).then(() => res.sendStatus(204), (error) => next(error));
        });
      `,
    },
  },

  {
    title: 'a try around a call that nobody waits for hears nothing of its failure, and a function that throws on hears it in vain; fixed by waiting',
    certainty: 'likely',
    shared: {
      'src/heralds.ts': `
        import superagent from 'superagent';

        export async function proclaim(town: string, text: string): Promise<void> {
          try {
            await superagent.post('https://heralds.example/' + town).send({ text });
          } catch (error) {
            console.error(town, error);
            throw error;
          }
        }
      `,
    },
    defect: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import { proclaim } from './heralds';

        new Worker('edicts', async (job) => {
          try {
            proclaim(job.data.town, job.data.text); // finds
          } catch (error) {
            console.error(error);
          }
        });
      `,
    },
    correct: {
      'src/worker.ts': `
        import { Worker } from 'bullmq';
        import { proclaim } from './heralds';

        new Worker('edicts', async (job) => {
          try {
            await proclaim(job.data.town, job.data.text);
          } catch (error) {
            console.error(error);
            throw error;
          }
        });
      `,
    },
  },
]);
