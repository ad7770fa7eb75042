import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Payment } from '../payments/payment.ts';
import type { PaymentStore } from '../payments/payment-store.ts';
import { payer, payment } from './payments.ts';

/** A fresh, empty store of payments. */
export interface MadePaymentStore {
  readonly store: PaymentStore;
  /** The same store as another process opens it. An adapter without processes returns the same. */
  another(): Promise<PaymentStore>;
  close?(): Promise<void>;
}

/**
 * The exam of a `PaymentStore`.
 *
 * @param name of the adapter
 * @param make an empty store for each test
 */
export function paymentStoreSuite(name: string, make: () => Promise<MadePaymentStore>): void {
  describe(`${name} keeps payments`, () => {
    let made: MadePaymentStore;
    let store: PaymentStore;
    beforeEach(async () => {
      made = await make();
      store = made.store;
    });
    afterEach(async () => {
      await made.close?.();
    });

    const full: Payment = payment('pay-full', 'ann', {
      source: 'auto_top_up',
      state: 'paid',
      paidAt: 1_790_000_000_007,
      // Beyond what a double holds.
      amount: 123_456_789_012_345_679n,
      checkoutId: 'cs_1',
      intentId: 'pi_1',
      chargeId: 'ch_1',
      receiptUrl: 'https://pay.example/receipt',
      refunded: 3_000_000_000n,
      refundFailed: true,
      ownRefunds: [{ id: 'rf-1', amount: 1_000_000_000n, state: 'asked', askedAt: 5 }],
      disputes: [{ id: 'dp_1', amount: 2n, state: 'withdrawn' }],
      takeBack: 9_007_199_254_740_993n,
      takeBacks: [
        { id: 'refund:pi_1:1', kind: 'refund', amount: 5n, strict: true, booked: null },
        { id: 'dispute:pi_1:2', kind: 'dispute', amount: -5n, strict: false, booked: -5n },
      ],
    });

    it('as they were added, with everything they hold', async () => {
      expect(await store.addPayment(full)).toEqual(full);
      expect(await store.findPayment('pay-full')).toEqual(full);
      expect(await store.findPayment('pay-none')).toBeUndefined();
    });

    it('once under an id: the one that is there comes back', async () => {
      const first = payment('pay-1', 'ann');
      const racers = Array.from({ length: 10 }, (_, n) => store.addPayment({ ...first, fee: BigInt(n) }));
      const got = await Promise.all(racers);
      const kept = await store.findPayment('pay-1');
      expect(got).toEqual(got.map(() => kept));
    });

    it("and finds them by the processor's ids", async () => {
      await store.addPayment(full);
      await store.addPayment(payment('pay-2', 'ann'));
      expect(await store.findPaymentBy('checkoutId', 'cs_1')).toEqual(full);
      expect(await store.findPaymentBy('intentId', 'pi_1')).toEqual(full);
      expect(await store.findPaymentBy('chargeId', 'ch_1')).toEqual(full);
      expect(await store.findPaymentBy('chargeId', 'pi_1')).toBeUndefined();
      expect(await store.findPaymentBy('intentId', '')).toBeUndefined();
    });

    it('and changes one only for whoever read its last version', async () => {
      const first = payment('pay-1', 'ann');
      await store.addPayment(first);
      const others = await Promise.all(
        Array.from({ length: 8 }, async (_, n) => {
          const process = await made.another();
          return process.replacePayment({ ...first, version: 2, intentId: `pi_${n}` });
        }),
      );
      expect(others.filter(Boolean)).toHaveLength(1);
      const winner = `pi_${others.indexOf(true)}`;
      expect(await store.findPaymentBy('intentId', winner)).toMatchObject({ id: 'pay-1', version: 2 });
      expect(await store.replacePayment({ ...full, version: 2 })).toBe(false);
    });

    it('and lists those of one account, newest first, page by page', async () => {
      const ids = ['a', 'b', 'c', 'd', 'e'];
      for (const [at, id] of ids.entries()) {
        // 'c' and 'd' are of one millisecond.
        await store.addPayment(payment(id, 'ann', { createdAt: at < 3 ? at : at - 1 }));
      }
      await store.addPayment(payment('z', 'bob'));
      const all = await store.listPayments('ann');
      expect(all.map(({ id }) => id)).toEqual(['e', 'd', 'c', 'b', 'a']);
      const first = await store.listPayments('ann', { limit: 2 });
      expect(first.map(({ id }) => id)).toEqual(['e', 'd']);
      const second = await store.listPayments('ann', { limit: 2, after: first[1] });
      expect(second.map(({ id }) => id)).toEqual(['c', 'b']);
      expect(await store.listPayments('nobody')).toEqual([]);
    });

    it('and payers, whom it adds once and changes for whoever read the last version', async () => {
      expect(await store.findPayer('ann')).toBeUndefined();
      const ann = payer('ann', {
        customerId: 'cus_1',
        card: { methodId: 'pm_1', brand: 'visa', last4: '4242' },
        cardCheckoutId: 'cs_2',
        autoTopUp: { enabled: true, threshold: 9_007_199_254_740_993n, amount: 20_000_000_000n },
        attempt: { paymentId: 'pay-1', at: 12 },
        begunAt: [12],
        refusals: 2,
        notBefore: 99,
        dueAt: 100,
        lastError: 'The card was declined.',
      });
      const added = await Promise.all(
        Array.from({ length: 8 }, async () => (await made.another()).writePayer(ann)),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await store.findPayer('ann')).toEqual(ann);
      const next = { ...ann, version: 2, card: null, attempt: null, dueAt: null, lastError: null };
      expect(await store.writePayer(next)).toBe(true);
      expect(await store.writePayer(next)).toBe(false);
      expect(await store.findPayer('ann')).toEqual(next);
    });

    it('and tells which payers are due', async () => {
      for (const [account, dueAt] of [
        ['later', 30],
        ['never', null],
        ['first', 10],
        ['second', 20],
      ] as const) {
        await store.writePayer(payer(account, { dueAt }));
      }
      expect(await store.payersDue(20, 10)).toEqual(['first', 'second']);
      expect(await store.payersDue(100, 1)).toEqual(['first']);
      expect(await store.payersDue(9, 10)).toEqual([]);
    });
  });
}
