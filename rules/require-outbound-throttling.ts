import { defineRule } from '../src/rule/index.ts';

const CALLS = new Set(['send', 'charge', 'call', 'read', 'write']);
/** Services of others, which count how often one calls. */
const SERVICES = new Set(['http', 'rpc', 'payment', 'mail', 'sms', 'push', 'chat', 'ai']);
/** Work through a list while nobody waits. */
const BULK = new Set(['cron', 'job', 'script']);

export default defineRule({
  name: 'require-outbound-throttling',
  meta: {
    description: 'require that a job that calls a service for all there is does so at a rate the service bears',
    preset: 'all',
    harm: 'stalls',
    messages: {
      full: 'A job calls {effect} for each element of a list as long as the data is, as fast as the answers come. Nothing holds it back as other calls of this program are held back: it takes the whole allowance of the service, and everybody else is refused.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const { kind, system, weight } = effect.effect;
      const entry = ask.root.entry?.shape.kind;
      if (entry === undefined || !BULK.has(entry) || !CALLS.has(kind) || !SERVICES.has(system) || weight === 'telemetry') return;
      const loop = ask.unpaced(effect);
      if (loop !== null && ask.pacesElsewhere) report(effect, 'full', { at: loop, likely: true });
    },
  },
});
