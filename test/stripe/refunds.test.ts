import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { STORES } from '../crash/stores.ts';
import { openShop, spend, type Shop } from './shop.ts';

let shop: Shop;

/** Sends the events from some number on; returns how many there are now. */
async function send(from: number, order: 'asc' | 'desc' = 'asc'): Promise<number> {
  const events = shop.fake.events.slice(from);
  for (const event of order === 'asc' ? events : events.toReversed()) {
    expect(await shop.fake.send(event)).toBe(200);
  }
  return shop.fake.events.length;
}

async function bought(usd: string): Promise<string> {
  await shop.buy(usd);
  await send(0);
  return (await shop.payment()).intentId ?? '';
}

describe.each(STORES)('a refund in parts, of a payment on $name', ({ kind, there }) => {
  afterEach(async () => {
    await shop?.close();
  });

  it.runIf(there)(
    'takes back in proportion, each part once, and in the end exactly what was credited',
    async () => {
      shop = await openShop({ store: kind });
      // $10.00 of credit for $10.85.
      const intent = await bought('10.00');
      let sent = shop.fake.events.length;
      shop.fake.money.refund(intent, 217);
      sent = await send(sent);
      expect(await shop.balance()).toBe('8');
      shop.fake.money.refund(intent, 217);
      sent = await send(sent);
      expect(await shop.balance()).toBe('6');
      await send(0);
      expect(await shop.balance()).toBe('6');
      shop.fake.money.refund(intent, 651);
      await send(sent);
      await send(0);
      expect(await shop.balance()).toBe('0');
      const entries = await shop.ledger.entries('ann');
      expect(entries.map(({ kind: of, amount }) => [of, amount])).toEqual([
        ['top_up', 10_000_000_000n],
        ['refund', -2_000_000_000n],
        ['refund', -2_000_000_000n],
        ['refund', -6_000_000_000n],
      ]);
      await shop.verify();
    },
  );

  it.runIf(there)('comes to the same when its events come at once, or in the wrong order', async () => {
    shop = await openShop({ store: kind });
    const intent = await bought('10.00');
    const sent = shop.fake.events.length;
    for (const cents of [100, 117, 217]) shop.fake.money.refund(intent, cents);
    await Promise.all(
      [...shop.fake.events.slice(sent).toReversed(), ...shop.fake.events].map((event) =>
        shop.fake.send(event),
      ),
    );
    expect(await shop.balance()).toBe('6');
    await shop.verify();
  });

  it.runIf(there)('of credit that is all spent takes nothing, and says so once', async () => {
    shop = await openShop({ store: kind });
    const intent = await bought('10.00');
    await spend(shop.ledger, '10');
    shop.fake.money.refund(intent, 1_085);
    await send(0);
    await send(0);
    expect(await shop.balance()).toBe('0');
    expect((await shop.payment()).takeBacks).toMatchObject([{ amount: 10_000_000_000n, booked: 0n }]);
    await shop.verify();
  });
});

describe('a refund', () => {
  beforeEach(async () => {
    shop = await openShop();
  });
  afterEach(async () => {
    await shop.verify();
    await shop.close();
  });

  it('whose event comes before the payment was credited leaves nothing either way', async () => {
    shop.fake.pay(await shop.checkout('10.00'));
    const intent = shop.fake.events.at(-1)?.data.object['payment_intent'];
    shop.fake.money.refund(String(intent), 1_085);
    await send(0, 'desc');
    await send(0);
    expect(await shop.balance()).toBe('0');
    expect((await shop.ledger.entries('ann')).map(({ kind }) => kind)).toEqual(['top_up', 'refund']);
  });

  it('takes what is left when the rest was spent, and takes nothing later on', async () => {
    const intent = await bought('10.00');
    await spend(shop.ledger, '7');
    shop.fake.money.refund(intent, 1_085);
    await send(0);
    expect(await shop.balance()).toBe('0');
    await shop.buy('5.00');
    await send(0);
    expect(await shop.balance()).toBe('5');
  });

  it('that fails gives back what it took, also when old events come again', async () => {
    const intent = await bought('10.00');
    const refund = shop.fake.money.refund(intent, 217);
    shop.fake.money.refund(intent, 217);
    await send(0);
    expect(await shop.balance()).toBe('6');
    shop.fake.money.failRefund(refund);
    await send(0);
    expect(await shop.balance()).toBe('8');
    await send(0, 'desc');
    expect(await shop.balance()).toBe('8');
  });

  it('shows on the list of payments', async () => {
    const intent = await bought('10.00');
    shop.fake.money.refund(intent, 217);
    await send(0);
    const shown = async (): Promise<unknown> =>
      ((await shop.ask('GET', '/credits/payments')).body as { data: unknown[] }).data[0];
    expect(await shown()).toMatchObject({
      status: 'partially_refunded',
      refunded_usd: '2.17',
      total_usd: '10.85',
    });
    shop.fake.money.refund(intent, 868);
    await send(0);
    expect(await shown()).toMatchObject({ status: 'refunded', refunded_usd: '10.85', refundable_usd: '0' });
  });
});
