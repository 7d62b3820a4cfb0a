import { twins } from '../support/twins.ts';

twins('no-check-then-act', [
  // Absent, so insert.
  {
    title: 'sign-up looks the address up, then creates the user; fixed by a unique column and its violation caught',
    defect: {
      'prisma/schema.prisma': `
        generator client {
          provider = "prisma-client-js"
        }

        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model User {
          id    String @id @default(cuid())
          email String
          name  String
        }
      `,
      'src/sign-up.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/users', async (req, res) => {
          const { email, name } = req.body;
          const existing = await prisma.user.findFirst({ where: { email } });
          if (existing) {
            res.status(409).json({ error: 'address taken' });
            return;
          }
          const user = await prisma.user.create({ data: { email, name } }); // finds
          res.status(201).json({ id: user.id });
        });
      `,
    },
    correct: {
      'prisma/schema.prisma': `
        generator client {
          provider = "prisma-client-js"
        }

        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model User {
          id    String @id @default(cuid())
          email String @unique
          name  String
        }
      `,
      'src/sign-up.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/users', async (req, res) => {
          const { email, name } = req.body;
          const existing = await prisma.user.findFirst({ where: { email } });
          if (existing) {
            res.status(409).json({ error: 'address taken' });
            return;
          }
          try {
            const user = await prisma.user.create({ data: { email, name } });
            res.status(201).json({ id: user.id });
          } catch (error) {
            if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error;
            res.status(409).json({ error: 'address taken' });
          }
        });
      `,
    },
  },

  {
    title: 'no schema in sight: a slug inserted with knex after a look-up; fixed by onConflict',
    certainty: 'likely',
    shared: {
      'src/workspaces.repository.ts': `
        import type { Knex } from 'knex';

        export class WorkspacesRepository {
          constructor(private readonly db: Knex) {}

          bySlug(slug: string) {
            return this.db('workspaces').where({ slug }).first();
          }

          insert(slug: string, ownerId: string) {
            return this.db('workspaces').insert({ slug, owner_id: ownerId });
          }

          insertIfAbsent(slug: string, ownerId: string) {
            return this.db('workspaces').insert({ slug, owner_id: ownerId }).onConflict('slug').ignore();
          }
        }
      `,
    },
    defect: {
      'src/create-workspace.ts': `
        import type { WorkspacesRepository } from './workspaces.repository';

        export async function createWorkspace(workspaces: WorkspacesRepository, slug: string, ownerId: string) {
          const existing = await workspaces.bySlug(slug);
          if (!existing) await workspaces.insert(slug, ownerId); // finds
          return workspaces.bySlug(slug);
        }
      `,
    },
    correct: {
      'src/create-workspace.ts': `
        import type { WorkspacesRepository } from './workspaces.repository';

        export async function createWorkspace(workspaces: WorkspacesRepository, slug: string, ownerId: string) {
          const existing = await workspaces.bySlug(slug);
          if (!existing) await workspaces.insertIfAbsent(slug, ownerId);
          return workspaces.bySlug(slug);
        }
      `,
    },
  },

  {
    title: 'Nest service adds a team member through a repository; fixed by a unique entity column and a named violation test',
    shared: {
      'src/database/errors.ts': `
        import { QueryFailedError } from 'typeorm';

        export function isUniqueViolation(error: unknown): boolean {
          return error instanceof QueryFailedError && error.driverError.code === '23505';
        }
      `,
      'src/teams/memberships.repository.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Membership } from './membership.entity';

        @Injectable()
        export class MembershipsRepository {
          constructor(@InjectRepository(Membership) private readonly memberships: Repository<Membership>) {}

          isMember(teamId: string, userId: string) {
            return this.memberships.existsBy({ teamId, userId });
          }

          async add(teamId: string, userId: string) {
            await this.memberships.insert({ teamId, userId });
          }
        }
      `,
    },
    defect: {
      'src/teams/membership.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Membership {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          teamId!: string;

          @Column()
          userId!: string;
        }
      `,
      'src/teams/teams.service.ts': `
        import { ConflictException, Injectable } from '@nestjs/common';
        import { MembershipsRepository } from './memberships.repository';

        @Injectable()
        export class TeamsService {
          constructor(private readonly memberships: MembershipsRepository) {}

          async join(teamId: string, userId: string) {
            if (await this.memberships.isMember(teamId, userId)) throw new ConflictException();
            await this.memberships.add(teamId, userId); // finds
          }
        }
      `,
    },
    correct: {
      'src/teams/membership.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn, Unique } from 'typeorm';

        @Entity()
        @Unique(['teamId', 'userId'])
        export class Membership {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          teamId!: string;

          @Column()
          userId!: string;
        }
      `,
      'src/teams/teams.service.ts': `
        import { ConflictException, Injectable } from '@nestjs/common';
        import { isUniqueViolation } from '../database/errors';
        import { MembershipsRepository } from './memberships.repository';

        @Injectable()
        export class TeamsService {
          constructor(private readonly memberships: MembershipsRepository) {}

          async join(teamId: string, userId: string) {
            if (await this.memberships.isMember(teamId, userId)) throw new ConflictException();
            try {
              await this.memberships.add(teamId, userId);
            } catch (error) {
              throw isUniqueViolation(error) ? new ConflictException() : error;
            }
          }
        }
      `,
    },
  },

  {
    title: 'Drizzle row inserted or updated after a look-up; fixed by an upsert on the same columns',
    shared: {
      'src/schema.ts': `
        import { boolean, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';

        export const channels = pgTable(
          'channels',
          { id: text('id').primaryKey(), userId: text('user_id').notNull(), kind: text('kind').notNull(), enabled: boolean('enabled').notNull() },
          (table) => [uniqueIndex('channels_user_kind').on(table.userId, table.kind)],
        );

        export const mutes = pgTable('mutes', { id: text('id').primaryKey(), userId: text('user_id').notNull(), kind: text('kind').notNull(), enabled: boolean('enabled').notNull() });
      `,
    },
    defect: {
      'src/set-mute.ts': `
        import { randomUUID } from 'node:crypto';
        import { and, eq } from 'drizzle-orm';
        import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
        import { mutes } from './schema';

        export async function setMute(db: NodePgDatabase, userId: string, kind: string, enabled: boolean) {
          const [row] = await db.select().from(mutes).where(and(eq(mutes.userId, userId), eq(mutes.kind, kind)));
          if (row) return db.update(mutes).set({ enabled }).where(eq(mutes.id, row.id));
          return db.insert(mutes).values({ id: randomUUID(), userId, kind, enabled }); // finds
        }
      `,
    },
    correct: {
      'src/set-channel.ts': `
        import { randomUUID } from 'node:crypto';
        import { and, eq } from 'drizzle-orm';
        import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
        import { channels } from './schema';

        export async function setChannel(db: NodePgDatabase, userId: string, kind: string, enabled: boolean) {
          const [row] = await db.select().from(channels).where(and(eq(channels.userId, userId), eq(channels.kind, kind)));
          if (row) return db.update(channels).set({ enabled }).where(eq(channels.id, row.id));
          return db.insert(channels).values({ id: randomUUID(), userId, kind, enabled }).onConflictDoUpdate({ target: [channels.userId, channels.kind], set: { enabled } });
        }
      `,
    },
  },

  {
    title: 'DynamoDB item put when a Get found none; fixed by attribute_not_exists',
    shared: {
      'src/usernames.ts': `
        import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
        import { GetCommand, PutCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

        export class Usernames {
          constructor(private readonly documents: DynamoDBDocumentClient) {}

          async isFree(username: string) {
            const { Item } = await this.documents.send(new GetCommand({ TableName: 'usernames', Key: { username }, ConsistentRead: true }));
            return Item === undefined;
          }

          async take(username: string, userId: string) {
            await this.documents.send(new PutCommand({ TableName: 'usernames', Item: { username, userId } }));
          }

          async claim(username: string, userId: string): Promise<boolean> {
            try {
              await this.documents.send(new PutCommand({ TableName: 'usernames', Item: { username, userId }, ConditionExpression: 'attribute_not_exists(username)' }));
              return true;
            } catch (error) {
              if (error instanceof ConditionalCheckFailedException) return false;
              throw error;
            }
          }
        }
      `,
    },
    defect: {
      'src/handler.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
        import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';
        import { Usernames } from './usernames';

        const usernames = new Usernames(DynamoDBDocumentClient.from(new DynamoDBClient({})));

        export const handler: APIGatewayProxyHandlerV2 = async (event) => {
          const { username, userId } = JSON.parse(event.body ?? '{}');
          if (!(await usernames.isFree(username))) return { statusCode: 409 };
          await usernames.take(username, userId); // finds
          return { statusCode: 201 };
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
        import type { APIGatewayProxyHandlerV2 } from 'aws-lambda';
        import { Usernames } from './usernames';

        const usernames = new Usernames(DynamoDBDocumentClient.from(new DynamoDBClient({})));

        export const handler: APIGatewayProxyHandlerV2 = async (event) => {
          const { username, userId } = JSON.parse(event.body ?? '{}');
          if (!(await usernames.isFree(username))) return { statusCode: 409 };
          if (!(await usernames.claim(username, userId))) return { statusCode: 409 };
          return { statusCode: 201 };
        };
      `,
    },
  },

  // Fewer than the bound, so one more.
  {
    title: 'seats counted in a Prisma transaction before one is sold; fixed by an advisory lock on the event',
    defect: {
      'src/sell-seat.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function sellSeat(eventId: string, buyerId: string) {
          return prisma.$transaction(async (tx) => {
            const event = await tx.event.findUniqueOrThrow({ where: { id: eventId } });
            const sold = await tx.seat.count({ where: { eventId } });
            if (sold >= event.capacity) throw new Error('sold out');
            return tx.seat.create({ data: { eventId, buyerId } }); // finds
          });
        }
      `,
    },
    correct: {
      'src/sell-seat.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function sellSeat(eventId: string, buyerId: string) {
          return prisma.$transaction(async (tx) => {
            await tx.$executeRaw\`SELECT pg_advisory_xact_lock(hashtext(\${eventId}))\`;
            const event = await tx.event.findUniqueOrThrow({ where: { id: eventId } });
            const sold = await tx.seat.count({ where: { eventId } });
            if (sold >= event.capacity) throw new Error('sold out');
            return tx.seat.create({ data: { eventId, buyerId } });
          });
        }
      `,
    },
  },

  {
    title: 'coupon redemptions counted in MongoDB before one is inserted; fixed by a conditional counter whose result is used',
    shared: {
      'src/redemptions.repository.ts': `
        import type { Collection, Db } from 'mongodb';

        interface Coupon {
          _id: string;
          limit: number;
          used: number;
        }

        export class RedemptionsRepository {
          private readonly coupons: Collection<Coupon>;
          private readonly redemptions: Collection;

          constructor(db: Db) {
            this.coupons = db.collection<Coupon>('coupons');
            this.redemptions = db.collection('redemptions');
          }

          coupon(code: string) {
            return this.coupons.findOne({ _id: code });
          }

          count(code: string) {
            return this.redemptions.countDocuments({ code });
          }

          async takeOne(code: string, limit: number) {
            const result = await this.coupons.updateOne({ _id: code, used: { $lt: limit } }, { $inc: { used: 1 } });
            return result.modifiedCount === 1;
          }

          async insert(code: string, userId: string) {
            await this.redemptions.insertOne({ code, userId });
          }
        }
      `,
    },
    defect: {
      'src/redeem.routes.ts': `
        import type { FastifyInstance } from 'fastify';
        import type { RedemptionsRepository } from './redemptions.repository';

        export async function redeemRoutes(app: FastifyInstance, redemptions: RedemptionsRepository) {
          app.post<{ Params: { code: string }; Body: { userId: string } }>('/coupons/:code/redeem', async (request, reply) => {
            const coupon = await redemptions.coupon(request.params.code);
            if (!coupon) return reply.code(404).send();
            if ((await redemptions.count(coupon._id)) >= coupon.limit) return reply.code(410).send();
            await redemptions.insert(coupon._id, request.body.userId); // finds
            return reply.code(204).send();
          });
        }
      `,
    },
    correct: {
      'src/redeem.routes.ts': `
        import type { FastifyInstance } from 'fastify';
        import type { RedemptionsRepository } from './redemptions.repository';

        export async function redeemRoutes(app: FastifyInstance, redemptions: RedemptionsRepository) {
          app.post<{ Params: { code: string }; Body: { userId: string } }>('/coupons/:code/redeem', async (request, reply) => {
            const coupon = await redemptions.coupon(request.params.code);
            if (!coupon) return reply.code(404).send();
            if (!(await redemptions.takeOne(coupon._id, coupon.limit))) return reply.code(410).send();
            await redemptions.insert(coupon._id, request.body.userId);
            return reply.code(204).send();
          });
        }
      `,
    },
  },

  {
    title: 'projects of a plan counted before one more is created; fixed by a serializable transaction that is retried',
    shared: {
      'src/transactions.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function serializable<T>(work: (tx: Prisma.TransactionClient) => Promise<T>, attempts = 3): Promise<T> {
          try {
            return await prisma.$transaction(work, { isolationLevel: 'Serializable' });
          } catch (error) {
            if (attempts > 1 && error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2034') return serializable(work, attempts - 1);
            throw error;
          }
        }
      `,
      'src/projects.repository.ts': `
        import type { Prisma } from '@prisma/client';

        export class ProjectsRepository {
          constructor(private readonly tx: Prisma.TransactionClient) {}

          count(ownerId: string) {
            return this.tx.project.count({ where: { ownerId } });
          }

          create(ownerId: string, name: string) {
            return this.tx.project.create({ data: { ownerId, name } });
          }
        }
      `,
    },
    defect: {
      'src/create-project.ts': `
        import { ProjectsRepository } from './projects.repository';
        import { prisma } from './transactions';

        const MAX_PROJECTS = 3;

        export function createProject(ownerId: string, name: string) {
          return prisma.$transaction(async (tx) => {
            const projects = new ProjectsRepository(tx);
            if ((await projects.count(ownerId)) >= MAX_PROJECTS) throw new Error('plan limit reached');
            return projects.create(ownerId, name); // finds
          });
        }
      `,
    },
    correct: {
      'src/create-project.ts': `
        import { ProjectsRepository } from './projects.repository';
        import { serializable } from './transactions';

        const MAX_PROJECTS = 3;

        export function createProject(ownerId: string, name: string) {
          return serializable(async (tx) => {
            const projects = new ProjectsRepository(tx);
            if ((await projects.count(ownerId)) >= MAX_PROJECTS) throw new Error('plan limit reached');
            return projects.create(ownerId, name);
          });
        }
      `,
    },
  },

  {
    title: 'reservations summed with pg before one is added; fixed by locking the parent row first',
    defect: {
      'reserve.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function reserve(resourceId, amount) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            const resource = await client.query('SELECT capacity FROM resources WHERE id = $1', [resourceId]);
            const reserved = await client.query('SELECT COALESCE(SUM(amount), 0) AS total FROM reservations WHERE resource_id = $1', [resourceId]);
            if (Number(reserved.rows[0].total) + amount > resource.rows[0].capacity) throw new Error('not enough left');
            await client.query('INSERT INTO reservations (resource_id, amount) VALUES ($1, $2)', [resourceId, amount]); // finds
            await client.query('COMMIT');
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
        }

        module.exports = { reserve };
      `,
    },
    correct: {
      'reserve.js': `
        const { Pool } = require('pg');

        const pool = new Pool();

        async function reserve(resourceId, amount) {
          const client = await pool.connect();
          try {
            await client.query('BEGIN');
            const resource = await client.query('SELECT capacity FROM resources WHERE id = $1 FOR UPDATE', [resourceId]);
            const reserved = await client.query('SELECT COALESCE(SUM(amount), 0) AS total FROM reservations WHERE resource_id = $1', [resourceId]);
            if (Number(reserved.rows[0].total) + amount > resource.rows[0].capacity) throw new Error('not enough left');
            await client.query('INSERT INTO reservations (resource_id, amount) VALUES ($1, $2)', [resourceId, amount]);
            await client.query('COMMIT');
          } catch (error) {
            await client.query('ROLLBACK');
            throw error;
          } finally {
            client.release();
          }
        }

        module.exports = { reserve };
      `,
    },
  },

  {
    title: 'devices of an account counted with Mongoose before one is added; fixed by a distributed lock around both',
    shared: {
      'src/lock.ts': `
        import { Redis } from 'ioredis';
        import Redlock from 'redlock';

        const redlock = new Redlock([new Redis(process.env.REDIS_URL!)]);

        export function withLock<T>(key: string, work: () => Promise<T>): Promise<T> {
          return redlock.using([key], 10_000, () => work());
        }
      `,
      'src/device.model.ts': `
        import { Schema, model } from 'mongoose';

        const deviceSchema = new Schema({ accountId: { type: String, index: true }, name: String });

        export const Device = model('Device', deviceSchema);
      `,
    },
    defect: {
      'src/add-device.ts': `
        import { Device } from './device.model';

        export async function addDevice(accountId: string, name: string) {
          const count = await Device.countDocuments({ accountId });
          if (count >= 5) throw new Error('too many devices');
          await Device.create({ accountId, name }); // finds
        }
      `,
    },
    correct: {
      'src/add-device.ts': `
        import { Device } from './device.model';
        import { withLock } from './lock';

        export async function addDevice(accountId: string, name: string) {
          await withLock(\`devices:\${accountId}\`, async () => {
            const count = await Device.countDocuments({ accountId });
            if (count >= 5) throw new Error('too many devices');
            await Device.create({ accountId, name });
          });
        }
      `,
    },
  },

  // In this state, so onward.
  {
    title: 'refund of an order that was read as paid; fixed by claiming the state and counting the rows',
    // Nothing in view ever moves `status`: that it is a state is assumed.
    certainty: 'likely',
    defect: {
      'src/refunds.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';
        import Stripe from 'stripe';

        const prisma = new PrismaClient();
        const stripe = new Stripe(process.env.STRIPE_KEY!);
        const app = express();

        app.post('/orders/:id/refund', async (req, res) => {
          const order = await prisma.order.findUniqueOrThrow({ where: { id: req.params.id } });
          if (order.status !== 'paid') {
            res.sendStatus(409);
            return;
          }
          await stripe.refunds.create({ payment_intent: order.paymentIntentId }); // finds
          res.sendStatus(202);
        });
      `,
    },
    correct: {
      'src/refunds.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';
        import Stripe from 'stripe';

        const prisma = new PrismaClient();
        const stripe = new Stripe(process.env.STRIPE_KEY!);
        const app = express();

        app.post('/orders/:id/refund', async (req, res) => {
          const order = await prisma.order.findUniqueOrThrow({ where: { id: req.params.id } });
          const claimed = await prisma.order.updateMany({ where: { id: order.id, status: 'paid' }, data: { status: 'refunding' } });
          if (claimed.count === 0) {
            res.sendStatus(409);
            return;
          }
          await stripe.refunds.create({ payment_intent: order.paymentIntentId });
          res.sendStatus(202);
        });
      `,
    },
  },

  {
    title: 'Nest booking confirmed when it was read as pending; fixed by the state in the criteria and affected checked',
    shared: {
      'src/booking.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Booking {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column({ default: 'pending' })
          status!: 'pending' | 'confirmed' | 'cancelled';
        }
      `,
    },
    defect: {
      'src/bookings.service.ts': `
        import { ConflictException, Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Booking } from './booking.entity';

        @Injectable()
        export class BookingsService {
          constructor(@InjectRepository(Booking) private readonly bookings: Repository<Booking>) {}

          async confirm(id: string) {
            const booking = await this.bookings.findOneByOrFail({ id });
            if (booking.status !== 'pending') throw new ConflictException(booking.status);
            booking.status = 'confirmed';
            await this.bookings.save(booking); // finds
          }

          cancel(id: string) {
            return this.bookings.update({ id }, { status: 'cancelled' });
          }
        }
      `,
    },
    correct: {
      'src/bookings.service.ts': `
        import { ConflictException, Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Booking } from './booking.entity';

        @Injectable()
        export class BookingsService {
          constructor(@InjectRepository(Booking) private readonly bookings: Repository<Booking>) {}

          async confirm(id: string) {
            const booking = await this.bookings.findOneByOrFail({ id });
            if (booking.status !== 'pending') throw new ConflictException(booking.status);
            const { affected } = await this.bookings.update({ id, status: 'pending' }, { status: 'confirmed' });
            if (!affected) throw new ConflictException();
          }

          cancel(id: string) {
            return this.bookings.update({ id }, { status: 'cancelled' });
          }
        }
      `,
    },
  },

  {
    title: 'Sequelize payout approved in a transaction after a plain read; fixed by a row lock',
    shared: {
      'src/models.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        export const sequelize = new Sequelize(process.env.DATABASE_URL!);

        export class Payout extends Model {
          declare id: number;
          declare state: 'requested' | 'approved' | 'rejected';
        }

        Payout.init({ state: DataTypes.STRING }, { sequelize });
      `,
      'src/reject-payout.ts': `
        import { Payout } from './models';

        export const rejectPayout = (id: number) => Payout.update({ state: 'rejected' }, { where: { id } });
      `,
    },
    defect: {
      'src/approve-payout.ts': `
        import { Payout, sequelize } from './models';

        export async function approvePayout(id: number) {
          await sequelize.transaction(async (transaction) => {
            const payout = await Payout.findByPk(id, { transaction, rejectOnEmpty: true });
            if (payout.state !== 'requested') throw new Error(\`payout \${id} is \${payout.state}\`);
            await payout.update({ state: 'approved' }, { transaction }); // finds
          });
        }
      `,
    },
    correct: {
      'src/approve-payout.ts': `
        import { Payout, sequelize } from './models';

        export async function approvePayout(id: number) {
          await sequelize.transaction(async (transaction) => {
            const payout = await Payout.findByPk(id, { transaction, lock: transaction.LOCK.UPDATE, rejectOnEmpty: true });
            if (payout.state !== 'requested') throw new Error(\`payout \${id} is \${payout.state}\`);
            await payout.update({ state: 'approved' }, { transaction });
          });
        }
      `,
    },
  },

  {
    title: 'a conditional update whose count nobody reads before the mail goes out',
    certainty: 'likely',
    defect: {
      'src/gift-cards.ts': `
        import { PrismaClient } from '@prisma/client';
        import nodemailer from 'nodemailer';

        const prisma = new PrismaClient();
        const mailer = nodemailer.createTransport(process.env.SMTP_URL);

        export async function deliver(giftCardId: string) {
          const card = await prisma.giftCard.findUniqueOrThrow({ where: { id: giftCardId } });
          if (card.state !== 'pending') return;
          await prisma.giftCard.updateMany({ where: { id: card.id, state: 'pending' }, data: { state: 'delivered' } });
          await mailer.sendMail({ from: 'gifts@example.com', to: card.recipient, subject: 'A gift', text: card.code }); // finds
        }
      `,
    },
    correct: {
      'src/gift-cards.ts': `
        import { PrismaClient } from '@prisma/client';
        import nodemailer from 'nodemailer';

        const prisma = new PrismaClient();
        const mailer = nodemailer.createTransport(process.env.SMTP_URL);

        export async function deliver(giftCardId: string) {
          const card = await prisma.giftCard.findUniqueOrThrow({ where: { id: giftCardId } });
          if (card.state !== 'pending') return;
          const { count } = await prisma.giftCard.updateMany({ where: { id: card.id, state: 'pending' }, data: { state: 'delivered' } });
          if (count === 0) return;
          await mailer.sendMail({ from: 'gifts@example.com', to: card.recipient, subject: 'A gift', text: card.code });
        }
      `,
    },
  },

  {
    title: 'a transition after a check of its own state, against an update after checks of existence, owner and role',
    shared: {
      'src/posts.store.ts': `
        import type { Knex } from 'knex';

        export interface Post {
          id: string;
          author_id: string;
          state: 'draft' | 'published' | 'withdrawn';
          title: string;
        }

        export class PostsStore {
          constructor(private readonly db: Knex) {}

          find(id: string) {
            return this.db<Post>('posts').where({ id }).first();
          }

          update(id: string, fields: Partial<Post>) {
            return this.db<Post>('posts').where({ id }).update(fields);
          }

          withdraw(id: string) {
            return this.db<Post>('posts').where({ id }).update({ state: 'withdrawn' });
          }
        }
      `,
    },
    defect: {
      'src/posts.routes.ts': `
        import { Hono } from 'hono';
        import type { PostsStore } from './posts.store';

        export function postRoutes(posts: PostsStore) {
          const app = new Hono();

          app.post('/posts/:id/publish', async (c) => {
            const post = await posts.find(c.req.param('id'));
            if (!post) return c.notFound();
            if (post.state !== 'draft') return c.json({ error: 'already published' }, 409);
            await posts.update(post.id, { state: 'published' }); // finds
            return c.body(null, 204);
          });

          return app;
        }
      `,
    },
    correct: {
      'src/posts.routes.ts': `
        import { Hono } from 'hono';
        import type { PostsStore } from './posts.store';

        export function postRoutes(posts: PostsStore) {
          const app = new Hono<{ Variables: { user: { id: string; role: string } } }>();

          app.put('/posts/:id/title', async (c) => {
            const user = c.get('user');
            const post = await posts.find(c.req.param('id'));
            if (!post) return c.notFound();
            if (post.author_id !== user.id && user.role !== 'editor') return c.json({ error: 'not yours' }, 403);
            await posts.update(post.id, { title: (await c.req.json()).title });
            return c.body(null, 204);
          });

          return app;
        }
      `,
    },
  },

  {
    title: 'a Redis key set after EXISTS said it was free, through a wrapper; fixed by SET NX',
    shared: {
      'src/keys.ts': `
        import type { Redis } from 'ioredis';

        export class Keys {
          constructor(private readonly redis: Redis) {}

          async taken(key: string) {
            return (await this.redis.exists(key)) === 1;
          }

          async put(key: string, value: string) {
            await this.redis.set(key, value, 'EX', 86_400);
          }

          async putIfAbsent(key: string, value: string) {
            return (await this.redis.set(key, value, 'EX', 86_400, 'NX')) === 'OK';
          }
        }
      `,
    },
    defect: {
      'src/assign-table.ts': `
        import type { Keys } from './keys';

        export async function assignTable(keys: Keys, table: string, guestId: string) {
          const key = \`table:\${table}\`;
          if (await keys.taken(key)) throw new Error('table taken');
          await keys.put(key, guestId); // finds
        }
      `,
    },
    correct: {
      'src/assign-table.ts': `
        import type { Keys } from './keys';

        export async function assignTable(keys: Keys, table: string, guestId: string) {
          const key = \`table:\${table}\`;
          if (await keys.taken(key)) throw new Error('table taken');
          if (!(await keys.putIfAbsent(key, guestId))) throw new Error('table taken');
        }
      `,
    },
  },

  {
    title: 'a route wrapper loads the account, the handler tests its quota; fixed by a condition in the update',
    shared: {
      'src/with-account.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        type Account = { id: string; seats: number; seatLimit: number };

        export const withAccount = (handler: (context: { request: Request; account: Account }) => Promise<Response>) => async (request: Request) => {
          const account = await prisma.account.findUnique({ where: { apiKey: request.headers.get('authorization') ?? '' } });
          if (!account) return new Response(null, { status: 401 });
          return handler({ request, account });
        };
      `,
    },
    defect: {
      'app/api/seats/route.ts': `
        import { prisma, withAccount } from '../../../src/with-account';

        export const POST = withAccount(async ({ account }) => {
          if (account.seats >= account.seatLimit) return new Response('no seat left', { status: 403 });
          await prisma.account.update({ where: { id: account.id }, data: { seats: { increment: 1 } } }); // finds
          return new Response(null, { status: 201 });
        });
      `,
    },
    correct: {
      'app/api/seats/route.ts': `
        import { prisma, withAccount } from '../../../src/with-account';

        export const POST = withAccount(async ({ account }) => {
          const { count } = await prisma.account.updateMany({ where: { id: account.id, seats: { lt: account.seatLimit } }, data: { seats: { increment: 1 } } });
          if (count === 0) return new Response('no seat left', { status: 403 });
          return new Response(null, { status: 201 });
        });
      `,
    },
  },

  {
    title: 'searched among the related rows that came along with the project',
    shared: {
      'schema.prisma': `
        model Project {
          id       String    @id
          channels Channel[]
        }

        model Channel {
          id        String  @id
          projectId String
          kind      String
          project   Project @relation(fields: [projectId], references: [id])

          @@unique([projectId, kind])
        }
      `,
      'src/channels.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function addChannel(projectId: string, kind: string) {
          return prisma.channel.create({ data: { projectId, kind } });
        }

        export async function ensureRow(projectId: string, kind: string) {
          return prisma.channel.upsert({ where: { projectId_kind: { projectId, kind } }, create: { projectId, kind }, update: {} });
        }
      `,
    },
    defect: {
      'src/projects.ts': `
        import { addChannel, prisma } from './channels';

        export async function ensureChannel(projectId: string, kind: string) {
          const project = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, include: { channels: true } });
          const existing = project.channels.find((channel) => channel.kind === kind);
          if (!existing) await addChannel(project.id, kind); // finds
        }
      `,
    },
    correct: {
      'src/projects.ts': `
        import { ensureRow, prisma } from './channels';

        export async function ensureChannel(projectId: string, kind: string) {
          const project = await prisma.project.findUniqueOrThrow({ where: { id: projectId }, include: { channels: true } });
          const existing = project.channels.find((channel) => channel.kind === kind);
          if (!existing) await ensureRow(project.id, kind);
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'the next invoice number continues the newest one; fixed by trying again when the unique key refuses it',
    shared: {
      'schema.prisma': `
        model Invoice {
          id       String @id
          tenantId String
          number   Int

          @@unique([tenantId, number])
        }
      `,
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export interface Resources {
          prisma: PrismaClient;
        }
      `,
    },
    defect: {
      'src/invoices.ts': `
        import type { Resources } from './db';

        export class Invoices {
          constructor(private readonly resources: Resources) {}

          async issue(tenantId: string) {
            const last = await this.resources.prisma.invoice.findFirst({ where: { tenantId }, orderBy: { number: 'desc' } });
            return this.resources.prisma.invoice.create({ data: { tenantId, number: (last?.number ?? 0) + 1 } }); // finds
          }
        }
      `,
    },
    correct: {
      'src/invoices.ts': `
        import type { Resources } from './db';

        export class Invoices {
          constructor(private readonly resources: Resources) {}

          async issue(tenantId: string): Promise<unknown> {
            const last = await this.resources.prisma.invoice.findFirst({ where: { tenantId }, orderBy: { number: 'desc' } });
            try {
              return await this.resources.prisma.invoice.create({ data: { tenantId, number: (last?.number ?? 0) + 1 } });
            } catch (error) {
              if ((error as { code?: string }).code !== 'P2002') throw error;
              return this.issue(tenantId);
            }
          }
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'due reminders are picked by status, mailed, and marked by key; fixed by claiming each with the status in the condition',
    defect: {
      'src/reminders.ts': `
        import knex from 'knex';
        import { Resend } from 'resend';

        const db = knex({ client: 'pg' });
        const resend = new Resend(process.env.RESEND_KEY);

        export async function sendReminders() {
          const due = await db('reminders').where({ status: 'due' }).limit(50);
          for (const reminder of due) {
            await db('reminders').where({ id: reminder.id }).update({ status: 'sent' }); // finds
            await resend.emails.send({ from: 'shop@example.com', to: reminder.email, subject: 'Reminder', text: reminder.text });
          }
        }
      `,
    },
    correct: {
      'src/reminders.ts': `
        import knex from 'knex';
        import { Resend } from 'resend';

        const db = knex({ client: 'pg' });
        const resend = new Resend(process.env.RESEND_KEY);

        export async function sendReminders() {
          const due = await db('reminders').where({ status: 'due' }).limit(50);
          for (const reminder of due) {
            const claimed = await db('reminders').where({ id: reminder.id, status: 'due' }).update({ status: 'sent' });
            if (claimed === 0) continue;
            await resend.emails.send({ from: 'shop@example.com', to: reminder.email, subject: 'Reminder', text: reminder.text });
          }
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'open orders are filtered in memory and paid out one by one; fixed by testing the state in the update',
    defect: {
      'src/payouts.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export const holdBack = (id: string) => prisma.payout.update({ where: { id }, data: { status: 'held' } });

        export async function approveDrafts(sellerId: string) {
          const payouts = await prisma.payout.findMany({ where: { sellerId }, take: 100 });
          for (const payout of payouts.filter((candidate) => candidate.status === 'draft')) {
            await prisma.payout.update({ where: { id: payout.id }, data: { status: 'approved' } }); // finds
          }
        }
      `,
    },
    correct: {
      'src/payouts.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export const holdBack = (id: string) => prisma.payout.update({ where: { id }, data: { status: 'held' } });

        export async function approveDrafts(sellerId: string) {
          const payouts = await prisma.payout.findMany({ where: { sellerId }, take: 100 });
          for (const payout of payouts.filter((candidate) => candidate.status === 'draft')) {
            await prisma.payout.updateMany({ where: { id: payout.id, status: 'draft' }, data: { status: 'approved' } });
          }
        }
      `,
    },
  },

  {
    title: 'a locker is opened when it was read as reserved, against one that is edited whatever it was',
    defect: {
      'lockers.ts': `
        import type { DataSource } from 'typeorm';
        import { Locker } from './locker.entity';

        export async function open(source: DataSource, id: string) {
          const lockers = source.getRepository(Locker);
          const locker = await lockers.findOneBy({ id });
          if (!locker) throw new Error('not found');
          if (locker.state !== 'reserved') throw new Error('not reserved');
          locker.state = 'open';
          await source.getRepository(Locker).insert({ copyOf: locker.id });
          await lockers.save(locker); // finds
        }
      `,
    },
    correct: {
      'lockers.ts': `
        import type { DataSource } from 'typeorm';
        import { Locker } from './locker.entity';

        export async function rename(source: DataSource, id: string, given: Locker, label: string) {
          const lockers = source.getRepository(Locker);
          const locker = await lockers.findOneBy({ id });
          if (!locker) throw new Error('not found');
          lockers.merge(locker, given);
          locker.label = label;
          await source.getRepository(Locker).insert({ copyOf: locker.id });
          await lockers.save(locker);
        }

        export async function relabel(source: DataSource, id: string, label: string) {
          const lockers = source.getRepository(Locker);
          const locker = await lockers.findOneBy({ id });
          if (locker === null || locker.label === 'fixed') throw new Error('not to be changed');
          await lockers.update({ id }, { label });
        }
      `,
    },
    shared: {
      'locker.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Locker {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          state!: string;

          @Column()
          label!: string;

          @Column({ nullable: true })
          copyOf?: string;
        }
      `,
    },
  },

  {
    title: 'a ticket that is used up for a seat, against one that is only deleted; a mail that marks what it was sent for, against one that asks for a setting',
    certainty: 'likely',
    defect: {
      'tickets.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function redeem(code: string, show: string) {
          const ticket = await prisma.ticket.findUnique({ where: { code } });
          if (!ticket) throw new Error('unknown ticket');
          await prisma.ticket.deleteMany({ where: { code } }); // finds
          await prisma.seat.create({ data: { show, holder: ticket.holder } });
        }
      `,
    },
    correct: {
      'tickets.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Resend } from 'resend';

        const prisma = new PrismaClient();
        const resend = new Resend('key');

        export async function discard(code: string) {
          const ticket = await prisma.ticket.findUnique({ where: { code } });
          if (!ticket) throw new Error('unknown ticket');
          await prisma.ticket.deleteMany({ where: { code } });
        }

        export async function remind(code: string) {
          const ticket = await prisma.ticket.findUnique({ where: { code } });
          if (ticket === null || ticket.channel !== 'mail') return;
          await resend.emails.send({ from: 'box@example.com', to: ticket.holder, subject: 'Tonight', text: code });
        }
      `,
    },
  },

  {
    title: 'kennels counted before one is taken in a route, against a seed that does it alone and a counter of something else',
    shared: {
      'db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'kennels.ts': `
        import { prisma } from './db';

        export async function take(shelterId: string, dog: string) {
          const taken = await prisma.kennel.count({ where: { shelterId } });
          if (taken >= 40) throw new Error('full');
          await prisma.kennel.create({ data: { shelterId, dog } }); // finds
        }
      `,
    },
    correct: {
      'seeds/kennels.ts': `
        import { prisma } from '../db';

        export async function seed(shelterId: string, dog: string) {
          const taken = await prisma.kennel.count({ where: { shelterId } });
          if (taken < 40) await prisma.kennel.create({ data: { shelterId, dog } });
        }
      `,
      'visits.ts': `
        import { prisma } from './db';

        export async function visit(shelterId: string) {
          const taken = await prisma.kennel.count({ where: { shelterId } });
          if (taken === 0) throw new Error('nobody to visit');
          await prisma.counter.update({ where: { id: 'visits' }, data: { value: { increment: 1 } } });
        }
      `,
    },
  },

  {
    title: 'a helper in another file answers with an object whether there is room; fixed by a serializable transaction',
    shared: {
      'src/room.ts': `
        import type { Prisma, PrismaClient } from '@prisma/client';

        export async function mayJoin(db: PrismaClient | Prisma.TransactionClient, courseId: string) {
          const taken = await db.enrolment.count({ where: { courseId } });
          if (taken >= 30) return { allowed: false, reason: 'full' };
          return { allowed: true, reason: null };
        }
      `,
    },
    defect: {
      'src/enrol.ts': `
        import { PrismaClient } from '@prisma/client';
        import { mayJoin } from './room';

        const prisma = new PrismaClient();

        export async function enrol(courseId: string, pupilId: string) {
          const answer = await mayJoin(prisma, courseId);
          if (!answer.allowed) throw new Error(answer.reason ?? 'refused');
          await prisma.enrolment.create({ data: { courseId, pupilId } }); // finds
        }
      `,
    },
    correct: {
      'src/enrol.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';
        import { mayJoin } from './room';

        const prisma = new PrismaClient();

        export async function enrol(courseId: string, pupilId: string) {
          await prisma.$transaction(async (tx) => {
            const answer = await mayJoin(tx, courseId);
            if (!answer.allowed) throw new Error(answer.reason ?? 'refused');
            await tx.enrolment.create({ data: { courseId, pupilId } });
          }, { isolationLevel: Prisma.TransactionIsolationLevel.Serializable });
        }
      `,
    },
  },

  {
    title: 'a loop looks for a handle that is free; a random one needs no look-up to be nobody else’s',
    defect: {
      'src/handles.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        async function freeHandle(wanted: string): Promise<string> {
          for (let n = 0; ; n += 1) {
            const handle = n === 0 ? wanted : wanted + n;
            const { rowCount } = await pool.query('SELECT 1 FROM studios WHERE handle = $1', [handle]);
            if (rowCount === 0) return handle;
          }
        }

        export async function openStudio(wanted: string) {
          const handle = await freeHandle(wanted);
          await pool.query('INSERT INTO studios (handle) VALUES ($1)', [handle]); // finds
        }
      `,
    },
    correct: {
      'src/handles.ts': `
        import { randomUUID } from 'node:crypto';
        import { Pool } from 'pg';

        const pool = new Pool();

        async function freeHandle(): Promise<string> {
          for (;;) {
            const handle = randomUUID();
            const { rowCount } = await pool.query('SELECT 1 FROM studios WHERE handle = $1', [handle]);
            if (rowCount === 0) return handle;
          }
        }

        export async function openStudio() {
          const handle = await freeHandle();
          await pool.query('INSERT INTO studios (handle) VALUES ($1)', [handle]);
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'the labels that are not there yet are inserted all at once; fixed by a unique key and skipping duplicates',
    shared: {
      'schema.prisma': `
        model Label {
          id      String @id @default(cuid())
          boardId String
          text    String

          @@unique([boardId, text])
        }

        model Sticker {
          id      String @id @default(cuid())
          boardId String
          text    String
        }
      `,
    },
    defect: {
      'src/labels.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function addStickers(boardId: string, texts: string[]) {
          const existing = await prisma.sticker.findMany({ where: { boardId } });
          const missing = texts.filter((text) => !existing.some((sticker) => sticker.text === text));
          await prisma.sticker.createMany({ data: missing.map((text) => ({ boardId, text })) }); // finds
        }
      `,
    },
    correct: {
      'src/labels.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function addLabels(boardId: string, texts: string[]) {
          const existing = await prisma.label.findMany({ where: { boardId } });
          const missing = texts.filter((text) => !existing.some((label) => label.text === text));
          await prisma.label.createMany({ data: missing.map((text) => ({ boardId, text })), skipDuplicates: true });
        }
      `,
    },
  },

  {
    title: 'a link that was found unused is marked as used; fixed by asking the update how many it marked',
    defect: {
      'src/links.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Column, Entity, PrimaryGeneratedColumn, Repository } from 'typeorm';

        @Entity()
        export class Link {
          @PrimaryGeneratedColumn() id!: number;
          @Column() secret!: string;
          @Column() used!: boolean;
        }

        @Injectable()
        export class Links {
          constructor(@InjectRepository(Link) private readonly links: Repository<Link>) {}

          async open(secret: string) {
            const link = await this.links.findOne({ where: { secret, used: false } });
            if (!link) throw new Error('no such link');
            await this.links.insert({ secret: 'after ' + link.id, used: false });
            await this.links.update({ id: link.id }, { used: true }); // finds
          }
        }
      `,
    },
    correct: {
      'src/links.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Column, Entity, PrimaryGeneratedColumn, Repository } from 'typeorm';

        @Entity()
        export class Link {
          @PrimaryGeneratedColumn() id!: number;
          @Column() secret!: string;
          @Column() used!: boolean;
        }

        @Injectable()
        export class Links {
          constructor(@InjectRepository(Link) private readonly links: Repository<Link>) {}

          async open(secret: string) {
            const link = await this.links.findOne({ where: { secret, used: false } });
            if (!link) throw new Error('no such link');
            const { affected } = await this.links.update({ id: link.id, used: false }, { used: true });
            if (affected !== 1) throw new Error('no such link');
            await this.links.insert({ secret: 'after ' + link.id, used: false });
          }

          async hide(secret: string) {
            const link = await this.links.findOne({ where: { secret, used: false } });
            if (!link) throw new Error('no such link');
            await this.links.update({ id: link.id }, { used: true });
          }
        }
      `,
    },
  },

  {
    title: 'the last keeper must not go, by a count; fixed by locking the keepers that are counted',
    defect: {
      'src/keepers.ts': `
        import knex from 'knex';

        const db = knex({ client: 'pg' });

        export async function dismiss(zooId: string, keeperId: string) {
          const [{ n }] = await db('keepers').where({ zoo_id: zooId }).count('* as n');
          if (Number(n) <= 1) throw new Error('somebody has to stay');
          await db('keepers').where({ id: keeperId }).delete(); // finds
        }
      `,
    },
    correct: {
      'src/keepers.ts': `
        import knex from 'knex';

        const db = knex({ client: 'pg' });

        export async function dismiss(zooId: string, keeperId: string) {
          await db.transaction(async (trx) => {
            await trx('keepers').where({ zoo_id: zooId }).select('id').forUpdate();
            const [{ n }] = await trx('keepers').where({ zoo_id: zooId }).count('* as n');
            if (Number(n) <= 1) throw new Error('somebody has to stay');
            await trx('keepers').where({ id: keeperId }).delete();
          });
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'the client that a declaration adds to Fastify; fixed by a unique column and its violation caught',
    shared: {
      'src/database.ts': `
        import { PrismaClient } from '@prisma/client';
        import fp from 'fastify-plugin';

        export default fp(async (app) => {
          app.decorate('db', new PrismaClient());
        });

        declare module 'fastify' {
          interface FastifyInstance {
            db: PrismaClient;
          }
        }
      `,
    },
    defect: {
      'src/breeds.ts': `
        import type { FastifyInstance } from 'fastify';

        export default async function breeds(app: FastifyInstance) {
          app.post('/breeds', async (request, reply) => {
            const { name } = request.body as { name: string };
            if (await request.server.db.breed.findFirst({ where: { name } })) return reply.code(409).send();
            return app.db.breed.create({ data: { name } }); // finds
          });
        }
      `,
    },
    correct: {
      'src/breeds.ts': `
        import { Prisma } from '@prisma/client';
        import type { FastifyInstance } from 'fastify';

        export default async function breeds(app: FastifyInstance) {
          app.post('/breeds', async (request, reply) => {
            const { name } = request.body as { name: string };
            if (await request.server.db.breed.findFirst({ where: { name } })) return reply.code(409).send();
            try {
              return await app.db.breed.create({ data: { name } });
            } catch (error) {
              if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return reply.code(409).send();
              throw error;
            }
          });
        }
      `,
    },
    certainty: 'likely',
    audit: true,
  },

  {
    title: 'methods of a sequelize-typescript row test and change it; fixed by the state in the criteria',
    shared: {
      'src/base.ts': `
        import { Model } from 'sequelize-typescript';

        export abstract class Base extends Model {
          async change(values: object) {
            this.set(values);
            return this.save();
          }
        }
      `,
      'src/routes.ts': `
        import express from 'express';
        import { Ferry } from './ferry';

        const app = express();

        app.post('/ferries/:id/cast', async (req, res) => {
          const ferry = await Ferry.findByPk(req.params.id, { rejectOnEmpty: true });
          await ferry.cast();
          res.end();
        });

        app.post('/ferries/:id/lay-up', async (req, res) => {
          await Ferry.update({ state: 'laid up' }, { where: { id: req.params.id } });
          res.end();
        });
      `,
    },
    defect: {
      'src/ferry.ts': `
        import { Column, Table } from 'sequelize-typescript';
        import { Base } from './base';

        @Table
        export class Ferry extends Base {
          @Column declare state: string;

          get isMoored() {
            return this.state === 'moored';
          }

          cast = async () => {
            if (!this.isMoored) throw new Error('at sea');
            return this.change({ state: 'at sea' }); // finds
          };
        }
      `,
    },
    correct: {
      'src/ferry.ts': `
        import { Column, Table } from 'sequelize-typescript';
        import { Base } from './base';

        @Table
        export class Ferry extends Base {
          @Column declare state: string;

          get isMoored() {
            return this.state === 'moored';
          }

          cast = async () => {
            if (!this.isMoored) throw new Error('at sea');
            const [changed] = await (this.constructor as typeof Ferry).update({ state: 'at sea' }, { where: { id: this.id, state: 'moored' } });
            if (changed === 0) throw new Error('at sea');
          };
        }
      `,
    },
    audit: true,
  },

  {
    title: 'rows counted in a Drizzle selection before one is added; fixed by locking the parent row',
    shared: {
      'src/schema.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { pgTable, text } from 'drizzle-orm/pg-core';

        export const hives = pgTable('hives', { id: text('id').primaryKey() });
        export const queens = pgTable('queens', { id: text('id').primaryKey(), hiveId: text('hive_id').notNull() });
        export const db = drizzle(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/queens.ts': `
        import { count, eq } from 'drizzle-orm';
        import { db, queens } from './schema';

        export async function addQueen(hiveId: string, id: string) {
          const [{ total }] = await db.select({ total: count() }).from(queens).where(eq(queens.hiveId, hiveId));
          if (total >= 1) throw new Error('one is enough');
          await db.insert(queens).values({ id, hiveId }); // finds
        }
      `,
    },
    correct: {
      'src/queens.ts': `
        import { count, eq } from 'drizzle-orm';
        import { db, hives, queens } from './schema';

        export async function addQueen(hiveId: string, id: string) {
          await db.transaction(async (tx) => {
            await tx.select().from(hives).where(eq(hives.id, hiveId)).for('update');
            const [{ total }] = await tx.select({ total: count() }).from(queens).where(eq(queens.hiveId, hiveId));
            if (total >= 1) throw new Error('one is enough');
            await tx.insert(queens).values({ id, hiveId });
          });
        }
      `,
    },
  },

  {
    title: 'a Firestore document set when there was none; fixed by create',
    defect: {
      'src/plots.ts': `
        import { getFirestore } from 'firebase-admin/firestore';

        const db = getFirestore();

        export async function claim(plot: string, gardener: string) {
          const ref = db.collection('plots').doc(plot);
          const found = await ref.get();
          if (found.exists) throw new Error('taken');
          await ref.set({ gardener }); // finds
        }
      `,
    },
    correct: {
      'src/plots.ts': `
        import { getFirestore } from 'firebase-admin/firestore';

        const db = getFirestore();

        export async function claim(plot: string, gardener: string) {
          const ref = db.collection('plots').doc(plot);
          await ref.create({ gardener });
        }
      `,
    },
  },

  {
    title: 'a draft that may have been sent in between is deleted; fixed by the state in the criteria',
    shared: {
      'src/letters.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();

        export async function submit(id: string) {
          await prisma.letter.updateMany({ where: { id, state: 'draft' }, data: { state: 'sent' } });
        }
      `,
    },
    defect: {
      'src/discard.ts': `
        import { prisma } from './letters';

        export async function discard(id: string) {
          const letter = await prisma.letter.findUniqueOrThrow({ where: { id } });
          if (letter.state !== 'draft') throw new Error('already sent');
          await prisma.letter.delete({ where: { id } }); // finds
        }
      `,
    },
    correct: {
      'src/discard.ts': `
        import { prisma } from './letters';

        export async function discard(id: string) {
          const letter = await prisma.letter.findUniqueOrThrow({ where: { id } });
          if (letter.state !== 'draft') throw new Error('already sent');
          await prisma.letter.deleteMany({ where: { id, state: 'draft' } });
        }
      `,
    },
    certainty: 'likely',
    audit: true,
  },

  {
    title: 'tries counted in Redis after they were read; fixed by counting first',
    defect: {
      'src/tries.ts': `
        import Redis from 'ioredis';

        const redis = new Redis();

        export async function mayTry(door: string) {
          const tries = await redis.get('tries:' + door);
          if (Number(tries) >= 3) throw new Error('locked');
          await redis.incr('tries:' + door); // finds
        }
      `,
    },
    correct: {
      'src/tries.ts': `
        import Redis from 'ioredis';

        const redis = new Redis();

        export async function mayTry(door: string) {
          const tries = await redis.incr('tries:' + door);
          if (tries > 3) throw new Error('locked');
        }
      `,
    },
  },

  {
    title: 'a pass that is looked up and deleted lets in twice; a favourite that is taken back does not',
    defect: {
      'src/passes.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function enter(code: string) {
          const pass = await prisma.pass.findFirst({ where: { code } });
          if (!pass) throw new Error('no pass');
          await prisma.visit.create({ data: { guest: pass.guest } });
          await prisma.pass.delete({ where: { id: pass.id } }); // finds
        }
      `,
    },
    correct: {
      'src/passes.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function unlike(guest: string, song: string) {
          const favourite = await prisma.favourite.findFirst({ where: { guest, song } });
          if (!favourite) return;
          await prisma.favourite.delete({ where: { id: favourite.id } });
        }

        export async function enter(code: string) {
          const pass = await prisma.pass.findFirst({ where: { code } });
          if (!pass) throw new Error('no pass');
          await prisma.pass.delete({ where: { id: pass.id } });
          await prisma.visit.create({ data: { guest: pass.guest } });
        }
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'a seat is added while fewer than forty are counted, against one that is added where there are some',
    defect: {
      'src/seats.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function addSeat(busId: string, name: string) {
          const taken = await prisma.seat.count({ where: { busId } });
          if (taken >= 40) throw new Error('full');
          await prisma.seat.create({ data: { busId, name } }); // finds
        }
      `,
    },
    correct: {
      'src/seats.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function addSeat(busId: string, name: string) {
          const taken = await prisma.seat.count({ where: { busId } });
          if (taken === 0) throw new Error('no such bus');
          await prisma.seat.create({ data: { busId, name } });
        }
      `,
    },
  },

  {
    title: 'a crate that is not there yet is added to a pallet, against a pallet that was made in the same call',
    defect: {
      'src/pallets.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function load(palletId: string, label: string) {
          const held = await prisma.crate.findFirst({ where: { palletId, label } });
          if (!held) await prisma.crate.create({ data: { palletId, label } }); // finds
        }
      `,
      'schema.prisma': 'model Crate {\n  id String @id\n  palletId String\n  label String\n}\n',
    },
    correct: {
      'src/pallets.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function load(dock: string, label: string) {
          const pallet = await prisma.pallet.create({ data: { dock, crates: { create: [{ label: 'lid' }] } } });
          const held = await prisma.crate.findFirst({ where: { palletId: pallet.id, label } });
          if (!held) await prisma.crate.create({ data: { palletId: pallet.id, label } });
        }
      `,
      'schema.prisma': 'model Crate {\n  id String @id\n  palletId String\n  label String\n}\n',
    },
  },

  {
    title: 'a base store looks for a row and adds it, in the Knex table that super() names; fixed by letting the unique key decide',
    shared: {
      'migrations/001_plots.ts': `
        import type { Knex } from 'knex';

        export async function up(knex: Knex) {
          await knex.schema.createTable('plots', (table) => {
            table.increments('id');
            table.string('number').notNullable().unique();
          });
        }
      `,
      'src/store.ts': `
        import { knex, type Knex } from 'knex';

        export const db = knex({ client: 'pg' });

        export class Store {
          constructor(protected readonly db: Knex, private readonly table: string) {}

          async named(number: string) {
            return this.db(this.table).where({ number }).first();
          }

          async add(number: string) {
            await this.db(this.table).insert({ number });
          }

          async addIfNew(number: string) {
            await this.db(this.table).insert({ number }).onConflict('number').ignore();
          }
        }
      `,
    },
    defect: {
      'src/plots.ts': `
        import { Store, db } from './store';

        class Plots extends Store {
          constructor() {
            super(db, 'plots');
          }
        }

        const plots = new Plots();

        export async function register(number: string) {
          if (!(await plots.named(number))) await plots.add(number); // finds
        }
      `,
    },
    correct: {
      'src/plots.ts': `
        import { Store, db } from './store';

        class Plots extends Store {
          constructor() {
            super(db, 'plots');
          }
        }

        const plots = new Plots();

        export async function register(number: string) {
          if (!(await plots.named(number))) await plots.addIfNew(number);
        }
      `,
    },
  },

  {
    title: 'Sequelize seat tested and taken through a scope; the update asks by an operator for what was tested',
    certainty: 'likely',
    shared: {
      'src/seat.model.ts': `
        import { Column, Model, Table } from 'sequelize-typescript';

        @Table
        export class Seat extends Model {
          @Column
          row!: string;

          @Column
          state!: string;
        }
      `,
    },
    defect: {
      'src/take-seat.ts': `
        import { Seat } from './seat.model';

        export async function takeSeat(id: string) {
          const seat = await Seat.findByPk(id);
          if (seat === null || seat.state === 'taken') throw new Error('taken');
          await Seat.unscoped().update({ state: 'taken' }, { where: { id } }); // finds
          return seat.row;
        }
      `,
    },
    correct: {
      'src/take-seat.ts': `
        import { Op } from 'sequelize';
        import { Seat } from './seat.model';

        export async function takeSeat(id: string) {
          const seat = await Seat.findByPk(id);
          if (seat === null || seat.state === 'taken') throw new Error('taken');
          const [taken] = await Seat.unscoped().update({ state: 'taken' }, { where: { id, state: { [Op.ne]: 'taken' } } });
          if (taken === 0) throw new Error('taken');
          return seat.row;
        }
      `,
    },
  },

  {
    title: 'the next place in a row is read after a lock whose statement Prisma.sql made, or another one',
    certainty: 'likely',
    defect: {
      'src/beds.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function plant(gardenId: string, parentId: string | null, name: string) {
          return prisma.$transaction(async (tx) => {
            const statement = parentId
              ? Prisma.sql\`SELECT "place" FROM "Bed" WHERE "gardenId" = \${gardenId} AND "parentId" = \${parentId}\`
              : Prisma.sql\`SELECT "place" FROM "Bed" WHERE "gardenId" = \${gardenId} AND "parentId" IS NULL\`;
            await tx.$executeRaw(statement);
            const last = await tx.bed.findFirst({ where: { gardenId, parentId }, orderBy: { place: 'desc' } });
            return tx.bed.create({ data: { gardenId, parentId, name, place: last ? last.place + 1 : 1 } }); // finds
          });
        }
      `,
    },
    correct: {
      'src/beds.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function plant(gardenId: string, parentId: string | null, name: string) {
          return prisma.$transaction(async (tx) => {
            const statement = parentId
              ? Prisma.sql\`SELECT "place" FROM "Bed" WHERE "gardenId" = \${gardenId} AND "parentId" = \${parentId} FOR UPDATE\`
              : Prisma.sql\`SELECT "place" FROM "Bed" WHERE "gardenId" = \${gardenId} AND "parentId" IS NULL FOR UPDATE\`;
            await tx.$executeRaw(statement);
            const last = await tx.bed.findFirst({ where: { gardenId, parentId }, orderBy: { place: 'desc' } });
            return tx.bed.create({ data: { gardenId, parentId, name, place: last ? last.place + 1 : 1 } });
          });
        }
      `,
    },
  },

  {
    title: 'a field is given only where the state allows it',
    defect: {
      'src/ship.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        const prisma = new PrismaClient();
        const labels = new Queue('labels');

        export async function touchParcel(id: string, weight: number) {
          const parcel = await prisma.parcel.findUniqueOrThrow({ where: { id } });
          const isNew = parcel.state === 'new';
          await prisma.parcel.update({ where: { id }, data: { weight, ...(isNew && { state: 'weighed' }) } }); // finds
          if (isNew) await labels.add('print', { id });
        }
      `,
    },
    correct: {
      'src/ship.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        const prisma = new PrismaClient();
        const labels = new Queue('labels');

        export async function touchParcel(id: string, weight: number) {
          const parcel = await prisma.parcel.findUniqueOrThrow({ where: { id } });
          await prisma.parcel.update({ where: { id }, data: { weight, ...(parcel.state === 'new' && { weighedAgain: false }) } });
          const { count } = await prisma.parcel.updateMany({ where: { id, state: 'new' }, data: { state: 'weighed' } });
          if (count === 1) await labels.add('print', { id });
        }
      `,
    },
  },

  {
    title: 'one more is counted elsewhere because the record is in its first state, which the same request leaves',
    defect: {
      'src/redeem.ts': `
        import { MongoClient } from 'mongodb';

        const db = new MongoClient('mongodb://store').db();

        export async function visit(memberId: string, clubId: string) {
          const member = await db.collection('members').findOne({ _id: memberId });
          const first = member.visits === 0;
          await db.collection('clubs').updateOne({ _id: clubId }, { $inc: { visits: 1, ...(first && { newcomers: 1 }) } }); // finds
          await db.collection('members').updateOne({ _id: memberId }, { $inc: { visits: 1 } });
        }
      `,
    },
    correct: {
      'src/redeem.ts': `
        import { MongoClient } from 'mongodb';

        const db = new MongoClient('mongodb://store').db();

        export async function visit(memberId: string, clubId: string) {
          const { modifiedCount } = await db.collection('members').updateOne({ _id: memberId, visits: 0 }, { $inc: { visits: 1 } });
          const first = modifiedCount === 1;
          if (!first) await db.collection('members').updateOne({ _id: memberId }, { $inc: { visits: 1 } });
          await db.collection('clubs').updateOne({ _id: clubId }, { $inc: { visits: 1, ...(first && { newcomers: 1 }) } });
        }
      `,
    },
  },

  {
    title: 'a row is taken from a map that was made of what had been read',
    defect: {
      'src/assign.ts': `
        import { DataSource } from 'typeorm';
        import { Seat } from './seat.entity';

        export async function assign(source: DataSource, ids: string[], guest: string) {
          const seats = await source.getRepository(Seat).findBy({ row: 'A' });
          const byId = new Map(seats.map((seat) => [seat.id, seat]));
          for (const id of ids) {
            const seat = byId.get(id);
            if (seat.state !== 'free') continue;
            await source.getRepository(Seat).update({ id: seat.id }, { guest, state: 'taken' }); // finds
          }
        }
      `,
    },
    correct: {
      'src/assign.ts': `
        import { DataSource } from 'typeorm';
        import { Seat } from './seat.entity';

        export async function assign(source: DataSource, ids: string[], guest: string) {
          const seats = await source.getRepository(Seat).findBy({ row: 'A' });
          const byId = new Map(seats.map((seat) => [seat.id, seat]));
          for (const id of ids) {
            const seat = byId.get(id);
            if (seat.state !== 'free') continue;
            await source.getRepository(Seat).update({ id: seat.id, state: 'free' }, { guest, state: 'taken' });
          }
        }
      `,
    },
  },

  {
    title: 'a whole charge is given back, which Stripe does once, after a look at a state; only where the state was moved',
    certainty: 'likely',
    shared: {
      'src/clients.ts': `
        import { PrismaClient } from '@prisma/client';
        import Stripe from 'stripe';

        export const prisma = new PrismaClient();
        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/give-back.ts': `
        import express from 'express';
        import { prisma, stripe } from './clients';

        export const app = express();

        app.post('/tickets/:id/return', async (req, res) => {
          const ticket = await prisma.ticket.findUniqueOrThrow({ where: { id: req.params.id } });
          if (ticket.state !== 'sold') return res.sendStatus(409);
          await stripe.refunds.create({ charge: ticket.charge }); // finds
          const { count } = await prisma.ticket.updateMany({ where: { id: ticket.id, state: 'sold' }, data: { state: 'returned' } });
          if (count === 0) throw new Error('returned meanwhile');
          return res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/give-back.ts': `
        import express from 'express';
        import { prisma, stripe } from './clients';

        export const app = express();

        app.post('/tickets/:id/return', async (req, res) => {
          const ticket = await prisma.ticket.findUniqueOrThrow({ where: { id: req.params.id } });
          const { count } = await prisma.ticket.updateMany({ where: { id: ticket.id, state: 'sold' }, data: { state: 'returned' } });
          if (count === 0) return res.sendStatus(409);
          await stripe.refunds.create({ charge: ticket.charge });
          return res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'Workers KV: a code is looked up and taken; fixed by a unique row in D1',
    certainty: 'likely',
    defect: {
      'src/redeem.ts': `
        interface Env { CODES: KVNamespace }

        export async function redeem(env: Env, code: string, account: string) {
          const used = await env.CODES.get(code);
          if (used !== null) return false;
          await env.CODES.put(code, account); // finds
          return true;
        }
      `,
    },
    correct: {
      'src/redeem.ts': `
        interface Env { DB: D1Database }

        export async function redeem(env: Env, code: string, account: string) {
          const { meta } = await env.DB.prepare('INSERT INTO redeemed (code, account) VALUES (?, ?) ON CONFLICT (code) DO NOTHING').bind(code, account).run();
          return meta.changes === 1;
        }
      `,
    },
  },

  {
    title: 'Memcached: a turn is looked up, then taken; fixed by adding it only if it is not there',
    defect: {
      'src/turn.ts': `
        import { Client } from 'memjs';

        const cache = Client.create(process.env.MEMCACHED);

        export async function takeTurn(table: string, player: string) {
          const { value } = await cache.get(table);
          if (value) return false;
          await cache.set(table, player, { expires: 30 }); // finds
          return true;
        }
      `,
    },
    correct: {
      'src/turn.ts': `
        import { Client } from 'memjs';

        const cache = Client.create(process.env.MEMCACHED);

        export async function takeTurn(table: string, player: string) {
          return cache.add(table, player, { expires: 30 });
        }
      `,
    },
  },

  {
    title: 'Dynamoose: a name is looked up, then overwritten; fixed by creating it only if it is not there',
    defect: {
      'src/handles.ts': `
        import dynamoose from 'dynamoose';

        const Handle = dynamoose.model('Handle', { name: String, owner: String });

        export async function claim(name: string, owner: string) {
          const taken = await Handle.get({ name });
          if (taken) throw new Error('taken');
          await Handle.create({ name, owner }, { overwrite: true }); // finds
        }
      `,
    },
    correct: {
      'src/handles.ts': `
        import dynamoose from 'dynamoose';

        const Handle = dynamoose.model('Handle', { name: String, owner: String });

        export async function claim(name: string, owner: string) {
          try {
            await Handle.create({ name, owner });
          } catch (error) {
            if (error.name === 'ConditionalCheckFailedException') throw new Error('taken');
            throw error;
          }
        }
      `,
    },
  },

  {
    title: 'Vercel KV: a slug is looked up, then set; fixed by setting it only if it is not there',
    defect: {
      'src/slugs.ts': `
        import { kv } from '@vercel/kv';

        export async function reserve(slug: string, owner: string) {
          const taken = await kv.get(\`slug:\${slug}\`);
          if (taken) return false;
          await kv.set(\`slug:\${slug}\`, owner); // finds
          return true;
        }
      `,
    },
    correct: {
      'src/slugs.ts': `
        import { kv } from '@vercel/kv';

        export async function reserve(slug: string, owner: string) {
          const set = await kv.set(\`slug:\${slug}\`, owner, { nx: true });
          return set === 'OK';
        }
      `,
    },
  },

  {
    title: 'tRPC hands each procedure the client that its context was made with, and a function answers by the plan or by what was counted; fixed by a serializable transaction',
    shared: {
      'src/trpc.ts': `
        import { initTRPC } from '@trpc/server';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        const inner = (opts: { gardener: string | null }) => ({ gardener: opts.gardener, prisma });

        export const makeContext = async ({ req }: { req: Request }) => inner({ gardener: req.headers.get('x-gardener') });

        const t = initTRPC.context<typeof makeContext>().create();

        export const router = t.router;
        export const procedure = t.procedure;
      `,
      'src/plans.ts': `
        const PLOTS: Record<string, number | false> = { balcony: 2, allotment: 20, estate: false };

        const isWithin = (plan: string, used: number): boolean => {
          const limit = PLOTS[plan];
          if (limit === false) return true;
          return used < limit;
        };

        export function throwIfFull(plan: string, used: number) {
          if (!isWithin(plan, used)) throw new Error('no plot is left');
        }
      `,
    },
    defect: {
      'src/plots.ts': `
        import { z } from 'zod';
        import { throwIfFull } from './plans';
        import { procedure, router } from './trpc';

        export const plots = router({
          rent: procedure.input(z.object({ garden: z.string(), plan: z.string() })).mutation(async ({ ctx, input }) => {
            const used = await ctx.prisma.plot.count({ where: { garden: input.garden } });
            throwIfFull(input.plan, used);
            return ctx.prisma.plot.create({ data: { garden: input.garden, gardener: ctx.gardener } }); // finds
          }),
        });
      `,
    },
    correct: {
      'src/plots.ts': `
        import { z } from 'zod';
        import { throwIfFull } from './plans';
        import { procedure, router } from './trpc';

        export const plots = router({
          rent: procedure.input(z.object({ garden: z.string(), plan: z.string() })).mutation(async ({ ctx, input }) =>
            ctx.prisma.$transaction(async (tx) => {
              const used = await tx.plot.count({ where: { garden: input.garden } });
              throwIfFull(input.plan, used);
              return tx.plot.create({ data: { garden: input.garden, gardener: ctx.gardener } });
            }, { isolationLevel: 'Serializable' })),
        });
      `,
    },
  },

  {
    title: 'TypeORM counts beside its rows, and a branch of its own sets the field the other way; fixed by locking the rows that are counted',
    certainty: 'likely',
    shared: {
      'src/lighthouse.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Lighthouse {
          @PrimaryColumn() id!: string;
          @Column() coast!: string;
          @Column() lit!: boolean;
        }
      `,
    },
    defect: {
      'src/lamps.ts': `
        import { DataSource, Not } from 'typeorm';
        import { Lighthouse } from './lighthouse';

        export async function turn(source: DataSource, id: string, lit: boolean) {
          const lighthouses = source.getRepository(Lighthouse);
          const lighthouse = await lighthouses.findOneByOrFail({ id });
          if (lit) {
            lighthouse.lit = true;
            await lighthouses.save(lighthouse);
          } else {
            const [, others] = await lighthouses.findAndCount({ where: { coast: lighthouse.coast, lit: true, id: Not(id) }, take: 1 });
            if (others < 1) throw new Error('one has to stay lit');
            lighthouse.lit = false;
            await lighthouses.save(lighthouse); // finds
          }
        }
      `,
    },
    correct: {
      'src/lamps.ts': `
        import { DataSource, Not } from 'typeorm';
        import { Lighthouse } from './lighthouse';

        export async function turn(source: DataSource, id: string, lit: boolean) {
          await source.transaction(async (manager) => {
            const lighthouses = manager.getRepository(Lighthouse);
            const lighthouse = await lighthouses.findOneByOrFail({ id });
            if (lit) {
              lighthouse.lit = true;
              await lighthouses.save(lighthouse);
            } else {
              const [, others] = await lighthouses.findAndCount({ where: { coast: lighthouse.coast, lit: true, id: Not(id) }, lock: { mode: 'pessimistic_write' } });
              if (others < 1) throw new Error('one has to stay lit');
              lighthouse.lit = false;
              await lighthouses.save(lighthouse);
            }
          });
        }
      `,
    },
  },

  {
    title: 'the next number follows the last, ordered by a piece of SQL; copies of the rows that were found are no rows that were looked for',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';

        export const pages = pgTable('pages', { id: text().primaryKey(), album: text().notNull(), number: integer().notNull(), photo: text() });
        export const db = drizzle(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/pages.ts': `
        import { eq, sql } from 'drizzle-orm';
        import { db, pages } from './db';

        export async function addPage(id: string, album: string, photo: string) {
          const last = await db.select({ number: pages.number }).from(pages).where(eq(pages.album, album)).orderBy(sql\`\${pages.number} DESC NULLS LAST\`).limit(1);
          const number = last.length > 0 ? last[0].number + 1 : 0;
          await db.insert(pages).values({ id, album, number, photo }); // finds
        }
      `,
    },
    correct: {
      'src/pages.ts': `
        import { randomUUID } from 'node:crypto';
        import { eq, sql } from 'drizzle-orm';
        import { db, pages } from './db';

        export async function addPage(id: string, album: string, photo: string) {
          await db.transaction(async (tx) => {
            await tx.execute(sql\`select pg_advisory_xact_lock(hashtext(\${album}))\`);
            const last = await tx.select({ number: pages.number }).from(pages).where(eq(pages.album, album)).orderBy(sql\`\${pages.number} DESC NULLS LAST\`).limit(1);
            const number = last.length > 0 ? last[0].number + 1 : 0;
            await tx.insert(pages).values({ id, album, number, photo });
          });
        }

        export async function copyAlbum(from: string, album: string) {
          const found = await db.select().from(pages).where(eq(pages.album, from));
          const shown = found.filter((page) => page.photo !== null);
          if (shown.length === 0) return;
          await db.insert(pages).values(shown.map((page) => ({ id: randomUUID(), album, number: page.number, photo: page.photo })));
        }
      `,
    },
  },

  {
    title: 'whoever holds the key hands it on to another; fixed by asking for the holder in the write',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { pgTable, text } from 'drizzle-orm/pg-core';

        export const keys = pgTable('keys', { id: text().primaryKey(), holder: text().notNull(), room: text() });
        export const db = drizzle(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/keys.ts': `
        import { Hono } from 'hono';
        import { eq } from 'drizzle-orm';
        import { db, keys } from './db';

        export const app = new Hono();

        app.post('/keys/:id/hand-on', async (c) => {
          const { from, to } = await c.req.json();
          const [key] = await db.select().from(keys).where(eq(keys.id, c.req.param('id')));
          if (key.holder !== from) return c.body(null, 403);
          await db.update(keys).set({ holder: to }).where(eq(keys.id, key.id)); // finds
          return c.body(null, 204);
        });
      `,
    },
    correct: {
      'src/keys.ts': `
        import { Hono } from 'hono';
        import { and, eq } from 'drizzle-orm';
        import { db, keys } from './db';

        export const app = new Hono();

        app.post('/keys/:id/hand-on', async (c) => {
          const { from, to } = await c.req.json();
          const [key] = await db.select().from(keys).where(eq(keys.id, c.req.param('id')));
          if (key.holder !== from) return c.body(null, 403);
          const handed = await db.update(keys).set({ holder: to }).where(and(eq(keys.id, key.id), eq(keys.holder, from))).returning();
          return handed.length === 1 ? c.body(null, 204) : c.body(null, 409);
        });

        app.put('/keys/:id/room', async (c) => {
          const { room, from } = await c.req.json();
          const [key] = await db.select().from(keys).where(eq(keys.id, c.req.param('id')));
          if (key.holder !== from || key.room === room) return c.body(null, 403);
          await db.update(keys).set({ room }).where(eq(keys.id, key.id));
          return c.body(null, 204);
        });
      `,
    },
  },

  {
    title: 'how many related rows came along with another, counted by Prisma or by their list; fixed by a lock of the other',
    shared: {
      'prisma/schema.prisma': `
        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Ferry {
          id       String  @id
          capacity Int
          cars     Car[]
          crew     Sailor[]
        }

        model Car {
          id      String @id @default(cuid())
          ferryId String
          ferry   Ferry  @relation(fields: [ferryId], references: [id])
        }

        model Sailor {
          id      String @id @default(cuid())
          ferryId String
          ferry   Ferry  @relation(fields: [ferryId], references: [id])
        }
      `,
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/board.ts': `
        import { prisma } from './prisma';

        export async function board(ferryId: string) {
          const ferry = await prisma.ferry.findUniqueOrThrow({ where: { id: ferryId }, include: { _count: { select: { cars: true } } } });
          if (ferry._count.cars >= ferry.capacity) throw new Error('full');
          await prisma.car.create({ data: { ferryId } }); // finds
        }

        export async function enlist(ferryId: string) {
          const ferry = await prisma.ferry.findUniqueOrThrow({ where: { id: ferryId }, include: { crew: true } });
          if (ferry.crew.length >= 12) throw new Error('the crew is complete');
          await prisma.sailor.create({ data: { ferryId } }); // finds
        }
      `,
    },
    correct: {
      'src/board.ts': `
        import { prisma } from './prisma';

        export async function board(ferryId: string) {
          await prisma.$transaction(async (tx) => {
            await tx.$queryRaw\`SELECT id FROM "Ferry" WHERE id = \${ferryId} FOR UPDATE\`;
            const ferry = await tx.ferry.findUniqueOrThrow({ where: { id: ferryId }, include: { _count: { select: { cars: true } } } });
            if (ferry._count.cars >= ferry.capacity) throw new Error('full');
            await tx.car.create({ data: { ferryId } });
          });
        }

        export async function enlist(ferryId: string) {
          const ferry = await prisma.ferry.findUniqueOrThrow({ where: { id: ferryId }, include: { cars: true } });
          if (ferry.cars.length >= 12) throw new Error('nobody minds the sailors of a full ferry');
          await prisma.sailor.create({ data: { ferryId } });
        }
      `,
    },
  },

  {
    title: 'a code in Redis that was sent by mail opens the door once; fixed by looking whether this call removed it',
    certainty: 'likely',
    defect: {
      'src/door.ts': `
        import express from 'express';
        import { createClient } from 'redis';
        import { keyFor } from './keys';

        const redis = createClient();
        export const app = express();

        app.post('/door', async (req, res) => {
          const sent = await redis.get(\`code:\${req.body.guest}\`);
          if (sent === null || sent !== req.body.code) return res.sendStatus(401);
          await redis.del(\`code:\${req.body.guest}\`); // finds
          return res.json({ key: keyFor(req.body.guest) });
        });
      `,
      'src/keys.ts': `
        export const keyFor = (guest: string) => \`key of \${guest}\`;
      `,
    },
    correct: {
      'src/door.ts': `
        import express from 'express';
        import { createClient } from 'redis';
        import { keyFor } from './keys';

        const redis = createClient();
        export const app = express();

        app.post('/door', async (req, res) => {
          const sent = await redis.get(\`code:\${req.body.guest}\`);
          if (sent === null || sent !== req.body.code) return res.sendStatus(401);
          const removed = await redis.del(\`code:\${req.body.guest}\`);
          if (removed === 0) return res.sendStatus(401);
          return res.json({ key: keyFor(req.body.guest) });
        });
      `,
      'src/keys.ts': `
        export const keyFor = (guest: string) => \`key of \${guest}\`;
      `,
    },
  },

  {
    title: 'the last of several jobs starts what follows, as two counts in Redis say; fixed by a mark that only one can set',
    certainty: 'likely',
    shared: {
      'src/counts.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();

        export async function isBaked(order: string) {
          return (await redis.scard(\`order:\${order}:baked\`)) === (await redis.scard(\`order:\${order}:loaves\`));
        }
      `,
    },
    defect: {
      'src/oven.ts': `
        import { Queue, Worker } from 'bullmq';
        import { isBaked, redis } from './counts';

        const deliveries = new Queue('deliveries', { connection: {} });

        export const oven = new Worker('loaves', async (job) => {
          await redis.sadd(\`order:\${job.data.order}:baked\`, job.data.loaf);
          if (await isBaked(job.data.order)) await deliveries.add('deliver', { order: job.data.order }); // finds
        }, { connection: {} });
      `,
    },
    correct: {
      'src/oven.ts': `
        import { Queue, Worker } from 'bullmq';
        import { isBaked, redis } from './counts';

        const deliveries = new Queue('deliveries', { connection: {} });

        export const oven = new Worker('loaves', async (job) => {
          await redis.sadd(\`order:\${job.data.order}:baked\`, job.data.loaf);
          if (!(await isBaked(job.data.order))) return;
          const first = await redis.set(\`order:\${job.data.order}:delivering\`, '1', 'EX', 86400, 'NX');
          if (first === 'OK') await deliveries.add('deliver', { order: job.data.order });
        }, { connection: {} });
      `,
    },
  },

  {
    title: 'the last task that is closed closes its project with a message, as a count says; fixed by a conditional write of the project',
    certainty: 'likely',
    shared: {
      'src/clients.ts': `
        import { PrismaClient } from '@prisma/client';
        import { SNSClient } from '@aws-sdk/client-sns';

        export const prisma = new PrismaClient();
        export const sns = new SNSClient({});
      `,
    },
    defect: {
      'src/close.ts': `
        import { PublishCommand } from '@aws-sdk/client-sns';
        import { prisma, sns } from './clients';

        export async function close(task: string, project: string) {
          await prisma.task.update({ where: { id: task }, data: { state: 'closed' } });
          const open = await prisma.task.count({ where: { project, state: 'open' } });
          if (open > 0) return;
          await sns.send(new PublishCommand({ TopicArn: 'projects', Message: project })); // finds
        }
      `,
    },
    correct: {
      'src/close.ts': `
        import { PublishCommand } from '@aws-sdk/client-sns';
        import { prisma, sns } from './clients';

        export async function close(task: string, project: string) {
          await prisma.task.update({ where: { id: task }, data: { state: 'closed' } });
          const open = await prisma.task.count({ where: { project, state: 'open' } });
          if (open > 0) return;
          const { count } = await prisma.project.updateMany({ where: { id: project, closedAt: null }, data: { closedAt: new Date() } });
          if (count === 1) await sns.send(new PublishCommand({ TopicArn: 'projects', Message: project }));
        }

        export async function remind(project: string) {
          const open = await prisma.task.count({ where: { project, state: 'open' } });
          if (open === 0) await sns.send(new PublishCommand({ TopicArn: 'idle', Message: project }));
        }

        export async function work(task: string, project: string) {
          const open = await prisma.task.count({ where: { project, state: 'open' } });
          if (open === 0) return;
          await prisma.task.update({ where: { id: task }, data: { state: 'closed' } });
        }
      `,
    },
  },

  {
    title: 'a list is read to see how long it is; a counter of Sequelize by its name. Only for what there is at all, no bound is kept',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { pgTable, text } from 'drizzle-orm/pg-core';

        export const hives = pgTable('hives', { id: text().primaryKey(), meadow: text().notNull() });
        export const db = drizzle(process.env.DATABASE_URL!);
      `,
      'src/jar.ts': `
        import { Model } from 'sequelize';

        export class Jar extends Model {
          declare id: string;
          declare spoons: number;
        }
      `,
    },
    defect: {
      'src/hives.ts': `
        import { eq } from 'drizzle-orm';
        import { db, hives } from './db';
        import { Jar } from './jar';

        export async function place(id: string, meadow: string) {
          const placed = await db.select().from(hives).where(eq(hives.meadow, meadow));
          if (placed.length >= 40) throw new Error('the meadow is full');
          await db.insert(hives).values({ id, meadow }); // finds
        }

        export async function taste(id: string) {
          const jar = await Jar.findByPk(id);
          if (jar.spoons <= 0) throw new Error('the jar is empty');
          await jar.decrement('spoons'); // finds
        }
      `,
    },
    correct: {
      'src/hives.ts': `
        import { eq, sql } from 'drizzle-orm';
        import { db, hives } from './db';
        import { Jar } from './jar';

        export async function place(id: string, meadow: string) {
          await db.transaction(async (tx) => {
            await tx.execute(sql\`select pg_advisory_xact_lock(hashtext(\${meadow}))\`);
            const placed = await tx.select().from(hives).where(eq(hives.meadow, meadow));
            if (placed.length >= 40) throw new Error('the meadow is full');
            await tx.insert(hives).values({ id, meadow });
          });
        }

        export async function follow(id: string, meadow: string) {
          const placed = await db.select().from(hives).where(eq(hives.meadow, meadow));
          if (placed.length < 1) throw new Error('no bees go where none are');
          await db.insert(hives).values({ id, meadow });
        }

        export async function stir(id: string) {
          const jar = await Jar.findByPk(id);
          if (jar.spoons <= 0) throw new Error('the jar is empty');
          await jar.increment('stirred');
        }
      `,
    },
  },

  {
    title: 'a purse came along with its guest and is charged by its own key; a version is compared in the code and counted on in the store',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/bar.ts': `
        import { prisma } from './prisma';

        export async function serve(guestId: string, price: number) {
          const guest = await prisma.guest.findUniqueOrThrow({ where: { id: guestId }, include: { purse: true } });
          if (guest.purse.coins < price) throw new Error('too few coins');
          await prisma.purse.update({ where: { id: guest.purse.id }, data: { coins: { decrement: price } } }); // finds
        }

        export async function rewrite(id: string, seen: number, text: string) {
          const menu = await prisma.menu.findUniqueOrThrow({ where: { id } });
          if (menu.edition !== seen) throw new Error('edited by another');
          await prisma.menu.update({ where: { id }, data: { text, edition: { increment: 1 } } }); // finds
        }
      `,
    },
    correct: {
      'src/bar.ts': `
        import { prisma } from './prisma';

        export async function serve(guestId: string, price: number) {
          const guest = await prisma.guest.findUniqueOrThrow({ where: { id: guestId }, include: { purse: true } });
          if (guest.purse.coins < price) throw new Error('too few coins');
          const { count } = await prisma.purse.updateMany({ where: { id: guest.purse.id, coins: { gte: price } }, data: { coins: { decrement: price } } });
          if (count === 0) throw new Error('too few coins');
        }

        export async function rewrite(id: string, seen: number, text: string) {
          const menu = await prisma.menu.findUniqueOrThrow({ where: { id } });
          if (menu.edition !== seen) throw new Error('edited by another');
          const { count } = await prisma.menu.updateMany({ where: { id, edition: seen }, data: { text, edition: { increment: 1 } } });
          if (count === 0) throw new Error('edited by another');
        }
      `,
    },
  },

  {
    title: 'the next letter that waits is taken by its key and given to whoever asks; fixed by asking for the state in the write',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
    },
    defect: {
      'src/letters.ts': `
        import { db } from './db';

        export async function next() {
          const letter = await db('letters').where({ state: 'waiting' }).first();
          if (!letter) return null;
          await db('letters').where({ id: letter.id }).update({ state: 'taken' }); // finds
          return letter;
        }
      `,
    },
    correct: {
      'src/letters.ts': `
        import { db } from './db';

        export async function next() {
          const letter = await db('letters').where({ state: 'waiting' }).first();
          if (!letter) return null;
          const taken = await db('letters').where({ id: letter.id, state: 'waiting' }).update({ state: 'taken' });
          return taken === 1 ? letter : null;
        }

        export async function take(id: string) {
          const letter = await db('letters').where({ id, state: 'waiting' }).first();
          if (!letter) return;
          await db('letters').where({ id }).update({ state: 'taken' });
        }
      `,
    },
  },

  {
    title: 'a boat gets a name that no other had; fixed by a unique column and its violation caught',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'prisma/schema.prisma': `
        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Boat {
          id   String @id
          name String
        }
      `,
      'src/rename.ts': `
        import { prisma } from './prisma';

        export async function rename(id: string, name: string) {
          const other = await prisma.boat.findFirst({ where: { name, id: { not: id } } });
          if (other !== null) throw new Error('another boat is called so');
          await prisma.boat.update({ where: { id }, data: { name } }); // finds
        }
      `,
    },
    correct: {
      'prisma/schema.prisma': `
        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Boat {
          id   String @id
          name String @unique
        }
      `,
      'src/rename.ts': `
        import { Prisma } from '@prisma/client';
        import { prisma } from './prisma';

        export async function rename(id: string, name: string) {
          const other = await prisma.boat.findFirst({ where: { name, id: { not: id } } });
          if (other !== null) throw new Error('another boat is called so');
          try {
            await prisma.boat.update({ where: { id }, data: { name } });
          } catch (error) {
            if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') throw new Error('another boat is called so');
            throw error;
          }
        }
      `,
    },
  },

  {
    title: 'Mongoose: what a look-up gives is copied as text, or comes from the caller; fixed by an upsert',
    shared: {
      'src/skipper.ts': `
        import { model, Schema } from 'mongoose';

        export const Skipper = model('Skipper', new Schema({ licence: String, name: String }));

        export async function findSkipper(licence: string) {
          const found = await Skipper.findOne({ licence });
          if (found === null) return null;
          return JSON.parse(JSON.stringify(found));
        }
      `,
    },
    defect: {
      'src/enrol.ts': `
        import { findSkipper, Skipper } from './skipper';

        export async function enrol(licence: string, name: string, known?: { licence: string }) {
          const skipper = known ?? (await findSkipper(licence));
          if (!skipper) await Skipper.create({ licence, name }); // finds
        }
      `,
    },
    correct: {
      'src/enrol.ts': `
        import { findSkipper, Skipper } from './skipper';

        export async function enrol(licence: string, name: string, known?: { licence: string }) {
          const skipper = known ?? (await findSkipper(licence));
          if (!skipper) await Skipper.updateOne({ licence }, { $set: { name } }, { upsert: true });
        }
      `,
    },
  },

  {
    title: 'a lantern that is lit already is left alone; nothing else is done for it, or a row is added as well',
    shared: {
      'src/store.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
        export const douse = (id: string) => prisma.lantern.update({ where: { id }, data: { state: 'out' } });
      `,
    },
    defect: {
      'src/light.ts': `
        import { prisma } from './store';

        export async function light(id: string) {
          const lantern = await prisma.lantern.findUniqueOrThrow({ where: { id } });
          if (lantern.state === 'lit') return lantern;
          await prisma.oilUse.create({ data: { lanternId: id, drops: 30 } });
          return prisma.lantern.update({ where: { id }, data: { state: 'lit' } }); // finds
        }
      `,
    },
    correct: {
      'src/light.ts': `
        import { prisma } from './store';

        export async function light(id: string) {
          const lantern = await prisma.lantern.findUniqueOrThrow({ where: { id } });
          if (lantern.state === 'lit') return lantern;
          return prisma.lantern.update({ where: { id }, data: { state: 'lit' } });
        }
      `,
    },
  },

  {
    title: 'a guest takes a seat for a card that is open; the store refuses the second seat of one guest, so that nobody gets to the card twice',
    shared: {
      'src/client.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'prisma/schema.prisma': `
        model Seat {
          id      String @id @default(cuid())
          tableId String
          guestId String
        }

        model Card {
          id    String @id
          state String
          table String
        }
      `,
      'src/seat.ts': `
        import { prisma } from './client';

        export async function sit(cardId: string, guestId: string) {
          const card = await prisma.card.findUniqueOrThrow({ where: { id: cardId } });
          if (card.state !== 'open') throw new Error('this card was used');
          await prisma.seat.create({ data: { tableId: card.table, guestId } });
          await prisma.card.update({ where: { id: cardId }, data: { state: 'used' } }); // finds
        }
      `,
    },
    correct: {
      'prisma/schema.prisma': `
        model Seat {
          id      String @id @default(cuid())
          tableId String
          guestId String

          @@unique([tableId, guestId])
        }

        model Card {
          id    String @id
          state String
          table String
        }
      `,
      'src/seat.ts': `
        import { prisma } from './client';

        export async function sit(cardId: string, guestId: string) {
          const card = await prisma.card.findUniqueOrThrow({ where: { id: cardId } });
          if (card.state !== 'open') throw new Error('this card was used');
          await prisma.seat.create({ data: { tableId: card.table, guestId } });
          await prisma.card.update({ where: { id: cardId }, data: { state: 'used' } });
        }
      `,
    },
  },

  {
    title: 'TypeORM saves the berth that was read or a new one; only the new one is given a state, or both are',
    shared: {
      'src/berth.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Berth {
          @PrimaryGeneratedColumn('uuid') id!: string;
          @Column() cabin!: string;
          @Column() state!: string;
          @Column() note!: string;
        }
      `,
    },
    defect: {
      'src/berths.ts': `
        import { DataSource } from 'typeorm';
        import { Queue } from 'bullmq';
        import { Berth } from './berth.entity';

        const linen = new Queue('linen');

        export async function make(source: DataSource, id: string) {
          const berths = source.getRepository(Berth);
          const berth = await berths.findOneByOrFail({ id });
          if (berth.state !== 'stripped') return;
          berth.state = 'made';
          await berths.save(berth); // finds
          await linen.add('take', { id });
        }
      `,
    },
    correct: {
      'src/berths.ts': `
        import { DataSource } from 'typeorm';
        import { Queue } from 'bullmq';
        import { Berth } from './berth.entity';

        const linen = new Queue('linen');

        export async function make(source: DataSource, id: string) {
          const berths = source.getRepository(Berth);
          const old = await berths.findOneBy({ id });
          let berth: Berth;
          if (old) {
            if (old.state !== 'stripped') return;
            berth = old;
          } else {
            berth = berths.create({ id });
            berth.state = 'made';
          }
          berth.note = 'looked at';
          await berths.save(berth);
          await linen.add('take', { id });
        }
      `,
    },
  },

  {
    title: 'the rows and their number come from one Prisma transaction; the rows decide, or the number is only shown',
    defect: {
      'src/names.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const app = express();

        async function named(name: string) {
          const [rows, total] = await prisma.$transaction([prisma.barge.findMany({ where: { name } }), prisma.barge.count()]);
          return { rows, total };
        }

        app.post('/barges', async (req, res) => {
          const { rows, total } = await named(req.body.name);
          if (rows.length > 0) return res.status(409).json({ total });
          await prisma.barge.create({ data: { name: req.body.name } }); // finds
          res.status(201).json({ total: total + 1 });
        });
      `,
    },
    correct: {
      'src/names.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const app = express();

        async function all() {
          const [rows, total] = await prisma.$transaction([prisma.barge.findMany(), prisma.barge.count()]);
          return { ok: rows.every((row) => row.name !== ''), total };
        }

        app.post('/barges', async (req, res) => {
          const { ok, total } = await all();
          if (!ok) return res.status(500).end();
          await prisma.barge.create({ data: { name: req.body.name } });
          res.status(201).json({ total: total + 1 });
        });
      `,
    },
    certainty: 'likely',
  },

  {
    title: 'who comes first is made keeper, as long as nobody has been counted; fixed by a serializable transaction',
    certainty: 'likely',
    defect: {
      'src/first.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function setUp(name: string) {
          if ((await prisma.keeper.count()) !== 0) throw new Error('there is a keeper');
          return prisma.keeper.create({ data: { name } }); // finds
        }
      `,
    },
    correct: {
      'src/first.ts': `
        import { Prisma, PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export const setUp = (name: string) =>
          prisma.$transaction(
            async (tx) => {
              if ((await tx.keeper.count()) !== 0) throw new Error('there is a keeper');
              return tx.keeper.create({ data: { name } });
            },
            { isolationLevel: Prisma.TransactionIsolationLevel.Serializable },
          );
      `,
    },
  },

  {
    title: 'a gate that is shut already is left alone; a job is queued for it as well, or those who listen hear of it',
    shared: {
      'src/store.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';
        import Redis from 'ioredis';

        export const prisma = new PrismaClient();
        export const guards = new Queue('guards');
        export const redis = new Redis();
      `,
    },
    defect: {
      'src/gates.ts': `
        import { guards, prisma } from './store';

        export async function shut(id: string) {
          const gate = await prisma.gate.findUniqueOrThrow({ where: { id } });
          if (gate.state === 'shut') return gate;
          const shutGate = await prisma.gate.update({ where: { id }, data: { state: 'shut' } }); // finds
          await guards.add('stand', { id });
          return shutGate;
        }
      `,
    },
    correct: {
      'src/gates.ts': `
        import { prisma, redis } from './store';

        export async function shut(id: string) {
          const gate = await prisma.gate.findUniqueOrThrow({ where: { id } });
          if (gate.state === 'shut') return gate;
          const shutGate = await prisma.gate.update({ where: { id }, data: { state: 'shut' } });
          await redis.publish('gates', JSON.stringify({ id }));
          return shutGate;
        }
      `,
    },
  },

  {
    title: 'of two tests of a row the one that asks for the field tells whether it was only to be set',
    certainty: 'likely',
    defect: {
      'src/trial.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';
        import nodemailer from 'nodemailer';

        const prisma = new PrismaClient();
        const mailer = nodemailer.createTransport(process.env.SMTP_URL);
        const app = express();

        app.post('/trials/:id/card', async (req, res) => {
          const trial = await prisma.trial.findUniqueOrThrow({ where: { id: req.params.id } });
          if (trial.status === 'running' && !trial.hasCard) {
            await prisma.trial.update({ where: { id: trial.id }, data: { hasCard: true } }); // finds
            await mailer.sendMail({ from: 'desk@example.com', to: trial.mail, subject: 'Thank you', text: '' }); // finds
          }
          res.end();
        });
      `,
    },
    correct: {
      'src/trial.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';
        import nodemailer from 'nodemailer';

        const prisma = new PrismaClient();
        const mailer = nodemailer.createTransport(process.env.SMTP_URL);
        const app = express();

        app.post('/trials/:id/card', async (req, res) => {
          const { count } = await prisma.trial.updateMany({ where: { id: req.params.id, status: 'running', hasCard: false }, data: { hasCard: true } });
          if (count === 1) await mailer.sendMail({ from: 'desk@example.com', to: req.body.mail, subject: 'Thank you', text: '' });
          res.end();
        });
      `,
    },
  },

  {
    title: 'anglers are counted before one more is let in, against those that are read to see whether one name is that of several',
    defect: {
      'src/pond.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function letIn(pondId: string, name: string) {
          const anglers = await prisma.angler.findMany({ where: { pondId } });
          if (anglers.length > 8) throw new Error('the pond is full');
          await prisma.angler.create({ data: { pondId, name } }); // finds
        }
      `,
    },
    correct: {
      'src/pond.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function letIn(pondId: string, name: string) {
          const anglers = await prisma.angler.findMany({ where: { pondId, guest: name } });
          if (anglers.length > 1) throw new Error('whose guest is this?');
          await prisma.angler.create({ data: { pondId, name } });
        }
      `,
    },
  },

  {
    title: 'a client that is put on the global object; berths counted, then given; fixed by a change of the harbour first, which locks its row',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        declare const global: { prisma: PrismaClient };

        if (!global.prisma) {
          global.prisma = new PrismaClient();
        }

        export default global.prisma;
      `,
    },
    defect: {
      'src/moor.ts': `
        import prisma from './prisma';

        export async function moor(harbourId: string, boat: string) {
          await prisma.$transaction(async (tx) => {
            const taken = await tx.mooring.count({ where: { harbourId } });
            if (taken >= 40) throw new Error('full');
            await tx.mooring.create({ data: { harbourId, boat } }); // finds
          });
        }
      `,
    },
    correct: {
      'src/moor.ts': `
        import prisma from './prisma';

        export async function moor(harbourId: string, boat: string) {
          await prisma.$transaction(async (tx) => {
            await tx.harbour.update({ where: { id: harbourId }, data: { mooredAt: new Date() } });
            const taken = await tx.mooring.count({ where: { harbourId } });
            if (taken >= 40) throw new Error('full');
            await tx.mooring.create({ data: { harbourId, boat } });
          });
        }
      `,
    },
  },

  {
    title: 'a function puts its client on the global object; a change of another row first locks nothing that is counted',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        const shared = globalThis as unknown as { client?: PrismaClient };

        export function client(): PrismaClient {
          if (shared.client === undefined) shared.client = new PrismaClient();
          return shared.client;
        }
      `,
    },
    defect: {
      'src/moor.ts': `
        import { client } from './prisma';

        export async function moor(harbourId: string, skipperId: string) {
          await client().$transaction(async (tx) => {
            await tx.skipper.update({ where: { id: skipperId }, data: { seenAt: new Date() } });
            const taken = await tx.mooring.count({ where: { harbourId } });
            if (taken >= 40) throw new Error('full');
            await tx.mooring.create({ data: { harbourId, skipperId } }); // finds
          });
        }
      `,
    },
    correct: {
      'src/moor.ts': `
        import { client } from './prisma';

        export async function moor(harbourId: string, skipperId: string) {
          await client().$transaction(async (tx) => {
            await tx.skipper.update({ where: { id: skipperId }, data: { seenAt: new Date() } });
            const taken = await tx.mooring.count({ where: { skipperId } });
            if (taken >= 2) throw new Error('no more than two');
            await tx.mooring.create({ data: { harbourId, skipperId } });
          });
        }
      `,
    },
  },

  {
    title: 'pg: one statement picks waiting letters and takes them; fixed by locking them where they are picked',
    shared: {
      'src/pool.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export const run = async (text: string) => pool.query(text);
      `,
    },
    defect: {
      'src/take.ts': `
        import { run } from './pool';

        export async function take() {
          const { rows } = await run( // finds
            \`UPDATE letters SET state = 'taken', taken_at = now()
             WHERE id IN (SELECT id FROM letters WHERE state = 'waiting' ORDER BY id LIMIT 20)
             RETURNING *\`,
          );
          return rows;
        }
      `,
    },
    correct: {
      'src/take.ts': `
        import { run } from './pool';

        export async function take() {
          const { rows } = await run(
            \`UPDATE letters SET state = 'taken', taken_at = now()
             WHERE id IN (SELECT id FROM letters WHERE state = 'waiting' ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED)
             RETURNING *\`,
          );
          return rows;
        }
      `,
    },
  },

  {
    title: 'Prisma: rows picked by a common table expression and taken by it; fixed by asking for their state again',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/take.ts': `
        import { prisma } from './prisma';

        export const take = async () =>
          prisma.$queryRaw\` // finds
            WITH due AS (SELECT id FROM notices WHERE claimed_at IS NULL OR claimed_at < now() - interval '5 min' LIMIT 50)
            UPDATE notices n SET claimed_at = now() FROM due WHERE n.id = due.id
            RETURNING n.*\`;
      `,
    },
    correct: {
      'src/take.ts': `
        import { prisma } from './prisma';

        export const take = async () =>
          prisma.$queryRaw\`
            WITH due AS (SELECT id FROM notices WHERE claimed_at IS NULL LIMIT 50)
            UPDATE notices n SET claimed_at = now() FROM due WHERE n.id = due.id AND n.claimed_at IS NULL
            RETURNING n.*\`;
      `,
      'src/local.ts': `
        import Database from 'better-sqlite3';

        const db = new Database('letters.db');

        export const take = () => db.prepare("UPDATE letters SET state = 'taken' WHERE id = (SELECT id FROM letters WHERE state = 'waiting' LIMIT 1) RETURNING *").get();
      `,
      'src/late.ts': `
        import { prisma } from './prisma';

        export const expire = async () => prisma.$executeRaw\`UPDATE notices SET state = 'late' WHERE id IN (SELECT id FROM notices WHERE state = 'open' AND due_at < now() LIMIT 500)\`;
      `,
    },
  },

  {
    title: 'Drizzle: a draft becomes the version after the last one; fixed by a lock of the database first',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { integer, pgTable, text } from 'drizzle-orm/pg-core';

        export const db = drizzle(process.env.DATABASE_URL!);
        export const charts = pgTable('charts', { id: text('id').primaryKey(), sea: text('sea').notNull(), version: integer('version') });
      `,
    },
    defect: {
      'src/publish.ts': `
        import { desc, eq } from 'drizzle-orm';
        import { charts, db } from './db';

        export async function publish(id: string, sea: string) {
          await db.transaction(async (tx) => {
            const [last] = await tx.select().from(charts).where(eq(charts.sea, sea)).orderBy(desc(charts.version)).limit(1);
            await tx.update(charts).set({ version: (last?.version ?? 0) + 1 }).where(eq(charts.id, id)); // finds
          });
        }
      `,
    },
    correct: {
      'src/publish.ts': `
        import { desc, eq, sql } from 'drizzle-orm';
        import { charts, db } from './db';

        export async function publish(id: string, sea: string) {
          await db.transaction(async (tx) => {
            await tx.execute(sql\`SELECT pg_advisory_xact_lock(hashtext(\${sea}))\`);
            const [last] = await tx.select().from(charts).where(eq(charts.sea, sea)).orderBy(desc(charts.version)).limit(1);
            await tx.update(charts).set({ version: (last?.version ?? 0) + 1 }).where(eq(charts.id, id));
          });
        }

        export async function copy(id: string, from: string) {
          const [source] = await db.select().from(charts).where(eq(charts.id, from)).limit(1);
          await db.update(charts).set({ version: source!.version }).where(eq(charts.id, id));
        }
      `,
    },
  },

  {
    title: 'Redis: the last of several surveys calls whoever ordered them; fixed by a marker that only one can set',
    certainty: 'likely',
    shared: {
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();
      `,
    },
    defect: {
      'src/survey.ts': `
        import { Worker } from 'bullmq';
        import { redis } from './redis';

        const isComplete = async (order: string) => (await redis.scard('order:' + order + ':done')) === (await redis.scard('order:' + order + ':all'));

        new Worker('surveys', async (job) => {
          await redis.sadd('order:' + job.data.order + ':done', job.id!);
          if (await isComplete(job.data.order)) {
            await fetch('https://ledger.example/orders', { method: 'POST', body: JSON.stringify({ order: job.data.order }), signal: AbortSignal.timeout(5000) }); // finds
          }
        });
      `,
    },
    correct: {
      'src/survey.ts': `
        import { Worker } from 'bullmq';
        import { redis } from './redis';

        const isComplete = async (order: string) => (await redis.scard('order:' + order + ':done')) === (await redis.scard('order:' + order + ':all'));

        new Worker('surveys', async (job) => {
          await redis.sadd('order:' + job.data.order + ':done', job.id!);
          if (!(await isComplete(job.data.order))) return;
          if ((await redis.set('order:' + job.data.order + ':told', '1', 'EX', 86400, 'NX')) !== 'OK') return;
          await fetch('https://ledger.example/orders', { method: 'POST', body: JSON.stringify({ order: job.data.order }), signal: AbortSignal.timeout(5000) });
        });
      `,
    },
  },

  {
    title: 'two of three kinds are done with before the look-up; fixed by an upsert',
    certainty: 'likely',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/sight.ts': `
        import { prisma } from './prisma';

        export async function sight(kind: string, whale: string, day: string) {
          switch (kind) {
            case 'none':
              return;
            case 'again':
              await prisma.sighting.updateMany({ where: { whale }, data: { again: true } });
              return;
          }
          const seen = await prisma.sighting.findFirst({ where: { whale, day } });
          if (seen === null) await prisma.sighting.create({ data: { whale, day } }); // finds
        }
      `,
    },
    correct: {
      'src/sight.ts': `
        import { prisma } from './prisma';

        export async function sight(kind: string, whale: string, day: string) {
          switch (kind) {
            case 'none':
              return;
            case 'look':
              await prisma.sighting.findFirst({ where: { whale, day } });
              break;
            case 'add':
              await prisma.sighting.upsert({ where: { whale_day: { whale, day } }, create: { whale, day }, update: {} });
              return;
          }
        }
      `,
    },
  },

  {
    title: 'Drizzle: a client that is named by what makes it, one of several things; fixed by doing nothing on conflict',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { pgTable, text } from 'drizzle-orm/pg-core';
        import { Pool } from 'pg';

        export const lamps = pgTable('lamps', { id: text('id').primaryKey(), buoy: text('buoy') });

        const named = (db: any) => Object.assign(db, { called: 'main' });

        export const connect = ({ max = 5 }: { max?: number } = {}) => {
          const pool = new Pool({ max });
          const db = named(drizzle(pool));
          return { db, pool };
        };

        export type Db = ReturnType<typeof connect>['db'];
      `,
    },
    defect: {
      'src/lamp.ts': `
        import { eq } from 'drizzle-orm';
        import { type Db, lamps } from './db';

        export async function lamp({ db, id, buoy }: { db: Db; id: string; buoy: string }) {
          const [known] = await db.select().from(lamps).where(eq(lamps.buoy, buoy));
          if (known) return known;
          return db.insert(lamps).values({ id, buoy }).returning(); // finds
        }
      `,
    },
    correct: {
      'src/lamp.ts': `
        import { eq } from 'drizzle-orm';
        import { type Db, lamps } from './db';

        export async function lamp({ db, id, buoy }: { db: Db; id: string; buoy: string }) {
          const [known] = await db.select().from(lamps).where(eq(lamps.buoy, buoy));
          if (known) return known;
          return db.insert(lamps).values({ id, buoy }).onConflictDoNothing().returning();
        }
      `,
    },
  },

  {
    title: 'a key of Redis is taken when it is free; against a mark that the database knows no such card',
    shared: {
      'src/stores.ts': `
        import { PrismaClient } from '@prisma/client';
        import Redis from 'ioredis';

        export const prisma = new PrismaClient();
        export const redis = new Redis();
      `,
    },
    defect: {
      'src/cards.ts': `
        import { prisma, redis } from './stores';

        export async function take(number: string) {
          const taken = await redis.get('card:' + number);
          if (taken) throw new Error('taken');
          const card = await prisma.card.findUnique({ where: { number } });
          if (!card) throw new Error('no such card');
          await redis.set('card:' + number, 'taken'); // finds
        }
      `,
    },
    correct: {
      'src/cards.ts': `
        import { prisma, redis } from './stores';

        export async function find(number: string) {
          const known = await redis.get('card:' + number);
          if (known) return null;
          const card = await prisma.card.findUnique({ where: { number } });
          if (!card) await redis.set('card:' + number, 'none', 'EX', 60);
          return card;
        }
      `,
    },
  },

  {
    title: 'one helper tells the violations of many inserts in one execution, the last as well as the first',
    shared: {
      'prisma/schema.prisma': `
        generator client {
          provider = "prisma-client-js"
        }

        datasource db {
          provider = "postgresql"
          url      = env("DATABASE_URL")
        }

        model Mast {
          id   String @id @default(cuid())
          name String @unique
        }

        model Sail {
          id   String @id @default(cuid())
          name String @unique
        }

        model Keel {
          id   String @id @default(cuid())
          name String @unique
        }

        model Oar {
          id   String @id @default(cuid())
          name String @unique
        }

        model Rudder {
          id   String @id @default(cuid())
          name String @unique
        }
      `,
      'src/parts.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';
        import { tolerate } from './errors';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/parts', async (req, res) => {
          const { name } = req.body;
          if ((await prisma.mast.findUnique({ where: { name } })) === null) {
            try {
              await prisma.mast.create({ data: { name } }); // finds
            } catch (error) {
              tolerate(error as { code?: string });
            }
          }
          if ((await prisma.sail.findUnique({ where: { name } })) === null) {
            try {
              await prisma.sail.create({ data: { name } }); // finds
            } catch (error) {
              tolerate(error as { code?: string });
            }
          }
          if ((await prisma.keel.findUnique({ where: { name } })) === null) {
            try {
              await prisma.keel.create({ data: { name } }); // finds
            } catch (error) {
              tolerate(error as { code?: string });
            }
          }
          if ((await prisma.oar.findUnique({ where: { name } })) === null) {
            try {
              await prisma.oar.create({ data: { name } }); // finds
            } catch (error) {
              tolerate(error as { code?: string });
            }
          }
          if ((await prisma.rudder.findUnique({ where: { name } })) === null) {
            try {
              await prisma.rudder.create({ data: { name } }); // finds
            } catch (error) {
              tolerate(error as { code?: string });
            }
          }
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'src/errors.ts': `
        export function tolerate(error: { code?: string }): void {
          if (error.code === 'P2024') console.info('too many connections');
          throw error;
        }
      `,
    },
    correct: {
      'src/errors.ts': `
        export function tolerate(error: { code?: string }): void {
          if (error.code === 'P2002') console.info('already there');
          else console.error(error);
        }
      `,
    },
  },

  {
    title: 'Kysely: an orchard is counted by its folded name and added, against one that is changed, or whose name is unique anyway',
    certainty: 'proven',
    preset: 'recommended',
    shared: {
      'src/orchards.ts': `
        import express from 'express';
        import { Kysely, PostgresDialect, sql } from 'kysely';
        import pg from 'pg';

        const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });
        const app = express();

        async function nameExists(name: string) {
          const { count } = await db
            .selectFrom('orchards')
            .select((eb) => eb.fn.count('id').as('count'))
            .where(sql\`LOWER(name)\`, '=', sql\`LOWER(\${name})\`)
            .executeTakeFirstOrThrow();
          return count != 0;
        }

        app.post('/orchards', async (req, res) => {
          if (await nameExists(req.body.name)) return res.sendStatus(409);
          await db.insertInto('orchards').values({ id: req.body.id, name: req.body.name }).execute(); // finds
          res.sendStatus(201);
        });

        app.post('/orchards/:id/views', async (req, res) => {
          if (await nameExists(req.body.name)) return res.sendStatus(409);
          await db.updateTable('orchards').set({ settings: sql\`settings || jsonb_build_object('view', \${req.body.view})\` }).where('id', '=', req.params.id).execute();
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'migrations/1_orchards.ts': `
        import type { Kysely } from 'kysely';

        export async function up(db: Kysely<any>) {
          await db.schema
            .createTable('orchards')
            .addColumn('id', 'uuid', (column) => column.primaryKey())
            .addColumn('name', 'varchar')
            .addColumn('settings', 'jsonb')
            .execute();
        }
      `,
    },
    correct: {
      'migrations/1_orchards.ts': `
        import type { Kysely } from 'kysely';

        export async function up(db: Kysely<any>) {
          await db.schema
            .createTable('orchards')
            .addColumn('id', 'uuid', (column) => column.primaryKey())
            .addColumn('name', 'varchar')
            .addColumn('settings', 'jsonb')
            .addUniqueConstraint('orchards_name', ['name'])
            .execute();
        }
      `,
    },
  },
  {
    title: 'the client of nestjs-prisma: a moment is set where a look-up before the transaction found none; fixed by the condition of the write',
    certainty: 'likely',
    shared: {
      'src/menus.controller.ts': `
        import { Controller, Param, Post } from '@nestjs/common';
        import { MenusService } from './menus.service';

        @Controller('menus')
        export class MenusController {
          constructor(private readonly menus: MenusService) {}

          @Post(':id/open')
          async open(@Param('id') id: string) {
            await this.menus.open(id);
          }
        }
      `,
    },
    defect: {
      'src/menus.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { PrismaService } from 'nestjs-prisma';

        @Injectable()
        export class MenusService {
          constructor(private readonly prisma: PrismaService) {}

          async open(id: string) {
            const menu = await this.prisma.menu.findUnique({ where: { id } });
            await this.prisma.$transaction(async (tx) => {
              await tx.season.update({ where: { id: menu!.seasonId }, data: { menuId: id } });
              if (!menu!.openedAt) await tx.menu.update({ where: { id }, data: { openedAt: new Date() } }); // finds
            });
          }
        }
      `,
    },
    correct: {
      'src/menus.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { PrismaService } from 'nestjs-prisma';

        @Injectable()
        export class MenusService {
          constructor(private readonly prisma: PrismaService) {}

          async open(id: string) {
            const menu = await this.prisma.menu.findUnique({ where: { id } });
            await this.prisma.$transaction(async (tx) => {
              await tx.season.update({ where: { id: menu!.seasonId }, data: { menuId: id } });
              await tx.menu.updateMany({ where: { id, openedAt: null }, data: { openedAt: new Date() } });
            });
          }
        }
      `,
    },
  },
  {
    title: 'the columns of a table lie under a name of their own in the result; fixed by a write that asks for one state or the other',
    shared: {
      'src/schema.ts': `
        import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

        export const crews = pgTable('crews', { id: text('id').primaryKey(), port: text('port') });
        export const boats = pgTable('boats', { id: text('id').primaryKey(), crewId: text('crew_id'), state: text('state'), berths: integer('berths'), papers: jsonb('papers').$type<{ survey?: string; flag?: string }>(), updatedAt: timestamp('updated_at') });
      `,
    },
    defect: {
      'src/recall.ts': `
        import { and, eq, or, sql } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import express from 'express';
        import { boats, crews } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const app = express();

        app.post('/boats/:id/recall', async (req, res) => {
          const [found] = await db.select({ boat: boats, home: crews.port }).from(boats).leftJoin(crews, eq(crews.id, boats.crewId)).where(eq(boats.id, req.params.id));
          if (!found) {
            res.sendStatus(404);
            return;
          }
          const { boat } = found;
          if (boat.state !== 'moored' && boat.state !== 'sailing') {
            res.sendStatus(409);
            return;
          }
          await db.update(boats).set({ state: 'recalled' }).where(eq(boats.id, boat.id)); // finds
          await db.insert(crews).values({ id: crypto.randomUUID(), port: found.home });
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/recall.ts': `
        import { and, eq, or, sql } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import express from 'express';
        import { boats, crews } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const app = express();

        app.post('/boats/:id/recall', async (req, res) => {
          const [found] = await db.select({ boat: boats, home: crews.port }).from(boats).leftJoin(crews, eq(crews.id, boats.crewId)).where(eq(boats.id, req.params.id));
          if (!found) {
            res.sendStatus(404);
            return;
          }
          const { boat } = found;
          if (boat.state !== 'moored' && boat.state !== 'sailing') {
            res.sendStatus(409);
            return;
          }
          const recalled = await db.update(boats).set({ state: 'recalled' }).where(and(eq(boats.id, boat.id), or(eq(boats.state, 'moored'), eq(boats.state, 'sailing')))).returning();
          if (recalled.length === 0) {
            res.sendStatus(409);
            return;
          }
          await db.insert(crews).values({ id: crypto.randomUUID(), port: found.home });
          res.sendStatus(204);
        });
      `,
    },
  },
  {
    title: 'rows of a join lie under the names of their tables; fixed by a condition in SQL text',
    shared: {
      'src/schema.ts': `
        import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

        export const crews = pgTable('crews', { id: text('id').primaryKey(), port: text('port') });
        export const boats = pgTable('boats', { id: text('id').primaryKey(), crewId: text('crew_id'), state: text('state'), berths: integer('berths'), papers: jsonb('papers').$type<{ survey?: string; flag?: string }>(), updatedAt: timestamp('updated_at') });
      `,
    },
    defect: {
      'src/recall.ts': `
        import { and, eq, or, sql } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import express from 'express';
        import { boats, crews } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const app = express();

        app.post('/boats/:id/recall', async (req, res) => {
          const [found] = await db.select().from(boats).leftJoin(crews, eq(crews.id, boats.crewId)).where(eq(boats.id, req.params.id));
          if (!found) {
            res.sendStatus(404);
            return;
          }
          const boat = found.boats;
          if (boat.state !== 'moored' && boat.state !== 'sailing') {
            res.sendStatus(409);
            return;
          }
          await db.update(boats).set({ state: 'recalled' }).where(eq(boats.id, boat.id)); // finds
          await db.insert(crews).values({ id: crypto.randomUUID(), port: found.crews?.port });
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/recall.ts': `
        import { and, eq, or, sql } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import express from 'express';
        import { boats, crews } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const app = express();

        app.post('/boats/:id/recall', async (req, res) => {
          const [found] = await db.select().from(boats).leftJoin(crews, eq(crews.id, boats.crewId)).where(eq(boats.id, req.params.id));
          if (!found) {
            res.sendStatus(404);
            return;
          }
          const boat = found.boats;
          if (boat.state !== 'moored' && boat.state !== 'sailing') {
            res.sendStatus(409);
            return;
          }
          const recalled = await db.update(boats).set({ state: 'recalled' }).where(and(eq(boats.id, boat.id), sql\`\${boats.state} in ('moored', 'sailing')\`)).returning();
          if (recalled.length === 0) {
            res.sendStatus(409);
            return;
          }
          await db.insert(crews).values({ id: crypto.randomUUID(), port: found.crews?.port });
          res.sendStatus(204);
        });
      `,
    },
  },
  {
    title: 'a state within a document in a column; fixed by a write that asks for the version of the row',
    shared: {
      'src/schema.ts': `
        import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

        export const crews = pgTable('crews', { id: text('id').primaryKey(), port: text('port') });
        export const boats = pgTable('boats', { id: text('id').primaryKey(), crewId: text('crew_id'), state: text('state'), berths: integer('berths'), papers: jsonb('papers').$type<{ survey?: string; flag?: string }>(), updatedAt: timestamp('updated_at') });
      `,
      'src/routes.ts': `
        import express from 'express';
        import { orderSurvey } from './survey';

        const app = express();

        app.post('/boats/:id/survey', async (req, res) => {
          res.json({ ordered: await orderSurvey(req.params.id) });
        });
      `,
    },
    defect: {
      'src/survey.ts': `
        import { and, eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { Queue } from 'bullmq';
        import { boats } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const surveys = new Queue('surveys');

        export async function orderSurvey(id: string): Promise<boolean> {
          const [boat] = await db.select().from(boats).where(eq(boats.id, id));
          const papers = boat!.papers ?? {};
          if (papers.survey === 'ordered' || papers.survey === 'passed') return false;
          await db.update(boats).set({ papers: { ...papers, survey: 'ordered' } }).where(eq(boats.id, id)); // finds
          await surveys.add('survey', { id });
          return true;
        }
      `,
    },
    correct: {
      'src/survey.ts': `
        import { and, eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { Queue } from 'bullmq';
        import { boats } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const surveys = new Queue('surveys');

        export async function orderSurvey(id: string): Promise<boolean> {
          const [boat] = await db.select().from(boats).where(eq(boats.id, id));
          const papers = boat!.papers ?? {};
          if (papers.survey === 'ordered' || papers.survey === 'passed') return false;
          const ordered = await db.update(boats).set({ papers: { ...papers, survey: 'ordered' } }).where(and(eq(boats.id, id), eq(boats.updatedAt, boat!.updatedAt!))).returning();
          if (ordered.length === 0) return false;
          await surveys.add('survey', { id });
          return true;
        }
      `,
    },
  },
  {
    title: 'a kiln is fired when it is cold; fixed by a function that waits until it got the lock',
    shared: {
      'src/kiln.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Kiln {
          @PrimaryColumn() id!: string;
          @Column() state!: string;
          @Column() batch!: number;
        }
      `,
      'src/turns.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRedis } from '@nestjs-modules/ioredis';
        import type { Redis } from 'ioredis';

        @Injectable()
        export class Turns {
          constructor(@InjectRedis() private readonly redis: Redis) {}

          async take(key: string, seconds: number): Promise<boolean> {
            return (await this.redis.set(key, '1', 'EX', seconds, 'NX')) !== null;
          }

          async wait(key: string, seconds: number): Promise<void> {
            while (true) {
              const taken = await this.take(key, seconds);
              if (taken) break;
              await new Promise((resolve) => setTimeout(resolve, 50));
            }
          }

          async giveBack(key: string): Promise<void> {
            await this.redis.del(key);
          }
        }
      `,
      'src/kilns.controller.ts': `
        import { Controller, Param, Post } from '@nestjs/common';
        import { KilnsService } from './kilns.service';

        @Controller('kilns')
        export class KilnsController {
          constructor(private readonly kilns: KilnsService) {}

          @Post(':id/fire')
          async fire(@Param('id') id: string) {
            await this.kilns.fire(id);
          }
        }
      `,
    },
    defect: {
      'src/kilns.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Kiln } from './kiln.entity';
        import { Turns } from './turns';

        @Injectable()
        export class KilnsService {
          constructor(@InjectRepository(Kiln) private readonly kilns: Repository<Kiln>, private readonly turns: Turns) {}

          async fire(id: string) {
            const kiln = await this.kilns.findOneOrFail({ where: { id } });
            if (kiln.state !== 'cold') throw new Error('in use');
            kiln.state = 'firing';
            await this.kilns.save(kiln); // finds
            await this.kilns.increment({ id: 'all' }, 'batch', 1);
          }
        }
      `,
    },
    correct: {
      'src/kilns.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Kiln } from './kiln.entity';
        import { Turns } from './turns';

        @Injectable()
        export class KilnsService {
          constructor(@InjectRepository(Kiln) private readonly kilns: Repository<Kiln>, private readonly turns: Turns) {}

          async fire(id: string) {
            await this.turns.wait(\`kiln:\${id}\`, 60);
            try {
              const kiln = await this.kilns.findOneOrFail({ where: { id } });
              if (kiln.state !== 'cold') throw new Error('in use');
              kiln.state = 'firing';
              await this.kilns.save(kiln);
              await this.kilns.increment({ id: 'all' }, 'batch', 1);
            } finally {
              await this.turns.giveBack(\`kiln:\${id}\`);
            }
          }
        }
      `,
    },
  },
  {
    title: 'the last conductor must not become a singer, asked for conductors alone; fixed by a lock on the choir',
    certainty: 'likely',
    shared: {
      'src/database.ts': `
        export interface Database {
          choirs: { id: string };
          singers: { id: string; choirId: string; part: string };
        }
      `,
      'src/routes.ts': `
        import express from 'express';
        import { Kysely, PostgresDialect } from 'kysely';
        import { Pool } from 'pg';
        import { Choir } from './choir';
        import type { Database } from './database';

        const choir = new Choir(new Kysely<Database>({ dialect: new PostgresDialect({ pool: new Pool() }) }));
        const app = express();

        app.put('/choirs/:choir/singers/:singer', async (req, res) => {
          await choir.setPart(req.params.choir, req.params.singer, req.body.part);
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'src/choir.ts': `
        import { Kysely } from 'kysely';
        import type { Database } from './database';

        export class Choir {
          constructor(private readonly db: Kysely<Database>) {}

          async setPart(choirId: string, singerId: string, part: string) {
            const singer = await this.db.selectFrom('singers').selectAll().where('id', '=', singerId).executeTakeFirstOrThrow();
            if (singer.part === part) return;
            if (singer.part === 'conductor') await this.mustNotBeLast(choirId, this.db);
            await this.db.updateTable('singers').set({ part }).where('id', '=', singer.id).where('choirId', '=', choirId).execute(); // finds
          }

          private async mustNotBeLast(choirId: string, db: Kysely<Database>) {
            const { voices } = await db.selectFrom('singers').select((eb) => eb.fn.countAll().as('voices')).where('part', '=', 'conductor').where('choirId', '=', choirId).executeTakeFirstOrThrow();
            if (Number(voices) === 1) throw new Error('a choir needs somebody to conduct it');
          }
        }
      `,
    },
    correct: {
      'src/choir.ts': `
        import { Kysely } from 'kysely';
        import type { Database } from './database';

        export class Choir {
          constructor(private readonly db: Kysely<Database>) {}

          async setPart(choirId: string, singerId: string, part: string) {
            const singer = await this.db.selectFrom('singers').selectAll().where('id', '=', singerId).executeTakeFirstOrThrow();
            if (singer.part === part) return;
            await this.db.transaction().execute(async (trx) => {
              await trx.selectFrom('choirs').select('id').where('id', '=', choirId).forUpdate().executeTakeFirst();
              if (singer.part === 'conductor') await this.mustNotBeLast(choirId, trx);
              await trx.updateTable('singers').set({ part }).where('id', '=', singer.id).where('choirId', '=', choirId).execute();
            });
          }

          private async mustNotBeLast(choirId: string, db: Kysely<Database>) {
            const { voices } = await db.selectFrom('singers').select((eb) => eb.fn.countAll().as('voices')).where('part', '=', 'conductor').where('choirId', '=', choirId).executeTakeFirstOrThrow();
            if (Number(voices) === 1) throw new Error('a choir needs somebody to conduct it');
          }
        }
      `,
    },
  },
  {
    title: 'resolvers get the client from what the server makes for each request; fixed by the condition of the write',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/server.js': `
        import { ApolloServer } from '@apollo/server';
        import { startStandaloneServer } from '@apollo/server/standalone';
        import { PrismaClient } from '@prisma/client';
        import resolvers from './resolvers.js';
        import typeDefs from './schema.js';

        const prisma = new PrismaClient();
        const server = new ApolloServer({ typeDefs, resolvers });

        await startStandaloneServer(server, { context: async ({ req }) => ({ prisma, token: req.headers.authorization }) });
      `,
      'src/schema.js': `
        export default 'type Mutation { setMotto(id: ID!, motto: String!): Boolean }';
      `,
    },
    defect: {
      'src/resolvers.js': `
        export default {
          Mutation: {
            setMotto: async (parent, { id, motto }, { prisma }) => {
              const { motto: old } = await prisma.guild.findUnique({ where: { id } });
              if (old) {
                if (old !== motto) throw new Error('there is one already');
                return true;
              }
              await prisma.guild.update({ where: { id }, data: { motto } }); // finds
              return true;
            },
          },
        };
      `,
    },
    correct: {
      'src/resolvers.js': `
        export default {
          Mutation: {
            setMotto: async (parent, { id, motto }, { prisma }) => {
              const { motto: old } = await prisma.guild.findUnique({ where: { id } });
              if (old) {
                if (old !== motto) throw new Error('there is one already');
                return true;
              }
              const { count } = await prisma.guild.updateMany({ where: { id, motto: null }, data: { motto } });
              return count === 1;
            },
          },
        };
      `,
    },
  },
  {
    title: 'tested by the handler, and read and tested again by the function that acts; fixed by its write, which asks for what it read itself',
    shared: {
      'src/routes.ts': `
        import express from 'express';
        import { Pool } from 'pg';
        import { launch } from './launch';

        const pool = new Pool();
        const app = express();

        app.post('/kites/:id/launch', async (req, res) => {
          const { rows } = await pool.query('SELECT state FROM kites WHERE id = $1', [req.params.id]);
          if (rows[0].state !== 'ready') {
            res.sendStatus(409);
            return;
          }
          res.json({ launched: await launch(req.params.id) });
        });
      `,
    },
    defect: {
      'src/launch.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function launch(id: string): Promise<boolean> {
          const { rows } = await pool.query('SELECT state, revision FROM kites WHERE id = $1', [id]);
          if (rows[0].state !== 'ready') return false;
          await pool.query("UPDATE kites SET state = 'launched' WHERE id = $1", [id]); // finds
          await pool.query('INSERT INTO flights (kite_id) VALUES ($1)', [id]);
          return true;
        }
      `,
    },
    correct: {
      'src/launch.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function launch(id: string): Promise<boolean> {
          const { rows } = await pool.query('SELECT state, revision FROM kites WHERE id = $1', [id]);
          if (rows[0].state !== 'ready') return false;
          const launched = await pool.query("UPDATE kites SET state = 'launched' WHERE id = $1 AND revision = $2", [id, rows[0].revision]);
          if (launched.rowCount === 0) return false;
          await pool.query('INSERT INTO flights (kite_id) VALUES ($1)', [id]);
          return true;
        }
      `,
    },
  },
  {
    title: 'only so many lamps of a hall may burn; lit, one more of those that were counted does; fixed by a lock on the hall',
    shared: {
      'src/dim.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/halls/:hall/dim', async (req, res) => {
          const lamps = (await prisma.lamp.findMany({ where: { hallId: req.params.hall } })).filter((lamp) => !lamp.dimmed);
          if (lamps.length > req.body.most) await prisma.lamp.update({ where: { id: lamps[0]!.id }, data: { dimmed: true } });
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'src/lamps.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/halls/:hall/lamps/:id/light', async (req, res) => {
          const { hall, id } = req.params;
          const burning = await prisma.lamp.count({ where: { hallId: hall, lit: true } });
          if (burning >= 8) {
            res.sendStatus(409);
            return;
          }
          await prisma.lamp.update({ where: { id }, data: { lit: true } }); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/lamps.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/halls/:hall/lamps/:id/light', async (req, res) => {
          const { hall, id } = req.params;
          const lit = await prisma.$transaction(async (tx) => {
            await tx.$queryRaw\`SELECT id FROM halls WHERE id = \${hall} FOR UPDATE\`;
            const burning = await tx.lamp.count({ where: { hallId: hall, lit: true } });
            if (burning >= 8) return false;
            await tx.lamp.update({ where: { id }, data: { lit: true } });
            return true;
          });
          res.sendStatus(lit ? 204 : 409);
        });
      `,
    },
  },
  {
    title: 'what is left of the boxes is computed from those who have one, under a lock on one guest; fixed by a lock on all of them',
    shared: {
      'src/schema.ts': `
        import { boolean, pgTable, text } from 'drizzle-orm/pg-core';

        export const guests = pgTable('guests', { id: text('id').primaryKey(), eveningId: text('evening_id'), boxed: boolean('boxed') });
      `,
      'src/remaining.ts': `
        export function remaining(boxes: number, guests: { boxed: boolean | null }[]): number {
          const taken = guests.filter((guest) => guest.boxed).length;
          return Math.max(0, boxes - taken);
        }
      `,
    },
    defect: {
      'src/boxes.ts': `
        import { and, eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import express from 'express';
        import { remaining } from './remaining';
        import { guests } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const app = express();

        app.post('/evenings/:evening/guests/:id/box', async (req, res) => {
          const { evening, id } = req.params;
          await db.transaction(async (tx) => {
            const [guest] = await tx.select().from(guests).where(and(eq(guests.id, id), eq(guests.eveningId, evening))).for('update');
            if (!guest) throw new Error('not invited');
            const all = await tx.select({ id: guests.id, boxed: guests.boxed }).from(guests).where(eq(guests.eveningId, evening));
            if (remaining(12, all) <= 0) throw new Error('all boxes are taken');
            await tx.update(guests).set({ boxed: true }).where(eq(guests.id, id)); // finds
          });
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/boxes.ts': `
        import { and, eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import express from 'express';
        import { remaining } from './remaining';
        import { guests } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);
        const app = express();

        app.post('/evenings/:evening/guests/:id/box', async (req, res) => {
          const { evening, id } = req.params;
          await db.transaction(async (tx) => {
            const [guest] = await tx.select().from(guests).where(and(eq(guests.id, id), eq(guests.eveningId, evening))).for('update');
            if (!guest) throw new Error('not invited');
            const all = await tx.select({ id: guests.id, boxed: guests.boxed }).from(guests).where(eq(guests.eveningId, evening)).for('update');
            if (remaining(12, all) <= 0) throw new Error('all boxes are taken');
            await tx.update(guests).set({ boxed: true }).where(eq(guests.id, id));
          });
          res.sendStatus(204);
        });
      `,
    },
  },
  {
    title: 'sailors and those who were asked come to no more than there are berths; fixed by a serializable transaction',
    defect: {
      'src/papers.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/ships/:ship/papers', async (req, res) => {
          const shipId = req.params.ship;
          const sailors = await prisma.sailor.findMany({ where: { shipId } });
          const asked = await prisma.paper.findMany({ where: { shipId } });
          if (sailors.length + asked.length >= req.body.berths) {
            res.sendStatus(409);
            return;
          }
          await prisma.paper.create({ data: { shipId, name: req.body.name } }); // finds
          res.sendStatus(201);
        });
      `,
    },
    correct: {
      'src/papers.ts': `
        import express from 'express';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();
        const app = express();

        app.post('/ships/:ship/papers', async (req, res) => {
          const shipId = req.params.ship;
          const done = await prisma.$transaction(
            async (tx) => {
              const sailors = await tx.sailor.findMany({ where: { shipId } });
              const asked = await tx.paper.findMany({ where: { shipId } });
              if (sailors.length + asked.length >= req.body.berths) return false;
              await tx.paper.create({ data: { shipId, name: req.body.name } });
              return true;
            },
            { isolationLevel: 'Serializable' },
          );
          res.sendStatus(done ? 201 : 409);
        });
      `,
    },
  },
  {
    title: 'a client that is put on the global object when the program starts; fixed by a mark that is set only if it is not there',
    audit: true,
    shared: {
      'instrumentation.ts': `
        import { Redis } from 'ioredis';

        export async function register() {
          global.Stamps = new Redis(process.env.REDIS_URL!);
        }
      `,
      'app/stamps/cards.ts': `
        import Stripe from 'stripe';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export const chargeCard = (ticket: string) => stripe.paymentIntents.create({ amount: 300, currency: 'eur', metadata: { ticket } });
      `,
    },
    defect: {
      'app/stamps/route.ts': `
        import { NextResponse } from 'next/server';
        import { chargeCard } from './cards';

        export async function POST(request: Request) {
          const { ticket } = await request.json();
          const redis = global.Stamps;
          if (!redis) return NextResponse.json({ error: 'starting' }, { status: 503 });
          const key = \`stamped:\${ticket}\`;
          if (await redis.get(key)) return NextResponse.json({ error: 'stamped before' }, { status: 409 });
          await redis.set(key, '1', 'EX', 5400); // finds
          return NextResponse.json(await chargeCard(ticket));
        }
      `,
    },
    correct: {
      'app/stamps/route.ts': `
        import { NextResponse } from 'next/server';
        import { chargeCard } from './cards';

        export async function POST(request: Request) {
          const { ticket } = await request.json();
          const redis = global.Stamps;
          if (!redis) return NextResponse.json({ error: 'starting' }, { status: 503 });
          const key = \`stamped:\${ticket}\`;
          if ((await redis.set(key, '1', 'EX', 5400, 'NX')) === null) return NextResponse.json({ error: 'stamped before' }, { status: 409 });
          return NextResponse.json(await chargeCard(ticket));
        }
      `,
    },
  },

  {
    title: 'Prisma: a float gets the number after the newest one of its net, against floats that are copied from one net to another',
    certainty: 'likely',
    shared: {
      'src/app.ts': `
        import express from 'express';
        import { add } from './floats';

        express().post('/nets/:id/floats', async (req, res) => {
          await add(req.params.id, req.body.numbers);
          res.sendStatus(201);
        });
      `,
    },
    defect: {
      'src/floats.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function add(netId: string, numbers: Record<number, number>) {
          const newest = await prisma.float.findFirst({ where: { netId }, orderBy: { number: 'desc' } });
          await prisma.float.create({ data: { netId, number: (newest?.number ?? 0) + 1 } }); // finds
        }
      `,
    },
    correct: {
      'src/floats.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function add(netId: string, numbers: Record<number, number>) {
          const floats = await prisma.float.findMany({ where: { netId: 'spare' }, orderBy: { number: 'desc' } });
          await prisma.float.createMany({ data: floats.map((float) => ({ netId, number: numbers[float.number] })) });
        }
      `,
    },
  },

  {
    title: 'recommended: a field is sown once, as the row of its sowing is refused to the second later in the transaction; against a row that nothing refuses',
    preset: 'recommended',
    shared: {
      'src/app.ts': `
        import { PrismaClient } from '@prisma/client';
        import express from 'express';

        const prisma = new PrismaClient();

        express().post('/fields/:id/sowings', async (req, res) => {
          const field = await prisma.field.findUniqueOrThrow({ where: { id: req.params.id } });
          if (field.state !== 'FALLOW') return res.sendStatus(409);
          await prisma.$transaction(async (tx) => {
            await tx.field.update({ where: { id: field.id }, data: { state: 'SOWN' } }); // finds
            await tx.sowing.create({ data: { fieldId: field.id, crop: req.body.crop } });
          });
          res.sendStatus(201);
        });

        express().post('/fields/:id/harvests', async (req, res) => {
          await prisma.field.update({ where: { id: req.params.id }, data: { state: 'HARVESTED' } });
          res.sendStatus(204);
        });
      `,
    },
    defect: { 'prisma/schema.prisma': `
        model Field {
          id    String @id
          state String
        }

        model Sowing {
          id      String @id @default(uuid())
          fieldId String
          crop    String
        }
      ` },
    correct: { 'prisma/schema.prisma': `
        model Field {
          id    String @id
          state String
        }

        model Sowing {
          id      String @id @default(uuid())
          fieldId String
          crop    String

          @@unique([fieldId, crop])
        }
      ` },
  },
]);
