import { defineRule } from '../src/rule/index.ts';

const SENDS = new Set(['publish', 'send', 'charge', 'call']);

export default defineRule({
  name: 'no-unsafe-outbox-relay',
  meta: {
    description: 'disallow relays that mark a row as sent too early, or that two processes can take the same rows in',
    preset: 'recommended',
    harm: 'loses',
    harms: { shared: 'repeats', unlocked: 'repeats' },
    messages: {
      early: 'The row is marked by `{field}` before it is sent. When the process dies or the call fails in between, nobody sends it any more.',
      shared: 'Two processes that run this at once read the same rows before either marks them by `{field}`, and each row is sent twice.',
      unlocked: 'The rows are read with a lock, and no transaction is open: the lock is gone before the rows are marked by `{field}`. Two processes at once send each row twice.',
      unawaited: 'The row is marked by `{field}` while nobody waits for what sends it. When that fails, nobody sends it any more.',
    },
  },
  on: {
    effect(sent, ask, report) {
      if (!SENDS.has(sent.effect.kind) || sent.effect.weight !== 'business' || sent.effect.method === 'GET') return;
      const relay = ask.relayOf(sent);
      if (relay === null) return;
      const unawaited = sent.use === 'dropped' && sent.effect.shape.immediate !== true && relay.mark.use === 'awaited' && relay.mark.index > sent.index;
      const fault = unawaited ? 'unawaited' : relay.fault;
      if (fault === null) return;
      // One worker gets each job; a scheduler calls a route once.
      const alone = ask.root.entry !== null && ask.root.entry.shape.kind !== 'cron' && !sent.regions.some((region) => region.kind === 'background');
      const twice = fault === 'shared' || fault === 'unlocked';
      if (twice && (alone || ask.convergent(sent).is === 'yes')) return;
      report(sent, fault, {
        data: { field: relay.field },
        evidence: [{ occurrence: relay.read, message: 'reads rows that wait' }, { occurrence: relay.mark, message: `marks a row by \`${relay.field}\`` }],
        step: 'sends what the row says',
        // What is sent without being waited for is worth a try, and no more.
        likely: (fault === 'early' && ask.droppedBefore(sent, null) !== null) || sent.regions.some((region) => region.kind === 'opaque') || (twice && fault !== 'unlocked' && ask.root.entry === null && !sent.regions.some((region) => region.kind === 'background')),
      });
    },
  },
});
