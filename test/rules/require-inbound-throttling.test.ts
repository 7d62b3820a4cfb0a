import { twins } from '../support/twins.ts';

const mails = { 'src/mails.ts': `
  import { Resend } from 'resend';

  const resend = new Resend(process.env.RESEND_KEY);

  export const mailCode = (to: string) => resend.emails.send({ from: 'us@example.com', to, subject: 'Your code', html: '' });
` };

const work = { 'src/render.ts': `
  export async function render(id: string) {
    await fetch(\`https://render.example.com/\${id}\`, { method: 'POST' });
  }
` };

twins('require-inbound-throttling', [
  {
    title: 'amqplib: everything in the queue is pushed at once; fixed by a prefetch',
    shared: work,
    defect: {
      'src/consume.ts': `
        import { connect } from 'amqplib';
        import { render } from './render';

        export async function start() {
          const connection = await connect('amqp://localhost');
          const channel = await connection.createChannel();
          await channel.consume('pages', async (message) => {
            await render(String(message!.content)); // finds
            channel.ack(message!);
          });
        }
      `,
    },
    correct: {
      'src/consume.ts': `
        import { connect } from 'amqplib';
        import { render } from './render';

        export async function start() {
          const connection = await connect('amqp://localhost');
          const channel = await connection.createChannel();
          await channel.prefetch(10);
          await channel.consume('pages', async (message) => {
            await render(String(message!.content));
            channel.ack(message!);
          });
        }
      `,
    },
  },

  {
    title: 'amqplib: a channel from another file; fixed there',
    audit: true,
    shared: {
      ...work,
      'src/start.ts': `
        import { openChannel } from './channel';
        import { render } from './render';

        export async function start() {
          const channel = await openChannel();
          await channel.consume('pages', async (message) => {
            await render(String(message!.content)); // finds
            channel.ack(message!);
          });
        }
      `,
    },
    defect: {
      'src/channel.ts': `
        import { connect } from 'amqplib';

        export async function openChannel() {
          const connection = await connect('amqp://localhost');
          return connection.createChannel();
        }
      `,
    },
    correct: {
      'src/start.ts': `
        import { openChannel } from './channel';
        import { render } from './render';

        export async function start() {
          const channel = await openChannel();
          await channel.consume('pages', async (message) => {
            await render(String(message!.content));
            channel.ack(message!);
          });
        }
      `,
      'src/channel.ts': `
        import { connect } from 'amqplib';

        export async function openChannel() {
          const connection = await connect('amqp://localhost');
          const channel = await connection.createChannel();
          await channel.prefetch(5);
          return channel;
        }
      `,
    },
  },

  {
    title: 'amqplib and p-limit: the work is limited in the handler',
    shared: work,
    defect: {
      'src/consume.ts': `
        import type { Channel } from 'amqplib';
        import { render } from './render';

        export class Pages {
          constructor(private readonly channel: Channel) {}

          async start() {
            await this.channel.consume('pages', async (message) => {
              await render(String(message!.content)); // finds
              this.channel.ack(message!);
            });
          }
        }
      `,
    },
    correct: {
      'src/consume.ts': `
        import type { Channel } from 'amqplib';
        import pLimit from 'p-limit';
        import { render } from './render';

        const limit = pLimit(5);

        export class Pages {
          constructor(private readonly channel: Channel) {}

          async start() {
            await this.channel.consume('pages', async (message) => {
              await limit(() => render(String(message!.content)));
              this.channel.ack(message!);
            });
          }
        }
      `,
    },
  },

  {
    title: 'A stream gives the next batch while the last is at work; fixed by a loop over it',
    certainty: 'likely',
    defect: {
      'src/batches.ts': `
        import { Transform } from 'node:stream';

        export class Batches extends Transform {}

        export class Consumer {
          private readonly batches = new Batches({ objectMode: true });

          constructor(private readonly handle: (batch: unknown) => Promise<void>) {}

          start() {
            this.batches.on('data', async (batch) => { // finds
              await this.handle(batch);
            });
          }
        }
      `,
    },
    correct: {
      'src/batches.ts': `
        import { Transform } from 'node:stream';

        export class Batches extends Transform {}

        export class Consumer {
          private readonly batches = new Batches({ objectMode: true });

          constructor(private readonly handle: (batch: unknown) => Promise<void>) {}

          async start() {
            for await (const batch of this.batches) await this.handle(batch);
          }
        }
      `,
    },
  },

  {
    title: 'A stream that is paused while the listener works',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
    },
    defect: {
      'src/load.ts': `
        import { Readable } from 'node:stream';
        import { db } from './db';

        export function load(rows: unknown[]) {
          const stream = Readable.from(rows);
          stream.on('data', async (row) => { // finds
            await db('rows').insert(row);
          });
        }
      `,
    },
    correct: {
      'src/load.ts': `
        import { Readable } from 'node:stream';
        import { db } from './db';

        export function load(rows: unknown[]) {
          const stream = Readable.from(rows);
          stream.on('data', async (row) => {
            stream.pause();
            await db('rows').insert(row);
            stream.resume();
          });
        }
      `,
    },
  },

  {
    title: 'Upstash: one handler of two asks the limiter; fixed by asking in both',
    certainty: 'likely',
    shared: {
      ...mails,
      'src/limiter.ts': `
        import { Ratelimit } from '@upstash/ratelimit';
        import { Redis } from '@upstash/redis';

        export const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, '1 m') });
      `,
      'app/login/route.ts': `
        import { limiter } from '../../src/limiter';

        export async function POST(request: Request) {
          const { name } = await request.json();
          const { success } = await limiter.limit(name);
          return new Response(null, { status: success ? 204 : 429 });
        }
      `,
    },
    defect: {
      'app/codes/route.ts': `
        import { mailCode } from '../../src/mails';

        export async function POST(request: Request) {
          const { email } = await request.json();
          await mailCode(email); // finds
          return new Response(null, { status: 204 });
        }
      `,
    },
    correct: {
      'app/codes/route.ts': `
        import { limiter } from '../../src/limiter';
        import { mailCode } from '../../src/mails';

        export async function POST(request: Request) {
          const { email } = await request.json();
          const { success } = await limiter.limit(email);
          if (!success) return new Response(null, { status: 429 });
          await mailCode(email);
          return new Response(null, { status: 204 });
        }
      `,
    },
    audit: true,
  },

  {
    title: 'express-rate-limit: on one route of two; fixed by mounting it in front of all',
    certainty: 'likely',
    shared: mails,
    defect: {
      'src/app.ts': `
        import express from 'express';
        import rateLimit from 'express-rate-limit';
        import { mailCode } from './mails';

        const app = express();
        app.get('/search', rateLimit({ limit: 10 }), (req, res) => res.json([]));
        app.post('/codes', async (req, res) => {
          await mailCode(req.body.email); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import rateLimit from 'express-rate-limit';
        import { mailCode } from './mails';

        const app = express();
        app.use(rateLimit({ limit: 10 }));
        app.get('/search', (req, res) => res.json([]));
        app.post('/codes', async (req, res) => {
          await mailCode(req.body.email);
          res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'express-rate-limit and Stripe: limited on the route itself',
    certainty: 'likely',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/app.ts': `
        import express from 'express';
        import rateLimit from 'express-rate-limit';
        import { stripe } from './stripe';

        const app = express();
        const limited = rateLimit({ limit: 10 });
        app.post('/search', limited, (req, res) => res.json([]));
        app.post('/cards', async (req, res) => {
          await stripe.setupIntents.create({ customer: req.body.customer });
          await stripe.paymentIntents.create({ amount: 100, currency: 'eur' }); // finds
          res.sendStatus(204);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import rateLimit from 'express-rate-limit';
        import { stripe } from './stripe';

        const app = express();
        const limited = rateLimit({ limit: 10 });
        app.post('/search', limited, (req, res) => res.json([]));
        app.post('/cards', limited, async (req, res) => {
          await stripe.setupIntents.create({ customer: req.body.customer });
          await stripe.paymentIntents.create({ amount: 100, currency: 'eur' });
          res.sendStatus(204);
        });
      `,
    },
  },

  {
    title: 'bcrypt: a password is tried as often as one likes; fixed by a limiter of the project, which answers 429',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
      'src/gate.ts': `
        const seen = new Map<string, number[]>();

        export function gate(limit: number) {
          return (req, res, next) => {
            const times = (seen.get(req.ip) ?? []).filter((time) => time > Date.now() - 60_000);
            if (times.length >= limit) return res.status(429).end();
            seen.set(req.ip, [...times, Date.now()]);
            next();
          };
        }
      `,
    },
    defect: {
      'src/app.ts': `
        import bcrypt from 'bcrypt';
        import express from 'express';
        import { prisma } from './db';
        import { gate } from './gate';

        const app = express();
        app.get('/berths', gate(20), (req, res) => res.json([]));
        app.post('/harbour/login', async (req, res) => {
          const skipper = await prisma.skipper.findUnique({ where: { email: req.body.email } });
          const right = await bcrypt.compare(req.body.password, skipper!.hash); // finds
          res.sendStatus(right ? 204 : 401);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import bcrypt from 'bcrypt';
        import express from 'express';
        import { prisma } from './db';
        import { gate } from './gate';

        const app = express();
        app.get('/berths', gate(20), (req, res) => res.json([]));
        app.post('/harbour/login', gate(5), async (req, res) => {
          const skipper = await prisma.skipper.findUnique({ where: { email: req.body.email } });
          const right = await bcrypt.compare(req.body.password, skipper!.hash);
          res.sendStatus(right ? 204 : 401);
        });
      `,
    },
  },

  {
    title: 'Next: an action compares the password of an album, with no limit; fixed by asking the limiter after a wrong one',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/limiter.ts': `
        import { Ratelimit } from '@upstash/ratelimit';
        import { Redis } from '@upstash/redis';

        export const limiter = new Ratelimit({ redis: Redis.fromEnv(), limiter: Ratelimit.slidingWindow(5, '1 m') });
      `,
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'app/albums/open.ts': `
        'use server';

        import { prisma } from '../../src/db';

        export async function openAlbum(form: FormData) {
          const album = await prisma.album.findUnique({ where: { id: form.get('album') as string } }); // finds
          if (album === null) return { error: 'no such album' };
          const isRight = form.get('password') === album.password;
          if (isRight) return { open: true };
          return { error: 'wrong password' };
        }
      `,
    },
    correct: {
      'app/albums/open.ts': `
        'use server';

        import { prisma } from '../../src/db';
        import { limiter } from '../../src/limiter';

        export async function openAlbum(form: FormData) {
          const album = await prisma.album.findUnique({ where: { id: form.get('album') as string } });
          if (album === null) return { error: 'no such album' };
          const isRight = form.get('password') === album.password;
          if (isRight) return { open: true };
          const { success } = await limiter.limit(album.id);
          return { error: success ? 'wrong password' : 'too many tries' };
        }
      `,
    },
  },

  {
    title: 'tRPC: a procedure that checks a password is built on no limited one; fixed by a step of the chain',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/trpc.ts': `
        import { initTRPC, TRPCError } from '@trpc/server';

        const t = initTRPC.create();
        const taken = new Map<string, number>();

        export const procedure = t.procedure;
        export const router = t.router;
        export const limited = (name: string, most: number) => async ({ next }) => {
          const count = (taken.get(name) ?? 0) + 1;
          taken.set(name, count);
          if (count > most) throw new TRPCError({ code: 'TOO_MANY_REQUESTS' });
          return next();
        };
      `,
      'src/members.ts': `
        import { verify } from 'argon2';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function isMember(id: string, password: string) {
          const member = await prisma.member.findUniqueOrThrow({ where: { id } });
          return verify(member.hash, password);
        }
      `,
      'src/search.ts': `
        import { z } from 'zod';
        import { limited, procedure, router } from './trpc';

        export const searching = router({
          search: procedure.use(limited('search', 100)).input(z.object({ text: z.string() })).query(({ input }) => [input.text]),
        });
      `,
    },
    defect: {
      'src/account.ts': `
        import { z } from 'zod';
        import { isMember } from './members';
        import { procedure, router } from './trpc';

        export const account = router({
          leave: procedure.input(z.object({ id: z.string(), password: z.string() })).mutation(async ({ input }) => {
            return isMember(input.id, input.password); // finds
          }),
        });
      `,
    },
    correct: {
      'src/account.ts': `
        import { z } from 'zod';
        import { isMember } from './members';
        import { limited, procedure, router } from './trpc';

        export const account = router({
          leave: procedure.use(limited('leave', 5)).input(z.object({ id: z.string(), password: z.string() })).mutation(async ({ input }) => {
            return isMember(input.id, input.password);
          }),
        });
      `,
    },
  },

  {
    title: 'next-auth: who logs in with a password is asked for nothing else; fixed by a service that says whether he may try again',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/db.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
      'app/tides/route.ts': `
        import { busy } from '../../src/busy';

        export async function GET(request: Request) {
          if (await busy(request)) return new Response(null, { status: 429 });
          return Response.json([]);
        }
      `,
    },
    defect: {
      'src/busy.ts': `
        export declare function busy(request: unknown): Promise<boolean>;
      `,
      'src/auth.ts': `
        import { compare } from 'bcryptjs';
        import CredentialsProvider from 'next-auth/providers/credentials';
        import { prisma } from './db';

        export const provider = CredentialsProvider({
          credentials: { email: {}, password: {} },
          async authorize(credentials) {
            const skipper = await prisma.skipper.findUnique({ where: { email: credentials.email } });
            return (await compare(credentials.password, skipper!.hash)) ? skipper : null; // finds
          },
        });
      `,
    },
    correct: {
      'src/busy.ts': `
        export declare function busy(request: unknown): Promise<boolean>;
      `,
      'src/auth.ts': `
        import { compare } from 'bcryptjs';
        import CredentialsProvider from 'next-auth/providers/credentials';
        import { busy } from './busy';
        import { prisma } from './db';

        export const provider = CredentialsProvider({
          credentials: { email: {}, password: {} },
          async authorize(credentials) {
            if (await busy(credentials.email)) throw new Error('try again later');
            const skipper = await prisma.skipper.findUnique({ where: { email: credentials.email } });
            return (await compare(credentials.password, skipper!.hash)) ? skipper : null;
          },
        });
      `,
    },
  },
]);
