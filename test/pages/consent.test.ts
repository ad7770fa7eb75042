import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, describeInBrowser, openBrowser, screenshot, visit } from './support/browser.ts';
import { openRealPages, type RealPages } from './support/real-pages.ts';

const VERIFIER = 'a-verifier-of-at-least-forty-three-characters-0123';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

describeInBrowser('an app that asks for a key', () => {
  let browser: Browser;
  let pages: RealPages;
  let app: Server;
  let callback: string;
  beforeAll(async () => {
    pages = await openRealPages();
    browser = await openBrowser();
    app = createServer((_req, res) => void res.end('back in the app'));
    await new Promise<void>((resolve) => {
      app.listen(0, '127.0.0.1', resolve);
    });
    callback = `http://127.0.0.1:${(app.address() as AddressInfo).port}/callback`;
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
    app?.closeAllConnections();
    app?.close();
  });

  it('gets one after the person agreed, and only for its secret', async () => {
    const { page, complaints } = await visit(browser, pages.url);
    await pages.signIn(page);
    const query = new URLSearchParams({
      callback_url: callback,
      code_challenge: CHALLENGE,
      code_challenge_method: 'S256',
      key_label: 'Notebook',
      limit: '2.5',
    });
    await page.goto(`/auth?${query}`);
    await page.getByText('asks for an API key').waitFor();
    const card = (await page.getByRole('main').textContent()) ?? '';
    expect(card).toContain(new URL(callback).host);
    expect(card).toContain('$2.50');
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'consent-light');
    await page.getByRole('button', { name: 'Approve' }).click();
    await page.waitForURL(`${callback}?code=*`);
    const code = new URL(page.url()).searchParams.get('code');

    const exchanged = await fetch(`${pages.url}/api/v1/auth/keys`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code, code_verifier: VERIFIER, code_challenge_method: 'S256' }),
    });
    const { key } = (await exchanged.json()) as { key: string };
    expect(key).toMatch(/^sk-or-v1-/);
    await page.goto(`${pages.url}/keys`);
    await page.getByText('Notebook').waitFor();
    expect(complaints).toEqual([]);
  });

  it('gets nothing when the person declines, and can have nothing sent elsewhere', async () => {
    const { page } = await visit(browser, pages.url);
    await pages.signIn(page);
    for (const target of ['javascript:alert(1)', 'http://evil.example/']) {
      await page.goto(`/auth?callback_url=${encodeURIComponent(target)}&code_challenge=${CHALLENGE}`);
      await page.getByText('This link does not work').waitFor();
      expect(await page.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    }
    await page.goto(`/auth?callback_url=${encodeURIComponent(callback)}&code_challenge=${CHALLENGE}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('link', { name: 'Open the chat' }).waitFor();
  });
});
