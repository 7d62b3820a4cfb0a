import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask } from '../src/rule/index.ts';

const KINDS = new Set(['charge', 'send', 'publish', 'call']);

export default defineRule({
  name: 'require-idempotency-key',
  meta: {
    description: 'require a key that stays the same on calls that must not be done twice and can be repeated',
    preset: 'recommended',
    harm: 'repeats',
    messages: {
      absent: '{effect} is given no idempotency key, and {why}. The other side cannot tell the repeat from a second order and does it twice.',
      fresh: 'The idempotency key of {effect} is made anew each time this runs, and {why}. The repeat carries another key, so it is done twice all the same.',
      misplaced: 'The idempotency key is given as `{path}`, where {effect} does not read it. The call goes out without a key, and a repeat is done twice.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const { kind, weight, shape } = effect.effect;
      if (!KINDS.has(kind) || weight !== 'business' || shape.idempotencyKey === undefined || shape.repeatable === true || effect.inHandler !== null) return;
      const repeat = ask.repeatedBy(effect);
      if (repeat === null || effect.regions.some((region) => region.kind === 'step' || region.kind === 'idempotent')) return;
      const key = ask.key(effect, repeat.region);
      const form = formOf(effect, repeat.by, key.is, ask);
      if (form === null || ask.claimedWithin(effect, repeat.region)) return;
      const decidedBy = key.is === 'fresh' ? key.made : ask.carried(effect);
      if (key.is === 'misplaced') report(effect, 'misplaced', { data: { path: key.path }, preset: form.preset, decidedBy });
      else if (key.is === 'absent' || key.is === 'fresh') report(effect, key.is, { data: { why: WHY[repeat.by] }, likely: form.likely || repeat.likely || ask.markedWithin(effect, repeat.region), preset: form.preset, decidedBy, decidedIn: key.is === 'absent' ? ask.leftOutIn(effect) : null });
    },
  },
});

const WHY = {
  retry: 'the retry around it calls it again when an answer is lost',
  message: 'the handler it is called from gets the same message again after a failure',
  relay: 'the row that it is made from is marked or deleted only afterwards: a process that stops in between sends it again',
  request: 'the caller repeats the request when the answer is lost or a button is pressed twice',
};

/** That a request is repeated, that another service would read a key, that a message is not sorted out by its consumer: assumptions all. */
function formOf(call: Occurrence, by: keyof typeof WHY, key: string, ask: Ask): { preset: 'recommended' | 'strict' | 'all'; likely: boolean } | null {
  const { kind, system, method, shape } = call.effect;
  if (key === 'absent' && shape.keyConditional === true) return null;
  if (system === 'http') return method === 'POST' && ask.makesRecord(call) ? { preset: by === 'request' ? 'all' : 'strict', likely: true } : null;
  if (method !== null && method !== 'POST') return null;
  // A second customer or subscription is made, but no money moves by that alone.
  if (by === 'request') return kind === 'charge' ? { preset: 'strict', likely: true } : system === 'payment' && kind === 'call' && shape.repeatable === false ? { preset: 'all', likely: true } : null;
  return kind === 'publish' ? { preset: 'all', likely: true } : { preset: 'recommended', likely: false };
}
