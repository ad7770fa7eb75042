import { z } from 'zod';

const usd = z.string().meta({ description: 'US dollars, exact decimal.', example: '10.85' });
const time = z.iso.datetime();

const priced = { amount_usd: usd, fee_usd: usd, total_usd: usd };

/** Answer of `GET /credits/price`. */
export const priceShape: z.ZodType = z
  .object({ ...priced, minimum_usd: usd, maximum_usd: usd })
  .meta({ id: 'CreditPrice' });

/** A page of Stripe's that was opened. */
export const pageShape: z.ZodType = z.object({ id: z.string(), url: z.url() });

/** Answer of `POST /credits/checkout`. */
export const checkoutShape: z.ZodType = z
  .object({ id: z.string(), url: z.url(), ...priced })
  .meta({ id: 'Checkout' });

/** A payment. */
export const paymentShape: z.ZodType = z
  .object({
    id: z.string(),
    source: z.enum(['checkout', 'auto_top_up']),
    status: z.enum(['pending', 'paid', 'failed', 'refunded', 'partially_refunded', 'disputed']),
    created_at: time,
    paid_at: time.nullable(),
    ...priced,
    refunded_usd: usd,
    refundable_usd: usd.meta({ description: 'Unused credit that may be given back now.' }),
    refundable_until: time.nullable(),
    receipt_url: z.url().nullable(),
  })
  .meta({ id: 'Payment' });

/** Answer of `/credits/auto-top-up`. */
export const autoTopUpShape: z.ZodType = z
  .object({
    enabled: z.boolean(),
    threshold_usd: usd,
    amount_usd: usd,
    card: z.object({ brand: z.string(), last4: z.string() }).nullable(),
    last_error: z.string().nullable().meta({ description: 'Why the last top-up failed.' }),
  })
  .meta({ id: 'AutoTopUp' });
