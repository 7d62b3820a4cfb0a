import { twins } from '../support/twins.ts';

/** Twins whose files differ in a few words: the text of the defect and what takes its place. */
const swapped = (text: string, ...changes: readonly (readonly [string, string])[]): string => {
  let right = text.replaceAll(/ \/\/ finds$/gm, '');
  for (const [from, to] of changes) {
    if (!right.includes(from)) throw new Error(`no "${from}" in the defect`);
    right = right.replace(from, to);
  }
  return right;
};

const refundTask = `
  import pRetry from 'p-retry';
  import { payments } from './payments';

  export const refund = (intent: string, amount: number) => pRetry(() => payments.refund(intent, amount), { retries: 4 });
`;
const paymentsOf = (call: string): string => `
  import { randomUUID } from 'node:crypto';
  import Stripe from 'stripe';

  export class Payments {
    constructor(private readonly stripe: Stripe) {}

    async refund(intent: string, amount: number) {
      ${call}
    }
  }

  export const payments = new Payments(new Stripe(process.env.STRIPE_KEY!));
`;

const receipt = `
  import express, { Router } from 'express';
  import { Resend } from 'resend';
  import Stripe from 'stripe';

  const stripe = new Stripe(process.env.STRIPE_KEY!);
  const resend = new Resend(process.env.RESEND_API_KEY);

  export const webhooks = Router();

  webhooks.post('/stripe', express.raw({ type: 'application/json' }), async (req, res) => {
    const event = stripe.webhooks.constructEvent(req.body, req.header('stripe-signature')!, process.env.STRIPE_SECRET!);
    if (event.type === 'invoice.paid') {
      const { error } = await resend.emails.send({ from: 'billing@example.com', to: event.data.object.customer_email!, subject: 'Thank you', text: 'Paid.' }); // finds
      if (error) throw new Error(error.message);
    }
    res.sendStatus(200);
  });
`;

const mailer = (parameters: string, options: string): string => `
  import { Resend } from 'resend';

  const resend = new Resend(process.env.RESEND_API_KEY);

  export interface Mail { to: string; subject: string; text: string; headers?: Record<string, string> }

  const toResend = (mail: Mail) => ({ from: 'shop@example.com', ...mail });

  export async function sendAll(mails: Mail[]${parameters}) {
    return resend.batch.send(mails.map(toResend)${options});
  }
`;

const reminders = (given: string): string => `
  import { Receiver } from '@upstash/qstash';
  import { sendAll } from '../../../mailer';

  const receiver = new Receiver({ currentSigningKey: process.env.KEY!, nextSigningKey: process.env.NEXT_KEY! });

  export async function POST(request: Request) {
    const body = await request.text();
    await receiver.verify({ signature: request.headers.get('upstash-signature')!, body });
    const { campaign, page, addresses } = JSON.parse(body);
    ${given}
    return Response.json({ campaign, page });
  }
`;

const worker = `
  import { Job, Queue, Worker } from 'bullmq';
  import { carriers } from './carriers';

  export const shipments = new Queue('shipments', { defaultJobOptions: { attempts: 5 } });

  export const start = () => new Worker('shipments', async (job: Job) => carriers.book(job.data.address, job.id!));
`;

const carriers = `
  import axios from 'axios';

  class Carriers {
    private readonly http = axios.create({ baseURL: 'https://api.carrier.example', timeout: 5000 });

    async book(address: string, key: string) {
      const { data } = await this.http.post('/bookings', { address }); // finds
      return data.id;
    }
  }

  export const carriers = new Carriers();
`;

const followUp = `
  import { Queue, Worker } from 'bullmq';

  const invoices = new Queue('invoices');
  export const orders = new Queue('orders', { defaultJobOptions: { attempts: 3 } });

  export const start = () => new Worker('orders', async (job) => {
    await invoices.add('issue', { orderId: job.data.orderId }); // finds
  });
`;

const dispatcher = `
  import { Queue } from 'bullmq';
  import { DataSource } from 'typeorm';
  import { Waiting } from './waiting.entity';

  export class Dispatcher {
    private readonly queue = new Queue('parcels');

    constructor(private readonly database: DataSource) {
      this.start();
    }

    private start() {
      void this.run();
    }

    private async run() {
      for (;;) {
        const rows = await this.database.getRepository(Waiting).find({ order: { id: 'ASC' }, take: 100 });
        for (const row of rows) {
          await this.queue.add(row.kind, row.payload); // finds
          await this.database.getRepository(Waiting).delete({ id: row.id });
        }
        await new Promise((resolve) => setTimeout(resolve, 3000));
      }
    }
  }
`;

const schedule = `
  'use server';
  import Stripe from 'stripe';

  const stripe = new Stripe(process.env.STRIPE_KEY!);

  export async function plan(subscription: string, customer: string, price: string) {
    const { id } = await stripe.subscriptionSchedules.create({ customer, phases: [{ items: [{ price }] }] }); // finds
    return { id, subscription };
  }
`;

const outgoing = `
  import { CronJob } from 'cron';
  import { PrismaClient } from '@prisma/client';
  import { mail } from './mailer';

  const prisma = new PrismaClient();

  export const job = new CronJob('* * * * *', async () => {
    const rows = await prisma.outgoing.findMany({ where: { state: 'waiting' }, orderBy: { id: 'asc' }, take: 50 });
    for (const row of rows) {
      const { error } = await mail(row.to, row.subject); // finds
      if (error) continue;
      await prisma.outgoing.update({ where: { id: row.id }, data: { state: 'sent' } });
    }
  });
`;

twins('require-idempotency-key', [
  {
    title: 'p-retry around a Stripe refund in a service; the key is given',
    audit: true,
    defect: { 'src/refund.ts': refundTask, 'src/payments.ts': paymentsOf('return this.stripe.refunds.create({ payment_intent: intent, amount }); // finds') },
    correct: { 'src/refund.ts': refundTask, 'src/payments.ts': paymentsOf('return this.stripe.refunds.create({ payment_intent: intent, amount }, { idempotencyKey: `refund/${intent}/${amount}` });') },
  },
  {
    title: 'key made inside of what is retried; made once, outside',
    audit: true,
    defect: { 'src/refund.ts': refundTask, 'src/payments.ts': paymentsOf('return this.stripe.refunds.create({ payment_intent: intent, amount }, { idempotencyKey: `refund/${randomUUID()}` }); // finds') },
    correct: {
      'src/payments.ts': paymentsOf('return intent;').replace('async refund(intent: string, amount: number) {', 'async refund(intent: string, amount: number, key = randomUUID()) {').replace('return intent;', 'return this.stripe.refunds.create({ payment_intent: intent, amount }, { idempotencyKey: key });'),
      'src/refund.ts': `
        import { randomUUID } from 'node:crypto';
        import pRetry from 'p-retry';
        import { payments } from './payments';

        export const refund = (intent: string, amount: number) => {
          const key = randomUUID();
          return pRetry(() => payments.refund(intent, amount, key), { retries: 4 });
        };
      `,
    },
  },
  {
    title: 'Stripe webhook mails through Resend; the event id is the key',
    defect: { 'src/webhooks.ts': receipt },
    correct: { 'src/webhooks.ts': swapped(receipt, ["text: 'Paid.' })", "text: 'Paid.' }, { idempotencyKey: event.id })"]) },
  },
  {
    title: 'batch of mails through a wrapper in a route that a queue calls; the wrapper takes a key',
    defect: {
      'src/mailer.ts': mailer('', ''),
      'app/api/reminders/route.ts': reminders("await sendAll(addresses.map((to: string) => ({ to, subject: 'Reminder', text: campaign }))); // finds").replace('../../../mailer', '../../../src/mailer'),
    },
    correct: {
      'src/mailer.ts': mailer(', options?: { idempotencyKey?: string }', ', options?.idempotencyKey ? { idempotencyKey: options.idempotencyKey } : undefined'),
      'app/api/reminders/route.ts': reminders("await sendAll(addresses.map((to: string) => ({ to, subject: 'Reminder', text: campaign })), { idempotencyKey: `reminder/${campaign}/${page}` });").replace('../../../mailer', '../../../src/mailer'),
    },
  },
  {
    title: 'the wrapper takes a key that this caller does not give; a caller that does',
    shared: { 'src/mailer.ts': mailer(', options?: { idempotencyKey?: string }', ', options?.idempotencyKey ? { idempotencyKey: options.idempotencyKey } : undefined') },
    defect: { 'app/api/reminders/route.ts': reminders("await sendAll(addresses.map((to: string) => ({ to, subject: 'Reminder', text: campaign }))); // finds").replace('../../../mailer', '../../../src/mailer') },
    correct: { 'app/api/reminders/route.ts': reminders("await sendAll(addresses.map((to: string) => ({ to, subject: 'Reminder', text: campaign })), { idempotencyKey: `${campaign}-${page}` });").replace('../../../mailer', '../../../src/mailer') },
  },
  {
    title: 'key in the header map of each mail, which becomes a mail header; key in the options of the call',
    defect: {
      'src/mailer.ts': mailer('', ''),
      'app/api/reminders/route.ts': reminders("await sendAll(addresses.map((to: string) => ({ to, subject: 'Reminder', text: campaign, headers: { 'Idempotency-Key': `${campaign}-${page}` } }))); // finds").replace('../../../mailer', '../../../src/mailer'),
    },
    correct: {
      'src/mailer.ts': mailer(', idempotencyKey: string', ', { idempotencyKey }'),
      'app/api/reminders/route.ts': reminders("await sendAll(addresses.map((to: string) => ({ to, subject: 'Reminder', text: campaign })), `${campaign}-${page}`);").replace('../../../mailer', '../../../src/mailer'),
    },
  },
  {
    title: 'BullMQ job books a parcel with a POST through an Axios client; the job id goes along in a header',
    audit: true,
    certainty: 'likely',
    defect: { 'src/worker.ts': worker, 'src/carriers.ts': carriers },
    correct: { 'src/worker.ts': worker, 'src/carriers.ts': swapped(carriers, ["{ address })", "{ address }, { headers: { 'Idempotency-Key': key } })"]) },
  },
  {
    title: 'the POST carries its key in the body',
    audit: true,
    certainty: 'likely',
    defect: { 'src/worker.ts': worker, 'src/carriers.ts': carriers },
    correct: { 'src/worker.ts': worker, 'src/carriers.ts': swapped(carriers, ['{ address })', '{ address, idempotency_key: key })']) },
  },
  {
    title: 'key that counts the attempts of the job; key of the job alone',
    defect: {
      'src/worker.ts': `
        import { Job, Queue, Worker } from 'bullmq';
        import Stripe from 'stripe';

        const stripe = new Stripe(process.env.STRIPE_KEY!);
        export const payouts = new Queue('payouts', { defaultJobOptions: { attempts: 5 } });

        export const start = () => new Worker('payouts', async (job: Job) => {
          await stripe.transfers.create({ amount: job.data.amount, currency: 'eur', destination: job.data.account }, { idempotencyKey: \`\${job.id}-\${job.attemptsMade}\` }); // finds
        });
      `,
    },
    correct: {
      'src/worker.ts': `
        import { Job, Queue, Worker } from 'bullmq';
        import Stripe from 'stripe';

        const stripe = new Stripe(process.env.STRIPE_KEY!);
        export const payouts = new Queue('payouts', { defaultJobOptions: { attempts: 5 } });

        export const start = () => new Worker('payouts', async (job: Job) => {
          await stripe.transfers.create({ amount: job.data.amount, currency: 'eur', destination: job.data.account }, { idempotencyKey: \`\${job.id}-\${job.data.account}\` });
        });
      `,
    },
  },
  {
    title: 'job that enqueues the next one; under a job id',
    certainty: 'likely',
    defect: { 'src/orders.ts': followUp },
    correct: { 'src/orders.ts': swapped(followUp, ['{ orderId: job.data.orderId })', '{ orderId: job.data.orderId }, { jobId: `issue-${job.data.orderId}` })']) },
  },
  {
    title: 'off-session charge in a server action under a random key; under a key of order and amount',
    certainty: 'likely',
    shared: {
      'src/credits.ts': `
        import Stripe from 'stripe';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function charge(customer: string, amount: number, idempotencyKey: string) {
          return stripe.paymentIntents.create({ customer, amount, currency: 'eur', off_session: true, confirm: true }, { idempotencyKey });
        }
      `,
    },
    defect: {
      'src/actions.ts': `
        'use server';
        import { randomUUID } from 'node:crypto';
        import { charge } from './credits';

        export async function buy(customer: string, amount: number) {
          const intent = await charge(customer, amount, randomUUID()); // finds
          return intent.status;
        }
      `,
    },
    correct: {
      'src/actions.ts': `
        'use server';
        import { charge } from './credits';

        export async function buy(customer: string, amount: number) {
          const window = Math.floor(Date.now() / 30_000);
          const intent = await charge(customer, amount, \`buy-\${customer}-\${amount}-\${window}\`);
          return intent.status;
        }
      `,
    },
  },
  {
    title: 'waiting rows handed to a BullMQ queue by a loop that the constructor starts, then taken away; under the id of the row',
    certainty: 'likely',
    defect: { 'src/dispatcher.ts': dispatcher },
    correct: { 'src/dispatcher.ts': swapped(dispatcher, ['row.payload)', 'row.payload, { jobId: row.id })']) },
  },
  {
    title: 'mails that wait in a table, marked once they are sent; the id of the row is the key',
    certainty: 'likely',
    shared: {
      'src/mailer.ts': `
        import { Resend } from 'resend';

        const resend = new Resend(process.env.RESEND_API_KEY);

        export const mail = (to: string, subject: string, idempotencyKey?: string) => resend.emails.send({ from: 'news@example.com', to, subject, text: subject }, { idempotencyKey });
      `,
    },
    defect: { 'src/outgoing.ts': outgoing },
    correct: { 'src/outgoing.ts': swapped(outgoing, ['row.subject);', 'row.subject, `outgoing-${row.id}`);']) },
  },
  {
    title: 'a schedule from phases, each call of which makes another; one of a subscription, which has one at most',
    certainty: 'likely',
    defect: { 'src/plans.ts': schedule },
    correct: { 'src/plans.ts': swapped(schedule, ["{ customer, phases: [{ items: [{ price }] }] }", '{ from_subscription: subscription }']) },
  },
  {
    title: 'charge in a Nest resolver through an injected service; keyed by the order',
    audit: true,
    certainty: 'likely',
    shared: {
      'src/orders.resolver.ts': `
        import { Args, Mutation, Resolver } from '@nestjs/graphql';
        import { PaymentsService } from './payments.service';

        @Resolver()
        export class OrdersResolver {
          constructor(private readonly payments: PaymentsService) {}

          @Mutation(() => String)
          pay(@Args('order') order: string) {
            return this.payments.intent(order, 100);
          }
        }
      `,
    },
    defect: {
      'src/payments.service.ts': `
        import { Injectable } from '@nestjs/common';
        import Stripe from 'stripe';

        @Injectable()
        export class PaymentsService {
          private readonly stripe = new Stripe(process.env.STRIPE_KEY!);

          async intent(order: string, amount: number) {
            const { client_secret } = await this.stripe.paymentIntents.create({ amount, currency: 'eur', metadata: { order } }); // finds
            return client_secret;
          }
        }
      `,
    },
    correct: {
      'src/payments.service.ts': `
        import { Injectable } from '@nestjs/common';
        import Stripe from 'stripe';

        @Injectable()
        export class PaymentsService {
          private readonly stripe = new Stripe(process.env.STRIPE_KEY!);

          async intent(order: string, amount: number) {
            const { client_secret } = await this.stripe.paymentIntents.create({ amount, currency: 'eur', metadata: { order } }, { idempotencyKey: \`\${order}-\${amount}\` });
            return client_secret;
          }
        }
      `,
    },
  },

  {
    title: 'a customer made for whoever presses the button; under the key of the member',
    certainty: 'likely',
    defect: {
      'app/join/actions.ts': `
        'use server';

        import Stripe from 'stripe';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function join(member: string, email: string) {
          const { id } = await stripe.customers.create({ email, metadata: { member } }); // finds
          return id;
        }
      `,
    },
    correct: {
      'app/join/actions.ts': `
        'use server';

        import Stripe from 'stripe';

        const stripe = new Stripe(process.env.STRIPE_KEY!);

        export async function join(member: string, email: string) {
          const { id } = await stripe.customers.create({ email, metadata: { member } }, { idempotencyKey: \`join-\${member}\` });
          return id;
        }
      `,
    },
  },
]);
