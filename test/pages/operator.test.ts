import { json, Router, type RequestHandler } from 'express';
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
import { FakeOperator } from './support/fake-operator.ts';
import { openRealPages, type RealPages } from './support/real-pages.ts';

describeInBrowser('the pages of operators', () => {
  let server: RealPages;
  let browser: Browser;
  let operator: FakeOperator;
  let refuse: RequestHandler;

  beforeAll(async () => {
    const before = Router();
    before.use('/api/v1', (req, res, next) => refuse(req, res, next));
    before.use('/api/v1', (req, res, next) => operator.routes()(req, res, next));
    [server, browser] = await Promise.all([openRealPages({ before }), openBrowser()]);
  });
  beforeEach(async () => {
    await server.store.accounts.updateAccount(server.ann.id, { role: 'operator' });
    operator = new FakeOperator();
    refuse = (_req, _res, next) => next();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });

  async function open(path: string, options: VisitOptions = {}): Promise<Visit> {
    const visited = await visit(browser, server.url, options);
    await server.signIn(visited.page);
    await visited.page.goto(path);
    return visited;
  }

  it.each([
    ['light', 1_280],
    ['dark', 360],
  ] as const)('have nothing to complain of in %s at %d', async (colorScheme, width) => {
    const { page, context, complaints } = await open('/operator', { colorScheme, width });
    await page.getByText('person-3@example.com').waitFor();
    await page.getByText('1 left alone').click();
    await page.getByText('writer-1-2026').first().waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
    await screenshot(page, `operator-${colorScheme}-${width}`);
    await page.goto('/operator/accounts/acc-003');
    await page.getByText('Sorry for Tuesday').waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysOverflow(page)).toBe(0);
    await screenshot(page, `operator-account-${colorScheme}-${width}`);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('show amounts exactly', async () => {
    const { page, context } = await open('/operator');
    await page.getByText('$1,234.567890123', { exact: true }).waitFor();
    await page.getByText('$12.345678901', { exact: true }).waitFor();
    expect(await page.getByText('$10.000000001', { exact: true }).count()).toBe(25);
    await context.close();
  });

  it('are not there for others', async () => {
    const asked: string[] = [];
    refuse = (req, _res, next) => {
      asked.push(req.path);
      next();
    };
    await server.store.accounts.updateAccount(server.ann.id, { role: 'user' });
    const { page, context } = await open('/operator');
    await page.getByText('There is nothing at this address').waitFor();
    expect(await page.getByRole('link', { name: 'Operator' }).count()).toBe(0);
    expect(asked.filter((path) => path.startsWith('/operator'))).toEqual([]);
    await context.close();
  });

  it('search accounts, page by page', async () => {
    const { page, context } = await open('/operator');
    await page.getByText('person-3@example.com').waitFor();
    expect(await page.getByText('person-30@example.com').count()).toBe(0);
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('person-30@example.com').waitFor();
    await page.getByRole('searchbox', { name: 'Search by e-mail or account id' }).fill('person-59');
    await expect.poll(() => page.getByText('person-3@example.com').count()).toBe(0);
    await page.getByText('person-59@example.com').click();
    await page.getByRole('heading', { name: 'person-59@example.com' }).waitFor();
    await page.goBack();
    await page.getByRole('searchbox', { name: 'Search by e-mail or account id' }).fill('nobody');
    await page.getByText('No account matches “nobody”.').waitFor();
    await context.close();
  });

  it('grant credits after asking, and once when the answer is lost', async () => {
    const { page, context } = await open('/operator/accounts/acc-003');
    await page.getByRole('button', { name: 'Grant credits' }).click();
    await page.getByLabel('Amount in USD').fill('0');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('An amount such as 25 or 0.50.').waitFor();
    await page.getByLabel('Amount in USD').fill('2.50');
    await page.getByLabel('Note').fill(' For the bug ');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('gets $2.50 at once').waitFor();
    expect(operator.grants).toEqual([]);
    let lost: unknown;
    refuse = (req, res, next) => {
      if (req.method !== 'POST') return next();
      return json()(req, res, () => {
        lost = req.body;
        res.status(503).json({ error: { message: 'The answer is lost.' } });
      });
    };
    await page.getByRole('button', { name: 'Grant', exact: true }).click();
    await page.getByText('The answer is lost.').waitFor();
    refuse = (_req, _res, next) => next();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(lost).toEqual({
      amount_usd: '2.50',
      note: 'For the bug',
      id: expect.stringMatching(/^[0-9a-f]{24}$/),
    });
    expect(operator.grants).toEqual([lost]);
    await context.close();
  });

  it('say what failed, what is not there yet, and what never was', async () => {
    refuse = (req, res, next) => {
      if (req.path !== '/operator/totals') next();
      else res.status(400).json({ error: { message: 'The totals are resting.' } });
    };
    operator.accounts = [{ ...operator.accounts[0], entries: [] }];
    const { page, context } = await open('/operator');
    await page.getByText('The totals are resting.').waitFor();
    refuse = (_req, _res, next) => next();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText('$1,234.567890123').waitFor();
    await page.getByText('person-0@example.com').click();
    await page.getByText('No credits yet').waitFor();
    await page.goto('/operator/accounts/acc-none');
    await page.getByText('There is nothing at this address').waitFor();
    await context.close();
  });
});
