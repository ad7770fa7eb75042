import type { Nanos } from '@onerouter/core';

/** A card that may be charged while its owner is away. */
export interface SavedCard {
  /** The processor's id of it. */
  readonly methodId: string;
  readonly brand: string;
  readonly last4: string;
}

/** An account as the processor knows it, with its saved card and what may be charged to it. */
export interface Payer {
  readonly account: string;
  /** 1 when it is made; every change adds 1. */
  readonly version: number;
  /** The processor's id of it. */
  readonly customerId: string | null;
  readonly card: SavedCard | null;
  /** The one visit to the processor's page whose card counts; `null` once it has been used. */
  readonly cardCheckoutId: string | null;
  readonly autoTopUp: {
    readonly enabled: boolean;
    /** Top up once less than this is available. */
    readonly threshold: Nanos;
    readonly amount: Nanos;
  };
  /** The top-up that is under way. While there is one, nobody begins another. */
  readonly attempt: { readonly paymentId: string; readonly at: number } | null;
  /** When top-ups were begun within the last day, to bound their number. */
  readonly begunAt: readonly number[];
  /** Refusals since the last success. */
  readonly refusals: number;
  /** No top-up before. */
  readonly notBefore: number | null;
  /** When somebody has to look at the account even if nobody uses it; `null` for never. */
  readonly dueAt: number | null;
  /** Why the last top-up failed, in words for the owner. */
  readonly lastError: string | null;
}

/** A payer of whom nothing is known. Its version makes the first write an insert. */
export function newPayer(account: string): Payer {
  return {
    account,
    version: 0,
    customerId: null,
    card: null,
    cardCheckoutId: null,
    autoTopUp: { enabled: false, threshold: 0n, amount: 0n },
    attempt: null,
    begunAt: [],
    refusals: 0,
    notBefore: null,
    dueAt: null,
    lastError: null,
  };
}
