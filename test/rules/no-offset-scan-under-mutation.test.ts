import { twins } from '../support/twins.ts';

const prisma = { 'src/prisma.ts': `
  import { PrismaClient } from '@prisma/client';

  export const prisma = new PrismaClient();
` };

const knex = { 'src/db.ts': `
  import knex from 'knex';

  export const db = knex({ client: 'pg' });
` };

twins('no-offset-scan-under-mutation', [
  {
    title: 'Prisma: letters are marked as sent while the pages of unsent ones are turned; fixed by reading the first page again',
    shared: prisma,
    defect: {
      'src/send-letters.ts': `
        import { prisma } from './prisma';

        export async function sendLetters() {
          let skip = 0;
          for (;;) {
            const letters = await prisma.letter.findMany({ where: { state: 'unsent' }, orderBy: { id: 'asc' }, skip, take: 100 });
            if (letters.length === 0) return;
            await prisma.letter.updateMany({ where: { id: { in: letters.map((letter) => letter.id) } }, data: { state: 'sent' } }); // finds
            skip += 100;
          }
        }
      `,
    },
    correct: {
      'src/send-letters.ts': `
        import { prisma } from './prisma';

        export async function sendLetters() {
          for (;;) {
            const letters = await prisma.letter.findMany({ where: { state: 'unsent' }, orderBy: { id: 'asc' }, take: 100 });
            if (letters.length === 0) return;
            await prisma.letter.updateMany({ where: { id: { in: letters.map((letter) => letter.id) } }, data: { state: 'sent' } });
          }
        }
      `,
    },
  },

  {
    title: 'Prisma: expired sessions are deleted page by page; fixed by a cursor',
    shared: {
      ...prisma,
      'src/sessions.ts': `
        import { prisma } from './prisma';

        export const dropSession = (id: string) => prisma.session.delete({ where: { id } });
      `,
    },
    defect: {
      'src/cleanup.ts': `
        import { prisma } from './prisma';
        import { dropSession } from './sessions';

        export async function cleanup(now: Date) {
          let page = 0;
          while (true) {
            const sessions = await prisma.session.findMany({ where: { expiresAt: { lt: now } }, orderBy: { id: 'asc' }, skip: page * 50, take: 50 });
            for (const session of sessions) await dropSession(session.id); // finds
            if (sessions.length < 50) break;
            page += 1;
          }
        }
      `,
    },
    correct: {
      'src/cleanup.ts': `
        import { prisma } from './prisma';
        import { dropSession } from './sessions';

        export async function cleanup(now: Date) {
          let last = '';
          while (true) {
            const sessions = await prisma.session.findMany({ where: { expiresAt: { lt: now }, id: { gt: last } }, orderBy: { id: 'asc' }, take: 50 });
            for (const session of sessions) await dropSession(session.id);
            if (sessions.length < 50) break;
            last = sessions[sessions.length - 1]!.id;
          }
        }
      `,
    },
  },

  {
    title: 'TypeORM: pages by rank while the rank is set; fixed by an order that the loop leaves alone',
    shared: {
      'src/player.entity.ts': `
        import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

        @Entity()
        export class Player {
          @PrimaryGeneratedColumn()
          id!: number;

          @Column()
          rank!: number;
        }
      `,
    },
    defect: {
      'src/ranking.ts': `
        import type { Repository } from 'typeorm';
        import { Player } from './player.entity';

        export class Ranking {
          constructor(private readonly players: Repository<Player>) {}

          async recompute(rankOf: (id: number) => number) {
            for (let skip = 0; ; skip += 200) {
              const page = await this.players.find({ order: { rank: 'ASC' }, skip, take: 200 });
              if (page.length === 0) return;
              for (const player of page) await this.players.update({ id: player.id }, { rank: rankOf(player.id) }); // finds
            }
          }
        }
      `,
    },
    correct: {
      'src/ranking.ts': `
        import type { Repository } from 'typeorm';
        import { Player } from './player.entity';

        export class Ranking {
          constructor(private readonly players: Repository<Player>) {}

          async recompute(rankOf: (id: number) => number) {
            for (let skip = 0; ; skip += 200) {
              const page = await this.players.find({ order: { id: 'ASC' }, skip, take: 200 });
              if (page.length === 0) return;
              for (const player of page) await this.players.update({ id: player.id }, { rank: rankOf(player.id) });
            }
          }
        }
      `,
    },
  },

  {
    title: 'knex: a repository reads the page and another function marks the rows; fixed by collecting first',
    shared: {
      ...knex,
      'src/parcels.ts': `
        import { db } from './db';

        export const waiting = (offset: number, limit: number) => db('parcels').where({ status: 'waiting' }).orderBy('id').offset(offset).limit(limit);

        export const release = (id: string) => db('parcels').where({ id }).update({ status: 'released' });
      `,
    },
    defect: {
      'src/release-all.ts': `
        import { release, waiting } from './parcels';

        export async function releaseAll() {
          let offset = 0;
          while (true) {
            const parcels = await waiting(offset, 100);
            if (parcels.length === 0) break;
            for (const parcel of parcels) await release(parcel.id); // finds
            offset += parcels.length;
          }
        }
      `,
    },
    correct: {
      'src/parcels.ts': `
        import { db } from './db';

        export const waiting = (offset: number, limit: number) => db('parcels').where({ status: 'waiting' }).orderBy('id').offset(offset).limit(limit);

        export const release = (id: string) => db('parcels').where({ id }).update({ status: 'released' });
      `,
      'src/release-all.ts': `
        import { release, waiting } from './parcels';

        export async function releaseAll() {
          const ids: string[] = [];
          let offset = 0;
          while (true) {
            const parcels = await waiting(offset, 100);
            if (parcels.length === 0) break;
            ids.push(...parcels.map((parcel) => parcel.id));
            offset += parcels.length;
          }
          for (const id of ids) await release(id);
        }
      `,
    },
  },

  {
    title: 'Mongoose: articles leave the draft state under the scan; fixed because a stamp is set that nothing picks by',
    shared: {
      'src/article.ts': `
        import { Schema, model } from 'mongoose';

        export const Article = model('Article', new Schema({ state: String, indexedAt: Date }));
      `,
    },
    defect: {
      'src/publish-drafts.ts': `
        import { Article } from './article';

        export async function publishDrafts() {
          let skip = 0;
          let drafts = await Article.find({ state: 'draft' }).sort({ _id: 1 }).skip(skip).limit(20);
          while (drafts.length > 0) {
            for (const draft of drafts) await Article.updateOne({ _id: draft._id }, { state: 'published' }); // finds
            skip += 20;
            drafts = await Article.find({ state: 'draft' }).sort({ _id: 1 }).skip(skip).limit(20);
          }
        }
      `,
    },
    correct: {
      'src/publish-drafts.ts': `
        import { Article } from './article';

        export async function publishDrafts() {
          let skip = 0;
          let drafts = await Article.find({ state: 'draft' }).sort({ _id: 1 }).skip(skip).limit(20);
          while (drafts.length > 0) {
            for (const draft of drafts) await Article.updateOne({ _id: draft._id }, { indexedAt: new Date() });
            skip += 20;
            drafts = await Article.find({ state: 'draft' }).sort({ _id: 1 }).skip(skip).limit(20);
          }
        }
      `,
    },
  },

  {
    title: 'Prisma: rows without an owner get the owner of their folder, who may be nobody; fixed by going on after the last row',
    certainty: 'likely',
    defect: {
      'src/owners.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function inherit() {
          for (let skip = 0; ; skip += 200) {
            const files = await prisma.file.findMany({ where: { ownerId: null }, include: { folder: true }, orderBy: { id: 'asc' }, skip, take: 200 });
            if (files.length === 0) return;
            for (const file of files) {
              await prisma.file.update({ where: { id: file.id }, data: { ownerId: file.folder.ownerId } }); // finds
            }
          }
        }
      `,
    },
    correct: {
      'src/owners.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function inherit() {
          let last = '';
          for (;;) {
            const files = await prisma.file.findMany({ where: { ownerId: null, id: { gt: last } }, include: { folder: true }, orderBy: { id: 'asc' }, take: 200 });
            if (files.length === 0) return;
            for (const file of files) {
              await prisma.file.update({ where: { id: file.id }, data: { ownerId: file.folder.ownerId } });
            }
            last = files.at(-1)!.id;
          }
        }
      `,
    },
  },

  {
    title: 'Sequelize: rows without a hash get one, and are picked by having none; fixed by counting only those that stayed',
    shared: {
      'src/upload.ts': `
        import { DataTypes, Model, Sequelize } from 'sequelize';

        const sequelize = new Sequelize('postgres://localhost/app');

        export class Upload extends Model {
          declare id: number;
          declare path: string;
          declare hash: string | null;
        }
        Upload.init({ path: DataTypes.STRING, hash: DataTypes.STRING }, { sequelize });
      `,
    },
    defect: {
      'src/backfill.ts': `
        import { Upload } from './upload';

        export async function backfill(hashOf: (path: string) => Promise<string>) {
          let offset = 0;
          for (;;) {
            const uploads = await Upload.findAll({ where: { hash: null }, order: [['id', 'ASC']], offset, limit: 500 });
            if (uploads.length === 0) return;
            for (const upload of uploads) {
              const hash = await hashOf(upload.path);
              await Upload.update({ hash }, { where: { id: upload.id } }); // finds
            }
            offset += 500;
          }
        }
      `,
    },
    correct: {
      'src/backfill.ts': `
        import { Upload } from './upload';

        export async function backfill(hashOf: (path: string) => Promise<string>) {
          for (;;) {
            const uploads = await Upload.findAll({ where: { hash: null }, order: [['id', 'ASC']], offset: 0, limit: 500 });
            if (uploads.length === 0) return;
            for (const upload of uploads) {
              const hash = await hashOf(upload.path);
              await Upload.update({ hash }, { where: { id: upload.id } });
            }
          }
        }
      `,
    },
  },

  {
    title: 'Drizzle: invites are set to expired while pending ones are paged; fixed by paging all of them',
    shared: {
      'src/schema.ts': `
        import { pgTable, serial, text } from 'drizzle-orm/pg-core';

        export const invites = pgTable('invites', { id: serial('id').primaryKey(), status: text('status') });
      `,
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';

        export const db = drizzle(process.env.DATABASE_URL!);
      `,
      'src/expire.ts': `
        import { eq } from 'drizzle-orm';
        import { db } from './db';
        import { invites } from './schema';

        export async function expire(id: number) {
          await db.update(invites).set({ status: 'expired' }).where(eq(invites.id, id));
        }
      `,
    },
    defect: {
      'src/expire-all.ts': `
        import { eq } from 'drizzle-orm';
        import { db } from './db';
        import { expire } from './expire';
        import { invites } from './schema';

        export async function expireAll() {
          for (let page = 0; ; page += 1) {
            const rows = await db.select().from(invites).where(eq(invites.status, 'pending')).orderBy(invites.id).limit(100).offset(page * 100);
            if (rows.length === 0) break;
            for (const row of rows) await expire(row.id); // finds
          }
        }
      `,
    },
    correct: {
      'src/expire-all.ts': `
        import { db } from './db';
        import { expire } from './expire';
        import { invites } from './schema';

        export async function expireAll() {
          for (let page = 0; ; page += 1) {
            const rows = await db.select().from(invites).orderBy(invites.id).limit(100).offset(page * 100);
            if (rows.length === 0) break;
            for (const row of rows) await expire(row.id);
          }
        }
      `,
    },
  },

  {
    title: 'pg: SQL text with OFFSET and an UPDATE of the picked column; fixed by another column',
    shared: {
      'src/pool.ts': `
        import { Pool } from 'pg';

        export const pool = new Pool();
      `,
    },
    defect: {
      'src/archive.ts': `
        import { pool } from './pool';

        export async function archive() {
          let offset = 0;
          while (true) {
            const { rows } = await pool.query('SELECT id FROM tickets WHERE archived = false ORDER BY id LIMIT 100 OFFSET $1', [offset]);
            if (rows.length === 0) break;
            for (const row of rows) await pool.query('UPDATE tickets SET archived = true WHERE id = $1', [row.id]); // finds
            offset += 100;
          }
        }
      `,
    },
    correct: {
      'src/archive.ts': `
        import { pool } from './pool';

        export async function archive() {
          let offset = 0;
          while (true) {
            const { rows } = await pool.query('SELECT id FROM tickets WHERE archived = false ORDER BY id LIMIT 100 OFFSET $1', [offset]);
            if (rows.length === 0) break;
            for (const row of rows) await pool.query('UPDATE tickets SET copied = true WHERE id = $1', [row.id]);
            offset += 100;
          }
        }
      `,
    },
  },
]);
