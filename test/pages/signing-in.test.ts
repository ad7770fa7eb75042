import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  axe,
  describeInBrowser,
  openBrowser,
  screenshot,
  sidewaysOverflow,
  visit,
} from './support/browser.ts';
import { ANN, openRealPages, type RealPages } from './support/real-pages.ts';

describeInBrowser('signing in', () => {
  let browser: Browser;
  let pages: RealPages;
  beforeAll(async () => {
    pages = await openRealPages();
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });

  it('is not needed to see what runs here and how to call it', async () => {
    const { page, complaints } = await visit(browser, pages.url);
    await page.goto('/');
    await page.getByText('Longest context').waitFor();
    expect(await page.getByLabel('curl example', { exact: true }).textContent()).toContain(
      `curl ${pages.url}/v1/chat/completions`,
    );
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'start-light');

    // The colours that were chosen hold from the first paint on.
    await page.getByRole('button', { name: 'Use dark colours' }).click();
    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction('document.documentElement?.dataset.mantineColorScheme === "dark"');
    await page.getByRole('button', { name: 'Use light colours' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('is asked for where it is needed, leads back, and is noticed when it ends', async () => {
    const { page, complaints } = await visit(browser, pages.url, { colorScheme: 'dark' });
    await page.goto('/keys');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'sign-in-dark');

    await page.getByLabel('E-mail').fill(ANN.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('You are not signed in').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(ANN.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Keys', exact: true }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/keys');
    await page.getByRole('button', { name: ANN.email }).waitFor();
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Settings' }).waitFor();

    // The session ends elsewhere, and the page notices with the next thing it does.
    await page.context().clearCookies();
    await page.getByRole('button', { name: 'Create a key' }).first().click();
    await page.getByLabel('Name').fill('Robot');
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto('/sign-in?error=oauth_denied');
    await page.getByText('You did not agree at the service.').waitFor();
    expect(complaints).toEqual([]);
  });

  it('comes with signing up, ends with signing out, and leads to no other site', async () => {
    const { page } = await visit(browser, pages.url, { width: 390 });
    await page.goto(`/sign-up?return_to=${encodeURIComponent('/\\evil.example')}`);
    await page.getByLabel('E-mail').fill(ANN.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('another long password');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByText('There is an account with this email already.').waitFor();
    await page.getByLabel('E-mail').fill('bob@example.com');
    await page.getByRole('button', { name: 'Create the account' }).click();
    await page.getByRole('link', { name: 'Open the chat' }).waitFor();
    expect(page.url()).toBe(`${pages.url}/`);
    expect(await sidewaysOverflow(page)).toBe(0);
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'start-phone');

    await page.getByRole('button', { name: 'Open the menu' }).click();
    await page.getByRole('button', { name: 'bob@example.com' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Create an account' }).waitFor();
    await page.goto('/keys');
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  });
});
