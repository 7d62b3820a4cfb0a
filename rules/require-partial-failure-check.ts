import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'require-partial-failure-check',
  meta: {
    description: 'require that the answer of a batch call is looked at where it tells which items failed',
    preset: 'recommended',
    harm: 'loses',
    harms: { whole: 'repeats' },
    messages: {
      unread: '{effect} takes a batch in part: what it refused stands in `{field}` of its answer, and the call itself succeeds. Nothing reads that, so those items are lost without an error.',
      whole: 'When {effect} fails for one message, all messages of the batch are delivered again, those too that were done; one message that always fails takes the others of its batch with it. Catch per message, and return the failed ones as `{field}`.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const batch = ask.failsBatch(effect);
      // Whether the function is called with more than one message, and whether the answer is read, the deployment says.
      if (batch !== null) report(effect, 'whole', { data: { field: ask.root.entry!.shape.partial! }, at: batch, likely: true, preset: 'all' });
      const lets = ask.unreadFailures(effect);
      if (lets === null) return;
      report(effect, 'unread', { data: { field: effect.effect.shape.partialFailure! }, decidedIn: lets, likely: effect.regions.some((region) => region.kind === 'opaque') });
    },
  },
});
