import { parseUsd, type Nanos } from '@onerouter/core';
import type { LimitReset } from '@onerouter/billing';
import { z } from 'zod';

/** One billion dollars: every limit below it fits a 64-bit integer of nano-dollars. */
export const MAX_LIMIT_USD = 1_000_000_000;

/** Body of `POST /keys`. Fields that are not named here are ignored. */
export interface CreateKeyRequest {
  readonly name: string;
  readonly limit?: Nanos | null | undefined;
  readonly limit_reset?: LimitReset | null | undefined;
  /** Milliseconds since the epoch. */
  readonly expires_at?: number | null | undefined;
}

/** Body of `PATCH /keys/{hash}`. Absent fields stay; fields that are not named here are ignored. */
export interface UpdateKeyRequest {
  readonly name?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly limit?: Nanos | null | undefined;
  readonly limit_reset?: LimitReset | null | undefined;
}

const name = z.string().min(1).max(256).meta({ description: 'What to call the key.' });
/** What a key may spend. */
export const limit: z.ZodType<Nanos | null | undefined> = z
  .number()
  .min(0)
  .max(MAX_LIMIT_USD)
  .transform(toNanos)
  .nullish()
  .meta({ description: 'What the key may spend within one reset period, in USD.' });
/** When the limit starts anew. */
export const limitReset: z.ZodType<LimitReset | null | undefined> = z
  .enum(['daily', 'weekly', 'monthly'])
  .nullish()
  .meta({ description: 'When the limit starts anew, at 00:00 UTC; weeks begin on Mondays.' });
/** When a key stops working. */
export const expiresAt: z.ZodType<number | null | undefined> = z.iso
  .datetime({ error: 'must be a time in UTC such as 2030-01-31T00:00:00Z' })
  .transform((text) => Date.parse(text))
  .refine((at) => at > Date.now(), 'must be in the future')
  .nullish()
  .meta({ description: 'When the key stops working, in UTC.' });

/** Checks `POST /keys`. */
export const createKeyRequest: z.ZodType<CreateKeyRequest> = z
  .object({ name, limit, limit_reset: limitReset, expires_at: expiresAt })
  .meta({ id: 'CreateKeyRequest' });

/** Checks `PATCH /keys/{hash}`. */
export const updateKeyRequest: z.ZodType<UpdateKeyRequest> = z
  .object({ name: name.optional(), disabled: z.boolean().optional(), limit, limit_reset: limitReset })
  .meta({ id: 'UpdateKeyRequest' });

function toNanos(usd: number, context: z.RefinementCtx): Nanos {
  try {
    return parseUsd(usd);
  } catch {
    context.addIssue({ code: 'custom', message: 'has more than 9 decimals' });
    return z.NEVER;
  }
}
