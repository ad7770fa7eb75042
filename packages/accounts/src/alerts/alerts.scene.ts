import { balanceWatch, createLedger, type BookStore, type Ledger } from '@onerouter/billing';
import type { Log } from '@onerouter/core';
import type { AccountsAndKeys, BalanceAlerts } from '../account-store.ts';
import type { Message } from '../sign-in/sender.ts';
import type { AlertClaims } from './alert-claims.ts';
import { lowBalanceAlerts } from './low-balance-alerts.ts';

/** What processes share: the store, and the world that hears of alerts. */
export interface World {
  readonly books: BookStore;
  readonly accounts: AccountsAndKeys;
  readonly claims: AlertClaims;
  readonly letters: Message[];
  /** Address and body. */
  readonly posts: unknown[];
  readonly log: Log;
  /** The clock of the claims. */
  now: number;
  /** What handing a letter over comes to. */
  sendLetter: () => Promise<void>;
}

/** A process with a ledger, a watch and alerts of its own. */
export interface Process {
  readonly ledger: Ledger;
  /** Changes what an account asked for. */
  want(account: string, alerts: BalanceAlerts | null): Promise<void>;
  /** Resolves when every change so far was looked at, and every alert was sent. */
  look(): Promise<void>;
  /** Ends the alerts, as a process does that shuts down. */
  stopAlerts(): Promise<void>;
  close(): Promise<void>;
}

/** @param retryMs pause before another attempt */
export function startProcess(world: World, retryMs = 1): Process {
  const { books, accounts, claims, letters, posts, log } = world;
  const ledger = createLedger(books);
  const watch = balanceWatch({ ledger, everyMs: 60_000, log });
  const alerts = lowBalanceAlerts({
    accounts,
    claims,
    log,
    retryMs,
    creditsUrl: 'https://router.example/credits',
    sender: {
      async send(message) {
        await world.sendLetter();
        letters.push(message);
      },
    },
    webhooks: {
      async post(url, body) {
        posts.push([url, body]);
      },
    },
  });
  watch.subscribe((change) => alerts.onBalance(change));
  return {
    ledger,
    async want(account, wanted) {
      await accounts.updateAccount(account, { alerts: wanted });
      alerts.forget(account);
    },
    async look() {
      await watch.flush();
      await alerts.idle();
    },
    stopAlerts: () => alerts.close(),
    async close() {
      await watch.close();
      await alerts.close();
      await ledger.close();
    },
  };
}
