import { describe, expect, it } from 'vitest';
import { auditAll } from '../support/audit-files.ts';

const files = {
  'src/manager.ts': `
    import { Job, Worker } from 'bullmq';

    type Handler = (job: Job) => Promise<void>;

    export class Manager {
      static register(queue: string, handler: Handler) {
        new Worker(queue, Manager.timed(handler));
      }

      private static timed(handler: Handler) {
        return async (job: Job) => {
          const start = Date.now();
          await handler(job);
          console.log(Date.now() - start);
        };
      }
    }
  `,
  'src/orders.ts': `
    import { PrismaClient } from '@prisma/client';

    const prisma = new PrismaClient();

    export const handleOrder = async (job) => {
      await prisma.order.create({ data: { reference: job.data.reference } });
    };
  `,
  'src/app.ts': `
    import { Manager } from './manager';
    import { handleOrder } from './orders';

    ${Array.from({ length: 800 }, (_, i) => `if (process.env.QUEUE_${i} === 'on') Manager.register('queue-${i}', async (job) => { console.log(job.id, ${i}); });`).join('\n    ')}
    Manager.register('orders', handleOrder);
  `,
};

const found = async (paths: readonly string[]) =>
  (await auditAll(files, { paths: [...paths] })).filter(({ ruleId }) => ruleId === 'distributed/require-idempotent-consumer').map(({ location }) => location.file);

describe('a handler that a long set-up registers through a wrapper of another file', () => {
  it('is found with the whole program', async () => {
    expect(await found([])).toEqual(['src/orders.ts']);
  });

  it('is found when only its file is asked for', async () => {
    expect(await found(['src/orders.ts'])).toEqual(['src/orders.ts']);
  });
});
