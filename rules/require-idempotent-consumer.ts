import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask } from '../src/rule/index.ts';

const KINDS = new Set(['write', 'publish', 'send', 'charge', 'call']);

export default defineRule({
  name: 'require-idempotent-consumer',
  meta: {
    description: 'require that handlers of messages that can arrive twice have the same outcome when they do',
    preset: 'recommended',
    harm: 'repeats',
    harms: { poison: 'fails' },
    messages: {
      repeats: 'This {entry} can be called again with the same message, and then {what} a second time. Nothing on the way remembers that the message was handled.',
      poison: 'This {entry} can be called again with the same message, and then the unique key refuses the row and nothing handles the error. The message fails again and again, and what follows never runs.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const entry = ask.root.entry?.shape;
      const redelivers = ask.redelivers(effect);
      if (redelivers === 'no' || !KINDS.has(effect.effect.kind) || effect.effect.weight !== 'business') return;
      if (effect.inHandler !== null || effect.regions.some((region) => region.kind === 'background')) return;
      const converges = ask.convergent(effect);
      if (converges.is !== 'no' || ask.dedupedBy(effect) !== null) return;
      // Whether an unknown service does twice what it is asked twice, the code does not show; that its answer is kept or passed on tells that it made something.
      const unknown = effect.effect.kind === 'call' && effect.effect.system === 'http' && !ask.occurrences.some((later) => later.index > effect.index && later.effect.kind !== 'read' && ask.feeds(effect, later));
      const poison = effect.effect.kind === 'write' && converges.likely === true;
      const likely = redelivers === 'likely' || converges.likely === true || unknown || ask.droppedBefore(effect, null) !== null || effect.regions.some((region) => region.kind === 'opaque') || effect.effect.system === 'redis' || effect.effect.system === 'clickhouse' || effect.effect.system === 'chat'
        // Once more at its time is what a schedule does anyway.
        || (effect.effect.kind === 'publish' && (entry!.kind === 'job' || entry!.kind === 'cron') && !ask.heedsMessage(effect));
      report(effect, poison ? 'poison' : 'repeats', {
        data: { entry: NAMES[entry!.kind] ?? 'handler', what: whatRepeats(effect, ask) },
        at: effect.regions.find((region) => region.kind === 'entry'),
        likely,
        // Whoever consumes that may look for repeats; stores of analysis merge rows of one key; who reads a chat sees it twice.
        preset: likely && (effect.effect.kind === 'publish' || effect.effect.system === 'clickhouse' || effect.effect.system === 'chat') ? 'all' : 'recommended',
      });
    },
  },
});

const NAMES: Record<string, string> = { queue: 'queue consumer', stream: 'stream consumer', webhook: 'webhook', cron: 'scheduled job', event: 'event listener', job: 'job', cdc: 'change stream consumer', http: 'webhook' };

function whatRepeats(effect: Occurrence, ask: Ask): string {
  const name = ask.nameOf(effect);
  switch (effect.effect.kind) {
    case 'publish': return `${name} is published to`;
    case 'send': return `${name} sends`;
    case 'charge': return `${name} moves money`;
    case 'call': return `${name} is called`;
    default: return effect.effect.action === 'insert' ? `a row is added to ${name}` : `${name} is changed`;
  }
}
