import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { html } from '../../src/report/html/page.ts';
import type { AuditReport } from '../../src/vocabulary/finding.ts';
import type { Topology } from '../../src/vocabulary/topology.ts';
import { type Browser, CHROMIUM, chromium, type Page } from '../support/chromium.ts';
import { DUAL_WRITE, EXAMPLE, reportOf, RULES, TOPOLOGY, UNSTABLE } from './example.ts';
import { HOSTILE, HOSTILE_FINDING } from './hostile.ts';

const REPORT: AuditReport = { ...EXAMPLE, topology: TOPOLOGY };

const HOSTILE_TOPOLOGY: Topology = {
  services: TOPOLOGY.services.map((service) => ({ ...service, name: HOSTILE })),
  entryPoints: TOPOLOGY.entryPoints.map((entry) => ({ ...entry, kind: HOSTILE })),
  resources: TOPOLOGY.resources.map((resource) => ({ ...resource, name: HOSTILE, library: HOSTILE })),
  edges: TOPOLOGY.edges,
};

test('the same findings are the same bytes, and nothing is loaded from anywhere', () => {
  const text = html(REPORT, RULES);
  expect(html(REPORT, RULES)).toBe(text);
  expect(text.replace(/<a href="https:[^"]*"|"url":"https:[^"]*"/g, '')).not.toMatch(/(?:src|href)="?(?:https?:)?\/\/|url\((?!#)|@import|import\(/);
  expect(text).toMatch(/Content-Security-Policy" content="default-src &#39;none&#39;; script-src &#39;sha256-/);
});

test('what comes from code ends no element', () => {
  const text = html({ ...reportOf([HOSTILE_FINDING]), topology: HOSTILE_TOPOLOGY, root: `/x/${HOSTILE}`, errors: [{ file: HOSTILE, message: HOSTILE }], hints: [{ kind: 'config', file: HOSTILE, message: HOSTILE }] }, RULES);
  expect(text).not.toContain('<img');
  expect(text.match(/<\/script>/g)).toHaveLength(3);
  expect(text).not.toMatch(/[\u0000\u0007\u202e]/);
});

describe.skipIf(CHROMIUM === undefined)('in a browser', () => {
  let browser: Browser;
  let directory: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await chromium();
    directory = mkdtempSync(join(tmpdir(), 'distributed-html-'));
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    if (directory) rmSync(directory, { recursive: true });
  });

  async function open(report: AuditReport, hash = ''): Promise<Page> {
    const file = join(directory, 'report.html');
    writeFileSync(file, html(report, RULES));
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (message) => complaints.push((message as { text(): string }).text()));
    page.on('dialog', () => complaints.push('a dialog was opened'));
    page.on('request', (request) => { if (!(request as { url(): string }).url().startsWith('file:')) complaints.push('something was requested'); });
    await page.goto(`${pathToFileURL(file).href}${hash}`);
    return page;
  }

  test('what to fix first, the tables, the map, the findings with their paths', { timeout: 30_000 }, async () => {
    const page = await open(REPORT);
    expect(await page.locator('h1').innerText()).toBe('2 findings: 1 error, 1 warning (1 likely)');
    expect(await page.locator('.first li').count()).toBe(2);
    expect(await page.locator('svg .node').count()).toBe(5);
    expect(await page.locator('#count').innerText()).toBe('2 of 2 findings');
    await page.locator('.finding summary').first().click();
    expect(await page.locator('.finding[open] mark').innerText()).toBe("await sns.publish('order-placed')");
    expect(await page.locator('.finding[open] .steps li').count()).toBe(3);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a deep link opens its finding, also one that is known and left', { timeout: 30_000 }, async () => {
    const page = await open(REPORT, '#0badc0de00000002');
    expect(await page.locator('.finding.target').getAttribute('id')).toBe('0badc0de00000002');
    expect(await page.locator('.finding.target .body').innerText()).toContain('In the baseline: no reason is given');
    await page.close();
  });

  test('the worst comes first, and each harm can be picked', { timeout: 30_000 }, async () => {
    const slow = { ...UNSTABLE, severity: 'error' as const, certainty: 'proven' as const, harm: 'fails' as const };
    const page = await open(reportOf([slow, { ...slow, fingerprint: 'f2', harm: 'loses', ruleId: 'distributed/no-x' }, { ...DUAL_WRITE, harm: 'corrupts' }]));
    expect(await page.locator('.harms').innerText()).toBe('1 data goes wrong\n1 work is lost\n1 wrong or slow answer');
    expect(await page.evaluate<string[]>("[...document.querySelectorAll('.first li .harm')].map((e) => e.textContent)")).toEqual(['data goes wrong', 'work is lost', 'wrong or slow answer']);
    await page.locator('a.harm.loses').first().click();
    await page.waitForTimeout(150);
    expect(await page.locator('#count').innerText()).toMatch(/^1 of 3/);
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('a box of the map shows what it is linked to', { timeout: 30_000 }, async () => {
    const page = await open(REPORT);
    await page.evaluate("document.querySelector('.node.queue').focus()");
    expect(await page.locator('.map.pointed .edge.on').count()).toBeGreaterThan(1);
    expect(await page.locator('.map.pointed .edge:not(.on)').count()).toBeGreaterThan(1);
    await page.evaluate("document.querySelector('.node.queue').blur()");
    expect(await page.locator('.map.pointed').count()).toBe(0);
    await page.close();
  });

  test('filters, and the map as one', { timeout: 30_000 }, async () => {
    const page = await open(REPORT);
    const count = async (): Promise<string> => {
      await page.waitForTimeout(150);
      return page.locator('#count').innerText();
    };
    await page.locator('input[name=text]').fill('PLACED crash');
    expect(await count()).toMatch(/^1 of 2/);
    await page.locator('button[type=reset]').click();
    await page.locator('select[name=certainty]').selectOption('likely');
    expect(await count()).toMatch(/^1 of 2/);
    await page.locator('button[type=reset]').click();
    await page.locator('input[name=silenced]').check();
    expect(await count()).toBe('4 of 2 findings');
    await page.locator('svg .edge.found circle').first().click();
    expect(await count()).toBe('1 of 2 findings (those at a place of the map)');
    expect(await page.locator('.finding').first().getAttribute('id')).toBe(DUAL_WRITE.fingerprint);
    await page.locator('caption + thead + tbody a').first().click();
    expect(await count()).toBe('1 of 2 findings');
    for (const hash of ['#rule=%', '#edge=99', '#node=__proto__', '#length=1', '#constructor=x', '#nothing']) await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
    await count();
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('the keyboard alone reaches and opens a finding', { timeout: 30_000 }, async () => {
    const page = await open(REPORT, `#${UNSTABLE.fingerprint}`);
    await page.waitForTimeout(200);
    expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('SUMMARY');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<boolean>('document.activeElement.parentElement.open')).toBe(false);
    expect(await page.evaluate<string[]>(`[...document.querySelectorAll('input, select, button, a, summary, [role=region]')].filter((e) => !(e.labels?.length || e.textContent.trim() || e.getAttribute('aria-label'))).map((e) => e.outerHTML)`)).toEqual([]);
    await page.close();
  });

  test('a hostile repository says what it says and does nothing', { timeout: 30_000 }, async () => {
    const page = await open({ ...reportOf([HOSTILE_FINDING]), topology: HOSTILE_TOPOLOGY, errors: [{ file: HOSTILE, message: HOSTILE }] });
    await page.locator('.finding summary').first().click();
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.locator('.finding pre').innerText()).toContain('</script><img src=x onerror=alert(1)>');
    expect(complaints).toEqual([]);
    await page.close();
  });

  test('it prints all that is shown, with the paths', { timeout: 30_000 }, async () => {
    const page = await open(REPORT);
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(10_000);
    await page.evaluate("dispatchEvent(new Event('beforeprint'))");
    expect(await page.locator('.finding[open] .body').count()).toBe(2);
    await page.evaluate("dispatchEvent(new Event('afterprint'))");
    expect(await page.locator('.finding[open]').count()).toBe(0);
    await page.close();
  });

  test('ten thousand findings open in less than two seconds', { timeout: 60_000 }, async () => {
    const findings = Array.from({ length: 10_000 }, (_, at) => ({ ...DUAL_WRITE, fingerprint: `f${at}`, message: `${DUAL_WRITE.message} (${at})`, location: { ...DUAL_WRITE.location, file: `src/file-${at % 900}.ts` } }));
    const page = await open({ ...reportOf(findings), topology: TOPOLOGY });
    expect(await page.locator('#count').innerText()).toBe('10000 of 10000 findings');
    expect(await page.evaluate<number>('performance.getEntriesByType("navigation")[0].loadEventEnd')).toBeLessThan(2000);
    await page.evaluate("location.hash = '#f9876'");
    await page.waitForTimeout(1500);
    expect(await page.locator('.finding.target').getAttribute('id')).toBe('f9876');
    await page.close();
  });
});
