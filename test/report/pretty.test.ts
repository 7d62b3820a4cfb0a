import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { pretty } from '../../src/report/pretty.ts';
import { DUAL_WRITE, EXAMPLE, reportOf, RULES, UNSTABLE } from './example.ts';

test('shows the code, the path that leads to it, and what to read next', () => {
  expect(`\n${pretty(EXAMPLE, RULES)}`).toMatchInlineSnapshot(`
    "
    orders/src/list.ts:3:8  warning  distributed/require-stable-order  likely  77aa01bc90de3412
      Pages are ordered by createdAt, which is not unique, so rows are skipped or repeated.

      3 │ return db.order.findMany({ orderBy: { createdAt: 'asc' }, skip });
        │        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    orders/src/place order.ts:14:5  error  distributed/no-dual-write  5d1f0c6a7b2e4f88
      The order is committed before the event is published. A crash in between leaves an order that no
      other service hears of.

      14 │ await sns.publish('order-placed');
         │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

      1. POST /orders enters here  orders/src/[id]/route.ts:7
         export async function POST(request: Request) {
      2. writes table orders  orders/src/place order.ts:12
         await prisma.order.create({ data });
      3. publishes to topic order-placed  orders/src/place order.ts:14
         await sns.publish('order-placed');

    Not analysed
      orders/src/broken.ts:4  Expected ';' but found '}'

    Hints
      orders/src/list.ts:9  nothing is found here that distributed/no-dual-write would report

    Summary
      no-dual-write         1 error               https://example.org/docs/rules/no-dual-write.md
      require-stable-order  1 warning (1 likely)  https://example.org/docs/rules/require-stable-order.md

    2 findings: 1 error, 1 warning (1 likely) in 120 files, 840 functions, 12 entry points · 1 suppressed, 1 in the baseline, 1 unused suppression · 1 file not analysed
    "
  `);
});

test('a clean run is one line', () => {
  expect(pretty(reportOf([]), RULES)).toBe('No findings in 120 files, 840 functions, 12 entry points\n');
});

test('colours change nothing but colours', () => {
  const colored = pretty(EXAMPLE, RULES, { color: true });
  expect(colored).not.toBe(pretty(EXAMPLE, RULES));
  expect(stripVTControlCharacters(colored)).toBe(pretty(EXAMPLE, RULES));
});

test('times appear when they were measured', () => {
  const { stats } = EXAMPLE;
  const text = pretty(reportOf([], { stats: { ...stats, suppressed: 0, milliseconds: { extract: 1301.4, 'no-dual-write': 12 } } }), RULES);
  expect(text).toContain('Milliseconds\n  extract        1301\n  no-dual-write    12\n');
});

describe('code frames', () => {
  const frameOf = (excerpt: string, startColumn: number, endColumn: number, endLine = 1): string[] => {
    const location = { file: 'a.ts', startLine: 1, startColumn, endLine, endColumn };
    const lines = pretty(reportOf([{ ...UNSTABLE, excerpt, location }]), RULES).split('\n');
    return lines.filter((line) => line.includes(' │ ')).map((line) => line.slice(line.indexOf('│') + 2));
  };

  test('tabs do not move the carets', () => {
    expect(frameOf('\t\tawait\tsend()', 9, 15)).toEqual(['await send()', '      ^^^^^^']);
  });

  test('a span over several lines is underlined to the end of its first', () => {
    expect(frameOf('  send({', 3, 2, 5)).toEqual(['send({', '^^^^^^']);
  });

  test('a minified line is cut around what matters', () => {
    const [code, carets] = frameOf(`${'a;'.repeat(5000)}send()${';b'.repeat(5000)}`, 10_001, 10_007);
    expect(code!.length).toBeLessThan(130);
    expect(code!.slice(carets!.indexOf('^'), carets!.lastIndexOf('^') + 1)).toBe('send()');
  });

  test('columns beyond the excerpt still show one caret', () => {
    expect(frameOf('x', 80, 90)).toEqual(['x', ' ^']);
  });

  test('analysed code cannot steer the terminal', () => {
    expect(frameOf('a("\u001b[2J\u202e")', 1, 2)[0]).toBe('a("·[2J·")');
    expect(pretty(reportOf([{ ...DUAL_WRITE, message: 'x\u001b]0;y\u0007' }]), RULES)).not.toMatch(/[\u001b\u0007]/);
  });
});
