import { defineRule } from '../src/rule/index.ts';

const REMOTE = new Set(['read', 'write', 'publish', 'send', 'charge', 'call']);
const LOCAL = new Set(['files', 'process']);
/** Somebody waits, or a message is held, until it ends. */
const SERVED = new Set(['http', 'rpc', 'queue', 'stream', 'webhook', 'cron', 'job', 'cdc']);

export default defineRule({
  name: 'no-unbounded-retry',
  meta: {
    description: 'disallow trying again for ever',
    preset: 'recommended',
    harm: 'stalls',
    messages: {
      endless: '{effect} is tried again until it succeeds, and nothing else ends that. What fails for a lasting reason is called for ever, and whoever waits for it never learns of it.',
      requeued: 'Whenever its work fails, this message goes back into the queue and is delivered again at once. One that can never succeed comes back for ever, as fast as it fails, and keeps the others waiting.',
      putOff: 'Whenever its work fails, this row is put off and taken again later. `{counter}` counts how often, but nothing looks at it: what fails for a lasting reason is tried for ever, and more rows of that kind keep the others waiting.',
    },
  },
  on: {
    nack(nack, ask, report) {
      // Brokers can be told to give up (a delivery limit, a dead-letter policy): their settings are not in the code.
      if (ask.root.entry !== null && ask.requeuedBlindly(nack)) report(nack, 'requeued', { preset: 'strict', likely: true });
    },
    write(write, ask, report) {
      const found = ask.putOffForEver(write);
      // Somebody may clear such rows away by hand, or another program.
      if (found !== null) report(write, 'putOff', { data: { counter: found.counter }, evidence: [{ occurrence: found.read, message: 'takes the row when its time has come' }], preset: 'strict', likely: true });
    },
    effect(effect, ask, report) {
      const { kind, system, weight } = effect.effect;
      if (!REMOTE.has(kind) || LOCAL.has(system) || weight === 'telemetry') return;
      const region = ask.retryAround(effect);
      if (region?.retry?.endless !== true) return;
      const entry = ask.root.entry?.shape.kind;
      const served = entry !== undefined && SERVED.has(entry);
      report(effect, 'endless', { at: region, preset: served ? 'recommended' : 'all', likely: !served || effect.regions.some((around) => around.kind === 'opaque') });
    },
  },
});
