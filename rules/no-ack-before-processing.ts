import { defineRule, type Occurrence } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-ack-before-processing',
  meta: {
    description: 'disallow acknowledging a message before the work it asks for is done',
    preset: 'recommended',
    harm: 'loses',
    messages: {
      early: 'The message is acknowledged here, and {work} only after that. When that fails, or the process dies before it, the message is not delivered again and the work is lost.',
      unawaited: 'Nothing waits for {effect} before {end}. When it fails, or the process dies before it is done, nobody sends the {what} again and the work is lost.',
      auto: 'The broker counts a message of this consumer as done when it has sent it. When {effect} fails, or the process dies before it, the message is not delivered again and the work is lost.',
    },
  },
  on: {
    ack(ack, ask, report) {
      if (ack.inHandler !== null || !ask.settlesMessage(ack)) return;
      const work = ask.occurrences.find((other) => other.index > ack.index && ask.isWork(other) && ask.before(ack, other) && sameRound(ack, other) && !inChain(ack, other));
      if (work === undefined || ask.handedOff(ack) !== null) return;
      report(ack, 'early', {
        data: { work: work.effect.kind === 'delegate' ? 'the handler is called' : `${ask.nameOf(work)} is reached` },
        evidence: [{ occurrence: work, message: 'does the work' }],
        likely: work.effect.kind === 'delegate' || work.effect.kind === 'send' || work.regions.some((region) => region.kind === 'opaque') || ask.redelivers(work) === 'likely',
      });
    },
    effect(work, ask, report) {
      const entry = ask.root.entry?.shape;
      if (!ask.isWork(work) || entry === undefined) return;
      if (entry.ack === 'auto' && entry.redelivers === false && work.effect.kind !== 'delegate') {
        if (ask.occurrences.find((other) => ask.isWork(other)) === work) report(work, 'auto', { at: work.regions.find((region) => region.kind === 'entry') });
        return;
      }
      // Who asked is told that it worked, and has no reason to ask again.
      const answered = entry.kind === 'http' && work.effect.kind === 'publish' && work.effect.shape.delivery === 'at-least-once';
      if ((ask.redelivers(work) === 'no' && !answered) || work.inHandler !== null) return;
      const ack = entry.ack === 'explicit' ? ask.occurrences.find((other) => other.effect.kind === 'ack' && other.index > work.index && other.inHandler === null && ask.before(work, other) && ask.droppedBefore(work, other) !== null) : null;
      const call = ack === undefined || entry.ack === 'none' ? null : ask.droppedBefore(work, ack);
      if (call === null) return;
      // A failure that is looked at where the promise was dropped is one that somebody thought of.
      const expected = ask.isHandledAt(work, call, false);
      if (expected && (work.effect.kind === 'send' || work.effect.kind === 'call')) return;
      report(work, 'unawaited', {
        ...(expected || (answered && ask.redelivers(work) === 'no') ? { preset: 'all' as const } : {}),
        data: { what: entry.kind === 'http' ? 'request' : 'message', end: entry.kind === 'http' ? 'the request is answered' : ack === null ? 'the handler returns, which acknowledges the message' : 'the message is acknowledged' }, call,
        evidence: ack === null ? [] : [{ occurrence: ack!, message: 'acknowledges the message' }],
        likely: expected || ask.redelivers(work) !== 'yes' || work.effect.kind === 'send' || work.regions.some((region) => region.kind === 'opaque') || (work.effect.kind === 'delegate' && !ask.promises(work)),
      });
    },
  },
});

/** `work().then(() => ack())`: comes after the work, wherever it is written. */
const inChain = (ack: Occurrence, other: Occurrence): boolean => ack.detached.some(({ from, to }) => from < ack.index && other.index >= to);

/** What follows a loop over messages is no part of any of them. */
const sameRound = (ack: Occurrence, work: Occurrence): boolean => ack.regions.every((region) => (region.kind !== 'each' && region.kind !== 'loop') || work.regions.includes(region));
