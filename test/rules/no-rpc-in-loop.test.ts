import { twins } from '../support/twins.ts';

const dunning = (send: string): string => `
  import { PrismaClient } from '@prisma/client';
  import { Resend } from 'resend';

  const prisma = new PrismaClient();
  const resend = new Resend(process.env.RESEND_KEY);
  const from = 'books@shop.example';
  const text = 'Please pay.';

  export async function remind(day: Date) {
    const accounts = await prisma.account.findMany({ where: { overdueSince: day }, include: { invoices: true, owner: true }, take: 50 });
    const due = accounts.map((account) => account.invoices.map((invoice) => ({ owner: { email: account.owner.email }, invoice: { number: invoice.number } }))).flat();
    ${send}
  }
`;

twins('no-rpc-in-loop', [
  {
    title: 'the author of every post, one Prisma query each; fixed by one query with their ids',
    defect: {
      'posts.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function postsWithAuthors(blogId: string) {
          const posts = await prisma.post.findMany({ where: { blogId } });
          const result = [];
          for (const post of posts) {
            const author = await prisma.user.findUnique({ where: { id: post.authorId } }); // finds
            result.push({ ...post, author });
          }
          return result;
        }
      `,
    },
    correct: {
      'posts.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function postsWithAuthors(blogId: string) {
          const posts = await prisma.post.findMany({ where: { blogId } });
          const authors = await prisma.user.findMany({ where: { id: { in: posts.map((post) => post.authorId) } } });
          const byId = new Map(authors.map((author) => [author.id, author]));
          const result = [];
          for (const post of posts) result.push({ ...post, author: byId.get(post.authorId) });
          return result;
        }
      `,
    },
  },

  {
    title: 'a serializer two files away loads the project of each experiment; with a preloaded map it asks only for what is missing',
    shared: {
      'src/project.repository.ts': `
        import { MongoClient } from 'mongodb';

        const projects = new MongoClient(process.env.MONGO_URL!).db().collection('projects');

        export const projectById = (id: string) => projects.findOne({ id });
        export const projectsByIds = (ids: string[]) => projects.find({ id: { $in: ids } }).toArray();
      `,
      'src/experiment.repository.ts': `
        import { MongoClient } from 'mongodb';

        const experiments = new MongoClient(process.env.MONGO_URL!).db().collection('experiments');

        export const pageOfExperiments = (organization: string, page: number) => experiments.find({ organization }).sort({ id: 1 }).skip(page * 100).limit(100).toArray();
      `,
    },
    defect: {
      'src/serialize.ts': `
        import { projectById } from './project.repository';

        export async function serialize(experiment: any) {
          const project = await projectById(experiment.project);
          return { id: experiment.id, name: experiment.name, project: project?.name };
        }
      `,
      'src/list.ts': `
        import { pageOfExperiments } from './experiment.repository';
        import { serialize } from './serialize';

        export async function listExperiments(organization: string, page: number) {
          const experiments = await pageOfExperiments(organization, page);
          return Promise.all(experiments.map((experiment) => serialize(experiment))); // finds
        }
      `,
    },
    correct: {
      'src/serialize.ts': `
        import { projectById } from './project.repository';

        export async function serialize(experiment: any, preloaded: Map<string, any>) {
          const project = preloaded.get(experiment.project) ?? (await projectById(experiment.project));
          return { id: experiment.id, name: experiment.name, project: project?.name };
        }
      `,
      'src/list.ts': `
        import { pageOfExperiments } from './experiment.repository';
        import { projectsByIds } from './project.repository';
        import { serialize } from './serialize';

        export async function listExperiments(organization: string, page: number) {
          const experiments = await pageOfExperiments(organization, page);
          const projects = await projectsByIds(experiments.map((experiment) => experiment.project));
          const preloaded = new Map(projects.map((project) => [project.id, project]));
          return Promise.all(experiments.map((experiment) => serialize(experiment, preloaded)));
        }
      `,
    },
  },

  {
    title: 'one ioredis DEL for every key of a tag, behind a cache wrapper; DEL takes many keys',
    shared: {
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis(process.env.REDIS_URL!);
      `,
    },
    defect: {
      'src/cache.ts': `
        import { redis } from './redis';

        export class TagCache {
          async clear(tag: string) {
            const keys = await redis.smembers(\`tag:\${tag}\`);
            await Promise.all(keys.map(async (key) => { await redis.del(key); })); // finds
          }
        }
      `,
    },
    correct: {
      'src/cache.ts': `
        import { redis } from './redis';

        export class TagCache {
          async clear(tag: string) {
            const keys = await redis.smembers(\`tag:\${tag}\`);
            if (keys.length > 0) await redis.del(...keys);
          }
        }
      `,
    },
  },

  {
    title: 'a Redis read for each socket through an injected service; fixed by a pipeline',
    shared: {
      'src/sockets/redis.service.ts': `
        import { Injectable } from '@nestjs/common';
        import Redis from 'ioredis';

        @Injectable()
        export class RedisService {
          readonly client = new Redis(process.env.REDIS_URL!);
        }
      `,
    },
    defect: {
      'src/sockets/sessions.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { RedisService } from './redis.service';

        @Injectable()
        export class SessionsService {
          constructor(private readonly redis: RedisService) {}

          session(socketId: string) {
            return this.redis.client.hgetall(\`socket:\${socketId}\`);
          }
        }
      `,
      'src/sockets/room.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { SessionsService } from './sessions.service';

        @Injectable()
        export class RoomService {
          constructor(private readonly sessions: SessionsService) {}

          async players(socketIds: string[]) {
            return Promise.all(socketIds.map((socketId) => this.sessions.session(socketId).then((session) => ({ socketId, session })))); // finds
          }
        }
      `,
    },
    correct: {
      'src/sockets/sessions.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { RedisService } from './redis.service';

        @Injectable()
        export class SessionsService {
          constructor(private readonly redis: RedisService) {}

          async sessions(socketIds: string[]) {
            const pipeline = this.redis.client.pipeline();
            for (const socketId of socketIds) pipeline.hgetall(\`socket:\${socketId}\`);
            return pipeline.exec();
          }
        }
      `,
      'src/sockets/room.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { SessionsService } from './sessions.service';

        @Injectable()
        export class RoomService {
          constructor(private readonly sessions: SessionsService) {}

          async players(socketIds: string[]) {
            return this.sessions.sessions(socketIds);
          }
        }
      `,
    },
  },

  {
    title: 'a mail for each reminder through a Resend wrapper; fixed by batches of a hundred',
    shared: {
      'src/mailer.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        interface Mail { from: string; to: string; subject: string; text: string }

        export async function sendMail(mail: Mail) {
          const { error } = await resend.emails.send(mail);
          if (error) throw new Error(error.message);
        }

        export async function sendMails(mails: Mail[]) {
          const { error } = await resend.batch.send(mails);
          if (error) throw new Error(error.message);
        }
      `,
    },
    defect: {
      'src/reminders.ts': `
        import knex from 'knex';
        import { sendMail } from './mailer';

        const db = knex({ client: 'pg' });

        export async function remind() {
          const owners = await db('owners').where({ reminded: false });
          for (const owner of owners) await sendMail({ from: 'team@example.com', to: owner.email, subject: 'Reminder', text: 'Payouts are due' }); // finds
        }
      `,
    },
    correct: {
      'src/reminders.ts': `
        import knex from 'knex';
        import { sendMails } from './mailer';

        const db = knex({ client: 'pg' });

        export async function remind() {
          const owners = await db('owners').where({ reminded: false });
          for (let i = 0; i < owners.length; i += 100) await sendMails(owners.slice(i, i + 100).map((owner) => ({ from: 'team@example.com', to: owner.email, subject: 'Reminder', text: 'Payouts are due' })));
        }
      `,
    },
  },

  {
    title: 'a Drizzle insert for each line; one insert of all rows',
    shared: {
      'src/schema.ts': `
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';

        export const lines = pgTable('lines', { orderId: text('order_id'), sku: text('sku'), quantity: integer('quantity') });
      `,
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';

        export const db = drizzle(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/lines.ts': `
        import { db } from './db';
        import { lines } from './schema';

        export async function addLines(orderId: string, items: { sku: string; quantity: number }[]) {
          for (const item of items) {
            await db.insert(lines).values({ orderId, sku: item.sku, quantity: item.quantity }); // finds
          }
        }
      `,
    },
    correct: {
      'src/lines.ts': `
        import { db } from './db';
        import { lines } from './schema';

        export async function addLines(orderId: string, items: { sku: string; quantity: number }[]) {
          const rows = [];
          for (const item of items) {
            rows.push({ orderId, sku: item.sku, quantity: item.quantity });
          }
          await db.insert(lines).values(rows);
        }
      `,
    },
  },

  {
    title: 'schedules deleted one by one; updated one by one with a value of their own, for which nothing does many',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/schedules.ts': `
        import { prisma } from './prisma';

        export async function settle(projectId: string) {
          const schedules = await prisma.schedule.findMany({ where: { projectId, stale: true } });
          for (let i = 0; i < schedules.length; i += 1) {
            await prisma.schedule.delete({ where: { id: schedules[i].id } }); // finds
          }
        }
      `,
    },
    correct: {
      'src/schedules.ts': `
        import { prisma } from './prisma';

        export async function settle(projectId: string) {
          const schedules = await prisma.schedule.findMany({ where: { projectId, stale: true } });
          for (let i = 0; i < schedules.length; i += 1) {
            await prisma.schedule.update({ where: { id: schedules[i].id }, data: { nextRun: schedules[i].plannedRun } });
          }
        }
      `,
    },
  },

  {
    title: 'a Sequelize look-up for each row until one fits; for each row',
    shared: {
      'src/models.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Warehouse extends Model {}
        Warehouse.init({ code: DataTypes.STRING, open: DataTypes.BOOLEAN }, { sequelize });
      `,
    },
    defect: {
      'src/warehouses.ts': `
        import { Warehouse } from './models';

        export async function warehouses(codes: string[]) {
          const found = [];
          for (const code of codes) {
            const warehouse = await Warehouse.findOne({ where: { code } }); // finds
            if (warehouse !== null) found.push(warehouse);
          }
          return found;
        }
      `,
    },
    correct: {
      'src/warehouses.ts': `
        import { Warehouse } from './models';

        export async function nearestOpen(codes: string[]) {
          for (const code of codes) {
            const warehouse = await Warehouse.findOne({ where: { code } });
            if (warehouse !== null) return warehouse;
          }
          return null;
        }
      `,
    },
  },

  {
    title: 'a BullMQ job added for each row of a TypeORM query; addBulk',
    shared: {
      'src/invoice.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Invoice {
          @PrimaryGeneratedColumn() id!: number;
          @Column() due!: boolean;
        }
      `,
    },
    defect: {
      'src/invoices.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Queue } from 'bullmq';
        import { Repository } from 'typeorm';
        import { Invoice } from './invoice.entity';

        const queue = new Queue('invoices');

        @Injectable()
        export class InvoicesService {
          constructor(@InjectRepository(Invoice) private readonly invoices: Repository<Invoice>) {}

          async enqueueDue() {
            const due = await this.invoices.find({ where: { due: true } });
            for (const invoice of due) await queue.add('collect', { id: invoice.id }, { jobId: \`collect-\${invoice.id}\` }); // finds
          }
        }
      `,
    },
    correct: {
      'src/invoices.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Queue } from 'bullmq';
        import { Repository } from 'typeorm';
        import { Invoice } from './invoice.entity';

        const queue = new Queue('invoices');

        @Injectable()
        export class InvoicesService {
          constructor(@InjectRepository(Invoice) private readonly invoices: Repository<Invoice>) {}

          async enqueueDue() {
            const due = await this.invoices.find({ where: { due: true } });
            await queue.addBulk(due.map((invoice) => ({ name: 'collect', data: { id: invoice.id }, opts: { jobId: \`collect-\${invoice.id}\` } })));
          }
        }
      `,
    },
  },

  {
    title: 'DynamoDB items read one by one; a page after the other',
    defect: {
      'src/profiles.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

        const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function profiles(ids: string[]) {
          const found = [];
          for (const id of ids) {
            const { Item } = await client.send(new GetCommand({ TableName: 'profiles', Key: { id } })); // finds
            if (Item) found.push(Item);
          }
          return found;
        }
      `,
    },
    correct: {
      'src/profiles.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';

        const client = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function profiles() {
          const found = [];
          let cursor: Record<string, unknown> | undefined;
          do {
            const { Items, LastEvaluatedKey } = await client.send(new ScanCommand({ TableName: 'profiles', ExclusiveStartKey: cursor }));
            found.push(...(Items ?? []));
            cursor = LastEvaluatedKey;
          } while (cursor !== undefined);
          return found;
        }
      `,
    },
  },

  {
    title: 'two Mongoose queries per member of a request; per kind of a written-down list',
    shared: {
      'src/member.model.ts': `
        import mongoose from 'mongoose';

        export const Member = mongoose.model('Member', new mongoose.Schema({ email: String, kind: String }));
      `,
    },
    defect: {
      'src/members.ts': `
        import { Member } from './member.model';

        export async function membersByMail(emails: string[]) {
          return Promise.all(emails.map((email) => Member.findOne({ email }))); // finds
        }
      `,
    },
    correct: {
      'src/members.ts': `
        import { Member } from './member.model';

        const KINDS = ['owner', 'admin', 'guest'];

        export async function anyOfEachKind() {
          return Promise.all(KINDS.map((kind) => Member.findOne({ kind })));
        }
      `,
    },
  },
  {
    title: 'one mail for each reader, through one of two providers, two calls away; all in one call',
    shared: {
      'src/mailer.ts': `
        import { createTransport } from 'nodemailer';
        import { Resend } from 'resend';

        const resend = process.env.RESEND_KEY ? new Resend(process.env.RESEND_KEY) : null;
        const smtp = createTransport(process.env.SMTP_URL);

        export async function send(mail: { to: string; subject: string; text: string }) {
          if (resend) return viaResend(mail);
          return smtp.sendMail({ from: 'news@paper.example', ...mail });
        }

        const viaResend = (mail: { to: string; subject: string; text: string }) => resend!.emails.send({ from: 'news@paper.example', ...mail });

        export const sendAll = (mails: { to: string; subject: string; text: string }[]) => resend!.batch.send(mails.map((mail) => ({ from: 'news@paper.example', ...mail })));
      `,
    },
    audit: true,
    defect: {
      'src/edition.ts': `
        import { PrismaClient } from '@prisma/client';
        import { send } from './mailer';

        const prisma = new PrismaClient();

        export async function announce(edition: string) {
          const readers = await prisma.reader.findMany({ where: { edition } });
          for (const reader of readers) await send({ to: reader.email, subject: 'Out now', text: edition }); // finds
        }
      `,
    },
    correct: {
      'src/edition.ts': `
        import { PrismaClient } from '@prisma/client';
        import { sendAll } from './mailer';

        const prisma = new PrismaClient();

        export async function announce(edition: string) {
          const readers = await prisma.reader.findMany({ where: { edition }, take: 100 });
          await sendAll(readers.map((reader) => ({ to: reader.email, subject: 'Out now', text: edition })));
        }
      `,
    },
  },
  {
    title: 'one mail for each element of flattened lists, whose address stands deeper; all in one call',
    defect: {
      'src/dunning.ts': dunning('for (const { owner, invoice } of due) await resend.emails.send({ from, to: owner.email, subject: invoice.number, text }); // finds'),
    },
    correct: {
      'src/dunning.ts': dunning('await resend.batch.send(due.map(({ owner, invoice }) => ({ from, to: owner.email, subject: invoice.number, text })));'),
    },
  },
  {
    title: 'a key read for each of a list through four layers, two of which measure the time; all of them in one call',
    audit: true,
    shared: {
      'src/layers.ts': `
        import { Redis } from 'ioredis';

        const redis = new Redis();

        async function timed<T>(name: string, run: () => Promise<T>) {
          const start = Date.now();
          try {
            return await run();
          } finally {
            console.debug(name, Date.now() - start);
          }
        }

        class Store {
          get(key: string) {
            return timed('redis', () => redis.get(key));
          }

          all(keys: string[]) {
            return redis.mget(keys);
          }
        }

        class Cache {
          private readonly store = new Store();

          get(key: string) {
            return timed('cache', () => this.store.get('seat:' + key));
          }

          all(keys: string[]) {
            return this.store.all(keys.map((key) => 'seat:' + key));
          }
        }

        class Seats {
          private readonly cache = new Cache();

          async of(id: string) {
            return JSON.parse((await this.cache.get(id)) ?? 'null');
          }

          async ofAll(ids: string[]) {
            return (await this.cache.all(ids)).map((seat) => JSON.parse(seat ?? 'null'));
          }
        }

        export class Hall {
          private readonly seats = new Seats();

          seat(id: string) {
            return this.seats.of(id);
          }

          all(ids: string[]) {
            return this.seats.ofAll(ids);
          }
        }
      `,
    },
    defect: {
      'src/plan.ts': `
        import { Hall } from './layers';

        const hall = new Hall();

        export async function plan(ids: string[]) {
          return Promise.all(ids.map((id) => hall.seat(id))); // finds
        }
      `,
    },
    correct: {
      'src/plan.ts': `
        import { Hall } from './layers';

        const hall = new Hall();

        export async function plan(ids: string[]) {
          return hall.all(ids);
        }
      `,
    },
  },

  {
    title: 'all cards of a list get one colour, one statement each, against the place of each in the list',
    defect: {
      'src/cards.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function paint(boardId: string, colour: string) {
          const cards = await prisma.card.findMany({ where: { boardId } });
          for (const card of cards) await prisma.card.update({ where: { id: card.id }, data: { colour } }); // finds
        }
      `,
    },
    correct: {
      'src/cards.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function arrange(boardId: string) {
          const cards = await prisma.card.findMany({ where: { boardId }, orderBy: { title: 'asc' } });
          await prisma.$transaction(cards.map((card, place) => prisma.card.update({ where: { id: card.id }, data: { place } })));
        }
      `,
    },
  },

  {
    title: 'the owner of each parcel looked up; of those alone that could not be sent',
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/parcels.ts': `
        import axios from 'axios';
        import { prisma } from './db';

        export async function send(parcels: { id: string; ownerId: string }[]) {
          for (const parcel of parcels) {
            const owner = await prisma.owner.findUnique({ where: { id: parcel.ownerId } }); // finds
            await axios.post('https://carrier.example/parcels', { id: parcel.id, to: owner?.address }, { timeout: 2000 });
          }
        }
      `,
    },
    correct: {
      'src/parcels.ts': `
        import axios from 'axios';
        import { prisma } from './db';

        export async function send(parcels: { id: string; ownerId: string }[]) {
          for (const parcel of parcels) {
            try {
              await axios.post('https://carrier.example/parcels', { id: parcel.id }, { timeout: 2000 });
            } catch {
              const owner = await prisma.owner.findUnique({ where: { id: parcel.ownerId } });
              console.error('not sent', parcel.id, owner?.name);
            }
          }
        }
      `,
    },
  },

  {
    title: 'a Sequelize query for each folder of a tree, by a function that calls itself; a level at a time',
    shared: {
      'src/models.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Folder extends Model {}
        Folder.init({ parentId: DataTypes.UUID, hidden: DataTypes.BOOLEAN }, { sequelize });
      `,
    },
    defect: {
      'src/folders.ts': `
        import { Folder } from './models';

        export async function hideBelow(folderId: string) {
          const children = await Folder.findAll({ where: { parentId: folderId } }); // finds
          for (const child of children) {
            await hideBelow(child.id);
          }
        }
      `,
    },
    correct: {
      'src/folders.ts': `
        import { Folder } from './models';

        export async function idsBelow(folderId: string) {
          const found: string[] = [];
          let level = [folderId];
          while (level.length > 0) {
            const children = await Folder.findAll({ where: { parentId: level } });
            level = children.map((child) => child.id);
            found.push(...level);
          }
          return found;
        }
      `,
    },
  },

  {
    title: 'a TypeORM query for each node, through a repository and Promise.all; a function that calls itself for the next page',
    shared: {
      'src/node.repository.ts': `
        import { Column, DataSource, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Part {
          @PrimaryColumn() id!: string;
          @Column() assemblyId!: string;
          @Column() weight!: number;
        }

        const source = new DataSource({ type: 'postgres', entities: [Part] });

        export const partsOf = (assemblyId: string) => source.getRepository(Part).find({ where: { assemblyId }, order: { weight: 'ASC' } });
        export const partsAfter = (cursor: string) => source.getRepository(Part).find({ where: { assemblyId: cursor }, take: 50 });
      `,
    },
    defect: {
      'src/weights.ts': `
        import { partsOf } from './node.repository';

        export async function weightOf(assemblyId: string): Promise<number> {
          const parts = await partsOf(assemblyId); // finds
          const below = await Promise.all(parts.map((part) => weightOf(part.id)));
          return below.reduce((sum, weight) => sum + weight, 0);
        }
      `,
    },
    correct: {
      'src/weights.ts': `
        import { partsAfter } from './node.repository';

        export async function weightFrom(cursor: string): Promise<number> {
          const parts = await partsAfter(cursor);
          const here = parts.reduce((sum, part) => sum + part.weight, 0);
          return parts.length < 50 ? here : here + (await weightFrom(parts[49].id));
        }
      `,
    },
  },

  {
    title: 'the sorted labels of each recipe by the list that it holds; one query with all lists, a piece of it at a time',
    defect: {
      'src/recipes.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function labelled() {
          const recipes = await prisma.recipe.findMany({ where: { published: true } });
          return Promise.all(recipes.map(async (recipe) => ({
            recipe,
            labels: await prisma.label.findMany({ where: { id: { in: recipe.labelIds } }, orderBy: { name: 'asc' } }), // finds
          })));
        }
      `,
    },
    correct: {
      'src/recipes.ts': `
        import { PrismaClient } from '@prisma/client';
        import { chunk } from 'lodash';

        const prisma = new PrismaClient();

        export async function labelled() {
          const recipes = await prisma.recipe.findMany({ where: { published: true } });
          const found = [];
          for (const some of chunk(recipes.flatMap((recipe) => recipe.labelIds), 500)) {
            found.push(...(await prisma.label.findMany({ where: { id: { in: some } }, orderBy: { name: 'asc' } })));
          }
          return found;
        }
      `,
    },
  },

  {
    title: 'Prisma rows by a key of related rows, for each row; the newest of them',
    defect: {
      'src/shelves.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function withAuthors() {
          const books = await prisma.book.findMany({ where: { inPrint: true } });
          const result = [];
          for (const book of books) {
            const authors = await prisma.author.findMany({ where: { contributions: { some: { bookId: book.id, role: 'AUTHOR' } } } }); // finds
            result.push({ ...book, authors });
          }
          return result;
        }
      `,
    },
    correct: {
      'src/shelves.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function withNewest() {
          const books = await prisma.book.findMany({ where: { inPrint: true } });
          const result = [];
          for (const book of books) {
            const [newest] = await prisma.author.findMany({ where: { contributions: { some: { bookId: book.id } } }, orderBy: { joinedAt: 'desc' }, take: 1 });
            result.push({ ...book, newest });
          }
          return result;
        }
      `,
    },
  },

  {
    title: 'a Kysely query on a Prisma client for each rule; for all of them',
    defect: {
      'src/rules.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Kysely } from 'kysely';
        import kyselyExtension from 'prisma-extension-kysely';

        const prisma = new PrismaClient().$extends(kyselyExtension({ kysely: (driver) => new Kysely(driver) }));

        export async function runsOf(day: string) {
          const rules = await prisma.rule.findMany({ where: { enabled: true } });
          const found = [];
          for (const rule of rules) {
            const runs = await prisma.$kysely.selectFrom('runs').select('id').where('day', '=', day).where('rule_id', '=', rule.id).execute(); // finds
            found.push({ rule, runs });
          }
          return found;
        }
      `,
    },
    correct: {
      'src/rules.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Kysely } from 'kysely';
        import kyselyExtension from 'prisma-extension-kysely';

        const prisma = new PrismaClient().$extends(kyselyExtension({ kysely: (driver) => new Kysely(driver) }));

        export async function runsOf(day: string) {
          const rules = await prisma.rule.findMany({ where: { enabled: true } });
          const runs = await prisma.$kysely.selectFrom('runs').select(['id', 'rule_id']).where('day', '=', day).where('rule_id', 'in', rules.map((rule) => rule.id)).execute();
          return rules.map((rule) => ({ rule, runs: runs.filter((run) => run.rule_id === rule.id) }));
        }
      `,
    },
  },

  {
    title: 'the regions named in the code of each stop; those of all codes at once',
    defect: {
      'src/stops.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function stops() {
          const all = await prisma.stop.findMany({ where: { open: true } });
          return Promise.all(all.map(async (stop) => {
            const codes = stop.zones.substring(1).split('-').map((code) => code + '!');
            return { stop, zones: await prisma.zone.findMany({ where: { code: { in: codes } } }) }; // finds
          }));
        }
      `,
    },
    correct: {
      'src/stops.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function stops() {
          const all = await prisma.stop.findMany({ where: { open: true } });
          const codesOf = (stop: { zones: string }) => stop.zones.substring(1).split('-').map((code) => code + '!');
          const zones = await prisma.zone.findMany({ where: { code: { in: all.flatMap(codesOf) } } });
          const byCode = new Map(zones.map((zone) => [zone.code, zone]));
          return all.map((stop) => ({ stop, zones: codesOf(stop).map((code) => byCode.get(code)) }));
        }
      `,
    },
  },

  {
    title: 'Sequelize: a function of the instance hides the method of its superclass, and asks for each of the rows under another; fixed by one query',
    audit: true,
    shared: {
      'src/base.ts': `
        import { Model } from 'sequelize-typescript';

        export class Base extends Model {
          async moor() {
            await this.save();
          }
        }
      `,
      'src/moor-all.ts': `
        import { Pontoon } from './pontoon';

        export async function moorAll(pontoonId: string) {
          const pontoon = await Pontoon.findByPk(pontoonId);
          await pontoon!.moor();
        }
      `,
    },
    defect: {
      'src/pontoon.ts': `
        import { Column, Table } from 'sequelize-typescript';
        import { Base } from './base';

        @Table
        export class Pontoon extends Base {
          @Column
          parentId!: string;

          moor = async () => {
            const below = await Pontoon.findAll({ where: { parentId: this.id } });
            for (const { id } of below) await Pontoon.findAll({ where: { parentId: id } }); // finds
          };
        }
      `,
    },
    correct: {
      'src/pontoon.ts': `
        import { Column, Table } from 'sequelize-typescript';
        import { Base } from './base';

        @Table
        export class Pontoon extends Base {
          @Column
          parentId!: string;

          moor = async () => {
            const below = await Pontoon.findAll({ where: { parentId: this.id } });
            await Pontoon.findAll({ where: { parentId: below.map(({ id }) => id) } });
          };
        }
      `,
    },
  },

  {
    title: 'Prisma: the boats of every pontoon are counted one pontoon at a time; fixed by grouping',
    defect: {
      'src/pontoons.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function occupancy() {
          const pontoons = await prisma.pontoon.findMany();
          return Promise.all(pontoons.map(async ({ id, name }) => ({ name, boats: await prisma.boat.count({ where: { pontoonId: id, left: null } }) }))); // finds
        }
      `,
    },
    correct: {
      'src/pontoons.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function occupancy() {
          const pontoons = await prisma.pontoon.findMany();
          const counts = await prisma.boat.groupBy({ by: ['pontoonId'], where: { pontoonId: { in: pontoons.map(({ id }) => id) }, left: null }, _count: true });
          return pontoons.map(({ id, name }) => ({ name, boats: counts.find(({ pontoonId }) => pontoonId === id)?._count ?? 0 }));
        }
      `,
    },
  },

  {
    title: 'Mongoose: berths are counted for each state of a fixed few; a harbour is free of the complaint, the list of all harbours is not',
    defect: {
      'src/harbours.ts': `
        import { Schema, model } from 'mongoose';

        const Harbour = model('Harbour', new Schema({ name: String }));
        const Berth = model('Berth', new Schema({ harbour: String, state: String }));

        export async function sizes() {
          const harbours = await Harbour.find();
          const found = [];
          for (const harbour of harbours) found.push({ harbour, berths: await Berth.countDocuments({ harbour: harbour.name }) }); // finds
          return found;
        }
      `,
    },
    correct: {
      'src/harbours.ts': `
        import { Schema, model } from 'mongoose';

        const Berth = model('Berth', new Schema({ harbour: String, state: String }));

        export async function sizes(harbour: string) {
          const found = [];
          for (const state of ['free', 'taken', 'closed']) found.push({ state, berths: await Berth.countDocuments({ harbour, state }) });
          return found;
        }
      `,
    },
  },

  {
    title: 'Knex: whether the host of each link is blocked, by its hash, in a `for await` over an array; fixed by reading the blocked hosts once',
    shared: {
      'src/blocks.ts': `
        import type { Knex } from 'knex';

        export class Blocks {
          constructor(private readonly db: Knex) {}

          async isBlocked(harbour: number, link: URL) {
            const block = await this.db('blocked_hosts').where('harbour_id', harbour).whereRaw('host_hash = UNHEX(SHA2(LOWER(?), 256))', [link.hostname]).first();
            return block !== undefined;
          }

          async hosts(harbour: number) {
            return new Set(await this.db('blocked_hosts').where('harbour_id', harbour).pluck('host'));
          }
        }
      `,
    },
    defect: {
      'src/links.ts': `
        import knex from 'knex';
        import { Blocks } from './blocks';

        const db = knex({ client: 'mysql2' });

        export async function visible(harbour: number) {
          const links = await db('links').where('public', true);
          const blocks = new Blocks(db);
          const found = [];
          for await (const link of links.map(({ href }) => new URL(href))) {
            if (!(await blocks.isBlocked(harbour, link))) found.push(link); // finds
          }
          return found;
        }
      `,
    },
    correct: {
      'src/links.ts': `
        import knex from 'knex';
        import { Blocks } from './blocks';

        const db = knex({ client: 'mysql2' });

        export async function visible(harbour: number) {
          const links = await db('links').where('public', true);
          const hosts = await new Blocks(db).hosts(harbour);
          const found = [];
          for await (const link of links.map(({ href }) => new URL(href))) {
            if (!hosts.has(link.hostname)) found.push(link);
          }
          return found;
        }
      `,
      'src/blocks.ts': `
        import type { Knex } from 'knex';

        export class Blocks {
          constructor(private readonly db: Knex) {}

          async hosts(harbour: number) {
            return new Set(await this.db('blocked_hosts').where('harbour_id', harbour).pluck('host'));
          }
        }
      `,
    },
  },
  {
    title: 'SSM: a parameter for each name that the event gives; fixed by GetParameters',
    defect: {
      'src/settings.ts': `
        import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';

        const ssm = new SSMClient({});

        async function setting(name: string) {
          const { Parameter } = await ssm.send(new GetParameterCommand({ Name: name }));
          return Parameter?.Value;
        }

        export async function settings(names: string[]) {
          return Promise.all(names.map((name) => setting(name))); // finds
        }
      `,
    },
    correct: {
      'src/settings.ts': `
        import { GetParameterCommand, GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';

        const ssm = new SSMClient({});

        async function some(names: string[]) {
          const { Parameters } = await ssm.send(new GetParametersCommand({ Names: names }));
          return Parameters ?? [];
        }

        export async function settings(names: string[]) {
          const all = [];
          for (let i = 0; i < names.length; i += 10) all.push(...(await some(names.slice(i, i + 10))));
          return all;
        }
      `,
    },
  },

  {
    title: 'Powertools: a parameter for each path; fixed by one call for all of them',
    shared: {
      'src/parameters.ts': `
        import { getParametersByName, SSMProvider } from '@aws-lambda-powertools/parameters/ssm';

        const provider = new SSMProvider();

        export const read = async (path: string) => (await provider.get(path, { maxAge: 30 })) ?? '';
        export const readAll = (paths: string[]) => getParametersByName(Object.fromEntries(paths.map((path) => [path, {}])));
      `,
    },
    defect: {
      'src/rules.ts': `
        import { read } from './parameters';

        export async function rules(paths: string) {
          let text = '';
          for (const path of paths.split(':')) text += await read(path); // finds
          return JSON.parse(text);
        }
      `,
    },
    correct: {
      'src/rules.ts': `
        import { readAll } from './parameters';

        export async function rules(paths: string) {
          const found = await readAll(paths.split(':'));
          return JSON.parse(Object.values(found).join(''));
        }
      `,
    },
  },
  {
    title: 'kafkajs: a list of one message for each event; fixed by one list of all',
    defect: {
      'src/tides.ts': `
        import { Kafka } from 'kafkajs';

        const producer = new Kafka({ brokers: ['kafka:9092'] }).producer();

        export async function announce(tides: { id: string; height: number }[]) {
          for (const tide of tides) {
            await producer.send({ topic: 'tides', messages: [{ key: tide.id, value: JSON.stringify(tide) }] }); // finds
          }
        }
      `,
    },
    correct: {
      'src/tides.ts': `
        import { Kafka } from 'kafkajs';

        const producer = new Kafka({ brokers: ['kafka:9092'] }).producer();

        export async function announce(tides: { id: string; height: number }[]) {
          await producer.send({ topic: 'tides', messages: tides.map((tide) => ({ key: tide.id, value: JSON.stringify(tide) })) });
        }
      `,
    },
  },

  {
    title: 'pg: a statement for each row that is inserted; fixed by arrays as parameters',
    defect: {
      'src/soundings.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function store(soundings: { place: string; depth: number }[]) {
          for (const sounding of soundings) {
            await pool.query('INSERT INTO soundings (place, depth) VALUES ($1, $2)', [sounding.place, sounding.depth]); // finds
          }
        }
      `,
    },
    correct: {
      'src/soundings.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function store(soundings: { place: string; depth: number }[]) {
          await pool.query('INSERT INTO soundings (place, depth) SELECT * FROM unnest($1::text[], $2::int[])', [soundings.map(({ place }) => place), soundings.map(({ depth }) => depth)]);
        }
      `,
    },
  },

  {
    title: 'ioredis: a member of a set for each boat; fixed by a pipeline',
    defect: {
      'src/harbour.ts': `
        import Redis from 'ioredis';

        const redis = new Redis();

        export async function moor(boats: { id: string; harbour: string }[]) {
          for (const boat of boats) await redis.sadd(\`harbour:\${boat.harbour}\`, boat.id); // finds
        }
      `,
    },
    correct: {
      'src/harbour.ts': `
        import Redis from 'ioredis';

        const redis = new Redis();

        export async function moor(boats: { id: string; harbour: string }[]) {
          const pipeline = redis.pipeline();
          for (const boat of boats) pipeline.sadd(\`harbour:\${boat.harbour}\`, boat.id);
          await pipeline.exec();
        }
      `,
    },
  },

  {
    title: 'Firestore: a document set for each buoy; fixed by a batch',
    defect: {
      'src/buoys.ts': `
        import { getFirestore } from 'firebase-admin/firestore';

        const store = getFirestore();

        export async function place(buoys: { id: string; at: string }[]) {
          for (const buoy of buoys) await store.collection('buoys').doc(buoy.id).set({ at: buoy.at }); // finds
        }
      `,
    },
    correct: {
      'src/buoys.ts': `
        import { getFirestore } from 'firebase-admin/firestore';

        const store = getFirestore();

        export async function place(buoys: { id: string; at: string }[]) {
          const batch = store.batch();
          for (const buoy of buoys) batch.set(store.collection('buoys').doc(buoy.id), { at: buoy.at });
          await batch.commit();
        }
      `,
    },
  },
]);
