import { formatUsd, parseUsd, type Nanos } from '@onerouter/core';
import { isWholeCents } from './cents.ts';
import { StripeConfigError } from './config-error.ts';
import {
  DEFAULT_API_BASE,
  DEFAULT_FEE_FIXED_USD,
  DEFAULT_FEE_PERCENT,
  DEFAULT_INSTANCE,
  DEFAULT_MAX_USD,
  DEFAULT_MIN_USD,
  DEFAULT_PRODUCT_NAME,
  DEFAULT_REFUND_WINDOW_MS,
  DEFAULT_TIMEOUT_MS,
  DEFAULT_TOLERANCE_MS,
  type StripeOptions,
} from './options.ts';
import { readPercent, type Fees } from './price.ts';

/** The options, checked, with defaults filled in. */
export interface StripeSettings {
  readonly secretKey: string;
  readonly webhookSecrets: readonly string[];
  readonly apiBase: URL;
  /** Whether the key moves real money; `undefined` when it does not say. */
  readonly live: boolean | undefined;
  readonly fees: Fees;
  readonly minimum: Nanos;
  readonly maximum: Nanos;
  readonly paymentMethodConfiguration: string | undefined;
  readonly instance: string;
  readonly productName: string;
  readonly toleranceMs: number;
  readonly timeoutMs: number;
  readonly refundWindowMs: number;
}

/** Half a dollar: Stripe takes no less. */
const LEAST: Nanos = 500_000_000n;

/**
 * Checks the options.
 *
 * @throws {StripeConfigError} naming every option that is missing or wrong; no key is part of its text
 */
export function readSettings(options: StripeOptions): StripeSettings {
  const problems: string[] = [];
  const secretKey = readSecretKey(options, problems);
  const minimum = readUsd('minUsd', options.minUsd ?? DEFAULT_MIN_USD, problems);
  const maximum = readUsd('maxUsd', options.maxUsd ?? DEFAULT_MAX_USD, problems);
  if (minimum < LEAST)
    problems.push(`minUsd must be at least ${formatUsd(LEAST)}, which is the least Stripe takes.`);
  if (maximum < minimum) problems.push('maxUsd must not be below minUsd.');
  const settings: StripeSettings = {
    secretKey,
    webhookSecrets: readWebhookSecrets(options, problems),
    apiBase: readApiBase(options.apiBase ?? DEFAULT_API_BASE, problems),
    live: secretKey.includes('_live_') ? true : secretKey.includes('_test_') ? false : undefined,
    fees: {
      fixed: readUsd('feeFixedUsd', options.feeFixedUsd ?? DEFAULT_FEE_FIXED_USD, problems),
      percent: readFeePercent(options.feePercent ?? DEFAULT_FEE_PERCENT, problems),
    },
    minimum,
    maximum,
    paymentMethodConfiguration: options.paymentMethodConfiguration,
    instance: options.instance ?? DEFAULT_INSTANCE,
    productName: options.productName ?? DEFAULT_PRODUCT_NAME,
    toleranceMs: readMs('toleranceMs', options.toleranceMs ?? DEFAULT_TOLERANCE_MS, problems),
    timeoutMs: readMs('timeoutMs', options.timeoutMs ?? DEFAULT_TIMEOUT_MS, problems),
    refundWindowMs: readMs('refundWindowMs', options.refundWindowMs ?? DEFAULT_REFUND_WINDOW_MS, problems),
  };
  if (problems.length > 0) throw new StripeConfigError(problems);
  return settings;
}

function readSecretKey({ secretKey }: Partial<StripeOptions>, problems: string[]): string {
  const key = secretKey ?? '';
  if (key.trim() === '') problems.push('secretKey is missing.');
  else if (key.startsWith('pk_')) {
    problems.push('secretKey is a publishable key (pk_…); the secret one (sk_…) is needed.');
  } else if (key.startsWith('whsec_'))
    problems.push('secretKey is a webhook secret (whsec_…), not a key (sk_…).');
  return key;
}

function readWebhookSecrets(
  { webhookSecret }: Partial<StripeOptions>,
  problems: string[],
): readonly string[] {
  const secrets = typeof webhookSecret === 'string' ? [webhookSecret] : (webhookSecret ?? []);
  if (secrets.length === 0 || secrets.some((secret) => secret.trim() === '')) {
    problems.push(
      'webhookSecret is missing; without it nobody can tell whose events are real, and no payment counts.',
    );
  } else if (secrets.some((secret) => /^[srp]k_/.test(secret))) {
    problems.push("webhookSecret is an API key; the webhook endpoint's signing secret (whsec_…) is needed.");
  }
  return secrets;
}

function readApiBase(text: string, problems: string[]): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol) && /^\/(v1\/?)?$/.test(url.pathname) && url.search === '')
    return url;
  problems.push('apiBase must be a scheme, a host and perhaps a port, such as https://api.stripe.com.');
  return new URL(DEFAULT_API_BASE);
}

function readUsd(name: string, text: string, problems: string[]): Nanos {
  try {
    const amount = parseUsd(text);
    if (amount >= 0n && isWholeCents(amount)) return amount;
  } catch {
    // Said below.
  }
  problems.push(`${name} must be an amount in US dollars and whole cents, such as "0.35".`);
  return 0n;
}

function readFeePercent(text: string, problems: string[]): bigint {
  try {
    const percent = readPercent(text);
    if (percent >= 0n) return percent;
  } catch {
    // Said below.
  }
  problems.push('feePercent must be a decimal text such as "5", with at most 9 decimals.');
  return 0n;
}

function readMs(name: string, value: number, problems: string[]): number {
  if (!Number.isSafeInteger(value) || value < 1) problems.push(`${name} must be a whole number above 0.`);
  return value;
}
