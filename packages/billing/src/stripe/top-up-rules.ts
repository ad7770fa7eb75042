import type { Payer } from '../payments/payer.ts';

/** Most top-ups of an account within a day, whatever it spends. */
export const MAX_TOP_UPS_A_DAY = 10;
/** Pauses after refusals, one after another; after the last the top-ups are switched off. */
export const PAUSES_MS: readonly number[] = [3_600_000, 6 * 3_600_000, 24 * 3_600_000];

/** How often an account with top-ups is looked at that nobody uses, since its credit may expire or be taken back. */
export const LOOK_MS = 3_600_000;

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

/** A payer whose card was charged, or for whom nothing is known to stand in the way. */
export function accepted(payer: Payer, now: number): Payer {
  const lastError = payer.autoTopUp.enabled ? null : payer.lastError;
  return lookedAt({ ...payer, attempt: null, refusals: 0, notBefore: null, lastError }, now);
}

/** A payer who needs nothing for now: looked at again in a while, if there is anything to be charged. */
export function lookedAt(payer: Payer, now: number): Payer {
  if (payer.attempt !== null) return payer;
  const dueAt =
    payer.autoTopUp.enabled && payer.card !== null ? Math.max(now + LOOK_MS, payer.notBefore ?? 0) : null;
  return { ...payer, dueAt };
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

/** Why top-ups were switched off, unless the owner did it. */
export const PAID_BACK = 'Switched off, since a payment was refunded or disputed.';

/** A payer to whom money goes back: charging the card again for what is then missing is not what anybody wants. */
export function switchedOff(payer: Payer): Payer {
  if (!payer.autoTopUp.enabled) return payer;
  const autoTopUp = { ...payer.autoTopUp, enabled: false };
  const dueAt = payer.attempt === null ? null : payer.dueAt;
  return { ...payer, autoTopUp, dueAt, lastError: PAID_BACK };
}

/** Whether there is nothing to note: somebody looks at the payer later, or nobody has to. */
export function isLookedAt({ attempt, dueAt, autoTopUp, card }: Payer, now: number): boolean {
  if (attempt !== null) return true;
  return autoTopUp.enabled && card !== null ? dueAt !== null && dueAt > now : dueAt === null;
}

function withinDay({ begunAt }: Payer, now: number): readonly number[] {
  return begunAt.filter((at) => at > now - DAY_MS);
}
