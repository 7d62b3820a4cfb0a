import { defineRule, type Occurrence } from '../src/rule/index.ts';
import type { Ask, Report } from '../src/rule/index.ts';

type Id = 'stale' | 'copy';

export default defineRule({
  name: 'no-mutable-message-payload',
  meta: {
    description: 'disallow sending a copy of a record that can change, or has changed already, in place of a reference to it',
    preset: 'strict',
    harm: 'corrupts',
    messages: {
      stale: 'The message holds {read} as it was read before {change} was changed here. Whoever receives it acts on a state that is outdated at the time of sending.',
      copy: 'The message holds a whole record of {read}. By the time it is handled, after a delay or a retry, the record may have changed, and the consumer acts on the old copy.',
    } satisfies Record<Id, string>,
  },
  on: {
    publish(message, ask, report) {
      look(message, ask, report);
    },
    delegate(call, ask, report) {
      look(call, ask, report);
    },
  },
});

const QUEUES = new Set(['queue', 'stream', 'pubsub', 'jobs', 'bus']);

function look(message: Occurrence, ask: Ask, report: Report<Id>): void {
  if (message.inHandler !== null) return;
  for (const { read, changed } of ask.carriedRows(message)) {
    const evidence = [{ occurrence: read, message: 'reads the record' }];
    if (changed !== null) {
      report(message, 'stale', {
        data: { read: ask.nameOf(read), change: ask.nameOf(changed) }, evidence: [...evidence, { occurrence: changed, message: 'changes it' }], step: 'sends it as it was before',
        likely: message.effect.kind === 'delegate' || message.regions.some((region) => region.kind === 'opaque'),
      });
    } else if (QUEUES.has(message.effect.system) && message.effect.weight === 'business') report(message, 'copy', { data: { read: ask.nameOf(read) }, evidence, step: 'sends a copy of it', likely: true, preset: 'all' });
  }
}
