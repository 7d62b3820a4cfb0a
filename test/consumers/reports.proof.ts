import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import { REPORTERS, type Format } from '../../src/report/index.ts';
import rules from '../../rules/index.ts';
import { ruleInfo } from '../../src/cli/rule-info.ts';
import { ruleDocumentation } from '../../src/cli/own-package.ts';
import type { AuditReport } from '../../src/vocabulary/finding.ts';
import { EXAMPLE, reportOf, TOPOLOGY } from '../report/example.ts';
import { HOSTILE, HOSTILE_FINDING } from '../report/hostile.ts';
import { CHROMIUM, chromium, type Browser } from '../support/chromium.ts';
import { CONSUMERS, REPOSITORY } from './workspace.ts';

/** Reports read by programs that others wrote to read them. */

const require = createRequire(join(CONSUMERS, 'package.json'));
const RULES = rules.map(ruleInfo);
const options = { help: (id: string) => ruleDocumentation(id.replace('distributed/', '')) };
const render = (format: Format, report: AuditReport): string => REPORTERS[format](report, RULES, options);

let directory: string;
let shop: AuditReport;
const reports = (): [string, AuditReport][] => [
  ['the example system', shop], ['a run with everything in it', EXAMPLE], ['nothing', reportOf([])],
  ['hostile code', { ...reportOf([HOSTILE_FINDING]), topology: { ...TOPOLOGY, services: TOPOLOGY.services.map((service) => ({ ...service, name: HOSTILE })) } }],
];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'consumers-'));
  shop = await audit({ root: join(REPOSITORY, 'fixtures/shop'), paths: [], preset: 'strict', rules: {}, certainty: 'likely', cache: false, types: 'off', config: {}, stats: false, topology: true });
});
afterAll(() => rmSync(directory, { recursive: true }));

describe('sarif', () => {
  const tool = join(CONSUMERS, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');

  test.skipIf(!existsSync(tool))("Microsoft's multitool finds nothing wrong with it, as SARIF and as GitHub wants it", () => {
    // Installed without its script, which would do this.
    chmodSync(tool, 0o755);
    for (const [name, report] of reports()) {
      const [input, output] = [join(directory, 'audit.sarif'), join(directory, 'validation.sarif')];
      writeFileSync(input, render('sarif', report));
      // It exits 0 whatever it finds.
      execFileSync(tool, ['validate', input, '--rule-kind', 'Sarif;Ghas', '--output', output, '--log', 'ForceOverwrite'], { stdio: 'ignore' });
      const { results } = (JSON.parse(readFileSync(output, 'utf8')) as Log).runs[0]!;
      // The package has no page on the web that the tool could name.
      const problems = results!.filter(({ ruleId, level }) => level !== 'note' && ruleId !== 'SARIF2005').map(({ ruleId, message, locations }) => `${ruleId} ${message.text ?? JSON.stringify(message)} ${locations?.[0]?.physicalLocation?.region?.startLine}`);
      expect(problems, name).toEqual([]);
    }
  });
});

describe('xml', () => {
  const { validateXML } = require('xmllint-wasm') as { validateXML(what: object): Promise<{ valid: boolean; errors: readonly { message: string }[] }> };

  test.each(['checkstyle', 'junit'] as const)('%s is valid by its schema, says libxml2', async (format) => {
    const schema = readFileSync(new URL(`${format}.xsd`, import.meta.url), 'utf8');
    for (const [name, report] of reports()) {
      const { errors } = await validateXML({ xml: [{ fileName: `${format}.xml`, contents: render(format, report) }], schema: [schema] });
      expect(errors.map(({ message }) => message), name).toEqual([]);
    }
    const { valid } = await validateXML({ xml: [{ fileName: 'x.xml', contents: render(format, EXAMPLE).replace(/line="\d+"|classname="[^"]*"/, '') }], schema: [schema] });
    expect(valid).toBe(false);
  });

  test('Danger reads the Checkstyle report', () => {
    const { xml2js } = require('xml-js') as { xml2js(xml: string): object };
    const { parseCheckstyle } = require('danger-plugin-lint-report/dist/parse/checkstyle_parser') as { parseCheckstyle(report: object, root: string): readonly { file: string; line: number; column: number; severity: string; message: string; issueId: string }[] };
    const read = parseCheckstyle(xml2js(render('checkstyle', shop)), '/builds/shop/');
    expect(read.map(({ file, line, message, severity }) => [file, line, message, severity]).sort()).toEqual(shop.findings.map(({ location, message, severity }) => [location.file, location.startLine, message, severity]).sort());
  });

  test('a reader of test results reads the JUnit report', () => {
    const { parse } = require('test-results-parser') as { parse(what: object): { total: number; failed: number; suites: readonly { name: string; failed: number; cases: readonly { status: string; failure: string }[] }[] } };
    const file = join(directory, 'junit.xml');
    writeFileSync(file, render('junit', shop));
    const { failed, suites } = parse({ type: 'junit', files: [file] });
    expect(failed).toBe(shop.findings.length);
    expect(suites.flatMap(({ cases }) => cases.filter(({ status }) => status === 'FAIL').map(({ failure }) => failure)).sort()).toEqual(shop.findings.map(({ message }) => message).sort());
  });
});

test('a validator of the Reviewdog Diagnostic Format finds nothing wrong with rdjson and rdjsonl', async () => {
  const { RDFormatValidator } = require('@umbrelladocs/rdformat-validator') as { RDFormatValidator: new (options: object) => { validateString(text: string): Promise<{ valid: boolean; errors: readonly { path: string; message: string }[] }> } };
  const validator = new RDFormatValidator({ strictMode: true, allowExtraFields: false });
  for (const [name, report] of reports()) {
    for (const text of [render('rdjson', report), ...render('rdjsonl', report).trimEnd().split('\n').filter((line) => line !== '')]) {
      const { errors } = await validator.validateString(text);
      expect(errors, name).toEqual([]);
    }
  }
  expect((await validator.validateString(render('rdjson', EXAMPLE).replace('"ERROR"', '"BAD"'))).valid).toBe(false);
});

describe.skipIf(CHROMIUM === undefined)('markdown', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium();
  });
  afterAll(() => browser.close());

  test('Mermaid draws the map, and runs nothing of what it is named', async () => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('dialog', () => complaints.push('a dialog was opened'));
    await page.goto('about:blank');
    await page.addScriptTag({ path: join(CONSUMERS, 'node_modules/mermaid/dist/mermaid.min.js') });
    for (const [name, report] of reports()) {
      const map = /```mermaid\n([^]*?)```/.exec(render('markdown', report))?.[1];
      expect(map !== undefined, name).toBe(report.topology !== undefined);
      if (map === undefined) continue;
      const { nodes, edges } = await page.evaluate<{ nodes: number; edges: number }>(`(async () => {
        mermaid.initialize({ startOnLoad: false });
        document.body.innerHTML = (await mermaid.render('map', ${JSON.stringify(map)})).svg;
        return { nodes: document.querySelectorAll('.node').length, edges: document.querySelectorAll('path.flowchart-link').length };
      })()`);
      expect({ nodes, edges }, name).toEqual({ nodes: map.match(/^ {2}n\d+[[({>]/gm)!.length, edges: map.match(/-->/g)!.length });
    }
    expect(complaints).toEqual([]);
  });
});
