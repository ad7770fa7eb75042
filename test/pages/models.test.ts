import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Router } from 'express';
import {
  axe,
  describeInBrowser,
  openBrowser,
  screenshot,
  sidewaysOverflow,
  visit,
} from './support/browser.ts';
import { openRealPages, type RealPages } from './support/real-pages.ts';

describeInBrowser('models', () => {
  let browser: Browser;
  let pages: RealPages;
  let page: Page;
  let complaints: readonly string[];
  let broken = false;
  beforeAll(async () => {
    const before = Router();
    before.get('/api/v1/models', (_req, res, next) => {
      if (broken) res.status(503).json({ error: { message: 'The catalogue is away.' } });
      else next();
    });
    pages = await openRealPages({ before });
    browser = await openBrowser();
    ({ page, complaints } = await visit(browser, pages.url));
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });

  it('are searched, filtered and sorted, and the address holds it all', async () => {
    await page.goto('/models');
    await page.getByRole('link', { name: 'Writer 1' }).waitFor();
    await screenshot(page, 'models-light');
    await page.keyboard.press('/');
    await page.keyboard.type('scribe');
    await page.getByText('1 model', { exact: true }).waitFor();
    // Among hundreds of rows axe takes half a minute, and finds the same.
    expect(await axe(page)).toEqual([]);
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'OpenAI' }).click();
    await page.getByText('No model fits').waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await page.getByRole('combobox', { name: 'Order' }).click();
    await page.getByRole('option', { name: 'Lowest price' }).click();
    await page.waitForFunction(`document.querySelector('tbody tr').textContent.includes('Painter 1')`);
    expect(new URL(page.url()).search).toBe('?sort=price');
    await page.reload();
    await page.getByRole('link', { name: 'Painter 1' }).waitFor();
    expect(await page.locator('tbody tr').first().textContent()).toContain('Free');
  });

  it('cannot put markup into the pages by their names', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
    await page.route('**/api/v1/models**', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        body: (await response.text()).replaceAll('Writer 1', evil.replaceAll('"', '\\"')),
      });
    });
    for (const path of ['/models', '/models/acme/writer-1']) {
      await page.goto(path);
      await page.getByText(evil).first().waitFor();
      expect(await page.locator('img[src=x]').count(), path).toBe(0);
      expect(await page.title(), path).not.toMatch(/^[12]$/);
    }
    await page.unroute('**/api/v1/models**');
  });

  it('show each provider with its prices, discount and how to call it', async () => {
    await page.goto('/models/acme/writer-1');
    const alpha = page.getByRole('row', { name: /alpha/ });
    await alpha.waitFor();
    const text = (await alpha.textContent()) ?? '';
    for (const part of ['20 % off', '$0.80', '$1.60', '128K', 'Healthy']) expect(text).toContain(part);
    expect(await page.getByLabel('curl example', { exact: true }).textContent()).toContain('acme/writer-1');
    await page.getByRole('tab', { name: 'OpenAI SDK' }).click();
    await page.getByText("import OpenAI from 'openai'").waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'model-light');
  });

  it('fit a phone in the dark', async () => {
    const phone = await visit(browser, pages.url, { width: 360, colorScheme: 'dark' });
    await phone.page.goto('/models?q=acme');
    await phone.page.getByRole('link', { name: 'Writer 1' }).waitFor();
    expect(await sidewaysOverflow(phone.page)).toBe(0);
    expect(await axe(phone.page)).toEqual([]);
    await phone.page.getByRole('button', { name: 'Open the menu' }).click();
    const menu = phone.page.getByRole('dialog', { name: 'Menu' });
    await menu.getByRole('link', { name: 'Models' }).waitFor();
    await phone.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    await phone.page.goto('/models/acme/writer-1');
    await phone.page.getByRole('row', { name: /alpha/ }).waitFor();
    expect(await sidewaysOverflow(phone.page)).toBe(0);
    await screenshot(phone.page, 'model-phone');
  });

  it('that cannot be loaded say why, and are tried again', async () => {
    broken = true;
    await page.goto('/models');
    await page.getByText('The catalogue is away.').waitFor();
    await screenshot(page, 'models-broken');
    broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: 'Writer 1' }).waitFor();
    await page.goto('/models/acme/no-such');
    await page.getByText('There is nothing at this address').waitFor();
    expect(complaints).toEqual([]);
  });
});
