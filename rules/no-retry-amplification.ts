import { defineRule } from '../src/rule/index.ts';

const REMOTE = new Set(['read', 'write', 'publish', 'send', 'charge', 'call']);
const LOCAL = new Set(['files', 'process']);

export default defineRule({
  name: 'no-retry-amplification',
  meta: {
    description: 'disallow retries within retries, which multiply',
    preset: 'strict',
    harm: 'stalls',
    messages: {
      nested: '{effect} is tried {least}{product} times for one failure: {layers}. When the other side is in trouble it gets that many times the calls. Only one of them should try again: switch off {off}.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const { kind, system, weight } = effect.effect;
      if (!REMOTE.has(kind) || LOCAL.has(system) || weight === 'telemetry' || ask.retriesConflict(effect)) return;
      const layers = ask.retryLayers(effect);
      // A queue that runs a job again and a client that sends a request again do not know of each other, and need not.
      const outer = layers.find((layer) => layer.region !== null);
      if (outer === undefined || layers.length < 2) return;
      report(effect, 'nested', {
        at: outer.region!,
        data: {
          layers: layers.map(({ by, times }) => `${NAMES[by]} ${times ?? 'several'} times`).join(', ').replace(/, ([^,]*)$/, ', in which $1'),
          product: String(layers.reduce((all, { times }) => all * (times ?? 2), 1)),
          least: layers.some(({ times }) => times === null) ? 'at least ' : 'up to ',
          off: OFF[layers.at(-1)!.by],
        },
        likely: layers.some(({ assumed }) => assumed) || effect.regions.some((region) => region.kind === 'opaque'),
      });
    },
  },
});

const NAMES = { loop: 'a loop tries it', function: 'a function calls itself', library: 'a retry function calls it', client: 'its client sends it', queue: 'the queue runs the job' };
const OFF = { loop: 'the innermost loop', function: 'the innermost function', library: 'the innermost retry function', client: 'the retries of the client, or those around it', queue: 'the innermost' };
