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
import type { Visit, VisitOptions } from './support/browser.ts';
import { FakeSettings } from './support/fake-settings.ts';
import { openRealPages, type RealPages } from './support/real-pages.ts';

describeInBrowser('the page Settings', () => {
  let server: RealPages;
  let browser: Browser;
  let settings: FakeSettings;
  let refuse: RequestHandler;

  beforeAll(async () => {
    const before = Router();
    before.use('/api/v1', (req, res, next) => refuse(req, res, next));
    before.use('/api/v1', (req, res, next) => settings.routes()(req, res, next));
    [server, browser] = await Promise.all([openRealPages({ before }), openBrowser()]);
  });
  beforeEach(() => {
    settings = new FakeSettings();
    refuse = (_req, _res, next) => next();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(options: VisitOptions = {}): Promise<Visit> {
    const visited = await visit(browser, server.url, options);
    await server.signIn(visited.page);
    await visited.page.goto('/settings');
    return visited;
  }

  it.each([
    ['light', 1_280],
    ['dark', 360],
  ] as const)('has nothing to complain of in %s at %d', async (colorScheme, width) => {
    const { page, context, complaints } = await open({ colorScheme, width });
    await page.getByText('Chrome on Linux').waitFor();
    await page.getByRole('switch', { name: 'Tell me when credits run low' }).click();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
    await screenshot(page, `settings-${colorScheme}-${width}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('says what the privacy switch does to routing, and changes it', async () => {
    const { page, context } = await open();
    await page.getByText('They are left out of routing').waitFor();
    await page.getByRole('switch', { name: 'Allow providers that train on prompts' }).focus();
    await page.keyboard.press('Space');
    await page.getByText('Requests may go to them wherever').waitFor();
    await expect
      .poll(() => settings.sent)
      .toEqual([{ method: 'PATCH', path: '/', body: { allow_training: true } }]);
    await context.close();
  });

  it('sets an alert with the exact amount, and names what is wrong before it is sent', async () => {
    const { page, context } = await open();
    await page.getByRole('switch', { name: 'Tell me when credits run low' }).click();
    await page.getByLabel('Below').fill('two');
    await page.getByLabel('By webhook').fill('http://hooks.example/x');
    await page.getByRole('button', { name: 'Save the alert' }).click();
    await page.getByText('An amount such as 5 or 0.50.').waitFor();
    await page.getByText('An address that begins with https://.').waitFor();
    expect(settings.sent).toEqual([]);
    await page.getByLabel('Below').fill('2.50');
    await page.getByLabel('By webhook').fill('https://hooks.example/x');
    await page.getByRole('button', { name: 'Save the alert' }).click();
    await page.getByText('Saved').waitFor();
    expect(settings.sent).toEqual([
      {
        method: 'PATCH',
        path: '/',
        body: { alerts: { threshold_usd: '2.50', email: true, webhook_url: 'https://hooks.example/x' } },
      },
    ]);
    await context.close();
  });

  it('changes the password, and shows a wrong one at its field', async () => {
    const { page, context } = await open();
    await page.getByLabel('Current password').fill('wrong');
    await page.getByLabel('New password').fill('a longer horse');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('The current password is wrong.').waitFor();
    await page.getByLabel('Current password').fill('correct horse');
    await page.getByRole('button', { name: 'Change the password' }).click();
    await page.getByText('Changed; other sessions have ended').waitFor();
    await expect.poll(() => page.getByText('Safari on iPhone').count()).toBe(0);
    expect(await page.getByLabel('New password').inputValue()).toBe('');
    await context.close();
  });

  it('sets a first password without asking for one', async () => {
    settings.profile = { ...settings.profile, has_password: false };
    const { page, context } = await open();
    await page.getByLabel('New password').fill('a longer horse');
    expect(await page.getByLabel('Current password').count()).toBe(0);
    await page.getByRole('button', { name: 'Set a password' }).click();
    await page.getByLabel('Current password').waitFor();
    expect(settings.sent).toEqual([
      { method: 'POST', path: '/password', body: { password: 'a longer horse' } },
    ]);
    await context.close();
  });

  it('ends one session, and all of them after asking', async () => {
    const { page, context } = await open();
    await page.getByRole('button', { name: 'End the session of Safari on iPhone' }).click();
    await expect.poll(() => page.getByText('Safari on iPhone').count()).toBe(0);
    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(settings.sent).toMatchObject([
      { method: 'DELETE', path: '/sessions/s2' },
      { method: 'DELETE', path: '/sessions' },
    ]);
    await context.close();
  });

  it('says what failed in the words of the API, and offers to try again', async () => {
    refuse = (req, res, next) => {
      if (req.path !== '/account/sessions') next();
      else res.status(400).json({ error: { message: 'The sessions are resting.' } });
    };
    const { page, context } = await open();
    await page.getByText('The sessions are resting.').waitFor();
    refuse = (_req, _res, next) => next();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('Chrome on Linux').waitFor();
    await context.close();
  });
});
