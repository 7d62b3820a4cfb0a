import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { json } from '../../src/report/json.ts';
import { DUAL_WRITE, EXAMPLE, reportOf } from './example.ts';

const schema = JSON.parse(readFileSync('docs/report.schema.json', 'utf8')) as object;
const validate = new Ajv2020({ allErrors: true }).compile(schema);

test('reports satisfy the published schema', () => {
  expect(validate(JSON.parse(json(EXAMPLE))), JSON.stringify(validate.errors)).toBe(true);
  expect(validate(JSON.parse(json(reportOf([])))), JSON.stringify(validate.errors)).toBe(true);
});

test('the schema accepts nothing else', () => {
  const report = JSON.parse(json(EXAMPLE)) as { findings: object[] };
  report.findings[0] = { ...report.findings[0], surprise: true };
  expect(validate(report)).toBe(false);
});

test('keys stand in the order of the documentation, whatever order they were made in', () => {
  const shuffled = Object.fromEntries(Object.entries(DUAL_WRITE).reverse()) as unknown as typeof DUAL_WRITE;
  expect(json(reportOf([shuffled]))).toBe(json(reportOf([DUAL_WRITE])));
  const parsed = JSON.parse(json(EXAMPLE)) as { findings: object[] };
  expect(Object.keys(parsed)).toEqual(['version', 'tool', 'root', 'findings', 'errors', 'hints', 'stats']);
  expect(Object.keys(parsed.findings[2]!)).toEqual([
    'ruleId', 'severity', 'certainty', 'message', 'fingerprint', 'location', 'flow', 'excerpt', 'suppressed',
  ]);
});

test('what is not in the contract does not leak', () => {
  const suggestions = [{ message: 'Use increment', edits: [] }];
  expect(json(reportOf([{ ...DUAL_WRITE, suggestions }]))).toBe(json(reportOf([DUAL_WRITE])));
});

test('the example in the documentation is a valid report', () => {
  const page = readFileSync('docs/output-json.md', 'utf8');
  const example = /```json\n([\s\S]*?)```/.exec(page)![1]!;
  expect(validate(JSON.parse(example)), JSON.stringify(validate.errors)).toBe(true);
});
