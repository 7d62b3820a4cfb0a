import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'require-partial-failure-check',
  meta: {
    description: 'require that the answer of a batch call is looked at where it tells which items failed',
    preset: 'recommended',
    messages: {
      unread: '{effect} takes a batch in part: what it refused stands in `{field}` of its answer, and the call itself succeeds. Nothing reads that, so those items are lost without an error.',
    },
  },
  on: {
    effect(effect, ask, report) {
      const lets = ask.unreadFailures(effect);
      if (lets === null) return;
      report(effect, 'unread', { data: { field: effect.effect.shape.partialFailure! }, decidedIn: lets, likely: effect.regions.some((region) => region.kind === 'opaque') });
    },
  },
});
