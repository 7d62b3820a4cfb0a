import { defineRule } from '../src/rule/index.ts';

/** Runs as often as somebody asks or writes. */
const FREQUENT = new Set(['http', 'rpc', 'middleware', 'queue', 'stream', 'webhook', 'event', 'job', 'cdc']);

export default defineRule({
  name: 'no-client-per-request',
  meta: {
    description: 'disallow making a client with connections of its own for each request or message',
    preset: 'recommended',
    harm: 'stalls',
    harms: { closed: 'fails' },
    messages: {
      left: 'A {client} is made each time this runs, and nothing closes it. Every request opens connections that stay, until the server at the other end accepts no more.',
      closed: 'A {client} is made and closed each time this runs. Every request pays for connecting, and under load there are as many connections as requests.',
    },
  },
  on: {
    open(made, ask, report) {
      if (ask.root.entry === null || !FREQUENT.has(ask.root.entry.shape.kind)) return;
      const fate = ask.servesOnce(made);
      if (fate === null) return;
      const chosen = ask.dependsOnInput(made);
      // Whether a server that a user names can be reached is found out by connecting once.
      if (chosen && fate === 'closed') return;
      report(made, fate, {
        data: { client: `\`${made.effect.label}\`` },
        preset: fate === 'closed' ? 'strict' : 'recommended',
        likely: chosen || made.regions.some((region) => region.kind === 'opaque'),
        here: true,
      });
    },
  },
});
