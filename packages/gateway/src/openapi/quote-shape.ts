import { z } from 'zod';

const usd = z.string().meta({ description: 'Decimal text in USD.' });

/** What `/quote` answers. */
export const quoted: z.ZodType = z
  .object({
    data: z.object({
      model: z.string(),
      candidates: z
        .array(
          z.object({
            provider: z.string(),
            model: z.string(),
            endpoint_id: z.string(),
            pricing: z.looseObject({}),
            healthy: z.boolean(),
          }),
        )
        .meta({ description: 'Who would be asked, in order.' }),
      excluded: z
        .array(z.object({ provider: z.string(), model: z.string(), filter: z.string() }))
        .meta({ description: 'Who was ruled out, and by what.' }),
      reservation_usd: usd,
      worst_case_cost_usd: usd,
      affordable_max_tokens: z.int(),
      available_usd: usd,
    }),
  })
  .meta({ id: 'Quote' });
