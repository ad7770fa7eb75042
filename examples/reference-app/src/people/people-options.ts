import { ATTEMPTS_WINDOW_MS } from '@onerouter/accounts';
import type { PeopleOptions } from '@onerouter/gateway';
import type { StripeCredits } from '@onerouter/billing/stripe';
import type { Logger } from 'pino';
import { ConfigError } from '../config/config-error.ts';
import type { ConfigFile } from '../config/schema.ts';
import type { AppStore } from '../store/app-store.ts';

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
export async function peopleParts(
  sections: ConfigFile,
  store: AppStore,
  log: Logger,
): Promise<PeopleParts | undefined> {
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
  // What a server does not use it need not load.
  const stripe = billing.stripe && (await import('./sell-credits.ts')).sellCredits(sections, store, log);
  const sender = mail && (await import('./mail.ts')).mailSender(mail);
  const options: PeopleOptions = {
    publicUrl,
    signUp: signIn.signUp,
    oauth: signIn.oauth,
    sender,
    payments: stripe,
    limiter: store.limiter(ATTEMPTS_WINDOW_MS),
    alerts,
  };
  return { options, stripe };
}

function lacking(problem: string): ConfigError {
  return new ConfigError('The configuration', [problem]);
}
