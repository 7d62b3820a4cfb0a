import { twins } from '../support/twins.ts';

twins('no-timestamp-ordering', [
  {
    title: 'kafkajs consumer drops events whose producer timestamp is not newer; fixed by a version',
    defect: {
      'products.consumer.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Consumer } from 'kafkajs';

        const prisma = new PrismaClient();

        export async function runProductsConsumer(consumer: Consumer) {
          await consumer.subscribe({ topic: 'products' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const product = JSON.parse(message.value!.toString());
              const sentAt = new Date(Number(message.timestamp));
              const current = await prisma.product.findUnique({ where: { id: product.id } });
              if (current && sentAt <= current.sentAt) return;
              const data = { name: product.name, price: product.price, sentAt };
              await prisma.product.upsert({ where: { id: product.id }, create: { id: product.id, ...data }, update: data }); // finds
            },
          });
        }
      `,
    },
    correct: {
      'products.consumer.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Consumer } from 'kafkajs';

        const prisma = new PrismaClient();

        export async function runProductsConsumer(consumer: Consumer) {
          await consumer.subscribe({ topic: 'products' });
          await consumer.run({
            eachMessage: async ({ message }) => {
              const product = JSON.parse(message.value!.toString());
              const version = product.version;
              const current = await prisma.product.findUnique({ where: { id: product.id } });
              if (current && version <= current.version) return;
              const data = { name: product.name, price: product.price, version };
              await prisma.product.upsert({ where: { id: product.id }, create: { id: product.id, ...data }, update: data });
            },
          });
        }
      `,
    },
  },

  {
    title: 'last write wins by the clock of whichever replica writes (mongodb); fixed by a version in the filter',
    defect: {
      'profiles.ts': `
        import { MongoClient } from 'mongodb';

        const profiles = new MongoClient(process.env.MONGO_URL!).db().collection('profiles');

        export async function saveProfile(userId: string, fields: { name: string; bio: string }) {
          const now = Date.now();
          const result = await profiles.updateOne({ userId, savedAt: { $lt: now } }, { $set: { ...fields, savedAt: now } }); // finds
          return result.modifiedCount === 1;
        }
      `,
    },
    correct: {
      'profiles.ts': `
        import { MongoClient } from 'mongodb';

        const profiles = new MongoClient(process.env.MONGO_URL!).db().collection('profiles');

        export async function saveProfile(userId: string, version: number, fields: { name: string; bio: string }) {
          const now = Date.now();
          const result = await profiles.updateOne({ userId, version }, { $set: { ...fields, savedAt: now }, $inc: { version: 1 } });
          return result.modifiedCount === 1;
        }
      `,
    },
  },

  {
    title: 'order ids made from the clock alone by a helper; fixed by a UUID behind the clock prefix',
    shared: {
      'src/orders.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { newOrderId } from './ids';
        import { PrismaService } from './prisma.service';

        @Injectable()
        export class OrdersService {
          constructor(private readonly prisma: PrismaService) {}

          async place(customerId: string, total: number) {
            const id = newOrderId();
            await this.prisma.order.create({ data: { id, customerId, total } }); // finds
            return id;
          }
        }
      `,
      'src/prisma.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { PrismaClient } from '@prisma/client';

        @Injectable()
        export class PrismaService extends PrismaClient {}
      `,
    },
    defect: {
      'src/ids.ts': `
        export function newOrderId(): string {
          return \`ord-\${Date.now()}\`;
        }
      `,
    },
    correct: {
      'src/ids.ts': `
        import { randomUUID } from 'node:crypto';

        export function newOrderId(): string {
          return \`ord-\${Date.now()}-\${randomUUID()}\`;
        }
      `,
    },
  },

  {
    title: 'presence in Redis decided by the Date.now() of several gateways; fixed by a sequence from INCR',
    shared: {
      'src/presence.store.ts': `
        import type { Redis } from 'ioredis';

        export interface Presence {
          userId: string;
          state: 'online' | 'away' | 'offline';
          order: number;
        }

        export class PresenceStore {
          constructor(private readonly redis: Redis) {}

          next(userId: string) {
            return this.redis.incr(\`presence:\${userId}:order\`);
          }

          async apply({ userId, state, order }: Presence) {
            const stored = Number((await this.redis.hget(\`presence:\${userId}\`, 'order')) ?? 0);
            if (order < stored) return;
            await this.redis.hset(\`presence:\${userId}\`, { state, order });
          }
        }
      `,
    },
    defect: {
      'src/gateway.ts': `
        import type { FastifyInstance } from 'fastify';
        import type { PresenceStore } from './presence.store';

        export function presenceRoutes(app: FastifyInstance, presence: PresenceStore) {
          app.post<{ Params: { userId: string } }>('/presence/:userId/online', async (request, reply) => {
            const { userId } = request.params;
            await presence.apply({ userId, state: 'online', order: Date.now() }); // finds
            return reply.code(204).send();
          });
        }
      `,
    },
    correct: {
      'src/gateway.ts': `
        import type { FastifyInstance } from 'fastify';
        import type { PresenceStore } from './presence.store';

        export function presenceRoutes(app: FastifyInstance, presence: PresenceStore) {
          app.post<{ Params: { userId: string } }>('/presence/:userId/online', async (request, reply) => {
            const { userId } = request.params;
            await presence.apply({ userId, state: 'online', order: await presence.next(userId) });
            return reply.code(204).send();
          });
        }
      `,
    },
  },

  {
    title: 'pg upsert that keeps the row with the later clock (CommonJS); fixed by a sequence number',
    defect: {
      'readings.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function storeReading(deviceId, reading) {
          const reportedAt = new Date();
          await pool.query('INSERT INTO readings (device_id, value, reported_at) VALUES ($1, $2, $3) ON CONFLICT (device_id) DO UPDATE SET value = EXCLUDED.value, reported_at = EXCLUDED.reported_at WHERE readings.reported_at < EXCLUDED.reported_at', [deviceId, reading.value, reportedAt]); // finds
        }

        module.exports = { storeReading };
      `,
    },
    correct: {
      'readings.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function storeReading(deviceId, reading) {
          const reportedAt = new Date();
          await pool.query('INSERT INTO readings (device_id, value, reported_at, sequence) VALUES ($1, $2, $3, $4) ON CONFLICT (device_id) DO UPDATE SET value = EXCLUDED.value, reported_at = EXCLUDED.reported_at, sequence = EXCLUDED.sequence WHERE readings.sequence < EXCLUDED.sequence', [deviceId, reading.value, reportedAt, reading.sequence]);
        }

        module.exports = { storeReading };
      `,
    },
  },

  {
    title: 'sync endpoint lets the newer clock of client and server win; fixed by the version the client has seen',
    shared: {
      'src/note.entity.ts': `
        import { Column, Entity, PrimaryColumn, UpdateDateColumn, VersionColumn } from 'typeorm';

        @Entity()
        export class Note {
          @PrimaryColumn('uuid')
          id!: string;

          @Column()
          text!: string;

          @UpdateDateColumn()
          updatedAt!: Date;

          @VersionColumn()
          version!: number;
        }
      `,
      'src/notes.controller.ts': `
        import { Body, Controller, Param, Put } from '@nestjs/common';
        import { NotesService } from './notes.service';

        export class NoteDto {
          text!: string;
          updatedAt!: string;
          version!: number;
        }

        @Controller('notes')
        export class NotesController {
          constructor(private readonly notes: NotesService) {}

          @Put(':id')
          sync(@Param('id') id: string, @Body() dto: NoteDto) {
            return this.notes.sync(id, dto);
          }
        }
      `,
    },
    defect: {
      'src/notes.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Note } from './note.entity';
        import type { NoteDto } from './notes.controller';

        @Injectable()
        export class NotesService {
          constructor(@InjectRepository(Note) private readonly notes: Repository<Note>) {}

          async sync(id: string, dto: NoteDto) {
            const note = await this.notes.findOneByOrFail({ id });
            if (new Date(dto.updatedAt) > note.updatedAt) await this.notes.update({ id }, { text: dto.text }); // finds
            return this.notes.findOneByOrFail({ id });
          }
        }
      `,
    },
    correct: {
      'src/notes.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Note } from './note.entity';
        import type { NoteDto } from './notes.controller';

        @Injectable()
        export class NotesService {
          constructor(@InjectRepository(Note) private readonly notes: Repository<Note>) {}

          async sync(id: string, dto: NoteDto) {
            const note = await this.notes.findOneByOrFail({ id });
            if (dto.version === note.version) await this.notes.update({ id, version: note.version }, { text: dto.text });
            return this.notes.findOneByOrFail({ id });
          }
        }
      `,
    },
  },

  {
    title: 'DynamoDB condition on the clock of the Lambda, through a repository; fixed by a condition on a version',
    shared: {
      'src/handler.ts': `
        import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';
        import { SettingsRepository } from './settings.repository';

        const settings = new SettingsRepository();

        export const handler: APIGatewayProxyHandlerV2 = async (event) => {
          const { theme, version } = JSON.parse(event.body ?? '{}');
          await settings.put(event.pathParameters!.tenant!, theme, version);
          return { statusCode: 204 };
        };
      `,
    },
    defect: {
      'src/settings.repository.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

        export class SettingsRepository {
          private readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

          async put(tenant: string, theme: string, version: number) {
            const writtenAt = Date.now();
            await this.documents.send(new PutCommand({ // finds
              TableName: 'settings',
              Item: { tenant, theme, version: version + 1, writtenAt },
              ConditionExpression: 'attribute_not_exists(tenant) OR writtenAt < :writtenAt',
              ExpressionAttributeValues: { ':writtenAt': writtenAt },
            }));
          }
        }
      `,
    },
    correct: {
      'src/settings.repository.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';

        export class SettingsRepository {
          private readonly documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

          async put(tenant: string, theme: string, version: number) {
            const writtenAt = Date.now();
            await this.documents.send(new PutCommand({
              TableName: 'settings',
              Item: { tenant, theme, version: version + 1, writtenAt },
              ConditionExpression: 'attribute_not_exists(tenant) OR version = :version',
              ExpressionAttributeValues: { ':version': version },
            }));
          }
        }
      `,
    },
  },

  {
    title: 'BullMQ job skipped when its enqueue time is older than the last save; fixed by a revision in the job',
    shared: {
      'src/contact.model.ts': `
        import { Schema, model } from 'mongoose';

        const contactSchema = new Schema({
          externalId: { type: String, unique: true },
          email: String,
          revision: { type: Number, default: 0 },
          syncedAt: { type: Number, default: 0 },
        });

        export const Contact = model('Contact', contactSchema);
      `,
      'src/contacts.worker.ts': `
        import { Worker } from 'bullmq';
        import { applyContact } from './apply-contact';

        export const worker = new Worker('contacts', applyContact, { connection: { host: 'redis', port: 6379 } });
      `,
    },
    defect: {
      'src/apply-contact.ts': `
        import type { Job } from 'bullmq';
        import { Contact } from './contact.model';

        export async function applyContact(job: Job<{ externalId: string; email: string; revision: number }>) {
          const { externalId, email } = job.data;
          const contact = await Contact.findOne({ externalId }).orFail();
          if (job.timestamp < contact.syncedAt) return;
          await Contact.updateOne({ externalId }, { $set: { email, syncedAt: job.timestamp } }); // finds
        }
      `,
    },
    correct: {
      'src/apply-contact.ts': `
        import type { Job } from 'bullmq';
        import { Contact } from './contact.model';

        export async function applyContact(job: Job<{ externalId: string; email: string; revision: number }>) {
          const { externalId, email, revision } = job.data;
          const contact = await Contact.findOne({ externalId }).orFail();
          if (revision < contact.revision) return;
          await Contact.updateOne({ externalId }, { $set: { email, revision, syncedAt: job.timestamp } });
        }
      `,
    },
  },

  {
    title: 'exports stored under the clock in S3 and overwritten within a millisecond; fixed by a ULID',
    defect: {
      'exports.ts': `
        import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

        const s3 = new S3Client({});

        export async function storeExport(tenant: string, csv: string) {
          const Key = \`\${tenant}/exports/\${Date.now()}.csv\`;
          await s3.send(new PutObjectCommand({ Bucket: 'exports', Key, Body: csv })); // finds
          return Key;
        }
      `,
    },
    correct: {
      'exports.ts': `
        import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
        import { ulid } from 'ulid';

        const s3 = new S3Client({});

        export async function storeExport(tenant: string, csv: string) {
          const Key = \`\${tenant}/exports/\${ulid()}.csv\`;
          await s3.send(new PutObjectCommand({ Bucket: 'exports', Key, Body: csv }));
          return Key;
        }
      `,
    },
  },

  {
    title: 'an event compared by the clock of its producer in another file, against an expiry',
    certainty: 'likely', // only the names of two numbers tell that they are times
    shared: {
      'src/publish-price.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});

        export interface PriceChanged {
          sku: string;
          price: number;
          changedAt: number;
          validUntil: number;
        }

        export async function publishPrice(sku: string, price: number) {
          const changed: PriceChanged = { sku, price, changedAt: Date.now(), validUntil: Date.now() + 3_600_000 };
          await sns.send(new PublishCommand({ TopicArn: process.env.PRICES_TOPIC, Message: JSON.stringify(changed) }));
        }
      `,
      'src/price.table.ts': `
        import { bigint, integer, pgTable, text } from 'drizzle-orm/pg-core';

        export const prices = pgTable('prices', {
          sku: text('sku').primaryKey(),
          price: integer('price').notNull(),
          changedAt: bigint('changed_at', { mode: 'number' }).notNull(),
        });
      `,
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { Pool } from 'pg';

        export const db = drizzle(new Pool({ max: 1 }));
      `,
    },
    defect: {
      'src/on-price-changed.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { eq } from 'drizzle-orm';
        import { db } from './db';
        import { prices } from './price.table';
        import type { PriceChanged } from './publish-price';

        export const handler: SNSHandler = async (event) => {
          for (const { Sns } of event.Records) {
            const { sku, price, changedAt }: PriceChanged = JSON.parse(Sns.Message);
            const [stored] = await db.select().from(prices).where(eq(prices.sku, sku));
            if (changedAt < stored.changedAt) continue;
            await db.update(prices).set({ price, changedAt }).where(eq(prices.sku, sku)); // finds
          }
        };
      `,
    },
    correct: {
      'src/on-price-changed.ts': `
        import type { SNSHandler } from 'aws-lambda';
        import { eq } from 'drizzle-orm';
        import { db } from './db';
        import { prices } from './price.table';
        import type { PriceChanged } from './publish-price';

        export const handler: SNSHandler = async (event) => {
          for (const { Sns } of event.Records) {
            const { sku, price, changedAt, validUntil }: PriceChanged = JSON.parse(Sns.Message);
            const [stored] = await db.select().from(prices).where(eq(prices.sku, sku));
            if (!stored || validUntil < Date.now()) continue;
            await db.update(prices).set({ price, changedAt }).where(eq(prices.sku, sku));
          }
        };
      `,
    },
  },

  {
    title: 'knex row replaced when a Hono client says that its copy is later; fixed by an integer revision',
    shared: {
      'src/drafts.repository.ts': `
        import type { Knex } from 'knex';

        export interface Draft {
          id: string;
          body: string;
          edited_at: Date;
          revision: number;
        }

        export class DraftsRepository {
          constructor(private readonly knex: Knex) {}

          find(id: string) {
            return this.knex<Draft>('drafts').where({ id }).first();
          }

          async replace(id: string, draft: Partial<Draft>) {
            await this.knex<Draft>('drafts').where({ id }).update(draft);
          }
        }
      `,
    },
    defect: {
      'src/drafts.routes.ts': `
        import { Hono } from 'hono';
        import type { DraftsRepository } from './drafts.repository';

        export function draftRoutes(drafts: DraftsRepository) {
          const app = new Hono();

          app.put('/drafts/:id', async (c) => {
            const { body, editedAt } = await c.req.json();
            const draft = await drafts.find(c.req.param('id'));
            if (!draft) return c.notFound();
            if (draft.edited_at.getTime() >= new Date(editedAt).getTime()) return c.json(draft, 409);
            await drafts.replace(draft.id, { body, edited_at: new Date(editedAt) }); // finds
            return c.body(null, 204);
          });

          return app;
        }
      `,
    },
    correct: {
      'src/drafts.routes.ts': `
        import { Hono } from 'hono';
        import type { DraftsRepository } from './drafts.repository';

        export function draftRoutes(drafts: DraftsRepository) {
          const app = new Hono();

          app.put('/drafts/:id', async (c) => {
            const { body, editedAt, revision } = await c.req.json();
            const draft = await drafts.find(c.req.param('id'));
            if (!draft) return c.notFound();
            if (draft.revision >= revision) return c.json(draft, 409);
            await drafts.replace(draft.id, { body, revision, edited_at: new Date(editedAt) });
            return c.body(null, 204);
          });

          return app;
        }
      `,
    },
  },

  {
    title: 'Sequelize row ids from the clock and a per-process counter; fixed by a version-7 UUID',
    shared: {
      'models/ticket.js': `
        const { DataTypes, Sequelize } = require('sequelize');

        const sequelize = new Sequelize(process.env.DATABASE_URL);

        const Ticket = sequelize.define('Ticket', {
          id: { type: DataTypes.STRING, primaryKey: true },
          subject: DataTypes.STRING,
          openedAt: DataTypes.DATE,
        });

        module.exports = { Ticket };
      `,
    },
    defect: {
      'tickets.js': `
        const { Ticket } = require('./models/ticket');

        let counter = 0;

        async function openTicket(subject) {
          const id = \`\${Date.now()}-\${counter++}\`;
          return Ticket.create({ id, subject, openedAt: new Date() }); // finds
        }

        module.exports = { openTicket };
      `,
    },
    correct: {
      'tickets.js': `
        const { v7: uuidv7 } = require('uuid');
        const { Ticket } = require('./models/ticket');

        async function openTicket(subject) {
          const id = uuidv7();
          return Ticket.create({ id, subject, openedAt: new Date() });
        }

        module.exports = { openTicket };
      `,
    },
  },

  {
    title: 'Prisma: the next run reads on from when this one ended; fixed by taking the time before anything is read',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
      'src/report.ts': `
        export async function report(sightings: unknown[]) {
          await fetch('https://whales.example/reports', { method: 'POST', body: JSON.stringify(sightings), signal: AbortSignal.timeout(5000) });
        }
      `,
    },
    defect: {
      'src/daily.ts': `
        import { prisma } from './prisma';
        import { report } from './report';

        export async function daily() {
          const state = await prisma.reporter.findUniqueOrThrow({ where: { id: 'daily' } });
          const sightings = await prisma.sighting.findMany({ where: { createdAt: { gt: state.lastRunAt } } }); // finds
          await report(sightings);
          await prisma.reporter.update({ where: { id: 'daily' }, data: { lastRunAt: new Date() } });
        }
      `,
    },
    correct: {
      'src/daily.ts': `
        import { prisma } from './prisma';
        import { report } from './report';

        export async function daily() {
          const now = new Date();
          const state = await prisma.reporter.findUniqueOrThrow({ where: { id: 'daily' } });
          const sightings = await prisma.sighting.findMany({ where: { createdAt: { gt: state.lastRunAt, lte: now } } });
          await report(sightings);
          await prisma.reporter.update({ where: { id: 'daily' }, data: { lastRunAt: now } });
        }
      `,
    },
  },

  {
    title: 'Redis: a time is kept under a key once all is read; fixed by an overlap',
    shared: {
      'src/stores.ts': `
        import Redis from 'ioredis';
        import { Pool } from 'pg';

        export const redis = new Redis();
        export const pool = new Pool();
      `,
    },
    defect: {
      'src/sync.ts': `
        import { pool, redis } from './stores';

        export async function changed() {
          const since = await redis.get('charts:since');
          const { rows } = await pool.query('SELECT id, sea FROM charts WHERE changed_at > $1', [since]); // finds
          await redis.set('charts:since', new Date().toISOString());
          return rows;
        }
      `,
    },
    correct: {
      'src/sync.ts': `
        import { pool, redis } from './stores';

        export async function changed() {
          const since = new Date((await redis.get('charts:since')) ?? 0);
          const { rows } = await pool.query('SELECT id, sea FROM charts WHERE changed_at > $1', [new Date(since.getTime() - 600_000)]);
          await redis.set('charts:since', new Date().toISOString());
          return rows;
        }
      `,
    },
  },
]);
