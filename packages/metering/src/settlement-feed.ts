import type { Generation } from '@onerouter/core';

/** An account's generations in the order they were settled, whichever process settled them. */
export interface SettlementFeed {
  /** Where an account's feed ends now; 0 while it is empty. It may move without anything to show. */
  end(accountId: string): Promise<number>;
  /**
   * What was settled behind a position, oldest first. Nothing that was settled before the call is missing, unless `limit`
   * was reached. A generation that a late settlement replaced is shown again, at its new position.
   */
  after(accountId: string, position: number, limit: number): Promise<readonly Settled[]>;
}

/** A generation and its place in the feed. */
export interface Settled {
  readonly position: number;
  readonly generation: Generation;
}
