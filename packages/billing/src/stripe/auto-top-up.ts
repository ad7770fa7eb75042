import { loggableError, warningLog, type Log, type Nanos } from '@onerouter/core';
import { LRUCache } from 'lru-cache';
import type { PaymentStore } from '../payments/payment-store.ts';
import { Repeater } from '../repeater.ts';
import type { PaymentLedger } from './bookkeeper.ts';
import { loggableStripeError } from './stripe-refusal.ts';
import type { TopUps } from './top-up.ts';

/** How long this process remembers an account's threshold, so that settlements read nothing. */
export const REMEMBER_MS = 30_000;
/** How often accounts are looked at that are due: with an interrupted top-up, or after the pause of a refusal. */
export const SWEEP_TOP_UPS_MS = 30_000;
const REMEMBERED_ACCOUNTS = 10_000;
const SWEPT_AT_ONCE = 100;

export interface AutoTopUpOptions {
  readonly payments: PaymentStore;
  readonly ledger: Pick<PaymentLedger, 'balance'>;
  readonly topUps: TopUps;
  /** @default 30000 */
  readonly sweepMs?: number | undefined;
  /** @default Node's process warnings */
  readonly log?: Log | undefined;
  /** @default Date.now */
  readonly now?: (() => number) | undefined;
}

/** Tops accounts up from their saved card once little is left. */
export interface AutoTopUp {
  /**
   * To be called whenever less is available: after settlements, and after a request was refused for want of credit.
   * Returns at once, and reads nothing for accounts that need no top-up.
   */
  onBalance(account: string, available: Nanos): void;
  /** Forgets what is remembered of an account's settings, after they changed. */
  forget(account: string): void;
  /** Begins to look after accounts that nobody uses, too. */
  start(): void;
  /** Stops, and waits for what is under way. */
  stop(): Promise<void>;
  /** Waits for what is under way. */
  idle(): Promise<void>;
}

export function autoTopUp(options: AutoTopUpOptions): AutoTopUp {
  const { payments, ledger, topUps, log = warningLog, now = Date.now } = options;
  /** Thresholds of accounts; `null` where nothing is to be topped up. */
  const thresholds = new LRUCache<string, { readonly threshold: Nanos | null }>({
    max: REMEMBERED_ACCOUNTS,
    ttl: REMEMBER_MS,
  });
  const running = new Map<string, Promise<void>>();

  const look = async (account: string, hint: Nanos | undefined): Promise<void> => {
    const payer = await payments.findPayer(account);
    const on = payer !== undefined && payer.autoTopUp.enabled && payer.card !== null;
    const threshold = on ? payer.autoTopUp.threshold : null;
    thresholds.set(account, { threshold });
    if (payer?.attempt) return topUps.resume(account);
    if (threshold === null || (hint !== undefined && hint >= threshold)) {
      // The sweeper has an eye on accounts with top-ups, and on no others; mostly it has been told.
      if (((payer?.dueAt ?? null) === null) === on) await topUps.notDue(account);
      return;
    }
    const { available } = await ledger.balance(account);
    if (available < threshold) await topUps.begin(account);
    else await topUps.notDue(account);
  };

  const once = (account: string, hint?: Nanos): void => {
    if (running.has(account)) return;
    const work = look(account, hint)
      .catch((err: unknown) =>
        log.error({ err: loggableStripeError(err), account }, 'A top-up was not made.'),
      )
      .finally(() => running.delete(account));
    running.set(account, work);
  };

  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running.values());
  };

  const sweeper = new Repeater(
    async () => {
      for (const account of await payments.payersDue(now(), SWEPT_AT_ONCE)) once(account);
      await idle();
    },
    options.sweepMs ?? SWEEP_TOP_UPS_MS,
    (err) =>
      log.error({ err: loggableError(err) }, 'Accounts that are due for a top-up could not be listed.'),
  );

  return {
    onBalance(account, available) {
      const known = thresholds.get(account);
      if (known && (known.threshold === null || available >= known.threshold)) return;
      once(account, available);
    },
    forget(account) {
      thresholds.delete(account);
    },
    start() {
      sweeper.start();
    },
    async stop() {
      await sweeper.stop();
      await idle();
    },
    idle,
  };
}
