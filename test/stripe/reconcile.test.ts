import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeReconciliation } from '@onerouter/billing/stripe';
import { openShop, spend, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await shop.verify();
  await shop.close();
});

const reconcile = (): ReturnType<Shop['credits']['reconcile']> =>
  shop.credits.reconcile({ since: Date.now() - 3_600_000 });

async function intentOf(account: string): Promise<string> {
  return (await shop.payment({ account })).intentId ?? '';
}

describe('reconciliation', () => {
  it('finds nothing where every event came', async () => {
    for (const event of await shop.buy('10.00')) await shop.fake.send(event);
    const report = await reconcile();
    expect(report).toEqual({ payments: 1, refunds: 0, disputes: 0, differences: [] });
    expect(describeReconciliation(report)).toMatch(/the ledger has them all/);
  });

  it('books payments, refunds and disputes whose events never came, once', async () => {
    for (const account of ['paid', 'refunded', 'disputed']) await shop.buy('10.00', { account });
    const first = await reconcile();
    expect(first.differences.map(({ kind, booked }) => [kind, booked])).toEqual(
      Array.from({ length: 3 }, () => ['credit', true]),
    );
    shop.fake.money.refund(await intentOf('refunded'), 217);
    const dispute = shop.fake.money.dispute(await intentOf('disputed'));
    const second = await reconcile();
    expect(second).toMatchObject({ payments: 3, refunds: 1, disputes: 1 });
    expect(second.differences).toMatchObject([
      { kind: 'take_back', account: 'refunded', expected: 2_000_000_000n, booked: true },
      { kind: 'take_back', account: 'disputed', expected: 10_000_000_000n, booked: true },
    ]);
    shop.fake.money.closeDispute(dispute, true);
    expect((await reconcile()).differences).toMatchObject([{ kind: 'take_back', expected: 0n }]);
    expect((await reconcile()).differences).toEqual([]);
    expect(await shop.balance('paid')).toBe('10');
    expect(await shop.balance('refunded')).toBe('8');
    expect(await shop.balance('disputed')).toBe('10');
    // The events come after all.
    for (const event of shop.fake.events) expect(await shop.fake.send(event)).toBe(200);
    expect(await shop.balance('refunded')).toBe('8');
    expect(await shop.balance('disputed')).toBe('10');
  });

  it('sums up a payment that was paid, refunded and lost sight of in one go', async () => {
    await shop.buy('10.00');
    const intent = shop.fake.objects.list('payment_intent')[0]?.id ?? '';
    shop.fake.money.refund(intent, 217);
    await reconcile();
    expect(await shop.balance()).toBe('8');
  });

  it('names what could not be taken back, and what was not paid as agreed', async () => {
    await shop.buy('10.00');
    await shop.buy('20.00', { account: 'odd' });
    const odd = shop.fake.objects.list('payment_intent')[0];
    if (odd) odd['amount_received'] = 1;
    expect((await reconcile()).differences).toMatchObject([
      { kind: 'mismatch', account: 'odd', expected: 21_350_000_000n, found: 10_000_000n, booked: false },
      { kind: 'credit', account: 'ann' },
    ]);
    await spend(shop.ledger, '9');
    shop.fake.money.refund(await intentOf('ann'), 1_085);
    const report = await reconcile();
    expect(report.differences).toMatchObject([
      { kind: 'mismatch' },
      { kind: 'spent', expected: 10_000_000_000n, found: 1_000_000_000n },
    ]);
    expect(describeReconciliation(report)).toMatch(
      /spent: payment pay-\w+ \(pi_\w+\) of ann: expected \$10, found \$1/,
    );
    expect(await shop.balance()).toBe('0');
  });

  it("finishes a buyer's refund whose fate was unknown", async () => {
    for (const event of await shop.buy('10.00')) await shop.fake.send(event);
    const { id } = await shop.payment();
    shop.fake.outage('lost');
    await shop.ask('POST', `/credits/payments/${id}/refund`);
    shop.fake.outage(undefined);
    await reconcile();
    expect(await shop.payment()).toMatchObject({
      ownRefunds: [{ state: 'done' }],
      refunded: 10_000_000_000n,
    });
    expect(shop.fake.objects.list('refund')).toHaveLength(1);
  });

  it('reads page after page', async () => {
    for (let n = 0; n < 105; n += 1) {
      const made = {
        amount: 1_085,
        amount_received: 1_085,
        currency: 'usd',
        status: 'succeeded',
        latest_charge: null,
      };
      shop.fake.objects.add('payment_intent', 'pi', { ...made, metadata: {} });
    }
    await shop.buy('10.00');
    for (let n = 0; n < 105; n += 1) shop.fake.objects.add('payment_intent', 'pi', { status: 'canceled' });
    expect(await reconcile()).toMatchObject({ payments: 1, differences: [{ kind: 'credit' }] });
  });
});
