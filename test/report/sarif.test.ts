import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Log, Run } from 'sarif';
import { expect, test } from 'vitest';
import { sarif } from '../../src/report/sarif.ts';
import type { AuditReport, RuleInfo } from '../../src/vocabulary/finding.ts';
import { BASELINED, DUAL_WRITE, EXAMPLE, reportOf, RULES, SILENCED, UNSTABLE } from './example.ts';

// The OASIS schema as @microsoft/sarif-multitool ships it (MIT).
const ajv = new Ajv2020({ allErrors: true, strict: false });
addFormats.default(ajv);
const validate = ajv.compile(JSON.parse(readFileSync('test/report/sarif-2.1.0.json', 'utf8')) as object);

function runOf(report: AuditReport, rules: readonly RuleInfo[] = RULES): Run {
  const log = JSON.parse(sarif(report, rules)) as Log;
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  return log.runs[0]!;
}

test('one run, the most pressing result first, the suppressed ones last', () => {
  const { tool, results, columnKind } = runOf(EXAMPLE);
  expect(tool.driver).toMatchObject({ name: 'eslint-plugin-distributed', semanticVersion: '0.1.0' });
  expect(results!.map(({ ruleId, level, ruleIndex }) => [ruleId, level, ruleIndex])).toEqual([
    ['distributed/no-dual-write', 'error', 0],
    ['distributed/require-stable-order', 'warning', 1],
    ['distributed/no-dual-write', 'error', 0],
    ['distributed/require-stable-order', 'warning', 1],
  ]);
  expect(columnKind).toBe('utf16CodeUnits');
});

test('a result says where, how it is reached and how to know it again', () => {
  const result = runOf(reportOf([DUAL_WRITE])).results![0]!;
  expect(result.locations![0]!.physicalLocation).toMatchObject({
    artifactLocation: { uri: 'orders/src/place%20order.ts', uriBaseId: '%SRCROOT%' },
    region: { startLine: 14, startColumn: 5, endLine: 14, endColumn: 38 },
  });
  expect(result.partialFingerprints).toEqual({ 'distributed/v1': DUAL_WRITE.fingerprint });
  expect(result.codeFlows![0]!.threadFlows[0]!.locations.map(({ location }) => location!.message!.text)).toEqual(
    DUAL_WRITE.flow.map(({ message }) => message),
  );
  expect(result.relatedLocations!.map(({ id }) => id)).toEqual([1, 2, 3]);
});

test('the message links to the steps, since GitHub shows no others', () => {
  expect(runOf(reportOf([DUAL_WRITE])).results![0]!.message.text).toBe(
    `${DUAL_WRITE.message}
1. [orders/src/\\[id\\]/route.ts:7](1) POST /orders enters here
2. [orders/src/place order.ts:12](2) writes table orders
3. [orders/src/place order.ts:14](3) publishes to topic order-placed`,
  );
});

test('suppressed results say why, the others that they are not', () => {
  const { results } = runOf(reportOf([UNSTABLE, SILENCED, BASELINED]));
  expect(results!.map(({ suppressions }) => suppressions)).toEqual([
    [],
    [{ kind: 'inSource', justification: 'the nightly job repairs it' }],
    [{ kind: 'external' }],
  ]);
});

test('rules carry what code scanning shows of them', () => {
  const log = JSON.parse(sarif(reportOf([]), RULES, { help: () => '# Why' })) as Log;
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
  expect(log.runs[0]!.tool.driver.rules![0]).toEqual({
    id: 'distributed/no-dual-write',
    name: 'NoDualWrite',
    shortDescription: { text: RULES[0]!.description },
    fullDescription: { text: RULES[0]!.description },
    help: { text: `${RULES[0]!.description}\n${RULES[0]!.url}`, markdown: '# Why' },
    helpUri: RULES[0]!.url,
    defaultConfiguration: { level: 'error' },
    properties: { tags: ['distributed-systems', 'reliability', 'recommended'], precision: 'very-high', 'problem.severity': 'error' },
  });
});

test('what could not be analysed makes the run unsuccessful', () => {
  expect(runOf(EXAMPLE).invocations![0]).toMatchObject({
    executionSuccessful: false,
    toolExecutionNotifications: [
      {
        level: 'error',
        message: { text: "Expected ';' but found '}'" },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'orders/src/broken.ts' }, region: { startLine: 4 } } }],
      },
      { level: 'note', message: { text: 'nothing is found here that distributed/no-dual-write would report' } },
      { level: 'note', message: { text: '1 suppressed, 1 in the baseline, 1 unused suppression' } },
    ],
  });
  expect(runOf(reportOf([])).invocations).toEqual([{ executionSuccessful: true }]);
});

test('no machine path and no time: equal findings are equal bytes', () => {
  expect(sarif({ ...EXAMPLE, root: '/elsewhere' }, RULES)).toBe(sarif(EXAMPLE, RULES));
});

test('a rule that nobody described is still named', () => {
  expect(runOf(reportOf([DUAL_WRITE]), []).tool.driver.rules![0]).toMatchObject({ id: 'distributed/no-dual-write' });
});

test('more results than code scanning accepts are cut, and it is said', () => {
  const run = (JSON.parse(sarif(reportOf(Array(25_001).fill(UNSTABLE)), RULES)) as Log).runs[0]!;
  expect(run.results).toHaveLength(25_000);
  expect(run.invocations![0]!.toolExecutionNotifications![0]!.message.text).toMatch(/^1 further finding/);
});

test('what would be too large to upload is cut, and it is said', () => {
  // Text that no compression helps.
  const noise = (at: number): string => Array.from({ length: 120 }, (_, i) => createHash('sha256').update(`${at} ${i}`).digest('base64')).join('');
  const text = sarif(reportOf(Array.from({ length: 2500 }, (_, at) => ({ ...UNSTABLE, message: noise(at) }))), RULES);
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
  const run = (JSON.parse(text) as Log).runs[0]!;
  expect(run.results!.length).toBeGreaterThan(1000);
  expect(run.invocations![0]!.toolExecutionNotifications![0]!.message.text).toBe(`${2500 - run.results!.length} further findings are left out: code scanning accepts 10 MB.`);
});

test('a very long path keeps its ends: no more places are shown of one result', () => {
  const flow = Array.from({ length: 300 }, (_, at) => ({ ...DUAL_WRITE.flow[0]!, message: `step ${at}` }));
  const { relatedLocations } = runOf(reportOf([{ ...DUAL_WRITE, flow }])).results![0]!;
  expect(relatedLocations).toHaveLength(100);
  expect(relatedLocations!.at(-1)!.message!.text).toBe('step 299');
});

test('paths start at the repository when the program is a part of it', () => {
  const log = JSON.parse(sarif(reportOf([DUAL_WRITE]), RULES, { pathPrefix: 'services' })) as Log;
  expect(log.runs[0]!.results![0]!.locations![0]!.physicalLocation!.artifactLocation!.uri).toBe('services/orders/src/place%20order.ts');
});
