import type { Payer } from '../payments/payer.ts';

/** Most top-ups of an account within a day, whatever it spends. */
export const MAX_TOP_UPS_A_DAY = 10;
/** Pauses after refusals, one after another; after the last the top-ups are switched off. */
export const PAUSES_MS: readonly number[] = [3_600_000, 6 * 3_600_000, 24 * 3_600_000];

const DAY_MS = 86_400_000;

/** Whether a card may be charged now. */
export function mayBegin(payer: Payer, now: number): boolean {
  const { autoTopUp, card, customerId, attempt, notBefore } = payer;
  if (!autoTopUp.enabled || card === null || customerId === null || attempt !== null) return false;
  if (notBefore !== null && notBefore > now) return false;
  return withinDay(payer, now).length < MAX_TOP_UPS_A_DAY;
}

/** A payer whose top-up is under way. */
export function begun(payer: Payer, paymentId: string, now: number, attemptMs: number): Payer {
  const begunAt = [...withinDay(payer, now), now];
  return { ...payer, attempt: { paymentId, at: now }, begunAt, dueAt: now + attemptMs };
}

/** A payer whose card was charged. */
export function accepted(payer: Payer): Payer {
  return { ...payer, attempt: null, refusals: 0, notBefore: null, dueAt: null, lastError: null };
}

/** A payer whose card was not charged: a pause, and after several the end of it, until the owner does something. */
export function refused(payer: Payer, reason: string, now: number): Payer {
  const pause = PAUSES_MS[payer.refusals];
  const refusals = payer.refusals + 1;
  const next = { ...payer, attempt: null, refusals, lastError: reason };
  if (pause === undefined) {
    return { ...next, autoTopUp: { ...payer.autoTopUp, enabled: false }, notBefore: null, dueAt: null };
  }
  return { ...next, notBefore: now + pause, dueAt: now + pause };
}

function withinDay({ begunAt }: Payer, now: number): readonly number[] {
  return begunAt.filter((at) => at > now - DAY_MS);
}
