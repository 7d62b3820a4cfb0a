import { defineRule } from '../src/rule/index.ts';

const STORES = new Set(['sql', 'mongo', 'clickhouse']);
const OUTSIDE = new Set(['publish', 'send', 'charge', 'call']);

export default defineRule({
  name: 'no-side-effect-in-transaction',
  meta: {
    description: 'disallow effects on other systems while a database transaction is open',
    preset: 'recommended',
    harm: 'corrupts',
    harms: { read: 'stalls' },
    messages: {
      effect: '{effect} is reached while a transaction is open. It is not undone when the transaction rolls back, happens again when it is retried, and rows stay locked while it takes its time.',
      read: '{effect} is read over the network while a transaction is open. Rows stay locked and a connection is held for as long as the other side takes.',
      invalidation: 'The cache is changed before the transaction commits. A reader in between puts the old value back, and it stays.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const { kind, weight, system } = effect.effect;
      // A statement that says nothing of what it does: a setting of the session, a change of the schema. A queue that is declared is there the next time.
      if (weight === 'telemetry' || (kind === 'call' && (STORES.has(system) || weight === 'cache'))) return;
      const open = ask.openTransaction(effect);
      if (open === null || open.member === 'yes') return;
      const at = open.region ?? undefined;
      const likely = open.likely || (open.member === 'unknown' && system === 'jobs') || effect.inHandler !== null;
      if (OUTSIDE.has(kind) || (kind === 'write' && (system === 'objects' || system === 'search'))) report(effect, 'effect', { at, likely });
      else if (kind === 'read' && (system === 'http' || system === 'rpc' || system === 'payment' || system === 'ai')) report(effect, 'read', { at, likely: true });
      else if (kind === 'write' && (system === 'redis' || weight === 'cache') && (effect.effect.action === 'delete' || weight === 'cache')) report(effect, 'invalidation', { at, likely: true });
    },
  },
});
