import { expect, test } from 'vitest';
import { markdown } from '../../src/report/markdown.ts';
import { mermaid } from '../../src/report/mermaid.ts';
import { DUAL_WRITE, EXAMPLE, reportOf, RULES, TOPOLOGY, UNSTABLE } from './example.ts';
import type { Topology } from '../../src/vocabulary/topology.ts';
import { HOSTILE, HOSTILE_FINDING } from './hostile.ts';

test('the most pressing first, the debt in one line, the map of the system', () => {
  const text = markdown({ ...EXAMPLE, topology: TOPOLOGY }, RULES);
  expect(text.split('\n').slice(0, 3)).toEqual([
    '# 2 findings: 1 error, 1 warning (1 likely)',
    '',
    '120 files, 840 functions, 12 entry points · 1 suppressed, 1 in the baseline, 1 unused suppression',
  ]);
  expect(text).toContain('| [no-dual-write](https://example.org/docs/rules/no-dual-write.md) | 1 | 1 error |');
  expect(text).toContain('```mermaid\nflowchart LR\n');
  expect(text.indexOf('### no-dual-write')).toBeLessThan(text.indexOf('### require-stable-order'));
  expect(text).toContain('2. writes table orders (`orders/src/place order.ts:12`)');
});

test('a clean run is two lines', () => {
  expect(markdown(reportOf([]), RULES)).toBe('# No findings\n\n120 files, 840 functions, 12 entry points\n');
});

test('a summary that would be too large is cut, and it is said', () => {
  const text = markdown(reportOf(Array(10_000).fill(DUAL_WRITE)), RULES);
  expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024);
  expect(text).toMatch(/_\d+ further findings left out: the report would be too large to be shown\._\n$/);
});

test('what comes from code is text: no markup, no mention, no fence that ends early', () => {
  const text = markdown(reportOf([HOSTILE_FINDING]), RULES);
  const outside = text.replace(/(?<!`)(`{1,3}|````)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, '');
  expect(outside).toContain('img src');
  expect(outside).not.toMatch(/(?<!\\)(?:<|\[x\])|@team/);
  expect(text).toContain('````ts\n');
  expect(text).not.toMatch(/[\u0000\u0007\u202e]/);
});

test('code in a message stays code', () => {
  expect(markdown(reportOf([{ ...UNSTABLE, message: 'It reads `a_b_c` and a_b.' }]))).toContain('It reads `a_b_c` and a\\_b.');
});

test('the map: tables in their store, what is consumed flows to the service, findings where they live', () => {
  expect(mermaid(TOPOLOGY, [DUAL_WRITE])).toBe(`flowchart LR
  n0["orders<br/>1 HTTP route"]
  n1["@shop/mailer<br/>1 queue consumer"]
  n2>"order-placed<br/>Pub/Sub, aws-sns"]
  n3(["axios<br/>HTTP"])
  n4[("SQL<br/>order")]
  n2 -->|"consumes"| n1
  n1 -->|"calls"| n3
  n0 -->|"publishes · 1 finding"| n2
  n0 -->|"writes"| n4
  linkStyle 2 stroke:#d1242f,stroke-width:2px
`);
});

test('one machine is one box, whatever is asked of it', () => {
  const call = (name: string): Topology['resources'][number] => ({ id: `remote:http:platform:${name}`, kind: 'remote', system: 'http', name, library: 'platform' });
  const resources = [call('https://api.example.com/rates'), call('https://api.example.com/users?x=1'), call('http://billing.internal:8080')];
  const edges = resources.map(({ id: to }) => ({ from: 'service:orders', to, verb: 'calls' as const, places: [] }));
  expect(mermaid({ services: [TOPOLOGY.services[0]!], entryPoints: [], resources, edges }).match(/\(\[".*"\]\)/g)).toEqual(['(["api.example.com<br/>HTTP, fetch"])', '(["billing.internal:8080<br/>HTTP, fetch"])']);
});

test('a name cannot end a label', () => {
  const resources = TOPOLOGY.resources.map((resource) => ({ ...resource, name: HOSTILE }));
  for (const line of mermaid({ ...TOPOLOGY, resources }).trimEnd().split('\n').slice(1)) {
    expect(line).toMatch(/^ {2}n\d+(?:\[|>|\(\[|\[\(| -->\|)"[^"]*"(?:\]|\)\]|\]\)|\| n\d+)$/);
    expect(line.replaceAll('<br/>', '')).not.toMatch(/[<`]/);
  }
});
