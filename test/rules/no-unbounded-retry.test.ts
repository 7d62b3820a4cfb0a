import { twins } from '../support/twins.ts';

const sleep = { 'src/sleep.ts': 'export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\n' };
const worker = (body: string): string => `
  import { Worker } from 'bullmq';
  import { sleep } from './sleep';
  import { deliver } from './deliver';

  export const worker = new Worker('webhooks', async (job) => {
    ${body}
  });
`;
const deliver = {
  ...sleep,
  'src/deliver.ts': `
    export async function deliver(url: string, body: string) {
      const response = await fetch(url, { method: 'POST', body, signal: AbortSignal.timeout(5000) });
      if (!response.ok) throw new Error(String(response.status));
    }
  `,
};

const route = (head: string, handler: string): string => `
  import { Router } from 'express';
  import axios from 'axios';
  import { sleep } from './sleep';

  const quotes = axios.create({ baseURL: 'https://quotes.example', timeout: 2000 });

  export const router = Router();

  async function quote(symbol: string) {
    ${head}
      try {
        const { data } = await quotes.get(\`/\${symbol}\`);
        return data.price;
      } catch (error) {
        ${handler}
      }
    }
  }

  router.get('/quotes/:symbol', async (req, res) => {
    res.json({ price: await quote(req.params.symbol) });
  });
`;

const lambda = (retry: string, imports = "import { retry } from 'es-toolkit';"): string => `
  import { SNSClient, PublishCommand } from '@aws-sdk/client-sns';
  import type { SQSHandler } from 'aws-lambda';
  ${imports}

  const sns = new SNSClient({});

  class Alerts {
    async raise(text: string) {
      await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: text }));
    }
  }

  const alerts = new Alerts();

  export const handler: SQSHandler = async (event) => {
    for (const record of event.Records) {
      ${retry}
    }
  };
`;

twins('no-unbounded-retry', [
  {
    title: 'a job that delivers until it succeeds; gives up after some attempts',
    shared: deliver,
    defect: { 'src/worker.ts': worker('while (true) { // finds\n      try {\n        await deliver(job.data.url, job.data.body);\n        break;\n      } catch (error) {\n        await sleep(5000);\n      }\n    }') },
    correct: { 'src/worker.ts': worker('let attempt = 0;\n    while (true) {\n      try {\n        await deliver(job.data.url, job.data.body);\n        break;\n      } catch (error) {\n        if (++attempt > 5) throw error;\n        await sleep(5000 * attempt);\n      }\n    }') },
  },
  {
    title: 'a route that waits as long as the other side fails; until a deadline',
    shared: sleep,
    defect: { 'src/routes.ts': route('for (;;) { // finds', 'await sleep(200);') },
    correct: { 'src/routes.ts': route('const end = Date.now() + 10_000;\n    for (;;) {', 'if (Date.now() > end) throw error;\n        await sleep(200);') },
  },
  {
    title: 'a route whose loop has no test; a loop with a count',
    shared: sleep,
    defect: { 'src/routes.ts': route('let pause = 100;\n    while (true) { // finds', 'console.warn(error);\n        await sleep(pause);\n        pause *= 2;') },
    correct: { 'src/routes.ts': route('let pause = 100;\n    for (let attempt = 0; attempt < 6; attempt += 1) {', 'console.warn(error);\n        await sleep(pause);\n        pause *= 2;') },
  },
  {
    title: 'es-toolkit retries for ever by default; with a count',
    defect: { 'src/handler.ts': lambda('await retry(() => alerts.raise(record.body)); // finds') },
    correct: { 'src/handler.ts': lambda('await retry(() => alerts.raise(record.body), 4);') },
  },
  {
    title: 'es-toolkit with a pause and no count; with both',
    defect: { 'src/handler.ts': lambda('await retry(() => alerts.raise(record.body), { delay: 100 }); // finds') },
    correct: { 'src/handler.ts': lambda('await retry(() => alerts.raise(record.body), { delay: 100, retries: 4 });') },
  },
  {
    title: 'p-retry for ever; with a count',
    defect: { 'src/handler.ts': lambda('await pRetry(() => alerts.raise(record.body), { retries: Infinity }); // finds', "import pRetry from 'p-retry';") },
    correct: { 'src/handler.ts': lambda('await pRetry(() => alerts.raise(record.body), { retries: 4 });', "import pRetry from 'p-retry';") },
  },
  {
    title: 'a loop in the handler of a queue that never gives a message up; one that hands it back',
    defect: {
      'src/handler.ts': lambda(`for (;;) { // finds
        try {
          await alerts.raise(record.body);
          break;
        } catch (error) {
          console.error(error);
        }
      }`, ''),
    },
    correct: {
      'src/handler.ts': lambda(`for (let attempt = 0; ; attempt += 1) {
        try {
          await alerts.raise(record.body);
          break;
        } catch (error) {
          if (attempt === 4) throw error;
        }
      }`, ''),
    },
  },
  {
    title: 'a loop that ends with success only; one that a stop ends too',
    shared: deliver,
    defect: { 'src/worker.ts': worker('let done = false;\n    while (true) { // finds\n      try {\n        await deliver(job.data.url, job.data.body);\n        done = true;\n        break;\n      } catch (error) {\n        await sleep(5000);\n      }\n    }\n    return done;') },
    correct: { 'src/worker.ts': worker('let tries = 0;\n    while (tries < 9) {\n      try {\n        await deliver(job.data.url, job.data.body);\n        break;\n      } catch (error) {\n        tries += 1;\n        await sleep(5000);\n      }\n    }\n    return tries;') },
  },

  {
    title: 'RabbitMQ: a message that fails goes back into its queue; once, and then to the dead letters',
    certainty: 'likely',
    shared: {
      'src/labels.ts': `
        import axios from 'axios';

        export const print = (parcel: string) => axios.post('https://carrier.example/labels', { parcel }, { timeout: 2000 });
      `,
    },
    defect: {
      'src/worker.ts': `
        import amqp from 'amqplib';
        import { print } from './labels';

        const connection = await amqp.connect(process.env.AMQP_URL!);
        const channel = await connection.createChannel();
        await channel.prefetch(10);

        await channel.consume('labels', async (message) => {
          if (message === null) return;
          try {
            await print(JSON.parse(message.content.toString()).parcel);
            channel.ack(message);
          } catch (error) {
            console.error(error);
            channel.nack(message); // finds
          }
        });
      `,
    },
    correct: {
      'src/worker.ts': `
        import amqp from 'amqplib';
        import { print } from './labels';

        const connection = await amqp.connect(process.env.AMQP_URL!);
        const channel = await connection.createChannel();
        await channel.prefetch(10);

        await channel.consume('labels', async (message) => {
          if (message === null) return;
          try {
            await print(JSON.parse(message.content.toString()).parcel);
            channel.ack(message);
          } catch (error) {
            console.error(error);
            channel.nack(message, false, !message.fields.redelivered);
          }
        });
      `,
    },
  },
  {
    title: 'RabbitMQ: nothing looks at the message before it goes back; something out of view has, and may know how often it came',
    certainty: 'likely',
    defect: {
      'src/worker.ts': `
        import amqp from 'amqplib';
        import { Pool } from 'pg';

        const pool = new Pool();
        const channel = await (await amqp.connect(process.env.AMQP_URL!)).createChannel();
        await channel.prefetch(5);

        await channel.consume('letters', async (message) => {
          if (message === null) return;
          try {
            await pool.query('UPDATE letters SET sent = true WHERE id = $1', [message.content.toString()]);
            channel.ack(message);
          } catch {
            channel.reject(message); // finds
          }
        });
      `,
    },
    correct: {
      'src/worker.ts': `
        import amqp from 'amqplib';
        import { Pool } from 'pg';
        import { isSpent } from '@post/deliveries';

        const pool = new Pool();
        const channel = await (await amqp.connect(process.env.AMQP_URL!)).createChannel();
        await channel.prefetch(5);

        await channel.consume('letters', async (message) => {
          if (message === null || isSpent(message)) return;
          try {
            await pool.query('UPDATE letters SET sent = true WHERE id = $1', [message.content.toString()]);
            channel.ack(message);
          } catch {
            channel.reject(message);
          }
        });
      `,
    },
  },
  {
    title: 'a channel wrapper rejects what fails, through a class of the project; asks first how often it came',
    certainty: 'likely',
    audit: true,
    shared: {
      'src/main.ts': `
        import { connect } from 'amqp-connection-manager';
        import { Consumer } from './consumer';

        const wrapper = connect(['amqp://broker']).createChannel();
        const consumer = new Consumer(wrapper);
        await wrapper.consume('invoices', (message) => consumer.take(message), { prefetch: 5 });
      `,
      'src/invoices.ts': `
        import { Pool } from 'pg';

        const pool = new Pool();

        export const book = (id: string) => pool.query('UPDATE invoices SET booked = true WHERE id = $1', [id]);
      `,
    },
    defect: {
      'src/consumer.ts': `
        import type { ChannelWrapper } from 'amqp-connection-manager';
        import type { ConsumeMessage } from 'amqplib';
        import { book } from './invoices';

        export class Consumer {
          constructor(private readonly channel: ChannelWrapper) {}

          async take(message: ConsumeMessage) {
            try {
              await book(message.content.toString());
              this.channel.ack(message);
            } catch {
              this.channel.nack(message, false, true); // finds
            }
          }
        }
      `,
    },
    correct: {
      'src/consumer.ts': `
        import type { ChannelWrapper } from 'amqp-connection-manager';
        import type { ConsumeMessage } from 'amqplib';
        import { book } from './invoices';

        export class Consumer {
          constructor(private readonly channel: ChannelWrapper) {}

          async take(message: ConsumeMessage) {
            try {
              await book(message.content.toString());
              this.channel.ack(message);
            } catch {
              const deaths = message.properties.headers?.['x-delivery-count'] ?? 0;
              if (deaths < 5) this.channel.nack(message, false, true);
              else this.channel.nack(message, false, false);
            }
          }
        }
      `,
    },
  },

  {
    title: 'a row that is put off each time its delivery fails; not after the tenth time',
    certainty: 'likely',
    defect: {
      'src/notices.ts': `
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function deliverNext() {
          const notice = await prisma.notice.findFirst({ where: { dueAt: { lte: new Date() } } });
          if (notice === null) return;
          try {
            await axios.post(notice.url, { id: notice.id }, { timeout: 3000 });
            await prisma.notice.delete({ where: { id: notice.id } });
          } catch {
            await prisma.notice.update({ where: { id: notice.id }, data: { tries: notice.tries + 1, dueAt: new Date(Date.now() + 60_000 * notice.tries) } }); // finds
          }
        }
      `,
    },
    correct: {
      'src/notices.ts': `
        import axios from 'axios';
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function deliverNext() {
          const notice = await prisma.notice.findFirst({ where: { dueAt: { lte: new Date() } } });
          if (notice === null) return;
          try {
            await axios.post(notice.url, { id: notice.id }, { timeout: 3000 });
            await prisma.notice.delete({ where: { id: notice.id } });
          } catch {
            if (notice.tries >= 10) return prisma.notice.delete({ where: { id: notice.id } });
            await prisma.notice.update({ where: { id: notice.id }, data: { tries: notice.tries + 1, dueAt: new Date(Date.now() + 60_000 * notice.tries) } });
          }
        }
      `,
    },
  },

  {
    title: 'Knex rows put off in a function that a round calls; a column that is empty after the last attempt',
    certainty: 'likely',
    shared: {
      'src/hooks.ts': `
        export const post = (url: string, id: string) => fetch(url, { method: 'POST', body: id, signal: AbortSignal.timeout(2000) });
      `,
    },
    defect: {
      'src/calls.ts': `
        import knex from 'knex';
        import { post } from './hooks';

        const db = knex({ client: 'pg' });

        async function deliver(call: { id: string; url: string; attempts: number }) {
          try {
            await post(call.url, call.id);
            await db('calls').where({ id: call.id }).update({ next_at: null });
          } catch {
            const attempts = call.attempts + 1;
            await db('calls').where({ id: call.id }).update({ attempts, next_at: new Date(Date.now() + Math.min(attempts, 6) * 10_000) });
          }
        }

        export async function round() {
          const due = await db('calls').where('next_at', '<=', new Date()).limit(20);
          for (const call of due) await deliver(call); // finds
        }
      `,
    },
    correct: {
      'src/calls.ts': `
        import knex from 'knex';
        import { post } from './hooks';

        const db = knex({ client: 'pg' });

        async function deliver(call: { id: string; url: string; attempts: number }) {
          try {
            await post(call.url, call.id);
            await db('calls').where({ id: call.id }).update({ next_at: null });
          } catch {
            const attempts = call.attempts + 1;
            await db('calls').where({ id: call.id }).update({ attempts, next_at: attempts < 8 ? new Date(Date.now() + Math.min(attempts, 6) * 10_000) : null });
          }
        }

        export async function round() {
          const due = await db('calls').where('next_at', '<=', new Date()).limit(20);
          for (const call of due) await deliver(call);
        }
      `,
    },
  },

  {
    title: 'rows picked whatever their count; rows that were not tried five times',
    certainty: 'likely',
    shared: {
      'src/hooks.ts': `
        export const post = (url: string, id: string) => fetch(url, { method: 'POST', body: id, signal: AbortSignal.timeout(2000) });
      `,
    },
    defect: {
      'src/calls.ts': `
        import knex from 'knex';
        import { post } from './hooks';

        const db = knex({ client: 'pg' });

        async function deliver(call: { id: string; url: string; attempts: number }) {
          try {
            await post(call.url, call.id);
            await db('calls').where({ id: call.id }).update({ next_at: null });
          } catch {
            const attempts = call.attempts + 1;
            await db('calls').where({ id: call.id }).update({ attempts, next_at: new Date(Date.now() + Math.min(attempts, 6) * 10_000) });
          }
        }

        export async function round() {
          const due = await db('calls').where('next_at', '<=', new Date()).where('kind', 'order').limit(20);
          for (const call of due) await deliver(call); // finds
        }
      `,
    },
    correct: {
      'src/calls.ts': `
        import knex from 'knex';
        import { post } from './hooks';

        const db = knex({ client: 'pg' });

        async function deliver(call: { id: string; url: string; attempts: number }) {
          try {
            await post(call.url, call.id);
            await db('calls').where({ id: call.id }).update({ next_at: null });
          } catch {
            const attempts = call.attempts + 1;
            await db('calls').where({ id: call.id }).update({ attempts, next_at: new Date(Date.now() + Math.min(attempts, 6) * 10_000) });
          }
        }

        export async function round() {
          const due = await db('calls').where('next_at', '<=', new Date()).where('attempts', '<', 5).limit(20);
          for (const call of due) await deliver(call);
        }
      `,
    },
  },
]);
