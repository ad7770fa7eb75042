import type { FinishedStatus } from '@onerouter/metering';
import { z } from 'zod';

/** Generations on one page of `GET /generations`. */
export const DEFAULT_GENERATIONS_PAGE = 50;
export const MAX_GENERATIONS_PAGE = 200;

/** What use is summed up by. */
export type SeriesBy = 'model' | 'provider' | 'key';

/** Filters that all of activity has. Days are UTC, `2026-09-23`, both included. */
export interface ActivityFilters {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly model?: string | undefined;
  readonly provider?: string | undefined;
  readonly api_key_hash?: string | undefined;
}

export interface ActivityQuery extends ActivityFilters {
  /** A single day. */
  readonly date?: string | undefined;
  readonly group_by?: 'api_key' | 'workspace' | undefined;
  readonly user_id?: string | undefined;
  readonly workspace_id?: string | undefined;
}

export interface SeriesQuery extends ActivityFilters {
  readonly by: SeriesBy;
}

export interface GenerationsQuery extends ActivityFilters {
  readonly status?: FinishedStatus | undefined;
  readonly cursor?: string | undefined;
  readonly limit: number;
}

const text = z.string().min(1).max(256).optional();
const day = z.iso.date({ error: 'must be a day such as 2030-01-31' }).optional();
const moment = z
  .union([z.iso.date(), z.iso.datetime()], {
    error: 'must be a day, or a time in UTC such as 2030-01-31T00:00:00Z',
  })
  .optional();

const filters = {
  model: text.meta({ description: 'Id of the model that answered.' }),
  provider: text.meta({ description: 'Name of the provider that answered.' }),
  api_key_hash: text.meta({ description: 'Hash of the API key that called, as `/keys` shows it.' }),
};
const days = {
  from: day.meta({ description: 'First day (UTC). Without it: 29 days before the last.' }),
  to: day.meta({ description: 'Last day (UTC), included. Without it: today.' }),
};

const activity = z.strictObject({
  ...filters,
  ...days,
  date: day.meta({ description: 'A single day (UTC), in place of `from` and `to`.' }),
  group_by: z
    .enum(['api_key', 'workspace'])
    .optional()
    .meta({ description: '`api_key`: a row for each key too. `workspace`: adds `workspace_id`.' }),
  user_id: text.meta({ description: 'An account has one user: itself.' }),
  workspace_id: text.meta({ description: 'An account is its one workspace.' }),
});

const series = z.strictObject({
  ...filters,
  ...days,
  by: z.enum(['model', 'provider', 'key']).default('model').meta({ description: 'What makes a series.' }),
});

const generations = z.strictObject({
  ...filters,
  status: z
    .enum(['complete', 'cancelled', 'failed', 'truncated'])
    .optional()
    .meta({ description: 'How the request ended.' }),
  from: moment.meta({ description: 'Made at this time or later, or from this day (UTC) on.' }),
  to: moment.meta({ description: 'Made before this time, or up to the end of this day (UTC).' }),
  cursor: text.meta({ description: '`next_cursor` of the page before.' }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_GENERATIONS_PAGE)
    .default(DEFAULT_GENERATIONS_PAGE)
    .meta({ description: 'Rows on a page.' }),
});

/** Checks the parameters of `GET /activity` and `/activity.csv`. */
export const activityQuery: z.ZodType<ActivityQuery> = activity;
/** Checks the parameters of `GET /activity/series`. */
export const seriesQuery: z.ZodType<SeriesQuery> = series;
/** Checks the parameters of `GET /generations`. */
export const generationsQuery: z.ZodType<GenerationsQuery> = generations;

/** The same schemas, for a description of the API. */
export const PARAMETERS: Readonly<
  Record<'activity' | 'series' | 'generations', z.ZodObject<z.core.$ZodLooseShape, z.core.$strict>>
> = { activity, series, generations };
