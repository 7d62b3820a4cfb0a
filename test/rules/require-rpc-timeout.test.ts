import { twins } from '../support/twins.ts';

const route = (call: string): string => `
  import { Router } from 'express';
  import { rates } from './rates';

  export const router = Router();

  router.get('/rates/:currency', async (req, res) => {
    res.json(${call});
  });
`;
const rates = (client: string, get: string): string => `
  ${client}

  class Rates {
    async of(currency: string) {
      ${get}
    }
  }

  export const rates = new Rates();
`;
const handler = { 'src/routes.ts': route('await rates.of(req.params.currency)') };

const wrapper = `
  const standard = (init: RequestInit): RequestInit => ({ ...init, headers: { ...init.headers, 'user-agent': 'shop' } });

  export async function send(url: string, init: RequestInit) {
    try {
      return await fetch(url, standard(init));
    } catch (error) {
      console.error(url, error);
      throw error;
    }
  }
`;

const consumer = (body: string): string => `
  import { Worker } from 'bullmq';
  import { send } from './send';

  export const worker = new Worker('webhooks', async (job) => {
    ${body}
  });
`;

const deliver = (race: string): string => `
  export const deliver = async (url: string, body: string) => {
    ${race}
  };
`;
const cron = {
  'src/app/api/deliver/route.ts': `
    import { deliver } from '../../../deliver';

    export async function POST(request: Request) {
      const { url, body } = await request.json();
      const response = await deliver(url, body);
      return Response.json({ status: (response as Response).status });
    }
  `,
};

const stub = (call: string): string => `
  import { Controller, Get, Param } from '@nestjs/common';
  import { ClientProxy } from '@nestjs/microservices';
  import { firstValueFrom, timeout } from 'rxjs';

  @Controller('stock')
  export class StockController {
    constructor(private readonly inventory: ClientProxy) {}

    @Get(':sku')
    async level(@Param('sku') sku: string) {
      return firstValueFrom(${call});
    }
  }
`;

twins('require-rpc-timeout', [
  {
    title: 'fetch in a repository that a route calls; with AbortSignal.timeout',
    audit: true,
    shared: handler,
    defect: { 'src/rates.ts': rates('', 'return (await fetch(`https://rates.example/${currency}`)).json(); // finds') },
    correct: { 'src/rates.ts': rates('', 'return (await fetch(`https://rates.example/${currency}`, { signal: AbortSignal.timeout(3000) })).json();') },
  },
  {
    title: 'fetch is given a `timeout`, which it does not read; node-fetch 2 reads it',
    audit: true,
    shared: handler,
    defect: { 'src/rates.ts': rates('', 'return (await fetch(`https://rates.example/${currency}`, { timeout: 3000 } as RequestInit)).json(); // finds') },
    correct: { 'src/rates.ts': rates("import fetch from 'node-fetch';", 'return (await fetch(`https://rates.example/${currency}`, { timeout: 3000 } as RequestInit)).json();') },
  },
  {
    title: 'Axios instance of the class without a timeout; with one',
    audit: true,
    shared: handler,
    defect: { 'src/rates.ts': rates("import axios from 'axios';\n  const http = axios.create({ baseURL: 'https://rates.example' });", 'return (await http.get(`/${currency}`)).data; // finds') },
    correct: { 'src/rates.ts': rates("import axios from 'axios';\n  const http = axios.create({ baseURL: 'https://rates.example', timeout: 3000 });", 'return (await http.get(`/${currency}`)).data;') },
  },
  {
    title: 'Got without a timeout; with a signal of its own',
    audit: true,
    shared: handler,
    defect: { 'src/rates.ts': rates("import got from 'got';", 'return got.get(`https://rates.example/${currency}`).json(); // finds') },
    correct: { 'src/rates.ts': rates("import got from 'got';", 'return got.get(`https://rates.example/${currency}`, { timeout: { request: 3000 } }).json();') },
  },
  {
    title: 'a wrapper hands its options on: who makes them gives the deadline',
    shared: { 'src/send.ts': wrapper },
    defect: { 'src/worker.ts': consumer("await send(job.data.url, { method: 'POST', body: job.data.body }); // finds") },
    correct: { 'src/worker.ts': consumer("await send(job.data.url, { method: 'POST', body: job.data.body, signal: AbortSignal.timeout(5000) });") },
  },
  {
    title: 'a wrapper makes its own options; with a controller and a timer in it',
    audit: true,
    shared: { 'src/worker.ts': consumer('await send(job.data.url, job.data.body);') },
    defect: {
      'src/send.ts': `
        export async function send(url: string, body: string) {
          const response = await fetch(url, { method: 'POST', body }); // finds
          return response.status;
        }
      `,
    },
    correct: {
      'src/send.ts': `
        export async function send(url: string, body: string) {
          const controller = new AbortController();
          const timer = setTimeout(() => controller.abort(), 5000);
          try {
            const response = await fetch(url, { method: 'POST', body, signal: controller.signal });
            return response.status;
          } finally {
            clearTimeout(timer);
          }
        }
      `,
    },
  },
  {
    title: 'race of two calls; race with a timer that rejects',
    audit: true,
    shared: cron,
    defect: { 'src/deliver.ts': deliver("return Promise.race([fetch(url, { method: 'POST', body }), never()]); // finds").replace('export const', 'const never = () => new Promise<Response>(() => undefined);\n  export const') },
    correct: { 'src/deliver.ts': deliver("return Promise.race([fetch(url, { method: 'POST', body }), expire(5000)]);").replace('export const', "const expire = (ms: number) => new Promise<Response>((_, reject) => setTimeout(() => reject(new Error('timeout')), ms));\n  export const") },
  },
  {
    title: 'the promise goes to a helper that logs when it is slow; to one that races it with a timer',
    audit: true,
    shared: {
      ...cron,
      'src/within.ts': `
        export async function noting<T>(work: Promise<T>, ms: number): Promise<T> {
          const timer = setTimeout(() => console.warn('slow'), ms);
          try {
            return await work;
          } finally {
            clearTimeout(timer);
          }
        }

        export async function within<T>(work: Promise<T>, ms: number): Promise<T> {
          const expired = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('timeout')), ms));
          return Promise.race([work, expired]);
        }
      `,
    },
    defect: { 'src/deliver.ts': deliver("return noting(fetch(url, { method: 'POST', body }), 5000); // finds").replace('export const', "import { noting } from './within';\n  export const") },
    correct: { 'src/deliver.ts': deliver("return within(fetch(url, { method: 'POST', body }), 5000);").replace('export const', "import { within } from './within';\n  export const") },
  },
  {
    title: 'request to a Nest microservice; timeout in the pipe',
    defect: { 'src/stock.controller.ts': stub("this.inventory.send('level', sku)").replace(/(return firstValueFrom.*)/, '$1 // finds') },
    correct: { 'src/stock.controller.ts': stub("this.inventory.send('level', sku).pipe(timeout(2000))") },
  },
  {
    title: 'Upstash client made without a signal; made with one',
    audit: true,
    shared: handler,
    defect: { 'src/redis.ts': "import { Redis } from '@upstash/redis';\n\nexport const redis = new Redis({ url: process.env.URL, token: process.env.TOKEN });\n", 'src/rates.ts': rates("import { redis } from './redis';", 'return redis.get(`rate:${currency}`); // finds') },
    correct: { 'src/redis.ts': "import { Redis } from '@upstash/redis';\n\nexport const redis = new Redis({ url: process.env.URL, token: process.env.TOKEN, signal: () => AbortSignal.timeout(1000) });\n", 'src/rates.ts': rates("import { redis } from './redis';", 'return redis.get(`rate:${currency}`);') },
  },
  {
    title: 'a promise that settles with the call; one that a timer may settle first',
    audit: true,
    shared: cron,
    defect: {
      'src/deliver.ts': `
        export const deliver = (url: string, body: string) => new Promise<Response>(async (resolve, reject) => {
          const response = await fetch(url, { method: 'POST', body }); // finds
          if (response.ok) resolve(response);
          else reject(new Error('refused'));
        });
      `,
    },
    correct: {
      'src/deliver.ts': `
        export const deliver = (url: string, body: string) => new Promise<Response>(async (resolve, reject) => {
          setTimeout(() => reject(new Error('timeout')), 5000);
          const response = await fetch(url, { method: 'POST', body });
          if (response.ok) resolve(response);
          else reject(new Error('refused'));
        });
      `,
    },
  },

  {
    title: 'Axios gives up after those who wait for it; before them',
    defect: {
      'src/server.ts': `
        import axios from 'axios';
        import express from 'express';
        import pTimeout from 'p-timeout';

        const app = express();

        app.get('/weather/:city', async (req, res) => {
          const answer = await pTimeout(axios.get('https://weather.example/' + req.params.city, { timeout: 30_000 }), { milliseconds: 5000 }); // finds
          res.json(answer.data);
        });
      `,
    },
    correct: {
      'src/server.ts': `
        import axios from 'axios';
        import express from 'express';
        import pTimeout from 'p-timeout';

        const app = express();

        app.get('/weather/:city', async (req, res) => {
          const answer = await pTimeout(axios.get('https://weather.example/' + req.params.city, { timeout: 3000 }), { milliseconds: 5000 });
          res.json(answer.data);
        });
      `,
    },
  },
  {
    title: 'a signal that fires after the race of a helper is over; before it',
    shared: {
      'src/within.ts': `
        export function within<T>(work: Promise<T>): Promise<T> {
          return Promise.race([work, new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too late')), 2000))]);
        }
      `,
    },
    defect: {
      'src/server.ts': `
        import Fastify from 'fastify';
        import { within } from './within';

        const app = Fastify();

        app.get('/stock', async () => {
          const answer = await within(fetch('https://stock.example/all', { signal: AbortSignal.timeout(10_000) })); // finds
          return answer.json();
        });
      `,
    },
    correct: {
      'src/server.ts': `
        import Fastify from 'fastify';
        import { within } from './within';

        const app = Fastify();

        app.get('/stock', async () => {
          const answer = await within(fetch('https://stock.example/all', { signal: AbortSignal.timeout(1500) }));
          return answer.json();
        });
      `,
    },
  },

  {
    title: 'functions that a limiter wraps, without a deadline; with one',
    shared: {
      'src/routes.ts': `
        import { Router } from 'express';
        import { distance, place } from './maps';

        export const router = Router();

        router.get('/near/:name', async (req, res) => {
          res.json([await place(req.params.name), await distance(req.params.name)]);
        });
      `,
    },
    defect: {
      'src/maps.ts': `
        import Bottleneck from 'bottleneck';
        import pThrottle from 'p-throttle';

        export const place = new Bottleneck({ minTime: 100 }).wrap(async (name: string) => (await fetch('https://maps.example/places/' + name)).json()); // finds
        export const distance = pThrottle({ limit: 10, interval: 1000 })(async (name: string) => (await fetch('https://maps.example/distances/' + name)).json()); // finds
      `,
    },
    correct: {
      'src/maps.ts': `
        import Bottleneck from 'bottleneck';
        import pThrottle from 'p-throttle';

        const within = () => ({ signal: AbortSignal.timeout(2000) });

        export const place = new Bottleneck({ minTime: 100 }).wrap(async (name: string) => (await fetch('https://maps.example/places/' + name, within())).json());
        export const distance = pThrottle({ limit: 10, interval: 1000 })(async (name: string) => (await fetch('https://maps.example/distances/' + name, within())).json());
      `,
    },
  },

  {
    title: 'an axios client without a deadline, handed through a rate limiter and a cookie jar; with one',
    shared: {
      'src/job.ts': `
        import { Worker } from 'bullmq';
        import { stockOf } from './warehouse';

        new Worker('stock', async (job) => {
          console.log(await stockOf(job.data.sku));
        });
      `,
    },
    defect: {
      'src/warehouse.ts': `
        import axios from 'axios';
        import { wrapper } from 'axios-cookiejar-support';
        import rateLimit from 'axios-rate-limit';

        const client = wrapper(rateLimit(axios.create({ baseURL: 'https://warehouse.example' }), { maxRequests: 5 }));

        export const stockOf = (sku: string) => client.get('/stock/' + sku); // finds
      `,
    },
    correct: {
      'src/warehouse.ts': `
        import axios from 'axios';
        import { wrapper } from 'axios-cookiejar-support';
        import rateLimit from 'axios-rate-limit';

        const client = wrapper(rateLimit(axios.create({ baseURL: 'https://warehouse.example', timeout: 5000 }), { maxRequests: 5 }));

        export const stockOf = (sku: string) => client.get('/stock/' + sku);
      `,
    },
  },

  {
    title: 'AI SDK: a text is waited for as long as it takes; fixed by a signal',
    certainty: 'likely',
    defect: {
      'src/summary.ts': `
        import { generateText } from 'ai';
        import { model } from './model';

        export async function summarise(text: string) {
          const { text: summary } = await generateText({ model, prompt: \`Summarise: \${text}\` }); // finds
          return summary;
        }
      `,
    },
    correct: {
      'src/summary.ts': `
        import { generateText } from 'ai';
        import { model } from './model';

        export async function summarise(text: string) {
          const { text: summary } = await generateText({ model, prompt: \`Summarise: \${text}\`, abortSignal: AbortSignal.timeout(30_000) });
          return summary;
        }
      `,
    },
  },

  {
    title: 'googleapis: a calendar is waited for as long as it takes; fixed by a timeout',
    certainty: 'likely',
    defect: {
      'src/book.ts': `
        import { google } from 'googleapis';

        const calendar = google.calendar({ version: 'v3' });

        export async function book(start: string, end: string) {
          const { data } = await calendar.events.insert({ calendarId: 'primary', requestBody: { start: { dateTime: start }, end: { dateTime: end } } }); // finds
          return data.id;
        }
      `,
    },
    correct: {
      'src/book.ts': `
        import { google } from 'googleapis';

        const calendar = google.calendar({ version: 'v3' });

        export async function book(start: string, end: string) {
          const { data } = await calendar.events.insert({ calendarId: 'primary', requestBody: { start: { dateTime: start }, end: { dateTime: end } } }, { timeout: 10_000 });
          return data.id;
        }
      `,
    },
  },

  {
    title: 'ofetch: an answer is waited for as long as it takes; fixed by a timeout',
    certainty: 'likely',
    defect: {
      'src/rates.ts': `
        import { ofetch } from 'ofetch';

        export async function rates(base: string) {
          return ofetch(\`https://rates.acme.test/\${base}\`); // finds
        }
      `,
    },
    correct: {
      'src/rates.ts': `
        import { ofetch } from 'ofetch';

        export async function rates(base: string) {
          return ofetch(\`https://rates.acme.test/\${base}\`, { timeout: 5_000 });
        }
      `,
    },
  },

  {
    title: 'request: an answer is waited for as long as it takes; fixed by a timeout',
    certainty: 'likely',
    defect: {
      'src/stock.ts': `
        import request from 'request-promise';

        export async function stock(sku: string) {
          return request({ url: \`https://stock.acme.test/\${sku}\`, json: true }); // finds
        }
      `,
    },
    correct: {
      'src/stock.ts': `
        import request from 'request-promise';

        export async function stock(sku: string) {
          return request({ url: \`https://stock.acme.test/\${sku}\`, json: true, timeout: 5_000 });
        }
      `,
    },
  },

  {
    title: 'needle: an answer is waited for as long as it takes; fixed by a timeout',
    certainty: 'likely',
    defect: {
      'src/stock.ts': `
        import needle from 'needle';

        export async function stock(sku: string) {
          const { body } = await needle('get', \`https://stock.acme.test/\${sku}\`); // finds
          return body;
        }
      `,
    },
    correct: {
      'src/stock.ts': `
        import needle from 'needle';

        export async function stock(sku: string) {
          const { body } = await needle('get', \`https://stock.acme.test/\${sku}\`, null, { response_timeout: 5_000 });
          return body;
        }
      `,
    },
  },

  {
    title: 'a poller that nobody waits for stops with the first feed that never answers; fixed by a deadline of each feed',
    certainty: 'likely',
    shared: {
      'src/main.ts': `
        import { poll } from './poll';

        export function main() {
          poll();
        }
      `,
      'src/get.ts': `
        import fetch from 'node-fetch';

        export async function get(url: string, options = {}) {
          const { tries = 1, ...given } = options;
          return fetch(url, { ...given, redirect: 'manual' });
        }
      `,
    },
    audit: true,
    defect: {
      'src/poll.ts': `
        import { setTimeout } from 'node:timers/promises';
        import { get } from './get';

        export async function poll() {
          while (true) {
            const answer = await get('https://tides.example/today'); // finds
            console.log(await answer.text());
            await setTimeout(60_000);
          }
        }
      `,
    },
    correct: {
      'src/poll.ts': `
        import { setTimeout } from 'node:timers/promises';
        import { get } from './get';

        export async function poll() {
          while (true) {
            const answer = await get('https://tides.example/today', { signal: AbortSignal.timeout(10_000) });
            console.log(await answer.text());
            await setTimeout(60_000);
          }
        }
      `,
    },
  },
  {
    title: 'graphql-request: a client without a deadline; fixed by a fetch that gives up',
    defect: {
      'src/app.ts': `
        import express from 'express';
        import { GraphQLClient } from 'graphql-request';

        const client = new GraphQLClient('https://charts.example/graphql');
        const app = express();

        app.get('/charts', async (req, res) => {
          res.json(await client.request('query { charts { id } }')); // finds
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import { GraphQLClient } from 'graphql-request';

        const client = new GraphQLClient('https://charts.example/graphql', { fetch: (url, init) => fetch(url, { ...init, signal: AbortSignal.timeout(3000) }) });
        const app = express();

        app.get('/charts', async (req, res) => {
          res.json(await client.request('query { charts { id } }'));
        });
      `,
    },
  },

  {
    title: 'OpenAI: what stands under a name of the client is told what the client is',
    defect: {
      'src/app.ts': `
        import express from 'express';
        import OpenAI from 'openai';

        const openai = new OpenAI();
        const app = express();

        app.post('/forecast', async (req, res) => {
          res.json(await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: req.body.question }] })); // finds
        });
      `,
    },
    correct: {
      'src/app.ts': `
        import express from 'express';
        import OpenAI from 'openai';

        const openai = new OpenAI({ timeout: 20_000 });
        const app = express();

        app.post('/forecast', async (req, res) => {
          res.json(await openai.chat.completions.create({ model: 'gpt-4o', messages: [{ role: 'user', content: req.body.question }] }));
        });
      `,
    },
  },
  {
    title: 'Nest: a module that is only named sets no deadline; fixed by one that is registered with it',
    shared: {
      'src/charts.controller.ts': `
        import { Controller, Get, Param } from '@nestjs/common';
        import { HttpService } from '@nestjs/axios';
        import { firstValueFrom } from 'rxjs';

        @Controller('charts')
        export class ChartsController {
          constructor(private readonly http: HttpService) {}

          @Get(':id')
          async chart(@Param('id') id: string) {
            const { data } = await firstValueFrom(this.http.get(\`https://charts.example/\${id}\`)); // finds
            return data;
          }
        }
      `,
    },
    defect: {
      'src/charts.module.ts': `
        import { Module } from '@nestjs/common';
        import { HttpModule } from '@nestjs/axios';
        import { ChartsController } from './charts.controller';

        @Module({ imports: [HttpModule], controllers: [ChartsController] })
        export class ChartsModule {}
      `,
    },
    correct: {
      'src/charts.module.ts': `
        import { Module } from '@nestjs/common';
        import { HttpModule } from '@nestjs/axios';
        import { ChartsController } from './charts.controller';

        @Module({ imports: [HttpModule.register({ timeout: 5000 })], controllers: [ChartsController] })
        export class ChartsModule {}
      `,
    },
    audit: true,
  },
  {
    title: 'Nest: pieces of a pipe, none of which ends it; fixed by one that does',
    shared: {
      'src/pilots.module.ts': `
        import { Module } from '@nestjs/common';
        import { HttpModule } from '@nestjs/axios';
        import { PilotsController } from './pilots.controller';

        @Module({ imports: [HttpModule], controllers: [PilotsController] })
        export class PilotsModule {}
      `,
    },
    defect: {
      'src/pilots.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        import { HttpService } from '@nestjs/axios';
        import { catchError, firstValueFrom, map, of } from 'rxjs';

        @Controller('pilots')
        export class PilotsController {
          constructor(private readonly http: HttpService) {}

          @Get()
          pilots() {
            return firstValueFrom(this.http.get('https://pilots.example').pipe(map(({ data }) => data), catchError(() => of([])))); // finds
          }
        }
      `,
    },
    correct: {
      'src/pilots.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        import { HttpService } from '@nestjs/axios';
        import { catchError, firstValueFrom, map, of, timeout } from 'rxjs';

        @Controller('pilots')
        export class PilotsController {
          constructor(private readonly http: HttpService) {}

          @Get()
          pilots() {
            return firstValueFrom(this.http.get('https://pilots.example').pipe(map(({ data }) => data), timeout(3000), catchError(() => of([]))));
          }
        }
      `,
    },
    audit: true,
  },
  {
    title: 'Nest: a pipe behind a pipe; what ends it may stand in the second',
    shared: {
      'src/boats.module.ts': `
        import { Module } from '@nestjs/common';
        import { HttpModule } from '@nestjs/axios';
        import { BoatsController } from './boats.controller';

        @Module({ imports: [HttpModule], controllers: [BoatsController] })
        export class BoatsModule {}
      `,
    },
    defect: {
      'src/boats.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        import { HttpService } from '@nestjs/axios';
        import { lastValueFrom, map, tap } from 'rxjs';

        @Controller('boats')
        export class BoatsController {
          constructor(private readonly http: HttpService) {}

          @Get()
          boats() {
            const answer = this.http.get('https://boats.example').pipe(map(({ data }) => data));
            return lastValueFrom(answer.pipe(tap((data) => console.log(data.length)))); // finds
          }
        }
      `,
    },
    correct: {
      'src/boats.controller.ts': `
        import { Controller, Get } from '@nestjs/common';
        import { HttpService } from '@nestjs/axios';
        import { lastValueFrom, map, timeout } from 'rxjs';

        @Controller('boats')
        export class BoatsController {
          constructor(private readonly http: HttpService) {}

          @Get()
          boats() {
            const answer = this.http.get('https://boats.example').pipe(map(({ data }) => data));
            return lastValueFrom(answer.pipe(timeout(3000)));
          }
        }
      `,
    },
    audit: true,
  },
]);
