// `npm run picture` draws docs/report.png: the top of the HTML report on fixtures/shop, and the map below it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const home = fileURLToPath(new URL('../..', import.meta.url));
const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path));
if (executablePath === undefined) throw new Error('No Chromium is installed: install one (Debian: apt-get install chromium) or name it in CHROMIUM.');

const directory = mkdtempSync(join(tmpdir(), 'picture-'));
try {
  const report = join(directory, 'audit.html');
  execFileSync(process.execPath, [join(home, 'dist/cli.js'), join(home, 'fixtures/shop'), '--preset', 'strict', '--exit-zero', '--output', `html=${report}`], { stdio: 'ignore' });
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1040, height: 900 }, colorScheme: 'light' });
  await page.goto(pathToFileURL(report).href);
  // The reader of a picture cannot scroll: the first three, and the whole map.
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('[aria-labelledby=overview], [aria-labelledby=map] > p, [aria-labelledby=map] > details, nav, .first li:nth-child(n+4), [aria-labelledby=findings]')) element.remove();
    const map = document.querySelector('.map');
    map.setAttribute('width', Math.round((map.getAttribute('width') * 560) / map.getAttribute('height')));
    map.setAttribute('height', 560);
    map.parentElement.replaceWith(map);
  });
  const { height } = await page.locator('body').boundingBox();
  await page.screenshot({ path: join(home, 'docs/report.png'), clip: { x: 0, y: 0, width: 1040, height: Math.round(height) - 40 }, fullPage: true });
  await browser.close();
} finally {
  rmSync(directory, { recursive: true });
}
