import { twins } from '../support/twins.ts';

const prisma = { 'src/prisma.ts': `
  import { PrismaClient } from '@prisma/client';

  export const prisma = new PrismaClient();
` };

const stripe = { 'src/stripe.ts': `
  import Stripe from 'stripe';

  export const stripe = new Stripe(process.env.STRIPE_KEY!);
` };

twins('require-idempotent-handler', [
  {
    title: 'Express and Stripe: a donation is charged per request; fixed by the key that the client sends',
    shared: {
      ...stripe,
      'src/app.ts': `
        import express from 'express';
        import { donate } from './donate';

        const app = express();
        app.post('/donations', donate);
      `,
    },
    defect: {
      'src/donate.ts': `
        import type { Request, Response } from 'express';
        import { stripe } from './stripe';

        export async function donate(req: Request, res: Response) {
          const intent = await stripe.paymentIntents.create({ amount: req.body.amount, currency: 'eur' }); // finds
          res.json({ id: intent.id });
        }
      `,
    },
    correct: {
      'src/donate.ts': `
        import type { Request, Response } from 'express';
        import { stripe } from './stripe';

        export async function donate(req: Request, res: Response) {
          const intent = await stripe.paymentIntents.create({ amount: req.body.amount, currency: 'eur' }, { idempotencyKey: req.get('Idempotency-Key') });
          res.json({ id: intent.id });
        }
      `,
    },
  },

  {
    title: 'Next and Prisma: a comment is added per request; fixed by the id that the client chose',
    certainty: 'likely',
    shared: prisma,
    defect: {
      'app/comments/route.ts': `
        import { prisma } from '../../src/prisma';

        export async function POST(request: Request) {
          const body = await request.json();
          const comment = await prisma.comment.create({ data: { text: body.text, postId: body.postId } }); // finds
          return Response.json(comment);
        }
      `,
    },
    correct: {
      'app/comments/route.ts': `
        import { prisma } from '../../src/prisma';

        export async function POST(request: Request) {
          const body = await request.json();
          const comment = await prisma.comment.create({ data: { id: body.id, text: body.text, postId: body.postId } });
          return Response.json(comment);
        }
      `,
    },
  },

  {
    title: 'Fastify and knex: a note is stored two calls away; fixed by looking for its nonce and minding the unique key',
    certainty: 'likely',
    shared: {
      'src/db.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
      'src/server.ts': `
        import fastify from 'fastify';
        import { addNote } from './notes';

        const app = fastify();
        app.post('/notes', async (request) => addNote(request.body as { text: string; nonce: string })); // finds
      `,
    },
    defect: {
      'src/notes.ts': `
        import { db } from './db';

        export async function addNote(note: { text: string; nonce: string }) {
          const [id] = await db('notes').insert({ text: note.text }).returning('id');
          return { id };
        }
      `,
    },
    correct: {
      'src/server.ts': `
        import fastify from 'fastify';
        import { addNote } from './notes';

        const app = fastify();
        app.post('/notes', async (request) => addNote(request.body as { text: string; nonce: string }));
      `,
      'src/notes.ts': `
        import { db } from './db';

        export async function addNote(note: { text: string; nonce: string }) {
          const known = await db('notes').where({ nonce: note.nonce }).first();
          if (known) return { id: known.id };
          const [id] = await db('notes').insert({ text: note.text, nonce: note.nonce }).onConflict('nonce').ignore().returning('id');
          return { id };
        }
      `,
    },
  },

  {
    title: 'NestJS and TypeORM: credit is added per request; fixed because an order is redeemed once',
    certainty: 'likely',
    shared: {
      'src/entities.ts': `
        import { Column, Entity, PrimaryColumn } from 'typeorm';

        @Entity()
        export class Wallet {
          @PrimaryColumn()
          id!: string;

          @Column()
          credit!: number;
        }

        @Entity()
        export class Voucher {
          @PrimaryColumn()
          code!: string;

          @Column()
          state!: string;
        }
      `,
      'src/vouchers.controller.ts': `
        import { Body, Controller, Post } from '@nestjs/common';
        import { VouchersService } from './vouchers.service';

        @Controller('vouchers')
        export class VouchersController {
          constructor(private readonly vouchers: VouchersService) {}

          @Post('redeem')
          redeem(@Body() body: { code: string; wallet: string }) {
            return this.vouchers.redeem(body.code, body.wallet); // finds
          }
        }
      `,
    },
    defect: {
      'src/vouchers.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Voucher, Wallet } from './entities';

        @Injectable()
        export class VouchersService {
          constructor(@InjectRepository(Wallet) private readonly wallets: Repository<Wallet>, @InjectRepository(Voucher) private readonly vouchers: Repository<Voucher>) {}

          async redeem(code: string, wallet: string) {
            const voucher = await this.vouchers.findOne({ where: { code } });
            if (!voucher) throw new Error('unknown voucher');
            await this.wallets.increment({ id: wallet }, 'credit', 5);
          }
        }
      `,
    },
    correct: {
      'src/vouchers.controller.ts': `
        import { Body, Controller, Post } from '@nestjs/common';
        import { VouchersService } from './vouchers.service';

        @Controller('vouchers')
        export class VouchersController {
          constructor(private readonly vouchers: VouchersService) {}

          @Post('redeem')
          redeem(@Body() body: { code: string; wallet: string }) {
            return this.vouchers.redeem(body.code, body.wallet);
          }
        }
      `,
      'src/vouchers.service.ts': `
        import { Injectable } from '@nestjs/common';
        import { InjectRepository } from '@nestjs/typeorm';
        import { Repository } from 'typeorm';
        import { Voucher, Wallet } from './entities';

        @Injectable()
        export class VouchersService {
          constructor(@InjectRepository(Wallet) private readonly wallets: Repository<Wallet>, @InjectRepository(Voucher) private readonly vouchers: Repository<Voucher>) {}

          async redeem(code: string, wallet: string) {
            const { affected } = await this.vouchers.update({ code, state: 'open' }, { state: 'redeemed' });
            if (affected === 0) throw new Error('no such open voucher');
            await this.wallets.increment({ id: wallet }, 'credit', 5);
          }
        }
      `,
    },
  },

  {
    title: 'Hono and Drizzle: a ticket per request; fixed by a unique reference with a conflict clause',
    certainty: 'likely',
    shared: {
      'src/schema.ts': `
        import { pgTable, serial, text } from 'drizzle-orm/pg-core';

        export const tickets = pgTable('tickets', { id: serial('id').primaryKey(), reference: text('reference').unique(), title: text('title') });
      `,
      'src/db.ts': `
        import { drizzle } from 'drizzle-orm/node-postgres';

        export const db = drizzle(process.env.DATABASE_URL!);
      `,
    },
    defect: {
      'src/app.ts': `
        import { Hono } from 'hono';
        import { db } from './db';
        import { tickets } from './schema';

        const app = new Hono();
        app.post('/tickets', async (c) => {
          const body = await c.req.json();
          await db.insert(tickets).values({ title: body.title }); // finds
          return c.json({ ok: true });
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import { Hono } from 'hono';
        import { db } from './db';
        import { tickets } from './schema';

        const app = new Hono();
        app.post('/tickets', async (c) => {
          const body = await c.req.json();
          await db.insert(tickets).values({ title: body.title, reference: body.reference }).onConflictDoNothing({ target: tickets.reference });
          return c.json({ ok: true });
        });
      `,
    },
  },

  {
    title: 'BullMQ: an export is started per request; fixed by a job id made of what was asked for',
    certainty: 'likely',
    shared: {
      'src/queue.ts': `
        import { Queue } from 'bullmq';

        export const exports = new Queue('exports');
      `,
    },
    defect: {
      'src/app.ts': `
        import express from 'express';
        import { exports } from './queue';

        const app = express();
        app.post('/exports', async (req, res) => {
          await exports.add('export', { report: req.body.report }); // finds
          res.sendStatus(202);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { exports } from './queue';

        const app = express();
        app.post('/exports', async (req, res) => {
          await exports.add('export', { report: req.body.report }, { jobId: req.body.requestId });
          res.sendStatus(202);
        });
      `,
    },
  },

  {
    title: 'Koa, Redis and Mongoose: a gift card per request; fixed by a marker under the key of the request',
    certainty: 'likely',
    shared: {
      'src/card.ts': `
        import { Schema, model } from 'mongoose';

        export const Card = model('Card', new Schema({ owner: String, cents: Number }));
      `,
      'src/redis.ts': `
        import Redis from 'ioredis';

        export const redis = new Redis();
      `,
    },
    defect: {
      'src/routes.ts': `
        import Router from '@koa/router';
        import { Card } from './card';

        const router = new Router();
        router.post('/cards', async (ctx) => {
          const { owner, cents } = ctx.request.body as { owner: string; cents: number };
          ctx.body = await Card.create({ owner, cents }); // finds
        });
      `,
    },
    correct: {
      'src/routes.ts': `
        import Router from '@koa/router';
        import { Card } from './card';
        import { redis } from './redis';

        const router = new Router();
        router.post('/cards', async (ctx) => {
          const { owner, cents } = ctx.request.body as { owner: string; cents: number };
          const first = await redis.set(\`card:\${ctx.get('Idempotency-Key')}\`, '1', 'EX', 86400, 'NX');
          if (first === null) return;
          ctx.body = await Card.create({ owner, cents });
        });
      `,
    },
  },

  {
    title: 'Server action and Resend: an invitation is mailed per submit; fixed because the row tells that it was sent',
    certainty: 'likely',
    shared: {
      ...prisma,
      'src/mails.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_KEY);

        export const mailInvitation = (to: string) => resend.emails.send({ from: 'us@example.com', to, subject: 'Join us', html: '' });
      `,
    },
    defect: {
      'app/invite.ts': `
        'use server';

        import { prisma } from '../src/prisma';
        import { mailInvitation } from '../src/mails';

        export async function invite(id: string) {
          const invitation = await prisma.invitation.findUnique({ where: { id } });
          if (!invitation) return;
          await mailInvitation(invitation.email); // finds
        }
      `,
    },
    correct: {
      'app/invite.ts': `
        'use server';

        import { prisma } from '../src/prisma';
        import { mailInvitation } from '../src/mails';

        export async function invite(id: string) {
          const invitation = await prisma.invitation.findUnique({ where: { id } });
          if (!invitation || invitation.mailedAt) return;
          await mailInvitation(invitation.email);
          await prisma.invitation.update({ where: { id }, data: { mailedAt: new Date() } });
        }
      `,
    },
  },

  {
    title: 'A Remix action charges for each submit; fixed by the key in the form',
    shared: {
      ...stripe,
    },
    defect: {
      'app/routes/pledge.tsx': `
        import { redirect, type ActionFunctionArgs } from '@remix-run/node';
        import { stripe } from '../../src/stripe';

        export const action = async ({ request }: ActionFunctionArgs) => {
          const form = await request.formData();
          await stripe.paymentIntents.create({ amount: Number(form.get('amount')), currency: 'eur' }); // finds
          return redirect('/thanks');
        };
      `,
    },
    correct: {
      'app/routes/pledge.tsx': `
        import { redirect, type ActionFunctionArgs } from '@remix-run/node';
        import { stripe } from '../../src/stripe';

        export const action = async ({ request }: ActionFunctionArgs) => {
          const form = await request.formData();
          await stripe.paymentIntents.create({ amount: Number(form.get('amount')), currency: 'eur' }, { idempotencyKey: String(form.get('attempt')) });
          return redirect('/thanks');
        };
      `,
    },
  },

  {
    title: 'An action of React Router, typed by what it generates, charges for each submit; fixed by the key in the form',
    shared: {
      ...stripe,
    },
    defect: {
      'src/screens/pledge.tsx': `
        import type { Route } from './+types/pledge';
        import { stripe } from '../stripe';

        export async function action({ request }: Route.ActionArgs) {
          const form = await request.formData();
          await stripe.paymentIntents.create({ amount: Number(form.get('amount')), currency: 'eur' }); // finds
          return { pledged: true };
        }
      `,
    },
    correct: {
      'src/screens/pledge.tsx': `
        import type { Route } from './+types/pledge';
        import { stripe } from '../stripe';

        export async function action({ request }: Route.ActionArgs) {
          const form = await request.formData();
          await stripe.paymentIntents.create({ amount: Number(form.get('amount')), currency: 'eur' }, { idempotencyKey: String(form.get('attempt')) });
          return { pledged: true };
        }
      `,
    },
  },

  {
    title: 'A form action of SvelteKit charges for each submit; fixed by the key in the form',
    shared: {
      ...stripe,
    },
    defect: {
      'src/routes/pledge/+page.server.ts': `
        import type { Actions } from './$types';
        import { stripe } from '../../stripe';

        export const actions: Actions = {
          pledge: async ({ request }) => {
            const form = await request.formData();
            await stripe.paymentIntents.create({ amount: Number(form.get('amount')), currency: 'eur' }); // finds
            return { pledged: true };
          },
        };
      `,
    },
    correct: {
      'src/routes/pledge/+page.server.ts': `
        import type { Actions } from './$types';
        import { stripe } from '../../stripe';

        export const actions: Actions = {
          pledge: async ({ request }) => {
            const form = await request.formData();
            await stripe.paymentIntents.create({ amount: Number(form.get('amount')), currency: 'eur' }, { idempotencyKey: String(form.get('attempt')) });
            return { pledged: true };
          },
        };
      `,
    },
  },

  {
    title: 'A handler that Nitro finds by its file charges per request; fixed by the key in the body',
    shared: {
      ...stripe,
    },
    defect: {
      'server/api/pledges.post.ts': `
        import { stripe } from '../../src/stripe';

        export default defineEventHandler(async (event) => {
          const body = await readBody(event);
          const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }); // finds
          return { id: intent.id };
        });
      `,
    },
    correct: {
      'server/api/pledges.post.ts': `
        import { stripe } from '../../src/stripe';

        export default defineEventHandler(async (event) => {
          const body = await readBody(event);
          const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }, { idempotencyKey: body.attempt });
          return { id: intent.id };
        });
      `,
    },
  },

  {
    title: 'A mutation in a map of resolvers, merged from several, charges per request; fixed by the key among its arguments',
    audit: true,
    shared: {
      ...stripe,
      'src/server.ts': `
        import { ApolloServer } from '@apollo/server';
        import { mergeResolvers } from '@graphql-tools/merge';
        import { pledges } from './pledges';
        import { campaigns } from './campaigns';
        import { typeDefs } from './schema';

        export const server = new ApolloServer({ typeDefs, resolvers: mergeResolvers([campaigns, pledges]) });
      `,
      'src/campaigns.ts': `
        export const campaigns = { Query: { campaigns: () => [] }, Mutation: { ping: () => true } };
      `,
    },
    defect: {
      'src/pledges.ts': `
        import { stripe } from './stripe';

        export const pledges = {
          Mutation: {
            pledge: async (_parent: unknown, args: { amount: number; attempt: string }) => {
              const intent = await stripe.paymentIntents.create({ amount: args.amount, currency: 'eur' }); // finds
              return intent.id;
            },
          },
        };
      `,
    },
    correct: {
      'src/pledges.ts': `
        import { stripe } from './stripe';

        export const pledges = {
          Mutation: {
            pledge: async (_parent: unknown, args: { amount: number; attempt: string }) => {
              const intent = await stripe.paymentIntents.create({ amount: args.amount, currency: 'eur' }, { idempotencyKey: args.attempt });
              return intent.id;
            },
          },
        };
      `,
    },
  },

  {
    title: 'A mutation of Pothos charges per request; fixed by the key among its arguments',
    shared: {
      ...stripe,
      'src/builder.ts': `
        import SchemaBuilder from '@pothos/core';

        export const builder = new SchemaBuilder({});
      `,
    },
    defect: {
      'src/pledges.ts': `
        import { builder } from './builder';
        import { stripe } from './stripe';

        builder.mutationField('pledge', (t) =>
          t.string({
            args: { amount: t.arg.int({ required: true }), attempt: t.arg.string({ required: true }) },
            resolve: async (_root, args) => {
              const intent = await stripe.paymentIntents.create({ amount: args.amount, currency: 'eur' }); // finds
              return intent.id;
            },
          }),
        );
      `,
    },
    correct: {
      'src/pledges.ts': `
        import { builder } from './builder';
        import { stripe } from './stripe';

        builder.mutationField('pledge', (t) =>
          t.string({
            args: { amount: t.arg.int({ required: true }), attempt: t.arg.string({ required: true }) },
            resolve: async (_root, args) => {
              const intent = await stripe.paymentIntents.create({ amount: args.amount, currency: 'eur' }, { idempotencyKey: args.attempt });
              return intent.id;
            },
          }),
        );
      `,
    },
  },

  {
    title: 'A route of Hapi, one of a list, charges per request; fixed by the key in the payload',
    audit: true,
    shared: {
      ...stripe,
      'src/server.ts': `
        import Hapi from '@hapi/hapi';
        import { routes } from './routes';

        export const server = Hapi.server({ port: 3000 });
        server.route(routes);
      `,
    },
    defect: {
      'src/routes.ts': `
        import { stripe } from './stripe';

        export const routes = [
          { method: 'GET', path: '/pledges', handler: async () => stripe.paymentIntents.list() },
          {
            method: 'POST',
            path: '/pledges',
            options: {
              handler: async (request, h) => {
                const intent = await stripe.paymentIntents.create({ amount: request.payload.amount, currency: 'eur' }); // finds
                return h.response({ id: intent.id }).code(201);
              },
            },
          },
        ];
      `,
    },
    correct: {
      'src/routes.ts': `
        import { stripe } from './stripe';

        export const routes = [
          { method: 'GET', path: '/pledges', handler: async () => stripe.paymentIntents.list() },
          {
            method: 'POST',
            path: '/pledges',
            options: {
              handler: async (request, h) => {
                const intent = await stripe.paymentIntents.create({ amount: request.payload.amount, currency: 'eur' }, { idempotencyKey: request.payload.attempt });
                return h.response({ id: intent.id }).code(201);
              },
            },
          },
        ];
      `,
    },
  },

  {
    title: 'A route of Elysia, in a group, charges per request; fixed by the key in the body',
    shared: {
      ...stripe,
    },
    defect: {
      'src/pledges.ts': `
        import { Elysia } from 'elysia';
        import { stripe } from './stripe';

        export const pledges = new Elysia().group('/pledges', (app) =>
          app.post('/', async ({ body }) => {
            const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }); // finds
            return { id: intent.id };
          }),
        );
      `,
    },
    correct: {
      'src/pledges.ts': `
        import { Elysia } from 'elysia';
        import { stripe } from './stripe';

        export const pledges = new Elysia().group('/pledges', (app) =>
          app.post('/', async ({ body }) => {
            const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }, { idempotencyKey: body.attempt });
            return { id: intent.id };
          }),
        );
      `,
    },
  },

  {
    title: 'A controller of routing-controllers charges per request; fixed by the key in the body',
    shared: {
      ...stripe,
    },
    defect: {
      'src/pledge-controller.ts': `
        import { Body, JsonController, Post } from 'routing-controllers';
        import { stripe } from './stripe';

        @JsonController('/pledges')
        export class PledgeController {
          @Post('/')
          async pledge(@Body() body: any) {
            const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }); // finds
            return { id: intent.id };
          }
        }
      `,
    },
    correct: {
      'src/pledge-controller.ts': `
        import { Body, JsonController, Post } from 'routing-controllers';
        import { stripe } from './stripe';

        @JsonController('/pledges')
        export class PledgeController {
          @Post('/')
          async pledge(@Body() body: any) {
            const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }, { idempotencyKey: body.attempt });
            return { id: intent.id };
          }
        }
      `,
    },
  },

  {
    title: 'An action of Moleculer, in a file that the broker loads, charges per request; fixed by the key among its parameters',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'services/pledges.service.ts': `
        import type { Context, ServiceSchema } from 'moleculer';
        import { stripe } from '../src/stripe';

        const PledgeService: ServiceSchema = {
          name: 'pledges',
          actions: {
            pledge: {
              params: { amount: 'number', attempt: 'string' },
              async handler(ctx: Context<{ amount: number; attempt: string }>) {
                const intent = await stripe.paymentIntents.create({ amount: ctx.params.amount, currency: 'eur' }); // finds
                return intent.id;
              },
            },
          },
        };

        export default PledgeService;
      `,
    },
    correct: {
      'services/pledges.service.ts': `
        import type { Context, ServiceSchema } from 'moleculer';
        import { stripe } from '../src/stripe';

        const PledgeService: ServiceSchema = {
          name: 'pledges',
          actions: {
            pledge: {
              params: { amount: 'number', attempt: 'string' },
              async handler(ctx: Context<{ amount: number; attempt: string }>) {
                const intent = await stripe.paymentIntents.create({ amount: ctx.params.amount, currency: 'eur' }, { idempotencyKey: ctx.params.attempt });
                return intent.id;
              },
            },
          },
        };

        export default PledgeService;
      `,
    },
  },

  {
    title: 'An API of Encore charges per request; fixed by the key in the request',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'pledges/pledges.ts': `
        import { api } from 'encore.dev/api';
        import { stripe } from '../src/stripe';

        export const pledge = api({ expose: true, method: 'POST', path: '/pledges' }, async (request: { amount: number; attempt: string }): Promise<{ id: string }> => {
          const intent = await stripe.paymentIntents.create({ amount: request.amount, currency: 'eur' }); // finds
          return { id: intent.id };
        });
      `,
    },
    correct: {
      'pledges/pledges.ts': `
        import { api } from 'encore.dev/api';
        import { stripe } from '../src/stripe';

        export const pledge = api({ expose: true, method: 'POST', path: '/pledges' }, async (request: { amount: number; attempt: string }): Promise<{ id: string }> => {
          const intent = await stripe.paymentIntents.create({ amount: request.amount, currency: 'eur' }, { idempotencyKey: request.attempt });
          return { id: intent.id };
        });
      `,
    },
  },

  {
    title: 'A method of Meteor charges per call; fixed by the key that is handed in',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'server/methods.ts': `
        import { Meteor } from 'meteor/meteor';
        import { stripe } from '../src/stripe';

        Meteor.methods({
          async 'pledges.add'(amount: number, attempt: string) {
            const intent = await stripe.paymentIntents.create({ amount, currency: 'eur' }); // finds
            return intent.id;
          },
        });
      `,
    },
    correct: {
      'server/methods.ts': `
        import { Meteor } from 'meteor/meteor';
        import { stripe } from '../src/stripe';

        Meteor.methods({
          async 'pledges.add'(amount: number, attempt: string) {
            const intent = await stripe.paymentIntents.create({ amount, currency: 'eur' }, { idempotencyKey: attempt });
            return intent.id;
          },
        });
      `,
    },
  },

  {
    title: 'A server function of TanStack Start charges per call; fixed by the key in its data',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/pledge.ts': `
        import { createServerFn } from '@tanstack/react-start';
        import { stripe } from './stripe';

        export const pledge = createServerFn({ method: 'POST' })
          .validator((input: { amount: number; attempt: string }) => input)
          .handler(async ({ data }) => {
            const intent = await stripe.paymentIntents.create({ amount: data.amount, currency: 'eur' }); // finds
            return intent.id;
          });
      `,
    },
    correct: {
      'src/pledge.ts': `
        import { createServerFn } from '@tanstack/react-start';
        import { stripe } from './stripe';

        export const pledge = createServerFn({ method: 'POST' })
          .validator((input: { amount: number; attempt: string }) => input)
          .handler(async ({ data }) => {
            const intent = await stripe.paymentIntents.create({ amount: data.amount, currency: 'eur' }, { idempotencyKey: data.attempt });
            return intent.id;
          });
      `,
    },
  },

  {
    title: 'A route of Polka charges per request; fixed by the key in the body',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/server.ts': `
        import polka from 'polka';
        import { stripe } from './stripe';

        polka().post('/pledges', async (req, res) => {
          const intent = await stripe.paymentIntents.create({ amount: req.body.amount, currency: 'eur' }); // finds
          res.end(intent.id);
        });
      `,
    },
    correct: {
      'src/server.ts': `
        import polka from 'polka';
        import { stripe } from './stripe';

        polka().post('/pledges', async (req, res) => {
          const intent = await stripe.paymentIntents.create({ amount: req.body.amount, currency: 'eur' }, { idempotencyKey: req.body.attempt });
          res.end(intent.id);
        });
      `,
    },
  },
  {
    title: 'two routes whose wrapper hands them the request (Next.js): each is told by itself; fixed by keys that the client makes',
    shared: {
      'src/with-guest.ts': `
        import { type NextRequest, NextResponse } from 'next/server';

        type Handler = (request: NextRequest, guest: string) => Promise<NextResponse>;

        export function withGuest(handler: Handler) {
          return async (request: NextRequest) => {
            const guest = request.headers.get('x-guest');
            if (guest === null) return NextResponse.json({}, { status: 401 });
            return await handler(request, guest);
          };
        }
      `,
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/app/api/rooms/route.ts': `
        import { NextResponse } from 'next/server';
        import { stripe } from '../../../stripe';
        import { withGuest } from '../../../with-guest';

        export const POST = withGuest(async (request, guest) => {
          const { room } = await request.json();
          await stripe.paymentIntents.create({ amount: room.price, currency: 'eur', customer: guest }); // finds
          return NextResponse.json({ room });
        });
      `,
      'src/app/api/meals/route.ts': `
        import { NextResponse } from 'next/server';
        import { stripe } from '../../../stripe';
        import { withGuest } from '../../../with-guest';

        export const POST = withGuest(async (request, guest) => {
          const { meal } = await request.json();
          await stripe.paymentIntents.create({ amount: meal.price, currency: 'eur', customer: guest }); // finds
          return NextResponse.json({ meal });
        });
      `,
    },
    correct: {
      'src/app/api/rooms/route.ts': `
        import { NextResponse } from 'next/server';
        import { stripe } from '../../../stripe';
        import { withGuest } from '../../../with-guest';

        export const POST = withGuest(async (request, guest) => {
          const { room, key } = await request.json();
          await stripe.paymentIntents.create({ amount: room.price, currency: 'eur', customer: guest }, { idempotencyKey: key });
          return NextResponse.json({ room });
        });
      `,
      'src/app/api/meals/route.ts': `
        import { NextResponse } from 'next/server';
        import { stripe } from '../../../stripe';
        import { withGuest } from '../../../with-guest';

        export const POST = withGuest(async (request, guest) => {
          const { meal, key } = await request.json();
          await stripe.paymentIntents.create({ amount: meal.price, currency: 'eur', customer: guest }, { idempotencyKey: key });
          return NextResponse.json({ meal });
        });
      `,
    },
    audit: true,
  },

  {
    title: 'A tool of MCP charges per call with Braintree; fixed by looking the order up first',
    shared: {
      'src/db.ts': `
        import { Pool } from 'pg';

        export const db = new Pool();
      `,
    },
    defect: {
      'src/tools.ts': `
        import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
        import { BraintreeGateway } from 'braintree';
        import { z } from 'zod';

        const gateway = new BraintreeGateway({ environment, merchantId: 'm', publicKey: 'p', privateKey: process.env.BT_KEY! });
        const server = new McpServer({ name: 'shop', version: '1' });

        server.registerTool('pay', { inputSchema: { order: z.string(), amount: z.string() } }, async ({ order, amount }) => {
          await gateway.transaction.sale({ amount, orderId: order, paymentMethodNonce: 'nonce' }); // finds
          return { content: [] };
        });
      `,
    },
    correct: {
      'src/tools.ts': `
        import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
        import { BraintreeGateway } from 'braintree';
        import { z } from 'zod';
        import { db } from './db';

        const gateway = new BraintreeGateway({ environment, merchantId: 'm', publicKey: 'p', privateKey: process.env.BT_KEY! });
        const server = new McpServer({ name: 'shop', version: '1' });

        server.registerTool('pay', { inputSchema: { order: z.string(), amount: z.string() } }, async ({ order, amount }) => {
          const { rowCount } = await db.query('INSERT INTO payments (order_id) VALUES ($1) ON CONFLICT (order_id) DO NOTHING', [order]);
          if (rowCount === 0) return { content: [] };
          await gateway.transaction.sale({ amount, orderId: order, paymentMethodNonce: 'nonce' });
          return { content: [] };
        });
      `,
    },
  },

  {
    title: 'A Worker charges per request; fixed by the key in the body',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/worker.ts': `
        import { stripe } from './stripe';

        export default {
          async fetch(request: Request): Promise<Response> {
            const body = await request.json();
            const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }); // finds
            return Response.json({ id: intent.id });
          },
        };
      `,
    },
    correct: {
      'src/worker.ts': `
        import { stripe } from './stripe';

        export default {
          async fetch(request: Request): Promise<Response> {
            const body = await request.json();
            const intent = await stripe.paymentIntents.create({ amount: body.amount, currency: 'eur' }, { idempotencyKey: body.attempt });
            return Response.json({ id: intent.id });
          },
        };
      `,
    },
  },

  {
    title: 'A resolver of Mercurius charges per request; fixed by the key among its arguments',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/server.ts': `
        import Fastify from 'fastify';
        import mercurius from 'mercurius';
        import { schema } from './schema';
        import { stripe } from './stripe';

        const app = Fastify();

        const resolvers = {
          Mutation: {
            pledge: async (_parent: unknown, args: { amount: number; attempt: string }) => {
              const intent = await stripe.paymentIntents.create({ amount: args.amount, currency: 'eur' }); // finds
              return intent.id;
            },
          },
        };

        app.register(mercurius, { schema, resolvers });
      `,
    },
    correct: {
      'src/server.ts': `
        import Fastify from 'fastify';
        import mercurius from 'mercurius';
        import { schema } from './schema';
        import { stripe } from './stripe';

        const app = Fastify();

        const resolvers = {
          Mutation: {
            pledge: async (_parent: unknown, args: { amount: number; attempt: string }) => {
              const intent = await stripe.paymentIntents.create({ amount: args.amount, currency: 'eur' }, { idempotencyKey: args.attempt });
              return intent.id;
            },
          },
        };

        app.register(mercurius, { schema, resolvers });
      `,
    },
  },

  {
    title: 'A service of Feathers charges per request; fixed by the key in its data',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/app.ts': `
        import { feathers } from '@feathersjs/feathers';
        import { stripe } from './stripe';

        class PledgeService {
          async find() {
            return [];
          }

          async create(data: { amount: number; attempt: string }) {
            const intent = await stripe.paymentIntents.create({ amount: data.amount, currency: 'eur' }); // finds
            return { id: intent.id };
          }
        }

        export const app = feathers();
        app.use('pledges', new PledgeService());
      `,
    },
    correct: {
      'src/app.ts': `
        import { feathers } from '@feathersjs/feathers';
        import { stripe } from './stripe';

        class PledgeService {
          async find() {
            return [];
          }

          async create(data: { amount: number; attempt: string }) {
            const intent = await stripe.paymentIntents.create({ amount: data.amount, currency: 'eur' }, { idempotencyKey: data.attempt });
            return { id: intent.id };
          }
        }

        export const app = feathers();
        app.use('pledges', new PledgeService());
      `,
    },
  },
]);
