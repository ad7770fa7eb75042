import { z } from 'zod';

/*
 * What `/key`, `/keys` and `/credits` answer. It describes the answers and checks none; the test of the API description
 * holds both together.
 */

const usd = z.number().meta({ description: 'USD.' });
const time = z.iso.datetime();

const spending = {
  limit: usd.nullable().meta({ description: 'What the key may spend in one period, USD; `null`: no limit.' }),
  limit_remaining: usd.nullable(),
  limit_reset: z.enum(['daily', 'weekly', 'monthly']).nullable(),
  include_byok_in_limit: z.boolean(),
  usage: usd.meta({ description: 'Spent since the key was made, USD.' }),
  usage_daily: usd.meta({ description: 'Spent on the running day (UTC), USD.' }),
  usage_weekly: usd.meta({ description: 'Spent since Monday, USD.' }),
  usage_monthly: usd.meta({ description: 'Spent since the first of the month, USD.' }),
  byok_usage: usd,
  byok_usage_daily: usd,
  byok_usage_weekly: usd,
  byok_usage_monthly: usd,
};

export const currentKey: z.ZodType = z
  .object({
    label: z.string().meta({ description: 'Beginning and end of the key.' }),
    ...spending,
    effective_remaining: usd.meta({ description: 'What the next request may reserve, USD.' }),
    is_free_tier: z.boolean().meta({ description: 'Whether the account never had credits.' }),
    is_management_key: z.boolean(),
    is_provisioning_key: z.boolean(),
    expires_at: time.nullable(),
    creator_user_id: z.null(),
    workspace_id: z.string(),
    organization_id: z.null(),
    allowed_data_regions: z.array(z.string()),
    free_model_daily_requests: z.object({ limit: z.int(), remaining: z.int(), used: z.int() }),
    rate_limit: z
      .object({ requests: z.int(), interval: z.string(), note: z.string() })
      .meta({ deprecated: true }),
  })
  .meta({ id: 'CurrentKey' });

export const key: z.ZodType = z
  .object({
    hash: z.string().meta({ description: 'SHA-256 of the key in hex; names it in `/keys/{hash}`.' }),
    name: z.string(),
    label: z.string().meta({ description: 'Beginning and end of the key.' }),
    disabled: z.boolean(),
    ...spending,
    created_at: time,
    updated_at: time.nullable(),
    expires_at: time.nullable(),
    creator_user_id: z.null(),
    external_user: z.null(),
    workspace_id: z.string(),
  })
  .meta({ id: 'Key' });

export const keyList: z.ZodType = z.object({ data: z.array(key) }).meta({ id: 'KeyList' });
export const oneKey: z.ZodType = z.object({ data: key });
export const newKey: z.ZodType = z
  .object({ data: key, key: z.string().meta({ description: 'The key itself, shown this once.' }) })
  .meta({ id: 'NewKey' });
export const deletedKey: z.ZodType = z.object({ deleted: z.literal(true) });

export const credits: z.ZodType = z
  .object({ data: z.object({ total_credits: usd, total_usage: usd }) })
  .meta({ id: 'Credits' });
