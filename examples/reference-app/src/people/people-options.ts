import type { PeopleOptions } from '@onerouter/gateway';
import { StripeConfigError, stripeCredits, type StripeCredits } from '@onerouter/billing/stripe';
import type { Logger } from 'pino';
import { ConfigError } from '../config/config-error.ts';
import type { ConfigFile } from '../config/schema.ts';
import type { AppStore } from '../store/app-store.ts';
import { mailSender } from './mail.ts';

/** What people can do here, as the configuration says. */
export interface PeopleParts {
  readonly options: PeopleOptions;
  /** `undefined` where credits cannot be bought. */
  readonly stripe: StripeCredits | undefined;
}

/**
 * Makes what people need from the configuration; nothing when it wants no pages.
 *
 * @throws {ConfigError} when a part of it lacks what it needs
 */
export function peopleParts(sections: ConfigFile, store: AppStore, log: Logger): PeopleParts | undefined {
  const { pages, signIn, mail, alerts, billing } = sections;
  if (!pages.enabled) {
    if (billing.stripe) throw lacking('billing.stripe sells credits on pages, and pages.enabled is false.');
    return undefined;
  }
  const { publicUrl } = pages;
  if (publicUrl === undefined && (mail || signIn.oauth)) {
    throw lacking(
      'pages.publicUrl is missing: mail and signIn.oauth need the address that browsers reach this server by.',
    );
  }
  const stripe = billing.stripe && sellCredits(sections, store, log);
  const options: PeopleOptions = {
    publicUrl,
    signUp: signIn.signUp,
    oauth: signIn.oauth,
    sender: mail && mailSender(mail),
    payments: stripe,
    alerts,
  };
  return { options, stripe };
}

/**
 * Credits for sale.
 *
 * @throws {ConfigError} naming what Stripe's options lack
 */
export function sellCredits({ billing, pages }: ConfigFile, store: AppStore, log: Logger): StripeCredits {
  const { stripe, feeFixedUsd, feePercent } = billing;
  if (!stripe) throw lacking('billing.stripe is missing.');
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

function lacking(problem: string): ConfigError {
  return new ConfigError('The configuration', [problem]);
}
