import { defineRule } from '../src/rule/index.ts';

export default defineRule({
  name: 'no-offset-scan-under-mutation',
  meta: {
    description: 'disallow paging by offset through rows that the same loop takes out of the pages, or moves within them',
    preset: 'strict',
    harm: 'loses',
    messages: {
      leaves: 'The pages of this loop are picked by `{field}`, which is changed here. Rows that are done leave the selection, those behind them move up, and the next offset skips as many as were done.',
      removed: 'Rows of the pages of this loop are deleted here. Those behind them move up, and the next offset skips as many as were deleted.',
      moves: 'The pages of this loop are ordered by `{field}`, which is changed here. Rows change places between pages, so some are skipped and others come twice.',
    },
  },
  on: {
    write(write, ask, report) {
      const scan = ask.scanUnder(write);
      if (scan === null) return;
      report(write, scan.how, { data: { field: scan.field ?? '' }, evidence: [{ occurrence: scan.read, message: 'reads a page by its offset' }], step: scan.how === 'removed' ? 'deletes rows of the page' : `changes \`${scan.field}\``, likely: scan.likely });
    },
  },
});
