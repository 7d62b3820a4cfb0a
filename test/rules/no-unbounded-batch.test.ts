import { twins } from '../support/twins.ts';

const dynamo = {
  'src/articles.ts': `
    import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
    import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

    const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

    export async function articlesBySlug(slugs: readonly string[]) {
      const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { articles: { Keys: slugs.map((slug) => ({ slug })) } } }));
      return Responses?.articles ?? [];
    }
  `,
};

const files = {
  'src/files.ts': `
    import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';

    const s3 = new S3Client({});

    export async function removeFiles(keys: string[]) {
      const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'uploads', Delete: { Objects: keys.map((Key) => ({ Key })) } }));
      if (Errors !== undefined && Errors.length > 0) throw new Error(Errors[0]!.Message);
    }
  `,
};

twins('no-unbounded-batch', [
  {
    title: 'every event of a request in one SQS batch; fixed by a maximum in the zod schema',
    defect: {
      'server.ts': `
        import express from 'express';
        import { z } from 'zod';
        import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';

        const sqs = new SQSClient({});
        const Body = z.object({ events: z.array(z.object({ id: z.string(), name: z.string() })).min(1) });
        const app = express();

        app.post('/events', async (req, res) => {
          const { events } = Body.parse(req.body);
          const Entries = events.map((event) => ({ Id: event.id, MessageBody: JSON.stringify(event) }));
          const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env.QUEUE_URL, Entries })); // finds
          res.json({ failed: Failed ?? [] });
        });
      `,
    },
    correct: {
      'server.ts': `
        import express from 'express';
        import { z } from 'zod';
        import { SQSClient, SendMessageBatchCommand } from '@aws-sdk/client-sqs';

        const sqs = new SQSClient({});
        const Body = z.object({ events: z.array(z.object({ id: z.string(), name: z.string() })).min(1).max(10) });
        const app = express();

        app.post('/events', async (req, res) => {
          const { events } = Body.parse(req.body);
          const Entries = events.map((event) => ({ Id: event.id, MessageBody: JSON.stringify(event) }));
          const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env.QUEUE_URL, Entries }));
          res.json({ failed: Failed ?? [] });
        });
      `,
    },
  },

  {
    title: 'a zod maximum above what SNS takes; the same maximum as SNS has',
    defect: {
      'server.ts': `
        import express from 'express';
        import { z } from 'zod';
        import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});
        const Body = z.object({ alerts: z.array(z.string()).max(50) });
        const app = express();

        app.post('/alerts', async (req, res) => {
          const { alerts } = Body.parse(req.body);
          const { Failed } = await sns.send(new PublishBatchCommand({ TopicArn: 'alerts', PublishBatchRequestEntries: alerts.map((Message, i) => ({ Id: String(i), Message })) })); // finds
          res.json({ failed: Failed });
        });
      `,
    },
    correct: {
      'server.ts': `
        import express from 'express';
        import { z } from 'zod';
        import { PublishBatchCommand, SNSClient } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});
        const Body = z.object({ alerts: z.array(z.string()).max(10) });
        const app = express();

        app.post('/alerts', async (req, res) => {
          const { alerts } = Body.parse(req.body);
          const { Failed } = await sns.send(new PublishBatchCommand({ TopicArn: 'alerts', PublishBatchRequestEntries: alerts.map((Message, i) => ({ Id: String(i), Message })) }));
          res.json({ failed: Failed });
        });
      `,
    },
  },

  {
    title: 'a caller hands every slug of a query to a DynamoDB helper; fixed by a slice loop in the caller',
    shared: dynamo,
    defect: {
      'src/feed.ts': `
        import { PrismaClient } from '@prisma/client';
        import { articlesBySlug } from './articles';

        const prisma = new PrismaClient();

        export async function feedOf(userId: string) {
          const saved = await prisma.savedArticle.findMany({ where: { userId } });
          return articlesBySlug(saved.map((row) => row.slug)); // finds
        }
      `,
    },
    correct: {
      'src/feed.ts': `
        import { PrismaClient } from '@prisma/client';
        import { articlesBySlug } from './articles';

        const prisma = new PrismaClient();
        const MAX_KEYS = 100;

        export async function feedOf(userId: string) {
          const saved = await prisma.savedArticle.findMany({ where: { userId } });
          const slugs = saved.map((row) => row.slug);
          const articles: unknown[] = [];
          for (let i = 0; i < slugs.length; i += MAX_KEYS) articles.push(...(await articlesBySlug(slugs.slice(i, i + MAX_KEYS))));
          return articles;
        }
      `,
    },
  },

  {
    title: 'DynamoDB keys cut into hundreds; into two hundreds',
    shared: dynamo,
    defect: {
      'src/feed.ts': `
        import { PrismaClient } from '@prisma/client';
        import { articlesBySlug } from './articles';

        const prisma = new PrismaClient();
        const PAGE = 200;

        export async function feedOf(userId: string) {
          const saved = await prisma.savedArticle.findMany({ where: { userId }, orderBy: { id: 'asc' }, take: PAGE });
          return articlesBySlug(saved.map((row) => row.slug)); // finds
        }
      `,
    },
    correct: {
      'src/feed.ts': `
        import { PrismaClient } from '@prisma/client';
        import { articlesBySlug } from './articles';

        const prisma = new PrismaClient();
        const PAGE = 100;

        export async function feedOf(userId: string) {
          const saved = await prisma.savedArticle.findMany({ where: { userId }, orderBy: { id: 'asc' }, take: PAGE });
          return articlesBySlug(saved.map((row) => row.slug));
        }
      `,
    },
  },

  {
    title: 'S3 objects of all drafts deleted in one call; fixed by lodash chunks',
    shared: files,
    defect: {
      'src/drafts.ts': `
        import { Pool } from 'pg';
        import { removeFiles } from './files';

        const pool = new Pool();

        export async function dropDrafts() {
          const { rows } = await pool.query("SELECT key FROM drafts WHERE state = 'old'");
          await removeFiles(rows.map((row) => row.key)); // finds
        }
      `,
    },
    correct: {
      'src/drafts.ts': `
        import { chunk } from 'lodash';
        import { Pool } from 'pg';
        import { removeFiles } from './files';

        const pool = new Pool();

        export async function dropDrafts() {
          const { rows } = await pool.query("SELECT key FROM drafts WHERE state = 'old'");
          for (const part of chunk(rows, 1000)) await removeFiles(part.map((row) => row.key));
        }
      `,
    },
  },

  {
    title: 'S3 objects of a project in one call; fixed by a helper of the project that cuts lists',
    shared: {
      ...files,
      'src/lists.ts': `
        export function* inParts<T>(list: readonly T[], size: number): Generator<T[]> {
          for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
        }
      `,
    },
    defect: {
      'src/projects.ts': `
        import { PrismaClient } from '@prisma/client';
        import { removeFiles } from './files';

        const prisma = new PrismaClient();

        export async function dropProject(projectId: string) {
          const uploads = await prisma.upload.findMany({ where: { projectId } });
          await removeFiles(uploads.map((upload) => upload.key)); // finds
        }
      `,
    },
    correct: {
      'src/projects.ts': `
        import { PrismaClient } from '@prisma/client';
        import { removeFiles } from './files';
        import { inParts } from './lists';

        const prisma = new PrismaClient();

        export async function dropProject(projectId: string) {
          const uploads = await prisma.upload.findMany({ where: { projectId } });
          for (const part of inParts(uploads, 1000)) await removeFiles(part.map((upload) => upload.key));
        }
      `,
    },
  },

  {
    title: 'EventBridge entries gathered in a loop; flushed whenever there are ten',
    defect: {
      'import.ts': `
        import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
        import knex from 'knex';

        const db = knex({ client: 'pg' });
        const bus = new EventBridgeClient({});

        async function put(entries: { DetailType: string; Detail: string }[]) {
          const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries: entries }));
          if (FailedEntryCount) throw new Error('events were refused');
        }

        export async function announce() {
          const orders = await db('orders').where({ announced: false });
          const entries = [];
          for (const order of orders) entries.push({ DetailType: 'order.placed', Detail: JSON.stringify({ id: order.id }) });
          await put(entries); // finds
        }
      `,
    },
    correct: {
      'import.ts': `
        import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
        import knex from 'knex';

        const db = knex({ client: 'pg' });
        const bus = new EventBridgeClient({});

        async function put(entries: { DetailType: string; Detail: string }[]) {
          const { FailedEntryCount } = await bus.send(new PutEventsCommand({ Entries: entries }));
          if (FailedEntryCount) throw new Error('events were refused');
        }

        export async function announce() {
          const orders = await db('orders').where({ announced: false });
          let entries = [];
          for (const order of orders) {
            entries.push({ DetailType: 'order.placed', Detail: JSON.stringify({ id: order.id }) });
            if (entries.length === 10) {
              await put(entries);
              entries = [];
            }
          }
          if (entries.length > 0) await put(entries);
        }
      `,
    },
  },

  {
    title: 'a mail for every subscriber in one Resend batch, through an injected service; fixed by a limit in the query',
    shared: {
      'src/mail.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { Resend } from 'resend';

        @Injectable()
        export class MailService {
          private readonly resend = new Resend(process.env.RESEND_API_KEY);

          async sendAll(mails: { from: string; to: string; subject: string; text: string }[]) {
            const { error } = await this.resend.batch.send(mails);
            if (error) throw new Error(error.message);
          }
        }
      `,
      'src/subscriber.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Subscriber {
          @PrimaryGeneratedColumn() id!: number;
          @Column() email!: string;
          @Column() welcomed!: boolean;
        }
      `,
    },
    defect: {
      'src/welcome.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Cron } from '@nestjs/schedule';
        import { Repository } from 'typeorm';
        import { MailService } from './mail.service';
        import { Subscriber } from './subscriber.entity';

        @Injectable()
        export class WelcomeService {
          constructor(@InjectRepository(Subscriber) private readonly subscribers: Repository<Subscriber>, private readonly mail: MailService) {}

          @Cron('*/5 * * * *')
          async welcome() {
            const fresh = await this.subscribers.find({ where: { welcomed: false } });
            await this.mail.sendAll(fresh.map(({ email }) => ({ from: 'team@example.com', to: email, subject: 'Welcome', text: 'Hello' }))); // finds
          }
        }
      `,
    },
    correct: {
      'src/welcome.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Cron } from '@nestjs/schedule';
        import { Repository } from 'typeorm';
        import { MailService } from './mail.service';
        import { Subscriber } from './subscriber.entity';

        @Injectable()
        export class WelcomeService {
          constructor(@InjectRepository(Subscriber) private readonly subscribers: Repository<Subscriber>, private readonly mail: MailService) {}

          @Cron('*/5 * * * *')
          async welcome() {
            const fresh = await this.subscribers.find({ where: { welcomed: false }, order: { id: 'ASC' }, take: 100 });
            await this.mail.sendAll(fresh.map(({ email }) => ({ from: 'team@example.com', to: email, subject: 'Welcome', text: 'Hello' })));
          }
        }
      `,
    },
  },

  {
    title: 'knex inserts ten thousand rows of eight columns at once; five thousand',
    defect: {
      'import.ts': `
        import express from 'express';
        import knex from 'knex';
        import { z } from 'zod';

        const db = knex({ client: 'pg' });
        const Body = z.object({ readings: z.array(z.object({ at: z.string(), value: z.number() })).max(10_000) });
        const app = express();

        app.post('/readings', async (req, res) => {
          const { readings } = Body.parse(req.body);
          const rows = readings.map((reading) => ({ at: reading.at, value: reading.value, unit: 'kWh', meter: req.query.meter, site: 'main', source: 'import', state: 'raw', batch: 1 }));
          await db('readings').insert(rows); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'import.ts': `
        import express from 'express';
        import knex from 'knex';
        import { z } from 'zod';

        const db = knex({ client: 'pg' });
        const Body = z.object({ readings: z.array(z.object({ at: z.string(), value: z.number() })).max(5_000) });
        const app = express();

        app.post('/readings', async (req, res) => {
          const { readings } = Body.parse(req.body);
          const rows = readings.map((reading) => ({ at: reading.at, value: reading.value, unit: 'kWh', meter: req.query.meter, site: 'main', source: 'import', state: 'raw', batch: 1 }));
          await db('readings').insert(rows);
          res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'Prisma deletes all links of a workspace by a list of ids; the same helper, called per chunk',
    shared: {
      'src/delete-links.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function deleteLinks(ids: string[]) {
          const { count } = await prisma.link.deleteMany({ where: { id: { in: ids } } });
          return count;
        }
      `,
    },
    defect: {
      'src/workspace.ts': `
        import { deleteLinks, prisma } from './delete-links';

        export async function dropWorkspace(workspaceId: string) {
          const links = await prisma.link.findMany({ where: { workspaceId }, select: { id: true } });
          return deleteLinks(links.map((link) => link.id)); // finds
        }
      `,
    },
    correct: {
      'src/workspace.ts': `
        import { chunk } from 'es-toolkit';
        import { deleteLinks, prisma } from './delete-links';

        export async function dropWorkspace(workspaceId: string) {
          const links = await prisma.link.findMany({ where: { workspaceId }, select: { id: true } });
          let count = 0;
          for (const part of chunk(links, 100)) count += await deleteLinks(part.map((link) => link.id));
          return count;
        }
      `,
    },
  },

  {
    title: 'a Firestore `in` condition over the ids of a callable; fixed by a test of their number',
    defect: {
      'functions.ts': `
        import express from 'express';
        import { getFirestore } from 'firebase-admin/firestore';

        const db = getFirestore();
        const app = express();

        app.post('/profiles', async (req, res) => {
          const ids: string[] = req.body.ids;
          const found = await db.collection('profiles').where('id', 'in', ids).get(); // finds
          res.json(found.docs.map((doc) => doc.data()));
        });
      `,
    },
    correct: {
      'functions.ts': `
        import express from 'express';
        import { getFirestore } from 'firebase-admin/firestore';

        const db = getFirestore();
        const app = express();

        app.post('/profiles', async (req, res) => {
          const ids: string[] = req.body.ids;
          if (ids.length > 30) return res.status(400).json({ error: 'at most 30 ids' });
          const found = await db.collection('profiles').where('id', 'in', ids).get();
          res.json(found.docs.map((doc) => doc.data()));
        });
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'ids of all products in one URL; fixed by chunks that a reduce builds',
    defect: {
      'stock.ts': `
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function availability() {
          const products = await prisma.product.findMany({ select: { id: true } });
          const range = products.map((product) => product.id).join(',');
          const { data } = await axios.get(\`https://stock.example.com/product-availability/\${range}\`); // finds
          return data;
        }
      `,
    },
    correct: {
      'stock.ts': `
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function availability() {
          const products = await prisma.product.findMany({ select: { id: true } });
          const chunks = products.reduce<{ id: string }[][]>((all, product, index) => {
            const at = Math.floor(index / 100);
            if (!all[at]) all[at] = [];
            all[at].push(product);
            return all;
          }, []);
          const answers: unknown[] = [];
          for (const part of chunks) {
            const range = part.map((product) => product.id).join(',');
            const { data } = await axios.get(\`https://stock.example.com/product-availability/\${range}\`);
            answers.push(data);
          }
          return answers;
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'Supabase rows by a list that stands in the URL; the list is a page of the caller',
    shared: {
      'src/profiles.ts': `
        import { createClient } from '@supabase/supabase-js';

        export const supabase = createClient(process.env.SUPABASE_URL!, process.env.SUPABASE_KEY!);

        export async function profiles(ids: string[]) {
          const { data, error } = await supabase.from('profiles').select('id, name').in('id', ids);
          if (error) throw new Error(error.message);
          return data;
        }
      `,
    },
    defect: {
      'src/members.ts': `
        import { PrismaClient } from '@prisma/client';
        import { profiles } from './profiles';

        const prisma = new PrismaClient();

        export async function membersOf(teamId: string) {
          const members = await prisma.member.findMany({ where: { teamId } });
          return profiles(members.map((member) => member.userId)); // finds
        }
      `,
    },
    correct: {
      'src/members.ts': `
        import { PrismaClient } from '@prisma/client';
        import { profiles } from './profiles';

        const prisma = new PrismaClient();

        export async function membersOf(teamId: string, page: number) {
          const members = await prisma.member.findMany({ where: { teamId }, orderBy: { id: 'asc' }, skip: page * 50, take: 50 });
          return profiles(members.map((member) => member.userId));
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'what all pages of a bucket hold is deleted in one call; each page by itself, which holds no more than the call takes',
    defect: {
      'src/thumbnails.ts': `
        import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export async function clear(Bucket: string, Prefix: string) {
          const keys: { Key: string }[] = [];
          let token: string | undefined;
          do {
            const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: token }));
            for (const item of page.Contents ?? []) keys.push({ Key: item.Key! });
            token = page.NextContinuationToken;
          } while (token);
          const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys } })); // finds
          if (Errors?.length) throw new Error(Errors[0]!.Code);
        }
      `,
    },
    correct: {
      'src/thumbnails.ts': `
        import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export async function clear(Bucket: string, Prefix: string) {
          let token: string | undefined;
          do {
            const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken: token }));
            const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: page.Contents?.map((item) => ({ Key: item.Key })) } }));
            if (Errors?.length) throw new Error(Errors[0]!.Code);
            token = page.NextContinuationToken;
          } while (token);
        }
      `,
    },
  },

  {
    title: 'a server action of next-safe-action that sends all of its input in one SQS batch; its schema lets through ten',
    shared: {
      'src/action-client.ts': `
        import { createSafeActionClient } from 'next-safe-action';

        export const memberAction = createSafeActionClient().use(async ({ next }) => next({ ctx: { member: 'm1' } }));
      `,
    },
    defect: {
      'src/actions.ts': `
        'use server';
        import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { z } from 'zod';
        import { memberAction } from './action-client';

        const sqs = new SQSClient({});
        const schema = z.object({ seats: z.array(z.string()) });

        export const holdSeats = memberAction.metadata({ name: 'hold' }).inputSchema(schema).action(async ({ parsedInput }) => {
          const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env.HOLDS, Entries: parsedInput.seats.map((seat) => ({ Id: seat, MessageBody: seat })) })); // finds
          if ((sent.Failed ?? []).length > 0) throw new Error('not held');
        });
      `,
    },
    correct: {
      'src/actions.ts': `
        'use server';
        import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
        import { z } from 'zod';
        import { memberAction } from './action-client';

        const sqs = new SQSClient({});
        const schema = z.object({ seats: z.array(z.string()).max(10) });

        export const holdSeats = memberAction.metadata({ name: 'hold' }).inputSchema(schema).action(async ({ parsedInput }) => {
          const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env.HOLDS, Entries: parsedInput.seats.map((seat) => ({ Id: seat, MessageBody: seat })) }));
          if ((sent.Failed ?? []).length > 0) throw new Error('not held');
        });
      `,
    },
  },

  {
    title: 'Expo: any number of messages in one call; fixed by the chunks that the library makes',
    defect: {
      'src/notify.ts': `
        import { Expo } from 'expo-server-sdk';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const expo = new Expo();

        export async function notify(body: string) {
          const devices = await prisma.device.findMany();
          const tickets = await expo.sendPushNotificationsAsync(devices.map((device) => ({ to: device.token, body }))); // finds
          return tickets;
        }
      `,
    },
    correct: {
      'src/notify.ts': `
        import { Expo } from 'expo-server-sdk';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const expo = new Expo();

        export async function notify(body: string) {
          const devices = await prisma.device.findMany();
          const tickets = [];
          for (const chunk of expo.chunkPushNotifications(devices.map((device) => ({ to: device.token, body })))) tickets.push(...(await expo.sendPushNotificationsAsync(chunk)));
          return tickets;
        }
      `,
    },
  },

  {
    title: 'all tokens of a table as one parameter of an axios request; a hundred at a time',
    certainty: 'likely',
    defect: {
      'src/prices.ts': `
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const market = axios.create({ baseURL: 'https://market.example', timeout: 3000 });

        export async function prices(currency: string) {
          const coins = await prisma.coin.findMany({ where: { listed: true } });
          const { data } = await market.get('/prices', { params: { currency, ids: coins.map((coin) => coin.marketId).join(',') } }); // finds
          return data;
        }
      `,
    },
    correct: {
      'src/prices.ts': `
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';
        import { chunk } from 'lodash';

        const prisma = new PrismaClient();
        const market = axios.create({ baseURL: 'https://market.example', timeout: 3000 });

        export async function prices(currency: string) {
          const coins = await prisma.coin.findMany({ where: { listed: true } });
          const answers = [];
          for (const some of chunk(coins, 100)) {
            const { data } = await market.get('/prices', { params: { currency, ids: some.map((coin) => coin.marketId).join(',') } });
            answers.push(data);
          }
          return answers;
        }
      `,
    },
  },

  {
    title: 'a list as a search parameter of got; what a page of the list holds',
    certainty: 'likely',
    defect: {
      'src/weather.ts': `
        import got from 'got';
        import { MongoClient } from 'mongodb';

        const stations = new MongoClient(process.env.MONGO_URL!).db().collection('stations');

        export async function readings() {
          const known = await stations.find({ active: true }).toArray();
          const query = { stations: known.map((station) => station.code).join('|'), units: 'metric' };
          return got('https://weather.example/readings', { searchParams: query, timeout: { request: 3000 } }).json(); // finds
        }
      `,
    },
    correct: {
      'src/weather.ts': `
        import got from 'got';
        import { MongoClient } from 'mongodb';

        const stations = new MongoClient(process.env.MONGO_URL!).db().collection('stations');

        export async function readings() {
          const known = await stations.find({ active: true }).limit(40).toArray();
          const query = { stations: known.map((station) => station.code).join('|'), units: 'metric' };
          return got('https://weather.example/readings', { searchParams: query, timeout: { request: 3000 } }).json();
        }
      `,
    },
  },

  {
    title: 'rows deleted by the ids of all that belong to a slice of parents; by the parents themselves',
    shared: {
      'prisma/schema.prisma': `
        model Album {
          id     String  @id
          photos Photo[]
        }
        model Photo {
          id      String @id
          albumId String
          album   Album  @relation(fields: [albumId], references: [id])
        }
      `,
    },
    defect: {
      'src/albums.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function clear(albums: string[]) {
          const some = albums.slice(0, 1000);
          const photos = await prisma.photo.findMany({ where: { albumId: { in: some } }, select: { id: true } });
          await prisma.photo.deleteMany({ where: { id: { in: photos.map((photo) => photo.id) } } }); // finds
        }
      `,
    },
    correct: {
      'src/albums.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function clear(albums: string[]) {
          const some = albums.slice(0, 1000);
          await prisma.photo.deleteMany({ where: { albumId: { in: some } } });
        }
      `,
    },
  },

  {
    title: 'a list of ids in a Drizzle query on D1, which takes a hundred parameters; ninety at a time',
    shared: {
      'src/schema.ts': `
        import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

        export const rooms = sqliteTable('rooms', { id: text('id').primaryKey(), buildingId: text('building_id') });
      `,
    },
    defect: {
      'src/rooms.ts': `
        import { inArray } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/d1';
        import { rooms } from './schema';

        const named = (db: ReturnType<typeof drizzle>, ids: string[]) => db.select().from(rooms).where(inArray(rooms.id, ids));

        export default {
          async fetch(request: Request, env: { DB: D1Database }) {
            const db = drizzle(env.DB);
            const known = (await db.select().from(rooms)).slice(0, 400);
            return Response.json(await named(db, known.map((room) => room.id))); // finds
          },
        };
      `,
    },
    correct: {
      'src/rooms.ts': `
        import { inArray } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/d1';
        import { rooms } from './schema';

        const named = (db: ReturnType<typeof drizzle>, ids: string[]) => db.select().from(rooms).where(inArray(rooms.id, ids));

        export default {
          async fetch(request: Request, env: { DB: D1Database }) {
            const db = drizzle(env.DB);
            const known = (await db.select().from(rooms)).slice(0, 90);
            return Response.json(await named(db, known.map((room) => room.id)));
          },
        };
      `,
    },
  },

  {
    title: 'eighty rows of three fields in one insert on D1; the same on Postgres',
    shared: {
      'src/schema.ts': `
        import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

        export const seats = sqliteTable('seats', { id: text('id'), row: text('row'), hall: text('hall') });
      `,
    },
    defect: {
      'src/seats.ts': `
        import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1';
        import { seats } from './schema';

        export async function addRow(db: DrizzleD1Database, hall: string, ids: string[]) {
          await db.insert(seats).values(ids.slice(0, 80).map((id) => ({ id, row: id[0], hall }))); // finds
        }
      `,
    },
    correct: {
      'src/seats.ts': `
        import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
        import { seats } from './schema';

        export async function addRow(db: NodePgDatabase, hall: string, ids: string[]) {
          await db.insert(seats).values(ids.slice(0, 80).map((id) => ({ id, row: id[0], hall })));
        }
      `,
    },
  },

  {
    title: 'Knex: `VALUES` written by hand for every reading there is, three parameters each; fixed by a thousand at a time',
    shared: {
      'src/db.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
    },
    defect: {
      'src/readings.ts': `
        import { db } from './db';

        export async function settle() {
          const readings = await db('readings').where('settled', false);
          const bindings = readings.flatMap((reading) => [reading.id, reading.level, reading.taken]);
          await db.raw(\`UPDATE gauges SET level = v.level, taken = v.taken FROM (VALUES \${readings.map(() => '(?, ?, ?)').join(', ')}) AS v(id, level, taken) WHERE gauges.id = v.id\`, bindings); // finds
        }
      `,
    },
    correct: {
      'src/readings.ts': `
        import { db } from './db';

        export async function settle() {
          const readings = await db('readings').where('settled', false);
          for (let i = 0; i < readings.length; i += 1000) {
            const some = readings.slice(i, i + 1000);
            const bindings = some.flatMap((reading) => [reading.id, reading.level, reading.taken]);
            await db.raw(\`UPDATE gauges SET level = v.level, taken = v.taken FROM (VALUES \${some.map(() => '(?, ?, ?)').join(', ')}) AS v(id, level, taken) WHERE gauges.id = v.id\`, bindings);
          }
        }
      `,
    },
  },

  {
    title: 'pg: parameters pushed row by row; fixed by arrays that are parameters themselves',
    defect: {
      'src/boats.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function copyBoats() {
          const { rows } = await pool.query('SELECT id, name FROM boats');
          const values: unknown[] = [];
          const places: string[] = [];
          for (const row of rows) {
            places.push(\`($\${values.length + 1}, $\${values.length + 2})\`);
            values.push(row.id, row.name);
          }
          await pool.query(\`INSERT INTO archive (id, name) VALUES \${places.join(', ')}\`, values); // finds
        }
      `,
    },
    correct: {
      'src/boats.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function copyBoats() {
          const { rows } = await pool.query('SELECT id, name FROM boats');
          await pool.query('INSERT INTO archive (id, name) SELECT * FROM unnest($1::uuid[], $2::text[])', [rows.map((row) => row.id), rows.map((row) => row.name)]);
        }
      `,
    },
  },
  {
    title: 'middy: every berth of a request in one transaction; fixed by chunks',
    defect: {
      'src/handler.ts': `
        import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
        import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
        import middy from '@middy/core';
        import cors from '@middy/http-cors';

        const client = new DynamoDBClient({});

        const bookBerths = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
          const berths = [];
          for (const berth of JSON.parse(event.body ?? '{}').berths) berths.push({ id: { S: berth.id }, boat: { S: berth.boat } });
          const TransactItems = berths.map((Item) => ({ Put: { TableName: 'berths', Item } }));
          await client.send(new TransactWriteItemsCommand({ TransactItems })); // finds
          return { statusCode: 201, body: '' };
        };

        export const handler = middy(bookBerths).use(cors()).onError(() => console.error('not booked'));
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
        import { DynamoDBClient, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
        import middy from '@middy/core';
        import cors from '@middy/http-cors';

        const client = new DynamoDBClient({});

        const bookBerths = async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
          const berths = [];
          for (const berth of JSON.parse(event.body ?? '{}').berths) berths.push({ id: { S: berth.id }, boat: { S: berth.boat } });
          for (let i = 0; i < berths.length; i += 100) {
            const TransactItems = berths.slice(i, i + 100).map((Item) => ({ Put: { TableName: 'berths', Item } }));
            await client.send(new TransactWriteItemsCommand({ TransactItems }));
          }
          return { statusCode: 201, body: '' };
        };

        export const handler = middy(bookBerths).use(cors()).onError(() => console.error('not booked'));
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'SQS: messages gathered ten by ten, up to a hundred, deleted in one call; fixed by a call for each ten',
    shared: {
      'src/drain.ts': `
        import { ReceiveMessageCommand, SQSClient, type Message } from '@aws-sdk/client-sqs';

        export const sqs = new SQSClient({});

        export async function drain(most = 100) {
          let count = 0;
          const all: Message[] = [];
          while (count < most) {
            const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: process.env.TIDES, MaxNumberOfMessages: Math.min(10, most - count) }));
            if (!Messages || Messages.length === 0) break;
            all.push(...Messages);
            count += Messages.length;
          }
          return all;
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import type { ScheduledEvent } from 'aws-lambda';
        import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
        import { drain, sqs } from './drain';

        export async function handler(_event: ScheduledEvent) {
          const messages = await drain();
          const { Failed } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: process.env.TIDES, Entries: messages.map((message) => ({ Id: message.MessageId, ReceiptHandle: message.ReceiptHandle })) })); // finds
          if (Failed && Failed.length > 0) throw new Error('not deleted');
        }
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { ScheduledEvent } from 'aws-lambda';
        import { DeleteMessageBatchCommand } from '@aws-sdk/client-sqs';
        import { drain, sqs } from './drain';

        export async function handler(_event: ScheduledEvent) {
          const messages = await drain(10);
          const { Failed } = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: process.env.TIDES, Entries: messages.map((message) => ({ Id: message.MessageId, ReceiptHandle: message.ReceiptHandle })) }));
          if (Failed && Failed.length > 0) throw new Error('not deleted');
        }
      `,
    },
    audit: true,
  },

  {
    title: 'DynamoDB: all pages, gathered, in one batch of writes; fixed by a batch for each page',
    defect: {
      'src/moorings.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

        const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function copyMoorings() {
          const moorings = [];
          let ExclusiveStartKey;
          do {
            const page = await client.send(new ScanCommand({ TableName: 'moorings', Limit: 25, ExclusiveStartKey }));
            for (const mooring of page.Items ?? []) moorings.push(mooring);
            ExclusiveStartKey = page.LastEvaluatedKey;
          } while (ExclusiveStartKey);
          const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { archive: moorings.map((Item) => ({ PutRequest: { Item } })) } })); // finds
          if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('not all copied');
        }
      `,
    },
    correct: {
      'src/moorings.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { BatchWriteCommand, DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

        const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function copyMoorings() {
          let ExclusiveStartKey;
          do {
            const moorings = [];
            const page = await client.send(new ScanCommand({ TableName: 'moorings', Limit: 25, ExclusiveStartKey }));
            for (const mooring of page.Items ?? []) moorings.push(mooring);
            ExclusiveStartKey = page.LastEvaluatedKey;
            const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { archive: moorings.map((Item) => ({ PutRequest: { Item } })) } }));
            if (Object.keys(UnprocessedItems ?? {}).length > 0) throw new Error('not all copied');
          } while (ExclusiveStartKey);
        }
      `,
    },
  },
  {
    title: 'entries pushed by a callback for each row; fixed by chunks of ten',
    defect: {
      'src/lights.ts': `
        import { PrismaClient } from '@prisma/client';
        import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

        const prisma = new PrismaClient();
        const sqs = new SQSClient({});

        export async function announce() {
          const entries: { Id: string; MessageBody: string }[] = [];
          (await prisma.light.findMany()).forEach((light) => {
            entries.push({ Id: light.id, MessageBody: light.name });
          });
          const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env.LIGHTS, Entries: entries })); // finds
          return Failed;
        }
      `,
    },
    correct: {
      'src/lights.ts': `
        import { PrismaClient } from '@prisma/client';
        import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

        const prisma = new PrismaClient();
        const sqs = new SQSClient({});

        export async function announce() {
          const entries: { Id: string; MessageBody: string }[] = [];
          (await prisma.light.findMany()).forEach((light) => {
            entries.push({ Id: light.id, MessageBody: light.name });
          });
          const failed = [];
          while (entries.length > 0) {
            const { Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: process.env.LIGHTS, Entries: entries.splice(0, 10) }));
            failed.push(...(Failed ?? []));
          }
          return failed;
        }
      `,
    },
  },

  {
    title: 'S3: keys put behind those of the pages before, deleted in one call; fixed by a call for each page',
    defect: {
      'src/logs.ts': `
        import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export async function clear(Prefix: string) {
          let keys: { Key: string }[] = [];
          let ContinuationToken: string | undefined;
          do {
            const page = await s3.send(new ListObjectsV2Command({ Bucket: 'logs', Prefix, MaxKeys: 500, ContinuationToken }));
            keys = keys.concat((page.Contents ?? []).map(({ Key }) => ({ Key: Key! })));
            ContinuationToken = page.NextContinuationToken;
          } while (ContinuationToken);
          const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'logs', Delete: { Objects: keys } })); // finds
          if (Errors && Errors.length > 0) throw new Error('not deleted');
        }
      `,
    },
    correct: {
      'src/logs.ts': `
        import { DeleteObjectsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export async function clear(Prefix: string) {
          let ContinuationToken: string | undefined;
          do {
            const page = await s3.send(new ListObjectsV2Command({ Bucket: 'logs', Prefix, MaxKeys: 500, ContinuationToken }));
            const keys = (page.Contents ?? []).map(({ Key }) => ({ Key: Key! }));
            ContinuationToken = page.NextContinuationToken;
            const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'logs', Delete: { Objects: keys } }));
            if (Errors && Errors.length > 0) throw new Error('not deleted');
          } while (ContinuationToken);
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'one member for each row; fixed by a test that is one of two',
    defect: {
      'src/app.ts': `
        import express from 'express';
        import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});
        const app = express();

        app.post('/charts/delete', async (req, res) => {
          const { names } = req.body;
          if (!Array.isArray(names) || names.length === 0) return res.status(400).end();
          const byName: Record<string, { Key: string }> = {};
          for (const name of names) byName[name] = { Key: name };
          const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'charts', Delete: { Objects: Object.values(byName) } })); // finds
          res.json(Errors ?? []);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { DeleteObjectsCommand, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});
        const app = express();

        app.post('/charts/delete', async (req, res) => {
          const { names } = req.body;
          if (!Array.isArray(names) || names.length > 500) return res.status(400).end();
          const { Errors } = await s3.send(new DeleteObjectsCommand({ Bucket: 'charts', Delete: { Objects: names.map((Key) => ({ Key })) } }));
          res.json(Errors ?? []);
        });
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'postgres.js: all rows as one fragment; fixed by pieces of a thousand',
    defect: {
      'src/wrecks.ts': `
        import postgres from 'postgres';

        const sql = postgres();

        export async function archive() {
          const wrecks = await sql\`SELECT id, name, depth FROM wrecks\`;
          await sql\`INSERT INTO old_wrecks \${sql(wrecks.map(({ id, name, depth }) => ({ id, name, depth })))}\`; // finds
        }
      `,
    },
    correct: {
      'src/wrecks.ts': `
        import postgres from 'postgres';

        const sql = postgres();

        export async function archive() {
          const wrecks = await sql\`SELECT id, name, depth FROM wrecks\`;
          for (let i = 0; i < wrecks.length; i += 1000) {
            await sql\`INSERT INTO old_wrecks \${sql(wrecks.slice(i, i + 1000).map(({ id, name, depth }) => ({ id, name, depth })))}\`;
          }
        }
      `,
    },
  },

  {
    title: 'pg: the list itself is the parameters; fixed by one parameter that is a list',
    defect: {
      'src/anchors.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function drop() {
          const { rows } = await pool.query('SELECT id FROM anchors');
          const ids = rows.map((row) => row.id);
          return pool.query(\`SELECT * FROM chains WHERE anchor_id IN (\${ids.map((_, i) => \`$\${i + 1}\`).join(', ')})\`, ids); // finds
        }
      `,
    },
    correct: {
      'src/anchors.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function drop() {
          const { rows } = await pool.query('SELECT id FROM anchors');
          const ids = rows.map((row) => row.id);
          return pool.query('SELECT * FROM chains WHERE anchor_id = ANY($1)', [ids]);
        }
      `,
    },
  },
]);
