import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.verify();
  await shop.close();
});

async function sendAll(): Promise<void> {
  for (const event of shop.fake.events) expect(await shop.fake.send(event)).toBe(200);
}

const statusShown = async (): Promise<unknown> => {
  const { body } = await shop.ask('GET', '/credits/payments');
  return (body as { data: { status: string }[] }).data[0]?.status;
};

describe('money that has not arrived', () => {
  it('is not credited: the page is complete, its payment takes days', async () => {
    shop.fake.pay(await shop.checkout('10.00'), 'delayed');
    expect(shop.fake.events).toMatchObject([
      { type: 'checkout.session.completed', data: { object: { payment_status: 'unpaid' } } },
    ]);
    await sendAll();
    expect(await shop.balance()).toBe('0');
    expect(await shop.ledger.entries('ann')).toEqual([]);
    expect(await statusShown()).toBe('pending');
  });

  it('is credited when it arrives, once', async () => {
    const session = shop.fake.pay(await shop.checkout('10.00'), 'delayed');
    shop.fake.money.settleSession(session, true);
    expect(shop.fake.events.at(-1)?.type).toBe('checkout.session.async_payment_succeeded');
    await sendAll();
    await sendAll();
    expect(await shop.balance()).toBe('10');
    expect(await statusShown()).toBe('paid');
  });

  it('is never credited when it fails, and the page says so', async () => {
    const session = shop.fake.pay(await shop.checkout('10.00'), 'delayed');
    shop.fake.money.settleSession(session, false);
    await sendAll();
    await sendAll();
    expect(await shop.balance()).toBe('0');
    expect(await statusShown()).toBe('failed');
  });

  it('that fails late cannot undo what was paid', async () => {
    const session = shop.fake.pay(await shop.checkout('10.00'), 'delayed');
    shop.fake.money.settleSession(session, true);
    await sendAll();
    for (const type of ['checkout.session.async_payment_failed', 'checkout.session.expired']) {
      const late = { ...shop.fake.events.at(-1), type };
      expect(await shop.fake.send(late)).toBe(200);
    }
    expect(await shop.balance()).toBe('10');
    expect(await statusShown()).toBe('paid');
  });

  it('that arrives after the page was given up is credited', async () => {
    const id = await shop.checkout('10.00');
    const session = shop.fake.objects.need(id);
    shop.fake.money.paySession(session, 'card');
    const paid = shop.fake.events.at(-1);
    expect(await shop.fake.send({ ...paid, type: 'checkout.session.expired' })).toBe(200);
    expect(await statusShown()).toBe('failed');
    expect(await shop.fake.send(paid ?? {})).toBe(200);
    expect(await shop.balance()).toBe('10');
    expect(await statusShown()).toBe('paid');
  });
});

/** Sends the event of a payment, with something else in it, which must not count. */
async function tampered(change: Readonly<Record<string, unknown>>): Promise<void> {
  const [, intent] = await shop.buy('10.00');
  const object = { ...intent?.data.object, ...change };
  expect(await shop.fake.send({ ...intent, data: { object } })).toBe(200);
  expect(await shop.balance()).toBe('0');
  expect(await shop.payment()).toMatchObject({ state: 'pending' });
}

describe('what was paid is looked at', () => {
  it('less than was to be paid is not credited', async () => {
    await tampered({ amount_received: 1 });
  });

  it('another currency is not credited', async () => {
    await tampered({ currency: 'jpy' });
  });

  it('an intent that has not succeeded is not credited', async () => {
    await tampered({ status: 'processing' });
  });

  it('payments of others at the same account of Stripe are let alone', async () => {
    const [, intent] = await shop.buy('10.00');
    const metadata = { ...intent?.data.object.metadata, onerouter_instance: 'staging' };
    const theirs = { ...intent, data: { object: { ...intent?.data.object, id: 'pi_theirs', metadata } } };
    expect(await shop.fake.send(theirs)).toBe(200);
    const shops = { ...intent, data: { object: { ...intent?.data.object, id: 'pi_shop', metadata: {} } } };
    expect(await shop.fake.send(shops)).toBe(200);
    expect(await shop.balance()).toBe('0');
  });

  it('a second payment under the same marks is not credited', async () => {
    const events = await shop.buy('10.00');
    await sendAll();
    const [, intent] = events;
    const again = { ...intent, data: { object: { ...intent?.data.object, id: 'pi_again' } } };
    expect(await shop.fake.send(again)).toBe(200);
    expect(await shop.balance()).toBe('10');
  });
});
