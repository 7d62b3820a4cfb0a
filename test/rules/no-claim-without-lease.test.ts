import { twins } from '../support/twins.ts';

const exporter = `
  export async function writeExport(id: string) {
    await fetch(\`https://exports.example.com/\${id}\`, { method: 'POST' });
  }
`;

twins('no-claim-without-lease', [
  {
    title: 'Prisma: exports taken by a status; fixed by a sweeper in another file',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
      'src/write-export.ts': exporter,
    },
    defect: {
      'src/run-export.ts': `
        import { prisma } from './prisma';
        import { writeExport } from './write-export';

        export async function runExport(id: string) {
          const { count } = await prisma.export.updateMany({ where: { id, status: 'queued' }, data: { status: 'running' } }); // finds
          if (count === 0) return;
          await writeExport(id);
          await prisma.export.update({ where: { id }, data: { status: 'done' } });
        }
      `,
      'src/dashboard.ts': `
        import { prisma } from './prisma';

        export const runningExports = () => prisma.export.count({ where: { status: 'running' } });
      `,
    },
    correct: {
      'src/run-export.ts': `
        import { prisma } from './prisma';
        import { writeExport } from './write-export';

        export async function runExport(id: string) {
          const { count } = await prisma.export.updateMany({ where: { id, status: 'queued' }, data: { status: 'running' } });
          if (count === 0) return;
          await writeExport(id);
          await prisma.export.update({ where: { id }, data: { status: 'done' } });
        }
      `,
      'src/sweep.ts': `
        import { prisma } from './prisma';

        export async function sweepExports() {
          const longAgo = new Date(Date.now() - 600_000);
          await prisma.export.updateMany({ where: { status: 'running', updatedAt: { lt: longAgo } }, data: { status: 'queued' } });
        }
      `,
    },
  },

  {
    title: 'TypeORM: a poller reads what is pending and marks it; fixed by reading what was marked long ago as well',
    shared: {
      'src/mail-job.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        export enum MailStatus {
          Pending = 'pending',
          Sending = 'sending',
          Failed = 'failed',
          Sent = 'sent',
        }

        @Entity()
        export class MailJob {
          @PrimaryGeneratedColumn()
          id!: number;

          @Column()
          status!: MailStatus;

          @Column()
          attempts!: number;

          @Column({ nullable: true })
          startedAt!: Date;
        }
      `,
      'src/mailer.ts': `
        export class Mailer {
          async deliver(id: number) {
            await fetch(\`https://mail.example.com/\${id}\`, { method: 'POST' });
          }
        }
      `,
    },
    defect: {
      'src/mail-poller.ts': `
        import { LessThan, type Repository } from 'typeorm';
        import { MailJob, MailStatus } from './mail-job.entity';
        import type { Mailer } from './mailer';

        export class MailPoller {
          constructor(private readonly jobs: Repository<MailJob>, private readonly mailer: Mailer) {}

          async poll() {
            const jobs = await this.jobs.find({ where: [{ status: MailStatus.Pending }, { status: MailStatus.Failed, attempts: LessThan(5) }], take: 20 });
            for (const job of jobs) await this.send(job);
          }

          private async send(job: MailJob) {
            job.status = MailStatus.Sending;
            await this.jobs.save(job); // finds
            await this.mailer.deliver(job.id);
            job.status = MailStatus.Sent;
            await this.jobs.save(job);
          }
        }
      `,
    },
    correct: {
      'src/mail-poller.ts': `
        import { LessThan, type Repository } from 'typeorm';
        import { MailJob, MailStatus } from './mail-job.entity';
        import type { Mailer } from './mailer';

        export class MailPoller {
          constructor(private readonly jobs: Repository<MailJob>, private readonly mailer: Mailer) {}

          async poll() {
            const longAgo = new Date(Date.now() - 300_000);
            const jobs = await this.jobs.find({ where: [{ status: MailStatus.Pending }, { status: MailStatus.Failed, attempts: LessThan(5) }, { status: MailStatus.Sending, startedAt: LessThan(longAgo) }], take: 20 });
            for (const job of jobs) await this.send(job);
          }

          private async send(job: MailJob) {
            job.status = MailStatus.Sending;
            await this.jobs.save(job);
            await this.mailer.deliver(job.id);
            job.status = MailStatus.Sent;
            await this.jobs.save(job);
          }
        }
      `,
    },
  },

  {
    title: 'knex: a task locked by a time that must be null; fixed by accepting an old time',
    shared: { 'src/write-export.ts': exporter },
    defect: {
      'src/tasks.ts': `
        import type { Knex } from 'knex';
        import { writeExport } from './write-export';

        export async function runTask(db: Knex, id: string) {
          const taken = await db('tasks').where({ id }).whereNull('locked_at').update({ locked_at: new Date() }); // finds
          if (taken === 0) return;
          try {
            await writeExport(id);
          } finally {
            await db('tasks').where({ id }).update({ locked_at: null });
          }
        }
      `,
    },
    correct: {
      'src/tasks.ts': `
        import type { Knex } from 'knex';
        import { writeExport } from './write-export';

        export async function runTask(db: Knex, id: string) {
          const longAgo = new Date(Date.now() - 600_000);
          const taken = await db('tasks').where({ id }).where((task) => task.whereNull('locked_at').orWhere('locked_at', '<', longAgo)).update({ locked_at: new Date() });
          if (taken === 0) return;
          try {
            await writeExport(id);
          } finally {
            await db('tasks').where({ id }).update({ locked_at: null });
          }
        }
      `,
    },
  },

  {
    title: 'TypeORM query builder in a strategy; fixed by a service that clears old locks before each claim',
    shared: {
      'src/task.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Task {
          @PrimaryColumn()
          taskId!: string;

          @Column({ nullable: true })
          lockedAt!: Date | null;
        }
      `,
      'src/write-export.ts': exporter,
    },
    defect: {
      'src/strategy.ts': `
        import type { DataSource } from 'typeorm';
        import { Task } from './task.entity';
        import { writeExport } from './write-export';

        export class Strategy {
          constructor(private readonly connection: DataSource) {}

          async execute(taskId: string) {
            const claimed = await this.connection.getRepository(Task).createQueryBuilder('task').update().set({ lockedAt: new Date() }).where('taskId = :taskId', { taskId }).andWhere('lockedAt IS NULL').execute(); // finds
            if (!claimed.affected) return;
            await writeExport(taskId);
            await this.connection.getRepository(Task).update({ taskId }, { lockedAt: null });
          }
        }
      `,
    },
    correct: {
      'src/stale-locks.ts': `
        import { type DataSource, LessThan } from 'typeorm';
        import { Task } from './task.entity';

        export class StaleLocks {
          constructor(private readonly connection: DataSource) {}

          async clear() {
            await this.connection.getRepository(Task).update({ lockedAt: LessThan(new Date(Date.now() - 3_600_000)) }, { lockedAt: null });
          }
        }
      `,
      'src/strategy.ts': `
        import type { DataSource } from 'typeorm';
        import type { StaleLocks } from './stale-locks';
        import { Task } from './task.entity';
        import { writeExport } from './write-export';

        export class Strategy {
          constructor(private readonly connection: DataSource, private readonly staleLocks: StaleLocks) {}

          async execute(taskId: string) {
            await this.staleLocks.clear();
            const claimed = await this.connection.getRepository(Task).createQueryBuilder('task').update().set({ lockedAt: new Date() }).where('taskId = :taskId', { taskId }).andWhere('lockedAt IS NULL').execute();
            if (!claimed.affected) return;
            await writeExport(taskId);
            await this.connection.getRepository(Task).update({ taskId }, { lockedAt: null });
          }
        }
      `,
    },
  },

  {
    title: 'SQL through pg: a flag that only the worker takes back; fixed by resetting the flag of dead workers at start',
    shared: { 'src/write-export.ts': exporter },
    defect: {
      'src/feeds.ts': `
        import { Pool } from 'pg';
        import { writeExport } from './write-export';

        export const pool = new Pool();

        export async function pullFeed(id: string) {
          const { rowCount } = await pool.query('UPDATE feeds SET busy = true WHERE id = $1 AND busy = false', [id]); // finds
          if (rowCount === 0) return;
          await writeExport(id);
          await pool.query('UPDATE feeds SET busy = false, pulled_at = now() WHERE id = $1', [id]);
        }
      `,
    },
    correct: {
      'src/feeds.ts': `
        import { Pool } from 'pg';
        import { writeExport } from './write-export';

        export const pool = new Pool();

        export async function pullFeed(id: string) {
          const { rowCount } = await pool.query('UPDATE feeds SET busy = true WHERE id = $1 AND busy = false', [id]);
          if (rowCount === 0) return;
          await writeExport(id);
          await pool.query('UPDATE feeds SET busy = false, pulled_at = now() WHERE id = $1', [id]);
        }
      `,
      'src/reconcile.ts': `
        import { pool } from './feeds';

        export async function reconcile() {
          await pool.query("UPDATE feeds SET busy = false WHERE busy = true AND heartbeat < now() - interval '10 minutes'");
        }
      `,
    },
  },

  {
    title: 'Mongoose: a state that means being worked on, or one that the work ends in',
    shared: {
      'src/video.ts': `
        import { Schema, model } from 'mongoose';

        export const Video = model('Video', new Schema({ state: String, url: String }));
      `,
      'src/write-export.ts': exporter,
    },
    defect: {
      'src/transcode.ts': `
        import { Video } from './video';
        import { writeExport } from './write-export';

        export async function transcode(id: string) {
          const { modifiedCount } = await Video.updateOne({ _id: id, state: 'uploaded' }, { $set: { state: 'transcoding' } }); // finds
          if (modifiedCount === 0) return;
          await writeExport(id);
          await Video.updateOne({ _id: id }, { $set: { state: 'ready' } });
        }
      `,
    },
    correct: {
      'src/transcode.ts': `
        import { Video } from './video';
        import { writeExport } from './write-export';

        export async function transcode(id: string) {
          const { modifiedCount } = await Video.updateOne({ _id: id, state: 'uploaded' }, { $set: { state: 'ready' } });
          if (modifiedCount === 0) return;
          await writeExport(id);
          await Video.updateOne({ _id: id }, { $set: { url: \`https://videos.example.com/\${id}\` } });
        }
      `,
    },
  },

  {
    title: 'Drizzle: taken and ended in two statements; fixed by one transaction, which a crash rolls back',
    shared: {
      'src/schema.ts': `
        import { pgTable, text } from 'drizzle-orm/pg-core';

        export const imports = pgTable('imports', { id: text('id').primaryKey(), status: text('status').notNull(), rows: text('rows') });
      `,
    },
    defect: {
      'src/imports.ts': `
        import { and, eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { imports } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);

        export async function runImport(id: string, rows: string) {
          const taken = await db.update(imports).set({ status: 'running' }).where(and(eq(imports.id, id), eq(imports.status, 'new'))).returning(); // finds
          if (taken.length === 0) return;
          await db.update(imports).set({ rows }).where(eq(imports.id, id));
          await db.update(imports).set({ status: 'done' }).where(eq(imports.id, id));
        }
      `,
    },
    correct: {
      'src/imports.ts': `
        import { and, eq } from 'drizzle-orm';
        import { drizzle } from 'drizzle-orm/node-postgres';
        import { imports } from './schema';

        const db = drizzle(process.env.DATABASE_URL!);

        export async function runImport(id: string, rows: string) {
          await db.transaction(async (tx) => {
            const taken = await tx.update(imports).set({ status: 'running' }).where(and(eq(imports.id, id), eq(imports.status, 'new'))).returning();
            if (taken.length === 0) return;
            await tx.update(imports).set({ rows }).where(eq(imports.id, id));
            await tx.update(imports).set({ status: 'done' }).where(eq(imports.id, id));
          });
        }
      `,
    },
  },

  {
    title: 'MongoDB driver: a repository claims and ends; fixed by a second method that releases what is stuck',
    audit: true,
    shared: {
      'src/sync-worker.ts': `
        import type { Syncs } from './syncs';
        import { writeExport } from './write-export';

        export class SyncWorker {
          constructor(private readonly syncs: Syncs) {}

          async run(id: string) {
            if (!(await this.syncs.claim(id))) return;
            await writeExport(id);
            await this.syncs.finish(id);
          }
        }
      `,
      'src/write-export.ts': exporter,
    },
    defect: {
      'src/syncs.ts': `
        import type { Db } from 'mongodb';

        export class Syncs {
          constructor(private readonly db: Db) {}

          async claim(id: string) {
            const { modifiedCount } = await this.db.collection('syncs').updateOne({ id, phase: { $ne: 'working' } }, { $set: { phase: 'working', since: new Date() } }); // finds
            return modifiedCount === 1;
          }

          async finish(id: string) {
            await this.db.collection('syncs').updateOne({ id }, { $set: { phase: 'idle' } });
          }
        }
      `,
    },
    correct: {
      'src/syncs.ts': `
        import type { Db } from 'mongodb';

        export class Syncs {
          constructor(private readonly db: Db) {}

          async claim(id: string) {
            const { modifiedCount } = await this.db.collection('syncs').updateOne({ id, phase: { $ne: 'working' } }, { $set: { phase: 'working', since: new Date() } });
            return modifiedCount === 1;
          }

          async finish(id: string) {
            await this.db.collection('syncs').updateOne({ id }, { $set: { phase: 'idle' } });
          }

          async releaseStuck(before: Date) {
            await this.db.collection('syncs').updateMany({ phase: 'working', since: { $lt: before } }, { $set: { phase: 'idle' } });
          }
        }
      `,
    },
  },

  {
    title: 'a TypeORM claim of one of the tasks that a map holds, given back under the same id; fixed by taking over what is an hour old',
    shared: {
      'src/task.entity.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Sweep {
          @PrimaryColumn() name!: string;
          @Column() takenAt!: Date | null;
        }
      `,
    },
    defect: {
      'src/sweeper.ts': `
        import { DataSource } from 'typeorm';
        import { Sweep } from './task.entity';

        interface Job { readonly name: string; run(): Promise<void> }

        export class Sweeper {
          private readonly jobs = new Map<string, { job: Job }>();

          constructor(private readonly source: DataSource) {}

          register(job: Job) {
            this.jobs.set(job.name, { job });
          }

          async start(name: string) {
            const held = this.jobs.get(name);
            if (held !== undefined) await this.perform(held.job);
          }

          private async perform(job: Job) {
            const sweeps = this.source.getRepository(Sweep);
            const taken = await sweeps.createQueryBuilder().update().set({ takenAt: new Date() }).where('name = :name', { name: job.name }).andWhere('takenAt IS NULL').execute(); // finds
            if (!taken.affected) return;
            await job.run();
            await sweeps.update({ name: job.name }, { takenAt: null });
          }
        }
      `,
    },
    correct: {
      'src/sweeper.ts': `
        import { DataSource } from 'typeorm';
        import { Sweep } from './task.entity';

        interface Job { readonly name: string; run(): Promise<void> }

        export class Sweeper {
          private readonly jobs = new Map<string, { job: Job }>();

          constructor(private readonly source: DataSource) {}

          register(job: Job) {
            this.jobs.set(job.name, { job });
          }

          async start(name: string) {
            const held = this.jobs.get(name);
            if (held !== undefined) await this.perform(held.job);
          }

          private async perform(job: Job) {
            const sweeps = this.source.getRepository(Sweep);
            await sweeps.createQueryBuilder().update().set({ takenAt: null }).where('takenAt < :old', { old: new Date(Date.now() - 3_600_000) }).execute();
            const taken = await sweeps.createQueryBuilder().update().set({ takenAt: new Date() }).where('name = :name', { name: job.name }).andWhere('takenAt IS NULL').execute();
            if (!taken.affected) return;
            await job.run();
            await sweeps.update({ name: job.name }, { takenAt: null });
          }
        }
      `,
    },
  },

  {
    title: 'a Prisma claim by a time; fixed by a sweeper that lists what is taken and tells in the code what is too old',
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
      'src/harvest.ts': `
        import { prisma } from './db';
        import { pick } from './pick';

        export async function harvest(fieldId: string) {
          const { count } = await prisma.plot.updateMany({ where: { id: fieldId, takenAt: null }, data: { takenAt: new Date() } }); // finds
          if (count === 0) return;
          await pick(fieldId);
          await prisma.plot.update({ where: { id: fieldId }, data: { takenAt: null } });
        }
      `,
      'src/pick.ts': `
        export const pick = async (fieldId: string) => fetch(\`https://robots.example/fields/\${fieldId}\`, { method: 'POST' });
      `,
    },
    defect: {
      'src/sweep.ts': `
        import { prisma } from './db';

        export async function sweep() {
          const idle = await prisma.plot.findMany({ where: { takenAt: null } });
          return idle.length;
        }
      `,
    },
    correct: {
      'src/sweep.ts': `
        import { prisma } from './db';

        export async function sweep() {
          const taken = await prisma.plot.findMany({ where: { takenAt: { not: null } } });
          for (const plot of taken) if (Date.now() - plot.takenAt!.getTime() > 3_600_000) await prisma.plot.update({ where: { id: plot.id }, data: { takenAt: null } });
        }
      `,
    },
  },
]);
