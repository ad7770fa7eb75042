import { z } from 'zod';
import { GatewayError } from '@onerouter/core';

export const MAX_PAGE = 1_000;

const text = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value.join(',') : value))
  .optional()
  .meta({ override: asText });
const list = text
  .transform((value) =>
    (value ?? '')
      .toLowerCase()
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .meta({ override: asText });
const number = z.coerce.number().nonnegative().optional();

/** Checks the query of a list, and describes it. */
export const listQuery: z.ZodType<ListQuery> & z.ZodObject = z.object({
  q: text.meta({ description: 'Text to look for in id, name and aliases.' }),
  supported_parameters: list.meta({ description: 'Parameters that it takes, comma-separated.' }),
  input_modalities: list.meta({ description: 'All of these, comma-separated.' }),
  output_modalities: list.meta({ description: 'Any of these, comma-separated, or `all`.' }),
  providers: list.meta({ description: 'Any of these, comma-separated.' }),
  model_authors: list.meta({ description: 'Any of these, comma-separated.' }),
  context: number.meta({ description: 'Least context length.' }),
  min_price: number.meta({ description: 'Least price of input, USD for a million tokens.' }),
  max_price: number.meta({ description: 'Highest price of input, USD for a million tokens.' }),
  min_output_price: number.meta({ description: 'Least price of output, USD for a million tokens.' }),
  max_output_price: number.meta({ description: 'Highest price of output, USD for a million tokens.' }),
  zdr: text.meta({ description: '`true`: only what some provider serves without retaining prompts.' }),
  sort: text.meta({
    description: 'How to order: `newest`, `pricing-low-to-high`, `latency-low-to-high` and their like.',
  }),
  offset: z.coerce.number().int().nonnegative().optional().meta({ description: 'Where to begin.' }),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).optional().meta({ description: 'How many at most.' }),
});

/** How a list of models is narrowed, sorted and cut. Prices are in USD per million tokens. */
export interface ListQuery {
  readonly q?: string | undefined;
  readonly supported_parameters: readonly string[];
  readonly input_modalities: readonly string[];
  readonly output_modalities: readonly string[];
  readonly providers: readonly string[];
  readonly model_authors: readonly string[];
  readonly context?: number | undefined;
  readonly min_price?: number | undefined;
  readonly max_price?: number | undefined;
  readonly min_output_price?: number | undefined;
  readonly max_output_price?: number | undefined;
  readonly zdr?: string | undefined;
  readonly sort?: string | undefined;
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/**
 * Reads the query of a list; fields that are not named here (`category` among them) have no effect.
 *
 * @throws {GatewayError} `invalid_request` 400 naming the field
 */
export function readListQuery(value: unknown): ListQuery {
  const read = listQuery.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const param = String(issue?.path[0] ?? '');
  throw new GatewayError(
    'invalid_request',
    `Invalid value for ${param}: ${issue?.message ?? 'not accepted'}.`,
    {
      param,
    },
  );
}

/** A query's values are text, however often a name stands in it. */
function asText({ jsonSchema }: { readonly jsonSchema: Record<string, unknown> }): void {
  delete jsonSchema['anyOf'];
  jsonSchema['type'] = 'string';
}
