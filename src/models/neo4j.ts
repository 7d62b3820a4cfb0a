import type { EffectShape, LibraryModel, Operation } from '../vocabulary/model.ts';

/** What a statement in Cypher does is not read. */
const cypher: EffectShape = { kind: 'call', action: 'execute', system: 'store' };
const run: Operation = { effect: cypher };
/** Tried again, for half a minute, where the server says that it may. */
const managed: Operation = { invokes: [{ fn: 'a0', args: [{ type: 'Transaction', handle: 'new' }], region: { kind: 'transaction', reruns: true } }], returns: 'invoked' };
const driver: Operation = { opens: true, returns: { type: 'Driver', handle: 'new' } };

export default {
  name: 'neo4j',
  packages: ['neo4j-driver'],
  exports: { driver, default: { members: { driver } } },
  types: {
    Driver: { role: 'client', pooled: true, members: { session: { returns: { type: 'Session', handle: 'new' } }, executeQuery: run, verifyConnectivity: { pure: true }, close: { closes: true, pure: true } } },
    Session: {
      role: 'session',
      members: {
        run, executeRead: managed, executeWrite: managed, readTransaction: managed, writeTransaction: managed,
        beginTransaction: { transaction: { is: 'begin' }, returns: { type: 'Transaction', handle: 'new' } }, close: { pure: true },
      },
    },
    Transaction: {
      role: 'transaction', aliases: ['ManagedTransaction'],
      members: { run, commit: { transaction: { is: 'commit', handle: 'this' } }, rollback: { transaction: { is: 'rollback', handle: 'this' } }, close: { pure: true } },
    },
  },
  source: 'neo4j-driver 6.3; readTransaction and writeTransaction of version 4',
  verified: 'types',
} satisfies LibraryModel;
