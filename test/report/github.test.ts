import { expect, test } from 'vitest';
import { github } from '../../src/report/github.ts';
import { DUAL_WRITE, EXAMPLE, reportOf, SILENCED, UNSTABLE } from './example.ts';

test('errors, then files that were not analysed, then warnings', () => {
  expect(github(EXAMPLE).trimEnd().split('\n').map((line) => line.split('::')[1])).toEqual([
    'error file=orders/src/place order.ts,line=14,endLine=14,col=5,endColumn=38,title=distributed/no-dual-write',
    'error file=orders/src/broken.ts,line=4,title=Not analysed',
    'warning file=orders/src/list.ts,line=3,endLine=3,col=8,endColumn=44,title=distributed/require-stable-order (likely)',
    'notice title=distributed-audit',
  ]);
});

test('the message tells the path, on one line of output', () => {
  const message = 'It is lost: 100% of it.\r\nAlways.';
  const line = github(reportOf([{ ...DUAL_WRITE, message, flow: DUAL_WRITE.flow.slice(0, 1) }]));
  expect(line).toContain(
    '::It is lost: 100%25 of it.%0D%0AAlways.%0A%0A1. POST /orders enters here (orders/src/[id]/route.ts:7)\n',
  );
});

test('colons and commas in properties are escaped', () => {
  const location = { ...UNSTABLE.location, file: 'a,b:c.ts' };
  expect(github(reportOf([{ ...UNSTABLE, location }]))).toContain('file=a%2Cb%3Ac.ts,');
});

test('GitHub refuses columns for a range over several lines', () => {
  const location = { ...UNSTABLE.location, endLine: 5 };
  expect(github(reportOf([{ ...UNSTABLE, location }]))).toMatch(/line=3,endLine=5,title/);
});

test('ten errors and ten warnings at most, and how many more', () => {
  const lines = github(reportOf([...Array(13).fill(UNSTABLE), ...Array(11).fill(DUAL_WRITE), SILENCED])).trimEnd().split('\n');
  expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(10);
  expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(10);
  expect(lines.slice(-2)).toEqual([
    '::notice title=distributed-audit::1 error and 3 warnings more than GitHub shows: see the whole report.',
    '::notice title=distributed-audit::1 suppressed',
  ]);
});

test('paths start at the repository when the program is a part of it', () => {
  expect(github(reportOf([UNSTABLE]), [], { pathPrefix: 'services' })).toContain('file=services/orders/src/list.ts,');
});

test('a clean run prints nothing', () => {
  expect(github(reportOf([]))).toBe('');
});
