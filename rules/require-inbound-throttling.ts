import { defineRule } from '../src/rule/index.ts';

const COSTLY = new Set(['charge', 'send']);

export default defineRule({
  name: 'require-inbound-throttling',
  meta: {
    description: 'require a limit on what comes in where each request or message costs something',
    preset: 'all',
    harm: 'stalls',
    messages: {
      pushed: 'The next message comes while this one is still at work, however many are: nothing makes the source wait. When messages come faster than they are handled, all of them are in memory and at {effect} at once.',
      flowing: 'The stream gives its next element while this listener still waits for the last: an event waits for no promise. When elements come faster than they are handled, all of them are at work at once, in any order.',
      open: 'Each request comes to {effect}, which costs money or reaches people, and nothing limits how many there are, as other handlers of this program do.',
      guessed: 'Each request tries a password or code at {effect}, and nothing limits how many are tried, as other handlers of this program do. Whoever tries often enough finds the right one.',
      closed: 'Each request comes to {effect}, which costs money or reaches people, and nothing limits how many there are: not here, and by the word of the config nowhere else.',
    },
  },
  on: {
    read(listening, ask, report) {
      if (ask.pushesInto(listening)) report(listening, 'flowing', { here: true, preset: 'strict', likely: true });
    },
    effect(effect, ask, report) {
      if (effect.inHandler !== null) return;
      const at = effect.regions.find((region) => region.kind === 'entry');
      const isWork = ask.isWork(effect);
      if (isWork && ask.isPushed(effect) && (effect.use === 'awaited' || effect.use === 'returned') && !ask.occurrences.some((other) => other.index < effect.index && ask.isWork(other) && ask.isPushed(other))) report(effect, 'pushed', { at, likely: effect.regions.some((region) => region.kind === 'opaque'), preset: 'strict' });
      const kind = ask.root.entry?.shape.kind;
      if (kind !== 'http' && kind !== 'rpc') return;
      const costs = isWork && (COSTLY.has(effect.effect.kind) || effect.effect.system === 'ai') && ask.redelivers(effect) === 'no';
      if (!costs && !ask.letsGuess(effect)) return;
      // That guessing has to be limited goes for every handler; how much may be sent is not the same for all.
      if (ask.isUnlimited(!costs)) report(effect, costs ? (ask.isClosed ? 'closed' : 'open') : 'guessed', { at, likely: !ask.isClosed });
    },
  },
});
