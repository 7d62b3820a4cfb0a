import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask } from '../src/rule/index.ts';

/** What is handed to a helper that tries again is rarely local: nobody sleeps between attempts at that. */
const REMOTE = new Set(['read', 'write', 'publish', 'send', 'charge', 'call', 'delegate']);
const LOCAL = new Set(['files']);
/** A second try at once is what their own clients make as well. */
const STORES = new Set(['sql', 'mongo', 'redis', 'dynamo', 'firestore', 'cosmos']);

export default defineRule({
  name: 'require-retry-backoff',
  meta: {
    description: 'require that attempts are further apart the more of them have failed',
    preset: 'recommended',
    harm: 'stalls',
    messages: {
      none: '{effect} is tried again at once when it fails. All attempts fall into the same moment: they do not outlast a short failure, and they hit a struggling service when it can bear least.',
      constant: '{effect} is tried again after the same time however often it has failed. Callers that failed together come back together, and a service that is overloaded is not left alone.',
      blind: '{effect} is tried again whatever its answer says. A request that is refused for good is sent again and again, and whoever waits learns of it only after the last attempt.',
      lockstep: '{effect} is tried again after a pause that is the same for everyone. Those that failed together come back together, and each wave hits the other side at once.',
      client: 'What this client sends is sent again at once when it fails, for no pause is given. All attempts fall into the same moment: they do not outlast a short failure, and they hit a struggling service when it can bear least.',
      requeued: 'When its work fails, this message is put back into the queue it came from, and is delivered again at once. All attempts fall into the same moment: they do not outlast a short failure, and hit a struggling service when it can bear least.',
      job: 'A job of {effect} is run up to {attempts} times with no pause in between. All attempts fall into the same moment and do not outlast a short failure.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const { kind, system, weight, attempts, pause, shape } = effect.effect;
      if (kind === 'publish' && shape.pause !== undefined && pause === null && attempts?.k === 'literal' && Number(attempts.value) > 2) report(effect, 'job', { data: { attempts: String(attempts.value) } });
      if (ask.requeuedAtOnce(effect)) report(effect, 'requeued', { preset: 'strict', likely: effect.regions.some((around) => around.kind === 'opaque') });
      if (!REMOTE.has(kind) || LOCAL.has(system) || weight === 'telemetry') return;
      const setUp = ask.resentAtOnce(effect);
      if (setUp !== null) report(effect, 'client', { setUp, likely: effect.regions.some((around) => around.kind === 'opaque') });
      const region = ask.retryAround(effect);
      if (region?.retry === undefined || ask.retriesConflict(effect) || ask.triesAtMost(region, 2)) return;
      const flaw = flawOf(region.retry, effect, ask);
      // A store of one's own that is tried again after a while, be it the same while, is left alone enough.
      if (flaw === null || (flaw === 'constant' && STORES.has(system))) return;
      report(effect, flaw, {
        at: region,
        preset: flaw !== 'none' || kind === 'delegate' || STORES.has(system) ? 'strict' : 'recommended',
        likely: kind === 'delegate' || effect.regions.some((around) => around.kind === 'opaque'),
      });
    },
  },
});

function flawOf(retry: NonNullable<ReturnType<Ask['retryAround']>>['retry'] & object, effect: Occurrence, ask: Ask): 'none' | 'constant' | 'blind' | 'lockstep' | null {
  if (retry.pause === 'none' || retry.pause === 'constant') return retry.pause;
  if (retry.blind === true) return 'blind';
  return retry.pause === 'growing' && ask.manyTry(effect) && ask.inLockstep(retry) ? 'lockstep' : null;
}
