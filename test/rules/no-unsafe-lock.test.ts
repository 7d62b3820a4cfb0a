import { twins } from '../support/twins.ts';

twins('no-unsafe-lock', [
  // Stays after a crash.
  {
    title: 'a scheduler takes a key and gives it an expiry in a second call; fixed by one SET with NX and EX',
    shared: {
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis(process.env.REDIS_URL!);
      `,
    },
    defect: {
      'src/leader.ts': `
        import { redis } from './redis';

        export class Leader {
          constructor(private readonly name: string, private readonly seconds: number) {}

          async tryToLead(): Promise<boolean> {
            const won = await redis.setnx('scheduler:leader', this.name); // finds
            if (won === 1) {
              await redis.expire('scheduler:leader', this.seconds);
              return true;
            }
            return (await redis.get('scheduler:leader')) === this.name;
          }
        }
      `,
    },
    correct: {
      'src/leader.ts': `
        import { redis } from './redis';

        export class Leader {
          constructor(private readonly name: string, private readonly seconds: number) {}

          async tryToLead(): Promise<boolean> {
            const won = await redis.set('scheduler:leader', this.name, 'EX', this.seconds, 'NX');
            if (won === 'OK') {
              return true;
            }
            return (await redis.get('scheduler:leader')) === this.name;
          }
        }
      `,
    },
  },

  {
    title: 'an import holds a node-redis key that never expires; fixed by an expiry and a script that compares before it deletes',
    defect: {
      'src/import.ts': `
        import { createClient } from 'redis';
        import { loadRows } from './rows';

        const redis = createClient();

        export async function importCatalogue(source: string) {
          const key = \`import:\${source}\`;
          const locked = await redis.set(key, process.pid, { NX: true }); // finds
          if (locked === null) return false;
          try {
            await loadRows(source);
          } finally {
            await redis.del(key);
          }
          return true;
        }
      `,
      'src/rows.ts': `
        export async function loadRows(source: string) {
          await fetch(\`https://catalogue.example.com/\${source}\`, { method: 'POST' });
        }
      `,
    },
    correct: {
      'src/import.ts': `
        import { randomUUID } from 'node:crypto';
        import { createClient } from 'redis';
        import { loadRows } from './rows';

        const redis = createClient();
        const RELEASE = 'if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0';

        export async function importCatalogue(source: string) {
          const key = \`import:\${source}\`;
          const token = randomUUID();
          const locked = await redis.set(key, token, { NX: true, EX: 120 });
          if (locked === null) return false;
          try {
            await loadRows(source);
          } finally {
            await redis.eval(RELEASE, { keys: [key], arguments: [token] });
          }
          return true;
        }
      `,
      'src/rows.ts': `
        export async function loadRows(source: string) {
          await fetch(\`https://catalogue.example.com/\${source}\`, { method: 'POST' });
        }
      `,
    },
  },

  // Released without looking.
  {
    title: 'a lock helper over Upstash deletes the key whoever holds it; fixed by a token and a script',
    shared: {
      'src/redis.ts': `
        import { Redis } from '@upstash/redis';

        export const redis = Redis.fromEnv();
      `,
      'src/payouts.ts': `
        import { withLock } from './with-lock';

        export function payOut(partnerId: string) {
          return withLock(\`payout:\${partnerId}\`, 30, async () => {
            await fetch('https://bank.example.com/transfers', { method: 'POST', body: JSON.stringify({ partnerId }) });
          });
        }
      `,
    },
    defect: {
      'src/with-lock.ts': `
        import { redis } from './redis';

        export async function withLock<T>(key: string, seconds: number, work: () => Promise<T>): Promise<T | null> {
          const acquired = await redis.set(key, '1', { nx: true, ex: seconds });
          if (!acquired) return null;
          try {
            return await work();
          } finally {
            await redis.del(key); // finds
          }
        }
      `,
    },
    correct: {
      'src/with-lock.ts': `
        import { redis } from './redis';

        const RELEASE = 'if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0';

        export async function withLock<T>(key: string, seconds: number, work: () => Promise<T>): Promise<T | null> {
          const token = crypto.randomUUID();
          const acquired = await redis.set(key, token, { nx: true, ex: seconds });
          if (!acquired) return null;
          try {
            return await work();
          } finally {
            await redis.eval(RELEASE, [key], [token]);
          }
        }
      `,
    },
  },

  {
    title: 'acquire and release are methods of a class, called around the work elsewhere; fixed in the release',
    audit: true,
    shared: {
      'src/billing.ts': `
        import type { RedisLock } from './redis-lock';
        import type { Invoices } from './invoices';

        export class BillingJob {
          constructor(private readonly lock: RedisLock, private readonly invoices: Invoices) {}

          async run() {
            if (!(await this.lock.acquire('billing'))) return;
            try {
              await this.invoices.closeMonth();
            } finally {
              await this.lock.release('billing');
            }
          }
        }
      `,
      'src/invoices.ts': `
        export class Invoices {
          async closeMonth() {
            await fetch('https://billing.example.com/close', { method: 'POST' });
          }
        }
      `,
    },
    defect: {
      'src/redis-lock.ts': `
        import type { Redis } from 'ioredis';

        export class RedisLock {
          private readonly owner = crypto.randomUUID();

          constructor(private readonly redis: Redis) {}

          async acquire(name: string): Promise<boolean> {
            const answer = await this.redis.set(\`lock:\${name}\`, this.owner, 'PX', 30_000, 'NX');
            return answer === 'OK';
          }

          async release(name: string): Promise<void> {
            await this.redis.del(\`lock:\${name}\`); // finds
          }
        }
      `,
    },
    correct: {
      'src/redis-lock.ts': `
        import type { Redis } from 'ioredis';

        const RELEASE = 'if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0';

        export class RedisLock {
          private readonly owner = crypto.randomUUID();

          constructor(private readonly redis: Redis) {}

          async acquire(name: string): Promise<boolean> {
            const answer = await this.redis.set(\`lock:\${name}\`, this.owner, 'PX', 30_000, 'NX');
            return answer === 'OK';
          }

          async release(name: string): Promise<void> {
            await this.redis.eval(RELEASE, 1, \`lock:\${name}\`, this.owner);
          }
        }
      `,
    },
  },

  {
    title: 'the owner is read and the key deleted in two calls; fixed by a script',
    shared: {
      'src/sync.ts': `
        export async function syncCalendar(userId: string) {
          await fetch(\`https://calendar.example.com/\${userId}/sync\`, { method: 'POST' });
        }
      `,
    },
    defect: {
      'src/sync-once.ts': `
        import Redis from 'ioredis';
        import { randomUUID } from 'node:crypto';
        import { syncCalendar } from './sync';

        const redis = new Redis();

        export async function syncOnce(userId: string) {
          const key = \`sync:\${userId}\`;
          const token = randomUUID();
          if ((await redis.set(key, token, 'EX', 60, 'NX')) !== 'OK') return;
          try {
            await syncCalendar(userId);
          } finally {
            if ((await redis.get(key)) === token) await redis.del(key); // finds
          }
        }
      `,
    },
    correct: {
      'src/sync-once.ts': `
        import Redis from 'ioredis';
        import { randomUUID } from 'node:crypto';
        import { syncCalendar } from './sync';

        const redis = new Redis();
        const RELEASE = 'if redis.call("get", KEYS[1]) == ARGV[1] then return redis.call("del", KEYS[1]) end return 0';

        export async function syncOnce(userId: string) {
          const key = \`sync:\${userId}\`;
          const token = randomUUID();
          if ((await redis.set(key, token, 'EX', 60, 'NX')) !== 'OK') return;
          try {
            await syncCalendar(userId);
          } finally {
            await redis.eval(RELEASE, 1, key, token);
          }
        }
      `,
    },
  },

  {
    title: 'a key deleted when the work is done is a lock; deleted only when it failed, it marks what was done',
    shared: {
      'src/welcome.ts': `
        export async function sendWelcome(userId: string) {
          await fetch('https://mail.example.com/welcome', { method: 'POST', body: userId });
        }
      `,
    },
    defect: {
      'src/on-sign-up.ts': `
        import { Redis } from '@upstash/redis';
        import { sendWelcome } from './welcome';

        const redis = Redis.fromEnv();

        export async function onSignUp(userId: string) {
          const first = await redis.set(\`welcome:\${userId}\`, 1, { nx: true, px: 20_000 });
          if (first === null) return;
          try {
            await sendWelcome(userId);
          } catch (error) {
            console.error(error);
          }
          await redis.del(\`welcome:\${userId}\`); // finds
        }
      `,
    },
    correct: {
      'src/on-sign-up.ts': `
        import { Redis } from '@upstash/redis';
        import { sendWelcome } from './welcome';

        const redis = Redis.fromEnv();

        export async function onSignUp(userId: string) {
          const first = await redis.set(\`welcome:\${userId}\`, 1, { nx: true, px: 20_000 });
          if (first === null) return;
          try {
            await sendWelcome(userId);
          } catch (error) {
            console.error(error);
            await redis.del(\`welcome:\${userId}\`);
          }
        }
      `,
    },
  },

  // Taken in two steps.
  {
    title: 'a key is looked at and then set; fixed by redlock',
    shared: {
      'src/report.ts': `
        export async function buildReport(tenant: string) {
          await fetch(\`https://reports.example.com/\${tenant}\`, { method: 'POST' });
        }
      `,
    },
    defect: {
      'src/nightly.ts': `
        import Redis from 'ioredis';
        import { buildReport } from './report';

        const redis = new Redis();

        export async function nightly(tenant: string) {
          const key = \`report:\${tenant}\`;
          if (await redis.get(key)) return;
          await redis.set(key, 'running', 'EX', 600); // finds
          try {
            await buildReport(tenant);
          } finally {
            await redis.del(key);
          }
        }
      `,
    },
    correct: {
      'src/nightly.ts': `
        import Redis from 'ioredis';
        import Redlock from 'redlock';
        import { buildReport } from './report';

        const redlock = new Redlock([new Redis()]);

        export async function nightly(tenant: string) {
          const key = \`report:\${tenant}\`;
          await redlock.using([key], 600_000, async () => {
            await buildReport(tenant);
          });
        }
      `,
    },
  },

  // Expires under the work.
  {
    title: 'redlock for ten seconds over a loop as long as the table; fixed by extending it in the loop',
    certainty: 'likely',
    shared: {
      'src/accounts.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export const allAccounts = () => prisma.account.findMany({ where: { active: true } });

        export async function refresh(id: string) {
          await fetch(\`https://accounts.example.com/\${id}/refresh\`, { method: 'POST' });
        }
      `,
    },
    defect: {
      'src/refresh-all.ts': `
        import type Redlock from 'redlock';
        import { allAccounts, refresh } from './accounts';

        export async function refreshAll(redlock: Redlock) {
          const lock = await redlock.acquire(['refresh-all'], 10_000); // finds
          try {
            for (const account of await allAccounts()) {
              await refresh(account.id);
            }
          } finally {
            await lock.release();
          }
        }
      `,
    },
    correct: {
      'src/refresh-all.ts': `
        import type Redlock from 'redlock';
        import { allAccounts, refresh } from './accounts';

        export async function refreshAll(redlock: Redlock) {
          const lock = await redlock.acquire(['refresh-all'], 10_000);
          try {
            for (const account of await allAccounts()) {
              await refresh(account.id);
              await lock.extend(10_000);
            }
          } finally {
            await lock.release();
          }
        }
      `,
    },
  },

  // Locks of the database.
  {
    title: 'an advisory lock of the session through Prisma, whose calls take any connection; fixed by one of the transaction',
    shared: {
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/numbering.ts': `
        import { prisma } from './prisma';

        export async function nextNumber(series: number) {
          await prisma.$executeRaw\`SELECT pg_advisory_lock(\${series})\`; // finds
          try {
            const last = await prisma.invoice.aggregate({ where: { series }, _max: { number: true } });
            return await prisma.invoice.create({ data: { series, number: (last._max.number ?? 0) + 1 } });
          } finally {
            await prisma.$executeRaw\`SELECT pg_advisory_unlock(\${series})\`;
          }
        }
      `,
    },
    correct: {
      'src/numbering.ts': `
        import { prisma } from './prisma';

        export async function nextNumber(series: number) {
          return prisma.$transaction(async (tx) => {
            await tx.$executeRaw\`SELECT pg_advisory_xact_lock(\${series})\`;
            const last = await tx.invoice.aggregate({ where: { series }, _max: { number: true } });
            return tx.invoice.create({ data: { series, number: (last._max.number ?? 0) + 1 } });
          });
        }
      `,
    },
  },

  {
    title: 'a transaction lock with no transaction around it, through a helper over knex; fixed by handing the transaction in',
    shared: {
      'src/database.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
      'src/lock.ts': `
        import type { Knex } from 'knex';

        export const lockTenant = (db: Knex, tenantId: number) => db.raw('SELECT pg_advisory_xact_lock(?)', [tenantId]);
      `,
    },
    defect: {
      'src/seats.ts': `
        import { db } from './database';

        export async function takeSeat(tenantId: number) {
          await db.raw('SELECT pg_advisory_xact_lock(?)', [tenantId]); // finds
          const [{ count }] = await db('seats').where({ tenant_id: tenantId }).count();
          if (Number(count) < 10) await db('seats').insert({ tenant_id: tenantId });
        }
      `,
    },
    correct: {
      'src/seats.ts': `
        import { db } from './database';
        import { lockTenant } from './lock';

        export async function takeSeat(tenantId: number) {
          await db.transaction(async (trx) => {
            await lockTenant(trx, tenantId);
            const [{ count }] = await trx('seats').where({ tenant_id: tenantId }).count();
            if (Number(count) < 10) await trx('seats').insert({ tenant_id: tenantId });
          });
        }
      `,
    },
  },

  {
    title: 'a session lock on a pool; fixed on a connection taken from it',
    defect: {
      'src/migrate.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function migrate(steps: string[]) {
          await pool.query('SELECT pg_advisory_lock(4711)'); // finds
          try {
            for (const step of steps) await pool.query(step);
          } finally {
            await pool.query('SELECT pg_advisory_unlock(4711)');
          }
        }
      `,
    },
    correct: {
      'src/migrate.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export async function migrate(steps: string[]) {
          const client = await pool.connect();
          try {
            await client.query('SELECT pg_advisory_lock(4711)');
            for (const step of steps) await client.query(step);
          } finally {
            await client.query('SELECT pg_advisory_unlock(4711)');
            client.release();
          }
        }
      `,
    },
  },

  {
    title: 'ioredis in JavaScript: the client is made when the service connects; the key gets its expiry in a second step',
    shared: {
      'src/connection.js': `
        class Connection {
          constructor (options) { this.options = options }

          async connect () {
            if (this.options.url) {
              const Redis = require('ioredis')
              this.redis = new Redis(this.options.url)
            }
          }
        }

        exports.Connection = Connection
      `,
    },
    defect: {
      'src/leader.js': `
        const { Connection } = require('./connection.js')

        class Leader {
          constructor (options) { this.connection = new Connection(options) }

          async elect () {
            const mine = await this.connection.redis.setnx('leader', process.pid) // finds
            if (mine === 1) await this.connection.redis.expire('leader', 30)
            return mine === 1
          }
        }

        exports.Leader = Leader
      `,
    },
    correct: {
      'src/leader.js': `
        const { Connection } = require('./connection.js')

        class Leader {
          constructor (options) { this.connection = new Connection(options) }

          async elect () {
            const mine = await this.connection.redis.set('leader', process.pid, 'EX', 30, 'NX')
            return mine === 'OK'
          }
        }

        exports.Leader = Leader
      `,
    },
  },

  {
    title: 'SETNX and EXPIRE on the ioredis client that one of two branches makes; fixed by one SET',
    shared: {
      'src/link.js': `
        import Redis from 'ioredis';
        import { connectWith } from './drivers.js';

        export class Link {
          async open(options) {
            if (options.driver === undefined) this.redis = new Redis(options.port, options.host);
            else this.redis = await connectWith(options.driver, options);
          }
        }
      `,
      'src/drivers.js': `
        import { pathToFileURL } from 'node:url';

        export const connectWith = async (driver, options) => (await import(pathToFileURL(driver))).connect(options);
      `,
    },
    defect: {
      'src/leader.js': `
        import { Link } from './link.js';

        export class Leader {
          constructor(name) {
            this.name = name;
            this.link = new Link();
          }

          async stand(key) {
            const first = await this.link.redis.setnx(key, this.name); // finds
            if (first === 1) {
              await this.link.redis.expire(key, 30);
              return true;
            }
            return false;
          }
        }
      `,
    },
    correct: {
      'src/leader.js': `
        import { Link } from './link.js';

        export class Leader {
          constructor(name) {
            this.name = name;
            this.link = new Link();
          }

          async stand(key) {
            const first = await this.link.redis.set(key, this.name, 'EX', 30, 'NX');
            return first === 'OK';
          }
        }
      `,
    },
  },

  {
    title: 'what stands under the key is compared with what is put there; fixed by setting it only where there is none',
    shared: {
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();

        export const give = (name: string, token: string) => redis.eval("if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) else return 0 end", 1, name, token);
      `,
    },
    defect: {
      'src/nightly.ts': `
        import { redis } from './redis';
        import { rebuild } from './rebuild';

        const isHeld = async (name: string) => (await redis.get(name)) === 'held';

        export async function nightly(name: string) {
          if (await isHeld(name)) return;
          await redis.set(name, 'held', 'EX', 300); // finds
          await rebuild();
          await redis.del(name);
        }
      `,
      'src/rebuild.ts': `
        export async function rebuild() {}
      `,
    },
    correct: {
      'src/nightly.ts': `
        import { give, redis } from './redis';
        import { rebuild } from './rebuild';

        export async function nightly(name: string, token: string) {
          if ((await redis.set(name, token, 'EX', 300, 'NX')) !== 'OK') return;
          await rebuild();
          await give(name, token);
        }

        export async function pause(name: string) {
          if ((await redis.get(name)) !== 'running') return;
          await redis.set(name, 'paused', 'EX', 300);
        }
      `,
      'src/rebuild.ts': `
        export async function rebuild() {}
      `,
    },
  },
]);
