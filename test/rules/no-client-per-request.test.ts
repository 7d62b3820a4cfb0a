import { twins } from '../support/twins.ts';

const route = (head: string, inside: string, marker = ''): string => `
  import express from 'express';
  import { Pool } from 'pg';

  const app = express();
  ${head}

  app.get('/parcels/:id', async (req, res) => {
    ${inside}${marker}
    const { rows } = await pool.query('SELECT * FROM parcels WHERE id = $1', [req.params.id]);
    res.json(rows[0]);
  });
`;

const handler = (pool: string): string => `
  import express from 'express';
  import { connect } from './database';

  const app = express();

  app.get('/stock/:sku', async (req, res) => {
    const database = ${pool};
    const [rows] = await database.execute('SELECT level FROM stock WHERE sku = ?', [req.params.sku]);
    res.json(rows);
  });
`;

const mailer = (queue: string): string => `
  import { Hono } from 'hono';
  import { Queue } from 'bullmq';
  ${queue}

  const app = new Hono();

  app.post('/invite', async (c) => {
    const { email } = await c.req.json();
    await announce(email);
    return c.text('ok');
  });
`;

const store = (body: string): string => `
  import { createClient } from 'redis';

  ${body}
`;

const worker = `
  import { Worker } from 'bullmq';
  import { cached } from './store';

  new Worker('views', async (job) => {
    const redis = await cached();
    await redis.set(job.data.page, '1');
  });
`;

twins('no-client-per-request', [
  {
    title: 'a pool in the route; one for the process',
    defect: { 'src/app.ts': route('', 'const pool = new Pool();', ' // finds') },
    correct: { 'src/app.ts': route('const pool = new Pool();', '') },
  },
  {
    title: 'a function that makes a pool each time; one that makes it at the first call',
    audit: true,
    defect: {
      'src/app.ts': handler('connect()'),
      'src/database.ts': `
        import mysql from 'mysql2/promise';

        export const connect = () => mysql.createPool({ host: 'db', connectionLimit: 5 }); // finds
      `,
    },
    correct: {
      'src/app.ts': handler('connect()'),
      'src/database.ts': `
        import mysql, { type Pool } from 'mysql2/promise';

        let pool: Pool | undefined;

        export function connect(): Pool {
          pool ??= mysql.createPool({ host: 'db', connectionLimit: 5 });
          return pool;
        }
      `,
    },
  },
  {
    title: 'a queue for each message that is sent; a queue of the module',
    defect: {
      'src/app.ts': mailer(`
  async function announce(email: string) {
    const mails = new Queue('mails'); // finds
    await mails.add('invite', { email });
  }`),
    },
    correct: {
      'src/app.ts': mailer(`
  const mails = new Queue('mails');

  async function announce(email: string) {
    await mails.add('invite', { email });
  }`),
    },
  },
  {
    title: 'a client for each job, in another file; kept in a table by its name',
    audit: true,
    defect: {
      'src/worker.ts': worker,
      'src/store.ts': store(`export async function cached() {
    const client = createClient({ url: 'redis://cache' }); // finds
    await client.connect();
    return client;
  }`),
    },
    correct: {
      'src/worker.ts': worker,
      'src/store.ts': store(`const clients = new Map<string, ReturnType<typeof createClient>>();

  export async function cached(name = 'cache') {
    let client = clients.get(name);
    if (client === undefined) {
      client = createClient({ url: 'redis://cache' });
      await client.connect();
      clients.set(name, client);
    }
    return client;
  }`),
    },
  },
  {
    title: 'a client in a Lambda; outside of its handler',
    defect: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { MongoClient } from 'mongodb';

        export const handler: SQSHandler = async (event) => {
          const mongo = new MongoClient(process.env.MONGO_URL!); // finds
          await mongo.db('shop').collection('orders').insertMany(event.Records.map((record) => JSON.parse(record.body)));
        };
      `,
    },
    correct: {
      'src/handler.ts': `
        import type { SQSHandler } from 'aws-lambda';
        import { MongoClient } from 'mongodb';

        const mongo = new MongoClient(process.env.MONGO_URL!);

        export const handler: SQSHandler = async (event) => {
          await mongo.db('shop').collection('orders').insertMany(event.Records.map((record) => JSON.parse(record.body)));
        };
      `,
    },
  },
  {
    title: 'opened and closed by each request; a connection of a shared pool, given back',
    defect: {
      'src/app.ts': `
        import fastify from 'fastify';
        import { Client } from 'pg';

        const app = fastify();

        app.get('/balance', async (request) => {
          const client = new Client(); // finds
          await client.connect();
          try {
            const { rows } = await client.query('SELECT sum(amount) FROM entries');
            return rows[0];
          } finally {
            await client.end();
          }
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import fastify from 'fastify';
        import { Pool } from 'pg';

        const app = fastify();
        const pool = new Pool();

        app.get('/balance', async (request) => {
          const client = await pool.connect();
          try {
            const { rows } = await client.query('SELECT sum(amount) FROM entries');
            return rows[0];
          } finally {
            client.release();
          }
        });
      `,
    },
  },
  {
    title: 'a repository made for each request, with a client of its own; a repository of the module',
    audit: true,
    defect: {
      'src/repository.ts': `
        import { PrismaClient } from '@prisma/client';

        export class Notes {
          private readonly prisma: PrismaClient;

          constructor() {
            this.prisma = new PrismaClient(); // finds
          }

          list() {
            return this.prisma.note.findMany({ take: 20 });
          }
        }
      `,
      'src/app.ts': `
        import express from 'express';
        import { Notes } from './repository';

        const app = express();

        app.get('/notes', async (req, res) => {
          const notes = new Notes();
          res.json(await notes.list());
        });
      `,
    },
    correct: {
      'src/repository.ts': `
        import { PrismaClient } from '@prisma/client';

        export class Notes {
          private readonly prisma: PrismaClient;

          constructor() {
            this.prisma = new PrismaClient();
          }

          list() {
            return this.prisma.note.findMany({ take: 20 });
          }
        }
      `,
      'src/app.ts': `
        import express from 'express';
        import { Notes } from './repository';

        const app = express();
        const notes = new Notes();

        app.get('/notes', async (req, res) => {
          res.json(await notes.list());
        });
      `,
    },
  },
  {
    title: 'Redis in a middleware; on globalThis, which survives a reload',
    defect: {
      'src/limit.ts': `
        import express from 'express';
        import { Redis } from 'ioredis';

        const app = express();

        app.use(async (req, res, next) => {
          const redis = new Redis(); // finds
          if ((await redis.incr(req.ip!)) > 100) res.status(429).end();
          else next();
        });
      `,
    },
    correct: {
      'src/limit.ts': `
        import express from 'express';
        import { Redis } from 'ioredis';

        const app = express();
        const shared = globalThis as unknown as { redis?: Redis };

        const connection = () => (shared.redis ??= new Redis());

        app.use(async (req, res, next) => {
          const redis = connection();
          if ((await redis.incr(req.ip!)) > 100) res.status(429).end();
          else next();
        });
      `,
    },
  },

  {
    title: 'a queue for each tenant is made with a connection of its own; kept by tenant, it keeps the connection',
    audit: true,
    shared: {
      'src/connection.ts': `
        import { Redis } from 'ioredis';

        export const connected = () => ({ connection: new Redis({ maxRetriesPerRequest: null }) });
      `,
    },
    defect: {
      'src/connection.ts': `
        import { Redis } from 'ioredis';

        export const connected = () => ({ connection: new Redis({ maxRetriesPerRequest: null }) }); // finds
      `,
      'src/reports.ts': `
        import { Queue } from 'bullmq';
        import express from 'express';
        import { connected } from './connection';

        const app = express();

        app.post('/tenants/:tenant/reports', async (req, res) => {
          const reports = new Queue('reports', { ...connected(), defaultJobOptions: { attempts: 3 } }); // finds
          await reports.add('report', { month: req.body.month });
          res.status(202).end();
        });
      `,
    },
    correct: {
      'src/reports.ts': `
        import { Queue } from 'bullmq';
        import express from 'express';
        import { connected } from './connection';

        const app = express();
        const queues = new Map<string, Queue>();

        function reportsOf(tenant: string): Queue {
          if (queues.has(tenant)) return queues.get(tenant)!;
          const made = new Queue('reports-' + tenant, { ...connected(), defaultJobOptions: { attempts: 3 } });
          queues.set(tenant, made);
          return made;
        }

        app.post('/tenants/:tenant/reports', async (req, res) => {
          await reportsOf(req.params.tenant).add('report', { month: req.body.month });
          res.status(202).end();
        });
      `,
    },
  },
  {
    title: 'a store that makes a pool of its own is made for each request, or once behind a variable',
    shared: {
      'src/store.ts': `
        import pg from 'pg';

        export class Store {
          readonly pool: pg.Pool;

          constructor() {
            this.pool = new pg.Pool({ max: 5 });
          }
        }
      `,
    },
    defect: {
      'src/store.ts': `
        import pg from 'pg';

        export class Store {
          readonly pool: pg.Pool;

          constructor() {
            this.pool = new pg.Pool({ max: 5 }); // finds
          }
        }
      `,
      'src/app.ts': `
        import express from 'express';
        import { Store } from './store';

        const app = express();

        app.get('/pets', async (req, res) => {
          const store = new Store();
          res.json((await store.pool.query('SELECT name FROM pets LIMIT 20')).rows);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { Store } from './store';

        const app = express();
        let shared: Store | null = null;

        function store(): Store {
          if (!shared) {
            shared = new Store();
          }
          return shared;
        }

        app.get('/pets', async (req, res) => {
          res.json((await store().pool.query('SELECT name FROM pets LIMIT 20')).rows);
        });
      `,
    },
    audit: true,
  },
  {
    title: 'undici: an agent for each page that is fetched; fixed by one for all',
    defect: {
      'src/app.ts': `
        import express from 'express';
        import { Agent, request } from 'undici';

        const app = express();

        app.get('/charts/:id', async (req, res) => {
          const { body } = await request(\`https://charts.example/\${req.params.id}\`, { dispatcher: new Agent({ headersTimeout: 5000, bodyTimeout: 5000 }) }); // finds
          res.send(await body.text());
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { Agent, request } from 'undici';

        const app = express();
        const dispatcher = new Agent({ headersTimeout: 5000, bodyTimeout: 5000 });

        app.get('/charts/:id', async (req, res) => {
          const { body } = await request(\`https://charts.example/\${req.params.id}\`, { dispatcher });
          res.send(await body.text());
        });
      `,
    },
  },
]);
