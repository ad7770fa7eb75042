import type { Nanos } from '@onerouter/core';
import type { Dispute, Payment } from '../payments/payment.ts';

/** What an event says of a dispute's money; `undefined` when it says nothing. */
export type DisputeNews = Dispute['state'] | undefined;

/**
 * What the state of a dispute says of its money. An inquiry (`warning_…`) withdraws nothing; neither does a dispute that
 * was prevented.
 */
export function newsOfStatus(status: string): DisputeNews {
  if (status === 'won' || status === 'prevented' || status === 'warning_closed') return 'returned';
  if (status === 'needs_response' || status === 'under_review' || status === 'lost') return 'withdrawn';
  return undefined;
}

/** What an event says: its type counts, since its object shows how the dispute stood when it was sent. */
export function newsOfEvent(type: string, status: string): DisputeNews {
  if (type === 'charge.dispute.funds_reinstated') return 'returned';
  if (type === 'charge.dispute.funds_withdrawn') return 'withdrawn';
  return newsOfStatus(status);
}

/** What is known of a payment after news of a dispute. What was returned stays so, whatever comes late. */
export function withDispute(payment: Payment, id: string, amount: Nanos, state: Dispute['state']): Payment {
  const known = payment.disputes.find((dispute) => dispute.id === id);
  if (known?.state === 'returned' || (known?.state === state && known.amount === amount)) return payment;
  const others = payment.disputes.filter((dispute) => dispute.id !== id);
  return { ...payment, disputes: [...others, { id, amount, state }] };
}
