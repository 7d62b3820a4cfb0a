import { defineRule } from '../src/rule/index.ts';

const REMOTE = new Set(['read', 'write', 'publish', 'send', 'charge', 'call']);
const LOCAL = new Set(['files', 'process']);
/** A second try at once is what their own clients make as well. */
const STORES = new Set(['sql', 'mongo', 'redis', 'dynamo', 'firestore', 'cosmos']);

export default defineRule({
  name: 'require-retry-backoff',
  meta: {
    description: 'require that attempts are further apart the more of them have failed',
    preset: 'recommended',
    messages: {
      none: '{effect} is tried again at once when it fails. All attempts fall into the same moment: they do not outlast a short failure, and they hit a struggling service when it can bear least.',
      constant: '{effect} is tried again after the same time however often it has failed. Callers that failed together come back together, and a service that is overloaded is not left alone.',
      job: 'A job of {effect} is run up to {attempts} times with no pause in between. All attempts fall into the same moment and do not outlast a short failure.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const { kind, system, weight, attempts, pause, shape } = effect.effect;
      if (kind === 'publish' && shape.pause !== undefined && pause === null && attempts?.k === 'literal' && Number(attempts.value) > 2) report(effect, 'job', { data: { attempts: String(attempts.value) } });
      if (!REMOTE.has(kind) || LOCAL.has(system) || weight === 'telemetry') return;
      const region = ask.retryAround(effect);
      if (region?.retry === undefined || region.retry.pause === 'growing' || region.retry.pause === 'unknown') return;
      if (ask.retriesConflict(effect) || ask.triesAtMost(region, 2)) return;
      report(effect, region.retry.pause, {
        at: region,
        preset: region.retry.pause === 'constant' || STORES.has(system) ? 'strict' : 'recommended',
        likely: effect.regions.some((around) => around.kind === 'opaque'),
      });
    },
  },
});
