import { twins } from '../support/twins.ts';

const loop = (head: string, pause: string, tail = ''): string => `
  import { sleep } from './sleep';

  export async function load(url: string) {
    ${head}
      try {
        const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
        if (!response.ok) throw new Error(String(response.status));
        return await response.json();
      } catch (error) {
        console.warn(error);
        ${pause}
      }
    }
    ${tail}
  }
`;
const sleep = { 'src/sleep.ts': 'export const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));\n' };

const stock = (retry: string): string => `
  import axios from 'axios';

  class StockClient {
    private readonly http = axios.create({ baseURL: 'https://stock.example', timeout: 2000 });

    async level(sku: string) {
      const { data } = await this.http.get(\`/levels/\${sku}\`);
      return data.level;
    }
  }

  const client = new StockClient();

  ${retry}
`;

const queue = (options: string): string => `
  import { Queue } from 'bullmq';

  export const mails = new Queue('mails', { defaultJobOptions: ${options} });
`;
const enqueue = (marker: string): string => `
  import { mails } from './queue';

  export class Welcome {
    async send(user: string) {
      await mails.add('welcome', { user });${marker}
    }
  }
`;

const publisher = (body: string): string => `
  import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
  import { setTimeout } from 'node:timers/promises';

  const sqs = new SQSClient({});

  export class Publisher {
    async publish(queue: string, body: string) {
      ${body}
    }
  }
`;

twins('require-retry-backoff', [
  {
    title: 'loop that goes on at once; doubles its pause',
    shared: sleep,
    defect: { 'src/load.ts': loop('for (let attempt = 0; attempt < 5; attempt += 1) { // finds', '', "throw new Error('gave up');") },
    correct: { 'src/load.ts': loop('for (let attempt = 0; attempt < 5; attempt += 1) {', 'await sleep(100 * 2 ** attempt);', "throw new Error('gave up');") },
  },
  {
    title: 'the same pause each time through a helper; a variable that grows',
    shared: sleep,
    defect: { 'src/load.ts': loop('for (let attempt = 0; attempt < 5; attempt += 1) { // finds', 'await sleep(1000);', "throw new Error('gave up');") },
    correct: { 'src/load.ts': loop('let delay = 1000;\n    for (let attempt = 0; attempt < 5; attempt += 1) {', 'await sleep(delay);\n        delay *= 2;', "throw new Error('gave up');") },
  },
  {
    title: 'while loop with a counter in the handler; the pause is the other side\'s word',
    shared: sleep,
    defect: { 'src/load.ts': loop('let attempt = 0;\n    while (true) { // finds', 'attempt += 1;\n        if (attempt > 4) throw error;\n        await sleep(500);') },
    correct: { 'src/load.ts': loop('let attempt = 0;\n    while (true) {', 'attempt += 1;\n        if (attempt > 4) throw error;\n        await sleep((error as { retryAfter: number }).retryAfter * 1000);') },
  },
  {
    title: 'one of several tries of a client two calls away; a pause from a table',
    defect: {
      'src/stock.ts': stock(`export async function levelOf(sku: string) {
    for (let i = 0; i < 4; i += 1) { // finds
      try {
        return await client.level(sku);
      } catch (error) {
        if (i === 3) throw error;
      }
    }
  }`),
    },
    correct: {
      'src/stock.ts': stock(`const PAUSES = [100, 400, 1600];
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  export async function levelOf(sku: string) {
    for (let i = 0; i < 4; i += 1) {
      try {
        return await client.level(sku);
      } catch (error) {
        if (i === 3) throw error;
        await wait(PAUSES[i]!);
      }
    }
  }`),
    },
  },
  {
    title: 'radash retries at once by default; with a backoff',
    defect: { 'src/stock.ts': stock("export const levelOf = (sku: string) => retry({ times: 5 }, () => client.level(sku)); // finds").replace('import axios', "import { retry } from 'radash';\n  import axios") },
    correct: { 'src/stock.ts': stock('export const levelOf = (sku: string) => retry({ times: 5, backoff: (i) => 10 ** i }, () => client.level(sku));').replace('import axios', "import { retry } from 'radash';\n  import axios") },
  },
  {
    title: 'async.retry with a count; p-retry pauses by itself',
    defect: { 'src/stock.ts': stock("export const levelOf = (sku: string) => retry(5, async () => client.level(sku)); // finds").replace('import axios', "import { retry } from 'async';\n  import axios") },
    correct: { 'src/stock.ts': stock('export const levelOf = (sku: string) => pRetry(async () => client.level(sku), { retries: 5 });').replace('import axios', "import pRetry from 'p-retry';\n  import axios") },
  },
  {
    title: 'jobs with several attempts and no backoff; with an exponential one',
    defect: { 'src/queue.ts': queue('{ attempts: 5 }'), 'src/welcome.ts': enqueue(' // finds') },
    correct: { 'src/queue.ts': queue("{ attempts: 5, backoff: { type: 'exponential', delay: 1000 } }"), 'src/welcome.ts': enqueue('') },
  },
  {
    title: 'SQS publish in a loop with `continue`; pauses of node:timers',
    defect: {
      'src/publisher.ts': publisher(`let attempt = 0;
      do { // finds
        try {
          await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: body }));
          break;
        } catch (error) {
          attempt += 1;
          console.warn(error);
        }
      } while (attempt < 5);`),
    },
    correct: {
      'src/publisher.ts': publisher(`let attempt = 0;
      do {
        try {
          await sqs.send(new SendMessageCommand({ QueueUrl: queue, MessageBody: body }));
          break;
        } catch (error) {
          attempt += 1;
          await setTimeout(attempt * 200);
        }
      } while (attempt < 5);`),
    },
  },
]);
