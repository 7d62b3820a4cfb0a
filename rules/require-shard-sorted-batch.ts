import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'require-shard-sorted-batch',
  meta: {
    description: 'require that batches for a store that spreads its rows are cut from a list sorted by what it spreads them by',
    preset: 'strict',
    harm: 'stalls',
    messages: {
      scattered: '{effect} spreads rows by `{key}`, and each of these batches is cut from the list as it comes: every batch touches many shards, and waits for the slowest. Sort or group the list by `{key}` before it is cut.',
    },
  },
  on: {
    write(write, ask, report) {
      const found = ask.scattered(write);
      if (found === null) return;
      report(write, 'scattered', { data: { key: found.key }, decidedBy: write.effect.items, likely: found.given || write.regions.some((region) => region.kind === 'opaque') });
    },
  },
});
