import { expect, test } from 'vitest';
import { junit } from '../../src/report/junit.ts';
import { parseJunit, XMLValidator } from './consumers.ts';
import { EXAMPLE, reportOf, RULES } from './example.ts';
import { HOSTILE_FINDING } from './hostile.ts';

async function suitesOf(...args: Parameters<typeof junit>) {
  const text = junit(...args);
  expect(XMLValidator.validate(text)).toBe(true);
  return parseJunit(text);
}

test('a suite a rule: what was found fails, what found nothing passes', async () => {
  const { testsuite, ...totals } = await suitesOf(EXAMPLE, [...RULES, { ...RULES[0]!, id: 'distributed/a-quiet-rule' }]);
  expect(totals).toMatchObject({ tests: 4, failures: 2, errors: 1 });
  expect(testsuite!.map(({ name, tests, failures, errors }) => [name, tests, failures, errors])).toEqual([
    ['distributed/a-quiet-rule', 1, 0, 0],
    ['distributed/no-dual-write', 1, 1, 0],
    ['distributed/require-stable-order', 1, 1, 0],
    ['not analysed', 1, 0, 1],
    ['debt', 0, 0, 0],
  ]);
  const failed = testsuite![1]!.testcase![0]!;
  expect(failed).toMatchObject({ name: 'orders/src/place order.ts:14:5', classname: 'distributed/no-dual-write' });
  expect(failed.failure![0]!.inner).toContain('2. writes table orders (orders/src/place order.ts:12)');
});

test('a clean run passes', async () => {
  const { testsuite, failures } = await suitesOf(reportOf([]), RULES);
  expect([testsuite!.length, failures]).toEqual([2, 0]);
});

test('text is only text', async () => {
  const { testsuite } = await suitesOf(reportOf([HOSTILE_FINDING]));
  expect(testsuite![0]!.testcase![0]!.failure![0]!.message).toContain('</script><img src=x onerror=alert(1)>]]>&amp;');
});
