import {
  BREAK,
  chunk,
  DONE,
  finishChunk,
  roleChunk,
  streams,
  textChunk,
  usageChunk,
  type Script,
} from '@onerouter/core/testing';
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
import { at } from '../support/tools.ts';
import { openRealPages, type RealPages } from './support/real-pages.ts';

const USAGE = { prompt_tokens: 1_000, completion_tokens: 250, total_tokens: 1_250 };

function says(...texts: readonly string[]): Script {
  return streams(roleChunk(), ...texts.map(textChunk), finishChunk(), usageChunk(USAGE), DONE);
}

/** Begins to answer, and goes on until somebody hangs up. */
const rambles: Script = async (res, { closed }) => {
  res.writeHead(200, { 'content-type': 'text/event-stream' });
  res.write(roleChunk());
  const timer = setInterval(() => res.write(textChunk('and on ')), 20);
  await closed;
  clearInterval(timer);
};

describeInBrowser('the chat', () => {
  let browser: Browser;
  let pages: RealPages;
  let page: Page;
  let complaints: readonly string[];
  beforeAll(async () => {
    pages = await openRealPages({ creditsUsd: '1' });
    browser = await openBrowser();
    ({ page, complaints } = await visit(browser, pages.url));
    await pages.signIn(page);
  });
  beforeEach(() => pages.provider('beta').play(says('From beta.')));
  afterAll(async () => {
    await browser?.close();
    await pages?.close();
  });

  async function ask(text: string): Promise<void> {
    await page.getByRole('textbox', { name: 'Your message' }).fill(text);
    await page.keyboard.press('Enter');
  }

  it('streams an answer with its model, provider, tokens and exact cost', async () => {
    const texts = ['**Hel', 'lo** <script>document.title=1</script> ![cat](https://evil.example/cat.png)'];
    pages.provider('alpha').play(says(...texts));
    pages.provider('beta').play(says(...texts));
    await page.goto('/chat?model=acme%2Fwriter-1');
    await ask('Greet me.');
    await page.getByText('1,000 in, 250 out').waitFor();
    const answer = page.getByRole('article', { name: 'Answer' });
    expect(await answer.locator('strong').textContent()).toBe('Hello');
    expect(await answer.textContent()).toContain('<script>');
    expect(await answer.locator('img').count()).toBe(0);
    expect(await answer.getByRole('link', { name: 'cat' }).getAttribute('rel')).toContain('noreferrer');
    const facts = (await answer.locator('footer').textContent()) ?? '';
    expect(facts).toContain('acme/writer-1');
    // A millionth in and two millionths out; alpha gives a fifth off.
    expect(facts).toMatch(/alpha.*\$0\.0012$|beta.*\$0\.0015$/);
    expect(await page.title()).toBe('Chat · OneRouter');
    expect(await axe(page)).toEqual([]);
    await screenshot(page, 'chat-light', 'window');
  });

  it('goes on, asks again for a fresh answer, and in other words', async () => {
    function bothSay(text: string): void {
      pages.provider('alpha').play(says(text));
      pages.provider('beta').play(says(text));
    }
    bothSay('Second.');
    await ask('Go on.');
    await page.getByText('Second.').waitFor();
    const calls = [...pages.provider('alpha').calls, ...pages.provider('beta').calls];
    expect(new Set(calls.map(({ json }) => json?.['messages']).map((list) => at(list, 'length')))).toEqual(
      new Set([1, 3]),
    );
    bothSay('Another.');
    await page.getByRole('button', { name: 'Ask again' }).last().click();
    await page.getByText('Another.').waitFor();
    await page.getByRole('button', { name: 'Ask in other words' }).last().click();
    await page.getByLabel('Your message in other words').fill('Go on, please.');
    bothSay('Third.');
    await page.getByRole('button', { name: 'Ask this' }).click();
    await page.getByText('Third.').waitFor();
    expect(await page.getByText(/Second|Another/).count()).toBe(0);
    expect(await page.getByRole('article').count()).toBe(4);
  });

  it('stops when it is told to, and shows what that cost', async () => {
    pages.provider('alpha').play(rambles);
    pages.provider('beta').play(rambles);
    await ask('Ramble.');
    await page.getByText('and on and on').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('You stopped this answer. It is not complete.').waitFor();
    await page
      .locator('article')
      .last()
      .getByText(/\$0\.\d+/)
      .waitFor();
  });

  it('shows an answer that broke off as incomplete', async () => {
    const breaks = streams(roleChunk(), textChunk('Half a sent'), BREAK);
    pages.provider('alpha').play(breaks);
    pages.provider('beta').play(breaks);
    await ask('Break.');
    await page.getByText('This answer is incomplete').waitFor();
    expect(await page.getByText('Half a sent').count()).toBe(1);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await sidewaysOverflow(page)).toBe(0);
    await screenshot(page, 'chat-phone', 'window');
    await page.setViewportSize({ width: 1_280, height: 900 });
  });

  it('stays in this browser, also over a reload', async () => {
    await page.reload();
    await page.getByText('This answer is incomplete').waitFor();
    await page.getByRole('button', { name: 'New chat' }).click();
    await page.getByText('Ask anything').waitFor();
    await page.reload();
    await page.getByText('Ask anything').waitFor();
    expect(await page.getByRole('article').count()).toBe(0);
  });

  it('sends the system prompt and parameters', async () => {
    await page.getByRole('button', { name: 'System prompt and parameters' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByLabel('System prompt').fill('Be brief.');
    await drawer.getByLabel('Temperature').fill('0.2');
    await screenshot(page, 'chat-settings-light', 'window');
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    for (const name of ['alpha', 'beta'] as const) {
      pages.provider(name).forget();
      pages
        .provider(name)
        .play(streams(chunk({ content: 'Brief.' }), finishChunk(), usageChunk(USAGE), DONE));
    }
    await ask('Explain.');
    await page.getByText('Brief.', { exact: true }).waitFor();
    const [call] = [...pages.provider('alpha').calls, ...pages.provider('beta').calls];
    expect(call?.json).toMatchObject({
      temperature: 0.2,
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Explain.' },
      ],
    });
  });

  it('leads to the credits when there are not enough', async () => {
    const { balance } = await pages.store.ledger.balance(pages.ann.id);
    await pages.store.ledger.debit({ entryId: 'all-of-it', account: pages.ann.id, amount: balance });
    await ask('One more.');
    await page.getByText('Not enough credits').waitFor();
    expect(await page.getByRole('link', { name: 'Go to Credits' }).getAttribute('href')).toBe('/credits');
    await screenshot(page, 'chat-402', 'window');
    expect(complaints).toEqual([]);
  });
});
