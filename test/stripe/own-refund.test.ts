import { afterEach, describe, expect, it } from 'vitest';
import { openShop, spend, type Answer, type Shop } from './shop.ts';

let shop: Shop;
afterEach(async () => {
  await shop.verify();
  await shop.close();
});

async function sendAll(): Promise<void> {
  for (const event of shop.fake.events) expect(await shop.fake.send(event)).toBe(200);
}

async function bought(usd: string): Promise<string> {
  await shop.buy(usd);
  await sendAll();
  return (await shop.payment()).id;
}

const refund = (id: string): Promise<Answer> => shop.ask('POST', `/credits/payments/${id}/refund`);

describe('unused credit', () => {
  it('goes back to the buyer, without the fee, and its event takes nothing more', async () => {
    shop = await openShop();
    const id = await bought('10.00');
    const { status, body } = await refund(id);
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ status: 'refunded', refunded_usd: '10', refundable_usd: '0' });
    expect(shop.fake.calls.at(-1)).toMatchObject({ path: '/refunds', body: { amount: '1000' } });
    expect(await shop.balance()).toBe('0');
    await sendAll();
    await sendAll();
    expect(await shop.balance()).toBe('0');
    expect(await shop.payment()).toMatchObject({ refunded: 10_000_000_000n, takeBack: 10_000_000_000n });
    expect((await refund(id)).status).toBe(409);
  });

  it('goes back as far as it is unused, in whole cents', async () => {
    shop = await openShop();
    const id = await bought('10.00');
    await spend(shop.ledger, '3.001');
    const { body } = await refund(id);
    expect(body.data).toMatchObject({ status: 'partially_refunded', refunded_usd: '6.99' });
    await sendAll();
    expect(await shop.balance()).toBe('0.009');
  });

  it('adds up with refunds from the dashboard, before and after', async () => {
    shop = await openShop();
    const id = await bought('10.00');
    const { intentId } = await shop.payment();
    shop.fake.money.refund(intentId ?? '', 217);
    await sendAll();
    expect(await shop.balance()).toBe('8');
    await spend(shop.ledger, '3');
    expect((await refund(id)).body.data).toMatchObject({ refunded_usd: '7.17' });
    expect(await shop.balance()).toBe('0');
    await sendAll();
    await shop.buy('20.00');
    shop.fake.money.refund(intentId ?? '', 368);
    await sendAll();
    // All of the $10.85 has gone back, so the remaining $3.00 of its credit is taken back as well.
    expect(await shop.balance()).toBe('17');
  });

  it('comes back when Stripe refuses', async () => {
    shop = await openShop();
    const id = await bought('10.00');
    shop.fake.moods.refuseRefunds = 'No. (sk_test_fake)';
    const { status, body } = await refund(id);
    expect(status).toBe(502);
    expect(JSON.stringify(body)).not.toContain('sk_test');
    expect(await shop.balance()).toBe('10');
    expect(await shop.payment()).toMatchObject({ refunded: 0n, takeBack: 0n, ownRefunds: [] });
    shop.fake.moods.refuseRefunds = undefined;
    expect((await refund(id)).status).toBe(200);
    expect(await shop.balance()).toBe('0');
  });

  it('is refunded once when the answer was lost and it is asked for again', async () => {
    shop = await openShop();
    const id = await bought('10.00');
    shop.fake.outage('lost');
    expect((await refund(id)).status).toBe(503);
    expect(await shop.balance()).toBe('0');
    shop.fake.outage(undefined);
    expect((await refund(id)).body.data).toMatchObject({ status: 'refunded', refunded_usd: '10' });
    await sendAll();
    expect(shop.fake.objects.list('refund')).toHaveLength(1);
    expect(await shop.balance()).toBe('0');
  });

  it('is refunded once when it is asked for ten times at once', async () => {
    shop = await openShop();
    const id = await bought('10.00');
    const answers = await Promise.all(Array.from({ length: 10 }, () => refund(id)));
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    await sendAll();
    expect(shop.fake.objects.list('refund')).toHaveLength(1);
    expect(await shop.balance()).toBe('0');
  });

  it('is refused after a day, after a dispute, and of a payment that is not paid', async () => {
    let time = Date.now();
    shop = await openShop({ stripe: { now: () => time } });
    const id = await bought('10.00');
    time += 86_400_000 - 1;
    expect((await shop.ask('GET', '/credits/payments')).body.data?.[0]).toMatchObject({
      refundable_usd: '10',
    });
    time += 1;
    expect((await refund(id)).status).toBe(409);
    time -= 2;
    shop.fake.money.dispute((await shop.payment()).intentId ?? '');
    await sendAll();
    expect((await refund(id)).status).toBe(409);
    await shop.checkout('5.00');
    const unpaid = (await shop.payments.listPayments('ann')).find(({ state }) => state === 'pending');
    expect((await refund(unpaid?.id ?? '')).status).toBe(409);
  });

  it("of somebody else's payment is answered like one that is not there", async () => {
    shop = await openShop();
    const id = await bought('10.00');
    const theirs = await shop.ask('POST', `/credits/payments/${id}/refund`, undefined, { account: 'eve' });
    const none = await shop.ask('POST', '/credits/payments/pay-none/refund', undefined, { account: 'eve' });
    expect([theirs.status, none.status]).toEqual([404, 404]);
    expect(theirs.body).toEqual(none.body);
    expect((await shop.ask('GET', '/credits/payments', undefined, { account: 'eve' })).body.data).toEqual([]);
    expect(await shop.balance()).toBe('10');
  });
});
