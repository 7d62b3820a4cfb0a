import { twins } from '../support/twins.ts';

const inngest = { 'src/inngest.ts': `
  import { Inngest } from 'inngest';

  export const inngest = new Inngest({ id: 'shop' });
` };

const prisma = { 'src/prisma.ts': `
  import { PrismaClient } from '@prisma/client';

  export const prisma = new PrismaClient();
` };

twins('no-effect-outside-step', [
  {
    title: 'Inngest: a row is added between two steps; fixed by a step of its own',
    shared: { ...inngest, ...prisma },
    defect: {
      'src/welcome.ts': `
        import { inngest } from './inngest';
        import { prisma } from './prisma';

        export const welcome = inngest.createFunction({ id: 'welcome' }, { event: 'user/created' }, async ({ event, step }) => {
          await step.sleep('a-day', '1d');
          await prisma.greeting.create({ data: { userId: event.data.id } }); // finds
          await step.sleep('another-day', '1d');
        });
      `,
    },
    correct: {
      'src/welcome.ts': `
        import { inngest } from './inngest';
        import { prisma } from './prisma';

        export const welcome = inngest.createFunction({ id: 'welcome' }, { event: 'user/created' }, async ({ event, step }) => {
          await step.sleep('a-day', '1d');
          await step.run('greet', () => prisma.greeting.create({ data: { userId: event.data.id } }));
          await step.sleep('another-day', '1d');
        });
      `,
    },
  },

  {
    title: 'Inngest: the mail is sent two calls away; fixed because the caller wraps it',
    shared: {
      ...inngest,
      'src/mails.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_KEY);

        export async function remind(to: string) {
          await resend.emails.send({ from: 'us@example.com', to, subject: 'Your trial ends', html: '' });
        }
      `,
    },
    defect: {
      'src/trial.ts': `
        import { inngest } from './inngest';
        import { remind } from './mails';

        export const trial = inngest.createFunction({ id: 'trial' }, { event: 'trial/started' }, async ({ event, step }) => {
          await step.sleep('almost-over', '12d');
          await remind(event.data.email); // finds
        });
      `,
      'src/mails.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_KEY);

        export async function remind(to: string) {
          await resend.emails.send({ from: 'us@example.com', to, subject: 'Your trial ends', html: '' });
        }
      `,
    },
    correct: {
      'src/trial.ts': `
        import { inngest } from './inngest';
        import { remind } from './mails';

        export const trial = inngest.createFunction({ id: 'trial' }, { event: 'trial/started' }, async ({ event, step }) => {
          await step.sleep('almost-over', '12d');
          await step.run('remind', () => remind(event.data.email));
        });
      `,
    },
  },

  {
    title: 'Inngest: the hour decides which step runs; fixed by asking for it in a step',
    shared: { ...inngest, ...prisma },
    defect: {
      'src/digest.ts': `
        import { inngest } from './inngest';
        import { prisma } from './prisma';

        export const digest = inngest.createFunction({ id: 'digest' }, { event: 'digest/due' }, async ({ event, step }) => {
          const hour = new Date().getHours();
          if (hour < 9) {
            await step.run('defer', () => prisma.digest.create({ data: { userId: event.data.id, deferred: true } })); // finds
          }
        });
      `,
    },
    correct: {
      'src/digest.ts': `
        import { inngest } from './inngest';
        import { prisma } from './prisma';

        export const digest = inngest.createFunction({ id: 'digest' }, { event: 'digest/due' }, async ({ event, step }) => {
          const hour = await step.run('hour', () => new Date().getHours());
          if (hour < 9) {
            await step.run('defer', () => prisma.digest.create({ data: { userId: event.data.id, deferred: true } }));
          }
        });
      `,
    },
  },

  {
    title: 'Cloudflare Workflows: an id made beside the steps is given to two of them; fixed by a step that makes it',
    shared: {
      'src/bookings.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export const addBooking = (id: string, room: string) => pool.query('INSERT INTO bookings (id, room) VALUES ($1, $2)', [id, room]);
        export const addInvoice = (bookingId: string) => pool.query('INSERT INTO invoices (booking_id) VALUES ($1)', [bookingId]);
      `,
    },
    defect: {
      'src/book.ts': `
        import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
        import { addBooking, addInvoice } from './bookings';

        export class Book extends WorkflowEntrypoint<unknown, { room: string }> {
          async run(event: WorkflowEvent<{ room: string }>, step: WorkflowStep) {
            const id = crypto.randomUUID();
            await step.do('booking', () => addBooking(id, event.payload.room));
            await step.do('invoice', () => addInvoice(id)); // finds
          }
        }
      `,
    },
    correct: {
      'src/book.ts': `
        import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
        import { addBooking, addInvoice } from './bookings';

        export class Book extends WorkflowEntrypoint<unknown, { room: string }> {
          async run(event: WorkflowEvent<{ room: string }>, step: WorkflowStep) {
            const id = await step.do('id', async () => crypto.randomUUID());
            await step.do('booking', () => addBooking(id, event.payload.room));
            await step.do('invoice', () => addInvoice(id));
          }
        }
      `,
    },
  },

  {
    title: 'Cloudflare Workflows: a charge in the body; fixed by a step with retries of its own',
    shared: {
      'src/stripe.ts': `
        import Stripe from 'stripe';

        export const stripe = new Stripe(process.env.STRIPE_KEY!);
      `,
    },
    defect: {
      'src/renew.ts': `
        import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
        import { stripe } from './stripe';

        export class Renew extends WorkflowEntrypoint {
          async run(event: WorkflowEvent<{ customer: string }>, step: WorkflowStep) {
            await stripe.paymentIntents.create({ amount: 900, currency: 'eur', customer: event.payload.customer }); // finds
            await step.sleep('a month', '30 days');
          }
        }
      `,
    },
    correct: {
      'src/renew.ts': `
        import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers';
        import { stripe } from './stripe';

        export class Renew extends WorkflowEntrypoint {
          async run(event: WorkflowEvent<{ customer: string }>, step: WorkflowStep) {
            await step.do('charge', { retries: { limit: 3, delay: 1000 } }, async () => {
              await stripe.paymentIntents.create({ amount: 900, currency: 'eur', customer: event.payload.customer });
            });
            await step.sleep('a month', '30 days');
          }
        }
      `,
    },
  },

  {
    title: 'DBOS: a workflow inserts by itself; fixed by a method that is a step',
    shared: {
      'src/db.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });
      `,
    },
    defect: {
      'src/checkout.ts': `
        import { DBOS } from '@dbos-inc/dbos-sdk';
        import { db } from './db';

        export class Checkout {
          static async reserve(sku: string) {
            await db('reservations').insert({ sku });
          }

          @DBOS.workflow()
          static async checkout(sku: string) {
            await Checkout.reserve(sku); // finds
            await DBOS.sleep(1000);
          }
        }
      `,
    },
    correct: {
      'src/checkout.ts': `
        import { DBOS } from '@dbos-inc/dbos-sdk';
        import { db } from './db';

        export class Checkout {
          @DBOS.step()
          static async reserve(sku: string) {
            await db('reservations').insert({ sku });
          }

          @DBOS.workflow()
          static async checkout(sku: string) {
            await Checkout.reserve(sku);
            await DBOS.sleep(1000);
          }
        }
      `,
    },
  },

  {
    title: 'Restate: a message goes out past the journal; fixed by run',
    shared: {
      'src/events.ts': `
        import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';

        const sns = new SNSClient({});

        export const announce = (id: string) => sns.send(new PublishCommand({ TopicArn: 'arn:orders', Message: id }));
      `,
    },
    defect: {
      'src/orders.ts': `
        import * as restate from '@restatedev/restate-sdk';
        import { announce } from './events';

        export const orders = restate.service({
          name: 'orders',
          handlers: {
            place: async (ctx: restate.Context, id: string) => {
              await ctx.sleep(1000);
              await announce(id); // finds
            },
          },
        });
      `,
    },
    correct: {
      'src/orders.ts': `
        import * as restate from '@restatedev/restate-sdk';
        import { announce } from './events';

        export const orders = restate.service({
          name: 'orders',
          handlers: {
            place: async (ctx: restate.Context, id: string) => {
              await ctx.sleep(1000);
              await ctx.run('announce', () => announce(id));
            },
          },
        });
      `,
    },
  },

  {
    title: 'Temporal: a workflow calls a service by itself; fixed by an activity',
    shared: {
      'src/activities.ts': `
        export async function ship(id: string) {
          await fetch(\`https://shipping.example.com/\${id}\`, { method: 'POST' });
        }
      `,
    },
    defect: {
      'src/workflows.ts': `
        import { proxyActivities, sleep } from '@temporalio/workflow';
        import type * as activities from './activities';

        const { ship } = proxyActivities<typeof activities>({ startToCloseTimeout: '1 minute' });

        export async function order(id: string) {
          await sleep('1 day');
          await ship(id);
          await fetch(\`https://ledger.example.com/\${id}\`, { method: 'POST' }); // finds
        }
      `,
    },
    correct: {
      'src/workflows.ts': `
        import { proxyActivities, sleep } from '@temporalio/workflow';
        import type * as activities from './activities';

        const { ship } = proxyActivities<typeof activities>({ startToCloseTimeout: '1 minute' });

        export async function order(id: string) {
          if (Date.now() % 2 === 0) await sleep('1 day');
          await ship(id);
        }
      `,
    },
  },

  {
    title: 'Trigger.dev, second version: a job inserts outside of its tasks; fixed by runTask',
    shared: {
      ...prisma,
      'src/client.ts': `
        import { TriggerClient } from '@trigger.dev/sdk';

        export const client = new TriggerClient({ id: 'app' });
      `,
    },
    defect: {
      'src/import.ts': `
        import { client } from './client';
        import { prisma } from './prisma';

        client.defineJob({
          id: 'import', name: 'import', version: '1',
          run: async (payload: { url: string }, io) => {
            await io.wait('a while', 60);
            await prisma.import.create({ data: { url: payload.url } }); // finds
          },
        });
      `,
    },
    correct: {
      'src/import.ts': `
        import { client } from './client';
        import { prisma } from './prisma';

        client.defineJob({
          id: 'import', name: 'import', version: '1',
          run: async (payload: { url: string }, io) => {
            await io.wait('a while', 60);
            await io.runTask('import', async () => prisma.import.create({ data: { url: payload.url } }));
          },
        });
      `,
    },
  },
]);
