import { parseUsd, type Nanos } from '@onerouter/core';
import { z } from 'zod';
import { isWholeCents } from './cents.ts';

const MOST_USD = 1_000_000;

const usd = z
  .union([z.string().max(32), z.number()], { error: 'must be an amount in USD, such as "10.00"' })
  .transform(toNanos);

const amount = usd
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

/** Query of `GET /credits/price`. */
export interface PriceQuery {
  readonly amount_usd: Nanos;
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

export const priceQuery: z.ZodType<PriceQuery> = z.strictObject({ amount_usd: amount });

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
