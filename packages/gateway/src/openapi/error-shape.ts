import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';

const error = z
  .object({
    error: z.object({
      code: z.int().meta({ description: 'The HTTP status.' }),
      message: z.string().meta({ description: 'What is wrong and what to do.' }),
      type: z.string().meta({ description: "OpenAI's kind of error." }),
      param: z.string().nullable().meta({ description: 'The field at fault.' }),
      metadata: z.looseObject({
        error_type: z.string().meta({ description: 'The kind, to switch on.' }),
        origin: z.enum(['gateway', 'upstream', 'client']).meta({ description: 'Whose fault it is.' }),
      }),
    }),
  })
  .meta({ id: 'Error' });

/** What every operation may answer instead of what it promises. */
export const errorAnswer: ZodOpenApiResponseObject = {
  id: 'Error',
  description: 'Any error. `error.code` is the HTTP status, `error.metadata.error_type` the kind.',
  content: { 'application/json': { schema: error } },
};
