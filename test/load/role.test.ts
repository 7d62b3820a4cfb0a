import { expect, test } from 'vitest';
import type { FileIR, FunctionIR, ImportRecord } from '../../src/vocabulary/ir.ts';
import { roleOf } from '../../src/load/role.ts';

/** A file that only imports: `react useState`, `type pg Pool`, `./x`. */
function ir(imports: readonly string[], more: Partial<FileIR> = {}): FileIR {
  const records = imports.map((line): ImportRecord => {
    const words = line.split(' ');
    const typeOnly = words[0] === 'type';
    const [spec = '', name = ''] = typeOnly ? words.slice(1) : words;
    return { spec, name, local: name, typeOnly };
  });
  return {
    status: 'complete',
    functions: [],
    classes: [],
    types: {},
    module: { imports: records.filter(({ name }) => name !== ''), specs: records.map(({ spec }) => spec), exports: {}, reexports: {}, stars: [], types: {}, esm: true },
    directives: [],
    suppressions: [],
    generated: false,
    ...more,
  };
}

test.each([
  ['src/orders/order.service.ts', 'source'],
  ['src/app.config.ts', 'source'],
  ['src/config/database.config.ts', 'source'],
  ['src/docs/docs.controller.ts', 'source'],
  ['src/fixtures/fixtures.service.ts', 'source'],
  ['src/tests/lab-tests.controller.ts', 'source'],
  ['lib/links/complete-ab-tests.ts', 'source'],
  ['app/api/cron/e2e-tests/route.ts', 'source'],
  ['packages/build/src/index.ts', 'source'],
  ['src/contest.ts', 'source'],
  ['src/latest/spec.ts', 'source'],
  ['src/order.test.ts', 'test'],
  ['src/order.spec.tsx', 'test'],
  ['src/order.e2e-spec.ts', 'test'],
  ['src/order.e2e.ts', 'test'],
  ['src/__tests__/helpers.ts', 'test'],
  ['src/__mocks__/pg.ts', 'test'],
  ['test/app.ts', 'test'],
  ['packages/a/tests/x.js', 'test'],
  ['e2e/login.ts', 'test'],
  ['cypress/support/commands.js', 'test'],
  ['src/button.stories.tsx', 'test'],
  ['src/hash.bench.ts', 'test'],
  ['fixtures/order.ts', 'test'],
  ['vitest.setup.ts', 'test'],
  ['src/generated/client.ts', 'generated'],
  ['src/api.generated.ts', 'generated'],
  ['proto/order_pb.js', 'generated'],
  ['third_party/x/a.ts', 'vendored'],
  ['vendor/jquery.js', 'vendored'],
  ['src/vendor/vendor.service.ts', 'source'],
  ['types/global.d.ts', 'declaration'],
  ['vite.config.ts', 'config'],
  ['packages/a/drizzle.config.ts', 'config'],
  ['.eslintrc.js', 'config'],
  ['scripts/backfill.ts', 'script'],
  ['bin/run.ts', 'script'],
  ['src/db/migrations/001_init.ts', 'script'],
  ['prisma/seed.ts', 'script'],
  ['examples/basic/src/index.ts', 'example'],
  ['demo/app.ts', 'example'],
  ['docs/snippets/a.ts', 'example'],
])('%s is %s', (path, role) => {
  expect(roleOf(path)).toBe(role);
});

test('the file says it was generated, or begins like a script, or is the package\'s command', () => {
  expect(roleOf('src/a.ts', ir([], { generated: true }))).toBe('generated');
  expect(roleOf('src/a.ts', undefined, undefined, '#!/usr/bin/env node\n')).toBe('script');
  expect(roleOf('packages/x/cli.js', undefined, { json: { bin: { x: './cli.js' } }, relDir: 'packages/x' })).toBe('script');
});

const web = { json: { dependencies: { 'react-dom': '19', vite: '6' } } };
const next = { json: { dependencies: { 'react-dom': '19', next: '15' } } };
const routed = { json: { dependencies: { 'react-dom': '19', '@react-router/node': '7' } } };

/** A route module: it exports an action, and imports as told. */
function route(imports: readonly string[]): FileIR {
  const file = ir(imports);
  return { ...file, module: { ...file.module, exports: { action: 0, default: 1 } } };
}

test.each<[string, string, FileIR, typeof web | typeof next | typeof routed | undefined, string]>([
  ['an action beside a component with state', 'app/routes/a.tsx', route(['react useState', 'react-router redirect']), routed, 'source'],
  ['an action of a program for browsers', 'src/routes/a.tsx', route(['react useState', 'react-router-dom redirect']), web, 'browser'],
  ['a server function', 'src/a.ts', ir(['@tanstack/react-start createServerFn', 'react useState']), web, 'source'],
  ['a client component', 'app/a.ts', ir(['pg Pool'], { directives: ['use client'] }), next, 'browser'],
  ['a component with state', 'src/a.tsx', ir(['react useState', './b']), next, 'browser'],
  ['a hook', 'src/use-a.ts', ir(['react useEffect']), next, 'browser'],
  ['a Vue store', 'src/a.ts', ir(['vue ref']), undefined, 'browser'],
  ['an Angular component', 'src/a.component.ts', ir(['@angular/core Component']), undefined, 'browser'],
  ['markup in a package for browsers', 'src/a.tsx', ir(['./b']), web, 'browser'],
  ['markup in a package that also serves', 'app/page.tsx', ir(['@/lib/db']), next, 'source'],
  ['a server component', 'app/page.tsx', ir(['react cache', 'next/headers cookies']), next, 'source'],
  ['server actions', 'app/actions.ts', ir(['react cache'], { directives: ['use server'] }), next, 'source'],
  ['markup rendered on the server', 'src/mail.tsx', ir(['react default', 'react-dom/server renderToString']), web, 'source'],
  ['types of a component', 'src/a.ts', ir(['type react useState', 'type vue Ref']), undefined, 'source'],
  ['something with Node in it', 'src/a.tsx', ir(['react useState', 'node:fs readFile']), web, 'source'],
  ['a worker of the browser', 'public/service-worker.js', ir([]), undefined, 'browser'],
])('%s', (_, path, file, owner, role) => {
  expect(roleOf(path, file, owner)).toBe(role);
});

test('who reads the page runs in it, unless a page is only remote-controlled', () => {
  const functions = [{ values: [['global', 'document'], ['get', 0, 'body']] } as unknown as FunctionIR];
  expect(roleOf('static/app.js', ir([], { functions }))).toBe('browser');
  expect(roleOf('src/crawl.ts', ir(['puppeteer launch'], { functions }))).toBe('source');
});

test('a worker of a page answers the page', () => {
  const functions = (port: string) => [{ values: [['global', port], ['get', 0, 'postMessage']] } as unknown as FunctionIR];
  expect(roleOf('src/colours.ts', ir(['p-retry default'], { functions: functions('self') }))).toBe('browser');
  expect(roleOf('src/colours.ts', ir(['p-retry default'], { functions: functions('parentPort') }))).toBe('source');
});
