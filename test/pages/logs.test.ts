import { GatewayError } from '@onerouter/core';
import { refuse } from '@onerouter/core/testing';
import { Router, type Response } from 'express';
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
import { seedUse } from './support/seeded-use.ts';
import { openUsagePages, type UsagePages } from './support/usage-pages.ts';

const SECRET = 'the colour of my door is green';

describeInBrowser('logs', () => {
  let browser: Browser;
  let pages: UsagePages;
  let page: Page;
  let complaints: readonly string[];
  const streams = new Set<Response>();
  const server = { away: false, broken: false };
  beforeAll(async () => {
    const before = Router();
    before.get('/api/v1/generations/live', (_req, res, next) => {
      if (server.away) throw new GatewayError('unavailable', 'The server is being replaced.');
      streams.add(res);
      res.once('close', () => streams.delete(res));
      next();
    });
    before.get('/api/v1/generations', (_req, _res, next) => {
      next(server.broken ? new GatewayError('invalid_request', 'The log is being moved.') : undefined);
    });
    pages = await openUsagePages({ before });
    browser = await openBrowser();
    ({ page, complaints } = await visit(browser, pages.url));
    await pages.signIn(page);
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });

  const ask = async (model = 'acme/writer-1', from = pages): Promise<string> => {
    const answer = await fetch(`${from.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${from.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model,
        provider: { order: ['alpha', 'beta'] },
        messages: [{ role: 'user', content: SECRET }],
      }),
    });
    await answer.text();
    return answer.headers.get('x-generation-id') ?? '';
  };
  const rows = (on = page): ReturnType<Page['locator']> => on.locator('.or-log-row');
  const waitForRows = async (count: number): Promise<void> => {
    await page.locator(`[role=table][aria-rowcount="${count + 1}"]`).waitFor();
  };

  it('say how to make a first request, and that no prompt is ever kept', async () => {
    await page.goto('/logs');
    await page.getByText('No requests yet').waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByText('Prompts and answers are never kept').waitFor();
  });

  it('show each request as it settles, with its exact cost and what is left', async () => {
    pages.provider('alpha').play(refuse(503));
    await ask();
    await waitForRows(1);
    const text = (await rows().first().textContent()) ?? '';
    for (const part of ['acme/writer-1', 'beta', 'Laptop', '10', '5', '$0.00002', 'Complete', '2 attempts']) {
      expect(text).toContain(part);
    }
    await page.locator('.or-balance-strip', { hasText: 'Available$9.99998' }).waitFor();
    expect(await page.content()).not.toContain(SECRET);
  });

  it('tell the whole of one: a bill that adds up, who was tried, and its ids', async () => {
    await page.getByRole('button', { name: 'acme/writer-1' }).click();
    const drawer = page.getByRole('dialog', { name: 'Request' });
    const bill = drawer.getByRole('region', { name: 'Lines of the bill' });
    await bill.getByRole('row', { name: 'Cost' }).waitFor();
    expect(await bill.getByRole('row').allTextContents()).toEqual([
      'ForHow manyAtAmount',
      'Prompt10$1.00a million$0.00001',
      'Completion5$2.00a million$0.00001',
      'Cost$0.00002',
    ]);
    expect(await drawer.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^alphaalpha-up.*status 503/),
      expect.stringMatching(/^betabeta-upanswered, status 200/),
    ]);
    const id = new URL(page.url()).searchParams.get('id') ?? '';
    expect(id).toMatch(/^gen-/);
    expect(await drawer.getByText(id).count()).toBe(1);
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'logs-details-light');
    await page.reload();
    await drawer.getByText(id).waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).search).toBe('');
  });

  it('hold still while paused, and catch up afterwards', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await ask();
    await page.getByRole('button', { name: 'Resume, 1 new' }).click({ timeout: 5_000 });
    await waitForRows(2);
  });

  it('are narrowed by what the address keeps, also as they come', async () => {
    await page.goto('/logs?model=acme%2Fpainter-1');
    await page.getByText('No request passes the filters').waitFor();
    await ask();
    await ask('acme/painter-1');
    await waitForRows(1);
    expect(await rows().first().textContent()).toContain('$0.00');
    await page.goto('/logs');
    await waitForRows(4);
  });

  it('say when they are not live, come back by themselves, and miss nothing', async () => {
    server.away = true;
    for (const stream of streams) stream.destroy();
    await page.getByText('Not live, reconnecting').waitFor();
    await ask();
    server.away = false;
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 15_000 });
    await waitForRows(5);
    for (const stream of streams) stream.destroy();
    await ask();
    await waitForRows(6);
    expect(complaints).toEqual([]);
  });

  it('say what went wrong, and try again when asked', async () => {
    server.broken = true;
    await page.goto('/logs');
    await page.getByText('The log is being moved.').waitFor();
    server.broken = false;
    await page.getByRole('button', { name: 'Try again' }).click();
    await waitForRows(6);
  });

  it('stay light with many rows, and still while somebody reads', async () => {
    const { store, ann, keyId } = pages;
    await seedUse(store, ann.id, [keyId], 450, 20);
    await page.goto('/logs');
    await rows().first().waitFor();
    for (let loads = 0; loads < 3; loads += 1) {
      await page.locator('.or-log-scroller').evaluate((element) => element.scrollTo({ top: 1e9 }));
      await page.getByRole('button', { name: 'Load older' }).click();
    }
    await page.getByText('Load older').waitFor();
    expect(Number(await page.getByRole('table').getAttribute('aria-rowcount'))).toBeGreaterThan(400);
    expect(await rows().count()).toBeLessThan(60);
    await page.locator('.or-log-scroller').evaluate((element) => element.scrollTo({ top: 16_000 }));
    const inSight = page.locator('[role=row][aria-rowindex="302"]');
    const before = await inSight.textContent();
    await ask();
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await inSight.textContent()).toBe(before);
    await screenshot(page, 'logs-light');
    await page.getByRole('button', { name: '1 new' }).click();
    await page.locator('[role=row][aria-rowindex="2"]', { hasText: 'beta' }).waitFor();
  });

  it('fit a phone in the dark', async () => {
    const phone = await visit(browser, pages.url, { colorScheme: 'dark', width: 360 });
    await pages.signIn(phone.page);
    await phone.page.goto('/logs?model=acme%2Fpainter-1');
    await rows(phone.page).first().waitFor();
    await phone.page.getByText('Live', { exact: true }).waitFor();
    expect(await sidewaysOverflow(phone.page)).toBe(0);
    expect(await axe(phone.page)).toEqual([]);
    await screenshot(phone.page, 'logs-dark-phone');
    expect(phone.complaints).toEqual([]);
  });
});
