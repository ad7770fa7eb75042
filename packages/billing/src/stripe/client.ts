import { Stripe } from 'stripe';
import type { StripeSettings } from './settings.ts';

/** How often the library repeats a call that failed on its way; it sends the same idempotency key again. */
const RETRIES = 2;

/** Stripe forgets idempotency keys after a day: nothing older than this is asked for again under its key. */
export const KEYS_LAST_MS: number = 20 * 3_600_000;

/** The official client, pointed at the API's address. Nothing is asked of it here. */
export function createClient({ secretKey, apiBase, timeoutMs }: StripeSettings): Stripe {
  return new Stripe(secretKey, {
    protocol: apiBase.protocol === 'http:' ? 'http' : 'https',
    host: apiBase.hostname,
    ...(apiBase.port !== '' && { port: apiBase.port }),
    timeout: timeoutMs,
    maxNetworkRetries: RETRIES,
    telemetry: false,
    appInfo: { name: 'OneRouter' },
  });
}

/** Stripe's references are ids, or the objects where they were expanded. */
export function idOf(reference: string | { readonly id: string } | null | undefined): string | null {
  if (reference === null || reference === undefined) return null;
  return typeof reference === 'string' ? reference : reference.id;
}
