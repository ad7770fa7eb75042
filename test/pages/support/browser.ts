import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { describe } from 'vitest';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const CHROMIUM = [process.env['CHROMIUM_PATH'] ?? '', ...PLACES].find(
  (path) => path !== '' && existsSync(path),
);
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where screenshots go, to be looked at; none are taken unless `PAGES_SCREENSHOTS` names a folder. */
const SCREENSHOTS = process.env['PAGES_SCREENSHOTS'];

/** `describe` for suites that need Chromium; where there is none, they are skipped and say so. */
export function describeInBrowser(name: string, suite: () => void): void {
  if (CHROMIUM === undefined) {
    describe.skipIf(true)(`${name} (skipped: no Chromium; set CHROMIUM_PATH)`, suite);
    return;
  }
  describe(name, suite);
}

/** Starts the installed Chromium; close it in `afterAll`. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ ...(CHROMIUM !== undefined && { executablePath: CHROMIUM }), args: FLAGS });
}

export interface VisitOptions {
  /** @default 'light' */
  readonly colorScheme?: 'light' | 'dark';
  /** In CSS pixels. @default 1280 */
  readonly width?: number;
  /** @default 900 */
  readonly height?: number;
}

/** One person's browser: cookies and storage of its own, and the complaints its pages raised. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Exceptions, refusals by the content security policy, and errors on the console but for failed requests. */
  readonly complaints: readonly string[];
}

/** Opens a page as somebody new. */
export async function visit(browser: Browser, baseURL: string, options: VisitOptions = {}): Promise<Visit> {
  const { colorScheme = 'light', width = 1_280, height = 900 } = options;
  const context = await browser.newContext({
    baseURL,
    colorScheme,
    reducedMotion: 'reduce',
    viewport: { width, height },
    locale: 'en-GB',
    timezoneId: 'UTC',
  });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => void complaints.push(String(error)));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !text.startsWith('Failed to load resource')) complaints.push(text);
  });
  return { page, context, complaints };
}

/** What axe finds at impact `moderate` and above, one line each. */
export async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact !== 'minor')
    .map(
      ({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map((node) => node.target.join(' ')).join(' | ')}`,
    );
}

/** Takes a picture into {@link SCREENSHOTS}: of the whole page, or of what the window shows of it. */
export async function screenshot(page: Page, name: string, what: 'page' | 'window' = 'page'): Promise<void> {
  if (SCREENSHOTS === undefined) return;
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage: what === 'page' });
}

/** How wide the content is beyond the window, in CSS pixels: 0 where nothing scrolls sideways. */
export async function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
