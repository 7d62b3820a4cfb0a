import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** Accounts and transfers have ids that their caller makes: one that is there already is refused and changes nothing. */
const create: EffectShape = { kind: 'write', action: 'insert', system: 'store', values: ['object', 'a0'], items: 'a0', maxItems: 8189, repeatable: true };
const look: EffectShape = { kind: 'read', action: 'find', system: 'store', cardinality: 'many', items: 'a0', maxItems: 8189 };
const query: EffectShape = { kind: 'read', action: 'find', system: 'store', cardinality: 'many', limit: 'a0.limit' };
const of = (effect: EffectShape, resource: string): Operation => ({ effect: { ...effect, resource: `#${resource}` } });

export default {
  name: 'tigerbeetle',
  packages: ['tigerbeetle-node'],
  source: 'tigerbeetle-node@0.16.66; batches of 8,189 events: docs.tigerbeetle.com/coding/requests',
  verified: 'types',
  exports: { createClient: { opens: true, returns: { type: 'Client', handle: 'new' } }, id: { yields: 'sortable-id' } },
  types: {
    Client: {
      role: 'client',
      members: {
        createAccounts: of(create, 'accounts'), createTransfers: of(create, 'transfers'), lookupAccounts: of(look, 'accounts'), lookupTransfers: of(look, 'transfers'),
        getAccountTransfers: of(query, 'transfers'), getAccountBalances: of(query, 'accounts'), queryAccounts: of(query, 'accounts'), queryTransfers: of(query, 'transfers'),
        destroy: { closes: true, pure: true },
      },
    },
  },
} satisfies LibraryModel;
