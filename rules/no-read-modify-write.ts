import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-read-modify-write',
  meta: {
    description: 'disallow writing back a value computed from an earlier read when nothing makes the write fail if the record changed in between',
    preset: 'recommended',
    harm: 'corrupts',
    messages: {
      lost: '{fields} of {effect} is computed from what was read before, and nothing makes this write fail if the record has changed since. When two of these run at once, one of the two changes is lost.',
    },
  },
  on: {
    write(write, ask, report) {
      if (ask.runsAlone()) return;
      for (const { read, fields, from } of ask.readsFeeding(write)) {
        if (ask.exclusive(read, write) || read.effect.action === 'count' || read.effect.system === 'files') continue;
        const same = ask.sameRecord(read, write);
        if (same.is === 'no') continue;
        const verified = ask.verifies(write, read, [...fields, ...from]);
        const excluded = ask.excludes(read, write);
        if (verified.is === 'yes' || excluded.is === 'yes' || excluded.is === 'unknown') continue;
        // What was computed from other fields is newer, not a sum that forgets: two that compute it at once mostly come to the same.
        const mild = ask.perhapsAlone(read) || ask.isUnrouted() || !(write.effect.system === 'redis' || fields.some((field) => from.includes(field) && !ask.isOfRelated(write, field)));
        report(write, 'lost', {
          data: { fields: fields.slice(0, 3).map((field) => `\`${field}\``).join(', ') },
          evidence: [{ occurrence: read, message: `reads ${from.slice(0, 3).map((field) => `\`${field}\``).join(', ')}` }],
          step: `writes ${fields.slice(0, 3).map((field) => `\`${field}\``).join(', ')} back`,
          suggestion: ask.countedBy(write, read),
          likely: same.is === 'unknown' || verified.is === 'unknown' || excluded.likely === true || read.effect.weight === 'cache' || mild,
          preset: mild ? 'all' : 'recommended',
        });
      }
    },
  },
});
