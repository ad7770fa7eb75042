import { z } from 'zod';
import { GatewayError } from '@onerouter/core';

export const MAX_PAGE = 1_000;

const text = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (Array.isArray(value) ? value.join(',') : value))
  .optional();
const list = text.transform((value) =>
  (value ?? '')
    .toLowerCase()
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
const number = z.coerce.number().nonnegative().optional();

const query = z.object({
  q: text,
  supported_parameters: list,
  input_modalities: list,
  output_modalities: list,
  providers: list,
  model_authors: list,
  context: number,
  min_price: number,
  max_price: number,
  min_output_price: number,
  max_output_price: number,
  zdr: text,
  sort: text,
  offset: z.coerce.number().int().nonnegative().optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).optional(),
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
  const read = query.safeParse(value);
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
