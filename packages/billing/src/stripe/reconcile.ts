import { formatUsd, type Nanos } from '@onerouter/core';
import type { Stripe } from 'stripe';
import type { Payment } from '../payments/payment.ts';
import { totalOf } from '../payments/payment.ts';
import type { Bookkeeper, PaymentLedger } from './bookkeeper.ts';
import { creditId } from './bookkeeper.ts';
import { idOf } from './client.ts';
import { newsOfStatus, withDispute } from './disputes.ts';
import { resumeRefunds, type RefundContext } from './own-refund.ts';
import { amountOf, proofOfIntent, type Proof } from './proof.ts';
import type { Records } from './records.ts';
import { listRefunds, withRefunds } from './refunds.ts';
import { takenBack } from './take-back.ts';

/** How long after it was made a refund may still fail. */
const REFUND_LIFE_MS = 30 * 86_400_000;
/** How long a dispute may take to be decided. */
const DISPUTE_LIFE_MS = 180 * 86_400_000;

export interface ReconcileContext extends RefundContext {
  readonly ledger: PaymentLedger;
  readonly bookkeeper: Bookkeeper;
  readonly records: Records;
  readonly stripe: Stripe;
}

export interface ReconcileOptions {
  /** Looks at what happened at Stripe since then, in milliseconds since the epoch. */
  readonly since: number;
}

/**
 * - `credit`: a payment was not credited, and is now.
 * - `take_back`: a refund or a dispute was not taken back, or given back, and is now.
 * - `mismatch`: what was paid is not what was to be paid; nothing was credited. For somebody to look at.
 * - `spent`: a refund or a dispute could not be taken back, since the credit had been spent.
 */
export type ReconcileKind = 'credit' | 'take_back' | 'mismatch' | 'spent';

export interface ReconcileDifference {
  readonly kind: ReconcileKind;
  readonly payment: string;
  readonly account: string;
  /** Stripe's id of it. */
  readonly intent: string;
  /** What the ledger should have, and what it had. */
  readonly expected: Nanos;
  readonly found: Nanos;
  /** Whether the ledger has it now. */
  readonly booked: boolean;
}

export interface ReconcileReport {
  /** Paid at Stripe, of those that are ours. */
  readonly payments: number;
  readonly refunds: number;
  readonly disputes: number;
  readonly differences: readonly ReconcileDifference[];
}

/**
 * Compares what Stripe has with the ledger, and books what is missing: payments, refunds and disputes whose events never
 * came. Safe to run while the app runs, and again.
 *
 * Rejects with Stripe's or the store's error; what was booked until then stays.
 */
export async function reconcile(
  context: ReconcileContext,
  { since }: ReconcileOptions,
): Promise<ReconcileReport> {
  const { stripe, records } = context;
  const created = from(since);
  const differences: ReconcileDifference[] = [];
  const counts = { payments: 0, refunds: 0, disputes: 0 };

  const intents = stripe.paymentIntents.list({ created, limit: 100, expand: ['data.latest_charge'] });
  for await (const intent of intents) {
    const proof = proofOfIntent(intent);
    const payment = proof && (await records.locate(proof));
    if (!payment) continue;
    counts.payments += 1;
    differences.push(...(await credit(context, payment, proof)));
  }
  const refunded = new Set<string>();
  for await (const refund of stripe.refunds.list({ created: from(since - REFUND_LIFE_MS), limit: 100 })) {
    const intentId = idOf(refund.payment_intent);
    if (intentId === null) continue;
    if (!(await records.locateOrAsk({ intentId }))) continue;
    counts.refunds += 1;
    refunded.add(intentId);
  }
  for (const intentId of refunded) differences.push(...(await takeRefunds(context, intentId)));
  for await (const dispute of stripe.disputes.list({ created: from(since - DISPUTE_LIFE_MS), limit: 100 })) {
    const found = await takeDispute(context, dispute);
    if (!found) continue;
    counts.disputes += 1;
    differences.push(...found);
  }
  return { ...counts, differences };
}

/** Since a time, as Stripe asks for it. */
function from(ms: number): { gte: number } {
  return { gte: Math.max(0, Math.floor(ms / 1000)) };
}

async function credit(
  { ledger, records }: ReconcileContext,
  payment: Payment,
  proof: Proof,
): Promise<readonly ReconcileDifference[]> {
  const { account, amount } = payment;
  const id = creditId(proof.intentId);
  const before = (await ledger.booked(account, [id])).get(id) ?? 0n;
  const now = await records.paid(proof, payment);
  if (before === amount) return [];
  const booked = now?.state === 'paid' && now.intentId === proof.intentId;
  const base = { payment: payment.id, account, intent: proof.intentId, booked };
  if (booked) return [{ ...base, kind: 'credit', expected: amount, found: before }];
  return [{ ...base, kind: 'mismatch', expected: totalOf(payment), found: proof.paid ?? 0n }];
}

async function takeRefunds(
  context: ReconcileContext,
  intentId: string,
): Promise<readonly ReconcileDifference[]> {
  const { stripe, bookkeeper, records } = context;
  const payment = await records.locateOrAsk({ intentId });
  const paid = payment && (await records.ensurePaid(payment, intentId));
  if (!paid) return [];
  await resumeRefunds(context, paid);
  const now = await bookkeeper.revise(paid.id, async (known) =>
    withRefunds(known, await listRefunds(stripe, intentId)),
  );
  return differenceOf(paid, now);
}

async function takeDispute(
  { bookkeeper, records }: ReconcileContext,
  dispute: Stripe.Dispute,
): Promise<readonly ReconcileDifference[] | undefined> {
  const intentId = idOf(dispute.payment_intent);
  const payment = await records.locateOrAsk({ intentId, chargeId: idOf(dispute.charge) });
  const paid = payment && (await records.ensurePaid(payment, intentId));
  if (!paid) return undefined;
  const news = newsOfStatus(dispute.status);
  const amount = amountOf(dispute.amount, dispute.currency);
  if (news === undefined || amount === undefined) return [];
  const now = await bookkeeper.revise(paid.id, (known) => withDispute(known, dispute.id, amount, news), {
    kind: 'dispute',
  });
  return differenceOf(paid, now);
}

/** What became different between the ledger and Stripe's word. */
function differenceOf(before: Payment, now: Payment): readonly ReconcileDifference[] {
  if (before.takeBack === now.takeBack) return [];
  const [had, has] = [takenBack(before), takenBack(now)];
  const base = { payment: now.id, account: now.account, intent: now.intentId ?? '', expected: now.takeBack };
  const short = has < now.takeBack;
  return [{ ...base, kind: short ? 'spent' : 'take_back', found: short ? has : had, booked: true }];
}

/** A report as people read it. */
export function describeReconciliation(report: ReconcileReport): string {
  const { payments, refunds, disputes, differences } = report;
  const lines = differences.map(
    ({ kind, payment, account, intent, expected, found, booked }) =>
      `${kind}: payment ${payment} (${intent}) of ${account}: expected $${formatUsd(expected)}, found $${formatUsd(found)}` +
      (booked ? '; booked now' : '; not booked, look at it'),
  );
  const summary = `${payments} payments, ${refunds} refunds and ${disputes} disputes compared: `;
  const verdict =
    differences.length === 0
      ? 'the ledger has them all.'
      : `${differences.length} ${differences.length === 1 ? 'difference' : 'differences'}.`;
  return [...lines, summary + verdict].join('\n');
}
