import { twins } from '../support/twins.ts';

/** A program that knows of limits. */
const shared = {
  'src/search.ts': `
    import pLimit from 'p-limit';

    const limit = pLimit(5);

    export const index = (ids: string[]) => Promise.all(ids.map((id) => limit(() => fetch(\`https://search.example/\${id}\`, { method: 'PUT', signal: AbortSignal.timeout(2000) }))));
  `,
};

const nightly = (body: string, head = ''): Record<string, string> => ({
  'src/nightly.ts': `
    import cron from 'node-cron';
    import axios from 'axios';
    import { PrismaClient } from '@prisma/client';
    ${head}

    const prisma = new PrismaClient();

    cron.schedule('0 3 * * *', async () => {
      const accounts = await prisma.account.findMany({ where: { active: true } });
      ${body}
    });
  `,
});

const mails = (body: string, head = ''): Record<string, string> => ({
  'src/digest.ts': `
    import { Cron } from '@nestjs/schedule';
    import { Injectable } from '@nestjs/common';
    import { InjectRepository } from '@nestjs/typeorm';
    import { Repository } from 'typeorm';
    import { Reader } from './reader.entity';
    import { Mailer } from './mailer';
    ${head}

    @Injectable()
    export class Digest {
      constructor(@InjectRepository(Reader) private readonly readers: Repository<Reader>, private readonly mailer: Mailer) {}

      @Cron('0 6 * * *')
      async run() {
        const readers = await this.readers.find();
        ${body}
      }
    }
  `,
  'src/reader.entity.ts': `
    import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

    @Entity()
    export class Reader {
      @PrimaryGeneratedColumn() id: number;
      @Column() email: string;
    }
  `,
  'src/mailer.ts': `
    import { createTransport } from 'nodemailer';

    const transport = createTransport(process.env.SMTP_URL);

    export class Mailer {
      send(to: string) {
        return transport.sendMail({ from: 'news@paper.example', to, subject: 'Today', text: '…' });
      }
    }
  `,
});

const agenda = (body: string, head = ''): Record<string, string> => ({
  'src/sync.ts': `
    import { Agenda } from 'agenda';
    import { MongoClient } from 'mongodb';
    import Stripe from 'stripe';
    ${head}

    const mongo = new MongoClient(process.env.MONGO_URL!);
    const stripe = new Stripe('sk');
    const agenda = new Agenda({ db: { address: process.env.MONGO_URL! } });

    agenda.define('balances', async () => {
      const customers = mongo.db('shop').collection('customers').find({ paying: true });
      ${body}
    });
  `,
});

twins('require-outbound-throttling', [
  {
    title: 'a request for each account; with a pause after each',
    shared,
    certainty: 'likely',
    audit: true,
    defect: nightly('for (const account of accounts) await axios.post(`https://crm.example/${account.id}`, account, { timeout: 2000 }); // finds'),
    correct: nightly('for (const account of accounts) {\n        await axios.post(`https://crm.example/${account.id}`, account, { timeout: 2000 });\n        await pause(200);\n      }', "import { setTimeout as pause } from 'node:timers/promises';"),
  },
  {
    title: 'all at once; through a limiter',
    shared,
    certainty: 'likely',
    audit: true,
    defect: nightly('await Promise.all(accounts.map((account) => axios.get(`https://crm.example/${account.id}`, { timeout: 2000 }))); // finds'),
    correct: nightly('await Promise.all(accounts.map((account) => limiter.schedule(() => axios.get(`https://crm.example/${account.id}`, { timeout: 2000 }))));', "import Bottleneck from 'bottleneck';\n\n    const limiter = new Bottleneck({ minTime: 200 });"),
  },
  {
    title: 'a mail for each reader, in another class; those of one page',
    shared,
    certainty: 'likely',
    audit: true,
    defect: mails('for (const reader of readers) await this.mailer.send(reader.email); // finds'),
    correct: mails('for (const reader of readers.slice(0, 20)) await this.mailer.send(reader.email);'),
  },
  {
    title: 'a mail for each reader; through a queue that counts them by the second',
    shared,
    certainty: 'likely',
    audit: true,
    defect: mails('await Promise.all(readers.map((reader) => this.mailer.send(reader.email))); // finds'),
    correct: mails('await Promise.all(readers.map((reader) => queue.add(() => this.mailer.send(reader.email))));', "import PQueue from 'p-queue';\n\n    const queue = new PQueue({ intervalCap: 10, interval: 1000 });"),
  },
  {
    title: 'the rows of a cursor, one after the other; with tokens for each',
    shared,
    certainty: 'likely',
    audit: true,
    defect: agenda('for await (const customer of customers) await stripe.customers.update(customer.stripeId, { metadata: { plan: customer.plan } }); // finds'),
    correct: agenda('for await (const customer of customers) {\n        await limiter.removeTokens(1);\n        await stripe.customers.update(customer.stripeId, { metadata: { plan: customer.plan } });\n      }', "import { RateLimiter } from 'limiter';\n\n    const limiter = new RateLimiter({ tokensPerInterval: 20, interval: 'second' });"),
  },
  {
    title: 'a program that holds back other calls; one that never does',
    certainty: 'likely',
    audit: true,
    defect: { ...shared, ...nightly('for (const account of accounts) await fetch(`https://rates.example/${account.currency}`, { signal: AbortSignal.timeout(2000) }); // finds') },
    correct: nightly('for (const account of accounts) await fetch(`https://rates.example/${account.currency}`, { signal: AbortSignal.timeout(2000) });'),
  },
  {
    title: 'all accounts; a hundred of them',
    shared,
    certainty: 'likely',
    audit: true,
    defect: nightly('for (const account of accounts) await axios.delete(`https://crm.example/${account.id}`, { timeout: 2000 }); // finds'),
    correct: nightly('const some = await prisma.account.findMany({ take: 100 });\n      for (const account of some) await axios.delete(`https://crm.example/${account.id}`, { timeout: 2000 });'),
  },
  {
    title: 'a service of others for each row; the own database',
    shared,
    certainty: 'likely',
    audit: true,
    defect: agenda('for await (const customer of customers) await stripe.customers.retrieve(customer.stripeId); // finds'),
    correct: agenda("for await (const customer of customers) await mongo.db('shop').collection('seen').updateOne({ _id: customer._id }, { $set: { seen: true } });"),
  },
]);
