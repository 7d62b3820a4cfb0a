import { existsSync } from 'node:fs';

/** The browser that is installed, or named in CHROMIUM. */
export const CHROMIUM = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path));

if (CHROMIUM === undefined) console.warn('No Chromium is installed: nothing is tested in a browser. Install one (Debian: apt-get install chromium) or name it in CHROMIUM.');

/** What of playwright-core is used; loaded by name, so that the rest type-checks before it is installed. */
export interface Locator {
  count(): Promise<number>;
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  selectOption(value: string): Promise<unknown>;
  check(): Promise<void>;
  first(): Locator;
  innerText(): Promise<string>;
  getAttribute(name: string): Promise<string | null>;
  locator(selector: string): Locator;
}

export interface Page {
  goto(url: string): Promise<unknown>;
  addScriptTag(options: { readonly path: string }): Promise<unknown>;
  locator(selector: string): Locator;
  on(event: string, listener: (what: unknown) => void): void;
  evaluate<T>(script: string): Promise<T>;
  keyboard: { press(key: string): Promise<void> };
  waitForTimeout(milliseconds: number): Promise<void>;
  pdf(options: object): Promise<Buffer>;
  screenshot(options: object): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Browser {
  newPage(options?: object): Promise<Page>;
  close(): Promise<void>;
}

export async function chromium(): Promise<Browser> {
  const { chromium: driver } = (await import('playwright-core' as string)) as { chromium: { launch(options: object): Promise<Browser> } };
  return driver.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
}
