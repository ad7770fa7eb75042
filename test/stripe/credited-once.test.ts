import { afterEach, describe, expect, it } from 'vitest';
import { STORES } from '../crash/stores.ts';
import { openShop, type Shop } from './shop.ts';

let shop: Shop;

describe.each(STORES)('a payment on $name', ({ kind, there }) => {
  afterEach(async () => {
    await shop?.close();
  });

  it.runIf(there)('is credited once, however often each event comes', async () => {
    shop = await openShop({ store: kind });
    const events = await shop.buy('10.00');
    expect(events.map(({ type }) => type)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
    ]);
    for (const event of [...events, ...events, ...events]) expect(await shop.fake.send(event)).toBe(200);
    expect(await shop.balance()).toBe('10');
    const entries = await shop.ledger.entries('ann');
    expect(entries).toMatchObject([{ id: `topup:${(await shop.payment()).intentId}`, kind: 'top_up' }]);
    await shop.verify();
  });

  it.runIf(there)('is credited once in any order of its events', async () => {
    shop = await openShop({ store: kind });
    for (const [n, order] of permutations([0, 1, 2]).entries()) {
      const account = `buyer-${n}`;
      const events = await shop.buy('10.00', { account });
      for (const at of order) expect(await shop.fake.send(events[at] ?? {})).toBe(200);
      expect(await shop.balance(account)).toBe('10');
    }
    await shop.verify();
  });

  it.runIf(there)('is credited once when 20 events come at once, to two processes', async () => {
    shop = await openShop({ store: kind });
    const other = await shop.another();
    const events = await shop.buy('10.00');
    const addresses = [shop.server.url, other.server.url];
    const sent: Promise<number>[] = [];
    for (let n = 0; n < 20; n += 1) {
      shop.fake.sendTo(`${addresses[n % 2] ?? ''}/webhooks/stripe`);
      sent.push(shop.fake.send(events[n % events.length] ?? {}));
    }
    expect(new Set(await Promise.all(sent))).toEqual(new Set([200]));
    expect(await shop.balance()).toBe('10');
    expect(await shop.ledger.entries('ann')).toHaveLength(1);
    expect(await shop.payment()).toMatchObject({ state: 'paid' });
    await shop.verify();
  });

  it.runIf(there)('and others of the account at the same time are each credited once', async () => {
    shop = await openShop({ store: kind });
    const bought = await Promise.all(['5', '7', '11'].map((usd) => shop.checkout(usd)));
    for (const id of bought) shop.fake.pay(id);
    const twice = [...shop.fake.events, ...shop.fake.events.toReversed()];
    expect(new Set(await Promise.all(twice.map((event) => shop.fake.send(event))))).toEqual(new Set([200]));
    expect(await shop.balance()).toBe('23');
    await shop.verify();
  });
});

function permutations(items: readonly number[]): readonly (readonly number[])[] {
  if (items.length <= 1) return [items];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}
