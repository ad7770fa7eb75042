import { StripeConfigError, stripeCredits, type StripeCredits } from '@onerouter/billing/stripe';
import type { Logger } from 'pino';
import { ConfigError } from '../config/config-error.ts';
import type { ConfigFile } from '../config/schema.ts';
import type { AppStore } from '../store/app-store.ts';

/** The part of a store that selling credits needs. */
export type SellingStore = Pick<AppStore, 'ledger' | 'payments'> & {
  readonly accounts: Pick<AppStore['accounts'], 'findAccount'>;
};

/**
 * Credits for sale.
 *
 * @throws {ConfigError} naming what Stripe's options lack
 */
export function sellCredits({ billing, pages }: ConfigFile, store: SellingStore, log: Logger): StripeCredits {
  const { stripe, feeFixedUsd, feePercent } = billing;
  if (!stripe) throw new ConfigError('The configuration', ['billing.stripe is missing.']);
  const fees = {
    ...(feeFixedUsd === undefined ? {} : { feeFixedUsd }),
    ...(feePercent === undefined ? {} : { feePercent }),
  };
  try {
    return stripeCredits({
      ...stripe,
      ...fees,
      ledger: store.ledger,
      payments: store.payments,
      email: async (account) => (await store.accounts.findAccount(account))?.email,
      ...(pages.publicUrl === undefined ? {} : { origin: pages.publicUrl }),
      log,
    });
  } catch (err) {
    if (!(err instanceof StripeConfigError)) throw err;
    throw new ConfigError('billing.stripe', err.problems);
  }
}
