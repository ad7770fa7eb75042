import { formatUsd } from '@onerouter/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MAX_TOP_UPS_A_DAY, PAUSES_MS } from '@onerouter/billing/stripe';
import { openShop, spend, type Counter, type Shop } from './shop.ts';

const HOUR_MS = 3_600_000;

let shop: Shop;
let time: number;
beforeEach(async () => {
  time = Date.now();
  shop = await openShop({ stripe: { now: () => time } });
});
afterEach(async () => {
  await shop.verify();
  await shop.close();
});

async function sendAll(): Promise<void> {
  for (const event of shop.fake.events) expect(await shop.fake.send(event)).toBe(200);
}

async function giveCard(): Promise<void> {
  const { status, body } = await shop.ask('POST', '/credits/card', {});
  expect(status).toBe(200);
  shop.fake.pay((body as { data: { id: string } }).data.id);
  await sendAll();
}

const settings = { enabled: true, threshold_usd: '5', amount_usd: '20' };
const set = (more: object = {}): ReturnType<Shop['ask']> =>
  shop.ask('PUT', '/credits/auto-top-up', { ...settings, ...more });
const shown = async (): Promise<object> => (await shop.ask('GET', '/credits/auto-top-up')).body.data ?? {};
const charges = (): number => shop.fake.objects.list('charge').length;

/** What the app does after a settlement. */
async function settled(counter: Counter = shop, account = 'ann'): Promise<void> {
  counter.credits.autoTopUp.onBalance(account, (await shop.ledger.balance(account)).available);
  await counter.credits.autoTopUp.idle();
}

/** A card, and $6 of credit of which a little is enough to spend. */
async function ready(): Promise<void> {
  await giveCard();
  await shop.ledger.credit({ entryId: 'start', account: 'ann', amount: 6_000_000_000n });
  expect((await set()).status).toBe(200);
  await shop.credits.autoTopUp.idle();
}

describe('a saved card', () => {
  it('is given on a page of Stripe, shown by its last digits, and forgotten again', async () => {
    await giveCard();
    expect(await shown()).toMatchObject({
      enabled: false,
      card: { brand: 'visa', last4: '4242' },
      last_error: null,
    });
    await set();
    expect((await shop.ask('DELETE', '/credits/card')).body.data).toEqual({ deleted: true });
    expect(await shown()).toMatchObject({ enabled: false, card: null });
    expect(shop.fake.objects.list('payment_method')[0]).toMatchObject({ customer: null });
    // The event that gave it comes again.
    await sendAll();
    expect(await shown()).toMatchObject({ card: null });
  });

  it('replaces the one before; of two pages the one that was opened last counts', async () => {
    const first = (await shop.ask('POST', '/credits/card', {})).body as { data: { id: string } };
    await giveCard();
    shop.fake.pay(first.data.id);
    await sendAll();
    const { card } = (await shop.payments.findPayer('ann')) ?? {};
    await giveCard();
    const after = await shop.payments.findPayer('ann');
    expect(after?.card?.methodId).not.toBe(card?.methodId);
    expect(shop.fake.objects.get(card?.methodId)).toMatchObject({ customer: null });
    expect(shop.fake.objects.list('customer')).toHaveLength(1);
  });

  it('is needed for automatic top-ups', async () => {
    expect((await set()).body.error?.param).toBe('enabled');
    expect((await set({ enabled: false })).body.data).toMatchObject({ threshold_usd: '5', amount_usd: '20' });
    expect((await set({ enabled: false, amount_usd: '0' })).status).toBe(200);
    expect((await set({ amount_usd: '0.10' })).body.error?.param).toBe('amount_usd');
  });
});

describe('an automatic top-up', () => {
  it('charges the card once little is left, fee and all, and credits it once', async () => {
    await ready();
    await settled();
    expect(charges()).toBe(0);
    await spend(shop.ledger, '2');
    await settled();
    await sendAll();
    expect(await shop.balance()).toBe('24');
    const [created] = shop.fake.calls.filter(
      ({ method, path }) => method === 'POST' && path === '/payment_intents',
    );
    expect(created?.body).toMatchObject({ amount: '2135', off_session: 'true', confirm: 'true' });
    expect((await shop.ask('GET', '/credits/payments')).body.data?.[0]).toMatchObject({
      source: 'auto_top_up',
      status: 'paid',
      amount_usd: '20',
      fee_usd: '1.35',
      receipt_url: expect.stringContaining('/receipts/') as unknown,
    });
    await settled();
    expect(charges()).toBe(1);
  });

  it('is made once when many settlements in two processes want it', async () => {
    await ready();
    await spend(shop.ledger, '2');
    const other = await shop.another();
    for (let n = 0; n < 50; n += 1) {
      for (const { credits } of [shop, other]) credits.autoTopUp.onBalance('ann', BigInt(n));
    }
    await Promise.all([shop, other].map(({ credits }) => credits.autoTopUp.idle()));
    expect(charges()).toBe(1);
    await sendAll();
    expect(await shop.balance()).toBe('24');
  });

  it('that is declined says why, pauses longer each time, and then stops', async () => {
    await ready();
    await spend(shop.ledger, '2');
    shop.fake.moods.decline = 'Your card was declined.';
    const tries = (): number => shop.fake.objects.list('payment_intent').length;
    for (const [n, pause] of PAUSES_MS.entries()) {
      for (let again = 0; again < 3; again += 1) await settled();
      expect(tries()).toBe(n + 1);
      expect(await shown()).toMatchObject({ enabled: true, last_error: 'Your card was declined.' });
      time += pause;
    }
    await settled();
    await settled();
    expect(tries()).toBe(PAUSES_MS.length + 1);
    expect(await shown()).toMatchObject({ enabled: false, last_error: 'Your card was declined.' });
    await sendAll();
    expect(await shop.balance()).toBe('4');
    shop.fake.moods.decline = undefined;
    expect((await set()).body.data).toMatchObject({ enabled: true, last_error: null });
    await shop.credits.autoTopUp.idle();
    expect(await shop.balance()).toBe('24');
  });

  it('whose answer was lost is asked for again under the same key, and charged once', async () => {
    await ready();
    await spend(shop.ledger, '2');
    shop.fake.outage('lost');
    await settled();
    expect(await shop.balance()).toBe('4');
    shop.fake.outage(undefined);
    await settled();
    expect(charges()).toBe(1);
    time += HOUR_MS;
    // Another process looks after it.
    await settled(await shop.another());
    expect(charges()).toBe(1);
    expect(await shop.balance()).toBe('24');
    expect(await shop.payments.findPayer('ann')).toMatchObject({ attempt: null, dueAt: time + HOUR_MS });
  });

  it('whose answer was lost long ago is looked for', async () => {
    await ready();
    await spend(shop.ledger, '2');
    shop.fake.outage('lost');
    await settled();
    shop.fake.outage(undefined);
    time += 30 * HOUR_MS;
    await settled();
    expect(charges()).toBe(1);
    expect(await shop.balance()).toBe('24');
  });

  it('that a dead process left is taken up by the sweeper, though nobody uses the account', async () => {
    await ready();
    await spend(shop.ledger, '2');
    shop.fake.outage('down');
    await settled();
    shop.fake.outage(undefined);
    time += HOUR_MS;
    const other = await openShopOn(shop);
    other.autoTopUp.start();
    await expect.poll(() => shop.balance(), { timeout: 10_000 }).toBe('24');
    await other.autoTopUp.stop();
  });

  it('comes to an account whose credit goes while nobody uses it', async () => {
    await ready();
    await spend(shop.ledger, '6');
    const other = await openShopOn(shop);
    other.autoTopUp.start();
    time += HOUR_MS + 1;
    await expect.poll(() => shop.balance(), { timeout: 10_000 }).toBe('20');
    await other.autoTopUp.stop();
    expect(await shop.payments.payersDue(time, 10)).toEqual([]);
    await set({ enabled: false });
    await shop.credits.autoTopUp.idle();
    expect(await shop.payments.findPayer('ann')).toMatchObject({ dueAt: null });
  });

  it.each(['refunded', 'disputed'])(
    'is off once a payment was %s: what went back is not charged again',
    async (how) => {
      await ready();
      await spend(shop.ledger, '2');
      await settled();
      const { intentId } = await shop.payment();
      if (how === 'refunded') shop.fake.money.refund(intentId ?? '', 2_135);
      else shop.fake.money.dispute(intentId ?? '');
      await sendAll();
      await settled();
      expect(await shop.balance()).toBe('4');
      expect(charges()).toBe(1);
      expect(await shown()).toMatchObject({
        enabled: false,
        last_error: expect.stringMatching(/^Switched off/) as unknown,
      });
    },
  );

  it('has a limit for a day', async () => {
    await ready();
    for (let n = 0; n < MAX_TOP_UPS_A_DAY + 3; n += 1) {
      const { available } = await shop.ledger.balance('ann');
      if (available > 0n) await spend(shop.ledger, formatUsd(available));
      await settled();
    }
    expect(charges()).toBe(MAX_TOP_UPS_A_DAY);
    time += 25 * HOUR_MS;
    await settled();
    expect(charges()).toBe(MAX_TOP_UPS_A_DAY + 1);
  });
});

async function openShopOn({ ledger, payments, fake }: Shop): Promise<Counter['credits']> {
  const { stripeCredits } = await import('@onerouter/billing/stripe');
  return stripeCredits({
    ledger,
    payments,
    secretKey: fake.secretKey,
    webhookSecret: fake.webhookSecret,
    apiBase: fake.url,
    email: async (account) => `${account}@example.com`,
    sweepMs: 20,
    now: () => time,
  });
}
