import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'require-stable-order',
  meta: {
    description: 'require an order that no two rows share where pages, cursors, export loops or the latest row depend on it',
    preset: 'strict',
    harm: 'fails',
    harms: { loop: 'loses', unordered: 'loses', cursor: 'loses', other: 'loses' },
    messages: {
      loop: 'The pages of this loop are ordered by {keys}, which two rows can share. Rows with equal values change places between pages, so some are skipped and others come twice.',
      page: 'This page is ordered by {keys}, which two rows can share. Rows with equal values change places between pages, so some are never seen and others are seen twice.',
      cursor: 'This page starts after the last {keys} of the one before, which two rows can share. The rest of the rows with that value are on neither page.',
      other: 'This page starts after the last `{cursor}` of the one before, and is sorted by `{key}`. A row that comes later by the one and earlier by the other is on no page.',
      unordered: 'The pages of this loop have no order. The database may return rows in another order each time, so some are skipped and others come twice.',
      latest: 'The first row by {keys} is taken, which two rows can share. Which of them it is is chance, and can differ from one call to the next.',
    },
  },
  on: {
    read(read, ask, report) {
      const { effect } = read;
      if (effect.system === 'redis' || effect.action === 'count' || effect.orderOpen) return;
      const inLoop = read.regions.some((region) => region.kind === 'loop');
      const pages = ask.pages(read);
      const keys = effect.order ?? [];
      if (pages && inLoop && effect.order === null && effect.offset !== null && effect.shape.order !== undefined) report(read, 'unordered', { preset: 'recommended' });
      const skipped = ask.skippedByCursor(read);
      if (skipped !== null) return report(read, 'cursor', { data: { keys: `\`${skipped.key.field}\`` }, likely: skipped.likely, preset: inLoop ? 'recommended' : skipped.likely ? 'all' : 'strict' });
      const missed = ask.missedByCursor(read);
      if (missed !== null) return report(read, 'other', { data: { cursor: missed.cursor, key: missed.key.field }, likely: true });
      if (keys.length === 0) return;
      const unique = ask.uniqueOrder(read, keys);
      if (unique.is !== 'no') return;
      const options = { data: { keys: keys.map((key) => `\`${key.field}\``).join(', ') }, likely: unique.likely === true, decidedBy: effect.orderValue };
      if (pages && inLoop) report(read, 'loop', { ...options, preset: 'recommended' });
      else if (pages) report(read, 'page', options);
      // Either of two rows of one moment mostly does.
      else if (effect.skipLocked || ask.takesOne(read)) report(read, 'latest', { ...options, preset: effect.skipLocked && ask.decidesWrite(read) ? 'strict' : 'all' });
    },
  },
});
