import { twins } from '../support/twins.ts';

const readings = {
  'src/reading.model.ts': `
    import { model, Schema } from 'mongoose';

    const readingSchema = new Schema({ meter: String, at: Date, value: Number }, { shardKey: { meter: 1 } });

    export const Reading = model('Reading', readingSchema);
  `,
};
const citus = (table: string, column: string) => ({
  'migrations/001_tables.sql': `
    CREATE TABLE ${table} (${column} bigint NOT NULL, id bigint NOT NULL, amount int, PRIMARY KEY (${column}, id));
    SELECT create_distributed_table('${table}', '${column}');
  `,
});

twins('require-shard-sorted-batch', [
  {
    title: 'Mongoose: parts of a list of readings, against parts of the list sorted by meter',
    certainty: 'likely',
    shared: readings,
    defect: {
      'src/import.ts': `
        import { chunk } from 'lodash';
        import { Reading } from './reading.model';

        export async function importReadings(rows: { meter: string; value: number }[]) {
          for (const part of chunk(rows, 500)) await Reading.insertMany(part.map(({ meter, value }) => ({ meter, value, at: new Date() }))); // finds
        }
      `,
    },
    correct: {
      'src/import.ts': `
        import { chunk, sortBy } from 'lodash';
        import { Reading } from './reading.model';

        export async function importReadings(rows: { meter: string; value: number }[]) {
          for (const part of chunk(sortBy(rows, 'meter'), 500)) await Reading.insertMany(part.map(({ meter, value }) => ({ meter, value, at: new Date() })));
        }
      `,
    },
  },
  {
    title: 'Mongoose: readings of a file through a repository, against one list for each meter',
    certainty: 'likely',
    shared: {
      ...readings,
      'src/readings.ts': `
        import { Reading } from './reading.model';

        export class Readings {
          async add(part: { meter: string; value: number }[]) {
            await Reading.insertMany(part);
          }
        }
      `,
    },
    defect: {
      'src/import.ts': `
        import { Readings } from './readings';

        const readings = new Readings();

        export async function importReadings(rows: { meter: string; value: number }[]) {
          for (let i = 0; i < rows.length; i += 1000) await readings.add(rows.slice(i, i + 1000)); // finds
        }
      `,
    },
    correct: {
      'src/import.ts': `
        import { groupBy } from 'lodash';
        import { Readings } from './readings';

        const readings = new Readings();

        export async function importReadings(rows: { meter: string; value: number }[]) {
          for (const ofMeter of Object.values(groupBy(rows, 'meter'))) {
            for (let i = 0; i < ofMeter.length; i += 1000) await readings.add(ofMeter.slice(i, i + 1000));
          }
        }
      `,
    },
  },
  {
    title: 'Knex on Citus: lines as they were read, against ordered by tenant',
    shared: citus('order_lines', 'tenant_id'),
    defect: {
      'src/copy.ts': `
        import knex from 'knex';

        const db = knex({ client: 'pg' });

        export async function copyLines() {
          const lines = await db('imported_lines').select('tenant_id', 'id', 'amount').orderBy('id').limit(100000);
          for (let i = 0; i < lines.length; i += 1000) await db('order_lines').insert(lines.slice(i, i + 1000).map(({ tenant_id, id, amount }) => ({ tenant_id, id, amount }))); // finds
        }
      `,
    },
    correct: {
      'src/copy.ts': `
        import knex from 'knex';

        const db = knex({ client: 'pg' });

        export async function copyLines() {
          const lines = await db('imported_lines').select('tenant_id', 'id', 'amount').orderBy('tenant_id').limit(100000);
          for (let i = 0; i < lines.length; i += 1000) await db('order_lines').insert(lines.slice(i, i + 1000).map(({ tenant_id, id, amount }) => ({ tenant_id, id, amount })));
        }
      `,
    },
  },
  {
    title: 'Knex on Citus through a function of another file: lines of all tenants, against those of one',
    shared: {
      ...citus('ledger_lines', 'tenant_id'),
      'src/ledger.ts': `
        import knex from 'knex';

        export const db = knex({ client: 'pg' });

        export const append = (lines: { tenant_id: number; id: number; amount: number }[]) => db('ledger_lines').insert(lines);
      `,
    },
    defect: {
      'src/close.ts': `
        import { chunk } from 'lodash';
        import { append, db } from './ledger';

        export async function close(month: string) {
          const lines = await db('open_lines').where({ month }).select('tenant_id', 'id', 'amount');
          for (const part of chunk(lines, 200)) await append(part.map(({ tenant_id, id, amount }) => ({ tenant_id, id, amount }))); // finds
        }
      `,
    },
    correct: {
      'src/close.ts': `
        import { chunk } from 'lodash';
        import { append, db } from './ledger';

        export async function close(month: string, tenant_id: number) {
          const lines = await db('open_lines').where({ month, tenant_id }).select('tenant_id', 'id', 'amount');
          for (const part of chunk(lines, 200)) await append(part.map(({ id, amount }) => ({ tenant_id, id, amount })));
        }
      `,
    },
  },
  {
    title: 'Prisma on Citus: invoices of all accounts, against ordered by account',
    shared: {
      ...citus('invoice', 'accountId'),
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/invoices.ts': `
        import { chunk } from 'lodash';
        import { prisma } from './prisma';

        export async function issue() {
          const due = await prisma.subscription.findMany({ where: { due: true } });
          for (const part of chunk(due, 100)) await prisma.invoice.createMany({ data: part.map(({ accountId, id, amount }) => ({ accountId, id, amount })) }); // finds
        }
      `,
    },
    correct: {
      'src/invoices.ts': `
        import { chunk } from 'lodash';
        import { prisma } from './prisma';

        export async function issue() {
          const due = await prisma.subscription.findMany({ where: { due: true }, orderBy: { accountId: 'asc' } });
          for (const part of chunk(due, 100)) await prisma.invoice.createMany({ data: part.map(({ accountId, id, amount }) => ({ accountId, id, amount })) });
        }
      `,
    },
  },
  {
    title: 'Prisma: parts for a table that is spread, against one that is not',
    shared: {
      ...citus('visits', 'shopId'),
      'src/prisma.ts': `
        import { PrismaClient } from '@prisma/client';

        export const prisma = new PrismaClient();
      `,
    },
    defect: {
      'src/visits.ts': `
        import { chunk } from 'lodash';
        import { prisma } from './prisma';

        export async function keep() {
          const seen = await prisma.sighting.findMany({ orderBy: { id: 'asc' } });
          for (const part of chunk(seen, 100)) await prisma.visits.createMany({ data: part.map(({ shopId, id }) => ({ shopId, id })) }); // finds
        }
      `,
    },
    correct: {
      'src/visits.ts': `
        import { chunk } from 'lodash';
        import { prisma } from './prisma';

        export async function keep() {
          const seen = await prisma.sighting.findMany({ orderBy: { id: 'asc' } });
          for (const part of chunk(seen, 100)) await prisma.walks.createMany({ data: part.map(({ shopId, id }) => ({ shopId, id })) });
        }
      `,
    },
  },
  {
    title: 'ClickHouse: events of many days in each insert, against sorted by day',
    certainty: 'likely',
    shared: {
      'migrations/001_events.sql': `
        CREATE TABLE events (day Date, kind String) ENGINE = MergeTree() PARTITION BY day ORDER BY kind;
      `,
    },
    defect: {
      'src/load.ts': `
        import { createClient } from '@clickhouse/client';
        import { chunk } from 'lodash';

        const clickhouse = createClient();

        export async function load(events: { day: string; kind: string }[]) {
          for (const part of chunk(events, 10000)) await clickhouse.insert({ table: 'events', values: part, format: 'JSONEachRow' }); // finds
        }
      `,
    },
    correct: {
      'src/load.ts': `
        import { createClient } from '@clickhouse/client';
        import { chunk } from 'lodash';

        const clickhouse = createClient();

        export async function load(events: { day: string; kind: string }[]) {
          const byDay = events.toSorted((a, b) => a.day.localeCompare(b.day));
          for (const part of chunk(byDay, 10000)) await clickhouse.insert({ table: 'events', values: part, format: 'JSONEachRow' });
        }
      `,
    },
  },
  {
    title: 'ClickHouse through an injected loader: rows of a Prisma query as they come, against ordered by what the table is parted by',
    shared: {
      'migrations/001_calls.sql': `
        CREATE TABLE calls (region String, id String) ENGINE = ReplacingMergeTree PARTITION BY region ORDER BY id;
      `,
      'src/loader.ts': `
        import { createClient } from '@clickhouse/client';

        export class Loader {
          private readonly clickhouse = createClient();

          async add(values: { region: string; id: string }[]) {
            await this.clickhouse.insert({ table: 'calls', values, format: 'JSONEachRow' });
          }
        }
      `,
    },
    defect: {
      'src/export.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Loader } from './loader';

        const prisma = new PrismaClient();

        export async function exportCalls(loader: Loader) {
          const calls = await prisma.call.findMany({ orderBy: { startedAt: 'asc' } });
          for (let i = 0; i < calls.length; i += 5000) await loader.add(calls.slice(i, i + 5000).map(({ region, id }) => ({ region, id }))); // finds
        }
      `,
    },
    correct: {
      'src/export.ts': `
        import { PrismaClient } from '@prisma/client';
        import { Loader } from './loader';

        const prisma = new PrismaClient();

        export async function exportCalls(loader: Loader) {
          const calls = await prisma.call.findMany({ orderBy: [{ region: 'asc' }, { startedAt: 'asc' }] });
          for (let i = 0; i < calls.length; i += 5000) await loader.add(calls.slice(i, i + 5000).map(({ region, id }) => ({ region, id })));
        }
      `,
    },
  },
]);
