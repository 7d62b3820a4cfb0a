import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { gitlab } from '../../src/report/gitlab.ts';
import { DUAL_WRITE, EXAMPLE, reportOf, UNSTABLE } from './example.ts';
import { HOSTILE, HOSTILE_FINDING } from './hostile.ts';

interface Issue {
  readonly description: string;
  readonly check_name: string;
  readonly fingerprint: string;
  readonly severity: string;
  readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
}

/** What GitLab documents and its parser demands. */
const validate = new Ajv({ allErrors: true, strictTypes: false }).compile({
  type: 'array',
  items: {
    type: 'object',
    required: ['description', 'check_name', 'fingerprint', 'severity', 'location'],
    properties: {
      description: { type: 'string', minLength: 1 },
      check_name: { type: 'string', minLength: 1 },
      fingerprint: { type: 'string', minLength: 1 },
      severity: { enum: ['info', 'minor', 'major', 'critical', 'blocker'] },
      location: {
        type: 'object',
        required: ['path', 'lines'],
        properties: {
          path: { type: 'string', not: { pattern: '^(?:/|\\./)' } },
          lines: { type: 'object', required: ['begin'], properties: { begin: { type: 'integer', minimum: 1 } } },
        },
      },
    },
  },
});

function issuesOf(...args: Parameters<typeof gitlab>): Issue[] {
  const text = gitlab(...args);
  expect(text.charCodeAt(0)).toBe('['.charCodeAt(0));
  const issues = JSON.parse(text) as Issue[];
  expect(validate(issues), JSON.stringify(validate.errors)).toBe(true);
  return issues;
}

test('what is active, the most pressing first, then what was not analysed', () => {
  expect(issuesOf(EXAMPLE).map(({ check_name, severity, location }) => [check_name, severity, location.path, location.lines.begin])).toEqual([
    ['distributed/no-dual-write', 'critical', 'orders/src/place order.ts', 14],
    ['distributed/require-stable-order', 'info', 'orders/src/list.ts', 3],
    ['distributed/not-analysed', 'blocker', 'orders/src/broken.ts', 4],
  ]);
  expect(gitlab(reportOf([]))).toBe('[]\n');
});

test('no two issues share a fingerprint, for GitLab would show one of them', () => {
  const elsewhere = { ...DUAL_WRITE, location: { ...DUAL_WRITE.location, file: 'orders/src/copy.ts' } };
  const prints = issuesOf(reportOf([DUAL_WRITE, DUAL_WRITE, elsewhere, UNSTABLE])).map(({ fingerprint }) => fingerprint);
  expect(new Set(prints).size).toBe(4);
  expect(issuesOf(reportOf([UNSTABLE, DUAL_WRITE])).map(({ fingerprint }) => fingerprint)).toContain(prints[0]);
});

test('paths start at the repository; text is only text', () => {
  expect(issuesOf(reportOf([UNSTABLE]), [], { pathPrefix: 'services' })[0]!.location.path).toBe('services/orders/src/list.ts');
  expect(issuesOf(reportOf([HOSTILE_FINDING]))[0]!.description).toBe(HOSTILE);
});
