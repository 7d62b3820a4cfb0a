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

const quotes = (get: string): string => `
  import axios from 'axios';

  const client = axios.create({ baseURL: 'https://quotes.example', timeout: 2000 });

  export function quotes() {
    return new Promise((resolve, reject) => {
      ${get}
      get(0);
    });
  }
`;

const geocode = (pause: string, marker: string): string => `
  import axios from 'axios';

  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  async function locate(address: string) {
    for (let attempt = 0; attempt < 5; attempt += 1) {${marker}
      try {
        return await axios.get('https://geo.example', { params: { address }, timeout: 2000 });
      } catch (error) {
        if (attempt === 4) throw error;
        await wait(${pause});
      }
    }
  }

  export const locateAll = (addresses: string[]) => Promise.all(addresses.map((address) => locate(address)));
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
  {
    title: 'a function that a timer calls again after the same time; after one that grows',
    defect: {
      'src/quotes.ts': quotes(`const get = (attempt: number): void => {
          client.get('/quotes').then(resolve, (error) => { // finds
            if (attempt < 4) setTimeout(get, 5000, attempt + 1);
            else reject(error);
          });
        };`),
    },
    correct: {
      'src/quotes.ts': quotes(`const get = (attempt: number): void => {
          client.get('/quotes').then(resolve, (error) => {
            if (attempt < 4) setTimeout(get, 1000 * 2 ** attempt, attempt + 1);
            else reject(error);
          });
        };`),
    },
  },
  {
    title: 'a function that calls itself at once when it fails; after a pause that it hands on, longer each time',
    shared: sleep,
    defect: {
      'src/rates.ts': `
        import axios from 'axios';

        export async function rates(currency: string, left = 5): Promise<unknown> {
          try {
            const { data } = await axios.get(\`https://rates.example/\${currency}\`, { timeout: 2000 }); // finds
            return data;
          } catch (error) {
            if (left === 0) throw error;
            return rates(currency, left - 1);
          }
        }
      `,
    },
    correct: {
      'src/rates.ts': `
        import axios from 'axios';
        import { sleep } from './sleep';

        export async function rates(currency: string, left = 5, pause = 200): Promise<unknown> {
          try {
            const { data } = await axios.get(\`https://rates.example/\${currency}\`, { timeout: 2000 });
            return data;
          } catch (error) {
            if (left === 0) throw error;
            await sleep(pause);
            return rates(currency, left - 1, pause * 2);
          }
        }
      `,
    },
  },
  {
    title: 'a method that calls itself when the answer is 429; another attempt with a renewed token is none',
    shared: sleep,
    defect: {
      'src/parcels.ts': `
        import { sleep } from './sleep';

        export class Parcels {
          async track(id: string, attempt = 0): Promise<unknown> {
            const response = await fetch(\`https://parcels.example/\${id}\`, { signal: AbortSignal.timeout(2000) }); // finds
            if (response.status === 429 && attempt < 5) {
              await sleep(1000);
              return this.track(id, attempt + 1);
            }
            return response.json();
          }
        }
      `,
    },
    correct: {
      'src/parcels.ts': `
        export class Parcels {
          constructor(private readonly tokens: { renew(): Promise<void> }) {}

          async track(id: string, again = true): Promise<unknown> {
            const response = await fetch(\`https://parcels.example/\${id}\`, { signal: AbortSignal.timeout(2000) });
            if (response.status === 401 && again) {
              await this.tokens.renew();
              return this.track(id, false);
            }
            return response.json();
          }
        }
      `,
    },
  },
  {
    title: 'a loop that ends with an answer that is ok, at once; with the pause that the answer tells',
    shared: sleep,
    defect: {
      'src/weather.ts': `
        export async function weather(city: string) {
          for (let attempt = 0; attempt < 5; attempt += 1) { // finds
            const response = await fetch(\`https://weather.example/\${city}\`, { signal: AbortSignal.timeout(2000) });
            if (response.ok) return response.json();
            if (response.status < 500) break;
          }
          throw new Error('gave up');
        }
      `,
    },
    correct: {
      'src/weather.ts': `
        import { sleep } from './sleep';

        export async function weather(city: string) {
          for (let attempt = 0; attempt < 5; attempt += 1) {
            const response = await fetch(\`https://weather.example/\${city}\`, { signal: AbortSignal.timeout(2000) });
            if (response.ok) return response.json();
            if (response.status < 500) break;
            await sleep(1000 * Number(response.headers.get('retry-after') ?? 1));
          }
          throw new Error('gave up');
        }
      `,
    },
  },
  {
    title: 'a loop that asks again whatever was answered; one that stops where nothing will change',
    shared: sleep,
    defect: {
      'src/verify.ts': `
        import { sleep } from './sleep';

        export async function verify(key: string) {
          for (let attempt = 0; attempt <= 5; attempt += 1) { // finds
            const response = await fetch('https://keys.example/verify', { method: 'POST', body: JSON.stringify({ key }), signal: AbortSignal.timeout(2000) }).catch(() => null);
            if (response?.ok) return response.json();
            await sleep(50 * 2 ** attempt);
          }
          throw new Error('gave up');
        }
      `,
    },
    correct: {
      'src/verify.ts': `
        import { sleep } from './sleep';

        export async function verify(key: string) {
          for (let attempt = 0; attempt <= 5; attempt += 1) {
            const response = await fetch('https://keys.example/verify', { method: 'POST', body: JSON.stringify({ key }), signal: AbortSignal.timeout(2000) }).catch(() => null);
            if (response?.ok) return response.json();
            if (response && response.status >= 400 && response.status < 500) throw new Error('refused');
            await sleep(50 * 2 ** attempt);
          }
          throw new Error('gave up');
        }
      `,
    },
  },
  {
    title: 'a helper that pauses as long each time, whatever it is handed; longer each time',
    shared: sleep,
    certainty: 'likely',
    audit: true,
    defect: {
      'src/again.ts': `
        import { sleep } from './sleep';

        export async function again<T>(work: () => Promise<T>, attempts = 3, pause = 1000): Promise<T> {
          try {
            return await work(); // finds
          } catch (error) {
            if (attempts <= 1) throw error;
            await sleep(pause);
            return again(work, attempts - 1, pause);
          }
        }
      `,
    },
    correct: {
      'src/again.ts': `
        import { sleep } from './sleep';

        export async function again<T>(work: () => Promise<T>, attempts = 3, pause = 1000): Promise<T> {
          try {
            return await work();
          } catch (error) {
            if (attempts <= 1) throw error;
            await sleep(pause);
            return again(work, attempts - 1, pause * 2);
          }
        }
      `,
    },
  },
  {
    title: 'all elements of a list with pauses told by the count alone; spread at random',
    defect: { 'src/geocode.ts': geocode('200 * 2 ** attempt', ' // finds') },
    correct: { 'src/geocode.ts': geocode('200 * 2 ** attempt * Math.random()', '') },
  },
  {
    title: 'attempts as far apart as the library\'s default says; with a factor',
    defect: { 'src/stock.ts': stock("export const levelOf = (sku: string) => retry(() => client.level(sku), { maxAttempts: 5 }); // finds").replace('import axios', "import { retry } from '@lifeomic/attempt';\n  import axios") },
    correct: { 'src/stock.ts': stock('export const levelOf = (sku: string) => retry(() => client.level(sku), { maxAttempts: 5, factor: 2, jitter: true });').replace('import axios', "import { retry } from '@lifeomic/attempt';\n  import axios") },
  },
  {
    title: 'a policy without a backoff; with an exponential one',
    defect: { 'src/stock.ts': stock("const policy = retry(handleAll, { maxAttempts: 4 });\n\n  export const levelOf = (sku: string) => policy.execute(() => client.level(sku)); // finds").replace('import axios', "import { handleAll, retry } from 'cockatiel';\n  import axios") },
    correct: { 'src/stock.ts': stock('const policy = retry(handleAll, { maxAttempts: 4, backoff: new ExponentialBackoff() });\n\n  export const levelOf = (sku: string) => policy.execute(() => client.level(sku));').replace('import axios', "import { ExponentialBackoff, handleAll, retry } from 'cockatiel';\n  import axios") },
  },
  {
    title: 'FIXED by default; EXPONENTIAL',
    defect: { 'src/stock.ts': stock("export const levelOf = (sku: string) => retry(() => client.level(sku), { retries: 5 }); // finds").replace('import axios', "import { retry } from 'ts-retry-promise';\n  import axios") },
    correct: { 'src/stock.ts': stock("export const levelOf = (sku: string) => retry(() => client.level(sku), { retries: 5, backoff: 'EXPONENTIAL' });").replace('import axios', "import { retry } from 'ts-retry-promise';\n  import axios") },
  },

  {
    title: 'a call that is sent again until it is answered well, against one that follows redirects by hand',
    defect: {
      'src/fetching.ts': `
        export async function fetchDocument(url: string): Promise<Response> {
          let left = 5;
          while (left > 0) { // finds
            const response = await fetch(url, { redirect: 'manual' });
            if (response.status < 400) return response;
            left -= 1;
          }
          throw new Error('gave up');
        }
      `,
    },
    correct: {
      'src/fetching.ts': `
        export async function fetchDocument(url: string): Promise<Response> {
          let at = url;
          let left = 5;
          while (left > 0) {
            const response = await fetch(at, { redirect: 'manual' });
            if (response.status < 300 || response.status >= 400) return response;
            at = new URL(response.headers.get('location')!, at).toString();
            left -= 1;
          }
          throw new Error('too many redirects');
        }
      `,
    },
  },

  {
    title: 'a loop that tries a request again, around a wrapper that lets failures out, or keeps them',
    defect: {
      'src/post.ts': `
        async function post(body: string) {
          try {
            return await fetch('https://letters.example.com', { method: 'POST', body });
          } catch (error) {
            console.error(error);
            throw error;
          }
        }

        export async function send(body: string) {
          for (let attempt = 0; attempt < 4; attempt += 1) { // finds
            try {
              return await post(body);
            } catch {
              console.error('again');
            }
          }
          return null;
        }
      `,
    },
    correct: {
      'src/post.ts': `
        async function post(body: string) {
          try {
            return await fetch('https://letters.example.com', { method: 'POST', body });
          } catch (error) {
            console.error(error);
          }
          return null;
        }

        export async function send(body: string) {
          for (let attempt = 0; attempt < 4; attempt += 1) {
            try {
              return await post(body);
            } catch {
              console.error('again');
            }
          }
          return null;
        }
      `,
    },
  },

  {
    title: 'axios-retry pauses only where it is told to',
    defect: {
      'src/courier.ts': `
        import axios from 'axios';
        import axiosRetry from 'axios-retry';

        const courier = axios.create({ baseURL: 'https://courier.example', timeout: 2000 });
        axiosRetry(courier, { retries: 4 }); // finds

        export const parcel = (id: string) => courier.get('/parcels/' + id);
      `,
    },
    correct: {
      'src/courier.ts': `
        import axios from 'axios';
        import axiosRetry, { exponentialDelay } from 'axios-retry';

        const courier = axios.create({ baseURL: 'https://courier.example', timeout: 2000 });
        axiosRetry(courier, { retries: 4, retryDelay: exponentialDelay });

        export const parcel = (id: string) => courier.get('/parcels/' + id);
      `,
    },
  },

  {
    title: 'a Prisma write that is tried again at once; after half a second each time',
    defect: {
      'src/seats.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function claim(seat: string, guest: string) {
          for (let attempt = 0; attempt < 4; attempt += 1) { // finds
            try {
              return await prisma.seat.update({ where: { id: seat }, data: { guest } });
            } catch (error) {
              if (attempt === 3) throw error;
            }
          }
        }
      `,
    },
    correct: {
      'src/seats.ts': `
        import { PrismaClient } from '@prisma/client';

        const prisma = new PrismaClient();

        export async function claim(seat: string, guest: string) {
          for (let attempt = 0; attempt < 4; attempt += 1) {
            try {
              return await prisma.seat.update({ where: { id: seat }, data: { guest } });
            } catch (error) {
              if (attempt === 3) throw error;
              await new Promise((resolve) => setTimeout(resolve, 500));
            }
          }
        }
      `,
    },
  },

  {
    title: 'sqs-consumer: what failed is sent to its own queue again; fixed by a delay that grows with the attempts',
    shared: {
      'src/berths.ts': `
        export async function book(id: string) {
          const response = await fetch(\`https://berths.example/\${id}\`, { method: 'PUT', signal: AbortSignal.timeout(5000) });
          if (!response.ok) throw new Error('not booked');
        }
      `,
    },
    defect: {
      'src/consumer.ts': `
        import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
        import { Consumer } from 'sqs-consumer';
        import { book } from './berths';

        export class Bookings {
          private readonly sqs = new SQSClient({});

          constructor(private readonly queueUrl: string) {}

          start() {
            Consumer.create({
              queueUrl: this.queueUrl,
              handleMessage: async (message) => {
                const booking = JSON.parse(message.Body!);
                const result = await book(booking.id).then(() => ({ error: null }), (error) => ({ error }));
                if (result.error === null) return message;
                await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, MessageBody: JSON.stringify({ ...booking, attempt: booking.attempt + 1 }) })); // finds
                return message;
              },
            }).start();
          }
        }
      `,
    },
    correct: {
      'src/consumer.ts': `
        import { SQSClient, SendMessageCommand } from '@aws-sdk/client-sqs';
        import { Consumer } from 'sqs-consumer';
        import { book } from './berths';

        export class Bookings {
          private readonly sqs = new SQSClient({});

          constructor(private readonly queueUrl: string) {}

          start() {
            Consumer.create({
              queueUrl: this.queueUrl,
              handleMessage: async (message) => {
                const booking = JSON.parse(message.Body!);
                const result = await book(booking.id).then(() => ({ error: null }), (error) => ({ error }));
                if (result.error === null) return message;
                await this.sqs.send(new SendMessageCommand({ QueueUrl: this.queueUrl, DelaySeconds: Math.min(900, 2 ** booking.attempt), MessageBody: JSON.stringify({ ...booking, attempt: booking.attempt + 1 }) }));
                return message;
              },
            }).start();
          }
        }
      `,
    },
  },

  {
    title: 'BullMQ: a job that failed is added again by its own worker, at once; the next page of a list is no other try',
    defect: {
      'src/worker.ts': `
        import { Queue, Worker } from 'bullmq';

        const connection = { host: 'localhost' };
        const queue = new Queue('charts', { connection });

        new Worker('charts', async (job) => {
          try {
            await fetch(\`https://charts.example/\${job.data.chart}\`, { method: 'POST', signal: AbortSignal.timeout(5000) });
          } catch {
            await queue.add('chart', job.data); // finds
          }
        }, { connection });
      `,
    },
    correct: {
      'src/worker.ts': `
        import { Queue, Worker } from 'bullmq';

        const connection = { host: 'localhost' };
        const queue = new Queue('charts', { connection });

        new Worker('charts', async (job) => {
          const response = await fetch(\`https://charts.example/\${job.data.chart}?page=\${job.data.page}\`, { method: 'POST', signal: AbortSignal.timeout(5000) });
          if (response.ok) await queue.add('chart', { ...job.data, page: job.data.page + 1 });
        }, { connection });
      `,
    },
  },
  {
    title: 'p-retry: a factor of one; fixed by leaving it to the library',
    defect: {
      'src/app.ts': `
        import express from 'express';
        import pRetry from 'p-retry';
        import axios from 'axios';

        const app = express();

        app.get('/wind', async (req, res) => {
          const { data } = await pRetry(() => axios.get('https://wind.example/now', { timeout: 2000 }), { retries: 5, factor: 1 }); // finds
          res.json(data);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import pRetry from 'p-retry';
        import axios from 'axios';

        const app = express();

        app.get('/wind', async (req, res) => {
          const { data } = await pRetry(() => axios.get('https://wind.example/now', { timeout: 2000 }), { retries: 5, randomize: true });
          res.json(data);
        });
      `,
    },
  },

  {
    title: 'radash: the same pause each time; fixed by one that grows',
    defect: {
      'src/app.ts': `
        import express from 'express';
        import { retry } from 'radash';
        import axios from 'axios';

        const app = express();

        app.get('/waves', async (req, res) => {
          const { data } = await retry({ times: 5, delay: 500 }, () => axios.get('https://waves.example/now', { timeout: 2000 })); // finds
          res.json(data);
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { retry } from 'radash';
        import axios from 'axios';

        const app = express();

        app.get('/waves', async (req, res) => {
          const { data } = await retry({ times: 5, backoff: (attempt) => 2 ** attempt * 100 }, () => axios.get('https://waves.example/now', { timeout: 2000 }));
          res.json(data);
        });
      `,
    },
  },
  {
    title: 'RxJS: what flows is begun again at once; fixed by a delay that grows',
    defect: {
      'src/tides.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        import { HttpService } from '@nestjs/axios';
        import { firstValueFrom, map, retry, timeout } from 'rxjs';

        @Controller('tides')
        export class TidesController {
          constructor(private readonly http: HttpService) {}

          @Get()
          tides() {
            return firstValueFrom(this.http.get('https://tides.example').pipe(timeout(2000), retry(4), map(({ data }) => data))); // finds
          }
        }
      `,
    },
    correct: {
      'src/tides.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        import { HttpService } from '@nestjs/axios';
        import { firstValueFrom, map, retry, timeout, timer } from 'rxjs';

        @Controller('tides')
        export class TidesController {
          constructor(private readonly http: HttpService) {}

          @Get()
          tides() {
            return firstValueFrom(this.http.get('https://tides.example').pipe(timeout(2000), retry({ count: 4, delay: (_error, attempt) => timer(2 ** attempt * 100 * Math.random()) }), map(({ data }) => data)));
          }
        }
      `,
    },
  },
]);
