import { defineRule, type Occurrence } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-timestamp-ordering',
  meta: {
    description: 'disallow deciding winner, freshness, order or identity by wall-clock times that may come from different machines',
    preset: 'recommended',
    harm: 'corrupts',
    harms: { cursor: 'loses', window: 'loses' },
    messages: {
      identity: '`{field}` is made from the clock alone. Two processes, or one process within the same millisecond, make the same value, and one record takes the place of the other.',
      winner: 'Which of two versions wins is decided by comparing clock readings ({fields}). Clocks of different machines disagree, so the older change can win and the newer one is lost.',
      cursor: 'The next read continues after `{field}`, a time that the writers\' own clocks gave. A record from a slower clock, or one committed late, falls behind the cursor and is never read.',
      window: 'The next run reads on from a time that this one takes only after it has read. A row whose `{field}` lies in between is read by neither.',
      version: '`{field}` is used as a version and set from the clock. Clocks of different machines disagree, so a later change can carry a smaller version and is dropped.',
    },
  },
  on: {
    write(write, ask, report) {
      if (ask.runsAlone()) return;
      for (const { field, value } of ask.namingFields(write)) {
        const identity = ask.clockIdentity(write, field, value);
        if (identity !== null) report(write, 'identity', { data: { field }, likely: identity === 'likely' });
      }
      const comparison = ask.clockComparison(write);
      if (comparison !== null) report(write, 'winner', { data: { fields: comparison.fields.join(', ') }, evidence: evidenceOf(comparison.read), likely: comparison.likely, decidedBy: comparison.reading });
    },
    read(read, ask, report) {
      const cursor = ask.clockCursor(read);
      if (cursor !== null) report(read, 'cursor', { data: { field: cursor }, preset: 'strict' });
      const window = ask.runsAlone() ? null : ask.lateWindow(read);
      if (window !== null) report(read, 'window', { data: { field: window.field }, evidence: [{ occurrence: window.kept, message: 'keeps the time for the next run' }], step: 'reads what is new', preset: 'strict' });
    },
  },
});

const evidenceOf = (read: Occurrence | null): { occurrence: Occurrence; message: string }[] => (read === null ? [] : [{ occurrence: read, message: 'reads the time that is compared' }]);
