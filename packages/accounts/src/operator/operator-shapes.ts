import { MAX_AMOUNT } from '@onerouter/billing';
import { parseUsd, type Nanos } from '@onerouter/core';
import { z } from 'zod';
import { creditEntry } from '../credits/credit-shapes.ts';

export const MAX_ACCOUNTS_PAGE = 100;
export const DEFAULT_OPERATOR_PAGE = 50;

const usd = z.string().meta({ description: 'USD, exact.' });
const percent = z.number().nullable();

const limit: z.ZodType<number> = z.coerce
  .number()
  .int()
  .min(1)
  .max(MAX_ACCOUNTS_PAGE)
  .default(DEFAULT_OPERATOR_PAGE);
const query: z.ZodType<string | undefined> = z
  .string()
  .max(254)
  .optional()
  .meta({ description: 'Part of an email, or an id.' });
const cursor: z.ZodType<string | undefined> = z
  .string()
  .max(100)
  .optional()
  .meta({ description: '`next_cursor` of the page before.' });

/** Checks the query of `GET /operator/accounts`. */
export const accountsQuery: z.ZodObject<
  { limit: typeof limit; query: typeof query; cursor: typeof cursor },
  z.core.$strict
> = z.strictObject({ limit, query, cursor });

/** Body of `POST /operator/accounts/{id}/grants`. */
export interface GrantRequest {
  readonly amount_usd: Nanos;
  readonly note?: string | undefined;
  readonly id?: string | undefined;
}

/** Checks a grant. */
export const grantRequest: z.ZodType<GrantRequest> = z
  .strictObject({
    amount_usd: z.string().transform(toAmount).meta({ description: 'USD, exact, above zero: `"12.50"`.' }),
    note: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .regex(/^\P{Cc}*$/u, 'must be a single line')
      .optional()
      .meta({ description: 'What it is for. The account sees it.' }),
    id: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, 'must be up to 100 letters, digits and signs of ._:-')
      .optional()
      .meta({ description: 'Names the grant: a second one under the same id books nothing.' }),
  })
  .meta({ id: 'GrantRequest' });

function toAmount(text: string, context: z.RefinementCtx): Nanos {
  try {
    const amount = parseUsd(text);
    if (amount > 0n && amount <= MAX_AMOUNT) return amount;
  } catch {
    // Answered below, like an amount that is out of range.
  }
  context.addIssue({
    code: 'custom',
    message: 'must be an amount in USD above 0 such as "12.50", with at most 9 decimals',
  });
  return z.NEVER;
}

const use = z.object({ requests: z.int(), cost_usd: usd }).nullable();

export const operatorTotalsShape: z.ZodType = z
  .object({
    accounts: z.int(),
    balance_usd: usd.meta({ description: 'What all accounts have, USD.' }),
    reserved_usd: usd,
    credits_usd: usd.meta({ description: 'Credited so far, less refunds and expiry, USD.' }),
    usage_usd: usd.meta({ description: 'Charged so far, USD.' }),
    today: use.meta({ description: 'The running day (UTC); `null` where use is not summed up.' }),
    last_30_days: use.meta({ description: 'With the running day.' }),
  })
  .meta({ id: 'OperatorTotals' });

export const operatorProvider: z.ZodType = z
  .object({
    provider: z.string(),
    endpoints: z.array(
      z.object({
        model: z.string(),
        upstream_model: z.string(),
        status: z.enum(['healthy', 'unhealthy']),
        uptime_last_5m: percent.meta({ description: 'Percent of calls that were answered.' }),
        uptime_last_30m: percent,
        uptime_last_1d: percent,
        latency_p50: z.number().nullable().meta({ description: 'Milliseconds to the first output.' }),
        throughput_p50: z.number().nullable().meta({ description: 'Tokens a second.' }),
        breaker: z.enum(['closed', 'open', 'half_open']),
      }),
    ),
  })
  .meta({ id: 'OperatorProvider' });

const account = {
  id: z.string(),
  email: z.string(),
  role: z.enum(['user', 'operator']),
  created_at: z.iso.datetime(),
  balance_usd: usd,
  available_usd: usd,
  total_usage_usd: usd,
};

export const operatorAccount: z.ZodType = z.object(account).meta({ id: 'OperatorAccount' });

export const operatorAccountDetail: z.ZodType = z
  .object({ ...account, entries: z.array(creditEntry).meta({ description: 'The latest, newest first.' }) })
  .meta({ id: 'OperatorAccountDetail' });

export const grantShape: z.ZodType = z
  .object({ entry_id: z.string(), amount_usd: usd, balance_usd: usd })
  .meta({ id: 'Grant' });
