import { defineRule } from '../src/rule/index.ts';
import type { Ask, ReportOptions } from '../src/rule/index.ts';

const KINDS = new Set(['write', 'publish', 'send', 'charge', 'call']);

export default defineRule({
  name: 'no-process-local-state',
  meta: {
    description: 'disallow the memory of one process to decide what several of them must agree on',
    preset: 'strict',
    harm: 'repeats',
    harms: { limit: 'stalls' },
    messages: {
      everywhere: 'Each process that runs this starts it at the same time, and nothing lets only one of them go on. {replicas}, {effect} is reached once in each.',
      seen: 'Whether {effect} is reached is decided by what this process remembers. {replicas}, or after a restart, the next one remembers nothing and does it again.',
      limit: 'Requests are counted in the memory of this process. {replicas} each lets through as many, and a restart begins anew.',
    },
  },
  on: {
    effect(effect, ask, report) {
      if (effect.inHandler !== null) return;
      // Asked only where there is something to say: the files that tell may have to be read for it.
      const say = (message: 'everywhere' | 'seen' | 'limit', options: ReportOptions = {}): void => {
        const { replicas } = ask;
        if (replicas?.count !== 1) report(effect, message, { ...options, likely: replicas === null, data: { replicas: wordsFor(replicas) } });
      };
      if (ask.limitsHere(effect)) return say('limit');
      if (effect.effect.weight !== 'business') return;
      const local = ask.localDecision(effect);
      if (local?.kind === 'limit' && isRequest(ask)) {
        if (!ask.occurrences.some((other) => other.index < effect.index && ask.localDecision(other)?.guard.branch === local.guard.branch)) say('limit', { decidedIn: local.guard.frame });
        return;
      }
      if (!KINDS.has(effect.effect.kind)) return;
      const everywhere = ask.firesEverywhere(effect);
      if ((local === null || ask.root.entry === null) && !everywhere) return;
      const converges = ask.convergent(effect);
      if (converges.is !== 'no' || converges.likely === true || ask.dedupedBy(effect) !== null || ask.isAlone(effect)) return;
      if (everywhere) say('everywhere', { at: effect.regions.find((region) => region.everywhere === true || region.kind === 'entry') });
      else say('seen', { decidedIn: local!.guard.frame });
    },
  },
});

const isRequest = (ask: Ask): boolean => ask.root.entry?.shape.kind === 'http' || ask.root.entry?.shape.kind === 'rpc' || ask.root.entry?.shape.kind === 'middleware';

function wordsFor(replicas: Ask['replicas']): string {
  if (replicas === null) return 'With several replicas (assumed: nothing in view says how many run)';
  const said = `${replicas.file}${replicas.line === undefined ? '' : `:${replicas.line}`}`;
  return replicas.count === null ? `With as many at once as ${said} has started` : `With the ${replicas.count} replicas of ${said}`;
}
