import type { Log } from '@onerouter/core';
import type { Prepared } from './account-cache.ts';
import type { BalanceListener } from './ledger-views.ts';

/** Who wants to know of balances that changed. Asked after every commit, so nothing is done while nobody listens. */
export class BalanceListeners {
  readonly #log: Log;
  readonly #listeners = new Set<BalanceListener>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** @returns what ends it */
  add(listener: BalanceListener): () => void {
    // One that is added twice is called twice, and each is ended by itself.
    const own: BalanceListener = (change) => listener(change);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** A commit was made. */
  committed({ account, change, before }: Prepared): void {
    if (this.#listeners.size === 0 || !change || change.balance === before) return;
    const { balance, reserved } = change;
    for (const listener of this.#listeners) {
      try {
        listener({ account, before, balance, available: balance - reserved });
      } catch (err) {
        this.#log.error({ err, account }, 'A listener to balances failed.');
      }
    }
  }
}
