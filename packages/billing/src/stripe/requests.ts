import { parseUsd, type Nanos } from '@onerouter/core';
import { z } from 'zod';
import { DEFAULT_PAYMENTS_PAGE } from '../payments/payment-store.ts';
import { isWholeCents } from './cents.ts';
import { readCursor, type Place } from './cursor.ts';

const MOST_USD = 1_000_000;

/** Most payments on one page. */
export const MAX_PAYMENTS_PAGE = 200;

const usd = z
  .union([z.string().max(32), z.number()], { error: 'must be an amount in USD, such as "10.00"' })
  .transform(toNanos);

const amount: z.ZodType<Nanos> = usd
  .refine((nanos) => isWholeCents(nanos), 'must be whole cents')
  .meta({ description: 'Credit to buy, in USD and whole cents.' });
const address = z.string().min(1).max(2_048);

/** Body of `POST /credits/checkout`. */
export interface CheckoutBody {
  readonly amount_usd: Nanos;
  readonly success_url?: string | undefined;
  readonly cancel_url?: string | undefined;
}

/** Body of `PUT /credits/auto-top-up`. */
export interface AutoTopUpBody {
  readonly enabled: boolean;
  readonly threshold_usd: Nanos;
  readonly amount_usd: Nanos;
}

/** Body of `POST /credits/card`. */
export interface CardBody {
  readonly success_url?: string | undefined;
  readonly cancel_url?: string | undefined;
}

const returns = {
  success_url: address.optional().meta({ description: 'Path or address at this site to come back to.' }),
  cancel_url: address.optional().meta({ description: 'Path or address at this site for who turns back.' }),
};

export const checkoutBody: z.ZodType<CheckoutBody> = z
  .strictObject({ amount_usd: amount, ...returns })
  .meta({ id: 'CheckoutRequest' });

export const cardBody: z.ZodType<CardBody> = z.strictObject(returns).meta({ id: 'CardRequest' });

export const autoTopUpBody: z.ZodType<AutoTopUpBody> = z
  .strictObject({
    enabled: z.boolean().meta({ description: 'Whether the saved card may be charged.' }),
    threshold_usd: usd.meta({ description: 'Top up once less than this is available, in USD.' }),
    amount_usd: amount,
  })
  .meta({ id: 'AutoTopUpRequest' });

const limit: z.ZodType<number> = z.coerce
  .number()
  .int()
  .min(1)
  .max(MAX_PAYMENTS_PAGE)
  .default(DEFAULT_PAYMENTS_PAGE)
  .meta({ description: 'How many to list.' });
const cursor: z.ZodType<Place | undefined> = z
  .string()
  .max(256)
  .transform(toPlace)
  .optional()
  .meta({ description: 'The `next_cursor` of the page before.' });

/** Query of `GET /credits/payments`. */
export const paymentsQuery: z.ZodObject<{ limit: typeof limit; cursor: typeof cursor }, z.core.$strict> =
  z.strictObject({ limit, cursor });

/** Query of `GET /credits/price`. */
export const priceQuery: z.ZodObject<{ amount_usd: typeof amount }, z.core.$strict> = z.strictObject({
  amount_usd: amount,
});

function toNanos(value: string | number, context: z.RefinementCtx): Nanos {
  try {
    const nanos = parseUsd(value);
    if (nanos >= 0n && nanos <= parseUsd(MOST_USD)) return nanos;
    context.addIssue({ code: 'custom', message: `must be between 0 and ${MOST_USD}` });
  } catch {
    context.addIssue({ code: 'custom', message: 'must be an amount in USD, such as "10.00"' });
  }
  return z.NEVER;
}

function toPlace(text: string, context: z.RefinementCtx): Place {
  const place = readCursor(text);
  if (place) return place;
  context.addIssue({ code: 'custom', message: 'must be the next_cursor of the page before' });
  return z.NEVER;
}
