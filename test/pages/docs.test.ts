import { Router, type RequestHandler } from 'express';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  axe,
  describeInBrowser,
  openBrowser,
  screenshot,
  sidewaysOverflow,
  visit,
} from './support/browser.ts';
import { openRealPages, type RealPages } from './support/real-pages.ts';

describeInBrowser('the API reference', () => {
  let server: RealPages;
  let browser: Browser;
  let refuse: RequestHandler;

  beforeAll(async () => {
    const before = Router();
    before.use((req, res, next) => refuse(req, res, next));
    [server, browser] = await Promise.all([openRealPages({ before }), openBrowser()]);
  });
  beforeEach(() => {
    refuse = (_req, _res, next) => next();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  it.each([
    ['light', 1_280],
    ['dark', 360],
  ] as const)('has nothing to complain of in %s at %d', async (colorScheme, width) => {
    const { page, context, complaints } = await visit(browser, server.url, { colorScheme, width });
    await page.goto('/docs#chat');
    await page.getByText('Which providers may answer').click();
    await page.getByText('allow_fallbacks').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
    await screenshot(page, `docs-${colorScheme}-${width}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('has every operation of the description', async () => {
    const { page, context } = await visit(browser, server.url);
    await page.goto('/docs');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    const { paths } = (await (await fetch(`${server.url}/openapi.json`)).json()) as { paths: object };
    const operations = Object.values(paths).flatMap((item: object) => Object.keys(item));
    expect(await page.locator('details.or-operation').count()).toBe(operations.length);
    await context.close();
  });

  it('finds operations, and links to each', async () => {
    const { page, context } = await visit(browser, server.url);
    await page.goto('/docs');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('key post');
    await page.getByText('Found: 1').waitFor();
    await page.getByRole('navigation', { name: 'Operations' }).getByRole('link').click();
    expect(new URL(page.url()).hash).toBe('#createKey');
    await page.getByText('What the key may spend within one reset period, in USD.').waitFor();
    await page.getByRole('searchbox').fill('no such thing');
    await page.getByText('Nothing matches').waitFor();
    await context.close();
  });

  it('shows examples that run as they are, with the address of this server', async () => {
    const { page, context } = await visit(browser, server.url);
    await page.goto('/docs#countModels');
    const curl = await page.getByLabel('curl example', { exact: true }).innerText();
    expect(curl).toBe(`curl "${server.url}/v1/models/count"`);
    await page.goto('/docs#chat');
    const chat = await page.locator('#chat').getByLabel('curl example', { exact: true }).innerText();
    const body = /-d '(.*)'$/s.exec(chat)?.[1] ?? '';
    await server.signIn(page);
    const asked = body.replace('author/model', 'acme/writer-1');
    expect(await page.evaluate(postToChat, asked)).toBe(200);
    await page.locator('#chat').getByRole('tab', { name: 'OpenAI SDK' }).click();
    await page.getByText('client.chat.completions.create').waitFor();
    await context.close();
  });

  it('says what failed, and offers to try again', async () => {
    refuse = (req, res, next) => {
      if (req.path === '/openapi.json') res.status(400).json({ error: { message: 'It is resting.' } });
      else next();
    };
    const { page, context } = await visit(browser, server.url);
    await page.goto('/docs');
    await page.getByText('It is resting.').waitFor();
    refuse = (_req, _res, next) => next();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await context.close();
  });
});

/** Runs in the page. */
async function postToChat(body: string): Promise<number> {
  const headers = { 'Content-Type': 'application/json' };
  return (await fetch('/v1/chat/completions', { method: 'POST', headers, body })).status;
}
