import { expect, test } from 'vitest';
import { reportOn } from '../support/audit-files.ts';

test('each resolver of a map is an entry point, and what it reaches through a container counts for its service', async () => {
  const { topology } = await reportOn({
    'package.json': '{ "workspaces": ["packages/*"] }',
    'packages/marina/package.json': '{ "name": "marina" }',
    'packages/marina/src/container.ts': `
      import { asFunction, createContainer } from 'awilix';
      import { createClient } from 'tigerbeetle-node';
      import { createFees } from './fees';

      export const container = createContainer();
      container.register({ ledger: asFunction(() => createClient({ cluster_id: 0n, replica_addresses: [3000] })), fees: asFunction((held) => createFees(held.resolve('ledger'))) });
    `,
    'packages/marina/src/fees.ts': `
      export const createFees = (ledger) => ({
        charge: (transfer) => ledger.createTransfers([transfer]),
        of: (berth) => ledger.lookupTransfers([berth]),
      });
    `,
    'packages/marina/src/schema.ts': `
      import { addResolversToSchema } from '@graphql-tools/schema';
      import { container } from './container';

      const chargeFee = async (_, { transfer }) => container.resolve('fees').charge(transfer);
      const feesOf = async (_, { berth }) => container.resolve('fees').of(berth);
      export const withResolvers = (schema) => addResolversToSchema({ schema, resolvers: { Mutation: { chargeFee }, Query: { feesOf } } });
    `,
  }, { topology: true });
  expect(topology!.entryPoints.map(({ service, kind, handler }) => `${service} ${kind} ${handler}`)).toEqual(['service:packages/marina http chargeFee', 'service:packages/marina http feesOf']);
  expect(topology!.edges.map(({ from, verb, to }) => `${from} ${verb} ${to}`)).toEqual(['service:packages/marina reads store:store:transfers', 'service:packages/marina writes store:store:transfers']);
});
