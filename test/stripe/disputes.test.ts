import { afterEach, describe, expect, it } from 'vitest';
import { STORES } from '../crash/stores.ts';
import { openShop, spend, type Shop } from './shop.ts';

let shop: Shop;

async function sendAll(order: 'asc' | 'desc' = 'asc'): Promise<void> {
  const { events } = shop.fake;
  for (const event of order === 'asc' ? events : events.toReversed()) {
    expect(await shop.fake.send(event)).toBe(200);
  }
}

async function bought(usd: string): Promise<string> {
  await shop.buy(usd);
  await sendAll();
  return (await shop.payment()).intentId ?? '';
}

describe.each(STORES)('a dispute on $name', ({ kind, there }) => {
  afterEach(async () => {
    await shop?.verify();
    await shop?.close();
  });

  it.runIf(there)(
    'takes back what was withdrawn, and gives back what was reinstated, each once',
    async () => {
      shop = await openShop({ store: kind });
      const dispute = shop.fake.money.dispute(await bought('10.00'));
      await sendAll();
      await sendAll();
      expect(await shop.balance()).toBe('0');
      shop.fake.money.closeDispute(dispute, true);
      await sendAll();
      await sendAll('desc');
      expect(await shop.balance()).toBe('10');
      const entries = await shop.ledger.entries('ann');
      expect(entries.map(({ kind: of, amount }) => [of, amount])).toEqual([
        ['top_up', 10_000_000_000n],
        ['dispute', -10_000_000_000n],
        ['dispute', 10_000_000_000n],
      ]);
    },
  );

  it.runIf(there)('that is lost stays taken', async () => {
    shop = await openShop({ store: kind });
    const dispute = shop.fake.money.dispute(await bought('10.00'));
    shop.fake.money.closeDispute(dispute, false);
    await Promise.all([...shop.fake.events, ...shop.fake.events].map((event) => shop.fake.send(event)));
    expect(await shop.balance()).toBe('0');
  });
});

describe('a dispute', () => {
  afterEach(async () => {
    await shop.verify();
    await shop.close();
  });

  it('and its return that come in the wrong order leave the credit as it was', async () => {
    shop = await openShop();
    const dispute = shop.fake.money.dispute(await bought('10.00'));
    shop.fake.money.closeDispute(dispute, true);
    await sendAll('desc');
    expect(await shop.balance()).toBe('10');
  });

  it('after a partial refund takes no more than was credited in all, and gives back only its own part', async () => {
    shop = await openShop();
    const intent = await bought('10.00');
    shop.fake.money.refund(intent, 434);
    const dispute = shop.fake.money.dispute(intent);
    await sendAll();
    expect(await shop.balance()).toBe('0');
    shop.fake.money.closeDispute(dispute, true);
    await sendAll();
    expect(await shop.balance()).toBe('6');
    shop.fake.money.refund(intent, 651);
    await sendAll();
    expect(await shop.balance()).toBe('0');
  });

  it('of spent credit gives back no more than it took', async () => {
    shop = await openShop();
    const intent = await bought('10.00');
    await spend(shop.ledger, '7');
    const dispute = shop.fake.money.dispute(intent);
    await sendAll();
    expect(await shop.balance()).toBe('0');
    shop.fake.money.closeDispute(dispute, true);
    await sendAll();
    expect(await shop.balance()).toBe('3');
  });

  it('that is an inquiry only takes nothing', async () => {
    shop = await openShop();
    const dispute = shop.fake.money.dispute(await bought('10.00'));
    const event = shop.fake.events.find(({ type }) => type === 'charge.dispute.created');
    const inquiry = { ...dispute, status: 'warning_needs_response' };
    expect(await shop.fake.send({ ...event, data: { object: inquiry } })).toBe(200);
    expect(await shop.balance()).toBe('10');
  });

  it('before the payment was credited comes again later, and then counts', async () => {
    shop = await openShop();
    shop.fake.pay(await shop.checkout('10.00'));
    const paying = [...shop.fake.events];
    const intent = paying.at(-1)?.data.object['payment_intent'];
    shop.fake.money.dispute(String(intent));
    const withdrawn = shop.fake.events.at(-1) ?? {};
    // Stripe is away, so nobody can tell whose payment that is.
    shop.fake.outage('down');
    expect(await shop.fake.send(withdrawn)).toBe(503);
    shop.fake.outage(undefined);
    expect(await shop.fake.send(withdrawn)).toBe(200);
    expect(await shop.balance()).toBe('0');
    for (const event of paying) expect(await shop.fake.send(event)).toBe(200);
    expect(await shop.balance()).toBe('0');
    expect((await shop.ledger.entries('ann')).map(({ kind }) => kind)).toEqual(['top_up', 'dispute']);
  });
});
