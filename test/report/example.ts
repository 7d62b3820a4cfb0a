import type { AuditReport, Finding, RuleInfo } from '../../src/vocabulary/finding.ts';

export const RULES: readonly RuleInfo[] = [
  {
    id: 'distributed/no-dual-write',
    description: 'Disallow writes to two systems that a crash in between leaves inconsistent',
    url: 'https://example.org/docs/rules/no-dual-write.md',
    preset: 'recommended',
  },
  {
    id: 'distributed/require-stable-order',
    description: 'Require pages to be ordered by a unique key',
    url: 'https://example.org/docs/rules/require-stable-order.md',
    preset: 'strict',
  },
];

export const DUAL_WRITE: Finding = {
  ruleId: 'distributed/no-dual-write',
  severity: 'error',
  certainty: 'proven',
  message: 'The order is committed before the event is published. A crash in between leaves an order that no other service hears of.',
  fingerprint: '5d1f0c6a7b2e4f88',
  location: { file: 'orders/src/place order.ts', startLine: 14, startColumn: 5, endLine: 14, endColumn: 38 },
  flow: [
    {
      file: 'orders/src/[id]/route.ts',
      startLine: 7,
      startColumn: 24,
      message: 'POST /orders enters here',
      excerpt: 'export async function POST(request: Request) {',
    },
    {
      file: 'orders/src/place order.ts',
      startLine: 12,
      startColumn: 5,
      message: 'writes table orders',
      excerpt: '    await prisma.order.create({ data });',
    },
    {
      file: 'orders/src/place order.ts',
      startLine: 14,
      startColumn: 5,
      message: 'publishes to topic order-placed',
      excerpt: "    await sns.publish('order-placed');",
    },
  ],
  excerpt: "    await sns.publish('order-placed');",
};

export const UNSTABLE: Finding = {
  ruleId: 'distributed/require-stable-order',
  severity: 'warning',
  certainty: 'likely',
  message: 'Pages are ordered by createdAt, which is not unique, so rows are skipped or repeated.',
  fingerprint: '77aa01bc90de3412',
  location: { file: 'orders/src/list.ts', startLine: 3, startColumn: 8, endLine: 3, endColumn: 44 },
  flow: [],
  excerpt: "return db.order.findMany({ orderBy: { createdAt: 'asc' }, skip });",
};

export const SILENCED: Finding = {
  ...DUAL_WRITE,
  fingerprint: '0badc0de00000001',
  suppressed: { by: 'eslint-disable', reason: 'the nightly job repairs it' },
};

export function reportOf(findings: readonly Finding[], more: Partial<AuditReport> = {}): AuditReport {
  const counts: Record<string, number> = {};
  for (const { ruleId } of findings.filter(({ suppressed }) => !suppressed)) counts[ruleId] = (counts[ruleId] ?? 0) + 1;
  return {
    version: 1,
    tool: { name: 'eslint-plugin-distributed', version: '0.1.0' },
    root: '/project',
    findings,
    errors: [],
    stats: { files: 120, functions: 840, entryPoints: 12, findings: counts, suppressed: findings.filter(({ suppressed }) => suppressed).length },
    ...more,
  };
}

export const EXAMPLE = reportOf([UNSTABLE, DUAL_WRITE, SILENCED], {
  errors: [{ file: 'orders/src/broken.ts', line: 4, message: "Expected ';' but found '}'" }],
});
