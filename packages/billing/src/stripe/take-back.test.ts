import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Nanos } from '@onerouter/core';
import { totalOf, type Payment } from '../payments/payment.ts';
import { payment } from '../testing/payments.ts';
import { CENT } from './cents.ts';
import { withDispute } from './disputes.ts';
import { withRefundedSum } from './refunds.ts';
import { firstPending, planTakeBack, takenBack, takeBackOf } from './take-back.ts';

type News = (payment: Payment) => Payment;

const paid = payment('pay-1', 'ann', { state: 'paid', intentId: 'pi_1' });
const TOTAL_CENTS = Number(totalOf(paid) / CENT);

/** A ledger with some credit left: what a take-back finds. */
function carryOut(from: Payment, available: Nanos): { payment: Payment; available: Nanos } {
  const act = firstPending(from);
  if (!act) return { payment: from, available };
  const booked = act.amount > available ? available : act.amount;
  const takeBacks = from.takeBacks.map((one) => (one.id === act.id ? { ...one, booked } : one));
  return { payment: { ...from, takeBacks }, available: available - booked };
}

function play(news: readonly News[], available: Nanos): { payment: Payment; available: Nanos } {
  return news.reduce(
    (state, tell) => carryOut(planTakeBack(tell(state.payment), 'refund'), state.available),
    { payment: paid, available },
  );
}

const cents = fc.integer({ min: 1, max: TOTAL_CENTS });
const someNews: fc.Arbitrary<News> = fc.oneof(
  cents.map<News>((sum) => (known) => withRefundedSum(known, BigInt(sum) * CENT)),
  fc
    .tuple(fc.constantFrom('dp_1', 'dp_2'), fc.constantFrom('withdrawn', 'returned'))
    // A dispute is about the same amount in all its events.
    .map<News>(
      ([id, state]) =>
        (known) =>
          withDispute(known, id, id === 'dp_1' ? 500n * CENT : 1_085n * CENT, state),
    ),
);

describe('what is taken back', () => {
  it('is between nothing and the credit, whatever happens, and never more than there is', () => {
    fc.assert(
      fc.property(
        fc.array(someNews, { maxLength: 20 }),
        fc.bigInt({ min: 0n, max: paid.amount }),
        (news, left) => {
          for (let n = 0; n <= news.length; n += 1) {
            const now = play(news.slice(0, n), left);
            expect(takenBack(now.payment)).toBeGreaterThanOrEqual(0n);
            expect(takenBack(now.payment)).toBeLessThanOrEqual(paid.amount);
            expect(now.available).toBeGreaterThanOrEqual(0n);
            expect(now.available + takenBack(now.payment)).toBe(left);
          }
        },
      ),
    );
  });

  it('comes to the same in any order of the events, and when they come twice', () => {
    fc.assert(
      fc.property(
        fc.array(someNews, { maxLength: 8 }).chain((news) =>
          fc.tuple(
            fc.constant(news),
            fc.shuffledSubarray([...news, ...news], {
              minLength: 2 * news.length,
              maxLength: 2 * news.length,
            }),
          ),
        ),
        ([news, shuffled]) => {
          const [once, twice] = [play(news, paid.amount), play(shuffled, paid.amount)];
          expect(takeBackOf(twice.payment)).toBe(takeBackOf(once.payment));
          expect(twice.available).toBe(once.available);
        },
      ),
    );
  });

  it('of everything is the whole credit, to the nano-dollar', () => {
    const odd = { ...paid, amount: 333n * CENT, fee: 52n * CENT };
    const steps = [1n, 77n, 200n, 384n, 385n].map((sum) => withRefundedSum(odd, sum * CENT));
    expect(steps.map(takeBackOf).at(-1)).toBe(odd.amount);
    expect(steps.map(takeBackOf)).toEqual(steps.map(takeBackOf).toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('has an entry id of its own for each act', () => {
    const { payment: after } = play(
      [
        (known) => withRefundedSum(known, 100n * CENT),
        (known) => withRefundedSum(known, 200n * CENT),
        (known) => withDispute(known, 'dp_1', 100n * CENT, 'withdrawn'),
        (known) => withDispute(known, 'dp_1', 100n * CENT, 'returned'),
      ],
      paid.amount,
    );
    expect(after.takeBacks.map(({ id }) => id)).toEqual([
      'refund:pi_1:1',
      'refund:pi_1:2',
      'refund:pi_1:3',
      'refund:pi_1:4',
    ]);
  });
});
