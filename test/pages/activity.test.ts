import { readFileSync } from 'node:fs';
import { GatewayError } from '@onerouter/core';
import { Router } from 'express';
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
import { settleUse } from './support/seeded-use.ts';
import { openUsagePages, type UsagePages } from './support/usage-pages.ts';

const DAY_MS = 86_400_000;
const BAR = '.recharts-bar-rectangle path:not([height="0"])';
const EVIL = '=1+1<img src=x onerror="document.title=1">';

describeInBrowser('activity', () => {
  let browser: Browser;
  let pages: UsagePages;
  let page: Page;
  let complaints: readonly string[];
  const failures = { left: 0 };
  beforeAll(async () => {
    const before = Router();
    before.use('/api/v1/activity/series', (_req, _res, next) => {
      failures.left -= 1;
      next(
        failures.left >= 0 ? new GatewayError('invalid_request', 'The ledger is being moved.') : undefined,
      );
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

  it('tells how to make a first request while there is none', async () => {
    await page.goto('/activity');
    await page.getByRole('heading', { name: 'No requests in these days' }).waitFor();
    await page.getByRole('tab', { name: 'curl' }).waitFor();
    expect(await page.getByLabel('curl example', { exact: true }).textContent()).toContain(
      `${pages.url}/v1/chat/completions`,
    );
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'activity-empty-light');
  });

  it('draws what was used by day, with exact totals', async () => {
    const now = Date.now();
    const evil = await pages.newKey(EVIL);
    const { keyId, ann, store } = pages;
    const usage = {
      promptTokens: 1_000,
      completionTokens: 234,
      reasoningTokens: 34,
      source: 'provider',
    } as const;
    await settleUse(store, ann.id, { createdAt: now, keyId, cost: 100_000_000n, usage });
    await settleUse(store, ann.id, { createdAt: now, keyId, cost: 200_000_000n, usage });
    await settleUse(store, ann.id, {
      createdAt: now - 2 * DAY_MS,
      keyId: evil,
      provider: 'beta',
      cost: 3n,
      usage,
    });
    await settleUse(store, ann.id, {
      createdAt: now - 40 * DAY_MS,
      keyId,
      model: 'old/one',
      cost: 5n,
      usage,
    });
    await page.reload();
    await page.locator(BAR).first().waitFor();
    expect(await page.getByText('$0.300000003').count()).toBeGreaterThan(0);
    expect(await page.locator('.or-totals').textContent()).toMatch(
      /Requests3.*3,000.*702.*102 of them reasoning/,
    );
    expect(await page.getByRole('img', { name: /Spend a day by model, 30 days/ }).count()).toBe(1);
    expect(await page.title()).toBe('Activity · OneRouter');
    expect(await page.locator('main img').count()).toBe(0);
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'activity-light');
  });

  it('has the same as a table', async () => {
    await page.getByRole('radiogroup', { name: 'Told apart by' }).getByText('Key').click();
    await page.getByText('Table', { exact: true }).click();
    const table = page.getByRole('region', { name: 'Spend a day by key, as figures' });
    const rows = await table.getByRole('row').allTextContents();
    expect(rows).toHaveLength(31);
    expect(rows[0]).toContain('Laptop');
    expect(rows[1]).toMatch(/\$0\.30\$0\.30\$0\.00$/);
    expect(rows[3]).toContain('$0.000000003');
  });

  it('is narrowed by what the address keeps', async () => {
    await page.getByRole('combobox', { name: 'Provider' }).click();
    await page.getByRole('option', { name: 'beta' }).click();
    await page.locator('.or-totals', { hasText: 'Requests1' }).waitFor();
    expect(new URL(page.url()).search).toBe('?by=key&provider=beta');
    await page.reload();
    await page.locator('.or-totals', { hasText: '$0.000000003' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Provider' }).inputValue()).toBe('beta');
  });

  it('shows other ranges', async () => {
    await page.goto('/activity');
    await page.getByText('90 days').click();
    await page.locator('.or-totals', { hasText: 'Requests4' }).waitFor();
    await page.getByText('Custom').click();
    const day = new Date(Date.now() - 40 * DAY_MS).toISOString().slice(0, 10);
    await page.getByLabel('To', { exact: true }).fill(day);
    await page.locator('.or-totals', { hasText: '$0.000000005' }).waitFor();
    await page.getByLabel('From', { exact: true }).fill('2030-01-01');
    await page.getByText('The first day is after the last').waitFor();
  });

  it('can be taken along as CSV, in which no name is a formula', async () => {
    await page.goto('/activity');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download CSV' }).click(),
    ]);
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.split('\n')[0]).toContain('api_key_name');
    expect(text).toContain('0.000000003');
    expect(text).not.toMatch(/,"?=1\+1/);
  });

  it('says what went wrong, and tries again when asked', async () => {
    failures.left = 1;
    await page.goto('/activity');
    await page.getByText('The ledger is being moved.').waitFor();
    await screenshot(page, 'activity-error-light');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.or-totals', { hasText: '$0.300000003' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('fits a phone in the dark', async () => {
    const phone = await visit(browser, pages.url, { colorScheme: 'dark', width: 360 });
    await pages.signIn(phone.page);
    await phone.page.goto('/activity');
    await phone.page.locator(BAR).first().waitFor();
    const chart = phone.page.locator('.recharts-surface').first();
    const box = await chart.boundingBox();
    await chart.hover({ position: { x: (box?.width ?? 0) - 12, y: 100 } });
    await phone.page.locator('.or-tooltip').waitFor();
    expect(await sidewaysOverflow(phone.page)).toBe(0);
    expect(await axe(phone.page)).toEqual([]);
    await screenshot(phone.page, 'activity-dark-phone');
    expect(phone.complaints).toEqual([]);
  });
});
