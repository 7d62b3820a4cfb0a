import { twins } from '../support/twins.ts';

const loop = (call: string, marker = ''): string => `
  for (let attempt = 0; attempt < 4; attempt += 1) {${marker}
    try {
      return await ${call};
    } catch (error) {
      if (attempt === 3) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt * Math.random()));
    }
  }
`;

const uploads = (options: string, marker = ''): string => `
  import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

  const s3 = new S3Client(${options});

  export async function upload(name: string, text: string) {
    ${loop("s3.send(new PutObjectCommand({ Bucket: 'reports', Key: name, Body: text }))", marker)}
  }
`;

const charges = (options: string): string => `
  import Stripe from 'stripe';

  const stripe = new Stripe('sk', ${options});

  export const charge = (customer: string, amount: number, key: string) => stripe.paymentIntents.create({ amount, currency: 'eur', customer }, { idempotencyKey: key });
`;

const again = `
  export async function again<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        console.warn(error);
        await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** attempt * Math.random()));
      }
    }
    throw new Error('gave up');
  }
`;

const prices = (retry: string, inner: string): string => `
  import axios from 'axios';
  import pRetry from 'p-retry';

  ${inner}

  export const priceOf = (sku: string) => ${retry}
`;

const worker = (defaults: string, inside: string): Record<string, string> => ({
  'src/queue.ts': `
    import { Queue } from 'bullmq';

    export const labels = new Queue('labels', { defaultJobOptions: ${defaults} });
  `,
  'src/worker.ts': `
    import { Worker } from 'bullmq';
    import axios from 'axios';
    import pRetry from 'p-retry';

    new Worker('labels', async (job) => {
      ${inside}
    });
  `,
});

twins('no-retry-amplification', [
  {
    title: 'a loop around a client that tries again by itself; whose own attempts are switched off',
    defect: { 'src/uploads.ts': uploads('{}', ' // finds') },
    correct: { 'src/uploads.ts': uploads('{ maxAttempts: 1 }') },
  },
  {
    title: 'a helper around the charge of another file; a client without retries',
    shared: {
      'src/again.ts': again.replace('attempt += 1) {', 'attempt += 1) { // finds'),
      'src/settle.ts': `
        import { again } from './again';
        import { charge } from './charges';

        export const settle = (customer: string, amount: number, invoice: string) => again(() => charge(customer, amount, invoice));
      `,
    },
    audit: true,
    defect: { 'src/charges.ts': charges("{ apiVersion: '2025-01-27.acacia' }") },
    correct: { 'src/charges.ts': charges("{ apiVersion: '2025-01-27.acacia', maxNetworkRetries: 0 }") },
  },
  {
    title: 'p-retry around a function that retries; around one that does not',
    defect: { 'src/prices.ts': prices('pRetry(() => load(sku), { retries: 3 }); // finds', `async function load(sku: string) {${loop('axios.get(`https://prices.example/${sku}`, { timeout: 2000 })')}}`) },
    correct: { 'src/prices.ts': prices('pRetry(() => load(sku), { retries: 3 });', 'const load = (sku: string) => axios.get(`https://prices.example/${sku}`, { timeout: 2000 });') },
  },
  {
    title: 'a model asked in a retry, with the client\'s default; with maxRetries 0 for this call',
    defect: {
      'src/summary.ts': `
        import OpenAI from 'openai';
        import retry from 'async-retry';

        const openai = new OpenAI({ timeout: 20_000 });

        export const summarise = (text: string) =>
          retry(() => openai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: text }] }), { retries: 4 }); // finds
      `,
    },
    correct: {
      'src/summary.ts': `
        import OpenAI from 'openai';
        import retry from 'async-retry';

        const openai = new OpenAI({ timeout: 20_000 });

        export const summarise = (text: string) =>
          retry(() => openai.chat.completions.create({ model: 'small', messages: [{ role: 'user', content: text }] }, { maxRetries: 0 }), { retries: 4 });
      `,
    },
  },
  {
    title: 'a job that is run five times, with a retry in it; that leaves trying to its queue',
    audit: true,
    defect: worker("{ attempts: 5, backoff: { type: 'exponential', delay: 1000 } }", "await pRetry(() => axios.post('https://labels.example', job.data, { timeout: 2000 }), { retries: 3 }); // finds"),
    correct: worker("{ attempts: 5, backoff: { type: 'exponential', delay: 1000 } }", "await axios.post('https://labels.example', job.data, { timeout: 2000 });"),
  },
  {
    title: 'a function that calls itself around a client that retries; around fetch',
    defect: {
      'src/exchange.ts': `
        import ky from 'ky';

        export async function exchange(currency: string, left = 3, pause = 200): Promise<unknown> {
          try {
            return await ky.get(\`https://rates.example/\${currency}\`).json(); // finds
          } catch (error) {
            if (left === 0) throw error;
            await new Promise((resolve) => setTimeout(resolve, pause));
            return exchange(currency, left - 1, pause * 2);
          }
        }
      `,
    },
    correct: {
      'src/exchange.ts': `
        import ky from 'ky';

        export async function exchange(currency: string, left = 3, pause = 200): Promise<unknown> {
          try {
            return await ky.get(\`https://rates.example/\${currency}\`, { retry: 0 }).json();
          } catch (error) {
            if (left === 0) throw error;
            await new Promise((resolve) => setTimeout(resolve, pause));
            return exchange(currency, left - 1, pause * 2);
          }
        }
      `,
    },
  },
  {
    title: 'a document put in a loop; a race for a record, which the client does not try again',
    defect: {
      'src/stock.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function levelOf(sku: string) {
          ${loop("documents.send(new GetCommand({ TableName: 'stock', Key: { sku } }))", ' // finds')}
        }
      `,
    },
    correct: {
      'src/stock.ts': `
        import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
        import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';

        const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));

        export async function take(sku: string, seen: number) {
          for (let attempt = 0; attempt < 4; attempt += 1) {
            try {
              return await documents.send(new UpdateCommand({ TableName: 'stock', Key: { sku }, UpdateExpression: 'SET held = :n', ConditionExpression: 'revision = :r', ExpressionAttributeValues: { ':n': 1, ':r': seen } }));
            } catch (error) {
              if ((error as Error).name !== 'ConditionalCheckFailedException') throw error;
              seen += 1;
            }
          }
        }
      `,
    },
  },
  {
    title: 'messages sent from a loop in a class; with a client that makes one attempt',
    defect: {
      'src/outbox.ts': `
        import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';

        export class Outbox {
          private readonly sqs = new SQSClient({ region: 'eu-west-1' });

          async send(text: string) {
            ${loop("this.sqs.send(new SendMessageCommand({ QueueUrl: 'orders', MessageBody: text }))", ' // finds')}
          }
        }
      `,
    },
    correct: {
      'src/outbox.ts': `
        import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';

        export class Outbox {
          private readonly sqs = new SQSClient({ region: 'eu-west-1', maxAttempts: 1 });

          async send(text: string) {
            ${loop("this.sqs.send(new SendMessageCommand({ QueueUrl: 'orders', MessageBody: text }))")}
          }
        }
      `,
    },
  },

  {
    title: 'p-retry around a client that axios-retry makes send again; the client alone',
    audit: true,
    shared: {
      'src/courier.ts': `
        import axios from 'axios';
        import axiosRetry from 'axios-retry';

        export const courier = axios.create({ baseURL: 'https://courier.example', timeout: 2000 });
        axiosRetry(courier, { retries: 3, retryDelay: axiosRetry.exponentialDelay });
      `,
    },
    defect: {
      'src/parcels.ts': `
        import pRetry from 'p-retry';
        import { courier } from './courier';

        export const parcel = (id: string) => pRetry(() => courier.get('/parcels/' + id), { retries: 2 }); // finds
      `,
    },
    correct: {
      'src/parcels.ts': `
        import { courier } from './courier';

        export const parcel = (id: string) => courier.get('/parcels/' + id);
      `,
    },
  },
]);
