import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-swallowed-consumer-error',
  meta: {
    description: 'disallow taking a failure for oneself where whoever delivered the message has to hear of it',
    preset: 'recommended',
    harm: 'loses',
    messages: {
      swallowed: 'When {effect} fails, this handler keeps the error to itself and the message counts as done. It is not delivered again, and what it asked for never happens.',
      acked: 'When {effect} fails, the message is acknowledged all the same. It is not delivered again, and what it asked for never happens.',
      answered: 'When {effect} fails, this handler keeps the error to itself and the sender of the webhook is told that all went well. It does not send the event again, and what it asked for never happens.',
    },
  },
  on: {
    effect(work, ask, report) {
      if (!ask.isWork(work) || work.inHandler !== null) return;
      const attempt = ask.swallowedBy(work);
      if (attempt === null) return;
      // Part of the work may fail for itself when the rest is what the message is about.
      const rest = ask.occurrences.some((other) => other !== work && ask.isWork(other) && other.inHandler === null && !ask.exclusive(other, work) && ask.swallowedBy(other) === null);
      // A function that is written to keep its failures to itself may be meant for what is worth no more than a try.
      const deep = !ask.isOwn(attempt.frame);
      if ((rest || deep) && (work.effect.kind === 'send' || work.effect.kind === 'call')) return;
      const entry = ask.root.entry?.shape;
      report(work, entry?.kind === 'http' || entry?.kind === 'webhook' ? 'answered' : entry === undefined || entry.ack === 'explicit' ? 'acked' : 'swallowed', {
        call: { frame: attempt.frame, span: attempt.caught },
        // What is lost then may be the lesser part, or a copy: the code does not tell it from what the message is about.
        preset: rest || deep ? 'all' : 'recommended',
        likely: rest || deep || work.effect.kind === 'send' || ask.redelivers(work) === 'likely' || work.regions.some((region) => region.kind === 'opaque'),
      });
    },
  },
});
