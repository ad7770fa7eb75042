import { setTimeout as sleep } from 'node:timers/promises';
import type { BalanceChange } from '@onerouter/billing';
import { loggableError, warningLog, type Log, type Nanos } from '@onerouter/core';
import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import type { Account, AccountStore, BalanceAlerts } from '../account-store.ts';
import type { Sender } from '../sign-in/sender.ts';
import type { AlertClaims } from './alert-claims.ts';
import { alertEvent, alertLetter, type LowBalance } from './alert-message.ts';
import type { WebhookPoster } from './webhook-poster.ts';

/** How often an alert is tried at each address. */
export const ALERT_ATTEMPTS = 3;
/** After this another process may send what one has claimed and not sent. */
export const ALERT_STALE_MS = 300_000;
const RETRY_MS = 2_000;
const REMEMBER_MS = 10_000;
const KNOWN_MS = 60_000;
const REMEMBERED_ACCOUNTS = 10_000;
/** Alerts on their way at once, so that slow webhooks neither pile up nor keep letters waiting for long. */
const SENT_AT_ONCE = 50;

export interface LowBalanceAlertsOptions {
  readonly accounts: Pick<AccountStore, 'findAccount'>;
  readonly claims: AlertClaims;
  /** What delivers letters. @default none: alerts by email are not sent */
  readonly sender?: Sender | undefined;
  /** What posts to webhooks. @default none: alerts by webhook are not sent */
  readonly webhooks?: Pick<WebhookPoster, 'post'> | undefined;
  /** Where credits are bought, for the letter. @default not named */
  readonly creditsUrl?: string | undefined;
  /** Pause before an alert is tried again; it doubles. @default 2000 */
  readonly retryMs?: number;
  /** Where alerts are reported that could not be sent. @default process warnings */
  readonly log?: Log;
}

/** Tells people that their credits run low. */
export interface LowBalanceAlerts {
  /** To be subscribed to a `balanceWatch()`. Resolves once it is known whether there is an alert, not once it is sent. */
  onBalance(change: Pick<BalanceChange, 'account' | 'before' | 'balance'>): Promise<void>;
  /** Forgets what this process remembers of an account's wishes for some seconds, after they changed. */
  forget(accountId: string): void;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
  /**
   * Tries nothing again, and resolves when nothing is on its way. What was not sent is, by another process or after the next
   * start.
   */
  close(): Promise<void>;
}

/**
 * Alerts by letter and webhook: one for each time that a balance falls below the account's threshold, over all processes;
 * the next one once it has been above it. What running requests hold is not taken off, since most of it comes back.
 */
export function lowBalanceAlerts(options: LowBalanceAlertsOptions): LowBalanceAlerts {
  const { accounts, claims, log = warningLog, retryMs = RETRY_MS } = options;
  const remembered = new LRUCache<string, { readonly account: Account | undefined }>({
    max: REMEMBERED_ACCOUNTS,
    ttl: REMEMBER_MS,
  });
  /** Accounts whose claim this process knows: below the threshold and told, or above it and cleared. */
  const known = new LRUCache<string, 'low' | 'high'>({ max: REMEMBERED_ACCOUNTS, ttl: KNOWN_MS });
  const limit = pLimit(SENT_AT_ONCE);
  const sending = new Set<Promise<void>>();
  const closing = new AbortController();

  const find = async (id: string): Promise<Account | undefined> => {
    const seen = remembered.get(id);
    if (seen) return seen.account;
    const account = await accounts.findAccount(id);
    remembered.set(id, { account });
    return account;
  };

  const attempt = async (send: () => Promise<void>): Promise<boolean> => {
    for (let tried = 1; ; tried += 1) {
      try {
        await send();
        return true;
      } catch (err) {
        if (tried === ALERT_ATTEMPTS) {
          log.warn({ err: loggableError(err) }, 'An alert of low credits could not be sent.');
          return false;
        }
        if (!(await paused(retryMs * 2 ** (tried - 1), closing.signal))) return false;
      }
    }
  };

  const send = async (low: LowBalance, { email, webhookUrl }: BalanceAlerts): Promise<void> => {
    const { sender, webhooks, creditsUrl } = options;
    const ways: Promise<boolean>[] = [];
    if (email && sender) ways.push(attempt(() => sender.send(alertLetter(low, creditsUrl))));
    if (webhookUrl !== null && webhooks) ways.push(attempt(() => webhooks.post(webhookUrl, alertEvent(low))));
    // What reached nobody is not said to be sent, so that the next change of the balance tries again.
    if ((await Promise.all(ways)).includes(true)) await claims.sent(low.accountId);
  };

  const start = (low: LowBalance, alerts: BalanceAlerts): void => {
    const work: Promise<void> = limit(() => send(low, alerts))
      .catch((err: unknown) => log.error({ err: loggableError(err) }, 'An alert of low credits failed.'))
      .finally(() => sending.delete(work));
    sending.add(work);
  };

  const idle = async (): Promise<void> => {
    while (sending.size > 0) await Promise.all(sending);
  };

  return {
    async onBalance({ account: accountId, before, balance }) {
      const account = await find(accountId);
      if (!account?.alerts) return;
      const { alerts, email } = account;
      const side = sideOf(balance, alerts);
      // Another process may have claimed or cleared meanwhile; but then the balance has crossed, and somebody sees that.
      if (known.get(accountId) === side && sideOf(before, alerts) === side) return;
      if (side === 'high') await claims.clear(accountId);
      else if (await claims.claim(accountId, ALERT_STALE_MS)) {
        start({ accountId, email, balance, threshold: alerts.threshold, at: Date.now() }, alerts);
      }
      known.set(accountId, side);
    },
    forget(accountId) {
      remembered.delete(accountId);
    },
    idle,
    close() {
      closing.abort();
      return idle();
    },
  };
}

function sideOf(balance: Nanos, { threshold }: BalanceAlerts): 'low' | 'high' {
  return balance < threshold ? 'low' : 'high';
}

/** @returns false when it was ended before its time */
async function paused(ms: number, ended: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { ref: false, signal: ended }).catch(() => false);
}
