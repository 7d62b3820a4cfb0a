import { defineRule } from '../src/rule/index.ts';
import type { Ask } from '../src/rule/index.ts';

const KINDS = new Set(['write', 'publish', 'send', 'charge', 'call']);

export default defineRule({
  name: 'no-process-local-state',
  meta: {
    description: 'disallow the memory of one process to decide what several of them must agree on',
    preset: 'strict',
    harm: 'repeats',
    harms: { limit: 'stalls' },
    messages: {
      everywhere: 'Each process that runs this starts it at the same time, and nothing lets only one of them go on. With several replicas, {effect} is reached once in each.',
      seen: 'Whether {effect} is reached is decided by what this process remembers. With several replicas, or after a restart, the next one remembers nothing and does it again.',
      limit: 'Requests are counted in the memory of this process. With several replicas each lets through as many, and a restart begins anew.',
    },
  },
  on: {
    effect(effect, ask, report) {
      if (effect.inHandler !== null) return;
      // How many replicas there are is not in view: several are assumed.
      const likely = true;
      if (ask.limitsHere(effect)) return report(effect, 'limit', { likely });
      if (effect.effect.weight !== 'business') return;
      const local = ask.localDecision(effect);
      if (local?.kind === 'limit' && isRequest(ask)) {
        if (!ask.occurrences.some((other) => other.index < effect.index && ask.localDecision(other)?.guard.branch === local.guard.branch)) report(effect, 'limit', { decidedIn: local.guard.frame, likely });
        return;
      }
      if (!KINDS.has(effect.effect.kind)) return;
      const everywhere = ask.firesEverywhere(effect);
      if ((local === null || ask.root.entry === null) && !everywhere) return;
      const converges = ask.convergent(effect);
      if (converges.is !== 'no' || converges.likely === true || ask.dedupedBy(effect) !== null || ask.isAlone(effect)) return;
      if (everywhere) report(effect, 'everywhere', { likely, at: effect.regions.find((region) => region.everywhere === true || region.kind === 'entry') });
      else report(effect, 'seen', { decidedIn: local!.guard.frame, likely });
    },
  },
});

const isRequest = (ask: Ask): boolean => ask.root.entry?.shape.kind === 'http' || ask.root.entry?.shape.kind === 'rpc' || ask.root.entry?.shape.kind === 'middleware';
