import type { EntryKind } from '@onerouter/billing';
import { z } from 'zod';

/** Entries on a page where nobody says how many. */
export const DEFAULT_ENTRIES_PAGE = 50;
export const MAX_ENTRIES_PAGE = 200;

const usd = z.string().meta({ description: 'USD, exact: `"0.000123456"`.' });
const time = z.iso.datetime();

const KINDS: readonly [Shown, ...Shown[]] = ['top_up', 'grant', 'refund', 'dispute', 'adjustment', 'expiry'];
/** Charges are generations, and listed there. */
type Shown = Exclude<EntryKind, 'charge'>;

const limit: z.ZodType<number> = z.coerce
  .number()
  .int()
  .min(1)
  .max(MAX_ENTRIES_PAGE)
  .default(DEFAULT_ENTRIES_PAGE);
const cursor: z.ZodType<number | undefined> = z
  .string()
  .regex(/^\d{1,15}$/, 'must be the next_cursor of the page before')
  .transform(Number)
  .optional()
  .meta({ description: '`next_cursor` of the page before.' });

/** Checks the query of `GET /credits/entries`. `cursor` becomes the `seq` of the last entry that was seen. */
export const entriesQuery: z.ZodObject<{ limit: typeof limit; cursor: typeof cursor }, z.core.$strict> =
  z.strictObject({ limit, cursor });

/** What `GET /credits/balance` answers. */
export const creditBalance: z.ZodType = z
  .object({
    balance_usd: usd.meta({ description: 'Credits that are there, USD.' }),
    reserved_usd: usd.meta({ description: 'Held by running requests, USD.' }),
    available_usd: usd.meta({ description: 'What the next request may reserve, USD.' }),
    total_credits_usd: usd.meta({ description: 'Credited so far, less refunds and expiry, USD.' }),
    total_usage_usd: usd.meta({ description: 'Charged so far, USD.' }),
    lots: z
      .array(
        z.object({
          id: z.string().meta({ description: 'The entry that added it.' }),
          amount_usd: usd.meta({ description: 'What was added, less what of it has expired, USD.' }),
          remaining_usd: usd.meta({ description: 'What of it is left, USD.' }),
          expires_at: time.nullable(),
        }),
      )
      .meta({ description: 'Oldest first, which is the order in which they are spent.' }),
  })
  .meta({ id: 'CreditBalance' });

/** What one entry looks like. */
export const creditEntry: z.ZodType = z
  .object({
    id: z.string(),
    kind: z.enum(KINDS),
    amount_usd: usd.meta({ description: 'What it added to the balance, USD; negative where it took.' }),
    at: time,
    note: z.string().nullable(),
  })
  .meta({ id: 'CreditEntry' });
