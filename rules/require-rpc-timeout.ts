import { defineRule } from '../src/rule/index.ts';

/** Work that somebody waits for, or that holds a worker. */
const SERVED = new Set(['http', 'rpc', 'middleware', 'queue', 'stream', 'webhook', 'cron', 'event', 'job', 'cdc']);
const STORES = new Set(['redis', 'search', 'sql', 'mongo']);

export default defineRule({
  name: 'require-rpc-timeout',
  meta: {
    description: 'require that calls of other services end after a time, also when nobody answers',
    preset: 'recommended',
    harm: 'stalls',
    messages: {
      none: '{effect} is called without a deadline, and there is none by default. When the other side does not answer, this waits for ever and holds a connection and whoever waits for it.',
      ignored: '{effect} is given a `timeout`, which this client does not read. The call has no deadline: when the other side does not answer, this waits for ever.',
      outlasts: '{effect} is given {inner} ms, and whoever waits for it gives up after {outer} ms. Its own deadline comes too late: the call goes on when its answer is of no use any more, and holds a connection.',
      long: '{effect} ends only after the default of {minutes} minutes. When the other side does not answer, this holds a connection and whoever waits for it that long.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const { kind, system, shape } = effect.effect;
      const deadline = ask.deadline(effect);
      const late = ask.outlasts(effect);
      if (late !== null) report(effect, 'outlasts', { data: { inner: String(late.inner), outer: String(late.outer) }, preset: 'strict', likely: effect.regions.some((region) => region.kind === 'opaque') });
      if (deadline === 'given' || deadline === 'unknown' || (effect.use === 'dropped' && !ask.stopsWorker(effect))) return;
      // One client, one cause: the first call through it stands for the others.
      if (STORES.has(system) && ask.occurrences.find((other) => other.effect.handle === effect.effect.handle && ask.deadline(other) === deadline) !== effect) return;
      const entry = ask.root.entry?.shape.kind;
      if (entry !== undefined && !SERVED.has(entry)) return;
      // Where the library has no option for it, only a race ends the call.
      const weak = entry === undefined || deadline === 'long' || STORES.has(system) || shape.deadlineOption === undefined || (kind === 'publish' && shape.delivery === 'at-most-once');
      report(effect, deadline, {
        data: { minutes: String(Math.round((shape.deadline ?? 0) / 60_000)) },
        preset: weak ? 'all' : 'recommended',
        // After the answer nobody waits for it but the process.
        likely: entry === undefined || effect.regions.some((region) => region.kind === 'opaque' || region.kind === 'background' || region.kind === 'deferred'),
        decidedIn: ask.optionsMadeIn(effect),
      });
    },
  },
});
