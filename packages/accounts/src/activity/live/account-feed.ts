import type { KeyStore } from '@onerouter/auth';
import type { Ledger } from '@onerouter/billing';
import { formatUsd } from '@onerouter/core';
import type { Settled, SettlementFeed } from '@onerouter/metering';
import { writeGenerationRow } from '../generation-row.ts';
import { keyNames } from '../key-names.ts';
import type { FeedEvent, Source } from './listener.ts';

/** Events that are read at once. */
export const FEED_PAGE = 100;
/** Events that are kept for listeners, so that they need not be read again for each. */
export const KEPT_EVENTS = 500;

export interface FeedStores {
  readonly generations: SettlementFeed;
  readonly ledger: Pick<Ledger, 'balance'>;
  readonly accounts: Pick<KeyStore, 'find'>;
}

/** What happens in one account, read from the store once for everybody who listens. */
export class AccountFeed implements Source {
  readonly #stores: FeedStores;
  readonly #account: string;
  /** The latest events, without a gap from `#keptFrom` on. */
  #kept: readonly FeedEvent[] = [];
  #keptFrom: number;
  #position: number;
  #balance: string | undefined;

  /** @param position where the feed ends now */
  constructor(stores: FeedStores, account: string, position: number) {
    this.#stores = stores;
    this.#account = account;
    this.#position = position;
    this.#keptFrom = position;
  }

  get position(): number {
    return this.#position;
  }

  get balance(): string | undefined {
    return this.#balance;
  }

  /** Reads what is new. Rejects when the store does. */
  async poll(): Promise<void> {
    const { generations, ledger } = this.#stores;
    const { balance, reserved, available } = await ledger.balance(this.#account);
    this.#balance = JSON.stringify({
      balance_usd: formatUsd(balance),
      reserved_usd: formatUsd(reserved),
      available_usd: formatUsd(available),
    });
    const end = await generations.end(this.#account);
    while (this.#position < end) {
      const page = await generations.after(this.#account, this.#position, FEED_PAGE);
      this.#keep(await this.#write(page));
      const last = page.at(-1)?.position ?? end;
      // A full page may not be the last.
      this.#position = page.length < FEED_PAGE ? Math.max(last, end) : last;
    }
  }

  async after(position: number): Promise<readonly FeedEvent[]> {
    if (position >= this.#keptFrom) return this.#kept.filter((event) => event.position > position);
    return this.#write(await this.#stores.generations.after(this.#account, position, FEED_PAGE));
  }

  async #write(page: readonly Settled[]): Promise<readonly FeedEvent[]> {
    const keys = page.map(({ generation }) => generation.keyId);
    const names = await keyNames(this.#stores.accounts, this.#account, keys);
    return page.map(({ position, generation }) => ({
      position,
      data: JSON.stringify(writeGenerationRow(generation, names)),
    }));
  }

  #keep(events: readonly FeedEvent[]): void {
    const all = [...this.#kept, ...events];
    const dropped = all.length - KEPT_EVENTS;
    if (dropped > 0) this.#keptFrom = all[dropped - 1]?.position ?? this.#keptFrom;
    this.#kept = all.slice(Math.max(0, dropped));
  }
}
