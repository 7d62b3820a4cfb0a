import { twins } from '../support/twins.ts';

twins('no-mutable-message-payload', [
  {
    title: 'Prisma row read before the update it announces, to SNS; right: what the update returned',
    shared: {
      'src/topics.ts': `
        import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});

        export async function announce(subject: string, body: object) {
          await sns.send(new PublishCommand({ TopicArn: process.env.ORDERS_TOPIC, Subject: subject, Message: JSON.stringify(body) }));
        }
      `,
    },
    defect: {
      'src/orders.ts': `
        import { PrismaClient } from '@prisma/client';
        import { announce } from './topics';

        const prisma = new PrismaClient();

        export async function ship(id: string) {
          const order = await prisma.order.findUniqueOrThrow({ where: { id } });
          await prisma.order.update({ where: { id }, data: { status: 'shipped' } });
          await announce('shipped', { order }); // finds
        }
      `,
    },
    correct: {
      'src/orders.ts': `
        import { PrismaClient } from '@prisma/client';
        import { announce } from './topics';

        const prisma = new PrismaClient();

        export async function ship(id: string) {
          await prisma.order.findUniqueOrThrow({ where: { id } });
          const order = await prisma.order.update({ where: { id }, data: { status: 'shipped' } });
          await announce('shipped', { order });
        }
      `,
    },
  },

  {
    title: 'Knex repository gives the row, the service publishes it after the change; right: only the id',
    shared: {
      'src/loans.repository.ts': `
        import type { Knex } from 'knex';

        export class LoansRepository {
          constructor(private readonly knex: Knex) {}

          find(id: string) {
            return this.knex('loans').where({ id }).first();
          }

          async extend(id: string, until: string) {
            await this.knex('loans').where({ id }).update({ until });
          }
        }
      `,
    },
    defect: {
      'src/loans.service.ts': `
        import type { Producer } from 'kafkajs';
        import type { LoansRepository } from './loans.repository';

        export class LoansService {
          constructor(private readonly loans: LoansRepository, private readonly producer: Producer) {}

          async extend(id: string, until: string) {
            const loan = await this.loans.find(id);
            await this.loans.extend(id, until);
            await this.producer.send({ topic: 'loans', messages: [{ key: id, value: JSON.stringify(loan) }] }); // finds
          }
        }
      `,
    },
    correct: {
      'src/loans.service.ts': `
        import type { Producer } from 'kafkajs';
        import type { LoansRepository } from './loans.repository';

        export class LoansService {
          constructor(private readonly loans: LoansRepository, private readonly producer: Producer) {}

          async extend(id: string, until: string) {
            const loan = await this.loans.find(id);
            await this.loans.extend(id, until);
            await this.producer.send({ topic: 'loans', messages: [{ key: id, value: JSON.stringify({ loanId: loan.id }) }] });
          }
        }
      `,
    },
  },

  {
    title: 'the whole Mongoose document goes into a BullMQ job; right: its id',
    certainty: 'likely',
    shared: {
      'src/template.model.ts': `
        import { model, Schema } from 'mongoose';

        export const Template = model('Template', new Schema({ subject: String, body: String }));
      `,
      'src/queues.ts': `
        import { Queue } from 'bullmq';

        const mails = new Queue('mails', { defaultJobOptions: { attempts: 5 } });

        export const enqueue = (name: string, data: object) => mails.add(name, data, { delay: 3_600_000 });
      `,
    },
    defect: {
      'src/send.ts': `
        import { enqueue } from './queues';
        import { Template } from './template.model';

        export async function send(id: string, recipient: string) {
          const template = await Template.findById(id).lean();
          await enqueue('mail', { template, recipient }); // finds
        }
      `,
    },
    correct: {
      'src/send.ts': `
        import { enqueue } from './queues';
        import { Template } from './template.model';

        export async function send(id: string, recipient: string) {
          const template = await Template.findById(id).lean();
          await enqueue('mail', { templateId: template!._id, recipient });
        }
      `,
    },
  },

  {
    title: 'TypeORM entity changed in place and saved is as it is now; a copy read before is not',
    shared: {
      'src/room.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Room {
          @PrimaryColumn() id!: string;
          @Column() topic!: string;
        }
      `,
      'src/bus.ts': `
        import { EventEmitter } from 'node:events';

        export const bus = new EventEmitter();
      `,
    },
    defect: {
      'src/rooms.ts': `
        import type { DataSource } from 'typeorm';
        import { bus } from './bus';
        import { Room } from './room.entity';

        export async function rename(source: DataSource, id: string, topic: string) {
          const rooms = source.getRepository(Room);
          const room = await rooms.findOneByOrFail({ id });
          await rooms.update({ id }, { topic });
          bus.emit('room.renamed', { room }); // finds
        }
      `,
    },
    correct: {
      'src/rooms.ts': `
        import type { DataSource } from 'typeorm';
        import { bus } from './bus';
        import { Room } from './room.entity';

        export async function rename(source: DataSource, id: string, topic: string) {
          const rooms = source.getRepository(Room);
          const room = await rooms.findOneByOrFail({ id });
          room.topic = topic;
          await rooms.save(room);
          bus.emit('room.renamed', { room });
        }
      `,
    },
  },

  {
    title: 'a callback that the library was configured with gets the row of before; right: the row of after',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import pg from 'pg';

        export const pool = new pg.Pool();
      `,
    },
    defect: {
      'src/cancel.ts': `
        import { pool } from './db';

        export interface Options {
          onCancel: (membership: unknown) => Promise<void>;
        }

        export async function cancel(options: Options, id: string) {
          const { rows: [membership] } = await pool.query('SELECT * FROM memberships WHERE id = $1', [id]);
          await pool.query("UPDATE memberships SET state = 'cancelled' WHERE id = $1", [id]);
          await options.onCancel(membership); // finds
        }
      `,
    },
    correct: {
      'src/cancel.ts': `
        import { pool } from './db';

        export interface Options {
          onCancel: (membership: unknown) => Promise<void>;
        }

        export async function cancel(options: Options, id: string) {
          await pool.query('SELECT * FROM memberships WHERE id = $1', [id]);
          const { rows: [membership] } = await pool.query("UPDATE memberships SET state = 'cancelled' WHERE id = $1 RETURNING *", [id]);
          await options.onCancel(membership);
        }
      `,
    },
  },

  {
    title: 'DynamoDB item on an SQS queue; right: a reference, read again by the consumer',
    certainty: 'likely',
    shared: {
      'src/clients.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { SQSClient } from '@aws-sdk/client-sqs';
        import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

        export const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
        export const sqs = new SQSClient({});
      `,
    },
    defect: {
      'src/remind.ts': `
        import { SendMessageCommand } from '@aws-sdk/client-sqs';
        import { GetCommand } from '@aws-sdk/lib-dynamodb';
        import { documents, sqs } from './clients';

        export async function remind(id: string) {
          const { Item } = await documents.send(new GetCommand({ TableName: 'bookings', Key: { id } }));
          await sqs.send(new SendMessageCommand({ QueueUrl: process.env.REMINDERS_URL, DelaySeconds: 900, MessageBody: JSON.stringify(Item) })); // finds
        }
      `,
    },
    correct: {
      'src/remind.ts': `
        import { SendMessageCommand } from '@aws-sdk/client-sqs';
        import { GetCommand } from '@aws-sdk/lib-dynamodb';
        import { documents, sqs } from './clients';

        export async function remind(id: string) {
          const { Item } = await documents.send(new GetCommand({ TableName: 'bookings', Key: { id } }));
          await sqs.send(new SendMessageCommand({ QueueUrl: process.env.REMINDERS_URL, DelaySeconds: 900, MessageBody: JSON.stringify({ bookingId: Item!.id }) }));
        }
      `,
    },
  },

  {
    title: 'rows of a list are mapped into one job each; right: mapped to their ids',
    certainty: 'likely',
    shared: {
      'src/queue.ts': `
        import { PgBoss } from 'pg-boss';

        export const boss = new PgBoss(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/renewals.ts': `
        import { PrismaClient } from '@prisma/client';
        import { boss } from './queue';

        const prisma = new PrismaClient();

        export async function renewDue(day: string) {
          const contracts = await prisma.contract.findMany({ where: { dueOn: day }, take: 500 });
          for (const contract of contracts) {
            await boss.send('renew', { contract }); // finds
          }
        }
      `,
    },
    correct: {
      'src/renewals.ts': `
        import { PrismaClient } from '@prisma/client';
        import { boss } from './queue';

        const prisma = new PrismaClient();

        export async function renewDue(day: string) {
          const contracts = await prisma.contract.findMany({ where: { dueOn: day }, take: 500 });
          for (const contract of contracts) {
            await boss.send('renew', { contractId: contract.id });
          }
        }
      `,
    },
  },

  {
    title: 'both versions are told, so the old one is meant',
    shared: {
      'src/rabbit.ts': `
        import type { Channel } from 'amqplib';

        export class Events {
          constructor(private readonly channel: Channel) {}

          tell(kind: string, body: object) {
            this.channel.publish('events', kind, Buffer.from(JSON.stringify(body)), { persistent: true });
          }
        }
      `,
    },
    defect: {
      'src/prices.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Events } from './rabbit';

        const prisma = new PrismaClient();

        export async function setPrice(events: Events, id: string, cents: number) {
          const before = await prisma.article.findUniqueOrThrow({ where: { id } });
          await prisma.article.update({ where: { id }, data: { cents } });
          events.tell('price', { before }); // finds
        }
      `,
    },
    correct: {
      'src/prices.ts': `
        import { PrismaClient } from '@prisma/client';
        import type { Events } from './rabbit';

        const prisma = new PrismaClient();

        export async function setPrice(events: Events, id: string, cents: number) {
          const before = await prisma.article.findUniqueOrThrow({ where: { id } });
          const after = await prisma.article.update({ where: { id }, data: { cents } });
          events.tell('price', { before, after });
        }
      `,
    },
  },

  {
    title: 'BullMQ jobs that hold the row, sent in parts of a hundred; fixed by its id',
    certainty: 'likely',
    defect: {
      'src/newsletter.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';
        import { chunk } from 'lodash';

        const prisma = new PrismaClient();
        const queue = new Queue('newsletter');

        const addAll = (jobs: { name: string; data: object }[]) => queue.addBulk(jobs.map(({ name, data }) => ({ name, data })));

        export async function announce(issueId: string, readers: string[]) {
          const issue = await prisma.issue.findUniqueOrThrow({ where: { id: issueId } });
          const jobs = readers.map((reader) => ({ name: reader, data: { reader, issue } }));
          for (const part of chunk(jobs, 100)) await addAll(part); // finds
        }
      `,
    },
    correct: {
      'src/newsletter.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Queue } from 'bullmq';
        import { chunk } from 'lodash';

        const prisma = new PrismaClient();
        const queue = new Queue('newsletter');

        const addAll = (jobs: { name: string; data: object }[]) => queue.addBulk(jobs.map(({ name, data }) => ({ name, data })));

        export async function announce(issueId: string, readers: string[]) {
          const issue = await prisma.issue.findUniqueOrThrow({ where: { id: issueId } });
          const jobs = readers.map((reader) => ({ name: reader, data: { reader, issueId: issue.id } }));
          for (const part of chunk(jobs, 100)) await addAll(part);
        }
      `,
    },
  },

  {
    title: 'Kysely and BullMQ: a kiln is told of as it was before it was moved, against one that is told of as it was when it was taken down',
    shared: {
      'src/kilns.ts': `
        import { Queue } from 'bullmq';
        import { Kysely, PostgresDialect } from 'kysely';
        import pg from 'pg';
        import { change } from './change';

        export const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: new pg.Pool() }) });
        const kilns = new Queue('kilns');

        export async function handle(id: string, yard: string) {
          const kiln = await db.selectFrom('kilns').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
          await change(db, id, yard);
          await kilns.add('changed', kiln); // finds
        }
      `,
    },
    defect: {
      'src/change.ts': `
        import type { Kysely } from 'kysely';

        export const change = (db: Kysely<any>, id: string, yard: string) => db.updateTable('kilns').set({ yard }).where('id', '=', id).execute();
      `,
    },
    correct: {
      'src/change.ts': `
        import type { Kysely } from 'kysely';

        export const change = (db: Kysely<any>, id: string, yard: string) => db.deleteFrom('kilns').where('id', '=', id).execute();
      `,
    },
  },
]);
