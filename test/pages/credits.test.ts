import { Router } from 'express';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  axe,
  describeInBrowser,
  openBrowser,
  screenshot,
  sidewaysOverflow,
  visit,
} from './support/browser.ts';
import { FakePayments } from './support/fake-payments.ts';
import { openUsagePages, type UsagePages } from './support/usage-pages.ts';

describeInBrowser('credits', () => {
  let browser: Browser;
  let pages: UsagePages;
  let page: Page;
  let complaints: readonly string[];
  let payments: FakePayments;
  beforeAll(async () => {
    const before = Router();
    before.use('/api/v1', (req, res, next) => payments.routes()(req, res, next));
    payments = new FakePayments();
    pages = await openUsagePages({ before, creditsUsd: '7.000000001' });
    browser = await openBrowser();
    ({ page, complaints } = await visit(browser, pages.url));
    await pages.signIn(page);
  });
  beforeEach(() => {
    payments = new FakePayments();
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });

  it('are shown exactly, with what is held, what is left of each lot, and where they came from', async () => {
    await page.goto('/credits');
    await page.getByRole('heading', { name: 'History' }).waitFor();
    await page.locator('.or-balance', { hasText: 'Available$7.000000001' }).waitFor();
    expect(await page.locator('.or-balance').textContent()).toContain('Reserved$0.00');
    expect(await page.getByRole('region', { name: 'Credit that is left' }).textContent()).toMatch(
      /\$7\.000000001of \$7\.000000001/,
    );
    expect(await page.getByRole('row', { name: /Granted/ }).textContent()).toContain('+$7.000000001');
    await page.getByText('$26.60').waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'credits-light');
  });

  it('are bought at a price that is told first, and are there when the payment is confirmed', async () => {
    await page.goto('/credits');
    await page.getByLabel('Amount in US dollars').fill('0.5');
    await page.getByText('At least $1.00').waitFor();
    expect(await page.getByRole('button', { name: 'Continue to payment' }).isDisabled()).toBe(true);
    await page.getByLabel('Amount in US dollars').fill('12.50');
    await page.getByText('$13.48').waitFor();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByText('The payment is on its way').waitFor();
    expect(payments.asked).toEqual([
      {
        amount_usd: '12.50',
        success_url: `${pages.url}/credits?checkout=success`,
        cancel_url: `${pages.url}/credits?checkout=cancelled`,
      },
    ]);
    await screenshot(page, 'credits-pending-light');
    const { store, ann } = pages;
    await store.ledger.credit({ entryId: 'pay-1', account: ann.id, amount: 12_500_000_000n });
    const [payment] = payments.payments;
    if (payment) payment.status = 'paid';
    await page.getByText('Thank you, the credits are there').waitFor();
    await page.locator('.or-balance', { hasText: 'Available$19.500000001' }).waitFor();
    await page.getByRole('row', { name: /Bought/ }).waitFor();
    await page.getByRole('button', { name: 'Close this notice' }).click();
    expect(new URL(page.url()).search).toBe('');
  });

  it('say that nothing was paid when somebody turns back', async () => {
    await page.goto('/credits?checkout=cancelled');
    await page.getByText('Nothing was paid').waitFor();
    expect(await axe(page)).toEqual([]);
  });

  it('can be given back while they are unused, after asking', async () => {
    payments.add({
      refundable_usd: '20.5',
      refundable_until: '2026-09-02T10:00:00.000Z',
      receipt_url: 'https://pay.example/receipt',
    });
    payments.add({ receipt_url: 'javascript:document.title=1', status: 'failed' });
    await page.goto('/credits');
    await page.getByRole('button', { name: 'Refund' }).click();
    expect(await page.getByText('Receipt', { exact: true }).count()).toBe(1);
    const dialog = page.getByRole('dialog', { name: 'Refund unused credits?' });
    await dialog.getByText('$20.50 of $25.00 is unused').waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'credits-refund-light');
    await dialog.getByRole('button', { name: 'Refund' }).click();
    await page.getByText('Partly refunded').waitFor();
    expect(await page.getByRole('button', { name: 'Refund' }).count()).toBe(0);
  });

  it('top themselves up with a saved card', async () => {
    payments.autoTopUp.last_error = 'Your card was declined.';
    await page.goto('/credits');
    await page.getByText('Your card was declined.').waitFor();
    expect(await page.getByRole('switch', { name: 'Buy by itself' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Save a card' }).click();
    await page.getByText('visa ending in 4242').waitFor();
    await page.getByRole('switch', { name: 'Buy by itself' }).check({ force: true });
    await page.getByLabel('When less is available than').fill('2.50');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true, disabled: true }).waitFor();
    expect(payments.asked).toEqual([{ enabled: true, threshold_usd: '2.50', amount_usd: '25' }]);
    await page.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No card is saved').waitFor();
    expect(complaints).toEqual([]);
  });

  it('say to whom to turn where they are not sold, on a phone in the dark', async () => {
    const plain = await openUsagePages({
      dashboard: { facts: { supportUrl: 'mailto:help@example.com' } },
    });
    try {
      const phone = await visit(browser, plain.url, { colorScheme: 'dark', width: 360 });
      await plain.signIn(phone.page);
      await phone.page.goto('/credits');
      await phone.page.getByText('Credits cannot be bought here').waitFor();
      expect(await phone.page.getByRole('link', { name: 'ask them' }).getAttribute('href')).toBe(
        'mailto:help@example.com',
      );
      expect(await phone.page.getByRole('button', { name: 'Continue to payment' }).count()).toBe(0);
      expect(await sidewaysOverflow(phone.page)).toBe(0);
      expect(await axe(phone.page)).toEqual([]);
      await screenshot(phone.page, 'credits-not-sold-dark-phone');
      expect(phone.complaints).toEqual([]);
    } finally {
      await plain.close();
    }
  });
});
