import { defineRule } from '../src/rule/index.ts';

const KINDS = new Set(['write', 'publish', 'send', 'charge', 'call']);

export default defineRule({
  name: 'no-effect-outside-step',
  meta: {
    description: 'disallow effects, and clocks and random values that decide, outside of the steps of a durable execution',
    preset: 'strict',
    harm: 'repeats',
    harms: { decides: 'corrupts' },
    messages: {
      outside: '{effect} is reached outside of a step. Whenever this execution goes on, after a step, a pause or a failure, it runs again from the top and does this once more.',
      decides: 'Whether {effect} is reached is decided by a clock or random value read outside of a step. When this execution goes on it is read anew, and may lead another way than the one taken before.',
      apart: '{effect} is given a random value made outside of a step, and so was an earlier step. When this execution goes on in between, the value is made anew and the two do not belong together.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const durable = ask.root.entry?.shape.durable;
      const { kind, weight, method, key } = effect.effect;
      if (durable === undefined || !KINDS.has(kind) || weight !== 'business' || method === 'GET' || key !== null) return;
      const opaque = effect.regions.some((region) => region.kind === 'opaque');
      if (ask.stepOf(effect) === null) report(effect, 'outside', { at: effect.regions.find((region) => region.kind === 'entry'), likely: opaque || ask.convergent(effect).is !== 'no' });
      if (durable === 'sandboxed') return;
      const test = ask.chanceBefore(effect);
      if (test !== null && !ask.occurrences.some((other) => other.index < effect.index && KINDS.has(other.effect.kind) && ask.chanceBefore(other)?.branch === test.branch)) report(effect, 'decides', { decidedIn: test.frame, likely: opaque });
      const earlier = ask.namedApart(effect);
      if (earlier !== null) report(effect, 'apart', { evidence: [{ occurrence: earlier, message: 'was given the value first' }], likely: opaque });
    },
  },
});
