import OpenAI from 'openai';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  axe,
  describeInBrowser,
  openBrowser,
  screenshot,
  sidewaysOverflow,
  visit,
} from './support/browser.ts';
import { openRealPages, type RealPages } from './support/real-pages.ts';

const SPITEFUL = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

describeInBrowser('keys', () => {
  let browser: Browser;
  let pages: RealPages;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    pages = await openRealPages();
    browser = await openBrowser();
    ({ page, complaints } = await visit(browser, pages.url));
    await pages.signIn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });

  it('are created with a limit, shown once, and work', async () => {
    await page.goto('/keys');
    await page.getByRole('button', { name: 'Create a key' }).last().click();
    await page.getByRole('dialog').waitFor();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByText('What is the key for?').waitFor();
    await page.getByLabel('Name').fill('Robot');
    await page.getByLabel('Limit in USD').fill('0.5');
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'keys-create-light');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Your new key' }).waitFor();
    const key = (await page.getByLabel('key', { exact: true }).textContent()) ?? '';
    expect(key).toMatch(/^sk-or-v1-[0-9a-f]{64}$/);
    await page.keyboard.press('Escape');
    expect(await page.getByText(key).count()).toBe(1);
    await page.getByRole('button', { name: 'I have copied it' }).click();

    const client = new OpenAI({ apiKey: key, baseURL: `${pages.url}/v1`, maxRetries: 0 });
    await client.chat.completions.create({
      model: 'acme/writer-1',
      messages: [{ role: 'user', content: 'Write.' }],
    });
    await page.reload();
    await page.getByText('left of').waitFor();
    expect(await page.content()).not.toContain(key);
    // 10 tokens in and 5 out, at a millionth and two millionths; alpha gives a fifth off.
    expect(await page.getByRole('row', { name: /Robot/ }).textContent()).toMatch(
      /\$0\.00002\b|\$0\.000016\b/,
    );
  });

  it('are changed and disabled', async () => {
    await page.getByRole('button', { name: 'Actions for Robot' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await page.getByLabel('Name').fill(SPITEFUL);
    await page.getByLabel('Limit in USD').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('No limit').waitFor();
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByText('Disabled').waitFor();
  });

  it('have names that are text, whatever is in them', async () => {
    expect(await page.getByText(SPITEFUL).count()).toBe(1);
    expect(await page.title()).toBe('Keys · OneRouter');
    expect(await page.locator('main img').count()).toBe(0);
    await page.setViewportSize({ width: 360, height: 800 });
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'keys-phone');
    await page.setViewportSize({ width: 1_280, height: 900 });
  });

  it('are deleted once that is confirmed', async () => {
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this key?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: /^Actions for/ }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the key' }).click();
    await page.getByText('No keys yet').waitFor();
    expect(complaints).toEqual([]);
  });
});
