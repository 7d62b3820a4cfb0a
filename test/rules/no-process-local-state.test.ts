import { twins } from '../support/twins.ts';

const prisma = { 'src/prisma.ts': `
  import { PrismaClient } from '@prisma/client';

  export const prisma = new PrismaClient();
` };

twins('no-process-local-state', [
  {
    title: 'node-cron and Resend: the weekly mail goes out from each replica; fixed by a marker in Redis',
    certainty: 'likely',
    shared: {
      'src/mails.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_KEY);

        export const mailWeekly = (to: string) => resend.emails.send({ from: 'us@example.com', to, subject: 'Your week', html: '' });
      `,
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();
      `,
    },
    defect: {
      'src/weekly.ts': `
        import cron from 'node-cron';
        import { mailWeekly } from './mails';

        cron.schedule('0 8 * * 1', async () => {
          await mailWeekly('team@example.com'); // finds
        });
      `,
    },
    correct: {
      'src/weekly.ts': `
        import cron from 'node-cron';
        import { mailWeekly } from './mails';
        import { redis } from './redis';

        cron.schedule('0 8 * * 1', async () => {
          const first = await redis.set('weekly', '1', 'EX', 3600, 'NX');
          if (first === null) return;
          await mailWeekly('team@example.com');
        });
      `,
    },
  },

  {
    title: 'NestJS: a flag keeps one process from overlapping, not several; fixed by a lock that all share',
    certainty: 'likely',
    shared: {
      ...prisma,
      'src/lock.ts': `
        import Redis from 'ioredis';
        import Redlock from 'redlock';

        export const redlock = new Redlock([new Redis()]);
      `,
    },
    defect: {
      'src/interest.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { Cron } from '@nestjs/schedule';
        import { prisma } from './prisma';

        @Injectable()
        export class InterestService {
          private running = false;

          @Cron('0 0 * * *')
          async addInterest() {
            if (this.running) return;
            this.running = true;
            try {
              await prisma.account.updateMany({ where: { kind: 'savings' }, data: { cents: { increment: 1 } } }); // finds
            } finally {
              this.running = false;
            }
          }
        }
      `,
    },
    correct: {
      'src/interest.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { Cron } from '@nestjs/schedule';
        import { redlock } from './lock';
        import { prisma } from './prisma';

        @Injectable()
        export class InterestService {
          @Cron('0 0 * * *')
          async addInterest() {
            await redlock.using(['interest'], 60_000, async () => {
              await prisma.account.updateMany({ where: { kind: 'savings' }, data: { cents: { increment: 1 } } });
            });
          }
        }
      `,
    },
  },

  {
    title: 'setInterval and BullMQ: each replica enqueues; fixed by a job id',
    certainty: 'likely',
    shared: {
      'src/queue.ts': `
        import { Queue } from 'bullmq';

        export const reports = new Queue('reports');
      `,
    },
    defect: {
      'src/start.ts': `
        import { reports } from './queue';

        export function start() {
          setInterval(async () => { // finds
            await reports.add('hourly', {});
          }, 3_600_000);
        }
      `,
    },
    correct: {
      'src/start.ts': `
        import { reports } from './queue';

        export function start(hour: () => string) {
          setInterval(async () => {
            await reports.add('hourly', {}, { jobId: \`hourly-\${hour()}\` });
          }, 3_600_000);
        }
      `,
    },
  },

  {
    title: 'Express: webhooks are told apart by a set in memory; fixed by a row with a unique key',
    certainty: 'likely',
    shared: {
      ...prisma,
      'prisma/schema.prisma': `
        model Delivery {
          id String @id
        }

        model Payout {
          id    String @id @default(cuid())
          cents Int
        }
      `,
    },
    defect: {
      'src/app.ts': `
        import express from 'express';
        import { prisma } from './prisma';

        const app = express();
        const seen = new Set<string>();

        app.post('/hooks', async (req, res) => {
          if (seen.has(req.body.id)) return res.sendStatus(200);
          seen.add(req.body.id);
          await prisma.payout.create({ data: { cents: req.body.cents } }); // finds
          res.sendStatus(200);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { prisma } from './prisma';

        const app = express();

        app.post('/hooks', async (req, res) => {
          const known = await prisma.delivery.findUnique({ where: { id: req.body.id } });
          if (known) return res.sendStatus(200);
          await prisma.$transaction([prisma.delivery.create({ data: { id: req.body.id } }), prisma.payout.create({ data: { cents: req.body.cents } })]);
          res.sendStatus(200);
        });
      `,
    },
  },

  {
    title: 'Kafka: a consumer remembers in a service of its own; fixed by an insert that ignores what is there',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/db.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
      'src/consumer.ts': `
        import { Kafka } from 'kafkajs';
        import { Points } from './points';

        const consumer = new Kafka({ brokers: [] }).consumer({ groupId: 'points' });
        const points = new Points();

        export async function start() {
          await consumer.run({ eachMessage: async ({ message }) => points.award(JSON.parse(String(message.value))) });
        }
      `,
    },
    defect: {
      'src/points.ts': `
        import { db } from './db';

        export class Points {
          private readonly awarded = new Map<string, number>();

          async award(event: { id: string; user: string }) {
            if (this.awarded.has(event.id)) return;
            this.awarded.set(event.id, Date.now());
            await db('points').insert({ user: event.user, amount: 10 }); // finds
          }
        }
      `,
    },
    correct: {
      'src/points.ts': `
        import { db } from './db';

        export class Points {
          private readonly awarded = new Map<string, number>();

          async award(event: { id: string; user: string }) {
            if (this.awarded.has(event.id)) return;
            this.awarded.set(event.id, Date.now());
            await db('points').insert({ event_id: event.id, user: event.user, amount: 10 }).onConflict('event_id').ignore();
          }
        }
      `,
    },
  },

  {
    title: 'Fastify: logins are counted in a map; fixed by counting in Redis',
    certainty: 'likely',
    shared: {
      ...prisma,
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();
      `,
    },
    defect: {
      'src/limit.ts': `
        const attempts = new Map<string, number>();

        export function tooMany(name: string) {
          const count = attempts.get(name) ?? 0;
          attempts.set(name, count + 1);
          return count > 5;
        }
      `,
      'src/login.ts': `
        import fastify from 'fastify';
        import { tooMany } from './limit';
        import { prisma } from './prisma';

        const app = fastify();
        app.post('/login', async (request, reply) => {
          const { name } = request.body as { name: string };
          if (tooMany(name)) return reply.code(429).send(); // finds
          return prisma.user.findUnique({ where: { name } });
        });
      `,
    },
    correct: {
      'src/limit.ts': `
        import { redis } from './redis';

        export async function tooMany(name: string) {
          const count = await redis.incr(\`attempts:\${name}\`);
          if (count === 1) await redis.expire(\`attempts:\${name}\`, 600);
          return count > 5;
        }
      `,
      'src/login.ts': `
        import fastify from 'fastify';
        import { tooMany } from './limit';
        import { prisma } from './prisma';

        const app = fastify();
        app.post('/login', async (request, reply) => {
          const { name } = request.body as { name: string };
          if (await tooMany(name)) return reply.code(429).send();
          return prisma.user.findUnique({ where: { name } });
        });
      `,
    },
  },

  {
    title: 'rate-limiter-flexible: counted in the process; fixed by its Redis class',
    certainty: 'likely',
    shared: {
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();
      `,
    },
    defect: {
      'src/limiter.ts': `
        import { RateLimiterMemory } from 'rate-limiter-flexible';

        export const limiter = new RateLimiterMemory({ points: 5, duration: 60 });
      `,
      'src/app.ts': `
        import express from 'express';
        import { limiter } from './limiter';

        const app = express();
        app.post('/codes', async (req, res) => {
          await limiter.consume(req.ip); // finds
          res.sendStatus(200);
        });
      `,
    },
    correct: {
      'src/limiter.ts': `
        import { RateLimiterRedis } from 'rate-limiter-flexible';
        import { redis } from './redis';

        export const limiter = new RateLimiterRedis({ storeClient: redis, points: 5, duration: 60 });
      `,
      'src/app.ts': `
        import express from 'express';
        import { limiter } from './limiter';

        const app = express();
        app.post('/codes', async (req, res) => {
          await limiter.consume(req.ip);
          res.sendStatus(200);
        });
      `,
    },
  },

  {
    title: 'SQS: a lock in memory; a cache of what was fetched is none',
    certainty: 'likely',
    shared: {
      'src/items.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});

        export const addEntry = (account: string) => sns.send(new PublishCommand({ TopicArn: 'arn:entries', Message: account }));
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { addEntry } from './items';

        const busy = new Set<string>();

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) {
            if (busy.has(record.body)) continue;
            busy.add(record.body);
            await addEntry(record.body); // finds
            busy.delete(record.body);
          }
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSEvent } from 'aws-lambda';
        import { addEntry } from './items';

        const names = new Map<string, string>();

        async function nameOf(id: string) {
          const known = names.get(id);
          if (known !== undefined) return known;
          const response = await fetch(\`https://names.example.com/\${id}\`);
          const name = await response.text();
          names.set(id, name);
          return name;
        }

        export async function handler(event: SQSEvent) {
          for (const record of event.Records) await addEntry(await nameOf(record.body));
        }
      `,
    },
  },

  {
    title: 'a timer of the process that tells the office; one that waits for what its own request has ordered',
    certainty: 'likely',
    shared: {
      'src/clients.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Resend } from 'resend';

        export const prisma = new PrismaClient();
        export const resend = new Resend(process.env.RESEND_API_KEY);
      `,
    },
    defect: {
      'src/prints.ts': `
        import { prisma, resend } from './clients';

        export async function watchPrints() {
          setInterval(async () => { // finds
            const waiting = await prisma.print.count({ where: { state: 'waiting' } });
            if (waiting > 100) await resend.emails.send({ from: 'prints@example.com', to: 'office@example.com', subject: 'Many prints wait', text: String(waiting) });
          }, 60_000);
        }
      `,
    },
    correct: {
      'src/prints.ts': `
        import { prisma, resend } from './clients';

        export async function print(file: string, to: string) {
          const print = await prisma.print.create({ data: { file, to } });
          const timer = setInterval(async () => {
            const { state } = await prisma.print.findUniqueOrThrow({ where: { id: print.id } });
            if (state !== 'done') return;
            clearInterval(timer);
            await resend.emails.send({ from: 'prints@example.com', to: print.to, subject: 'Printed', text: print.file });
          }, 1000);
        }
      `,
    },
  },

  {
    title: 'Kubernetes says that three run, or one',
    shared: {
      'package.json': '{ "workspaces": ["services/*"] }',
      'services/tides/package.json': '{ "name": "@harbour/tides" }',
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' }); // finds
        });
      `,
    },
    defect: {
      'deploy/tides.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: tides
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: main
          image: registry.example.com/harbour/tides:1.4
`,
    },
    correct: {
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' });
        });
      `,
      'deploy/tides.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: tides
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: main
          image: registry.example.com/harbour/tides:1.4
`,
    },
  },

  {
    title: 'an autoscaler goes up to eight; without it, one runs',
    shared: {
      'package.json': '{ "workspaces": ["services/*"] }',
      'services/tides/package.json': '{ "name": "@harbour/tides" }',
      'deploy/tides.yaml': `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: tides
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: main
          image: registry.example.com/harbour/tides:1.4
`,
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' }); // finds
        });
      `,
    },
    defect: {
      'deploy/scaling.yaml': `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: tides
spec:
  scaleTargetRef:
    kind: Deployment
    name: tides
  minReplicas: 1
  maxReplicas: 8
`,
    },
    correct: {
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' });
        });
      `,
      'deploy/scaling.yaml': `
# Not scaled yet.
`,
    },
  },

  {
    title: 'Compose says that two run, or one',
    shared: {
      'package.json': '{ "workspaces": ["services/*"] }',
      'services/tides/package.json': '{ "name": "@harbour/tides" }',
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' }); // finds
        });
      `,
    },
    defect: {
      'compose.yaml': `
services:
  web:
    build: ./services/tides
    deploy:
      replicas: 2
`,
    },
    correct: {
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' });
        });
      `,
      'compose.yaml': `
services:
  web:
    build: ./services/tides
    deploy:
      replicas: 1
`,
    },
  },

  {
    title: 'PM2 runs one on each processor, or one',
    shared: {
      'package.json': '{ "workspaces": ["services/*"] }',
      'services/tides/package.json': '{ "name": "@harbour/tides" }',
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' }); // finds
        });
      `,
    },
    defect: {
      'services/tides/ecosystem.config.js': `
        module.exports = { apps: [{ name: 'daily', script: 'dist/daily.js', instances: 'max', exec_mode: 'cluster' }] };
      `,
    },
    correct: {
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' });
        });
      `,
      'services/tides/ecosystem.config.js': `
        module.exports = { apps: [{ name: 'daily', script: 'dist/daily.js', instances: 1 }] };
      `,
    },
  },

  {
    title: 'PM2 runs four, or one, by a file in JSON',
    shared: {
      'package.json': '{ "workspaces": ["services/*"] }',
      'services/tides/package.json': '{ "name": "@harbour/tides" }',
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' }); // finds
        });
      `,
    },
    defect: {
      'services/tides/ecosystem.config.json': `
        { "apps": [{ "name": "daily", "script": "dist/daily.js", "instances": 4 }] }
      `,
    },
    correct: {
      'services/tides/src/daily.ts': `
        import cron from 'node-cron';
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        cron.schedule('0 6 * * *', async () => {
          await resend.emails.send({ from: 'tides@example.com', to: 'crew@example.com', subject: 'Tides of the day', html: '' });
        });
      `,
      'services/tides/ecosystem.config.json': `
        { "apps": [{ "name": "daily", "script": "dist/daily.js", "instances": 1 }] }
      `,
    },
  },

  {
    title: 'Express: deliveries are told apart by an LRU cache; fixed by a row with a unique key',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import { Pool } from 'pg';

        export const db = new Pool();
      `,
    },
    defect: {
      'src/hooks.ts': `
        import express from 'express';
        import { LRUCache } from 'lru-cache';
        import { db } from './db';

        const app = express();
        const seen = new LRUCache<string, true>({ max: 1000 });

        app.post('/hooks', async (req, res) => {
          const { id, account, amount } = req.body;
          if (seen.has(id)) {
            res.sendStatus(200);
            return;
          }
          seen.set(id, true);
          await db.query('INSERT INTO credits (account, amount) VALUES ($1, $2)', [account, amount]); // finds
          res.sendStatus(200);
        });
      `,
    },
    correct: {
      'src/hooks.ts': `
        import express from 'express';
        import { db } from './db';

        const app = express();

        app.post('/hooks', async (req, res) => {
          const { id, account, amount } = req.body;
          await db.query('INSERT INTO credits (hook_id, account, amount) VALUES ($1, $2, $3) ON CONFLICT (hook_id) DO NOTHING', [id, account, amount]);
          res.sendStatus(200);
        });
      `,
    },
  },
]);
