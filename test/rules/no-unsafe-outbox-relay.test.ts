import { twins } from '../support/twins.ts';

twins('no-unsafe-outbox-relay', [
  {
    title: 'Prisma and kafkajs: the row is marked, then published; fixed by the other order',
    shared: {
      'src/bus.ts': `
        import { Kafka } from 'kafkajs';

        const producer = new Kafka({ brokers: ['kafka:9092'] }).producer();

        export async function publish(topic: string, value: string) {
          await producer.send({ topic, messages: [{ value }] });
        }
      `,
      'src/lock.ts': `
        import Redis from 'ioredis';
        import Redlock from 'redlock';

        export const redlock = new Redlock([new Redis()]);
      `,
    },
    defect: {
      'src/relay.ts': `
        import { PrismaClient } from '@prisma/client';
        import cron from 'node-cron';
        import { publish } from './bus';
        import { redlock } from './lock';

        const prisma = new PrismaClient();

        cron.schedule('* * * * *', async () => {
          await redlock.using(['outbox'], 50_000, async () => {
            const rows = await prisma.outbox.findMany({ where: { sentAt: null }, orderBy: { id: 'asc' }, take: 100 });
            for (const row of rows) {
              await prisma.outbox.update({ where: { id: row.id }, data: { sentAt: new Date() } });
              await publish(row.topic, row.payload); // finds
            }
          });
        });
      `,
    },
    correct: {
      'src/relay.ts': `
        import { PrismaClient } from '@prisma/client';
        import cron from 'node-cron';
        import { publish } from './bus';
        import { redlock } from './lock';

        const prisma = new PrismaClient();

        cron.schedule('* * * * *', async () => {
          await redlock.using(['outbox'], 50_000, async () => {
            const rows = await prisma.outbox.findMany({ where: { sentAt: null }, orderBy: { id: 'asc' }, take: 100 });
            for (const row of rows) {
              await publish(row.topic, row.payload);
              await prisma.outbox.update({ where: { id: row.id }, data: { sentAt: new Date() } });
            }
          });
        });
      `,
    },
  },

  {
    title: 'Nest: a cron with a flag of the process reads what is pending; fixed by a claim with skip-locked',
    shared: {
      'src/outbox-event.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class OutboxEvent {
          @PrimaryGeneratedColumn('uuid')
          id!: string;

          @Column()
          status!: string;

          @Column()
          payload!: string;
        }
      `,
      'src/notifier.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectQueue } from '@nestjs/bullmq';
        import type { Queue } from 'bullmq';

        @Injectable()
        export class Notifier {
          constructor(@InjectQueue('notifications') private readonly queue: Queue) {}

          async enqueue(payload: string) {
            await this.queue.add('notify', { payload });
          }
        }
      `,
    },
    defect: {
      'src/dispatcher.ts': `
        import { Injectable } from '@nestjs/common';
        import { Cron } from '@nestjs/schedule';
        import { InjectRepository } from '@nestjs/typeorm';
        import type { Repository } from 'typeorm';
        import type { Notifier } from './notifier';
        import { OutboxEvent } from './outbox-event.entity';

        @Injectable()
        export class Dispatcher {
          private running = false;

          constructor(@InjectRepository(OutboxEvent) private readonly events: Repository<OutboxEvent>, private readonly notifier: Notifier) {}

          @Cron('*/10 * * * * *')
          async tick() {
            if (this.running) return;
            this.running = true;
            try {
              const events = await this.events.find({ where: { status: 'pending' }, take: 50 });
              for (const event of events) {
                await this.notifier.enqueue(event.payload); // finds
                event.status = 'sent';
                await this.events.save(event);
              }
            } finally {
              this.running = false;
            }
          }
        }
      `,
    },
    correct: {
      'src/dispatcher.ts': `
        import { Injectable } from '@nestjs/common';
        import { Cron } from '@nestjs/schedule';
        import { InjectDataSource } from '@nestjs/typeorm';
        import type { DataSource } from 'typeorm';
        import type { Notifier } from './notifier';
        import { OutboxEvent } from './outbox-event.entity';

        @Injectable()
        export class Dispatcher {
          constructor(@InjectDataSource() private readonly dataSource: DataSource, private readonly notifier: Notifier) {}

          @Cron('*/10 * * * * *')
          async tick() {
            await this.dataSource.transaction(async (manager) => {
              const events = await manager.find(OutboxEvent, { where: { status: 'pending' }, take: 50, lock: { mode: 'pessimistic_write', onLocked: 'skip_locked' } });
              for (const event of events) {
                await this.notifier.enqueue(event.payload);
                event.status = 'sent';
                await manager.save(event);
              }
            });
          }
        }
      `,
    },
  },

  {
    title: 'knex: skip-locked outside of a transaction, in a timer; fixed by a transaction around',
    shared: {
      'src/db.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
      'src/bus.ts': `
        import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});

        export const announce = (message: string) => sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: message }));
      `,
    },
    defect: {
      'src/drain.ts': `
        import { announce } from './bus';
        import { db } from './db';

        export async function drain() {
          const rows = await db('deliveries').where({ state: 'waiting' }).forUpdate().skipLocked().limit(50);
          for (const row of rows) {
            await announce(row.body); // finds
            await db('deliveries').where({ id: row.id }).update({ state: 'sent' });
          }
        }

        setInterval(drain, 5_000);
      `,
    },
    correct: {
      'src/drain.ts': `
        import { announce } from './bus';
        import { db } from './db';

        export async function drain() {
          await db.transaction(async (trx) => {
            const rows = await trx('deliveries').where({ state: 'waiting' }).forUpdate().skipLocked().limit(50);
            for (const row of rows) {
              await announce(row.body);
              await trx('deliveries').where({ id: row.id }).update({ state: 'sent' });
            }
          });
        }

        setInterval(drain, 5_000);
      `,
    },
  },

  {
    title: 'Mongoose: reminders mailed by a cron on every replica; fixed by claiming each one by its state',
    shared: {
      'src/reminder.ts': `
        import { Schema, model } from 'mongoose';

        export const Reminder = model('Reminder', new Schema({ state: String, address: String }));
      `,
      'src/mail.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_KEY);

        export async function remind(to: string) {
          await resend.emails.send({ from: 'shop@example.com', to, subject: 'Reminder', text: 'It is time.' });
        }
      `,
    },
    defect: {
      'src/reminders.ts': `
        import cron from 'node-cron';
        import { remind } from './mail';
        import { Reminder } from './reminder';

        cron.schedule('0 * * * *', async () => {
          const due = await Reminder.find({ state: 'due' });
          for (const reminder of due) {
            await remind(reminder.address); // finds
            await Reminder.updateOne({ _id: reminder._id }, { $set: { state: 'sent' } });
          }
        });
      `,
    },
    correct: {
      'src/reminders.ts': `
        import cron from 'node-cron';
        import { remind } from './mail';
        import { Reminder } from './reminder';

        cron.schedule('0 * * * *', async () => {
          const due = await Reminder.find({ state: 'due' });
          for (const reminder of due) {
            const { modifiedCount } = await Reminder.updateOne({ _id: reminder._id, state: 'due' }, { $set: { state: 'sending' } });
            if (modifiedCount === 0) continue;
            await remind(reminder.address);
            await Reminder.updateOne({ _id: reminder._id }, { $set: { state: 'sent' } });
          }
        });
      `,
    },
  },

  {
    title: 'the job has an id of its own, or that of the row',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
      'src/queue.ts': `
        import { Queue } from 'bullmq';

        export const queue = new Queue('hooks', { connection: { host: 'redis' } });
      `,
    },
    defect: {
      'src/hooks.ts': `
        import cron from 'node-cron';
        import { prisma } from './prisma';
        import { queue } from './queue';

        cron.schedule('* * * * *', async () => {
          const hooks = await prisma.hook.findMany({ where: { queued: false }, orderBy: { id: 'asc' }, take: 50 });
          for (const hook of hooks) {
            await queue.add('deliver', { url: hook.url }); // finds
            await prisma.hook.update({ where: { id: hook.id }, data: { queued: true } });
          }
        });
      `,
    },
    correct: {
      'src/hooks.ts': `
        import cron from 'node-cron';
        import { prisma } from './prisma';
        import { queue } from './queue';

        cron.schedule('* * * * *', async () => {
          const hooks = await prisma.hook.findMany({ where: { queued: false }, orderBy: { id: 'asc' }, take: 50 });
          for (const hook of hooks) {
            await queue.add('deliver', { url: hook.url }, { jobId: hook.id });
            await prisma.hook.update({ where: { id: hook.id }, data: { queued: true } });
          }
        });
      `,
    },
  },

  {
    title: 'Drizzle: nobody waits for the call before the row is marked; fixed by an await',
    shared: {
      'src/schema.ts': `
        import { boolean, pgTable, text } from 'drizzle-orm/pg-core';

        export const messages = pgTable('messages', { id: text('id').primaryKey(), body: text('body').notNull(), sent: boolean('sent').notNull() });
      `,
      'src/partner.ts': `
        export async function tellPartner(body: string) {
          await fetch('https://partner.example.com/messages', { method: 'POST', body });
        }
      `,
    },
    defect: {
      'src/flush.ts': `
        import { eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { tellPartner } from './partner';
        import { messages } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);

        export async function flush() {
          await db.transaction(async (tx) => {
            const waiting = await tx.select().from(messages).where(eq(messages.sent, false)).for('update', { skipLocked: true });
            for (const message of waiting) {
              void tellPartner(message.body); // finds
              await tx.update(messages).set({ sent: true }).where(eq(messages.id, message.id));
            }
          });
        }
      `,
    },
    correct: {
      'src/flush.ts': `
        import { eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { tellPartner } from './partner';
        import { messages } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);

        export async function flush() {
          await db.transaction(async (tx) => {
            const waiting = await tx.select().from(messages).where(eq(messages.sent, false)).for('update', { skipLocked: true });
            for (const message of waiting) {
              await tellPartner(message.body);
              await tx.update(messages).set({ sent: true }).where(eq(messages.id, message.id));
            }
          });
        }
      `,
    },
  },

  {
    title: 'pg: all rows are marked at once ahead of the calls; fixed by marking each afterwards, on a connection with a transaction',
    shared: {
      'src/push.ts': `
        export async function push(body: string) {
          await fetch('https://push.example.com/messages', { method: 'POST', body });
        }
      `,
    },
    defect: {
      'src/pusher.ts': `
        import { Pool } from 'pg';
        import { push } from './push';

        const pool = new Pool();

        export async function pushAll() {
          const client = await pool.connect();
          await client.query('BEGIN');
          const { rows } = await client.query('SELECT id, body FROM pushes WHERE pushed = false ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED');
          await client.query('UPDATE pushes SET pushed = true WHERE id = ANY($1)', [rows.map((row) => row.id)]);
          await client.query('COMMIT');
          for (const row of rows) await push(row.body); // finds
          client.release();
        }
      `,
    },
    correct: {
      'src/pusher.ts': `
        import { Pool } from 'pg';
        import { push } from './push';

        const pool = new Pool();

        export async function pushAll() {
          const client = await pool.connect();
          await client.query('BEGIN');
          const { rows } = await client.query('SELECT id, body FROM pushes WHERE pushed = false ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED');
          for (const row of rows) {
            await push(row.body);
            await client.query('UPDATE pushes SET pushed = true WHERE id = $1', [row.id]);
          }
          await client.query('COMMIT');
          client.release();
        }
      `,
    },
  },

  {
    title: 'a repository and a publisher behind a relay; fixed by a lock of the project around both',
    shared: {
      'src/events.repository.ts': `
        import type { PrismaClient } from '@prisma/client';

        export class EventsRepository {
          constructor(private readonly prisma: PrismaClient) {}

          waiting() {
            return this.prisma.event.findMany({ where: { status: 'waiting' }, orderBy: { id: 'asc' }, take: 20 });
          }

          async sent(id: string) {
            await this.prisma.event.update({ where: { id }, data: { status: 'sent' } });
          }
        }
      `,
      'src/publisher.ts': `
        import type { Channel } from 'amqplib';

        export class Publisher {
          constructor(private readonly channel: Channel) {}

          publish(key: string, body: string) {
            this.channel.publish('events', key, Buffer.from(body), { persistent: true });
          }
        }
      `,
      'src/exclusively.ts': `
        import type Redlock from 'redlock';

        export const exclusively = (redlock: Redlock, name: string, work: () => Promise<void>) => redlock.using([name], 60_000, work);
      `,
    },
    defect: {
      'src/relay.ts': `
        import { Injectable } from '@nestjs/common';
        import { Interval } from '@nestjs/schedule';
        import type Redlock from 'redlock';
        import type { EventsRepository } from './events.repository';
        import type { Publisher } from './publisher';

        @Injectable()
        export class Relay {
          constructor(private readonly events: EventsRepository, private readonly publisher: Publisher, private readonly redlock: Redlock) {}

          @Interval(1_000)
          async run() {
            for (const event of await this.events.waiting()) {
              this.publisher.publish(event.key, event.body); // finds
              await this.events.sent(event.id);
            }
          }
        }
      `,
    },
    correct: {
      'src/relay.ts': `
        import { Injectable } from '@nestjs/common';
        import { Interval } from '@nestjs/schedule';
        import type Redlock from 'redlock';
        import type { EventsRepository } from './events.repository';
        import { exclusively } from './exclusively';
        import type { Publisher } from './publisher';

        @Injectable()
        export class Relay {
          constructor(private readonly events: EventsRepository, private readonly publisher: Publisher, private readonly redlock: Redlock) {}

          @Interval(1_000)
          async run() {
            await exclusively(this.redlock, 'relay', async () => {
              for (const event of await this.events.waiting()) {
                this.publisher.publish(event.key, event.body);
                await this.events.sent(event.id);
              }
            });
          }
        }
      `,
    },
  },

  {
    title: 'rows are marked before they are queued, against rows of a worker that died, which are given back',
    defect: {
      'src/transcripts.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        const prisma = new PrismaClient();
        const fetches = new Queue('fetches');

        export async function queueWaiting(before: Date) {
          const waiting = await prisma.tape.findMany({ where: { OR: [{ fetchedAt: null }, { fetchedAt: { lt: before } }] }, take: 50 });
          for (const tape of waiting) {
            await prisma.tape.update({ where: { id: tape.id }, data: { fetchedAt: new Date() } });
            await fetches.add('fetch', { tapeId: tape.id }); // finds
          }
        }
      `,
    },
    correct: {
      'src/transcripts.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';

        const prisma = new PrismaClient();
        const fetches = new Queue('fetches');

        export async function queueWaiting(before: Date) {
          const waiting = await prisma.tape.findMany({ where: { OR: [{ fetchedAt: null }, { fetchedAt: { lt: before } }] }, take: 50 });
          for (const tape of waiting) {
            await prisma.tape.update({ where: { id: tape.id }, data: { fetchedAt: null } });
            await fetches.add('fetch', { tapeId: tape.id });
          }
        }
      `,
    },
  },

  {
    title: 'Prisma: what was begun is sent again after a while; or waits for nobody once it was begun',
    shared: {
      'src/relay.ts': `
        import { Queue } from 'bullmq';
        import cron from 'node-cron';
        import { due } from './due';
        import { prisma } from './prisma';

        const letters = new Queue('letters');

        cron.schedule('* * * * *', async () => {
          for (const letter of await due()) {
            const claimed = await prisma.letter.updateMany({ where: { id: letter.id, state: letter.state }, data: { state: 'SENDING', begunAt: new Date() } });
            if (claimed.count === 0) continue;
            await letters.add('send', { letterId: letter.id, text: letter.text }); // finds
          }
        });
      `,
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/due.ts': `
        import { prisma } from './prisma';

        export const due = () => prisma.letter.findMany({ where: { OR: [{ state: 'WAITING' }, { state: 'FAILED' }] }, take: 50 });
      `,
    },
    correct: {
      'src/due.ts': `
        import { prisma } from './prisma';

        export const due = () =>
          prisma.letter.findMany({ where: { OR: [{ state: 'WAITING' }, { state: 'SENDING', begunAt: { lte: new Date(Date.now() - 600_000) } }] }, take: 50 });
      `,
    },
  },

  {
    title: 'Drizzle: pigeons that wait are marked and sent, against the letters that one pigeon carries when it is given another loft',
    shared: {
      'src/app.ts': `
        import express from 'express';
        import { send } from './pigeons';

        express().post('/pigeons', async (req, res) => {
          await send(req.body.loft);
          res.sendStatus(204);
        });
      `,
    },
    defect: {
      'src/pigeons.ts': `
        import { eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';

        const db = drizzle(process.env.DATABASE_URL!);
        const pigeons = pgTable('pigeons', { id: text().primaryKey(), loft: text(), letters: jsonb().$type<string[]>() });

        export async function send(loft: string) {
          const waiting = await db.select().from(pigeons).where(eq(pigeons.loft, loft)).limit(20);
          for (const pigeon of waiting) {
            await db.update(pigeons).set({ loft: 'away' }).where(eq(pigeons.id, pigeon.id));
            await fetch('https://post.example.com/letters', { method: 'POST', body: JSON.stringify({ pigeon: pigeon.id }), signal: AbortSignal.timeout(5000) }); // finds
          }
        }
      `,
    },
    correct: {
      'src/pigeons.ts': `
        import { eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';

        const db = drizzle(process.env.DATABASE_URL!);
        const pigeons = pgTable('pigeons', { id: text().primaryKey(), loft: text(), letters: jsonb().$type<string[]>() });

        export async function send(loft: string) {
          const [pigeon] = await db.select().from(pigeons).where(eq(pigeons.loft, loft)).limit(1);
          if (pigeon === undefined) return;
          await db.update(pigeons).set({ loft: 'away' }).where(eq(pigeons.id, pigeon.id));
          for (const letter of pigeon.letters ?? []) {
            await fetch('https://post.example.com/letters', { method: 'POST', body: JSON.stringify({ letter }), signal: AbortSignal.timeout(5000) });
          }
        }
      `,
    },
  },

  {
    title: 'Prisma: a bell that is rung waits for nobody; or is still one of those that wait, in either of two states',
    shared: {
      'src/relay.ts': `
        import { Queue } from 'bullmq';
        import cron from 'node-cron';
        import { due, prisma } from './due';

        const bells = new Queue('bells');

        cron.schedule('* * * * *', async () => {
          for (const bell of await due()) {
            const claimed = await prisma.bell.updateMany({ where: { id: bell.id, state: bell.state }, data: { state: 'RINGING' } });
            if (claimed.count === 0) continue;
            await bells.add('ring', { bellId: bell.id, tone: bell.tone }); // finds
          }
        });
      `,
    },
    defect: {
      'src/due.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
        export const due = () => prisma.bell.findMany({ where: { OR: [{ state: 'WAITING' }, { state: 'FAILED' }] }, take: 50 });
      `,
    },
    correct: {
      'src/due.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
        export const due = () => prisma.bell.findMany({ where: { OR: [{ state: 'WAITING' }, { state: 'RINGING' }] }, take: 50 });
      `,
    },
  },
]);
