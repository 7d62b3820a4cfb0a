import { defineRule } from '../src/rule/index.ts';

const REMOTE = new Set(['read', 'write', 'publish', 'send', 'charge', 'call', 'lock']);

/** Stays on this machine. */
const LOCAL = new Set(['files', 'process']);

export default defineRule({
  name: 'no-unbounded-concurrency',
  meta: {
    description: 'disallow starting one remote call per item of a collection at once when nothing bounds how many items there are',
    preset: 'recommended',
    harm: 'stalls',
    messages: {
      unbounded: 'This starts one remote call ({effect}) for every item at once, and {why}. With many items it exhausts connections and overloads the other side.',
    },
  },
  on: {
    effect(effect, ask, report) {
      if (!REMOTE.has(effect.effect.kind) || effect.effect.weight === 'telemetry' || LOCAL.has(effect.effect.system)) return;
      const fanOut = ask.fanOut(effect);
      if (fanOut === null || fanOut.bound.is !== 'data') return;
      report(effect, 'unbounded', {
        at: fanOut.region,
        data: { why: WHY[fanOut.bound.why] },
        // Most parents have few children, and the code does not tell which have many.
        preset: fanOut.bound.owned === true ? 'all' : 'recommended',
        likely: fanOut.bound.likely || fanOut.bound.owned === true || effect.regions.some((region) => region.kind === 'opaque'),
      });
    },
  },
});

const WHY = {
  query: 'the query that lists the items has no limit',
  message: 'the sender of the request or message decides how many there are',
  response: 'another service decides how many there are',
  file: 'the file or directory decides how many there are',
};
