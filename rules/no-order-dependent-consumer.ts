import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-order-dependent-consumer',
  meta: {
    description: 'disallow overwriting a record with the state that a message carries when messages may arrive in another order than they were sent',
    preset: 'strict',
    harm: 'corrupts',
    messages: {
      stale: '{fields} of {effect} is overwritten with what this message carries, whatever is stored by then. Messages can arrive in another order than they were sent, and an older one then puts an outdated state back for good.',
    },
  },
  on: {
    write(write, ask, report) {
      const entry = ask.root.entry?.shape;
      const redelivers = ask.redelivers(write);
      if (entry === undefined || redelivers === 'no' || entry.ordered === true || entry.ordered === 'key' || entry.kind === 'cron') return;
      if (write.effect.weight !== 'business' || write.inHandler !== null || write.regions.some((region) => region.kind === 'opaque')) return;
      const snapshot = ask.overwritesWithMessage(write);
      if (snapshot === null || ask.comparesWithStored(write)) return;
      report(write, 'stale', {
        data: { fields: snapshot.fields.slice(0, 3).map((field) => `\`${field}\``).join(', ') },
        ...(snapshot.likely && write.effect.system !== 'redis' ? { preset: 'all' as const } : {}),
        // A job says what to do more often than how things are.
        likely: snapshot.likely || entry.kind === 'job' || redelivers === 'likely',
      });
    },
  },
});
