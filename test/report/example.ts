import type { AuditReport, Finding, RuleInfo } from '../../src/vocabulary/finding.ts';
import type { Topology } from '../../src/vocabulary/topology.ts';

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
    stats: { files: 120, functions: 840, entryPoints: 12, findings: counts, suppressed: findings.filter(({ suppressed }) => suppressed?.by === 'eslint-disable').length },
    ...more,
  };
}

export const BASELINED: Finding = { ...UNSTABLE, fingerprint: '0badc0de00000002', suppressed: { by: 'baseline', reason: '' } };

export const TOPOLOGY: Topology = {
  services: [{ id: 'service:orders', name: 'orders', directory: 'orders' }, { id: 'service:mailer', name: '@shop/mailer', directory: 'mailer' }],
  entryPoints: [
    { service: 'service:orders', kind: 'http', handler: 'POST', source: 'POST /orders', file: 'orders/src/[id]/route.ts', line: 7 },
    { service: 'service:mailer', kind: 'queue', handler: 'onPlaced', source: 'order-placed', file: 'mailer/src/on-placed.ts', line: 3 },
  ],
  resources: [
    { id: 'queue:pubsub:order-placed', kind: 'queue', system: 'pubsub', name: 'order-placed', library: 'aws-sns' },
    { id: 'remote:http:axios', kind: 'remote', system: 'http', name: null, library: 'axios' },
    { id: 'store:sql:order', kind: 'store', system: 'sql', name: 'order', library: 'prisma' },
  ],
  edges: [
    { from: 'service:mailer', to: 'queue:pubsub:order-placed', verb: 'consumes', places: [{ file: 'mailer/src/on-placed.ts', line: 3 }] },
    { from: 'service:mailer', to: 'remote:http:axios', verb: 'calls', places: [{ file: 'mailer/src/send.ts', line: 8 }] },
    { from: 'service:orders', to: 'queue:pubsub:order-placed', verb: 'publishes', places: [{ file: 'orders/src/place order.ts', line: 14 }] },
    { from: 'service:orders', to: 'store:sql:order', verb: 'writes', places: [{ file: 'orders/src/place order.ts', line: 12 }] },
  ],
};

export const EXAMPLE = reportOf([UNSTABLE, DUAL_WRITE, SILENCED, BASELINED], {
  hints: [{ kind: 'unused-suppression', file: 'orders/src/list.ts', line: 9, message: 'nothing is found here that distributed/no-dual-write would report' }],
  errors: [{ file: 'orders/src/broken.ts', line: 4, message: "Expected ';' but found '}'" }],
});
