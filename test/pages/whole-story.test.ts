import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyLedger } from '@onerouter/billing';
import { openSqliteLedgerSource } from '@onerouter/store-sqlite';
import OpenAI from 'openai';
import { createLog } from '../../examples/reference-app/src/log.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApp, type RunningApp } from '../../examples/reference-app/src/app.ts';
import {
  FAKE_SECRET_KEY,
  FAKE_WEBHOOK_SECRET,
  fakeStripe,
  type FakeStripe,
} from '../support/fake-stripe/index.ts';
import { axe, describeInBrowser, openBrowser, screenshot, visit } from './support/browser.ts';

/** What a request cost, as the API tells it afterwards. */
interface Spent {
  readonly data: readonly { readonly id: string; readonly cost_usd: string }[];
}

describeInBrowser('somebody new', () => {
  const folder = mkdtempSync(join(tmpdir(), 'onerouter-story-'));
  const database = join(folder, 'story.db');
  let stripe: FakeStripe;
  let app: RunningApp;
  let browser: Browser;
  let page: Page;
  let complaints: readonly string[];
  let key = '';

  beforeAll(async () => {
    stripe = await fakeStripe();
    const file = join(folder, 'onerouter.json');
    const billing = {
      stripe: { secretKey: FAKE_SECRET_KEY, webhookSecret: FAKE_WEBHOOK_SECRET, apiBase: stripe.url },
    };
    writeFileSync(file, JSON.stringify({ store: `sqlite:${database}`, billing }));
    app = await startApp({
      env: { ONEROUTER_CONFIG: file, PORT: '0' },
      cwd: folder,
      log: createLog('silent'),
      print: () => {},
    });
    stripe.sendTo(`${app.address}/webhooks/stripe`);
    browser = await openBrowser();
    ({ page, complaints } = await visit(browser, app.address));
  });
  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await stripe?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('signs up', async () => {
    await page.goto('/');
    await page.goto('/sign-up?return_to=/credits');
    await page.getByLabel('E-mail').fill('new@example.com');
    await page.getByLabel('Password').first().fill('a long enough secret');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('heading', { name: 'Buy credits' }).waitFor();
  });

  it('buys credits, and pays the fee beside them', async () => {
    await page.getByLabel('Amount in US dollars').fill('10');
    // 35 cents and 5 % of it.
    await page.getByText('$10.85').waitFor();
    await page.getByRole('button', { name: 'Continue to payment' }).click();
    await page.getByRole('heading', { name: 'Checkout' }).waitFor();
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
    await page.getByText('Thank you, the credits are there').waitFor();
    await page.getByRole('definition').filter({ hasText: '$10' }).first().waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'story-credits');
  });

  it('makes a key, and calls the API with it', async () => {
    await page.goto('/keys');
    await page.getByRole('button', { name: 'Create a key' }).last().click();
    await page.getByLabel('Name').fill('Laptop');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('dialog', { name: 'Your new key' }).waitFor();
    key = (await page.getByLabel('key', { exact: true }).textContent()) ?? '';
    const client = new OpenAI({ apiKey: key, baseURL: `${app.address}/v1`, maxRetries: 0 });
    const whole = await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Whole.' }],
    });
    expect(whole.choices[0]?.finish_reason).toBe('stop');
    const stream = await client.chat.completions.create({
      model: 'claude-3-5-sonnet@20240620',
      messages: [{ role: 'user', content: 'In pieces.' }],
      stream: true,
    });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    expect(text).not.toBe('');
  });

  it('chats', async () => {
    await page.goto('/chat?model=openai%2Fgpt-4o-mini');
    await page.getByRole('textbox', { name: 'Your message' }).fill('And here?');
    await page.keyboard.press('Enter');
    await page.getByRole('article', { name: 'Answer' }).locator('footer').getByText('$').waitFor();
  });

  it('finds each request with its exact cost on Logs', async () => {
    const { data } = (await (await page.request.get('/api/v1/generations')).json()) as Spent;
    expect(data).toHaveLength(3);
    await page.goto('/logs');
    await page.getByRole('row').nth(3).waitFor();
    const shown = await page.locator('.or-log-cost').allTextContents();
    for (const { cost_usd: cost } of data) {
      expect(Number(cost)).toBeGreaterThan(0);
      expect(shown).toContain(`$${cost}`);
    }
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'story-logs');
  });

  it('sees a request come in while looking', async () => {
    const client = new OpenAI({ apiKey: key, baseURL: `${app.address}/v1`, maxRetries: 0 });
    await client.chat.completions.create({
      model: 'gpt-4o-mini',
      messages: [{ role: 'user', content: 'Are you watching?' }],
    });
    await page.getByRole('row').nth(4).waitFor();
  });

  it('finds their sum on Activity, and what is left on Credits', async () => {
    const { data } = (await (await page.request.get('/api/v1/generations')).json()) as Spent;
    const spent = data.reduce((sum, { cost_usd: cost }) => sum + nanos(cost), 0n);
    await page.goto('/activity');
    await page
      .getByText(`$${usd(spent)}`)
      .first()
      .waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'story-activity');
    await page.goto('/credits');
    await page
      .getByText(`$${usd(10_000_000_000n - spent)}`)
      .first()
      .waitFor();
  });

  it('has met no error on the way, and the books add up', async () => {
    expect(complaints).toEqual([]);
    const source = openSqliteLedgerSource(database);
    expect(await verifyLedger(source)).toMatchObject({ differing: 0 });
    source.close();
  });
});

function nanos(usdText: string): bigint {
  const [whole = '0', fraction = ''] = usdText.split('.');
  return BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0'));
}

function usd(amount: bigint): string {
  const digits = amount.toString().padStart(10, '0');
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}
